// A small menu under a button; Escape and a click elsewhere close it.
import { h, tags, useEffect, useRef, useState } from '../core/dom.js';
import { Icon } from './icons.js';

const { span, button, ul, li } = tags;

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
    place.current?.querySelector('li button')?.focus();
    return () => { removeEventListener('pointerdown', outside); removeEventListener('keydown', escape); };
  }, [isOpen]);
  return span({ class: 'menu', ref: place },
    button({ type: 'button', class: 'button menu-button ' + kind, 'aria-expanded': String(isOpen), 'aria-label': label, title: label,
      onClick: () => setOpen(!isOpen) }, h(Icon, { name: icon }), text),
    isOpen ? ul({ class: 'menu-list' }, items.map(item => li({ key: item.label },
      button({ type: 'button', 'aria-pressed': item.isChosen === undefined ? undefined : String(item.isChosen),
        onClick: () => { setOpen(false); item.action(); } },
      item.icon ? h(Icon, { name: item.icon }) : null, item.label, item.isChosen ? h(Icon, { name: 'check' }) : null)))) : null);
}
