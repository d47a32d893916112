// A new rule, or what is to change of one: which events go to which channels.
import { h, tags, useState } from '../core/dom.js';
import { Action } from './action.js';
import { readable } from './badge.js';
import { Choices } from './choices.js';
import { shellWord } from './copy.js';
import { Field } from './form.js';
import { ProblemBox } from './problem.js';

const { button, div, form } = tags;
const SEVERITIES = ['INFO', 'WARNING', 'ERROR', 'CRITICAL'];
const PROVIDERS = ['GCP', 'AWS', 'AZURE', 'OCI', 'OPENAI', 'CLAUDE', 'FOCUS', 'SYSTEM'];

export function EditRule({ base, old, events, channels, onDone, onLeave }) {
  const [given, setGiven] = useState({ name: old?.name || '', events: old?.events || ['pipeline_failure'], channel_ids: old?.channel_ids || (channels.length === 1 ? [channels[0].channel_id] : []),
    providers: old?.providers || [], pipeline_id: old?.pipeline_id || '', severity: old?.severity || '', cooldown_seconds: old?.cooldown_seconds ?? '', final_only: old?.final_only || false,
    late_seconds: String(old?.late_seconds ?? 300), days_before: String(old?.days_before ?? 14) });
  const [problem, setProblem] = useState(null);
  const change = name => value => setGiven({ ...given, [name]: value });
  const field = (name, text, more) => h(Field, { name: 'rule_' + name, text, value: given[name], problem: problem?.field?.(name), onChange: change(name), ...more });
  const body = () => ({ name: given.name, events: given.events, channel_ids: given.channel_ids, providers: given.providers, final_only: given.final_only,
    ...(given.pipeline_id ? { pipeline_id: given.pipeline_id } : {}), ...(given.severity ? { severity: given.severity } : {}), ...(given.cooldown_seconds === '' ? {} : { cooldown_seconds: Number(given.cooldown_seconds) }),
    ...(given.events.includes('slot_late') ? { late_seconds: Number(given.late_seconds) } : {}), ...(given.events.includes('key_expiring') ? { days_before: Number(given.days_before) } : {}) });
  const call = () => old ? { method: 'PATCH', path: `${base}/rules/${old.rule_id}`, body: body() } : { method: 'POST', path: base + '/rules', body: body() };
  const options = () => given.events.map(one => ' -e ' + one).join('') + given.channel_ids.map(one => ' --channel ' + one).join('');
  const cli = () => old ? `notification update-rule ${old.rule_id} -f rule.yaml` : `notification create-rule ${shellWord(given.name || 'NAME')}${options()}`;
  return form({ class: 'edit', onSubmit: event => event.preventDefault() },
    div({ class: 'fields' }, field('name', 'Name', { isRequired: true }),
      field('severity', 'Severity', { type: 'select', options: [['', 'the event\'s own'], ...SEVERITIES.map(one => [one, readable(one)])] }),
      field('cooldown_seconds', 'Pause after a message (s)', { type: 'number', min: 0, max: 604800, placeholder: 'the event\'s own' }),
      field('pipeline_id', 'Only this pipeline', { placeholder: 'all' }),
      given.events.includes('slot_late') ? field('late_seconds', 'Late from (s)', { type: 'number', min: 1 }) : null,
      given.events.includes('key_expiring') ? field('days_before', 'Days before a key ends', { type: 'number', min: 1 }) : null,
      field('final_only', 'Only failures that are not tried again', { type: 'checkbox' })),
    h(Choices, { text: 'Events', options: events.map(one => [one.event, readable(one.event), readable(one.severity).toLowerCase()]), chosen: given.events, onChange: change('events'), problem: problem?.field?.('events') }),
    h(Choices, { text: 'Channels', options: channels.map(one => [one.channel_id, one.name, readable(one.type).toLowerCase()]), chosen: given.channel_ids, onChange: change('channel_ids'), problem: problem?.field?.('channel_ids') }),
    h(Choices, { text: 'Only of these providers', options: PROVIDERS.map(one => [one, one]), chosen: given.providers, onChange: change('providers'), hint: 'none chosen: all', problem: problem?.field?.('providers') }),
    h(ProblemBox, { problem }),
    div({ class: 'actions' }, h(Action, { label: old ? 'Save' : 'Make it', kind: 'primary', isDisabled: !given.name || !given.events.length || !given.channel_ids.length, call, cli, onProblem: setProblem, onDone }), button({ type: 'button', class: 'button', onClick: onLeave }, old ? 'Leave as it was' : 'Never mind')));
}
