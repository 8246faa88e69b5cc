// What pages of several articles have: their list, a timeline (one article with several dates has one too), what is not drawn.

import { h } from './dom.js';
import { Board } from './table.js';
import { foundAt } from './tables.js';
import { csv } from './text.js';
import { timeline } from './when.js';
import { predicateName, sign, spokenDate, standing, tieName, typeName, word } from './words.js';

const ALL = 1e9; // code points: past the end of any article

/** What is known here of things that are not drawn: their articles, and how to see the rest. */
export function beyondCard(model, label, state, hooks) {
  const t = (key, ...values) => word(key, state.lang, ...values);
  const command = `kg dossier '${label.replaceAll("'", `'\\''`)}' -g ${t('folder')}`;
  const row = (number) =>
    h(
      'li',
      {},
      h(
        'button',
        { type: 'button', class: 'link', onclick: () => hooks.open(number) },
        h('span', {}, model.titleOf(number)),
        h('span', { class: 'count' }, model.articles[number].published ?? ''),
      ),
    );
  const card = (thing) =>
    h(
      'section',
      {},
      h(
        'h2',
        { class: 'who' },
        h('span', { class: `dot big t-${thing.type}`, 'aria-hidden': 'true' }, sign(thing)),
        h('span', {}, thing.label),
      ),
      h(
        'dl',
        { class: 'plain' },
        h('dt', {}, t('type')),
        h('dd', {}, typeName(thing.type, state.lang)),
        thing.names.length > 1 && [h('dt', {}, t('alsoCalled')), h('dd', {}, thing.names.slice(1).join(' · '))],
      ),
      h('h3', {}, t('articles'), h('span', { class: 'count' }, thing.articles)),
      h('ul', { class: 'rows' }, thing.among.map(row)),
    );
  return h(
    'div',
    { class: 'card' },
    model.beyond.called(label).map(card),
    h('p', { class: 'hint' }, t('notDrawn')),
    h(
      'div',
      { class: 'actions' },
      h('code', {}, command),
      h(
        'button',
        { type: 'button', class: 'button', id: 'copy-command', onclick: () => hooks.copy(command) },
        t('copy'),
      ),
    ),
  );
}

/** What a page of many articles leaves out, and how to see it. */
export function leftOutNote(model, state) {
  const left = model.data.leftOut;
  if (left.core === undefined) return null;
  const t = (key, ...values) => word(key, state.lang, ...values);
  const lines = [
    t('shownOfMany', left.core, model.nodes.length, model.ties.length),
    t('leftOfMany', left.nodes, left.ties, left.figures),
    left.names > 0 && t('namesLeft', left.names),
    left.articles > 0 && t('articlesLeft', left.articles),
    t('seeRest', t('folder')),
  ];
  return h(
    'section',
    { class: 'filter', id: 'left-out' },
    h('h2', {}, t('leftOutTitle')),
    lines.filter(Boolean).map((line) => h('p', { class: 'hint' }, line)),
  );
}

const published = { key: 'published', text: (row) => row.article.published ?? '' };
const title = (model, hooks) => ({
  key: 'title',
  text: (row) => model.titleOf(row.number),
  show: (row) =>
    h('button', { type: 'button', class: 'link', onclick: () => hooks.open(row.number) }, model.titleOf(row.number)),
});
const kindOf = (event, lang) => (event ? event.kind[lang === 'en' ? 1 : 0] : '');

/** The list of all articles. */
export class Articles {
  /**
   * @param {HTMLElement} panel
   * @param {import('./model.js').Model} model
   * @param {import('./state.js').Store} store
   * @param {Record<string, Function>} hooks
   * @param {(content: string, name: string) => void} keep
   */
  constructor(panel, model, store, hooks, keep) {
    this.model = model;
    this.facts = null;
    const kinds = new Map(model.articles.flatMap(({ event }) => (event ? [[event.kind[1], event]] : [])));
    const columns = [
      title(model, hooks),
      published,
      { key: 'source', text: (row) => row.article.publisher ?? '' },
      { key: 'mainEvent', text: (row) => kindOf(row.article.event, row.lang) || this.topic(row) },
      { key: 'factCount', text: (row) => String(row.facts || ''), order: (row) => row.facts, downFirst: true },
      { key: 'fileName', text: (row) => row.article.name },
    ];
    this.board = new Board(panel, model, store, {
      name: 'articles',
      columns,
      facets: [
        {
          key: 'source',
          of: (row) => [row.article.publisher ?? ''],
          name: (value, lang) => value || word('nobody', lang),
        },
        {
          key: 'mainEvent',
          of: ({ article }) => [article.event?.kind[1] ?? (model.node.has(article.topic) ? 'topic' : '')],
          name: (value, lang) =>
            value === 'topic' ? word(value, lang) : kindOf(kinds.get(value), lang) || word('nobody', lang),
        },
        {
          key: 'year',
          of: (row) => [(row.article.published ?? '').slice(0, 4)],
          name: (value, lang) => value || word('nobody', lang),
        },
      ],
      file: (rows, spoken) => keep(asCsv(columns, rows, spoken), 'articles'),
      clicked: (row) => hooks.open(row.number),
    });
  }

  /** Whom or what an article is about that tells no event. */
  topic({ article, lang }) {
    const node = this.model.node.get(article.topic);
    return node ? `${word('topic', lang)}${lang === 'en' ? ': ' : '：'}${this.model.name(node, lang)}` : '';
  }

  render(state) {
    if (state.tab !== 'articles') return;
    if (!this.facts) {
      this.facts = this.model.articles.map(() => 0);
      for (const tie of this.model.ties)
        for (const number of new Set(tie.quotes.map(([n]) => n))) this.facts[number] += 1;
    }
    const rows = this.model.articles.map((article, number) => ({
      article,
      number,
      facts: this.facts[number],
      lang: state.lang,
      choose: `a:${number}`,
      on: state.article === number,
      places: [[number, 0, ALL]],
    }));
    this.board.render(rows, state.lang, '', 0);
  }
}

/** What happened when: facts and main events with a day, month or year, in order; an event without one on the day of its article. */
export class Timeline {
  /**
   * @param {HTMLElement} panel
   * @param {import('./model.js').Model} model
   * @param {import('./state.js').Store} store
   * @param {Record<string, Function>} hooks
   * @param {(content: string, name: string, ending?: string) => void} keep
   */
  constructor(panel, model, store, hooks, keep) {
    this.model = model;
    this.keep = keep;
    this.held = null;
    const quote = (row) => (row.places.length ? model.quote(row.place ?? row.places[0]).trim() : '');
    const columns = [
      { key: 'date', text: (row) => spokenDate(row.date, row.lang), order: (row) => row.day },
      {
        key: 'what',
        text: (row) => this.told(row),
        show: (row) => h('button', { type: 'button', class: 'link' }, this.told(row)),
      },
      { key: 'status', text: (row) => (row.tie ? standing(row.tie, row.lang) : '') },
      title(model, hooks),
      {
        key: 'quote',
        text: quote,
        show: (row) => quote(row) && h('button', { type: 'button', class: 'quote' }, quote(row)),
      },
      ...foundAt(model),
    ];
    this.board = new Board(panel, model, store, {
      name: 'timeline',
      columns,
      facets: [
        {
          key: 'predicate',
          of: (row) => [row.tie?.p ?? 'mainEvent'],
          name: (value, lang) => (value === 'mainEvent' ? word(value, lang) : predicateName(value, lang)),
        },
        { key: 'year', of: (row) => [row.day.slice(0, 4)], name: (value) => value },
      ],
      file: (rows, spoken) => keep(asCsv(columns, rows, spoken), 'timeline'),
      clicked: (row, onQuote) => {
        if (row.tie && !onQuote) store.set({ chosen: row.choose, from: '', to: '', article: row.number });
        else hooks.jump(row.tie ? row.choose : '', row.number);
      },
    });
  }

  /** What happened, in one line. */
  told({ tie, article, lang }) {
    const name = (id) => this.model.name(this.model.node.get(id), lang);
    if (tie) return `${name(tie.s)} · ${tieName(tie, lang)} · ${name(tie.o)}`;
    const { event } = article;
    const all = [...(event.agents ?? []), ...(event.patients ?? [])].filter((id) => this.model.node.has(id));
    return [kindOf(event, lang), all.map(name).join(lang === 'en' ? ', ' : '、')].filter(Boolean).join(' · ');
  }

  get rows() {
    this.held ??= whens(this.model);
    return this.held;
  }

  render(state, view) {
    if (state.tab !== 'timeline') return;
    const rows = this.rows
      .filter(({ tie }) => !tie || view.ties.has(tie.id))
      .map((row) => ({
        ...row,
        lang: state.lang,
        choose: row.tie ? `f:${row.tie.id}` : `a:${row.number}`,
        on: Boolean(row.tie && view.lit?.ties.has(row.tie.id)),
      }));
    this.board.render(rows, state.lang, word('noDates', state.lang), this.rows.length - rows.length, (shown) =>
      timeline(shown, state, (row) => this.told(row), {
        choose: (row) => this.board.spec.clicked(row, false),
        keep: (svg) => this.keep(svg, 'timeline', 'svg'),
      }),
    );
  }
}

const asCsv = (columns, rows, lang) =>
  csv([columns.map(({ key }) => word(key, lang)), ...rows.map((row) => columns.map(({ text }) => text(row)))]);

/** What has a date, in order. */
export function whens(model) {
  const day = (date) => date.replace(/^(\.\.)?\//, '');
  return [
    ...model.ties
      .filter((tie) => tie.date && tie.quotes.length)
      .map((tie) => ({ tie, date: tie.date, day: day(tie.date), number: tie.quotes[0][0], places: tie.quotes })),
    ...model.articles
      .map((article, number) => ({ article, number, date: article.event?.date ?? article.published ?? '' }))
      .filter(({ article, date }) => article.event && date)
      .map((row) => ({ ...row, day: day(row.date), places: row.article.event.quotes })),
  ].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.number - b.number));
}
