// The search box: names, short forms, pinyin initials, English labels; posts, figures and words of the articles; a list to
// choose from with keys or pointer.

import { hitsBeyond } from './beyond.js';
import { h, fill, target } from './dom.js';
import { DOUBTFUL } from './palette.js';
import { standing, tieName, sign, typeName, word } from './words.js';

const NAMES = 12; // shown, and fewer where there is more than names
const FEW = { node: 6, role: 4, figure: 5, text: 8 };
const BEFORE = 12; // characters of a sentence before the words that are looked for
const BEHIND = 28;

export class Search {
  /**
   * @param {HTMLElement} element
   * @param {import('./model.js').Model} model
   * @param {import('./state.js').Store} store
   * @param {Record<string, Function>} hooks
   */
  constructor(element, model, store, hooks) {
    this.element = element;
    this.model = model;
    this.store = store;
    this.hooks = hooks;
    this.hits = [];
    this.at = -1;
    this.pathFrom = '';
    this.input = h('input', {
      type: 'search',
      id: 'search',
      role: 'combobox',
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-expanded': 'false',
      'aria-controls': 'hits',
      'aria-autocomplete': 'list',
    });
    this.list = h('ul', { id: 'hits', role: 'listbox', hidden: true });
    fill(element, this.input, this.list);
    this.input.addEventListener('input', () => this.find());
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('blur', () => setTimeout(() => this.close(), 150));
    this.list.addEventListener('pointerdown', (event) => {
      const item = target(event, '[data-n]');
      event.preventDefault();
      if (item) this.take(Number(item.dataset.n));
    });
  }

  render(state) {
    this.input.placeholder = word(this.pathFrom ? 'pathPick' : 'search', state.lang);
    this.input.setAttribute('aria-label', word(this.pathFrom ? 'pathPick' : 'searchLabel', state.lang));
    this.list.setAttribute('aria-label', word('results', state.lang));
    this.element.classList.toggle('picking', Boolean(this.pathFrom));
  }

  /** The next entity taken is the other end of a path. */
  pick(from) {
    this.pathFrom = from;
    this.render(this.store.state);
    this.input.value = '';
    this.input.focus();
  }

  find() {
    const { lang } = this.store.state;
    const { hits, left } = this.hitsOf(this.input.value);
    this.hits = hits;
    this.at = hits.length ? 0 : -1;
    const open = this.input.value.trim() !== '';
    fill(
      this.list,
      hits.map((hit, n) =>
        h(
          'li',
          { id: `hit-${n}`, role: 'option', 'data-n': n, 'aria-selected': String(n === this.at) },
          this.told(hit, lang),
        ),
      ),
      left > 0 &&
        h(
          'li',
          { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false', class: 'none' },
          word('hitsLeft', lang, left),
        ),
      open &&
        !this.hits.length &&
        h(
          'li',
          { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false', class: 'none' },
          word('noResult', lang),
        ),
    );
    this.list.hidden = !open;
    this.input.setAttribute('aria-expanded', String(open));
    this.mark();
  }

  /**
   * What is found, best kind first, and how much more there is. The end of a path is a name.
   * @returns {{ hits: any[], left: number }}
   */
  hitsOf(query) {
    const nodes = this.model.search(query, NAMES).map((hit) => ({ kind: 'node', ...hit }));
    if (this.pathFrom) return { hits: nodes, left: 0 };
    const others = {
      role: this.model.roles(query).map((tie) => ({ kind: 'role', tie })),
      figure: this.model.found(query).map((figure) => ({ kind: 'figure', figure })),
      text: this.model.sayings(query).map((place) => ({ kind: 'text', place })),
    };
    const beyond = hitsBeyond(this.model, query);
    const rest = Object.values(others).flat().length + beyond.all;
    const hits = [
      ...nodes.slice(0, rest ? FEW.node : NAMES),
      ...beyond.hits,
      ...Object.entries(others).flatMap(([kind, own]) => own.slice(0, FEW[kind])),
    ];
    return { hits, left: nodes.length + rest - hits.length };
  }

  /** A hit as it stands in the list: a sign, what was found, and of which kind it is. */
  told(hit, lang) {
    const { model } = this;
    const line = (type, mark, name, kind) => [
      h('span', { class: `dot t-${type}`, 'aria-hidden': 'true' }, mark),
      h('span', { class: 'name' }, name),
      h('span', { class: 'kind' }, kind),
    ];
    if (hit.kind === 'node') {
      const { node, by } = hit;
      const other = by !== node.label && by !== model.name(node, lang) && h('span', { class: 'by' }, ` ${by}`);
      return line(node.type, sign(node), [model.name(node, lang), other], typeName(node.kind || node.type, lang));
    }
    if (hit.kind === 'beyond') {
      const { thing } = hit;
      const kind = `${typeName(thing.type, lang)} · ${word('articleCount', lang, thing.articles)}`;
      return line(thing.type, sign(thing), thing.label, kind);
    }
    if (hit.kind === 'role') {
      const [s, o] = [model.node.get(hit.tie.s), model.node.get(hit.tie.o)];
      const ends = `${model.name(s, lang)} · ${tieName(hit.tie, lang)} · ${model.name(o, lang)}`;
      const doubt = hit.tie.status !== 'asserted' || hit.tie.conf < DOUBTFUL;
      const name = [ends, doubt && h('span', { class: 'by' }, ` ${standing(hit.tie, lang)}`)];
      return line(s.type, sign(s), name, word('role', lang));
    }
    if (hit.kind === 'figure') {
      const { figure } = hit;
      const owner = model.node.get(figure.subject);
      const name = [owner && model.name(owner, lang), figure.of, figure.text].filter(Boolean).join(' ');
      return line('figure', word('figureSign', lang), name, word('figure', lang));
    }
    const [article, number, start, end] = hit.place;
    const [first, last] = model.articles[article].sentences[number];
    const from = Math.max(first, start - BEFORE);
    const to = Math.min(last, Math.max(end, start + BEHIND));
    const name = [
      from > first && '…',
      model.quote([article, from, start]),
      h('b', {}, model.quote([article, start, end])),
      model.quote([article, end, to]),
      to < last && '…',
      model.articles.length > 1 && h('span', { class: 'by' }, ` ${model.titleOf(article)}`),
    ];
    return line('text', word('textSign', lang), name, word('quote', lang));
  }

  mark() {
    [...this.list.children].forEach((item, n) => item.setAttribute('aria-selected', String(n === this.at)));
    if (this.at >= 0) this.input.setAttribute('aria-activedescendant', `hit-${this.at}`);
    else this.input.removeAttribute('aria-activedescendant');
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (this.list.hidden) this.find();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (this.hits.length) this.at = (this.at + step + this.hits.length) % this.hits.length;
      this.mark();
    } else if (event.key === 'Enter' && this.at >= 0 && !this.list.hidden) {
      event.preventDefault();
      this.take(this.at);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      this.input.value = '';
      this.pathFrom = '';
      this.render(this.store.state);
      this.close();
    }
  }

  take(n) {
    const { kind, node, tie, figure, place, thing } = this.hits[n];
    this.input.value = '';
    this.close();
    if (kind === 'beyond') return void this.hooks.choose(`x:${thing.label}`);
    if (kind === 'role') return void this.hooks.jump(`f:${tie.id}`, tie.quotes[0]?.[0] ?? 0);
    if (kind === 'figure') return void this.hooks.jump(`q:${figure.id}`, Math.max(0, figure.span[0]));
    if (kind === 'text') return void this.hooks.jump(`s:${place[0]}.${place[1]}`, place[0]);
    const from = this.taken();
    if (from && from !== node.id) this.hooks.path(from, node.id);
    else this.hooks.found(node.id);
  }

  /** The one end of the path that was asked for, which now is no longer. */
  taken() {
    const from = this.pathFrom;
    this.pathFrom = '';
    this.render(this.store.state);
    return from;
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }
}
