// The catalogue, filtered at once by group, audience and hours. All of it is read off the page's own tables.
// @ts-check
import { make } from "./sigap.js";

const text = (/** @type {Element|null|undefined} */ e) => (e?.textContent ?? "").replace(/\s*#$/, "").trim();
const rows = [...document.querySelectorAll(".sigap-katalog tbody tr")].map((row) => {
  const cell = (/** @type {string} */ name) => text(row.querySelector(`[data-kolom="${name}"]`));
  const box = row.closest(".sigap-katalog");
  const heading = box?.previousElementSibling;
  return { row, box, heading, kelompok: text(heading), sasaran: cell("Sasaran").toLowerCase().split(", "), jp: parseInt(cell("JP"), 10) || 0 };
});
const capital = (/** @type {string} */ word) => word.charAt(0).toUpperCase() + word.slice(1);
const unique = (/** @type {string[]} */ words) => [...new Set(words)].filter(Boolean);
const hours = unique(rows.map((r) => String(r.jp))).sort((a, b) => Number(a) - Number(b));
const choices = {
  kelompok: { name: "Kelompok", options: unique(rows.map((r) => r.kelompok)).map((v) => [v, v]) },
  sasaran: { name: "Sasaran", options: unique(rows.flatMap((r) => r.sasaran)).map((v) => [v, capital(v)]) },
  jp: { name: "Paling lama", options: hours.map((v) => [v, `${v} JP`]) },
};
const asked = new URLSearchParams(location.search);
const status = make("p", { className: "saring__jumlah" });
status.setAttribute("role", "status");
/** @type {Record<string, HTMLSelectElement>} */
const fields = {};
const form = make("form", { className: "saring" });
for (const [key, { name, options }] of Object.entries(choices)) {
  const field = make("select");
  for (const [value, label] of [["", "semua"], ...options]) field.add(new Option(label, value, false, value === asked.get(key)));
  field.addEventListener("change", () => filter());
  fields[key] = field;
  form.append(make("label", {}, make("span", {}, name), field));
}
form.append(status);
form.addEventListener("submit", (event) => event.preventDefault());

const filter = () => {
  const now = new URLSearchParams(location.search);
  for (const [key, field] of Object.entries(fields)) field.value ? now.set(key, field.value) : now.delete(key);
  history.replaceState(null, "", `${now.size ? `?${now}` : location.pathname}${location.hash}`);
  let shown = 0;
  for (const one of rows) {
    const fits = (!fields.kelompok.value || one.kelompok === fields.kelompok.value) && (!fields.sasaran.value || one.sasaran.includes(fields.sasaran.value)) && (!fields.jp.value || one.jp <= Number(fields.jp.value));
    /** @type {HTMLElement} */ (one.row).hidden = !fits;
    shown += fits ? 1 : 0;
  }
  for (const box of new Set(rows.map((r) => r.box))) {
    const empty = !rows.some((r) => r.box === box && !(/** @type {HTMLElement} */ (r.row).hidden));
    for (const part of [box, box?.previousElementSibling]) if (part instanceof HTMLElement) part.hidden = empty;
  }
  status.textContent = shown === rows.length ? `${shown} modul.` : `${shown} dari ${rows.length} modul.`;
};

const place = document.querySelector(".sigap-jalan");
if (place && rows.length) {
  place.replaceChildren(form);
  filter();
}
