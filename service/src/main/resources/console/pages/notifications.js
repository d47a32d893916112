// Who is told what: channels, rules, and what became of each message.
import { h, tags, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { useEvery, useLoad } from '../core/load.js';
import { setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Attempts, Show } from '../parts/attempts.js';
import { Badge, readable } from '../parts/badge.js';
import { options } from '../parts/copy.js';
import { EditChannel } from '../parts/editchannel.js';
import { EditRule } from '../parts/editrule.js';
import { Empty } from '../parts/empty.js';
import { Field, Filters } from '../parts/form.js';
import { Icon } from '../parts/icons.js';
import { Card, Page } from '../parts/page.js';
import { Loaded } from '../parts/problem.js';
import { Secret } from '../parts/secret.js';
import { Pager, Table } from '../parts/table.js';
import { Time } from '../parts/time.js';
import { toast } from '../parts/toast.js';
import { counted } from '../parts/words.js';

const { a, button, code, div, p, span } = tags;
const STATES = ['PENDING', 'DELIVERED', 'FAILED', 'HELD', 'UNCERTAIN'];

export function Notifications({ query }) {
  const base = `/tenants/${encodeURIComponent(store.tenant)}/notifications`;
  const all = useLoad(() => get(base), [base]);
  const [edited, setEdited] = useState(null);
  const [secret, setSecret] = useState(null);
  const done = made => {
    if (made?.secret) setSecret(made);
    setEdited(null);
    all.reload();
  };
  return h(Page, { title: 'Notifications', actions: [
    all.data?.channels.length ? h(Action, { key: 'test', label: 'Test all channels', icon: 'mail', call: { method: 'POST', path: base + '/test' }, cli: 'notification test', onDone: answer => { toast(counted(answer.deliveries.length, 'test is', 'tests are') + ' under way'); all.reload(); } }) : null,
    h(CopyMenu, { key: 'copy', label: 'All of it', call: { path: base }, cli: 'notification show' })] },
  secret ? h(Secret, { what: 'The secret of ' + secret.name, secret: secret.secret, onClose: () => setSecret(null) }) : null,
  h(Loaded, { state: all, what: 'channels and rules' }, found => [
    h(Card, { key: 'channels', title: 'Channels', actions: button({ type: 'button', class: 'button', onClick: () => setEdited({ kind: 'channel', old: null }) }, h(Icon, { name: 'plus' }), 'New channel') },
      edited?.kind === 'channel' ? h(EditChannel, { key: edited.old?.channel_id || 'new', base, old: edited.old, hasMail: found.email_available, onDone: done, onLeave: () => setEdited(null) }) : null,
      found.channels.length ? h(Channels, { channels: found.channels, base, onChange: all.reload, onEdit: old => setEdited({ kind: 'channel', old }) }) : edited?.kind === 'channel' ? null
        : h(Empty, { icon: 'mail', title: 'No channels yet', purpose: 'A channel is a way to reach people: e-mail, Slack, a system of your own, or the server\'s log. Rules say what goes there.',
          action: button({ type: 'button', class: 'button primary', onClick: () => setEdited({ kind: 'channel', old: null }) }, h(Icon, { name: 'plus' }), 'New channel'), cli: 'notification create-channel LOG log' })),
    h(Card, { key: 'rules', title: 'Rules', actions: button({ type: 'button', class: 'button', disabled: !reachable(found).length, title: reachable(found).length ? undefined : 'A rule needs a channel', onClick: () => setEdited({ kind: 'rule', old: null }) }, h(Icon, { name: 'plus' }), 'New rule') },
      edited?.kind === 'rule' ? h(EditRule, { key: edited.old?.rule_id || 'new', base, old: edited.old, events: found.events, channels: reachable(found), onDone: done, onLeave: () => setEdited(null) }) : null,
      found.rules.length ? h(Rules, { rules: found.rules, channels: found.channels, base, onChange: all.reload, onEdit: old => setEdited({ kind: 'rule', old }) }) : edited?.kind === 'rule' ? null
        : h(Empty, { icon: 'bell', title: 'No rules yet', purpose: 'A rule says which events go to which channels, and how often at most.',
          action: reachable(found).length ? button({ type: 'button', class: 'button primary', onClick: () => setEdited({ kind: 'rule', old: null }) }, h(Icon, { name: 'plus' }), 'New rule') : p({ class: 'muted' }, 'Make a channel first.'), cli: 'notification create-rule failures -e pipeline_failure --channel CHANNEL' })),
    h(History, { key: 'history', base, query, found })]));
}

// The channel that is made for addresses of configs is no one's to choose.
const reachable = found => found.channels.filter(channel => !channel.direct);

const where = channel => channel.to_emails ? [...channel.to_emails, ...(channel.cc_emails || [])].join(', ') : channel.url || (channel.type === 'LOG' ? 'the server\'s log' : channel.direct ? 'people whom configs name' : '');

const Channels = ({ channels, base, onChange, onEdit }) => h(Table, { what: 'Channels', rows: channels, id: one => one.channel_id, columns: [
  { title: 'State', cell: one => h(Badge, { state: one.enabled ? 'ACTIVE' : 'PAUSED' }) },
  { title: 'Channel', cell: one => one.name },
  { title: 'Type', cell: one => readable(one.type) },
  { title: 'Reaches', cell: one => where(one) },
  { title: 'Do', cell: one => div({ class: 'row-actions' },
    one.direct ? null : h(Action, { label: 'Test', icon: 'mail', call: { method: 'POST', path: `${base}/channels/${one.channel_id}/test` }, cli: 'notification test ' + one.channel_id, onDone: () => { toast('A test is under way', one.name); onChange(); } }),
    h(Action, { label: one.enabled ? 'Disable' : 'Enable', call: { method: 'PATCH', path: `${base}/channels/${one.channel_id}`, body: { enabled: !one.enabled } }, cli: `notification update-channel ${one.channel_id} --set enabled=${!one.enabled}`, onDone: onChange }),
    one.direct ? null : button({ type: 'button', class: 'button', onClick: () => onEdit(one) }, 'Edit'),
    one.direct ? null : h(Action, { label: 'Delete', kind: 'danger', call: { method: 'DELETE', path: `${base}/channels/${one.channel_id}` }, cli: 'notification delete-channel ' + one.channel_id, confirm: `Delete the channel ${one.name}? Rules forget it.`, onDone: onChange })) },
] });

const Rules = ({ rules, channels, base, onChange, onEdit }) => h(Table, { what: 'Rules', rows: rules, id: one => one.rule_id, columns: [
  { title: 'State', cell: one => h(Badge, { state: one.enabled ? 'ACTIVE' : 'PAUSED' }) },
  { title: 'Rule', cell: one => one.name },
  { title: 'Events', cell: one => code({}, one.events.join(' ')) },
  { title: 'To', cell: one => one.channel_ids.map(id => channels.find(channel => channel.channel_id === id)?.name || 'a deleted one').join(', ') },
  { title: 'Only of', cell: one => [...one.providers, one.pipeline_id].filter(Boolean).join(', ') || 'all' },
  { title: 'Severity', cell: one => one.severity ? h(Badge, { state: one.severity }) : span({ class: 'muted' }, 'the event\'s') },
  { title: 'Pause', isNumber: true, cell: one => one.cooldown_seconds === null ? span({ class: 'muted' }, 'the event\'s') : one.cooldown_seconds + ' s' },
  { title: 'Do', cell: one => div({ class: 'row-actions' },
    h(Action, { label: one.enabled ? 'Disable' : 'Enable', call: { method: 'PATCH', path: `${base}/rules/${one.rule_id}`, body: { enabled: !one.enabled } }, cli: `notification update-rule ${one.rule_id} --set enabled=${!one.enabled}`, onDone: onChange }),
    button({ type: 'button', class: 'button', onClick: () => onEdit(one) }, 'Edit'),
    h(Action, { label: 'Delete', kind: 'danger', call: { method: 'DELETE', path: `${base}/rules/${one.rule_id}` }, cli: 'notification delete-rule ' + one.rule_id, confirm: `Delete the rule ${one.name}?`, onDone: onChange })) },
] });

function History({ base, query, found }) {
  const search = new URLSearchParams({ limit: 50 });
  for (const name of ['state', 'event', 'channel_id', 'run_id', 'cursor']) if (query[name]) search.set(name, query[name]);
  const path = `${base}/history?${search}`;
  const history = useLoad(() => get(path), [path]);
  useEvery(5000, history.reload);
  const choose = name => value => setQuery({ [name]: value, cursor: '' });
  return h(Card, { title: 'What was sent', actions: h(CopyMenu, { label: 'This list', call: { path }, cli: 'notification history' + options({ '--state': query.state, '--event': query.event, '--channel': query.channel_id, '--run': query.run_id }) }) },
    h(Filters, {},
      h(Field, { name: 'state', text: 'State', type: 'select', value: query.state, options: [['', 'All'], ...STATES.map(one => [one, readable(one)])], onChange: choose('state') }),
      h(Field, { name: 'event', text: 'Event', type: 'select', value: query.event, options: [['', 'All'], ...found.events.map(one => [one.event, readable(one.event)])], onChange: choose('event') }),
      h(Field, { name: 'channel_id', text: 'Channel', type: 'select', value: query.channel_id, options: [['', 'All'], ...found.channels.map(one => [one.channel_id, one.name])], onChange: choose('channel_id') })),
    h(Loaded, { state: history, what: 'what was sent' }, one => one.deliveries.length
      ? [h(Deliveries, { key: 'list', deliveries: one.deliveries, base, onChange: history.reload }), h(Pager, { key: 'pager', query, nextCursor: one.next_cursor, onMove: setQuery })]
      : p({ class: 'muted' }, 'Nothing has been sent that is like this. "Test" on a channel sends something now.')));
}

function Deliveries({ deliveries, base, onChange }) {
  const [open, setOpen] = useState(null);
  return h(Table, { what: 'Messages', rows: deliveries, id: one => one.delivery_id, below: one => one.delivery_id === open ? h(Attempts, { path: `${base}/history/${one.delivery_id}` }) : null, columns: [
    { title: 'State', cell: one => h(Badge, { state: one.state === 'PENDING' ? 'WAITING' : one.state, title: one.last_error }) },
    { title: 'Message', kind: 'clamp', cell: one => span({ title: one.subject }, one.subject) },
    { title: 'Channel', cell: one => one.channel_name || span({ class: 'muted' }, 'deleted') },
    { title: 'Run', cell: one => one.run_id ? a({ href: to(one.pipeline_id ? 'runs' : 'jobs', one.run_id) }, 'Run') : '–' },
    { title: 'Attempts', isNumber: true, cell: one => `${one.attempt_count} of ${one.max_attempts}` },
    { title: 'Made', cell: one => [h(Time, { at: one.created_at }), one.held_until ? div({ class: 'muted' }, 'held until ', h(Time, { at: one.held_until })) : one.next_attempt_at ? div({ class: 'muted' }, 'next ', h(Time, { at: one.next_attempt_at })) : null] },
    { title: 'What was sent', cell: one => h(Show, { isOpen: one.delivery_id === open, onClick: () => setOpen(one.delivery_id === open ? null : one.delivery_id) }) },
    { title: 'Do', cell: one => h(Action, { label: 'Send again', call: { method: 'POST', path: `${base}/history/${one.delivery_id}/redeliver` }, cli: 'notification redeliver ' + one.delivery_id, onDone: onChange }) },
  ] });
}
