// What a message said, and what came back of each try; read when somebody opens it.
import { h, tags, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { toastProblem } from './toast.js';
import { length, Time } from './time.js';

const { details, summary, pre, ol, li, span, p } = tags;

export function Attempts({ path }) {
  const [found, setFound] = useState(null);
  const open = event => { if (event.target.open && !found) get(path).then(setFound, toastProblem); };
  return details({ onToggle: open }, summary({}, 'Show'), found ? [
    found.attempts.length ? ol({ key: 'tries', class: 'tries' }, found.attempts.map(one => li({ key: one.attempt_no }, h(Time, { at: one.started_at }), ' ',
      one.http_status ?? one.status ? span({}, one.http_status ?? one.status) : null, ' ', length(one.duration_ms), one.error ? span({ class: 'muted' }, ' ' + one.error) : null,
      one.response ? pre({ class: 'code', tabIndex: 0 }, one.response) : null))) : p({ key: 'none', class: 'muted' }, 'Not tried yet.'),
    pre({ key: 'payload', class: 'code', tabIndex: 0 }, JSON.stringify(found.payload, null, 2))] : null);
}
