// Two more ways to look at a result: bars, and the network of the entities and facts in it.

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
