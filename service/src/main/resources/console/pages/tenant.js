// A tenant's plan, limits, usage, keys and credentials.
import { h, tags, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { isOperator, store } from '../core/store.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Badge, readable } from '../parts/badge.js';
import { Legend, Meter, StackedBars } from '../parts/chart.js';
import { shellWord } from '../parts/copy.js';
import { Empty } from '../parts/empty.js';
import { Field } from '../parts/form.js';
import { Card, Facts, Page } from '../parts/page.js';
import { Loaded, LoadedPage, ProblemBox } from '../parts/problem.js';
import { Secret } from '../parts/secret.js';
import { Table } from '../parts/table.js';
import { Time } from '../parts/time.js';
import { toast } from '../parts/toast.js';

const { button, div, form, p, code, details, summary } = tags;
const PROVIDERS = ['GCP', 'AWS', 'AZURE', 'OCI', 'OPENAI', 'CLAUDE'];
const DAYS = 30;

export function Tenant() {
  const base = '/tenants/' + encodeURIComponent(store.tenant);
  const tenant = useLoad(() => get(base), [base]);
  const limits = useLoad(() => get(base + '/limits'), [base]);
  const plan = useLoad(() => get(base + '/subscription'), [base]);
  const usage = useLoad(() => get(`${base}/usage/history?days=${DAYS}`), [base]);
  return h(LoadedPage, { state: tenant, noun: 'tenant' }, found => h(Page, { title: found.company_name, badge: h(Badge, { state: found.status, title: found.suspended_reason }), actions: h(Standing, { tenant: found, base, onDone: tenant.reload }), note: found.suspended_reason ? p({ class: 'note is-bad' }, 'Suspended: ' + found.suspended_reason) : null },
    div({ class: 'columns' },
      h(Card, { title: 'Limits', kind: 'grow' }, h(Loaded, { state: limits, what: 'limits' }, all => h(Limits, { limits: all }))),
      h(Card, { title: 'Plan' }, h(Loaded, { state: plan, what: 'the plan' }, one => h(Facts, { facts: [['Tenant', code({}, found.tenant_id)], ['Plan', readable(one.plan_name)], ['Subscription', h(Badge, { state: one.status })], ['Price a month', one.billing.monthly_price_usd + ' USD'], ['Since', one.billing.subscription_start_date], ['Until', one.billing.subscription_end_date], ['Trial until', one.trial_info.trial_end_date], ['E-mail', found.admin_email], ['Onboarded', h(Time, { at: found.created_at })]] })))),
    h(Card, { title: `Runs by day (UTC), the last ${DAYS} days` }, h(Loaded, { state: usage, what: 'usage' }, all => h(Usage, { days: all.days }))),
    h(Keys, { base }), h(Credentials, { base })));
}

const Standing = ({ tenant, base, onDone }) => [
  isOperator() ? tenant.status === 'SUSPENDED'
    ? h(Action, { key: 'activate', label: 'Activate', kind: 'primary', call: { method: 'POST', path: base + '/activate' }, cli: 'tenant activate ' + tenant.tenant_id, onDone })
    : h(Action, { key: 'suspend', label: 'Suspend', kind: 'danger', call: { method: 'POST', path: base + '/suspend', body: { reason: 'By an operator, in the console.' } }, cli: 'tenant suspend ' + tenant.tenant_id, confirm: `Suspend ${tenant.tenant_id}? Its keys are refused and its schedules stop.`, onDone }) : null,
  h(CopyMenu, { key: 'show', label: 'This tenant', call: { path: base }, cli: 'tenant show ' + tenant.tenant_id }),
];

const Limits = ({ limits }) => [['daily', 'Runs today'], ['monthly', 'Runs this month'], ['concurrent', 'Jobs at once'], ['providers', 'Providers']].map(([key, name]) => h(Meter, { key, name, ...limits[key],
  note: [limits[key].state === 'OK' ? null : h(Badge, { key: 'state', state: limits[key].state }), limits[key].resets_at ? ['begins anew ', h(Time, { key: 'reset', at: limits[key].resets_at, hasSeconds: false })] : null] }));

function Usage({ days }) {
  const known = new Map(days.map(day => [day.usage_date, day]));
  const shown = Array.from({ length: DAYS }, (_, at) => {
    const label = new Date(Date.now() - (DAYS - 1 - at) * 86400000).toISOString().slice(0, 10);
    const day = known.get(label) || {};
    return { label, parts: [{ name: 'completed', value: day.pipelines_succeeded_today || 0, colour: 'green' }, { name: 'failed', value: day.pipelines_failed_today || 0, colour: 'red' }, { name: 'cancelled', value: day.pipelines_cancelled_today || 0, colour: 'slate' }] };
  });
  return [h(StackedBars, { key: 'bars', days: shown, what: 'Runs by day', unit: 'runs' }), h(Legend, { key: 'legend', parts: [['completed', 'green'], ['failed', 'red'], ['cancelled', 'slate']] })];
}

function Keys({ base }) {
  const keys = useLoad(() => get(base + '/api-keys?limit=100'), [base]);
  const [name, setName] = useState('');
  const [made, setMade] = useState(null);
  const [problem, setProblem] = useState(null);
  const issued = answer => { setMade(answer); setName(''); setProblem(null); keys.reload(); };
  return h(Card, { title: 'Keys' },
    made ? h(Secret, { what: `The key ${made.key_name}`, secret: made.api_key, onClose: () => setMade(null) }) : null,
    h(Loaded, { state: keys, what: 'keys' }, found => h(Table, { what: 'Keys', rows: found.api_keys, id: key => key.api_key_id, columns: [
      { title: 'Key', cell: key => key.key_name },
      { title: 'State', cell: key => h(Badge, { state: key.is_active ? 'ACTIVE' : 'REVOKED' }) },
      { title: 'Scopes', cell: key => code({}, key.scopes.join(' ')) },
      { title: 'Last used', cell: key => h(Time, { at: key.last_used_at }) },
      { title: 'Expires', cell: key => key.expires_at ? h(Time, { at: key.expires_at, hasSeconds: false }) : 'never' },
      { title: 'Do', cell: key => key.is_active ? div({ class: 'row-actions' },
        h(Action, { label: 'Rotate', call: { method: 'POST', path: `${base}/api-keys/${key.api_key_id}/rotate` }, cli: 'key rotate ' + key.api_key_id, confirm: `Replace ${key.key_name}? The old key stops at once.`, onDone: issued }),
        h(Action, { label: 'Revoke', kind: 'danger', call: { method: 'DELETE', path: `${base}/api-keys/${key.api_key_id}` }, cli: 'key revoke ' + key.api_key_id, confirm: `Revoke ${key.key_name}? It is refused from now on.`, onDone: keys.reload })) : null },
    ] })),
    form({ class: 'inline-form', onSubmit: event => event.preventDefault() }, h(Field, { name: 'key_name', text: 'A new key, for', value: name, onChange: setName, problem: problem?.field?.('key_name') }),
      h(Action, { label: 'Issue key', isDisabled: !name, call: () => ({ method: 'POST', path: base + '/api-keys', body: { key_name: name } }), cli: () => 'key create ' + shellWord(name || 'NAME'), onDone: issued, onProblem: setProblem })),
    h(ProblemBox, { problem }));
}

function Credentials({ base }) {
  const credentials = useLoad(() => get(base + '/credentials?limit=100'), [base]);
  const [provider, setProvider] = useState('GCP');
  const [name, setName] = useState('');
  const [secret, setSecret] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState(null);
  return h(Card, { title: 'Credentials' },
    h(Loaded, { state: credentials, what: 'credentials' }, found => found.credentials.length ? h(Table, { what: 'Credentials', rows: found.credentials, id: one => one.credential_id, columns: [
      { title: 'Credential', cell: one => one.credential_name },
      { title: 'Provider', cell: one => one.provider },
      { title: 'Type', cell: one => readable(one.credential_type) },
      { title: 'Validation', cell: one => h(Badge, { state: one.validation_status }) },
      { title: 'Stored', cell: one => h(Time, { at: one.updated_at || one.created_at }) },
      { title: 'Do', cell: one => div({ class: 'row-actions' },
        h(Action, { label: 'Validate', call: { method: 'POST', path: `${base}/credentials/${one.credential_id}/validate` }, cli: 'credential validate ' + one.credential_id, onDone: answer => { toast(readable(answer.validation_status || 'checked'), answer.message); credentials.reload(); } }),
        h(Action, { label: 'Delete', kind: 'danger', call: { method: 'DELETE', path: `${base}/credentials/${one.credential_id}` }, cli: 'credential delete ' + one.credential_id, confirm: `Delete ${one.credential_name} for good?`, onDone: credentials.reload })) },
    ] }) : h(Empty, { icon: 'key', title: 'No credentials yet', purpose: 'A pipeline with the source "cloud" needs one to reach its provider; files in the landing zone need none.',
      action: button({ type: 'button', class: 'button', onClick: () => setOpen(true) }, 'Store a credential'), cli: 'credential create GCP --secrets-file FILE' })),
    details({ class: 'fold', open: isOpen || undefined, onToggle: event => setOpen(event.target.open) }, summary({}, 'Store a credential'), form({ onSubmit: event => event.preventDefault() },
      div({ class: 'fields' }, h(Field, { name: 'provider', text: 'Provider', type: 'select', options: PROVIDERS, value: provider, onChange: setProvider, problem: problem?.field?.('provider') }),
        h(Field, { name: 'credential_name', text: 'Name', value: name, onChange: setName, hint: 'default when left out', problem: problem?.field?.('credential_name') })),
      h(Field, { name: 'credentials', text: 'Secrets (JSON)', type: 'textarea', rows: 6, value: secret, onChange: setSecret, isRequired: true, hint: 'Sealed when they arrive; nobody can read them again.', problem: problem?.field?.('credentials') }),
      h(ProblemBox, { problem }),
      h(Action, { label: 'Store', kind: 'primary', isDisabled: !secret, call: () => ({ method: 'POST', path: base + '/credentials', body: { provider, credential_name: name || undefined, credentials: secret } }), cli: () => `credential create ${provider} --secrets-file FILE`,
        onProblem: setProblem, onDone: () => { setSecret(''); setProblem(null); credentials.reload(); toast('Stored'); } }))));
}
