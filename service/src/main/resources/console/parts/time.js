// Instants in the chosen zone, with the zone beside them, and lengths of time.
import { h, useEffect, useReducer } from '../core/dom.js';
import { store, useStore } from '../core/store.js';

const formats = new Map();

export const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

export function zoneName(choice = store.zone) {
  if (choice === 'browser') return browserZone();
  return choice === 'utc' ? 'UTC' : store.tenantZone || 'UTC';
}

function format(zone, parts) {
  const key = zone + JSON.stringify(parts);
  if (!formats.has(key)) {
    let made;
    try { made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...parts }); }
    catch (e) { made = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hourCycle: 'h23', ...parts }); }
    formats.set(key, made);
  }
  return formats.get(key);
}

const DATE = { year: 'numeric', month: 'short', day: '2-digit' };
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit' };

export function offset(instant, zone) {
  if (zone === 'UTC') return 'UTC';
  const part = format(zone, { timeZoneName: 'short' }).formatToParts(new Date(instant)).find(p => p.type === 'timeZoneName');
  return part ? part.value : zone;
}

// The day as YYYY-MM-DD in a zone.
export function dayIn(instant, zone) {
  const parts = Object.fromEntries(format(zone, { year: 'numeric', month: '2-digit', day: '2-digit' })
    .formatToParts(new Date(instant)).map(p => [p.type, p.value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}

export const clockIn = (instant, zone, withSeconds = true) =>
  format(zone, withSeconds ? CLOCK : { hour: '2-digit', minute: '2-digit' }).format(new Date(instant));

export function Time({ at, zone, hasSeconds = true, isRelative = false }) {
  useStore();
  if (!at) return h('span', { class: 'muted' }, '–');
  const used = zone || zoneName();
  const date = format(used, DATE).format(new Date(at));
  const clock = clockIn(at, used, hasSeconds);
  return h('time', { dateTime: at, title: `${at} · ${used}` },
    isRelative ? h(Ago, { at }) : null,
    h('span', { class: isRelative ? 'muted nowrap' : 'nowrap' }, h('span', { class: 'nowrap whole' }, date), ' ', h('span', { class: 'nowrap whole' }, clock, ' ', h('span', { class: 'zone' }, offset(at, used)))));
}

function Ago({ at }) {
  useTick(10000);
  return h('span', { class: 'ago' }, ago(at), ' ');
}

export function ago(at) {
  const milliseconds = Date.now() - new Date(at).getTime();
  const text = length(Math.abs(milliseconds), true);
  return milliseconds >= 0 ? text + ' ago' : 'in ' + text;
}

// A length of time in its two largest units; in one where that is enough.
export function length(milliseconds, isShort = false) {
  if (milliseconds == null || Number.isNaN(milliseconds)) return '–';
  if (milliseconds < 1000) return isShort ? 'a moment' : Math.round(milliseconds) + ' ms';
  const seconds = milliseconds / 1000;
  if (seconds < 60) return (isShort || seconds >= 10 ? Math.round(seconds) : seconds.toFixed(1)) + ' s';
  const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  const at = units.findIndex(([, size]) => seconds >= size);
  const [name, size] = units[at];
  const whole = Math.floor(seconds / size);
  if (isShort || at === 3) return `${whole} ${name}`;
  const [next, smaller] = units[at + 1];
  const rest = Math.floor((seconds - whole * size) / smaller);
  return rest ? `${whole} ${name} ${rest} ${next}` : `${whole} ${name}`;
}

// Draws again every so often while something counts up.
export function useTick(milliseconds, isOn = true) {
  const [, again] = useReducer(count => count + 1, 0);
  useEffect(() => {
    if (!isOn) return undefined;
    const timer = setInterval(again, milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds, isOn]);
}

export function Elapsed({ from, to }) {
  useTick(1000, Boolean(from) && !to);
  if (!from) return h('span', { class: 'muted' }, '–');
  return h('span', { class: 'number' }, length((to ? new Date(to) : new Date()) - new Date(from)));
}
