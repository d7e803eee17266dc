// A module's history, and the whole curriculum between two editions.
import { address } from "./address.js";
import { load, message, node, table } from "./dom.js";
import { arrow, hours, mirrored, MODE_NAMES, MODES, signed, total, words } from "./labels.js";

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
    const edition = state.isi ? node("a", { href: `../${state.edisi}/modul/${state.slug}/`, textContent: state.edisi }) : state.edisi;
    return [edition, state.versi ?? "tidak ada", hours(state.jp), state.kata ? words(state.kata) : "–", reasons, state.isi || before?.isi ? link : "–"];
  });
  return [
    node("h2", { textContent: `${modul} ${module.judul}: riwayat` }),
    node("p", { textContent: "Setiap baris adalah edisi yang mengubah modul ini; edisi lain memuat keadaan sebelumnya." }),
    table(["Edisi", "Versi", "JP", "Kata", "Alasan", "Bandingkan"], rows),
  ];
}

/** @param {Choice} choice @param {string[]} names editions, oldest first */
export async function everythingView({ dari, ke }, names) {
  const back = names.indexOf(dari) > names.indexOf(ke);
  const [one, two] = await Promise.all([load(`e/${dari}.json`), load(`e/${ke}.json`)]);
  const pair = dari === ke ? null : await load(back ? `p/${ke}-${dari}.json` : `p/${dari}-${ke}.json`);
  const kodes = [...new Set([...Object.keys(one), ...Object.keys(two)])].sort();
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
    Object.values(list).reduce((found, /** @type {any} */ module) => found + (module.jp?.[mode] ?? 0), 0);
  const all = (/** @type {any} */ list) => MODES.reduce((found, mode) => found + sum(list, mode), 0);
  const moved = count("pindah alamat");
  /** @type {Node[]} */
  const made = [
    node("h2", { textContent: `Semua modul: ${dari} → ${ke}` }),
    node("p", { textContent: dari === ke ? `Kedua sisi edisi ${dari}; pilih edisi lain sebagai pembanding.`
      : `${count("baru")} baru, ${count("berubah")} berubah, ${count("dicabut") + count("hilang")} dicabut${moved ? `, ${moved} pindah alamat` : ""}, ${count("tetap")} tetap.` }),
    table(["Jam pelajaran", dari, ke, "Selisih"], [...MODES, "Jumlah"].map((mode) => {
      const [before, after] = [one, two].map((list) => Number(mode === "Jumlah" ? all(list) : sum(list, mode)));
      return [MODE_NAMES[mode], ...[`${before} JP`, `${after} JP`, signed(after - before)].map((text) => node("td", { className: "angka", textContent: text }))];
    })),
    table(["Modul", "Keadaan", "Versi", "JP", "Selisih JP", "Versi naik", "Kata"], rows),
  ];
  for (const [key, title] of [["program", "Program"], ["kebijakan", "Kebijakan"]]) {
    if (pair?.[key]?.length && !back) {
      made.push(node("h2", { textContent: title }),
        node("ul", { className: "perubahan" }, ...pair[key].map((/** @type {string} */ text) => node("li", { textContent: text }))));
    }
  }
  return made;
}

/** @param {any} old @param {any} now @param {any} told */
function statusOf(old, now, told) {
  if (!old) return "baru";
  if (!now) return "hilang";
  if (now.status === "dicabut" && old.status !== "dicabut") return "dicabut";
  if (old.slug !== now.slug) return "pindah alamat";
  return told ? "berubah" : "tetap";
}
