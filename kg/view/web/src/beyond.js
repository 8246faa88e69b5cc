// The things of many articles that are not drawn: their names, and which articles hold them.

import { closedUp } from './text.js';

const FEW = 6; // names that are not drawn, in a list of hits

/** Things that are not drawn, and how they are found. */
export class Beyond {
  /** @param {any[][]} data [names with tabs between them, type, how many articles name it, numbers of some] */
  constructor(data) {
    this.things = (data ?? []).map(([names, type, articles, ...among]) => {
      const own = names.split('\t');
      return { label: own[0], names: own, type, articles, among };
    });
    this.keys = null;
  }

  /** Those whose names hold the words: whole names first, then beginnings, and of alike ones those of most articles. */
  search(query) {
    const wanted = closedUp(query.trim().toLowerCase());
    if (!wanted) return [];
    this.keys ??= this.things.map((thing) => thing.names.map((name) => closedUp(name.toLowerCase())));
    const hits = [];
    this.keys.forEach((names, n) => {
      const best = Math.min(...names.map((name) => near(name, wanted)));
      if (best < 9) hits.push({ thing: this.things[n], best });
    });
    hits.sort((a, b) => a.best - b.best || b.thing.articles - a.thing.articles);
    return hits.map(({ thing }) => thing);
  }

  /** All that are called so. */
  called(label) {
    return this.things.filter((thing) => thing.label === label);
  }
}

const near = (name, wanted) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 9);

/** The first of the names that are not drawn, as hits of the search. */
export function hitsBeyond(model, query) {
  const things = model.beyond.search(query);
  const first = [...new Map(things.map((thing) => [`${thing.type} ${thing.label}`, thing])).values()];
  return { hits: first.slice(0, FEW).map((thing) => ({ kind: 'beyond', thing })), all: things.length };
}
