// Jobs as a table, and how a list takes in a job that has changed.
import { h, tags } from '../core/dom.js';
import { to } from '../core/router.js';
import { Badge } from './badge.js';
import { Table } from './table.js';
import { Elapsed, Time } from './time.js';

const { a, span, code } = tags;

export const jobLink = job => to(job.job_type === 'pipeline' ? 'runs' : 'jobs', job.job_id);

export function JobTable({ jobs, hasNumber }) {
  return h(Table, { what: 'Jobs', rows: jobs, id: job => job.job_id, columns: [
    { title: '#', isHidden: !hasNumber, isNumber: true, cell: job => job.sequence_number ?? '–' },
    { title: 'State', cell: job => h(Badge, { state: job.state, note: job.retry_attempt ? 'attempt ' + job.attempt_no : null }) },
    { title: 'Job', cell: job => [a({ href: jobLink(job) }, job.job_type), ' ', job.params?.template_name ? span({ class: 'muted' }, job.params.template_name, ' ') : null, code({ class: 'muted' }, job.job_id.slice(0, 13))] },
    { title: 'Priority', isNumber: true, cell: job => job.priority },
    { title: 'Place', isNumber: true, cell: job => job.queue_rank ?? '–' },
    { title: 'Made', cell: job => h(Time, { at: job.created_at }) },
    { title: 'Took', isNumber: true, cell: job => job.started_at ? h(Elapsed, { from: job.started_at, to: job.finished_at }) : '–' },
    { title: 'Error', kind: 'clamp', cell: job => job.error ? span({ class: 'muted', title: job.error }, job.error) : '' },
  ] });
}

export function upsertedJob(jobs, job, limit, fits) {
  const at = jobs.findIndex(one => one.job_id === job.job_id);
  if (at >= 0) return fits(job) ? jobs.map((one, place) => place === at ? { ...job, queue_rank: job.state === 'QUEUED' ? one.queue_rank : null } : one) : jobs.filter((_, place) => place !== at);
  if (!fits(job) || (jobs.length >= limit && job.created_at < jobs.at(-1).created_at)) return jobs;
  return [job, ...jobs].sort((one, other) => other.job_id.localeCompare(one.job_id)).slice(0, limit);
}
