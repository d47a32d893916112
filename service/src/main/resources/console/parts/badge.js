// A state: colour, picture and word, so that none is needed to read it.
import { h } from '../core/dom.js';
import { Icon } from './icons.js';

const LOOKS = {
  QUEUED: ['grey', 'clock'], PENDING: ['grey', 'clock'], SCHEDULED: ['grey', 'clock'], WAITING: ['grey', 'clock'],
  RUNNING: ['blue', 'run'], PROCESSING: ['blue', 'run'], RETRYING: ['blue', 'retry'], PLANNED: ['plain', 'clock'],
  COMPLETED: ['green', 'check'], SUCCESS: ['green', 'check'], FIRED: ['green', 'check'], PASS: ['green', 'check'],
  VALID: ['green', 'check'], ACTIVE: ['green', 'check'], DELIVERED: ['green', 'check'], OK: ['green', 'check'],
  FAILED: ['red', 'cross'], FAIL: ['red', 'cross'], INVALID: ['red', 'cross'], EXPIRED: ['red', 'cross'],
  EXHAUSTED: ['red', 'warn'], SUSPENDED: ['red', 'ban'],
  CANCELLED: ['slate', 'ban'], REVOKED: ['slate', 'ban'], PAUSED: ['slate', 'pause'], ENDED: ['slate', 'ban'], STOPPED: ['slate', 'pause'],
  SKIPPED: ['light', 'skip'], LEFT_OUT: ['light', 'skip'],
  NEW: ['blue', 'plus'], OPEN: ['amber', 'warn'], REOPENED: ['orange', 'retry'], CHANGED: ['blue', 'pulse'], RESOLVED: ['green', 'check'], MUTED: ['light', 'ban'], EXEMPT: ['light', 'skip'],
  CRITICAL: ['red', 'warn'], HIGH: ['orange', 'warn'], ERROR: ['red', 'cross'], MEDIUM: ['amber', 'warn'], LOW: ['grey', 'more'], INFO: ['grey', 'more'],
  DONE: ['green', 'check'], REFUSED: ['amber', 'ban'], REPLAYED: ['slate', 'retry'], HELD: ['slate', 'pause'], UNCERTAIN: ['amber', 'warn'],
  ALIVE: ['green', 'check'], DRAINING: ['amber', 'pause'], DRAINED: ['slate', 'pause'], SILENT: ['red', 'warn'], FAILURES: ['red', 'pause'], WARN: ['amber', 'warn'],
  WARNING: ['amber', 'warn'], PARTIAL: ['amber', 'warn'], TRIAL: ['amber', 'clock'], LATE: ['amber', 'clock'], STOPPING: ['amber', 'pause'],
  TIMED_OUT: ['orange', 'clock'],
};

export function Badge({ state, title, note }) {
  const word = String(state ?? 'UNKNOWN');
  const [colour, icon] = LOOKS[word] || (word.startsWith('SKIPPED') ? LOOKS.SKIPPED : ['grey', 'more']);
  return h('span', { class: 'badge badge-' + colour, title, 'data-state': word },
    h(Icon, { name: icon, size: 13 }), readable(word), note ? h('span', { class: 'badge-note' }, note) : null);
}

const AS_THEY_ARE = new Set(['OK', 'API', 'SQL']);

export const readable = word => AS_THEY_ARE.has(word.toUpperCase()) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase().replaceAll('_', ' ');

export const colourOf = state => (LOOKS[state] || (String(state).startsWith('SKIPPED') ? LOOKS.SKIPPED : ['grey']))[0];

export const iconOf = state => (LOOKS[state] || (String(state).startsWith('SKIPPED') ? LOOKS.SKIPPED : ['', 'more']))[1];

export const HAS_ENDED = new Set(['COMPLETED', 'FAILED', 'SKIPPED', 'CANCELLED']);
