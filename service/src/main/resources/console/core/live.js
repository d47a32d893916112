// Server-sent events, read with fetch, because EventSource can neither name the tenant nor show a
// problem. After a break the stream goes on behind the last id that was read.
import { useEffect, useRef } from './dom.js';
import { refusal, url } from './api.js';
import { store, update } from './store.js';

const PAUSE_MIN = 500;
const PAUSE_MAX = 15000;

// Reads one stream until it is stopped, or until it says `end`. A hidden page lets go of it, because
// a browser has six connections for all its tabs, and goes on where it was when it is shown.
export function follow(path, onEvent, onState = () => {}) {
  let stop = new AbortController();
  let isOver = false;
  let lastId = null;
  let pause = PAUSE_MIN;
  let timer = null;

  async function read() {
    if (isOver || document.hidden) return onState('off');
    const mine = stop = new AbortController();
    onState('connecting');
    const headers = { Accept: 'text/event-stream' };
    if (lastId !== null) headers['Last-Event-ID'] = lastId;
    if (store.session?.role === 'OPERATOR' && store.tenant) headers['X-Act-For-Tenant'] = store.tenant;
    try {
      const answer = await fetch(url(path), { headers, signal: mine.signal, cache: 'no-store' });
      if (!answer.ok) {
        const refused = await refusal(answer);
        if (answer.status < 500 && answer.status !== 429) return end('off');
        throw refused;
      }
      onState('live');
      pause = PAUSE_MIN;
      if (await parse(answer.body.getReader())) return end('ended');
    } catch (failure) {
      if (mine.signal.aborted) return undefined;
    }
    if (mine.signal.aborted) return undefined;
    onState('lost');
    timer = setTimeout(read, pause);
    pause = Math.min(pause * 2, PAUSE_MAX);
    return undefined;
  }

  function end(state) {
    isOver = true;
    onState(state);
  }

  function onVisibility() {
    clearTimeout(timer);
    stop.abort();
    read();
  }

  // True when the server said that nothing more will come.
  async function parse(reader) {
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return false;
      rest += decoder.decode(value, { stream: true });
      let cut;
      while ((cut = rest.indexOf('\n\n')) >= 0) {
        const event = fields(rest.slice(0, cut));
        rest = rest.slice(cut + 2);
        if (event.id !== undefined) lastId = event.id;
        if (event.event === 'end') return true;
        if (event.data !== undefined) onEvent(event.event || 'message', JSON.parse(event.data));
      }
    }
  }

  document.addEventListener('visibilitychange', onVisibility);
  read();
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', onVisibility);
    clearTimeout(timer);
    stop.abort();
  };
}

function fields(block) {
  const found = {};
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) found[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
  }
  return found;
}

// ---- one stream of the tenant for the whole console

const listeners = new Set();
let running = null;
let queue = null;

export function startTenantStream() {
  stopTenantStream();
  if (!store.tenant) return;
  running = follow('/events', (name, data) => {
    if (name === 'queue') queue = data;
    listeners.forEach(listener => listener(name, data));
  }, state => update({ live: state }));
}

export function stopTenantStream() {
  if (running) running();
  running = null;
  queue = null;
  update({ live: 'off' });
}

export function useLive(listener) {
  const newest = useRef(listener);
  newest.current = listener;
  useEffect(() => {
    const listening = (name, data) => newest.current(name, data);
    listeners.add(listening);
    if (queue) listening('queue', queue);
    return () => listeners.delete(listening);
  }, []);
}
