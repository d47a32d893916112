// Small charts as SVG, each with the same numbers as text for those who do not see it.
import { h, tags } from '../core/dom.js';

const { div, span, ul, li, table, caption, tbody, tr, th, td } = tags;

// days: [{label, parts: [{name, value, colour}]}]: stacked bars with a common scale.
export function StackedBars({ days, what, height = 120 }) {
  const top = Math.max(1, ...days.map(day => day.parts.reduce((sum, part) => sum + part.value, 0)));
  const width = 100 / Math.max(1, days.length);
  return div({ class: 'chart' },
    h('svg', { viewBox: `0 0 100 ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': what, height },
      [0.25, 0.5, 0.75, 1].map(line => h('line', { key: line, class: 'grid', x1: 0, x2: 100, y1: height - line * (height - 4), y2: height - line * (height - 4) })),
      days.map((day, at) => {
        let from = height;
        return h('g', { key: day.label },
          h('title', null, day.label + ': ' + (day.parts.filter(part => part.value).map(part => `${part.value} ${part.name}`).join(', ') || 'nothing')),
          h('rect', { class: 'catch', x: at * width, y: 0, width, height }),
          day.parts.map(part => {
            const size = part.value / top * (height - 4);
            from -= size;
            return h('rect', { key: part.name, class: 'fill-' + part.colour, x: at * width + width * 0.14, y: from, width: width * 0.72, height: size });
          }));
      })),
    div({ class: 'chart-axis' }, span({}, days[0]?.label), span({}, `most: ${top}`), span({}, days.at(-1)?.label)),
    table({ class: 'offscreen' }, caption({}, what), tbody({}, days.map(day => tr({ key: day.label }, th({}, day.label),
      td({}, day.parts.map(part => `${part.value} ${part.name}`).join(', ')))))));
}

export const Legend = ({ parts }) => ul({ class: 'legend' }, parts.map(([name, colour]) =>
  li({ key: name }, h('svg', { width: 10, height: 10, 'aria-hidden': 'true' }, h('rect', { width: 10, height: 10, rx: 2, class: 'fill-' + colour })), name)));

// Horizontal bars: rows of [name, value, text].
export function Bars({ rows }) {
  const top = Math.max(1e-9, ...rows.map(([, value]) => value));
  return ul({ class: 'bars' }, rows.map(([name, value, text]) => li({ key: name },
    span({ class: 'bar-name' }, name), span({ class: 'bar-track' }, span({ class: 'bar-fill', style: { width: `${Math.max(1, value / top * 100)}%` } })),
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
