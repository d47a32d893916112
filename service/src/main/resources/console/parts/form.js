// Fields of forms, with what the server said of them.
import { h, tags } from '../core/dom.js';

const { div, label, span, input, select, option, textarea, p } = tags;
let count = 0;
const ids = new Map();
const idOf = name => { if (!ids.has(name)) ids.set(name, 'field-' + ++count); return ids.get(name); };

// type: text, number, date, password, search, checkbox, select, textarea
export function Field({ name, text, hint, problem, type = 'text', value, onChange, options, isRequired, ...more }) {
  const id = idOf(name);
  const said = problem ? id + '-problem' : hint ? id + '-hint' : undefined;
  const shared = { id, name, 'aria-describedby': said, 'aria-invalid': problem ? 'true' : undefined, required: isRequired, ...more };
  const changed = event => onChange(type === 'checkbox' ? event.target.checked : event.target.value);
  let control;
  if (type === 'select') {
    control = select({ ...shared, value: value ?? '', onChange: changed }, options.map(one => {
      const [key, word] = Array.isArray(one) ? one : [one, one];
      return option({ key, value: key, selected: String(value ?? '') === String(key) }, word);
    }));
  } else if (type === 'textarea') {
    control = textarea({ ...shared, value: value ?? '', onInput: changed, spellcheck: false });
  } else if (type === 'checkbox') {
    control = input({ ...shared, type, checked: Boolean(value), onChange: changed });
  } else {
    control = input({ ...shared, type, value: value ?? '', onInput: changed, autocomplete: more.autocomplete || 'off' });
  }
  return div({ class: 'field field-' + type },
    label({ for: id }, text, isRequired ? span({ class: 'required', 'aria-hidden': 'true' }, ' *') : null),
    control,
    problem ? p({ class: 'field-problem', id: id + '-problem' }, problem) : hint ? p({ class: 'hint', id: id + '-hint' }, hint) : null);
}

// A row of filters above a list.
export const Filters = ({ children }) => h('form', { class: 'filters', role: 'search', onSubmit: event => event.preventDefault() }, children);
