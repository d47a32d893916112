// How a tenant stands: the queue, today's runs, what failed, what comes next, what was loaded.
import { h, tags, useState } from '../core/dom.js';
import { get, post } from '../core/api.js';
import { useLive } from '../core/live.js';
import { useEvery, useLoad } from '../core/load.js';
import { to } from '../core/router.js';
import { store } from '../core/store.js';
import { Badge, readable } from '../parts/badge.js';
import { Bars, Legend, StackedBars } from '../parts/chart.js';
import { Empty } from '../parts/empty.js';
import { Icon } from '../parts/icons.js';
import { Card, Page, Stat } from '../parts/page.js';
import { Loaded } from '../parts/problem.js';
import { length, Time, useTick } from '../parts/time.js';
import { RunTable, upserted } from '../parts/runtable.js';
import { counted } from '../parts/words.js';

const { div, a, p, ul, li, span } = tags;
const DAYS = 14;
const RECENT = 8;
const LATE = 5 * 60 * 1000;

export function Overview() {
  const tenant = encodeURIComponent(store.tenant);
  const status = useLoad(() => get('/scheduler/status'), [tenant]);
  const usage = useLoad(() => get(`/tenants/${tenant}/usage/history?days=${DAYS}`), [tenant]);
  const runs = useLoad(() => get(`/pipelines/runs?limit=${RECENT}`), [tenant]);
  const failed = useLoad(() => get('/pipelines/runs?state=FAILED&limit=5'), [tenant]);
  const configs = useLoad(() => get(`/scheduler/tenant/${tenant}/pipelines?is_active=true&limit=200`), [tenant]);
  const slots = useLoad(() => get(`/tenants/${tenant}/slots?limit=200&from=${encodeURIComponent(dayAgo())}`), [tenant]);
  const [queue, setQueue] = useState(null);
  useLive((name, data) => {
    if (name === 'queue') setQueue(data);
    if (name === 'run') {
      runs.change(found => ({ ...found, runs: upserted(found.runs, data, RECENT) }));
      if (data.end_time) [failed, status, usage].forEach(one => one.reloadSoon());
    }
    if (name === 'reset') [status, runs, failed, usage].forEach(one => one.reload());
  });
  useEvery(15000, () => { status.reload(); slots.reload(); });
  if (configs.data && runs.data && !configs.data.pipelines.length && !runs.data.runs.length) return h(First);
  return h(Page, { title: 'Overview', actions: [a({ class: 'button', href: to('pipelines', 'new'), key: 'new' }, h(Icon, { name: 'plus' }), 'New pipeline')] },
    h(Loaded, { state: status, what: 'the queue' }, facts => h(Numbers, { facts, queue, usage: usage.data, slots: slots.data })),
    div({ class: 'columns' },
      h(Card, { title: `Runs by day (UTC), the last ${DAYS} days`, kind: 'grow' }, h(Loaded, { state: usage, what: 'usage' }, found => h(Days, { days: found.days }))),
      h(Card, { title: 'Next to run', actions: a({ href: to('pipelines') }, 'All pipelines') }, h(Loaded, { state: configs, what: 'schedules' }, found => h(Next, { configs: found.pipelines })))),
    h(Card, { title: 'Latest runs', actions: a({ href: to('runs') }, 'All runs') }, h(Loaded, { state: runs, what: 'runs' }, found => h(RunTable, { runs: found.runs, isShort: true }))),
    div({ class: 'columns' },
      h(Card, { title: 'Last failures', kind: 'grow', actions: a({ href: to('runs', { state: 'FAILED' }) }, 'All failures') },
        h(Loaded, { state: failed, what: 'failures' }, found => h(Failures, { runs: found.runs }))),
      h(Card, { title: 'Cost loaded, the last 30 days of it', actions: a({ href: to('costs') }, 'All costs') }, h(Cost))));
}

const dayAgo = () => new Date(Date.now() - 24 * 3600 * 1000).toISOString();

function Numbers({ facts, queue, usage, slots }) {
  useTick(1000, Boolean(queue?.oldest_waiting_since));
  const ended = (usage?.days || []).reduce((sum, day) => [sum[0] + day.pipelines_succeeded_today, sum[1] + day.pipelines_failed_today], [0, 0]);
  const rate = ended[0] + ended[1] ? Math.floor(ended[0] / (ended[0] + ended[1]) * 1000) / 10 + ' %' : '–';
  const missed = (slots?.slots || []).filter(slot => slot.outcome !== 'FIRED').length;
  const late = (slots?.slots || []).filter(slot => slot.outcome === 'FIRED' && Date.parse(slot.decided_at) - Date.parse(slot.effective_at || slot.due_at) > LATE).length;
  const more = slots?.next_cursor ? '+' : '';
  const oldest = queue?.oldest_waiting_since ? length(Date.now() - Date.parse(queue.oldest_waiting_since), true) : 'none';
  const state = facts.state || 'RUNNING';
  return div({ class: 'stats is-many' },
    h(Stat, { label: 'Running', value: queue?.running ?? facts.pipelines_running, note: queue ? `of ${queue.concurrent_limit} at once` : null, href: to('runs', { state: 'RUNNING' }) }),
    h(Stat, { label: 'Waiting', value: many(queue?.waiting ?? facts.queue_length), note: queue?.pausing ? `${many(queue.pausing)} pause before a retry` : state === 'RUNNING' ? 'queue runs' : 'queue is ' + state.toLowerCase(), kind: state === 'RUNNING' ? '' : 'is-warn', href: to('queue') }),
    h(Stat, { label: 'Oldest waiting', value: oldest, note: 'of those that may start', href: to('queue') }),
    h(Stat, { label: 'Due now', value: facts.pipelines_due_now, note: 'instants not yet decided', kind: facts.pipelines_due_now > 0 ? 'is-warn' : '' }),
    h(Stat, { label: 'Late, 24 h', value: late + more, note: 'slots fired over 5 min late', kind: late ? 'is-warn' : '', href: to('slots', { outcome: 'FIRED' }) }),
    h(Stat, { label: 'Not run, 24 h', value: missed + more, note: 'slots skipped or missed', kind: missed ? 'is-warn' : '', href: to('slots') }),
    h(Stat, { label: 'Completed', value: facts.pipelines_completed_today, note: 'today, pipelines and jobs', href: to('jobs', { state: 'COMPLETED' }) }),
    h(Stat, { label: 'Failed', value: facts.pipelines_failed_today, note: 'today, attempts, jobs too', kind: facts.pipelines_failed_today ? 'is-bad' : '', href: to('jobs', { state: 'FAILED' }) }),
    h(Stat, { label: 'Success rate', value: rate, note: `of ${counted(ended[0] + ended[1], 'pipeline run')} in ${DAYS} days` }));
}

const many = count => count >= 1000 ? '1,000+' : count ?? 0;

const PARTS = [['completed', 'green'], ['failed', 'red'], ['cancelled', 'slate']];

function Days({ days }) {
  const known = new Map(days.map(day => [day.usage_date, day]));
  const shown = Array.from({ length: DAYS }, (_, at) => {
    const label = new Date(Date.now() - (DAYS - 1 - at) * 24 * 3600 * 1000).toISOString().slice(0, 10);
    const day = known.get(label) || {};
    return { label, parts: [
      { name: 'completed', value: day.pipelines_succeeded_today || 0, colour: 'green' },
      { name: 'failed', value: day.pipelines_failed_today || 0, colour: 'red' },
      { name: 'cancelled', value: day.pipelines_cancelled_today || 0, colour: 'slate' }] };
  });
  return [h(StackedBars, { days: shown, what: 'Pipeline runs by day (UTC)', unit: 'runs' }), h(Legend, { parts: PARTS })];
}

function Next({ configs }) {
  const soon = configs.filter(config => config.next_run_time).sort((one, other) => one.next_run_time.localeCompare(other.next_run_time)).slice(0, 6);
  if (!soon.length) return p({ class: 'muted' }, 'No pipeline is scheduled.');
  return ul({ class: 'plain-list is-tall' }, soon.map(config => li({ key: config.config_id },
    a({ href: to('pipelines', config.config_id) }, config.pipeline_name || config.template_name), h(Time, { at: config.next_run_time, hasSeconds: false, isRelative: true }))));
}

function Failures({ runs }) {
  if (!runs.length) return p({ class: 'muted' }, h(Icon, { name: 'check' }), ' Nothing failed that is still kept.');
  return ul({ class: 'plain-list' }, runs.map(run => li({ key: run.run_id },
    span({ class: 'grow' }, a({ href: to('runs', run.run_id) }, `${run.provider}/${run.domain}/${run.template_name}`), p({ class: 'muted clamp' }, run.error_message || readable(run.error_code || 'FAILED'))),
    h(Badge, { state: run.state }), h(Time, { at: run.end_time, hasSeconds: false }))));
}

const COST = `SELECT ServiceName AS service, BillingCurrency AS currency, sum(BilledCost) AS cost
FROM focus_cost_usage
WHERE ChargePeriodStart > (SELECT max(ChargePeriodStart) FROM focus_cost_usage) - INTERVAL 30 DAY
GROUP BY ALL ORDER BY cost DESC LIMIT 6`;

function Cost() {
  const cost = useLoad(async () => {
    const { tables } = await get(`/tenants/${encodeURIComponent(store.tenant)}/data/tables`);
    if (!tables.some(table => table.name === 'focus_cost_usage' && table.rows > 0)) return [];
    const answer = await post(`/tenants/${encodeURIComponent(store.tenant)}/data/query`, { sql: COST, limit: 6 }, { isOnce: false });
    return answer.rows;
  }, [store.tenant]);
  return h(Loaded, { state: cost, what: 'cost' }, rows => rows.length
    ? h(Bars, { rows: rows.map(([service, currency, amount]) => [service, Number(amount), `${Number(amount).toLocaleString('en-GB', { maximumFractionDigits: 0 })} ${currency}`]) })
    : p({ class: 'muted' }, 'No cost has been loaded. A pipeline of a cost template loads it.'));
}

const First = () => h(Page, { title: 'Overview' }, h(Empty, { icon: 'flow', title: 'Nothing runs here yet',
  purpose: 'A pipeline is a template with a schedule. Choose one, and its runs, its queue and what it loads are shown here.',
  action: a({ class: 'button primary', href: to('pipelines', 'new') }, h(Icon, { name: 'plus' }), 'New pipeline'),
  cli: 'pipeline create gcp/cost/cost_billing --cron \'0 3 * * *\'' }));
