// Large networks: sigma and graphology, on WebGL.

import Graph from 'graphology';
import Sigma from 'sigma';
import { colourOf, doubtful, MANY, palette } from './palette.js';
import { bundleName, useLabels } from './words.js';

globalThis.kgEngine = function start(container, model, hooks, firstState, firstView) {
  const drawn = model.data.drawn;
  useLabels(model.data.labels); // this bundle has words of its own
  let colours = palette();
  let state = firstState;
  let view = firstView;
  let hover = '';
  const many = model.nodes.length > MANY;
  const graph = new Graph({ type: 'directed' }); // a bundle is one per pair and direction
  // how much of the window a pixel of the layout takes: a node is as large as its place, but never nothing
  const extent = Math.max(1, span(drawn.nodes.map((spot) => spot.x)), span(drawn.nodes.map((spot) => spot.y)));
  const share = Math.min(1.2, Math.max(0.28, Math.min(container.clientWidth, container.clientHeight) / extent));
  model.nodes.forEach((node, i) => {
    const spot = drawn.nodes[i];
    graph.addNode(node.id, { x: spot.x, y: -spot.y, size: spot.size * share, label: node.label });
  });
  model.bundles.forEach((bundle, n) => {
    graph.addDirectedEdgeWithKey(String(n), model.nodes[bundle.from].id, model.nodes[bundle.to].id, { size: 1 });
  });
  const visible = (bundle) => (view ? bundle.ties.some((tie) => view.ties.has(tie.id)) : true);

  function nodeLook(id, data) {
    const node = model.node.get(id);
    const look = { ...data, color: colourOf(colours, node), label: model.name(node, state?.lang) };
    if (view && !view.nodes.has(id)) return { ...look, hidden: true };
    if (view?.lit) {
      const bright = view.lit.nodes.has(id);
      if (!bright) return { ...look, color: colours.cloud, label: null, zIndex: 0 };
      look.zIndex = 2;
      look.forceLabel = view.lit.nodes.size < 80;
      if (state.chosen === `n:${id}` || state.from === id || state.to === id)
        Object.assign(look, { highlighted: true, size: data.size * 1.3 });
    }
    return look;
  }

  function edgeLook(key, data) {
    const bundle = model.bundles[Number(key)];
    if (!visible(bundle)) return { ...data, hidden: true };
    const lit = view?.lit && bundle.ties.some((tie) => view.lit.ties.has(tie.id));
    if (lit || hover === key) {
      return {
        ...data,
        color: colours.accent,
        size: 1.4,
        zIndex: 2,
        forceLabel: true,
        label: bundleName(bundle.ties, state?.lang, true),
      };
    }
    return {
      ...data,
      // this engine draws no dashes: what is in doubt is fainter
      color: view?.lit ? colours.cloud : many || doubtful(bundle.ties) ? colours.faint : colours.line,
      size: many ? 0.35 : 0.8,
      hidden: Boolean(view?.lit) && many,
    };
  }

  const sigma = new Sigma(graph, container, {
    nodeReducer: nodeLook,
    edgeReducer: edgeLook,
    defaultEdgeType: many ? 'line' : 'arrow',
    enableEdgeEvents: !many,
    renderEdgeLabels: true,
    hideEdgesOnMove: many,
    labelFont: colours.font,
    labelSize: 13,
    labelColor: { color: colours.ink },
    edgeLabelColor: { color: colours.muted },
    edgeLabelFont: colours.font,
    edgeLabelSize: 11,
    labelDensity: 0.6,
    labelGridCellSize: 180,
    labelRenderedSizeThreshold: many ? 2.4 : 1.6,
    zoomToSizeRatioFunction: (ratio) => ratio ** 0.62, // nearer is larger, but leaves more room between
    defaultDrawNodeLabel: drawLabel,
    zIndex: true,
    minCameraRatio: 0.01,
    maxCameraRatio: 3,
    allowInvalidContainer: true,
    defaultDrawNodeHover: drawHover,
  });
  container.querySelectorAll('canvas').forEach((canvas) => canvas.setAttribute('aria-hidden', 'true'));

  function drawLabel(ctx, data, settings) {
    if (!data.label) return;
    const chars = Array.from(data.label);
    const text = data.forceLabel || chars.length <= 12 ? data.label : `${chars.slice(0, 11).join('')}…`;
    ctx.font = `500 ${settings.labelSize}px ${settings.labelFont}`;
    ctx.lineJoin = 'round';
    ctx.lineWidth = 3.5;
    ctx.strokeStyle = colours.ground;
    ctx.fillStyle = colours.ink;
    const [x, y] = [data.x + data.size + 4, data.y + settings.labelSize / 3];
    ctx.strokeText(text, x, y);
    ctx.fillText(text, x, y);
  }

  function drawHover(ctx, data, settings) {
    ctx.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
    const width = data.label ? ctx.measureText(data.label).width + 12 : 0;
    ctx.fillStyle = colours.ground;
    ctx.strokeStyle = colours.accent;
    ctx.lineWidth = 2;
    ctx.beginPath();
    ctx.arc(data.x, data.y, data.size + 3, 0, 7);
    ctx.stroke();
    if (!width) return;
    ctx.beginPath();
    ctx.roundRect(data.x + data.size + 6, data.y - 11, width, 22, 6);
    ctx.fill();
    ctx.fillStyle = colours.ink;
    ctx.fillText(data.label, data.x + data.size + 12, data.y + settings.labelSize / 3);
  }

  sigma.on('clickNode', ({ node }) => hooks.choose(`n:${node}`));
  sigma.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
    preventSigmaDefault();
    hooks.focus(node);
  });
  sigma.on('clickStage', () => hooks.choose(''));
  sigma.on('clickEdge', ({ edge }) => {
    const bundle = model.bundles[Number(edge)];
    hooks.chooseBundle(bundle, view ? bundle.ties.filter((tie) => view.ties.has(tie.id)) : bundle.ties);
  });
  sigma.on('enterEdge', ({ edge, event }) => {
    hover = edge;
    const { clientX, clientY } = /** @type {MouseEvent} */ (event.original);
    hooks.tip(model.bundles[Number(edge)].ties, clientX, clientY);
    sigma.refresh({ skipIndexation: true });
  });
  sigma.on('leaveEdge', () => {
    hover = '';
    hooks.tip(null);
    sigma.refresh({ skipIndexation: true });
  });

  const camera = sigma.getCamera();
  const show = (id, ratio) => {
    const at = sigma.getNodeDisplayData(id);
    if (at) camera.setState({ x: at.x, y: at.y, ratio });
  };
  return {
    kind: 'sigma',
    update(nextState, nextView) {
      if (nextState === state && nextView === view) return;
      state = nextState;
      view = nextView;
      sigma.refresh({ skipIndexation: true });
    },
    fit(ids) {
      const spots = ids ? [...ids].map((id) => sigma.getNodeDisplayData(id)).filter(Boolean) : [];
      if (!spots.length) {
        camera.setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
        return;
      }
      const xs = spots.map((p) => p.x);
      const ys = spots.map((p) => p.y);
      const span = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
      camera.setState({
        x: (Math.max(...xs) + Math.min(...xs)) / 2,
        y: (Math.max(...ys) + Math.min(...ys)) / 2,
        ratio: Math.min(1, Math.max(0.02, span * 1.5)),
      });
    },
    zoom: (by) => camera.setState({ ratio: camera.ratio / by }),
    look(id) {
      show(id, Math.min(camera.ratio, many ? 0.12 : 0.5));
    },
    recolour() {
      colours = palette();
      sigma.setSettings({ labelColor: { color: colours.ink }, edgeLabelColor: { color: colours.muted } });
      sigma.refresh();
    },
    resize: () => sigma.refresh(),
    place: (id) => {
      const spot = drawn.nodes[model.nodes.indexOf(model.node.get(id))];
      return { x: spot.x, y: spot.y, r: spot.size, lines: [model.node.get(id).label] };
    },
    scale: () => 1 / camera.ratio,
    bent: () => false,
    nameSpot: (n, line) => line.middle,
    screen(id) {
      const { x, y } = graph.getNodeAttributes(id);
      const at = sigma.graphToViewport({ x, y });
      return { x: at.x, y: at.y };
    },
    labelBoxes: () => [],
    pan: (dx, dy) => camera.setState({ x: camera.x + dx / 2000, y: camera.y - dy / 2000 }),
    shownLabels: () => sigma.getNodeDisplayedLabels(),
  };
};

function span(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}
