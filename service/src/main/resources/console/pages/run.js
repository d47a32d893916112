// One run: why it waits, what its attempts and steps did and when, its log, its quality results.
import { h, tags, useEffect, useRef, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { follow } from '../core/live.js';
import { useAgainSoon, useLoad } from '../core/load.js';
import { go, to } from '../core/router.js';
import { store } from '../core/store.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Artifacts } from '../parts/artifacts.js';
import { Badge, HAS_ENDED, readable } from '../parts/badge.js';
import { shellWord } from '../parts/copy.js';
import { Gantt } from '../parts/gantt.js';
import { Log } from '../parts/log.js';
import { Card, Facts, Page } from '../parts/page.js';
import { Loaded, LoadedPage } from '../parts/problem.js';
import { Quality } from '../parts/quality.js';
import { length, Time } from '../parts/time.js';
import { toast } from '../parts/toast.js';
import { Why } from '../parts/why.js';
import { counted } from '../parts/words.js';

const { div, a, pre, code, p, span, button } = tags;
const MANY = 60;

export function Run({ run: id }) {
  const path = '/pipelines/runs/' + encodeURIComponent(id);
  const first = useLoad(() => get(path), [store.tenant, id]);
  const told = useRef({ run: null, steps: new Map(), lines: [] });
  const [againSoon] = useAgainSoon();
  useEffect(() => {
    const now = told.current = { run: null, steps: new Map(), lines: [] };
    return follow(path + '/events', (name, data) => {
      if (name === 'step') now.steps.set(data.step_id, data);
      if (name === 'log') for (const line of data.lines) now.lines.push(line);
      if (name === 'run') now.run = data;
      againSoon();
    });
  }, [store.tenant, id]);
  return h(LoadedPage, { state: first, crumbs: [['Runs', to('runs')]], noun: 'run' }, found => h(Shown, { run: told.current.run || found, told: told.current, path }));
}

function Shown({ run, told, path }) {
  const hasEnded = HAS_ENDED.has(run.state);
  const isTold = told.run !== null; // before, what the stream has not told is not known to be empty
  const chain = useLoad(() => get(`/jobs/${run.job_id}/chain`), [run.job_id, run.state]);
  const quality = useLoad(() => get(path + '/dq-results'), [run.run_id, hasEnded]);
  const steps = [...told.steps.values()].sort((one, other) => one.step_index - other.step_index);
  const attempts = chain.data?.jobs || [];
  const newer = attempts.find(job => job.retry_of === run.job_id);
  const name = `${run.provider}/${run.domain}/${run.template_name}`;
  return h(Page, {
    title: run.template_name, crumbs: [['Runs', to('runs')], [run.pipeline_id, to('runs', { pipeline_id: run.pipeline_id })]],
    badge: h(Badge, { state: run.state }), actions: h(Actions, { run, path, hasEnded }),
    note: [newer ? p({ key: 'newer', class: 'note' }, 'Tried again: ', a({ href: to('runs', newer.job_id) }, `attempt ${newer.attempt_no}`), ' ', h(Badge, { state: newer.state })) : null,
      run.error_message ? p({ key: 'error', class: 'note is-bad', 'data-part': 'error' }, code({}, run.error_code), ' ', run.error_message) : null],
  },
  hasEnded || run.state === 'RUNNING' ? null : h(Why, { path: path + '/why', again: run.state + run.next_attempt_at }),
  h(Card, { title: 'When' }, h(Gantt, { rows: rows(run, attempts, steps) }), run.state === 'RUNNING' && !steps.length ? p({ class: 'muted' }, 'The first step begins.') : null),
  h(Card, { title: 'Log' }, h(Log, { lines: told.lines, name: `${name}-${run.run_id}`, isLive: !hasEnded, isTold, copies: { call: { path: path + '/log' }, cli: 'run logs ' + run.run_id + (hasEnded ? '' : ' -f') } })),
  div({ class: 'columns' },
    h(Card, { title: 'Facts', kind: 'grow' }, h(RunFacts, { run })),
    h(Card, { title: 'Parameters', kind: 'grow' }, pre({ class: 'code', tabIndex: 0 }, JSON.stringify(run.parameters, null, 2)))),
  h(Card, { title: 'Steps' }, h(Steps, { steps, run, path, hasEnded, isTold })),
  h(Card, { title: 'Quality' }, h(Loaded, { state: quality, what: 'quality results' }, found => h(Quality, { found, hasEnded }))),
  h(Artifacts, { names: run.artifacts, path, cli: 'run artifact ' + run.run_id }));
}

function Actions({ run, path, hasEnded }) {
  return [
    hasEnded ? null : h(Action, { key: 'cancel', label: 'Cancel', icon: 'ban', call: { method: 'POST', path: path + '/cancel' }, cli: 'run cancel ' + run.run_id, confirm: 'Cancel this run?', onDone: () => toast('Cancelling', 'The run was asked to stop.') }),
    run.state === 'FAILED' ? h(Action, { key: 'retry', label: 'Retry', icon: 'retry', kind: 'primary', call: { method: 'POST', path: path + '/retry' }, cli: 'run retry ' + run.run_id, onDone: made => go(to('runs', made.run_id || made.job_id)) }) : null,
    hasEnded ? h(Action, { key: 'again', label: 'Run again', icon: 'play', call: { method: 'POST', path: again(run), body: { parameters: run.parameters } }, cli: `run start ${run.provider}/${run.domain}/${run.template_name}` + options(run.parameters), onDone: made => go(to('runs', made.run_id || made.job_id)) }) : null,
    h(CopyMenu, { key: 'show', label: 'This run', call: { path }, cli: 'run show ' + run.run_id }),
  ];
}

const options = parameters => Object.entries(parameters || {}).map(([name, value]) => ' -p ' + shellWord(`${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`)).join('');

const again = run => '/pipelines/run/' + [store.tenant, run.provider, run.domain, run.template_name].map(encodeURIComponent).join('/');

function rows(run, attempts, steps) {
  const all = attempts.length ? attempts : [{ job_id: run.job_id, attempt_no: run.attempt_no, state: run.state, created_at: run.created_at, started_at: run.start_time, finished_at: run.end_time }];
  return all.flatMap(job => {
    const isThis = job.job_id === run.job_id;
    const attempt = { id: job.job_id, name: `Attempt ${job.attempt_no}`, note: job.retry_kind === 'MANUAL' ? 'by hand' : null, href: isThis ? null : to('runs', job.job_id),
      state: isThis ? run.state : job.state, queuedAt: job.created_at, from: isThis ? run.start_time : job.started_at, to: isThis ? run.end_time : job.finished_at };
    return isThis ? [attempt, ...steps.map(step => ({ id: step.step_id, name: step.step_id, note: step.step_type, isStep: true, state: step.state, from: step.start_time, to: step.end_time }))] : [attempt];
  });
}

// A backfill names itself as the one who asked.
const By = ({ who }) => who.startsWith('backfill:') ? a({ href: to('backfills', who.slice(9)) }, 'the backfill') : who;

const RunFacts = ({ run }) => h(Facts, { facts: [
  ['Run', code({}, run.run_id)], ['Pipeline', run.config_id ? a({ href: to('pipelines', run.config_id) }, run.pipeline_id) : run.pipeline_id],
  ['Trigger', [readable(run.trigger_type), run.trigger_by ? [' · ', h(By, { key: 'by', who: run.trigger_by })] : null]], ['User', run.user_id],
  ['Due', run.scheduled_time ? h(Time, { at: run.scheduled_time }) : null],
  ['Made', h(Time, { at: run.created_at })], ['Started', run.start_time ? h(Time, { at: run.start_time }) : null], ['Ended', run.end_time ? h(Time, { at: run.end_time }) : null],
  ['Took', run.duration_ms == null ? null : length(run.duration_ms)], ['Attempt', `${run.attempt_no} of at most ${run.max_retries + 1}`],
  ['Next attempt', run.next_attempt_at ? h(Time, { at: run.next_attempt_at }) : null], ['Retry of', run.retry_of ? a({ href: to('runs', run.retry_of) }, run.retry_of) : null],
  ['Rows read', number(run.rows_read)], ['Rows written', number(run.rows_written)], ['Priority', run.priority], ['Node', run.worker_id ? code({}, run.worker_id) : null]] });

const number = value => value == null ? null : value.toLocaleString('en-GB');

function Steps({ steps, run, path, hasEnded, isTold }) {
  const [isAll, setAll] = useState(false);
  if (!steps.length && !isTold) return p({ class: 'muted' }, 'Reading the steps …');
  if (!steps.length) return p({ class: 'muted' }, hasEnded ? 'No step was started.' : 'No step has started yet.');
  const isMany = steps.length > MANY && !isAll;
  const shown = isMany ? [...steps.filter(step => step.state !== 'COMPLETED'), ...steps.filter(step => step.state === 'COMPLETED')].slice(0, MANY) : steps;
  return div({ class: 'steps' }, isMany ? p({ class: 'muted' }, `${MANY} of ${steps.length} steps, those first that did not complete. `, button({ type: 'button', class: 'button', onClick: () => setAll(true) }, 'Show all')) : null, shown.map(step => div({ class: 'step', key: step.step_id, 'data-step': step.step_id, 'data-state': step.state },
    div({ class: 'step-head' }, h(Badge, { state: step.state }), span({ class: 'step-name' }, step.step_id), span({ class: 'muted' }, step.step_type), span({ class: 'spring' }),
      step.rows_processed ? span({ class: 'number' }, counted(step.rows_processed, 'row')) : null, span({ class: 'number' }, length(step.duration_ms)),
      run.state === 'FAILED' && steps.length > 1 ? h(Action, { label: 'Repeat from here', icon: 'retry', title: 'Repeats this step, what follows it and what it stands on; leaves out what completed beside it', call: { method: 'POST', path: path + '/retry', body: { from_step: step.step_id } }, cli: `run retry ${run.run_id} --from-step ${step.step_id}`, onDone: made => { toast('Repeated from ' + step.step_id, made.message); go(to('runs', made.run_id || made.job_id)); } }) : null),
    step.error_message ? p({ class: step.state === 'SKIPPED' ? 'muted' : 'note is-bad' }, step.error_message) : null,
    step.metadata?.note ? p({ class: 'muted' }, String(step.metadata.note)) : null)));
}
