// Reads something and says how that stands. What was read before stays while it is read again.
import { useEffect, useReducer, useRef, useState } from './dom.js';

const SOON = 2000;

export function useLoad(read, inputs) {
  const [state, setState] = useState({ data: null, problem: null, isLoading: true });
  const turn = useRef(0);
  const reload = async () => {
    const mine = ++turn.current;
    setState(old => ({ ...old, isLoading: true }));
    try {
      const data = await read();
      if (mine === turn.current) setState({ data, problem: null, isLoading: false });
    } catch (problem) {
      if (mine === turn.current) setState(old => ({ ...old, problem, isLoading: false }));
    }
  };
  useEffect(() => {
    setState({ data: null, problem: null, isLoading: true });
    reload();
    return () => { turn.current++; };
  }, inputs);
  // For what may happen many times a second: at once, and then at most one reading in two.
  const soon = useRef(null);
  const readAt = useRef(0);
  const reloadSoon = () => {
    soon.current ??= setTimeout(() => { soon.current = null; readAt.current = Date.now(); reload(); }, Math.max(0, readAt.current + SOON - Date.now()));
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
