// /banding/: any two editions compared. The address keeps the choice: ?modul=TK-05&dari=2026.1&ke=2026.2.
// Data: ../versions.json; e/<edition>.json (its modules); m/<kode>.json (a module's states); p/<old>-<new>.json (what
// changed between two editions); r/<state>-<state>.json (one redline); t/<state>.html (a state's whole text).
import { expand, lead, swap } from "./js/marks.js";

(() => {
  const main = document.getElementById("isi");
  const bar = document.getElementById("langkah");
  const form = document.getElementById("pilih");
  const { modul: moduleBox, dari: fromBox, ke: toBox } = form.elements;
  const modes = ["T", "P", "PL"];
  const asked = new URLSearchParams(location.search);
  let editions = []; // names, oldest first
  let turn = 0;

  // --- Small helpers ---
  const node = (tag, props = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  };
  const load = async (path, kind = "json") => {
    const answer = await fetch(path);
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(path);
    return answer[kind]();
  };
  const address = (choice) => {
    const query = new URLSearchParams(Object.entries(choice).filter(([, value]) => value));
    return "?" + query;
  };
  const hours = (jp) => (jp ? `${modes.reduce((sum, mode) => sum + jp[mode], 0)} JP` : "–");
  const split = (jp) => (jp ? `${hours(jp)} (${modes.map((mode) => `${mode} ${jp[mode]}`).join(", ")})` : "–");
  const arrow = (one, two) => (one === two ? one : `${one} → ${two}`);
  const cell = (content, className = "", label = "") => node("td", { className }, content);
  // Wide tables become cards on a phone; roles keep their meaning when they are shown as something else.
  const table = (head, rows) => {
    const named = (cells) => cells.map((cell, at) => { cell.dataset.kolom = head[at]; cell.setAttribute("role", "cell"); return cell; });
    const made = node("table", { className: head.length > 4 ? "kartu" : "" },
      node("thead", { role: "rowgroup" }, node("tr", { role: "row" }, ...head.map((text) =>
        node("th", { scope: "col", role: "columnheader", textContent: text })))),
      node("tbody", { role: "rowgroup" }, ...rows.map((row) => node("tr", { role: "row" }, ...named(row.map((part) =>
        part instanceof HTMLTableCellElement ? part : node("td", {}, part)))))));
    made.setAttribute("role", "table");
    return node("div", { className: "gulung" }, made);
  };
  const count = (number) => number.toLocaleString("id");
  const words = (kata) => {
    const parts = [["masuk", "masuk"], ["keluar", "keluar"], ["pindah", "pindah tempat"]]
      .filter(([key]) => kata?.[key]).map(([key, text]) => `${count(kata[key])} kata ${text}`);
    return parts.join(", ") || "kata tetap";
  };
  const mirror = (kata) => kata && { masuk: kata.keluar, keluar: kata.masuk, pindah: kata.pindah };
  const message = (text) => main.replaceChildren(node("p", { className: "pesan", textContent: text }));

  // --- Choosing ---
  const choice = () => ({ modul: moduleBox.value, dari: fromBox.value, ke: toBox.value });
  const chosen = (push = true) => {
    const now = choice();
    if (push) history.pushState(null, "", address(now));
    show(now);
  };
  const fill = (box, options, value) => {
    box.replaceChildren(...options.map(([name, text]) => new Option(text, name, false, name === value)));
    if (value && box.value !== value) box.value = options[0]?.[0] ?? "";
  };

  const start = async () => {
    const versions = await load("../versions.json");
    editions = versions.map((version) => version.version).reverse();
    const newest = versions.find((version) => version.aliases.includes("terbaru"))?.version ?? editions.at(-1);
    const list = await load(`e/${newest}.json`);
    const known = Object.entries(list ?? {}).map(([kode, module]) => [kode, `${kode} ${module.judul}`]);
    const wanted = asked.get("modul") ?? "";
    if (wanted && !known.some(([kode]) => kode === wanted)) known.push([wanted, wanted]);
    const names = [...editions].reverse().map((name) => [name, name === newest ? `${name} (terbaru)` : name]);
    fill(moduleBox, [["", "Semua modul"], ...known], wanted);
    fill(fromBox, [["", "riwayat modul"], ...names], null);
    fill(toBox, [["", "riwayat modul"], ...names], null);
    read(asked);
    form.hidden = false;
    show(choice());
  };
  // Without a choice of editions: the history of a module, or the newest pair for the whole curriculum.
  const read = (query) => {
    moduleBox.value = query.get("modul") ?? "";
    fromBox.value = query.get("dari") ?? "";
    toBox.value = query.get("ke") ?? "";
    for (const box of [moduleBox, fromBox, toBox]) if (box.selectedIndex < 0) box.selectedIndex = 0;
    if (!moduleBox.value && !(fromBox.value && toBox.value)) {
      toBox.value = toBox.value || editions.at(-1);
      fromBox.value = fromBox.value || editions.at(-2) || editions.at(-1);
    }
  };

  const show = async (now) => {
    const mine = ++turn;
    bar.hidden = true;
    const wide = now.dari && now.ke;
    document.title = `${now.modul || "Semua modul"}: ${wide ? `${now.dari} → ${now.ke}` : "riwayat"} - Bandingkan edisi`;
    try {
      const made = !wide ? await moduleHistory(now) : now.modul ? await oneModule(now) : await everything(now);
      if (mine === turn) main.replaceChildren(...made);
      if (mine === turn && wide && now.modul) steps.begin();
    } catch {
      if (mine === turn) message("Data perbandingan tidak dapat dimuat. Periksa sambungan, lalu muat ulang halaman ini.");
    }
  };

  // --- A module's history ---
  const moduleHistory = async ({ modul }) => {
    if (!modul) return [node("p", { className: "pesan", textContent: "Pilih modul, atau pilih dua edisi." })];
    const module = await load(`m/${encodeURIComponent(modul)}.json`);
    if (!module) return [node("p", { className: "pesan", textContent: `Modul ${modul} tidak ada dalam edisi mana pun.` })];
    const rows = module.keadaan.map((state, index) => {
      const before = module.keadaan[index - 1];
      const reasons = node("ul", {}, ...(state.alasan ?? []).map((row) =>
        node("li", { textContent: `${row.versi} (${row.tanggal}): ${row.perubahan} ${row.alasan}` })));
      const link = before?.isi && state.isi
        ? node("a", { href: address({ modul, dari: before.edisi, ke: state.edisi }),
            textContent: `Bandingkan ${before.edisi} dengan ${state.edisi}` })
        : "–";
      const edition = state.isi
        ? node("a", { href: `../${state.edisi}/modul/${state.slug}/`, textContent: state.edisi }) : state.edisi;
      return [edition, state.versi ?? "tidak ada", split(state.jp), state.kata ? words(state.kata) : "–", reasons, link];
    });
    return [
      node("h2", { textContent: `${modul} ${module.judul}: riwayat` }),
      node("p", { textContent: "Setiap baris adalah edisi yang mengubah modul ini; edisi lain memuat keadaan sebelumnya." }),
      table(["Edisi", "Versi", "JP", "Kata", "Alasan", "Bandingkan"], rows),
    ];
  };
  const stateOf = (module, edition) => {
    const place = editions.indexOf(edition);
    return module.keadaan.findLast((state) => editions.indexOf(state.edisi) <= place && state.isi !== undefined);
  };

  // --- The whole curriculum ---
  const everything = async ({ dari, ke }) => {
    const back = editions.indexOf(dari) > editions.indexOf(ke);
    const [one, two] = await Promise.all([load(`e/${dari}.json`), load(`e/${ke}.json`)]);
    if (!one || !two) return [node("p", { className: "pesan", textContent: "Salah satu edisi tidak ada." })];
    const pair = dari === ke ? null : await load(back ? `p/${ke}-${dari}.json` : `p/${dari}-${ke}.json`);
    const kodes = [...new Set([...Object.keys(one), ...Object.keys(two)])].sort();
    const rows = kodes.map((kode) => {
      const [old, now] = [one[kode], two[kode]];
      const told = pair?.modul?.[kode];
      const status = !old ? "baru" : !now ? "hilang" : now.status === "dicabut" && old.status !== "dicabut" ? "dicabut"
        : old.slug !== now.slug ? "pindah alamat" : told ? "berubah" : "tetap";
      const name = `${kode} ${(now ?? old).judul}`;
      const link = status === "tetap" || !old || !now
        ? node("a", { href: `../${now ? ke : dari}/modul/${(now ?? old).slug}/`, textContent: name })
        : node("a", { href: address({ modul: kode, dari, ke }), textContent: name });
      const sum = (jp) => (jp ? modes.reduce((total, mode) => total + jp[mode], 0) : 0);
      const difference = sum(now?.jp) - sum(old?.jp);
      const need = told && old && now && !back ? `${told.naik} (perlu: ${told.perlu})` : "–";
      return [link, status, arrow(old?.versi ?? "–", now?.versi ?? "–"), arrow(split(old?.jp), split(now?.jp)),
        cell(difference > 0 ? `+${difference}` : String(difference), "angka"), need,
        told ? words(back ? mirror(told.kata) : told.kata) : "–"];
    });
    const total = (list) => Object.values(list).reduce((sum, module) =>
      sum + (module.jp ? modes.reduce((part, mode) => part + module.jp[mode], 0) : 0), 0);
    const changed = rows.filter((row) => row[1] !== "tetap").length;
    const made = [
      node("h2", { textContent: `Semua modul: ${dari} → ${ke}` }),
      node("p", { textContent: `${changed} dari ${rows.length} modul tidak sama. Jumlah JP: ${arrow(String(total(one)), String(total(two)))}.` }),
      table(["Modul", "Keadaan", "Versi", "JP", "Selisih JP", "Versi naik", "Kata"], rows),
    ];
    for (const [key, title] of [["program", "Program"], ["kebijakan", "Kebijakan"]]) {
      if (pair?.[key]?.length && !back) {
        made.push(node("h2", { textContent: title }),
          node("ul", { className: "perubahan" }, ...pair[key].map((text) => node("li", { textContent: text }))));
      }
    }
    return made;
  };

  // --- One module between two editions ---
  const view = { only: true, twin: false };
  const oneModule = async ({ modul, dari, ke }) => {
    const module = await load(`m/${encodeURIComponent(modul)}.json`);
    const note = (text) => [node("p", { className: "pesan", textContent: text }), historyLink(modul)];
    if (!module) return note(`Modul ${modul} tidak ada dalam edisi mana pun.`);
    const [old, now] = [stateOf(module, dari), stateOf(module, ke)];
    if (!old?.isi || !now?.isi) {
      return note(`Modul ${modul} tidak ada dalam edisi ${old?.isi ? ke : dari}, jadi tidak ada yang dibandingkan.`);
    }
    if (old.isi === now.isi) return note(`Modul ${modul} sama dalam edisi ${dari} dan ${ke}.`);
    const back = editions.indexOf(dari) > editions.indexOf(ke);
    const pair = await load(back ? `r/${now.isi}-${old.isi}.json` : `r/${old.isi}-${now.isi}.json`);
    if (!pair) return note("Perbandingan ini belum terbit.");
    const made = [
      node("h2", { textContent: `${modul} ${now.judul ?? module.judul}` }),
      node("p", {}, "Versi ", arrow(old.versi, now.versi), ". ", node("a", { href: `../${dari}/modul/${old.slug}/`, textContent: `Baca edisi ${dari}` }),
        " · ", node("a", { href: `../${ke}/modul/${now.slug}/`, textContent: `baca edisi ${ke}` }), " · ", historyLink(modul, "riwayat modul")),
      table(["Jam pelajaran", dari, ke, "Selisih"], [...modes, "Jumlah"].map((mode) => {
        const value = (jp) => (!jp ? 0 : mode === "Jumlah" ? modes.reduce((sum, key) => sum + jp[key], 0) : jp[mode]);
        const difference = value(now.jp) - value(old.jp);
        return [mode, cell(`${value(old.jp)} JP`, "angka"), cell(`${value(now.jp)} JP`, "angka"),
          cell(difference > 0 ? `+${difference}` : String(difference), "angka")];
      })),
      node("h2", { textContent: "Apa yang berubah" }),
      back ? null : node("p", { textContent: `Versi naik: ${pair.naik}. Yang diperlukan: ${pair.perlu}.` }),
      node("ul", { className: "perubahan" }, ...(back ? pair.mundur : pair.maju).map((change) =>
        node("li", {}, change.kalimat, node("span", { className: "naik", textContent: change.naik })))),
      node("h2", { textContent: "Teks" }),
      node("p", { textContent: words(back ? mirror(pair.kata) : pair.kata) }),
      legend(),
    ].filter(Boolean);
    const place = node("div", { id: "redline" });
    made.push(place);
    const bases = [[dari, old], [ke, now]].map(([edition, state]) => new URL(`../${edition}/modul/${state.slug}/`, location.href));
    current = { pair, back, place, bases, now: back ? old : now };
    await draw();
    return made;
  };
  const historyLink = (modul, text = `Riwayat ${modul}`) => node("a", { href: address({ modul }), textContent: text });
  const legend = () => node("ul", { className: "legenda", ariaLabel: "Arti tanda" },
    node("li", {}, node("ins", { textContent: "ditambahkan" })), node("li", {}, node("del", { textContent: "dihapus" })),
    node("li", {}, node("span", { className: "r-pindah", textContent: "dipindahkan" })));

  let current = null;
  const draw = async () => {
    const { pair, back, place, now } = current;
    let parts;
    if (view.only) {
      parts = pair.teks.hunks.map((hunk) => [hunk.path.join(" › ") || "Awal modul", hunk.html]);
    } else {
      const whole = await load(`t/${now.isi}.html`, "text");
      parts = [["Seluruh teks", expand(pair.teks, whole)]];
    }
    place.replaceChildren(...parts.map(([title, html]) => {
      const inert = node("template", { innerHTML: html }); // so that no image is asked for before it is led
      const text = inert.content.appendChild(node("div", { className: "teks", tabIndex: 0 }));
      text.append(...[...inert.content.childNodes].filter((child) => child !== text));
      if (back) swap(text);
      lead(text, ...current.bases);
      const box = node("section", { className: "hunk" }, node("h3", { textContent: title }));
      if (!view.twin) box.append(text);
      else box.append(twins(text));
      return box;
    }));
    if (!parts.length) place.replaceChildren(node("p", { textContent: "Teks kedua edisi sama; yang berubah hanya keterangan modul." }));
  };
  const twins = (text) => {
    const [left, right] = [text.cloneNode(true), text.cloneNode(true)];
    side(left, "ins");
    side(right, "del");
    return node("div", { className: "dua" },
      node("div", {}, node("p", { className: "sigap-sr", textContent: "Sebelum:" }), left),
      node("div", {}, node("p", { className: "sigap-sr", textContent: "Sesudah:" }), right));
  };

  // --- Stepping ---
  const steps = (() => {
    let at = -1;
    const status = document.getElementById("hitung");
    const marks = () => (view.only ? [...main.querySelectorAll(".hunk")] : changesIn(main));
    const say = (all) => { status.textContent = all.length ? `Perubahan ${at < 0 ? "–" : at + 1} dari ${all.length}` : "Tidak ada perubahan teks"; };
    const go = (by) => {
      const all = marks();
      if (!all.length) return;
      all[at]?.classList.remove("kini");
      at = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
      const target = all[at];
      target.classList.add("kini");
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: "center" });
      say(all);
    };
    const begin = () => { at = -1; bar.hidden = false; say(marks()); };
    document.getElementById("maju").addEventListener("click", () => go(1));
    document.getElementById("mundur").addEventListener("click", () => go(-1));
    document.addEventListener("keydown", (event) => {
      if (bar.hidden || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
      if (event.key === "n") go(1);
      if (event.key === "p") go(-1);
    });
    for (const [id, key] of [["hanya", "only"], ["dampingan", "twin"]]) {
      const button = document.getElementById(id);
      button.addEventListener("click", async () => {
        view[key] = !view[key];
        button.setAttribute("aria-pressed", String(view[key]));
        try { await draw(); begin(); } catch { message("Teks lengkap tidak dapat dimuat. Periksa sambungan, lalu muat ulang."); }
      });
    }
    return { begin };
  })();

  form.addEventListener("change", () => chosen());
  document.getElementById("tukar").addEventListener("click", () => {
    [fromBox.value, toBox.value] = [toBox.value, fromBox.value];
    chosen();
  });
  addEventListener("popstate", () => { read(new URLSearchParams(location.search)); show(choice()); });

  const side = (box, hidden) => {
    const kinds = hidden === "ins" ? ["i", "ins", "tujuan"] : ["d", "del", "asal"];
    for (const mark of box.querySelectorAll(kinds.map((kind) => `[data-r="${kind}"]`).join())) mark.remove();
  };
  const changesIn = (box) => [...box.querySelectorAll('[data-r]:not([data-r="n"])')].filter((mark) =>
    !mark.parentElement.closest('[data-r]:not([data-r="n"])') && !(mark.previousSibling?.dataset?.r && mark.previousSibling.dataset.r !== "n"));
  start().catch(() => message("Data edisi tidak dapat dimuat. Periksa sambungan, lalu muat ulang halaman ini."));
})();
