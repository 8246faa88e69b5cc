// A field in which one entity is searched and taken, with keys or pointer.

import { fill, h, target } from './dom.js';
import { coreTypes, sign, typeName, word } from './words.js';

const LIMIT = 8;

export class Pick {
  /**
   * @param {{ id: string, label: string, lang: string, value?: any, without?: string, changed?: () => void,
   *   fresh?: (words: string) => any }} spec `fresh`: the place of words that may name what was not read, null for none
   * @param {import('./model.js').Model} model
   */
  constructor(spec, model) {
    this.spec = spec;
    this.model = model;
    this.hits = [];
    this.at = -1;
    this.input = h('input', {
      type: 'text',
      id: spec.id,
      role: 'combobox',
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-expanded': 'false',
      'aria-controls': `${spec.id}-hits`,
      'aria-autocomplete': 'list',
      placeholder: word('pickEntity', spec.lang),
    });
    this.list = h('ul', {
      id: `${spec.id}-hits`,
      class: 'hits',
      role: 'listbox',
      'aria-label': spec.label,
      hidden: true,
    });
    this.kind = h(
      'select',
      { id: `${spec.id}-type`, 'aria-label': word('freshType', spec.lang), hidden: true },
      coreTypes().map((type) => h('option', { value: type }, typeName(type, spec.lang))),
    );
    this.kind.addEventListener('change', () => this.take({ ...this.node, type: this.kind.value }));
    const label = h('label', { for: spec.id }, spec.label);
    this.element = h('div', { class: 'field' }, label, this.input, this.list, this.kind);
    this.take(spec.value ?? null, true);
    this.input.addEventListener('input', () => this.find());
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('blur', () => this.left());
    this.list.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      const item = target(event, '[data-n]');
      if (item) this.take(this.hits[Number(item.dataset.n)]);
    });
  }

  take(node, quiet = false) {
    this.node = node;
    this.input.value = node ? this.model.name(node, this.spec.lang) : '';
    this.kind.hidden = !node?.fresh;
    if (node?.fresh) this.kind.value = node.type;
    this.close();
    if (!quiet) this.spec.changed?.();
  }

  find() {
    this.node = null;
    this.kind.hidden = true;
    this.hits = this.model
      .search(this.input.value, LIMIT + 1)
      .map(({ node }) => node)
      .filter(({ id }) => id !== this.spec.without)
      .slice(0, LIMIT);
    const fresh = this.unread(this.input.value.trim());
    if (fresh) this.hits.push(fresh);
    this.at = this.hits.length ? 0 : -1;
    fill(
      this.list,
      this.hits.map((node, n) =>
        h(
          'li',
          { id: `${this.spec.id}-hit-${n}`, role: 'option', 'data-n': n },
          h('span', { class: `dot t-${node.type}`, 'aria-hidden': 'true' }, sign(node)),
          h('span', { class: 'name' }, this.model.name(node, this.spec.lang)),
          h('span', { class: 'kind' }, this.apart(node)),
        ),
      ),
      !this.hits.length &&
        h('li', { role: 'option', 'aria-disabled': 'true', class: 'none' }, word('noResult', this.spec.lang)),
    );
    this.list.hidden = !this.input.value.trim();
    this.mark();
    this.spec.changed?.();
  }

  /** A thing that was not read, by its words in the article; null where they name what was, or are not there. */
  unread(words) {
    const place = words && !this.hits.some((node) => node.names.includes(words)) && this.spec.fresh?.(words);
    return place ? { id: '', label: words, names: [words], type: coreTypes()[0], fresh: place } : null;
  }

  /** What tells a hit from others of its name: its type, and where it is named. */
  apart(node) {
    if (node.fresh) return word('freshEntity', this.spec.lang);
    const [mark] = this.model.marksOf.get(node.id) ?? [];
    const title = mark && this.model.articles.length > 1 ? this.model.titleOf(mark[0]) : '';
    return [typeName(node.kind || node.type, this.spec.lang), title.slice(0, 12)].filter(Boolean).join(' · ');
  }

  mark() {
    [...this.list.children].forEach((item, n) => item.setAttribute('aria-selected', String(n === this.at)));
    this.input.setAttribute('aria-expanded', String(!this.list.hidden));
    if (this.at >= 0 && !this.list.hidden) {
      this.input.setAttribute('aria-activedescendant', `${this.spec.id}-hit-${this.at}`);
      this.list.children[this.at].scrollIntoView?.({ block: 'nearest' });
    } else this.input.removeAttribute('aria-activedescendant');
  }

  key(event) {
    if (event.isComposing || this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.hits.length) {
      event.preventDefault();
      this.at = (this.at + step + this.hits.length) % this.hits.length;
      this.mark();
    } else if (event.key === 'Enter' && this.at >= 0) {
      event.preventDefault(); // the form is not sent yet
      this.take(this.hits[this.at]);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      this.close();
    }
  }

  /** Who leaves the field with a name that only one has means that one. */
  left() {
    const named = this.hits.filter((node) => [node.label, ...node.names].includes(this.input.value.trim()));
    if (!this.node && named.length === 1) this.take(named[0]);
    else this.close();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }
}
