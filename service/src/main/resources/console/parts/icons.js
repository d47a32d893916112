// Small pictures, each beside a word that says the same; so they are hidden from readers of words.
import { h } from '../core/dom.js';

const PATHS = {
  check: 'M3 8.5l3.2 3.2L13 5',
  cross: 'M4 4l8 8M12 4l-8 8',
  play: 'M5 3.5v9l7.5-4.5z',
  clock: 'M8 4.5V8l2.5 1.7M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0',
  pause: 'M5.5 4v8M10.5 4v8',
  skip: 'M4 4l5 4-5 4zM12 4v8',
  ban: 'M3.8 3.8l8.4 8.4M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0',
  warn: 'M8 2.5l6 11H2zM8 6.5v3.2M8 11.6v.4',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7M13.2 2.2v2.9h-2.9',
  run: 'M8 2a6 6 0 1 1-6 6',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  copy: 'M6 6V3.5h6.5V10H10M3.5 6H10v6.5H3.5z',
  plus: 'M8 3v10M3 8h10',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.1 1.1M11.9 11.9L13 13M3 13l1.1-1.1M11.9 4.1L13 3',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z',
  screen: 'M2.5 3.5h11v7h-11zM6 13h4M8 10.5V13',
  out: 'M9.5 3H13v10H9.5M2.5 8h7M7 5.5L9.5 8 7 10.5',
  home: 'M2.5 8L8 3l5.5 5M4 7v6h8V7',
  flow: 'M2.5 4h4v3h-4zM9.5 9h4v3h-4zM6.5 5.5h2.2v5h.8',
  list: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01',
  box: 'M2.5 5L8 2.5 13.5 5v6L8 13.5 2.5 11zM2.5 5L8 7.5 13.5 5M8 7.5v6',
  stack: 'M8 2.5L14 5.5 8 8.5 2 5.5zM2 8.5l6 3 6-3M2 11.3l6 3 6-3',
  key: 'M6.5 9.5a3 3 0 1 0-2.1.9A3 3 0 0 0 6.5 9.5zM6.7 9.3L13 3M11 5l2 2',
  chart: 'M2.5 13.5h11M4.5 11V8M8 11V4M11.5 11V6.5',
  people: 'M6 8a2.3 2.3 0 1 0 0-4.6A2.3 2.3 0 0 0 6 8zM2 13c0-2.2 1.8-3.6 4-3.6s4 1.4 4 3.6M11 8a2 2 0 0 0 0-4M12 9.6c1.3.4 2.2 1.6 2.2 3.1',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4l1.2 1.2H2.8zM7 14h2',
  pulse: 'M1.5 8.5h3l2-5 3 9 2-4h3',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.8h11M6.5 6.8v5.7',
  past: 'M3 8a5 5 0 1 0 1.6-3.7M2.8 2.2v2.9h2.9M8 5.3V8l2 1.3',
  coin: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 4.5v7M10 6.2H7.2a1 1 0 0 0 0 1.9h1.6a1 1 0 0 1 0 1.9H6',
  shield: 'M8 2l5 2v4c0 3-2 5-5 6-3-1-5-3-5-6V4z',
  queue: 'M2.5 4h11M2.5 8h7M2.5 12h4M12 8v5M10 11l2 2 2-2',
  server: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01',
  scroll: 'M4 2.5h8v11H4zM6 5.5h4M6 8h4M6 10.5h2.5',
  mail: 'M2.5 4h11v8h-11zM2.5 4.5L8 9l5.5-4.5',
  heart: 'M8 13L3 8a3 3 0 0 1 5-3.3A3 3 0 0 1 13 8z',
  search: 'M11 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM10 10l3.5 3.5',
};

export function Icon({ name, size = 16 }) {
  return h('svg', { class: 'icon icon-' + name, width: size, height: size, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
    h('path', { d: PATHS[name] || PATHS.more }));
}
