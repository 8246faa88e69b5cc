// The query page: yasgui, the named queries beside it, results also as chart and network.
import Yasgui from '@zazuko/yasgui';
import { Names } from './names.js';
import { Chart, Network, Table } from './plugins.js';
import { bound } from './bound.js';
import { completes } from './complete.js';

const data = JSON.parse(document.getElementById('kg-data').textContent);
const endpoint = `${location.origin}/sparql`;
const first = `PREFIX kg: <https://example.org/kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?person ?name WHERE {
  ?person a kg:Person ; rdfs:label ?name .
}
LIMIT 100`;

// Its types take plugins for mime types, and know fewer options than it reads.
const { Yasqe, Yasr } = /** @type {any} */ (Yasgui);
const completed = document.getElementById('completed');
// What the bundled completers know comes from other servers; ours asks this one.
Yasqe.registerAutocompleter({
  name: 'kg',
  bulk: false,
  get: () => [],
  isValidCompletionPosition: () => false,
  onInitialize: (editor) => completes(editor, data.words, (text) => (completed.textContent = text)),
});
Yasqe.defaults.autocompleters = ['kg'];

Yasr.registerPlugin('table', Table(Yasr.plugins.table));
Yasr.defaults.pluginOrder = ['names', 'table', 'chart', 'network', 'response'];
Yasr.defaults.defaultPlugin = 'names';
for (const name of ['table', 'response']) {
  Yasr.registerPlugin(
    name,
    class extends Yasr.plugins[name] {
      constructor(...given) {
        super(...given);
        this.label = data.words[name];
      }
    },
  );
}
Yasr.registerPlugin('names', Names(data.words));
Yasr.registerPlugin('chart', Chart(data.words));
Yasr.registerPlugin('network', Network(data.words));

const yasgui = new Yasgui(document.getElementById('editor'), {
  autofocus: false,
  persistenceId: 'kg',
  copyEndpointOnNewTab: false,
  requestConfig: { endpoint, method: 'POST' },
  endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  yasqe: /** @type {any} */ ({ value: first, createShareableLink: null }),
  yasr: { prefixes: data.prefixes },
});

// The arrow keys go from tab to tab and to the button behind them: it is told as one of them.
const adding = document.querySelector('.tabsList .addTab');
for (const [key, value] of Object.entries({ role: 'tab', title: data.words.new_tab, 'aria-label': data.words.new_tab }))
  adding.setAttribute(key, value);

function put(text, name) {
  const tab = yasgui.getTab() ?? yasgui.addTab(true);
  tab.setName(name);
  tab.setEndpoint(endpoint);
  tab.setQuery(text);
  tab.query().catch(() => {}); // the result pane says what went wrong
}

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-query]'))) {
  const query = data.queries[form.dataset.query];
  const iris = new Map();
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('input[list]'))) {
    box.addEventListener('input', async () => {
      const answer = await fetch(`/api/suggest?limit=10&q=${encodeURIComponent(box.value.trim() || ' ')}`);
      if (!answer.ok) return;
      const { entities } = await answer.json();
      for (const each of entities) {
        iris.set(each.label, each.iri);
        iris.set(each.matched, each.iri);
      }
      box.list.replaceChildren(...entities.map((each) => new Option(each.label, each.matched ?? each.label)));
    });
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    const terms = {};
    for (const { name, kind } of query.parameters) {
      const value = String(values[name] ?? '').trim();
      if (!value) continue;
      if (kind === 'status') terms[name] = `<https://example.org/kg/ontology#${value}>`;
      else if (kind === 'number') terms[name] = `"${Number(value)}"^^<http://www.w3.org/2001/XMLSchema#decimal>`;
      else if (iris.has(value)) terms[name] = `<${iris.get(value)}>`;
      else if (/^[a-z][a-z0-9+.-]*:[^\s<>"{}|^`\\]+$/i.test(value)) terms[name] = `<${value}>`;
      else terms[name] = JSON.stringify(value) + (kind === 'fact' ? '@zh' : '');
    }
    put(bound(query.text, terms), form.dataset.query);
  });
}

// Questions in Chinese: the answer above the editor, the query that gave it in the editor.
const asking = /** @type {HTMLFormElement} */ (document.getElementById('ask'));
const box = /** @type {HTMLInputElement} */ (document.getElementById('question'));
const answer = document.getElementById('answer');

const made = (name, text, set = {}) => Object.assign(document.createElement(name), { textContent: text }, set);

function offered(questions) {
  const line = made('p', `${data.words.can_be_asked}: `, { className: 'muted' });
  for (const each of questions) {
    const button = made('button', each, { type: 'button' });
    button.addEventListener('click', () => {
      box.value = each;
      asking.requestSubmit();
    });
    line.append(button, ' ');
  }
  return line;
}

function quoted(sources) {
  const quotes = made('ul', '');
  for (const each of sources) {
    const line = made('li', `“${each.quote}” — `);
    line.append(each.page ? made('a', each.article, { href: each.page }) : each.article);
    line.append(made('span', ` (${`${each.name} ${each.start}-${each.end}`.trim()})`, { className: 'muted' }));
    quotes.append(line);
  }
  return quotes;
}

function shown(given) {
  const parts = [made('p', given.answer, { className: 'said' })];
  if (given.sources.length) parts.push(quoted(given.sources));
  if (given.outcome !== 'answered' && given.understood)
    parts.push(made('p', `${data.words.understood}: ${given.understood}`, { className: 'muted' }));
  if (given.nearest.length) parts.push(offered(given.nearest));
  if (given.passages.length) parts.push(made('p', data.words.passages, { className: 'muted' }), quoted(given.passages));
  if (given.sparql) parts.push(made('p', data.words.shown_below, { className: 'muted' }));
  return parts;
}

asking.addEventListener('submit', async (event) => {
  event.preventDefault();
  const asked = box.value.trim();
  if (!asked) return;
  const reply = await fetch(`/api/ask?q=${encodeURIComponent(asked)}`).catch(() => null);
  const given = reply && (await reply.json().catch(() => null));
  if (!reply?.ok || !given) {
    answer.replaceChildren(made('p', `${data.words.refused}: ${given?.title ?? reply?.status ?? ''}`));
    return;
  }
  answer.replaceChildren(...shown(given));
  if (given.sparql) put(given.sparql, asked);
});
