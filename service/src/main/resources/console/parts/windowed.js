// A long list of rows of one height: only those in sight are in the page. A list that is taller than
// browsers can lay out is squeezed: the scroll bar still reaches every row.
import { h, tags, useEffect, useRef, useState } from '../core/dom.js';

const { div } = tags;
const SPARE = 20;
const TALLEST = 15_000_000;

// row(at, place) draws one; place is its style. Follows the end while `isFollowing`.
export function Windowed({ count, height, row, label, role = 'list', kind = '', isShort = false, isFollowing = false, onFollow = () => {}, children }) {
  const box = useRef(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const total = count * height;
  const tall = Math.min(total, TALLEST);
  const look = () => {
    const { scrollTop, clientHeight, scrollHeight } = box.current;
    setView({ top: scrollTop, height: clientHeight });
    return scrollTop + clientHeight >= scrollHeight - height;
  };
  useEffect(() => {
    if (isFollowing) box.current.scrollTop = box.current.scrollHeight;
    look();
  }, [count, isFollowing]);
  const room = tall - view.height;
  const shift = tall === total || room <= 0 ? 0 : Math.min(view.top, room) / room * (total - view.height) - Math.min(view.top, room);
  const first = Math.max(0, Math.floor((view.top + shift) / height) - SPARE);
  const last = Math.min(count, Math.ceil((view.top + shift + view.height) / height) + SPARE);
  const rows = [];
  for (let at = first; at < last; at++) rows.push(row(at, { top: at * height - shift + 'px', height: height + 'px' }));
  return div({ class: 'windowed ' + kind + (isShort ? ' is-short' : ''), ref: box, onScroll: () => onFollow(look()), tabIndex: 0, role, 'aria-label': label, 'aria-live': role === 'log' ? 'off' : undefined },
    div({ class: 'windowed-all', role: 'presentation', style: { height: tall + 'px' } }, rows), children);
}
