// When the attempts of a run waited and worked, and in the shown attempt its steps. One scale for
// all rows; waiting is hatched, a pause before a retry is the gap between two attempts.
import { h, tags, useEffect, useMemo, useState } from '../core/dom.js';
import { Badge, colourOf } from './badge.js';
import { clockIn, length, offset, useTick, zoneName } from './time.js';
import { Windowed } from './windowed.js';

const { div, span, ol, li } = tags;
const MANY = 60;
const NARROW = matchMedia('(max-width: 820px)');

// rows: [{id, name, note, state, queuedAt, from, to, isStep}]; what has no end goes on until now.
export function Gantt({ rows }) {
  const isLive = rows.some(row => row.state === 'RUNNING' || (!row.from && !row.to));
  useTick(500, isLive);
  const isNarrow = useNarrow();
  const now = Date.now();
  const [start, end] = useMemo(() => scale(rows, now), [rows, isLive ? now : 0]);
  const share = time => (time - start) / (end - start) * 100;
  const zone = zoneName();
  return div({ class: 'gantt' },
    div({ class: 'gantt-axis', 'aria-hidden': 'true' }, span({}), span({ class: 'gantt-ticks' }, [0, 0.25, 0.5, 0.75, 1].map(part => {
      const time = start + (end - start) * part;
      return span({ key: part, style: { left: part * 100 + '%' } }, part === 0 ? `${clockIn(time, zone)} ${offset(time, zone)}` : '+' + length(time - start));
    })), span({})),
    rows.length <= MANY ? ol({ class: 'gantt-rows' }, rows.map(row => h(Row, { key: row.id, tag: 'li', row, share, now })))
      : h(Windowed, { kind: 'gantt-window', label: `${rows.length} attempts and steps`, count: rows.length, height: isNarrow ? 50 : 29,
        row: (at, style) => h(Row, { key: rows[at].id, tag: 'div', row: rows[at], share, now, style, of: [at + 1, rows.length] }) }));
}

function Row({ tag, row, share, now, style, of }) {
  const queued = row.queuedAt ? Date.parse(row.queuedAt) : null;
  const from = row.from ? Date.parse(row.from) : null;
  const to = row.to ? Date.parse(row.to) : now;
  const waited = queued === null ? 0 : (from ?? to) - queued;
  return h(tag, { class: 'gantt-row' + (row.isStep ? ' is-step' : ''), 'data-state': row.state, style, ...(of ? { role: 'listitem', 'aria-posinset': of[0], 'aria-setsize': of[1] } : {}) },
    span({ class: 'gantt-name' }, row.href ? h('a', { href: row.href }, row.name) : row.name, row.note ? span({ class: 'muted' }, ' ' + row.note) : null),
    span({ class: 'gantt-track' },
      waited > 0 ? span({ class: 'gantt-wait', title: 'waited ' + length(waited), style: { left: share(queued) + '%', width: Math.max(0.3, share(from ?? to) - share(queued)) + '%' } }) : null,
      from === null ? null : span({ class: 'gantt-bar fill-' + colourOf(row.state), title: `${row.name}: ${length(to - from)}`,
        style: { left: share(from) + '%', width: Math.max(0.4, share(to) - share(from)) + '%' } })),
    span({ class: 'gantt-end' }, h(Badge, { state: row.state }), span({ class: 'number' }, from === null ? (waited > 0 ? length(waited) : '') : length(to - from)),
      waited >= 1000 && from !== null ? span({ class: 'muted number nowrap' }, 'after ' + length(waited)) : null));
}

function scale(rows, now) {
  let start = now;
  let end = -Infinity;
  for (const row of rows) {
    for (const time of [row.queuedAt, row.from, row.to]) {
      if (!time) continue;
      const at = Date.parse(time);
      if (at < start) start = at;
      if (at > end) end = at;
    }
    if (!row.to && now > end) end = now;
  }
  return [start, Math.max(end, start + 1000)];
}

function useNarrow() {
  const [isNarrow, setNarrow] = useState(NARROW.matches);
  useEffect(() => {
    const changed = () => setNarrow(NARROW.matches);
    NARROW.addEventListener('change', changed);
    return () => NARROW.removeEventListener('change', changed);
  }, []);
  return isNarrow;
}
