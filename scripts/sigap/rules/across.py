"""X: what holds across modules and programmes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from .. import addresses, vocabulary
from ..document import Location, Problem
from ..model import Curriculum, Module, Programme, Severity
from ..tree import DOCS, PROGRAMMES
from .registry import rule


def _unknown(kode: str, curriculum: Curriculum) -> str:
    near = vocabulary.nearest(kode, list(curriculum.by_kode), 0.7)
    return f"Mungkin maksudnya {near}?" if near else "Periksa kodenya di daftar modul."


def _kodes_lost(curriculum: Curriculum) -> bool:
    """Whether every unknown kode may belong to a module folder whose own kode cannot be told, which others speak of."""
    named = {kode for module in curriculum.modules for kode in module.prerequisites}
    named |= {kode for programme in curriculum.programmes for kode in programme.module_kodes}
    known = set(curriculum.by_kode) - {""}
    folders = {path.split("/")[1] for path in curriculum.paths if path.startswith("modules/") and path.count("/") > 1}
    return len(named - known) <= len(folders) - len(known)


@rule("X701", "Prasyarat atau program menyebut modul yang tidak ada", each="curriculum")
def unknown_module(curriculum: Curriculum) -> Iterator[Problem]:
    if _kodes_lost(curriculum):
        return
    mentions: dict[str, list[tuple[Location, str]]] = {}
    for module in curriculum.modules:
        for index, kode in enumerate(module.prerequisites):
            place = module.document.place(f"prasyarat.{index}")
            mentions.setdefault(kode, []).append((place, f"Prasyarat {kode} tidak ada"))
    for programme in curriculum.programmes:
        for index, kode in enumerate(programme.module_kodes):
            place = programme.document.place(f"program.modul.{index}")
            message = f"Program {programme.kode} menyebut modul {kode}, yang tidak ada"
            mentions.setdefault(kode, []).append((place, message))
    replaced = {old for old, _ in kodes_replaced(curriculum)}  # V805 speaks
    for kode, found in mentions.items():
        if kode not in curriculum.by_kode and kode not in replaced:
            (place, message), *others = found
            again = f" (juga di {', '.join(dict.fromkeys(f'`{p.path}`' for p, _ in others))})" if others else ""
            yield Problem(place, f"{message}{again}.", _unknown(kode, curriculum))


def kodes_replaced(curriculum: Curriculum) -> list[tuple[str, Module]]:
    """Kodes of the base that are gone, each with the module that stands in its folder under a new kode."""
    base = curriculum.base
    if base is None:
        return []
    by_slug = {module.slug: module for module in curriculum.modules}
    gone = [
        (kode, by_slug.get(old.slug)) for kode, old in base.by_kode.items() if kode and kode not in curriculum.by_kode
    ]
    return [(kode, here) for kode, here in gone if here and here.kode and here.kode not in base.by_kode]


@lru_cache(maxsize=1)
def circles(curriculum: Curriculum) -> list[tuple[str, ...]]:
    """Circles of prerequisites, each once, starting at its smallest kode."""
    found: set[tuple[str, ...]] = set()
    done: set[str] = set()
    for start in sorted(curriculum.by_kode):
        path: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            kode, index = stack.pop()
            if index == 0:
                if kode in path:
                    circle = path[path.index(kode) :]
                    least = circle.index(min(circle))
                    found.add(tuple(circle[least:] + circle[:least]))
                    continue
                if kode in done or kode not in curriculum.by_kode:
                    continue
                path.append(kode)
            needs = curriculum.by_kode[kode].prerequisites
            if index < len(needs):
                stack.append((kode, index + 1))
                stack.append((needs[index], 0))
            else:
                done.add(path.pop())
    return sorted(found)


@rule("X702", "Prasyarat melingkar", each="curriculum")
def circular_prerequisites(curriculum: Curriculum) -> Iterator[Problem]:
    for circle in circles(curriculum):
        module = curriculum.by_kode[circle[0]]
        yield Problem(
            module.document.place("prasyarat"),
            f"Prasyarat melingkar: {' → '.join((*circle, circle[0]))}.",
            "Hapus salah satu prasyarat di lingkaran ini.",
        )


@rule("X703", "Program mendahulukan atau melewatkan prasyarat", each="programme")
def prerequisite_order(programme: Programme, curriculum: Curriculum) -> Iterator[Problem]:
    circular = {kode for circle in circles(curriculum) for kode in circle}
    order = programme.module_kodes
    for index, kode in enumerate(order):
        module = curriculum.by_kode.get(kode)
        if module is None or kode in order[:index]:
            continue
        for needed in module.prerequisites:
            if needed not in curriculum.by_kode or (needed in circular and kode in circular):
                continue
            place = programme.document.place(f"program.modul.{index}")
            if needed not in order:
                message = f"Program {programme.kode} memuat {kode} tanpa prasyaratnya {needed}."
                yield Problem(place, message, f"Tambahkan {needed} sebelum {kode}.")
            elif order.index(needed) > index:
                message = f"Program {programme.kode} menaruh {kode} sebelum prasyaratnya {needed}."
                yield Problem(place, message, f"Pindahkan {needed} ke depan {kode}.")


@rule("X704", "Modul di luar semua program", severity=Severity.WARNING, each="curriculum")
def module_without_programme(curriculum: Curriculum) -> Iterator[Problem]:
    taught = {kode for programme in curriculum.programmes for kode in programme.module_kodes}
    outside = [m for m in curriculum.modules if m.kode and m.kode not in taught and m.status != vocabulary.WITHDRAWN]
    pages = [p for p in curriculum.pages if p.path.startswith(f"{PROGRAMMES}/") and p.path != f"{PROGRAMMES}/index.md"]
    if not taught or len(pages) > len(curriculum.programmes):
        return  # a programme that cannot be read may hold them
    if len(outside) <= len(taught - set(curriculum.by_kode)):
        return  # X701 speaks: a programme may have meant them
    for module in outside:
        yield Problem(
            module.document.place("kode"),
            f"Modul {module.kode} tidak ada di program mana pun.",
            "Tambahkan ke sebuah program di `docs/program/`, atau tandai `status: dicabut`.",
        )


@rule("X705", "Modul dua kali dalam satu program", each="programme")
def module_twice(programme: Programme, curriculum: Curriculum) -> Iterator[Problem]:
    for index, kode in enumerate(programme.module_kodes):
        if kode in programme.module_kodes[:index]:
            yield Problem(
                programme.document.place(f"program.modul.{index}"),
                f"Program {programme.kode} memuat {kode} dua kali.",
                "Hapus salah satunya.",
            )


@rule("X706", "Program memuat modul yang dicabut", each="programme")
def withdrawn_module(programme: Programme, curriculum: Curriculum) -> Iterator[Problem]:
    for index, kode in enumerate(programme.module_kodes):
        module = curriculum.by_kode.get(kode)
        if module and module.status == vocabulary.WITHDRAWN:
            yield Problem(
                programme.document.place(f"program.modul.{index}"),
                f"Program {programme.kode} memuat {kode}, yang sudah dicabut.",
                "Ganti dengan modul penggantinya, atau hapus dari daftar.",
            )


@rule("X707", "Alamat lama yang sudah dipakai", each="curriculum")
def address_taken(curriculum: Curriculum) -> Iterator[Problem]:
    pages = {addresses.web(path): path for path in curriculum.documents}
    claimed: dict[str, Module] = {}
    for module in curriculum.modules:
        for index, slug in enumerate(module.old_addresses):
            page = pages.get(f"{addresses.MODULE_URIS}/{slug}/")
            first = claimed.setdefault(slug, module)
            if page == module.path:
                what = "adalah alamat modul ini sendiri"
            elif page:
                what = f"adalah alamat `{page}`"
            elif first is not module:
                what = f"sudah dialihkan oleh `{first.path}`"
            elif slug in module.old_addresses[:index]:
                what = "ditulis dua kali"
            else:
                continue
            yield Problem(
                module.document.place(f"alamat_lama.{index}"),
                f"Alamat lama `{slug}` {what}.",
                "Hapus dari `alamat_lama`, yang hanya memuat nama folder yang dulu milik modul ini.",
            )


@rule("X708", "Dua berkas pada satu alamat situs", each="curriculum")
def address_shared(curriculum: Curriculum) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for path in sorted(curriculum.paths, key=lambda path: (path.endswith("/README.md"), path.startswith(DOCS), path)):
        if (owner := owners.setdefault(addresses.file(path), path)) != path:
            yield Problem(
                Location(path),
                f"Di situs, berkas ini mendapat alamat yang sama dengan `{owner}`, sehingga salah satunya hilang.",
                "Beri berkas ini nama lain, atau gabungkan isinya.",
            )
