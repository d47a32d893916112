// What a cron means, asked of the server while somebody types.
import { h, tags, useEffect, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { Time } from './time.js';

const { p, span } = tags;

export function CronPreview({ cron, zone }) {
  const [said, setSaid] = useState(null);
  useEffect(() => {
    if (!cron) return setSaid(null);
    const timer = setTimeout(async () => {
      try {
        const answer = await get('/scheduler/explain?' + new URLSearchParams({ cron, timezone: zone || 'UTC', count: 3 }));
        setSaid({ times: answer.next.map(one => one.at), note: answer.next.find(one => one.note)?.note });
      } catch (refused) { setSaid({ problem: refused.message }); }
    }, 250);
    return () => clearTimeout(timer);
  }, [cron, zone]);
  if (!said) return null;
  if (said.problem) return p({ class: 'field-problem', role: 'status' }, said.problem);
  return p({ class: 'hint', role: 'status' }, 'Next: ', said.times.map((at, place) => span({ key: at }, place ? ' · ' : '', h(Time, { at, zone: zone || 'UTC', hasSeconds: false }))), said.note ? ' ' + said.note : '');
}
