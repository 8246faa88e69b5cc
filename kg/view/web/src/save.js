// What is seen, to keep: drawing, picture, table.

import { colourOf, dashes, lineColour, palette } from './palette.js';
import { csv } from './text.js';
import { way } from './ties.js';
import { bundleName, predicateName, sign, spokenLeaf, statusName, typeName, word } from './words.js';

const NS = 'http://www.w3.org/2000/svg';

function s(tag, props, text) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(props)) if (value !== undefined) element.setAttribute(name, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

/** The network as it is shown, as a drawing that stands alone. */
export function drawing(model, engine, state, view) {
  const colours = palette();
  const spots = new Map([...view.nodes].map((id) => [id, engine.place(id)]));
  const xs = [...spots.values()];
  const x0 = Math.min(...xs.map((p) => p.x)) - 90;
  const y0 = Math.min(...xs.map((p) => p.y)) - 50;
  const x1 = Math.max(...xs.map((p) => p.x)) + 90;
  const y1 = Math.max(...xs.map((p) => p.y)) + 90;
  const root = s('svg', {
    xmlns: NS,
    viewBox: `${x0} ${y0} ${x1 - x0} ${y1 - y0}`,
    width: Math.round(x1 - x0),
    height: Math.round(y1 - y0),
    'font-family': colours.font,
    'text-anchor': 'middle',
  });
  root.append(
    s('title', {}, model.title),
    s('rect', { x: x0, y: y0, width: x1 - x0, height: y1 - y0, fill: colours.ground }),
  );
  const names = [];
  model.bundles.forEach((bundle, n) => {
    const ties = bundle.ties.filter((tie) => view.ties.has(tie.id));
    if (!ties.length) return;
    const line = way(spots.get(model.nodes[bundle.from].id), spots.get(model.nodes[bundle.to].id), engine.bent(n));
    const { start, control, end, angle } = line;
    const spot = engine.nameSpot(n, line);
    const lit = view.lit && ties.some((tie) => view.lit.ties.has(tie.id));
    const status = ties.every((tie) => tie.status === ties[0].status) ? ties[0].status : 'asserted';
    const colour = lineColour(colours, status, lit ? colours.accent : colours.line);
    const opacity = view.lit && !lit ? 0.2 : undefined;
    root.append(
      s('path', {
        d: `M${f(start.x)} ${f(start.y)}Q${f(control.x)} ${f(control.y)} ${f(end.x)} ${f(end.y)}`,
        fill: 'none',
        stroke: colour,
        'stroke-width': lit ? 2.4 : 1.3,
        'stroke-dasharray': dashes(ties, status).join(' ') || undefined,
        opacity,
      }),
    );
    const corner = (turn) => `${f(end.x - 8 * Math.cos(angle + turn))} ${f(end.y - 8 * Math.sin(angle + turn))}`;
    root.append(s('path', { d: `M${f(end.x)} ${f(end.y)}L${corner(-0.42)}L${corner(0.42)}Z`, fill: colour, opacity }));
    const label = (!lit && spot?.text) || bundleName(ties, state.lang, lit);
    if (spot && (engine.kind === 'vis' || lit))
      names.push(
        s(
          'text',
          {
            x: f(spot.x),
            y: f(spot.y + 4),
            'font-size': 11,
            fill: lit ? colours.accent : colours.muted,
            stroke: colours.ground,
            'stroke-width': 4,
            'paint-order': 'stroke',
            opacity,
          },
          label,
        ),
      );
  });
  root.append(...names);
  for (const [id, { x, y, r, lines }] of spots) {
    const node = model.node.get(id);
    const opacity = view.lit && !view.lit.nodes.has(id) ? 0.25 : undefined;
    const whole = s('g', { opacity });
    whole.append(s('circle', { cx: x, cy: y, r, fill: colourOf(colours, node) }));
    if (engine.kind === 'vis' || node.rank >= model.byRank[Math.min(60, model.byRank.length - 1)].rank) {
      if (engine.kind === 'vis')
        whole.append(
          s(
            'text',
            { x, y: f(y + r * 0.38), 'font-size': Math.round(r), 'font-weight': 600, fill: colours.onType },
            sign(node),
          ),
        );
      const text = state.lang === 'en' && node.en ? [node.en] : lines;
      text.forEach((line, n) =>
        whole.append(
          s(
            'text',
            {
              x,
              y: f(y + r + 17 + n * 16),
              'font-size': 13,
              'font-weight': 500,
              fill: colours.ink,
              stroke: colours.ground,
              'stroke-width': 4,
              'paint-order': 'stroke',
            },
            line,
          ),
        ),
      );
    }
    root.append(whole);
  }
  return new XMLSerializer().serializeToString(root);
}

const f = (number) => Math.round(number * 10) / 10;

/** The drawing as a picture, two pixels to one. */
export async function picture(svg) {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = reject;
      image.src = url;
    });
    const scale = Math.min(2, 8000 / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Where a quote stands in its article: title, start, end. */
const place = (model, quote) => (quote ? [model.titleOf(quote[0]), ...model.origin(quote)] : ['', '', '']);

/** Facts as a table for a spreadsheet. */
export function factsCsv(model, lang, ties) {
  const t = (key) => word(key, lang);
  const head = [
    ...['subject', 'type', 'predicate', 'object', 'type', 'role', 'date', 'amount', 'status', 'sure', 'quote'].map(t),
    ...[t('article'), 'start', 'end', 'IRI', t('reportedBy'), t('foundAt')],
  ];
  const rows = ties.map((tie) => {
    const [so, ob] = [model.node.get(tie.s), model.node.get(tie.o)];
    const standing = [statusName(tie.status, lang), tie.ended && t('ended'), tie.derived && t('derived')];
    return [
      model.name(so, lang),
      typeName(so.type, lang),
      predicateName(tie.p, lang),
      model.name(ob, lang),
      typeName(ob.type, lang),
      tie.role,
      tie.date,
      tie.amount,
      standing.filter(Boolean).join('，'),
      tie.conf,
      tie.quotes[0] ? model.quote(tie.quotes[0]) : '',
      ...place(model, tie.quotes[0]),
      model.iri(tie.id),
      tie.by,
      tie.quotes[0] ? spokenLeaf(model.leafOf(tie.quotes[0]), lang) : '',
    ];
  });
  return csv([head, ...rows]);
}

/** Figures as a table for a spreadsheet. */
export function figuresCsv(model, lang, figures) {
  const t = (key) => word(key, lang);
  const head = [
    ...['figure', 'value', 'unit', 'currency', 'modifier', 'what', 'whose', 'quote', 'article'].map(t),
    ...['start', 'end', 'IRI', t('date'), t('sure'), t('foundAt')],
  ];
  const rows = figures.map((figure) => {
    const owner = model.node.get(figure.subject);
    return [
      figure.text,
      figure.value,
      figure.unit,
      figure.currency,
      figure.modifier && t(figure.modifier),
      figure.of,
      owner ? model.name(owner, lang) : '',
      model.quote(figure.quote),
      ...place(model, figure.span),
      model.iri(figure.id),
      figure.date,
      figure.conf,
      spokenLeaf(model.leafOf(figure.quote), lang),
    ];
  });
  return csv([head, ...rows]);
}

/** Entities as a table for a spreadsheet. */
export function entitiesCsv(model, lang, nodes) {
  const t = (key) => word(key, lang);
  const head = [
    ...['name', 'type', 'finer', 'alsoCalled', 'placeCode', 'mentions', 'factCount', 'figureCount', 'quote'].map(t),
    ...[t('article'), 'start', 'end', 'IRI'],
  ];
  const rows = nodes.map((node) => {
    const marks = model.marksOf.get(node.id) ?? [];
    return [
      model.name(node, lang),
      typeName(node.type, lang),
      node.kind ? typeName(node.kind, lang) : '',
      node.names.filter((each) => each !== model.name(node, lang)).join('；'),
      node.code,
      marks.length,
      model.around.get(node.id).length,
      model.figuresOf.get(node.id)?.length ?? 0,
      marks[0] ? model.quote(model.sentenceOf(marks[0])) : '',
      ...place(model, marks[0]),
      model.iri(node.id),
    ];
  });
  return csv([head, ...rows]);
}

export function download(content, name, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
