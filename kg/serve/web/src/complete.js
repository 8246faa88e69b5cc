// What may come where the cursor stands: asked of the graph by the server, shown by the editor's own list.

const SHOWN_BY = /[\p{L}\p{N}:?$"'<_-]$/u; // what is typed that calls for the list
const CLOSED_BY = /[\s(){}[\];,]/;
const PAUSE = 200; // milliseconds without a key

const element = (name, className, text) =>
  Object.assign(document.createElement(name), { className, textContent: text });

/** What the server says for the place of the cursor; null where it cannot. */
async function asked(editor, signal) {
  const doc = editor.getDoc();
  const cursor = doc.getCursor();
  const end = { line: doc.lastLine(), ch: doc.getLine(doc.lastLine()).length };
  const answer = await fetch('/query/complete', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      before: doc.getRange({ line: 0, ch: 0 }, cursor),
      after: doc.getRange(cursor, end),
    }),
    signal,
  }).catch(() => null);
  return answer?.ok ? { cursor, ...(await answer.json()) } : null;
}

/** How much of what follows the cursor belongs to what is typed. */
export function rest(typed, following) {
  if (!typed) return 0;
  const own = typed.startsWith('<') ? /^[^<>\s]*>?/ : /^["']/.test(typed) ? /^["']?/ : /^[\p{L}\p{N}_-]*/u;
  return following.match(own)[0].length;
}

function put(editor, item, from, to) {
  if (item.kind === 'example') return editor.setValue(item.text);
  editor.operation(() => {
    editor.getDoc().replaceRange(item.text, from, to, 'complete');
    if (item.prefix) editor.addPrefixes({ [item.prefix[0]]: item.prefix[1] });
  });
}

/** Complete in an editor; `tell` is told what is offered, for those who do not see the list. */
export function completes(editor, words, tell) {
  let waiting = 0;
  let running = null;

  async function hints(byItself) {
    running?.abort();
    const own = (running = new AbortController());
    const found = await asked(editor, own.signal);
    if (running !== own) return null;
    const items = found?.items.filter((item) => item.text !== found.typed) ?? [];
    const isWanted = items.length && (!byItself || found.typed);
    if (!isWanted) {
      if (!byItself) tell(words.no_completion);
      return null;
    }
    tell(words.completions.replace('{}', String(items.length)) + (found.checked ? '' : `, ${words.unchecked}`));
    const { line, ch } = found.cursor;
    const from = { line, ch: ch - found.typed.length };
    const to = { line, ch: ch + rest(found.typed, editor.getDoc().getLine(line).slice(ch)) };
    const list = items.map((item) => ({
      text: item.text,
      render(place) {
        place.parentNode.tabIndex = 0; // it scrolls
        place.parentNode.setAttribute('aria-label', words.completions.replace('{}', String(items.length)));
        const shown = item.kind === 'example' ? item.detail : item.text;
        place.append(element('span', 'kg-hint', shown));
        if (item.label) place.append(' ', element('span', 'kg-hint-label', item.label));
        if (item.detail && item.kind !== 'example') place.append(' ', element('span', 'kg-hint-count', item.detail));
      },
      hint: () => put(editor, item, from, to),
    }));
    return { list, from, to };
  }

  const show = (byItself) =>
    editor.showHint({
      hint: () => hints(byItself),
      completeSingle: false,
      closeCharacters: CLOSED_BY,
      container: editor.rootEl,
    });
  const soon = () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      const { line, ch } = editor.getDoc().getCursor();
      const isOpen = editor.state.completionActive;
      if (!isOpen && SHOWN_BY.test(editor.getDoc().getLine(line).slice(0, ch))) show(true);
    }, PAUSE);
  };
  editor.addKeyMap({ 'Ctrl-Space': () => show(false), 'Alt-/': () => show(false) });
  editor.on('inputRead', (_, change) => change.origin === '+input' && soon());
  const input = editor.getInputField();
  input.addEventListener('compositionend', soon); // words of an input method come whole
  input.setAttribute('aria-label', words.editor);
  input.setAttribute('aria-describedby', 'editor-help');
}
