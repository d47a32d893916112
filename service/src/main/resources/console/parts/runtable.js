// Runs of pipelines as a table, and how a list takes in a run that has changed.
import { h, tags } from '../core/dom.js';
import { to } from '../core/router.js';
import { Badge, readable } from './badge.js';
import { Table } from './table.js';
import { Elapsed, length, Time } from './time.js';

const { a, span } = tags;

export function RunTable({ runs, isShort, select }) {
  return h(Table, { what: 'Runs', rows: runs, id: run => run.run_id, select, columns: [
    { title: 'State', cell: run => h(Badge, { state: run.state, note: run.state === 'FAILED' && run.error_code ? run.error_code.toLowerCase().replaceAll('_', ' ') : null }) },
    { title: 'Run', cell: run => a({ href: to('runs', run.run_id) }, run.template_name, ' ', span({ class: 'muted' }, `${run.provider}/${run.domain}`)) },
    { title: 'Trigger', isHidden: isShort, cell: run => readable(run.trigger_type) + (run.retry_attempt ? ` · attempt ${run.attempt_no}` : '') },
    { title: 'Made', cell: run => h(Time, { at: run.created_at }) },
    { title: 'Waited', isNumber: true, cell: run => run.start_time ? length(Date.parse(run.start_time) - Date.parse(run.created_at)) : h(Elapsed, { from: run.created_at, to: run.end_time }) },
    { title: 'Took', isNumber: true, cell: run => run.start_time ? h(Elapsed, { from: run.start_time, to: run.end_time }) : '–' },
    { title: 'Rows', isNumber: true, cell: run => run.rows_written == null ? '–' : run.rows_written.toLocaleString('en-GB') },
  ] });
}

// The list with the run in its place: where it stood, or first when it is new.
export function upserted(runs, run, limit, fits = () => true) {
  const at = runs.findIndex(one => one.run_id === run.run_id);
  if (at >= 0) return fits(run) ? runs.map((one, place) => place === at ? run : one) : runs.filter((_, place) => place !== at);
  if (!fits(run) || (runs.length >= limit && run.created_at < runs.at(-1).created_at)) return runs;
  return [run, ...runs].sort((one, other) => other.run_id.localeCompare(one.run_id)).slice(0, limit);
}
