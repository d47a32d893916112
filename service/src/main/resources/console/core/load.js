// Reads something and says how that stands. What was read before stays while it is read again.
import { useEffect, useReducer, useRef, useState } from './dom.js';

const SOON = 2000;

// soonest: how long at least between two readings that were asked for by `reloadSoon`.
export function useLoad(read, inputs, soonest = SOON) {
  const [state, setState] = useState({ data: null, problem: null, isLoading: true });
  const turn = useRef(0);
  const shown = useRef(0);
  // An answer is shown unless a later question was answered before it: on a slow line, each is overtaken by the next.
  const reload = async () => {
    const mine = ++turn.current;
    const isNewest = () => mine > shown.current && Boolean(shown.current = mine);
    setState(old => ({ ...old, isLoading: true }));
    try {
      const data = await read();
      if (isNewest()) setState({ data, problem: null, isLoading: false });
    } catch (problem) {
      if (isNewest()) setState(old => ({ ...old, problem, isLoading: false }));
    }
  };
  useEffect(() => {
    setState({ data: null, problem: null, isLoading: true });
    reload();
    return () => { shown.current = turn.current; };
  }, inputs);
  // For what may happen many times a second: at once, and then seldom enough.
  const soon = useRef(null);
  const readAt = useRef(0);
  const reloadSoon = () => {
    soon.current ??= setTimeout(() => { soon.current = null; readAt.current = Date.now(); reload(); }, Math.max(0, readAt.current + soonest - Date.now()));
  };
  useEffect(() => () => clearTimeout(soon.current), []);
  const change = edit => setState(old => old.data === null ? old : { ...old, data: edit(old.data) });
  return { ...state, reload, reloadSoon, change };
}

// Draws again soon after it was asked to, however often that is: for streams.
export function useAgainSoon(milliseconds = 60) {
  const [count, again] = useReducer(number => number + 1, 0);
  const timer = useRef(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  return [() => { timer.current ??= setTimeout(() => { timer.current = null; again(); }, milliseconds); }, count];
}

export function useEvery(milliseconds, action) {
  const newest = useRef(action);
  newest.current = action;
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) newest.current(); }, milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}
