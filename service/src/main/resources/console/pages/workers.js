// The nodes of the installation: whether each is heard of, what it holds, and which take nothing new.
import { h, tags, useEffect, useRef, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { follow } from '../core/live.js';
import { useAgainSoon, useEvery, useLoad } from '../core/load.js';
import { setQuery } from '../core/router.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Badge } from '../parts/badge.js';
import { Empty } from '../parts/empty.js';
import { LiveDot } from '../parts/livedot.js';
import { Card, Page, Stat } from '../parts/page.js';
import { Loaded } from '../parts/problem.js';
import { Pager, Table } from '../parts/table.js';
import { Elapsed, Time } from '../parts/time.js';

const { a, code, div, p, span } = tags;
const LIMIT = 50;

export function Workers({ query }) {
  const path = '/scheduler/nodes?' + new URLSearchParams({ limit: LIMIT, ...(query.cursor ? { cursor: query.cursor } : {}) });
  const nodes = useLoad(() => get(path), [path]);
  const { live, nodes: told } = useTold();
  useEvery(2000, () => { if (live !== 'live') nodes.reload(); });
  return h(Page, { title: 'Workers', badge: h(LiveDot, { state: live }), actions: h(CopyMenu, { label: 'This list', call: { path }, cli: 'worker list' }) },
    h(Loaded, { state: nodes, what: 'nodes' }, found => found.nodes.length ? [
      h(Numbers, { key: 'numbers', nodes: shown(found.nodes, told, query.cursor), isPart: Boolean(query.cursor || found.next_cursor) }),
      h(Card, { key: 'list', kind: 'flush' }, h(Nodes, { nodes: shown(found.nodes, told, query.cursor), onDone: nodes.reload }), h(Pager, { query, nextCursor: found.next_cursor, onMove: setQuery })),
      p({ key: 'note', class: 'muted' }, 'A drained node claims nothing new and goes on with what it holds; a process that is started anew is another node and takes work.')]
      : h(Empty, { icon: 'server', title: 'No node is there', purpose: 'Each process of the engine enters itself here and is heard of every few seconds.', action: a({ class: 'button', href: '#/health' }, 'Health'), cli: 'serve' })));
}

// What the stream has told: it begins with all nodes, then names each that has changed or is gone.
function useTold() {
  const told = useRef({ nodes: null });
  const [live, setLive] = useState('connecting');
  const [againSoon] = useAgainSoon();
  useEffect(() => follow('/scheduler/nodes/events', (name, data) => {
    const now = told.current;
    if (name === 'nodes') now.nodes = new Map(data.nodes.map(node => [node.node_id, node]));
    if (name === 'node') now.nodes.set(data.node_id, data);
    if (name === 'gone') now.nodes.delete(data.node_id);
    againSoon();
  }, setLive), []);
  return { live, nodes: live === 'live' ? told.current.nodes : null };
}

// The first page is the newest of those that were told; the pages behind it are told of what they show.
function shown(read, told, cursor) {
  if (!told) return read;
  if (cursor) return read.map(node => told.get(node.node_id) || node);
  return [...told.values()].sort((one, other) => other.started_at.localeCompare(one.started_at)).slice(0, LIMIT);
}

function Numbers({ nodes, isPart }) {
  const sum = name => nodes.reduce((all, node) => all + node[name], 0);
  const count = state => nodes.filter(node => node.state === state).length;
  return div({ class: 'stats' },
    h(Stat, { label: 'Nodes', value: nodes.length + (isPart ? '+' : '') }),
    h(Stat, { label: 'Slots', value: sum('slots'), note: 'jobs at once' }),
    h(Stat, { label: 'Running', value: sum('running') }),
    h(Stat, { label: 'Draining', value: count('DRAINING') + count('DRAINED'), kind: count('DRAINING') ? 'is-warn' : '' }),
    h(Stat, { label: 'Silent', value: count('SILENT'), kind: count('SILENT') ? 'is-bad' : '' }));
}

const Nodes = ({ nodes, onDone }) => h(Table, { what: 'Nodes', rows: nodes, id: node => node.node_id, columns: [
  { title: 'State', cell: node => h(Badge, { state: node.state }) },
  { title: 'Node', cell: node => [code({}, node.node_id.slice(0, 8)), ' ', node.is_answering ? span({ class: 'muted' }, 'answers you') : null] },
  { title: 'Machine', cell: node => [node.host, ' ', span({ class: 'muted' }, 'process ' + node.pid)] },
  { title: 'Heartbeat', cell: node => [h(Elapsed, { from: node.heartbeat_at }), ' ago'] },
  { title: 'Holds', isNumber: true, cell: node => `${node.running} of ${node.slots}` },
  { title: 'Oldest', isNumber: true, cell: node => node.oldest_claim_at ? h(Elapsed, { from: node.oldest_claim_at }) : '–' },
  { title: 'Since', cell: node => h(Time, { at: node.started_at }) },
  { title: 'Do', cell: node => node.is_draining
    ? h(Action, { label: 'Take work again', icon: 'play', call: { method: 'POST', path: `/scheduler/nodes/${node.node_id}/resume` }, cli: 'worker resume ' + node.node_id, onDone })
    : h(Action, { label: 'Drain', icon: 'pause', call: { method: 'POST', path: `/scheduler/nodes/${node.node_id}/drain` }, cli: 'worker drain ' + node.node_id, confirm: `Drain ${node.host}, process ${node.pid}? It claims nothing new; what it holds goes on.`, onDone }) },
] });
