// All runs of a tenant's pipelines, the newest first, as they change.
import { h, tags } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLive } from '../core/live.js';
import { useLoad } from '../core/load.js';
import { setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { CopyMenu } from '../parts/action.js';
import { readable } from '../parts/badge.js';
import { Empty } from '../parts/empty.js';
import { Field, Filters } from '../parts/form.js';
import { Icon } from '../parts/icons.js';
import { Card, Page } from '../parts/page.js';
import { Loaded } from '../parts/problem.js';
import { RunTable, upserted } from '../parts/runtable.js';
import { Pager } from '../parts/table.js';
import { options } from '../parts/copy.js';

const { a } = tags;
const LIMIT = 50;
const STATES = ['SCHEDULED', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'SKIPPED', 'CANCELLED'];

export function Runs({ query }) {
  const search = new URLSearchParams({ limit: LIMIT });
  for (const name of ['state', 'pipeline_id', 'cursor']) if (query[name]) search.set(name, query[name]);
  const path = '/pipelines/runs?' + search;
  const runs = useLoad(() => get(path), [store.tenant, path]);
  const fits = run => (!query.state || run.state === query.state) && (!query.pipeline_id || run.pipeline_id.toLowerCase() === query.pipeline_id.toLowerCase());
  useLive((name, data) => {
    if (name === 'reset') runs.reload();
    if (name === 'run') runs.change(found => ({ ...found, runs: query.cursor ? found.runs.map(run => run.run_id === data.run_id ? data : run) : upserted(found.runs, data, LIMIT, fits) }));
  });
  const isFiltered = query.state || query.pipeline_id || query.cursor;
  return h(Page, { title: 'Runs', actions: [h(CopyMenu, { key: 'copy', label: 'This list', call: { path }, cli: 'run list' + options({ '--state': query.state, '--pipeline': query.pipeline_id }) })] },
    h(Filters, {},
      h(Field, { name: 'state', text: 'State', type: 'select', value: query.state, options: [['', 'All'], ...STATES.map(state => [state, readable(state)])], onChange: state => setQuery({ state, cursor: '' }) }),
      h(Field, { name: 'pipeline_id', text: 'Pipeline', type: 'search', value: query.pipeline_id, placeholder: `${store.tenant}-gcp-cost-cost_billing`, onChange: value => setQuery({ pipeline_id: value, cursor: '' }) })),
    h(Loaded, { state: runs, what: 'runs' }, found => found.runs.length
      ? h(Card, { kind: 'flush' }, h(RunTable, { runs: found.runs }), h(Pager, { query, nextCursor: found.next_cursor, onMove: setQuery }))
      : h(Empty, { icon: 'list', title: isFiltered ? 'No run like that' : 'No runs yet',
        purpose: isFiltered ? 'No run that is kept has this state and pipeline. Change the filters above.' : 'A run is one execution of a pipeline. Its schedule starts it, or you do.',
        action: a({ class: 'button primary', href: to('pipelines') }, h(Icon, { name: 'play' }), 'Run a pipeline'),
        cli: 'run start gcp/cost/cost_billing --wait --follow' })));
}
