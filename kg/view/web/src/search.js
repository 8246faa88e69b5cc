// The search box: names, short forms, pinyin initials, English labels; a list to choose from with keys or pointer.

import { h, fill, target } from './dom.js';
import { sign, typeName, word } from './words.js';

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
    this.hits = this.model.search(this.input.value);
    this.at = this.hits.length ? 0 : -1;
    const open = this.input.value.trim() !== '';
    fill(
      this.list,
      this.hits.map(({ node, by }, n) =>
        h(
          'li',
          { id: `hit-${n}`, role: 'option', 'data-n': n, 'aria-selected': String(n === this.at) },
          h('span', { class: `dot t-${node.type}`, 'aria-hidden': 'true' }, sign(node)),
          h(
            'span',
            { class: 'name' },
            this.model.name(node, lang),
            by !== node.label && by !== this.model.name(node, lang) ? h('span', { class: 'by' }, ` ${by}`) : null,
          ),
          h('span', { class: 'kind' }, typeName(node.kind || node.type, lang)),
        ),
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
    const { node } = this.hits[n];
    this.input.value = '';
    this.close();
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
