// The sums of money as a small chart.

import { h } from './dom.js';
import { plainNumber } from './text.js';
import { word } from './words.js';

/**
 * Sums on a logarithmic scale: a dot each, so that a million stays visible beside a thousand million.
 * @param {(figure: any) => string} nameOf whose a figure is
 */
export function chart(figures, state, nameOf) {
  const sums = figures
    .filter((figure) => figure.currency && Number(figure.value) > 0)
    .sort((a, b) => Number(b.value) - Number(a.value))
    .slice(0, 20);
  if (!sums.length) return null;
  const logs = sums.map((figure) => Math.log10(Number(figure.value)));
  const low = Math.floor(Math.min(...logs));
  const high = Math.max(low + 1, Math.ceil(Math.max(...logs)));
  const share = (value) => ((value - low) / (high - low)) * 100;
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter(
    (_, i, all) => all.length <= 6 || i % 2 === 0,
  );
  return h(
    'section',
    { class: 'money', 'aria-label': word('money', state.lang) },
    h('h2', {}, word('money', state.lang)),
    h(
      'ul',
      {},
      sums.map((figure, i) => {
        const bar = h('span', { class: 'bar' });
        const dot = h('span', { class: 'point' });
        dot.style.left = bar.style.width = `${share(logs[i])}%`;
        return h(
          'li',
          {},
          h(
            'button',
            {
              type: 'button',
              class: 'money',
              'data-choose': `q:${figure.id}`,
              'aria-pressed': String(state.chosen === `q:${figure.id}`),
            },
            h('span', { class: 'label' }, [nameOf(figure), figure.of].filter(Boolean).join(' ') || figure.text),
            h('span', { class: 'track', 'aria-hidden': 'true' }, bar, dot),
            h(
              'span',
              { class: 'sum' },
              `${figure.modifier ? `${word(figure.modifier, state.lang)} ` : ''}${plainNumber(figure.value, state.lang)}${figure.unit || figure.currency}`,
            ),
          ),
        );
      }),
    ),
    h(
      'p',
      { class: 'axis', 'aria-hidden': 'true' },
      ticks.map((tick) => {
        const mark = h('span', {}, plainNumber(10 ** tick, state.lang));
        mark.style.left = `${share(tick)}%`;
        return mark;
      }),
    ),
  );
}
