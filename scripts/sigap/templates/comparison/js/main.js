// /banding/: any two editions compared. The address keeps the choice and the place: ?modul=TK-05&dari=2026.1&ke=2026.2#u-14.
// Data: ../versions.json; e/<edition>.json (its modules); m/<kode>.json (a module's states); p/<old>-<new>.json (what
// changed between two editions); r/<state>-<state>.json (one redline); t/<state>.txt (a state's whole text).
import { address, editionsOf, resolve, unitOf } from "./address.js";
import { load, message, node } from "./dom.js";
import { moduleView } from "./module.js";
import { everythingView, historyView } from "./overview.js";
import { stepping } from "./steps.js";

/** @typedef {import("./address.js").Choice} Choice */
/** @typedef {import("./address.js").Wrong} Wrong */

const main = /** @type {HTMLElement} */ (document.getElementById("isi"));
const bar = /** @type {HTMLElement} */ (document.getElementById("langkah"));
const form = /** @type {HTMLFormElement} */ (document.getElementById("pilih"));
const status = /** @type {HTMLElement} */ (document.getElementById("keadaan"));
/** @type {Record<keyof Choice, HTMLSelectElement>} */
const boxes = /** @type {any} */ ({ modul: form.elements.namedItem("modul"), dari: form.elements.namedItem("dari"), ke: form.elements.namedItem("ke") });
const steps = stepping(bar, main);
/** @type {import("./address.js").Editions} */
let editions;
/** @type {Record<string, any>} */
let newest = {};
let turn = 0;
let search = "";

const failed = (/** @type {string} */ text) => { main.replaceChildren(message(text)); status.textContent = text; };

async function start() {
  editions = editionsOf(await load("../versions.json"));
  newest = (await load(`e/${editions.newest}.json`)) ?? {};
  const names = [...editions.names].reverse().map((name) => [name, name === editions.newest ? `${name} (terbaru)` : name]);
  fill(boxes.modul, [["", "Semua modul dan program"], ...Object.entries(newest).map(([kode, module]) => [kode, `${kode} ${module.judul}`])]);
  for (const box of [boxes.dari, boxes.ke]) fill(box, [["", "riwayat modul"], ...names]);
  await answer();
  form.hidden = false;
}

/** @param {HTMLSelectElement} box @param {string[][]} options */
const fill = (box, options) => box.replaceChildren(...options.map(([value, text]) => new Option(text, value)));

/** Show what the address asks for, and let the form say the same. */
async function answer() {
  const mine = ++turn;
  search = location.search;
  bar.hidden = true;
  const { choice, wrong, notes } = await resolve(new URLSearchParams(search), editions, Object.keys(newest),
    async (code) => Boolean(await load(`m/${code}.json`)));
  if (mine !== turn) return;
  for (const key of /** @type {(keyof Choice)[]} */ (["modul", "dari", "ke"])) say(key, choice[key], wrong.some((one) => one.key === key));
  try {
    if (wrong.length) show([...wrong.map((one) => missing(one, choice))], "Yang diminta tidak ada");
    else await view(choice, notes, mine);
  } catch {
    if (mine === turn) failed("Data perbandingan tidak dapat dimuat. Periksa sambungan, lalu muat ulang halaman ini.");
  }
}

/** @param {Choice} choice @param {string[]} notes @param {number} mine */
async function view(choice, notes, mine) {
  const pair = choice.dari && choice.ke;
  const title = `${choice.modul || "Semua modul dan program"}: ${pair ? `${choice.dari} → ${choice.ke}` : "riwayat"}`;
  const made = !pair ? { nodes: await historyView(choice.modul) }
    : choice.modul ? await moduleView(choice, editions, steps, failed)
      : { nodes: await everythingView(choice, editions.names, failed) };
  if (mine !== turn) return;
  show([...notes.map((text) => message(text)), ...made.nodes], title);
  if ("begin" in made) made.begin?.();
}

/** @param {(Node | null)[]} nodes @param {string} title */
function show(nodes, title) {
  main.replaceChildren(.../** @type {Node[]} */ (nodes.filter(Boolean)));
  document.title = `${title} - Bandingkan edisi`;
  status.textContent = title;
}

/** Let a box of the form say what is shown; what is not there is not another. */
function say(/** @type {keyof Choice} */ key, /** @type {string} */ value, /** @type {boolean} */ unknown) {
  const box = boxes[key];
  box.querySelector("option[value='?']")?.remove();
  if (unknown) box.prepend(new Option("tidak ada", "?"));
  const asked = unknown ? "?" : value;
  if (![...box.options].some((option) => option.value === asked)) box.append(new Option(asked, asked));
  box.value = asked;
}

/** @param {Wrong} wrong @param {Choice} choice */
const missing = ({ text, key, near }, choice) => message(`${text} `,
  ...(near.length ? ["Yang terdekat: ", ...near.flatMap((name, at) => [at ? ", " : "", node("a", { href: address({ ...choice, [key]: name }), textContent: name })]), "."]
    : [node("a", { href: address({ dari: choice.dari, ke: choice.ke }), textContent: "Lihat semua modul" }), "."]));

const chosen = (hash = "") => {
  const choice = Object.fromEntries(Object.entries(boxes).map(([key, box]) => [key, box.value === "?" ? "" : box.value]));
  history.pushState(null, "", address(choice) + hash);
  answer();
};
form.addEventListener("change", () => chosen());
document.getElementById("tukar")?.addEventListener("click", () => {
  [boxes.dari.value, boxes.ke.value] = [boxes.ke.value, boxes.dari.value];
  chosen(location.hash); // the numbers of changes are the same both ways
});
addEventListener("popstate", () => { if (location.search !== search) answer(); });
addEventListener("hashchange", () => { if (location.search === search && unitOf()) steps.go(unitOf()); });
start().catch(() => failed("Data edisi tidak dapat dimuat. Periksa sambungan, lalu muat ulang halaman ini."));
