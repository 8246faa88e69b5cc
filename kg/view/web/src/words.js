// Every word of the interface, in Chinese and English.

const WORDS = {
  search: ['搜索名称、简称或拼音首字母', 'Search names, short forms, pinyin initials'],
  searchLabel: ['搜索实体', 'Search entities'],
  results: ['搜索结果', 'Results'],
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
  depth: ['步', 'steps'],
  pathTo: ['到另一实体的路径', 'Path to another entity'],
  path: ['最短路径', 'Shortest path'],
  pathPick: ['选择终点…', 'Choose the other end…'],
  noPath: ['两者之间没有路径', 'No path between them'],
  hide: ['隐藏', 'Hide'],
  quoteFrom: ['原文', 'In the article'],
  seeInArticle: ['在文章中查看', 'See in the article'],
  pattern: ['依据规则', 'Found by'],
  role: ['职务', 'Post'],
  date: ['时间', 'Date'],
  amount: ['金额', 'Amount'],
  sure: ['可信度', 'Confidence'],
  derived: ['由区划代码推得', 'Derived from place codes'],
  figuresOf: ['相关数字', 'Figures'],
  value: ['数值', 'Value'],
  unit: ['单位', 'Unit'],
  what: ['什么', 'What'],
  whose: ['谁的', 'Whose'],
  quote: ['原文', 'Quote'],
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
  noFigures: ['文章中没有数字。', 'The article gives no figures.'],
  figure: ['数字', 'Figure'],
  about: ['约', 'about'],
  over: ['超过', 'over'],
  under: ['不到', 'under'],
  asserted: ['已述', 'stated'],
  planned: ['计划', 'planned'],
  denied: ['否认', 'denied'],
  reported: ['转述', 'reported'],
  skip: ['跳到事实表', 'Skip to the table of facts'],
  entities: ['实体', 'entities'],
  excerpt: [
    '文章太多，这里只收录有出处的段落。',
    'Too many articles: only paragraphs that facts rest on are included.',
  ],
};

const TYPES = {
  Person: ['人物', 'Person', '人'],
  Organization: ['组织', 'Organization', '组'],
  Place: ['地点', 'Place', '地'],
  Award: ['荣誉', 'Award', '奖'],
  Document: ['文件', 'Document', '文'],
  Activity: ['活动', 'Activity', '活'],
  Product: ['产品', 'Product', '产'],
  Company: ['企业', 'Company', '企'],
  PartyOrganization: ['党组织', 'Party organization', '党'],
  GovernmentBody: ['政府机关', 'Government body', '政'],
  Institution: ['事业单位', 'Institution', '院'],
  Team: ['团队', 'Team', '队'],
  Media: ['媒体', 'Media', '媒'],
};

const PREDICATES = {
  holdsPosition: ['任职于', 'holds a post at', '有任职者'],
  worksFor: ['供职于', 'works for', '有成员'],
  subOrganizationOf: ['隶属于', 'part of', '下设'],
  locatedIn: ['位于', 'located in', '境内有'],
  receivedAward: ['获得', 'received', '授予'],
  established: ['成立', 'established', '由其成立'],
  issued: ['发布', 'issued', '发布者'],
  organized: ['组织', 'organized', '组织者'],
  participatedIn: ['参与', 'took part in', '参与者'],
  supported: ['支持', 'supported', '支持者'],
  partneredWith: ['合作', 'partnered with', '合作'],
  investedIn: ['投资', 'invested in', '投资者'],
  visited: ['走访', 'visited', '走访者'],
  developed: ['研发', 'developed', '研发者'],
  educatedAt: ['就读于', 'educated at', '校友'],
  containedInPlace: ['属于', 'within', '下辖'],
};

// Why two names are one, by the rule that said so; a rule not listed here is shown by its id.
const MERGES = {
  declared: ['文中声明', 'declared in the text'],
  'declared-short-form': ['文中声明', 'declared in the text'],
  'same-name': ['同名', 'same name'],
  'same-code': ['同一区划代码', 'same place code'],
  'same-core': ['核心词相同', 'same core'],
  'same-part': ['同一上级', 'same parent'],
  'place-shortened': ['地名缩略', 'place shortened'],
  'form-dropped': ['略去组织形式', 'form of organization left out'],
  'chain-dropped': ['略去上级地名', 'place before it left out'],
  'level-dropped': ['略去行政级别', 'administrative level left out'],
  'edition-dropped': ['略去届次', 'edition left out'],
  'own-company': ['本公司简称', 'own company'],
  'name-part': ['姓名的一部分', 'part of a name'],
  'part-alone': ['略去上级名称', 'parent left out'],
  'well-known': ['通用简称', 'well-known short form'],
};

const pick = (entry, lang) => entry[lang === 'en' ? 1 : 0];

export function word(key, lang, ...values) {
  let text = WORDS[key] ? pick(WORDS[key], lang) : key;
  for (const value of values) text = text.replace('{}', () => String(value));
  return text;
}

export const typeName = (type, lang) => (TYPES[type] ? pick(TYPES[type], lang) : type);
export const sign = (node) => TYPES[node.kind]?.[2] ?? TYPES[node.type]?.[2] ?? '·';
export const predicateName = (predicate, lang) =>
  PREDICATES[predicate] ? pick(PREDICATES[predicate], lang) : predicate;
export const inverseName = (predicate, lang) => {
  if (!PREDICATES[predicate]) return predicate;
  return lang === 'en' ? `${PREDICATES[predicate][1]} ←` : PREDICATES[predicate][2];
};
export const mergeName = (rule, lang) => (MERGES[rule] ? pick(MERGES[rule], lang) : rule);
/** What stands on a line: a post says more than "holds a post". */
export const tieName = (tie, lang) => (tie.role && tie.p === 'holdsPosition' ? tie.role : predicateName(tie.p, lang));

/** What stands on a line that several ties share. */
export function bundleName(ties, lang) {
  const names = [...new Set(ties.map((tie) => tieName(tie, lang)))];
  return names.length > 2 ? `${names[0]} +${names.length - 1}` : names.join(lang === 'en' ? ', ' : '、');
}
