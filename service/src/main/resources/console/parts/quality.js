// What the quality rules of a run found: what was broken first, the rest behind a fold.
import { h, tags } from '../core/dom.js';
import { Badge, readable } from './badge.js';
import { Table } from './table.js';
import { counted } from './words.js';

const { p, details, summary, div, code, span } = tags;

export function Quality({ found, hasEnded }) {
  const checks = found.checks || [];
  if (!checks.length) return p({ class: 'muted' }, hasEnded ? 'This run checked no rules.' : 'No rule has been checked yet.');
  const broken = checks.filter(check => !check.passed);
  const kept = checks.filter(check => check.passed);
  return div({},
    p({}, h(Badge, { state: found.overall_status }), ` ${counted(found.expectations_passed, 'rule was', 'rules were')} kept, ${found.expectations_failed} broken.`),
    broken.length ? h(Checks, { checks: broken, what: 'Broken rules' }) : null,
    kept.length ? details({ class: 'fold' }, summary({}, counted(kept.length, 'rule that was', 'rules that were') + ' kept'), h(Checks, { checks: kept, what: 'Rules that were kept' })) : null);
}

const Checks = ({ checks, what }) => h(Table, { what, rows: checks.map((check, at) => ({ ...check, at })), id: check => check.at, columns: [
  { title: 'Result', cell: check => h(Badge, { state: check.passed ? 'PASS' : check.severity === 'CRITICAL' ? 'FAIL' : 'WARNING' }) },
  { title: 'Rule', cell: check => [code({}, check.rule), div({ class: 'muted', key: 'of' }, check.target_table + (check.target_column ? '.' + check.target_column : ''), check.suite === check.target_table ? null : ` · ${check.suite}`)] },
  { title: 'Severity', cell: check => readable(check.severity) },
  { title: 'Rows broken', isNumber: true, cell: check => `${check.rows_failed.toLocaleString('en-GB')} of ${check.rows_checked.toLocaleString('en-GB')}` },
  { title: 'Found', kind: 'clamp', cell: check => span({ title: check.actual }, check.actual) },
  { title: 'Expected', kind: 'clamp', cell: check => span({ title: check.expected }, check.expected) },
] });
