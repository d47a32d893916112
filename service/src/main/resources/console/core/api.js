// The only door to the server: the public API, with the session's cookie. A refusal becomes a Refused
// with the problem that the server wrote.
import { store, update } from './store.js';

export const base = new URL('.', document.baseURI).pathname;

export class Refused extends Error {
  constructor(problem) {
    super(problem.detail || problem.title || 'The server refused.');
    this.problem = problem;
  }

  get status() { return this.problem.status; }

  // What was said of one field of the body.
  field(name) {
    const found = (this.problem.errors || []).find(error => error.field === name || error.field === 'parameters.' + name);
    return found ? found.detail : null;
  }
}

export const get = (path, options) => call('GET', path, undefined, options);
export const post = (path, body, options) => call('POST', path, body ?? {}, options);
export const send = (method, path, body) => call(method, path, body);

export async function call(method, path, body, options = {}) {
  let answer;
  try {
    answer = await fetch(url(path), {
      method,
      headers: headers(method, body, options),
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: options.signal,
      cache: 'no-store',
    });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Refused({ title: 'Server not reached', status: 0,
      detail: 'The server does not answer. Check that it runs and that you are online, then try again.' });
  }
  if (!answer.ok) throw await refusal(answer);
  if (options.raw) return answer;
  if (answer.status === 204) return null;
  const isJson = (answer.headers.get('content-type') || '').includes('json');
  return isJson ? answer.json() : answer.text();
}

export const url = path => base + 'api/v1' + path;

// A POST has a key of its own, so that a repetition by the network does nothing twice.
function headers(method, body, { headers: more, isOnce = true }) {
  const made = { Accept: 'application/json', ...more };
  if (body !== undefined) made['Content-Type'] = 'application/json';
  if (method !== 'GET' && store.session) made['X-CSRF-Token'] = store.session.csrf_token;
  if (method === 'POST' && isOnce) made['Idempotency-Key'] = random();
  if (store.session?.role === 'OPERATOR' && store.tenant) made['X-Act-For-Tenant'] = store.tenant;
  return made;
}

export async function refusal(answer) {
  let problem;
  try { problem = await answer.json(); } catch (e) { problem = { title: 'No answer', detail: 'The server answered ' + answer.status + '.' }; }
  problem.status = answer.status;
  problem.request_id = problem.request_id || answer.headers.get('x-request-id');
  if (answer.status === 401 && store.session) update({ session: null, ended: problem.detail });
  return new Refused(problem);
}

function random() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}

export async function download(path, name) {
  const answer = await call('GET', path, undefined, { raw: true, headers: { Accept: '*/*' } });
  saveAs(await answer.blob(), name);
}

export function saveAs(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
