// The left column: legend and filters, or all about what is chosen.

import { h, fill, icon } from './dom.js';
import { beyondCard, leftOutNote } from './many.js';
import { group, split } from './model.js';
import { DOUBTFUL, MANY } from './palette.js';
import { plainNumber } from './text.js';
import { trust } from './trust.js';
import { ruledLines } from './ruled.js';
import {
  foundBy,
  inverseName,
  mergeName,
  percent,
  predicateName,
  saidBy,
  sign,
  spokenDate,
  spokenLeaf,
  statusName,
  sureness,
  takesRole,
  tieName,
  typeName,
  word,
} from './words.js';
import { factQuery, nodeQuery } from './sparql.js';

const CLOSE = 'M5 5l10 10M15 5L5 15';

export class Side {
  /**
   * @param {HTMLElement} element
   * @param {import('./model.js').Model} model
   * @param {import('./state.js').Store} store
   * @param {Record<string, Function>} hooks
   * @param {import('./review.js').Review} review
   */
  constructor(element, model, store, hooks, review) {
    this.element = element;
    this.model = model;
    this.store = store;
    this.hooks = hooks;
    this.review = review;
    this.key = '';
    this.opened = false; // whether the details are
  }

  render(state, view) {
    const t = (key, ...values) => word(key, state.lang, ...values);
    const [kind, id] = split(state.chosen);
    let content = null;
    if (state.from && state.to && !kind) content = this.path(state, view, t);
    else if (kind === 'n' && this.model.node.has(id)) content = this.node(this.model.node.get(id), state, t);
    else if (kind === 'f' && this.model.tie.has(id)) content = this.facts([this.model.tie.get(id)], state, t);
    else if (kind === 'b')
      content = this.facts(
        [...(view.lit?.ties ?? [])].map((each) => this.model.tie.get(each)),
        state,
        t,
      );
    else if (kind === 'q' && this.model.figure.has(id)) content = this.figure(this.model.figure.get(id), state, t);
    else if (kind === 's' && view.lit) content = this.sentence(id, view, state, t);
    else if (kind === 'x' && this.model.beyond.called(id).length)
      content = beyondCard(this.model, id, state, this.hooks);
    this.element.classList.toggle('detail', Boolean(content));
    const key = content ? `${state.chosen}|${state.from}|${state.to}` : '';
    const focused = document.activeElement?.id;
    fill(this.element, content ? [this.bar(t), content] : this.legend(state, view, t));
    if (focused && focused !== 'side') document.getElementById(focused)?.focus();
    if (key !== this.key) this.element.scrollTop = 0;
    this.key = key;
  }

  bar(t) {
    return h(
      'div',
      { class: 'bar' },
      h(
        'button',
        {
          type: 'button',
          class: 'quiet',
          id: 'side-close',
          onclick: () => this.store.set({ chosen: '', from: '', to: '' }),
        },
        icon(CLOSE),
        h('span', {}, t('back')),
      ),
    );
  }

  // ---- legend ----

  legend(state, view, t) {
    const counts = this.model.counts();
    const shownTypes = new Map();
    for (const id of view.nodes)
      shownTypes.set(this.model.node.get(id).type, (shownTypes.get(this.model.node.get(id).type) ?? 0) + 1);
    const shownTies = new Map();
    for (const id of view.ties)
      shownTies.set(this.model.tie.get(id).p, (shownTies.get(this.model.tie.get(id).p) ?? 0) + 1);
    const list = (title, field, entries, look, name, shown) =>
      h(
        'section',
        { class: 'filter' },
        h('h2', {}, title),
        h(
          'ul',
          {},
          entries.map(([key, count]) => {
            const off = state[field].has(key);
            const now = off ? 0 : shown ? (shown.get(key) ?? 0) : count;
            return h(
              'li',
              {},
              h(
                'button',
                {
                  type: 'button',
                  id: `filter-${field}-${key}`,
                  class: 'toggle',
                  'aria-pressed': String(!off),
                  onclick: () => this.store.toggle(field, key),
                },
                look(key),
                h('span', { class: 'name' }, name(key)),
                h('span', { class: 'count' }, now === count || off ? String(count) : `${now}/${count}`),
              ),
              entries.length > 1 &&
                h(
                  'button',
                  {
                    type: 'button',
                    id: `only-${field}-${key}`,
                    class: 'only',
                    'aria-label': `${t('only')} ${name(key)}`,
                    onclick: () =>
                      this.store.only(
                        field,
                        key,
                        entries.map(([each]) => each),
                      ),
                  },
                  t('only'),
                ),
            );
          }),
        ),
      );
    return [
      h('p', { class: 'hint' }, t(state.review ? 'reviewHint' : 'hint')),
      leftOutNote(this.model, state),
      list(
        t('types'),
        'hideTypes',
        counts.types,
        (key) => h('span', { class: `dot t-${key}`, 'aria-hidden': 'true' }, sign({ type: key })),
        (key) => typeName(key, state.lang),
        shownTypes,
      ),
      list(
        t('predicates'),
        'hidePredicates',
        counts.predicates,
        () => h('span', { class: 'dash', 'aria-hidden': 'true' }),
        (key) => predicateName(key, state.lang),
        shownTies,
      ),
      counts.status.length > 1 &&
        list(
          t('status'),
          'hideStatus',
          counts.status,
          (key) => h('span', { class: `dash s-${key}`, 'aria-hidden': 'true' }),
          (key) => statusName(key, state.lang),
        ),
      h(
        'section',
        { class: 'filter' },
        h(
          'h2',
          {},
          h('label', { for: 'confidence' }, t('confidence')),
          ' ',
          h('output', { for: 'confidence' }, `${state.confidence}%`),
        ),
        this.slider(state),
        this.doubtKey(t),
      ),
      state.hidden.size > 0 &&
        h(
          'section',
          { class: 'filter' },
          h('h2', {}, t('hiddenNodes')),
          h(
            'ul',
            {},
            [...state.hidden]
              .filter((id) => this.model.node.has(id))
              .map((id) =>
                h(
                  'li',
                  {},
                  h(
                    'button',
                    { type: 'button', class: 'toggle', onclick: () => this.store.toggle('hidden', id) },
                    h('span', { class: 'name' }, this.model.name(this.model.node.get(id), state.lang)),
                    h('span', { class: 'count' }, t('unhide')),
                  ),
                ),
              ),
          ),
        ),
      h('button', { type: 'button', id: 'reset', class: 'button wide', onclick: this.hooks.reset }, t('reset')),
    ];
  }

  /** How doubt is drawn: dashed, faint where the engine has no dashes, and not at all where all lines are faint. */
  doubtKey(t) {
    if (!this.model.data.large)
      return h('p', { class: 'key' }, h('span', { class: 'dash doubt', 'aria-hidden': 'true' }), t('doubt'));
    const all = this.model.nodes.length > MANY;
    return !all && h('p', { class: 'key' }, h('span', { class: 'dash faint', 'aria-hidden': 'true' }), t('faint'));
  }

  slider(state) {
    const slider = h('input', { type: 'range', id: 'confidence', min: 0, max: 100, step: 5, value: state.confidence });
    slider.addEventListener('input', () => this.store.set({ confidence: Number(slider.value) }));
    return slider;
  }

  // ---- one entity ----

  node(node, state, t) {
    const model = this.model;
    const name = model.name(node, state.lang);
    const others = node.names.filter((each) => each !== name);
    const marks = model.marksOf.get(node.id) ?? [];
    const figures = model.figuresOf.get(node.id) ?? [];
    return h(
      'div',
      { class: 'card' },
      h(
        'h2',
        { class: 'who' },
        h('span', { class: `dot big t-${node.type}`, 'aria-hidden': 'true' }, sign(node)),
        h('span', {}, name),
      ),
      h(
        'dl',
        { class: 'plain' },
        h('dt', {}, t('type')),
        h(
          'dd',
          {},
          [typeName(node.type, state.lang), node.kind && typeName(node.kind, state.lang)].filter(Boolean).join(' · '),
        ),
        others.length > 0 && [
          h('dt', {}, t('alsoCalled')),
          h(
            'dd',
            {},
            others.map((each, i) => [
              i > 0 && (state.lang === 'en' ? ', ' : '、'),
              each,
              h('span', { class: 'why' }, this.why(node, each, state)),
            ]),
          ),
        ],
        node.code && [h('dt', {}, t('placeCode')), h('dd', {}, node.code)],
        marks.length > 0 && [h('dt', {}, t('mentions')), h('dd', {}, `${marks.length} ${t('times')}`)],
      ),
      this.ruled(node.id, state),
      state.review ? this.review.node(node, state) : this.actions(node, state, t),
      model.articles.length > 1 && this.articles(marks, state, t),
      this.grouped(node, state, t),
      figures.length > 0 &&
        h(
          'section',
          {},
          h('h3', {}, t('figuresOf')),
          h(
            'ul',
            { class: 'rows' },
            figures.map((figure) => this.figureRow(figure, state)),
          ),
        ),
      this.copies(node.id, nodeQuery(model.iri(node.id)), t),
    );
  }

  /** Why a name was taken for another name of the same thing. */
  why(node, name, state) {
    const rules = (node.merges ?? []).filter(([each]) => each === name).map(([, rule]) => mergeName(rule, state.lang));
    if (!rules.length) return '';
    return state.lang === 'en' ? ` (${rules.join(', ')})` : `（${rules.join('，')}）`;
  }

  /** The articles that name a node, most often first. */
  articles(marks, state, t) {
    const groups = [...group(marks, ([article]) => article)].sort((a, b) => b[1].length - a[1].length);
    const row = ([number, own]) => {
      const { title, name } = this.model.articles[number];
      return h(
        'li',
        {},
        h(
          'button',
          {
            type: 'button',
            class: 'link',
            'aria-current': number === state.article ? 'true' : undefined,
            onclick: () => this.store.set({ article: number, tab: 'article' }),
          },
          h('span', {}, title || name),
          h('span', { class: 'count' }, `${own.length} ${t('times')}`),
        ),
      );
    };
    return h(
      'section',
      {},
      h('h3', {}, t('articles'), h('span', { class: 'count' }, groups.length)),
      h('ul', { class: 'rows' }, groups.slice(0, 30).map(row)),
    );
  }

  actions(node, state, t) {
    const depths = [1, 2, 3].map((depth) => {
      const on = state.focus === node.id && state.depth === depth;
      return h(
        'button',
        {
          type: 'button',
          class: 'button',
          id: `focus-${depth}`,
          'aria-pressed': String(on),
          'aria-label': t('depth', depth),
          title: t('depth', depth),
          onclick: () => this.hooks.focus(on ? '' : node.id, depth),
        },
        t('step', depth),
      );
    });
    const pick = h(
      'button',
      { type: 'button', class: 'button', id: 'path-to', onclick: () => this.hooks.pickPath(node.id) },
      t('pathTo'),
    );
    const hide = h(
      'button',
      { type: 'button', class: 'button', id: 'hide', onclick: () => this.hooks.hide(node.id) },
      t('hide'),
    );
    return h(
      'div',
      { class: 'actions' },
      h('div', { class: 'joined', role: 'group', 'aria-label': t('focus') }, h('span', {}, t('focus')), depths),
      pick,
      hide,
    );
  }

  grouped(node, state, t) {
    const ties = this.model.around.get(node.id).filter((tie) => this.model.passes(tie, state));
    const groups = group(ties, (tie) => `${tie.p} ${tie.s === node.id ? 'out' : 'in'}`);
    return [...groups].map(([key, own]) => {
      const [predicate, way] = key.split(' ');
      const title = way === 'out' ? predicateName(predicate, state.lang) : inverseName(predicate, state.lang);
      return h(
        'section',
        {},
        h('h3', {}, title, h('span', { class: 'count' }, own.length)),
        h(
          'ul',
          { class: 'rows' },
          own.map((tie) => this.tieRow(tie, way === 'out' ? tie.o : tie.s, state, t)),
        ),
      );
    });
  }

  tieRow(tie, otherId, state, t) {
    const other = this.model.node.get(otherId);
    const extra = [tie.ended && t('ended'), tie.role, spokenDate(tie.date, state.lang), tie.amount]
      .filter(Boolean)
      .join(' · ');
    return h(
      'li',
      {},
      h(
        'button',
        { type: 'button', class: 'link', onclick: () => this.store.set({ chosen: `n:${otherId}` }) },
        h('span', { class: `dot t-${other.type}`, 'aria-hidden': 'true' }, sign(other)),
        h('span', {}, this.model.name(other, state.lang)),
      ),
      this.stands(tie, state, extra),
      tie.quotes.slice(0, 1).map((quote) => this.quoted(quote, `f:${tie.id}`, t)),
    );
  }

  /** How a fact stands, where one reads it: its status unless it is simply stated, who says it, how sure it is. */
  stands(tie, state, extra = '') {
    const said = (text) => text && h('span', {}, text);
    return h(
      'p',
      { class: 'extra' },
      said(extra),
      tie.status !== 'asserted' && h('span', { class: `tag s-${tie.status}` }, statusName(tie.status, state.lang)),
      said(tie.by && saidBy(tie.by, state.lang)),
      tie.derived
        ? h('span', { class: 'tag' }, sureness(tie, state.lang))
        : h('span', { class: tie.conf < DOUBTFUL ? 'sure doubt' : 'sure' }, sureness(tie, state.lang)),
    );
  }

  quoted(quote, choose, t) {
    const leaf = spokenLeaf(this.model.leafOf(quote), this.store.state.lang);
    return h(
      'button',
      {
        type: 'button',
        class: 'quote',
        title: t('seeInArticle'),
        onclick: () => this.store.set({ chosen: choose, tab: 'article', article: quote[0] }),
      },
      this.model.quote(quote).trim(),
      leaf && h('span', { class: 'leaf' }, ` ${leaf}`),
    );
  }

  /** What people decided of it; who decides now can withdraw that. */
  ruled(id, state) {
    return ruledLines(this.model, id, state.lang, state.review && ((each) => this.review.withdrawal(each, id)));
  }

  // ---- facts ----

  facts(ties, state, t) {
    return h(
      'div',
      { class: 'card' },
      ties.length > 1 && h('h2', {}, t('between')),
      ties.map((tie) => this.fact(tie, state, t)),
    );
  }

  fact(tie, state, t) {
    const model = this.model;
    const [s, o] = [model.node.get(tie.s), model.node.get(tie.o)];
    const end = (node) =>
      h(
        'button',
        { type: 'button', class: 'link', onclick: () => this.store.set({ chosen: `n:${node.id}` }) },
        h('span', { class: `dot t-${node.type}`, 'aria-hidden': 'true' }, sign(node)),
        h('span', {}, model.name(node, state.lang)),
      );
    const field = (name, value) => value && [h('dt', {}, t(name)), h('dd', {}, value)];
    return h(
      'section',
      { class: 'fact' },
      end(s),
      h('h3', { class: `arrow s-${tie.status}${tie.conf < DOUBTFUL ? ' doubt' : ''}` }, tieName(tie, state.lang)),
      end(o),
      h(
        'dl',
        { class: 'plain' },
        field('role', takesRole(tie.p) ? '' : tie.role),
        field('date', spokenDate(tie.date, state.lang)),
        field('amount', tie.amount),
        field('status', statusName(tie.status, state.lang)),
        field('reportedBy', tie.by),
        field(tie.status === 'proposed' ? 'proposedBy' : 'model', tie.model),
        field('sources', tie.sources && t('sourceCount', ...tie.sources)),
        tie.derived ? field('grounds', t('derived')) : field('sure', percent(tie.conf)),
        field('pattern', tie.derived ? '' : foundBy(tie, state.lang)),
      ),
      this.ruled(tie.id, state),
      state.review && this.review.fact(tie),
      tie.quotes.length > 0 && [
        h('h3', {}, t('quoteFrom')),
        tie.quotes.map((quote) => [this.quoted(quote, `f:${tie.id}`, t), this.where(quote)]),
      ],
      this.copies(tie.id, factQuery(model.iri(tie.id)), t, tie.pattern),
    );
  }

  where(place) {
    const title = this.model.titleOf(place[0]);
    return title && h('p', { class: 'where' }, `${title} · ${this.model.origin(place).join('–')}`);
  }

  // ---- a figure ----

  figure(figure, state, t) {
    const subject = this.model.node.get(figure.subject);
    const amount = `${plainNumber(figure.value, state.lang)}${state.lang === 'en' ? ' ' : ''}${figure.unit}`;
    return h(
      'div',
      { class: 'card' },
      h(
        'h2',
        { class: 'who' },
        h('span', { class: 'dot big t-figure', 'aria-hidden': 'true' }, '数'),
        h('span', {}, figure.modifier ? `${t(figure.modifier)} ` : '', amount),
      ),
      h(
        'dl',
        { class: 'plain' },
        figure.of && [h('dt', {}, t('what')), h('dd', {}, figure.of)],
        subject && [
          h('dt', {}, t('whose')),
          h(
            'dd',
            {},
            h(
              'button',
              { type: 'button', class: 'link', onclick: () => this.store.set({ chosen: `n:${subject.id}` }) },
              this.model.name(subject, state.lang),
            ),
          ),
        ],
        figure.date && [h('dt', {}, t('date')), h('dd', {}, spokenDate(figure.date, state.lang))],
        h('dt', {}, t('value')),
        h('dd', {}, figure.value),
        figure.conf >= 0 && [h('dt', {}, t('sure')), h('dd', {}, trust(figure))],
      ),
      this.ruled(figure.id, state),
      state.review && this.review.figure(figure),
      h('h3', {}, t('quoteFrom')),
      this.quoted(figure.quote, `q:${figure.id}`, t),
      this.where(figure.span),
      this.copies(figure.id, nodeQuery(this.model.iri(figure.id)), t),
    );
  }

  figureRow(figure, state) {
    return h(
      'li',
      {},
      h(
        'button',
        {
          type: 'button',
          class: 'link',
          onclick: () => this.store.set({ chosen: `q:${figure.id}`, tab: 'article', article: figure.span[0] }),
        },
        h('span', { class: 'dot t-figure', 'aria-hidden': 'true' }, '数'),
        h('span', {}, `${figure.of ? `${figure.of} ` : ''}${figure.text}`),
      ),
      figure.date && [' ', h('span', { class: 'sure' }, spokenDate(figure.date, state.lang))],
      ' ',
      trust(figure),
    );
  }

  // ---- a sentence, a path ----

  sentence(id, view, state, t) {
    const [article, number] = id.split('.').map(Number);
    const [start, end] = this.model.articles[article].sentences[number];
    const nodes = [...view.lit.nodes].map((each) => this.model.node.get(each));
    const ties = [...view.lit.ties].map((each) => this.model.tie.get(each));
    const figures = [...view.lit.figures].map((each) => this.model.figure.get(each));
    return h(
      'div',
      { class: 'card' },
      h('h2', {}, t('sentenceChosen')),
      h('blockquote', {}, this.model.quote([article, start, end]).trim()),
      state.review && this.review.sentence(article, number),
      nodes.length + figures.length === 0 && h('p', { class: 'hint' }, t('saysNothing')),
      ties.length > 0 &&
        h(
          'section',
          {},
          h('h3', {}, t('facts')),
          h(
            'ul',
            { class: 'rows' },
            ties.map((tie) => h('li', {}, this.line(tie, state), this.stands(tie, state))),
          ),
        ),
      nodes.length > 0 &&
        h(
          'section',
          {},
          h('h3', {}, t('said')),
          h(
            'ul',
            { class: 'rows' },
            nodes.map((node) =>
              h(
                'li',
                {},
                h(
                  'button',
                  { type: 'button', class: 'link', onclick: () => this.store.set({ chosen: `n:${node.id}` }) },
                  h('span', { class: `dot t-${node.type}`, 'aria-hidden': 'true' }, sign(node)),
                  h('span', {}, this.model.name(node, state.lang)),
                ),
              ),
            ),
          ),
        ),
      figures.length > 0 &&
        h(
          'section',
          {},
          h('h3', {}, t('figures')),
          h(
            'ul',
            { class: 'rows' },
            figures.map((figure) => this.figureRow(figure, state)),
          ),
        ),
    );
  }

  line(tie, state) {
    const [s, o] = [this.model.node.get(tie.s), this.model.node.get(tie.o)];
    return h(
      'button',
      { type: 'button', class: 'link line', onclick: () => this.store.set({ chosen: `f:${tie.id}` }) },
      h(
        'span',
        {},
        this.model.name(s, state.lang),
        h('span', { class: 'via' }, ` ${tieName(tie, state.lang)} → `),
        this.model.name(o, state.lang),
      ),
    );
  }

  path(state, view, t) {
    const chain = view.lit?.chain;
    return h(
      'div',
      { class: 'card' },
      h('h2', {}, t('path')),
      chain
        ? h(
            'ol',
            { class: 'chain' },
            chain.map(({ from, to, tie }, i) => [
              i === 0 && h('li', {}, this.station(from, state)),
              h(
                'li',
                { class: 'via' },
                h('p', {}, tie.s === from ? `↓ ${tieName(tie, state.lang)}` : `↑ ${tieName(tie, state.lang)}`),
                this.stands(tie, state),
                tie.quotes.slice(0, 1).map((quote) => this.quoted(quote, `f:${tie.id}`, t)),
              ),
              h('li', {}, this.station(to, state)),
            ]),
          )
        : [this.station(state.from, state), h('p', { class: 'hint' }, t('noPath')), this.station(state.to, state)],
    );
  }

  station(id, state) {
    const node = this.model.node.get(id);
    return (
      node &&
      h(
        'button',
        { type: 'button', class: 'link', onclick: () => this.store.set({ chosen: `n:${id}`, from: '', to: '' }) },
        h('span', { class: `dot t-${node.type}`, 'aria-hidden': 'true' }, sign(node)),
        h('span', {}, this.model.name(node, state.lang)),
      )
    );
  }

  /** What only who works with the graph needs: IRI, query, ids of rules. */
  copies(id, query, t, pattern = '') {
    const details = h(
      'details',
      { class: 'copies' },
      h('summary', {}, t('details')),
      h(
        'dl',
        { class: 'plain' },
        h('dt', {}, t('iri')),
        h('dd', { class: 'iri' }, this.model.iri(id)),
        pattern && [h('dt', {}, t('ruleId')), h('dd', { class: 'iri' }, pattern)],
      ),
      h(
        'div',
        { class: 'actions' },
        h(
          'button',
          { type: 'button', class: 'button', id: 'copy-iri', onclick: () => this.hooks.copy(this.model.iri(id)) },
          t('copyIri'),
        ),
        h(
          'button',
          { type: 'button', class: 'button', id: 'copy-sparql', onclick: () => this.hooks.copy(query) },
          t('copySparql'),
        ),
      ),
    );
    details.open = this.opened;
    details.addEventListener('toggle', () => {
      this.opened = details.open;
    });
    return details;
  }
}
