// A small menu under a button; Escape, a click elsewhere and scrolling close it. It stands above everything, so
// that no table cuts it, and inside the window.
import { h, tags, useEffect, useRef, useState } from '../core/dom.js';
import { Icon } from './icons.js';

const { span, button, ul, li } = tags;
const GAP = 4;

export function Menu({ label, items, icon = 'more', text, kind = '' }) {
  const [isOpen, setOpen] = useState(false);
  const place = useRef(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const outside = event => { if (!place.current?.contains(event.target)) setOpen(false); };
    const escape = event => {
      if (event.key === 'Escape') { setOpen(false); place.current?.querySelector('button')?.focus(); }
    };
    addEventListener('pointerdown', outside);
    addEventListener('keydown', escape);
    const close = () => setOpen(false);
    const scrolled = event => { if (event.target.contains(place.current)) close(); };
    put(place.current);
    place.current?.querySelector('li button')?.focus({ preventScroll: true });
    addEventListener('scroll', scrolled, true);
    addEventListener('resize', close);
    return () => {
      removeEventListener('pointerdown', outside);
      removeEventListener('keydown', escape);
      removeEventListener('scroll', scrolled, true);
      removeEventListener('resize', close);
    };
  }, [isOpen]);
  return span({ class: 'menu', ref: place },
    button({ type: 'button', class: 'button menu-button ' + kind, 'aria-expanded': String(isOpen), 'aria-label': label, title: label,
      onClick: () => setOpen(!isOpen) }, h(Icon, { name: icon }), text),
    isOpen ? ul({ class: 'menu-list' }, items.map(item => li({ key: item.label },
      button({ type: 'button', 'aria-pressed': item.isChosen === undefined ? undefined : String(item.isChosen),
        onClick: () => { setOpen(false); item.action(); } },
      item.icon ? h(Icon, { name: item.icon }) : null, item.label, item.isChosen ? h(Icon, { name: 'check' }) : null)))) : null);
}

// Below the button and flush with its right edge where there is room for that.
function put(place) {
  const button = place.querySelector('button').getBoundingClientRect();
  const list = place.querySelector('.menu-list');
  const isBelow = button.bottom + GAP + list.offsetHeight < innerHeight;
  list.style.top = (isBelow ? button.bottom + GAP : Math.max(GAP, button.top - GAP - list.offsetHeight)) + 'px';
  list.style.left = Math.max(GAP, Math.min(button.right, innerWidth - GAP) - list.offsetWidth) + 'px';
}
