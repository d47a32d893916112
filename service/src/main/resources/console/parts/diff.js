// What is different between two documents, field by field, and a document by itself.
import { h, tags } from '../core/dom.js';

const { table, thead, tbody, tr, th, td, caption, div, p, pre, code, del, ins, span } = tags;

export const text = value => value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

const isDocument = value => value !== null && typeof value === 'object' && !Array.isArray(value);

// [{field, before, after}]; fields of nested documents have dots.
export function differences(before, after, prefix = '') {
  const names = [...new Set([...Object.keys(before || {}), ...Object.keys(after || {})])];
  return names.flatMap(name => {
    const [old, now] = [before?.[name], after?.[name]];
    if (isDocument(old) && isDocument(now)) return differences(old, now, prefix + name + '.');
    return JSON.stringify(old) === JSON.stringify(now) ? [] : [{ field: prefix + name, before: old, after: now }];
  });
}

// Nested values are told apart by the fields in them.
export const split = changes => changes.flatMap(change => isDocument(change.before) && isDocument(change.after)
  ? differences(change.before, change.after, change.field + '.') : [change]);

export const Changes = ({ changes, what = 'What changed' }) => changes.length ? div({ class: 'table-box', tabIndex: 0, role: 'region', 'aria-label': what }, table({ class: 'diff' },
  caption({ class: 'offscreen' }, what),
  thead({}, tr({}, th({ scope: 'col' }, 'Field'), th({ scope: 'col' }, 'Before'), th({ scope: 'col' }, 'After'))),
  tbody({}, changes.map(change => tr({ key: change.field }, td({}, code({}, change.field)),
    td({}, h(Value, { tag: del, value: change.before })), td({}, h(Value, { tag: ins, value: change.after }))))))) : p({ class: 'muted' }, 'Nothing is different.');

const Value = ({ tag, value }) => value === undefined || value === null ? span({ class: 'muted' }, 'none') : tag({}, text(value) === '' ? '""' : text(value));

export const Document = ({ title, value }) => div({ class: 'document' }, p({ class: 'muted' }, title), pre({ class: 'code', tabIndex: 0 }, JSON.stringify(value, null, 2)));
