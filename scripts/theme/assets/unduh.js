// The whole edition as one ZIP: put together here from files that the site has anyway, so that no edition stores one.
// The same edition gives the same bytes: files by name, stored as they are, without time.
// @ts-check
import { base, editions, make, root } from "./sigap.js";

/** @typedef {{berkas: [string, string, number][], baca: string}} Contents */
/** @typedef {{name: Uint8Array, data: Uint8Array, sum: number}} Held */

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
const crc = (/** @type {Uint8Array} */ data) => {
  let c = 0xffffffff;
  for (const byte of data) c = TABLE[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
};

/** Numbers as little-endian bytes. @param {...[number, 2|4]} fields */
const numbers = (...fields) => {
  const made = new DataView(new ArrayBuffer(fields.reduce((all, [, width]) => all + width, 0)));
  let at = 0;
  for (const [value, width] of fields) {
    if (width === 2) made.setUint16(at, value, true);
    else made.setUint32(at, value, true);
    at += width;
  }
  return new Uint8Array(made.buffer);
};

/** What a file's head and its entry in the list share: names in ASCII, stored, 1 January 1980. @param {Held} file @returns {[number, 2|4][]} */
const shared = (file) => [[20, 2], [0, 2], [0, 2], [0, 2], [0x21, 2], [file.sum, 4], [file.data.length, 4], [file.data.length, 4], [file.name.length, 2], [0, 2]];

/** @param {Held[]} files */
const zip = (files) => {
  /** @type {Uint8Array[]} */
  const parts = [];
  /** @type {Uint8Array[]} */
  const list = [];
  let at = 0;
  for (const file of files) {
    const head = numbers([0x04034b50, 4], ...shared(file));
    parts.push(head, file.name, file.data);
    list.push(numbers([0x02014b50, 4], [20, 2], ...shared(file), [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), file.name);
    at += head.length + file.name.length + file.data.length;
  }
  const size = list.reduce((all, part) => all + part.length, 0);
  const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [size, 4], [at, 4], [0, 2]);
  return new Blob(/** @type {BlobPart[]} */ ([...parts, ...list, end]), { type: "application/zip" });
};

const held = (/** @type {string} */ name, /** @type {Uint8Array} */ data) => ({ name: new TextEncoder().encode(name), data, sum: crc(data) });

/** @param {Contents} contents @param {(done: number) => void} told */
const gathered = async (contents, told) => {
  const files = [held("BACA-SAYA.md", new TextEncoder().encode(contents.baca))];
  for (let at = 0; at < contents.berkas.length; at += 6) {
    const some = contents.berkas.slice(at, at + 6).map(async ([name, address]) => {
      const answer = await fetch(new URL(address, base));
      if (!answer.ok) throw new Error(`${answer.status} ${address}`);
      return held(name, new Uint8Array(await answer.arrayBuffer()));
    });
    files.push(...(await Promise.all(some)));
    told(files.length);
  }
  return files;
};

const offer = async () => {
  const tools = document.querySelector(".alat");
  const segment = base.pathname.slice(root.pathname.length).replace("/", "");
  const edition = (await editions).find((e) => e.version === segment || e.aliases.includes(segment));
  if (!tools || !edition) return;
  const contents = /** @type {Contents} */ (await fetch(new URL("unduh.json", base)).then((answer) => answer.json()));
  const bytes = contents.berkas.reduce((all, [, , size]) => all + size, 0);
  const size = new Intl.NumberFormat("id", { maximumFractionDigits: 1 }).format(bytes / 1e6);
  const button = make("button", { type: "button", className: "tombol" }, `Unduh seluruh edisi ${edition.title} (ZIP, ${size} MB)`);
  const status = make("span", {});
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const files = await gathered(contents, (done) => (status.textContent = `Mengambil ${done} dari ${contents.berkas.length + 1} berkas…`));
      const address = URL.createObjectURL(zip(files));
      make("a", { href: address, download: `sigap-${edition.version}.zip` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      status.textContent = "Selesai: PDF siap cetak, Markdown, dan data dalam satu berkas.";
    } catch {
      status.textContent = "Belum terunduh seluruhnya. Periksa sambungan, lalu coba lagi.";
    }
    button.disabled = false;
  });
  tools.append(make("li", { className: "simpan" }, button, " ", status));
};

offer().catch(() => {}); // without its data the page reads as before
