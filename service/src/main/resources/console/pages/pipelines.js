// All pipelines of a tenant; several can be switched or run at once.
import { h, tags, useState } from '../core/dom.js';
import { call, get } from '../core/api.js';
import { useLive } from '../core/live.js';
import { useLoad } from '../core/load.js';
import { setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { CopyMenu } from '../parts/action.js';
import { Badge } from '../parts/badge.js';
import { Empty } from '../parts/empty.js';
import { Field, Filters } from '../parts/form.js';
import { Icon } from '../parts/icons.js';
import { Card, Page } from '../parts/page.js';
import { Loaded } from '../parts/problem.js';
import { Pager, Table } from '../parts/table.js';
import { Time } from '../parts/time.js';
import { toast, toastProblem } from '../parts/toast.js';

const { a, div, span, code, button } = tags;

export function Pipelines({ query }) {
  const search = new URLSearchParams({ limit: 200 });
  for (const name of ['is_active', 'cursor']) if (query[name]) search.set(name, query[name]);
  const path = `/scheduler/tenant/${encodeURIComponent(store.tenant)}/pipelines?${search}`;
  const configs = useLoad(() => get(path), [store.tenant, path]);
  const [chosen, setChosen] = useState(new Set());
  useLive((name, data) => {
    if (name === 'reset' || (name === 'run' && data.config_id && data.end_time)) configs.reloadSoon();
  });
  const wanted = (query.q || '').toLowerCase();
  const fits = config => !wanted || [config.pipeline_name, config.provider, config.domain, config.template_name, config.schedule_cron].some(text => text?.toLowerCase().includes(wanted));
  const add = a({ class: 'button primary', href: to('pipelines', 'new'), key: 'new' }, h(Icon, { name: 'plus' }), 'New pipeline');
  return h(Page, { title: 'Pipelines', actions: [h(CopyMenu, { key: 'copy', label: 'This list', call: { path }, cli: 'pipeline list' + (query.is_active ? ' --active ' + query.is_active : '') }), add] },
    h(Filters, {},
      h(Field, { name: 'q', text: 'Find', type: 'search', value: query.q, placeholder: 'name, provider, template, cron', onChange: q => setQuery({ q }) }),
      h(Field, { name: 'is_active', text: 'Switched', type: 'select', value: query.is_active, options: [['', 'All'], ['true', 'On'], ['false', 'Off']], onChange: value => setQuery({ is_active: value, cursor: '' }) })),
    h(Loaded, { state: configs, what: 'pipelines' }, found => {
      const shown = found.pipelines.filter(fits);
      if (!found.pipelines.length && !query.is_active && !query.cursor) return h(Empty, { icon: 'flow', title: 'No pipelines yet', purpose: 'A pipeline runs a template on a schedule, with parameters of its own.', action: add, cli: 'pipeline create gcp/cost/cost_billing --cron \'0 3 * * *\'' });
      return [h(Bulk, { key: 'bulk', configs: shown.filter(config => chosen.has(config.config_id)), onDone: () => { setChosen(new Set()); configs.reload(); } }),
        h(Card, { key: 'list', kind: 'flush' }, shown.length ? h(List, { configs: shown, chosen, onChange: setChosen }) : div({ class: 'card-note' }, 'No pipeline like that on this page.'),
          h(Pager, { query, nextCursor: found.next_cursor, onMove: setQuery }))];
    }));
}

const List = ({ configs, chosen, onChange }) => h(Table, { what: 'Pipelines', rows: configs, id: config => config.config_id,
  select: { chosen, onChange, name: config => config.pipeline_name || config.template_name }, columns: [
    { title: 'Pipeline', cell: config => [a({ href: to('pipelines', config.config_id) }, config.pipeline_name || config.template_name), ' ', config.template_exists ? null : h(Badge, { state: 'INVALID', title: 'There is no such template; its runs fail.' })] },
    { title: 'State', cell: config => h(Badge, { state: config.state, title: config.state_reason }) },
    { title: 'Template', cell: config => span({ class: 'muted nowrap' }, `${config.provider.toLowerCase()}/${config.domain.toLowerCase()}/${config.template_name}`) },
    { title: 'Schedule', cell: config => [code({ class: 'nowrap' }, config.schedule_cron), ' ', span({ class: 'zone' }, config.timezone)] },
    { title: 'Next', cell: config => h(Time, { at: config.next_run_time, hasSeconds: false }) },
    { title: 'Last', cell: config => config.last_run_status ? [h(Badge, { state: config.last_run_status }), ' ', h(Time, { at: config.last_run_time, hasSeconds: false })] : span({ class: 'muted' }, 'never') },
    { title: 'Priority', isNumber: true, cell: config => config.priority },
  ] });

// One after the other, so that a quota that ends in the middle says at which one.
function Bulk({ configs, onDone }) {
  const [isBusy, setBusy] = useState(false);
  if (!configs.length) return null;
  const each = (verb, word) => async () => {
    setBusy(true);
    let done = 0;
    try {
      for (const config of configs) {
        await call('POST', pathOf(config, verb), {});
        done++;
      }
      toast(`${done} ${word}`);
    } catch (problem) {
      toast(`${done} of ${configs.length} ${word}, then the server refused`);
      toastProblem(problem);
    }
    setBusy(false);
    onDone();
  };
  const buttons = [['resume', 'Enable', 'switched on', 'check', 'pipeline enable'], ['pause', 'Disable', 'switched off', 'pause', 'pipeline disable'], ['run-now', 'Run now', 'asked to run', 'play', 'run start']];
  return div({ class: 'bulk', role: 'region', 'aria-label': 'Chosen pipelines' }, span({}, `${configs.length} chosen`), buttons.map(([verb, label, word, icon, cli]) =>
    span({ class: 'action', key: verb }, button({ type: 'button', class: 'button', disabled: isBusy, onClick: each(verb, word) }, h(Icon, { name: icon }), label),
      h(CopyMenu, { label, call: configs.map(one => ({ method: 'POST', path: pathOf(one, verb), body: {} })), cli: configs.map(one => `${cli} ${one.config_id}`) }))));
}

const pathOf = (config, verb) => `/scheduler/pipeline-configs/${config.config_id}/${verb}`;
