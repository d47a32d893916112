// A button that does one thing over the API, and a menu beside it that gives the same as a line for
// a shell. `call` is {method, path, body}, or a function that makes it. What takes more calls than the first
// says them all in `calls`, for the copies.
import { h, tags, useState } from '../core/dom.js';
import { call as callApi } from '../core/api.js';
import { asCli, asCurl, copy } from './copy.js';
import { Icon } from './icons.js';
import { Menu } from './menu.js';
import { toastProblem } from './toast.js';

const { button, span } = tags;

export function Action({ label, icon, call, cli, onDone, onProblem = toastProblem, confirm, kind = '', isDisabled = false, calls, title }) {
  const [isBusy, setBusy] = useState(false);
  const made = () => typeof call === 'function' ? call() : call;
  const act = async () => {
    if (confirm && !window.confirm(confirm)) return;
    setBusy(true);
    try {
      const { method, path, body, isOnce } = made();
      const answer = await callApi(method, path, method === 'POST' ? body ?? {} : body, { isOnce });
      if (onDone) await onDone(answer);
    } catch (problem) {
      onProblem(problem);
    } finally {
      setBusy(false);
    }
  };
  return span({ class: 'action' },
    button({ type: 'button', class: 'button ' + kind, onClick: act, disabled: isBusy || isDisabled, title },
      icon ? h(Icon, { name: icon }) : null, label),
    h(CopyMenu, { label, call: calls || made, cli, kind }));
}

export function CopyMenu({ label, call, cli, kind = '' }) {
  const line = () => typeof cli === 'function' ? cli() : cli;
  const asked = () => typeof call === 'function' ? call() : call;
  const copied = (make, all, what) => () => {
    try {
      const each = all();
      copy(make(each), Array.isArray(each) && each.length > 1 ? `${each.length} ${what} lines` : what + ' line');
    } catch (problem) { toastProblem(problem); }
  };
  return h(Menu, { label: `${label}: copy as a command`, kind, items: [
    call ? { label: 'Copy as curl', action: copied(asCurl, asked, 'curl') } : null,
    cli ? { label: 'Copy as CLI', action: copied(asCli, line, 'CLI') } : null,
  ].filter(Boolean) });
}
