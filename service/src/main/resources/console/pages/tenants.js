// All tenants of the installation, for operators.
import { h, tags, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { address, go, setQuery } from '../core/router.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Badge, readable } from '../parts/badge.js';
import { options, shellWord } from '../parts/copy.js';
import { Empty } from '../parts/empty.js';
import { Field, Filters } from '../parts/form.js';
import { Icon } from '../parts/icons.js';
import { Card, Page } from '../parts/page.js';
import { Loaded, ProblemBox } from '../parts/problem.js';
import { Secret } from '../parts/secret.js';
import { Pager, Table } from '../parts/table.js';
import { Time } from '../parts/time.js';
import { counted } from '../parts/words.js';

const { a, div, form, p, button } = tags;
const PLANS = ['STARTER', 'PROFESSIONAL', 'SCALE'];

export function Tenants({ query }) {
  const search = new URLSearchParams({ limit: 50 });
  for (const name of ['search', 'status', 'subscription_plan', 'cursor']) if (query[name]) search.set(name, query[name]);
  const path = '/tenants?' + search;
  const tenants = useLoad(() => get(path), [path]);
  const isFiltered = query.search || query.status || query.subscription_plan || query.cursor;
  const add = button({ key: 'new', type: 'button', class: 'button primary', onClick: () => setQuery({ new: query.new ? '' : '1' }) }, h(Icon, { name: 'plus' }), 'Onboard a tenant');
  return h(Page, { title: 'Tenants', actions: [h(CopyMenu, { key: 'copy', label: 'This list', call: { path }, cli: 'tenant list' + options({ '--search': query.search, '--status': query.status, '--plan': query.subscription_plan }) }), add] },
    query.new ? h(Onboard, { onDone: tenants.reload }) : null,
    h(Filters, {},
      h(Field, { name: 'search', text: 'Find', type: 'search', value: query.search, placeholder: 'id or company', onChange: value => setQuery({ search: value, cursor: '' }) }),
      h(Field, { name: 'status', text: 'Status', type: 'select', value: query.status, options: [['', 'All'], ...['ACTIVE', 'TRIAL', 'SUSPENDED', 'CANCELLED'].map(one => [one, readable(one)])], onChange: status => setQuery({ status, cursor: '' }) }),
      h(Field, { name: 'subscription_plan', text: 'Plan', type: 'select', value: query.subscription_plan, options: [['', 'All'], ...PLANS.map(one => [one, readable(one)])], onChange: plan => setQuery({ subscription_plan: plan, cursor: '' }) })),
    h(Loaded, { state: tenants, what: 'tenants' }, found => found.tenants.length ? h(Card, { kind: 'flush', title: counted(found.total, 'tenant') }, h(Table, { what: 'Tenants', rows: found.tenants, id: tenant => tenant.tenant_id, columns: [
      { title: 'Tenant', cell: tenant => a({ href: address(['t', tenant.tenant_id, 'overview']) }, tenant.tenant_id) },
      { title: 'Company', cell: tenant => tenant.company_name },
      { title: 'Status', cell: tenant => h(Badge, { state: tenant.status, title: tenant.suspended_reason }) },
      { title: 'Plan', cell: tenant => readable(tenant.subscription_plan) },
      { title: 'E-mail', cell: tenant => tenant.admin_email },
      { title: 'Since', cell: tenant => h(Time, { at: tenant.created_at, hasSeconds: false }) },
      { title: 'More', cell: tenant => a({ href: address(['t', tenant.tenant_id, 'settings']) }, 'Plan and keys') },
    ] }), h(Pager, { query, nextCursor: found.next_cursor, onMove: setQuery }))
      : h(Empty, { icon: 'people', title: isFiltered ? 'No tenant like that' : 'No tenants yet', purpose: 'A tenant is an organisation with keys, a plan, pipelines and data of its own.', action: isFiltered ? null : add, cli: 'tenant onboard acme_corp --company Acme --email ops@acme.example' })));
}

function Onboard({ onDone }) {
  const [given, setGiven] = useState({ tenant_id: '', company_name: '', admin_email: '', subscription_plan: 'STARTER' });
  const [problem, setProblem] = useState(null);
  const [made, setMade] = useState(null);
  const [checks, setChecks] = useState(null);
  const change = name => value => { setChecks(null); setGiven({ ...given, [name]: value }); };
  const field = (name, text, more) => h(Field, { name, text, value: given[name], onChange: change(name), isRequired: true, problem: problem?.field?.(name), ...more });
  const cli = dry => () => `tenant onboard ${shellWord(given.tenant_id || 'TENANT')} --company ${shellWord(given.company_name || 'COMPANY')} --email ${shellWord(given.admin_email || 'EMAIL')} --plan ${given.subscription_plan}${dry ? ' --dry-run' : ''}`;
  const asked = path => () => ({ method: 'POST', path, body: given });
  return h(Card, { title: 'Onboard a tenant' }, made ? h(Secret, { what: `The key of ${made.tenant_id}`, secret: made.api_key, onClose: () => { setMade(null); go(address(['t', made.tenant_id, 'overview'])); } })
    : form({ onSubmit: event => event.preventDefault() },
      div({ class: 'fields' }, field('tenant_id', 'Id', { hint: 'letters, digits, underscores' }), field('company_name', 'Company'), field('admin_email', 'E-mail', { type: 'email' }), field('subscription_plan', 'Plan', { type: 'select', options: PLANS })),
      h(ProblemBox, { problem }),
      checks ? h(Checks, { found: checks }) : null,
      div({ class: 'actions' },
        h(Action, { label: 'Onboard', kind: 'primary', call: asked('/tenants/onboard'), cli: cli(false), onProblem: setProblem, onDone: answer => { setProblem(null); setMade(answer); onDone(); } }),
        h(Action, { label: 'Dry run', call: asked('/tenants/dryrun'), cli: cli(true), onProblem: refused => { setChecks(null); setProblem(refused); }, onDone: answer => { setProblem(null); setChecks(answer); } }))));
}

// What an onboarding would meet; nothing was made.
const Checks = ({ found }) => div({ class: 'preview', role: 'status' },
  p({ class: 'note ' + (found.ready_for_onboarding ? 'is-good' : 'is-bad') }, found.ready_for_onboarding ? `Nothing was made. Onboarding would make ${found.tenant_id} on the plan ${readable(found.subscription_plan)}, with a data set of its own and a first key.` : `Nothing was made, and nothing would be. ${found.message}`),
  h(Table, { what: 'What was looked at', rows: found.validation_results, id: one => one.check_name, columns: [
    { title: 'Result', cell: one => h(Badge, { state: one.passed ? 'PASS' : 'FAIL' }) },
    { title: 'What', cell: one => readable(one.check_name) },
    { title: 'Found', cell: one => one.message }] }));
