// The address and what it asks for: ?modul=TK-05&dari=2026.1&ke=2026.2#u-14. Of what an address says, only codes of
// modules and names of editions are ever repeated on the page.

/** @typedef {{modul: string, dari: string, ke: string}} Choice */
/** @typedef {{names: string[], newest: string, aliases: Map<string, string>}} Editions names: oldest first */
/** @typedef {{text: string, key: keyof Choice, near: string[]}} Wrong what was not found, and the nearest there is */

const CODE = /^[A-Z][A-Z0-9-]{0,40}$/; // of modules and programmes: may be asked for
const PLAIN = /^[A-Z]{2,}-\d{1,6}$/; // of modules: may be repeated though it is not known
const EDITION = /^\d{4}\.\d{1,4}$/;

/** @param {Partial<Choice>} choice */
export const address = (choice) => "?" + new URLSearchParams(Object.entries(choice).filter(([, value]) => value));

/** The unit that the address names, 0 for none. */
export const unitOf = (hash = location.hash) => Number(/^#u-(\d{1,6})$/.exec(hash)?.[1] ?? 0);

/** @param {any[]} versions versions.json @returns {Editions} */
export function editionsOf(versions) {
  const names = versions.map((version) => version.version).reverse();
  const aliases = new Map(versions.flatMap((version) => version.aliases.map((/** @type {string} */ alias) => [alias, version.version])));
  return { names, newest: aliases.get("terbaru") ?? names.at(-1), aliases };
}

/**
 * What an address asks for, as far as it can be answered, and what cannot.
 * @param {URLSearchParams} query
 * @param {Editions} editions
 * @param {string[]} modules the codes that are known
 * @param {(code: string) => Promise<boolean>} exists asks for a code that is not among them
 */
export async function resolve(query, editions, modules, exists) {
  /** @type {Wrong[]} */
  const wrong = [];
  /** @type {string[]} */
  const notes = [];
  /** @param {"dari" | "ke"} key */
  const edition = (key) => {
    const asked = (query.get(key) ?? "").trim();
    if (!asked || editions.names.includes(asked)) return asked;
    const named = editions.aliases.get(asked);
    if (named) {
      notes.push(`“${asked}” sekarang edisi ${named}.`);
      return named;
    }
    const known = EDITION.test(asked);
    const near = known ? closest(asked, editions.names) : [editions.newest];
    wrong.push({ text: known ? `Edisi ${asked} tidak ada.` : "Nama edisi dalam alamat ini tidak dikenal.", key, near });
    return "";
  };
  /** @type {Choice} */
  const choice = { modul: "", dari: edition("dari"), ke: edition("ke") };
  const code = (query.get("modul") ?? "").trim().toUpperCase();
  if (code && CODE.test(code) && (modules.includes(code) || (await exists(code)))) choice.modul = code;
  else if (code) {
    const known = PLAIN.test(code);
    const text = known ? `Modul ${code} tidak ada dalam edisi mana pun.` : "Kode modul dalam alamat ini tidak dikenal.";
    wrong.push({ text, key: "modul", near: known ? closest(code, modules) : [] });
  }
  if (!wrong.length) complete(choice, editions);
  return { choice, wrong, notes };
}

/**
 * One side alone is completed: the newest as the new side, the one before as the old side; nothing at all means the
 * newest pair, or the history of a module.
 * @param {Choice} choice
 * @param {Editions} editions
 */
function complete(choice, { names, newest }) {
  if (choice.modul && !choice.dari && !choice.ke) return;
  choice.ke ||= choice.dari === newest ? names.at(-2) ?? newest : newest;
  choice.dari ||= names[names.indexOf(choice.ke) - 1] ?? newest;
}

/** The one or two names nearest to one that is not there. @param {string} asked @param {string[]} names */
function closest(asked, names) {
  /** @param {string} name */
  const value = (name) => name.match(/\d+/g)?.reduce((sum, part) => sum * 1000 + Number(part), 0) ?? 0;
  const letters = asked.replace(/[^A-Z]/g, "");
  const alike = names.filter((name) => name.replace(/[^A-Z]/g, "") === letters);
  return [...(alike.length ? alike : names)]
    .sort((one, two) => Math.abs(value(one) - value(asked)) - Math.abs(value(two) - value(asked))).slice(0, 2);
}
