// What the reader has chosen, and its form in the address: a link that opens the same view.

/**
 * @typedef {object} State
 * @property {string} chosen n:node, f:fact, b:from~to, q:figure, s:article.sentence, x:name of what is not drawn
 * @property {string} tab
 * @property {string} review 'on' while the reader decides
 * @property {number} article
 * @property {string} lang
 * @property {string} theme
 * @property {Set<string>} hideTypes
 * @property {Set<string>} hidePredicates
 * @property {Set<string>} hideStatus
 * @property {Set<string>} hidden
 * @property {number} confidence in percent, at least
 * @property {string} focus
 * @property {number} depth
 * @property {string} from
 * @property {string} to
 * @property {Record<string, string>} tables how a table is sorted and filtered: `facts.sort`, `facts.is-status`, `facts.date`
 */

/** @type {Readonly<State>} */
export const START = Object.freeze({
  chosen: '',
  tab: 'article',
  review: '',
  article: 0,
  lang: '',
  theme: '',
  hideTypes: new Set(),
  hidePredicates: new Set(),
  hideStatus: new Set(),
  hidden: new Set(),
  confidence: 0,
  focus: '',
  depth: 1,
  from: '',
  to: '',
  tables: Object.freeze({}),
});

export const TABS = ['article', 'figures', 'facts', 'entities', 'timeline', 'articles', 'decisions'];
/**
 * The tabs there are: a list for several articles, a timeline for several dates, that of decisions while one decides.
 * @param {Record<string, any>} state
 * @param {number} articles how many there are
 * @param {number} dates how many things have one
 */
export const tabsOf = (state, articles, dates) =>
  TABS.filter(
    (tab) => ({ decisions: state.review, articles: articles > 1, timeline: articles > 1 || dates > 1 })[tab] ?? true,
  );
const TABLE = /^(figures|facts|entities|timeline|articles)\.(is-)?[a-zA-Z]+$/;

const SETS = { hideTypes: 'types', hidePredicates: 'relations', hideStatus: 'status', hidden: 'hidden' };
const TEXTS = {
  chosen: 'at',
  tab: 'tab',
  review: 'review',
  lang: 'lang',
  theme: 'theme',
  focus: 'focus',
  from: 'from',
  to: 'to',
};
const NUMBERS = { article: 'article', confidence: 'sure', depth: 'depth' };

export function toFragment(state) {
  const parts = new URLSearchParams();
  for (const [field, name] of Object.entries(TEXTS)) if (state[field] !== START[field]) parts.set(name, state[field]);
  for (const [field, name] of Object.entries(NUMBERS)) if (state[field] !== START[field]) parts.set(name, state[field]);
  for (const [field, name] of Object.entries(SETS))
    if (state[field].size) parts.set(name, [...state[field]].sort().join(' '));
  for (const name of Object.keys(state.tables).sort()) parts.set(name, state.tables[name]);
  return parts.toString();
}

/** @returns {State} */
export function fromFragment(fragment) {
  const parts = new URLSearchParams(fragment.replace(/^#/, ''));
  const state = { ...START };
  for (const [field, name] of Object.entries(TEXTS)) if (parts.has(name)) state[field] = parts.get(name);
  for (const [field, name] of Object.entries(NUMBERS)) {
    const number = Number(parts.get(name));
    if (parts.has(name) && Number.isInteger(number) && number >= 0) state[field] = number;
  }
  for (const [field, name] of Object.entries(SETS))
    state[field] = new Set((parts.get(name) ?? '').split(' ').filter(Boolean));
  state.tables = Object.fromEntries([...parts].filter(([name, value]) => TABLE.test(name) && value));
  if (state.review !== 'on') state.review = '';
  if (!TABS.includes(state.tab)) state.tab = 'article';
  if (!['', 'zh', 'en'].includes(state.lang)) state.lang = '';
  if (!['', 'light', 'dark'].includes(state.theme)) state.theme = '';
  state.depth = Math.min(3, Math.max(1, state.depth));
  state.confidence = Math.min(100, state.confidence);
  return state;
}

export class Store {
  /** @param {State} state */
  constructor(state) {
    this.state = state;
    this.listeners = [];
  }

  /** @param {Partial<State>} patch */
  set(patch) {
    const before = this.state;
    this.state = { ...before, ...patch };
    for (const listener of this.listeners) listener(this.state, before);
  }

  toggle(field, value) {
    const next = new Set(this.state[field]);
    if (!next.delete(value)) next.add(value);
    this.set({ [field]: next });
  }

  /** Hide all values but one; when that one stands alone already, show all again. */
  only(field, value, all) {
    const others = all.filter((each) => each !== value);
    const alone = !this.state[field].has(value) && others.every((each) => this.state[field].has(each));
    this.set({ [field]: new Set(alone ? [] : others) });
  }

  /** Take one choice of a table, or drop it where there is none: `facts.sort`, `-sure`. */
  choose(name, value) {
    const tables = { ...this.state.tables, [name]: value };
    if (!value) delete tables[name];
    this.set({ tables });
  }

  listen(listener) {
    this.listeners.push(listener);
  }
}
