// The first way to look at a table: names, titles and dates in the language of the page; the table beside it has the IRIs.

import { icon } from './plugins.js';

const MOST = 300; // rows shown
const ROOM = 900_000; // characters that the server takes

/** The first rows of an answer as SPARQL JSON, fewer where they are long. */
export function asJson(variables, bindings, most = MOST, room = ROOM) {
  for (let count = Math.min(bindings.length, most); count > 0; count = Math.floor(count / 2)) {
    const data = JSON.stringify({ head: { vars: variables }, results: { bindings: bindings.slice(0, count) } });
    if (new TextEncoder().encode(data).length <= room) return { data, count };
  }
  return { data: '', count: 0 };
}

const element = (name, ...content) => {
  const made = document.createElement(name);
  made.append(...content);
  return made;
};

function cell({ text, iri, page }) {
  if (!page) return element('td', element('div', text));
  const link = element('a', text);
  link.href = page;
  link.title = iri;
  return element('td', element('div', link));
}

export const Names = (words) =>
  class {
    constructor(yasr) {
      this.yasr = yasr;
      this.priority = 20;
      this.label = words.names;
    }

    canHandleResults() {
      return (this.yasr.results?.getBindings()?.length ?? 0) > 0;
    }

    async draw() {
      const { results, resultsEl } = this.yasr;
      const bindings = results.getBindings();
      const { data, count } = asJson(results.getVariables(), bindings);
      const answer = await fetch('/query/table', {
        method: 'POST',
        headers: { 'Content-Type': 'application/sparql-results+json' },
        body: data,
      });
      if (results !== this.yasr.results) return; // another answer has come
      if (!answer.ok) return void resultsEl.replaceChildren(element('p', await answer.text()));
      const { heads, rows } = await answer.json();
      const table = element(
        'table',
        element(
          'thead',
          element(
            'tr',
            ...heads.map((head) => {
              const made = element('th', head);
              made.scope = 'col';
              return made;
            }),
          ),
        ),
        element('tbody', ...rows.map((row) => element('tr', ...row.map(cell)))),
      );
      const scroll = element('div', table);
      scroll.className = 'kg-names';
      scroll.tabIndex = 0;
      const left = count < bindings.length;
      const note = words.shown.replace('{}', String(count)).replace('{}', String(bindings.length));
      resultsEl.replaceChildren(scroll, ...(left ? [element('p', note)] : []));
    }

    getIcon() {
      return icon('M4 5h16v2.4H4zm0 5.8h16v2.4H4zm0 5.8h16V19H4z');
    }
  };
