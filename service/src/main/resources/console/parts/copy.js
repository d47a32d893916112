// "Copy as curl" and "copy as CLI": what a button does, as lines for a shell.
import { base } from '../core/api.js';
import { isOperator, store } from '../core/store.js';
import { toast } from './toast.js';

const quoted = text => "'" + String(text).replaceAll("'", "'\\''") + "'";

// One call or several, one after the other.
export const asCurl = calls => [calls].flat().map(curlLine).join('\n');

function curlLine({ method = 'GET', path, body, keep }) {
  const lines = [`curl -sS -X ${method} ${word(location.origin + base + 'api/v1' + path)}`];
  if (isOperator()) {
    lines.push('-H "X-Admin-Key: $ADMIN_API_KEY"');
    if (store.tenant) lines.push('-H ' + quoted('X-Act-For-Tenant: ' + store.tenant));
  } else {
    lines.push('-H "X-API-Key: $CONVERGENCE_API_KEY"');
  }
  if (body !== undefined) {
    lines.push("-H 'Content-Type: application/json'", '-d ' + quoted(JSON.stringify(body)));
  }
  return kept(lines.join(' \\\n  '), keep);
}

// What a later line needs of an answer: {name, field}; the later one says `$name`, which no quotes may hide.
const kept = (line, keep) => keep ? `${keep.name}=$(${line} | jq -r .${keep.field})` : line;
const word = text => /\$[A-Z_]+/.test(text) ? `"${text}"` : quoted(text);

// One line or several, each if the one before went well. An operator's name the tenant that is looked at.
export const asCli = lines => [lines].flat().map(line => typeof line === 'string' ? cliLine(line) : kept(cliLine(line.line) + ' -o json', line.keep)).join(' &&\n');

const cliLine = line => './convergence ' + line + tenantOption(line);

const tenantOption = line => isOperator() && store.tenant && !line.includes('--tenant ') ? ' --tenant ' + shellWord(store.tenant) : '';

export const shellWord = text => /^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text);

// Options with their values, those without one left out.
export const options = given => Object.entries(given).filter(([, value]) => value !== '' && value != null).map(([name, value]) => ` ${name} ${shellWord(String(value))}`).join('');

export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch (e) {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'offscreen';
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  toast(`${what} copied`, text);
}
