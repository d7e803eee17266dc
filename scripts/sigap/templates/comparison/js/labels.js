// Numbers as readers see them.

export const MODES = /** @type {const} */ (["T", "P", "PL"]);

/** @type {Record<string, string>} */
export const MODE_NAMES = { T: "T (teori)", P: "P (penugasan)", PL: "PL (praktik lapangan)", Jumlah: "Jumlah" };

/** @typedef {{T: number, P: number, PL: number}} Hours */
/** @typedef {{masuk: number, keluar: number, pindah: number}} Words */

/** @param {Hours | null | undefined} jp */
export const total = (jp) => (jp ? MODES.reduce((sum, mode) => sum + jp[mode], 0) : 0);

/** `6 JP (T 2, P 4)`. @param {Hours | null | undefined} jp */
export const hours = (jp) => {
  const parts = jp ? MODES.filter((mode) => jp[mode]).map((mode) => `${mode} ${jp[mode]}`) : [];
  return jp ? `${total(jp)} JP${parts.length ? ` (${parts.join(", ")})` : ""}` : "–";
};

/** Where a module or a programme stands below an edition. @param {any} state */
export const placeOf = (state) => `${state.program ? "program" : "modul"}/${state.slug}/`;

/** What a state is called: a module, or a programme. @param {any} state */
export const kindOf = (state) => (state?.program ? "Program" : "Modul");

/** @param {string} one @param {string} two */
export const arrow = (one, two) => (one === two ? one : `${one} → ${two}`);

/** @param {number} difference */
export const signed = (difference) => (difference > 0 ? `+${difference}` : String(difference));

/** @param {Words | null | undefined} kata */
export const words = (kata) => {
  const names = /** @type {const} */ ([["masuk", "masuk"], ["keluar", "keluar"], ["pindah", "pindah tempat"]]);
  const parts = names.filter(([key]) => kata?.[key]).map(([key, text]) => `${kata?.[key].toLocaleString("id")} kata ${text}`);
  return parts.join(", ") || "kata tetap";
};

/** @param {Words | null | undefined} kata */
export const mirrored = (kata) => kata && { masuk: kata.keluar, keluar: kata.masuk, pindah: kata.pindah };
