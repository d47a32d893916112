// The whole installation, for operators: its queue, its health, and which tenants there are.
import { h, tags } from '../core/dom.js';
import { base, get } from '../core/api.js';
import { useEvery, useLoad } from '../core/load.js';
import { address } from '../core/router.js';
import { Badge, readable } from '../parts/badge.js';
import { Card, Facts, Page, Stat } from '../parts/page.js';
import { Loaded } from '../parts/problem.js';
import { RunList } from '../parts/installationruns.js';

const { div, a, p, ul, li } = tags;

export function Installation() {
  const status = useLoad(() => get('/scheduler/status'), []);
  const queue = useLoad(() => get('/scheduler/queue/status'), []);
  const tenants = useLoad(() => get('/tenants?limit=1'), []);
  const ready = useLoad(() => fetch(base + 'health/ready').then(answer => answer.json()), []);
  const runs = useLoad(() => get('/scheduler/scheduled?limit=15'), []);
  useEvery(5000, () => [status, queue, ready, runs].forEach(one => one.reload()));
  return h(Page, { title: 'Installation', badge: ready.data ? h(Badge, { state: ready.data.status === 'ready' ? 'OK' : 'FAIL' }) : null },
    h(Loaded, { state: status, what: 'the queue' }, found => div({ class: 'stats' },
      h(Stat, { label: 'Tenants', value: tenants.data ? tenants.data.total.toLocaleString('en-GB') : '–', href: address(['tenants']) }),
      h(Stat, { label: 'Pipelines on', value: found.total_active_pipelines }),
      h(Stat, { label: 'Due now', value: found.pipelines_due_now, kind: found.pipelines_due_now ? 'is-warn' : '' }),
      h(Stat, { label: 'Waiting', value: found.queue_length }),
      h(Stat, { label: 'Running', value: found.pipelines_running }),
      h(Stat, { label: 'Completed today', value: found.pipelines_completed_today }),
      h(Stat, { label: 'Failed today', value: found.pipelines_failed_today, kind: found.pipelines_failed_today ? 'is-bad' : '' }),
      h(Stat, { label: 'Waited on average', value: queue.data ? `${Number(queue.data.avg_wait_time_seconds)} s` : '–' }))),
    div({ class: 'columns' },
      h(Card, { title: 'Scheduled runs of all tenants', kind: 'grow' }, h(Loaded, { state: runs, what: 'runs' }, found => h(RunList, { runs: found.runs }))),
      h(Card, { title: 'Health of this node' }, h(Loaded, { state: ready, what: 'health' }, found => [
        h(Facts, { key: 'facts', facts: [...Object.entries(found.checks).map(([name, state]) => [readable(name), h(Badge, { state: state === 'ok' ? 'OK' : 'FAIL', note: state === 'ok' ? null : state })]), ['Wake up', readable(found.wake_up || '')], ['Version', found.version]] }),
        found.reason ? p({ key: 'reason', class: 'note is-bad' }, found.reason) : null,
        found.warnings?.length ? ul({ key: 'warnings' }, found.warnings.map(warning => li({ key: warning }, warning))) : null,
        p({ key: 'more', class: 'muted' }, a({ href: '#/health' }, 'All of health'), ' · ', a({ href: '#/workers' }, 'Workers'), ' · ', a({ href: 'metrics' }, 'Metrics'))]))));
}
