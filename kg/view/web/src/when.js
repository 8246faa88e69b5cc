// When what happened, as a drawing: a lane for each kind, by date and its precision. It stands alone, and is kept as it is shown.

import { h } from './dom.js';
import { DOUBTFUL, lineColour, palette } from './palette.js';
import { leadsTo, spokenDate, takesRole, word } from './words.js';

const NS = 'http://www.w3.org/2000/svg';
const DAY = 864e5;
const WIDTH = 940;
const LEFT = 74; // of the names of the lanes
const RIGHT = 14;
const ROW = 20;
const TOP = 8;
const SIZE = 11.5; // of the letters
const LONGEST = 22; // characters of a label
const MOST = 80; // marks
const SHORTEST = 92; // days of an axis
const LONGER = 1.5;
const YEAR = 48; // what a year and a month need
const LANES = ['event', 'post', 'honour', 'document', 'deed'];
const OF_TYPE = { Award: 'honour', Document: 'document' };

/** @typedef {{ row: any, from: number, to: number, openFrom: boolean, openTo: boolean }} When days since 1970 */

function s(tag, props, ...kids) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(props))
    if (value !== undefined && value !== '') element.setAttribute(name, String(value));
  element.append(...kids);
  return element;
}

/** The kind of a row: a main event, a post (its role says more than its relation), else by what its relation leads to. */
const laneOf = ({ tie }) => (!tie ? 'event' : takesRole(tie.p) ? 'post' : (OF_TYPE[leadsTo(tie.p)] ?? 'deed'));

/**
 * The first and last day of a date as it is written: 2021, 2021-06, 2021-06-22, 2018/2021, ../2021; null: of no day.
 * @returns {{ from: number, to: number, openFrom: boolean, openTo: boolean } | null}
 */
export function daysOf(edtf) {
  const [start, end = start] = edtf.split('/');
  const [a, b] = [ends(start), ends(end)];
  const [first, last] = [a ?? b, b ?? a];
  if (!first || !last || last[1] < first[0]) return null;
  return { from: first[0], to: last[1], openFrom: !a, openTo: !b };
}

/** The first day of what is written, and the first behind it. */
function ends(text) {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(text);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map((each) => (each === undefined ? 0 : Number(each)));
  const from = Date.UTC(year, month ? month - 1 : 0, day || 1);
  const to = Date.UTC(month ? year : year + 1, month ? (day ? month - 1 : month) : 0, day ? day + 1 : 1);
  return [from / DAY, to / DAY];
}

/**
 * The timeline of rows, and the way to keep it.
 * @param {any[]} rows as the table under it shows them
 * @param {Record<string, any>} state
 * @param {(row: any) => string} told what happened, in one line
 * @param {{ choose: (row: any) => void, keep: (svg: string) => void }} hooks
 */
export function timeline(rows, state, told, hooks) {
  const every = rows.map((row) => ({ row, ...daysOf(row.date) })).filter(({ from }) => from !== undefined);
  if (!every.length) return null;
  const weight = ({ row }) => (row.tie ? (row.tie.sources?.[1] ?? 1) + row.tie.conf : 2);
  const best = new Set([...every].sort((a, b) => weight(b) - weight(a)).slice(0, MOST));
  const drawn = every.filter((each) => best.has(each));
  const drawing = draw(/** @type {When[]} */ (drawn), state, told);
  listen(drawing, drawn, hooks.choose);
  return h(
    'section',
    { class: 'when', 'aria-label': word('timeline', state.lang) },
    h('div', { class: 'sheet' }, drawing),
    h(
      'p',
      { class: 'hint' },
      drawn.length < every.length && `${word('whenDrawn', state.lang, drawn.length, every.length)} `,
      h(
        'button',
        { type: 'button', class: 'button', id: 'when-keep', onclick: () => hooks.keep(alone(drawing)) },
        word('svg', state.lang),
      ),
    ),
  );
}

/** The drawing as a file of its own: what only a page knows is taken away. */
function alone(drawing) {
  const copy = /** @type {SVGElement} */ (drawing.cloneNode(true));
  for (const each of copy.querySelectorAll('[data-choose]'))
    for (const name of ['tabindex', 'role', 'data-choose', 'aria-pressed']) each.removeAttribute(name);
  copy.removeAttribute('role');
  return new XMLSerializer().serializeToString(copy);
}

/** One stop for the tab key; arrows go from mark to mark, Enter chooses. */
function listen(drawing, drawn, choose) {
  const marks = [...drawing.querySelectorAll('[data-choose]')];
  const take = (mark) => {
    const { choose: chosen } = mark.dataset;
    choose(drawn.find(({ row }) => row.choose === chosen).row);
    /** @type {HTMLElement | null} */ (document.querySelector(`.when [data-choose="${chosen}"]`))?.focus();
  };
  drawing.addEventListener('click', (event) => {
    const mark = event.target.closest('[data-choose]');
    event.stopPropagation();
    if (mark) take(mark);
  });
  drawing.addEventListener('keydown', (event) => {
    const at = marks.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const to = { Home: 0, End: marks.length - 1 }[event.key] ?? (step && at + step);
    if (at >= 0 && marks[to]) {
      for (const mark of marks) mark.setAttribute('tabindex', '-1');
      marks[to].setAttribute('tabindex', '0');
      marks[to].focus();
    } else if (at >= 0 && (event.key === 'Enter' || event.key === ' ')) take(event.target);
    else return;
    event.preventDefault();
  });
}

// ---- the drawing ----

/** @param {When[]} whens */
function draw(whens, state, told) {
  const colours = palette();
  const { lang } = state;
  const low = Math.min(...whens.map(({ from }) => from));
  const last = Math.max(low + SHORTEST, ...whens.map(({ to }) => to));
  const placed = (end) => (day) => LEFT + ((day - low) / (end - low)) * (WIDTH - LEFT - RIGHT);
  // longer where a label would have no room on either side
  const stuck = whens.some((when) => box(when, placed(last), short(told(when.row))).stuck);
  const high = stuck ? low + (last - low) * LONGER : last;
  const x = placed(high);
  const root = s('svg', { xmlns: NS, 'font-family': colours.font, 'font-size': SIZE, role: 'group' });
  root.setAttribute('aria-label', word('timeline', lang));
  const marks = [];
  let y = TOP;
  for (const lane of LANES) {
    const own = whens.filter(({ row }) => laneOf(row) === lane);
    if (!own.length) continue;
    const all = own.map((when) => ({
      when,
      at: 0,
      label: short(told(when.row)),
      ...box(when, x, short(told(when.row))),
    }));
    const many = pack(all);
    const name = s('text', { x: 4, y: y + 14, fill: colours.muted }, word(`lane-${lane}`, lang));
    root.append(s('line', { x1: 0, x2: WIDTH, y1: y, y2: y, stroke: colours.faint }), name);
    for (const each of all) marks.push(mark(each, y + each.at * ROW, colours, lang, told));
    y += many * ROW + 6;
  }
  const height = y + 22;
  for (const { at, text } of ticks(low, high)) {
    const left = x(at);
    if (left > WIDTH - YEAR) continue;
    root.append(s('line', { x1: left, x2: left, y1: TOP, y2: y, stroke: colours.faint }));
    root.append(s('text', { x: left + 3, y: y + 15, fill: colours.muted }, text));
  }
  marks.sort((a, b) => a.from - b.from);
  marks.forEach(({ group }, i) => group.setAttribute('tabindex', i ? '-1' : '0'));
  const on = marks.find(({ group }) => group.dataset.choose === state.chosen)?.group;
  if (on) {
    marks[0].group.setAttribute('tabindex', '-1');
    on.setAttribute('tabindex', '0');
  }
  const ground = s('rect', { width: WIDTH, height, fill: colours.ground });
  root.prepend(s('title', {}, word('timeline', lang)), ground);
  root.append(...marks.map(({ group }) => group));
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height }))
    root.setAttribute(name, String(value));
  return root;
}

/** What a mark and its label need from left to right; the label stands where there is room for it. */
function box({ from, to }, x, label) {
  const [left, right] = [x(from), Math.max(x(to), x(from) + 7)];
  const long = wide(label) + 12;
  const [over, under] = [right + long > WIDTH, left - long <= LEFT];
  const before = over && !under;
  return {
    left,
    right,
    before,
    stuck: over && under,
    start: before ? left - long : left,
    end: before ? right : right + long,
  };
}

/** Rows, as few as let nothing lie upon another; returns how many. */
function pack(placed) {
  const full = [];
  placed.sort((a, b) => a.start - b.start);
  for (const each of placed) {
    const free = full.findIndex((end) => end <= each.start);
    each.at = free < 0 ? full.length : free;
    full[each.at] = each.end;
  }
  return full.length;
}

function mark({ when, left, right, before, label }, y, colours, lang, told) {
  const { row, openFrom, openTo } = when;
  const status = row.tie?.status ?? 'asserted';
  const colour = lineColour(colours, status, row.on ? colours.accent : colours.ink);
  const hollow = status !== 'asserted' || (row.tie && row.tie.conf < DOUBTFUL);
  const says = [spokenDate(row.date, lang), told(row)].join(' ');
  const group = s('g', {
    role: 'button',
    'data-choose': row.choose,
    'aria-label': says,
    'aria-pressed': Boolean(row.on),
  });
  group.append(
    s('title', {}, says),
    s('rect', { x: left - 2, y, width: right - left + 4, height: ROW - 2, fill: 'transparent' }),
    s('rect', {
      x: left,
      y: y + 5,
      width: right - left,
      height: 8,
      rx: right - left > 8 ? 2 : 4,
      fill: hollow ? colours.ground : colour,
      stroke: colour,
      'stroke-dasharray': status === 'planned' ? '3 2' : '',
    }),
  );
  for (const [open, at, way] of [
    [openFrom, left, -1],
    [openTo, right, 1],
  ])
    if (open) group.append(s('path', { d: `M${at} ${y + 4}l${6 * way} 5l${-6 * way} 5z`, fill: colour }));
  group.append(
    s(
      'text',
      {
        x: before ? left - 6 : right + 8,
        y: y + 13,
        fill: row.on ? colours.accent : colours.ink,
        'text-anchor': before ? 'end' : '',
      },
      label,
    ),
  );
  return { group, from: when.from };
}

const short = (text) => {
  const all = [...text];
  return all.length > LONGEST ? `${all.slice(0, LONGEST - 1).join('')}…` : text;
};

const wide = (text) => [...text].reduce((sum, char) => sum + (char > '\u2e80' ? SIZE : SIZE * 0.6), 0);

/** Where years, or months of a short time, begin: a dozen at most. */
function ticks(low, high) {
  const [first, last] = [low, high].map((day) => new Date(day * DAY));
  const months = (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth();
  const step = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200].find((each) => months / each <= 12) ?? 2400;
  const found = [];
  const start = first.getUTCFullYear() * 12 + first.getUTCMonth();
  for (let at = Math.ceil(start / step) * step; at <= start + months; at += step) {
    const day = Date.UTC(Math.floor(at / 12), at % 12, 1) / DAY;
    const year = String(Math.floor(at / 12));
    if (day >= low)
      found.push({ at: day, text: step < 12 ? `${year}-${String((at % 12) + 1).padStart(2, '0')}` : year });
  }
  return found.length ? found : [{ at: low, text: first.toISOString().slice(0, 10) }];
}
