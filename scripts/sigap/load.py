"""A tree of files to a curriculum. Never raises on bad content: it becomes a problem, and the rest is read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from . import allowed_files, schema, vocabulary
from .document import Document, Location, Problem
from .front_matter import front_problems
from .model import (
    Break,
    Curriculum,
    Edition,
    FramePart,
    Module,
    Policy,
    Programme,
    Variant,
)
from .module import read_module
from .source import read as read_anew
from .source import read_yaml
from .tree import EDITIONS, GLOSSARY, MODULES, POLICY, PROGRAMMES, Tree, unreadable

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


_REMEMBERED = 8192
"""Files and modules that are kept once they were read: editions and the base share nearly all of them."""

read = lru_cache(_REMEMBERED)(read_anew)
"""`source.read`, once for each path and content."""


@lru_cache(_REMEMBERED)
def _module(
    slug: str, index: Document, handouts: tuple[Document, ...], files: tuple[tuple[str, str], ...]
) -> tuple[Module, tuple[Problem, ...]]:
    """A module and the problems of its front matter, once for each content."""
    problems: list[Problem] = []
    module = read_module(slug, index, handouts, problems, dict(files))
    return module, tuple(problems)


def load(
    tree: Tree, today: date | None = None, *, slugs: Container[str] | None = None, with_pages: bool = True
) -> Curriculum:
    """Read the whole curriculum.

    In: a tree, and the day that counts as today for reviews that fall due; `slugs` the module folders to read (None:
    all), `with_pages` whether to read what is no module. Out: the curriculum; its `problems` and those of its documents
    hold everything that could not be read (codes F and H305, V801).
    """
    problems: list[Problem] = list(tree.problems)

    def document(path: str) -> Document:
        try:
            return read(path, tree.read(path))
        except OSError as error:
            return replace(read(path, b""), problems=(unreadable(path, error),))

    def digest(path: str) -> str:
        try:
            return hashlib.sha256(tree.read(path)).hexdigest()
        except OSError as error:
            problems.append(unreadable(path, error))
            return ""

    policy, policy_document = _policy(tree, problems)
    folders: dict[str, list[str]] = {}
    pages: list[Document] = []
    for path in sorted(tree.paths):
        top, _, rest = path.partition("/")
        if top == MODULES and "/" in rest:
            slug = rest.partition("/")[0]
            if slugs is None or slug in slugs:
                folders.setdefault(slug, []).append(path)
        elif path.endswith(".md") and with_pages:
            if top == MODULES:
                message = "Berkas Markdown ini berdiri di luar folder modul."
                hint = "Pindahkan ke `modules/<nama-modul>/index.md`."
                problems.append(Problem(Location(path), message, hint, "F107"))
            pages.append(document(path))
    modules = []
    for slug, paths in folders.items():
        index = f"{MODULES}/{slug}/index.md"
        if not KEBAB.fullmatch(slug):
            message = f"Nama folder `{slug}` bukan kebab-case."
            hint = f"Pakai huruf kecil, angka, dan tanda hubung, misalnya `{_kebab(slug)}`."
            problems.append(Problem(Location(index if index in paths else paths[0]), message, hint, "F107"))
        if index not in paths:
            message = f"Folder `{MODULES}/{slug}` tidak punya `index.md`."
            own = [path for path in paths if path.endswith(".md") and "/lampiran-" not in path]
            hint = (
                f"Beri nama `index.md` pada `{own[0]}`."
                if own
                else "Tambahkan `index.md`, atau pindahkan berkas ini ke folder modulnya."
            )
            problems.append(Problem(Location((own or paths)[0]), message, hint, "F107", stands_for=frozenset((index,))))
            continue
        problems += [_nested(path) for path in paths if path.endswith(".md") and path.count("/") > 2]
        handouts = tuple(document(p) for p in paths if p.endswith(".md") and p != index)
        for handout in handouts:
            if handout.front is not None:
                problems += front_problems("lampiran", handout, schema.check("lampiran", handout.front))
        files = tuple((p.rpartition("/")[2], digest(p)) for p in paths if not p.endswith(".md"))
        module, found = _module(slug, document(index), handouts, files)
        modules.append(module)
        problems += found
    if with_pages:
        problems += _other_files(tree)
    programmes = [p for page in pages if (p := _programme(page, problems))]
    editions = [e for page in pages if (e := edition_page(page, problems))]
    for one in [*pages, *(d for m in modules for d in m.documents)]:
        problems += one.problems
    modules.sort(key=module_order)
    editions.sort(key=lambda edition: edition_order(edition.name))
    curriculum = Curriculum(
        tuple(modules),
        tuple(programmes),
        tuple(editions),
        policy,
        policy_document,
        tuple(pages),
        tree.paths,
        tuple(problems),
        glossary=document(GLOSSARY) if GLOSSARY in tree.paths else None,
    )
    return replace(curriculum, today=today) if today else curriculum


def _nested(path: str) -> Problem:
    top, slug, *_, name = path.split("/")
    hint = f"Pindahkan ke `{top}/{slug}/{name}`."
    return Problem(Location(path), "Lampiran ini berdiri di dalam subfolder modulnya.", hint, "F107")


def _other_files(tree: Tree) -> Iterator[Problem]:
    """Files beside the Markdown that may not be published."""
    for path in sorted(tree.paths):
        if path.endswith(".md") or path == POLICY:
            continue
        try:
            drawn = tree.read(path) if path.lower().endswith(".svg") else b""
        except OSError:
            continue  # F120 speaks
        if what := allowed_files.fault(path, drawn):
            hint = f"Hapus berkas ini, atau ganti dengan {', '.join(allowed_files.KINDS)}; SVG hanya boleh menggambar."
            yield Problem(Location(path), f"{what[0].upper()}{what[1:]}.", hint, "K606")


def module_order(module: Module) -> tuple[str, str]:
    """A key that puts modules in the order of their kodes; those without one come last."""
    return module.kode or "~", module.slug


def edition_order(name: str) -> tuple[int, ...]:
    """A key that puts edition names in order of time: 2026.2 before 2026.10."""
    return tuple(int(part) for part in name.split("."))


def _kebab(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "nama-modul"


def _policy(tree: Tree, problems: list[Problem]) -> tuple[Policy, Document | None]:
    if POLICY not in tree.paths:
        if any(path.startswith(f"{MODULES}/") for path in tree.paths):
            message = f"`{POLICY}` tidak ada; dipakai nilai baku."
            hint = "Salin `kurikulum.yml` dari repositori induk."
            problems.append(Problem(Location(POLICY), message, hint, "F103"))
        return Policy(), None
    try:
        policy, document = _policy_file(tree.read(POLICY))
    except OSError as error:
        problems.append(problem := unreadable(POLICY, error))
        return Policy(), replace(read(POLICY, b""), problems=(problem,))
    problems += document.problems
    return policy, document


@lru_cache(_REMEMBERED)
def _policy_file(raw: bytes) -> tuple[Policy, Document]:
    """The policy and its file, whose problems are the document's; once for each content."""
    base = read(POLICY, b"")
    try:
        raw.decode("utf-8")
        data, places, found = read_yaml(POLICY, raw)
    except UnicodeDecodeError:
        problem = Problem(Location(POLICY), "Berkas bukan teks UTF-8.", "Simpan ulang sebagai UTF-8.", "F110")
        return Policy(), replace(base, problems=(problem,))
    document = replace(base, data=raw, front=data, places=places, body=len(raw))
    if data is not None:
        found += front_problems("kurikulum", document, schema.check("kurikulum", data))
    if data is None or found:
        return Policy(), replace(document, problems=tuple(found))
    values: dict[str, Any] = {key: item.get("nilai") for key, item in data.items() if isinstance(item, dict)}
    share: Any = data["persen_teori"]
    return (
        Policy(
            lesson_minutes=values["menit_per_jp"],
            half_lessons=values["setengah_jp"],
            yearly_lessons=values["jp_minimum_tahunan"],
            daily_lessons=values["jp_maksimum_per_hari"],
            longest_session=values["menit_sesi_terpanjang"],
            theory_share=(share["minimum"], share["maksimum"]),
            body_change_share=values["persen_perubahan_isi"],
            contact_age_days=values["hari_nomor_darurat"],
            law_age_days=values.get("hari_peraturan", Policy().law_age_days),
            breaks=_breaks(values["istirahat"]),
            friday_breaks=_breaks(values.get("istirahat_jumat", ())),
            session_gap=values.get("jeda_antarsesi", 0),
            latest_end=clock(values["pukul_selesai_terakhir"]) if "pukul_selesai_terakhir" in values else None,
            frame=_frame(values.get("kerangka", ())),
        ),
        document,
    )


def _breaks(written: Iterable[Mapping[str, Any]]) -> tuple[Break, ...]:
    return tuple(Break(b["nama"], clock(b["pukul"]), b["menit"], clock(b.get("sampai") or "0:0")) for b in written)


def _frame(written: Iterable[Mapping[str, Any]]) -> tuple[FramePart, ...]:
    return tuple(FramePart(part["nama"], part["menit"], part["hari"], part["tempat"]) for part in written)


def clock(text: str) -> int:
    """`"08:30"` as minutes after midnight."""
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def _own_page(page: Document, folder: str, kind: str, problems: list[Problem]) -> dict[str, Any] | None:
    """The checked front matter of a programme or edition page; None for other pages and for unreadable ones."""
    if (
        not page.path.startswith(f"{folder}/")
        or page.path == f"{folder}/index.md"
        or (page.problems and not page.front)
    ):
        return None
    if not page.front or kind not in page.front:
        message = f"Halaman di `{folder}` ini tidak punya front matter `{kind}:`."
        hint = f"Tambahkan `{kind}: {{…}}`; contohnya ada di halaman lain di folder yang sama."
        problems.append(Problem(Location(page.path), message, hint, "F103"))
        return None
    faults = list(front_problems(kind, page, schema.check(kind, page.front)))
    problems += faults
    return None if faults else page.front[kind]  # type: ignore[return-value]


def _programme(page: Document, problems: list[Problem]) -> Programme | None:
    data = _own_page(page, PROGRAMMES, "program", problems)
    if data is None:
        return None
    return Programme(
        page.path.rpartition("/")[2].removesuffix(".md"),
        page,
        data["kode"],
        page.title,
        tuple(data["modul"]),
        data["jp"],
        tuple(data["sasaran"]),
        data["jp_per_hari"],
        clock(data["mulai"]),
        data.get("memenuhi_minimum_tahunan", False),
        _frame(data["kerangka"]) if data.get("kerangka") is not None else None,
        tuple(
            Variant(name, other["jp_per_hari"], clock(other["mulai"]))
            for name in vocabulary.VARIANTS
            if (other := (data.get("varian") or {}).get(name))
        ),
    )


def edition_page(page: Document, problems: list[Problem]) -> Edition | None:
    """The edition that a page of docs/edisi/ speaks of, or None; faults of its front matter go to `problems`."""
    data = _own_page(page, EDITIONS, "edisi", problems)
    if data is None:
        return None
    when: Any = schema.day(data["tanggal"])
    return Edition(data["nama"], when, page, tuple(data.get("menggantikan", ())))
