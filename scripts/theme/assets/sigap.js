// The frame: which edition this is and which others exist, light or dark, keys, tables on a phone, reports.
// Pages name no edition, so that an unchanged page stays byte-identical: all of that is read from /versions.json.
// @ts-check

/**
 * @typedef {{version: string, title: string, aliases: string[], properties?: {tanggal?: string, modul?: Record<string, string>}}} Edition
 */

const slot = /** @type {HTMLElement} */ (document.getElementById("edisi"));
/** The folder of the edition that is shown, also where that is an alias; on a page of none, of the newest edition. */
export const base = new URL(slot.dataset.dasar ?? ".", location.href);
export const root = new URL("..", base);
const within = location.pathname.startsWith(base.pathname);
const [segment, ...rest] = within ? location.pathname.slice(root.pathname.length).split("/") : [""];
const meta = (/** @type {string} */ name) =>
  document.querySelector(`meta[name="sigap:${name}"]`)?.getAttribute("content") ?? "";
export const kode = meta("kode");
const KODE = /^[A-Z]{2,5}-\d{1,3}$/;

/** @type {Promise<Edition[]>} */
export const editions = fetch(new URL("versions.json", root))
  .then((answer) => (answer.ok ? answer.json() : []))
  .catch(() => []);

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [what]
 * @param {...(Node|string)} inside
 * @returns {HTMLElementTagNameMap[T]}
 */
export const make = (tag, what = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), what);
  made.append(...inside);
  return made;
};

const date = (/** @type {string} */ text) =>
  new Intl.DateTimeFormat("id", { dateStyle: "long", timeZone: "UTC" }).format(new Date(text));

/** @param {string} text @param {URL|string} [link] @param {string} [label] */
export const note = (text, link, label) => {
  const line = /** @type {HTMLElement} */ (document.getElementById("kabar"));
  line.textContent = text;
  if (link) line.append(" ", make("a", { href: String(link) }, label ?? ""));
  line.hidden = false;
};

// --- Editions ---

/** Where this page stands in another edition: a module by its kode, which no renaming changes. @param {Edition} edition */
const address = (edition) => {
  const there = new URL(`${edition.version}/`, root);
  if (!kode) return new URL(rest.join("/") + location.search + location.hash, there);
  const slug = edition.properties?.modul?.[kode];
  if (!slug) return new URL(`modul/?belum=${encodeURIComponent(kode)}`, there);
  return new URL(["modul", slug, ...rest.slice(2)].join("/") + location.hash, there);
};

/** @param {MouseEvent} event @param {Edition} edition */
const go = async (event, edition) => {
  event.preventDefault();
  const target = address(edition);
  const answer = await fetch(target, { method: "HEAD" }).catch(() => null);
  await answer?.arrayBuffer(); // done with it before the page is left
  location.href = String(!answer || answer.ok ? target : new URL(`${edition.version}/?tanpa=1`, root));
};

/** @param {Edition[]} all */
const choose = (all) => {
  const current = all.find((e) => e.version === segment || e.aliases.includes(segment));
  if (!current) return;
  const newest = all.find((e) => e.aliases.includes("terbaru")) ?? all[0];
  const mark = (/** @type {Edition} */ e) => `Edisi ${e.title}${e === newest ? " (terbaru)" : ""}`;
  const list = make("ul");
  for (const edition of all) {
    const link = make("a", { href: String(address(edition)) }, mark(edition));
    if (edition === current) link.setAttribute("aria-current", "true");
    link.addEventListener("click", (event) => go(event, edition));
    list.append(make("li", {}, link));
  }
  list.append(make("li", {}, make("a", { href: String(new URL("edisi/", base)) }, "Semua edisi")));
  const sheet = make("div", { className: "edisi__daftar", id: "edisi-daftar", popover: "auto" }, list);
  const button = make("button", { type: "button", className: "tombol" }, `Edisi ${current.title} ▾`);
  button.setAttribute("popovertarget", "edisi-daftar");
  button.setAttribute("aria-label", `Edisi ${current.title}, pilih edisi lain`);
  sheet.addEventListener("toggle", () => {
    const box = button.getBoundingClientRect();
    sheet.style.top = `${box.bottom + 4}px`;
    sheet.style.right = `${Math.max(4, document.documentElement.clientWidth - box.right)}px`;
  });
  slot.replaceChildren(button, sheet);
  document.querySelector(".contoh")?.setAttribute("data-cetak", printed(current));
  const asked = new URLSearchParams(location.search);
  const missing = asked.get("belum") ?? "";
  if (KODE.test(missing)) note(`Modul ${missing} belum ada dalam edisi ${current.title}. Ini daftar modulnya.`);
  else if (asked.has("tanpa")) note(`Halaman tadi tidak ada dalam edisi ${current.title}.`);
  else if (current !== newest) {
    const when = current.properties?.tanggal ? `, terbit ${date(current.properties.tanggal)}` : "";
    note(`Anda membaca edisi ${current.title}${when}. Ada yang lebih baru:`, address(newest), `edisi ${newest.title}`);
    const edit = document.querySelector(".sunting");
    if (edit) edit.textContent = "Usulkan perbaikan (membuka naskah hari ini, bukan edisi ini)";
  }
  if (location.hash && !document.getElementById(decodeURIComponent(location.hash.slice(1))))
    note(`Bagian yang ditunjuk tautan tadi tidak ada di halaman ini dalam edisi ${current.title}; Anda di awal halaman.`);
  report(current);
};

/** What stands on every printed sheet: paper outlives the address bar. @param {Edition} edition */
const printed = (edition) => [kode, meta("versi") && `versi ${meta("versi")}`, `edisi ${edition.title}`].filter(Boolean).join(" · ");

/** A report says which edition and address it is about; the rest was filled in when the page was built. @param {Edition} edition */
const report = (edition) => {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-lapor]"))) {
    const part = link.closest("p.lapor") ? before(link) : location.hash;
    const here = `${root.origin}${root.pathname}${edition.version}/${rest.join("/")}${part}`;
    const fill = (/** @type {string} */ text) => text.replaceAll("%7Bedisi%7D", encodeURIComponent(edition.title)).replaceAll("%7Balamat%7D", encodeURIComponent(here));
    link.href = fill(link.href);
  }
};

/** The address of the session that a link stands below. @param {Element} link */
const before = (link) => {
  let found = "";
  for (const heading of document.querySelectorAll("article h3[id]"))
    if (heading.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING) found = `#${heading.id}`;
  return found;
};

editions.then(choose);

// --- Light or dark ---

const switcher = /** @type {HTMLButtonElement} */ (document.getElementById("tema"));
const LOOKS = ["", "terang", "gelap"];
const NAMES = { "": "ikut perangkat", terang: "terang", gelap: "gelap" };
const look = () => document.documentElement.dataset.tema ?? "";
const label = () => (switcher.textContent = `Tampilan: ${NAMES[/** @type {keyof typeof NAMES} */ (look())]}`);
switcher.addEventListener("click", () => {
  const next = LOOKS[(LOOKS.indexOf(look()) + 1) % LOOKS.length];
  if (next) document.documentElement.dataset.tema = next;
  else delete document.documentElement.dataset.tema;
  try {
    next ? localStorage.setItem("sigap:tema", next) : localStorage.removeItem("sigap:tema");
  } catch {
    // kept for this page only
  }
  label();
});
label();

// --- Keys: / and Ctrl-K search, as elsewhere; never while something is typed ---

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select, [contenteditable]");
  if ((event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) {
    const field = /** @type {HTMLInputElement|null} */ (document.getElementById("kata") ?? document.getElementById("cari-atas"));
    event.preventDefault();
    if (field && field.checkVisibility()) field.focus();
    else location.href = String(new URL("cari/", base));
  }
});

// --- The list of contents is open where there is room beside the page; a heading offers its address to the pointer ---

const contents = /** @type {HTMLDetailsElement|null} */ (document.querySelector(".daftar-isi details"));
const wide = matchMedia("(min-width: 64rem)");
const unfold = () => contents && (contents.open = wide.matches);
wide.addEventListener("change", unfold);
unfold();

for (const heading of document.querySelectorAll("article :is(h1, h2, h3, h4)[id]"))
  heading.append(make("a", { className: "headerlink", href: `#${heading.id}`, title: "Tautan ke bagian ini", tabIndex: -1 }, "#"));

// --- Tables that are cards on a narrow screen keep saying that they are tables ---

const narrow = matchMedia("(max-width: 44.9375em)");
const roles = () => {
  const tables = document.querySelectorAll("table.sigap-kartu");
  for (const table of tables) {
    const set = (/** @type {string} */ what, /** @type {string} */ role) =>
      table.querySelectorAll(what).forEach((e) => (narrow.matches ? e.setAttribute("role", role) : e.removeAttribute("role")));
    narrow.matches ? table.setAttribute("role", "table") : table.removeAttribute("role");
    set("thead, tbody", "rowgroup");
    set("tr", "row");
    set("th", "columnheader");
    set("td", "cell");
  }
};
narrow.addEventListener("change", roles);
roles();

// --- What is loaded when it is opened: planners. A link that holds a plan opens it at once ---

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button[data-muat]"))) {
  const open = async (/** @type {boolean} */ scroll) => {
    button.disabled = true;
    try {
      await import(String(new URL(`assets/${button.dataset.muat}`, base)));
      button.hidden = true;
      const heading = /** @type {HTMLElement|null} */ (document.querySelector("#susun h2"));
      if (scroll) heading?.focus();
    } catch {
      delete document.documentElement.dataset.susun; // nor is its room needed
      note("Penyusun tidak dapat dimuat. Periksa sambungan, lalu coba lagi.");
      button.disabled = false;
    }
  };
  button.addEventListener("click", () => open(true));
  if (new URLSearchParams(location.search).has("susun")) open(false);
}

// --- Pictures that a class looks at ---

if (document.querySelector("article :is(p, li) > img:only-child")) import(String(new URL("assets/gambar.js", base)));
