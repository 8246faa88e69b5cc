// Elements made from values. Text only ever arrives as text nodes, never as markup.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [props] attributes, and what listens under on...
 * @param {...any} kids nodes and texts, in lists as deep as they come; what is missing is left out
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props = {}, ...kids) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') element.className = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...kids.flat(3).filter((kid) => kid !== undefined && kid !== null && kid !== false));
  return element;
}

export function fill(element, ...kids) {
  element.replaceChildren(...kids.flat(3).filter((kid) => kid !== undefined && kid !== null && kid !== false));
}

export const byId = (id) => document.getElementById(id);

/**
 * All that a selector finds, as elements that carry data.
 * @returns {NodeListOf<HTMLElement>}
 */
export const every = (root, selector) => root.querySelectorAll(selector);

/**
 * The element that an event happened in, or one around it, that a selector matches.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export const target = (event, selector) => /** @type {Element} */ (event.target).closest(selector);

/** A drawn sign; `paths` are ours, never data. */
export function icon(...paths) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of paths) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** Only web addresses may become links. */
export function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : '';
  } catch {
    return '';
  }
}
