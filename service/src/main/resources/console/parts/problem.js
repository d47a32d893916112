// What the server refused: its title, what to do, and the id under which its log has the request.
import { h, tags } from '../core/dom.js';
import { Icon } from './icons.js';

const { div, p, strong, ul, li, code, button } = tags;

export function ProblemBox({ problem, onRetry }) {
  if (!problem) return null;
  const facts = problem.problem || { title: 'Something went wrong in this page', detail: String(problem.message || problem) };
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
