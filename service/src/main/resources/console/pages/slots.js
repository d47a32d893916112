// The ledger: what became of each instant at which a pipeline was due.
import { h, tags } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { CopyMenu } from '../parts/action.js';
import { Badge, readable } from '../parts/badge.js';
import { options } from '../parts/copy.js';
import { Empty } from '../parts/empty.js';
import { Field, Filters } from '../parts/form.js';
import { Card, Page } from '../parts/page.js';
import { Loaded } from '../parts/problem.js';
import { Pager, Table } from '../parts/table.js';
import { length, Time } from '../parts/time.js';
import { useConfigNames } from '../parts/confignames.js';

const { a, span } = tags;
const OUTCOMES = ['FIRED', 'SKIPPED_MISSED', 'SKIPPED_OVERLAP', 'SKIPPED_QUOTA', 'SKIPPED_DISABLED', 'SKIPPED_SUSPENDED'];

export function Slots({ query }) {
  const search = new URLSearchParams({ limit: 100 });
  for (const name of ['outcome', 'config_id', 'cursor']) if (query[name]) search.set(name, query[name]);
  for (const name of ['from', 'to']) if (/^\d{4}-\d{2}-\d{2}$/.test(query[name] || '')) search.set(name, query[name] + 'T00:00:00Z');
  const path = `/tenants/${encodeURIComponent(store.tenant)}/slots?${search}`;
  const slots = useLoad(() => get(path), [path]);
  const names = useConfigNames();
  const isFiltered = ['outcome', 'config_id', 'from', 'to', 'cursor'].some(name => query[name]);
  return h(Page, { title: 'Slots', actions: h(CopyMenu, { label: 'This list', call: { path }, cli: 'slot list' + options({ '--config': query.config_id, '--outcome': query.outcome, '--from': query.from, '--to': query.to }) }) },
    h(Filters, {},
      h(Field, { name: 'config_id', text: 'Pipeline', type: 'select', value: query.config_id, options: [['', 'All'], ...names], onChange: value => setQuery({ config_id: value, cursor: '' }) }),
      h(Field, { name: 'outcome', text: 'Outcome', type: 'select', value: query.outcome, options: [['', 'All'], ...OUTCOMES.map(one => [one, readable(one)])], onChange: outcome => setQuery({ outcome, cursor: '' }) }),
      h(Field, { name: 'from', text: 'From (UTC)', type: 'date', value: query.from, onChange: from => setQuery({ from, cursor: '' }) }),
      h(Field, { name: 'to', text: 'Before (UTC)', type: 'date', value: query.to, onChange: to_ => setQuery({ to: to_, cursor: '' }) })),
    h(Loaded, { state: slots, what: 'slots' }, found => found.slots.length ? h(Card, { kind: 'flush' }, h(Table, { what: 'Slots', rows: found.slots, id: slot => slot.config_id + slot.due_at, columns: [
      { title: 'Outcome', cell: slot => h(Badge, { state: slot.outcome }) },
      { title: 'Due', cell: slot => [h(Time, { at: slot.due_at }), slot.until_at ? [' to ', h(Time, { at: slot.until_at })] : null] },
      { title: 'Pipeline', cell: slot => a({ href: to('pipelines', slot.config_id) }, new Map(names).get(slot.config_id) || slot.config_id.slice(0, 13)) },
      { title: 'Decided after', isNumber: true, cell: slot => length(Date.parse(slot.decided_at) - Date.parse(slot.effective_at || slot.due_at)) },
      { title: 'Run', cell: slot => slot.run_id ? a({ href: to('runs', slot.run_id) }, 'Run') : span({ class: 'muted' }, '–') },
      { title: 'Reason', cell: slot => h(Reason, { text: slot.reason || '' }) },
    ] }), h(Pager, { query, nextCursor: found.next_cursor, onMove: setQuery }))
      : h(Empty, { icon: 'table', title: isFiltered ? 'No slots like that' : 'No slots yet', purpose: 'Each instant at which a pipeline is due leaves one slot here: it fired, or it says why not. Nothing is left out in silence.', action: a({ class: 'button', href: to('pipelines') }, 'Pipelines'), cli: 'slot list' })));
}

// A backfill is named by its id; its page says more.
function Reason({ text }) {
  const [, before, backfill, behind] = /^(.*backfill )([0-9a-f-]{36})(.*)$/.exec(text) || [];
  return backfill ? [before, a({ key: 'link', href: to('backfills', backfill) }, backfill.slice(0, 13)), behind] : text;
}
