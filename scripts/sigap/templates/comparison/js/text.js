// A marked text made ready to be seen: led on, turned, tables as cards, in columns; and only then put on the page.
import { lead, swap } from "./marks.js";
import { twins } from "./twins.js";

/**
 * @typedef {object} Ready
 * @property {boolean} back told the other way round
 * @property {boolean} twin in two columns
 * @property {[URL, URL]} bases the module's pages on the old and on the new side
 * @property {number} first the number of the first hunk
 */

/**
 * @param {string} html
 * @param {Ready} how
 */
export function ready(html, { back, twin, bases, first }) {
  const inert = document.createElement("template"); // so that no image is asked for before it is led
  inert.innerHTML = html;
  const text = document.createElement("div");
  text.className = "teks";
  text.append(inert.content);
  for (const mark of text.querySelectorAll("[data-u]")) mark.replaceWith(badge(Number(mark.getAttribute("data-u")) + first - 1));
  if (back) swap(text);
  lead(text, ...bases);
  align(text);
  cards(text);
  boxes(text);
  if (twin) text.replaceChildren(twins(text));
  return text;
}

/** Where a change begins in the whole text: its number, which is its address. @param {number} number */
function badge(number) {
  const made = document.createElement("p");
  made.className = "tanda";
  made.dataset.r = "n";
  made.id = `u-${number}`;
  made.tabIndex = -1;
  const link = document.createElement("a");
  link.href = `#u-${number}`;
  link.textContent = `Perubahan ${number}`;
  made.append(link);
  return made;
}

/** A box that is only read says in words what it shows. @param {Element} text */
function boxes(text) {
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (text.querySelectorAll("input[type=checkbox]"))) {
    box.setAttribute("aria-label", box.checked ? "dicentang" : "tidak dicentang");
  }
}

/** The headings of a part stand below the heading that the part has here. @param {HTMLElement} text */
export function below(text) {
  for (const heading of text.querySelectorAll("h1, h2, h3")) heading.setAttribute("aria-level", "4");
  return text;
}

/** Alignment of cells as the renderer writes it, which a page without inline styles may not have. @param {Element} text */
function align(text) {
  for (const cell of text.querySelectorAll("[style]")) {
    const side = /text-align:\s*(right|center)/.exec(cell.getAttribute("style") ?? "")?.[1];
    cell.removeAttribute("style");
    if (side) cell.classList.add(side === "right" ? "kanan" : "tengah");
  }
}

/** Each cell knows its column, so that a wide table can be shown as cards on a phone. @param {Element} text */
function cards(text) {
  for (const table of text.querySelectorAll("table")) {
    const head = [...table.querySelectorAll("thead th")].map((cell) => heading(cell));
    if (head.length < 4) continue;
    table.classList.add("kartu");
    table.setAttribute("role", "table");
    for (const part of table.querySelectorAll("thead, tbody")) part.setAttribute("role", "rowgroup");
    for (const row of table.querySelectorAll("tr")) {
      row.setAttribute("role", "row");
      [...row.children].forEach((cell, at) => {
        cell.setAttribute("role", cell.tagName === "TH" ? "columnheader" : "cell");
        if (cell.tagName === "TD") cell.setAttribute("data-kolom", head[at] ?? "");
      });
    }
  }
}

/** @param {Element} cell */
function heading(cell) {
  const plain = /** @type {Element} */ (cell.cloneNode(true));
  for (const note of plain.querySelectorAll('[data-r="n"], [data-r="d"]')) note.remove();
  return (plain.textContent ?? "").trim();
}

/** Tab stops only where something scrolls. @param {Element} box */
export function scrollable(box) {
  for (const [at, part] of /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll(".teks, .gulung")).entries()) {
    const scrolls = part.scrollWidth > part.clientWidth + 1;
    if (scrolls) {
      part.tabIndex = 0;
      part.setAttribute("role", "region");
      const unit = part.closest('[id^="u-"]')?.id.slice(2);
      part.setAttribute("aria-label", `Teks yang dapat digeser, ${unit ? `perubahan ${unit}, ` : ""}bagian ${at + 1}`);
    } else if (part.tabIndex === 0) {
      part.removeAttribute("tabindex");
      part.removeAttribute("role");
      part.removeAttribute("aria-label");
    }
  }
}
