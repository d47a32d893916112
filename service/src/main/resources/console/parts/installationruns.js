// Runs of several tenants, each a link into its tenant.
import { h, tags } from '../core/dom.js';
import { address } from '../core/router.js';
import { Badge } from './badge.js';
import { Table } from './table.js';
import { length, Time } from './time.js';

const { a, p } = tags;

export const RunList = ({ runs }) => runs.length ? h(Table, { what: 'Runs', rows: runs, id: run => run.run_id, columns: [
  { title: 'State', cell: run => h(Badge, { state: run.state }) },
  { title: 'Tenant', cell: run => a({ href: address(['t', run.tenant_id, 'overview']) }, run.tenant_id) },
  { title: 'Run', cell: run => a({ href: address(['t', run.tenant_id, 'runs', run.run_id]) }, run.template_name) },
  { title: 'Due', cell: run => h(Time, { at: run.scheduled_time, hasSeconds: false }) },
  { title: 'Took', isNumber: true, cell: run => length(run.duration_ms) },
] }) : p({ class: 'muted' }, 'No schedule has fired yet.');
