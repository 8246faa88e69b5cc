// Decisions that are sent to the server the page came from: each at once, kept in the page until the server has them.

import { day, freshId } from './decide.js';
import { Pending } from './pending.js';

const SOON = 600; // milliseconds between two looks while the graph is being rebuilt
const LATER = 3000; // and while the server does not answer

/**
 * @typedef {'applied' | 'pending' | 'failed' | 'offline'} Standing
 * applied: the served graph has all that is decided; pending: it is being made; failed: it cannot be; offline: nobody answers
 */

export class Posting extends Pending {
  /**
   * @param {string} address
   * @param {string} key by which the browser keeps what the server has not yet
   * @param {Storage | null} storage
   * @param {{ refused: (why: string) => void, applied: () => void }} tell
   */
  constructor(address, key, storage, tell) {
    super(`sent.${key}`, storage);
    this.file = false;
    this.address = address;
    this.tell = tell;
    /** @type {Standing} */
    this.state = 'applied';
    this.problem = '';
    this.version = ''; // of the graph that was served when the page was opened
    this.stale = false; // whether another one is served now
    this.queue = Promise.resolve();
    this.settled = new Set(); // ids of what the graph of the page has
    this.sending = new Set(); // ids that are on their way
    this.written = new Map(); // ids given here, and those the server has them under
    this.timer = 0;
    this.enqueue(() => this.look());
  }

  put(drafts, slot, about) {
    const before = this.kept.filter((each) => each.slot === slot);
    super.put(drafts, slot, about);
    const made = this.kept.filter((each) => each.slot === slot);
    this.send(before, made);
  }

  undo(ids) {
    const before = this.kept.filter(({ decision }) => ids.includes(decision.id));
    super.undo(ids);
    this.send(before, []);
  }

  note(id, note) {
    const before = this.kept.find(({ decision }) => decision.id === id);
    const text = note.trim() || undefined;
    if (!before || before.decision.note === text) return;
    const after = { ...before, saved: false, decision: { ...before.decision, id: freshId(), note: text, on: day() } };
    this.kept = this.kept.map((each) => (each === before ? after : each));
    this.write();
    this.send([before], [after]);
  }

  /** Nothing is to be downloaded. */
  save() {}

  /** What the graph of the page has is listed with the graph. */
  settle(ids) {
    this.settled = new Set(ids);
    super.settle(ids);
  }

  /**
   * Send what takes the place of what; the server takes all of it or nothing.
   * @param {import('./decide.js').Kept[]} before
   * @param {import('./decide.js').Kept[]} after
   */
  send(before, after) {
    const by = this.by || undefined;
    const made = after.map(({ decision }) => ({ ...decision, by: decision.by ?? by }));
    const ids = after.map(({ decision }) => decision.id);
    for (const id of ids) this.sending.add(id);
    this.show('pending');
    this.enqueue(async () => {
      // said only now: what it takes the place of may have been on its way
      const known = [
        ...after.flatMap(({ instead }) => instead ?? []),
        ...before
          .filter(({ decision, saved }) => saved || this.written.has(decision.id))
          .map(({ decision: { id } }) => this.written.get(id) ?? id),
      ].map((of) => ({ verdict: 'withdraw', of }));
      if (!known.length && !made.length) return this.look();
      const answer = await this.ask({ decisions: [...known, ...made] });
      for (const id of ids) this.sending.delete(id);
      if (answer?.ok) {
        const { renamed = {} } = answer.told;
        for (const id of ids) this.written.set(id, renamed[id] ?? id);
        for (const each of this.kept) {
          if (!ids.includes(each.decision.id)) continue;
          each.saved = true;
          delete each.instead;
          each.decision.id = this.written.get(each.decision.id);
        }
        this.write();
      } else if (answer) {
        this.kept = this.kept.filter(({ decision }) => !ids.includes(decision.id));
        this.restore(before);
        this.tell.refused(answer.told.title ?? String(answer.status));
      } else if (made.length) {
        // sent again with what it takes the place of, which nobody has withdrawn yet
        const instead = known.map(({ of }) => of);
        this.kept = this.kept.map((each) => (ids.includes(each.decision.id) ? { ...each, instead } : each));
        this.write();
      } else if (known.length) {
        // not taken back: what has no answer stays as it was
        this.restore(before);
      }
      await this.look();
    });
  }

  /** @param {import('./decide.js').Kept[]} before what is kept again, where it is not already */
  restore(before) {
    const here = new Set(this.kept.map(({ decision }) => decision.id));
    this.kept = [...this.kept, ...before.filter(({ decision }) => !here.has(decision.id))];
    this.write();
  }

  /** @param {() => Promise<void>} act */
  enqueue(act) {
    this.queue = this.queue.then(act, act);
  }

  /**
   * @param {object} [body] to be sent; without one, only asked
   * @returns {Promise<{ ok: boolean, status: number, told: any } | null>} null: nobody answers
   */
  async ask(body) {
    try {
      const headers = { 'content-type': 'application/json' };
      const own = body ? { method: 'POST', headers, body: JSON.stringify(body) } : {};
      const answer = await fetch(this.address, { credentials: 'same-origin', ...own });
      return { ok: answer.ok, status: answer.status, told: await answer.json() };
    } catch {
      return null;
    }
  }

  /** Ask what is decided by everybody, and whether the graph has it; send again what nobody answered to. */
  async look() {
    clearTimeout(this.timer);
    const answer = await this.ask();
    if (!answer?.ok) {
      this.show(answer ? 'failed' : 'offline', answer?.told.title ?? '');
    } else {
      const { decisions, state, problem, version } = answer.told;
      this.version ||= version;
      this.merge(decisions);
      const was = this.state;
      this.stale = version !== this.version;
      this.show(state, problem);
      if (was === 'pending' && state === 'applied') this.tell.applied();
      const unsent = this.kept.filter(({ decision, saved }) => !saved && !this.sending.has(decision.id));
      if (unsent.length) this.send([], unsent);
    }
    const soon = this.state === 'pending' ? SOON : LATER;
    if (this.state !== 'applied') this.timer = window.setTimeout(() => this.enqueue(() => this.look()), soon);
  }

  /** Keep what stands at the server and the graph of the page has not, what was withdrawn of that, and what is not sent yet. */
  merge(decisions) {
    const own = new Map(this.kept.map((each) => [each.decision.id, each]));
    const there = decisions
      .filter(({ id }) => !this.settled.has(id))
      .map((decision) => ({ slot: `is ${decision.id}`, about: '', ...own.get(decision.id), decision, saved: true }));
    const ids = new Set(decisions.map(({ id }) => id));
    const isOpen = ({ decision, saved }) =>
      !ids.has(decision.id) && (!saved || (this.settled.has(decision.of) && !ids.has(decision.of)));
    this.kept = [...there, ...this.kept.filter(isOpen)];
    this.write(true);
  }

  /**
   * @param {Standing} state
   * @param {string} problem
   */
  show(state, problem = '') {
    this.state = state;
    this.problem = problem;
    for (const listener of this.listeners) listener();
  }
}
