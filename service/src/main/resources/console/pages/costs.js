// What the loaded bills come to: totals, by day or month, and by a dimension.
import { h, tags } from '../core/dom.js';
import { get } from '../core/api.js';
import { useLoad } from '../core/load.js';
import { setQuery, to } from '../core/router.js';
import { store } from '../core/store.js';
import { CopyMenu } from '../parts/action.js';
import { Bars, StackedBars } from '../parts/chart.js';
import { options } from '../parts/copy.js';
import { Empty } from '../parts/empty.js';
import { Field, Filters } from '../parts/form.js';
import { Card, Page, Stat } from '../parts/page.js';
import { Loaded } from '../parts/problem.js';
import { Pager } from '../parts/table.js';
import { counted } from '../parts/words.js';

const { a, div, p } = tags;
const DIMENSIONS = [['service', 'Service'], ['sub_account', 'Account'], ['provider', 'Provider'], ['region', 'Region'], ['tag', 'Tag']];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

// Amounts come as exact decimals; only what is drawn is rounded.
const rounded = amount => Number(Number(amount).toFixed(2));
const written = (amount, currency) => `${rounded(amount).toLocaleString('en-GB', { minimumFractionDigits: 2 })} ${currency ?? ''}`;

export function Costs({ query }) {
  const dimension = DIMENSIONS.some(([name]) => name === query.by) ? query.by : 'service';
  const granularity = query.granularity === 'month' ? 'month' : 'day';
  const base = `/tenants/${encodeURIComponent(store.tenant)}/costs/`;
  const days = new URLSearchParams();
  for (const [name, value] of [['start_date', query.from], ['end_date', query.to]]) if (DAY.test(value || '')) days.set(name, value);
  const summary = useLoad(() => get(`${base}summary?${days}`), [base, String(days)]);
  const forecast = useLoad(() => get(`${base}forecast?${days}`), [base, String(days)]);
  const key = dimension === 'tag' ? query.tag_key || 'TAG' : '';
  const between = options({ '--tag-key': key, '--from': query.from, '--to': query.to });
  return h(Page, { title: 'Costs', actions: h(CopyMenu, { label: 'These costs', call: { path: `${base}by/${dimension}?` + new URLSearchParams([...days, ...(key ? [['tag_key', key]] : [])]) }, cli: `cost by ${dimension}${between}` }) },
    h(Filters, {},
      h(Field, { name: 'from', text: 'From', type: 'date', value: query.from, onChange: from => setQuery({ from, cursor: '' }) }),
      h(Field, { name: 'to', text: 'To', type: 'date', value: query.to, onChange: until => setQuery({ to: until, cursor: '' }) }),
      h(Field, { name: 'granularity', text: 'Drawn by', type: 'select', value: granularity, options: [['day', 'Day'], ['month', 'Month']], onChange: unit => setQuery({ granularity: unit }) }),
      h(Field, { name: 'by', text: 'Summed by', type: 'select', value: dimension, options: DIMENSIONS, onChange: by => setQuery({ by, cursor: '' }) }),
      dimension === 'tag' ? h(Field, { name: 'tag_key', text: 'Tag', value: query.tag_key, onChange: key => setQuery({ tag_key: key, cursor: '' }) }) : null),
    h(Loaded, { state: summary, what: 'the costs' }, ({ totals }) => totals.length ? [
      div({ class: 'stats is-wide', key: 'totals' }, [...totals.map(total => h(Stat, { key: total.currency, label: 'Billed', value: written(total.billed_cost, total.currency),
        note: `${total.first_day} to ${total.last_day}, ${counted(total.rows, 'row')}` })), ...(forecast.data?.forecasts || []).map(one => h(Stat, { key: 'forecast ' + one.currency, label: `${forecast.data.month.slice(0, 7)} at this rate`, value: written(one.forecast_cost, one.currency),
        note: `${written(one.billed_to_date, one.currency)} so far, ${counted(one.days_left, 'day')} left` }))]),
      h(Trend, { key: 'trend', base, days, granularity }),
      h(ByDimension, { key: 'by', base, days, dimension, query }),
    ] : h(Empty, { icon: 'coin', title: query.from || query.to ? 'No costs in this time' : 'No costs yet', purpose: 'Bills that pipelines of cost templates have loaded are summed here, each currency by itself.',
      action: a({ class: 'button', href: to('pipelines', 'new') }, 'New pipeline'), cli: 'pipeline create gcp/cost/cost_billing --cron \'0 3 * * *\'' })));
}

function Trend({ base, days, granularity }) {
  const trend = useLoad(() => get(`${base}trend?${days}&granularity=${granularity}&limit=200`), [base, String(days), granularity]);
  return h(Loaded, { state: trend, what: 'the trend' }, ({ points }) => [...new Set(points.map(point => point.currency))].map(currency =>
    h(Card, { key: currency, title: `Billed by ${granularity}, ${currency}` }, h(StackedBars, { what: `Billed cost by ${granularity} in ${currency}`, unit: currency,
      days: points.filter(point => point.currency === currency).map(point => ({ label: point.date, parts: [{ name: currency, value: rounded(point.billed_cost), colour: 'blue' }] })) }))));
}

function ByDimension({ base, days, dimension, query }) {
  const search = new URLSearchParams(days);
  search.set('limit', '50');
  if (query.cursor) search.set('cursor', query.cursor);
  if (dimension === 'tag') search.set('tag_key', query.tag_key || '');
  const path = `${base}by/${dimension}?${search}`;
  const isAsked = dimension !== 'tag' || query.tag_key;
  const costs = useLoad(() => isAsked ? get(path) : { costs: [] }, [path]);
  if (!isAsked) return p({ class: 'muted' }, 'Name the tag whose values are to be compared.');
  return h(Card, { title: 'Billed by ' + DIMENSIONS.find(([name]) => name === dimension)[1].toLowerCase() },
    h(Loaded, { state: costs, what: 'the costs' }, found => [
      h(Bars, { key: 'bars', rows: found.costs.map(cost => [cost.key ?? 'none', Number(cost.billed_cost), written(cost.billed_cost, cost.currency)]) }),
      h(Pager, { key: 'pager', query, nextCursor: found.next_cursor, onMove: setQuery }),
    ]));
}
