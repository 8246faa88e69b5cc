// Suggestions while a name is typed into the search box. Without this file the box still searches.
(() => {
  const box = document.getElementById('q');
  const list = document.getElementById('hits');
  if (!box || !list) return;
  let items = [];
  let at = -1;
  let asked = 0;

  const show = (found) => {
    items = found;
    at = -1;
    list.replaceChildren(...found.map((each, number) => {
      const row = document.createElement('li');
      row.id = `hit-${number}`;
      row.role = 'option';
      row.setAttribute('aria-selected', 'false');
      const dot = document.createElement('span');
      dot.className = `dot t-${each.type}`;
      const name = document.createElement('span');
      name.textContent = each.matched && each.matched !== each.label ? `${each.label} (${each.matched})` : each.label;
      row.append(dot, name);
      row.addEventListener('mousedown', (event) => { event.preventDefault(); open(each); });
      return row;
    }));
    list.hidden = found.length === 0;
    box.setAttribute('aria-expanded', String(found.length > 0));
    box.removeAttribute('aria-activedescendant');
  };
  const open = (each) => { if (each.page) location.assign(each.page); };
  const choose = (number) => {
    at = (number + items.length) % items.length;
    [...list.children].forEach((row, each) => row.setAttribute('aria-selected', String(each === at)));
    list.children[at].scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', `hit-${at}`);
  };
  const ask = async () => {
    const words = box.value.trim();
    const turn = ++asked;
    if (!words) { show([]); return; }
    try {
      const answer = await fetch(`/api/suggest?limit=8&q=${encodeURIComponent(words)}`);
      if (answer.ok && turn === asked) show((await answer.json()).entities);
    } catch { /* offline: the box still searches */ }
  };
  let timer = 0;
  box.addEventListener('input', (event) => { if (!event.isComposing) { clearTimeout(timer); timer = setTimeout(ask, 120); } });
  box.addEventListener('compositionend', ask);
  box.addEventListener('blur', () => { asked++; show([]); });
  box.addEventListener('keydown', (event) => {
    if (event.isComposing || !items.length) return;
    if (event.key === 'ArrowDown') { choose(at + 1); event.preventDefault(); }
    if (event.key === 'ArrowUp') { choose(at - 1); event.preventDefault(); }
    if (event.key === 'Escape') show([]);
    if (event.key === 'Enter' && at >= 0) { open(items[at]); event.preventDefault(); }
  });
})();
