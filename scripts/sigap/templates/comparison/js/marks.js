// The marks of a redline (redline/engine.py says what they mean): unfolded, told the other way round, led on.

const OTHER = { i: "d", d: "i", ins: "del", del: "ins", asal: "tujuan", tujuan: "asal", n: "n" };
const NOTES = new Map([["ditambahkan: ", "dihapus: "], ["dipindahkan ke sini", "dipindahkan dari sini"]]);
for (const [one, two] of [...NOTES]) NOTES.set(two, one);
const GONE = '[data-r="d"], [data-r="del"], [data-r="asal"]';

/**
 * The whole marked text of a compact redline over its new side.
 * @param {{patch: (string | number)[]}} packed
 * @param {string} whole the new side
 */
export function expand(packed, whole) {
  let at = 0;
  return packed.patch.map((step) => (typeof step === "string" ? step : whole.slice(at, (at += step)))).join("");
}

/**
 * Tell a marked text the other way round: what came went, and what is gone stands before what has come.
 * @param {Element | DocumentFragment} box
 */
export function swap(box) {
  for (const mark of /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll("[data-r]"))) {
    const kind = mark.dataset.r ?? "";
    mark.dataset.r = OTHER[/** @type {keyof typeof OTHER} */ (kind)];
    if (kind === "n") {
      const words = NOTES.get(mark.textContent ?? "");
      if (words) mark.textContent = words;
    }
    if (kind !== "i" && kind !== "d") continue;
    const other = document.createElement(kind === "i" ? "del" : "ins");
    other.dataset.r = OTHER[kind];
    other.append(...mark.childNodes);
    mark.replaceWith(other);
  }
  for (const gone of box.querySelectorAll(GONE)) {
    let first = /** @type {Node} */ (gone);
    while (/^(i|ins|tujuan)$/.test(kindOf(first.previousSibling))) first = /** @type {Node} */ (first.previousSibling);
    if (first !== gone) first.parentNode?.insertBefore(gone, first);
  }
}

/** @param {Node | null} node */
const kindOf = (node) => (node instanceof HTMLElement ? node.dataset.r ?? "" : "");

/**
 * Links and images lead on from the module's page: the old one for what went, the new one for all else.
 * @param {Element} box
 * @param {URL} old
 * @param {URL} now
 */
export function lead(box, old, now) {
  for (const [selector, name] of [["a[href]", "href"], ["img[src]", "src"]]) {
    for (const element of box.querySelectorAll(selector)) {
      const value = element.getAttribute(name) ?? "";
      if (!value.startsWith("#")) element.setAttribute(name, new URL(value, element.closest(GONE) ? old : now).href);
    }
  }
}
