// A programme's days: which session starts when, on which date, for which class. Pure arithmetic, no page: the first
// part is timetable.py again, and a test holds the two against each other over thousands of cases.
// @ts-check

/**
 * What `kurikulum.json` says; times in minutes, times of day in minutes after midnight.
 * @typedef {{number: number|null, title: string, heading: string, minutes: number}} Session
 * @typedef {{theory: number, assignment: number, fieldwork: number}} Hours
 * @typedef {{kode: string, slug: string, title: string, prerequisites: string[], hours: Hours|null, sessions: Session[]|null}} Module
 * @typedef {{name: string, start: number, minutes: number, until: number}} Break
 * @typedef {{name: string, minutes: number, days: string, place: string}} Part
 * @typedef {{kode: string, title: string, slug: string, modules: string[], lessons_per_day: number, start: number, frame: Part[]|null}} Programme
 * @typedef {{policy: Record<string, {value: any, source: string}>, modules: Module[], programmes: Programme[]}} Curriculum
 * @typedef {{module: Module, session: Session}} Pair
 * @typedef {{start: number, end: number, module?: Module, session?: Session, frame?: Part, pause?: Break}} Slot
 * How days are made: `limit` says how many minutes day 0, 1, 2 … holds, `breaks` which breaks it has.
 * @typedef {{limit: (day: number) => number, start: number, breaks: (day: number) => Break[], frame: Part[], gap: number, lesson: number}} Rhythm
 * @typedef {{name: string, team: number, days: {date: string, slots: Slot[]}[]}} Class
 */

// --- As in timetable.py ---

/** The sessions of some modules in order; a kode that is not there is passed over. @param {string[]} kodes @param {Curriculum} curriculum @returns {Pair[]} */
export const pairs = (kodes, curriculum) => {
  const known = new Map(curriculum.modules.map((module) => [module.kode, module]));
  return kodes.flatMap((kode) => {
    const module = known.get(kode);
    return module ? (module.sessions ?? []).filter((s) => s.minutes).map((session) => ({ module, session })) : [];
  });
};

/**
 * Sessions in order, filled into days, with what frames them. A session is never split.
 * @param {Pair[]} all @param {Rhythm} rhythm @returns {Slot[][]}
 */
export const days = (all, rhythm) => {
  const taught = filled(all, rhythm.limit);
  return taught.map((sessions, number) => {
    const parts = rhythm.frame.filter((part) => fallsOn(part, number, taught.length - 1));
    const at = (/** @type {string} */ place) => parts.filter((part) => part.place === place).map((part) => ({ start: 0, end: part.minutes, frame: part }));
    return schedule([...at("awal"), ...sessions, ...at("akhir")], rhythm, rhythm.breaks(number));
  });
};

/** The sessions of each day, not yet at their times. @param {Pair[]} all @param {(day: number) => number} limit */
const filled = (all, limit) => {
  /** @type {Slot[][]} */
  const made = [];
  /** @type {Slot[]} */
  let day = [];
  for (const { module, session } of all) {
    if (day.length && total(day) + session.minutes > limit(made.length)) {
      made.push(day);
      day = [];
    }
    day.push({ start: 0, end: session.minutes, module, session });
  }
  return day.length ? [...made, day] : made;
};

const lasting = (/** @type {Slot} */ slot) => slot.end - slot.start;
const total = (/** @type {Slot[]} */ slots) => slots.reduce((sum, slot) => sum + lasting(slot), 0);

/** Whether a part of the frame stands on a day; days are numbered from 0 to `last`. @param {Part} part @param {number} day @param {number} last */
const fallsOn = ({ days }, day, last) =>
  days === "pertama" ? day === 0 : days === "kecuali-pertama" ? day > 0 : days === "terakhir" ? day === last : days === "kecuali-terakhir" ? day < last : true;

/**
 * One day. Between two of its slots stands one break at most: where several fall together, the longest; none before
 * the first session, and none before a closing of less than a lesson hour.
 * @param {Slot[]} day @param {Rhythm} rhythm @param {Break[]} breaks @returns {Slot[]}
 */
const schedule = (day, { start: now, gap, lesson }, breaks) => {
  const waiting = breaks.filter((b) => b.start > now).sort((a, b) => a.start - b.start);
  /** @type {Slot[]} */
  const slots = [];
  let taught = false;
  for (const [number, slot] of day.entries()) {
    /** @type {Break|undefined} */
    let pause;
    let start = now;
    const may = taught && (slot.session || total(day.slice(number)) >= lesson);
    while (may && waiting.length && nearer(waiting[0].start, start, start + lasting(slot))) {
      const following = /** @type {Break} */ (waiting.shift());
      if (!pause || following.minutes > pause.minutes) pause = following;
      start = Math.max(now + pause.minutes, pause.until);
    }
    if (pause) slots.push({ start: now, end: start, pause });
    else if (slot.session && slots[slots.length - 1]?.session) start += gap;
    now = start + lasting(slot);
    slots.push({ ...slot, start, end: now });
    taught ||= Boolean(slot.session);
  }
  return slots;
};

/** What stands in a slot: the session's heading, or the name of the part or the break. @param {Slot} slot */
export const named = ({ session, frame, pause }) => session?.heading ?? frame?.name ?? pause?.name ?? "";

/** Whether the wished time is nearer to `now` than to the end. @param {number} wished @param {number} now @param {number} end */
const nearer = (wished, now, end) => Math.abs(wished - now) <= Math.abs(end - wished);

/** Minutes after midnight as Indonesians write them: 08.30. @param {number} minutes */
export const clock = (minutes) => `${two(Math.floor(minutes / 60) % 24)}.${two(minutes % 60)}`;

const two = (/** @type {number} */ n) => String(n).padStart(2, "0");

// --- Dates and classes. A date is `2026-11-30`; reckoned in UTC, where every day has 24 hours ---

const DAY = 86_400_000;
const weekday = (/** @type {string} */ date) => new Date(date).getUTCDay();
const FRIDAY = 5;
const friday = (/** @type {string} */ date) => weekday(date) === FRIDAY;
/** @param {string} date @param {number} by */
export const later = (date, by) => new Date(Date.parse(date) + by * DAY).toISOString().slice(0, 10);
const free = (/** @type {string} */ date) => [0, 6].includes(weekday(date));

/** The date of day 0, 1, 2 …; Saturdays and Sundays are passed over unless `weekends`. @param {string} first @param {boolean} weekends */
export const dates = (first, weekends) => (/** @type {number} */ day) => {
  let date = first;
  for (let left = day; ; date = later(date, 1)) {
    if (!weekends && free(date)) continue;
    if (left-- === 0) return date;
  }
};

/**
 * How many minutes each day holds: half of the lessons on half days, which are none, Fridays (`jumat`) or all (`semua`).
 * @param {number} lessons @param {number} minutes of one lesson @param {string} half @param {(day: number) => string} date
 */
export const limits = (lessons, minutes, half, date) => (/** @type {number} */ day) =>
  minutes * (half === "semua" || (half === "jumat" && friday(date(day))) ? Math.max(1, Math.floor(lessons / 2)) : lessons);

/**
 * Which breaks each day has: those of a Friday on Fridays, where there are any.
 * @param {Break[]} usual @param {Break[]} onFriday @param {(day: number) => string} date
 */
export const breaks = (usual, onFriday, date) => (/** @type {number} */ day) => (onFriday.length && friday(date(day)) ? onFriday : usual);

/** Two classes of one team at the same time, each pair once. @param {Class[]} classes */
export const clashes = (classes) => {
  const found = [];
  for (const [index, one] of classes.entries())
    for (const other of classes.slice(index + 1)) {
      const on = one.team === other.team ? one.days.filter((a) => other.days.some((b) => a.date === b.date && meet(a.slots, b.slots))) : [];
      if (on.length) found.push({ team: one.team, one: one.name, other: other.name, dates: on.map((a) => a.date) });
    }
  return found;
};

/** @param {Slot[]} a @param {Slot[]} b */
const meet = (a, b) => a[0].start < b[b.length - 1].end && b[0].start < a[a.length - 1].end;

// --- Limits ---

/**
 * What an order of modules and a plan break, as sentences.
 * @param {string[]} kodes @param {Curriculum} curriculum @param {Slot[][]} plan @param {number} lessons @param {(day: number) => number} limit
 */
export const warnings = (kodes, curriculum, plan, lessons, limit) => {
  const said = [];
  const most = curriculum.policy.jp_maksimum_per_hari.value;
  if (lessons > most) said.push(`Paling banyak ${most} JP sehari menurut kebijakan kurikulum; Anda meminta ${lessons} JP.`);
  for (const [index, kode] of kodes.entries())
    for (const needed of curriculum.modules.find((m) => m.kode === kode)?.prerequisites ?? []) {
      const at = kodes.indexOf(needed);
      if (at < 0) said.push(`${kode} memerlukan ${needed}, yang tidak ada dalam pilihan; pastikan peserta sudah mengikutinya.`);
      else if (at > index) said.push(`${kode} memerlukan ${needed}, yang baru diajarkan sesudahnya.`);
    }
  for (const [index, slots] of plan.entries()) {
    for (const { module, session } of slots)
      if (session && session.minutes > limit(index)) said.push(`${module?.kode} ${session.heading} (${session.minutes} menit) tidak muat dalam hari ${index + 1}.`);
    const end = slots[slots.length - 1].end;
    const latest = curriculum.policy.pukul_selesai_terakhir.value ?? 24 * 60;
    if (end > 24 * 60) said.push(`Hari ${index + 1} melewati tengah malam.`);
    else if (end > latest) said.push(`Hari ${index + 1} selesai pukul ${clock(end)}; menurut kebijakan kurikulum paling lambat ${clock(latest)}.`);
  }
  return said;
};

// --- Out ---

const QUOTE = /[",;\n\r]/;
/** Rows as CSV that a spreadsheet takes for text, never for a formula. @param {(string|number)[][]} rows */
export const csv = (rows) =>
  rows
    .map((row) =>
      row
        .map((value) => (typeof value === "string" && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value)))
        .map((text) => (QUOTE.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
        .join(","),
    )
    .join("\r\n") + "\r\n";

/** Hours ahead of UTC; there is no summer time in Indonesia. */
export const ZONES = { WIB: 7, WITA: 8, WIT: 9 };

/**
 * A calendar of all sessions and of what frames them (RFC 5545), in UTC, so that it needs no table of zones.
 * @param {Class[]} classes @param {number} ahead hours of the zone @param {string} name @param {Date} now
 */
export const ics = (classes, ahead, name, now) => {
  const stamp = (/** @type {Date} */ when) => when.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const at = (/** @type {string} */ date, /** @type {number} */ minutes) => stamp(new Date(Date.parse(date) + (minutes - ahead * 60) * 60_000));
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sigap//Jadwal//ID", `X-WR-CALNAME:${escaped(name)}`];
  for (const [index, one] of classes.entries())
    for (const { date, slots } of one.days)
      for (const slot of slots)
        if (!slot.pause)
          lines.push(
            "BEGIN:VEVENT",
            `UID:${date}-${slot.start}-${slot.module?.kode ?? ""}-${index + 1}@sigap`,
            `DTSTAMP:${stamp(now)}`,
            `DTSTART:${at(date, slot.start)}`,
            `DTEND:${at(date, slot.end)}`,
            `SUMMARY:${escaped([slot.module?.kode, named(slot)].filter(Boolean).join(" "))}`,
            `DESCRIPTION:${escaped([name, one.name, slot.module?.title].filter(Boolean).join("\n"))}`,
            "END:VEVENT",
          );
  return [...lines, "END:VCALENDAR", ""].map(folded).join("\r\n");
};

const escaped = (/** @type {string} */ text) => text.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");

/** A line of at most 75 bytes, going on in the next after a blank. @param {string} line */
const folded = (line) => {
  const pieces = [""];
  let bytes = 0;
  for (const letter of line) {
    const size = new TextEncoder().encode(letter).length;
    if (bytes + size > 74) {
      pieces.push("");
      bytes = 0;
    }
    pieces[pieces.length - 1] += letter;
    bytes += size;
  }
  return pieces.join("\r\n ");
};
