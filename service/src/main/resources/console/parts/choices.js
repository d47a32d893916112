// Several of a set, as checkboxes.
import { tags } from '../core/dom.js';

const { fieldset, legend, div, label, input, p, span } = tags;

// options: [value, word, note]; chosen: values
export function Choices({ text, options, chosen, onChange, problem, hint }) {
  const toggle = value => onChange(chosen.includes(value) ? chosen.filter(one => one !== value) : [...chosen, value]);
  return fieldset({ class: 'choices' }, legend({}, text),
    div({ class: 'choices-all' }, options.map(([value, word, note]) => label({ key: value },
      input({ type: 'checkbox', checked: chosen.includes(value), onChange: () => toggle(value) }), span({}, word, note ? span({ class: 'muted' }, ' ' + note) : null)))),
    problem ? p({ class: 'field-problem' }, problem) : hint ? p({ class: 'hint' }, hint) : null);
}
