// The text of a comparison: only what changed or whole, in one column or two, with the list of changes beside it.
import { node } from "./dom.js";
import { panelOf } from "./panel.js";
import { below, ready, scrollable } from "./text.js";
import { lock } from "./twins.js";
import { HEAD, titleOf } from "./units.js";

/** @typedef {import("./units.js").Unit} Unit */
/** @typedef {import("./reasons.js").Row} Row */

/**
 * @typedef {object} Reading
 * @property {Unit[]} units
 * @property {import("./units.js").Sentence[]} sentences
 * @property {number} first the number of the first hunk
 * @property {boolean} back
 * @property {[URL, URL]} bases
 * @property {() => Promise<string>} whole the whole marked text, in the order that is stored
 * @property {(unit: Unit) => Row[]} reasons
 * @property {(unit: Unit) => string[]} origins
 * @property {ReturnType<typeof import("./ticks.js").ticksOf>} ticks
 */

/** How the reader likes to read, kept while the page stands. */
const view = { only: true, twin: false };

/**
 * @param {Reading} reading
 * @param {ReturnType<typeof import("./steps.js").stepping>} steps
 * @param {(text: string) => void} failed
 */
export function reader(reading, steps, failed) {
  const { units } = reading;
  const place = node("div", { id: "redline" });
  const list = panelOf(units, reading.sentences, reading.ticks, () => { hide(); steps.say(); });
  const hide = () => {
    const shown = new Set(list.shown().map((unit) => unit.number));
    for (const unit of units) {
      const section = document.getElementById(`u-${unit.number}`);
      if (section?.matches(".hunk")) section.hidden = !shown.has(unit.number);
    }
  };
  const follow = new IntersectionObserver((entries) => {
    const first = entries.filter((entry) => entry.isIntersecting).sort((one, two) => one.boundingClientRect.top - two.boundingClientRect.top)[0];
    const chosen = document.getElementById(`u-${steps.at}`)?.getBoundingClientRect();
    if (chosen && chosen.bottom > 0 && chosen.top < innerHeight) list.here(steps.at);
    else if (first) list.here(Number(first.target.id.slice(2)));
  }, { rootMargin: "-10% 0px -60%" });

  /** @param {Unit} unit */
  const section = (unit) => {
    const own = unit.path[0] === HEAD && unit.path.length === 1;
    const box = node("input", { type: "checkbox", checked: reading.ticks.has(unit.number), "data-centang": unit.number });
    box.addEventListener("change", () => list.set(unit.number, box.checked));
    const rows = reading.reasons(unit);
    const editions = reading.origins(unit);
    const made = node("section", { className: "hunk", id: `u-${unit.number}`, tabIndex: -1, "aria-labelledby": `j-${unit.number}` },
      node("div", { className: "kepala" },
        node("h3", { id: `j-${unit.number}` }, node("a", { href: `#u-${unit.number}`, className: "nomor", textContent: String(unit.number), "aria-label": `Tautan ke perubahan ${unit.number}` }), ` ${titleOf(unit)}`),
        node("span", { className: "sudah" }, node("a", { href: `#d-${unit.number}`, className: "ke-daftar", textContent: "ke daftar", onclick: () => setTimeout(() => list.entry(unit.number)) }),
          node("label", {}, box, " sudah dibaca"))),
      unit.sentences.length || rows.length ? node("ul", { className: "sebab" },
        ...unit.sentences.map((one) => node("li", {}, one.kalimat)),
        editions.length ? node("li", { className: "masuk", textContent: `Masuk dalam ${editions.join(" dan ")}.` }) : null,
        ...rows.map((row) => node("li", { className: "alasan" }, node("b", { textContent: `Alasan (${row.versi}): ` }), row.alasan || row.perubahan))) : null);
    made.append(below(ready(unit.html, { ...reading, back: reading.back, twin: view.twin && !own })));
    return made;
  };

  const draw = async () => {
    follow.disconnect();
    if (view.only) place.replaceChildren(...units.map(section));
    else {
      const text = ready(await reading.whole(), { ...reading, twin: view.twin });
      const head = units[0]?.number < reading.first ? section(units[0]) : null;
      place.replaceChildren(...(head ? [head] : []), node("section", { className: "hunk utuh" }, node("h3", { textContent: "Seluruh teks" }), text));
      for (const unit of units) {
        if (!document.getElementById(`u-${unit.number}`) && !place.querySelector(`#u-${unit.number}`)) text.prepend(node("p", { id: `u-${unit.number}`, className: "tanda", tabIndex: -1, "data-r": "n" }));
      }
    }
    if (!units.length) place.replaceChildren(node("p", { textContent: "Teks kedua sisi sama; yang berubah hanya keterangannya." }));
    hide();
    requestAnimationFrame(settle);
  };
  /** What can only be done once it is seen. */
  const settle = () => {
    for (const grid of place.querySelectorAll(".dua")) lock(grid, getComputedStyle(grid).gridTemplateColumns.includes(" "));
    scrollable(place);
    for (const target of place.querySelectorAll('[id^="u-"]')) follow.observe(target);
  };
  addEventListener("resize", settle);

  const begin = () => steps.begin(units.length, () => list.shown().map((unit) => unit.number), list.here);
  const toggle = (/** @type {"only" | "twin"} */ key, /** @type {string} */ text) => {
    const button = node("button", { type: "button", textContent: text, "aria-pressed": String(view[key]) });
    button.addEventListener("click", async () => {
      view[key] = !view[key];
      button.setAttribute("aria-pressed", String(view[key]));
      try {
        await draw();
        begin();
      } catch {
        failed("Teks lengkap tidak dapat dimuat. Periksa sambungan, lalu muat ulang.");
      }
    });
    return button;
  };
  const tools = node("div", { className: "tampilan", role: "group", "aria-label": "Tampilan" },
    toggle("only", "Hanya yang berubah"), toggle("twin", "Berdampingan"), legend());
  return { body: node("div", { className: "baca" }, list.panel, node("div", { className: "isi-teks" }, tools, place)), draw, begin };
}

const legend = () => node("ul", { className: "legenda", "aria-label": "Arti tanda" },
  node("li", {}, node("ins", { textContent: "ditambahkan" })), node("li", {}, node("del", { textContent: "dihapus" })),
  node("li", {}, node("span", { className: "r-pindah", textContent: "dipindahkan" })));
