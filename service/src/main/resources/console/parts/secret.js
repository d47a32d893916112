// Something that is shown once: it is in no store of the browser, and gone with the box.
import { h, tags } from '../core/dom.js';
import { copy } from './copy.js';

const { div, p, code, button, strong } = tags;

export function Secret({ what, secret, onClose }) {
  return div({ class: 'secret', role: 'alert' }, p({}, strong({}, what), ' is shown this once. Keep it where secrets are kept.'),
    code({ class: 'secret-text' }, secret || 'not shown again'),
    div({ class: 'actions' }, button({ type: 'button', class: 'button', onClick: () => copy(secret, 'Secret') }, 'Copy'), button({ type: 'button', class: 'button primary', onClick: onClose }, 'I have kept it')));
}
