"""Legitimate variations of a module that no rule may speak of."""

from __future__ import annotations

from datetime import date

import pytest
from editions import Memory
from repos import CONTOH
from sigap import rules
from sigap.load import load
from sigap.model import Curriculum

INDEX = "modules/mendengar-aktif/index.md"
FILES = {p.relative_to(CONTOH).as_posix(): p.read_bytes() for p in CONTOH.rglob("*") if p.is_file()}
TEXT = FILES[INDEX].decode()
PLACE = "## Rangkuman\n"
TODAY = date(2026, 11, 24)


def with_text(text: str) -> Curriculum:
    """The sample with a text above one module's summary."""
    changed = TEXT.replace(PLACE, f"{text}\n\n{PLACE}", 1)
    assert changed != TEXT
    return load(Memory({**FILES, INDEX: changed.encode("utf-8", "replace")}), TODAY)


INSERTED = {
    "wide table": "| A | B | C | D | E | F | G | H | I |\n|---|---|---|---|---|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 |",
    "aligned table": "| Kiri | Tengah | Kanan |\n|:---|:---:|---:|\n| a | b | c |",
    "escaped pipe in a cell": "| Tulis | Arti |\n|---|---|\n| a \\| b | pilihan |",
    "code in a cell": "| Perintah | Arti |\n|---|---|\n| `a \\| b` | pilihan |",
    "nested list": "- satu\n    - dua\n        - tiga\n- empat",
    "numbered list with text below": "1. Satu.\n\n    Penjelasan satu.\n\n2. Dua.",
    "list after a heading": "#### Langkah kecil\n\n- satu\n- dua",
    "heading in a fence": "```markdown\n## Rangkuman\n\n### Sesi 9: Palsu\n```",
    "table in a fence": "```text\n| a | b |\n| c | d |\n```",
    "placeholder in a fence": "```text\n[isi nama]\nTODO\n```",
    "tilde fence": "~~~text\n<script>alert(1)</script>\n~~~",
    "long fence": "````markdown\n```\nx\n```\n````",
    "HTML in code": "Tulis `<br>` apa adanya, dan `<script>` juga.",
    "footnote": "Ada catatan.[^1]\n\n[^1]: Catatan di bawah halaman.",
    "hard break": "Baris pertama  \nbaris kedua.",
    "apostrophes": "Jum’at, ma'af, dan “kutip ‘dalam’ kutip”.",
    "combining characters": "Nama é, ñ, dan ā̱ tetap terbaca.",
    "right to left": "Salam ditulis السلام عليكم dalam huruf Arab.",
    "emoji with words": "Beri tanda 🙂 baik atau 🙁 kurang pada lembar.",
    "chinese": "Kata 安全 berarti aman.",
    "callouts": "> [!NOTE]\n> Catatan.\n\n> [!TIP]\n> Kiat dengan daftar:\n>\n> - satu\n> - dua",
    "plain quote": "> Kalimat yang dikutip dari peserta fiktif.",
    "quote of two paragraphs": "> Satu.\n>\n> Dua.",
    "emphasis everywhere": "*Miring*, **tebal**, ***keduanya***, ~~coret~~, dan `kode`.",
    "bold inside a paragraph": "**Ingat:** tunggu sampai ia selesai bicara.",
    "a dose": "Istirahat 10 menit sesudah satu jam kerja, 3 kali sehari.",
    "a distance": "Posko berjarak 20 menit berjalan kaki dari balai desa.",
    "numbers like dates": "Pertemuan pada 2026-11-24 pukul 08.00–09.30, ruang 3.",
    "ISBN": "Buku itu ber-ISBN 9789241548205.",
    "law number": "Lihat UU 14/2019 Pasal 28 ayat (1) huruf a.",
    "external link": "Lihat [pedoman di situs contoh](https://contoh.example/pedoman).",
    "mail link": "Tulis ke [alamat tim](mailto:tim@contoh.example).",
    "reference link": "Lihat [lembar amatan][amat].\n\n[amat]: lampiran-daftar-amati.md",
    "link to an anchor": "Kembali ke [rangkuman modul](#rangkuman).",
    "link title": 'Lihat [lembar amatan](lampiran-daftar-amati.md "Daftar amati").',
    "thematic break": "Sebelum.\n\n* * *\n\nSesudah.",
    "task list": "- [ ] belum\n- [x] sudah",
    "definition by colon": "Supervisi: percakapan kerja yang terjadwal.",
    "brackets that cite nothing": "Isi dengan [nama desa] pada formulir Anda.",
    "ellipsis in a sentence": "Ia diam … lalu bicara lagi.",
    "less than": "Bila nilai < 3 dan > 1, tanyakan lagi.",
    "ampersand": "Tanya & jawab singkat; R&D bukan bagiannya.",
    "backslash": "Jalur `C:\\data` dan tanda \\* apa adanya.",
    "very long paragraph": "Kalimat ini panjang sekali dan diulang. " * 80,
}


@pytest.mark.parametrize("name", INSERTED)
def test_a_legitimate_variation_gives_nothing(name: str) -> None:
    assert [(f.code, f.line, f.message) for f in rules.run(with_text(INSERTED[name]))] == []


def test_there_are_at_least_30() -> None:
    assert len(INSERTED) >= 30
