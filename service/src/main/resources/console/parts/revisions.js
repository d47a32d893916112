// What a pipeline was, change by change: who made it, what became different, and the way back.
import { h, tags, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { Action, CopyMenu } from './action.js';
import { shellWord } from './copy.js';
import { Changes, differences, split } from './diff.js';
import { Field } from './form.js';
import { Card } from './page.js';
import { Loaded } from './problem.js';
import { Time } from './time.js';
import { toast } from './toast.js';

const { button, code, details, div, p, span, summary } = tags;
const DEFINED = ['pipeline_name', 'description', 'schedule_cron', 'timezone', 'is_active', 'parameters', 'priority', 'retry_config', 'notification_emails', 'schedule_policy'];

export function Revisions({ config, path, onChange }) {
  const first = useLoad(() => get(path + '/revisions?limit=20'), [path, config.updated_at]);
  const [more, setMore] = useState({ list: [], cursor: null });
  const [pair, setPair] = useState({ from: '', to: '' });
  return h(Card, { title: 'Revisions', actions: h(CopyMenu, { label: 'The revisions', call: { path: path + '/revisions' }, cli: 'pipeline revisions ' + config.config_id }) },
    h(Loaded, { state: first, what: 'revisions' }, found => {
      const isMore = more.of === found;
      const all = [...found.revisions, ...(isMore ? more.list : [])];
      const cursor = isMore ? more.cursor : found.next_cursor;
      const read = async () => {
        const next = await get(path + '/revisions?limit=20&cursor=' + encodeURIComponent(cursor));
        setMore({ of: found, list: [...(isMore ? more.list : []), ...next.revisions], cursor: next.next_cursor });
      };
      if (!all.length) return p({ class: 'muted' }, 'The audit log has no change of this pipeline: it was made before the log began, or its entries are gone.');
      return div({}, all.length > 1 ? h(Compare, { revisions: all, pair, onChange: setPair }) : null,
        div({ class: 'entries' }, all.map((revision, at) => h(Revision, { key: revision.revision_id, revision, isNewest: at === 0, config, path, onChange }))),
        cursor ? button({ type: 'button', class: 'button', onClick: read }, 'Older ones') : null);
    }));
}

const who = revision => revision.user_id || (revision.actor.startsWith('key:') ? 'key ' + revision.actor.slice(4, 12) : revision.actor);

function Revision({ revision, isNewest, config, path, onChange }) {
  const changes = split(revision.changes);
  return details({ class: 'entry', open: isNewest || undefined },
    summary({}, span({ class: 'entry-what' }, isNewest ? 'as it is now' : word(revision.action)), span({ class: 'muted clamp' }, changes.map(change => change.field).join(', ') || 'nothing became different'), span({ class: 'entry-who' }, who(revision)), h(Time, { at: revision.at })),
    div({ class: 'entry-body' }, h(Changes, { changes, what: 'What this revision changed' }),
      div({ class: 'actions' }, span({ class: 'muted' }, 'Request ', code({}, revision.request_id)),
        isNewest || !revision.config || hasMask(revision.config) ? null : h(Action, { label: 'Go back to this', icon: 'past', call: { method: 'PATCH', path, body: wanted(revision.config, config) }, cli: `pipeline update ${config.config_id}` + Object.entries(wanted(revision.config, config)).map(([name, value]) => ' --set ' + shellWord(`${name}=${JSON.stringify(value)}`)).join(''),
          confirm: 'Make the pipeline what it was then? That is a revision, too.', onDone: () => { toast('It is again what it was'); onChange(); } }))));
}

const word = action => ({ create: 'made', configure: 'made', change: 'changed', replace: 'changed', pause: 'switched off', resume: 'switched on', activate: 'switched on' })[action.split('.').at(-1)] || action;

// A secret is not kept in the log, so it cannot be put back.
const hasMask = value => JSON.stringify(value).includes('"***"');

// What is different from now, whatever the order of its names; nothing that was empty, because an empty field is one that stays.
const isDifferent = (then, now) => differences({ it: then }, { it: now }).length > 0;
const wanted = (then, now) => Object.fromEntries(DEFINED.filter(name => then[name] !== null && then[name] !== undefined && isDifferent(then[name], now[name])).map(name => [name, settable(name, then[name])]));

// A policy is shown with all its rules; those without a value, and what the server works out, cannot be asked for.
const settable = (name, value) => name !== 'schedule_policy' ? value : Object.fromEntries(Object.entries(value).filter(([rule, one]) => one !== null && rule !== 'spread_seconds'));

function Compare({ revisions, pair, onChange }) {
  const options = [['', 'choose'], ...revisions.filter(one => one.config).map(one => [one.revision_id, `${one.at.slice(0, 19).replace('T', ' ')} UTC, ${who(one)}`])];
  const found = id => revisions.find(one => one.revision_id === id)?.config;
  const [from, to] = [found(pair.from), found(pair.to)];
  return details({ class: 'fold' }, summary({}, 'Compare two'), div({ class: 'fields' },
    h(Field, { name: 'from_revision', text: 'From', type: 'select', value: pair.from, options, onChange: value => onChange({ ...pair, from: value }) }),
    h(Field, { name: 'to_revision', text: 'To', type: 'select', value: pair.to, options, onChange: value => onChange({ ...pair, to: value }) })),
  from && to ? h(Changes, { changes: differences(from, to), what: 'What is different between the two' }) : null);
}
