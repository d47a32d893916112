// Why a run or job waits, in the server's words, the strongest reason first.
import { h, tags } from '../core/dom.js';
import { get } from '../core/api.js';
import { useEvery, useLoad } from '../core/load.js';
import { Card } from './page.js';
import { Loaded } from './problem.js';
import { readable } from './badge.js';

const { ul, li, strong, p } = tags;

export const Why = ({ path, again }) => h(Card, { title: 'Why is it waiting?', kind: 'why' }, h(Reasons, { path, again }));

export function Reasons({ path, again }) {
  const why = useLoad(() => get(path), [path, again]);
  useEvery(3000, why.reload);
  return h(Loaded, { state: why, what: 'the reasons' }, found => found.reasons.length
    ? ul({ class: 'reasons' }, found.reasons.map(reason => li({ key: reason.code }, strong({}, readable(reason.code)), ' ', reason.detail)))
    : p({}, found.summary));
}
