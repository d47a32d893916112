// One group: its members with every attempt.
import { h, tags } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLive } from '../core/live.js';
import { useLoad } from '../core/load.js';
import { to } from '../core/router.js';
import { store } from '../core/store.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Badge, readable } from '../parts/badge.js';
import { Gantt } from '../parts/gantt.js';
import { jobLink, JobTable } from '../parts/jobtable.js';
import { Card, Facts, Page, Stat } from '../parts/page.js';
import { LoadedPage } from '../parts/problem.js';
import { Time } from '../parts/time.js';

const { div, code } = tags;

export function Group({ group: id }) {
  const path = '/job-groups/' + encodeURIComponent(id);
  const group = useLoad(() => get(path), [store.tenant, id]);
  useLive((name, data) => { if (name === 'reset' || (name === 'job' && data.group_id === id)) group.reloadSoon(); });
  return h(LoadedPage, { state: group, crumbs: [['Groups', to('groups')]], noun: 'group' }, found => h(Page, { title: found.name || 'Group', crumbs: [['Groups', to('groups')]], badge: h(Badge, { state: found.status }), actions: [
    found.finished_at ? null : h(Action, { key: 'cancel', label: 'Cancel what waits', icon: 'ban', call: { method: 'POST', path: path + '/cancel' }, cli: 'group cancel ' + id, confirm: 'Cancel what of this group waits?', onDone: group.reload }),
    h(CopyMenu, { key: 'show', label: 'This group', call: { path }, cli: 'group show ' + id })] },
  div({ class: 'stats' }, Object.entries(found.counts).map(([name, count]) => h(Stat, { key: name, label: readable(name), value: count, kind: name === 'failed' && count ? 'is-bad' : '' }))),
  h(Card, { title: 'When' }, h(Gantt, { rows: found.jobs.map(job => ({ id: job.job_id, name: `${job.sequence_number} · ${job.job_type}`, note: job.retry_attempt ? 'attempt ' + job.attempt_no : null, href: jobLink(job), state: job.state, queuedAt: job.created_at, from: job.started_at, to: job.finished_at })) })),
  h(Card, { title: 'Members', kind: 'flush' }, h(JobTable, { jobs: found.jobs, hasNumber: true })),
  h(Card, { title: 'Facts' }, h(Facts, { facts: [['Group', code({}, found.group_id)], ['Mode', readable(found.mode)], ['After a failure', readable(found.on_failure)], ['Priority', found.priority], ['Made', h(Time, { at: found.created_at })], ['Started', found.started_at ? h(Time, { at: found.started_at }) : null], ['Ended', found.finished_at ? h(Time, { at: found.finished_at }) : null], ['Made by', found.created_by]] }))));
}
