// What security and compliance tools found, of all providers in one list.
import { h, tags } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { CopyMenu } from '../parts/action.js';
import { Badge, readable } from '../parts/badge.js';
import { Empty } from '../parts/empty.js';
import { Field, Filters } from '../parts/form.js';
import { Card, Page } from '../parts/page.js';
import { Loaded } from '../parts/problem.js';
import { Pager, Table } from '../parts/table.js';
import { Time } from '../parts/time.js';

const { a, details, div, p, span, summary } = tags;
const CHOICES = {
  severity: ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO', 'UNKNOWN'],
  state: ['OPEN', 'RESOLVED', 'MUTED', 'EXEMPT'],
  change: ['NEW', 'RESOLVED', 'REOPENED', 'CHANGED'],
};

const TITLES = { severity: 'Severity', state: 'State', change: 'Since the last look' };

export function Findings({ query }) {
  const search = new URLSearchParams({ limit: 100 });
  for (const name of [...Object.keys(CHOICES), 'cursor']) if (query[name]) search.set(name, query[name]);
  const path = `/tenants/${encodeURIComponent(store.tenant)}/findings?${search}`;
  const findings = useLoad(() => get(path), [path]);
  const options = Object.keys(CHOICES).map(name => query[name] ? ` --${name} ${query[name]}` : '').join('');
  return h(Page, { title: 'Findings', actions: h(CopyMenu, { label: 'This list', call: { path }, cli: 'finding list' + options }) },
    h(Filters, {}, Object.entries(CHOICES).map(([name, words]) => h(Field, { key: name, name, text: TITLES[name], type: 'select', value: query[name],
      options: [['', 'All'], ...words.map(word => [word, readable(word)])], onChange: value => setQuery({ [name]: value, cursor: '' }) }))),
    h(Loaded, { state: findings, what: 'findings' }, found => found.findings.length ? h(Card, { kind: 'flush is-fixed' }, h(Table, { what: 'Findings', rows: found.findings, id: one => `${one.provider} ${one.source} ${one.account} ${one.finding_id}`, columns: [
      { title: 'Severity', cell: one => h(Badge, { state: one.severity || 'UNKNOWN' }) },
      { title: 'State', cell: one => h(Badge, { state: one.state }) },
      { title: 'Change', cell: one => one.change ? h(Badge, { state: one.change }) : '' },
      { title: 'Finding', cell: one => [span({ class: 'finding', key: 'rule' }, one.rule_id || one.finding_id), one.rule_name ? div({ key: 'name' }, one.rule_name) : null,
        one.description ? details({ key: 'more' }, summary({ class: 'muted' }, 'What it says'), p({ class: 'said' }, one.description)) : null] },
      { title: 'Resource', cell: one => [one.resource_id || '', div({ class: 'muted', key: 'where' }, [one.account, one.region].filter(Boolean).join(' · '))] },
      { title: 'Found', cell: one => one.event_time ? h(Time, { at: one.event_time, hasSeconds: false }) : '' },
      { title: 'Run', cell: one => a({ href: to('runs', one.run_id) }, 'Run') },
    ] }), h(Pager, { query, nextCursor: found.next_cursor, onMove: setQuery }))
      : h(Empty, { icon: 'shield', title: options || query.cursor ? 'No findings like that' : 'No findings yet', purpose: 'What the security and compliance pipelines loaded is listed here, with what is new and what was resolved since the snapshot before.',
        action: a({ class: 'button', href: to('pipelines', 'new') }, 'New pipeline'), cli: 'pipeline create gcp/security/security_audit --cron \'0 4 * * *\'' })));
}
