// A new channel, or what is to change of one. A channel's type stays, and its URL is never shown.
import { h, tags, useState } from '../core/dom.js';
import { Action } from './action.js';
import { readable } from './badge.js';
import { shellWord } from './copy.js';
import { Field } from './form.js';
import { ProblemBox } from './problem.js';

const { button, div, form, p } = tags;
const TYPES = ['EMAIL', 'SLACK', 'WEBHOOK', 'LOG'];

export function EditChannel({ base, old, hasMail, onDone, onLeave }) {
  const [given, setGiven] = useState({ type: old?.type || (hasMail ? 'EMAIL' : 'SLACK'), name: old?.name || '', to_emails: (old?.to_emails || []).join(', '), cc_emails: (old?.cc_emails || []).join(', '),
    subject_prefix: old?.subject_prefix || '', url: '', channel: old?.channel || '', mention_users: (old?.mention_users || []).join(', '), max_attempts: String(old?.max_attempts || 3) });
  const [problem, setProblem] = useState(null);
  const field = (name, text, more) => h(Field, { name: 'channel_' + name, text, value: given[name], problem: problem?.field?.(name), onChange: value => setGiven({ ...given, [name]: value }), ...more });
  const body = () => bodyOf(given, old);
  const call = () => old ? { method: 'PATCH', path: `${base}/channels/${old.channel_id}`, body: body() } : { method: 'POST', path: base + '/channels', body: body() };
  const cli = () => old ? `notification update-channel ${old.channel_id} --set ${shellWord('name=' + given.name)}`
    : `notification create-channel ${given.type} ${shellWord(given.name || 'NAME')}` + (given.type === 'EMAIL' ? list(given.to_emails).map(one => ' --to ' + shellWord(one)).join('') : given.type === 'LOG' ? '' : ' -f channel.yaml');
  return form({ class: 'edit', onSubmit: event => event.preventDefault() },
    div({ class: 'fields' },
      old ? null : field('type', 'Type', { type: 'select', options: TYPES.map(one => [one, readable(one)]) }),
      field('name', 'Name', { isRequired: true }),
      given.type === 'EMAIL' ? [field('to_emails', 'To', { isRequired: true, hint: 'addresses with commas between', key: 'to' }), field('cc_emails', 'Copies to', { key: 'cc' }), field('subject_prefix', 'Subjects begin with', { placeholder: '[Convergence]', key: 'prefix' })] : null,
      given.type === 'SLACK' || given.type === 'WEBHOOK' ? field('url', 'URL', { type: 'url', isRequired: !old, placeholder: old ? 'as it is: ' + old.url : given.type === 'SLACK' ? 'https://hooks.slack.com/services/…' : 'https://example.com/told', hint: 'Sealed when it arrives; nobody can read it again.' }) : null,
      given.type === 'SLACK' ? [field('channel', 'Slack channel', { placeholder: '#ops', key: 'channel' }), field('mention_users', 'Mention when critical', { placeholder: 'U0123ABCD', key: 'mention' })] : null,
      field('max_attempts', 'Attempts at most', { type: 'number', min: 1, max: 10 })),
    given.type === 'EMAIL' && !hasMail ? p({ class: 'note' }, 'This installation has no mail server: an operator sets SMTP_URL.') : null,
    h(ProblemBox, { problem }),
    div({ class: 'actions' }, h(Action, { label: old ? 'Save' : 'Make it', kind: 'primary', isDisabled: !given.name, call, cli, onProblem: setProblem, onDone }), button({ type: 'button', class: 'button', onClick: onLeave }, old ? 'Leave as it was' : 'Never mind')));
}

const list = text => text.split(/[\s,]+/).filter(Boolean);

function bodyOf(given, old) {
  const made = { name: given.name, max_attempts: Number(given.max_attempts) };
  if (!old) made.type = given.type;
  if (given.type === 'EMAIL') Object.assign(made, { to_emails: list(given.to_emails), cc_emails: list(given.cc_emails), ...(given.subject_prefix ? { subject_prefix: given.subject_prefix } : {}) });
  if (given.url && (given.type === 'SLACK' || given.type === 'WEBHOOK')) made.url = given.url;
  if (given.type === 'SLACK') Object.assign(made, { ...(given.channel ? { channel: given.channel } : {}), mention_users: list(given.mention_users) });
  return made;
}
