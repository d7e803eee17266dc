// Why, beside what: which rows of Riwayat perubahan speak of a change, and in which edition a change came in.

/** @typedef {{versi: string, tanggal: string, perubahan: string, alasan: string, edisi?: string}} Row */
/** @typedef {import("./units.js").Unit} Unit */

const NUMBERED = /\b(sesi|materi pokok|penugasan|ihb) (\d+)/gi;

/**
 * Whether a row names what a unit is part of: its numbered part, its section, or the title of its handout.
 * @param {Row} row
 * @param {Unit} unit
 */
export function speaks(row, unit) {
  const told = `${row.perubahan} ${row.alasan}`.toLocaleLowerCase("id");
  if (unit.path.includes("Riwayat perubahan")) return false;
  const own = unit.path.length > 1 ? unit.path.slice(1) : unit.path;
  const said = [...own, ...unit.sentences.map((one) => one.kalimat)].join(" \n ");
  const names = new Set([...said.matchAll(NUMBERED)].map((match) => match[0].toLocaleLowerCase("id")));
  for (const name of names) if (new RegExp(`\\b${name}\\b`).test(told)) return true;
  return own.concat(unit.path[0] ?? "").some((title) => {
    const plain = title.replace(/^[^:]*\d+: /, "").toLocaleLowerCase("id");
    return plain.length > 4 && told.includes(plain);
  });
}

/**
 * The editions between two far ones in which the changes of each unit came in.
 * @param {Unit[]} units
 * @param {{edisi: string, pair: any}[]} steps the pairs of neighbouring states on the way
 * @returns {Map<number, string[]>}
 */
export function origins(units, steps) {
  const known = steps.map(({ edisi, pair }) => ({
    edisi,
    hunks: pair.teks.hunks.map((/** @type {any} */ hunk) => ({ at: hunk.path.join("\n"), words: marked(hunk.html) })),
  }));
  return new Map(units.map((unit) => {
    const words = marked(unit.html);
    const at = unit.path.join("\n");
    const found = known.filter(({ hunks }) => hunks.some((/** @type {any} */ hunk) =>
      hunk.at === at && [...hunk.words].some((word) => words.has(word))));
    return [unit.number, found.map(({ edisi }) => edisi)];
  }));
}

/** The words that a marked text marks. @param {string} html */
function marked(html) {
  const text = document.createElement("template");
  text.innerHTML = html;
  const marks = text.content.querySelectorAll('[data-r="i"], [data-r="d"], [data-r="ins"], [data-r="del"]');
  return new Set([...marks].flatMap((mark) => (mark.textContent ?? "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []));
}
