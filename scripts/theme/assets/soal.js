// Questions that are answered here: what is right and why comes once an answer was chosen. Answers stay in this browser.
// Without this script the answers are read as they stand, and what is right unfolds.
// @ts-check
import { memory } from "./ingat.js";
import { make } from "./sigap.js";

/** @typedef {{restore: () => void, right: () => boolean|null, first: HTMLInputElement}} Question */

const { kept, keep } = memory("soal");
const plain = (/** @type {Element} */ element) => (element.textContent ?? "").replace(/\s+/g, " ").trim();

/** Heading and text of a question: all that stands between its heading and its answers. @param {Element} box */
const above = (box) => {
  const text = [];
  let heading = box.previousElementSibling;
  for (; heading && heading.tagName !== "H2"; heading = heading.previousElementSibling) text.unshift(heading);
  return { title: heading ? plain(heading).replace(/\s*#$/, "") : "Soal", text };
};

/** A radio before each answer; its value is the answer, which begins with its letter. @param {HTMLElement} box @param {string} name */
const radiosIn = (box, name) =>
  [...box.querySelectorAll("li")].map((item) => {
    const radio = make("input", { type: "radio", name, value: plain(item) });
    item.append(make("label", {}, radio, make("span", {}, ...item.childNodes)));
    return radio;
  });
const letter = (/** @type {HTMLInputElement} */ radio) => radio.value.charAt(0);

/** @param {HTMLElement} box @param {number} place @returns {Question} */
const question = (box, place) => {
  const why = /** @type {HTMLDetailsElement} */ (box.nextElementSibling);
  const right = /Jawaban: (\w)/.exec(plain(why))?.[1] ?? "";
  const { title, text } = above(box);
  const key = text.map(plain).join(" "); // a question that was reworded is asked anew
  const radios = radiosIn(box, `soal-${place}`);
  const chosen = () => radios.find((radio) => radio.checked);
  const told = make("span", { className: "soal__kata" });
  told.setAttribute("role", "status");
  const show = () => {
    const mine = chosen();
    why.hidden = !mine;
    why.open = true;
    told.textContent = !mine ? "" : letter(mine) === right ? `Tepat: ${right}.` : `Belum tepat. Anda memilih ${letter(mine)}; jawabannya ${right}.`;
  };
  const hide = () => {
    why.hidden = true;
    told.textContent = "";
  };
  const check = make("button", { type: "button", className: "tombol" }, "Periksa jawaban");
  check.addEventListener("click", () => {
    const mine = chosen();
    if (mine) keep({ ...kept(), [key]: mine.value });
    show();
    if (!mine) told.textContent = "Pilih satu jawaban lebih dahulu.";
    total();
  });
  radios.forEach((radio) => radio.addEventListener("change", () => (hide(), total())));
  text.forEach((part, index) => (part.id = `soal-${place}-teks-${index}`));
  const legend = make("legend", { className: "sr" }, `${title}: pilih satu jawaban`);
  const set = make("fieldset", { className: "soal" }, legend, ...box.childNodes, make("p", {}, check, told));
  set.setAttribute("aria-describedby", text.map((part) => part.id).join(" "));
  box.append(set);
  return {
    first: radios[0],
    right: () => (why.hidden ? null : letter(/** @type {HTMLInputElement} */ (chosen())) === right),
    restore: () => {
      radios.forEach((radio) => (radio.checked = radio.value === kept()[key]));
      show();
    },
  };
};

const count = make("span", {});
count.setAttribute("role", "status");
const questions = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("article .sigap-soal")]).map(question);

const total = () => {
  const results = questions.map((one) => one.right()).filter((right) => right !== null);
  const rights = results.filter(Boolean).length;
  count.textContent = results.length ? `Terjawab ${results.length} dari ${questions.length} soal, ${rights} tepat.` : `${questions.length} soal belum dijawab.`;
};

if (questions.length) {
  const again = make("button", { type: "button", className: "tombol" }, "Ulangi");
  again.addEventListener("click", () => {
    keep({});
    questions.forEach((one) => one.restore());
    total();
    questions[0].first.focus();
  });
  const note = make("span", { className: "isian-alat" }, "Jawaban disimpan hanya di peramban ini dan tidak dikirim ke mana pun.");
  document.querySelector("article")?.append(make("div", { className: "soal__alat" }, count, again, note));
  questions.forEach((one) => one.restore());
  total();
}
