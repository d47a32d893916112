// The head of a page, its cards, and lists of facts.
import { h, tags, useEffect } from '../core/dom.js';

const { div, section, h1, h2, header, dl, dt, dd, nav, a, span } = tags;

export function Page({ title, crumbs, badge, actions, note, children }) {
  useEffect(() => { document.title = `${title} · Convergence`; }, [title]);
  return div({ class: 'page' },
    header({ class: 'page-head' },
      div({ class: 'page-title' },
        crumbs?.length ? nav({ class: 'crumbs', 'aria-label': 'Where you are' }, crumbs.map(([text, target]) =>
          span({ key: text }, a({ href: target }, text), span({ 'aria-hidden': 'true' }, ' / ')))) : null,
        h1({}, title), badge || null),
      actions ? div({ class: 'actions' }, actions) : null),
    note ? div({ class: 'page-note' }, note) : null,
    children);
}

export function Card({ title, actions, children, kind = '' }) {
  return section({ class: 'card ' + kind },
    title || actions ? header({ class: 'card-head' }, title ? h2({}, title) : span({}), actions ? div({ class: 'actions' }, actions) : null) : null,
    children);
}

// facts: [name, value] pairs; those without a value are left out.
export function Facts({ facts }) {
  return dl({ class: 'facts' }, facts.filter(fact => fact && fact[1] !== null && fact[1] !== undefined && fact[1] !== '')
    .map(([name, value]) => div({ key: name }, dt({}, name), dd({}, value))));
}

export const Stat = ({ label, value, note, href, kind = '' }) => {
  const content = [span({ class: 'stat-label' }, label), span({ class: 'stat-value' }, value), note ? span({ class: 'stat-note' }, note) : null];
  return href ? a({ class: 'stat ' + kind, href }, content) : div({ class: 'stat ' + kind }, content);
};
