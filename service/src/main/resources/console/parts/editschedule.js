// Changing what a pipeline does when: name, cron, zone, priority and parameters.
import { h, tags, useState } from '../core/dom.js';
import { send } from '../core/api.js';
import { Field } from './form.js';
import { CopyMenu } from './action.js';
import { options } from './copy.js';
import { Card } from './page.js';
import { ProblemBox } from './problem.js';
import { CronPreview } from './cronpreview.js';

const { form, div, button } = tags;

export function EditSchedule({ config, path, onDone }) {
  const [name, setName] = useState(config.pipeline_name || '');
  const [cron, setCron] = useState(config.schedule_cron);
  const [zone, setZone] = useState(config.timezone);
  const [priority, setPriority] = useState(config.priority);
  const [parameters, setParameters] = useState(JSON.stringify(config.parameters, null, 2));
  const [problem, setProblem] = useState(null);
  const body = () => ({ pipeline_name: name || undefined, schedule_cron: cron, timezone: zone, priority: Number(priority), parameters: JSON.parse(parameters || '{}') });
  const save = async event => {
    event.preventDefault();
    try {
      await send('PATCH', path, body());
      onDone();
    } catch (refused) { setProblem(refused); }
  };
  const said = field => problem?.field?.(field);
  return h(Card, { title: 'Edit' }, form({ onSubmit: save },
    div({ class: 'fields' },
      h(Field, { name: 'pipeline_name', text: 'Name', value: name, onChange: setName, problem: said('pipeline_name') }),
      h(Field, { name: 'schedule_cron', text: 'Cron', value: cron, onChange: setCron, isRequired: true, problem: said('schedule_cron') }),
      h(Field, { name: 'timezone', text: 'Time zone', value: zone, onChange: setZone, problem: said('timezone') }),
      h(Field, { name: 'priority', text: 'Priority', type: 'number', min: 1, max: 10, value: priority, onChange: setPriority, problem: said('priority') })),
    h(CronPreview, { cron, zone }),
    h(Field, { name: 'parameters', text: 'Parameters (JSON)', type: 'textarea', rows: 5, value: parameters, onChange: setParameters, problem: said('parameters') }),
    h(ProblemBox, { problem }),
    div({ class: 'actions' }, button({ type: 'submit', class: 'button primary' }, 'Save'), button({ type: 'button', class: 'button', onClick: onDone }, 'Leave as it was'),
      h(CopyMenu, { label: 'Save', call: () => ({ method: 'PATCH', path, body: body() }), cli: () => `pipeline update ${config.config_id}` + options({ '--name': name, '--cron': cron, '--timezone': zone, '--priority': priority, '--set': 'parameters=' + JSON.stringify(JSON.parse(parameters || '{}')) }) }))));
}
