// The planner of a year's learning: which modules were taken, which are planned, how many JP of which kind, what is
// missing. Loaded when it is opened; what was chosen stands in the address and nowhere else.
// @ts-check
import { base, make } from "./sigap.js";

/** @typedef {import("./jadwal.js").Curriculum} Curriculum */
/** @typedef {import("./jadwal.js").Module} Module */

const place = /** @type {HTMLElement} */ (document.getElementById("susun"));
/** @type {Curriculum} */
const curriculum = await fetch(new URL("kurikulum.json", base)).then((answer) => answer.json());
const { value: least, source } = curriculum.policy.jp_minimum_tahunan;
const modules = curriculum.modules.filter((m) => m.kode && m.hours);
const MODES = /** @type {const} */ ({ theory: "T", assignment: "P", fieldwork: "PL" });
const sum = (/** @type {Module[]} */ some, /** @type {keyof typeof MODES} */ mode) => some.reduce((all, m) => all + (m.hours?.[mode] ?? 0), 0);
const total = (/** @type {Module[]} */ some) => /** @type {(keyof typeof MODES)[]} */ (Object.keys(MODES)).reduce((all, mode) => all + sum(some, mode), 0);
const said = (/** @type {Module[]} */ some) => `${total(some)} JP (${Object.entries(MODES).map(([mode, short]) => `${short} ${sum(some, /** @type {keyof typeof MODES} */ (mode))}`).join(", ")})`;

const asked = new URLSearchParams(location.search);
const set = (/** @type {string} */ key) => new Set((asked.get(key) ?? "").split(",").filter((kode) => modules.some((m) => m.kode === kode)));
/** @type {Record<string, Set<string>>} */
const state = { sudah: set("sudah"), rencana: set("rencana") };
let other = Math.min(999, Math.max(0, Math.round(Number(asked.get("lain")) || 0)));

const live = make("div", { className: "susun__hasil" });
live.setAttribute("role", "status");

const draw = () => {
  const now = new URLSearchParams({ susun: "1" });
  for (const [key, kodes] of Object.entries(state)) if (kodes.size) now.set(key, [...kodes].join(","));
  if (other) now.set("lain", String(other));
  history.replaceState(null, "", `?${now}${location.hash}`);
  const taken = modules.filter((m) => state.sudah.has(m.kode));
  const planned = modules.filter((m) => state.rencana.has(m.kode));
  const short = least - other - total(taken) - total(planned);
  const lines = [`Sudah diikuti: ${said(taken)}${other ? `, dan ${other} JP dari pelatihan lain` : ""}.`, `Direncanakan: ${said(planned)}.`];
  if (short > 0) {
    const open = modules.filter((m) => !state.sudah.has(m.kode) && !state.rencana.has(m.kode));
    const enough = open.filter((m) => total([m]) >= short).sort((a, b) => total([a]) - total([b])).slice(0, 3);
    lines.push(`Kurang ${short} JP dari ${least} JP setahun.${enough.length ? ` Satu modul yang mencukupinya: ${enough.map((m) => `${m.kode} ${m.title} (${total([m])} JP)`).join("; ")}.` : ""}`);
  } else lines.push(`Mencapai ${least} JP setahun${short < 0 ? `, lebih ${-short} JP` : ""}.`);
  for (const m of planned) for (const kode of m.prerequisites) if (!state.sudah.has(kode) && !state.rencana.has(kode)) lines.push(`${m.kode} memerlukan ${kode}, yang belum diikuti atau direncanakan.`);
  live.replaceChildren(make("ul", {}, ...lines.map((line) => make("li", {}, line))), make("p", { className: "ajar__kecil" }, `Dasar angka ${least} JP: ${source} Instansi Anda yang menetapkan pengakuannya.`));
};

const body = make("tbody");
for (const module of modules) {
  const pick = make("select");
  pick.setAttribute("aria-label", `Keadaan ${module.kode}`);
  for (const [key, name] of [["", "–"], ["sudah", "Sudah diikuti"], ["rencana", "Direncanakan"]]) pick.add(new Option(name, key, false, key !== "" && state[key].has(module.kode)));
  pick.addEventListener("change", () => {
    for (const [key, kodes] of Object.entries(state)) key === pick.value ? kodes.add(module.kode) : kodes.delete(module.kode);
    draw();
  });
  const link = make("a", { href: String(new URL(`modul/${module.slug}/`, base)) }, module.title);
  body.append(make("tr", {}, make("td", {}, `${module.kode} `, link), make("td", { className: "angka" }, String(total([module]))), make("td", {}, pick)));
}
const extra = make("input", { type: "number", min: "0", max: "999", value: String(other) });
extra.addEventListener("change", () => {
  other = Math.max(0, Math.round(Number(extra.value) || 0));
  draw();
});
place.replaceChildren(
  make("h2", { tabIndex: -1 }, "Rencana JP setahun"),
  live,
  make("table", {}, make("caption", {}, "Modul dan keadaannya"), make("thead", {}, make("tr", {}, ...["Modul", "JP", "Keadaan"].map((name) => make("th", { scope: "col" }, name)))), body),
  make("p", {}, make("label", {}, "JP dari pelatihan lain tahun ini: ", extra)),
);
draw();
