// What a message said, and what came back of each try; read when somebody asks.
import { h, tags } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { Loaded } from './problem.js';
import { length, Time } from './time.js';

const { button, div, pre, ol, li, span, p } = tags;

// The button in a row of a table; `Attempts` stands below the row while it is open.
export const Show = ({ isOpen, onClick }) => button({ type: 'button', class: 'button', 'aria-expanded': String(isOpen), onClick }, isOpen ? 'Hide' : 'Show');

export function Attempts({ path }) {
  const message = useLoad(() => get(path), [path]);
  return h(Loaded, { state: message, what: 'what was sent' }, found => div({ class: 'sent' },
    found.attempts.length ? ol({ class: 'tries' }, found.attempts.map(one => li({ key: one.attempt_no }, h(Time, { at: one.started_at }), ' ',
      one.http_status ?? one.status ? span({}, one.http_status ?? one.status) : null, ' ', length(one.duration_ms), one.error ? span({ class: 'muted' }, ' ' + one.error) : null,
      one.response ? pre({ class: 'code', tabIndex: 0 }, one.response) : null))) : p({ class: 'muted' }, 'Not tried yet.'),
    pre({ class: 'code', tabIndex: 0 }, JSON.stringify(found.payload, null, 2))));
}
