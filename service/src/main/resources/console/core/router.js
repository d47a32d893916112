// The address after the `#` is the page: `#/t/acme/runs?state=FAILED`. Every filter stands in it, so
// that a link shows the same to whoever opens it.
import { useEffect, useReducer } from './dom.js';
import { store } from './store.js';

export function here() {
  const [path, query] = location.hash.replace(/^#/, '').split('?');
  const parts = path.split('/').filter(Boolean).map(decoded);
  return { parts, query: Object.fromEntries(new URLSearchParams(query || '')) };
}

function decoded(part) {
  try { return decodeURIComponent(part); } catch (e) { return part; }
}

export function useAddress() {
  const [, again] = useReducer(count => count + 1, 0);
  useEffect(() => {
    addEventListener('hashchange', again);
    return () => removeEventListener('hashchange', again);
  }, []);
  return here();
}

export function address(parts, query) {
  const given = Object.entries(query || {}).filter(([, value]) => value !== '' && value != null);
  const search = given.length ? '?' + new URLSearchParams(given) : '';
  return '#/' + parts.map(encodeURIComponent).join('/') + search;
}

// The address of a page of the tenant that is looked at.
export const to = (page, ...rest) => {
  const last = rest.at(-1);
  const query = last !== null && typeof last === 'object' ? rest.pop() : undefined;
  return address(['t', store.tenant, page, ...rest], query);
};

export const go = target => { location.hash = target; };

// Changes filters and keeps the rest of the address; typing does not fill the history.
export function setQuery(changes) {
  const now = here();
  history.replaceState(null, '', address(now.parts, { ...now.query, ...changes }));
  dispatchEvent(new HashChangeEvent('hashchange'));
}
