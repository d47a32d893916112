// Whom a tenant wants told what, and what became of each message.
import { h, tags, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { useEvery, useLoad } from '../core/load.js';
import { setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Badge, readable } from '../parts/badge.js';
import { shellWord } from '../parts/copy.js';
import { Empty } from '../parts/empty.js';
import { Field, Filters } from '../parts/form.js';
import { Attempts, Show } from '../parts/attempts.js';
import { Icon } from '../parts/icons.js';
import { Card, Page } from '../parts/page.js';
import { Loaded, ProblemBox } from '../parts/problem.js';
import { Secret } from '../parts/secret.js';
import { Pager, Table } from '../parts/table.js';
import { Time } from '../parts/time.js';
import { toast } from '../parts/toast.js';

const { div, form, code, a, p, button, span } = tags;

export function Webhooks({ query }) {
  const endpoints = useLoad(() => get('/webhooks/endpoints?limit=50'), [store.tenant]);
  const search = new URLSearchParams({ limit: 50 });
  for (const name of ['state', 'endpoint_id', 'run_id', 'cursor']) if (query[name]) search.set(name, query[name]);
  const deliveries = useLoad(() => get('/webhooks/deliveries?' + search), [store.tenant, search.toString()]);
  const [rotated, setRotated] = useState(null);
  useEvery(5000, () => deliveries.reload());
  return h(Page, { title: 'Webhooks', actions: h(CopyMenu, { label: 'The endpoints', call: { path: '/webhooks/endpoints' }, cli: 'webhook list' }) },
    h(Card, { title: 'Endpoints' }, rotated ? h(Secret, { what: 'The secret of ' + rotated.url, secret: rotated.secret, onClose: () => setRotated(null) }) : null, h(Loaded, { state: endpoints, what: 'endpoints' }, found => found.endpoints.length ? h(Endpoints, { endpoints: found.endpoints, onSecret: setRotated, onChange: () => { endpoints.reload(); deliveries.reload(); } })
      : h(Empty, { icon: 'bell', title: 'No endpoints yet', purpose: 'An endpoint is a URL of yours that is told, signed, when runs end and quotas run out.', action: button({ type: 'button', class: 'button primary', onClick: () => document.querySelector('[name=url]').focus() }, h(Icon, { name: 'plus' }), 'New endpoint'), cli: 'webhook create https://example.com/hook -e pipeline.failed' })), h(NewEndpoint, { onDone: endpoints.reload })),
    h(Card, { title: 'Deliveries' },
      h(Filters, {}, h(Field, { name: 'state', text: 'State', type: 'select', value: query.state, options: [['', 'All'], ...['PENDING', 'DELIVERED', 'FAILED'].map(one => [one, readable(one)])], onChange: state => setQuery({ state, cursor: '' }) })),
      h(Loaded, { state: deliveries, what: 'deliveries' }, found => found.deliveries.length ? [h(Deliveries, { key: 'list', deliveries: found.deliveries, onChange: deliveries.reload }), h(Pager, { key: 'pager', query, nextCursor: found.next_cursor, onMove: setQuery })]
        : p({ class: 'muted' }, 'Nothing has been sent that is like this. "Test" on an endpoint sends something now.'))));
}

const Endpoints = ({ endpoints, onChange, onSecret }) => h(Table, { what: 'Endpoints', rows: endpoints, id: one => one.endpoint_id, columns: [
  { title: 'State', cell: one => h(Badge, { state: one.enabled ? 'ACTIVE' : 'PAUSED', title: one.disabled_reason }) },
  { title: 'URL', cell: one => [code({ class: 'url' }, one.url), one.description ? p({ class: 'muted' }, one.description) : null] },
  { title: 'Events', cell: one => (one.events || ['*']).join(', ') },
  { title: 'Since', cell: one => h(Time, { at: one.created_at, hasSeconds: false }) },
  { title: 'Do', cell: one => div({ class: 'row-actions' },
    h(Action, { label: 'Test', call: { method: 'POST', path: `/webhooks/endpoints/${one.endpoint_id}/test` }, cli: 'webhook test ' + one.endpoint_id, onDone: () => { toast('A test is under way'); onChange(); } }),
    h(Action, { label: one.enabled ? 'Disable' : 'Enable', call: { method: 'PATCH', path: `/webhooks/endpoints/${one.endpoint_id}`, body: { enabled: !one.enabled } }, cli: `webhook update ${one.endpoint_id} --enabled ${!one.enabled}`, onDone: onChange }),
    h(Action, { label: 'New secret', call: { method: 'POST', path: `/webhooks/endpoints/${one.endpoint_id}/rotate-secret`, body: {} }, cli: 'webhook rotate ' + one.endpoint_id, confirm: 'Make another secret? The old one is good for a day more.', onDone: onSecret }),
    h(Action, { label: 'Delete', kind: 'danger', call: { method: 'DELETE', path: `/webhooks/endpoints/${one.endpoint_id}` }, cli: 'webhook delete ' + one.endpoint_id, confirm: 'Delete this endpoint?', onDone: onChange })) },
] });

function Deliveries({ deliveries, onChange }) {
  const [open, setOpen] = useState(null);
  return h(Table, { what: 'Deliveries', rows: deliveries, id: one => one.delivery_id, below: one => one.delivery_id === open ? h(Attempts, { path: '/webhooks/deliveries/' + one.delivery_id }) : null, columns: [
    { title: 'State', cell: one => h(Badge, { state: one.state === 'PENDING' ? 'WAITING' : one.state }) },
    { title: 'Event', cell: one => code({}, one.event) },
    { title: 'Run', cell: one => one.run_id ? a({ href: to('runs', one.run_id) }, 'Run') : '–' },
    { title: 'Attempts', isNumber: true, cell: one => `${one.attempt_count} of ${one.max_attempts}` },
    { title: 'Made', cell: one => [h(Time, { at: one.created_at }), one.next_attempt_at ? div({ class: 'muted' }, 'next ', h(Time, { at: one.next_attempt_at })) : null] },
    { title: 'Answer', kind: 'clamp', cell: one => span({ title: one.last_error }, one.last_error || one.last_http_status || '') },
    { title: 'What was sent', cell: one => h(Show, { isOpen: one.delivery_id === open, onClick: () => setOpen(one.delivery_id === open ? null : one.delivery_id) }) },
    { title: 'Do', cell: one => h(Action, { label: 'Send again', call: { method: 'POST', path: `/webhooks/deliveries/${one.delivery_id}/redeliver` }, cli: 'webhook redeliver ' + one.delivery_id, onDone: onChange }) },
  ] });
}

function NewEndpoint({ onDone }) {
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState('pipeline.failed, quota.*');
  const [problem, setProblem] = useState(null);
  const [made, setMade] = useState(null);
  const list = () => events.split(/[\s,]+/).filter(Boolean);
  if (made) return h(Secret, { what: 'The secret of ' + made.url, secret: made.secret, onClose: () => setMade(null) });
  return form({ class: 'inline-form', onSubmit: event => event.preventDefault() },
    h(Field, { name: 'url', text: 'A new endpoint', type: 'url', value: url, placeholder: 'https://example.com/hook', onChange: setUrl, problem: problem?.field?.('url') }),
    h(Field, { name: 'events', text: 'Events', value: events, onChange: setEvents, problem: problem?.field?.('events') }),
    h(Action, { label: 'Make it', isDisabled: !url, call: () => ({ method: 'POST', path: '/webhooks/endpoints', body: { url, events: list() } }), cli: () => `webhook create ${shellWord(url || 'URL')}${list().map(event => ' -e ' + shellWord(event)).join('')}`, onProblem: setProblem, onDone: answer => { setProblem(null); setMade(answer); setUrl(''); onDone(); } }),
    h(ProblemBox, { problem }));
}
