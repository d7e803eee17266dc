// The history of a module or programme, and the whole curriculum between two editions.
import { address } from "./address.js";
import { load, message, node, table } from "./dom.js";
import { arrow, hours, kindOf, mirrored, MODE_NAMES, MODES, placeOf, signed, total, words } from "./labels.js";
import { takeAlong } from "./take.js";

/** @typedef {import("./address.js").Choice} Choice */

/** @param {string} modul */
export async function historyView(modul) {
  if (!modul) return [message("Pilih modul, atau pilih dua edisi.")];
  const module = await load(`m/${modul}.json`);
  const rows = module.keadaan.map((/** @type {any} */ state, /** @type {number} */ index) => {
    const before = module.keadaan[index - 1];
    const reasons = node("ul", {}, ...(state.alasan ?? []).map((/** @type {any} */ row) =>
      node("li", { textContent: `${row.versi} (${row.tanggal}): ${row.perubahan} ${row.alasan}` })));
    const text = before?.isi ? `Bandingkan ${before.edisi} dengan ${state.edisi}` : "Baca semua sebagai baru";
    const link = before || index ? node("a", { href: address({ modul, dari: before.edisi, ke: state.edisi }), textContent: text }) : "–";
    const edition = state.isi ? node("a", { href: `../${state.edisi}/${placeOf(state)}`, textContent: state.edisi }) : state.edisi;
    return [edition, state.isi ? state.versi ?? "–" : "tidak ada", hours(state.jp), state.kata ? words(state.kata) : "–", reasons, state.isi || before?.isi ? link : "–"];
  });
  return [
    node("h2", { textContent: `${modul} ${module.judul}: riwayat` }),
    node("p", { textContent: `Setiap baris adalah edisi yang mengubah ${kindOf(module.keadaan[0]).toLowerCase()} ini; edisi lain memuat keadaan sebelumnya.` }),
    table(["Edisi", "Versi", "JP", "Kata", "Alasan", "Bandingkan"], rows),
  ];
}

/** @param {Choice} choice @param {string[]} names editions, oldest first @param {(text: string) => void} failed */
export async function everythingView({ dari, ke }, names, failed) {
  const back = names.indexOf(dari) > names.indexOf(ke);
  const [one, two] = await Promise.all([load(`e/${dari}.json`), load(`e/${ke}.json`)]);
  const pair = dari === ke ? null : await load(back ? `p/${ke}-${dari}.json` : `p/${dari}-${ke}.json`);
  const all = [...new Set([...Object.keys(one), ...Object.keys(two)])].sort();
  const kodes = all.filter((kode) => !(two[kode] ?? one[kode]).program);
  const states = kodes.map((kode) => [kode, one[kode], two[kode], pair?.modul?.[kode]]);
  const named = states.map(([, old, now, told]) => statusOf(old, now, told));
  const count = (/** @type {string} */ status) => named.filter((name) => name === status).length;
  const rows = states.map(([kode, old, now, told], at) => {
    const status = named[at];
    const name = `${kode} ${(now ?? old).judul}`;
    const link = status === "tetap" ? node("a", { href: `../${ke}/modul/${now.slug}/`, textContent: name })
      : node("a", { href: address({ modul: kode, dari, ke }), textContent: name });
    const need = told && old && now && !back ? `${told.naik} (perlu: ${told.perlu})` : "–";
    return [link, status, arrow(old?.versi ?? "–", now?.versi ?? "–"), arrow(hours(old?.jp), hours(now?.jp)),
      node("td", { className: "angka", textContent: signed(total(now?.jp) - total(old?.jp)) }), need,
      told ? words(back ? mirrored(told.kata) : told.kata) : "–"];
  });
  const sum = (/** @type {any} */ list, /** @type {string} */ mode) =>
    Object.values(list).reduce((found, /** @type {any} */ module) => found + (module.program ? 0 : module.jp?.[mode] ?? 0), 0);
  const whole = (/** @type {any} */ list) => MODES.reduce((found, mode) => found + sum(list, mode), 0);
  const moved = count("pindah alamat");
  /** @type {Node[]} */
  const made = [
    node("h2", { textContent: `Semua modul: ${dari} → ${ke}` }),
    node("p", { textContent: dari === ke ? `Kedua sisi edisi ${dari}; pilih edisi lain sebagai pembanding.`
      : `${count("baru")} baru, ${count("berubah")} berubah, ${count("dicabut") + count("hilang")} dicabut${moved ? `, ${moved} pindah alamat` : ""}, ${count("tetap")} tetap.` }),
    table(["Jam pelajaran", dari, ke, "Selisih"], [...MODES, "Jumlah"].map((mode) => {
      const [before, after] = [one, two].map((list) => Number(mode === "Jumlah" ? whole(list) : sum(list, mode)));
      return [MODE_NAMES[mode], ...[`${before} JP`, `${after} JP`, signed(after - before)].map((text) => node("td", { className: "angka", textContent: text }))];
    })),
    table(["Modul", "Keadaan", "Versi", "JP", "Selisih JP", "Versi naik", "Kata"], rows),
  ];
  made.push(...programmes({ dari, ke }, all.filter((kode) => !kodes.includes(kode)).map((kode) => [kode, one[kode], two[kode]]), pair, back));
  const policy = pair?.kebijakan[back ? "mundur" : "maju"] ?? [];
  made.splice(2, 0, takeAlong({ name: `perubahan-${dari}-${ke}`, title: `Perubahan dari ${dari} ke ${ke}` }, failed));
  if (policy.length) made.push(node("h2", { textContent: "Kebijakan" }), sentences(policy));
  return made;
}

/** @param {string[]} told */
const sentences = (told) => node("ul", { className: "perubahan" }, ...told.map((text) => node("li", {}, text)));

/**
 * The programmes, and what the holder of an older certificate did not learn.
 * @param {{dari: string, ke: string}} choice
 * @param {[string, any, any][]} states kode, and its old and new state
 * @param {any} pair
 * @param {boolean} back
 */
function programmes({ dari, ke }, states, pair, back) {
  if (!states.length) return [];
  const rows = states.map(([kode, old, now]) => {
    const told = pair?.program[kode];
    const same = !told || told.keadaan === "tetap";
    const name = `${kode} ${(now ?? old).judul}`;
    const href = same && now ? `../${ke}/${placeOf(now)}` : address({ modul: kode, dari, ke });
    const status = same ? "tetap" : !old ? "baru" : !now ? "hilang" : told.keadaan;
    return [node("a", { href, textContent: name }), status, arrow(hours(old?.jp), hours(now?.jp)),
      node("td", { className: "angka", textContent: signed(total(now?.jp) - total(old?.jp)) }),
      same ? "–" : words(back ? mirrored(told.kata) : told.kata)];
  });
  const missed = back ? [] : states.filter(([kode]) => pair?.program[kode]?.lewat.length);
  return [
    node("h2", { textContent: "Program" }),
    table(["Program", "Keadaan", "JP", "Selisih JP", "Kata"], rows),
    missed.length ? node("h3", { textContent: `Yang belum dipelajari pemegang surat keterangan edisi ${dari}` }) : null,
    ...missed.map(([kode, , now]) => node("details", {}, node("summary", { textContent: `${kode} ${now.judul} (${pair.program[kode].lewat.length})` }), sentences(pair.program[kode].lewat))),
  ].filter((one) => one !== null);
}

/** @param {any} old @param {any} now @param {any} told */
function statusOf(old, now, told) {
  if (!old) return "baru";
  if (!now) return "hilang";
  if (now.status === "dicabut" && old.status !== "dicabut") return "dicabut";
  if (old.slug !== now.slug) return "pindah alamat";
  return told ? "berubah" : "tetap";
}
