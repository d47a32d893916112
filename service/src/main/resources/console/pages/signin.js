// Signing in with a tenant's key or the operator's. The key goes into a cookie that no script reads.
import { h, tags, useEffect, useRef, useState } from '../core/dom.js';
import { post } from '../core/api.js';
import { store } from '../core/store.js';
import { Field } from '../parts/form.js';
import { ProblemBox } from '../parts/problem.js';

const { main, form, h1, p, button, code, div, a } = tags;

export function SignIn({ onDone }) {
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState(store.unreachable || null);
  const [isBusy, setBusy] = useState(false);
  const place = useRef(null);
  useEffect(() => { document.title = 'Sign in · Convergence'; place.current?.querySelector('input')?.focus(); }, []);
  const signIn = async event => {
    event.preventDefault();
    setBusy(true);
    try {
      await post('/session', { key }, { isOnce: false });
      await onDone();
    } catch (refused) {
      setProblem(refused);
      setBusy(false);
    }
  };
  return main({ class: 'signin', ref: place },
    form({ class: 'card', onSubmit: signIn },
      div({ class: 'signin-head' }, h('img', { src: 'console/icon.svg', alt: '', width: 36, height: 36 }), h1({}, 'Convergence')),
      store.ended ? p({ class: 'note', role: 'status' }, 'Your session is over: ' + store.ended) : null,
      h(Field, { name: 'key', text: 'API key or operator key', type: 'password', value: key, onChange: setKey, isRequired: true, autocomplete: 'current-password', problem: problem?.field?.('key') }),
      h(ProblemBox, { problem }),
      button({ type: 'submit', class: 'button primary wide', disabled: isBusy || !key }, 'Sign in'),
      p({ class: 'hint' }, 'A tenant\'s key was shown when the tenant was onboarded. The operator\'s is ADMIN_API_KEY, or stands in ', code({}, 'DATA_DIR/admin.key'), ' of an embedded server. ', a({ href: 'docs' }, 'API')),
    ));
}
