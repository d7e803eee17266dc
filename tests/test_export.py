"""`kurikulum.json`: complete, the same for the same content, and good for comparing without the texts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from editions import FOLDER, INDEX, edited, files, read
from repos import CONTOH
from sigap import export, site
from sigap.compare.bumps import Bump, Status
from sigap.compare.changes import changes
from sigap.load import load
from sigap.tree import Folder
from test_changes import BASE, EDITS, edit

ROOT = Path(__file__).parents[1]


def test_there_and_back_again() -> None:
    data = export.export(BASE)
    assert export.export(export.restore(data)) == data
    assert export.export(export.restore(json.loads(export.dumps(BASE)))) == data


def test_this_repository_there_and_back_again() -> None:
    data = export.export(load(Folder.open(ROOT)))
    assert data["modules"]
    assert export.export(export.restore(data)) == data


def test_broken_modules_there_and_back_again() -> None:
    broken = {
        "modules/kosong/index.md": "",
        "modules/rusak/index.md": "---\nkode: [\n---\n\n# X\n\n## Evaluasi\n\n### Sesi 1\n\n##### Dalam\n\nteks\n",
        "modules/tanpa-kode/index.md": files()[INDEX].replace("kode: TK-05\n", "").replace("| T | 10 |", "| ? | x |"),
        "modules/kembar/index.md": files()[INDEX].replace("## Rangkuman", "## Evaluasi"),
    }
    data = export.export(read({**files(), **broken}))
    assert export.export(export.restore(data)) == data


def test_it_holds_the_module() -> None:
    (module,) = export.export(BASE)["modules"]
    assert (module["kode"], module["slug"], module["version"]) == ("TK-05", "dukungan-psikologis-awal", "1.0.0")
    assert module["hours"] == {"theory": 2, "assignment": 4, "fieldwork": 0}
    assert len(module["indicators"]) == len(module["topics"]) == len(module["sessions"]) == 3
    session = module["sessions"][1]
    assert (session["number"], session["title"], session["minutes"]) == (2, "Dengarkan", 90)
    assert session["activities"][0] == {
        "stage": "Pendahuluan",
        "facilitator": "Memandu latihan berpasangan: tidak didengar, lalu didengar",
        "participants": "Bercerita tentang perjalanan ke tempat kerja, bertukar peran, menyebut bedanya",
        "method": "Latihan berpasangan",
        "indicators": [2],
        "mode": "P",
        "minutes": 10,
    }
    assert module["assessments"][0]["threshold"].startswith("Sedikitnya 5 dari 6")
    assert [r["key"] for r in module["references"]] == ["WHO 2011", "WHO 2013", "IASC 2020", "HIMPSI 2020"]
    assert [h["title"] for h in module["handouts"]] == ["Peta Layanan dan Kartu Rujukan", "Panduan Panggilan Telepon"]
    assert module["history"][0]["version"] == "1.0.0"


def test_policy_and_programme() -> None:
    data = export.export(BASE)
    assert data["policy"]["menit_per_jp"]["value"] == 45
    assert data["policy"]["menit_per_jp"]["source"].startswith("Pelatihan Kemenkes")
    assert data["policy"]["istirahat"]["value"][0] == {"name": "Rehat pagi", "start": 615, "minutes": 15, "until": 0}
    (programme,) = data["programmes"]
    assert (programme["kode"], programme["modules"], programme["start"]) == (
        "PROG-BEKAL",
        ["TK-02", "TK-05", "TK-13"],
        480,
    )


def test_bytes_depend_on_content_alone() -> None:
    text = export.dumps(BASE)
    assert text.endswith("}\n")
    assert "\\u" not in text
    assert text == export.dumps(read(files()))
    assert text == export.dumps(replace(BASE, today=BASE.today.replace(year=2031), modules=BASE.modules[::-1]))


def test_modules_stand_by_kode() -> None:
    more = {**files(), "modules/aaa/index.md": files()[INDEX].replace("kode: TK-05", "kode: TK-09")}
    more["modules/zzz/index.md"] = files()[INDEX].replace("kode: TK-05", "kode: TK-01")
    assert [m["kode"] for m in export.export(read(more))["modules"]] == ["TK-01", "TK-05", "TK-09"]


@pytest.mark.parametrize("name", EDITS)
def test_restored_editions_compare_as_their_texts_do(name: str) -> None:
    """Without the texts the same kinds are found, though a change of markup is told as one of text."""

    def told(kind: str) -> str:
        return kind.replace("section-markup", "section-text")

    old, new = (export.restore(export.export(side)) for side in (BASE, edit(name)))
    (with_texts,), (without,) = changes(BASE, edit(name)).modules, changes(old, new).modules
    assert {told(c.kind) for c in with_texts.changes} == {told(c.kind) for c in without.changes}
    assert with_texts.required == without.required


def test_a_restored_edition_equals_its_texts() -> None:
    restored = export.restore(export.export(BASE))
    for sides in ((BASE, restored), (restored, BASE)):
        (module,) = changes(*sides).modules
        assert (module.status, module.required) == (Status.UNCHANGED, Bump.NONE)
    changed = edited(
        ("Kasus ini fiktif, begitu juga", "Kasus rekaan, begitu juga"), path=f"{FOLDER}/lampiran-kartu-rujukan.md"
    )
    (module,) = changes(restored, read(changed)).modules
    assert [c.kind for c in module.changes] == ["handout-changed"]


def test_what_is_published_fits_the_published_schema() -> None:
    path, data = site.data_schema()
    assert path == f"skema/kurikulum-{export.FORMAT}.json"
    schema = json.loads(data)
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema)
    for root in (CONTOH, ROOT):
        value = json.loads(export.dumps(load(Folder.open(root))))
        assert list(check.iter_errors(value)) == []
    value["modules"][0]["menit"] = 5
    assert list(check.iter_errors(value))
