// The one list of changes of a pair: units that are stepped to, ticked off and linked, and sentences that name them.

/** @typedef {{kalimat: string, naik: string, jenis: string, di: number[]}} Sentence */
/**
 * @typedef {object} Unit
 * @property {number} number from 1, stable for a pair
 * @property {string[]} path
 * @property {string} html
 * @property {boolean} light no word changed: signs, links or looks alone
 * @property {Sentence[]} sentences
 */

/** The path of what the front matter says. */
export const HEAD = "Keterangan";

export const GROUPS = new Map([
  ["jam", "Jam"], ["struktur", "Struktur"], ["ihb", "IHB dan evaluasi"], ["teks", "Teks"], ["lampiran", "Lampiran"],
  ["tampilan", "Hanya tampilan"],
]);

/**
 * @param {any} pair a file of r/
 * @param {boolean} back
 * @returns {{units: Unit[], sentences: Sentence[], first: number}} `first` is the number of the first hunk
 */
export function listOf(pair, back) {
  /** @type {Sentence[]} */
  const sentences = back ? pair.mundur : pair.maju;
  const first = pair.kepala ? 2 : 1;
  /** @type {Unit[]} */
  const units = pair.teks.hunks.map((/** @type {any} */ hunk, /** @type {number} */ at) => ({
    number: at + first, path: hunk.path, html: hunk.html, light: !hunk.words.some(Boolean), sentences: [],
  }));
  if (pair.kepala) units.unshift({ number: 1, path: [HEAD], html: pair.kepala, light: false, sentences: [] });
  for (const sentence of sentences) for (const at of sentence.di) units[at - 1]?.sentences.push(sentence);
  return { units, sentences, first };
}

/**
 * A module that one side alone has: all of it came, or all of it went, section by section.
 * @param {string} whole
 * @param {boolean} came
 */
export function listOfOne(whole, came) {
  const text = document.createElement("template");
  text.innerHTML = whole;
  /** @type {Unit[]} */
  const units = [];
  let title = "";
  for (const part of [...text.content.children]) {
    const heading = /^H[12]$/.test(part.tagName);
    if (part.tagName === "H1") title = (part.textContent ?? "").trim();
    if (heading || !units.length) {
      const path = part.tagName === "H2" ? [title, (part.textContent ?? "").trim()] : [title || "Awal"];
      units.push({ number: units.length + 1, path, html: "", light: false, sentences: [] });
    }
    part.setAttribute("data-r", came ? "ins" : "del");
    /** @type {Unit} */ (units.at(-1)).html += part.outerHTML;
  }
  return units;
}

/**
 * What a reader chose to see: kinds and bumps left out, and whether light changes are hidden.
 * @typedef {{groups: Set<string>, bumps: Set<string>, light: boolean}} Filter
 */

/** @param {Unit} unit @param {Filter} filter */
export const passes = (unit, filter) =>
  !(filter.light && unit.light) &&
  (!unit.sentences.length || unit.sentences.some((one) => !filter.groups.has(one.jenis) && !filter.bumps.has(one.naik)));

/** The path as a title: without the module's own where more follows. @param {Unit} unit */
export const titleOf = (unit) => (unit.path.length > 1 ? unit.path.slice(1) : unit.path).join(" › ") || "Awal";
