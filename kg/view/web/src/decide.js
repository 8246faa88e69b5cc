// What readers decide, as plain values: what a decision is about (anchors in the articles), and the file it is written to.

import { word, predicateName, typeName } from './words.js';

/**
 * @typedef {Record<string, any>} Decision with `id` and `verdict`; the other fields as decisions.toml has them
 */

/** @typedef {{ decision: Decision, slot: string, about: string, saved?: boolean, instead?: string[] }} Kept
 * `slot`: of one slot the last decision stands; `about`: the thing on the page, as the state chooses it;
 * `instead`: ids of what it takes the place of, where nobody has answered yet */

const ORDER = ['id', 'verdict', 'article', 'predicate', 'subject', 'object'];
const LAST = ['by', 'on', 'note'];
const BARE = ['on', 'value']; // a date and a number: no texts in TOML
const HEAD =
  '# kg: decisions.toml, beside graph.ttl. kg build, kg add and kg decide read it; no build overwrites it.\n';

/** Where things stand in their articles, in the words and code points of the articles themselves. */
export class Anchors {
  /** @param {import('./model.js').Model} model */
  constructor(model) {
    this.model = model;
  }

  /** Places of a node, one an article: what the graph gives as its mention, else where it is first named. */
  spots(node) {
    const first = new Map();
    for (const spot of [...(node.at ?? []), ...(this.model.marksOf.get(node.id) ?? [])])
      if (!first.has(spot[0]) && this.model.articles[spot[0]]?.sha) first.set(spot[0], spot);
    return [...first.values()].sort((a, b) => a[0] - b[0]);
  }

  /** A node in the article of that number, where it is named there, else in the first that names it; null: in none. */
  entity(node, article = -1) {
    const spots = this.spots(node);
    const spot = spots.find(([number]) => number === article) ?? spots[0];
    return spot ? { article: this.model.articles[spot[0]].sha, ...this.here(node, spot) } : null;
  }

  /** The same without the article, for a fact that names it; null where that one does not name the node. */
  end(node, article) {
    const spot = node.fresh ?? this.spots(node).find(([number]) => number === article);
    return spot ? this.here(node, spot) : null;
  }

  here(node, spot) {
    return { at: this.model.origin(spot), words: this.model.quote(spot), type: node.type };
  }

  /** A fact by a quote of it; one for each article that says it. */
  facts(tie) {
    const [s, o] = [this.model.node.get(tie.s), this.model.node.get(tie.o)];
    const first = new Map();
    for (const quote of tie.quotes)
      if (this.model.articles[quote[0]]?.sha && !first.has(quote[0])) first.set(quote[0], quote);
    return [...first.values()].map((quote) => this.fact(tie.p, s, o, quote, tie.role));
  }

  /** A fact and its quote. An end that the article does not name is the one of its label. */
  fact(predicate, s, o, quote, role = '') {
    const at = this.model.origin(quote);
    const end = (node) => this.end(node, quote[0]) ?? unnamed(node, at);
    return {
      article: this.model.articles[quote[0]].sha,
      predicate,
      subject: end(s),
      object: end(o),
      at,
      words: this.model.quote(quote),
      ...(role ? { role } : {}),
    };
  }

  /** A figure by its own words; null where no article is known to write it. */
  figure(figure) {
    const article = this.model.articles[figure.span[0]]?.sha;
    return article ? { article, at: this.model.origin(figure.span), words: this.model.quote(figure.span) } : null;
  }
}

/** An end that its article does not name, by its label; at a place behind the quote, where none of its names is. */
export const unnamed = (node, at) => ({ at: [at[1], at[1] + 1], words: node.label, type: node.type });

/**
 * The place without the blanks at its ends.
 * @returns {[number, number, number]}
 */
export function trimmed([article, start, end], chars) {
  while (start < end && !chars[start].trim()) start += 1;
  while (end > start && !chars[end - 1].trim()) end -= 1;
  return [article, start, end];
}

// ---- the file ----

/** Words as TOML writes them; half of a pair of surrogates, which no text has, becomes the sign of a broken one. */
const quoted = (text) =>
  JSON.stringify(
    text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'),
  ).replaceAll('\u007f', '\\u007f');

function value(given, key = '') {
  if (typeof given === 'string') return BARE.includes(key) ? given : quoted(given);
  if (Array.isArray(given)) return `[${given.map((each) => value(each)).join(', ')}]`;
  if (given && typeof given === 'object')
    return `{ ${entries(given)
      .map(([name, own]) => `${name} = ${value(own, name)}`)
      .join(', ')} }`;
  return String(given);
}

const entries = (table) => {
  const rank = (name) =>
    LAST.includes(name) ? 100 + LAST.indexOf(name) : ORDER.includes(name) ? ORDER.indexOf(name) : 50;
  return Object.entries(table)
    .filter(([, own]) => own !== undefined)
    .sort(([a], [b]) => rank(a) - rank(b));
};

/** @param {Decision[]} decisions */
export function toToml(decisions) {
  const table = (decision) =>
    `[[decision]]\n${entries(decision)
      .map(([name, own]) => `${name} = ${value(own, name)}\n`)
      .join('')}`;
  return [HEAD, ...decisions.map(table)].join('\n');
}

let counter = 0;

/** An id that no other decision has: the time and a counter. */
export const freshId = (now = Date.now()) => `p${now.toString(36)}${(counter++).toString(36).padStart(2, '0')}`;

/** A day as the clock of the reader has it. */
export const day = (date = new Date()) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((each) => String(each).padStart(2, '0')).join('-');

/** A number as readers write it (8,000万, １２), as a plain decimal; empty: none. */
export function decimal(text) {
  const plain = text.normalize('NFKC').replace(/[,\s]/g, '');
  const found = /^([+-]?\d+(?:\.\d+)?)(万|亿)?$/.exec(plain);
  if (!found) return '';
  const zeros = { 万: 4, 亿: 8 }[found[2]] ?? 0;
  const [whole, part = ''] = found[1].replace(/^\+/, '').split('.');
  const moved = whole + part.padEnd(zeros, '0').slice(0, zeros);
  const rest = part.slice(zeros).replace(/0+$/, '');
  return `${moved.replace(/^(-?)0+(?=\d)/, '$1')}${rest ? `.${rest}` : ''}`;
}

// ---- in words ----

const told = (fact, lang) =>
  `${fact.subject.words} ${fact.role || predicateName(fact.predicate, lang)} → ${fact.object.words}`;

/** What a decision says, in one line, without its verdict. */
export function describe(decision, lang) {
  const { verdict, a, b, fact, figure, to } = decision;
  const pair = { same: ' = ', apart: ' ≠ ', unsure: ' ? ' }[verdict];
  if (pair && a) return `${a.words}${pair}${b.words}`;
  if (verdict === 'change') return `${told(fact, lang)} ⇒ ${changed(to, lang)}`;
  if (verdict === 'alias') return `${decision.words} = ${decision.means}`;
  if (verdict === 'withdraw') return decision.of;
  const about = fact ? told(fact, lang) : figure ? figure.words : (a?.words ?? decision.words);
  const news = [
    decision.label,
    verdict === 'type' && typeName(decision.type, lang),
    decision.code ?? false,
    [decision.value, decision.unit].filter(Boolean).join(' '),
    decision.owner?.words,
  ].filter((each) => each !== false && each !== undefined && (each !== '' || verdict === 'code'));
  if (news.length === 0) return a || fact || figure ? about : `${about} (${word('everywhere', lang)})`;
  return `${about} ⇒ ${news.map((each) => each || '—').join(' · ')}`;
}

const changed = (to, lang) =>
  Object.entries(to)
    .map(([name, own]) => (name === 'predicate' ? predicateName(own, lang) : (own.words ?? (own || '—'))))
    .join(' · ');
