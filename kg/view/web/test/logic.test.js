// Unit tests of the page's logic: npm test
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hitsBeyond } from '../src/beyond.js';
import { Anchors, decimal, toToml } from '../src/decide.js';
import { Model } from '../src/model.js';
import { Pending } from '../src/pending.js';
import { dashes, lineColour } from '../src/palette.js';
import { factQuery, nodeQuery } from '../src/sparql.js';
import { fromFragment, START, toFragment } from '../src/state.js';
import { cell, CodePoints, csv, fold, Folded, initials, plainNumber, sentences, terms } from '../src/text.js';
import { daysOf } from '../src/when.js';
import { nearWay, on, overlap, way } from '../src/ties.js';
import {
  bundleName,
  foundBy,
  inverseName,
  mergeName,
  predicateName,
  sign,
  statusName,
  spokenDate,
  spokenLeaf,
  standing,
  tieName,
  typeName,
  useLabels,
  useRules,
  word,
} from '../src/words.js';

const node = (id, label, more = {}) => ({ id, type: 'Organization', label, rank: 1, ...more });
const tie = (id, s, o, more = {}) => ({ id, s, p: 'supported', o, conf: 1, quotes: [], ...more });
const data = {
  title: '试',
  base: 'https://example.org/kg/',
  leftOut: {},
  nodes: [
    node('e1', '青禾集团', { names: ['青禾集团', '青禾'] }),
    node('e2', '蓝石科技', { en: 'Bluestone' }),
    node('e3', '云溪区', { type: 'Place' }),
    node('e4', '孤岛'),
  ],
  ties: [tie('f1', 0, 1, { quotes: [[0, 0, 9]] }), tie('f2', 2, 1, { status: 'denied', conf: 0.4 })],
  figures: [{ id: 'q1', text: '3家', value: '3', unit: '家', subject: 'e1', quote: [0, 0, 9], span: [0, 6, 8] }],
  articles: [
    {
      id: 'a',
      name: 'a',
      text: '青禾集团支持𠮷蓝石科技。云溪区。',
      marks: [
        [0, 4, 'e1'],
        [7, 11, 'e2'],
        [12, 15, 'e3'],
      ],
    },
  ],
  drawn: {
    nodes: [],
    edges: [
      { from: 0, to: 1, facts: [0] },
      { from: 2, to: 1, facts: [1] },
    ],
    options: {},
  },
};
const model = () => new Model(structuredClone(data));
const state = (more = {}) => ({
  ...START,
  hideTypes: new Set(),
  hidePredicates: new Set(),
  hideStatus: new Set(),
  hidden: new Set(),
  ...more,
});

test('offsets count code points, as the graph does', () => {
  assert.equal(new CodePoints('a𠮷b').slice(1, 3), '𠮷b');
  assert.equal(model().quote([0, 0, 9]), '青禾集团支持𠮷蓝石');
});

test('a quote stands on the page that began last before it', () => {
  const paged = structuredClone(data);
  paged.articles[0].leaves = [
    [0, 'page=1'],
    [6, 'page=2'],
  ];
  const both = new Model(paged);
  assert.equal(both.leafOf([0, 0, 9]), 'page=1');
  assert.equal(both.leafOf([0, 6, 8]), 'page=2');
  assert.equal(spokenLeaf(both.leafOf([0, 6, 8]), 'zh'), '第 2 页');
  assert.equal(spokenLeaf('paragraph=3', 'en'), 'paragraph 3');
  assert.equal(spokenLeaf(model().leafOf([0, 0, 9]), 'en'), '');
});

test('sentences end at their punctuation, with the quotes behind it', () => {
  const chars = Array.from('一。“二！”三\n四');
  assert.deepEqual(
    sentences(chars).map(([s, e]) => chars.slice(s, e).join('')),
    ['一。', '“二！”', '三', '四'],
  );
});

test('initials are the first letters of pinyin', () => {
  assert.equal(initials('周渭超'), 'zwc');
  assert.equal(initials('东方雨虹A1'), 'dfyha1');
});

test('numbers are shown in the units of the language', () => {
  assert.equal(plainNumber('80000000', 'zh'), '8,000万');
  assert.equal(plainNumber('1000000000', 'zh'), '10亿');
  assert.equal(plainNumber('1000000000', 'en'), '1 bn');
  assert.equal(plainNumber('3.5', 'zh'), '3.5');
});

test('cells of a table are never formulas', () => {
  assert.equal(cell('=1+1'), "'=1+1");
  assert.equal(cell('＝1+1'), "'＝1+1");
  assert.equal(cell('|calc'), "'|calc");
  assert.equal(cell(' =1+1'), "' =1+1");
  assert.equal(cell('a;=1+1'), "a;'=1+1");
  assert.equal(cell('-5'), '-5');
  assert.equal(cell('a"b'), '"a""b"');
  assert.ok(csv([['甲']]).startsWith('\uFEFF甲\r\n'));
});

test('search puts whole names first and knows short forms, English labels and initials', () => {
  const labels = (query) =>
    model()
      .search(query)
      .map(({ node: { label } }) => label);
  assert.deepEqual(labels('青禾'), ['青禾集团']);
  assert.deepEqual(labels('青　禾 集团'), ['青禾集团']);
  assert.deepEqual(labels('bluestone'), ['蓝石科技']);
  assert.deepEqual(labels('yxq'), ['云溪区']);
  assert.deepEqual(labels('  '), []);
});

test('a path is walked against the direction of ties too', () => {
  assert.deepEqual(
    model()
      .path('e1', 'e3')
      .map((step) => [step.from, step.tie.id, step.to]),
    [
      ['e1', 'f1', 'e2'],
      ['e2', 'f2', 'e3'],
    ],
  );
  assert.equal(model().path('e1', 'e4'), null);
  assert.equal(
    model().path('e1', 'e3', (each) => each.status !== 'denied'),
    null,
  );
});

test('a neighbourhood grows with its depth', () => {
  assert.deepEqual([...model().neighbourhood('e1', 1)], ['e1', 'e2']);
  assert.deepEqual([...model().neighbourhood('e1', 2)], ['e1', 'e2', 'e3']);
});

test('filters hide nodes with their ties, statuses and unsure facts', () => {
  assert.equal(model().view(state()).ties.size, 2);
  assert.equal(model().view(state({ hideTypes: new Set(['Place']) })).ties.size, 1);
  assert.equal(model().view(state({ hideStatus: new Set(['denied']) })).ties.size, 1);
  assert.equal(model().view(state({ confidence: 50 })).ties.size, 1);
  assert.deepEqual([...model().view(state({ hidden: new Set(['e4']), focus: 'e1' })).nodes], ['e1', 'e2']);
});

test('what is chosen lights its ends, its quotes and its figures', () => {
  const lit = (chosen) => model().view(state({ chosen })).lit;
  assert.deepEqual([...lit('n:e1').nodes], ['e1', 'e2']);
  assert.deepEqual([...lit('n:e1').figures], ['q1']);
  assert.deepEqual(lit('f:f1').quotes, [[0, 0, 9]]);
  assert.deepEqual([...lit('q:q1').nodes], ['e1']);
  assert.deepEqual([...lit('s:0.0').ties], ['f1']);
  assert.deepEqual([...lit('b:e3~e2').ties], ['f2']);
  assert.equal(lit('n:nothing'), null);
  assert.equal(lit(''), null);
});

test('a state comes back from its address', () => {
  const there = state({
    chosen: 'n:e1',
    tab: 'facts',
    hideTypes: new Set(['Place', 'Award']),
    depth: 2,
    focus: 'e1',
    confidence: 40,
    tables: { 'facts.sort': '-sure', 'facts.is-status': 'denied', 'figures.quote': '资金 3=4&#' },
  });
  assert.deepEqual(fromFragment(`#${toFragment(there)}`), there);
  assert.equal(toFragment(state()), '');
  assert.equal(fromFragment('#depth=77&tab=x').depth, 3);
});

test('what is no choice of a table is no part of a state', () => {
  assert.deepEqual(fromFragment('#facts.sort=sure&facts.__proto__=1&other.sort=sure&facts.date=').tables, {
    'facts.sort': 'sure',
  });
});

test('a text is searched without blanks, marks and widths, and places count code points', () => {
  assert.equal(fold('Ａ　b\u200b１'), 'ab1');
  assert.deepEqual(terms(' 捐款  １万 '), ['捐款', '1万']);
  assert.deepEqual(
    [...new Folded(Array.from('𠮷捐\n款１万，捐款')).places('捐款')],
    [
      [1, 4],
      [7, 9],
    ],
  );
  assert.deepEqual([...new Folded(Array.from('甲')).places('')], []);
});

test('words of the articles are found, a sentence each', () => {
  assert.deepEqual(model().sayings('蓝石 科技'), [[0, 0, 7, 11]]);
  assert.deepEqual(model().sayings('区。'), [[0, 1, 14, 16]]);
  assert.deepEqual(model().sayings('区'), []); // one character is everywhere
  assert.deepEqual(model().sayings('没有'), []);
});

test('figures are found by text, value, unit and what they count; posts by their words', () => {
  const ids = (query) =>
    model()
      .found(query)
      .map(({ id }) => id);
  for (const query of ['3家', '３ 家', '3', '家']) assert.deepEqual(ids(query), ['q1']);
  assert.deepEqual(ids('4'), []);
  const roles = structuredClone(data);
  roles.ties[0].role = '副董事长';
  roles.ties[1].role = '董事长';
  const posts = new Model(roles);
  assert.deepEqual(
    posts.roles('董事').map(({ id }) => id),
    ['f2', 'f1'],
  );
  assert.deepEqual(posts.roles(' '), []);
});

test('a place of an excerpt is told as it stands in the article', () => {
  const cut = structuredClone(data);
  cut.articles[0].pieces = [
    [0, 100],
    [12, 500],
  ];
  const excerpt = new Model(cut);
  assert.deepEqual(excerpt.origin([0, 13, 15]), [501, 503]);
  assert.deepEqual(excerpt.origin([0, 2, 5]), [102, 105]);
  assert.deepEqual(model().origin([0, 2, 5]), [2, 5]);
});

test('rules are told in words, and one without words by what it states', () => {
  useLabels({ types: {}, predicates: { supported: ['支持', 'supported'] }, statuses: {} });
  useRules({ gave: ['甲捐款', 'somebody gives'], 'same-name': ['同名', 'same name'] });
  const own = { p: 'supported', pattern: 'gave, unheard-of, unheard-too' };
  assert.equal(foundBy(own, 'zh'), '甲捐款；说明“支持”的句式');
  assert.equal(foundBy(own, 'en'), 'somebody gives; a wording of “supported”');
  assert.equal(foundBy({ p: 'supported' }, 'zh'), '');
  assert.deepEqual([mergeName('same-name', 'en'), mergeName('unheard-of', 'zh')], ['same name', '按名称归并规则']);
});

test('what follows from codes of places is derived, and lends no line its confidence', () => {
  const derived = { p: 'within', status: 'asserted', conf: 1, derived: true };
  const read = { p: 'within', status: 'asserted', conf: 0.42 };
  assert.equal(standing(derived, 'zh'), '由区划代码推得');
  assert.equal(standing(read, 'zh'), '可信度 42%');
  assert.equal(bundleName([derived], 'zh', true), 'within · 推得');
  assert.equal(bundleName([derived, read], 'zh', true), 'within 42%');
});

test('an IRI cannot end its own brackets in a query', () => {
  assert.ok(
    nodeQuery('https://example.org/> } DROP ALL #').includes('<https://example.org/%3E%20%7D%20DROP%20ALL%20#>'),
  );
  assert.ok(factQuery('https://example.org/kg/f1').includes('<https://example.org/kg/f1> ?property'));
});

test('a tie runs from rim to rim and is met near its line only', () => {
  const line = way({ x: 0, y: 0, r: 10 }, { x: 100, y: 0, r: 10 }, false);
  assert.deepEqual([line.start.x, line.end.x, on(line, 0.5).x], [11, 87, 49.5]);
  assert.ok(nearWay(line, 50, 4, 6));
  assert.ok(!nearWay(line, 50, 9, 6));
  assert.ok(way({ x: 0, y: 0, r: 10 }, { x: 100, y: 0, r: 10 }, true).middle.y !== 0);
});

test('boxes share what they overlap', () => {
  assert.equal(overlap([0, 0, 10, 10], [5, 5, 20, 20]), 25);
  assert.equal(overlap([0, 0, 10, 10], [10, 0, 20, 10]), 0);
});

test('labels are those of the data, and an id stands where it has none', () => {
  useLabels({
    types: { Person: ['人物', 'Person', '人'], Team: ['团队', 'Team', '队'] },
    predicates: {
      holdsPosition: ['任职于', 'holds a position at', '有任职者', 1],
      supported: ['支持', 'supported', '支持者'],
      trained: ['培训', 'trained'],
      visited: ['走访', 'visited'],
    },
    statuses: { asserted: ['陈述', 'asserted'] },
  });
  assert.equal(tieName({ p: 'holdsPosition', role: '董事长' }, 'zh'), '董事长');
  assert.equal(tieName({ p: 'supported', role: '董事长' }, 'zh'), '支持');
  assert.equal(tieName({ p: 'holdsPosition', role: '董事长', ended: true }, 'zh'), '原任：董事长');
  assert.equal(tieName({ p: 'holdsPosition', role: '董事长', ended: true }, 'en'), 'former: 董事长');
  assert.equal(tieName({ p: 'holdsPosition', role: '原董事长', ended: true }, 'zh'), '原董事长');
  assert.equal(predicateName('supported', 'en'), 'supported');
  assert.equal(predicateName('unheard', 'zh'), 'unheard');
  assert.deepEqual([inverseName('supported', 'zh'), inverseName('supported', 'en')], ['支持者', 'supported ←']);
  assert.equal(inverseName('trained', 'zh'), '培训 ←');
  assert.equal(bundleName([{ p: 'supported' }, { p: 'trained' }, { p: 'visited' }], 'zh'), '支持 +2');
  assert.deepEqual(
    [sign({ type: 'Organization', kind: 'Team' }), sign({ type: 'Person' }), sign({ type: 'Thing' })],
    ['队', '人', '·'],
  );
  assert.deepEqual(
    [typeName('Team', 'en'), statusName('asserted', 'zh'), statusName('any', 'en')],
    ['Team', '陈述', 'any'],
  );
});

test('words of the interface take values as they are', () => {
  assert.equal(word('visible', 'zh', 3, '$&'), '显示 3 个实体、$& 条关系');
});

test('a period that is open at an end says so', () => {
  assert.equal(spokenDate('2019/..', 'zh'), '2019起');
  assert.equal(spokenDate('../2024-06', 'zh'), '至2024-06');
  assert.equal(spokenDate('2015/2020', 'en'), '2015 to 2020');
  assert.equal(spokenDate('2024', 'zh'), '2024');
  assert.equal(spokenDate(undefined, 'zh'), undefined);
});

test('what is not drawn is found by its names, and namesakes of one type are one hit', () => {
  const beyond = [
    ['李明', 'Person', 1, 0],
    ['李明', 'Person', 2, 0, 1],
    ['李明辉\t老李', 'Person', 9, 1],
    ['大李明村', 'Place', 3],
  ];
  const model = new Model({ ...structuredClone(data), beyond });
  const { hits, all } = hitsBeyond(model, '李明');
  assert.deepEqual(
    hits.map(({ thing }) => thing.label),
    ['李明', '李明辉', '大李明村'],
  );
  assert.equal(all, 4);
  assert.deepEqual(
    model.beyond.called('李明').map(({ among }) => among),
    [[0], [0, 1]],
  );
  assert.equal(hitsBeyond(model, '老李').hits[0].thing.label, '李明辉');
  assert.equal(hitsBeyond(model, ' ').all, 0);
});

test('decisions are written as TOML, places in code points of the article itself', () => {
  const model = new Model(structuredClone(data));
  model.articles[0].sha = 'f'.repeat(64);
  model.articles[0].pieces = [[0, 100]]; // an excerpt
  const anchors = new Anchors(model);
  assert.deepEqual(anchors.entity(model.node.get('e2')), {
    article: 'f'.repeat(64),
    at: [107, 111],
    words: '蓝石科技',
    type: 'Organization',
  });
  assert.equal(anchors.entity(model.node.get('e4')), null);
  const [fact] = anchors.facts(model.tie.get('f1'));
  const text = toToml([
    { id: 'p1', note: 'a"b\\c\n\u007f\ud800', verdict: 'reject', fact, value: '-1.50', on: '2026-11-30' },
  ]);
  assert.ok(text.includes('\nid = "p1"\nverdict = "reject"\nfact = { article = "fff'));
  assert.ok(text.includes('at = [100, 109], words = "青禾集团支持𠮷蓝石"'));
  assert.ok(text.endsWith('value = -1.50\non = 2026-11-30\nnote = "a\\"b\\\\c\\n\\u007f\ufffd"\n'));
});

test('a mention that the graph names comes before the first name in the text', () => {
  const given = structuredClone(data);
  given.nodes[1].at = [[0, 0, 2]];
  given.articles[0].sha = 'f'.repeat(64);
  const model = new Model(given);
  assert.deepEqual(new Anchors(model).entity(model.node.get('e2')).at, [0, 2]);
});

test('numbers are taken as readers write them', () => {
  const cases = {
    '3,000': '3000',
    '１２．５０': '12.5',
    '3.5万': '35000',
    '0.00012亿': '12000',
    '-007': '-7',
    0.5: '0.5',
  };
  for (const [given, plain] of Object.entries(cases)) assert.equal(decimal(given), plain);
  for (const none of ['', '三', '1e5', '1.2.3', '1 000 家']) assert.equal(decimal(none), '');
});

test('decisions of one slot give way, another page of the graph has them, ids are never the same', () => {
  const held = new Map();
  const storage = { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => held.set(key, value) };
  const pending = new Pending('g', storage);
  pending.put([{ verdict: 'confirm' }], 'is f:1', 'f:1');
  new Pending('g', storage).put([{ verdict: 'same' }, { verdict: 'same' }], 'pair', 'n:1');
  pending.put([{ verdict: 'reject' }], 'is f:1', 'f:1');
  const again = new Pending('g', storage);
  assert.deepEqual(
    again.decisions.map(({ verdict }) => verdict),
    ['same', 'same', 'reject'],
  );
  assert.equal(new Set(again.decisions.map(({ id }) => id)).size, 3);
  assert.deepEqual(new Pending('h', storage).kept, []);
  held.set('kg.decisions.g', '{');
  assert.equal(new Pending('g', storage).lost, true);
});

test('what a model proposes has a line and a colour of its own', () => {
  const colours = { denied: 'red', proposed: 'violet' };
  const sure = [{ conf: 0.9 }];
  assert.notDeepEqual(dashes(sure, 'proposed'), dashes(sure, 'asserted'));
  assert.notDeepEqual(dashes(sure, 'proposed'), dashes([{ conf: 0.5 }], 'asserted'));
  assert.equal(lineColour(colours, 'proposed', 'grey'), 'violet');
  assert.equal(lineColour(colours, 'denied', 'grey'), 'red');
  assert.equal(lineColour(colours, 'asserted', 'grey'), 'grey');
});

test('a date is drawn from its first day to its last, open where nobody says', () => {
  const day = (text) => Date.parse(`${text}T00:00Z`) / 864e5;
  const of = (edtf) => {
    const found = daysOf(edtf);
    return found && [found.from, found.to, found.openFrom, found.openTo];
  };
  assert.deepEqual(of('2021'), [day('2021-01-01'), day('2022-01-01'), false, false]);
  assert.deepEqual(of('2021-12'), [day('2021-12-01'), day('2022-01-01'), false, false]);
  assert.deepEqual(of('2021-06-30'), [day('2021-06-30'), day('2021-07-01'), false, false]);
  assert.deepEqual(of('2018/2021-03'), [day('2018-01-01'), day('2021-04-01'), false, false]);
  assert.deepEqual(of('../2021'), [day('2021-01-01'), day('2022-01-01'), true, false]);
  assert.deepEqual(of('2018/..'), [day('2018-01-01'), day('2019-01-01'), false, true]);
  assert.equal(of('2021/2018'), null);
  assert.equal(of('..'), null);
});
