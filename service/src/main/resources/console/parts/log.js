// A log that may be long: only the lines in sight are in the page. Follows the end until somebody
// scrolls up.
import { h, tags, useEffect, useMemo, useRef, useState } from '../core/dom.js';
import { saveAs } from '../core/api.js';
import { clockIn, offset, zoneName } from './time.js';
import { useStore } from '../core/store.js';
import { Icon } from './icons.js';

const { div, button, input, label, span } = tags;
const LINE = 20;
const SPARE = 20;

export function Log({ lines, name, isLive }) {
  useStore();
  const [search, setSearch] = useState('');
  const [isFollowing, setFollowing] = useState(true);
  const [view, setView] = useState({ top: 0, height: 400 });
  const box = useRef(null);
  const zone = zoneName();
  const wanted = search.toLowerCase();
  const found = useMemo(() => wanted ? lines.filter(line => line.text.toLowerCase().includes(wanted)) : lines, [lines, lines.length, wanted]);
  useEffect(() => {
    if (isFollowing && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [found.length, isFollowing]);
  const onScroll = () => {
    const { scrollTop, clientHeight, scrollHeight } = box.current;
    setView({ top: scrollTop, height: clientHeight });
    setFollowing(scrollTop + clientHeight >= scrollHeight - LINE);
  };
  const first = Math.max(0, Math.floor(view.top / LINE) - SPARE);
  const last = Math.min(found.length, Math.ceil((view.top + view.height) / LINE) + SPARE);
  return div({ class: 'log' },
    div({ class: 'log-tools' },
      label({ class: 'offscreen', for: 'log-search' }, 'Search the log'),
      input({ id: 'log-search', type: 'search', placeholder: 'Search the log', value: search, onInput: event => setSearch(event.target.value) }),
      span({ class: 'muted' }, `${found.length} of ${lines.length} lines · ${lines.length ? offset(lines[0].at, zone) : zone}`, isLive ? ' · live' : ''),
      span({ class: 'spring' }),
      isFollowing ? null : button({ type: 'button', class: 'button', onClick: () => setFollowing(true) }, 'To the end'),
      button({ type: 'button', class: 'button', disabled: !lines.length, onClick: () => saveAs(
        new Blob(lines.map(line => `${line.at} ${line.text}\n`), { type: 'text/plain' }), name + '.log') }, 'Download')),
    div({ class: 'log-lines', ref: box, onScroll, tabIndex: 0, role: 'log', 'aria-label': 'Log of ' + name, 'aria-live': 'off' },
      div({ style: { height: found.length * LINE + 'px', position: 'relative' } },
        found.slice(first, last).map((line, at) => div({ key: line.number, class: 'log-line ' + kind(line.text), style: { top: (first + at) * LINE + 'px' } },
          span({ class: 'log-time' }, clockIn(line.at, zone)), span({ class: 'log-text' }, line.text)))),
      found.length ? null : div({ class: 'log-none' }, lines.length ? 'No line has that text.' : isLive ? 'Nothing has been written yet.' : 'Nothing was written.')));
}

const kind = text => /\b(FAILED|error|refused)\b/i.test(text) ? 'is-bad' : /\b(WARN|SKIPPED|retry)\b/i.test(text) ? 'is-warn' : '';
