// Save a module, a programme or the whole edition for reading without a network; say how large it is and how far it is.
// The service worker keeps it (sw.js); simpan.json says what belongs together.
// @ts-check
import { base, editions, kode, make, root } from "./sigap.js";

/** @typedef {{berkas: string[], bita: number}} Pack addresses below the edition's folder, and their bytes */

const AT_ONCE = 6;
const WHOLE = "edisi";
const size = (/** @type {number} */ bytes) =>
  `${new Intl.NumberFormat("id", { maximumFractionDigits: 1 }).format(bytes > 1e6 ? bytes / 1e6 : bytes / 1e3)} ${bytes > 1e6 ? "MB" : "kB"}`;
const today = () => new Intl.DateTimeFormat("id", { dateStyle: "long" }).format(new Date());

/** Let the service worker keep an address. @param {ServiceWorker} worker @param {URL} url @returns {Promise<void>} */
const keep = (worker, url) =>
  new Promise((done, failed) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (data ? failed(new DOMException(url.href, data)) : done());
    worker.postMessage(url.href, [port2]);
  });

/** What can be saved of one edition, and what is. */
class Shelf {
  /** @param {string} edition @param {Record<string, Pack>} packs by name; `bersama` is what each of them needs */
  constructor(edition, packs) {
    this.packs = packs;
    this.there = new URL(`${edition}/`, root);
    this.mark = (/** @type {string} */ name) => `sigap:simpan:${edition}:${name}`;
  }
  /** The day on which a pack was saved. @param {string} name */
  kept(name) {
    return localStorage.getItem(this.mark(name));
  }
  /** @param {string} name */
  files(name) {
    return [...new Set([...this.packs.bersama.berkas, ...this.packs[name].berkas])];
  }
  /** @param {string} name */
  size(name) {
    const pdfs = this.packs[name].berkas.filter((file) => file.endsWith(".pdf")).length;
    return size(this.packs[name].bita + this.packs.bersama.bita) + (pdfs ? `, ${pdfs} PDF di antaranya` : "");
  }
  /** @param {string} name @param {(done: number, all: number) => void} told */
  async save(name, told) {
    const { active } = await navigator.serviceWorker.ready;
    const files = this.files(name);
    for (let at = 0; at < files.length; at += AT_ONCE) {
      const some = files.slice(at, at + AT_ONCE).map((file) => keep(/** @type {ServiceWorker} */ (active), new URL(file, this.there)));
      const failed = (await Promise.allSettled(some)).find((one) => one.status === "rejected"); // none is still on its way
      if (failed) throw failed.reason;
      told(Math.min(at + AT_ONCE, files.length), files.length);
    }
    localStorage.setItem(this.mark(name), today());
  }
  /** Take a pack away, apart from what another one that is saved needs, and from the look of pages. @param {string} name */
  async remove(name) {
    localStorage.removeItem(this.mark(name));
    const needed = new Set(Object.keys(this.packs).filter((other) => this.kept(other)).flatMap((other) => this.files(other)));
    for (const file of this.files(name).filter((file) => !needed.has(file) && !file.startsWith("assets/")))
      for (const cache of await caches.keys()) await (await caches.open(cache)).delete(new URL(file, this.there).href);
  }
}

const CACHES = "sigap-edisi-";
const RECENT = 2;

/**
 * Visited pages of old editions go; they would fill the device for ever. The newest ones that it holds stay, since what
 * was visited of the last edition is better than nothing, and whatever was saved on purpose.
 * @param {string} current the edition that is read now
 */
const tidy = async (current) => {
  const held = (await caches.keys()).filter((name) => name.startsWith(CACHES)).map((name) => name.slice(CACHES.length));
  const old = held.sort((a, b) => b.localeCompare(a, "id", { numeric: true })).slice(RECENT);
  const saved = (/** @type {string} */ edition) => Object.keys(localStorage).some((key) => key.startsWith(`sigap:simpan:${edition}:`));
  for (const edition of old) if (edition !== current && !saved(edition)) await caches.delete(CACHES + edition);
};

/** The line that offers a pack. @param {Shelf} shelf @param {string} name @param {string} edition */
const offer = (shelf, name, edition) => {
  const status = make("span", {});
  status.setAttribute("role", "status");
  const save = make("button", { type: "button", className: "tombol" });
  const remove = make("button", { type: "button", className: "tombol" }, "Hapus simpanan");
  const called = name === WHOLE ? `edisi ${edition}` : name;
  const show = () => {
    const day = shelf.kept(name);
    save.textContent = day ? `Perbarui simpanan ${called}` : `Simpan ${called} untuk dibuka tanpa jaringan (${shelf.size(name)})`;
    status.textContent = day ? `Tersimpan ${day}, edisi ${edition}.` : "";
    remove.hidden = !day;
  };
  save.addEventListener("click", async () => {
    save.disabled = true;
    try {
      await shelf.save(name, (done, all) => (status.textContent = `Menyimpan ${done} dari ${all} berkas…`));
      show();
    } catch (error) {
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      if (full && !shelf.kept(name)) await shelf.remove(name); // half a pack only takes room
      status.textContent = full ? "Ruang simpan peramban ini penuh; hapus simpanan lain, lalu coba lagi." : "Belum tersimpan seluruhnya. Periksa sambungan, lalu coba lagi.";
    }
    save.disabled = false;
  });
  remove.addEventListener("click", async () => {
    await shelf.remove(name);
    show();
  });
  show();
  return make("li", { className: "simpan" }, save, " ", remove, " ", status);
};

/** @param {Element} element @returns {Promise<void>} */
const seen = (element) =>
  new Promise((now) => {
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      now();
    }, { rootMargin: "50%" });
    watch.observe(element);
  });

const build = async () => {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  await navigator.serviceWorker.register(new URL("sw.js", root), { scope: root.pathname });
  const segment = base.pathname.slice(root.pathname.length).replace("/", "");
  const edition = (await editions).find((e) => e.version === segment || e.aliases.includes(segment));
  if (edition) await tidy(edition.version);
  const tools = document.querySelector(".alat");
  if (!edition || !tools) return;
  await seen(tools); // the list of files is large, and few readers get this far
  const shelf = new Shelf(edition.version, await fetch(new URL("simpan.json", base)).then((answer) => answer.json()));
  const name = kode || /** @type {HTMLElement|null} */ (document.getElementById("susun"))?.dataset.program || WHOLE;
  if (shelf.packs[name]) tools.append(offer(shelf, name, edition.version));
};

build().catch(() => {}); // a browser that keeps nothing reads as before
