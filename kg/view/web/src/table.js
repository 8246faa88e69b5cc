// A table that one can work with: sorted by its columns, filtered by their text, by what it holds of a kind and by the
// words of its quotes, and saved as it is shown. All choices stand in the state, so that a link keeps them.

import { every, fill, h, target } from './dom.js';
import { fold, terms } from './text.js';
import { word } from './words.js';

const STEP = 200;
const collator = new Intl.Collator('zh-CN-u-co-pinyin');

/**
 * @typedef {object} Row what a table knows of a row
 * @property {string} choose what a click chooses
 * @property {boolean} on whether it is chosen
 * @property {string} lang
 * @property {number[][]} places where the articles say it: [article, start, end]
 * @property {number[]} [place] the one that is shown
 */

/**
 * @typedef {object} Column
 * @property {string} key
 * @property {(row: any) => string} text what the filter looks at
 * @property {(row: any) => string | number} [order] what rows are sorted by, where that is not the text
 * @property {(row: any) => any} [show] what stands in the cell, where that is not the text
 * @property {boolean} [downFirst]
 */

/**
 * @typedef {object} Facet what rows have in common
 * @property {string} key
 * @property {(row: any) => string[]} of
 * @property {(value: string, lang: string) => string} name
 * @property {string[]} [order] the values in their order, where that is not the most common first
 */

export class Board {
  /**
   * @param {HTMLElement} panel
   * @param {import('./model.js').Model} model
   * @param {import('./state.js').Store} store
   * @param {{ name: string, columns: Column[], facets: Facet[], file: (rows: any[], lang: string) => void, clicked?: (row: any, onQuote: boolean) => void }} spec
   */
  constructor(panel, model, store, spec) {
    this.panel = panel;
    this.model = model;
    this.store = store;
    this.spec = spec;
    this.limit = STEP;
    this.lang = '';
    this.more = false; // whether the filters of the columns are open
    panel.addEventListener('click', (event) => this.clicked(event));
  }

  chosen(key) {
    return this.store.state.tables[`${this.spec.name}.${key}`] ?? '';
  }

  choose(key, value) {
    this.limit = STEP;
    this.store.choose(`${this.spec.name}.${key}`, value);
  }

  /** Whether anything is left out by the reader's choices here. */
  get filtered() {
    return Object.keys(this.store.state.tables).some(
      (key) => key.startsWith(`${this.spec.name}.`) && key !== `${this.spec.name}.sort`,
    );
  }

  clear() {
    const kept = Object.entries(this.store.state.tables).filter(
      ([key]) => !key.startsWith(`${this.spec.name}.`) || key === `${this.spec.name}.sort`,
    );
    this.store.set({ tables: Object.fromEntries(kept) });
    document.getElementById(`words-${this.spec.name}`)?.focus();
  }

  /**
   * Draw the table.
   * @param {Row[]} all
   * @param {string} lang
   * @param {string} none what to say where there is no row at all
   * @param {number} hidden how many rows the legend hides
   * @param {(rows: any[]) => any} [above] what stands above the table
   */
  render(all, lang, none, hidden, above) {
    const top = this.panel.scrollTop;
    if (this.lang !== lang) this.build(lang);
    this.lang = lang;
    const { passing, counts } = this.sift(all);
    const rows = this.sorted(passing);
    this.sync(counts);
    this.tools.hidden = !all.length && !this.filtered;
    const counted = [
      word('rows', lang, rows.length === all.length ? all.length : `${rows.length} / ${all.length}`),
      hidden > 0 && word('legendHides', lang, hidden),
    ];
    this.count.textContent =
      all.length || this.filtered ? counted.filter(Boolean).join(lang === 'en' ? '; ' : '；') : '';
    fill(this.above, above?.(rows));
    fill(
      this.sheet,
      rows.length
        ? this.table(rows, lang)
        : h('p', { class: 'hint none' }, all.length || this.filtered ? word('noRows', lang) : none),
    );
    this.shown = rows;
    this.panel.scrollTop = top;
  }

  // ---- what is shown ----

  /**
   * The rows that pass all filters, and how many rows each choice of each facet would leave: those that pass all else.
   * @param {Row[]} all
   */
  sift(all) {
    const { columns } = this.spec;
    const asked = columns
      .filter(({ key }) => key !== 'quote')
      .map(({ key, text }) => ({ text, wanted: terms(this.chosen(key)) }))
      .filter(({ wanted }) => wanted.length);
    const words = terms(this.chosen('quote'));
    const facets = this.facets.map(({ key, of }) => ({ of, value: this.chosen(`is-${key}`), counts: new Map() }));
    const passing = [];
    for (const row of all) {
      const values = facets.map(({ of }) => of(row));
      const passes = asked.every(({ text, wanted }) => within(text(row), wanted)) && this.says(row, words);
      const failing = facets.filter(({ value }, i) => value && !values[i].includes(value));
      if (passes && !failing.length) passing.push(row);
      facets.forEach((facet, i) => {
        const counted = Number(passes && failing.every((each) => each === facet));
        for (const value of new Set(values[i])) facet.counts.set(value, (facet.counts.get(value) ?? 0) + counted);
      });
    }
    return { passing, counts: facets.map((facet) => facet.counts) };
  }

  /** Whether a row's quotes hold the words; the first that does is the one it then shows. */
  says(row, words) {
    row.place = words.length ? row.places.find((place) => this.model.holds(place, words)) : undefined;
    return !words.length || Boolean(row.place);
  }

  sorted(rows) {
    const sort = this.chosen('sort');
    const column = this.spec.columns.find(({ key }) => key === sort.replace(/^-/, ''));
    if (!column) return rows;
    const order = column.order ?? column.text;
    const way = sort.startsWith('-') ? -1 : 1;
    const keyed = rows.map((row) => ({ row, key: order(row) }));
    const rank = ranks(keyed.map(({ key }) => key).filter((key) => typeof key === 'string'));
    const at = (key) => (typeof key === 'string' ? rank.get(key) : key);
    // what has none stands last, whichever way the others stand
    const empty = (key) => Number(key === '' || key === undefined || Number.isNaN(key));
    keyed.sort((a, b) => empty(a.key) - empty(b.key) || (at(a.key) - at(b.key)) * way);
    return keyed.map(({ row }) => row);
  }

  table(rows, lang) {
    const { name, columns } = this.spec;
    const more = h(
      'button',
      {
        type: 'button',
        class: 'button wide',
        onclick: () => {
          this.limit += STEP;
          this.store.set({ tables: { ...this.store.state.tables } });
        },
      },
      word('more', lang),
    );
    return [
      h(
        'table',
        { role: 'table', class: name },
        h('caption', { class: 'unseen' }, word(name, lang)),
        h(
          'thead',
          { role: 'rowgroup' },
          h(
            'tr',
            { role: 'row', 'data-sort': word('sortBy', lang) },
            columns.map((each) => this.head(each, lang)),
          ),
        ),
        h(
          'tbody',
          { role: 'rowgroup' },
          rows.slice(0, this.limit).map((row) =>
            h(
              'tr',
              {
                role: 'row',
                'data-choose': row.choose,
                class: row.on ? 'chosen' : undefined,
                'aria-current': row.on ? 'true' : undefined,
              },
              columns.map((each) => this.cell(each, row)),
            ),
          ),
        ),
      ),
      rows.length > this.limit && more,
    ];
  }

  /** @param {Column} column */
  head({ key, downFirst }, lang) {
    const sort = this.chosen('sort');
    const on = sort.replace(/^-/, '') === key;
    const down = sort.startsWith('-');
    return h(
      'th',
      {
        role: 'columnheader',
        scope: 'col',
        class: `c-${key}`,
        'aria-sort': on ? (down ? 'descending' : 'ascending') : undefined,
      },
      h(
        'button',
        {
          type: 'button',
          id: `sort-${this.spec.name}-${key}`,
          onclick: () => {
            this.choose('sort', (on ? !down : downFirst) ? `-${key}` : key);
            document.getElementById(`sort-${this.spec.name}-${key}`)?.focus();
          },
        },
        word(key, lang),
        h('span', { 'aria-hidden': 'true' }, on ? (down ? ' ▾' : ' ▴') : ''),
      ),
    );
  }

  /** @param {Column} column */
  cell({ key, text, show }, row) {
    const name = h('span', { class: 'head', 'aria-hidden': 'true' }, word(key, row.lang));
    const held = [show ? show(row) : text(row)].flat(3).filter((each) => each || each === 0);
    return h('td', { role: 'cell', class: `c-${key}` }, held.length > 0 && [name, h('div', { class: 'cell' }, held)]);
  }

  clicked(event) {
    const choose = target(event, '[data-choose]')?.dataset.choose;
    const row = this.shown?.find((each) => each.choose === choose);
    if (!row) return;
    if (this.spec.clicked) return void this.spec.clicked(row, Boolean(target(event, '.quote')));
    const place = row.place ?? row.places[0];
    this.store.set({
      chosen: choose,
      from: '',
      to: '',
      ...(place ? { article: place[0] } : {}),
      ...(place && target(event, '.quote, .money') ? { tab: 'article' } : {}),
    });
  }

  // ---- the tools above it ----

  /** Make the tools; they stay while one types in them. */
  build(lang) {
    const { name, columns, facets } = this.spec;
    const box = (key, id) => {
      const input = h('input', { type: 'search', id, 'data-key': key, autocomplete: 'off', spellcheck: 'false' });
      input.addEventListener('input', (event) => {
        if (!(/** @type {InputEvent} */ (event).isComposing)) this.choose(key, input.value);
      });
      input.addEventListener('compositionend', () => this.choose(key, input.value));
      return input;
    };
    const facet = ({ key }) => {
      const select = h('select', {
        id: `is-${name}-${key}`,
        'data-facet': key,
        onchange: () => this.choose(`is-${key}`, select.value),
      });
      return h('label', {}, h('span', {}, word(key, lang)), select);
    };
    const several = this.model.articles.length > 1;
    this.facets = facets.filter(({ key }) => key !== 'article' || several);
    const button = (id, act, text) => h('button', { type: 'button', class: 'button', id, onclick: act }, text);
    this.clearer = button(`clear-${name}`, () => this.clear(), word('clear', lang));
    const texts = columns.filter(({ key }) => key !== 'quote');
    const details = h(
      'details',
      { class: 'columns' },
      h('summary', {}, word('columnFilters', lang)),
      h(
        'div',
        { class: 'fields' },
        texts.map(({ key }) => h('label', {}, h('span', {}, word(key, lang)), box(key, `has-${name}-${key}`))),
      ),
    );
    details.open = this.more || texts.some(({ key }) => this.chosen(key));
    details.addEventListener('toggle', () => {
      this.more = details.open;
    });
    this.tools = h(
      'div',
      { class: 'tools', role: 'group', 'aria-label': word('tableTools', lang) },
      h('label', { class: 'words' }, h('span', {}, word('inQuotes', lang)), box('quote', `words-${name}`)),
      h('div', { class: 'facets' }, this.facets.map(facet)),
      details,
      h(
        'div',
        { class: 'actions' },
        this.clearer,
        button(`csv-${name}`, () => this.spec.file(this.shown, this.lang), word('tableCsv', lang)),
      ),
    );
    this.count = h('p', { class: 'rows-count', role: 'status' });
    this.above = h('div');
    this.sheet = h('div', { class: 'sheet' });
    fill(this.panel, this.tools, this.count, this.above, this.sheet);
  }

  /**
   * Let the tools say what is chosen, and how many rows each choice would leave.
   * @param {Map<string, number>[]} counts
   */
  sync(counts) {
    this.clearer.hidden = !this.filtered;
    for (const input of every(this.tools, 'input')) {
      const field = /** @type {HTMLInputElement} */ (input);
      if (field.value !== this.chosen(field.dataset.key)) field.value = this.chosen(field.dataset.key);
    }
    this.facets.forEach((facet, i) => {
      const select = /** @type {HTMLSelectElement} */ (this.tools.querySelector(`[data-facet=${facet.key}]`));
      const value = this.chosen(`is-${facet.key}`);
      const options = this.options(facet, counts[i], value);
      const key = options.map(([id, count]) => `${id} ${count}`).join();
      if (select.dataset.of !== key)
        fill(
          select,
          h('option', { value: '' }, word('any', this.lang)),
          options.map(([id, count]) => h('option', { value: id }, `${facet.name(id, this.lang)} (${count})`)),
        );
      select.dataset.of = key;
      select.value = value;
    });
  }

  /** @param {Facet} facet */
  options({ order }, counts, value) {
    if (value && !counts.has(value)) counts.set(value, 0);
    const at = (id) => (order ? order.indexOf(id) : 0);
    return [...counts].sort((a, b) => at(a[0]) - at(b[0]) || b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }
}

const folds = new Map(); // names are the same in many rows

function within(text, wanted) {
  let own = folds.get(text);
  if (own === undefined) folds.set(text, (own = fold(text)));
  return wanted.every((each) => own.includes(each));
}

let ranked = new Map();

/** Where each text stands among all, as one speaks them. Comparing costs; so it is done once for the same texts. */
function ranks(texts) {
  const own = new Set(texts);
  if (own.size !== ranked.size || [...own].some((text) => !ranked.has(text)))
    ranked = new Map([...own].sort(collator.compare).map((text, i) => [text, i]));
  return ranked;
}
