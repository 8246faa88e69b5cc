// Deciding on the page: what is asked at an entity, a fact, a figure or some words, while the reader has switched it on.
// Where the decisions go is the sink's: see pending.js.

import { Anchors, decimal, describe, trimmed, unnamed } from './decide.js';
import { every, fill, h, icon, target } from './dom.js';
import { Pick } from './pick.js';
import { group, split } from './model.js';
import {
  coreTypes,
  fits,
  predicateName,
  predicates,
  statuses,
  statusName,
  takesRole,
  typeName,
  word,
} from './words.js';

const UNDO = 'M7 5L3 9l4 4M3 9h9a4 4 0 0 1 0 8h-2';
const MADE = ['change', 'add', 'figure'];
const AGAINST = {
  reject: ['confirm', ...MADE],
  change: ['confirm', ...MADE],
  figure: ['confirm', ...MADE],
  name: ['name'],
  type: ['type'],
  code: ['code'],
};
const DAY = '\\d{4}(-\\d{2}(-\\d{2})?)?';

/** The decisions that are an answer of a kind; that what was added by hand is wrong is said by withdrawing it. */
function answer(own, kind) {
  const bare = (slot) => own.every((each) => each.slot !== slot || each.decision.verdict === 'withdraw');
  const is = ({ slot, decision }) =>
    decision.verdict === kind || (kind === 'reject' && slot.startsWith('is f:') && bare(slot));
  const slots = own.filter(is).map(({ slot }) => slot);
  return own.filter(({ slot }) => slots.includes(slot));
}

export class Review {
  /**
   * @param {import('./model.js').Model} model
   * @param {import('./state.js').Store} store
   * @param {import('./pending.js').Sink} sink
   * @param {(text: string) => void} say
   */
  constructor(model, store, sink, say) {
    this.model = model;
    this.store = store;
    this.sink = sink;
    this.say = say;
    this.anchors = new Anchors(model);
    this.open = null; // the form that is open, kept with what was typed while all around it is drawn anew
    /** @type {[number, number, number] | null} */
    this.picked = null; // words chosen in the article: [article, start, end]
  }

  t(key, ...values) {
    return word(key, this.store.state.lang, ...values);
  }

  // ---- what is asked ----

  node(node, state) {
    const key = `n:${node.id}`;
    const a = this.anchors.entity(node, state.article);
    if (!a) return this.section(key, [], this.t('noAnchor'));
    const spots = this.anchors.spots(node);
    const one = (verdict, more) => [{ verdict, a, ...more }];
    const several = this.model.articles.length > 1;
    return this.section(key, [
      several
        ? { kind: 'no-entity', form: () => this.noEntity(node, a) }
        : { kind: 'no-entity', act: () => one('no-entity', {}) },
      {
        kind: 'name',
        form: () =>
          this.text('label', this.t('v-name'), node.label, (label) => label !== node.label && one('name', { label })),
      },
      {
        kind: 'type',
        form: () =>
          this.choice(
            this.t('v-type'),
            coreTypes().filter((type) => type !== node.type),
            (type) => typeName(type, state.lang),
            (type) => spots.map(([article]) => ({ verdict: 'type', a: this.anchors.entity(node, article), type })),
          ),
      },
      node.type === 'Place' && {
        kind: 'code',
        form: () =>
          this.text(
            'code',
            this.t('v-code'),
            node.code ?? '',
            (code) => /^(\d{6})?$/.test(code) && code !== (node.code ?? '') && one('code', { code }),
            {
              inputmode: 'numeric',
              placeholder: this.t('codeHint'),
            },
          ),
      },
      { kind: 'same', form: () => this.pair('same', node, a) },
      { kind: 'apart', form: () => this.pair('apart', node, a) },
    ]);
  }

  fact(tie) {
    const key = `f:${tie.id}`;
    if (this.theirs(tie.id)) return this.section(key, [], this.t('withdrawFirst'));
    const made = this.made(tie.id);
    const by = new Map(made.map((each) => [each.is.fact.article, each])); // what a person made of it, by article
    const facts = this.anchors.facts(tie).filter(({ article }) => !by.has(article));
    const changed = made.filter(({ verdict }) => verdict === 'change').map((each) => each.is.fact);
    if (!facts.length && !made.length)
      return this.section(key, [], this.t(tie.derived ? 'derivedNoAnchor' : 'noAnchor'));
    const all = (verdict, of) => () => of.map((fact) => ({ verdict, fact }));
    return this.section(
      key,
      [
        facts.length > 0 && { kind: 'confirm', act: all('confirm', facts) },
        { kind: 'reject', act: all('reject', [...facts, ...changed]) },
        { kind: 'change', form: () => this.change(tie, facts, made) },
      ],
      made.length ? this.t('decidedAnew') : facts.length > 1 ? this.t('inArticles', facts.length) : '',
    );
  }

  figure(figure) {
    const key = `q:${figure.id}`;
    if (this.theirs(figure.id)) return this.section(key, [], this.t('withdrawFirst'));
    const made = this.made(figure.id);
    const anchor = this.anchors.figure(figure);
    if (!anchor) return this.section(key, [], this.t('noAnchor'));
    return this.section(
      key,
      [
        !made.length && { kind: 'confirm', act: () => [{ verdict: 'confirm', figure: anchor }] },
        { kind: 'reject', act: () => [{ verdict: 'reject', figure: anchor }] },
        { kind: 'figure', form: () => this.amount(figure, anchor, made) },
      ],
      made.length ? this.t('decidedAnew') : '',
    );
  }

  sentence(article, number) {
    const key = `s:${article}.${number}`;
    if (!this.model.articles[article].sha) return this.section(key, [], this.t('noAnchor'));
    const words = this.pickedIn(article, number);
    return this.section(
      key,
      [
        { kind: 'add', form: () => this.add(article, number) },
        { kind: 'alias', form: () => this.alias(article, number) },
      ],
      words ? this.t('wordsPicked', words) : this.t('pickWords'),
    );
  }

  /** The words that are chosen in a sentence, '' for none. */
  pickedIn(article, number) {
    const [start, end] = this.model.articles[article].sentences[number];
    const [a, s, e] = this.picked ?? [-1, 0, 0];
    return a === article && s >= start && e <= end ? this.model.quote(this.picked) : '';
  }

  /** Words were chosen in the article: what is asked about them stands with their sentence. */
  pick(place) {
    const [article, start, end] = trimmed(place, this.model.articles[place[0]].points.chars);
    if (start >= end) return;
    this.picked = [article, start, end];
    const chosen = `s:${article}.${this.model.articles[article].sentenceAt(start)}`;
    if (this.open?.key === chosen && this.open.kind === 'alias') this.open.words(this.model.quote(this.picked));
    this.store.set({ chosen, article, from: '', to: '' });
  }

  /** The button that withdraws what the graph says was decided, or takes that back. */
  withdrawal(ruling, id = '') {
    const slot = `withdraw ${ruling.id}`;
    const waiting = this.sink.kept.filter((each) => each.slot === slot).map(({ decision }) => decision.id);
    return h(
      'button',
      {
        type: 'button',
        class: 'button',
        id: `withdraw-${ruling.id}-${id}`,
        'aria-pressed': String(waiting.length > 0),
        'aria-label': `${this.t('v-withdraw')}: ${this.t(`v-${ruling.verdict}`)} ${ruling.says}`,
        onclick: () => {
          if (waiting.length) this.sink.undo(waiting);
          else this.put(this.model.chosenAs(id) ?? '', 'withdraw', [{ verdict: 'withdraw', of: ruling.id }]);
        },
      },
      this.t('v-withdraw'),
    );
  }

  /** The decisions by which a fact or figure is as it is: they say where it is found, what was read is no more. */
  made(id) {
    return this.model.ruledOf(id).filter(({ verdict }) => MADE.includes(verdict));
  }

  /** Whether another person, or a page that does not say how, decided of a fact or figure: that gives way to nobody. */
  theirs(id) {
    const asked = this.model.ruledOf(id).filter(({ verdict }) => AGAINST.reject.includes(verdict));
    return asked.some((each) => !this.isOwn(each) || (MADE.includes(each.verdict) && !each.is));
  }

  isOwn(ruling) {
    return (ruling.by ?? '') === this.sink.by;
  }

  // ---- how it is asked ----

  /**
   * @param {string} key
   * @param {any[]} asked what can be decided: at once (`act`), or with a form
   * @param {any} [hint]
   */
  section(key, asked, hint = '') {
    const own = this.sink.kept.filter((each) => each.about === key);
    const groups = [...group(own, (each) => each.slot).values()];
    return h(
      'section',
      { class: 'review', 'aria-label': this.t('review') },
      h('h3', {}, this.t('review')),
      hint && h('p', { class: 'hint' }, hint),
      h(
        'div',
        { class: 'actions' },
        asked.filter(Boolean).map((each) => this.button(key, each, own)),
      ),
      this.form(key, asked),
      groups.length > 0 &&
        h(
          'ul',
          { class: 'kept' },
          groups.map((kept) => this.line(kept)),
        ),
    );
  }

  /**
   * A decision that waits, and the way to undo it.
   * @param {import('./decide.js').Kept[]} kept of one slot
   * @param {...any} more
   */
  line(kept, ...more) {
    const { lang } = this.store.state;
    const [{ decision }] = kept;
    const id = `undo-${decision.id}`;
    const verdict = this.t(`v-${decision.verdict}`);
    const of = this.model.rulings.find((each) => decision.of === each.id); // what is withdrawn
    const says = of?.says ?? describe(decision, lang);
    return h(
      'li',
      {},
      h(
        'p',
        {},
        h('span', { class: 'tag' }, verdict),
        ' ',
        says,
        kept.length > 1 && h('span', { class: 'count' }, ` ×${kept.length}`),
      ),
      ...more,
      h(
        'button',
        {
          type: 'button',
          class: 'button undo',
          id,
          'aria-label': `${this.t('undo')}: ${verdict} ${says}`,
          onclick: () => {
            this.sink.undo(kept.map((each) => each.decision.id));
            this.say(this.t('undone', this.sink.kept.length));
          },
        },
        icon(UNDO),
        this.t('undo'),
      ),
    );
  }

  button(key, { kind, act }, own) {
    const open = this.open?.key === key && this.open.kind === kind;
    const given = answer(own, kind);
    return h(
      'button',
      {
        type: 'button',
        class: `button v-${kind}`,
        id: `review-${kind}-${key}`,
        ...(act ? { 'aria-pressed': String(given.length > 0) } : { 'aria-expanded': String(open) }),
        onclick: () => {
          if (!act) return void this.toggle(key, kind);
          if (given.length) this.sink.undo(given.map((each) => each.decision.id));
          else this.put(key, kind, act());
        },
      },
      this.t(`v-${kind}`),
    );
  }

  toggle(key, kind) {
    const open = this.open?.key === key && this.open.kind === kind;
    this.open = open ? null : { key, kind, lang: '', element: null, words: () => {} };
    this.redraw();
    every(document, '.review .form input, .review .form select')[0]?.focus();
  }

  /** Draw the panels again: nothing but the forms has changed. */
  redraw() {
    this.store.set({});
  }

  /** The form that is open at a thing. It stays the same element, so that nothing typed is lost. */
  form(key, asked) {
    const { lang } = this.store.state;
    const spec = this.open?.key === key && asked.find((each) => each && each.kind === this.open.kind);
    if (!spec?.form) return null;
    if (this.open.element && this.open.lang === lang) return this.open.element;
    const { kind } = this.open;
    const { fields, make, words } = spec.form();
    const wrong = h('p', { class: 'wrong', role: 'alert' });
    const send = () => {
      const made = make();
      if (typeof made === 'string') wrong.textContent = made;
      else if (made?.length) this.put(key, kind, made, true);
      else wrong.textContent = this.t('incomplete');
    };
    const button = (id, word, act, strong = '') =>
      h('button', { type: 'button', class: `button ${strong}`, id: `review-${id}`, onclick: act }, this.t(word));
    // no form element: the frame of a notebook lets none be sent
    const form = h(
      'div',
      { class: 'form', role: 'group', 'aria-label': this.t(`v-${kind}`) },
      fields,
      wrong,
      h(
        'div',
        { class: 'actions' },
        button('take', 'take', send, 'strong'),
        button('cancel', 'cancel', () => this.shut()),
      ),
    );
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.isComposing && !event.defaultPrevented && target(event, 'input')) {
        event.preventDefault(); // the button that has the focus then must not take the key, and open the form again
        send();
      }
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.shut();
    });
    Object.assign(this.open, { lang, element: form, words: words ?? (() => {}) });
    return form;
  }

  shut() {
    const { key, kind } = this.open;
    this.open = null;
    this.redraw();
    document.getElementById(`review-${kind}-${key}`)?.focus();
  }

  /** Take what is decided; what the graph says that the reader decided of the same before is withdrawn with it. */
  put(key, kind, drafts, shut = false) {
    const before = this.model
      .ruledOf(split(key)[1])
      .filter((each) => (AGAINST[kind] ?? []).includes(each.verdict) && this.isOwn(each));
    const all = [...drafts, ...before.map(({ id }) => ({ verdict: 'withdraw', of: id }))];
    this.sink.put(all, this.slot(key, kind, drafts), key);
    if (shut) this.shut();
    this.say(this.t('noted', this.sink.kept.length));
  }

  /** Of what is about one question the last answer stands; what can be said of a thing several times has a slot each. */
  slot(key, kind, [draft]) {
    if (['confirm', 'reject', 'change', 'figure'].includes(kind)) return `is ${key}`;
    if (['same', 'apart'].includes(kind) && draft.b)
      return `pair ${[draft.a, draft.b].map(({ article, at }) => `${article} ${at}`).sort()}`;
    if (kind === 'withdraw') return `withdraw ${draft.of}`;
    if (['add', 'alias'].includes(kind)) return `${kind} ${JSON.stringify(draft)}`;
    return `${kind} ${key}`;
  }

  // ---- the forms ----

  field(id, label, control) {
    control.id = `review-${id}`;
    return h('div', { class: 'field' }, h('label', { for: control.id }, label), control);
  }

  input(id, label, value = '', more = {}) {
    const input = h('input', { type: 'text', autocomplete: 'off', value, ...more });
    return { element: this.field(id, label, input), input };
  }

  select(id, label, values, name, chosen = '', changed = () => {}) {
    const select = h(
      'select',
      { onchange: changed },
      values.map((value) => h('option', { value, selected: value === chosen }, name(value))),
    );
    return { element: this.field(id, label, select), select };
  }

  pickOf(id, label, value = null, changed = () => {}, more = {}) {
    return new Pick({ id: `review-${id}`, label, lang: this.store.state.lang, value, changed, ...more }, this.model);
  }

  text(id, label, value, make, more = {}) {
    const { element, input } = this.input(id, label, value, more);
    return { fields: [element], make: () => make(input.value.trim()) };
  }

  choice(label, values, name, make) {
    const { element, select } = this.select('choice', label, values, name);
    return { fields: [element], make: () => make(select.value) };
  }

  noEntity(node, a) {
    const where = this.where(a);
    const { element, select } = this.select('choice', this.t('whereValid'), ['here', 'everywhere'], (value) =>
      value === 'here' ? this.t('inArticle', where) : this.t('everywhere'),
    );
    const every = () => node.names.map((words) => ({ verdict: 'no-entity', words, type: node.type }));
    return { fields: [element], make: () => (select.value === 'here' ? [{ verdict: 'no-entity', a }] : every()) };
  }

  where({ article }) {
    const at = this.model.articles.findIndex(({ sha }) => sha === article);
    return this.model.titleOf(at);
  }

  /** Two things that are one, or not: the other is searched; of one that was put together, another mention is taken. */
  pair(verdict, node, a) {
    const other = this.pickOf('other', this.t('theOther'), null, () => {}, { without: node.id });
    const own = verdict === 'apart' ? this.mentions(node, a) : [];
    const two = () => this.two(verdict, node, a, other.node);
    if (!own.length) return { fields: [other.element], make: two };
    const { element, select } = this.select(
      'mention',
      this.t('whichMention'),
      ['', ...own.keys()],
      (n) => (n === '' ? this.t('anotherEntity') : `${own[n].words} · ${this.where(own[n])}`),
      '',
      () => {
        other.element.hidden = select.value !== '';
      },
    );
    return {
      fields: [element, other.element],
      make: () => {
        if (select.value === '') return two();
        const b = own[Number(select.value)];
        const one = node.code && b.article !== a.article && !this.putRight(node);
        return one ? this.t('oneCode', node.code) : [{ verdict, a, b }];
      },
    };
  }

  /** Two things, or why it would do nothing: of two articles what is of two types or codes is not made one. */
  two(verdict, node, a, other) {
    const b = other && this.anchors.entity(other, this.store.state.article);
    if (!b) return null;
    if (verdict === 'same' && a.article !== b.article && !this.putRight(node) && !this.putRight(other)) {
      if (node.type !== other.type) return this.t('twoTypes');
      if (node.code && other.code) return this.t('twoCodes', node.code, other.code);
    }
    return [{ verdict, a, b }];
  }

  /** Whether the type or code of a thing is among what waits to be written. */
  putRight(node) {
    return this.sink.kept.some(
      ({ about, decision }) => about === `n:${node.id}` && ['type', 'code'].includes(decision.verdict),
    );
  }

  /** Where else a thing is named: by each of its names once in each article. */
  mentions(node, a) {
    const found = new Map();
    for (const spot of this.model.marksOf.get(node.id) ?? []) {
      const words = this.model.quote(spot);
      const article = this.model.articles[spot[0]].sha;
      if (article && !(article === a.article && words === a.words) && !found.has(`${article} ${words}`))
        found.set(`${article} ${words}`, { article, ...this.anchors.here(node, spot) });
    }
    return [...found.values()];
  }

  /** Subject, predicate, object and what else a fact has; `given` is what stands in the fields at first. */
  statement(given) {
    const { lang } = this.store.state;
    const changed = () => sync();
    const fresh = given.quote && ((words) => this.model.placeOf(words, given.quote));
    const s = this.pickOf('subject', this.t('subject'), given.s, changed, { fresh });
    const o = this.pickOf('object', this.t('object'), given.o, changed, { fresh });
    const p = this.select('predicate', this.t('predicate'), [], String, '', changed);
    const role = this.input('role', this.t('role'), given.role);
    const status = this.select('status', this.t('status'), statuses(), (each) => statusName(each, lang), given.status);
    const [start, end] = ['start', 'end'].map((each) =>
      this.input(each, this.t(each), given[each], { pattern: DAY, placeholder: this.t('dayHint') }),
    );
    const sync = () => {
      const now = p.select.value || given.p;
      const fitting = predicates().filter((each) => each === given.p || fits(each, s.node, o.node));
      fill(
        p.select,
        !given.p && h('option', { value: '' }, this.t('choose')),
        fitting.map((each) => h('option', { value: each, selected: each === now }, predicateName(each, lang))),
      );
      role.element.hidden = !takesRole(p.select.value);
    };
    sync();
    return {
      fields: [
        s.element,
        p.element,
        o.element,
        role.element,
        h('details', {}, h('summary', {}, this.t('moreFields')), status.element, start.element, end.element),
      ],
      values: () => ({
        s: s.node,
        o: o.node,
        p: p.select.value,
        role: takesRole(p.select.value) ? role.input.value.trim() : '',
        status: status.select.value,
        start: start.input.value.trim(),
        end: end.input.value.trim(),
      }),
      valid: () =>
        Boolean(s.node && o.node && p.select.value && start.input.checkValidity() && end.input.checkValidity()),
    };
  }

  change(tie, facts, before) {
    const [start, end] = (tie.date ?? '').split('/').map((each) => each.replace('..', ''));
    const given = {
      s: this.model.node.get(tie.s),
      o: this.model.node.get(tie.o),
      p: tie.p,
      role: takesRole(tie.p) ? (tie.role ?? '') : '',
      status: tie.status === 'proposed' ? 'asserted' : tie.status,
      start: start ?? '',
      end: end ?? '',
      quote: facts.length + before.length === 1 ? tie.quotes[0] : null, // words that were not read stand in one article
    };
    const { fields, values, valid } = this.statement(given);
    const make = () => {
      const now = values();
      if (!valid()) return null;
      const anew = before.map((each) => this.again(each.is, given, now));
      return [...facts.map((fact) => this.changed(fact, given, now)), ...anew].filter(Boolean);
    };
    return { fields, make };
  }

  /** What a person made of a fact or added, changed once more; null: as it is. */
  again({ fact, to }, given, now) {
    const more = this.changed(fact, given, now)?.to;
    if (!more) return null;
    if (to) return { verdict: 'change', fact, to: { ...to, ...more } };
    const end = (own) => own && { at: own.at, words: own.words, ...(own.type ? { type: own.type } : {}) };
    const { subject = fact.subject, object = fact.object, ...others } = more;
    return { verdict: 'add', fact: { ...fact, ...others, subject: end(subject), object: end(object) } };
  }

  /** What a fact is rather, in the words of its article; null: as it is. */
  changed(fact, given, now) {
    const number = this.model.articles.findIndex(({ sha }) => sha === fact.article);
    const end = (node) => this.anchors.end(node, number) ?? unnamed(node, fact.at);
    const to = {
      ...(now.p !== given.p ? { predicate: now.p } : {}),
      ...(now.s !== given.s ? { subject: end(now.s) } : {}),
      ...(now.o !== given.o ? { object: end(now.o) } : {}),
    };
    for (const each of ['role', 'status', 'start', 'end']) if (now[each] !== given[each]) to[each] = now[each];
    return Object.keys(to).length ? { verdict: 'change', fact, to } : null;
  }

  add(article, number) {
    const [start, end] = this.model.articles[article].sentences[number];
    const quote = trimmed([article, start, end], this.model.articles[article].points.chars);
    const [, from, to] = this.pickedIn(article, number) ? this.picked : [0, 0, 0];
    const named = this.model.articles[article].marks.filter(([s, e]) => s >= from && e <= to).map(([, , id]) => id);
    const [s, o] = [...new Set(named)].map((id) => this.model.node.get(id));
    const { fields, values, valid } = this.statement({
      s,
      o,
      p: '',
      role: '',
      status: 'asserted',
      start: '',
      end: '',
      quote,
    });
    const make = () => {
      if (!valid()) return null;
      const { s: one, o: other, p, role, status, start: since, end: until } = values();
      const fact = {
        ...this.anchors.fact(p, one, other, quote, role),
        ...(status !== 'asserted' ? { status } : {}),
        ...(since ? { start: since } : {}),
        ...(until ? { end: until } : {}),
      };
      return [{ verdict: 'add', fact }];
    };
    return { fields, make };
  }

  alias(article, number) {
    const { element, input } = this.input('words', this.t('aliasWords'), this.pickedIn(article, number));
    const means = this.pickOf('means', this.t('aliasMeans'));
    const hint = h('p', { class: 'hint', role: 'status' });
    const known = () => {
      const words = input.value.trim();
      const read = !words || this.model.nodes.some((node) => node.names.includes(words));
      hint.textContent = read ? '' : this.t('aliasUnread');
    };
    const words = (text) => {
      input.value = text;
      known();
    };
    input.addEventListener('input', known);
    known();
    const make = () => {
      const words = input.value.trim();
      if (!words || !means.node || means.node.names.includes(words)) return null;
      return [{ verdict: 'alias', words, means: means.node.label, type: means.node.type }];
    };
    return { fields: [element, means.element, hint], make, words };
  }

  amount(figure, anchor, before) {
    const owner = this.model.node.get(figure.subject) ?? null;
    const held = Object.assign({}, ...before.map((each) => each.is)); // what was corrected before stays
    const value = this.input('value', this.t('value'), figure.value, { inputmode: 'decimal' });
    const unit = this.input('unit', this.t('unit'), figure.unit);
    const what = this.input('what', this.t('what'), figure.of ?? '');
    const whose = this.pickOf('whose', this.t('whose'), owner);
    const make = () => {
      const news = {};
      const number = decimal(value.input.value);
      if (!number) return null;
      if (number !== decimal(figure.value)) news.value = number;
      if (unit.input.value.trim() !== figure.unit) news.unit = unit.input.value.trim();
      if (what.input.value.trim() !== (figure.of ?? '')) news.label = what.input.value.trim();
      if (whose.node && whose.node !== owner) news.owner = this.anchors.entity(whose.node, figure.span[0]);
      return Object.keys(news).length ? [{ verdict: 'figure', figure: anchor, ...held, ...news }] : null;
    };
    return { fields: [value.element, unit.element, what.element, whose.element], make };
  }
}
