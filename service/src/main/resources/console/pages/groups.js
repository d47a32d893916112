// Groups of jobs that were put in together.
import { h, tags, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLive } from '../core/live.js';
import { useLoad } from '../core/load.js';
import { go, setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Badge, readable } from '../parts/badge.js';
import { Empty } from '../parts/empty.js';
import { Field } from '../parts/form.js';
import { Icon } from '../parts/icons.js';
import { Card, Page } from '../parts/page.js';
import { Loaded, ProblemBox } from '../parts/problem.js';
import { Pager, Table } from '../parts/table.js';
import { Elapsed, Time } from '../parts/time.js';

const { a, button, div, form } = tags;
const TWO_PROBES = [{ type: 'probe', params: { duration_ms: 1000 } }, { type: 'probe', params: { duration_ms: 1000 } }];
const MODES = [['SEQUENTIAL', 'One after the other'], ['PARALLEL', 'All at once']];
const AFTER = [['STOP', 'Stop the group'], ['CONTINUE', 'Go on with the next'], ['SKIP', 'Skip the rest']];

export function Groups({ query }) {
  const path = '/job-groups?' + new URLSearchParams({ limit: 50, ...(query.cursor ? { cursor: query.cursor } : {}) });
  const groups = useLoad(() => get(path), [store.tenant, path]);
  useLive((name, data) => { if (name === 'reset' || (name === 'job' && data.group_id)) groups.reloadSoon(); });
  const add = button({ key: 'new', type: 'button', class: 'button primary', 'aria-expanded': String(Boolean(query.new)), onClick: () => setQuery({ new: query.new ? '' : '1' }) }, h(Icon, { name: 'plus' }), 'New group');
  return h(Page, { title: 'Groups', actions: [h(CopyMenu, { key: 'copy', label: 'This list', call: { path }, cli: 'group list' }), add] },
    query.new ? h(NewGroup) : null,
    h(Loaded, { state: groups, what: 'groups' }, found => found.job_groups.length ? h(Card, { kind: 'flush' },
      h(Table, { what: 'Groups', rows: found.job_groups, id: group => group.group_id, columns: [
        { title: 'State', cell: group => h(Badge, { state: group.status }) },
        { title: 'Group', cell: group => a({ href: to('groups', group.group_id) }, group.name || group.group_id.slice(0, 13)) },
        { title: 'Mode', cell: group => readable(group.mode) },
        { title: 'After a failure', cell: group => readable(group.on_failure) },
        { title: 'Ended', isNumber: true, cell: group => `${group.counts.total - group.counts.queued - group.counts.running} of ${group.counts.total}` },
        { title: 'Failed', isNumber: true, cell: group => group.counts.failed },
        { title: 'Made', cell: group => h(Time, { at: group.created_at }) },
        { title: 'Took', isNumber: true, cell: group => h(Elapsed, { from: group.started_at, to: group.finished_at }) },
      ] }), h(Pager, { query, nextCursor: found.next_cursor, onMove: setQuery }))
      : h(Empty, { icon: 'stack', title: 'No groups yet', purpose: 'A group is several jobs that are put in together: one after the other, or all at once. When one fails, the group says what becomes of the rest.',
        action: query.new ? null : add, cli: 'group create group.yml' })));
}

function NewGroup() {
  const [given, setGiven] = useState({ name: '', mode: 'SEQUENTIAL', on_failure: 'STOP', priority: '0', jobs: JSON.stringify(TWO_PROBES, null, 2) });
  const [problem, setProblem] = useState(null);
  const field = (name, text, more) => h(Field, { name, text, value: given[name], problem: problem?.field?.(name), onChange: value => setGiven({ ...given, [name]: value }), ...more });
  const call = () => ({ method: 'POST', path: '/job-groups', body: { ...given, name: given.name || undefined, priority: Number(given.priority), jobs: JSON.parse(given.jobs || '[]') } });
  return h(Card, { title: 'New group' }, form({ onSubmit: event => event.preventDefault() },
    div({ class: 'fields' }, field('name', 'Name'), field('mode', 'Members start', { type: 'select', options: MODES }), field('on_failure', 'When one fails', { type: 'select', options: AFTER }),
      field('priority', 'Priority', { type: 'number', min: 0, max: 100, hint: '100 goes first' })),
    field('jobs', 'Members (JSON)', { type: 'textarea', rows: 8, hint: 'Each has a type (probe, story, research) or the template_id of a job template, and params.' }),
    h(ProblemBox, { problem }),
    div({ class: 'actions' }, h(Action, { label: 'Put in', kind: 'primary', call, cli: 'group create group.yml', onProblem: setProblem, onDone: made => go(to('groups', made.group_id)) }))));
}
