// One backfill: how far it has come, and each of its instants.
import { h, tags, useEffect, useRef } from '../core/dom.js';
import { get } from '../core/api.js';
import { follow } from '../core/live.js';
import { useAgainSoon, useLoad } from '../core/load.js';
import { setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Badge, readable } from '../parts/badge.js';
import { Meter } from '../parts/chart.js';
import { useConfigNames } from '../parts/confignames.js';
import { Card, Facts, Page } from '../parts/page.js';
import { Loaded, LoadedPage } from '../parts/problem.js';
import { Pager, Table } from '../parts/table.js';
import { Time } from '../parts/time.js';

const { a, p, code } = tags;

export function Backfill({ backfill: id, query }) {
  const path = `/tenants/${encodeURIComponent(store.tenant)}/backfills/${encodeURIComponent(id)}`;
  const backfill = useLoad(() => get(path), [path]);
  const instants = useLoad(() => get(`${path}/instants?` + new URLSearchParams({ limit: 100, ...(query.cursor ? { cursor: query.cursor } : {}) })), [path, query.cursor]);
  const name = new Map(useConfigNames()).get(backfill.data?.config_id);
  const told = useTold(path);
  return h(LoadedPage, { state: backfill, crumbs: [['Backfills', to('backfills')]], noun: 'backfill' }, read => h(Shown, { found: told.backfill || read, told, instants, path, id, name, query, onChange: backfill.reload }));
}

// What the stream has told, newer than what was read: the record, and the instants that have moved.
function useTold(path) {
  const told = useRef(null);
  const [againSoon] = useAgainSoon();
  if (told.current?.path !== path) told.current = { path, backfill: null, instants: new Map() };
  useEffect(() => {
    const now = told.current;
    return follow(path + '/events', (name, data) => {
      if (name === 'backfill') now.backfill = data;
      if (name === 'instants') for (const one of data.instants) now.instants.set(one.scheduled_time, one);
      againSoon();
    });
  }, [path]);
  return told.current;
}

const Shown = ({ found, told, instants, path, id, name, query, onChange }) => h(Page, { title: `Backfill ${found.start_date} to ${found.end_date}`, crumbs: [['Backfills', to('backfills')]], badge: h(Badge, { state: found.state }), actions: [
  ...[['RUNNING', 'pause', 'Pause', 'pause'], ['PAUSED', 'resume', 'Resume', 'play']].filter(([state]) => state === found.state).map(([, verb, label, icon]) => h(Action, { key: verb, label, icon, call: { method: 'POST', path: `${path}/${verb}` }, cli: `backfill ${verb} ${id}`, onDone: onChange })),
  found.ended_at ? null : h(Action, { key: 'cancel', label: 'Cancel', kind: 'danger', icon: 'ban', call: { method: 'POST', path: path + '/cancel' }, cli: 'backfill cancel ' + id, confirm: 'Cancel this backfill, and the runs that it has begun?', onDone: onChange }),
  h(CopyMenu, { key: 'show', label: 'This backfill', call: { path }, cli: 'backfill show ' + id })],
  note: [found.waiting_for ? p({ key: 'waits', class: 'note' }, found.waiting_for.detail) : null, found.end_reason ? p({ key: 'end', class: 'note' }, found.end_reason) : null] },
  h(Card, { title: 'Progress' }, h(Meter, { name: 'Instants that are over', used: found.progress.total - found.progress.waiting - found.progress.running, limit: found.progress.total, percent: found.progress.percent, state: 'OK' }),
    h(Facts, { facts: [...['waiting', 'running', 'completed', 'failed', 'skipped', 'cancelled', 'left_out'].map(name => [readable(name), found.progress[name]]), ['Mode', readable(found.mode)], ['At once', found.max_concurrent], ['Pipeline', a({ href: to('pipelines', found.config_id) }, name || code({}, found.config_id.slice(0, 13)))], ['Asked', h(Time, { at: found.created_at })], ['Ended', found.ended_at ? h(Time, { at: found.ended_at }) : null]] })),
  h(Card, { title: 'Instants', kind: 'flush' }, h(Loaded, { state: instants, what: 'instants' }, all => [h(Table, { key: 'list', what: 'Instants', rows: all.instants.map(one => told.instants.get(one.scheduled_time) || one), id: one => one.scheduled_time, columns: [
    { title: 'State', cell: one => h(Badge, { state: one.state }) },
    { title: 'Instant', cell: one => h(Time, { at: one.scheduled_time, hasSeconds: false }) },
    { title: 'Run', cell: one => one.run_id ? a({ href: to('runs', one.run_id) }, 'Run') : '–' },
    { title: 'Reason', cell: one => one.reason || '' }] }), h(Pager, { key: 'pager', query, nextCursor: all.next_cursor, onMove: setQuery })])));
