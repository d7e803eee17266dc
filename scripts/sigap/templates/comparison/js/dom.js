// Elements and files: the two things that every part of the page makes or asks for.

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * An element with its properties and children; `data-…`, `aria-…`, `role` and `for` are set as attributes.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function node(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue;
    if (/-|^(role|for|scope)$/.test(name)) made.setAttribute(name, String(value));
    else /** @type {any} */ (made)[name] = value;
  }
  made.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child || child === "")));
  return made;
}

/**
 * A file below /banding/; null where there is none.
 * @param {string} path
 * @param {"json" | "text"} [kind]
 */
export async function load(path, kind = "json") {
  const answer = await fetch(path);
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(path);
  return answer[kind]();
}

/**
 * A table; wide ones become cards on a phone, where roles keep the meaning of what is shown as something else.
 * @param {string[]} head
 * @param {(Child | HTMLTableCellElement)[][]} rows
 */
export function table(head, rows) {
  const wide = head.length > 4;
  /** @param {Child} part @param {number} at */
  const cell = (part, at) => {
    const made = part instanceof HTMLTableCellElement ? part : node("td", {}, part);
    made.dataset.kolom = head[at];
    made.setAttribute("role", "cell");
    return made;
  };
  const made = node("table", { className: wide ? "kartu" : "", role: "table" },
    node("thead", { role: "rowgroup" }, node("tr", { role: "row" }, ...head.map((text) =>
      node("th", { scope: "col", role: "columnheader", textContent: text })))),
    node("tbody", { role: "rowgroup" }, ...rows.map((row) => node("tr", { role: "row" }, ...row.map(cell)))));
  return node("div", { className: "gulung" }, made);
}

/** @param {string} text */
export const message = (text, /** @type {Child[]} */ ...more) => node("p", { className: "pesan" }, text, ...more);

/**
 * Something small that the browser keeps for this reader; where it may not, the page works without.
 * @param {string} key
 * @param {string} [value] kept where given
 */
export function kept(key, value) {
  try {
    if (value !== undefined) localStorage.setItem(key, value);
    return localStorage.getItem(key);
  } catch {
    return value ?? null;
  }
}
