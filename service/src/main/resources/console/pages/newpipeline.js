// A pipeline from a template: the form is made from the template's parameters, and what will be sent
// stands beside it.
import { h, tags, useEffect, useMemo, useState } from '../core/dom.js';
import { get, post } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { go, setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { Action, CopyMenu } from '../parts/action.js';
import { shellWord } from '../parts/copy.js';
import { CronPreview } from '../parts/cronpreview.js';
import { Field, Filters } from '../parts/form.js';
import { Card, Facts, Page } from '../parts/page.js';
import { Loaded, ProblemBox } from '../parts/problem.js';
import { Time } from '../parts/time.js';
import { counted } from '../parts/words.js';

const { div, form, a, h3, p, pre, span, details, summary, ol, li, code } = tags;
const KNOWN = ['source', 'file', 'url', 'date'];

export function NewPipeline({ query }) {
  const templates = useLoad(() => get('/pipelines/templates'), [store.tenant]);
  return h(Page, { title: 'New pipeline', crumbs: [['Pipelines', to('pipelines')]] },
    h(Loaded, { state: templates, what: 'templates' }, found => {
      const chosen = found.templates.find(template => template.id === query.template);
      return chosen ? h(Configure, { template: chosen, key: chosen.id }) : h(Choose, { templates: found.templates, query });
    }));
}

function Choose({ templates, query }) {
  const wanted = (query.q || '').toLowerCase();
  const shown = templates.filter(template => [template.id, template.name, template.description].some(text => text?.toLowerCase().includes(wanted)));
  return [h(Filters, { key: 'find' }, h(Field, { name: 'q', text: 'Find a template', type: 'search', value: query.q, placeholder: 'cloud, domain, word', onChange: q => setQuery({ q }) })),
    div({ class: 'tiles', key: 'tiles' }, shown.map(template => a({ key: template.id, class: 'tile', href: to('pipelines', 'new', { template: template.id }) },
      span({ class: 'tile-title' }, template.name || template.template_name), code({}, template.id), span({ class: 'muted' }, template.description)))),
    shown.length ? null : p({ key: 'none', class: 'muted' }, 'No template like that.')];
}

function Configure({ template, }) {
  const [name, setName] = useState(template.name || template.template_name);
  const [cron, setCron] = useState('0 3 * * *');
  const [zone, setZone] = useState(store.tenantZone);
  const [priority, setPriority] = useState('5');
  const [given, setGiven] = useState({});
  const [problem, setProblem] = useState(null);
  const [plan, setPlan] = useState(null);
  useEffect(() => setPlan(null), [given, name, cron, zone, priority]);
  const parameters = useMemo(() => values(template, given), [template, given]);
  const body = { provider: template.provider.toUpperCase(), domain: template.domain.toUpperCase(), pipeline_template: template.template_name, pipeline_name: name, schedule_cron: cron, timezone: zone || 'UTC', priority: Number(priority), parameters };
  const create = { method: 'POST', path: `/scheduler/tenant/${encodeURIComponent(store.tenant)}/pipelines`, body };
  const dry = { ...create, path: create.path + '/dryrun' };
  const options = Object.entries(parameters).map(([key, value]) => ' -p ' + shellWord(`${key}=${typeof value === 'object' ? JSON.stringify(value) : value}`)).join('');
  const cli = `pipeline create ${template.id}${name ? ' --name ' + shellWord(name) : ''} --cron ${shellWord(cron)} --timezone ${shellWord(zone || 'UTC')}${priority === '5' ? '' : ' --priority ' + priority}${options}`;
  const made = { name: 'CONFIG_ID', field: 'config_id' };
  const isUsual = parameter => parameter.required || KNOWN.includes(parameter.name) || template.parameters.length <= 8;
  const field = parameter => h(ParameterField, { key: parameter.name, parameter, value: given[parameter.name], problem: problem?.field?.(parameter.name), onChange: value => setGiven({ ...given, [parameter.name]: value }) });
  const rest = template.parameters.filter(parameter => !isUsual(parameter));
  const said = name => problem?.field?.(name);
  const runNow = id => `/scheduler/pipeline-configs/${id}/run-now`;
  const run = async config => {
    const begun = await post(runNow(config.config_id), {});
    go(to('runs', begun.run_id || begun.job_id));
  };
  return div({ class: 'columns' },
    form({ class: 'card grow', onSubmit: event => event.preventDefault() },
      h('h2', null, template.name || template.template_name), p({ class: 'muted' }, template.description, ' ', a({ href: to('pipelines', 'new') }, 'Another template')),
      h3({}, 'When'),
      div({ class: 'fields' },
        h(Field, { name: 'pipeline_name', text: 'Name', value: name, onChange: setName, problem: said('pipeline_name') }),
        h(Field, { name: 'schedule_cron', text: 'Cron', value: cron, onChange: setCron, isRequired: true, problem: said('schedule_cron'), hint: 'minute hour day month weekday' }),
        h(Field, { name: 'timezone', text: 'Time zone', value: zone, onChange: setZone, problem: said('timezone'), hint: 'such as Europe/Berlin' }),
        h(Field, { name: 'priority', text: 'Priority', type: 'number', min: 1, max: 10, value: priority, onChange: setPriority, problem: said('priority'), hint: '10 goes first' })),
      h(CronPreview, { cron, zone }),
      h3({}, 'Parameters'),
      template.parameters.length ? div({ class: 'fields' }, template.parameters.filter(isUsual).map(field)) : p({ class: 'muted' }, 'This template has none.'),
      rest.length ? details({ class: 'fold', open: rest.some(parameter => said(parameter.name)) || undefined }, summary({}, counted(rest.length, 'more parameter')), div({ class: 'fields' }, rest.map(field))) : null,
      h(ProblemBox, { problem }),
      plan ? h(Plan, { plan }) : null,
      div({ class: 'actions' },
        h(Action, { label: 'Create', kind: 'primary', call: create, cli, onProblem: setProblem, onDone: made => go(to('pipelines', made.config_id)) }),
        h(Action, { label: 'Create and run', call: create, calls: [{ ...create, keep: made }, { method: 'POST', path: runNow('$CONFIG_ID'), body: {} }], cli: [{ line: cli, keep: made }, 'run start "$CONFIG_ID"'], onProblem: setProblem, onDone: run }),
        h(Action, { label: 'Dry run', call: dry, cli: cli + ' --dry-run', onProblem: refused => { setPlan(null); setProblem(refused); }, onDone: answer => { setProblem(null); setPlan(answer); } }))),
    h(Card, { title: 'What will be sent', actions: h(CopyMenu, { label: 'Create', call: create, cli }) }, pre({ class: 'code', tabIndex: 0 }, JSON.stringify(body, null, 2))));
}

// What a dry run says would be made, and what each of its runs would do.
const Plan = ({ plan }) => div({ class: 'preview', role: 'status' }, p({ class: 'note is-good' }, plan.message),
  h(Facts, { facts: [['Name', plan.pipeline_name], ['Schedule', [code({ key: 'cron' }, plan.schedule_cron), ' ', plan.timezone]], ['Priority', plan.priority],
    ['First runs', plan.next_run_times.slice(0, 3).map(at => div({ key: at }, h(Time, { at, zone: plan.timezone, hasSeconds: false })))], ['Steps of a run', plan.plan.length]] }),
  ol({ class: 'plan' }, plan.plan.map(step => li({ key: step.step_id }, step.step_id))));

// Only what somebody has filled in is sent; the template's defaults do the rest.
function values(template, given) {
  const made = {};
  for (const parameter of template.parameters) {
    const value = given[parameter.name];
    if (value === undefined || value === '') continue;
    made[parameter.name] = typed(parameter.type, value);
  }
  return made;
}

function typed(type, value) {
  if (type === 'INTEGER' || type === 'NUMBER') return Number.isNaN(Number(value)) ? value : Number(value);
  if (type === 'BOOLEAN') return value === 'true';
  if (type === 'LIST' || type === 'OBJECT' || type === 'ANY') {
    try { return JSON.parse(value); } catch (e) { return value; }
  }
  return value;
}

function ParameterField({ parameter, value, onChange, problem }) {
  const shared = { name: parameter.name, text: parameter.name, hint: parameter.description, isRequired: parameter.required, value, onChange, problem };
  const usual = parameter.default_value === null ? '' : String(typeof parameter.default_value === 'object' ? JSON.stringify(parameter.default_value) : parameter.default_value);
  if (parameter.allowed.length) return h(Field, { ...shared, type: 'select', options: [['', usual ? `as usual (${usual})` : '–'], ...parameter.allowed.map(String)] });
  if (parameter.type === 'BOOLEAN') return h(Field, { ...shared, type: 'select', options: [['', usual ? `as usual (${usual})` : '–'], 'true', 'false'] });
  if (parameter.type === 'INTEGER' || parameter.type === 'NUMBER') return h(Field, { ...shared, type: 'number', placeholder: usual, min: parameter.minimum ?? undefined, max: parameter.maximum ?? undefined, step: parameter.type === 'NUMBER' ? 'any' : 1 });
  if (parameter.type === 'DATE') return h(Field, { ...shared, type: 'date' });
  if (parameter.type === 'LIST' || parameter.type === 'OBJECT' || parameter.type === 'ANY') return h(Field, { ...shared, type: 'textarea', rows: 3, placeholder: usual || 'JSON' });
  return h(Field, { ...shared, type: 'text', placeholder: usual });
}
