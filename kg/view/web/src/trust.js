// How sure a fact is, a main event, or whose a figure is, as it is shown.

import { h } from './dom.js';
import { DOUBTFUL } from './palette.js';
import { percent } from './words.js';

/** How sure one is, doubt to be seen; null of a figure that is nobody's: there is nothing to be sure of. */
export const trust = ({ conf }) =>
  conf >= 0 ? h('span', { class: conf < DOUBTFUL ? 'sure doubt' : 'sure' }, percent(conf)) : null;
