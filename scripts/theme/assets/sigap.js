// The edition bar and the search page. Pages name no edition, so that an unchanged page stays byte-identical:
// which edition this is, which others exist and where a module stands in them is read from /versions.json.
(() => {
  "use strict";
  const slot = document.getElementById("sigap-edisi");
  if (!slot) return;
  const root = new URL(slot.dataset.akar.replace(/\/?$/, "/"), location.href);
  const [segment, ...rest] = location.pathname.slice(root.pathname.length).split("/");
  const here = rest.join("/");
  const kode = document.querySelector('meta[name="sigap:kode"]')?.content;
  const date = (text) =>
    new Intl.DateTimeFormat("id", { dateStyle: "long", timeZone: "UTC" }).format(new Date(text));

  const note = (text, link, label) => {
    const line = document.getElementById("sigap-lama");
    line.textContent = text;
    if (link) line.append(" ", Object.assign(document.createElement("a"), { href: link, textContent: label }));
    line.hidden = false;
  };

  // Where this page stands in another edition: a module by its kode, which no renaming changes.
  const address = (edition) => {
    const base = new URL(edition.version + "/", root);
    if (!kode) return new URL(here + location.hash, base);
    const slug = edition.properties?.modul?.[kode];
    if (!slug) return new URL("modul/?belum=" + encodeURIComponent(kode), base);
    return new URL(["modul", slug, ...rest.slice(2)].join("/") + location.hash, base);
  };

  const go = async (edition) => {
    const target = address(edition);
    const answer = await fetch(target, { method: "HEAD" }).catch(() => null);
    await answer?.arrayBuffer();
    location.href = !answer || answer.ok ? target : new URL(edition.version + "/?tanpa=1", root);
  };

  const choose = (editions) => {
    const current = editions.find((e) => e.version === segment || e.aliases.includes(segment));
    if (!current) return;
    const newest = editions.find((e) => e.aliases.includes("terbaru")) ?? editions[0];
    const label = Object.assign(document.createElement("label"), { textContent: "Edisi " });
    const select = document.createElement("select");
    for (const edition of editions) {
      const mark = edition === newest ? " (terbaru)" : "";
      select.add(new Option(edition.title + mark, edition.version, false, edition === current));
    }
    select.addEventListener("change", () => go(editions[select.selectedIndex]));
    label.append(select);
    slot.replaceChildren(label);
    const asked = new URLSearchParams(location.search);
    if (asked.has("belum")) note(`Modul ${asked.get("belum")} belum ada dalam edisi ${current.title}. Ini daftar modulnya.`);
    else if (asked.has("tanpa")) note(`Halaman tadi tidak ada dalam edisi ${current.title}.`);
    else if (current !== newest) {
      const when = current.properties?.tanggal ? `, terbit ${date(current.properties.tanggal)}` : "";
      note(`Anda membaca edisi ${current.title}${when}. Ada yang lebih baru:`, address(newest), `edisi ${newest.title}`);
    }
  };

  fetch(new URL("versions.json", root))
    .then((answer) => (answer.ok ? answer.json() : []))
    .then((editions) => choose(editions))
    .catch(() => {});

  // --- The search page ---
  const results = document.getElementById("sigap-hasil");
  if (!results) return;
  const status = document.getElementById("sigap-status");
  const box = document.getElementById("sigap-kata");
  const base = new URL(segment + "/", root);
  let turn = 0;

  const search = async () => {
    const words = box.value.trim();
    const mine = ++turn;
    results.replaceChildren();
    if (!words) return void (status.textContent = "");
    status.textContent = "Mencari…";
    let found;
    try {
      const pagefind = await import(new URL("pagefind/pagefind.js", base));
      found = (await pagefind.search(words)).results;
    } catch {
      status.textContent = "Pencarian tidak dapat dimuat. Periksa sambungan, lalu coba lagi.";
      return;
    }
    const pages = await Promise.all(found.slice(0, 20).map((result) => result.data()));
    if (mine !== turn) return;
    status.textContent = found.length
      ? `${found.length} halaman memuat “${words}”.`
      : `Tidak ada halaman yang memuat “${words}”. Coba kata dasar atau kata lain.`;
    for (const page of pages) {
      const item = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: page.url, textContent: page.meta.title });
      const text = document.createElement("p");
      text.innerHTML = page.excerpt;
      item.append(link, text);
      results.append(item);
    }
  };

  box.value = new URLSearchParams(location.search).get("q") ?? "";
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", "?q=" + encodeURIComponent(box.value.trim()));
    search();
  });
  if (box.value) search();
})();
