// What stands around every page: navigation, whose data it is, the stream's state, zone, theme.
import { h, tags, useEffect, useState } from './core/dom.js';
import { base, get, send } from './core/api.js';
import { startTenantStream, stopTenantStream } from './core/live.js';
import { address, go, here, useAddress } from './core/router.js';
import { isOperator, remember, store, update, useStore } from './core/store.js';
import { Icon } from './parts/icons.js';
import { LiveDot } from './parts/livedot.js';
import { Menu } from './parts/menu.js';
import { Page } from './parts/page.js';
import { ProblemBox } from './parts/problem.js';
import { zoneName } from './parts/time.js';
import { Toasts } from './parts/toast.js';
import { OPERATOR_PAGES, pageOf, TENANT_PAGES } from './pages.js';
import { TenantSwitch } from './parts/tenantswitch.js';

const { div, header, nav, main, a, button, span, ul, li, p } = tags;

export function Shell() {
  useStore();
  const { parts, query } = useAddress();
  const [isOpen, setOpen] = useState(false);
  const tenant = parts[0] === 't' ? parts[1] : null;
  const own = store.session.tenant_id;
  const wanted = isOperator() ? tenant : own;
  if (store.tenant !== wanted) store.tenant = wanted || null;
  useEffect(() => {
    if (!parts.length) go(isOperator() ? '#/overview' : address(['t', own, 'overview']));
  }, [parts.length]);
  useEffect(() => { fetch(base + 'health').then(answer => answer.json()).then(({ version }) => update({ version }), () => {}); }, []);
  useEffect(() => {
    if (!store.tenant) return stopTenantStream();
    startTenantStream();
    findZone(store.tenant);
    return stopTenantStream;
  }, [store.tenant]);
  useEffect(() => { setOpen(false); document.querySelector('main')?.scrollTo(0, 0); }, [parts.join('/')]);
  const found = pageOf(parts);
  const isForeign = !isOperator() && tenant && tenant !== own;
  return div({ class: 'shell' + (isOpen ? ' is-open' : '') },
    a({ class: 'skip-link', href: '#main', onClick: event => { event.preventDefault(); document.getElementById('main').focus(); } }, 'Skip to the page'),
    h(Top, { isOpen, onMenu: () => setOpen(!isOpen) }),
    nav({ class: 'side', 'aria-label': 'Pages' },
      store.tenant ? h(Links, { pages: TENANT_PAGES, at: parts[2], target: page => address(['t', store.tenant, page]) }) : null,
      isOperator() ? [p({ class: 'side-title' }, 'Installation'), h(Links, { pages: OPERATOR_PAGES, at: store.tenant ? '' : parts[0], target: page => address([page]) })] : null,
      div({ class: 'side-foot' }, a({ href: 'docs' }, 'API'), store.version ? span({ class: 'muted' }, store.version) : null)),
    main({ id: 'main', tabIndex: -1, 'data-at': parts.join('/') },
      !parts.length ? null : isForeign ? h(Foreign, { tenant, own }) : store.tenant && store.noTenant ? h(NoTenant, { problem: store.noTenant }) : found ? h(found.page, { key: store.tenant + found.name, ...found.arguments, query }) : h(NoPage)),
    h(Toasts));
}

const Links = ({ pages, at, target }) => ul({}, pages.map(([name, text, icon]) => li({ key: name },
  a({ href: target(name), 'aria-current': name === at ? 'page' : undefined }, h(Icon, { name: icon }), text))));

function Top({ isOpen, onMenu }) {
  const signOut = async () => {
    try { await send('DELETE', '/session'); } finally { stopTenantStream(); update({ session: null, ended: null }); }
  };
  const zones = [['tenant', `Tenant's (${zoneName('tenant')})`], ['utc', 'UTC'], ['browser', `This browser's (${zoneName('browser')})`]];
  const themes = [['system', 'As the system', 'screen'], ['light', 'Light', 'sun'], ['dark', 'Dark', 'moon']];
  return header({ class: 'top' },
    button({ type: 'button', class: 'button quiet only-narrow', 'aria-label': 'Pages', 'aria-expanded': String(isOpen), onClick: onMenu }, h(Icon, { name: 'menu' })),
    a({ class: 'brand', 'aria-label': 'Convergence, first page', href: isOperator() ? '#/overview' : address(['t', store.session.tenant_id, 'overview']) }, h('img', { src: 'console/icon.svg', alt: '', width: 22, height: 22 }), span({ class: 'only-wide' }, 'Convergence')),
    isOperator() ? h(TenantSwitch) : span({ class: 'tenant-name' }, store.tenant),
    span({ class: 'spring' }),
    store.tenant ? h(LiveDot, { state: store.live }) : null,
    h(Menu, { icon: 'clock', kind: 'quiet', label: 'Time zone: ' + zoneName(), text: span({ class: 'only-wide' }, zoneName()), items: zones.map(([key, label]) => ({ label, isChosen: store.zone === key, action: () => remember('zone', key) })) }),
    h(Menu, { icon: themes.find(([key]) => key === store.theme)?.[2] || 'screen', kind: 'quiet', label: 'Colours', items: themes.map(([key, label, icon]) => ({ label, icon, isChosen: store.theme === key, action: () => remember('theme', key) })) }),
    button({ type: 'button', class: 'button quiet', onClick: signOut, title: 'Sign out', 'aria-label': 'Sign out' }, h(Icon, { name: 'out' }), span({ class: 'only-wide' }, 'Sign out')));
}

// A tenant's zone is the one in which most of its pipelines are scheduled.
async function findZone(tenant) {
  update({ tenantZone: 'UTC', noTenant: null });
  try {
    const { pipelines } = await get(`/scheduler/tenant/${encodeURIComponent(tenant)}/pipelines?limit=50`);
    const counts = new Map();
    for (const { timezone } of pipelines) counts.set(timezone, (counts.get(timezone) || 0) + 1);
    const most = [...counts].sort((a, b) => b[1] - a[1])[0];
    if (most && store.tenant === tenant) update({ tenantZone: most[0] });
  } catch (refused) {
    if (refused.status === 404 && store.tenant === tenant) update({ noTenant: refused });
  }
}

const Foreign = ({ tenant, own }) => h(Page, { title: 'Another tenant' },
  p({}, `This link shows ${tenant}, and you have signed in as ${own}. Sign in with a key of ${tenant} to see it.`),
  p({}, a({ class: 'button', href: address(['t', own, 'overview']) }, 'To ' + own)));

const NoTenant = ({ problem }) => h(Page, { title: 'No such tenant' }, h(ProblemBox, { problem }),
  p({}, 'Choose one above, or look in the list of all.'), p({}, a({ class: 'button', href: '#/tenants' }, 'Tenants')));

const NoPage = () => h(Page, { title: 'No such page' }, p({}, 'The console has no page ' + here().parts.join('/') + '. The navigation shows those that it has.'),
  p({}, a({ class: 'button', href: '#/' }, 'To the first page')));
