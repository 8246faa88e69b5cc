// The colours of the style sheet, for canvases and drawings.

const TYPES = ['Person', 'Organization', 'Place', 'Award', 'Document', 'Activity', 'Product'];

export function palette() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    types: Object.fromEntries(TYPES.map((type) => [type, read(`--${type}`)])),
    read, // types of the user stand in the style sheet too
    other: read('--muted'),
    ground: read('--ground'),
    ink: read('--ink'),
    muted: read('--muted'),
    line: read('--tie'),
    faint: read('--tie-faint'),
    accent: read('--accent'),
    denied: read('--denied'),
    proposed: read('--proposed'),
    cloud: read('--cloud'),
    font: read('--font'),
    onType: read('--on-type'),
  };
}

export const colourOf = (colours, node) =>
  (colours.types[node.type] ??= colours.read(`--${node.type}`) || colours.other);
const DASHES = { planned: [7, 5], reported: [2, 4], denied: [7, 3, 1, 3], proposed: [1, 4] };
const DOUBT = [4, 3];

/**
 * The colour of a line, by the status that its ties share; `otherwise` where that has none of its own.
 * @param {Record<string, any>} colours
 * @param {string} status
 * @param {string} otherwise
 */
export const lineColour = (colours, status, otherwise) =>
  status === 'denied' ? colours.denied : status === 'proposed' ? colours.proposed : otherwise;

/** Above so many nodes all lines are faint. */
export const MANY = 2500;

/** Below this a fact is drawn dashed. */
export const DOUBTFUL = 0.6;

/**
 * Whether none of some ties is sure.
 * @param {{ conf: number }[]} ties
 */
export const doubtful = (ties) => ties.every((tie) => tie.conf < DOUBTFUL);

/**
 * How the line of some ties is dashed: by their status, or because none of them is sure.
 * @param {{ conf: number }[]} ties
 * @param {string} status the one they share, or `asserted`
 */
export const dashes = (ties, status) => DASHES[status] ?? (doubtful(ties) ? DOUBT : []);
