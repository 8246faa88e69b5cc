// The tables of the page: facts, figures, entities.

import { h } from './dom.js';
import { chart } from './money.js';
import { DOUBTFUL } from './palette.js';
import { entitiesCsv, factsCsv, figuresCsv } from './save.js';
import { ruled, ruledMark } from './ruled.js';
import { Board } from './table.js';
import { plainNumber } from './text.js';
import { trust } from './trust.js';
import {
  percent,
  predicateName,
  saidBy,
  sign,
  spokenDate,
  spokenLeaf,
  statusName,
  tieName,
  typeName,
  word,
} from './words.js';

/** The page or paragraph of the quote that a row shows; no column where no document has any. */
export const foundAt = (model) =>
  model.articles.some(({ leaves }) => leaves)
    ? [
        {
          key: 'foundAt',
          text: (row) => (row.places.length ? spokenLeaf(model.leafOf(row.place ?? row.places[0]), row.lang) : ''),
          order: (row) => (row.places.length ? (row.place ?? row.places[0])[1] : NaN),
        },
      ]
    : [];

/** What all three tables have: the articles that say it, and the words. */
function common(model) {
  const quote = (row) => ((row.place ?? row.places[0]) ? model.quote(row.place ?? row.places[0]).trim() : '');
  const article = {
    key: 'article',
    of: (row) => row.articles,
    name: (value) => model.titleOf(Number(value)),
  };
  const columns = [
    { key: 'article', text: (row) => (row.places.length ? model.titleOf((row.place ?? row.places[0])[0]) : '') },
    {
      key: 'quote',
      text: quote,
      order: (row) => (row.places.length ? row.places[0][0] * 1e8 + row.places[0][1] : NaN),
      show: (row) => quote(row) && h('button', { type: 'button', class: 'quote' }, quote(row)),
    },
  ];
  const leaf = foundAt(model);
  return { article, columns: model.articles.length > 1 ? columns : columns.slice(1), leaf };
}

const numbers = (places) => [...new Set(places.map(([article]) => String(article)))];
const dot = (node, lang) =>
  h('span', { class: `dot t-${node.type}`, role: 'img', 'aria-label': typeName(node.type, lang) }, sign(node));
const named = (model, node, lang) => [dot(node, lang), ' ', model.name(node, lang)];

const ownerName = (value, lang) => (value === 'nobody' ? word('nobody', lang) : typeName(value, lang));

const BANDS = ['high', 'middle', 'low', 'derived'];
const band = (tie) => (tie.derived ? 'derived' : tie.conf >= 0.9 ? 'high' : tie.conf >= DOUBTFUL ? 'middle' : 'low');

/** When a fact or figure is so; open intervals stand by their end. */
const date = (what) => ({
  key: 'date',
  text: (row) => spokenDate(row[what].date, row.lang) ?? '',
  order: (row) => (row[what].date ?? '').replace(/^(\.\.)?\//, ''),
});

/** How sure a fact is, or whose a figure is. */
const sure = (what) => ({
  key: 'sure',
  downFirst: true,
  text: (row) => (row[what].derived ? word('derived', row.lang) : row[what].conf >= 0 ? percent(row[what].conf) : ''),
  order: (row) => row[what].conf ?? NaN,
  show: (row) => (row[what].derived ? h('span', { class: 'tag soft' }, word('derived', row.lang)) : trust(row[what])),
});

export class Facts {
  /**
   * @param {HTMLElement} panel
   * @param {import('./model.js').Model} model
   * @param {import('./state.js').Store} store
   * @param {(content: string, name: string) => void} keep
   */
  constructor(panel, model, store, keep) {
    this.model = model;
    this.sums = null;
    const { article, columns, leaf } = common(model);
    const [node, lang] = [(id) => model.node.get(id), (row) => row.lang];
    const name = (key) => (row) => model.name(node(row.tie[key]), row.lang);
    const sources = {
      key: 'sources',
      downFirst: true,
      text: (row) => (row.tie.sources ? word('sourceCount', row.lang, ...row.tie.sources) : ''),
      order: (row) => (row.tie.sources ? row.tie.sources[1] : 1),
    };
    const standing = (row) =>
      [
        statusName(row.tie.status, row.lang),
        row.tie.ended && word('ended', row.lang),
        ruled(model, row.tie.id, row.lang),
      ]
        .filter(Boolean)
        .join(' ');
    this.board = new Board(panel, model, store, {
      name: 'facts',
      columns: [
        { key: 'subject', text: name('s'), show: (row) => named(model, node(row.tie.s), lang(row)) },
        {
          key: 'predicate',
          text: (row) => [tieName(row.tie, row.lang), predicateName(row.tie.p, row.lang), row.tie.role].join(' '),
          show: (row) => h('button', { type: 'button', class: 'link' }, tieName(row.tie, row.lang)),
        },
        { key: 'object', text: name('o'), show: (row) => named(model, node(row.tie.o), lang(row)) },
        {
          key: 'status',
          text: standing,
          show: (row) => [
            row.tie.status === 'asserted'
              ? statusName(row.tie.status, row.lang)
              : h('span', { class: `tag s-${row.tie.status}` }, statusName(row.tie.status, row.lang)),
            row.tie.ended && [' ', h('span', { class: 'tag' }, word('ended', row.lang))],
            ' ',
            ruledMark(model, row.tie.id, row.lang),
          ],
        },
        date('tie'),
        { key: 'amount', text: (row) => row.tie.amount ?? '', order: (row) => this.sum(row.tie), downFirst: true },
        { key: 'reportedBy', text: (row) => (row.tie.by ? saidBy(row.tie.by, row.lang) : '') },
        sure('tie'),
        ...(model.ties.some((tie) => tie.sources) ? [sources] : []),
        ...columns,
        ...leaf,
      ],
      facets: [
        { key: 'type', of: (row) => [node(row.tie.s).type, node(row.tie.o).type], name: typeName },
        { key: 'predicate', of: (row) => [row.tie.p], name: predicateName },
        { key: 'status', of: (row) => [row.tie.status], name: statusName },
        { key: 'sure', of: (row) => [band(row.tie)], name: word, order: BANDS },
        article,
      ],
      file: (rows, spoken) =>
        keep(
          factsCsv(
            model,
            spoken,
            rows.map((row) => row.tie),
          ),
          'facts',
        ),
    });
  }

  /** How much a fact is about, where one of the article's figures is written so. */
  sum(tie) {
    if (!tie.amount) return NaN;
    this.sums ??= new Map(this.model.figures.map((figure) => [figure.text, Number(figure.value)]));
    return this.sums.get(tie.amount) ?? -1;
  }

  render(state, view) {
    if (state.tab !== 'facts') return;
    const { ties } = this.model;
    const rows = ties
      .filter((tie) => view.ties.has(tie.id))
      .map((tie) => ({
        tie,
        lang: state.lang,
        choose: `f:${tie.id}`,
        on: Boolean(view.lit?.ties.has(tie.id)),
        places: tie.quotes,
        articles: numbers(tie.quotes),
      }));
    const none = word(ties.length ? 'allHidden' : 'noFacts', state.lang);
    this.board.render(rows, state.lang, none, ties.length - rows.length);
  }
}

export class Figures {
  /**
   * @param {HTMLElement} panel
   * @param {import('./model.js').Model} model
   * @param {import('./state.js').Store} store
   * @param {(content: string, name: string) => void} keep
   */
  constructor(panel, model, store, keep) {
    this.model = model;
    const { article, columns, leaf } = common(model);
    const node = (row) => model.node.get(row.figure.subject);
    const modifier = ({ figure, lang }) => (figure.modifier ? `${word(figure.modifier, lang)} ` : '');
    this.board = new Board(panel, model, store, {
      name: 'figures',
      columns: [
        {
          key: 'value',
          downFirst: true,
          order: (row) => Number(row.figure.value),
          text: (row) =>
            `${modifier(row)}${plainNumber(row.figure.value, row.lang)} ${row.figure.value} ${row.figure.text}`,
          show: (row) => [
            row.figure.modifier ? h('span', { class: 'modifier' }, modifier(row)) : null,
            plainNumber(row.figure.value, row.lang),
            ' ',
            ruledMark(model, row.figure.id, row.lang),
          ],
        },
        { key: 'unit', text: (row) => row.figure.unit },
        { key: 'what', text: (row) => row.figure.of ?? '' },
        {
          key: 'whose',
          text: (row) => (node(row) ? model.name(node(row), row.lang) : ''),
          show: (row) => node(row) && named(model, node(row), row.lang),
        },
        date('figure'),
        sure('figure'),
        ...columns,
        ...leaf,
      ],
      facets: [
        { key: 'unit', of: (row) => [row.figure.unit], name: (value, lang) => value || word('noUnit', lang) },
        { key: 'whose', of: (row) => [node(row)?.type ?? 'nobody'], name: ownerName },
        { key: 'sure', of: (row) => (row.figure.conf >= 0 ? [band(row.figure)] : []), name: word, order: BANDS },
        article,
      ],
      file: (rows, spoken) =>
        keep(
          figuresCsv(
            model,
            spoken,
            rows.map((row) => row.figure),
          ),
          'figures',
        ),
    });
  }

  render(state) {
    if (state.tab !== 'figures') return;
    const rows = this.model.figures.map((figure) => ({
      figure,
      lang: state.lang,
      choose: `q:${figure.id}`,
      on: state.chosen === `q:${figure.id}`,
      places: figure.quote[0] < 0 ? [] : [figure.quote],
      articles: numbers([figure.quote]),
    }));
    this.board.render(rows, state.lang, word('noFigures', state.lang), 0, (shown) =>
      chart(
        shown.map((row) => row.figure),
        state,
        (figure) => (figure.subject ? this.model.name(this.model.node.get(figure.subject), state.lang) : ''),
      ),
    );
  }
}

export class Entities {
  /**
   * @param {HTMLElement} panel
   * @param {import('./model.js').Model} model
   * @param {import('./state.js').Store} store
   * @param {(content: string, name: string) => void} keep
   */
  constructor(panel, model, store, keep) {
    this.model = model;
    const { article, columns } = common(model);
    const others = ({ node, lang }) => node.names.filter((each) => each !== model.name(node, lang));
    const number = (key, of) => ({ key, downFirst: true, text: (row) => String(of(row)), order: of });
    this.board = new Board(panel, model, store, {
      name: 'entities',
      columns: [
        {
          key: 'name',
          text: (row) => model.name(row.node, row.lang),
          show: (row) => [
            dot(row.node, row.lang),
            ' ',
            h('button', { type: 'button', class: 'link' }, model.name(row.node, row.lang)),
            ruledMark(model, row.node.id, row.lang),
          ],
        },
        {
          key: 'type',
          text: ({ node, lang }) =>
            [node.type, node.kind]
              .filter(Boolean)
              .map((each) => typeName(each, lang))
              .join(' · '),
        },
        { key: 'alsoCalled', text: (row) => others(row).join(row.lang === 'en' ? ', ' : '、') },
        { key: 'placeCode', text: (row) => row.node.code ?? '' },
        number('mentions', (row) => row.marks.length),
        number('factCount', (row) => model.around.get(row.node.id).length),
        number('figureCount', (row) => model.figuresOf.get(row.node.id)?.length ?? 0),
        ...columns,
      ],
      facets: [{ key: 'type', of: (row) => [row.node.type, row.node.kind].filter(Boolean), name: typeName }, article],
      file: (rows, spoken) =>
        keep(
          entitiesCsv(
            model,
            spoken,
            rows.map((row) => row.node),
          ),
          'entities',
        ),
    });
  }

  render(state, view) {
    if (state.tab !== 'entities') return;
    const { model } = this;
    const rows = model.nodes
      .filter((node) => view.nodes.has(node.id))
      .map((node) => new Entity(model, node, state))
      .sort((a, b) => b.node.rank - a.node.rank);
    const none = word(model.nodes.length ? 'allHidden' : 'noEntities', state.lang);
    this.board.render(rows, state.lang, none, model.nodes.length - rows.length);
  }
}

/** A row of the table of entities; the sentences that name it are found when they are asked for. */
class Entity {
  constructor(model, node, state) {
    this.model = model;
    this.node = node;
    this.lang = state.lang;
    this.choose = `n:${node.id}`;
    this.on = state.chosen === this.choose;
    this.marks = model.marksOf.get(node.id) ?? [];
    this.place = undefined;
    this.held = null;
  }

  get articles() {
    return numbers(this.marks);
  }

  get places() {
    this.held ??= this.marks.map((mark) => this.model.sentenceOf(mark));
    return this.held;
  }
}
