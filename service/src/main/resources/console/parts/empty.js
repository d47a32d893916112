// A page without content: what it is for, a button, and the same as a line for a shell.
import { h, tags } from '../core/dom.js';
import { asCli, copy } from './copy.js';
import { Icon } from './icons.js';

const { div, h2, p, code, button } = tags;

export function Empty({ icon = 'box', title, purpose, action, cli }) {
  return div({ class: 'empty' },
    h(Icon, { name: icon, size: 28 }),
    h2({}, title), p({}, purpose), action || null,
    cli ? p({ class: 'empty-cli' }, code({}, asCli(cli)), ' ',
      button({ type: 'button', class: 'button quiet', 'aria-label': 'Copy as CLI', title: 'Copy as CLI', onClick: () => copy(asCli(cli), 'CLI line') },
        h(Icon, { name: 'copy' }))) : null);
}
