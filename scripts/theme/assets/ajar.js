// Mode mengajar: one session of a module at a time, with its clock. Everything is read off the page's own tables and
// kept in this browser only, so that it works without a network and across a reload.
// @ts-check
import { kode, make } from "./sigap.js";

/**
 * @typedef {{stage: string, trainer: Node[], learner: Node[], method: string, indicators: number[], minutes: number, start: number}} Row
 * @typedef {{number: number, title: string, rows: Row[], guide: Element[], heading: Element}} Session
 * `since`: when the clock was started last, 0 while it stands; `spent`: milliseconds in this row before; `before`: in earlier rows.
 * @typedef {{begin: string, row: number, since: number, spent: number, before: number, ticks: Record<string, boolean>}} State
 */

const MINUTE = 60_000;
const versi = document.querySelector('meta[name="sigap:versi"]')?.getAttribute("content") ?? "";
const name = (/** @type {Element|null|undefined} */ e) => (e?.textContent ?? "").replace(/#\s*$/, "").trim();
const copies = (/** @type {Element|null} */ e) => [...(e?.childNodes ?? [])].map((node) => node.cloneNode(true));

// --- What the page holds ---

/** @returns {Session[]} */
const read = () => {
  const found = [];
  for (const heading of document.querySelectorAll("article h3")) {
    const match = /^Sesi (\d+): (.*)$/.exec(name(heading));
    if (!match) continue;
    /** @type {Row[]} */
    const rows = [];
    /** @type {Element[]} */
    const guide = [];
    let guiding = false;
    for (let next = heading.nextElementSibling; next && !/^H[123]$/.test(next.tagName); next = next.nextElementSibling) {
      if (next.tagName === "H4") guiding = name(next) === "Panduan fasilitator";
      else if (guiding) guide.push(next);
      for (const line of next.matches("table") ? next.querySelectorAll("tr[data-ke]") : []) rows.push(row(line));
    }
    if (rows.length) found.push({ number: Number(match[1]), title: match[2], rows, guide, heading });
  }
  return found;
};

/** @param {Element} line @returns {Row} */
const row = (line) => {
  const cell = (/** @type {string} */ column) => line.querySelector(`[data-kolom="${column}"]`);
  return {
    stage: name(cell("Tahap")),
    trainer: copies(cell("Kegiatan fasilitator")),
    learner: copies(cell("Kegiatan peserta")),
    method: name(cell("Metode")),
    indicators: name(cell("IHB")).split(/\s*,\s*/).map(Number).filter(Boolean),
    minutes: Number(name(cell("Menit"))),
    start: Number(line.getAttribute("data-ke")),
  };
};

const indicators = [...document.querySelectorAll("#indikator-hasil-belajar ~ ol")][0]?.querySelectorAll(":scope > li") ?? [];
const sessions = read();

// --- What is kept ---

const place = (/** @type {Session} */ session) => `sigap:ajar:${kode}:${versi}:${session.number}`;

/** @param {Session} session @returns {State} */
const recall = (session) => {
  const fresh = { begin: "08:00", row: 0, since: 0, spent: 0, before: 0, ticks: {} };
  try {
    const kept = { ...fresh, ...JSON.parse(localStorage.getItem(place(session)) ?? "{}") };
    return kept.row < session.rows.length ? kept : fresh;
  } catch {
    return fresh;
  }
};

const keep = () => {
  try {
    localStorage.setItem(place(session), JSON.stringify(state));
  } catch {
    // a browser that keeps nothing still teaches
  }
};

// --- The clock ---

/** @type {Session} */
let session = sessions[0];
/** @type {State} */
let state = session && recall(session);
/** @type {any} */
let awake = null;

const spent = () => state.spent + (state.since ? Date.now() - state.since : 0);
const left = () => session.rows[state.row].minutes * MINUTE - spent();
const total = () => session.rows.reduce((sum, one) => sum + one.minutes, 0) * MINUTE;
/** How much later than planned this is, in milliseconds; negative when ahead. */
const late = () => state.before + spent() - session.rows[state.row].start * MINUTE - Math.min(spent(), session.rows[state.row].minutes * MINUTE);
const clock = (/** @type {number} */ minutes) => {
  const [hour, minute] = state.begin.split(":").map(Number);
  const at = Math.round((hour || 0) * 60 + (minute || 0) + minutes);
  return `${String(Math.floor(at / 60) % 24).padStart(2, "0")}.${String(at % 60).padStart(2, "0")}`;
};
const countdown = (/** @type {number} */ ms) => {
  const seconds = Math.abs(Math.ceil(ms / 1000));
  return `${ms < 0 ? "+" : ""}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

const run = async () => {
  state.since = Date.now();
  keep();
  draw();
  awake = await /** @type {any} */ (navigator).wakeLock?.request("screen").catch(() => null);
};
const pause = () => {
  state.spent = spent();
  state.since = 0;
  awake?.release?.();
  awake = null;
  keep();
  draw();
};
/** @param {number} to */
const move = (to) => {
  if (to < 0 || to >= session.rows.length) return;
  const moving = state.since > 0;
  const done = to > state.row ? spent() : 0;
  state.before = to > state.row ? state.before + done : session.rows[to].start * MINUTE;
  state.row = to;
  state.spent = 0;
  state.since = moving ? Date.now() : 0;
  keep();
  draw();
  say(`${session.rows[to].stage}, ${session.rows[to].minutes} menit.`);
};
const reset = () => {
  state = { begin: state.begin, row: 0, since: 0, spent: 0, before: 0, ticks: {} };
  keep();
  draw();
};

// --- What is shown ---

const dialog = make("dialog", { className: "ajar", id: "ajar" });
dialog.setAttribute("aria-labelledby", "ajar-judul");
const live = make("p", { className: "sr" });
live.setAttribute("role", "status");
const say = (/** @type {string} */ text) => (live.textContent = text);
const button = (/** @type {string} */ text, /** @type {() => void} */ act, kind = "") => {
  const made = make("button", { type: "button", className: `tombol ${kind}` }, text);
  made.addEventListener("click", act);
  return made;
};
const begin = make("input", { type: "time", id: "ajar-mulai" });
begin.addEventListener("change", () => {
  state.begin = begin.value || "08:00";
  keep();
  draw();
});
const face = make("p", { className: "ajar__hitung" });
const plan = make("p", { className: "ajar__rencana" });
const now = make("section", { className: "ajar__kini" });
const then = make("section", { className: "ajar__lalu" });
const guide = make("details", { className: "ajar__panduan" });
const toggle = button("Mulai", () => (state.since ? pause() : run()), "tombol--utama");
const pick = make("select", { id: "ajar-sesi" });
pick.addEventListener("change", () => open(sessions[pick.selectedIndex]));
const full = button("Layar penuh", () => (document.fullscreenElement ? document.exitFullscreen() : dialog.requestFullscreen?.()));

const draw = () => {
  const row = session.rows[state.row];
  begin.value = state.begin;
  toggle.textContent = state.since ? "Jeda" : spent() || state.row ? "Lanjutkan" : "Mulai";
  const times = `${clock(row.start)}–${clock(row.start + row.minutes)}`;
  now.replaceChildren(
    make("h3", {}, `${row.stage} · ${row.minutes} menit · ${times}`),
    make("p", {}, make("strong", {}, "Anda: "), ...row.trainer.map((n) => n.cloneNode(true))),
    make("p", {}, make("strong", {}, "Peserta: "), ...row.learner.map((n) => n.cloneNode(true))),
    make("p", { className: "ajar__kecil" }, `${row.method}. Baris ${state.row + 1} dari ${session.rows.length}.`),
    make("ul", { className: "ajar__kecil" }, ...row.indicators.map((n) => make("li", {}, `IHB ${n}: ${name(indicators[n - 1]) || "…"}`))),
  );
  const rest = session.rows.slice(state.row + 1);
  const longest = rest.reduce((a, b) => (b.minutes > (a?.minutes ?? 0) ? b : a), /** @type {Row|undefined} */ (undefined));
  then.replaceChildren(make("h3", {}, rest.length ? "Sesudah ini" : "Ini kegiatan terakhir"));
  const list = make("ol", { className: "ajar__kecil" });
  for (const one of rest) list.append(make("li", {}, `${clock(one.start)} ${one.stage}, ${one.minutes} menit: `, ...one.trainer.map((n) => n.cloneNode(true))));
  then.append(list);
  if (longest) then.append(make("p", { className: "ajar__kecil" }, `Bila waktu kurang: yang terpanjang masih ${longest.minutes} menit (${clock(longest.start)}).`));
  tick();
};

const tick = () => {
  const ms = left();
  face.textContent = countdown(ms);
  face.classList.toggle("ajar__hitung--lewat", ms < 0);
  const behind = Math.round(late() / MINUTE);
  const end = clock(total() / MINUTE + Math.max(0, behind) + Math.min(0, behind));
  plan.textContent = `${behind > 0 ? `Terlambat ${behind} menit.` : behind < 0 ? `Lebih cepat ${-behind} menit.` : "Sesuai rencana."} Selesai sekitar ${end}.`;
};

/** The guide with a tick at each step, kept like the rest. */
const steps = () => {
  guide.replaceChildren(make("summary", {}, "Panduan fasilitator"));
  for (const part of session.guide) {
    const copy = /** @type {Element} */ (part.cloneNode(true));
    copy.querySelectorAll("[id]").forEach((e) => e.removeAttribute("id"));
    guide.append(copy);
    for (const item of copy.matches("ol, ul") ? copy.children : []) {
      const key = `${[...guide.children].indexOf(copy)}.${[...copy.children].indexOf(item)}`;
      const box = make("input", { type: "checkbox", checked: Boolean(state.ticks[key]) });
      box.setAttribute("aria-label", `Selesai: ${name(item).slice(0, 60)}`);
      box.addEventListener("change", () => {
        state.ticks[key] = box.checked;
        keep();
      });
      item.prepend(box, " ");
    }
  }
  guide.hidden = !session.guide.length;
};

/** @param {Session} which */
const open = (which) => {
  session = which;
  state = recall(which);
  pick.selectedIndex = sessions.indexOf(which);
  steps();
  draw();
  if (!dialog.open) dialog.showModal();
  toggle.focus();
};

const build = () => {
  for (const one of sessions) pick.add(new Option(`Sesi ${one.number}: ${one.title}`));
  dialog.append(
    make("div", { className: "ajar__atas" },
      make("h2", { id: "ajar-judul" }, "Mode mengajar"),
      make("label", {}, "Sesi ", pick),
      make("label", {}, "Mulai pukul ", begin),
      full, button("Tutup", () => dialog.close())),
    face, plan,
    make("div", { className: "ajar__tombol" }, button("‹ Sebelumnya", () => move(state.row - 1)), toggle, button("Berikutnya ›", () => move(state.row + 1)), button("Ulangi dari awal", reset)),
    make("div", { className: "ajar__isi" }, now, then, guide),
    make("p", { className: "ajar__kecil" }, "Papan ketik: spasi mulai dan jeda, panah kiri dan kanan pindah kegiatan, Esc menutup. Semua disimpan hanya di peramban ini."),
    live,
  );
  document.body.append(dialog);
  dialog.addEventListener("keydown", (event) => {
    if (event.target instanceof HTMLElement && event.target.matches("input, select, button, summary") && (event.key === " " || event.target.matches("select, input"))) return;
    if (event.key === " ") state.since ? pause() : run();
    else if (event.key === "ArrowRight") move(state.row + 1);
    else if (event.key === "ArrowLeft") move(state.row - 1);
    else return;
    event.preventDefault();
  });
  let told = "";
  setInterval(() => {
    if (!dialog.open || !state.since) return;
    tick();
    const mark = `${session.number}.${state.row}`;
    if (left() <= 0 && told !== mark) {
      told = mark;
      say(`Waktu ${session.rows[state.row].stage} habis.`);
      navigator.vibrate?.([200, 100, 200]);
    }
  }, 500);
  document.addEventListener("visibilitychange", async () => {
    if (!document.hidden && state.since && dialog.open) awake = await /** @type {any} */ (navigator).wakeLock?.request("screen").catch(() => null);
  });
  document.getElementById("ajar-sekarang")?.addEventListener("click", () => open(session));
  for (const one of sessions) {
    const start = button(`▶ Ajarkan sesi ${one.number}`, () => open(one), "ajar__buka");
    one.heading.after(start);
  }
};

if (sessions.length) build();
