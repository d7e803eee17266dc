// The planner of a programme: a start, a pace, breaks and classes in; a timetable, a calendar, a table and a text out.
// Loaded when it is opened. What was chosen stands in the address, so that a link is a plan.
// @ts-check
import { breaks, clashes, clock, csv, dates, days, ics, later, limits, named, pairs, warnings, ZONES } from "./jadwal.js";
import { base, editions, make, root } from "./sigap.js";

/** @typedef {import("./jadwal.js").Break} Break */
/** @typedef {import("./jadwal.js").Class} Class */
/** @typedef {keyof typeof ZONES} Zone */
/** @typedef {{modul: string[], mulai: string, pukul: string, jp: number, setengah: string, akhir: boolean, zona: Zone, jeda: number, kerangka: boolean, rehat: Break[], jumat: Break[], angkatan: number, jarak: number, kelas: number, tim: number, bagi: number[]}} State */

const place = /** @type {HTMLElement} */ (document.getElementById("susun"));
/** @type {import("./jadwal.js").Curriculum} */
const curriculum = await fetch(new URL("kurikulum.json", base)).then((answer) => answer.json());
const programme = curriculum.programmes.find((p) => p.kode === place.dataset.program) ?? curriculum.programmes[0];
const around = programme.frame ?? curriculum.policy.kerangka.value;
const lesson = curriculum.policy.menit_per_jp.value;
const segment = base.pathname.slice(root.pathname.length).replace("/", "");
const edition = (await editions).find((e) => e.version === segment || e.aliases.includes(segment))?.title ?? "";
const long = (/** @type {string} */ date) => new Intl.DateTimeFormat("id", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(date));
const number = (/** @type {number} */ n) => new Intl.NumberFormat("id", { maximumFractionDigits: 1 }).format(n);

// --- The choice and the address ---

/** The next Monday. */
const monday = () => {
  const now = new Date();
  const today = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  return later(today, (8 - new Date(today).getUTCDay()) % 7 || 7);
};
const colon = (/** @type {number} */ minutes) => clock(minutes).replace(".", ":");
const minutes = (/** @type {string} */ text) => {
  const [hour, minute] = text.split(":").map(Number);
  return (hour || 0) * 60 + (minute || 0);
};
/** @param {Break[]} breaks */
const written = (breaks) => breaks.map((b) => `${colon(b.start)} ${b.minutes}${b.until ? `-${colon(b.until)}` : ""} ${b.name}`).join(";");
const between = (/** @type {string|number|null} */ value, /** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ other) => {
  const found = Math.round(Number(value));
  return value === null || value === "" || !Number.isFinite(found) ? other : Math.min(high, Math.max(low, found));
};

/** @type {State} */
const usual = {
  modul: programme.modules, mulai: monday(), pukul: colon(programme.start), jp: programme.lessons_per_day, setengah: "", akhir: false,
  zona: "WIB", jeda: curriculum.policy.jeda_antarsesi.value, kerangka: true, rehat: curriculum.policy.istirahat.value,
  jumat: curriculum.policy.istirahat_jumat.value, angkatan: 1, jarak: 7, kelas: 1, tim: 1, bagi: [],
};

/** @returns {State} */
const recall = () => {
  const asked = new URLSearchParams(location.search);
  const get = (/** @type {string} */ key) => asked.get(key);
  const known = new Set(curriculum.modules.map((m) => m.kode));
  const zone = get("zona");
  const half = get("setengah") ?? "";
  const day = get("mulai") ?? "";
  const chosen = [...new Set(get("modul")?.split(","))].filter((kode) => known.has(kode));
  return {
    modul: chosen.length ? chosen : usual.modul,
    mulai: /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : usual.mulai,
    pukul: /^([01]\d|2[0-3]):[0-5]\d$/.test(get("pukul") ?? "") ? /** @type {string} */ (get("pukul")) : usual.pukul,
    jp: between(get("jp"), 1, 16, usual.jp),
    setengah: ["jumat", "semua"].includes(half) ? half : "",
    akhir: get("akhir") === "1",
    zona: zone && zone in ZONES ? /** @type {Zone} */ (zone) : usual.zona,
    jeda: between(get("jeda"), 0, 60, usual.jeda),
    kerangka: get("kerangka") !== "0",
    rehat: asked.has("rehat") ? pauses(get("rehat") ?? "") : usual.rehat,
    jumat: asked.has("jumat") ? pauses(get("jumat") ?? "") : usual.jumat,
    angkatan: between(get("angkatan"), 1, 12, 1), jarak: between(get("jarak"), 0, 366, 7), kelas: between(get("kelas"), 1, 12, 1), tim: between(get("tim"), 1, 24, 1),
    bagi: (get("bagi") ?? "").split(",").map(Number).filter((n) => n > 0 && n < 25),
  };
};

/** @param {string} text @returns {Break[]} */
const pauses = (text) =>
  text.split(";").flatMap((one) => {
    const match = /^(\d\d:\d\d) (\d{1,3})(?:-(\d\d:\d\d))?(?: (.*))?$/.exec(one);
    return match ? [{ start: minutes(match[1]), minutes: Number(match[2]), until: match[3] ? minutes(match[3]) : 0, name: match[4]?.slice(0, 60) || "Rehat" }] : [];
  });

const state = recall();

const keep = () => {
  const asked = new URLSearchParams({ susun: "1" });
  const now = { ...state, modul: state.modul.join(","), rehat: written(state.rehat), jumat: written(state.jumat), kerangka: state.kerangka ? "" : "0", akhir: state.akhir ? "1" : "", bagi: state.bagi.join(",") };
  const then = { ...usual, modul: usual.modul.join(","), rehat: written(usual.rehat), jumat: written(usual.jumat), kerangka: "", akhir: "", bagi: "", mulai: "" };
  for (const [key, value] of Object.entries(now)) if (String(value) !== String(then[/** @type {keyof typeof then} */ (key)])) asked.set(key, String(value));
  history.replaceState(null, "", `?${asked}${location.hash}`);
};

// --- The plan ---

/** The days of the class that begins on a date. @param {string} first */
const planned = (first) => {
  const date = dates(first, state.akhir);
  const limit = limits(state.jp, lesson, state.setengah, date);
  const frame = state.kerangka ? around : [];
  return { date, limit, plan: days(pairs(state.modul, curriculum), { limit, start: minutes(state.pukul), breaks: breaks(state.rehat, state.jumat, date), frame, gap: state.jeda, lesson }) };
};

/** @returns {Class[]} */
const classes = () => {
  const made = [];
  for (let batch = 0; batch < state.angkatan; batch += 1) {
    const { date, plan } = planned(later(state.mulai, batch * state.jarak));
    for (let room = 0; room < state.kelas; room += 1) {
      const names = [state.angkatan > 1 && `Angkatan ${batch + 1}`, state.kelas > 1 && `Kelas ${String.fromCharCode(65 + room)}`];
      const team = Math.min(state.bagi[made.length] ?? (made.length % state.tim) + 1, state.tim);
      made.push({ name: names.filter(Boolean).join(", "), team, days: plan.map((slots, index) => ({ date: date(index), slots })) });
    }
  }
  return made;
};

// --- What is shown ---

const list = make("ul", { className: "susun__peringatan" });
const told = make("div", {}, make("p"), list);
told.setAttribute("role", "status");
const teams = make("div", { className: "susun__tim" });
const order = make("ol", { className: "susun__modul" });
const result = make("div", { className: "susun__hasil", id: "susun-hasil" });
const chat = make("textarea", { rows: 8, readOnly: true });
chat.setAttribute("aria-label", "Jadwal sebagai teks");

const title = () => (state.modul.join() === usual.modul.join() ? programme.title : `Pilihan sendiri, dari ${programme.title}`);

const draw = () => {
  keep();
  const all = classes();
  const { plan, limit } = planned(state.mulai);
  const total = plan.flat().reduce((sum, slot) => sum + (slot.session?.minutes ?? 0), 0);
  const said = warnings(state.modul, curriculum, plan, state.jp, limit);
  for (const clash of clashes(all)) said.push(`Tim ${clash.team} bentrok: ${clash.one} dan ${clash.other}, ${clash.dates.map(long).join("; ")}.`);
  const least = curriculum.policy.jp_minimum_tahunan.value;
  /** @type {HTMLElement} */ (told.firstChild).textContent =
    `${plan.length} hari, ${number(total / lesson)} JP. ${total / lesson < least ? `Di bawah ${least} JP setahun.` : `Mencapai ${least} JP setahun.`}` + (said.length ? "" : " Tidak ada yang melanggar batas.");
  list.replaceChildren(...said.map((one) => make("li", {}, one)));
  modules();
  allot(all);
  const shown = state.kelas > 1 ? all.filter((_, index) => index % state.kelas === 0) : all; // classes of a batch share their hours
  result.replaceChildren(...shown.flatMap((one, at) => [
    ...(state.angkatan > 1 ? [make("h3", {}, `Angkatan ${at + 1}`)] : []),
    ...one.days.map(({ date, slots }, index) => day(`Hari ${index + 1}, ${long(date)}`, slots)),
  ]));
  chat.value = text(all);
};

/** @param {string} heading @param {import("./jadwal.js").Slot[]} slots */
const day = (heading, slots) => {
  const table = make("table", {}, make("caption", {}, `${heading}, ${state.zona}`));
  table.append(make("thead", {}, make("tr", {}, ...["Waktu", "Kegiatan", "JP"].map((name) => make("th", { scope: "col" }, name)))));
  const body = make("tbody");
  for (const slot of slots) {
    const what = slot.module && slot.session ? [`${slot.module.kode} `, make("a", { href: String(new URL(`modul/${slot.module.slug}/`, base)) }, slot.module.title), `: ${slot.session.heading}`] : [make("em", {}, named(slot))];
    body.append(make("tr", {}, make("td", {}, `${clock(slot.start)}–${clock(slot.end)}`), make("td", {}, ...what), make("td", { className: "angka" }, slot.session ? number(slot.session.minutes / lesson) : "—")));
  }
  table.append(body);
  return table;
};

/** @param {Class[]} all */
const text = (all) => {
  const lines = [`*${title()}*`];
  for (const one of state.kelas > 1 ? all.filter((_, i) => i % state.kelas === 0) : all) {
    if (state.angkatan > 1) lines.push("", `*${one.name.split(",")[0]}*`);
    for (const [index, { date, slots }] of one.days.entries()) {
      lines.push("", `*Hari ${index + 1}, ${long(date)} (${state.zona})*`);
      for (const slot of slots) lines.push(`${clock(slot.start)}–${clock(slot.end)} ${slot.module ? `${slot.module.kode} ${slot.module.title}, ` : ""}${named(slot)}`);
    }
  }
  if (all.length > 1 && state.tim > 1) lines.push("", ...all.map((one) => `${one.name}: Tim ${one.team}`));
  return [...lines, "", `Sigap${edition && `, edisi ${edition}`}: ${location.href}`].join("\n");
};

const rows = () => [
  ["Kelas", "Tim", "Hari", "Tanggal", "Mulai", "Selesai", "Kode", "Kegiatan", "Menit"],
  ...classes().flatMap((one) => one.days.flatMap(({ date, slots }, index) =>
    slots.map((slot) => [one.name, one.team, index + 1, date, colon(slot.start), colon(slot.end), slot.module?.kode ?? "", named(slot), slot.end - slot.start]))),
];

/** @param {string} name @param {string} type @param {string} content */
const save = (name, type, content) => {
  const link = make("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

// --- Controls ---

const button = (/** @type {string} */ label, /** @type {() => void} */ act, name = label) => {
  const made = make("button", { type: "button", className: "tombol" }, label);
  if (name !== label) made.setAttribute("aria-label", name);
  made.addEventListener("click", act);
  return made;
};
/** @param {string} label @param {HTMLInputElement|HTMLSelectElement} field @param {(value: string) => void} take */
const control = (label, field, take) => {
  field.addEventListener("change", () => {
    take(field instanceof HTMLInputElement && field.type === "checkbox" ? (field.checked ? "1" : "") : field.value);
    draw();
  });
  return make("label", {}, make("span", {}, label), field);
};
/** @param {Record<string, string>} options @param {string} value */
const select = (options, value) => {
  const made = make("select");
  for (const [key, name] of Object.entries(options)) made.add(new Option(name, key, false, key === value));
  return made;
};
const count = (/** @type {string} */ label, /** @type {"jp"|"jeda"|"angkatan"|"jarak"|"kelas"|"tim"} */ key, /** @type {number} */ low, /** @type {number} */ high) => {
  const field = make("input", { type: "number", min: String(low), max: String(high), value: String(state[key]), inputMode: "numeric" });
  return control(label, field, (value) => {
    state[key] = between(value, low, high, usual[key]);
    field.value = String(state[key]);
  });
};

const modules = () => {
  const had = document.activeElement?.getAttribute("aria-label");
  const swap = (/** @type {number} */ at, /** @type {number} */ to) => {
    [state.modul[at], state.modul[to]] = [state.modul[to], state.modul[at]];
    draw();
  };
  order.replaceChildren(...state.modul.map((kode, at) => {
    const module = curriculum.modules.find((m) => m.kode === kode);
    const line = make("li", {}, make("span", {}, `${kode} ${module?.title ?? ""}`), " ");
    if (at) line.append(button("↑", () => swap(at, at - 1), `Dahulukan ${kode}`), " ");
    if (at + 1 < state.modul.length) line.append(button("↓", () => swap(at, at + 1), `Belakangkan ${kode}`), " ");
    if (state.modul.length > 1) line.append(button("Hapus", () => { state.modul = state.modul.filter((k) => k !== kode); draw(); }, `Hapus ${kode}`));
    return line;
  }));
  const rest = curriculum.modules.filter((m) => m.kode && !state.modul.includes(m.kode));
  if (rest.length) {
    const pick = select({ "": "Tambah modul…", ...Object.fromEntries(rest.map((m) => [m.kode, `${m.kode} ${m.title}`])) }, "");
    pick.setAttribute("aria-label", "Tambah modul");
    pick.addEventListener("change", () => { if (pick.value) { state.modul = [...state.modul, pick.value]; draw(); } });
    order.append(make("li", { className: "susun__tambah" }, pick));
  }
  if (had) /** @type {HTMLElement|null} */ (order.querySelector(`[aria-label="${CSS.escape(had)}"]`))?.focus();
};

/** @param {Class[]} all */
const allot = (all) => {
  teams.hidden = all.length < 2 || state.tim < 2;
  teams.replaceChildren(...(teams.hidden ? [] : all.map((one, index) => {
    const pick = select(Object.fromEntries(Array.from({ length: state.tim }, (_, n) => [n + 1, `Tim ${n + 1}`])), String(one.team));
    return control(one.name, pick, (value) => { state.bagi = all.map((other, at) => (at === index ? Number(value) : other.team)); });
  })));
};

/** The breaks of a day that can be changed, those of usual days or of Fridays. @param {"rehat"|"jumat"} which */
const pausing = (which) => {
  const made = make("div", { className: "susun__rehat" });
  const show = () => {
    made.replaceChildren(...state[which].map((pause, at) => {
      const change = (/** @type {Partial<Break>} */ what) => { state[which] = state[which].map((b, i) => (i === at ? { ...b, ...what } : b)); };
      return make("div", { className: "susun__baris" },
        control("Nama rehat", make("input", { value: pause.name, maxLength: 60 }), (value) => change({ name: value.replaceAll(";", ",").trim() || "Rehat" })),
        control("Pukul", make("input", { type: "time", value: colon(pause.start) }), (value) => change({ start: minutes(value), until: 0 })),
        control("Menit", make("input", { type: "number", min: "0", max: "240", value: String(pause.minutes) }), (value) => change({ minutes: between(value, 0, 240, 15), until: 0 })),
        button("Hapus", () => { state[which] = state[which].filter((_, i) => i !== at); show(); draw(); }, `Hapus ${pause.name}`));
    }), button("Tambah rehat", () => { state[which] = [...state[which], { name: "Rehat", start: 900, minutes: 15, until: 0 }]; show(); draw(); }));
  };
  show();
  return made;
};

const copied = make("span", { className: "susun__kabar" });
copied.setAttribute("role", "status");
const copy = button("Salin teks", async () => {
  try {
    await navigator.clipboard.writeText(chat.value);
    copied.textContent = "Tersalin.";
  } catch {
    chat.select();
    copied.textContent = "Tekan Ctrl+C untuk menyalin.";
  }
});
const file = `jadwal-${programme.slug}`;
const group = (/** @type {string} */ name, /** @type {(Node|string)[]} */ ...inside) => make("fieldset", {}, make("legend", {}, name), ...inside);
place.replaceChildren(
  make("h2", { tabIndex: -1 }, "Susun jadwal"),
  make("div", { className: "susun__atur" },
    group("Waktu",
      control("Mulai tanggal", make("input", { type: "date", value: state.mulai, required: true }), (value) => { state.mulai = value || usual.mulai; }),
      control("Mulai pukul", make("input", { type: "time", value: state.pukul }), (value) => { state.pukul = value || usual.pukul; }),
      control("Zona waktu", select({ WIB: "WIB", WITA: "WITA", WIT: "WIT" }, state.zona), (value) => { state.zona = /** @type {Zone} */ (value); }),
      count("JP sehari", "jp", 1, 16),
      control("Setengah hari", select({ "": "tidak ada", jumat: "setiap Jumat", semua: "setiap hari" }, state.setengah), (value) => { state.setengah = value; }),
      control("Pembukaan, tes, dan penutup", make("input", { type: "checkbox", checked: state.kerangka }), (value) => { state.kerangka = value === "1"; }),
      control("Sabtu dan Minggu juga", make("input", { type: "checkbox", checked: state.akhir }), (value) => { state.akhir = value === "1"; })),
    make("details", {}, make("summary", {}, "Modul dan urutannya"), order, button("Kembali ke modul program", () => { state.modul = [...usual.modul]; draw(); })),
    make("details", {}, make("summary", {}, "Rehat dan jeda"),
      count("Jeda antarsesi (menit)", "jeda", 0, 60), pausing("rehat"), group("Pada hari Jumat", pausing("jumat"))),
    make("details", { open: state.angkatan * state.kelas > 1 }, make("summary", {}, "Angkatan, kelas, dan tim fasilitator"),
      group("Kelas sejajar", count("Angkatan", "angkatan", 1, 12), count("Jarak antar-angkatan (hari)", "jarak", 0, 366), count("Kelas setiap angkatan", "kelas", 1, 12), count("Tim fasilitator", "tim", 1, 24)),
      teams)),
  told,
  make("div", { className: "susun__tombol" },
    button("Cetak", () => { document.body.dataset.cetak = "susun"; print(); delete document.body.dataset.cetak; }),
    button("Unduh kalender (.ics)", () => save(`${file}.ics`, "text/calendar", ics(classes(), ZONES[state.zona], title(), new Date()))),
    button("Unduh tabel (.csv)", () => save(`${file}.csv`, "text/csv", `\ufeff${csv(rows())}`)),
    copy, copied),
  result,
  make("details", {}, make("summary", {}, "Teks untuk percakapan"), chat),
);
draw();
