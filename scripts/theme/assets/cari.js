// The search page: a code goes to its module, exact before similar, and what is nowhere is said to be nowhere.
// @ts-check
import { base, editions, make, root } from "./sigap.js";

const MORE = 10;
const FIRST = 3;
const box = /** @type {HTMLInputElement} */ (document.getElementById("kata"));
const form = /** @type {HTMLFormElement} */ (document.getElementById("cari-utama"));
const list = /** @type {HTMLElement} */ (document.getElementById("hasil"));
const status = /** @type {HTMLElement} */ (document.getElementById("status"));
const kinds = /** @type {HTMLElement} */ (document.getElementById("jenis"));
const asked = new URLSearchParams(location.search);
const every = /** @type {HTMLInputElement} */ (document.getElementById("semua"));
every.checked = asked.get("semua") === "1";
let turn = 0;

const ticks = /** @type {HTMLInputElement[]} */ ([...kinds.querySelectorAll("input[value]")]);
const KINDS = Object.fromEntries(ticks.map((tick) => [tick.value, tick.parentElement?.textContent?.trim() ?? ""]));
for (const tick of ticks) tick.addEventListener("change", () => search());
/** Indexes cannot be taken apart again, so another choice is another page. */
const address = () => `?${new URLSearchParams({ q: box.value.trim(), ...(every.checked && { semua: "1" }) })}`;
every.addEventListener("change", () => (location.search = address()));
editions.then((all) => every.parentElement?.classList.toggle("menunggu", all.length < 2)); // its room is kept
const wanted = () => ticks.filter((tick) => tick.checked).map((tick) => tick.value);

/** @type {Promise<any>|undefined} */
let engine;
const load = () => (engine ??= start());
const start = async () => {
  const pagefind = await import(String(new URL("pagefind/pagefind.js", base)));
  const segment = base.pathname.slice(root.pathname.length).replace("/", "");
  for (const other of every.checked ? await editions : [])
    if (other.version !== segment && !other.aliases.includes(segment)) await pagefind.mergeIndex(new URL(`${other.version}/pagefind/`, root).pathname);
  return pagefind;
};
/** The edition of a page that is not of this one. @param {string} url */
const from = (url) => {
  const path = new URL(url, root).pathname;
  return path.startsWith(base.pathname) ? "" : `, edisi ${path.slice(root.pathname.length).split("/")[0]}`;
};
if (asked.get("q")) load().catch(() => {}); // on its way while the rest is made ready
const synonyms = fetch(new URL("sinonim.json", base))
  .then((answer) => (answer.ok ? answer.json() : {}))
  .catch(() => ({}));

/** What stays of a word without its commonest affixes: pengungsian, mengungsi and pengungsi are one. @param {string} word */
const stem = (word) => word.replace(/(?<=[a-z]{4})(kan|an)$/, "").replace(/^(meng|peng|mem|pem|men|pen|me|pe|ber|ter|di)(?=[a-z]{4})/, "");

/**
 * The modules that a query names: by code (`TK-05`, `tk 5`), or by words that all stand in the name of their folder.
 * @param {string} words @returns {Promise<[string, string][]>}
 */
const byName = async (words) => {
  const match = /^([a-z]{2,5})[\s-]?0*(\d{1,3})$/i.exec(words);
  const segment = base.pathname.slice(root.pathname.length).replace("/", "");
  const edition = (await editions).find((e) => e.version === segment || e.aliases.includes(segment));
  const named = Object.entries(edition?.properties?.modul ?? {});
  const parts = words.toLowerCase().split(/[\s-]+/).map(stem);
  if (!match) return named.filter(([, slug]) => parts.every((part) => slug.split("-").map(stem).includes(part)));
  return named.filter(([kode]) => kode.startsWith(`${match[1].toUpperCase()}-`) && Number(kode.split("-")[1]) === Number(match[2]));
};

/** The excerpt with its marks, as nodes: nothing of it is read as HTML. Within an element a leading blank is kept. @param {string} text */
const excerpt = (text) => {
  const line = make("p");
  for (const [index, part] of text.split(/<\/?mark>/).entries()) {
    const plain = new DOMParser().parseFromString(`<i>${part}</i>`, "text/html").body.textContent ?? "";
    line.append(index % 2 ? make("mark", {}, plain) : plain);
  }
  return line;
};

/** @param {any} page */
const item = (page) => {
  const kind = page.filters?.jenis?.[0] ?? "";
  const best = page.sub_results?.find((/** @type {any} */ s) => s.anchor && s.locations?.length) ?? page.sub_results?.[0];
  const title = best?.title.replace(/\s*#$/, "");
  const inside = best && best.url !== page.url && title !== page.meta.title ? best : undefined;
  const entry = make("li", {}, make("span", { className: "jenis" }, `${KINDS[kind] ?? ""}${from(page.url)}`), " ");
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
  const codes = await byName(words);
  let found, exact, other, term = words;
  try {
    const pagefind = await load();
    const filters = { jenis: { any: wanted() } };
    const same = /** @type {Record<string, string>} */ (await synonyms)[words.toLowerCase()];
    exact = (await pagefind.search(`"${words.replaceAll('"', "")}"`, { filters })).results;
    found = (await pagefind.search(words, { filters })).results;
    other = same ? (await pagefind.search(same, { filters })).results : [];
    if (same) term = same;
  } catch {
    status.textContent = "Pencarian tidak dapat dimuat. Periksa sambungan, lalu coba lagi.";
    return;
  }
  if (mine !== turn) return;
  const seen = new Set(exact.map((/** @type {any} */ r) => r.id));
  const meant = term === words ? [] : other.filter((/** @type {any} */ r) => !seen.has(r.id));
  const known = new Set([...seen, ...meant.map((/** @type {any} */ r) => r.id)]);
  const like = /\d/.test(words) ? [] : found.filter((/** @type {any} */ r) => !known.has(r.id));
  const all = [...exact, ...meant, ...like];
  list.replaceChildren();
  for (const [kode, slug] of codes)
    list.append(make("li", {}, make("span", { className: "jenis" }, "Modul"), " ", make("a", { href: String(new URL(`modul/${slug}/`, base)) }, /\d$/.test(words) ? `Buka modul ${kode}` : `Buka modul ${kode}: ${slug.replaceAll("-", " ")}`)));
  status.textContent = say(words, term, codes.length, exact.length, meant.length, like.length);
  await more(all, 0, mine);
  if (mine === turn) list.dataset.untuk = words; // all of it is there
};

/** @param {string} words @param {string} asked @param {number} codes @param {number} exact @param {number} meant @param {number} like */
const say = (words, asked, codes, exact, meant, like) => {
  if (exact && meant) return `${exact} halaman memuat “${words}”; ${meant} lagi memakai istilah “${asked}”.`;
  if (exact) return `${exact} halaman memuat “${words}”` + (like ? `, ${like} lagi memuat kata yang mirip.` : ".");
  if (meant) return `Tidak ada yang persis “${words}”. Kurikulum ini memakai istilah “${asked}”: ${meant} halaman.`;
  if (codes) return like ? `Selain modulnya, ${like} halaman memuat yang mirip.` : "";
  return like ? `Tidak ada yang persis “${words}”; ${like} halaman memuat kata yang mirip.` : `Tidak ada halaman yang memuat “${words}”. Coba kata dasar atau kata lain.`;
};

/** Show some more results, and a button for the rest. @param {any[]} all @param {number} begin @param {number} mine */
const more = async (all, begin, mine) => {
  // some at a time, so that none is pushed down by one above it; on a slow line the first are read while the rest comes
  const places = all.slice(begin, begin + MORE).map((result) => ({ result, line: list.appendChild(make("li", { hidden: true })) }));
  for (let at = 0; at < places.length; at += FIRST) {
    const some = places.slice(at, at + FIRST);
    const pages = await Promise.all(some.map(({ result }) => result.data().catch(() => undefined)));
    if (mine !== turn) return;
    some.forEach(({ line }, index) => line.replaceWith(pages[index] ? item(pages[index]) : make("li", {}, "Halaman ini belum tersimpan di perangkat Anda.")));
  }
  if (all.length <= begin + MORE) return;
  const button = make("button", { type: "button", className: "tombol" }, `Tampilkan ${Math.min(MORE, all.length - begin - MORE)} lagi dari ${all.length}`);
  const place = make("li", {}, button);
  button.addEventListener("click", async () => {
    place.remove();
    await more(all, begin + MORE, mine);
  });
  list.append(place);
};

let wait = 0;
box.value = asked.get("q") ?? "";
box.addEventListener("input", () => {
  clearTimeout(wait);
  if (box.value.trim().length >= 3) wait = window.setTimeout(search, 200);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  history.replaceState(null, "", address());
  const words = box.value.trim();
  const codes = /\d$/.test(words) ? await byName(words) : [];
  if (codes.length === 1) location.href = String(new URL(`modul/${codes[0][1]}/`, base));
  else search();
});
if (box.value) search();
