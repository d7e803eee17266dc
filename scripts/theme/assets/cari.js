// The search page: a code goes to its module, exact before similar, and what is nowhere is said to be nowhere.
// @ts-check
import { base, editions, make, root } from "./sigap.js";

const MORE = 10;
const KINDS = { modul: "Modul", lampiran: "Lampiran", program: "Program", panduan: "Panduan", edisi: "Edisi", halaman: "Halaman lain", aturan: "Aturan pemeriksaan" };
const OFF = new Set(["aturan", "panduan"]);
const box = /** @type {HTMLInputElement} */ (document.getElementById("kata"));
const form = /** @type {HTMLFormElement} */ (document.getElementById("cari-utama"));
const list = /** @type {HTMLElement} */ (document.getElementById("hasil"));
const status = /** @type {HTMLElement} */ (document.getElementById("status"));
const kinds = /** @type {HTMLElement} */ (document.getElementById("jenis"));
let turn = 0;

for (const [kind, name] of Object.entries(KINDS)) {
  const tick = make("input", { type: "checkbox", value: kind, checked: !OFF.has(kind) });
  tick.addEventListener("change", () => search());
  kinds.append(make("label", {}, tick, ` ${name}`));
}
const wanted = () => [.../** @type {NodeListOf<HTMLInputElement>} */ (kinds.querySelectorAll("input:checked"))].map((tick) => tick.value);

/** @type {Promise<any>|undefined} */
let engine;
const load = () => (engine ??= import(String(new URL("pagefind/pagefind.js", base))));
/** Kind, address and title by the id of a result. @type {Promise<Record<string, string[]>>} */
const pages = fetch(new URL("pagefind/halaman.json", base))
  .then((answer) => (answer.ok ? answer.json() : {}))
  .catch(() => ({}));
const synonyms = fetch(new URL("sinonim.json", base))
  .then((answer) => (answer.ok ? answer.json() : {}))
  .catch(() => ({}));

/** The modules that a code names: `TK-05`, `tk 5`. @param {string} words @returns {Promise<[string, string][]>} */
const byCode = async (words) => {
  const match = /^([a-z]{2,5})[\s-]?0*(\d{1,3})$/i.exec(words);
  if (!match) return [];
  const segment = base.pathname.slice(root.pathname.length).replace("/", "");
  const edition = (await editions).find((e) => e.version === segment || e.aliases.includes(segment));
  const named = Object.entries(edition?.properties?.modul ?? {});
  return named.filter(([kode]) => kode.startsWith(`${match[1].toUpperCase()}-`) && Number(kode.split("-")[1]) === Number(match[2]));
};

/** The excerpt with its marks, as nodes: nothing of it is read as HTML. @param {string} text */
const excerpt = (text) => {
  const line = make("p");
  for (const [index, part] of text.split(/<\/?mark>/).entries()) {
    const plain = new DOMParser().parseFromString(part, "text/html").body.textContent ?? "";
    line.append(index % 2 ? make("mark", {}, plain) : plain);
  }
  return line;
};

/** @param {any} page @param {string} kind */
const item = (page, kind) => {
  const best = page.sub_results?.find((/** @type {any} */ s) => s.anchor && s.locations?.length) ?? page.sub_results?.[0];
  const title = best?.title.replace(/\s*#$/, "");
  const inside = best && best.url !== page.url && title !== page.meta.title ? best : undefined;
  const entry = make("li", {}, make("span", { className: "jenis" }, KINDS[/** @type {keyof typeof KINDS} */ (kind)] ?? ""), " ");
  entry.append(make("a", { href: page.url }, page.meta.title));
  if (inside) entry.append(" › ", make("a", { href: inside.url }, title));
  entry.append(excerpt((inside ?? page).excerpt));
  return entry;
};

const search = async () => {
  const words = box.value.trim();
  const mine = ++turn;
  if (!words) {
    list.replaceChildren();
    status.textContent = "";
    return;
  }
  status.textContent = "Mencari…";
  const codes = await byCode(words);
  let found, exact, other, asked = words;
  try {
    const pagefind = await load();
    const known = await pages;
    const kinds = new Set(wanted());
    const ask = async (/** @type {string} */ text) =>
      (await pagefind.search(text)).results.filter((/** @type {any} */ r) => kinds.has(known[r.id]?.[0] ?? "halaman"));
    const same = (await synonyms)[words.toLowerCase()];
    exact = await ask(`"${words.replaceAll('"', "")}"`);
    found = await ask(words);
    other = same ? await ask(same) : [];
    if (same) asked = same;
  } catch {
    status.textContent = "Pencarian tidak dapat dimuat. Periksa sambungan, lalu coba lagi.";
    return;
  }
  if (mine !== turn) return;
  const seen = new Set(exact.map((/** @type {any} */ r) => r.id));
  const meant = asked === words ? [] : other.filter((/** @type {any} */ r) => !seen.has(r.id));
  const known = new Set([...seen, ...meant.map((/** @type {any} */ r) => r.id)]);
  const like = /\d/.test(words) ? [] : found.filter((/** @type {any} */ r) => !known.has(r.id));
  const all = [...exact, ...meant, ...like];
  list.replaceChildren();
  for (const [kode, slug] of codes)
    list.append(make("li", {}, make("span", { className: "jenis" }, "Modul"), " ", make("a", { href: String(new URL(`modul/${slug}/`, base)) }, `Buka modul ${kode}`)));
  status.textContent = say(words, asked, codes.length, exact.length, meant.length, like.length);
  await more(all, 0, mine);
};

/** @param {string} words @param {string} asked @param {number} codes @param {number} exact @param {number} meant @param {number} like */
const say = (words, asked, codes, exact, meant, like) => {
  if (exact && meant) return `${exact} halaman memuat “${words}”; ${meant} lagi memakai istilah “${asked}”.`;
  if (exact) return `${exact} halaman memuat “${words}”` + (like ? `, ${like} lagi memuat kata yang mirip.` : ".");
  if (meant) return `Tidak ada yang persis “${words}”. Kurikulum ini memakai istilah “${asked}”: ${meant} halaman.`;
  if (codes) return like ? `Selain modulnya, ${like} halaman memuat yang mirip.` : "";
  return like ? `Tidak ada yang persis “${words}”; ${like} halaman memuat kata yang mirip.` : `Tidak ada halaman yang memuat “${words}”. Coba kata dasar atau kata lain.`;
};

/** Show some more results, and a button for the rest. @param {any[]} all @param {number} from @param {number} mine */
const more = async (all, from, mine) => {
  const some = all.slice(from, from + MORE);
  const [kinds, found] = await Promise.all([pages, Promise.all(some.map((result) => result.data()))]);
  if (mine !== turn) return;
  for (const [at, page] of found.entries()) list.append(item(page, kinds[some[at].id]?.[0] ?? ""));
  if (all.length <= from + MORE) return;
  const button = make("button", { type: "button", className: "tombol" }, `Tampilkan ${Math.min(MORE, all.length - from - MORE)} lagi dari ${all.length}`);
  const place = make("li", {}, button);
  button.addEventListener("click", async () => {
    place.remove();
    await more(all, from + MORE, mine);
  });
  list.append(place);
};

let wait = 0;
box.value = new URLSearchParams(location.search).get("q") ?? "";
box.addEventListener("input", () => {
  clearTimeout(wait);
  if (box.value.trim().length >= 3) wait = window.setTimeout(search, 200);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  history.replaceState(null, "", `?q=${encodeURIComponent(box.value.trim())}`);
  const codes = await byCode(box.value.trim());
  if (codes.length === 1) location.href = String(new URL(`modul/${codes[0][1]}/`, base));
  else search();
});
if (box.value) search();
