// Short notes at the edge of the page; a refusal stays until it is closed.
import { h, tags, useEffect, useReducer } from '../core/dom.js';
import { Icon } from './icons.js';
import { ProblemBox } from './problem.js';

const { div, pre, button, strong } = tags;
const STAY = 6000;
const notes = [];
let onChange = () => {};
let count = 0;

function add(note) {
  const made = { id: ++count, ...note };
  notes.push(made);
  if (notes.length > 4) notes.shift();
  if (!note.problem) setTimeout(() => close(made.id), STAY);
  onChange();
}

function close(id) {
  const at = notes.findIndex(note => note.id === id);
  if (at >= 0) notes.splice(at, 1);
  onChange();
}

export const toast = (title, text) => add({ title, text });
export const toastProblem = problem => add({ problem });

export function Toasts() {
  const [, again] = useReducer(number => number + 1, 0);
  useEffect(() => { onChange = again; return () => { onChange = () => {}; }; }, []);
  return div({ class: 'toasts', role: 'status', 'aria-live': 'polite' }, notes.map(note =>
    div({ class: 'toast', key: note.id },
      note.problem ? h(ProblemBox, { problem: note.problem })
        : div({ class: 'toast-text' }, strong({}, note.title), note.text ? pre({}, note.text) : null),
      button({ type: 'button', class: 'button quiet', onClick: () => close(note.id), 'aria-label': 'Close' }, h(Icon, { name: 'cross' })))));
}
