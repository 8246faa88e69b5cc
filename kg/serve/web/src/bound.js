// A named query with terms put where its parameters stand. The API binds them in the engine; an editor can only show text.

const HEAD = /^([\s\S]*?)(\bWHERE\s*\{)/i;

/** Return `text` with each variable of `terms` replaced by its term in the pattern, and dropped where none may stand. */
export function bound(text, terms) {
  const found = text.match(HEAD);
  if (!found) return text;
  const body = text.slice(found[0].length);
  const end = body.lastIndexOf('}') + 1;
  let head = found[1];
  let pattern = body.slice(0, end);
  let tail = body.slice(end);
  for (const [name, term] of Object.entries(terms)) {
    const variable = new RegExp(`[?$]${name}\\b`, 'g');
    head = head.replace(variable, '').replace(/[ \t]+$/gm, '');
    pattern = pattern.replace(variable, () => term);
    tail = tail.replace(variable, '');
  }
  return `${head}${head.endsWith(' ') || head.endsWith('\n') ? '' : ' '}${found[2]}${pattern}${tail}`;
}
