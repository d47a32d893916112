// Groups of jobs that were put in together.
import { h, tags } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLive } from '../core/live.js';
import { useLoad } from '../core/load.js';
import { setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Badge, readable } from '../parts/badge.js';
import { Empty } from '../parts/empty.js';
import { Card, Page } from '../parts/page.js';
import { Loaded } from '../parts/problem.js';
import { Pager, Table } from '../parts/table.js';
import { Elapsed, Time } from '../parts/time.js';
import { go } from '../core/router.js';

const { a } = tags;
const SAMPLE = { name: 'two probes', mode: 'SEQUENTIAL', jobs: [{ type: 'probe', params: { duration_ms: 1000 } }, { type: 'probe', params: { duration_ms: 1000 } }] };

export function Groups({ query }) {
  const path = '/job-groups?' + new URLSearchParams({ limit: 50, ...(query.cursor ? { cursor: query.cursor } : {}) });
  const groups = useLoad(() => get(path), [store.tenant, path]);
  useLive((name, data) => { if (name === 'reset' || (name === 'job' && data.group_id)) groups.reloadSoon(); });
  return h(Page, { title: 'Groups', actions: h(CopyMenu, { label: 'This list', call: { path }, cli: 'group list' }) },
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
        action: h(Action, { label: 'Put in a group of two probes', kind: 'primary', call: { method: 'POST', path: '/job-groups', body: SAMPLE }, cli: 'group create FILE', onDone: made => go(to('groups', made.group_id)) }), cli: 'group create group.yml' })));
}
