// A programme's days: which session starts when, on which date, for which class. Pure arithmetic, no page: the first
// part is timetable.py again, and a test holds the two against each other over thousands of cases.
// @ts-check

/**
 * What `kurikulum.json` says; times in minutes, times of day in minutes after midnight.
 * @typedef {{number: number|null, title: string, heading: string, minutes: number}} Session
 * @typedef {{theory: number, assignment: number, fieldwork: number}} Hours
 * @typedef {{kode: string, slug: string, title: string, prerequisites: string[], hours: Hours|null, sessions: Session[]|null}} Module
 * @typedef {{name: string, start: number, minutes: number}} Break
 * @typedef {{kode: string, title: string, slug: string, modules: string[], lessons_per_day: number, start: number}} Programme
 * @typedef {{policy: Record<string, {value: any, source: string}>, modules: Module[], programmes: Programme[]}} Curriculum
 * @typedef {{module: Module, session: Session}} Pair
 * @typedef {{start: number, end: number, module?: Module, session?: Session, pause?: Break}} Slot
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
 * Sessions in order, filled into days. A session is never split. `limit` says how many minutes day 0, 1, 2 … holds.
 * @param {Pair[]} all @param {(day: number) => number} limit @param {number} start @param {Break[]} breaks @returns {Slot[][]}
 */
export const days = (all, limit, start, breaks) => {
  /** @type {Slot[][]} */
  const made = [];
  /** @type {Pair[]} */
  let day = [];
  for (const pair of all) {
    const filled = day.reduce((sum, one) => sum + one.session.minutes, 0);
    if (day.length && filled + pair.session.minutes > limit(made.length)) {
      made.push(schedule(day, start, breaks));
      day = [];
    }
    day.push(pair);
  }
  if (day.length) made.push(schedule(day, start, breaks));
  return made;
};

/**
 * One day. Between two sessions stands one break at most: where several fall together, the longest.
 * @param {Pair[]} day @param {number} start @param {Break[]} breaks @returns {Slot[]}
 */
const schedule = (day, start, breaks) => {
  /** @type {Map<number, Break>} */
  const chosen = new Map();
  const waiting = breaks.filter((b) => b.start > start).sort((a, b) => a.start - b.start);
  let now = start;
  for (const [number, { session }] of day.entries()) {
    let end = now + session.minutes;
    while (waiting.length && number && nearer(waiting[0].start, now, end)) {
      const pause = /** @type {Break} */ (waiting.shift());
      const before = chosen.get(number);
      if (!before || pause.minutes > before.minutes) {
        chosen.set(number, pause);
        now += pause.minutes - (before ? before.minutes : 0);
      }
      end = now + session.minutes;
    }
    now = end;
  }
  /** @type {Slot[]} */
  const slots = [];
  now = start;
  for (const [number, { module, session }] of day.entries()) {
    const after = chosen.get(number);
    if (after) {
      slots.push({ start: now, end: now + after.minutes, pause: after });
      now += after.minutes;
    }
    slots.push({ start: now, end: now + session.minutes, module, session });
    now += session.minutes;
  }
  return slots;
};

/** Whether the wished time is nearer to `now` than to the end. @param {number} wished @param {number} now @param {number} end */
const nearer = (wished, now, end) => Math.abs(wished - now) <= Math.abs(end - wished);

/** Minutes after midnight as Indonesians write them: 08.30. @param {number} minutes */
export const clock = (minutes) => `${two(Math.floor(minutes / 60) % 24)}.${two(minutes % 60)}`;

const two = (/** @type {number} */ n) => String(n).padStart(2, "0");

// --- Dates and classes. A date is `2026-11-30`; reckoned in UTC, where every day has 24 hours ---

const DAY = 86_400_000;
const weekday = (/** @type {string} */ date) => new Date(date).getUTCDay();
/** @param {string} date @param {number} by */
export const later = (date, by) => new Date(Date.parse(date) + by * DAY).toISOString().slice(0, 10);
const FRIDAY = 5;
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
  minutes * (half === "semua" || (half === "jumat" && weekday(date(day)) === FRIDAY) ? Math.max(1, Math.floor(lessons / 2)) : lessons);

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
    if (slots[slots.length - 1].end > 24 * 60) said.push(`Hari ${index + 1} melewati tengah malam.`);
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
 * A calendar of all sessions (RFC 5545), in UTC, so that it needs no table of zones.
 * @param {Class[]} classes @param {number} ahead hours of the zone @param {string} name @param {Date} now
 */
export const ics = (classes, ahead, name, now) => {
  const stamp = (/** @type {Date} */ when) => when.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const at = (/** @type {string} */ date, /** @type {number} */ minutes) => stamp(new Date(Date.parse(date) + (minutes - ahead * 60) * 60_000));
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sigap//Jadwal//ID", `X-WR-CALNAME:${escaped(name)}`];
  for (const [index, one] of classes.entries())
    for (const { date, slots } of one.days)
      for (const { start, end, module, session } of slots)
        if (module && session)
          lines.push(
            "BEGIN:VEVENT",
            `UID:${date}-${start}-${module.kode}-${index + 1}@sigap`,
            `DTSTAMP:${stamp(now)}`,
            `DTSTART:${at(date, start)}`,
            `DTEND:${at(date, end)}`,
            `SUMMARY:${escaped(`${module.kode} ${session.heading}`)}`,
            `DESCRIPTION:${escaped([name, one.name, module.title].filter(Boolean).join("\n"))}`,
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
