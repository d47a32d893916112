// All jobs of a tenant, the newest first: what waits, runs and has ended.
import { h, tags, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLive } from '../core/live.js';
import { useLoad } from '../core/load.js';
import { go, setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Badge, readable } from '../parts/badge.js';
import { options, shellWord } from '../parts/copy.js';
import { Empty } from '../parts/empty.js';
import { Field, Filters } from '../parts/form.js';
import { Icon } from '../parts/icons.js';
import { JobTable, upsertedJob } from '../parts/jobtable.js';
import { Card, Page, Stat } from '../parts/page.js';
import { Loaded, ProblemBox } from '../parts/problem.js';
import { QueueSwitch } from '../parts/queueswitch.js';
import { Pager } from '../parts/table.js';

const { div, button, form } = tags;
const LIMIT = 50;
const STATES = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'SKIPPED', 'CANCELLED'];
const TYPES = ['story', 'research', 'probe', 'pipeline'];

export function Jobs({ query }) {
  const search = new URLSearchParams({ limit: LIMIT });
  for (const name of ['state', 'type', 'group_id', 'cursor']) if (query[name]) search.set(name, query[name]);
  const path = '/jobs?' + search;
  const jobs = useLoad(() => get(path), [store.tenant, path]);
  const fits = job => (!query.state || job.state === query.state) && (!query.type || job.job_type === query.type) && (!query.group_id || job.group_id === query.group_id);
  useLive((name, data) => {
    if (name === 'reset' || name === 'run') jobs.reloadSoon();
    if (name === 'job') jobs.change(found => ({ ...found, jobs: query.cursor ? found.jobs.map(job => job.job_id === data.job_id ? data : job) : upsertedJob(found.jobs, data, LIMIT, fits) }));
    if (name === 'queue') jobs.change(found => ({ ...found, queued_count: data.waiting + data.pausing, running_count: data.running }));
  });
  const status = useLoad(() => get('/scheduler/status'), [store.tenant]);
  const isFiltered = query.state || query.type || query.cursor;
  const add = button({ key: 'new', type: 'button', class: 'button primary', 'aria-expanded': String(Boolean(query.new)), onClick: () => setQuery({ new: query.new ? '' : '1' }) }, h(Icon, { name: 'plus' }), 'New job');
  return h(Page, { title: 'Jobs', badge: status.data?.state ? h(Badge, { state: status.data.state === 'RUNNING' ? 'ACTIVE' : status.data.state, title: 'The tenant\'s queue' }) : null, actions: [h(QueueSwitch, { key: 'switch', state: status.data?.state, onDone: status.reload }), h(CopyMenu, { key: 'copy', label: 'This list', call: { path }, cli: 'job list' + options({ '--state': query.state, '--type': query.type, '--group': query.group_id }) }), add] },
    query.new ? h(NewJob) : null,
    h(Filters, {},
      h(Field, { name: 'state', text: 'State', type: 'select', value: query.state, options: [['', 'All'], ...STATES.map(state => [state, readable(state)])], onChange: state => setQuery({ state, cursor: '' }) }),
      h(Field, { name: 'type', text: 'Type', type: 'select', value: query.type, options: [['', 'All'], ...TYPES], onChange: type => setQuery({ type, cursor: '' }) })),
    h(Loaded, { state: jobs, what: 'jobs' }, found => [
      div({ class: 'stats', key: 'stats' }, h(Stat, { label: 'Waiting', value: found.queued_count, href: to('queue') }), h(Stat, { label: 'Running', value: found.running_count }), h(Stat, { label: 'Like these', value: found.total })),
      found.jobs.length ? h(Card, { key: 'list', kind: 'flush' }, h(JobTable, { jobs: found.jobs }), h(Pager, { query, nextCursor: found.next_cursor, onMove: setQuery }))
        : h(Empty, { key: 'empty', icon: 'box', title: isFiltered ? 'No job like that' : 'No jobs yet', purpose: 'A job is a request to execute something once. It waits its turn in the queue, and leaves a run.', action: isFiltered ? null : add, cli: 'job create probe --params \'{"duration_ms": 1000}\'' })]));
}

function NewJob() {
  const [type, setType] = useState('probe');
  const [params, setParams] = useState('{\n  "duration_ms": 2000\n}');
  const [priority, setPriority] = useState('0');
  const [problem, setProblem] = useState(null);
  const call = () => ({ method: 'POST', path: '/jobs', body: { type, params: JSON.parse(params || '{}'), priority: Number(priority) } });
  return h(Card, { title: 'New job' }, form({ onSubmit: event => event.preventDefault() },
    div({ class: 'fields' },
      h(Field, { name: 'type', text: 'Type', type: 'select', value: type, options: ['probe', 'story', 'research'], onChange: setType, problem: problem?.field?.('type') }),
      h(Field, { name: 'priority', text: 'Priority', type: 'number', min: 0, max: 100, value: priority, onChange: setPriority, hint: '100 goes first', problem: problem?.field?.('priority') })),
    h(Field, { name: 'params', text: 'Parameters (JSON)', type: 'textarea', rows: 5, value: params, onChange: setParams, problem: problem?.field?.('params') }),
    h(ProblemBox, { problem }),
    div({ class: 'actions' }, h(Action, { label: 'Put in', kind: 'primary', call, cli: () => `job create ${type} --params ${shellWord(params.replaceAll('\n', ' '))}`, onProblem: setProblem, onDone: job => go(to('jobs', job.job_id)) }))));
}
