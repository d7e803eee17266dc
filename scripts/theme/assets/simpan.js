// Save a module, or the whole edition, for reading without a network; say how large it is and how far it is.
// @ts-check
import { base, editions, kode, make, root } from "./sigap.js";

/** @typedef {{berkas: string[], bita: number}} Pack */

const size = (/** @type {number} */ bytes) =>
  `${new Intl.NumberFormat("id", { maximumFractionDigits: 1 }).format(bytes > 1e6 ? bytes / 1e6 : bytes / 1e3)} ${bytes > 1e6 ? "MB" : "kB"}`;
const today = () => new Intl.DateTimeFormat("id", { dateStyle: "long" }).format(new Date());

/** @param {string} name @param {Pack} pack @param {string} edition */
const offer = (name, pack, edition) => {
  const mark = `sigap:simpan:${edition}:${name}`;
  const there = new URL(`${edition}/`, root);
  const line = make("li", { className: "simpan" });
  const status = make("span", {});
  status.setAttribute("role", "status");
  const kept = () => localStorage.getItem(mark);
  const save = make("button", { type: "button", className: "tombol" });
  const remove = make("button", { type: "button", className: "tombol" }, "Hapus simpanan");
  const show = () => {
    save.textContent = kept() ? `Perbarui simpanan ${name}` : `Simpan ${name} untuk dibuka tanpa jaringan (${size(pack.bita)})`;
    status.textContent = kept() ? `Tersimpan ${kept()}, edisi ${edition}.` : "";
    remove.hidden = !kept();
  };
  save.addEventListener("click", async () => {
    save.disabled = true;
    try {
      const cache = await caches.open(`sigap-edisi-${edition}`);
      let done = 0;
      for (let at = 0; at < pack.berkas.length; at += 6) {
        await Promise.all(
          pack.berkas.slice(at, at + 6).map(async (file) => {
            const url = new URL(file, there);
            const answer = await fetch(url, { cache: "no-cache" });
            if (!answer.ok) throw new Error(`${answer.status} ${file}`);
            await cache.put(url.href, answer);
            done += 1;
          }),
        );
        status.textContent = `Menyimpan ${done} dari ${pack.berkas.length} berkas…`;
      }
      localStorage.setItem(mark, today());
      show();
    } catch (error) {
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      status.textContent = full ? "Ruang simpan peramban ini penuh; hapus simpanan lain, lalu coba lagi." : "Belum tersimpan seluruhnya. Periksa sambungan, lalu coba lagi.";
    }
    save.disabled = false;
  });
  remove.addEventListener("click", async () => {
    const cache = await caches.open(`sigap-edisi-${edition}`);
    await Promise.all(pack.berkas.map((file) => cache.delete(new URL(file, there).href)));
    localStorage.removeItem(mark);
    show();
  });
  show();
  line.append(save, " ", remove, " ", status);
  return line;
};

const build = async () => {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  await navigator.serviceWorker.register(new URL("sw.js", root), { scope: root.pathname });
  const segment = base.pathname.slice(root.pathname.length).replace("/", "");
  const edition = (await editions).find((e) => e.version === segment || e.aliases.includes(segment));
  const tools = document.querySelector(".alat");
  if (!edition || !tools) return;
  const packs = await fetch(new URL("simpan.json", base)).then((answer) => answer.json());
  const mine = kode && packs.modul[kode];
  if (mine) tools.append(offer(kode, mine, edition.version));
  if (document.querySelector("[data-simpan-edisi]") || !kode) tools.append(offer(`edisi ${edition.title}`, packs.edisi, edition.version));
};

build().catch(() => {}); // a browser that keeps nothing reads as before
