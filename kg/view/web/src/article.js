// The article beside the network: every name and figure marked, quotes lit, sentences that can be chosen.

import { every, h, fill, target, webAddress } from './dom.js';
import { DOUBTFUL } from './palette.js';
import { trust } from './trust.js';
import { spokenDate, spokenLeaf, standing, statusName, tieName, word } from './words.js';

export class ArticlePane {
  /**
   * @param {HTMLElement} panel
   * @param {import('./model.js').Model} model
   * @param {import('./state.js').Store} store
   */
  constructor(panel, model, store) {
    this.panel = panel;
    this.model = model;
    this.store = store;
    this.built = '';
    this.scrolled = '';
    this.shown = 0; // the number of the article
    panel.addEventListener('click', (event) => this.clicked(event));
    panel.addEventListener('keydown', (event) => this.moved(event));
    panel.addEventListener('pointerdown', (event) => this.touched(event));
  }

  render(state, view) {
    const number = Math.min(state.article, this.model.articles.length - 1);
    if (number < 0) return;
    const key = `${number} ${state.lang}`;
    if (this.built !== key) {
      this.build(number, state.lang);
      this.built = key;
    }
    this.light(number, state, view);
  }

  build(number, lang) {
    const article = this.model.articles[number];
    const chars = article.points;
    const quotes = [];
    for (const tie of this.model.ties) for (const [a, s, e] of tie.quotes) if (a === number) quotes.push(s, e);
    const figures = this.model.figures.filter((figure) => figure.span[0] === number);
    for (const figure of figures) quotes.push(figure.quote[1], figure.quote[2]);
    const cuts = new Set(quotes);
    for (const [s, e] of article.marks) cuts.add(s).add(e);
    for (const { span } of figures) cuts.add(span[1]).add(span[2]);
    this.shown = number;
    this.leaves = [];
    this.stops = [];
    const paragraphs = [];
    let paragraph = null;
    let at = 0;
    const plain = (to, into) => {
      if (at < to) into.append(...this.pieces(chars, at, to, cuts, article.marks));
      at = Math.max(at, to);
    };
    article.sentences.forEach(([start, end], n) => {
      const between = chars.slice(at, start);
      if (!paragraph || between.includes('\n')) {
        paragraph = h('p');
        paragraphs.push(paragraph);
      }
      at = start;
      const sentence = h('span', { class: 'sentence', 'data-n': n });
      const handle = h('button', {
        type: 'button',
        class: 'handle',
        tabindex: -1,
        'data-choose': `s:${number}.${n}`,
        'aria-label': word('sentence', lang, n + 1),
      });
      this.stops.push(handle);
      sentence.append(handle);
      for (const item of this.marked(article.marks, figures, start, end)) {
        if (item.start < at) continue;
        plain(item.start, sentence);
        const from = at;
        const button = h('span', {
          role: 'button',
          tabindex: -1,
          class: item.class,
          'data-choose': item.choose,
          'data-node': item.node,
          'data-figure': item.figure,
        });
        plain(item.end, button);
        if (at > from) {
          sentence.append(button);
          this.stops.push(button);
        }
      }
      plain(end, sentence);
      paragraph.append(sentence);
    });
    if (this.stops[0]) this.stops[0].tabIndex = 0;
    const url = webAddress(article.url ?? '');
    fill(
      this.panel,
      this.model.articles.length > 1 && this.picker(number, lang),
      article.event ? this.event(article.event, lang) : this.topic(article.topic, lang),
      h(
        'article',
        { lang: 'zh-CN' },
        article.pieces?.length > 0 && h('p', { class: 'note' }, word('excerpt', lang)),
        ...paragraphs.map((p, i) => (i === 0 && this.isTitle(article) ? h('h2', {}, ...p.childNodes) : p)),
        url &&
          h(
            'p',
            { class: 'note' },
            h('a', { href: url, rel: 'noreferrer noopener', target: '_blank' }, word('original', lang)),
          ),
      ),
    );
    this.panel.scrollTop = 0;
  }

  /** Whom or what an article is about that tells no event. */
  topic(id, lang) {
    const node = this.model.node.get(id);
    return (
      node &&
      h(
        'section',
        { class: 'about', 'aria-label': word('topic', lang) },
        h(
          'h2',
          {},
          `${word('topic', lang)}${lang === 'en' ? ': ' : '：'}`,
          h('button', { type: 'button', class: 'link', 'data-choose': `n:${id}` }, this.model.name(node, lang)),
        ),
      )
    );
  }

  /** What the article is about, in words that lead to where it says so. */
  event(event, lang) {
    const { model } = this;
    const ties = (event.ties ?? []).map((id) => model.tie.get(id)).filter(Boolean);
    const link = (choose, ...content) =>
      h('button', { type: 'button', class: 'link', 'data-choose': choose }, h('span', {}, ...content));
    const names = (ids) =>
      (ids ?? []).filter((id) => model.node.has(id)).map((id) => link(`n:${id}`, model.name(model.node.get(id), lang)));
    const told = ties.map((tie) => [
      link(
        `f:${tie.id}`,
        model.name(model.node.get(tie.s), lang),
        h('span', { class: 'via' }, ` ${tieName(tie, lang)} → `),
        model.name(model.node.get(tie.o), lang),
      ),
      h('span', { class: tie.conf < DOUBTFUL ? 'sure doubt' : 'sure' }, standing(tie, lang)),
    ]);
    const figures = (event.figures ?? []).map((id) => model.figure.get(id)).filter(Boolean);
    const field = (name, items) =>
      items.length > 0 && [
        h('dt', {}, word(name, lang)),
        h(
          'dd',
          {},
          items.map((item) => h('div', {}, item)),
        ),
      ];
    return h(
      'section',
      { class: 'about', 'aria-label': word('mainEvent', lang) },
      h(
        'h2',
        {},
        `${word('mainEvent', lang)}${lang === 'en' ? ': ' : '：'}${event.kind[lang === 'en' ? 1 : 0]} `,
        event.status && h('span', { class: `tag s-${event.status}` }, statusName(event.status, lang)),
        ' ',
        trust(event),
      ),
      h(
        'dl',
        { class: 'plain' },
        field('who', names(event.agents)),
        field('whom', names(event.patients)),
        field('where', names(event.places)),
        field('date', event.date ? [spokenDate(event.date, lang)] : []),
        field(
          'figures',
          figures.map((figure) => link(`q:${figure.id}`, [figure.of, figure.text].filter(Boolean).join(' '))),
        ),
        field('facts', told),
      ),
      event.quotes.slice(0, 1).map(([number, start, end]) =>
        h(
          'button',
          {
            type: 'button',
            class: 'quote',
            'data-choose': `s:${number}.${model.articles[number].sentenceAt(start)}`,
          },
          model.quote([number, start, end]).trim(),
          h('span', { class: 'leaf' }, ` ${spokenLeaf(model.leafOf([number, start, end]), lang)}`),
        ),
      ),
    );
  }

  /** Whether the first paragraph is the title and nothing else. */
  isTitle(article) {
    const first = article.text.trimStart().split('\n', 1)[0].trim();
    return Boolean(article.title) && (first === article.title || article.title.startsWith(first));
  }

  /** Names and figures inside a sentence, outermost first where they nest. */
  marked(marks, figures, start, end) {
    const items = [];
    for (const [s, e, id] of marks) {
      if (s < start || e > end) continue;
      items.push({ start: s, end: e, node: id, choose: `n:${id}`, class: `mark t-${this.model.node.get(id).type}` });
    }
    for (const figure of figures) {
      const [, s, e] = figure.span;
      if (s < start || e > end) continue;
      items.push({ start: s, end: e, figure: figure.id, choose: `q:${figure.id}`, class: 'mark t-figure' });
    }
    return items.sort((a, b) => a.start - b.start || b.end - a.end);
  }

  /** Text cut at every border of a quote or an inner name, so that any of them can be lit by itself. */
  pieces(chars, start, end, cuts, marks) {
    const borders = [start, ...[...cuts].filter((cut) => cut > start && cut < end).sort((a, b) => a - b), end];
    return borders.slice(1).map((to, i) => {
      const from = borders[i];
      const leaf = h('span', { 'data-s': from, 'data-e': to }, chars.slice(from, to));
      const inside = marks.filter(([s, e]) => s <= from && e >= to).map(([, , id]) => id);
      this.leaves.push({ leaf, start: from, end: to, inside });
      return leaf;
    });
  }

  picker(number, lang) {
    const select = h(
      'select',
      { 'aria-label': word('articlePick', lang), onchange: () => this.store.set({ article: Number(select.value) }) },
      ...this.model.articles.map((article, i) =>
        h('option', { value: i, selected: i === number }, article.title || article.name),
      ),
    );
    return h('p', { class: 'picker' }, select);
  }

  light(number, state, view) {
    const quotes = (view.lit?.quotes ?? []).filter(([a]) => a === number);
    const [kind, id] = [state.chosen[0], state.chosen.slice(2)];
    const named = kind === 'n' ? new Set([id]) : new Set();
    const pathway = view.lit?.chain ? view.lit.nodes : new Set();
    let first = null;
    for (const { leaf, start, end, inside } of this.leaves) {
      const quoted = quotes.some(([, s, e]) => s < end && e > start);
      const on = inside.some((node) => named.has(node) || pathway.has(node));
      leaf.classList.toggle('quoted', quoted);
      leaf.classList.toggle('on', on);
      if ((quoted || (on && kind === 'n')) && !first) first = leaf;
    }
    for (const button of every(this.panel, '[data-figure]')) {
      button.classList.toggle('chosen', kind === 'q' && button.dataset.figure === id);
    }
    const key = `${number} ${state.chosen} ${state.from} ${state.to}`;
    if (first && key !== this.scrolled) this.reveal(first);
    this.scrolled = key;
  }

  reveal(leaf) {
    const box = this.panel.getBoundingClientRect();
    const own = leaf.getBoundingClientRect();
    if (!box.height || (own.top > box.top + 20 && own.bottom < box.bottom - 40)) return;
    this.panel.scrollTop += own.top - box.top - box.height / 3;
  }

  /**
   * The words that are selected, as a place in the article; null: none, or not of the article.
   * @param {Selection | null} selection
   * @returns {[number, number, number] | null}
   */
  selected(selection) {
    if (!selection?.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const inside = this.leaves?.filter(({ leaf }) => range.intersectsNode(leaf)) ?? [];
    if (!inside.length || !this.panel.contains(range.startContainer)) return null;
    const [first, last] = [inside[0], inside[inside.length - 1]];
    const before = (container, offset) => Array.from(container.textContent.slice(0, offset)).length;
    const own = (leaf, container) => container.nodeType === 3 && leaf.contains(container);
    const { startContainer, startOffset, endContainer, endOffset } = range;
    const start = first.start + (own(first.leaf, startContainer) ? before(startContainer, startOffset) : 0);
    const end = own(last.leaf, endContainer) ? last.start + before(endContainer, endOffset) : last.end;
    return start < end ? [this.shown, start, end] : null;
  }

  clicked(event) {
    if (String(globalThis.getSelection?.() ?? '')) return;
    const button = target(event, '[data-choose]');
    const sentence = target(event, '.sentence');
    const choose = button?.dataset.choose ?? (sentence && every(sentence, '.handle')[0].dataset.choose);
    if (!choose) return;
    if (this.stops.includes(button)) this.roam(this.stops.indexOf(button), false);
    this.store.set({ chosen: this.store.state.chosen === choose ? '' : choose, from: '', to: '' });
  }

  /** No selection begins in what takes the focus; while one decides, a mark lets it go until the pointer is lifted. */
  touched(event) {
    const mark = this.store.state.review && target(event, '.mark');
    if (!mark) return;
    const held = mark.tabIndex;
    mark.removeAttribute('tabindex');
    for (const each of ['pointerup', 'pointercancel'])
      addEventListener(each, () => (mark.tabIndex = held), { once: true, capture: true });
  }

  moved(event) {
    const at = this.stops?.indexOf(document.activeElement) ?? -1;
    if (at < 0) return;
    if ((event.key === 'Enter' || event.key === ' ') && this.stops[at].tagName === 'SPAN') {
      event.preventDefault();
      this.stops[at].click();
      return;
    }
    const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -at, End: this.stops.length - 1 - at };
    let to = at + (steps[event.key] ?? 0);
    if (event.key === 'ArrowDown') to = this.stops.findIndex((stop, i) => i > at && stop.classList.contains('handle'));
    if (event.key === 'ArrowUp')
      to = this.stops.findLastIndex((stop, i) => i < at && stop.classList.contains('handle'));
    if (to === at || to < 0 || to >= this.stops.length) return;
    event.preventDefault();
    this.roam(to, true);
  }

  roam(to, focus) {
    for (const stop of this.stops) stop.tabIndex = -1;
    this.stops[to].tabIndex = 0;
    if (focus) this.stops[to].focus();
  }
}
