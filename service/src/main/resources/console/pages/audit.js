// The audit log: who wrote what, before and after. Of one tenant, or of the installation.
import { h, tags, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { CopyMenu } from '../parts/action.js';
import { Badge } from '../parts/badge.js';
import { shellWord } from '../parts/copy.js';
import { Changes, differences, Document } from '../parts/diff.js';
import { Empty } from '../parts/empty.js';
import { Field, Filters } from '../parts/form.js';
import { Card, Facts, Page } from '../parts/page.js';
import { Loaded } from '../parts/problem.js';
import { Pager } from '../parts/table.js';
import { Time } from '../parts/time.js';

const { a, code, details, div, span, summary } = tags;
const TEXTS = [['actor', 'Who', 'admin, key:…'], ['action', 'Action', 'pipeline-configs.change'], ['resource', 'Kind of thing', 'pipeline-configs'], ['resource_id', 'Thing', 'its id']];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function Audit({ query }) {
  const names = [...TEXTS.map(([name]) => name), ...(store.tenant ? [] : ['tenant_id'])];
  const search = new URLSearchParams({ limit: 50 });
  for (const name of [...names, 'cursor']) if (query[name]) search.set(name, query[name]);
  for (const name of ['from', 'to']) if (DAY.test(query[name] || '')) search.set(name, query[name] + 'T00:00:00Z');
  const path = '/audit?' + search;
  const entries = useLoad(() => get(path), [store.tenant, path]);
  const isFiltered = [...names, 'from', 'to', 'cursor'].some(name => query[name]);
  const cli = () => 'audit list' + (store.tenant ? '' : query.tenant_id ? ' --tenant ' + shellWord(query.tenant_id) : ' --all-tenants') + TEXTS.filter(([name]) => query[name]).map(([name]) => ` --${name.replaceAll('_', '-')} ${shellWord(query[name])}`).join('')
    + ['from', 'to'].filter(name => search.has(name)).map(name => ` --${name} ${search.get(name)}`).join('');
  const field = (name, text, more) => h(Field, { key: name, name, text, value: query[name], onChange: value => setQuery({ [name]: value.trim(), cursor: '' }), ...more });
  return h(Page, { title: store.tenant ? 'Audit' : 'Audit of all', actions: h(CopyMenu, { label: 'This list', call: { path }, cli }) },
    h(Filters, {}, store.tenant ? null : field('tenant_id', 'Tenant', { type: 'search' }), TEXTS.map(([name, text, placeholder]) => field(name, text, { type: 'search', placeholder })),
      field('from', 'From (UTC)', { type: 'date' }), field('to', 'Before (UTC)', { type: 'date' })),
    h(Loaded, { state: entries, what: 'the audit log' }, found => found.entries.length
      ? h(Card, {}, div({ class: 'entries' }, found.entries.map(entry => h(Entry, { key: entry.audit_id, entry }))), h(Pager, { query, nextCursor: found.next_cursor, onMove: setQuery }))
      : h(Empty, { icon: 'scroll', title: isFiltered ? 'No entry like that' : 'Nothing was written yet', purpose: 'Every change over the API, the command line and this console is written down before it happens: who made it, what the thing was before, and what it is now.',
        action: store.tenant ? a({ class: 'button', href: to('pipelines', 'new') }, 'New pipeline') : a({ class: 'button', href: '#/tenants?new=1' }, 'Onboard a tenant'), cli: 'audit list' })));
}

function Entry({ entry }) {
  const [isOpen, setOpen] = useState(false);
  return details({ class: 'entry', onToggle: event => setOpen(event.target.open) },
    summary({}, h(Badge, { state: entry.outcome }), span({ class: 'entry-what' }, entry.action), entry.resource_id ? code({ class: 'muted' }, shortened(entry.resource_id)) : null,
      span({ class: 'entry-who' }, who(entry), !store.tenant && entry.tenant_id ? span({ class: 'muted' }, ' for ' + entry.tenant_id) : null), h(Time, { at: entry.at })),
    isOpen ? h(Body, { entry }) : null);
}

const shortened = id => id.length > 36 ? id.slice(0, 36) + '…' : id;
const who = entry => entry.user_id ? `${entry.user_id} (${actor(entry.actor)})` : actor(entry.actor);
const actor = word => word.startsWith('key:') ? 'key ' + word.slice(4, 12) : word;

function Body({ entry }) {
  const { before, after } = entry;
  return div({ class: 'entry-body' }, h(Facts, { facts: [
    ['Request', code({}, entry.request_id)], ['Call', code({}, `${entry.method} ${entry.path}`)], ['Answered', entry.status ? entry.status + (entry.error_code ? ' ' + entry.error_code : '') : 'nobody knows: its node died'],
    ['Who', entry.actor], ['User', entry.user_id], ['Tenant', entry.tenant_id], ['Thing', entry.resource_id ? `${entry.resource} ${entry.resource_id}` : entry.resource]] }),
  isSameThing(before, after) ? h(Changes, { changes: differences(before, after) }) : null,
  before && !isSameThing(before, after) ? h(Document, { title: 'What it was before', value: before }) : null,
  after && !isSameThing(before, after) ? h(Document, { title: before ? 'What was answered' : 'What it is now, or what was answered', value: after }) : null,
  !before && !after ? span({ class: 'muted' }, 'Nothing was changed.') : null);
}

// Whether the answer shows the thing again, so that the two can be held against each other.
function isSameThing(before, after) {
  if (!before || !after) return false;
  const names = Object.keys(before);
  return names.filter(name => name in after).length > names.length / 2;
}
