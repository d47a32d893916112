// A month of a pipeline: what became of past instants, and the planned ones.
import { h, tags } from '../core/dom.js';
import { colourOf, iconOf, readable } from './badge.js';
import { clockIn, dayIn } from './time.js';
import { Icon } from './icons.js';

const { div, table, thead, tbody, tr, th, td, span, a } = tags;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

// month: YYYY-MM; instants: [{at, state, href, note}] with PLANNED for what is to come
export function Calendar({ month, instants, zone, today }) {
  const byDay = new Map();
  for (const instant of instants) {
    const day = dayIn(instant.at, zone);
    if (!byDay.has(day)) byDay.set(day, []);
    byDay.get(day).push(instant);
  }
  return div({ class: 'calendar' }, table({},
    thead({}, tr({}, WEEKDAYS.map(day => th({ key: day, scope: 'col' }, day)))),
    tbody({}, weeks(month).map((week, at) => tr({ key: at }, week.map((day, weekday) => td({ key: weekday, class: day === today ? 'is-today' : day ? '' : 'is-out' },
      day ? [span({ class: 'day' }, Number(day.slice(8))), h(Day, { instants: byDay.get(day) || [], zone })] : null)))))));
}

// Many instants of one day become one mark for each outcome.
function Day({ instants, zone }) {
  if (instants.length > 3) {
    const counts = new Map();
    for (const one of instants) counts.set(one.state, (counts.get(one.state) || 0) + 1);
    return [...counts].map(([state, count]) => span({ key: state, class: 'mark mark-' + colourOf(state), title: `${count} ${readable(state)}` },
      h(Icon, { name: iconOf(state), size: 10 }), count, span({ class: 'mark-word' }, ' ', readable(state).toLowerCase())));
  }
  return instants.map(one => h(one.href ? 'a' : 'span', { key: one.at, href: one.href, class: 'mark mark-' + colourOf(one.state), title: `${readable(one.state)}${one.note ? ': ' + one.note : ''}` },
    h(Icon, { name: iconOf(one.state), size: 10 }), clockIn(one.at, zone, false), span({ class: 'mark-word' }, ' ', one.state === 'PLANNED' ? 'planned' : readable(one.state).toLowerCase())));
}

function weeks(month) {
  const [year, number] = month.split('-').map(Number);
  const first = (new Date(Date.UTC(year, number - 1, 1)).getUTCDay() + 6) % 7;
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const cells = [...Array(first).fill(null), ...Array.from({ length: days }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`)];
  while (cells.length % 7) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, at) => cells.slice(at * 7, at * 7 + 7));
}

export function shifted(month, by) {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}
