// Backfills of a tenant, and a new one with a preview of what it would run.
import { h, tags, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLive } from '../core/live.js';
import { useEvery, useLoad } from '../core/load.js';
import { go, setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Badge, readable } from '../parts/badge.js';
import { useConfigNames } from '../parts/confignames.js';
import { Empty } from '../parts/empty.js';
import { Field } from '../parts/form.js';
import { Icon } from '../parts/icons.js';
import { Card, Facts, Page } from '../parts/page.js';
import { Loaded, ProblemBox } from '../parts/problem.js';
import { Pager, Table } from '../parts/table.js';
import { Time } from '../parts/time.js';

const { a, div, form, p, button } = tags;

export function Backfills({ query }) {
  const path = `/tenants/${encodeURIComponent(store.tenant)}/backfills`;
  const search = new URLSearchParams({ limit: 50, ...(query.cursor ? { cursor: query.cursor } : {}) });
  const backfills = useLoad(() => get(`${path}?${search}`), [path, query.cursor]);
  useEvery(3000, () => { if (backfills.data?.backfills.some(one => one.state === 'RUNNING')) backfills.reload(); });
  useLive((name, data) => { if (name === 'reset' || (name === 'run' && data.trigger_type === 'BACKFILL')) backfills.reloadSoon(); });
  const names = useConfigNames();
  const add = button({ key: 'new', type: 'button', class: 'button primary', 'aria-expanded': String(Boolean(query.new)), onClick: () => setQuery({ new: query.new ? '' : '1' }) }, h(Icon, { name: 'plus' }), 'New backfill');
  return h(Page, { title: 'Backfills', actions: [h(CopyMenu, { key: 'copy', label: 'This list', call: { path: `${path}?${search}` }, cli: 'backfill list' }), add] },
    query.new ? h(NewBackfill, { path, names, config: query.config_id }) : null,
    h(Loaded, { state: backfills, what: 'backfills' }, found => found.backfills.length ? h(Card, { kind: 'flush' }, h(Table, { what: 'Backfills', rows: found.backfills, id: one => one.backfill_id, columns: [
      { title: 'State', cell: one => h(Badge, { state: one.state }) },
      { title: 'Days', cell: one => a({ href: to('backfills', one.backfill_id) }, `${one.start_date} to ${one.end_date}`) },
      { title: 'Pipeline', cell: one => a({ href: to('pipelines', one.config_id) }, new Map(names).get(one.config_id) || one.config_id.slice(0, 13)) },
      { title: 'Mode', cell: one => readable(one.mode) },
      { title: 'Over', isNumber: true, cell: one => `${one.progress.percent} %` },
      { title: 'Failed', isNumber: true, cell: one => one.progress.failed },
      { title: 'Asked', cell: one => h(Time, { at: one.created_at }) },
    ] }), h(Pager, { query, nextCursor: found.next_cursor, onMove: setQuery }))
      : h(Empty, { icon: 'past', title: 'No backfills yet', purpose: 'A backfill runs a pipeline for days of the past: what was missed, what failed, or all. It stands behind scheduled work.', action: query.new ? null : add, cli: 'backfill create CONFIG --from 2026-01-01 --to 2026-01-31 --dry-run' })));
}

function NewBackfill({ path, names, config }) {
  const yesterday = new Date(Date.now() - 86400000).toISOString().slice(0, 10);
  const [given, setGiven] = useState({ config_id: config || '', start_date: yesterday, end_date: yesterday, mode: 'MISSING', order: 'OLDEST_FIRST', max_concurrent: '1' });
  const [plan, setPlan] = useState(null);
  const [problem, setProblem] = useState(null);
  const chosen = given.config_id || names[0]?.[0] || '';
  const body = dry => ({ ...given, config_id: chosen, max_concurrent: Number(given.max_concurrent), ...(dry ? { dry_run: true } : {}) });
  const cli = dry => () => `backfill create ${chosen} --from ${given.start_date} --to ${given.end_date} --mode ${given.mode.toLowerCase()} --order ${given.order.toLowerCase()} --max-concurrent ${given.max_concurrent}${dry ? ' --dry-run' : ''}`;
  const field = (name, text, more) => h(Field, { name, text, value: given[name], problem: problem?.field?.(name), onChange: value => { setPlan(null); setGiven({ ...given, [name]: value }); }, ...more });
  return h(Card, { title: 'New backfill' }, form({ onSubmit: event => event.preventDefault() },
    div({ class: 'fields' }, field('config_id', 'Pipeline', { type: 'select', options: names, value: chosen }), field('start_date', 'First day', { type: 'date' }), field('end_date', 'Last day', { type: 'date' }),
      field('mode', 'Which instants', { type: 'select', options: [['MISSING', 'Those without a run'], ['FAILED', 'Those that failed'], ['ALL', 'All']] }), field('order', 'Order', { type: 'select', options: [['OLDEST_FIRST', 'Oldest first'], ['NEWEST_FIRST', 'Newest first']] }), field('max_concurrent', 'At once', { type: 'number', min: 1, max: 100 })),
    h(ProblemBox, { problem }),
    div({ class: 'actions' },
      h(Action, { label: 'Preview', kind: plan ? '' : 'primary', isDisabled: !chosen, call: () => ({ method: 'POST', path, body: body(true) }), cli: cli(true), onProblem: refused => { setPlan(null); setProblem(refused); }, onDone: answer => { setProblem(null); setPlan(answer.plan); } }),
      h(Action, { label: plan ? `Start ${plan.runs} ${plan.runs === 1 ? 'run' : 'runs'}` : 'Start', kind: plan ? 'primary' : '', isDisabled: !plan || !plan.runs, call: () => ({ method: 'POST', path, body: body(false) }), cli: cli(false), onProblem: setProblem, onDone: made => go(to('backfills', made.backfill_id)) })),
    plan ? h(Plan, { plan }) : null));
}

const Plan = ({ plan }) => div({ class: 'preview' },
  h(Facts, { facts: [['Runs', plan.runs], ['Could begin today', plan.quota.startable_today], ['Could begin this month', plan.quota.startable_month], ['Kept for schedules today', plan.quota.kept_today], ['Used today', `${plan.quota.used_today} of ${plan.quota.daily_limit}`]] }),
  plan.instants.length ? h(Table, { what: 'What would be run', rows: plan.instants.slice(0, 400), id: one => one.scheduled_time, columns: [
    { title: 'Would run', cell: one => h(Badge, { state: one.is_wanted ? 'PLANNED' : 'LEFT_OUT' }) },
    { title: 'Instant', cell: one => h(Time, { at: one.scheduled_time, hasSeconds: false }) },
    { title: 'Loads', cell: one => one.date || '–' },
    { title: 'Known', cell: one => one.outcome ? h(Badge, { state: one.outcome }) : '–' },
    { title: 'Last attempt', cell: one => one.last_state ? h(Badge, { state: one.last_state }) : '–' },
    { title: 'Why not', cell: one => one.left_out || '' },
  ] }) : p({ class: 'muted' }, 'No instant of its schedule lies in these days.'),
  plan.instants.length > 400 ? p({ class: 'muted' }, `and ${plan.instants.length - 400} more`) : null);
