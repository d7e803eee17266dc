// Is this copy still current? The code comes with the address (a QR code) or is typed; the answer is in kode.json.
// @ts-check

/**
 * @typedef {{milik: string, versi: string, sejak: string, sampai: string, lembar: Record<string, string>}} Copy
 * @typedef {{judul: string, alamat: string, kode: string, akhir: string, dicabut: boolean, riwayat: [string, string, string][]}} Owner
 * @typedef {{terbaru: string, kode: Record<string, Copy>, milik: Record<string, Owner>}} Data
 */

const form = /** @type {HTMLFormElement} */ (document.getElementById("tanya"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("k"));
const answer = /** @type {HTMLElement} */ (document.getElementById("jawab"));

/** @type {Promise<Data>} */
const data = fetch("kode.json").then((found) => (found.ok ? found.json() : Promise.reject(new Error(String(found.status)))));
data.catch(() => undefined); // whoever asks hears of it

/** @param {string} tag @param {...(Node|string)} inside */
const make = (tag, ...inside) => {
  const made = document.createElement(tag);
  made.append(...inside);
  return made;
};
/** @param {string} href @param {string} text */
const link = (href, text) => Object.assign(make("a", text), { href });
/** @param {string[]} items */
const list = (items) => make("ul", ...items.map((item) => make("li", item)));

/** What a code answers. @param {string} code @param {Data} all @returns {(Node|string)[]} */
const say = (code, all) => {
  const copy = all.kode[code];
  if (!copy) {
    return [make("p", make("strong", `Kode ${code} tidak dikenal.`)), make("p", "Periksa huruf dan angkanya: kode tidak memuat 0, 1, I, atau O. Salinan dari naskah yang belum terbit juga belum dikenal di sini.")];
  }
  const owner = all.milik[copy.milik];
  const name = `${copy.milik} ${owner.judul}${copy.versi ? `, versi ${copy.versi}` : ""}`;
  if (owner.akhir !== all.terbaru || owner.dicabut) {
    const why = owner.dicabut ? "sudah dicabut" : `tidak ada lagi sesudah edisi ${owner.akhir}`;
    return [make("p", make("strong", `Jangan dipakai lagi: ${name} ${why}.`)), make("p", "Simpan untuk arsip saja. ", link("../terbaru/modul/", "Lihat modul yang berlaku"), ".")];
  }
  const page = make("p", link(`../terbaru/${owner.alamat}`, "Buka yang terbaru"), ".");
  if (owner.kode === code) {
    return [make("p", make("strong", `Masih yang terbaru: ${name}.`)), make("p", `Isinya tidak berubah sejak edisi ${copy.sejak}.`), page];
  }
  const now = all.kode[owner.kode];
  const at = owner.riwayat.findIndex(([version]) => version === copy.versi);
  const reasons = (at < 0 ? owner.riwayat : owner.riwayat.slice(0, at)).map(([version, what, why]) => `${version}: ${what} ${why}`);
  const sheets = Object.entries(now.lembar).filter(([title, state]) => copy.lembar[title] !== state).map(([title]) => title);
  const gone = Object.keys(copy.lembar).filter((title) => !(title in now.lembar));
  const parts = [
    make("p", make("strong", `Sudah berubah sejak edisi ${now.sejak}: ${name}.`)),
    make("p", `Versi yang berlaku sekarang ${now.versi || "ada di halamannya"}.`),
  ];
  if (reasons.length) parts.push(make("p", "Yang berubah, dan mengapa:"), list(reasons));
  if (sheets.length) parts.push(make("p", "Lembar yang perlu dicetak lagi:"), list(sheets));
  else if (Object.keys(now.lembar).length) parts.push(make("p", "Semua lembar peserta dan kartu masih sama; cukup cetak lagi buku fasilitator."));
  if (gone.length) parts.push(make("p", "Lembar yang tidak dipakai lagi:"), list(gone));
  if (copy.versi) parts.push(make("p", link(`../banding/?modul=${encodeURIComponent(copy.milik)}&dari=${encodeURIComponent(copy.sampai)}&ke=${encodeURIComponent(all.terbaru)}`, "Lihat setiap perubahan"), "."));
  return [...parts, page];
};

const ask = async () => {
  const code = field.value.toUpperCase().replace(/[^0-9A-Z]/g, "");
  if (!code) return answer.replaceChildren();
  try {
    answer.replaceChildren(...say(code, await data));
  } catch {
    answer.replaceChildren(make("p", "Data kode tidak terbaca. Sambungkan jaringan, lalu muat ulang halaman ini."));
  }
};

form.hidden = false;
/** @type {HTMLDetailsElement} */ (document.getElementById("semua")).open = false;
field.value = new URLSearchParams(location.search).get("k") ?? "";
form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.replaceState(null, "", `?k=${encodeURIComponent(field.value.trim())}`);
  ask();
});
ask();
