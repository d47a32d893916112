// What the whole console shares: who has signed in, the choices of this browser, the stream's state.
import { useEffect, useReducer } from './dom.js';

const watchers = new Set();

export const store = {
  session: undefined, // undefined: not known yet; null: nobody
  tenant: null,       // the tenant that is looked at
  tenantZone: 'UTC',
  noTenant: null,     // why there is no such tenant
  zone: remembered('zone', 'tenant'),
  theme: remembered('theme', 'system'),
  live: 'off',        // off, connecting, live, lost
  version: '',
};

export function update(changes) {
  Object.assign(store, changes);
  watchers.forEach(watcher => watcher());
}

// Draws a component again whenever something of the store changes.
export function useStore() {
  const [, again] = useReducer(count => count + 1, 0);
  useEffect(() => {
    watchers.add(again);
    return () => watchers.delete(again);
  }, []);
  return store;
}

export function remember(name, value) {
  try { localStorage.setItem('convergence.' + name, value); } catch (e) { /* not kept, then */ }
  update({ [name]: value });
  if (name === 'theme') {
    if (value === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
  }
}

function remembered(name, otherwise) {
  try { return localStorage.getItem('convergence.' + name) || otherwise; } catch (e) { return otherwise; }
}

export const isOperator = () => store.session?.role === 'OPERATOR';
