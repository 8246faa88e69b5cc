// The words of the interface, in Chinese and English.

const WORDS = {
  search: ['搜索名称、拼音首字母、职务、数字、原文', 'Search names, initials, posts, figures, words'],
  searchLabel: ['搜索实体、职务、数字和原文', 'Search entities, posts, figures and the text'],
  results: ['搜索结果', 'Results'],
  hitsLeft: ['还有 {} 处：多输入几个字，或到表格里筛选', '{} more: type more, or filter the tables'],
  figureSign: ['数', '#'],
  textSign: ['文', '“'],
  noResult: ['没有找到', 'Nothing found'],
  language: ['English', '中文'],
  languageLabel: ['Switch to English', '切换到中文'],
  theme: ['明暗', 'Theme'],
  themeLabel: ['切换明暗外观', 'Switch between light and dark'],
  save: ['保存', 'Save'],
  png: ['图片 PNG', 'Picture, PNG'],
  svg: ['矢量图 SVG', 'Drawing, SVG'],
  csv: ['所见事实 CSV', 'Facts shown, CSV'],
  print: ['打印', 'Print'],
  link: ['复制此视图链接', 'Copy link to this view'],
  filters: ['图例与筛选', 'Legend and filters'],
  types: ['实体类型', 'Entities'],
  type: ['类型', 'Type'],
  predicates: ['关系', 'Relations'],
  status: ['状态', 'Status'],
  proposedBy: ['提出它的模型', 'Proposed by'],
  model: ['模型', 'Model'],
  reportedBy: ['据谁所说', 'Reported by'],
  by: ['据{}', 'according to {}'],
  doubt: ['虚线：可信度低于 60%，请先核对', 'dashed: below 60 %, check first'],
  faint: ['浅色线：可信度低于 60%，请先核对', 'faint: below 60 %, check first'],
  confidence: ['可信度不低于', 'Confidence at least'],
  reset: ['全部重置', 'Reset all'],
  only: ['只看', 'only'],
  hiddenNodes: ['已隐藏', 'Hidden'],
  unhide: ['恢复显示', 'Show again'],
  graph: ['关系图', 'Network'],
  graphHelp: [
    '方向键在实体间移动，回车选中，加减号缩放，0 显示全图，Esc 取消。右侧“事实”表有同样的内容。',
    'Arrow keys move between entities, Enter chooses, plus and minus zoom, 0 shows all, Esc clears. The table of facts holds the same.',
  ],
  hint: [
    '点圆点看实体，点线看出处，点右侧文字看它在图中的位置。',
    'Click a circle, a line, or the text: each shows the other.',
  ],
  zoomIn: ['放大', 'Zoom in'],
  zoomOut: ['缩小', 'Zoom out'],
  fit: ['显示全图', 'Show all'],
  article: ['文章', 'Article'],
  figures: ['数字', 'Figures'],
  facts: ['事实', 'Facts'],
  close: ['关闭', 'Close'],
  back: ['返回图例', 'Back to legend'],
  alsoCalled: ['又称', 'Also called'],
  placeCode: ['区划代码', 'Place code'],
  copy: ['复制', 'Copy'],
  copied: ['已复制', 'Copied'],
  iri: ['IRI', 'IRI'],
  sparql: ['SPARQL 查询', 'SPARQL query'],
  copyIri: ['复制 IRI', 'Copy IRI'],
  copySparql: ['复制 SPARQL', 'Copy SPARQL'],
  mentions: ['文中出现', 'Mentions'],
  times: ['次', '×'],
  focus: ['只看周围', 'Focus'],
  depth: ['{} 步', '{} steps'],
  step: ['{} 步', '{}'],
  pathTo: ['到另一实体的路径', 'Path to another entity'],
  path: ['最短路径', 'Shortest path'],
  pathPick: ['选择终点…', 'Choose the other end…'],
  noPath: ['两者之间没有路径', 'No path between them'],
  hide: ['隐藏', 'Hide'],
  quoteFrom: ['原文', 'In the article'],
  seeInArticle: ['在文章中查看', 'See in the article'],
  pattern: ['依据的句式', 'Read by'],
  otherPattern: ['说明“{}”的句式', 'a wording of “{}”'],
  otherRule: ['按名称归并规则', 'by a rule on names'],
  details: ['技术细节', 'Details'],
  ruleId: ['规则编号', 'Id of the rule'],
  role: ['职务', 'Post'],
  date: ['时间', 'Date'],
  amount: ['金额', 'Amount'],
  sure: ['可信度', 'Confidence'],
  ended: ['原任', 'former'],
  derived: ['由区划代码推得', 'Derived from place codes'],
  derivedShort: ['推得', 'derived'],
  grounds: ['依据', 'Grounds'],
  figuresOf: ['相关数字', 'Figures'],
  value: ['数值', 'Value'],
  unit: ['单位', 'Unit'],
  what: ['什么', 'What'],
  whose: ['谁的', 'Whose'],
  quote: ['原文', 'Quote'],
  foundAt: ['页或段', 'Page or paragraph'],
  page: ['第 {} 页', 'page {}'],
  paragraph: ['第 {} 段', 'paragraph {}'],
  subject: ['主体', 'Subject'],
  predicate: ['关系', 'Relation'],
  object: ['客体', 'Object'],
  money: ['金额一览（对数刻度）', 'Money (log scale)'],
  moneyNote: ['越靠右越大；点一行看原文。', 'Further right is more; click a row for its sentence.'],
  more: ['再显示 200 行', 'Show 200 more'],
  sortBy: ['排序', 'Sort'],
  sentence: ['第 {} 句在图中的内容', 'Sentence {}: show in the network'],
  sentenceChosen: ['所选句子', 'Chosen sentence'],
  said: ['这句话说到', 'It speaks of'],
  saysNothing: ['图中没有取自这句话的内容。', 'Nothing in the network was read from this sentence.'],
  between: ['两者之间', 'Between the two'],
  published: ['发布', 'Published'],
  source: ['来源', 'Source'],
  original: ['原文链接', 'Original'],
  articles: ['文章', 'Articles'],
  articleCount: ['{} 篇文章', '{} articles'],
  articlePick: ['选择文章', 'Choose an article'],
  visible: ['显示 {} 个实体、{} 条关系', '{} entities and {} relations shown'],
  of: ['共', 'of'],
  leftOut: [
    '图太大：只显示最重要的 {} 个实体；未显示 {} 个实体、{} 条关系。',
    'Too large to draw whole: the {} most important entities; {} entities and {} relations left out.',
  ],
  noFigures: [
    '没有读出数字。文章里可能没有数字，也可能有而未读出：请以原文为准。',
    'No figures were read: the article gives none, or none that was understood. Check the article.',
  ],
  noFacts: [
    '没有读出关系。这只表示没有读出有原文为证的说法，不表示文章里没有，更不表示事情不存在：请以原文为准。',
    'No relations were read. That means no statement was found with words to prove it; not that the article says nothing. Check the article.',
  ],
  noEntities: [
    '没有读出人物、机构、地点等名称：请以原文为准。',
    'No people, organizations, places or other names were read. Check the article.',
  ],
  allHidden: [
    '“图例与筛选”把所有行都隐藏了：放宽筛选，或点“全部重置”。',
    'The legend’s filters hide every row: widen them, or choose “Reset all”.',
  ],
  noRows: [
    '没有符合这些条件的行。这只表示没有读出，不表示文章里没有。点“清除条件”看全部。',
    'No row meets these conditions: none was read, which does not mean that the article says nothing. “Clear conditions” shows all again.',
  ],
  rows: ['{} 行', '{} rows'],
  legendHides: ['另有 {} 行被“图例与筛选”隐藏', '{} more hidden by the legend’s filters'],
  tableTools: ['筛选表格', 'Filter the table'],
  inQuotes: ['在原文引语中查找', 'Find in quotes'],
  columnFilters: ['按各列文字筛选', 'Filter by text of each column'],
  clear: ['清除条件', 'Clear conditions'],
  tableCsv: ['下载所示表格 CSV', 'Download this table, CSV'],
  any: ['全部', 'all'],
  high: ['90% 以上', '90 % and more'],
  middle: ['60%–90%', '60 % to 90 %'],
  low: ['低于 60%，存疑', 'below 60 %, doubtful'],
  nobody: ['未说明', 'not said'],
  noUnit: ['无单位', 'no unit'],
  name: ['名称', 'Name'],
  finer: ['细类', 'Kind'],
  factCount: ['事实数', 'Facts'],
  mainEvent: ['主要事件', 'Main event'],
  topic: ['主题', 'Topic'],
  who: ['谁', 'Who'],
  whom: ['对谁', 'To whom'],
  where: ['地点', 'Where'],
  figureCount: ['数字数', 'Figures'],
  currency: ['币种', 'Currency'],
  modifier: ['修饰', 'Modifier'],
  figure: ['数字', 'Figure'],
  about: ['约', 'about'],
  over: ['不少于', 'at least'],
  under: ['不超过', 'at most'],
  skip: ['跳到事实表', 'Skip to the table of facts'],
  entities: ['实体', 'Entities'],
  articleList: ['文章列表', 'All articles'],
  timeline: ['时间线', 'Timeline'],
  whenDrawn: ['画出 {} 项，共 {} 项；筛选后可见其余。', '{} of {} are drawn; filters bring the others.'],
  'lane-event': ['主要事件', 'Main events'],
  'lane-post': ['职务', 'Posts'],
  'lane-honour': ['荣誉', 'Honours'],
  'lane-document': ['文件', 'Documents'],
  'lane-deed': ['其他', 'Others'],
  title: ['标题', 'Title'],
  year: ['年份', 'Year'],
  fileName: ['文件', 'File'],
  sources: ['来源数', 'Sources'],
  sourceCount: ['{} 篇（独立来源 {}）', '{} ({} independent)'],
  noDates: ['没有读出有时间的事实。', 'No fact with a date was read.'],
  notDrawn: [
    '本页没有画出它，只列出提到它的文章。用下面的命令看它的全部，或用 kg serve 打开整个语料。',
    'This page does not draw it; the articles that name it are listed. The command below shows all about it; kg serve opens the whole corpus.',
  ],
  folder: ['语料文件夹', 'FOLDER'],
  leftOutTitle: ['本页没有画出的', 'What this page leaves out'],
  leftOutShort: [
    '文章太多：只画出独立来源最多的 {} 个实体及其周围；未画出 {} 个实体、{} 条关系。',
    'Too many articles to draw whole: the {} things with most independent sources and what is around them; {} entities and {} relations left out.',
  ],
  shownOfMany: [
    '画出独立来源最多的 {} 个实体及其周围：共 {} 个实体、{} 条关系，每条最多附三处原文。',
    'Drawn: the {} things with most independent sources and what is around them, {} entities and {} relations in all, with up to three quotes each.',
  ],
  leftOfMany: ['没有画出：{} 个实体、{} 条关系、{} 个数字。', 'Not drawn: {} entities, {} relations, {} figures.'],
  namesLeft: ['还有 {} 个名称在这里搜不到。', '{} more names cannot be searched here.'],
  articlesLeft: ['还有 {} 篇文章不在列表里。', '{} more articles are not in the list.'],
  seeRest: [
    '看全部：kg serve {}；一个实体：kg dossier 名称；查询：kg query。',
    'To see all: kg serve {}; one thing: kg dossier NAME; questions: kg query.',
  ],
  excerpt: [
    '文章太多，这里只收录有出处的段落。',
    'Too many articles: only paragraphs that facts rest on are included.',
  ],
};

// Of types, kinds, predicates and statuses the page's data says the labels, as the graph has them: [Chinese, English, ...].
let labels = { types: {}, predicates: {}, statuses: {} };

/** Take the labels of the page's data; what they lack is shown by its id. */
export function useLabels(given) {
  labels = given;
}

// By what facts were read and names made one: [Chinese, English], from the page's data.
let rules = {};

/** Take the wordings of rules of the page's data. */
export function useRules(given) {
  rules = given ?? {};
}

/** Take words of a part of the page that not every script of it needs. */
export const addWords = (more) => Object.assign(WORDS, more);

const pick = (entry, lang) => entry[lang === 'en' ? 1 : 0];

export function word(key, lang, ...values) {
  let text = WORDS[key] ? pick(WORDS[key], lang) : key;
  for (const value of values) text = text.replace('{}', () => String(value));
  return text;
}

const named = (table, id, lang) => (table[id] ? pick(table[id], lang) : id);
export const typeName = (type, lang) => named(labels.types, type, lang);
export const sign = (node) => labels.types[node.kind]?.[2] ?? labels.types[node.type]?.[2] ?? '·';
export const statusName = (status, lang) => named(labels.statuses, status, lang);
export const predicateName = (predicate, lang) => named(labels.predicates, predicate, lang);
/** How a predicate reads from its object. */
export const inverseName = (predicate, lang) =>
  (lang !== 'en' && labels.predicates[predicate]?.[2]) || `${predicateName(predicate, lang)} ←`;
/** Whether a role of a tie says more than its predicate: a post. */
export const takesRole = (predicate) => Boolean(labels.predicates[predicate]?.[3]);
/** The types that are no finer kind of another. */
export const coreTypes = () => Object.keys(labels.types).filter((type) => !labels.types[type][3]);
/** The statuses that a person may give a fact; what a model proposes is asserted once somebody says it is right. */
export const statuses = () => Object.keys(labels.statuses).filter((each) => each !== 'proposed');
/** The predicates that an article can state; what follows from codes of places is none. */
export const predicates = () => Object.keys(labels.predicates).filter((each) => labels.predicates[each][4]);
/** Whether a predicate ties things of these types; one that is not known yet fits. */
export const fits = (predicate, ...ends) =>
  ends.every((node, n) => {
    const known = labels.predicates[predicate][4 + n];
    return !node || known.split(' ').some((each) => each === node.type || each === node.kind);
  });
/** The type of thing that a relation leads to, the first where there are several. */
export const leadsTo = (predicate) => String(labels.predicates[predicate]?.[5] ?? '').split(' ')[0];

/** Why two names are one. */
export const mergeName = (rule, lang) => (rules[rule] ? pick(rules[rule], lang) : word('otherRule', lang));
/** By what a tie was read: each pattern in words, one without words by the relation that it states. */
export const foundBy = (tie, lang) => {
  const told = (tie.pattern ?? '')
    .split(', ')
    .filter(Boolean)
    .map((id) => (rules[id] ? pick(rules[id], lang) : word('otherPattern', lang, predicateName(tie.p, lang))));
  return [...new Set(told)].join(lang === 'en' ? '; ' : '；');
};
/** A date or period: one that is open at an end says so (2019起, 至2024-06). */
export const spokenDate = (edtf, lang) => {
  const [start, end] = (edtf ?? '').split('/');
  if (end === undefined) return edtf;
  const open = (edge) => edge === '' || edge === '..';
  if (open(start)) return lang === 'en' ? `until ${end}` : `至${end}`;
  if (open(end)) return lang === 'en' ? `from ${start}` : `${start}起`;
  return lang === 'en' ? `${start} to ${end}` : `${start}至${end}`;
};

/** What stands on a line: a post says more than "holds a position at". */
export const tieName = (tie, lang) => {
  const name = tie.role && takesRole(tie.p) ? tie.role : predicateName(tie.p, lang);
  if (!tie.ended || /^[原前]/.test(name)) return name;
  return lang === 'en' ? `former: ${name}` : `原任：${name}`;
};

/** Who says it; words of hearsay (据传, 网传) name nobody and stand as they are. */
export const saidBy = (who, lang) => (lang !== 'en' && /^据|传$/.test(who) ? who : word('by', lang, who));

/** A page or paragraph as people say it: page 3 for page=3. */
export const spokenLeaf = (leaf, lang) => {
  const [unit, number] = leaf.split('=');
  return number && ['page', 'paragraph'].includes(unit) ? word(unit, lang, number) : '';
};

export const percent = (confidence) => `${Math.round(confidence * 100)}%`;

/** How sure a tie is; what follows from codes of places is derived, not read. */
export const sureness = (tie, lang) =>
  tie.derived ? word('derived', lang) : `${word('sure', lang)} ${percent(tie.conf)}`;

/** How a fact stands: its status where it is not simply stated, who says it, how sure it is. */
export const standing = (tie, lang) =>
  [tie.status !== 'asserted' && statusName(tie.status, lang), tie.by && saidBy(tie.by, lang), sureness(tie, lang)]
    .filter(Boolean)
    .join(' · ');

/** What stands on a line that several ties share, with how sure they are where there is `room`. */
export function bundleName(ties, lang, room = false) {
  const names = [...new Set(ties.map((tie) => tieName(tie, lang)))];
  const name = names.length > 2 ? `${names[0]} +${names.length - 1}` : names.join(lang === 'en' ? ', ' : '、');
  if (!room) return name;
  if (ties.every((tie) => tie.derived)) return `${name} · ${word('derivedShort', lang)}`;
  const sure = ties.filter((tie) => !tie.derived).map((tie) => tie.conf);
  const [least, most] = [percent(Math.min(...sure)), percent(Math.max(...sure))];
  return `${name} ${least === most ? least : `${least.slice(0, -1)}–${most}`}`;
}
