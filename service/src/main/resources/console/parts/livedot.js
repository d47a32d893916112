// Whether a page is told of changes at once: a colour and a word.
import { tags } from '../core/dom.js';

const { span } = tags;
const LIVE = { live: ['Live', 'is-live'], connecting: ['Connecting', ''], lost: ['Reconnecting', 'is-lost'], off: ['Not live', 'is-lost'], ended: ['Not live', ''] };

export function LiveDot({ state }) {
  const [word, look] = LIVE[state] || LIVE.off;
  return span({ class: 'live ' + look, role: 'status', title: 'Whether this page is told of changes at once' }, span({ class: 'live-dot', 'aria-hidden': 'true' }), word);
}
