"""Modules and pages with whatever Markdown lets a contributor write, for hypothesis: most of them are clean, some not.

A made-up thing is its files by path. It stands beside the sample (tests/contoh), names itself in every path, and may
link into the sample; so any number of them make one curriculum.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from hypothesis import strategies as st
from repos import CONTOH
from sigap.markdown_out import escape
from sigap.source import slug

SAMPLE = {p.relative_to(CONTOH).as_posix(): p.read_bytes() for p in CONTOH.rglob("*") if p.is_file()}
FOLDER = "modules/mendengar-aktif"
TEMPLATE = SAMPLE[f"{FOLDER}/index.md"].decode()
PICTURE = SAMPLE[f"{FOLDER}/kursi.png"]
Files = dict[str, bytes]

ODD = [
    "Tenda", "air", "&", "kafé", "B’", "“aman”", "(dua)", "[tiga]", "#1", "50%", "C:\\x", "a_b", "_c_", "*d*", "**e**", "`f`", "<g>", "&amp;",
    "{h}", "$i$", "~j~", "~~k~~", "^l^", "!", "m|n", "\\|", "安全", "مرحبا", "🙂", "x²", "½", "ß", "İ", "1.", "2)", "+", "-", "—", "=", "==", "://",
    "a.b", "...", "'o'", '"p"', "@q", "[^1]", "[x]", "{#id}", "{: .k}", "*[IHB]:", "IHB", "JP", "https://contoh.example", "a@contoh.example",
    "[tautan](lampiran-daftar-amati.md)", "![g](kursi.png)", "&#x41;", "&lt;b&gt;", "\u00a0", "\u200b", "\u00ad", "\u2028", "{{ x }}", "{% y %}", ":smile:", "[TOC]",
]  # fmt: skip
"""Words of titles: each has led some Markdown or template engine astray."""

titles = st.lists(st.sampled_from(ODD), min_size=1, max_size=4).map(" ".join)
headings = st.tuples(titles, st.booleans()).map(lambda t: str(escape(t[0])) if t[1] else t[0])
"""Titles as Markdown: escaped, or as careless people write them."""


def github(title: str) -> str:
    """The name that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


TARGETS = [
    "lampiran-daftar-amati.md", "lampiran-kartu-peran.md#putaran-1-kabar-dari-rumah", "#rangkuman", "#langkah-pembelajaran", "index.md",
    "../rujukan-aman/index.md", "../rujukan-aman/index.md#rangkuman", "../rujukan-aman/index.md#sesi-1-menyambung", "../../docs/index.md",
    "../../docs/glosarium.md", "../../docs/program/dasar.md#jadwal", "../../docs/edisi/2026.1.md", "./lampiran-kunci-amati.md", "kursi.png", "#",
    "../../docs/modul/index.md", "../jaga-diri/", "../mendengar-aktif/kursi.png", "https://contoh.example/a?b=c&d#e", "mailto:a@contoh.example",
    "lampiran%2Ddaftar-amati.md", "lampiran-daftar-amati.md?x=1", "LAMPIRAN-daftar-amati.md", "tidak-ada.md", "../../modules/jaga-diri/index.md", "",
    "#materi-pokok-1-ciri-mendengar-aktif", "../../docs/program/dasar.md#hari-1", "../../docs/modul/index.md#dasar", "../../docs/edisi/index.md#katalog",
    "#rancang-bangun-pembelajaran", "lampiran-daftar-amati/", "../rujukan-aman/index.html", "../../README.md", "../../scripts/hooks.py", "tel:112",
]  # fmt: skip
FORMS = [
    "[{t}]({a})", "[{t}](<{a}>)", '[{t}]({a} "Judul")', "[{t}]({a} 'Judul')", "[{t}][r]\n\n[r]: {a}", "[r][]\n\n[r]: {a}", "[r]\n\n[r]: {a}",
    "![{t}](kursi.png)", "[![{t}](kursi.png)]({a})", "[*{t}*]({a})", "[{t}]( {a} )", "![{t}][g]\n\n[g]: kursi.png", "<{a}>", "[{t}] ({a})",
    "[{t}\nlagi]({a})", "[{t}]({a}\n'Judul dua')", "[`{t}`]({a})", "**[{t}]({a})**", "[{t}]({a})[{t}]({a})", "\\[{t}]({a})", "`[{t}]({a})`",
    "[{t}][r].\n\n[r]:\n    {a}", "[{t}][R].\n\n   [r]: <{a}> (Judul)", "Kata[^1].\n\n[^1]: [{t}]({a})", "Kata[^a b].\n\n[^a b]: Isi.",
]  # fmt: skip
links = st.builds(
    lambda form, a, t: form.format(a=a, t=t),
    st.sampled_from(FORMS),
    st.sampled_from(TARGETS),
    st.sampled_from([*ODD[:12], "x"]),
)
words = st.sampled_from(ODD) | links | st.sampled_from(["Kalimat biasa.", "Tanya dahulu, lalu catat.", "IHB dan JP."])
lines = st.lists(words, min_size=1, max_size=3).map(" ".join)


def indented(text: str, by: str = "    ") -> str:
    return "\n".join(f"{by}{line}" if line else "" for line in text.split("\n"))


def quoted(text: str, head: str = "") -> str:
    return "\n".join(f"> {line}".rstrip() for line in [*([head] if head else []), *text.split("\n")])


def listed(blocks: list[str], mark: str, gap: str) -> str:
    return gap.join(f"{mark} {indented(block).lstrip()}" for block in blocks)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.builds(listed, some, st.sampled_from(["-", "1.", "*", "- [ ]", "10."]), st.sampled_from(["\n", "\n\n"])),
        st.builds(lambda b: quoted("\n\n".join(b)), some),
        st.builds(
            lambda b, kind: quoted("\n\n".join(b), f"[!{kind}]"), some, st.sampled_from("NOTE TIP WARNING note".split())
        ),
        st.builds(lambda b, mark: f"{mark}text\n{b}\n{mark}", inner, st.sampled_from(["```", "~~~", "````"])),
        st.builds("\n\n".join, some),
    )


def table(cells: list[str]) -> str:
    rows = "".join(f"| {' | '.join(cell.replace(chr(10), ' ') for cell in (one, 'isi'))} |\n" for one in cells)
    return f"| Kepala | Isi |\n|---|---|\n{rows}".rstrip()


REAL = [line for path, data in sorted(SAMPLE.items()) if path.endswith(".md") for line in data.decode().split("\n")]
blocks = st.recursive(
    st.one_of(
        lines,
        lines,
        st.builds(table, st.lists(lines, min_size=1, max_size=3)),
        st.builds("{} {}".format, st.sampled_from(["###", "####", "#####"]), headings),
        st.lists(st.sampled_from(REAL), min_size=1, max_size=3).map("\n".join),
    ),
    nested,
    max_leaves=5,
)

PLACES = ["## Rangkuman\n", "#### Menutup percakapan\n", "## Evaluasi\n", "#### Panduan fasilitator\n", "## Tujuan"]


def put(text: str, what: str, place: str) -> str:
    return text.replace(place, f"{what}\n\n{place}", 1)


Edit = Callable[[Files, str], None]
"""Changes the files of a module that lies in a folder."""


def _index(edit: Callable[[str], str]) -> Edit:
    def done(files: Files, folder: str) -> None:
        files[f"{folder}/index.md"] = edit(files[f"{folder}/index.md"].decode()).encode("utf-8", "replace")

    return done


def _block(block: str, place: str) -> Edit:
    return _index(lambda text: put(text, block, place))


def _title(title: str, how: Callable[[str], str]) -> Edit:
    return _index(
        lambda text: text.replace("judul: Mendengar Aktif", f"judul: {json.dumps(title, ensure_ascii=False)}").replace(
            "# Mendengar Aktif\n", f"# {how(title)}\n", 1
        )
    )


def _summary(text: str) -> Edit:
    line = json.dumps(text, ensure_ascii=False)
    return _index(lambda old: re.sub(r"^ringkasan: .*$", lambda _: f"ringkasan: {line}", old, flags=re.MULTILINE))


def _session(title: str) -> Edit:
    return _index(lambda text: text.replace("### Sesi 1: Mendengar berpasangan", f"### Sesi 1: {title}"))


def _topic(title: str) -> Edit:
    return _index(lambda text: text.replace("Ciri mendengar aktif\n", f"{title}\n"))


def _anchored(title: str, name: Callable[[str], str], level: str) -> Edit:
    """A heading and a link to it, from the module and from a handout."""

    def done(files: Files, folder: str) -> None:
        _block(f"{level} {title}\n\nIsi. [Lihat](#{name(title)}).", "## Rangkuman\n")(files, folder)
        files[f"{folder}/lampiran-kunci-amati.md"] += f"\n[Lihat](index.md#{name(title)})\n".encode()

    return done


def _handout(kind: str, reader: str, name: str, title: str, block: str) -> Edit:
    def done(files: Files, folder: str) -> None:
        cut = ", potong: [Bagian]" if kind == "kartu" else ""
        files[f"{folder}/{name}"] = (
            f"---\nlampiran: {{jenis: {kind}, untuk: {reader}{cut}}}\n---\n\n# {title}\n\n"
            f"Contoh, bukan modul resmi Kemensos. Lampiran modul TK-01.\n\n## Bagian satu\n\n{block}\n\n- [ ] Nama: ________\n"
        ).encode("utf-8", "replace")
        _block(f"Bagikan [lembar](<{name}>).", "## Rangkuman\n")(files, folder)

    return done


def _file(name: str, form: str) -> Edit:
    def done(files: Files, folder: str) -> None:
        files[f"{folder}/{name}"] = PICTURE
        _block(form.format(name), "## Rangkuman\n")(files, folder)

    return done


def _renamed(old: list[str]) -> Edit:
    return _index(lambda text: text.replace("tinjau_ulang:", f"alamat_lama: {json.dumps(old)}\ntinjau_ulang:", 1))


def _number(day: str) -> Edit:
    return _block(f"Bila darurat, hubungi 112 (sumber: laman resmi BNPB, diperiksa {day}).", "## Rangkuman\n")


KINDS = "lembar-kerja formulir kartu daftar-periksa rubrik naskah kunci bacaan".split()
READERS = "peserta pasangan trio kelompok kelas fasilitator".split()
NAMES = [
    "lampiran-x.md", "lampiran-a b.md", "lampiran-é.md", "lampiran-A.md", "lampiran-a.b.md", "lampiran-50%.md", "lampiran-#1.md", "lampiran-index.md",
    "lampiran-x/index.md", "dalam/lampiran-y.md", "lampiran-(z).md", "lampiran-_.md", "README.md", "lampiran-x?.md", "lampiran-&.md", "lampiran-q.MD",
    "lampiran-daftar-amati/index.md", "404.md", "lampiran-'k'.md", "lampiran-readme.md", "dalam/README.md", "dalam/index.md", "lampiran-a+b.md",
]  # fmt: skip
PICTURES = [
    "a b.png",
    "é.png",
    "50%.png",
    "#1.png",
    "G.PNG",
    "(1).png",
    "dalam/g.png",
    "a.b.png",
    "index.png",
    "&.png",
    "a+b.png",
    "~.png",
    "'.png",
]
SHOWN = ["![Gambar](<{}>)", "![Gambar]({})", "[Berkas](<{}>)", "[![Gambar](<{}>)](<{}>)"]
SHOWN = [form.replace("{}", "{0}") for form in SHOWN]
OLD = [
    "nama-lama",
    "nama-lama-2",
    "index",
    "mendengar-aktif",
    "jaga-diri",
    "lampiran-x",
    "halaman-1",
    "assets",
    "halaman-2",
    "katalog",
]

edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(_block, blocks, st.sampled_from(PLACES)),
    st.builds(_block, blocks, st.sampled_from(PLACES)),
    st.builds(_title, titles, st.sampled_from([escape, str])),
    st.builds(_summary, titles),
    st.builds(_session, headings),
    st.builds(_topic, headings),
    st.builds(_anchored, headings, st.sampled_from([github, slug]), st.sampled_from(["###", "####"])),
    st.builds(
        _handout, st.sampled_from(KINDS), st.sampled_from(READERS), st.sampled_from(NAMES[:2] + NAMES), headings, blocks
    ),
    st.builds(_file, st.sampled_from(PICTURES), st.sampled_from(SHOWN)),
    st.builds(_renamed, st.lists(st.sampled_from(OLD), min_size=1, max_size=2)),
    st.builds(_number, st.sampled_from(["2026-11-20", "2026-01-02"])),
)


def _module(changes: list[Edit]) -> Callable[[int], Files]:
    def made(number: int) -> Files:
        folder = f"modules/m-{number}"
        files = {p.replace(FOLDER, folder): data for p, data in SAMPLE.items() if p.startswith(f"{FOLDER}/")}
        index = files[f"{folder}/index.md"].decode()
        files[f"{folder}/index.md"] = index.replace("kode: TK-01", f"kode: TM-{number + 10}").encode()
        for change in changes:
            change(files, folder)
        return files

    return made


PAGES = [
    "docs/panduan/{n}.md", "docs/panduan/{n}/index.md", "docs/modul/{n}.md", "docs/modul/m-{n}/index.md", "docs/modul/m-{n}.md", "docs/kontribusi/{n}.md",
    "docs/{n} a.md", "docs/p-{n}/README.md", "docs/modul/nama-lama.md", "docs/modul/halaman-1.md", "docs/modul/halaman-2/index.md", "docs/README.md",
    "docs/404.md", "docs/assets/{n}.md", "docs/pagefind/{n}.md", "docs/keputusan/{n}.md", "docs/panduan/index/{n}.md", "docs/dasar/{n}%.md",
]  # fmt: skip


def _page(path: str, title: str, block: str, front: str) -> Callable[[int], Files]:
    def made(number: int) -> Files:
        text = f"{front}# {title}\n\n{block}\n"
        return {path.format(n=number): text.encode("utf-8", "replace")}

    return made


FRONTS = [
    "",
    "---\ntitle: Judul\n---\n\n",
    "---\ntemplate: x.html\nhide: [toc]\n---\n\n",
    "---\ntags: [a]\nsearch: {exclude: true}\n---\n\n",
]
things: st.SearchStrategy[Callable[[int], Files]] = st.one_of(
    st.builds(_module, st.lists(edits, min_size=1, max_size=4)),
    st.builds(_module, st.lists(edits, min_size=1, max_size=2)),
    st.builds(_page, st.sampled_from(PAGES), headings, blocks, st.sampled_from(FRONTS)),
)
"""Modules and pages; each is told its number and gives its files."""

terms = st.lists(st.tuples(titles, titles).map(lambda t: f"| {escape(t[0])} | {t[1]} |\n"), max_size=4).map("".join)
"""Rows of the glossary's table of abbreviations."""
