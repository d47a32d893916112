// One job: its attempts, why it waits, what it said and made.
import { h, tags, useEffect, useRef } from '../core/dom.js';
import { get } from '../core/api.js';
import { follow, useLive } from '../core/live.js';
import { useAgainSoon, useLoad } from '../core/load.js';
import { go, to } from '../core/router.js';
import { store } from '../core/store.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Artifacts } from '../parts/artifacts.js';
import { Badge, HAS_ENDED } from '../parts/badge.js';
import { Gantt } from '../parts/gantt.js';
import { Log } from '../parts/log.js';
import { Card, Facts, Page } from '../parts/page.js';
import { LoadedPage } from '../parts/problem.js';
import { Time } from '../parts/time.js';
import { Why } from '../parts/why.js';

const { div, a, pre, p, code } = tags;

export function Job({ job: id }) {
  const path = '/jobs/' + encodeURIComponent(id);
  const job = useLoad(() => get(path), [store.tenant, id]);
  useLive((name, data) => {
    if (name === 'reset' || (name === 'job' && data.job_id === id)) job.reload();
  });
  return h(LoadedPage, { state: job, crumbs: [['Jobs', to('jobs')]], noun: 'job' }, found => h(Shown, { job: found, path, onChange: job.reload }));
}

function Shown({ job, path, onChange }) {
  const hasEnded = HAS_ENDED.has(job.state);
  const chain = useLoad(() => get(path + '/chain'), [job.job_id, job.state]);
  const run = useLoad(() => get(path + '/runs').then(found => found.runs[0] || {}), [job.job_id, job.state]);
  const lines = useLines(job.run_id);
  const attempts = chain.data?.jobs || [job];
  const newer = attempts.find(one => one.retry_of === job.job_id);
  return h(Page, { title: job.job_type, crumbs: [['Jobs', to('jobs')]], badge: h(Badge, { state: job.state }), actions: [
    hasEnded ? null : h(Action, { key: 'cancel', label: 'Cancel', icon: 'ban', call: { method: 'POST', path: path + '/cancel' }, cli: 'job cancel ' + job.job_id, confirm: 'Cancel this job?', onDone: onChange }),
    job.state === 'FAILED' && job.run_id ? h(Action, { key: 'retry', label: 'Retry', icon: 'retry', kind: 'primary', call: { method: 'POST', path: `/job-runs/${job.run_id}/retry` }, cli: 'job-run retry ' + job.run_id, onDone: made => go(to('jobs', made.job_id)) }) : null,
    h(CopyMenu, { key: 'show', label: 'This job', call: { path }, cli: 'job show ' + job.job_id })],
  note: [newer ? p({ key: 'newer', class: 'note' }, 'Tried again: ', a({ href: to('jobs', newer.job_id) }, `attempt ${newer.attempt_no}`), ' ', h(Badge, { state: newer.state })) : null,
    job.error ? p({ key: 'error', class: 'note is-bad' }, job.error) : null] },
  job.state === 'QUEUED' ? h(Why, { path: path + '/why', again: job.state }) : null,
  h(Card, { title: 'When' }, h(Gantt, { rows: attempts.map(one => ({ id: one.job_id, name: `Attempt ${one.attempt_no}`, note: one.retry_kind === 'MANUAL' ? 'by hand' : null,
    href: one.job_id === job.job_id ? null : to('jobs', one.job_id), state: one.state, queuedAt: one.created_at, from: one.started_at, to: one.finished_at })) })),
  job.run_id ? h(Card, { title: 'Log' }, h(Log, { lines, name: `${job.job_type}-${job.run_id}`, isLive: !hasEnded, copies: { call: { path: `/job-runs/${job.run_id}/log` }, cli: 'job-run logs ' + job.run_id + (hasEnded ? '' : ' -f') } })) : null,
  div({ class: 'columns' },
    h(Card, { title: 'Facts', kind: 'grow' }, h(Facts, { facts: [
      ['Job', code({}, job.job_id)], ['Run', job.run_id ? code({}, job.run_id) : null], ['Group', job.group_id ? a({ href: to('groups', job.group_id) }, job.group_id) : null],
      ['Priority', job.priority], ['Position', job.position], ['Place in the queue', job.queue_rank], ['Pool', job.resource], ['Attempt', `${job.attempt_no} of at most ${job.max_retries + 1}`],
      ['Not before', job.not_before ? h(Time, { at: job.not_before }) : null], ['Made', h(Time, { at: job.created_at })], ['Made by', job.created_by],
      ['Started', job.started_at ? h(Time, { at: job.started_at }) : null], ['Ended', job.finished_at ? h(Time, { at: job.finished_at }) : null], ['Exit code', run.data?.exit_code]] })),
    h(Card, { title: 'Parameters', kind: 'grow' }, pre({ class: 'code', tabIndex: 0 }, JSON.stringify(job.params, null, 2)))),
  h(Artifacts, { names: run.data?.artifacts, path: '/job-runs/' + job.run_id, cli: 'job-run artifact ' + job.run_id }));
}

function useLines(run) {
  const lines = useRef([]);
  const [againSoon] = useAgainSoon();
  useEffect(() => {
    const now = lines.current = [];
    if (!run) return undefined;
    return follow(`/job-runs/${run}/events`, (name, data) => {
      if (name === 'log') for (const line of data.lines) now.push(line);
      againSoon();
    });
  }, [run]);
  return lines.current;
}
