"""L: links, images and references."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from .. import vocabulary
from ..document import Block, Document, Link, Location, Offsets, Problem, fact
from ..model import Curriculum, Module, Reference, Severity
from ..module import items
from ..source import anchors, natural_path
from ..tree import MODULES
from .registry import rule
from .structure import is_empty

ALLOWED_SCHEMES = ("", "https", "http", "mailto", "tel")
IMAGES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif")
EDITION_ADDRESS = re.compile(r"^(?:https?://[^/]+)?/?(?:[^/]+/)?(?:terbaru|20\d\d\.\d+)/")
CITATION = re.compile(r"\[([^\[\]\n]{3,120})\](?![(\[])")
CITED = re.compile(r"[A-Z][^\[\];]{1,50}?(?:\b\d{4}[a-z]?|/\d{4}|\bt\.t\.)")
ENTRY = re.compile(r"^(?P<author>.+?)\.? \((?P<year>\d{4}[a-z]?|t\.t\.)\)\. ?(?P<title>[*_].+?[*_])", re.DOTALL)


_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_ADDRESS = re.compile(
    r"\s*https?://(?:[^/?#@]*@)?(\[[0-9A-Fa-f:.]+\]|[^/?#@:\[\]\s]+)(?::(\d{1,5}))?(?=[/?#]|\s*$)", re.IGNORECASE
)
"""A web address that a browser can open; its host and port."""


def scheme(target: str) -> str:
    """The scheme of a link's target in lower case; empty where it is relative."""
    match = _SCHEME.match(target)
    return match[1].lower() if match else ""


class LocalLink(NamedTuple):
    """A relative link or image: the repository path it leads to ('' for this page) and the fragment."""

    start: int
    target: str
    image: bool
    path: str
    fragment: str


@fact("document")
def local_links(document: Document) -> tuple[LocalLink, ...]:
    """The relative links and images of a document."""
    folder = document.path.rpartition("/")[0]
    found = []
    for link in document.links:
        target = link.target.strip()
        if target and not target.startswith("/") and ":" not in target[:1] and not _SCHEME.match(target):
            address, _, fragment = target.partition("#")
            address = address.partition("?")[0]
            path = natural_path(f"{folder}/{unquote(address)}") if address else ""
            found.append(LocalLink(link.start, link.target, link.image, path, unquote(fragment)))
    return tuple(found)


def _nearest_path(path: str, curriculum: Curriculum) -> str | None:
    return vocabulary.nearest(path, curriculum.sorted_paths, 0.75)


def _index_lost(path: str, curriculum: Curriculum) -> bool:
    """Whether a path is the missing index.md of a module folder, of which F107 or F120 speaks."""
    folder, _, name = path.rpartition("/")
    return name == "index.md" and (folder in curriculum.module_folders or path in curriculum.hidden_paths)


@rule("L401", "Sasaran tautan tidak ada", each="document")
def missing_target(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for link in local_links(document):
        path = link.path
        if path and not link.image and path not in curriculum.paths and not _index_lost(path, curriculum):
            folder = f"{path}/index.md" in curriculum.paths
            near = f"{path}/index.md" if folder else _nearest_path(path, curriculum)
            yield Problem(
                document.at(link.start),
                f"Tautan menuju `{link.target}`, yang tidak ada.",
                f"Mungkin maksudnya `{near}`?" if near else "Periksa ejaannya, atau tambahkan berkasnya.",
            )


@rule("L402", "Jangkar tautan tidak ada", each="curriculum")
def missing_anchor(curriculum: Curriculum) -> Iterator[Problem]:
    for document in curriculum.documents.values():
        for link in local_links(document):
            target = curriculum.documents.get(link.path) if link.path else document
            if not link.fragment or link.image or not target or target.unreadable:
                continue
            if link.fragment not in anchors(target):
                near = vocabulary.nearest(link.fragment, tuple(sorted(anchors(target))))
                where = "halaman ini" if target is document else f"`{target.path}`"
                yield Problem(
                    document.at(link.start),
                    f"Jangkar `#{link.fragment}` tidak ada di {where}.",
                    f"Mungkin maksudnya `#{near}`?" if near else "Tautkan ke judul yang ada.",
                )


@rule("L403", "Gambar tidak ada", each="document")
def missing_image(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for link in local_links(document):
        path = link.path
        if not link.image or link.target.strip() == "#":
            continue  # L406 speaks of what has no target
        if path not in curriculum.paths:
            near = _nearest_path(path, curriculum)
            yield Problem(
                document.at(link.start),
                f"Gambar `{link.target}` tidak ada.",
                f"Mungkin maksudnya `{near}`?" if near else "Letakkan gambarnya di samping berkas ini.",
            )
        elif not path.lower().endswith(IMAGES):
            yield Problem(
                document.at(link.start),
                f"`{link.target}` bukan gambar.",
                "Hapus `!` di depannya bila yang dimaksud tautan; gambar berupa .svg, .png, .jpg, .webp, atau .gif.",
            )


@rule(
    "L404",
    "Berkas di folder modul yang tidak dipakai",
    severity=Severity.WARNING,
    each="curriculum",
    after=("F107", "K606", "X708"),
)
def unused_file(curriculum: Curriculum) -> Iterator[Problem]:
    used = {
        link.path
        for document in curriculum.documents.values()
        for link in local_links(document)
        if link.path != document.path
    }
    unused: dict[str, list[str]] = defaultdict(list)
    for path in curriculum.sorted_paths:
        if path not in used and path not in curriculum.by_path and path.count("/") > 1:
            top, slug, _ = path.split("/", 2)
            if top == MODULES:
                unused[slug].append(path)
    for module in curriculum.modules:
        own = unused.get(module.slug)
        if not own or any(document.unreadable for document in module.documents) or not has_all_sections(module):
            continue  # what it links to cannot be told
        wrong = [link.path for d in module.documents for link in local_links(d) if link.path not in curriculum.paths]
        own = [path for path in own if not wrong or not vocabulary.nearest(path, tuple(wrong), 0.75)]
        for path in own[links_lost(module) :]:  # of the others L401, L403, L406, L407 or K602 speaks
            yield Problem(
                Location(path),
                "Berkas ini tidak ditautkan dari halaman mana pun.",
                f"Tautkan dari `{module.path}`, atau hapus.",
            )


@fact("module")
def links_lost(module: Module) -> int:
    """How many links of a module lead nowhere, of which L406, L407 or K602 speaks: each may have meant a file."""
    lost = 0
    for document in module.documents:
        for link in document.links:
            lost += not link.target.strip(" #") or link.target.startswith("/")
            lost += scheme(link.target) not in ALLOWED_SCHEMES
        lost += sum(1 for _ in unread_links(document))
    return lost


@fact("module")
def has_all_sections(module: Module) -> bool:
    """Whether no section and no part of Uraian materi is missing or empty, so that no link or citation is lost."""
    required = [title for title in vocabulary.SECTIONS if title != vocabulary.ASSIGNMENTS]
    content = module.sections.get(vocabulary.CONTENT)
    parts = len(content.children) if content else 0
    empty = any(s.heading and s.heading.level > 1 and is_empty(s) for s in module.document.root.walk())
    return not empty and all(title in module.sections for title in required) and parts >= len(module.topics or ())


@rule("L405", "http, padahal https yang dimaksud", each="document", severity=Severity.WARNING)
def plain_http(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for link in document.links:
        match = _ADDRESS.match(link.target) if scheme(link.target) == "http" else None
        host = match[1].lower() if match else ""
        if host and host != "localhost" and not host.startswith("127."):
            yield Problem(
                document.at(link.start),
                f"Tautan ke {host} memakai http, yang dapat disadap dan diubah di jalan.",
                "Pakai `https://`.",
            )


@rule("L406", "Tautan tanpa sasaran, tanpa teks, atau rusak", each="document")
def empty_link(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for link in document.links:
        if not link.target.strip() or link.target.strip() == "#":
            what = "Gambar" if link.image else f"Tautan “{link.text}”"
            yield Problem(document.at(link.start), f"{what} tidak punya sasaran.", "Isi alamatnya di dalam kurung.")
        elif scheme(link.target) in ("http", "https") and not _ADDRESS.match(link.target):
            yield Problem(
                document.at(link.start),
                f"Alamat `{link.target}` rusak: peramban tidak dapat membukanya.",
                "Salin lagi alamatnya dari peramban, misalnya `https://contoh.example/pedoman`.",
            )
        elif not link.image and not link.text.strip() and not _holds_image(document, link):
            yield Problem(
                document.at(link.start),
                f"Tautan ke `{link.target}` tidak punya teks.",
                "Tulis teks yang menyebut apa yang akan terbuka.",
            )

    for start, source in unread_links(document):
        if unread_scheme(document, start) not in ALLOWED_SCHEMES:
            continue  # K602 speaks
        yield Problem(
            document.at(start),
            f"`{source}` tidak terbaca sebagai tautan.",
            "Tulis `[teks](alamat)`: tanpa spasi di antara `]` dan `(`, dan dengan kurung tutup.",
        )


_SEEMS_LINK = re.compile(r"\]\(|\] +\((?=[^\s()]*\.(?:md|png|svg|jpe?g|pdf)\b|https?:)")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)


def unread_links(document: Document) -> Iterator[tuple[int, str]]:
    """Where a link begins that the parser does not see as one, and how it begins."""
    read = sum(link.kind == "Inline" for link in document.links)
    if document.data.count(b"](") == read and b"] (" not in document.data:
        return  # quick: every link that is written is read as one
    for block in [block for kind in ("paragraph", "item", "cell", "heading") for block in document.of(kind)]:
        if "]" in block.text and _SEEMS_LINK.search(block.text):
            source = document.source(block)
            if block.children:
                source = source[: block.children[0].start - block.start]
            blanked = _CODE_SPAN.sub(lambda match: " " * len(match[0]), source)
            for link in document.links:
                if block.start <= link.start < block.end:
                    at = len(document.data[block.start : link.start].decode("utf-8", "replace"))
                    size = len(document.source(link))
                    blanked = blanked[:at] + " " * size + blanked[at + size :]
            for match in _SEEMS_LINK.finditer(blanked):
                opening = blanked.rfind("[", 0, match.start())
                if opening >= 0 and blanked[opening - 1 : opening] != "\\" and blanked[match.start() - 1] != "\\":
                    yield block.start + len(source[:opening].encode()), source[opening : opening + 40].split("\n")[0]


_UNREAD = re.compile(rb"\[[^\[\]\n]*\]\s*\(\s*<?\s*([A-Za-z][A-Za-z0-9+.-]*):")


def unread_scheme(document: Document, start: int) -> str:
    """The scheme of a link that the parser does not see as one; empty where it has none."""
    match = _UNREAD.match(document.data, start)
    return match[1].decode().lower() if match else ""


def _holds_image(document: Document, link: Link) -> bool:
    return any(other.image and link.start < other.start < link.end for other in document.links)


@rule("L407", "Tautan mutlak ke situs ini atau ke satu edisi", each="document")
def absolute_link(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for link in document.links:
        target = link.target.strip()
        if target.startswith("/") and not target.startswith("//"):
            message = f"Tautan `{target}` dimulai dari akar situs, sehingga keluar dari edisinya."
        elif scheme(target) in ("http", "https") and EDITION_ADDRESS.match(target):
            message = f"Tautan `{target}` menuju satu edisi tertentu."
        else:
            continue
        yield Problem(document.at(link.start), message, "Pakai tautan relatif ke berkas `.md`-nya.")


# --- References -----------------------------------------------------------------------------------------------------


@rule("L408", "Rujukan tanpa penulis, tahun, atau judul")
def incomplete_reference(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    found = items(module.sections.get(vocabulary.REFERENCES)) or ()
    for item, reference in zip(found, module.references or (), strict=True):
        text = _entry(module, item)
        if ENTRY.match(text):
            continue
        missing = []
        if not re.search(r"\((?:\d{4}[a-z]?|t\.t\.)\)", text):
            missing.append("tahun")
        if not re.search(r"[*_][^*_]+[*_]", text):
            missing.append("judul (miring)")
        if not re.match(r"[^(*_]{2,}", text):
            missing.append("penulis")
        what = f"tidak menyebut {', '.join(missing)}" if missing else "tidak berurutan penulis, tahun, judul"
        yield Problem(
            module.document.at(item.start),
            f"Rujukan {f'[{reference.key}]' if reference.key else 'ini'} {what}.",
            "Tulis: `- [KUNCI] Penulis. (Tahun). *Judul*. Penerbit.`; tanpa tahun: `(t.t.)`.",
        )


def _entry(module: Module, item: Block) -> str:
    """The Markdown of a reference without its bullet and key."""
    return re.sub(r"^\s*(?:[-*+]|\d+[.)])(?:\s+|$)(?:\[[^\]]+\]\s+)?", "", module.document.source(item))


@rule("L409", "Kutipan tanpa rujukan, atau rujukan yang tidak dikutip")
def citations(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    if module.references is None:
        return
    section = module.sections[vocabulary.REFERENCES]
    end = min((b.end for b in section.blocks[-1:]), default=section.start)
    known: dict[str, Reference] = {}
    for reference in module.references:
        if reference.key and known.setdefault(reference.key, reference) is not reference:
            yield Problem(
                module.document.at(reference.start),
                f"Rujukan [{reference.key}] terdaftar dua kali.",
                "Hapus salah satunya, atau bedakan kuncinya, misalnya dengan `2020a` dan `2020b`.",
            )
    cited: dict[str, list[Location]] = {}
    for document in module.documents:
        for offset, key in cited_keys(document):
            if document is not module.document or not section.start <= offset < end:
                cited.setdefault(key, []).append(document.at(offset))
    if not known and not cited:
        return
    lost = [key for key in known if key not in cited] if has_all_sections(module) else []
    unknown = [key for key in cited if key not in known and not _is_event(key)]
    entries = zip(items(section) or (), module.references, strict=True)
    keyless = sum(not entry.key and not ENTRY.match(_entry(module, item)) for item, entry in entries)  # L408 speaks
    for key in unknown if len(unknown) > keyless else ():
        near = vocabulary.nearest(key, lost, 0.7) or vocabulary.nearest(key, list(known), 0.7)
        if near in lost:
            lost.remove(near)
        first, *others = cited[key]
        again = f" (juga di {_places(others, first.path)})" if others else ""
        yield Problem(
            first,
            f"Kutipan [{key}] tidak ada di `## {vocabulary.REFERENCES}`{again}.",
            f"Mungkin maksudnya [{near}]?" if near else "Tambahkan rujukannya, atau perbaiki kuncinya.",
        )
    for key in lost:
        yield Problem(
            module.document.at(known[key].start),
            f"Rujukan [{key}] tidak pernah dikutip.",
            f"Kutip `[{key}]` pada kalimat yang bersandar padanya, atau hapus rujukannya.",
        )


def _is_event(key: str) -> bool:
    """Whether `[Palu 2018]` names an event by place and year, and no book."""
    words = re.findall(r"[^\W\d]+", key.casefold())
    return bool(words) and all(word in vocabulary.EVENTS for word in words)


def _places(places: list[Location], here: str, most: int = 3) -> str:
    named = [f"baris {p.line}" if p.path == here else f"`{p.path}`" for p in places]
    listed = list(dict.fromkeys(named))
    rest = len(listed) - most
    return ", ".join(listed[:most]) + (f", dan {rest} tempat lain" if rest > 0 else "")


def cited_keys(document: Document) -> Iterator[tuple[int, str]]:
    """Keys cited in a document (`[WHO 2011]`, `[WHO 2011; UU 14/2019]`) with their byte offsets; not those in code."""
    text = document.data[document.body :].decode("utf-8", "replace")
    if "[" not in text:
        return
    fenced = [(block.start, block.end) for block in document.of("code")]
    offsets = Offsets(text)
    for match in CITATION.finditer(text):
        keys = [key.strip() for key in match[1].split(";")]
        if all(CITED.fullmatch(key) for key in keys):
            if (
                text.startswith(":", match.end())
                and not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
            ):
                continue  # it says where a link leads
            offset = document.body + offsets.at(match.start())
            if not any(start <= offset < end for start, end in fenced):
                for key in keys:
                    yield offset, key
