// Puts the parts together: one state, and every part drawn from it.

import { ArticlePane } from './article.js';
import { DECIDING } from './deciding.js';
import { byId, fill, h, icon } from './dom.js';
import { Articles, Timeline, whens } from './many.js';
import { Model, split } from './model.js';
import { keyOf, Pending, storageOf } from './pending.js';
import { Posting } from './posting.js';
import { Review } from './review.js';
import { download, drawing, factsCsv, picture } from './save.js';
import { Search } from './search.js';
import { Side } from './side.js';
import { fromFragment, START, Store, TABS, tabsOf, toFragment } from './state.js';
import { Entities, Facts, Figures } from './tables.js';
import { Waiting } from './waiting.js';
import { addWords, sign, spokenDate, standing, tieName, useLabels, useRules, word } from './words.js';

const model = new Model(JSON.parse(byId('data').textContent));
useLabels(model.data.labels);
useRules(model.data.rules);
addWords(DECIDING);
const first = fromFragment(location.hash);
if (!first.lang) first.lang = 'zh';
const dates = whens(model).length;
const tabs = (state) => tabsOf(state, model.articles.length, dates);
if (!tabs(first).includes(first.tab)) first.tab = 'article';
const store = new Store(first);
const t = (key, ...values) => word(key, store.state.lang, ...values);
let engine = null;
const ROOM = 80; // pixels that a network needs in height
let width = 0; // of the canvas
let high = 0;
let view = model.view(first);

const hooks = {
  choose(chosen) {
    const [kind, id] = split(chosen);
    // while the other end of a path is asked for, a click on a node gives it
    if (kind === 'n' && search.pathFrom && search.pathFrom !== id) return void hooks.path(search.taken(), id);
    store.set({ chosen, ...(chosen ? {} : { from: '', to: '' }) });
  },
  chooseBundle(bundle, ties) {
    const [from, to] = [model.nodes[bundle.from].id, model.nodes[bundle.to].id];
    const chosen = ties.length === 1 ? `f:${ties[0].id}` : `b:${from}~${to}`;
    store.set({ chosen, from: '', to: '', ...(ties[0]?.quotes[0] ? { article: ties[0].quotes[0][0] } : {}) });
  },
  focus(id, depth = 1) {
    store.set({ focus: id, depth, ...(id ? { chosen: `n:${id}` } : {}) });
    engine?.fit(id ? view.nodes : undefined);
  },
  hide(id) {
    const hidden = new Set(store.state.hidden).add(id);
    store.set({ hidden, chosen: '', focus: store.state.focus === id ? '' : store.state.focus });
  },
  reset() {
    const { lang, theme, tab, article, review } = store.state;
    store.set({
      ...START,
      hideTypes: new Set(),
      hidePredicates: new Set(),
      hideStatus: new Set(),
      hidden: new Set(),
      lang,
      theme,
      tab,
      article,
      review,
    });
    engine?.fit();
  },
  pickPath: (id) => search.pick(id),
  path(from, to) {
    store.set({ from, to, chosen: '' });
    if (view.lit?.chain) engine?.fit(view.lit.nodes);
  },
  found(id) {
    const patch = { chosen: `n:${id}`, from: '', to: '' };
    if (!view.nodes.has(id)) {
      const node = model.node.get(id);
      const drop = (field, value) => new Set([...store.state[field]].filter((each) => each !== value));
      Object.assign(patch, { hidden: drop('hidden', id), hideTypes: drop('hideTypes', node.type), focus: '' });
    }
    store.set(patch);
    if (engine?.kind === 'sigma') engine.fit(view.lit.nodes);
    else engine?.look(id);
  },
  /** Show a fact, a figure or a sentence where the article says it. */
  jump(chosen, article) {
    articlePane.scrolled = '';
    store.set({ chosen, article, from: '', to: '', tab: 'article' });
  },
  /** Show an article. */
  open(article) {
    articlePane.scrolled = '';
    store.set({ article, tab: 'article' });
  },
  async copy(text) {
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      // a page opened from a file may not use the clipboard: the old way still works
      const area = h('textarea', { class: 'unseen' });
      area.value = text;
      document.body.append(area);
      area.select();
      done = document.execCommand('copy');
      area.remove();
    }
    if (done) say(t('copied'));
  },
  tip(ties, x, y) {
    tip.hidden = !ties?.length;
    if (tip.hidden) return;
    const name = (id) => model.name(model.node.get(id), store.state.lang);
    fill(
      tip,
      ties
        .slice(0, 4)
        .map((tie) => [
          h('p', {}, name(tie.s), h('b', {}, ` ${tieName(tie, store.state.lang)} → `), name(tie.o)),
          h('p', { class: 'standing' }, standing(tie, store.state.lang)),
        ]),
    );
    tip.style.left = `${Math.min(x + 14, innerWidth - 280)}px`;
    tip.style.top = `${Math.min(y + 14, innerHeight - 90)}px`;
  },
};

const tip = h('div', { id: 'tip', hidden: true });
document.body.append(tip);
const search = new Search(byId('find'), model, store, hooks);
// Where decisions go: to the server that the page came from, to a sink that its host sets before this script, or else they
// wait to be downloaded.
const desk = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name=kg-decisions]'));
/** @type {import('./pending.js').Sink} */
const sink =
  globalThis.kgSink?.(model) ??
  (desk
    ? new Posting(desk.content, keyOf(model.articles), storageOf(globalThis), {
        refused: (why) => say(word('refused', store.state.lang, why)),
        applied: () => say(word('state-applied', store.state.lang)),
      })
    : new Pending(keyOf(model.articles), storageOf(globalThis)));
sink.settle?.(model.rulings.map(({ id }) => id));
const review = new Review(model, store, sink, say);
const side = new Side(byId('side'), model, store, hooks, review);
const articlePane = new ArticlePane(byId('panel-article'), model, store);
const figures = new Figures(byId('panel-figures'), model, store, keepTable);
const facts = new Facts(byId('panel-facts'), model, store, keepTable);
const entities = new Entities(byId('panel-entities'), model, store, keepTable);
const waiting = new Waiting(byId('panel-decisions'), review, sink, {
  copy: hooks.copy,
  download: (text) => download(text, 'decisions.toml', 'application/toml'),
});
sink.listen(() => {
  renderHead(store.state);
  store.set({});
});
addEventListener('storage', ({ key }) => {
  if (!sink.read || key !== sink.key) return; // another tab has decided
  sink.read();
  renderHead(store.state);
  store.set({});
});

const timeline = new Timeline(byId('panel-timeline'), model, store, hooks, keepTable);
const articles = new Articles(byId('panel-articles'), model, store, hooks, keepTable);

let sayTimer = 0;

function say(text) {
  byId('live').textContent = text;
  const toast = byId('toast') ?? document.body.appendChild(h('div', { id: 'toast', 'aria-hidden': 'true' }));
  toast.textContent = text;
  toast.classList.add('on');
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => toast.classList.remove('on'), 1600);
}

// ---- head, tabs, chips ----

function renderHead(state) {
  const count = model.articles.length;
  byId('title').textContent =
    model.title === word('articleCount', 'zh', count) ? t('articleCount', count) : model.title;
  const [article] = model.articles;
  const parts =
    model.articles.length === 1
      ? [article.publisher, article.published]
      : [t('visible', model.nodes.length, model.ties.length)];
  byId('byline').textContent = parts.filter(Boolean).join(' · ');
  byId('skip').textContent = t('skip');
  const tool = (id, label, onclick, ...content) =>
    h('button', { type: 'button', id, class: 'quiet', 'aria-label': label, title: label, onclick }, ...content);
  const menu = h(
    'details',
    { class: 'menu', id: 'save' },
    h(
      'summary',
      { class: 'quiet', 'aria-label': t('save') },
      icon('M10 3v9M6 9l4 4 4-4M4 16h12'),
      h('span', { class: 'text' }, t('save')),
    ),
    h(
      'ul',
      {},
      ['png', 'svg', 'csv', 'print', 'link'].map((kind) =>
        h(
          'li',
          {},
          h(
            'button',
            {
              type: 'button',
              id: `save-${kind}`,
              onclick: () => {
                menu.open = false;
                keep(kind);
              },
            },
            t(kind),
          ),
        ),
      ),
    ),
  );
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector('summary').focus();
  });
  byId('tools').setAttribute('aria-label', t('save'));
  const focused = document.activeElement?.id;
  fill(
    byId('tools'),
    tool(
      'open-side',
      t('filters'),
      () => document.body.classList.toggle('side-open'),
      icon('M3 5h14M6 10h8M8 15h4'),
      h('span', { class: 'text' }, t('filters')),
    ),
    h(
      'button',
      {
        type: 'button',
        id: 'review',
        class: 'quiet',
        'aria-pressed': String(Boolean(state.review)),
        'aria-label': t('reviewOn'),
        title: t('reviewOn'),
        onclick: switchReview,
      },
      icon('M4 16l1-4 8-8 3 3-8 8zM11 6l3 3'),
      h('span', { class: 'text' }, t('review')),
      sink.kept.length > 0 && h('span', { class: 'count' }, sink.kept.length),
    ),
    menu,
    tool(
      'theme',
      t('themeLabel'),
      () => store.set({ theme: dark() ? 'light' : 'dark' }),
      icon('M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14'),
    ),
    tool('language', t('languageLabel'), () => store.set({ lang: state.lang === 'zh' ? 'en' : 'zh' }), t('language')),
  );
  if (focused && byId('tools').querySelector(`#${CSS.escape(focused)}`)) byId(focused).focus();
}

/** Switch deciding on or off; its tab goes with it. */
function switchReview() {
  const { review: on, tab } = store.state;
  store.set({ review: on ? '' : 'on', ...(on && tab === 'decisions' ? { tab: 'article' } : {}) });
}

/** Words that are selected in the article, once the hand is still: what one may add about them stands beside it. */
let pressed = false;
let pickTimer = 0;
addEventListener('pointerdown', () => {
  pressed = true;
});
for (const each of ['pointerup', 'pointercancel'])
  addEventListener(each, () => {
    pressed = false;
    pickSoon();
  });
document.addEventListener('selectionchange', pickSoon);

function pickSoon() {
  clearTimeout(pickTimer);
  if (!store.state.review || store.state.tab !== 'article') return;
  pickTimer = setTimeout(() => {
    const place = !pressed && articlePane.selected(getSelection());
    if (place && String(place) !== String(lastPick)) review.pick(place);
    lastPick = place || lastPick;
  }, 350);
}

let lastPick = null;

const dark = () => {
  const { theme } = store.state;
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
};

/** Whether what stands beside the network is a table, which needs more room than an article. */
const wide = (tab) => !['article', 'decisions'].includes(tab);

function renderTabs(state) {
  const counts = {
    article: '',
    figures: model.figures.length,
    facts: view.ties.size,
    entities: view.nodes.size,
    timeline: timeline.rows.length,
    articles: model.articles.length,
    decisions: sink.kept.length || '',
  };
  const focused = document.activeElement?.id;
  byId('tabs').setAttribute('aria-label', t('article'));
  fill(
    byId('tabs'),
    tabs(state).map((tab) =>
      h(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: `tab-${tab}`,
          'aria-selected': String(state.tab === tab),
          'aria-controls': `panel-${tab}`,
          tabindex: state.tab === tab ? 0 : -1,
          onclick: () => store.set({ tab }),
        },
        t(tab === 'articles' ? 'articleList' : tab),
        counts[tab] !== '' && h('span', { class: 'count' }, counts[tab]),
      ),
    ),
  );
  for (const tab of TABS) {
    const panel = byId(`panel-${tab}`);
    panel.hidden = state.tab !== tab;
    if (tabs(state).includes(tab)) panel.setAttribute('aria-labelledby', `tab-${tab}`);
  }
  byId('main').classList.toggle('wide', wide(state.tab));
  if (focused?.startsWith('tab-')) byId(focused)?.focus();
}

byId('tabs').addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const all = tabs(store.state);
  const tab = all[(all.indexOf(store.state.tab) + step + all.length) % all.length];
  store.set({ tab });
  byId(`tab-${tab}`).focus();
});

function renderChips(state) {
  const chip = (id, text, patch) =>
    h(
      'button',
      {
        type: 'button',
        class: 'chip',
        id,
        onclick: () => {
          store.set(patch);
          engine?.fit();
        },
      },
      text,
      icon('M6 6l8 8M14 6l-8 8'),
    );
  const name = (id) => (model.node.has(id) ? model.name(model.node.get(id), state.lang) : '');
  const { core, nodes, ties } = model.data.leftOut;
  fill(
    byId('chips'),
    nodes &&
      h(
        'p',
        { class: 'chip note' },
        core === undefined ? t('leftOut', model.nodes.length, nodes, ties) : t('leftOutShort', core, nodes, ties),
      ),
    state.focus &&
      chip('chip-focus', `${t('focus')}: ${name(state.focus)} · ${t('depth', state.depth)}`, { focus: '', depth: 1 }),
    state.from && state.to && chip('chip-path', `${name(state.from)} ⇄ ${name(state.to)}`, { from: '', to: '' }),
  );
  byId('tally').textContent = t(
    'visible',
    view.nodes.size === model.nodes.length ? view.nodes.size : `${view.nodes.size}/${model.nodes.length}`,
    view.ties.size === model.ties.length ? view.ties.size : `${view.ties.size}/${model.ties.length}`,
  );
}

function renderStill() {
  document.documentElement.lang = store.state.lang === 'en' ? 'en' : 'zh-CN';
  byId('canvas').setAttribute('aria-label', `${t('graph')}。${t('graphHelp')}`);
  byId('side').setAttribute('aria-label', t('filters'));
  byId('graph').setAttribute('aria-label', t('graph'));
  byId('reading').setAttribute('aria-label', t('article'));
  const button = (id, key, d, act) =>
    h('button', { type: 'button', id, 'aria-label': t(key), title: t(key), onclick: act }, icon(d));
  fill(
    byId('zoom'),
    button('zoom-in', 'zoomIn', 'M10 4v12M4 10h12', () => engine.zoom(1.3)),
    button('zoom-out', 'zoomOut', 'M4 10h12', () => engine.zoom(1 / 1.3)),
    button('zoom-fit', 'fit', 'M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4', () => engine.fit()),
  );
}

// ---- keep and share ----

const fileName = () => (model.title || 'kg').replace(/[\\/:*?"<>|\s]+/g, '-').slice(0, 60);

function keepTable(content, kind, ending = 'csv') {
  const type = ending === 'svg' ? 'image/svg+xml' : 'text/csv;charset=utf-8';
  download(content, `${fileName()}-${kind}.${ending}`, type);
}

async function keep(kind) {
  const { state } = store;
  const name = fileName();
  const ties = model.ties.filter((tie) => view.ties.has(tie.id));
  if (kind === 'csv') download(factsCsv(model, state.lang, ties), `${name}.csv`, 'text/csv;charset=utf-8');
  if (kind === 'svg') download(drawing(model, engine, state, view), `${name}.svg`, 'image/svg+xml');
  if (kind === 'png') download(await picture(drawing(model, engine, state, view)), `${name}.png`, 'image/png');
  if (kind === 'print') print();
  if (kind === 'link') hooks.copy(location.href);
}

addEventListener('beforeprint', () => {
  const page = byId('print');
  const image = h('img', {
    alt: t('graph'),
    src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing(model, engine, store.state, view))}`,
  });
  const rows = model.ties.filter((tie) => view.ties.has(tie.id)).slice(0, 1000);
  fill(
    page,
    image,
    h(
      'table',
      {},
      h(
        'tbody',
        {},
        rows.map((tie) =>
          h(
            'tr',
            {},
            h('td', {}, model.name(model.node.get(tie.s), store.state.lang)),
            h('td', {}, tieName(tie, store.state.lang)),
            h('td', {}, model.name(model.node.get(tie.o), store.state.lang)),
            h('td', {}, [spokenDate(tie.date, store.state.lang), tie.amount].filter(Boolean).join(' · ')),
            h('td', {}, standing(tie, store.state.lang)),
            h('td', {}, tie.quotes[0] ? model.quote(tie.quotes[0]).trim() : ''),
          ),
        ),
      ),
    ),
  );
});

// ---- keys on the canvas ----

let cursor = '';

byId('canvas').addEventListener('keydown', (event) => {
  const turns = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  if (turns[event.key]) {
    event.preventDefault();
    if (event.shiftKey) return void engine.pan(turns[event.key][0] * 80, turns[event.key][1] * 80);
    const next = neighbourIn(turns[event.key]);
    if (next) {
      cursor = next;
      hooks.choose(`n:${next}`);
      engine.look(next);
      const node = model.node.get(next);
      byId('live').textContent =
        `${model.name(node, store.state.lang)}，${sign(node)}，${model.around.get(next).length} ${t('facts')}`;
    }
  } else if (event.key === '+' || event.key === '=') engine.zoom(1.3);
  else if (event.key === '-') engine.zoom(1 / 1.3);
  else if (event.key === '0') engine.fit();
  else if (event.key === 'Enter' && split(store.state.chosen)[0] === 'n') {
    document.body.classList.add('side-open');
    byId('side').focus();
  }
});

function neighbourIn([dx, dy]) {
  const [kind, id] = split(store.state.chosen);
  const from = kind === 'n' ? id : cursor;
  if (!from || !view.nodes.has(from)) return model.byRank.find((node) => view.nodes.has(node.id))?.id;
  const here = engine.place(from);
  let best = '';
  let least = Infinity;
  for (const other of view.nodes) {
    if (other === from) continue;
    const p = engine.place(other);
    const along = (p.x - here.x) * dx + (p.y - here.y) * dy;
    const aside = Math.abs((p.x - here.x) * dy) + Math.abs((p.y - here.y) * dx);
    if (along <= 0 || aside > along * 2) continue;
    if (along + aside * 2 < least) [best, least] = [other, along + aside * 2];
  }
  return best;
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    if (document.body.classList.contains('side-open')) document.body.classList.remove('side-open');
    if (store.state.chosen || store.state.from) hooks.choose('');
  } else if (event.key === '/' && !/INPUT|TEXTAREA|SELECT/.test(/** @type {Element} */ (event.target).tagName)) {
    event.preventDefault();
    byId('search').focus();
  }
});

byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  store.set({ tab: 'facts' });
  byId('panel-facts').focus();
});

// ---- draw from the state ----

store.listen((state, before) => {
  const changed = Object.keys(state).filter((field) => state[field] !== before[field]);
  if (changed.length === 1 && changed[0] === 'tables') {
    renderTables(state); // nothing else changes while one types in a filter
    writeAddress();
    return;
  }
  view = model.view(state);
  if (state.review !== before.review) renderHead(state);
  if (state.lang !== before.lang) {
    renderHead(state);
    renderStill();
    search.render(state);
  }
  if (state.theme !== before.theme) applyTheme(state);
  if (state.chosen !== before.chosen || state.from !== before.from)
    document.body.classList.toggle('side-open', Boolean(state.chosen || state.from));
  const elsewhere = state.chosen !== before.chosen ? articleNaming(state) : state.article;
  if (elsewhere !== state.article)
    store.set({ article: elsewhere }); // which draws
  else draw(state);
  if (state.chosen !== before.chosen && narrow.matches && engine) lookPastSheet(state);
  if (state.tab !== before.tab && wide(state.tab) !== wide(before.tab)) engine?.resize();
  writeAddress();
});

/** The article to show beside what is chosen: the one that is open, where it names the node. */
function articleNaming(state) {
  const [kind, id] = split(state.chosen);
  const marks = (kind === 'n' && model.marksOf.get(id)) || [];
  return !marks.length || marks.some(([article]) => article === state.article) ? state.article : marks[0][0];
}

let addressTimer = 0;

/** Keep the view in the address. Some browsers refuse when asked too often, and inside a frame without an address. */
function writeAddress() {
  clearTimeout(addressTimer);
  const { state } = store;
  try {
    history.replaceState(null, '', `#${toFragment({ ...state, lang: state.lang === 'zh' ? '' : state.lang })}`);
  } catch {
    if (location.protocol !== 'about:') addressTimer = setTimeout(writeAddress, 5000);
  }
}

const narrow = matchMedia('(max-width: 760px)');

/** On a phone the sheet covers part of the network: show what is chosen above it. */
function lookPastSheet(state) {
  const [kind, id] = split(state.chosen);
  const node =
    kind === 'n' ? id : kind === 'f' ? model.tie.get(id)?.s : kind === 'q' ? model.figure.get(id)?.subject : '';
  const covered = byId('canvas').getBoundingClientRect().bottom - byId('side').getBoundingClientRect().top;
  if (node) engine.look(node, Math.max(0, covered));
}

function draw(state) {
  engine?.update(state, view);
  renderTabs(state);
  renderChips(state);
  side.render(state, view);
  articlePane.render(state, view);
  renderTables(state);
}

function renderTables(state) {
  figures.render(state);
  facts.render(state, view);
  entities.render(state, view);
  timeline.render(state, view);
  articles.render(state);
  waiting.render(state);
}

function applyTheme(state) {
  if (state.theme) document.documentElement.dataset.theme = state.theme;
  else delete document.documentElement.dataset.theme;
  engine?.recolour();
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => engine?.recolour());
addEventListener('hashchange', () => {
  const state = fromFragment(location.hash);
  if (toFragment(state) !== toFragment({ ...store.state, lang: store.state.lang === 'zh' ? '' : store.state.lang }))
    store.set({ ...state, lang: state.lang || 'zh' });
});

applyTheme(first);
renderHead(first);
renderStill();
search.render(first);
renderTabs(first); // how wide the network is
if (model.data.large) {
  // the words first: a large network takes a moment to draw
  draw(first);
  afterPaint(begin);
} else {
  begin();
  draw(first);
}

/** Go on once something stands on the screen, or after three seconds. */
function afterPaint(then) {
  let timer = 0;
  const go = () => {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    setTimeout(then);
  };
  timer = setTimeout(go, 3000);
  try {
    new PerformanceObserver(go).observe({ type: 'paint', buffered: true });
  } catch {
    // an old browser: the three seconds it is
  }
}

function begin() {
  engine = globalThis.kgEngine(byId('canvas'), model, hooks, store.state, view);
  ({ clientWidth: width, clientHeight: high } = byId('canvas')); // as it is fitted
  if (store.state.focus) engine.fit(view.nodes);
  else if (view.lit?.chain) engine.fit(view.lit.nodes);
  new ResizeObserver(resized).observe(byId('canvas'));
  globalThis.kgPage = { engine, model, store, review, view: () => view };
  document.documentElement.dataset.ready = 'true';
}

function resized() {
  const { clientWidth: now, clientHeight: tall } = byId('canvas');
  const shown = high < ROOM && tall >= ROOM; // a hidden tab or frame that came into sight
  if (now && (shown || (now !== width && !store.state.chosen))) engine.fit(store.state.focus ? view.nodes : undefined);
  width = now;
  high = tall;
}
