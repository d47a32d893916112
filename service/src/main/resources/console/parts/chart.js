// Small charts as SVG, each with the same numbers as text for those who do not see it.
import { h, tags } from '../core/dom.js';

const { div, span, ul, li, table, caption, tbody, tr, th, td } = tags;

// Of a hundred: a single day is no wall.
const WIDEST = 8;

// Half a line of the scale's text, so that text and line stand at one height.
const EDGE = 7;

const shown = value => value.toLocaleString('en-GB', { maximumFractionDigits: 2 });

// days: [{label, parts: [{name, value, colour}]}]: stacked bars with a common scale, credits below its zero.
// unit: of several, such as `runs` or `USD`.
export function StackedBars({ days, what, unit = '', height = 128 }) {
  const sum = (day, sign) => day.parts.reduce((all, part) => all + Math.max(0, part.value * sign), 0);
  const most = Math.max(0, ...days.map(day => sum(day, 1)));
  const least = Math.max(0, ...days.map(day => sum(day, -1)));
  const lines = ticks(least, most, height < 100 ? 2 : 4, days.every(day => day.parts.every(part => Number.isInteger(part.value))));
  const scale = (height - 2 * EDGE) / (lines.at(-1) - lines[0]);
  const yOf = value => EDGE + (lines.at(-1) - value) * scale;
  const width = 100 / Math.max(1, days.length);
  const bar = Math.min(width * 0.72, WIDEST);
  const amount = value => shown(value) + (unit ? ' ' + (Math.abs(value) === 1 ? unit.replace(/s$/, '') : unit) : '');
  return div({ class: 'chart' },
    div({ class: 'chart-scale', 'aria-hidden': 'true' }, lines.slice().reverse().map((line, at) => span({ key: line }, at === 0 ? amount(line) : shown(line)))),
    h('svg', { viewBox: `0 0 100 ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': what, height },
      lines.map(line => h('line', { key: line, class: 'grid', x1: 0, x2: 100, y1: yOf(line), y2: yOf(line) })),
      days.map((day, at) => {
        let above = yOf(0);
        let below = yOf(0);
        return h('g', { key: day.label },
          h('title', null, day.label + ': ' + (day.parts.filter(part => part.value).map(part => `${shown(part.value)} ${part.name}`).join(', ') || 'nothing')),
          h('rect', { class: 'catch', x: at * width, y: 0, width, height }),
          day.parts.map(part => {
            const size = Math.abs(part.value) * scale;
            const y = part.value < 0 ? below : above - size;
            if (part.value < 0) below += size; else above = y;
            return h('rect', { key: part.name, class: 'fill-' + part.colour, x: at * width + (width - bar) / 2, y, width: bar, height: size });
          }));
      }),
      h('line', { class: 'grid is-zero', x1: 0, x2: 100, y1: yOf(0), y2: yOf(0) })),
    div({ class: 'chart-axis' }, span({}, days[0]?.label), span({}, least > 0 ? `${amount(-least)} to ${amount(most)}` : `most: ${amount(most)}`), days.length > 1 ? span({}, days.at(-1).label) : span({})),
    table({ class: 'offscreen' }, caption({}, what), tbody({}, days.map(day => tr({ key: day.label }, th({}, day.label),
      td({}, day.parts.map(part => `${shown(part.value)} ${part.name}`).join(', ')))))));
}

// Round numbers from the lowest to the highest, zero among them, with `count` steps or fewer between.
function ticks(least, most, count, isWhole) {
  const rough = (most + least || 1) / count;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(isWhole ? 1 : 0, [1, 2, 5, 10].map(times => times * size).find(one => one >= rough * 0.999));
  const [from, to] = [-Math.ceil(least / step - 1e-9), Math.max(1, Math.ceil(most / step - 1e-9))];
  return Array.from({ length: to - from + 1 }, (_, at) => (from + at) * step);
}

export const Legend = ({ parts }) => ul({ class: 'legend' }, parts.map(([name, colour]) =>
  li({ key: name }, h('svg', { width: 10, height: 10, 'aria-hidden': 'true' }, h('rect', { width: 10, height: 10, rx: 2, class: 'fill-' + colour })), name.charAt(0).toUpperCase() + name.slice(1))));

// Horizontal bars: rows of [name, value, text].
export function Bars({ rows }) {
  const top = Math.max(1e-9, ...rows.map(([, value]) => value));
  return ul({ class: 'bars' }, rows.map(([name, value, text]) => li({ key: name },
    span({ class: 'bar-name', title: name }, name), span({ class: 'bar-track' }, span({ class: 'bar-fill', style: { width: `${Math.max(1, value / top * 100)}%` } })),
    span({ class: 'number' }, text))));
}

// What is used of a limit.
export function Meter({ name, used, limit, percent, state, note }) {
  const share = Math.min(100, Number(percent) || 0);
  return div({ class: 'meter' },
    div({ class: 'meter-head' }, span({}, name), span({ class: 'number' }, `${used} of ${limit}`, span({ class: 'muted' }, ` · ${Number(percent ?? 0)} %`))),
    div({ class: 'bar-track', role: 'meter', 'aria-label': name, 'aria-valuemin': 0, 'aria-valuemax': limit, 'aria-valuenow': used },
      span({ class: 'bar-fill bar-' + String(state || 'OK').toLowerCase(), style: { width: share + '%' } })),
    note ? div({ class: 'meter-note' }, note) : null);
}
