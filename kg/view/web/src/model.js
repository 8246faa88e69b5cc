// The picture as the page reads it: indexes, search, neighbours, paths, and what is shown and lit in a given state.

import { Beyond } from './beyond.js';
import { CodePoints, closedUp, fold, Folded, initials, sentences } from './text.js';

export class Model {
  constructor(data) {
    this.data = data;
    this.title = data.title;
    this.base = data.base;
    this.nodes = data.nodes;
    // what most have alike is left out of the file
    for (const node of this.nodes) node.names ??= [node.label];
    for (const tie of data.ties) {
      tie.s = this.nodes[tie.s].id;
      tie.o = this.nodes[tie.o].id;
      tie.status ??= 'asserted';
    }
    this.ties = [...data.ties].sort(byPlace);
    this.beyond = new Beyond(data.beyond);
    this.figures = data.figures;
    this.articles = data.articles.map((article) => new Text(article));
    this.node = new Map(this.nodes.map((node) => [node.id, node]));
    this.tie = new Map(this.ties.map((tie) => [tie.id, tie]));
    this.figure = new Map(this.figures.map((figure) => [figure.id, figure]));
    this.around = new Map(this.nodes.map((node) => [node.id, []]));
    for (const tie of this.ties) {
      this.around.get(tie.s).push(tie);
      if (tie.o !== tie.s) this.around.get(tie.o).push(tie);
    }
    this.figuresOf = group(
      this.figures.filter((figure) => figure.subject),
      (figure) => figure.subject,
    );
    this.marksOf = new Map();
    this.articles.forEach((article, index) => {
      for (const [start, end, id] of article.marks) {
        if (!this.marksOf.has(id)) this.marksOf.set(id, []);
        this.marksOf.get(id).push([index, start, end]);
      }
    });
    this.rulings = data.rulings ?? [];
    this.ruledBy = new Map();
    for (const ruling of this.rulings)
      for (const id of ruling.of ?? []) this.ruledBy.set(id, [...(this.ruledBy.get(id) ?? []), ruling]);
    this.bundles = data.drawn.edges.map(({ from, to, facts }) => ({ from, to, ties: facts.map((i) => data.ties[i]) }));
    this.keys = null;
    this.folds = new Map(); // of quotes that were searched
    this.counted = null;
    this.byRank = [...this.nodes].sort((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1));
  }

  /** What people decided of a thing, where the graph says so. */
  ruledOf(id) {
    return this.ruledBy.get(id) ?? [];
  }

  /** How the state chooses the thing of an id. */
  chosenAs(id) {
    return [this.node.has(id) && `n:${id}`, this.tie.has(id) && `f:${id}`, this.figure.has(id) && `q:${id}`].find(
      Boolean,
    );
  }

  iri(id) {
    return this.base + id;
  }

  name(node, lang) {
    return (lang === 'en' && node.en) || node.label;
  }

  quote([article, start, end]) {
    return this.articles[article] ? this.articles[article].points.slice(start, end) : '';
  }

  /** Where words stand in a quote, null where they do not. */
  placeOf(words, [article, start, end]) {
    const quote = this.quote([article, start, end]);
    const at = quote.indexOf(words);
    if (at < 0) return null;
    const from = start + Array.from(quote.slice(0, at)).length;
    return [article, from, from + Array.from(words).length];
  }

  /** Where words of an article stand in the article itself, which an excerpt has only parts of. */
  origin([article, start, end]) {
    const piece = (this.articles[article]?.pieces ?? []).findLast(([here]) => here <= start) ?? [0, 0];
    return [start - piece[0] + piece[1], end - piece[0] + piece[1]];
  }

  /**
   * The page or paragraph of its document that a quote begins on (page=3), '' where it has none.
   * @param {number[]} place
   */
  leafOf([article, start]) {
    return (this.articles[article]?.leaves ?? []).findLast(([at]) => at <= start)?.[1] ?? '';
  }

  /** What an article is called. */
  titleOf(article) {
    return this.articles[article]?.title || this.articles[article]?.name || '';
  }

  /** Where the sentence stands that holds a place of an article. */
  sentenceOf([article, start]) {
    const bounds = this.articles[article].sentences[this.articles[article].sentenceAt(start)];
    return bounds ? [article, ...bounds] : [article, start, start];
  }

  /** Posts and other roles that hold the words: the facts, those that begin with them first. */
  roles(query) {
    const wanted = fold(query);
    const score = (tie) => (tie.role ? fold(tie.role).indexOf(wanted) : -1);
    const hits = wanted ? this.ties.map((tie) => ({ tie, at: score(tie) })).filter(({ at }) => at >= 0) : [];
    return hits.sort((a, b) => Math.sign(a.at) - Math.sign(b.at)).map(({ tie }) => tie);
  }

  /** Figures by what the text writes, by their value, unit or what they count, the nearest first. */
  found(query) {
    const wanted = fold(query);
    const plain = wanted.replaceAll(',', '');
    const score = ({ text, value, unit, of = '' }) => {
      const [own, told] = [fold(text), fold(`${of}${text}`)];
      if (own === wanted || plain === value) return 0;
      if (own.startsWith(wanted) || fold(of) === wanted) return 1;
      return own.includes(wanted) || told.includes(wanted) || fold(unit) === wanted ? 2 : 9;
    };
    const hits = wanted ? this.figures.map((figure) => ({ figure, best: score(figure) })) : [];
    return hits
      .filter(({ best }) => best < 9)
      .sort((a, b) => a.best - b.best)
      .map(({ figure }) => figure);
  }

  /** Sentences of the articles that hold the words: [article, number of the sentence, start, end of the words]. */
  sayings(query) {
    const wanted = fold(query);
    const hits = [];
    if (Array.from(wanted).length < 2) return hits;
    this.articles.forEach((article, n) => {
      let last = -1;
      for (const [start, end] of article.folded.places(wanted)) {
        const number = article.sentenceAt(start);
        if (number !== last && number >= 0) hits.push([n, number, start, end]);
        last = number;
      }
    });
    return hits;
  }

  /** Whether some words hold all that is looked for. */
  holds(place, wanted) {
    const key = place.join(' ');
    if (!this.folds.has(key)) this.folds.set(key, fold(this.quote(place)));
    const text = this.folds.get(key);
    return wanted.every((each) => text.includes(each));
  }

  /** Nodes that match, best first: whole name, start of a name, initials, anywhere in a name. */
  search(query, limit = 12) {
    const wanted = closedUp(query.trim().toLowerCase());
    if (!wanted) return [];
    this.keys ??= new Map(
      this.nodes.map((node) => {
        const names = [...new Set([node.label, ...node.names, node.en].filter(Boolean))];
        return [node, names.map((name) => ({ name, low: closedUp(name.toLowerCase()), first: initials(name) }))];
      }),
    );
    const letters = /^[a-z0-9]+$/.test(wanted);
    const hits = [];
    for (const [node, names] of this.keys) {
      let best = 9;
      let by = '';
      for (const { name, low, first } of names) {
        let score = 9;
        if (low === wanted) score = 0;
        else if (low.startsWith(wanted)) score = 1;
        else if (letters && first === wanted) score = 2;
        else if (letters && first.startsWith(wanted)) score = 3;
        else if (low.includes(wanted)) score = 4;
        else if (letters && wanted.length > 1 && first.includes(wanted)) score = 5;
        if (score < best) [best, by] = [score, name];
      }
      if (best < 9) hits.push({ node, by, best });
    }
    hits.sort((a, b) => a.best - b.best || b.node.rank - a.node.rank || (a.node.id < b.node.id ? -1 : 1));
    return hits.slice(0, limit);
  }

  /**
   * Ids within `depth` ties of a node, over the ties that `passes` lets through.
   * @param {(tie: any) => boolean} passes
   */
  neighbourhood(id, depth, passes = () => true) {
    const seen = new Set([id]);
    let edge = [id];
    for (let step = 0; step < depth; step += 1) {
      const next = [];
      for (const at of edge) {
        for (const tie of this.around.get(at) ?? []) {
          if (!passes(tie)) continue;
          const other = tie.s === at ? tie.o : tie.s;
          if (!seen.has(other)) {
            seen.add(other);
            next.push(other);
          }
        }
      }
      edge = next;
    }
    return seen;
  }

  /**
   * The shortest chain of ties from one node to another, walked either way, or null.
   * @param {(tie: any) => boolean} passes
   */
  path(from, to, passes = () => true) {
    if (!this.node.has(from) || !this.node.has(to)) return null;
    const came = new Map([[from, null]]);
    let edge = [from];
    while (edge.length && !came.has(to)) {
      const next = [];
      for (const at of edge) {
        for (const tie of this.around.get(at)) {
          if (!passes(tie)) continue;
          const other = tie.s === at ? tie.o : tie.s;
          if (!came.has(other)) {
            came.set(other, { at, tie });
            next.push(other);
          }
        }
      }
      edge = next;
    }
    if (!came.has(to)) return null;
    const chain = [];
    for (let at = to; came.get(at); at = came.get(at).at)
      chain.unshift({ from: came.get(at).at, to: at, tie: came.get(at).tie });
    return chain;
  }

  /** Whether a tie passes the filters on predicate, status and confidence. */
  passes(tie, state) {
    return !state.hidePredicates.has(tie.p) && !state.hideStatus.has(tie.status) && tie.conf >= state.confidence / 100;
  }

  /** What is shown (filters, focus) and what is lit (selection, path). */
  view(state) {
    const passes = (tie) => this.passes(tie, state);
    const near =
      state.focus && this.node.has(state.focus) ? this.neighbourhood(state.focus, state.depth, passes) : null;
    const nodes = new Set();
    for (const node of this.nodes) {
      if (state.hideTypes.has(node.type) || state.hidden.has(node.id)) continue;
      if (near && !near.has(node.id)) continue;
      nodes.add(node.id);
    }
    const ties = new Set();
    const held = new Set();
    for (const tie of this.ties) {
      if (!passes(tie) || !nodes.has(tie.s) || !nodes.has(tie.o)) continue;
      ties.add(tie.id);
      held.add(tie.s).add(tie.o);
    }
    // whom the filters on facts leave without any has no part in what is asked
    if (state.hidePredicates.size || state.hideStatus.size || state.confidence) {
      for (const id of nodes)
        if (!held.has(id) && (this.around.get(id).length || state.hidePredicates.size)) nodes.delete(id);
    }
    return { nodes, ties, lit: this.lit(state, passes) };
  }

  /** Ids of the nodes, ties and figures that the selection lights up, and the quotes it rests on; null: nothing chosen. */
  lit(state, passes) {
    const lit = { nodes: new Set(), ties: new Set(), figures: new Set(), quotes: [], chain: null };
    const add = (tie) => {
      lit.ties.add(tie.id);
      lit.nodes.add(tie.s).add(tie.o);
    };
    if (state.from && state.to) {
      lit.chain = this.path(
        state.from,
        state.to,
        (tie) => passes(tie) && !state.hidden.has(tie.s) && !state.hidden.has(tie.o),
      );
      lit.nodes.add(state.from).add(state.to);
      for (const { tie } of lit.chain ?? []) {
        add(tie);
        lit.quotes.push(...tie.quotes);
      }
      if (!state.chosen) return lit;
    }
    const [kind, id] = split(state.chosen);
    if (kind === 'n' && this.node.has(id)) {
      if (lit.chain) return lit;
      lit.nodes.add(id);
      this.around.get(id).filter(passes).forEach(add);
      for (const figure of this.figuresOf.get(id) ?? []) lit.figures.add(figure.id);
    } else if (kind === 'f' && this.tie.has(id)) {
      if (!lit.chain) add(this.tie.get(id));
      lit.quotes = this.tie.get(id).quotes;
    } else if (kind === 'b') {
      const [from, to] = id.split('~');
      for (const tie of (this.around.get(from) ?? []).filter(passes)) {
        if ((tie.s === from && tie.o === to) || (tie.s === to && tie.o === from)) {
          add(tie);
          lit.quotes.push(...tie.quotes);
        }
      }
    } else if (kind === 'q' && this.figure.has(id)) {
      const figure = this.figure.get(id);
      lit.figures.add(id);
      if (figure.subject) lit.nodes.add(figure.subject);
      lit.quotes = [figure.quote];
    } else if (kind === 's') {
      const [article, number] = id.split('.').map(Number);
      const bounds = this.articles[article]?.sentences[number];
      if (!bounds) return lit.chain ? lit : null;
      const [start, end] = bounds;
      const inside = ([a, s, e]) => a === article && s < end && e > start;
      for (const [s, e, node] of this.articles[article].marks) if (s >= start && e <= end) lit.nodes.add(node);
      for (const tie of this.ties) if (tie.quotes.some(inside) && passes(tie)) add(tie);
      for (const figure of this.figures) if (inside(figure.span)) lit.figures.add(figure.id);
      lit.quotes = [[article, start, end]];
    } else if (!lit.chain) return null;
    return lit;
  }

  /** How many there are of each type, predicate and status, most first. */
  counts() {
    this.counted ??= {
      types: count(this.nodes, (node) => node.type),
      predicates: count(this.ties, (tie) => tie.p),
      status: count(this.ties, (tie) => tie.status),
    };
    return this.counted;
  }
}

/** An article; its characters and sentences are found when they are first asked for. */
class Text {
  constructor(article) {
    Object.assign(this, article);
    this.text = article.text;
    this.held = null;
    this.bounds = null;
    this.flat = null;
  }

  get points() {
    this.held ??= new CodePoints(this.text);
    return this.held;
  }

  get sentences() {
    this.bounds ??= sentences(this.points.chars);
    return this.bounds;
  }

  /** Its characters as they are searched. */
  get folded() {
    this.flat ??= new Folded(this.points.chars);
    return this.flat;
  }

  /** The number of the sentence that holds a code point, or the one before it; -1 before the first. */
  sentenceAt(offset) {
    let [low, high] = [0, this.sentences.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sentences[middle][0] <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** Facts in the order in which the articles tell them; those that no text tells last. */
const byPlace = (a, b) => {
  const [p, q] = [a.quotes[0] ?? [Infinity, 0, 0], b.quotes[0] ?? [Infinity, 0, 0]];
  return (p[0] === q[0] ? 0 : p[0] - q[0]) || p[1] - q[1] || p[2] - q[2] || (a.id < b.id ? -1 : 1);
};

export const split = (chosen) => {
  const at = chosen.indexOf(':');
  return at < 0 ? ['', ''] : [chosen.slice(0, at), chosen.slice(at + 1)];
};

export function group(items, key) {
  const groups = new Map();
  for (const item of items) {
    const own = key(item);
    if (!groups.has(own)) groups.set(own, []);
    groups.get(own).push(item);
  }
  return groups;
}

function count(items, key) {
  const groups = [...group(items, key)].map(([name, own]) => [name, own.length]);
  return groups.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
