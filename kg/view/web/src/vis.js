// Small and middling networks: vis-network holds the view, the drag and the zoom; circles, labels and ties are drawn here.

import { DataSet } from 'vis-data/esnext';
import { Network } from 'vis-network/esnext';
import { colourOf, dashes, doubtful, lineColour, palette } from './palette.js';
import { nearWay, on, overlap, way } from './ties.js';
import { bundleName, sign, useLabels } from './words.js';

const FONT = 14; // pixels at zoom 1, as the layout reckons with
const SPACING = 1.2;
const LINE = FONT * SPACING;
const SMALLEST = 9.5; // pixels on the screen
const DASHED = 40; // pixels of a line that its name leaves in sight

globalThis.kgEngine = function start(container, model, hooks) {
  const drawn = model.data.drawn;
  useLabels(model.data.labels); // this bundle has words of its own
  let colours = palette();
  let state = null;
  let view = null;
  let hover = '';
  let changes = 0; // of what is shown or lit
  let names = { key: '', set: new Set() };
  const at = model.nodes.map((node, i) => ({
    x: drawn.nodes[i].x,
    y: drawn.nodes[i].y,
    r: drawn.nodes[i].size,
    lines: drawn.nodes[i].label.split('\n'),
  }));
  const index = new Map(model.nodes.map((node, i) => [node.id, i]));
  const byRank = model.byRank.map((node) => index.get(node.id));
  const spots = new Map(); // where the name of each bundle stands
  const pairs = new Set(model.bundles.map((bundle) => `${bundle.from} ${bundle.to}`));
  const bent = model.bundles.map((bundle) => pairs.has(`${bundle.to} ${bundle.from}`));
  const clouds = communities(drawn.nodes, model.bundles);

  const nodes = new DataSet(
    drawn.nodes.map((node) => ({ ...node, label: undefined, title: undefined, ctxRenderer: drawNode })),
  );
  const edges = new DataSet(
    drawn.edges.map((edge, i) => ({ id: i, from: edge.from, to: edge.to, hidden: true, physics: false })),
  );
  const net = new Network(container, { nodes, edges }, { ...drawn.options, autoResize: true });
  const canvas = container.querySelector('canvas');
  canvas.setAttribute('aria-hidden', 'true');

  const shown = (i) => !view || view.nodes.has(model.nodes[i].id);
  const dim = (i) => Boolean(view?.lit) && !view.lit.nodes.has(model.nodes[i].id);
  const tiesOf = (bundle) => (view ? bundle.ties.filter((tie) => view.ties.has(tie.id)) : bundle.ties);

  function drawNode({ ctx, id, x, y }) {
    const spot = at[id];
    spot.x = x;
    spot.y = y;
    return {
      drawNode: () => shown(id) && circle(ctx, id),
      drawExternalLabel: () => shown(id) && label(ctx, id),
      nodeDimensions: { width: spot.r * 2, height: spot.r * 2 },
    };
  }

  function circle(ctx, i) {
    const { x, y, r } = at[i];
    const node = model.nodes[i];
    const chosen = state?.chosen === `n:${node.id}` || state?.from === node.id || state?.to === node.id;
    ctx.globalAlpha = dim(i) ? 0.2 : 1;
    if (chosen || hover === node.id) {
      ctx.beginPath();
      ctx.arc(x, y, r + 5, 0, 7);
      ctx.lineWidth = chosen ? 3 : 2;
      ctx.strokeStyle = chosen ? colours.accent : colours.muted;
      ctx.stroke();
    }
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 7);
    ctx.fillStyle = colourOf(colours, node);
    ctx.fill();
    ctx.lineWidth = 2;
    ctx.strokeStyle = colours.ground;
    ctx.stroke();
    ctx.fillStyle = colours.onType;
    ctx.font = `600 ${Math.round(r * 0.98)}px ${colours.font}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillText(sign(node), x, y + r * 0.06);
    ctx.globalAlpha = 1;
  }

  /** Letters never get smaller on the screen than can be read; where all then have no room, the important stay. */
  const letterAt = (scale) => Math.max(FONT, Math.min(SMALLEST / scale, 90));
  const letter = () => letterAt(net.getScale());

  function named() {
    const scale = net.getScale();
    const key = `${Math.round(Math.log(scale) * 12)} ${changes}`;
    if (names.key === key) return names.set;
    names = { key, set: new Set() };
    const size = letter();
    const taken = [];
    const lit = view?.lit ? view.lit.nodes : new Set();
    for (const i of [...byRank].sort((a, b) => lit.has(model.nodes[b].id) - lit.has(model.nodes[a].id))) {
      if (!shown(i)) continue;
      const boxes = labelBox(i, size);
      if (size > FONT && taken.some((box) => overlap(box, boxes) > 0)) continue;
      taken.push(boxes);
      names.set.add(i);
    }
    return names.set;
  }

  function labelBox(i, size) {
    const { x, y, r, lines } = at[i];
    const half = (Math.max(...lines.map(widthOf)) * size) / 2 + size * 0.2;
    return [x - half, y + r + 4 - size * 0.1, x + half, y + r + 6 + lines.length * size * SPACING];
  }

  function label(ctx, i) {
    if (!named().has(i)) return;
    const { x, y, r, lines } = at[i];
    const node = model.nodes[i];
    const size = letter();
    ctx.globalAlpha = dim(i) ? 0.32 : 1;
    ctx.font = `${r > 19 ? 650 : 500} ${size}px ${colours.font}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'top';
    ctx.lineJoin = 'round';
    ctx.lineWidth = size * 0.28;
    ctx.strokeStyle = colours.ground;
    ctx.fillStyle = colours.ink;
    const text = state?.lang === 'en' && node.en ? [node.en] : lines;
    text.forEach((line, n) => {
      ctx.strokeText(line, x, y + r + 5 + n * size * SPACING);
      ctx.fillText(line, x, y + r + 5 + n * size * SPACING);
    });
    ctx.globalAlpha = 1;
  }

  net.on('beforeDrawing', (ctx) => {
    // the ground of a community follows its ties, so that it never runs under strangers
    ctx.strokeStyle = colours.cloud;
    ctx.lineWidth = 88;
    ctx.lineJoin = ctx.lineCap = 'round';
    ctx.beginPath();
    for (const cloud of clouds) {
      for (const i of cloud.nodes.filter(shown)) {
        ctx.moveTo(at[i].x, at[i].y + 10);
        ctx.lineTo(at[i].x, at[i].y + 10.1);
      }
      for (const { from, to } of cloud.bundles) {
        if (!shown(from) || !shown(to)) continue;
        ctx.moveTo(at[from].x, at[from].y + 10);
        ctx.lineTo(at[to].x, at[to].y + 10);
      }
    }
    ctx.stroke();
    const texts = [];
    model.bundles.forEach((bundle, n) => {
      const ties = tiesOf(bundle);
      if (ties.length) drawTie(ctx, bundle, n, ties, texts);
    });
    ctx.globalAlpha = 1;
    const far = net.getScale() < 0.55;
    texts.filter((text) => !far || text.strong).forEach((text) => drawName(ctx, text));
  });

  function drawTie(ctx, bundle, n, ties, texts) {
    const line = way(at[bundle.from], at[bundle.to], bent[n]);
    const lit = view?.lit && ties.some((tie) => view.lit.ties.has(tie.id));
    const strong = lit || hover === `b:${n}`;
    const status = ties.every((tie) => tie.status === ties[0].status) ? ties[0].status : 'asserted';
    const colour = lineColour(colours, status, strong ? colours.accent : colours.line);
    ctx.globalAlpha = view?.lit && !strong ? 0.14 : 1;
    ctx.strokeStyle = ctx.fillStyle = colour;
    ctx.lineWidth = (strong ? 2.4 : 1.3) + Math.min(2, (ties.length - 1) * 0.7);
    ctx.setLineDash(dashes(ties, status));
    ctx.beginPath();
    ctx.moveTo(line.start.x, line.start.y);
    ctx.quadraticCurveTo(line.control.x, line.control.y, line.end.x, line.end.y);
    ctx.stroke();
    ctx.setLineDash([]);
    const size = strong ? 10 : 8;
    ctx.beginPath();
    ctx.moveTo(line.end.x, line.end.y);
    ctx.lineTo(line.end.x - size * Math.cos(line.angle - 0.42), line.end.y - size * Math.sin(line.angle - 0.42));
    ctx.lineTo(line.end.x - size * Math.cos(line.angle + 0.42), line.end.y - size * Math.sin(line.angle + 0.42));
    ctx.closePath();
    ctx.fill();
    texts.push({ n, text: strong && bundleName(ties, state?.lang, true), alpha: ctx.globalAlpha, strong, status });
  }

  /** Where on its line a name stands: as near the middle as it covers no label and no other name. */
  function settle() {
    spots.clear();
    const taken = at.flatMap((spot, i) => (shown(i) ? partsOf(spot) : []));
    model.bundles.forEach((bundle, n) => {
      const ties = tiesOf(bundle);
      if (!ties.length) return;
      const line = way(at[bundle.from], at[bundle.to], bent[n]);
      const name = bundleName(ties, state?.lang);
      const sure = bundleName(ties, state?.lang, true);
      const seen = line.length - at[bundle.from].r - at[bundle.to].r - widthOf(sure) * 11;
      const text = doubtful(ties) && seen > DASHED ? sure : name; // the dashes of a line in doubt stay in sight
      const half = (widthOf(text) * 11) / 2 + 3;
      let best = null;
      let least = Infinity;
      for (const t of [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74]) {
        const p = on(line, t);
        const box = [p.x - half, p.y - 8, p.x + half, p.y + 8];
        const cost = taken.reduce((sum, other) => sum + overlap(box, other), 0) + Math.abs(t - 0.5) * 4;
        if (cost < least) [best, least] = [{ ...p, box, text, free: cost < 90 }, cost];
      }
      taken.push(best.box);
      spots.set(n, best);
    });
  }

  function drawName(ctx, { n, text: lit, alpha, strong, status }) {
    const spot = spots.get(n);
    if (!spot || (!spot.free && !strong)) return;
    const text = lit || spot.text;
    ctx.globalAlpha = alpha;
    ctx.font = `${strong ? 600 : 400} 11px ${colours.font}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    const width = ctx.measureText(text).width + 8;
    ctx.fillStyle = colours.ground;
    ctx.beginPath();
    ctx.roundRect(spot.x - width / 2, spot.y - 8, width, 16, 8);
    ctx.fill();
    ctx.fillStyle = lineColour(colours, status, strong ? colours.accent : colours.muted);
    ctx.fillText(text, spot.x, spot.y + 0.5);
    ctx.globalAlpha = 1;
  }

  /** What lies under a point of the canvas: a node, its label, or a bundle. */
  function under({ x, y }) {
    for (let i = at.length - 1; i >= 0; i -= 1) {
      if (!shown(i)) continue;
      const spot = at[i];
      if (Math.hypot(spot.x - x, spot.y - y) <= spot.r + 4) return { node: i };
    }
    for (let i = at.length - 1; i >= 0; i -= 1) {
      if (!shown(i)) continue;
      const spot = at[i];
      const half = (Math.max(...spot.lines.map((line) => line.length)) * FONT) / 2;
      if (Math.abs(spot.x - x) < half && y > spot.y + spot.r && y < spot.y + spot.r + 6 + spot.lines.length * LINE)
        return { node: i };
    }
    const within = 8 / Math.min(1, net.getScale());
    for (let n = 0; n < model.bundles.length; n += 1) {
      const bundle = model.bundles[n];
      if (!tiesOf(bundle).length) continue;
      const line = way(at[bundle.from], at[bundle.to], bent[n]);
      if (
        nearWay(line, x, y, within) ||
        (spots.has(n) && Math.abs(spots.get(n).x - x) < 22 && Math.abs(spots.get(n).y - y) < 10)
      )
        return { bundle: n };
    }
    return null;
  }

  net.on('click', ({ pointer }) => {
    const found = under(pointer.canvas);
    if (!found) hooks.choose('');
    else if (found.node !== undefined) hooks.choose(`n:${model.nodes[found.node].id}`);
    else hooks.chooseBundle(model.bundles[found.bundle], tiesOf(model.bundles[found.bundle]));
  });
  net.on('doubleClick', ({ pointer }) => {
    const found = under(pointer.canvas);
    if (found?.node !== undefined) hooks.focus(model.nodes[found.node].id);
  });
  net.on('dragStart', () => hooks.tip(null));
  net.on('dragEnd', ({ nodes: moved }) => {
    if (!moved.length) return;
    changes += 1;
    settle();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (event.buttons) return;
    const box = canvas.getBoundingClientRect();
    const found = under(net.DOMtoCanvas({ x: event.clientX - box.left, y: event.clientY - box.top }));
    const next = !found ? '' : found.node !== undefined ? model.nodes[found.node].id : `b:${found.bundle}`;
    canvas.style.cursor = found ? 'pointer' : 'grab';
    if (next === hover) return;
    hover = next;
    if (found?.bundle !== undefined) hooks.tip(tiesOf(model.bundles[found.bundle]), event.clientX, event.clientY);
    else hooks.tip(null);
    net.redraw();
  });
  canvas.addEventListener('pointerleave', () => {
    hover = '';
    hooks.tip(null);
    net.redraw();
  });

  const boxOf = (i, size) => {
    const { x, y, r, lines } = at[i];
    const half = Math.max(r, (Math.max(...lines.map(widthOf)) * size) / 2);
    return [x - half, y - r - 4, x + half, y + r + 6 + lines.length * size * SPACING];
  };

  /** The circle and the lines of a label, each as a box. */
  const partsOf = ({ x, y, r, lines }) => [
    [x - r, y - r, x + r, y + r],
    ...lines.map((line, n) => {
      const half = (widthOf(line) * FONT) / 2;
      return [x - half, y + r + 5 + n * LINE, x + half, y + r + 5 + (n + 1) * LINE];
    }),
  ];

  function fit(ids) {
    const wanted = (ids ? [...ids].map((id) => index.get(id)) : model.nodes.map((_, i) => i)).filter(
      (i) => i !== undefined && shown(i),
    );
    const foot = 52; // where the buttons are
    const [wide, high] = [container.clientWidth - 24, container.clientHeight - foot - 16];
    if (!wanted.length || wide <= 0 || high <= 0) return; // a hidden tab, a frame that is not laid out yet
    let [x0, y0, x1, y1, scale] = [0, 0, 0, 0, 1];
    // the smaller all is drawn, the more room the letters take that stay readable
    for (let size = FONT, turn = 0; turn < 2; turn += 1, size = letterAt(scale)) {
      const boxes = wanted.map((i) => boxOf(i, size));
      x0 = Math.min(...boxes.map((b) => b[0]));
      y0 = Math.min(...boxes.map((b) => b[1]));
      x1 = Math.max(...boxes.map((b) => b[2]));
      y1 = Math.max(...boxes.map((b) => b[3]));
      scale = Math.min(wide / (x1 - x0), high / (y1 - y0), ids ? 1.3 : 1.6);
    }
    net.moveTo({ position: { x: (x0 + x1) / 2, y: (y0 + y1) / 2 + (foot - 16) / 2 / scale }, scale, animation: false });
  }

  fit();
  return {
    kind: 'vis',
    update(nextState, nextView) {
      const before = view;
      const lang = state?.lang;
      state = nextState;
      view = nextView;
      changes += 1;
      const same = before && equal(before.nodes, view.nodes) && equal(before.ties, view.ties);
      if (!same || lang !== state.lang) settle();
      if (before && !same) {
        nodes.update(drawn.nodes.map((node, i) => ({ id: node.id, hidden: !shown(i) })));
      }
      net.redraw();
    },
    fit,
    zoom: (by) => net.moveTo({ scale: net.getScale() * by }),
    /** Bring a node into the part of the window that nothing covers; `covered` pixels at the foot are. */
    look(id, covered = 0) {
      const spot = at[index.get(id)];
      if (!spot) return;
      const scale = Math.max(net.getScale(), covered ? 0.75 : 0);
      const { x, y } = net.canvasToDOM({ x: spot.x, y: spot.y });
      const [wide, high] = [container.clientWidth, container.clientHeight - covered];
      if (x > wide * 0.08 && x < wide * 0.92 && y > high * 0.08 && y < high * 0.85 && scale === net.getScale()) return;
      net.moveTo({ position: { x: spot.x, y: spot.y + covered / 2 / scale }, scale });
    },
    recolour() {
      colours = palette();
      net.redraw();
    },
    resize() {
      net.setSize('100%', '100%');
      net.redraw();
    },
    place: (id) => at[index.get(id)],
    scale: () => net.getScale(),
    bent: (n) => bent[n],
    /** Where the name of a bundle stands; null: it has no room. */
    nameSpot: (n) => (spots.get(n)?.free ? spots.get(n) : null),
    /** Where a node is on the screen, for tests and for the tip. */
    screen(id) {
      const spot = at[index.get(id)];
      return net.canvasToDOM({ x: spot.x, y: spot.y });
    },
    /** The labels that are drawn, as boxes in the network's own measure. */
    labelBoxes: () => [...named()].map((i) => ({ id: model.nodes[i].id, box: labelBox(i, letter()) })),
    pan: (dx, dy) => {
      const p = net.getViewPosition();
      net.moveTo({ position: { x: p.x + dx, y: p.y + dy } });
    },
  };
};

/** Communities worth a ground of their own: three nodes and more, tied to another community. */
function communities(nodes, bundles) {
  const groups = new Map();
  nodes.forEach((node, i) => groups.set(node.community, [...(groups.get(node.community) ?? []), i]));
  const tied = new Set();
  for (const { from, to } of bundles) {
    if (nodes[from].community !== nodes[to].community) tied.add(nodes[from].community).add(nodes[to].community);
  }
  return [...groups]
    .filter(([number, own]) => own.length >= 3 && tied.has(number))
    .map(([number, own]) => ({
      nodes: own,
      bundles: bundles.filter(({ from, to }) => nodes[from].community === number && nodes[to].community === number),
    }));
}

const equal = (a, b) => a.size === b.size && [...a].every((each) => b.has(each));

const widthOf = (line) => Array.from(line).reduce((sum, char) => sum + (char > '\u2e7f' ? 1 : 0.6), 0);
