// A table of records: columns say how a cell is drawn. On a phone each row is a small card, whose cells
// have their titles; the roles say that it is a table still.
import { h, tags } from '../core/dom.js';

const { div, table, thead, tbody, tr, th, td, caption, button, label, input } = tags;

// columns: {title, cell(row), isNumber, isHidden}; select: {chosen: Set, onChange, id(row)}; below(row): what
// stands under a row in its whole width, or null.
export function Table({ columns, rows, id, what, select, rowClass, below }) {
  const shown = columns.filter(column => column && !column.isHidden);
  return div({ class: 'table-box', tabIndex: 0, role: 'region', 'aria-label': what },
    table({ class: 'rows', role: 'table' },
      caption({ class: 'offscreen' }, what),
      thead({ role: 'rowgroup' }, tr({ role: 'row' },
        select ? th({ class: 'select', role: 'columnheader' }, h(SelectAll, { rows, id, select })) : null,
        shown.map(column => th({ key: column.title, scope: 'col', role: 'columnheader', class: column.isNumber ? 'number' : '' }, column.title)))),
      tbody({ role: 'rowgroup' }, rows.flatMap(row => [tr({ key: id(row), role: 'row', class: rowClass ? rowClass(row) : '' },
        select ? td({ class: 'select', role: 'cell' }, h(SelectOne, { row, id, select })) : null,
        shown.map(column => td({ key: column.title, role: 'cell', 'data-title': column.title, class: column.isNumber ? 'number' : column.kind || '' }, column.cell(row)))), h(Below, { key: id(row) + ' below', content: below?.(row), width: shown.length + (select ? 1 : 0) })]))));
}

const Below = ({ content, width }) => content ? tr({ role: 'row', class: 'is-below' }, td({ role: 'cell', colSpan: width }, div({ class: 'below' }, content))) : null;

function SelectAll({ rows, id, select }) {
  const all = rows.length > 0 && rows.every(row => select.chosen.has(id(row)));
  return label({}, input({ type: 'checkbox', checked: all, 'aria-label': 'Choose all',
    onChange: () => select.onChange(all ? new Set() : new Set(rows.map(id))) }));
}

function SelectOne({ row, id, select }) {
  const isChosen = select.chosen.has(id(row));
  return label({}, input({ type: 'checkbox', checked: isChosen, 'aria-label': 'Choose ' + select.name(row), onChange: () => {
    const next = new Set(select.chosen);
    if (isChosen) next.delete(id(row)); else next.add(id(row));
    select.onChange(next);
  } }));
}

// First page and next page; the cursor stands in the address like any other filter.
export function Pager({ query, nextCursor, onMove }) {
  if (!query.cursor && !nextCursor) return null;
  return div({ class: 'pager' },
    query.cursor ? button({ type: 'button', class: 'button', onClick: () => onMove({ cursor: '' }) }, '« First page') : null,
    nextCursor ? button({ type: 'button', class: 'button', onClick: () => onMove({ cursor: nextCursor }) }, 'Next page »') : null);
}
