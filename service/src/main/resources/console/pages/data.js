// A tenant's tables, and questions to them in SQL.
import { h, tags, useState } from '../core/dom.js';
import { get, saveAs } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { Action, CopyMenu } from '../parts/action.js';
import { shellWord } from '../parts/copy.js';
import { Empty } from '../parts/empty.js';
import { Field } from '../parts/form.js';
import { Card, Page } from '../parts/page.js';
import { Loaded, ProblemBox } from '../parts/problem.js';
import { Table } from '../parts/table.js';
import { counted } from '../parts/words.js';

const { div, a, p, details, summary, code, span, ul, li, button, form } = tags;

export function Data({ query }) {
  const base = `/tenants/${encodeURIComponent(store.tenant)}/data`;
  const tables = useLoad(() => get(base + '/tables'), [base]);
  const sql = query.sql ?? 'SELECT * FROM x_meta_pipeline_runs LIMIT 20';
  const [answer, setAnswer] = useState(null);
  const [problem, setProblem] = useState(null);
  const ask = { method: 'POST', path: base + '/query', body: { sql, limit: 1000 }, isOnce: false };
  return h(Page, { title: 'Data' }, div({ class: 'columns' },
    h(Card, { title: 'Tables' }, h(Loaded, { state: tables, what: 'tables' }, found => [found.tables.some(table => !table.name.startsWith('x_meta_')) ? null
      : h(Empty, { key: 'empty', title: 'Nothing is loaded yet', purpose: 'What pipelines load is found here, beside what is known of their runs.', action: a({ class: 'button', href: to('pipelines', 'new') }, 'New pipeline'), cli: 'pipeline create gcp/cost/cost_billing --cron \'0 3 * * *\'' }), ...found.tables.map(table => details({ key: table.name, class: 'fold' },
      summary({}, code({}, table.name), ' ', span({ class: 'muted' }, table.rows == null ? 'view' : counted(table.rows, 'row'))),
      button({ type: 'button', class: 'button', onClick: () => setQuery({ sql: `SELECT * FROM ${table.name} LIMIT 20` }) }, 'Ask for 20 rows'),
      ul({ class: 'columns-list' }, table.columns.map(column => li({ key: column.name }, code({}, column.name), ' ', span({ class: 'muted' }, column.type))))))])),
    h(Card, { title: 'SQL', kind: 'grow' },
      form({ onSubmit: event => event.preventDefault() },
        h(Field, { name: 'sql', text: 'One SELECT on your own tables', type: 'textarea', rows: 6, value: sql, onChange: value => setQuery({ sql: value }), hint: 'Reads only; 30 s and 1,000 rows at most.' }),
        div({ class: 'actions' }, h(Action, { label: 'Ask', icon: 'play', kind: 'primary', call: ask, cli: 'sql ' + shellWord(sql), onProblem: refused => { setAnswer(null); setProblem(refused); }, onDone: found => { setProblem(null); setAnswer(found); } }),
          answer ? button({ type: 'button', class: 'button', onClick: () => saveAs(new Blob([csv(answer)], { type: 'text/csv' }), 'answer.csv') }, 'Download CSV') : null,
          answer ? h(CopyMenu, { label: 'Download CSV', call: ask, cli: `sql ${shellWord(sql)} -o csv` }) : null)),
      h(ProblemBox, { problem }),
      answer ? h(Answer, { answer }) : null)));
}

const Answer = ({ answer }) => [p({ key: 'facts', class: 'muted answer-facts', role: 'status' }, `${counted(answer.row_count, 'row')} in ${answer.elapsed_ms} ms${answer.truncated ? '; there were more' : ''}`),
  h(Table, { key: 'rows', what: 'Answer', rows: answer.rows.map((row, at) => ({ row, at })), id: one => one.at, columns: answer.columns.map((column, at) => ({
    title: column.name, isNumber: /INT|DECIMAL|DOUBLE|FLOAT/.test(column.type), kind: 'clamp', cell: one => shown(one.row[at]) })) })];

const shown = value => value === null ? span({ class: 'muted' }, 'null') : span({ title: written(value) }, written(value));

const written = value => typeof value === 'object' ? JSON.stringify(value) : String(value);

// A text that a spreadsheet would take for a formula is kept a text.
function csv(answer) {
  const cell = value => {
    if (value === null) return '';
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    const plain = typeof value === 'string' && /^[=+@\t\r-]/.test(text) && Number.isNaN(Number(text)) ? "'" + text : text;
    return /[",\n\r]/.test(plain) ? '"' + plain.replaceAll('"', '""') + '"' : plain;
  };
  return [answer.columns.map(column => column.name), ...answer.rows].map(row => row.map(cell).join(',')).join('\r\n') + '\r\n';
}
