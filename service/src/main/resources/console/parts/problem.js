// What the server refused: its title, what to do, and the id under which its log has the request.
import { h, tags } from '../core/dom.js';
import { Icon } from './icons.js';
import { Page } from './page.js';

const { a, div, p, strong, ul, li, code, button } = tags;

export function ProblemBox({ problem, onRetry }) {
  if (!problem) return null;
  const facts = problem.problem || (problem instanceof SyntaxError ? { title: 'This is no JSON', detail: problem.message }
    : { title: 'Something went wrong in this page', detail: String(problem.message || problem) });
  return div({ class: 'problem', role: 'alert' },
    h(Icon, { name: 'warn' }),
    div({ class: 'problem-text' },
      strong({}, facts.title || 'Refused'),
      p({}, facts.detail || ''),
      facts.errors?.length ? ul({}, facts.errors.map(error => li({}, code({}, error.field), ' ', error.detail))) : null,
      facts.request_id ? p({ class: 'muted' }, 'Request ', code({}, facts.request_id)) : null),
    onRetry ? button({ type: 'button', class: 'button', onClick: onRetry }, 'Try again') : null);
}

// The place of something that is being read: the problem, a quiet line, or the thing.
export function Loaded({ state, children, what = 'this' }) {
  if (state.data === null && state.problem) return h(ProblemBox, { problem: state.problem, onRetry: state.reload });
  if (state.data === null) return div({ class: 'loading', role: 'status' }, 'Reading ' + what + ' …');
  const content = children.length === 1 || typeof children === 'function' ? [children].flat()[0] : children;
  return h('div', { class: 'loaded' },
    state.problem ? h(ProblemBox, { problem: state.problem, onRetry: state.reload }) : null,
    typeof content === 'function' ? content(state.data) : content);
}

const REFUSED = {
  403: [noun => `Not this ${noun}`, 'The key of this session may not see it. Sign in with one that may; whoever issued the key knows which.'],
  404: [noun => `No such ${noun}`, 'It may have been deleted, or belong to somebody else. The list shows what there is.'],
};

// The place of a whole page: it has its title and its heading while it is read and when it is refused, too.
export function LoadedPage({ state, noun, crumbs, children }) {
  if (state.data !== null) return h(Loaded, { state, what: 'the ' + noun }, children);
  const [titled, advice] = REFUSED[state.problem?.status] || [() => noun.charAt(0).toUpperCase() + noun.slice(1), null];
  return h(Page, { title: titled(noun), crumbs },
    h(Loaded, { state, what: 'the ' + noun }),
    state.problem && advice ? p({}, advice) : null,
    state.problem && crumbs ? p({}, a({ class: 'button', href: crumbs[0][1] }, crumbs[0][0])) : null);
}
