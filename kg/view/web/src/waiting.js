// The list of decisions that wait: what will be written, undone one by one, downloaded or copied.

import { toToml } from './decide.js';
import { fill, h } from './dom.js';
import { group, split } from './model.js';
import { Posting } from './posting.js';
import { ruling } from './ruled.js';
import { word } from './words.js';

export class Waiting {
  /**
   * @param {HTMLElement} panel
   * @param {import('./review.js').Review} review
   * @param {import('./pending.js').Sink} sink
   * @param {{ copy: (text: string) => any, download: (text: string) => void }} keep
   */
  constructor(panel, review, sink, keep) {
    this.panel = panel;
    this.review = review;
    this.sink = sink;
    this.keep = keep;
    this.text = h('pre', { tabindex: 0 });
  }

  render(state) {
    if (state.tab !== 'decisions') return;
    const t = (key, ...values) => word(key, state.lang, ...values);
    const groups = [...group(this.sink.kept, (each) => each.slot).values()];
    const focused = document.activeElement?.id;
    const open = this.panel.querySelector('details')?.open;
    this.write();
    fill(
      this.panel,
      h('p', { class: 'hint' }, t(groups.length ? (this.sink.file ? 'howToUse' : 'howItIsSent') : 'howToDecide')),
      this.sink instanceof Posting && this.standing(this.sink, t),
      this.sink.lost && h('p', { class: 'hint wrong' }, t('notKept')),
      groups.length > 0 && [
        (this.sink.file || this.sink instanceof Posting) && this.tools(t),
        h(
          'ol',
          { class: 'kept' },
          groups.map((kept) => this.row(kept, t)),
        ),
        this.sink.file && h('details', { open }, h('summary', {}, t('asText')), this.text),
      ],
      this.rulings(t),
    );
    if (focused) document.getElementById(focused)?.focus();
  }

  /** Whether the graph that is served has all that is decided. */
  standing(sink, t) {
    return h(
      'p',
      { class: `hint standing-${sink.state}`, id: 'decisions-state' },
      t(`state-${sink.state}`),
      sink.problem && ` ${sink.problem}`,
      sink.stale &&
        h(
          'button',
          { type: 'button', class: 'button', id: 'decisions-reload', onclick: () => location.reload() },
          t('reload'),
        ),
    );
  }

  tools(t) {
    const by = h('input', { type: 'text', id: 'decided-by', autocomplete: 'name', value: this.sink.by });
    by.addEventListener('change', () => {
      this.sink.by = by.value;
      this.write();
    });
    const button = (id, act, strong = '') =>
      h(
        'button',
        { type: 'button', class: `button ${strong}`, id: `decisions-${id}`, onclick: act },
        t(`decisions-${id}`),
      );
    return h(
      'div',
      { class: 'tools' },
      h('label', {}, h('span', {}, t('decidedBy')), by),
      this.sink.file &&
        h(
          'div',
          { class: 'actions' },
          button('download', () => this.out(this.keep.download), 'strong'),
          button('copyText', () => this.out(this.keep.copy)),
          this.sink.kept.every(({ saved }) => saved) &&
            button('clearSaved', () => this.sink.undo(this.sink.kept.map(({ decision }) => decision.id))),
        ),
    );
  }

  /** What the graph was made with, the only place that shows what a decision took away. */
  rulings(t) {
    const { model } = this.review;
    if (!model.rulings.length) return null;
    const row = (each) => {
      const [at] = (each.of ?? []).map((id) => model.chosenAs(id)).filter(Boolean);
      const verdict = t(`v-${each.verdict}`);
      return h(
        'li',
        {},
        h(
          'p',
          {},
          h('span', { class: 'tag' }, verdict),
          ` ${each.says} `,
          h('span', { class: 'count' }, ruling(each)),
          each.lost && h('span', { class: 'wrong' }, ` ${t('rulingLost')}`),
        ),
        at && this.see(at, t),
        this.review.withdrawal(each, at ? split(at)[1] : ''),
      );
    };
    return h(
      'section',
      { class: 'rulings' },
      h('h2', {}, t('rulings'), ' ', h('span', { class: 'count' }, model.rulings.length)),
      h('ul', { class: 'kept' }, model.rulings.map(row)),
    );
  }

  see(chosen, t) {
    return h(
      'button',
      { type: 'button', class: 'button', onclick: () => this.review.store.set({ chosen, from: '', to: '' }) },
      t('seeIt'),
    );
  }

  write() {
    if (this.sink.file) this.text.textContent = toToml(this.sink.decisions);
  }

  async out(to) {
    await to(toToml(this.sink.decisions));
    this.sink.save();
  }

  row(kept, t) {
    const [{ decision, about, saved }] = kept;
    const note = h('input', {
      type: 'text',
      id: `note-${decision.id}`,
      value: decision.note ?? '',
      placeholder: t('note'),
      'aria-label': t('note'),
      autocomplete: 'off',
    });
    note.addEventListener('change', () => {
      for (const each of kept) this.sink.note(each.decision.id, note.value);
      this.write();
    });
    return this.review.line(
      kept,
      saved && h('span', { class: 'count' }, t('saved')),
      note,
      about && this.see(about, t),
    );
  }
}
