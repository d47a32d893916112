// All pages: their name in the address, their word in the navigation, and the module that draws them.
// A new page is one module in pages/ and one line here.
import { Overview } from './pages/overview.js';
import { Pipelines } from './pages/pipelines.js';
import { Pipeline } from './pages/pipeline.js';
import { NewPipeline } from './pages/newpipeline.js';
import { Runs } from './pages/runs.js';
import { Run } from './pages/run.js';
import { Jobs } from './pages/jobs.js';
import { Job } from './pages/job.js';
import { Groups } from './pages/groups.js';
import { Group } from './pages/group.js';
import { Backfills } from './pages/backfills.js';
import { Backfill } from './pages/backfill.js';
import { Slots } from './pages/slots.js';
import { Costs } from './pages/costs.js';
import { Findings } from './pages/findings.js';
import { Data } from './pages/data.js';
import { Webhooks } from './pages/webhooks.js';
import { Tenant } from './pages/tenant.js';
import { Tenants } from './pages/tenants.js';
import { Installation } from './pages/installation.js';
import { Queue } from './pages/queue.js';
import { Notifications } from './pages/notifications.js';
import { Audit } from './pages/audit.js';
import { Workers } from './pages/workers.js';
import { Health } from './pages/health.js';

// [name in the address, word, icon]
export const TENANT_PAGES = [
  ['overview', 'Overview', 'home'],
  ['pipelines', 'Pipelines', 'flow'],
  ['runs', 'Runs', 'list'],
  ['jobs', 'Jobs', 'box'],
  ['groups', 'Groups', 'stack'],
  ['queue', 'Queue', 'queue'],
  ['backfills', 'Backfills', 'past'],
  ['slots', 'Slots', 'table'],
  ['costs', 'Costs', 'coin'],
  ['findings', 'Findings', 'shield'],
  ['data', 'Data', 'chart'],
  ['webhooks', 'Webhooks', 'bell'],
  ['notifications', 'Notifications', 'mail'],
  ['audit', 'Audit', 'scroll'],
  ['settings', 'Plan and keys', 'key'],
];

export const OPERATOR_PAGES = [
  ['overview', 'Installation', 'pulse'],
  ['tenants', 'Tenants', 'people'],
  ['workers', 'Workers', 'server'],
  ['audit', 'Audit of all', 'scroll'],
  ['health', 'Health', 'heart'],
];

// [pattern, page, what the parts with a colon are called by the page]
const OF_TENANT = [
  ['overview', Overview],
  ['pipelines', Pipelines],
  ['pipelines/new', NewPipeline],
  ['pipelines/:config', Pipeline],
  ['runs', Runs],
  ['runs/:run', Run],
  ['jobs', Jobs],
  ['jobs/:job', Job],
  ['groups', Groups],
  ['groups/:group', Group],
  ['backfills', Backfills],
  ['backfills/:backfill', Backfill],
  ['slots', Slots],
  ['costs', Costs],
  ['findings', Findings],
  ['data', Data],
  ['queue', Queue],
  ['webhooks', Webhooks],
  ['notifications', Notifications],
  ['audit', Audit],
  ['settings', Tenant],
];

const OF_INSTALLATION = [['overview', Installation], ['tenants', Tenants], ['workers', Workers], ['audit', Audit], ['health', Health]];

export function pageOf(parts) {
  const [pages, rest] = parts[0] === 't' ? [OF_TENANT, parts.slice(2)] : [OF_INSTALLATION, parts];
  for (const [pattern, page] of pages) {
    const wanted = pattern.split('/');
    if (wanted.length !== rest.length) continue;
    const given = {};
    const fits = wanted.every((part, at) => part.startsWith(':') ? (given[part.slice(1)] = rest[at]) !== '' : part === rest[at]);
    if (fits) return { page, name: pattern + Object.values(given).join('/'), arguments: given };
  }
  return null;
}
