// How the node that answers and its database are, and what to do where something is not well.
import { h, tags } from '../core/dom.js';
import { base } from '../core/api.js';
import { useEvery, useLoad } from '../core/load.js';
import { Badge, readable } from '../parts/badge.js';
import { asCli, copy } from '../parts/copy.js';
import { Menu } from '../parts/menu.js';
import { Card, Facts, Page } from '../parts/page.js';
import { Loaded } from '../parts/problem.js';
import { Table } from '../parts/table.js';
import { Time } from '../parts/time.js';
import { Refused } from '../core/api.js';

const { a, li, p, ul } = tags;

// These stand beside the API, not in it.
async function root(path) {
  const answer = await fetch(base + path, { cache: 'no-store' });
  if (!answer.ok && answer.status !== 503) throw new Refused(await answer.json());
  return answer.json();
}

export function Health() {
  const ready = useLoad(() => root('health/ready'), []);
  const details = useLoad(() => root('health/details'), []);
  useEvery(5000, ready.reload);
  useEvery(15000, details.reload);
  const curl = path => `curl '${location.origin + base + path}' \\\n  -H "X-Admin-Key: $ADMIN_API_KEY"`;
  return h(Page, { title: 'Health', badge: ready.data ? h(Badge, { state: ready.data.status === 'ready' ? 'OK' : 'FAIL' }) : null,
    actions: h(Menu, { label: 'Health: copy as a command', items: [{ label: 'Copy as curl', action: () => copy(curl('health/details'), 'curl line') }, { label: 'Copy as CLI', action: () => copy(asCli('doctor'), 'CLI line') }] }) },
  h(Card, { title: 'Ready?' }, h(Loaded, { state: ready, what: 'readiness' }, found => [
    h(Facts, { key: 'facts', facts: [...Object.entries(found.checks).map(([name, state]) => [readable(name), h(Badge, { state: state === 'ok' ? 'OK' : 'FAIL', note: state === 'ok' ? null : state })]), ['Wake up', readable(found.wake_up || '')], ['Version', found.version]] }),
    found.reason ? p({ key: 'reason', class: 'note is-bad' }, found.reason) : null,
    found.warnings?.length ? ul({ key: 'warnings', class: 'reasons' }, found.warnings.map(warning => li({ key: warning }, warning))) : null])),
  h(Card, { title: 'What was looked at', kind: 'flush' }, h(Loaded, { state: details, what: 'what was looked at' }, found => [
    h(Table, { key: 'checks', what: 'What was looked at', rows: found.checks, id: check => check.name, columns: [
      { title: 'State', cell: check => h(Badge, { state: check.state }) },
      { title: 'What', cell: check => readable(check.name) },
      { title: 'Found', cell: check => check.detail },
      { title: 'What to do', cell: check => check.mend },
    ] }),
    p({ key: 'more', class: 'card-note' }, 'Looked at ', h(Time, { at: found.time }), ' · ', a({ href: 'metrics' }, 'Metrics'), ' · ', a({ href: 'health/ready' }, 'Readiness as JSON'), ' · ', a({ href: '#/workers' }, 'Workers'))])));
}
