// The figures and the facts as tables that can be sorted, and the money as a small chart.

import { h, fill, target } from './dom.js';
import { DOUBTFUL } from './palette.js';
import { plainNumber } from './text.js';
import { percent, predicateName, saidBy, sign, statusName, tieName, typeName, word } from './words.js';

const STEP = 200;

class Table {
  constructor(columns, sort) {
    this.columns = columns;
    this.sort = sort;
    this.down = false;
    this.limit = STEP;
  }

  build(rows, caption, lang, rerender) {
    const column = this.columns.find((each) => each.key === this.sort);
    const sorted = column
      ? [...rows].sort((a, b) => compare(column.order(a), column.order(b)) * (this.down ? -1 : 1))
      : rows;
    const head = this.columns.map((each) => {
      const on = each.key === this.sort;
      return h(
        'th',
        {
          scope: 'col',
          class: `c-${each.key}`,
          'aria-sort': on ? (this.down ? 'descending' : 'ascending') : undefined,
        },
        h(
          'button',
          {
            type: 'button',
            id: `sort-${caption}-${each.key}`,
            onclick: () => {
              this.down = on ? !this.down : Boolean(each.downFirst);
              this.sort = each.key;
              rerender(`sort-${caption}-${each.key}`);
            },
          },
          word(each.key, lang),
          h('span', { 'aria-hidden': 'true' }, on ? (this.down ? ' ▾' : ' ▴') : ''),
        ),
      );
    });
    return [
      h(
        'table',
        {},
        h('caption', { class: 'unseen' }, word(caption, lang)),
        h('thead', {}, h('tr', {}, head)),
        h(
          'tbody',
          {},
          sorted.slice(0, this.limit).map((row) =>
            h(
              'tr',
              { 'data-choose': row.choose, class: row.on ? 'chosen' : undefined },
              this.columns.map((each) => h('td', { class: `c-${each.key}` }, each.show(row))),
            ),
          ),
        ),
      ),
      sorted.length > this.limit &&
        h(
          'button',
          {
            type: 'button',
            class: 'button wide',
            onclick: () => {
              this.limit += STEP;
              rerender();
            },
          },
          word('more', lang),
        ),
    ];
  }
}

const compare = (a, b) =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'zh-CN-u-co-pinyin');

export class Figures {
  /**
   * @param {HTMLElement} panel
   * @param {import('./model.js').Model} model
   * @param {import('./state.js').Store} store
   */
  constructor(panel, model, store) {
    this.panel = panel;
    this.model = model;
    this.store = store;
    const node = (row) => this.model.node.get(row.figure.subject);
    this.table = new Table(
      [
        {
          key: 'value',
          downFirst: true,
          order: (row) => Number(row.figure.value),
          show: (row) => [
            row.figure.modifier ? h('span', { class: 'modifier' }, `${word(row.figure.modifier, row.lang)} `) : null,
            plainNumber(row.figure.value, row.lang),
          ],
        },
        { key: 'unit', order: (row) => row.figure.unit, show: (row) => row.figure.unit },
        { key: 'what', order: (row) => row.figure.of ?? '', show: (row) => row.figure.of ?? '' },
        {
          key: 'whose',
          order: (row) => node(row)?.label ?? '\uffff',
          show: (row) => (node(row) ? this.model.name(node(row), row.lang) : ''),
        },
        {
          key: 'quote',
          order: (row) => row.figure.span[0] * 1e7 + row.figure.span[1],
          show: (row) => h('button', { type: 'button', class: 'quote' }, this.model.quote(row.figure.quote).trim()),
        },
      ],
      'quote',
    );
    panel.addEventListener('click', (event) => {
      const choose = target(event, '[data-choose]')?.dataset.choose;
      if (!choose) return;
      const article = this.model.figure.get(choose.slice(2)).span[0];
      this.store.set({
        chosen: choose,
        article,
        from: '',
        to: '',
        ...(target(event, '.quote, .money') ? { tab: 'article' } : {}),
      });
    });
  }

  render(state) {
    if (state.tab !== 'figures') return;
    const rows = this.model.figures.map((figure) => ({
      figure,
      lang: state.lang,
      choose: `q:${figure.id}`,
      on: state.chosen === `q:${figure.id}`,
    }));
    const rerender = (id) => {
      this.render(this.store.state);
      if (id) document.getElementById(id)?.focus();
    };
    const top = this.panel.scrollTop;
    fill(
      this.panel,
      rows.length
        ? [this.money(state), this.table.build(rows, 'figures', state.lang, rerender)]
        : h('p', { class: 'hint' }, word('noFigures', state.lang)),
    );
    this.panel.scrollTop = top;
  }

  /** Sums on a logarithmic scale: a dot each, so that a million stays visible beside a thousand million. */
  money(state) {
    const sums = this.model.figures
      .filter((figure) => figure.currency && Number(figure.value) > 0)
      .sort((a, b) => Number(b.value) - Number(a.value))
      .slice(0, 20);
    if (!sums.length) return null;
    const logs = sums.map((figure) => Math.log10(Number(figure.value)));
    const low = Math.floor(Math.min(...logs));
    const high = Math.max(low + 1, Math.ceil(Math.max(...logs)));
    const share = (value) => ((value - low) / (high - low)) * 100;
    const ticks = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter(
      (_, i, all) => all.length <= 6 || i % 2 === 0,
    );
    return h(
      'section',
      { class: 'money', 'aria-label': word('money', state.lang) },
      h('h2', {}, word('money', state.lang)),
      h(
        'ul',
        {},
        sums.map((figure, i) => {
          const bar = h('span', { class: 'bar' });
          const dot = h('span', { class: 'point' });
          dot.style.left = bar.style.width = `${share(logs[i])}%`;
          return h(
            'li',
            {},
            h(
              'button',
              {
                type: 'button',
                class: 'money',
                'data-choose': `q:${figure.id}`,
                'aria-pressed': String(state.chosen === `q:${figure.id}`),
              },
              h('span', { class: 'label' }, figure.of || figure.text),
              h('span', { class: 'track', 'aria-hidden': 'true' }, bar, dot),
              h(
                'span',
                { class: 'sum' },
                `${figure.modifier ? `${word(figure.modifier, state.lang)} ` : ''}${plainNumber(figure.value, state.lang)}${figure.unit || figure.currency}`,
              ),
            ),
          );
        }),
      ),
      h(
        'p',
        { class: 'axis', 'aria-hidden': 'true' },
        ticks.map((tick) => {
          const mark = h('span', {}, plainNumber(10 ** tick, state.lang));
          mark.style.left = `${share(tick)}%`;
          return mark;
        }),
      ),
    );
  }
}

export class Facts {
  /**
   * @param {HTMLElement} panel
   * @param {import('./model.js').Model} model
   * @param {import('./state.js').Store} store
   */
  constructor(panel, model, store) {
    this.panel = panel;
    this.model = model;
    this.store = store;
    const end = (row, id) => {
      const node = this.model.node.get(id);
      return [
        h(
          'span',
          { class: `dot t-${node.type}`, role: 'img', 'aria-label': typeName(node.type, row.lang) },
          sign(node),
        ),
        ' ',
        this.model.name(node, row.lang),
      ];
    };
    const label = (id) => this.model.node.get(id).label;
    this.table = new Table(
      [
        { key: 'subject', order: (row) => label(row.tie.s), show: (row) => end(row, row.tie.s) },
        {
          key: 'predicate',
          order: (row) => predicateName(row.tie.p, row.lang),
          show: (row) => h('button', { type: 'button', class: 'link' }, tieName(row.tie, row.lang)),
        },
        { key: 'object', order: (row) => label(row.tie.o), show: (row) => end(row, row.tie.o) },
        {
          key: 'sure',
          downFirst: true,
          order: (row) => row.tie.conf,
          show: (row) => [
            h('span', { class: row.tie.conf < DOUBTFUL ? 'sure doubt' : 'sure' }, percent(row.tie.conf)),
            row.tie.status !== 'asserted' &&
              h('span', { class: `tag s-${row.tie.status}` }, statusName(row.tie.status, row.lang)),
            row.tie.by && h('span', { class: 'by' }, saidBy(row.tie.by, row.lang)),
          ],
        },
        {
          key: 'quote',
          order: (row) => (row.tie.quotes[0] ?? [0, 0])[0] * 1e7 + (row.tie.quotes[0] ?? [0, 0])[1],
          show: (row) =>
            row.tie.quotes.length > 0 &&
            h('button', { type: 'button', class: 'quote' }, this.model.quote(row.tie.quotes[0]).trim()),
        },
      ],
      '',
    );
    panel.addEventListener('click', (event) => {
      const choose = target(event, '[data-choose]')?.dataset.choose;
      if (!choose) return;
      const article = this.model.tie.get(choose.slice(2)).quotes[0]?.[0] ?? this.store.state.article;
      this.store.set({
        chosen: choose,
        article,
        from: '',
        to: '',
        ...(target(event, '.quote') ? { tab: 'article' } : {}),
      });
    });
  }

  render(state, view) {
    if (state.tab !== 'facts') return;
    const rows = this.model.ties
      .filter((tie) => view.ties.has(tie.id))
      .map((tie) => ({ tie, lang: state.lang, choose: `f:${tie.id}`, on: Boolean(view.lit?.ties.has(tie.id)) }));
    const rerender = (id) => {
      this.render(this.store.state, this.model.view(this.store.state));
      if (id) document.getElementById(id)?.focus();
    };
    const top = this.panel.scrollTop;
    fill(this.panel, this.table.build(rows, 'facts', state.lang, rerender));
    this.panel.scrollTop = top;
  }
}
