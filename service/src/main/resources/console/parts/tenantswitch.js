// Which tenant an operator looks at: typing finds it, one at a time is shown.
import { h, tags, useEffect, useRef, useState } from '../core/dom.js';
import { get } from '../core/api.js';
import { address, go, here } from '../core/router.js';
import { store } from '../core/store.js';

const { div, input, ul, li, a, button, label } = tags;

export function TenantSwitch() {
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [found, setFound] = useState([]);
  const [at, setAt] = useState(0);
  const place = useRef(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const timer = setTimeout(async () => {
      try {
        const query = new URLSearchParams({ limit: 20, ...(text ? { search: text } : {}) });
        setFound((await get('/tenants?' + query)).tenants);
        setAt(0);
      } catch (refused) { setFound([]); }
    }, 150);
    return () => clearTimeout(timer);
  }, [text, isOpen]);
  useEffect(() => {
    const outside = event => { if (!place.current?.contains(event.target)) setOpen(false); };
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, []);
  const choose = tenant => {
    const { parts } = here();
    const page = parts[0] === 't' && parts[2] ? parts[2] : 'overview';
    setOpen(false);
    setText('');
    go(address(['t', tenant, page]));
  };
  const onKeyDown = event => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && found[at]) choose(found[at].tenant_id);
    else if (event.key === 'Escape') setOpen(false);
    else return;
    event.preventDefault();
  };
  return div({ class: 'switch', ref: place },
    label({ class: 'offscreen', for: 'tenant-switch' }, 'Tenant'),
    input({ id: 'tenant-switch', type: 'search', role: 'combobox', 'aria-expanded': String(isOpen), 'aria-controls': 'tenant-list', 'aria-autocomplete': 'list',
      'aria-activedescendant': isOpen && found[at] ? 'tenant-' + at : undefined,
      autocomplete: 'off', placeholder: store.tenant || 'Look at a tenant …', value: text, onFocus: () => setOpen(true), onInput: event => { setText(event.target.value); setOpen(true); }, onKeyDown }),
    isOpen ? ul({ class: 'menu-list', id: 'tenant-list', role: 'listbox', 'aria-label': 'Tenants' }, found.map((tenant, number) =>
      li({ key: tenant.tenant_id, id: 'tenant-' + number, role: 'option', 'aria-selected': String(number === at), class: number === at ? 'is-at' : '',
        onPointerDown: event => { event.preventDefault(); choose(tenant.tenant_id); } }, tenant.tenant_id, ' ', h('span', { class: 'muted' }, tenant.company_name))),
    found.length ? null : li({ class: 'muted', role: 'option', 'aria-selected': 'false' }, 'No tenant found')) : null);
}
