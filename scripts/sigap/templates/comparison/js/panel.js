// The list of changes beside the text: by place or by weight, filtered, ticked off. A sheet on phones.
import { node } from "./dom.js";
import { GROUPS, passes, titleOf } from "./units.js";

/** @typedef {import("./units.js").Unit} Unit */
/** @typedef {import("./units.js").Sentence} Sentence */
/** @typedef {import("./units.js").Filter} Filter */

/**
 * @param {Unit[]} units
 * @param {Sentence[]} sentences by weight
 * @param {ReturnType<typeof import("./ticks.js").ticksOf>} ticks
 * @param {() => void} changed called when another choice is shown
 */
export function panelOf(units, sentences, ticks, changed) {
  /** @type {Filter} */
  const filter = { groups: new Set(), bumps: new Set(), light: false };
  const left = node("p", { className: "sisa" });
  const list = node("ol", { className: "daftar-hal" });
  let byWeight = false;

  const bumped = sentences.some((one) => one.naik !== "tidak perlu"); // programmes have no version
  const bump = (/** @type {Sentence} */ one) => bumped && node("span", { className: "naik", textContent: one.naik === "tidak perlu" ? "tanpa kenaikan" : one.naik });
  const tell = () => {
    const read = ticks.count(units.map((unit) => unit.number));
    left.textContent = `${read} dari ${units.length} sudah dibaca, ${units.length - read} tersisa.`;
  };
  const goes = (/** @type {number} */ number, /** @type {string} */ text) => node("a", { href: `#u-${number}`, textContent: text });
  const fill = () => {
    const shown = units.filter((unit) => passes(unit, filter));
    const numbers = new Set(shown.map((unit) => unit.number));
    if (byWeight) {
      list.replaceChildren(...sentences.filter((one) => !filter.groups.has(one.jenis) && !filter.bumps.has(one.naik))
        .map((one) => [one, one.di.filter((at) => numbers.has(at))]).filter(([, places]) => /** @type {number[]} */ (places).length)
        .map(([one, places]) => weighed(/** @type {Sentence} */ (one), /** @type {number[]} */ (places))));
    } else list.replaceChildren(...shown.map(placed));
    if (!list.childElementCount) list.append(node("li", { textContent: "Tidak ada yang cocok dengan pilihan ini." }));
    tell();
  };
  /** @param {Unit} unit */
  const placed = (unit) => node("li", { id: `d-${unit.number}`, className: ticks.has(unit.number) ? "dibaca" : "" },
    tick(unit.number, titleOf(unit)), goes(unit.number, `${unit.number}. ${titleOf(unit)}`),
    node("ul", {}, ...unit.sentences.map((one) => node("li", {}, one.kalimat, bump(one)))));
  /** @param {Sentence} one @param {number[]} places */
  const weighed = (one, places) => node("li", {}, goes(places[0], one.kalimat), bump(one),
    places.length > 1 ? node("span", { className: "tempat" }, "Juga: ", ...places.slice(1).flatMap((at) => [goes(at, String(at)), " "])) : null);
  /** @param {number} number @param {string} title */
  const tick = (number, title) => {
    const box = node("input", { type: "checkbox", checked: ticks.has(number), className: "centang" });
    box.setAttribute("aria-label", `Sudah dibaca: perubahan ${number}, ${title}`);
    box.addEventListener("change", () => set(number, box.checked));
    return box;
  };
  const set = (/** @type {number} */ number, /** @type {boolean} */ on) => {
    ticks.set(number, on);
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(`[data-centang="${number}"]`))) box.checked = on;
    const item = document.getElementById(`d-${number}`);
    item?.classList.toggle("dibaca", on);
    const own = /** @type {HTMLInputElement | null} */ (item?.querySelector("input"));
    if (own) own.checked = on;
    tell();
  };

  const choices = (/** @type {[string, string][]} */ names, /** @type {Set<string>} */ out, /** @type {(unit: Unit, name: string) => boolean} */ has) =>
    names.map(([name, label]) => {
      const count = units.filter((unit) => has(unit, name)).length;
      if (!count) return null;
      const box = node("input", { type: "checkbox", checked: true, name });
      box.addEventListener("change", () => { box.checked ? out.delete(name) : out.add(name); fill(); changed(); });
      return node("label", {}, box, ` ${label} (${count})`);
    });
  const light = node("input", { type: "checkbox", name: "ringan" });
  light.addEventListener("change", () => { filter.light = light.checked; fill(); changed(); });
  const bumps = [...new Set(sentences.map((one) => one.naik))];
  const order = ["besar", "kecil", "tambalan", "tidak perlu"];
  const filters = node("details", { className: "saring" }, node("summary", { textContent: "Saring" }),
    node("fieldset", {}, node("legend", { textContent: "Jenis" }),
      ...choices([...GROUPS], filter.groups, (unit, name) => unit.sentences.some((one) => one.jenis === name))),
    bumped && node("fieldset", {}, node("legend", { textContent: "Versi perlu naik" }),
      ...choices(order.filter((name) => bumps.includes(name)).map((name) => [name, name]), filter.bumps,
        (unit, name) => unit.sentences.some((one) => one.naik === name))),
    node("label", {}, light, " Sembunyikan tanda baca dan tautan"));
  const sort = node("button", { type: "button", textContent: "Urutkan menurut bobot", "aria-pressed": "false" });
  sort.addEventListener("click", () => {
    byWeight = !byWeight;
    sort.setAttribute("aria-pressed", String(byWeight));
    fill();
  });
  const close = node("button", { type: "button", className: "tutup", textContent: "Tutup" });
  const panel = node("aside", { id: "daftar", className: "daftar", "aria-label": "Daftar perubahan" },
    node("h2", {}, "Apa yang berubah", close), left, ...(sentences.length ? [sort, filters] : []), list);
  const opener = /** @type {HTMLButtonElement} */ (document.getElementById("buka-daftar"));
  const open = (/** @type {boolean} */ on, item = "") => {
    panel.classList.toggle("buka", on);
    opener.setAttribute("aria-expanded", String(on));
    if (on) /** @type {HTMLElement | null} */ (panel.querySelector(`${item} a`))?.focus();
  };
  opener.onclick = () => open(!panel.classList.contains("buka"));
  close.addEventListener("click", () => { open(false); opener.focus(); });
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") { open(false); opener.focus(); } });
  panel.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest("a")) open(false);
  });
  fill();
  return {
    panel,
    /** Show the entry of a change, which on a phone opens the sheet. @param {number} number */
    entry: (number) => open(true, `#d-${number}`),
    set,
    shown: () => units.filter((unit) => passes(unit, filter)),
    /** Mark where one reads, and keep it in view within the panel. @param {number} number */
    here(number) {
      for (const before of list.querySelectorAll("[aria-current]")) before.removeAttribute("aria-current");
      const link = list.querySelector(`a[href="#u-${number}"]`);
      if (!link) return;
      link.setAttribute("aria-current", "true");
      const item = /** @type {HTMLElement} */ (link.closest("li"));
      if (item.offsetTop < panel.scrollTop || item.offsetTop + item.offsetHeight > panel.scrollTop + panel.clientHeight) {
        panel.scrollTop = item.offsetTop - panel.clientHeight / 3;
      }
    },
  };
}
