'use strict';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function group(path) {
  return path.replace(/^\/api\/v1\//, '').split('/')[0] || 'root';
}

function keys(operation) {
  const names = (operation.security || []).flatMap(Object.keys);
  const admin = names.includes('adminKey');
  const tenant = names.includes('tenantKey');
  if (admin && tenant) return 'tenant or operator';
  if (admin) return 'operator';
  return tenant ? 'tenant' : 'anyone';
}

function parameters(operation) {
  const table = element('table');
  for (const parameter of operation.parameters || []) {
    const row = element('tr');
    row.append(
      element('th', parameter.name),
      element('td', parameter.in + (parameter.required ? ', required' : '')),
      element('td', parameter.description || ''));
    table.append(row);
  }
  return table;
}

function body(operation, schemas) {
  const json = operation.requestBody?.content?.['application/json'];
  if (!json) return element('span');
  const name = (json.schema?.$ref || '').split('/').pop();
  return element('pre', 'Body ' + JSON.stringify(schemas[name] || json.schema, null, 2));
}

function describe(path, method, operation, schemas) {
  const entry = element('details');
  const head = element('summary');
  head.append(
    element('span', method.toUpperCase(), 'method'),
    element('span', path, 'path'),
    element('span', keys(operation), 'key'));
  entry.append(head, element('p', operation.summary || ''));
  if (operation.description) entry.append(element('p', operation.description));
  entry.append(parameters(operation), body(operation, schemas));
  entry.dataset.text = `${method} ${path} ${operation.summary || ''}`.toLowerCase();
  return entry;
}

function show(api) {
  const groups = new Map();
  const schemas = api.components?.schemas || {};
  for (const [path, item] of Object.entries(api.paths).sort()) {
    for (const method of METHODS.filter(name => item[name])) {
      const name = group(path);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(describe(path, method, item[method], schemas));
    }
  }
  const main = document.getElementById('operations');
  for (const [name, entries] of groups) {
    const section = element('section');
    section.append(element('h2', name), ...entries);
    main.append(section);
  }
}

function filter(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  for (const entry of document.querySelectorAll('details')) {
    entry.hidden = !words.every(word => entry.dataset.text.includes(word));
  }
}

document.getElementById('filter').addEventListener('input', event => filter(event.target.value));
fetch('/openapi.json')
  .then(answer => answer.ok ? answer.json() : Promise.reject(new Error(answer.status)))
  .then(api => {
    show(api);
    document.getElementById('state').textContent = `Version ${api.info.version}`;
  })
  .catch(failure => {
    document.getElementById('state').textContent =
      `The interface could not be read (${failure.message}). Reload to try again.`;
  });
