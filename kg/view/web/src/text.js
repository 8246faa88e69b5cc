// Pure functions on text and numbers.

const LETTERS = 'abcdefghjklmnopqrstwxyz';
// The first character of each letter's run in the pinyin order that every browser carries.
const FIRST = '阿八嚓咑妸发旮铪丌咔垃妈拿噢妑七呥仨他屲夕丫帀';
const order = new Intl.Collator('zh-CN-u-co-pinyin');
// Where a browser's order disagrees with speech: the usual reading of names.
const known = new Map();

/** The first letter of a character's pinyin, or the character itself when it has none. */
export function initial(char) {
  if (!/\p{Script=Han}/u.test(char)) return char.toLowerCase();
  if (known.has(char)) return known.get(char);
  let letter = '';
  for (let i = LETTERS.length - 1; i >= 0; i -= 1) {
    if (order.compare(char, FIRST[i]) >= 0) {
      letter = LETTERS[i];
      break;
    }
  }
  known.set(char, letter);
  return letter;
}

export const initials = (text) =>
  Array.from(text, initial)
    .join('')
    .replace(/[^a-z0-9]/g, '');

/** A text whose offsets count code points, as the graph's do. */
export class CodePoints {
  constructor(text) {
    this.chars = Array.from(text);
    this.length = this.chars.length;
  }

  slice(start, end) {
    return this.chars.slice(start, end).join('');
  }
}

/** Sentences as [start, end) of code points; a line end or 。！？； closes one, and quotes behind it belong to it. */
export function sentences(chars) {
  const found = [];
  let start = 0;
  for (let i = 0; i < chars.length; i += 1) {
    const line = chars[i] === '\n';
    if (!line && !'。！？；!?;'.includes(chars[i])) continue;
    let end = line ? i : i + 1;
    while (!line && end < chars.length && '”’」』）)"'.includes(chars[end])) end += 1;
    if (chars.slice(start, end).join('').trim()) found.push([start, end]);
    start = line ? i + 1 : end;
    i = Math.max(i, end - 1);
  }
  if (chars.slice(start).join('').trim()) found.push([start, chars.length]);
  return found;
}

/** 80000000 -> 8,000万; digits are kept exact as far as they go. */
export function plainNumber(value, lang) {
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  const format = (n) => n.toLocaleString('en-US', { maximumFractionDigits: 4 });
  if (lang === 'zh') {
    if (Math.abs(number) >= 1e8) return `${format(number / 1e8)}亿`;
    if (Math.abs(number) >= 1e4) return `${format(number / 1e4)}万`;
    return format(number);
  }
  if (Math.abs(number) >= 1e9) return `${format(number / 1e9)} bn`;
  if (Math.abs(number) >= 1e6) return `${format(number / 1e6)} m`;
  return format(number);
}

/** One CSV cell: quoted where needed, and never a formula in a spreadsheet. */
export function cell(value) {
  let text = String(value ?? '');
  if (!/^-?\d+(\.\d+)?$/.test(text))
    text = text.replace(
      /(^|[;\t])(?=[ \u3000\xa0]*[=+\-@|＝＋－＠])|^(?=[\t\r\n])/g,
      (_, before) => `${before ?? ''}'`,
    );
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csv = (rows) => `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

/** A name without the gaps between its Chinese characters: who asks for 王　伟 means 王伟. */
export function closedUp(name) {
  return name.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '');
}

/** A text as it is searched: without blanks, in small letters and narrow forms. */
export const fold = (text) => text.normalize('NFKC').toLowerCase().replace(BLANKS, '');
const BLANKS = /[\s\u00ad\u200b-\u200d\u2060\ufeff]+/g;

/** The words that somebody looks for, each of which has to be there. */
export const terms = (query) => query.split(/\s+/).map(fold).filter(Boolean);

/** The characters of a text folded, each with the code point it comes from. */
export class Folded {
  /** @param {string[]} chars */
  constructor(chars) {
    const parts = [];
    this.from = [];
    chars.forEach((char, i) => {
      const plain = char >= '\u4e00' && char <= '\u9fff' ? char : fold(char);
      parts.push(plain);
      for (let n = 0; n < plain.length; n += 1) this.from.push(i);
    });
    this.text = parts.join('');
  }

  /** Where folded words stand, as [start, end) of code points. */
  *places(words) {
    for (let at = this.text.indexOf(words); words && at >= 0; at = this.text.indexOf(words, at + words.length))
      yield [this.from[at], this.from[at + words.length - 1] + 1];
  }
}
