// Ways to look at a result: as a table, as bars, and as the network of the entities and facts in it.

const SVG = 'http://www.w3.org/2000/svg';
const MOST = 40; // bars

export const icon = (path) => {
  const drawn = document.createElementNS(SVG, 'svg');
  drawn.setAttribute('viewBox', '0 0 24 24');
  drawn.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  line.setAttribute('fill', 'currentColor');
  drawn.append(line);
  return drawn;
};

/** Rows as [label, number]: the last column of numbers, named by the first column that is not one. */
export function series(variables, bindings) {
  const isNumber = (name) =>
    bindings.some((row) => row[name]) &&
    bindings.every((row) => !row[name] || (Number.isFinite(Number(row[name].value)) && row[name].value.trim() !== ''));
  const numbers = variables.filter(isNumber);
  const names = variables.filter((name) => !numbers.includes(name));
  if (!numbers.length) return [];
  const value = numbers[numbers.length - 1];
  const label = names[0] ?? variables.find((name) => name !== value);
  return bindings
    .filter((row) => row[value])
    .slice(0, MOST)
    .map((row) => [label && row[label] ? row[label].value : '', Number(row[value].value)]);
}

const written = (term) => String(term?.value ?? '');

const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const FORMULA = /(^|[;\t])(?=[ \u3000\xa0]*[=+\-@|＝＋－＠])|^(?=[\t\r\n])/g;

/** Rows as CSV that a spreadsheet opens right, and no cell of which it takes for a formula. */
export function spreadsheet(rows) {
  const cell = (term) => {
    let text = typeof term === 'string' ? term : written(term);
    if (!NUMBER.test(text)) text = text.replace(FORMULA, (_, before) => `${before ?? ''}'`);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

const put = (tag, properties, ...kids) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...kids);
  return made;
};

/** The IRI as a link where a browser can follow it: an IRI of a graph may be `javascript:...`. */
function link(iri, prefixes, compact) {
  const [prefix, space] = Object.entries(prefixes).find(([, each]) => iri.startsWith(each)) ?? [];
  const name = space === undefined ? iri : `${prefix}:${iri.slice(space.length)}`;
  const shown = /^https?:/i.test(iri) ? put('a', { className: 'iri', href: iri }, name) : name;
  return space !== undefined || compact ? [shown] : ['<', shown, '>'];
}

/**
 * The table, with cells of elements and texts: the one it comes from writes markup, where an apostrophe in an IRI adds
 * attributes, and only the page's policy keeps a style from applying.
 */
export const Table = (Theirs) =>
  class extends Theirs {
    getColumns() {
      const prefixes = this.yasr.getPrefixes() ?? {};
      return super.getColumns().map((column, number) =>
        number === 0
          ? column
          : {
              ...column,
              title: escaped(column.name),
              render: (term, kind) =>
                kind === 'display' && term ? this.element(term, prefixes) : escaped(written(term)),
            },
      );
    }

    download(name) {
      const { results } = this.yasr;
      const rows = () => [
        results?.getVariables() ?? [],
        ...(results?.getBindings() ?? []).map((row) => results.getVariables().map((each) => row[each])),
      ];
      return { ...super.download(name), getData: () => spreadsheet(rows()) };
    }

    element(term, prefixes) {
      const { compact } = this.persistentConfig;
      const isIri = term.type === 'uri';
      const cell = put('span', isIri ? {} : { className: 'nonIri' });
      if (isIri) cell.append(...link(term.value, prefixes, compact));
      else if (compact || term.type !== 'literal') cell.append(written(term));
      else if (term['xml:lang']) cell.append(`"${term.value}"`, put('sup', {}, `@${term['xml:lang']}`));
      else if (term.datatype)
        cell.append(`"${term.value}"`, put('sup', {}, '^^', ...link(term.datatype, prefixes, false)));
      else cell.append(term.value);
      return put('div', {}, cell);
    }
  };

export const Chart = (words) =>
  class {
    constructor(yasr) {
      this.yasr = yasr;
      this.priority = 5;
      this.label = words.chart;
    }

    rows() {
      const results = this.yasr.results;
      return series(results?.getVariables() ?? [], results?.getBindings() ?? []);
    }

    canHandleResults() {
      return !!this.yasr.results?.getBindings() && this.rows().length > 0;
    }

    draw() {
      const rows = this.rows();
      const top = Math.max(...rows.map(([, value]) => Math.abs(value)), 1e-9);
      const drawn = document.createElementNS(SVG, 'svg');
      const height = 26;
      drawn.setAttribute('viewBox', `0 0 800 ${rows.length * height + 8}`);
      drawn.setAttribute('class', 'kg-chart');
      drawn.setAttribute('role', 'img');
      drawn.setAttribute('aria-label', words.chart);
      const put = (name, attributes, text) => {
        const made = document.createElementNS(SVG, name);
        for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
        if (text !== undefined) made.textContent = text;
        drawn.append(made);
      };
      rows.forEach(([label, value], number) => {
        const y = number * height + 4;
        const name = label.length > 18 ? `${label.slice(0, 17)}…` : label;
        put('text', { x: 250, y: y + 16, 'text-anchor': 'end' }, name);
        put('rect', { x: 260, y: y + 3, width: Math.max(1, (420 * Math.abs(value)) / top), height: 17, rx: 3 });
        put('text', { x: 266 + (420 * Math.abs(value)) / top, y: y + 16 }, value.toLocaleString());
      });
      this.yasr.resultsEl.replaceChildren(drawn);
    }

    getIcon() {
      return icon('M4 20V10h4v10zm6 0V4h4v16zm6 0v-7h4v7z');
    }
  };

export const Network = (words) =>
  class {
    constructor(yasr) {
      this.yasr = yasr;
      this.priority = 4;
      this.label = words.network;
    }

    canHandleResults() {
      const results = this.yasr.results;
      if (!results) return false;
      const rows = results.getBindings() ?? results.getStatements() ?? [];
      return rows.some((row) =>
        Object.values(row).some((term) => term?.type === 'uri' || term?.termType === 'NamedNode'),
      );
    }

    draw() {
      const query = this.yasr.yasqe?.getValue() ?? '';
      const frame = document.createElement('iframe');
      frame.className = 'kg-network';
      frame.title = words.network;
      frame.src = `/network?query=${encodeURIComponent(query)}`;
      this.yasr.resultsEl.replaceChildren(frame);
    }

    getIcon() {
      return icon(
        'M6 9a3 3 0 1 1 2.8-4.1l6.4 1.6a3 3 0 1 1 1.2 5.4l-3 5.2a3 3 0 1 1-1.7-1l3-5.2a3 3 0 0 1 .1-2.5L8.4 6.8A3 3 0 0 1 6 9z',
      );
    }
  };
