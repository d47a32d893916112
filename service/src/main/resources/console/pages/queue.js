// A tenant's queue: what runs, what waits in which order, and why each of them waits.
import { h, tags, useEffect, useRef, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLive } from '../core/live.js';
import { useLoad } from '../core/load.js';
import { setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Badge } from '../parts/badge.js';
import { Empty } from '../parts/empty.js';
import { jobLink } from '../parts/jobtable.js';
import { Card, Page, Stat } from '../parts/page.js';
import { Loaded } from '../parts/problem.js';
import { QueueSwitch } from '../parts/queueswitch.js';
import { Pager, Table } from '../parts/table.js';
import { Elapsed, length, Time, useTick } from '../parts/time.js';
import { Reasons } from '../parts/why.js';

const { a, button, code, div, p, span, strong } = tags;
const LIMIT = 50;
const AT_ONCE = 800; // so that nobody sees an order that is a second old

export function Queue({ query }) {
  const path = '/scheduler/queue/jobs?' + new URLSearchParams({ limit: LIMIT, ...(query.cursor ? { cursor: query.cursor } : {}) });
  const waiting = useLoad(() => get(path), [store.tenant, path], AT_ONCE);
  const running = useLoad(() => get('/jobs?state=RUNNING&limit=200'), [store.tenant], AT_ONCE);
  const status = useLoad(() => get('/scheduler/status'), [store.tenant]);
  const given = useLoad(() => get(`/tenants/${encodeURIComponent(store.tenant)}/dead-letters?limit=50`), [store.tenant]);
  const [queue, setQueue] = useState(null);
  useLive((name, data) => {
    if (name === 'queue') { setQueue(data); waiting.reloadSoon(); running.reloadSoon(); }
    if (name === 'reset') [waiting, running, status].forEach(one => one.reload());
  });
  const state = status.data?.state;
  const reload = () => [waiting, running].forEach(one => one.reload());
  return h(Page, { title: 'Queue', badge: state ? h(Badge, { state: state === 'RUNNING' ? 'ACTIVE' : state }) : null,
    actions: [h(QueueSwitch, { key: 'switch', state, onDone: status.reload }), h(CopyMenu, { key: 'copy', label: 'This queue', call: { path }, cli: 'queue jobs' })] },
  queue ? h(Numbers, { queue }) : null,
  h(Card, { title: 'Waiting, the next one first', kind: 'flush' }, h(Loaded, { state: waiting, what: 'the queue' }, found => found.jobs.length ? [
    h(Waiting, { key: 'list', jobs: found.jobs, why: query.why, onChange: reload }),
    h(Pager, { key: 'pager', query, nextCursor: found.next_cursor, onMove: setQuery })]
    : h(Empty, { icon: 'queue', title: query.cursor ? 'Nothing waits this far back' : 'Nothing waits', purpose: 'Jobs and runs that were accepted stand here until a worker takes them. Each says why it waits: for its turn, for a free place, for a pool.',
      action: a({ class: 'button', href: to('jobs', { new: '1' }) }, 'New job'), cli: 'job create probe --params \'{"duration_ms": 1000}\'' }))),
  h(Card, { title: 'Running', kind: 'flush' }, h(Loaded, { state: running, what: 'what runs' }, found => found.jobs.length
    ? h(Running, { jobs: found.jobs, onChange: reload }) : p({ class: 'card-note' }, 'Nothing runs.'))),
  given.data?.dead_letters.length ? h(Card, { title: 'Given up', kind: 'flush' }, h(GivenUp, { letters: given.data.dead_letters, onDone: given.reload })) : null);
}

function Numbers({ queue }) {
  useTick(1000, Boolean(queue.oldest_waiting_since));
  return div({ class: 'stats' },
    h(Stat, { label: 'Waiting', value: queue.waiting >= 1000 ? '1,000+' : queue.waiting }),
    h(Stat, { label: 'Pause before a retry', value: queue.pausing >= 1000 ? '1,000+' : queue.pausing, href: to('jobs', { state: 'QUEUED' }) }),
    h(Stat, { label: 'Oldest waiting', value: queue.oldest_waiting_since ? length(Date.now() - Date.parse(queue.oldest_waiting_since), true) : 'none', note: 'of those that may start' }),
    h(Stat, { label: 'Running', value: queue.running, note: `of ${queue.concurrent_limit} at once` }));
}

const name = job => [a({ href: jobLink(job) }, job.job_type === 'pipeline' ? job.params.template_name || 'pipeline' : job.job_type), ' ', code({ class: 'muted nowrap' }, job.job_id.slice(0, 13))];

// Says why the chosen job waits, under its row; of the first one when none is chosen, because the others wait behind it.
function Waiting({ jobs, why, onChange }) {
  const open = jobs.find(job => job.job_id === why) || null;
  return h(Table, { key: 'table', what: 'Waiting jobs', rows: jobs, id: job => job.job_id, rowClass: job => job === open ? 'is-open' : '',
    below: job => job === (open || jobs[0]) ? h(Answer, { key: job.job_id, job, isChosen: job === open }) : null, columns: [
      { title: 'Place', isNumber: true, cell: job => job.queue_rank ?? '–' },
      { title: 'Job', cell: name },
      { title: 'Why', cell: job => button({ type: 'button', class: 'button', 'aria-expanded': String(job === open), onClick: () => setQuery({ why: job === open ? '' : job.job_id }) }, 'Why?') },
      { title: 'Priority', isNumber: true, cell: job => job.priority },
      { title: 'Attempt', isNumber: true, cell: job => job.attempt_no },
      { title: 'Pool', cell: job => job.resource || '' },
      { title: 'Waits', isNumber: true, cell: job => h(Elapsed, { from: job.queued_at || job.created_at }) },
      { title: 'Do', cell: job => h(Action, { label: 'Cancel', icon: 'ban', call: { method: 'POST', path: `/jobs/${job.job_id}/cancel` }, cli: 'job cancel ' + job.job_id, confirm: 'Cancel this job?', onDone: onChange }) },
    ] });
}

// Whoever asked is taken to the answer.
function Answer({ job, isChosen }) {
  const place = useRef(null);
  useEffect(() => {
    if (!isChosen) return;
    place.current.focus({ preventScroll: true });
    place.current.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return div({ class: 'why', ref: place, tabIndex: -1 }, p({}, strong({}, isChosen ? 'Why does this one wait?' : 'Why does the first one wait?'), ' ', name(job), ' ',
    h(CopyMenu, { label: 'Why', call: { path: `/jobs/${job.job_id}/why` }, cli: 'job why ' + job.job_id })),
  h(Reasons, { path: `/jobs/${job.job_id}/why`, again: job.job_id }));
}

const Running = ({ jobs, onChange }) => h(Table, { what: 'Running jobs', rows: jobs, id: job => job.job_id, columns: [
  { title: 'State', cell: job => h(Badge, { state: job.cancel_requested_at ? 'STOPPING' : 'RUNNING' }) },
  { title: 'Job', cell: name },
  { title: 'Priority', isNumber: true, cell: job => job.priority },
  { title: 'Started', cell: job => h(Time, { at: job.started_at }) },
  { title: 'Runs', isNumber: true, cell: job => h(Elapsed, { from: job.started_at }) },
  { title: 'Do', cell: job => h(Action, { label: 'Cancel', icon: 'ban', call: { method: 'POST', path: `/jobs/${job.job_id}/cancel` }, cli: 'job cancel ' + job.job_id, confirm: 'Ask this job to stop?', onDone: onChange }) },
] });

const GivenUp = ({ letters, onDone }) => h(Table, { what: 'Jobs that were given up', rows: letters, id: one => one.job_id, columns: [
  { title: 'Job', cell: one => a({ href: to('jobs', one.job_id) }, one.job_id.slice(0, 13)) },
  { title: 'Why', cell: one => one.reason },
  { title: 'When', cell: one => h(Time, { at: one.died_at }) },
  { title: 'Do', cell: one => one.redriven_as ? span({ class: 'muted' }, 'driven again') : h(Action, { label: 'Drive again', icon: 'retry', call: { method: 'POST', path: `/tenants/${encodeURIComponent(store.tenant)}/dead-letters/${one.job_id}/redrive` }, cli: 'dead-letter redrive ' + one.job_id, onDone }) },
] });
