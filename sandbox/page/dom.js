/** Building and updating the document without a framework: elements, and lists that keep what has not changed. */

/**
 * Makes an element. In `attributes`, `text` is its text, `on` maps event names to listeners, `data` fills the dataset,
 * `style` sets custom properties; `null` and `false` leave an attribute out. Strings among the children become text,
 * never markup.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node|string|null|false)} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children.flat().filter((child) => child !== null && child !== false && child !== undefined));
  return element;
}

function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "text") element.textContent = value;
  else if (name === "on") Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
  else if (name === "data") Object.assign(element.dataset, value);
  else if (name === "style") Object.entries(value).forEach(([key, v]) => element.style.setProperty(key, v));
  else element.setAttribute(name, value === true ? "" : value);
}

/**
 * Makes `parent` show exactly `items`, in order. An element whose key and signature are as before stays the same
 * element, so scrolling, focus and pictures survive; when a changed one held the focus, the part with the same
 * `data-focus` gets it back.
 * @template T
 * @param {HTMLElement} parent
 * @param {T[]} items
 * @param {{key: (item: T) => string|number, signature: (item: T) => string, build: (item: T) => HTMLElement}} how
 */
export function showList(parent, items, { key, signature, build }) {
  const before = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let cursor = parent.firstElementChild;
  for (const item of items) {
    const name = String(key(item));
    const sign = signature(item);
    let element = before.get(name);
    before.delete(name);
    if (!element || element.signature !== sign) {
      const fresh = Object.assign(build(item), { signature: sign });
      fresh.dataset.key = name;
      if (element) {
        if (element === cursor) cursor = fresh;
        replaceKeepingFocus(element, fresh);
      }
      element = fresh;
    }
    if (element === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(element, cursor);
  }
  before.forEach((element) => element.remove());
}

function replaceKeepingFocus(old, fresh) {
  const active = old.contains(document.activeElement) ? document.activeElement : null;
  const name = active?.dataset.focus;
  old.replaceWith(fresh);
  if (!active) return;
  const heir = name === undefined || active === old ? fresh : fresh.querySelector(`[data-focus="${CSS.escape(name)}"]`);
  heir?.focus({ preventScroll: true });
}

/**
 * Shows one element that depends on `sign`; rebuilds it only when that changed.
 * @param {HTMLElement} parent
 * @param {any} value  what it depends on; null shows nothing
 * @param {() => HTMLElement} build
 */
export function showOne(parent, value, build) {
  const items = value === null || value === undefined ? [] : [value];
  showList(parent, items, { key: () => "one", signature: JSON.stringify, build });
}

/** Sets the text of an element only when it differs, so that screen readers stay calm. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Makes an SVG element; all attributes are plain.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...Node} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
}
