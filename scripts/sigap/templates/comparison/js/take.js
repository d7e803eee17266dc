// Take it along: what is shown as one file that opens anywhere, and the whole text as a Word document with tracked changes.
import { load, node } from "./dom.js";
import { swap } from "./marks.js";
import { writer } from "./word.js";
import { zip } from "./zip.js";

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/**
 * @typedef {object} Text
 * @property {string[]} sentences what changed, in words
 * @property {boolean} back told the other way round
 * @property {() => Promise<string>} whole the whole marked text, in the order that is stored
 */
/** @typedef {{name: string, title: string}} Named the name of a file without its ending, and what it is about */

/** @param {Blob} data @param {string} name */
function save(data, name) {
  const link = node("a", { href: URL.createObjectURL(data), download: name });
  document.body.append(link); // some browsers follow only links of the page
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The page as it is shown, without what only works here; its styles within, its links led to this site. @param {Named} of */
export async function pageOf({ title }) {
  const sheets = /** @type {HTMLLinkElement[]} */ ([...document.querySelectorAll("link[rel=stylesheet]")]);
  const style = (await Promise.all(sheets.map((sheet) => fetch(sheet.href).then((answer) => answer.text())))).join("\n");
  const main = /** @type {HTMLElement} */ (document.querySelector("main")?.cloneNode(true));
  for (const part of main.querySelectorAll("form, noscript, button, [role=status], .saring, .centang, .ke-daftar, .sudah")) part.remove();
  for (const part of main.querySelectorAll("[style]")) part.removeAttribute("style");
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (main.querySelectorAll("a[href]"))) {
    if (!link.getAttribute("href")?.startsWith("#")) link.setAttribute("href", link.href);
  }
  for (const image of main.querySelectorAll("img")) image.setAttribute("src", image.src);
  for (const panel of main.querySelectorAll(".daftar")) panel.className = "daftar-terbuka";
  const from = node("p", {}, "Contoh, bukan modul resmi Kemensos. Dari ", node("a", { href: location.href, textContent: location.href }), ".");
  main.querySelector("h1")?.replaceWith(node("h1", { textContent: title }), from);
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src ${location.origin} data:; base-uri 'none'; form-action 'none'`;
  const head = [node("meta", { httpEquiv: "Content-Security-Policy", content: policy }),
    node("meta", { name: "viewport", content: "width=device-width,initial-scale=1" }), node("title", { textContent: title })];
  return `<!doctype html>\n<html lang="id">\n<head>\n<meta charset="utf-8">\n${head.map((one) => one.outerHTML).join("\n")}\n`
    + `<style>${style}</style>\n</head>\n<body>\n${main.outerHTML}\n</body>\n</html>\n`;
}

/** The whole text with tracked changes: accept all is the new side, reject all the old one. @param {Named} of @param {Text} text */
export async function wordOf({ title }, { sentences, back, whole }) {
  const parts = await load("word.json");
  const text = document.createElement("template"); // inert: no image is asked for
  text.innerHTML = await whole();
  if (back) swap(text.content);
  const made = writer();
  const body = [
    made.line(title, "Title"),
    made.line("Terima semua perubahan untuk memperoleh teks baru; tolak semua untuk teks lama."),
    made.line("Contoh, bukan modul resmi Kemensos."),
    made.told(sentences),
    made.marked(text.content),
  ].join("");
  /** @type {Record<string, string>} */
  const holes = { "%judul%": title.replace(/&/g, "&amp;").replace(/</g, "&lt;"), "%isi%": body, "%daftar%": made.lists() };
  return zip(Object.entries(parts).map(([name, content]) =>
    [name, String(content).replace(/%judul%|%isi%|%daftar%/g, (hole) => holes[hole])]), WORD);
}

/**
 * The buttons that take it along.
 * @param {Named} of
 * @param {(text: string) => void} failed
 * @param {Text} [text] of one module or programme that both sides have
 */
export function takeAlong(of, failed, text) {
  /** @param {string} label @param {() => Promise<void>} act */
  const button = (label, act) => node("button", {
    type: "button", textContent: label,
    onclick: () => act().catch(() => failed("Berkas tidak dapat dibuat. Periksa sambungan, lalu muat ulang halaman ini.")),
  });
  return node("div", { className: "tampilan bawa", role: "group", "aria-label": "Bawa pulang" },
    button("Unduh halaman ini", async () => save(new Blob([await pageOf(of)], { type: "text/html" }), `${of.name}.html`)),
    text ? button("Unduh sebagai Word", async () => save(await wordOf(of, text), `${of.name}.docx`)) : null);
}
