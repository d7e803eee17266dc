// Sheets that can be filled in on a screen: every blank becomes a field, every box a tick. What is typed stays in this
// browser, is never sent, and is gone with one button. Without this script the sheet reads as it is printed.
// @ts-check
import { memory } from "./ingat.js";
import { make } from "./sigap.js";

const { kept, keep } = memory("lembar");
const blanks = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("article .isian, article .isian-kotak")]);

const plain = (/** @type {Element|null|undefined} */ e) => (e?.textContent ?? "").replace(/_+|#\s*$/g, "").replace(/\s+/g, " ").trim();

/** What a field is called: the words before it, or its row and column. @param {HTMLElement} blank */
const named = (blank) => {
  const cell = blank.closest("td");
  const before = blank.previousElementSibling?.matches(".isian-label") ? plain(blank.previousElementSibling) : "";
  const after = blank.matches(".isian-kotak") ? (blank.nextSibling?.textContent ?? "").trim() : "";
  if (!cell) return before || after || plain(blank.parentElement) || "Isian";
  const head = cell.closest("table")?.querySelectorAll("thead th")[cell.cellIndex];
  const row = [...(cell.parentElement?.children ?? [])].filter((other) => other !== cell).map(plain).filter(Boolean).slice(0, 2).join(" ");
  return [after, row, plain(head)].filter(Boolean).join(", ") || "Isian";
};

const fields = blanks.map((blank, index) => {
  const box = blank.matches(".isian-kotak");
  const long = blank.matches(".isian-sel > *") || Number(blank.dataset.baris ?? 1) > 1;
  const field = box ? make("input", { type: "checkbox" }) : long ? make("textarea", { rows: Number(blank.dataset.baris ?? 2) }) : make("input", { type: "text" });
  field.setAttribute("aria-label", named(blank));
  field.setAttribute("autocomplete", "off");
  const show = (/** @type {string} */ value) => {
    if (field instanceof HTMLInputElement && box) field.checked = value === "1";
    else field.value = value;
    blank.dataset.isi = box ? (value === "1" ? "☑" : "☐") : value;
  };
  field.addEventListener("input", () => {
    const value = field instanceof HTMLInputElement && box ? (field.checked ? "1" : "") : field.value;
    const values = kept();
    if (value) values[index] = value;
    else delete values[index];
    keep(values);
    show(value);
  });
  blank.replaceChildren(make("span", { className: "isian-kertas" }, blank.textContent ?? ""), field);
  blank.classList.add("isian--hidup");
  show(kept()[index] ?? "");
  return show;
});

const clear = document.querySelector(".isian-alat button");
const done = document.querySelector(".isian-alat [role=status]");
clear?.addEventListener("click", () => {
  keep({});
  fields.forEach((show) => show(""));
  if (done) done.textContent = "Isian dihapus dari peramban ini.";
});
