// Side by side: both columns in one grid, a row for each block, so that what belongs together stays together.

const OLD = ["d", "del", "asal"];
const NEW = ["i", "ins", "tujuan"];

/** @param {string[]} kinds */
const query = (kinds) => kinds.map((kind) => `[data-r="${kind}"]`).join();

/**
 * A marked text as two columns. Rows and items that one side alone has leave their place empty on the other.
 * @param {Element} text
 */
export function twins(text) {
  const grid = document.createElement("div");
  grid.className = "dua";
  /** @type {[Element | null, Element | null][]} */
  const rows = [];
  for (const block of [...text.children]) {
    const kind = block.getAttribute("data-r") ?? "";
    if (block.hasAttribute("data-u") || block.classList.contains("tanda")) {
      const wide = document.createElement("div");
      wide.className = "lebar";
      wide.append(block);
      rows.push([wide, wide]);
    } else if (NEW.includes(kind)) {
      const before = rows.at(-1);
      const free = before && before[0] && !before[1] && before[0].tagName === block.tagName && block.getAttribute("data-r") !== "tujuan";
      if (free) before[1] = block;
      else rows.push([null, block]);
    } else if (OLD.includes(kind)) rows.push([block, null]);
    else rows.push([side(block, NEW), side(block, OLD)]);
  }
  for (const [left, right] of rows) {
    if (left && left === right) grid.append(left);
    else grid.append(column("Sebelum: ", "lama", left), column("Sesudah: ", "baru", right));
  }
  return grid;
}

/** @param {string} label @param {string} side @param {Element | null} block */
function column(label, side, block) {
  const made = document.createElement("div");
  made.className = `sisi ${side}${block ? "" : " kosong"}`;
  if (block) {
    const name = document.createElement("span");
    name.className = "sigap-sr";
    name.textContent = label;
    made.append(name, block);
  }
  return made;
}

/** A block as one side has it. @param {Element} block @param {string[]} without */
function side(block, without) {
  const made = /** @type {Element} */ (block.cloneNode(true));
  for (const mark of made.querySelectorAll(query(without))) {
    if (!/^(TR|LI)$/.test(mark.tagName)) {
      mark.remove();
      continue;
    }
    const empty = document.createElement(mark.tagName);
    empty.className = "kosong";
    empty.setAttribute("aria-hidden", "true");
    if (mark.tagName === "TR") for (const _ of mark.children) empty.append(document.createElement("td"));
    mark.replaceWith(empty);
  }
  return made;
}

/** Rows and items that belong together get one height. @param {Element} grid @param {boolean} on off where one column is left */
export function lock(grid, on) {
  const sides = [...grid.children];
  for (let at = 0; at + 1 < sides.length; at += 1) {
    if (sides[at].className === "lebar") continue;
    const [one, two] = [sides[at], sides[at + 1]].map((part) => /** @type {HTMLElement[]} */ ([...part.querySelectorAll("tr, li")]));
    at += 1;
    if (!one.length || one.length !== two.length) continue;
    for (const part of [...one, ...two]) part.style.minHeight = part.style.height = "";
    if (on) one.forEach((part, row) => {
      const high = Math.max(part.getBoundingClientRect().height, two[row].getBoundingClientRect().height);
      for (const both of [part, two[row]]) {
        if (both.tagName === "TR") both.style.height = `${high}px`;
        else both.style.minHeight = `${high}px`;
      }
    });
  }
}
