// What an execution made, to be saved.
import { h, tags } from '../core/dom.js';
import { download } from '../core/api.js';
import { CopyMenu } from './action.js';
import { shellWord } from './copy.js';
import { Card } from './page.js';
import { toast, toastProblem } from './toast.js';

const { button, code, li, span, ul } = tags;

// path: of its run; cli: the command that fetches one, without the name
export const Artifacts = ({ names, path, cli }) => names?.length ? h(Card, { title: 'Artifacts' }, ul({ class: 'plain-list' }, names.map(name => {
  const call = { path: `${path}/artifacts/${encodeURIComponent(name)}` };
  const save = () => download(call.path, name).then(() => toast('Saved', name), toastProblem);
  return li({ key: name }, code({}, name), span({ class: 'action' }, button({ type: 'button', class: 'button', onClick: save }, 'Download'), h(CopyMenu, { label: 'Download', call, cli: `${cli} ${shellWord(name)}` })));
}))) : null;
