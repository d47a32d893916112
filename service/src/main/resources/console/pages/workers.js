// The nodes of the installation: whether each is heard of, what it holds, and which take nothing new.
import { h, tags } from '../core/dom.js';
import { get } from '../core/api.js';
import { useEvery, useLoad } from '../core/load.js';
import { setQuery } from '../core/router.js';
import { Action, CopyMenu } from '../parts/action.js';
import { Badge } from '../parts/badge.js';
import { Empty } from '../parts/empty.js';
import { Card, Page, Stat } from '../parts/page.js';
import { Loaded } from '../parts/problem.js';
import { Pager, Table } from '../parts/table.js';
import { Elapsed, Time } from '../parts/time.js';

const { a, code, div, p, span } = tags;

export function Workers({ query }) {
  const path = '/scheduler/nodes?' + new URLSearchParams({ limit: 50, ...(query.cursor ? { cursor: query.cursor } : {}) });
  const nodes = useLoad(() => get(path), [path]);
  useEvery(2000, nodes.reload);
  return h(Page, { title: 'Workers', actions: h(CopyMenu, { label: 'This list', call: { path }, cli: 'worker list' }) },
    h(Loaded, { state: nodes, what: 'nodes' }, found => found.nodes.length ? [
      h(Numbers, { key: 'numbers', nodes: found.nodes, isPart: Boolean(query.cursor || found.next_cursor) }),
      h(Card, { key: 'list', kind: 'flush' }, h(Nodes, { nodes: found.nodes, onDone: nodes.reload }), h(Pager, { query, nextCursor: found.next_cursor, onMove: setQuery })),
      p({ key: 'note', class: 'muted' }, 'A drained node claims nothing new and goes on with what it holds; a process that is started anew is another node and takes work.')]
      : h(Empty, { icon: 'server', title: 'No node is there', purpose: 'Each process of the engine enters itself here and is heard of every few seconds.', action: a({ class: 'button', href: '#/health' }, 'Health'), cli: 'serve' })));
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
