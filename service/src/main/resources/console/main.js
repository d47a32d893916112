// Begins: asks who has signed in, and draws the page that the address names.
import { h, render, useEffect } from './core/dom.js';
import { get } from './core/api.js';
import { store, update, useStore } from './core/store.js';
import { SignIn } from './pages/signin.js';
import { Shell } from './shell.js';

const RENEWAL = 5 * 60 * 1000;

async function whoIsIt() {
  try {
    const session = await get('/session');
    update({ session });
  } catch (refused) {
    update({ session: null, unreachable: refused.status === 0 || refused.status >= 500 ? refused : null });
  }
}

function Console() {
  useStore();
  useEffect(() => {
    whoIsIt();
    // A page that is looked at keeps its session; one that is hidden lets it run out.
    const timer = setInterval(() => { if (store.session && !document.hidden) whoIsIt(); }, RENEWAL);
    return () => clearInterval(timer);
  }, []);
  if (store.session === undefined) return null;
  return store.session ? h(Shell) : h(SignIn, { onDone: whoIsIt });
}

render(h(Console), document.getElementById('console'));
