// "Copy as curl" and "copy as CLI": what a button does, as lines for a shell.
import { base } from '../core/api.js';
import { isOperator, store } from '../core/store.js';
import { toast } from './toast.js';

const quoted = text => "'" + String(text).replaceAll("'", "'\\''") + "'";

export function asCurl({ method = 'GET', path, body }) {
  const lines = [`curl -X ${method} ${quoted(location.origin + base + 'api/v1' + path)}`];
  if (isOperator()) {
    lines.push('-H "X-Admin-Key: $ADMIN_API_KEY"');
    if (store.tenant) lines.push('-H ' + quoted('X-Act-For-Tenant: ' + store.tenant));
  } else {
    lines.push('-H "X-API-Key: $CONVERGENCE_KEY"');
  }
  if (body !== undefined) {
    lines.push("-H 'Content-Type: application/json'", '-d ' + quoted(JSON.stringify(body)));
  }
  return lines.join(' \\\n  ');
}

// One line or several, one after the other. An operator's name the tenant that is looked at.
export const asCli = lines => [lines].flat().map(line => './convergence ' + line + tenantOption(line)).join(' && ');

const tenantOption = line => isOperator() && store.tenant && !line.includes('--tenant ') ? ' --tenant ' + shellWord(store.tenant) : '';

export const shellWord = text => /^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text);

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
