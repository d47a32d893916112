// One pipeline: when it fires next, what became of its instants, its runs and their quality.
import { h, tags, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLive } from '../core/live.js';
import { useLoad } from '../core/load.js';
import { go, setQuery, to } from '../core/router.js';
import { store, useStore } from '../core/store.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Badge, readable } from '../parts/badge.js';
import { Calendar, shifted } from '../parts/calendar.js';
import { Legend, StackedBars } from '../parts/chart.js';
import { Icon } from '../parts/icons.js';
import { Card, Facts, Page } from '../parts/page.js';
import { Loaded, LoadedPage } from '../parts/problem.js';
import { RunTable, upserted } from '../parts/runtable.js';
import { dayIn, Time, zoneName } from '../parts/time.js';
import { toast } from '../parts/toast.js';
import { EditSchedule } from '../parts/editschedule.js';
import { Revisions } from '../parts/revisions.js';

const { div, a, pre, p, code, ol, li, span, button } = tags;
const RUNS = 20;
const TREND = 10;
const PAGES = 8;

export function Pipeline({ config: id, query }) {
  const path = '/scheduler/pipeline-configs/' + encodeURIComponent(id);
  const config = useLoad(() => get(path), [store.tenant, id]);
  return h(LoadedPage, { state: config, crumbs: [['Pipelines', to('pipelines')]], noun: 'pipeline' }, found => h(Shown, { config: found, path, query, onChange: config.reload, onChangeSoon: config.reloadSoon }));
}

function Shown({ config, path, query, onChange, onChangeSoon }) {
  const [isEditing, setEditing] = useState(false);
  const pipelineId = [store.tenant, config.provider.toLowerCase(), config.domain.toLowerCase(), config.template_name].join('-');
  const runs = useLoad(() => get(`/pipelines/runs?limit=${RUNS}&pipeline_id=${encodeURIComponent(pipelineId)}`), [pipelineId]);
  useLive((name, data) => {
    if (name === 'reset') { runs.reload(); onChange(); }
    if (name === 'run' && data.pipeline_id.toLowerCase() === pipelineId.toLowerCase()) {
      runs.change(found => ({ ...found, runs: upserted(found.runs, data, RUNS) }));
      if (data.end_time) onChangeSoon();
    }
  });
  return h(Page, { title: config.pipeline_name || config.template_name, crumbs: [['Pipelines', to('pipelines')]],
    badge: h(Badge, { state: config.state }), actions: h(Actions, { config, path, onChange, onEdit: () => setEditing(!isEditing) }),
    note: [config.state_reason ? p({ key: 'state', class: 'note' }, config.state_reason) : null,
      config.template_exists ? null : p({ key: 'template', class: 'note is-bad' }, 'There is no template of this name: runs fail until there is one.')] },
  isEditing ? h(EditSchedule, { config, path, onDone: () => { setEditing(false); onChange(); } }) : null,
  div({ class: 'columns' },
    h(Card, { title: 'Next five' }, h(NextFires, { config })),
    h(Card, { title: 'Schedule', kind: 'grow' }, h(ScheduleFacts, { config })),
    h(Card, { title: 'Parameters' }, pre({ class: 'code', tabIndex: 0 }, JSON.stringify(config.parameters, null, 2)))),
  h(Month, { config, query }),
  h(Card, { title: 'Runs', actions: a({ href: to('runs', { pipeline_id: pipelineId }) }, 'All runs') }, h(Loaded, { state: runs, what: 'runs' }, found => found.runs.length
    ? [h(RunTable, { key: 'runs', runs: found.runs }), h(Trend, { key: 'trend', runs: found.runs })]
    : p({ class: 'muted' }, 'It has not run yet. "Run now" starts it without waiting for its schedule.'))),
  h(Revisions, { config, path, onChange }));
}

function Actions({ config, path, onChange, onEdit }) {
  const name = config.pipeline_name || config.template_name;
  return [
    h(Action, { key: 'run', label: 'Run now', icon: 'play', kind: 'primary', call: { method: 'POST', path: path + '/run-now', body: {} }, cli: 'run start ' + config.config_id,
      onDone: run => go(to('runs', run.run_id || run.job_id)) }),
    config.is_active
      ? h(Action, { key: 'pause', label: 'Disable', icon: 'pause', call: { method: 'POST', path: path + '/pause', body: {} }, cli: 'pipeline disable ' + config.config_id, onDone: onChange })
      : h(Action, { key: 'resume', label: 'Enable', icon: 'check', call: { method: 'POST', path: path + '/resume', body: {} }, cli: 'pipeline enable ' + config.config_id, onDone: onChange }),
    button({ key: 'edit', type: 'button', class: 'button', onClick: onEdit }, 'Edit'),
    a({ key: 'backfill', class: 'button', href: to('backfills', { config_id: config.config_id, new: '1' }) }, h(Icon, { name: 'past' }), 'Backfill'),
    h(Action, { key: 'delete', label: 'Delete', kind: 'danger', call: { method: 'DELETE', path }, cli: 'pipeline delete ' + config.config_id,
      confirm: `Delete the pipeline ${name}? Its waiting runs are cancelled; its history stays.`, onDone: () => { toast('Deleted', name); go(to('pipelines')); } }),
    h(CopyMenu, { key: 'show', label: 'This pipeline', call: { path }, cli: 'pipeline show ' + config.config_id }),
  ];
}

const NextFires = ({ config }) => config.next_run_times.length
  ? ol({ class: 'fires' }, config.next_run_times.map(at => li({ key: at }, h(Time, { at, zone: store.zone === 'tenant' ? config.timezone : undefined, hasSeconds: false, isRelative: true }))))
  : p({ class: 'muted' }, config.is_active ? 'No further instant is due.' : 'It is switched off and does not come due.');

const word = value => value ? readable(String(value)) : value;

function ScheduleFacts({ config }) {
  const policy = config.schedule_policy;
  return h(Facts, { facts: [
    ['Cron', code({}, config.schedule_cron)], ['Time zone', config.timezone], ['Template', `${config.provider.toLowerCase()}/${config.domain.toLowerCase()}/${config.template_name}`],
    ['Priority', config.priority], ['Missed runs', word(policy.missed_runs)], ['Overlap', word(policy.overlap)], ['Clocks, gap', word(policy.dst_gap)], ['Clocks, twice', word(policy.dst_overlap)],
    ['Window', policy.window], ['Ends', policy.end_at ? h(Time, { at: policy.end_at }) : null], ['Most runs', policy.max_runs], ['Pause after failures', policy.pause_after_failures],
    ['Failures in a row', config.failures_in_a_row || null], ['Description', config.description],
    ['Last run', config.last_run_time ? [h(Badge, { state: config.last_run_status }), ' ', h(Time, { at: config.last_run_time })] : 'never'], ['Config', code({}, config.config_id)]] });
}

function Month({ config, query }) {
  useStore();
  const zone = store.zone === 'tenant' ? config.timezone : zoneName();
  const today = dayIn(new Date(), zone);
  const month = /^\d{4}-\d{2}$/.test(query.month || '') ? query.month : today.slice(0, 7);
  const slots = useLoad(() => instants(config, month), [config.config_id, config.updated_at, config.last_run_time, month]);
  const move = by => setQuery({ month: shifted(month, by) });
  return h(Card, { title: `Calendar ${month} (${zone})`, actions: [
    button({ key: 'back', type: 'button', class: 'button', onClick: () => move(-1), 'aria-label': 'The month before' }, '‹'),
    button({ key: 'now', type: 'button', class: 'button', onClick: () => setQuery({ month: '' }) }, 'Today'),
    button({ key: 'on', type: 'button', class: 'button', onClick: () => move(1), 'aria-label': 'The month after' }, '›')] },
  h(Loaded, { state: slots, what: 'the calendar' }, found => [
    h(Calendar, { key: 'month', month, instants: found.list, zone, today }),
    found.isPart ? p({ key: 'part', class: 'muted' }, 'Not all of the month is drawn: it has more instants than that. ', a({ href: to('slots', { config_id: config.config_id }) }, 'All slots')) : null,
    h(Legend, { key: 'legend', parts: [['fired', 'green'], ['skipped', 'light'], ['planned', 'plain']] })]));
}

// {list, isPart}: a month of a pipeline that is due every few minutes has more than anybody looks at.
async function instants(config, month) {
  const now = new Date().toISOString();
  const until = shifted(month, 1) + '-01T00:00:00Z';
  const past = month + '-01T00:00:00Z' < now ? await fired(config, month, until) : { list: [], isPart: false };
  const next = config.is_active && until > now ? await planned(config, month, widened(until, 1)) : { list: [], isPart: false };
  return { list: [...past.list, ...next.list], isPart: past.isPart || next.isPart };
}

async function fired(config, month, until) {
  const search = new URLSearchParams({ limit: 200, config_id: config.config_id, from: widened(month + '-01T00:00:00Z', -1), to: widened(until, 1) });
  const list = [];
  for (let page = 0; page < PAGES; page++) {
    const answer = await get(`/tenants/${encodeURIComponent(store.tenant)}/slots?${search}`);
    list.push(...answer.slots.map(slot => ({ at: slot.due_at, state: slot.outcome, note: slot.reason, href: slot.run_id ? to('runs', slot.run_id) : null })));
    if (!answer.next_cursor) return { list, isPart: false };
    search.set('cursor', answer.next_cursor);
  }
  return { list, isPart: true };
}

async function planned(config, month, end) {
  const { dst_gap, dst_overlap } = config.schedule_policy;
  const first = month + '-01T00:00:00Z';
  const list = [];
  let from = first > new Date().toISOString() ? widened(first, -1) : new Date().toISOString();
  for (let page = 0; page < PAGES; page++) {
    const { next } = await get('/scheduler/explain?' + new URLSearchParams({ cron: config.schedule_cron, timezone: config.timezone, count: 100, from, dst_gap, dst_overlap }));
    list.push(...next.filter(one => one.at < end).map(one => ({ at: one.at, state: 'PLANNED' })));
    if (!next.length || next.at(-1).at >= end) return { list, isPart: false };
    from = next.at(-1).at;
  }
  return { list, isPart: true };
}

const widened = (instant, days) => new Date(Date.parse(instant) + days * 86400000).toISOString();

// How the rules of the last runs were kept.
function Trend({ runs }) {
  const ended = runs.filter(run => run.state === 'COMPLETED' || run.state === 'FAILED').slice(0, TREND);
  const key = ended.map(run => run.run_id).join();
  const trend = useLoad(() => Promise.all(ended.map(async run => ({ run, quality: await get(`/pipelines/runs/${run.run_id}/dq-results`) }))), [key]);
  if (!ended.length) return null;
  return h('div', { class: 'trend' }, h('h3', null, 'Quality rules of the last runs'), h(Loaded, { state: trend, what: 'quality' }, found => found.some(one => one.quality.checks.length)
    ? [h(StackedBars, { key: 'bars', what: 'Quality rules kept and broken by run', unit: 'rules', height: 74, days: found.slice().reverse().map(({ run, quality }) => ({
      label: run.created_at.slice(0, 16).replace('T', ' ') + ' UTC', parts: [{ name: 'kept', value: quality.expectations_passed, colour: 'green' }, { name: 'broken', value: quality.expectations_failed, colour: 'red' }] })) }),
    h(Legend, { key: 'legend', parts: [['kept', 'green'], ['broken', 'red']] })]
    : p({ class: 'muted' }, 'These runs checked no rules.')));
}
