// Decisions that wait to be saved: a list in the page, kept by the browser over a reload, undone one by one.

import { day, freshId } from './decide.js';

/**
 * Where decisions go. The page of a file keeps them until they are downloaded; another one may send each where it belongs.
 * @typedef {object} Sink
 * @property {boolean} file whether they are to be downloaded by the reader
 * @property {import('./decide.js').Kept[]} kept those not undone, oldest first
 * @property {(drafts: Record<string, any>[], slot: string, about: string) => any} put takes decisions without id, by and date
 * @property {(ids: string[]) => any} undo
 * @property {(id: string, note: string) => any} note
 * @property {string} by who decides
 * @property {(listener: () => void) => void} listen tell when `kept` has changed
 * @property {boolean} [lost] whether a reload loses them
 * @property {Record<string, any>[]} [decisions] as they are written, where they are to be downloaded
 * @property {() => void} [save] they have been downloaded
 * @property {(ids: string[]) => void} [settle] the graph has these by now
 * @property {string} [key] by which a browser keeps them
 * @property {() => void} [read]
 */

/** @implements {Sink} */
export class Pending {
  /**
   * @param {string} key by which the browser keeps them: that of the graph
   * @param {Storage | null} storage
   */
  constructor(key, storage) {
    this.file = true;
    this.key = `kg.decisions.${key}`;
    this.storage = storage;
    this.lost = !storage; // whether a reload loses them
    this.kept = [];
    this.author = '';
    this.listeners = [];
    this.read();
  }

  get by() {
    return this.author;
  }

  set by(name) {
    this.author = name.trim();
    this.write(true);
  }

  /** Take decisions; those of the same slot before them give way. */
  put(drafts, slot, about) {
    this.read(); // another tab may have written
    this.kept = this.kept.filter((each) => each.slot !== slot);
    for (const draft of drafts) this.kept.push({ decision: { id: freshId(), ...draft, on: day() }, slot, about });
    this.write();
  }

  undo(ids) {
    this.read();
    this.kept = this.kept.filter(({ decision }) => !ids.includes(decision.id));
    this.write();
  }

  note(id, note) {
    for (const { decision } of this.kept) if (decision.id === id) decision.note = note.trim() || undefined;
    this.write(true);
  }

  /** Let go of decisions that the graph has by now. */
  settle(ids) {
    const left = this.kept.filter(({ decision }) => !ids.includes(decision.id));
    if (left.length === this.kept.length) return;
    this.kept = left;
    this.write();
  }

  /** Say that all have been downloaded or copied. */
  save() {
    for (const each of this.kept) each.saved = true;
    this.write();
  }

  /** The decisions as they are written. */
  get decisions() {
    return this.kept.map(({ decision }) => ({ ...decision, by: this.author || undefined }));
  }

  listen(listener) {
    this.listeners.push(listener);
  }

  read() {
    try {
      const held = JSON.parse(this.storage?.getItem(this.key) ?? 'null');
      if (!Array.isArray(held?.kept)) return;
      this.kept = held.kept.filter((each) => each?.decision?.id && each.decision.verdict);
      this.author = String(held.by ?? '');
    } catch {
      this.lost = true;
    }
  }

  write(quiet = false) {
    try {
      this.storage?.setItem(this.key, JSON.stringify({ by: this.author, kept: this.kept }));
    } catch {
      this.lost = true; // no room, or not allowed
    }
    if (!quiet) for (const listener of this.listeners) listener();
  }
}

/** What the browser keeps for pages, where it lets them have it. */
export function storageOf(window) {
  try {
    return window.localStorage ?? null;
  } catch {
    return null;
  }
}

/** A short name for a list of articles: the same whatever is decided of them. */
export function keyOf(articles) {
  let [a, b] = [0x811c9dc5, 0x1b873593];
  for (const char of articles.map(({ id, sha }) => `${id} ${sha ?? ''}`).join('\n')) {
    a = Math.imul(a ^ char.charCodeAt(0), 0x01000193);
    b = Math.imul(b ^ char.charCodeAt(0), 0x85ebca6b);
  }
  return [a, b].map((each) => (each >>> 0).toString(36)).join('');
}
