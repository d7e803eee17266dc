"""Every key of front matter is told to contributors and exported, and every pattern has words for who misses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from repos import HERE
from sigap import export, schema
from sigap.keys import MODELS
from sigap.load import load
from sigap.tree import Folder

ROOT = HERE.parent
GUIDE = (ROOT / "docs/kontribusi/index.md").read_text("utf-8")
EXPORTED = {
    "judul": "title", "ringkasan": "summary", "versi": "version", "kelompok": "group", "sasaran": "audience",
    "prasyarat": "prerequisites", "jp": "hours", "penyusun": "authors", "penelaah": "reviewers",
    "tinjau_ulang": "review_by", "alamat_lama": "old_addresses", "pembagian": "grouping", "uji_coba": "trials",
}  # fmt: skip
"""What the data calls a key of a module, where it is not the key itself."""


def patterns(value: Any) -> Iterator[str]:
    """Every pattern in a JSON Schema."""
    if isinstance(value, dict):
        if isinstance(value.get("pattern"), str):
            yield value["pattern"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from patterns(one)


@pytest.mark.parametrize("kind", MODELS)
def test_every_pattern_has_words(kind: str) -> None:
    assert {one for one in patterns(MODELS[kind].model_json_schema())} <= schema._PATTERNS.keys()


@pytest.mark.parametrize(("kind", "parents"), [("modul", ()), ("lampiran", ("lampiran",))])
def test_every_key_stands_in_the_contributors_tables(kind: str, parents: tuple[str, ...]) -> None:
    told = {
        key for row in re.findall(r"^\| (`[^|]+`) \|", GUIDE, re.MULTILINE) for key in re.findall(r"`([^`]+)`", row)
    }
    assert set(schema.known_keys(kind, parents)) <= told


def test_every_key_of_a_module_is_exported() -> None:
    (module, *_) = export.export(load(Folder.open(ROOT)))["modules"]
    for key in schema.known_keys("modul", ()):
        assert EXPORTED.get(key, key) in module, key


def test_what_is_listed_twice_is_named() -> None:
    front = {"sasaran": ["pekerja-sosial", "pekerja-sosial"]}
    (fault,) = [one for one in schema.check("modul", front) if one.key == "sasaran"]
    assert fault.expected == "daftar tanpa isi yang sama"
