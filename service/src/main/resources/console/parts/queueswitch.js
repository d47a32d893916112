// Stops and starts a tenant's queue. A stopped queue starts nothing, and lets what runs end.
import { h } from '../core/dom.js';
import { Action } from './action.js';

export const QueueSwitch = ({ state, onDone }) => state === 'RUNNING'
  ? h(Action, { label: 'Stop the queue', icon: 'pause', call: { method: 'POST', path: '/scheduler/stop', body: { timeout: 1 } }, cli: 'queue stop', confirm: 'Stop the queue? Nothing starts until it is started again; what runs goes on.', onDone })
  : state ? h(Action, { label: 'Start the queue', icon: 'play', kind: 'primary', call: { method: 'POST', path: '/scheduler/start' }, cli: 'queue start', onDone }) : null;
