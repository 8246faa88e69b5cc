// What people decided, where the graph says so: a small mark in tables, a line in panels.

import { h } from './dom.js';
import { word } from './words.js';

const KINDS = { confirm: 'ruledRight', change: 'ruledChanged', figure: 'ruledChanged', add: 'ruledAdded' };
const kind = (ruling) => KINDS[ruling.verdict] ?? 'ruledOther';

/** What was decided of a thing, in a few words; '' where nothing was. */
export const ruled = (model, id, lang) =>
  [...new Set(model.ruledOf(id).map((ruling) => word(kind(ruling), lang)))].join(lang === 'en' ? ', ' : '、');

/** The mark of what was decided. */
export function ruledMark(model, id, lang) {
  const told = ruled(model, id, lang);
  if (!told) return null;
  const right = model.ruledOf(id).every(({ verdict }) => verdict === 'confirm');
  return h('span', { class: 'ruled', role: 'img', 'aria-label': told, title: told }, right ? '✓' : '✎');
}

/** Who decided, when and why. */
export const ruling = (each) => [each.by, each.on, each.note].filter(Boolean).join(' · ');

/**
 * What was decided of a thing, a line each.
 * @param {(ruling: any) => any} [more] what stands beside
 */
export function ruledLines(model, id, lang, more) {
  const told = (each) => [each.verdict !== 'confirm' && each.says, ruling(each)].filter(Boolean).join(' · ');
  const line = (each) =>
    h(
      'p',
      { class: 'ruled-line' },
      h('span', { class: 'tag ruled' }, word(kind(each), lang)),
      ' ',
      h('span', {}, told(each)),
      more?.(each),
    );
  // of a fact that several articles tell, the same was decided of each
  const lines = new Map(model.ruledOf(id).map((each) => [`${kind(each)} ${told(each)}`, each]));
  return (more ? model.ruledOf(id) : [...lines.values()]).map(line);
}
