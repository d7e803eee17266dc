// The row that a reviewer adds to a module, ready to paste, and the way to the file it belongs in. Modules are read off
// the page's own table; nothing is sent or kept.
// @ts-check
import { make } from "./sigap.js";

const PAGE = "docs/panduan/status-telaah.md";
const PARTIES = ["akademisi", "praktisi", "pusdiklat", "sertifikasi"];
const PLAIN = /^[\p{L}\p{M}][\p{L}\p{M} .'-]*$/u;

const place = /** @type {HTMLElement} */ (document.getElementById("susun"));
const edit = /** @type {HTMLAnchorElement|null} */ (document.querySelector("a[rel=edit]"));
const modules = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".sigap-katalog tbody td a[href*='modul/']"))].map((link) => {
  const cells = [...(link.closest("tr")?.cells ?? [])].map((cell) => cell.textContent?.trim() ?? "");
  return { name: cells[0], version: cells[1].split(",")[0], open: PARTIES.filter((party) => cells[2].includes(party)), slug: /modul\/([^/]+)\/$/.exec(link.pathname)?.[1] ?? "" };
});

const module = make("select");
for (const [index, one] of modules.entries()) module.add(new Option(`${one.name} (versi ${one.version})`, String(index)));
const party = make("select");
const name = make("input", { type: "text", maxLength: 80, autocomplete: "name" });
const today = new Date();
const day = make("input", { type: "date", value: new Date(today.getTime() - today.getTimezoneOffset() * 60_000).toISOString().slice(0, 10) });
const row = make("textarea", { readOnly: true, rows: 2, spellcheck: false });
const said = make("p");
said.setAttribute("role", "status");
const copy = make("button", { type: "button", className: "tombol" }, "Salin baris");
const open = make("a", { className: "tombol tombol--utama", target: "_blank", rel: "noopener" }, "Buka berkas modulnya");

/** The parties that still wait come first, so that the likely one is chosen. */
const parties = () => {
  const { open: waiting } = modules[Number(module.value)];
  party.replaceChildren(...[...waiting, ...PARTIES.filter((one) => !waiting.includes(one))].map((one) => new Option(waiting.includes(one) ? one : `${one} (sudah ada)`, one)));
};

const draw = () => {
  const { slug } = modules[Number(module.value)];
  const who = name.value.trim().replace(/\s+/g, " ");
  const whole = who && day.value;
  row.value = whole ? `  - {unsur: ${party.value}, nama: ${PLAIN.test(who) ? who : JSON.stringify(who)}, tanggal: ${day.value}}` : "";
  copy.disabled = !whole;
  said.textContent = whole ? "" : "Isi nama Anda dan tanggal Anda selesai membaca.";
  open.hidden = !edit;
  if (edit) open.href = edit.href.replace(PAGE, `modules/${slug}/index.md`);
};

module.addEventListener("change", () => (parties(), draw()));
for (const field of [party, name, day]) field.addEventListener("input", draw);
copy.addEventListener("click", async () => {
  row.select();
  await navigator.clipboard.writeText(row.value).then(
    () => (said.textContent = "Baris tersalin."),
    () => (said.textContent = "Baris terpilih; salin dengan papan ketik Anda."),
  );
});

place.replaceChildren(
  make("h2", { tabIndex: -1 }, "Catat telaah saya"),
  make("p", {}, "Hanya untuk yang sudah membaca seluruh modul pada versi ini. Namanya akan terbaca semua orang, dan pelatih mempercayai modul karenanya."),
  make("fieldset", {}, ...Object.entries({ Modul: module, Unsur: party, "Nama Anda atau tim": name, "Selesai dibaca": day }).map(([label, field]) => make("label", {}, label, field))),
  make("label", {}, "Baris untuk kepala berkas", row),
  said,
  make("div", { className: "susun__tombol" }, copy, open),
  make("ol", {}, ...[
    "Salin baris, lalu buka berkas modulnya. Tanpa hak menulis, penyunting web menawarkan salinan (fork) lebih dahulu.",
    "Cari `penelaah:` di awal berkas. Bila tertulis `penelaah: []`, hapus tanda kurungnya dan tempel baris di bawahnya; bila sudah ada nama, tempel di bawah nama terakhir.",
    "Jangan ubah yang lain; versi tidak perlu naik. Usulkan perubahan itu dengan kalimat “Telaah” dan unsur Anda.",
  ].map((step) => make("li", {}, ...step.split("`").map((part, index) => (index % 2 ? make("code", {}, part) : part))))),
);
parties();
draw();
