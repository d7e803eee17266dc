// One module or programme between two editions.
import { address } from "./address.js";
import { load, message, node, table } from "./dom.js";
import { arrow, kindOf, mirrored, MODE_NAMES, MODES, placeOf, signed, total, words } from "./labels.js";
import { expand } from "./marks.js";
import { reader } from "./reader.js";
import { origins, speaks } from "./reasons.js";
import { takeAlong } from "./take.js";
import { ticksOf } from "./ticks.js";
import { listOf, listOfOne } from "./units.js";

/** @typedef {import("./address.js").Choice} Choice */
/** @typedef {import("./address.js").Editions} Editions */

/**
 * @param {Choice} choice
 * @param {Editions} editions
 * @param {ReturnType<typeof import("./steps.js").stepping>} steps
 * @param {(text: string) => void} failed
 * @returns {Promise<{nodes: (Node | null)[], begin?: () => void}>}
 */
export async function moduleView({ modul, dari, ke }, { names }, steps, failed) {
  const module = await load(`m/${modul}.json`);
  const stateOf = (/** @type {string} */ edition) =>
    module.keadaan.findLast((/** @type {any} */ state) => names.indexOf(state.edisi) <= names.indexOf(edition));
  const [old, now] = [stateOf(dari), stateOf(ke)];
  const top = [node("h2", { textContent: `${modul} ${now?.judul ?? old?.judul ?? module.judul}` }), timeline(module, { modul, dari, ke }, names)];
  if (!old?.isi && !now?.isi) return { nodes: [...top, message(`${kindOf(module.keadaan.at(0))} ${modul} tidak ada dalam edisi ${dari} maupun ${ke}.`, ...ways(module, modul, names))] };
  if (!old?.isi || !now?.isi) return one({ module, modul, dari, ke, old, now, top, steps, failed, names });
  if (old.isi === now.isi) return { nodes: [...top, message(`${kindOf(now)} ${modul} sama dalam edisi ${dari} dan ${ke}.`)] };

  const back = names.indexOf(dari) > names.indexOf(ke);
  const [first, last] = back ? [now, old] : [old, now];
  const pair = await load(`r/${first.isi}-${last.isi}.json`);
  if (!pair) return { nodes: [...top, message("Perbandingan ini belum terbit.")] };
  const { units, sentences, first: start } = listOf(pair, back);
  const between = module.keadaan.filter((/** @type {any} */ state) => state.isi
    && names.indexOf(state.edisi) > names.indexOf(first.edisi) && names.indexOf(state.edisi) <= names.indexOf(last.edisi));
  const rows = between.flatMap((/** @type {any} */ state) => (state.alasan ?? []).map((/** @type {any} */ row) => ({ ...row, edisi: state.edisi })));
  const came = await stepsBetween(first, between, units);
  const whole = async () => expand(pair.teks, await load(`t/${last.isi}.txt`, "text"));
  const made = reader({
    units, sentences, back, first: start, ticks: ticksOf(`${first.isi}-${last.isi}`),
    bases: [base(dari, old), base(ke, now)],
    whole,
    reasons: (unit) => rows.filter((/** @type {any} */ row) => speaks(row, unit)),
    origins: (unit) => came.get(unit.number) ?? [],
  }, steps, failed);
  await made.draw();
  return {
    nodes: [
      ...top,
      node("p", {}, node("a", { href: `../${dari}/${placeOf(old)}`, textContent: `Baca edisi ${dari}` }), " · ",
        node("a", { href: `../${ke}/${placeOf(now)}`, textContent: `baca edisi ${ke}` }), " · ", historyLink(modul, "riwayat")),
      hoursTable(dari, ke, old, now),
      node("p", { className: "putusan" }, now.program ? null : back ? `Dibaca mundur: versi ${arrow(old.versi, now.versi)}. ` : `${pair.putusan} `, `${words(back ? mirrored(pair.kata) : pair.kata)}.`),
      why(rows),
      printed(modul, dari, ke),
      takeAlong(named({ modul, dari, ke }, now), failed, { sentences: sentences.map((one) => one.kalimat), back, whole }),
      made.body,
    ],
    begin: made.begin,
  };
}

/** @param {Choice} choice @param {any} state */
const named = ({ modul, dari, ke }, state) => ({ name: `${modul}-${dari}-${ke}`, title: `${modul} ${state.judul}: ${dari} → ${ke}` });

/** @param {any} edition @param {any} state */
const base = (edition, state) => new URL(`../${edition}/${placeOf(state)}`, location.href);

export const historyLink = (/** @type {string} */ modul, text = `Riwayat ${modul}`) => node("a", { href: address({ modul }), textContent: text });

/** A module that one side alone has: read as all new, or as all gone, with the ways on. @param {any} of */
async function one({ module, modul, dari, ke, old, now, top, steps, failed, names }) {
  const came = Boolean(now?.isi);
  const state = came ? now : old;
  const whole = await load(`t/${state.isi}.txt`, "text");
  const told = came
    ? `${kindOf(state)} ${modul} belum ada dalam edisi ${dari}, jadi seluruhnya dibaca sebagai baru. `
    : `${kindOf(state)} ${modul} tidak ada lagi dalam edisi ${ke}; yang ditandai adalah isi terakhirnya. `;
  const nodes = [...top, message(told, ...ways(module, modul, names))];
  if (whole === null) return { nodes };
  const units = listOfOne(whole, came);
  const made = reader({
    units, sentences: [], back: false, first: 1, ticks: ticksOf(`${came ? "" : state.isi}-${came ? state.isi : ""}`),
    bases: [base(came ? ke : dari, state), base(came ? ke : dari, state)],
    whole: async () => units.map((unit) => `<span data-r="n" data-u="${unit.number}"></span>${unit.html}`).join(""),
    reasons: () => [], origins: () => [],
  }, steps, failed);
  await made.draw();
  return { nodes: [...nodes, takeAlong(named({ modul, dari, ke }, state), failed), made.body], begin: made.begin };
}

/** The ways on from an edition that has no such module: the editions that have it. */
function ways(/** @type {any} */ module, /** @type {string} */ modul, /** @type {string[]} */ names) {
  const has = module.keadaan.filter((/** @type {any} */ state) => state.isi);
  if (!has.length) return [];
  const last = has.at(-1);
  const end = module.keadaan.at(-1);
  const newest = end.isi ? names.at(-1) ?? last.edisi : names[names.indexOf(end.edisi) - 1];
  return [
    `Mulai ada dalam edisi ${has[0].edisi}. `,
    node("a", { href: `../${newest}/${placeOf(last)}`, textContent: `Baca dalam edisi ${newest}` }), " · ",
    has.length > 1 ? node("a", { href: address({ modul, dari: has[0].edisi, ke: newest }), textContent: `bandingkan ${has[0].edisi} dengan ${newest}` }) : null,
    has.length > 1 ? " · " : null, historyLink(modul, "riwayat"),
  ];
}

/** The states of the module in a row, the two that are compared marked. */
function timeline(/** @type {any} */ module, /** @type {Choice} */ { modul, dari, ke }, /** @type {string[]} */ names) {
  const at = (/** @type {string} */ edition) => module.keadaan.findLastIndex((/** @type {any} */ state) => names.indexOf(state.edisi) <= names.indexOf(edition));
  const marked = new Map([[at(dari), "dari"], [at(ke), "ke"]]);
  return node("ol", { className: "garis-waktu", "aria-label": "Edisi yang mengubahnya" },
    ...module.keadaan.map((/** @type {any} */ state, /** @type {number} */ place) => {
      const before = module.keadaan[place - 1];
      const text = state.isi ? [state.edisi, state.versi && `versi ${state.versi}`].filter(Boolean).join(" · ") : `${state.edisi} · tidak ada`;
      const link = before ? node("a", { href: address({ modul, dari: before.edisi, ke: state.edisi }), textContent: text, title: `Bandingkan ${before.edisi} dengan ${state.edisi}` }) : text;
      const side = marked.get(place);
      return node("li", { className: side ?? "" }, link, side ? node("span", { className: "sigap-sr", textContent: side === "dari" ? " (sisi lama)" : " (sisi baru)" }) : null);
    }));
}

/** @param {string} dari @param {string} ke @param {any} old @param {any} now */
const hoursTable = (dari, ke, old, now) => table(["Jam pelajaran", dari, ke, "Selisih"], [...MODES, "Jumlah"]
  .filter((mode) => mode === "Jumlah" || old.jp?.[mode] || now.jp?.[mode]).map((mode) => {
    const value = (/** @type {any} */ jp) => (mode === "Jumlah" ? total(jp) : jp?.[mode] ?? 0);
    const cells = [`${value(old.jp)} JP`, `${value(now.jp)} JP`, signed(value(now.jp) - value(old.jp))];
    return [MODE_NAMES[mode], ...cells.map((text) => node("td", { className: "angka", textContent: text }))];
  }));

/** What paper says: the pair, the address and the day of printing. @param {string} modul @param {string} dari @param {string} ke */
function printed(modul, dari, ke) {
  const line = node("p", { className: "cetak" });
  const fill = () => {
    const day = new Date().toLocaleDateString("id-ID", { day: "numeric", month: "long", year: "numeric" });
    line.textContent = `${modul}, edisi ${dari} dibandingkan dengan ${ke}. Dicetak ${day} dari ${new URL(address({ modul, dari, ke }), location.href)}; tambahkan #u-… untuk satu perubahan.`;
  };
  fill();
  addEventListener("beforeprint", fill);
  return line;
}

/** @param {any[]} rows */
const why = (rows) => (rows.length ? node("details", { className: "mengapa" }, node("summary", { textContent: `Mengapa berubah (${rows.length} baris riwayat)` }),
  node("ul", {}, ...rows.map((row) => node("li", {}, node("b", { textContent: `${row.versi} (${row.tanggal}), masuk dalam ${row.edisi}: ` }), `${row.perubahan} ${row.alasan}`)))) : null);

/** Of two far states: in which edition on the way each change came in. */
async function stepsBetween(/** @type {any} */ first, /** @type {any[]} */ between, /** @type {any} */ units) {
  if (between.length < 2) return new Map();
  const states = [first, ...between];
  const pairs = await Promise.all(between.map(async (state, at) => ({ edisi: state.edisi, pair: await load(`r/${states[at].isi}-${state.isi}.json`) })));
  return origins(units, pairs.filter(({ pair }) => pair));
}

