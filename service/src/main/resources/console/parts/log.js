// A log that may be long: only the lines in sight are in the page, and a search goes through it a
// slice at a time. Follows the end until somebody scrolls up.
import { h, tags, useEffect, useReducer, useRef, useState } from '../core/dom.js';
import { saveAs } from '../core/api.js';
import { useStore } from '../core/store.js';
import { CopyMenu } from './action.js';
import { clockIn, offset, zoneName } from './time.js';
import { Windowed } from './windowed.js';
import { counted } from './words.js';

const { div, button, input, label, span } = tags;
const LINE = 20;
const FEW = 14;
const SLICE = 20_000;

// lines: [{number, at, text}]; the same array, which only grows.
// copies: {call, cli}, the log as a command. The file is made of the lines that are here.
export function Log({ lines, name, isLive, isTold = true, copies }) {
  useStore();
  const [search, setSearch] = useState('');
  const [isFollowing, setFollowing] = useState(true);
  const zone = zoneName();
  const { found, isSearching } = useFound(lines, search.toLowerCase());
  const count = found ? found.length : lines.length;
  const line = at => lines[found ? found[at] : at];
  return div({ class: 'log' },
    div({ class: 'log-tools' },
      label({ class: 'offscreen', for: 'log-search' }, 'Search the log'),
      input({ id: 'log-search', type: 'search', placeholder: 'Search the log', value: search, onInput: event => setSearch(event.target.value) }),
      span({ class: 'muted' }, found ? `${many(count)} of ${counted(lines.length, 'line')}` : counted(count, 'line'), isSearching ? ' · searching' : '', ` · ${lines.length ? offset(lines[0].at, zone) : zone}`, isLive ? ' · live' : ''),
      span({ class: 'spring' }),
      isFollowing ? null : button({ type: 'button', class: 'button', onClick: () => setFollowing(true) }, 'To the end'),
      button({ type: 'button', class: 'button', disabled: !lines.length, onClick: () => saveAs(
        new Blob(lines.map(one => `${one.at} ${one.text}\n`), { type: 'text/plain' }), name + '.log') }, 'Download'),
      copies ? h(CopyMenu, { label: 'Download', ...copies }) : null),
    h(Windowed, { kind: 'log-lines', role: 'log', label: 'Log of ' + name, count, height: LINE, isShort: !isLive && lines.length < FEW, isFollowing, onFollow: setFollowing,
      row: (at, place) => div({ key: at, class: 'log-line ' + kind(line(at).text), style: place },
        span({ class: 'log-time' }, clockIn(line(at).at, zone)), span({ class: 'log-text' }, line(at).text)) },
    count ? null : div({ class: 'log-none' }, lines.length ? isSearching ? 'Searching …' : 'No line has that text.' : !isTold ? 'Reading the log …' : isLive ? 'Nothing has been written yet.' : 'Nothing was written.')));
}

const many = count => count.toLocaleString('en-GB');

const kind = text => /\b(FAILED|error|refused)\b/i.test(text) ? 'is-bad' : /\b(WARN|SKIPPED|retry)\b/i.test(text) ? 'is-warn' : '';

// Which lines have a text; null when none is asked for. What was searched is not searched again.
function useFound(lines, wanted) {
  const known = useRef({});
  const [, again] = useReducer(count => count + 1, 0);
  if (known.current.wanted !== wanted || known.current.lines !== lines) known.current = { wanted, lines, upTo: 0, found: [] };
  useEffect(() => {
    if (!wanted) return undefined;
    let timer = null;
    const scan = () => {
      const now = known.current;
      const until = Math.min(lines.length, now.upTo + SLICE);
      for (; now.upTo < until; now.upTo++) if (lines[now.upTo].text.toLowerCase().includes(wanted)) now.found.push(now.upTo);
      again();
      if (now.upTo < lines.length) timer = setTimeout(scan);
    };
    scan();
    return () => clearTimeout(timer);
  }, [wanted, lines, lines.length]);
  return wanted ? { found: known.current.found, isSearching: known.current.upTo < lines.length } : { found: null, isSearching: false };
}
