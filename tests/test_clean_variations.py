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
    "law number": "Lihat UU 12/2022 Pasal 28 ayat (1) huruf a.",
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
    "years in a row": "Gempa besar terjadi pada 2018 2019 2020 2021 di beberapa daerah.",
    "sixteen digits that are no NIK": "Seri ABCD1234567890123456 dan 1234567890123456 tercetak pada alat.",
    "office addresses": "Tulis ke info@who.int, psychosocial.centre@rodekors.dk, atau sekretariat@forum-relawan.org.",
    "a count after hubungi": "Hubungi 100 warga, lalu telepon 150 keluarga lain.",
    "a count after sapa": "Sapa 120 peserta satu per satu.",
    "a page after a word for calling": "Sebelum menelepon, baca halaman 117.",
    "numbers with one source": "Hubungi 112 atau 119 (sumber: laman resmi BNPB, diperiksa 2026-11-20).",
    "a source in another cell": "| Layanan | Nomor | Keterangan |\n|---|---|---|\n| Darurat | Tekan 112 | sumber: BNPB, diperiksa 2026-11-20 |",
    "before this module": "Sebelum modul ini dimulai, peserta membaca bahan selama 20 menit.",
    "a reserve": "Siapkan 15 menit cadangan sebelum modul ini dimulai.",
    "a delay": "Bila modul ini tertunda 30 menit, mulailah dari Sesi 2.",
    "how often": "Selama pelatihan ini, ponsel boleh dilihat tiap 60 menit.",
    "a range": "Peserta modul ini berdiskusi 20–30 menit dalam kelompok.",
    "hours in words that are right": "Modul ini berlangsung sembilan puluh menit.",
    "place and year in brackets": "Pelajaran dari [Palu 2018], [Lombok 2018], dan [Cianjur 2022] dibahas bersama.",
    "a bold sentence": "**Jangan memotret penyintas.**",
    "a bold question": "**Siapa yang belum terdata?**",
    "two bullets with other marks far apart": "- satu\n- dua\n\nKalimat.\n\n* tiga\n* empat",
    "a dash in a sentence": "– begitu katanya, lalu ia diam.",
    "a tab before a nested item": "- satu\n\t- dua\n\t- tiga",
    "a tab in a numbered list": "1. satu\n\t- dua\n2. tiga",
    "an indented fence": "1. satu\n\n    ```text\n    x\n    ```\n\n2. dua",
    "a fence within a quote": "> ```text\n> x\n> ```",
    "port and query": "Lihat [contoh laman](https://contoh.example:8443/x?y=[1]#z).",
    "todo as a Spanish word in quotes": "Nama kegiatan itu “methodology”, bukan yang lain.",
    "very long paragraph": "Kalimat ini panjang sekali dan diulang. " * 80,
}


@pytest.mark.parametrize("name", INSERTED)
def test_a_legitimate_variation_gives_nothing(name: str) -> None:
    assert [(f.code, f.line, f.message) for f in rules.run(with_text(INSERTED[name]))] == []


FRONT = {
    "quoted date": ("tinjau_ulang: 2099-05-31", 'tinjau_ulang: "2099-05-31"'),
    "single quoted date": ("tinjau_ulang: 2099-05-31", "tinjau_ulang: '2099-05-31'"),
}


@pytest.mark.parametrize("name", FRONT)
def test_a_legitimate_way_to_write_a_key_gives_nothing(name: str) -> None:
    old, new = FRONT[name]
    assert old in TEXT
    curriculum = load(Memory({**FILES, INDEX: TEXT.replace(old, new).encode()}), TODAY)
    assert [(f.code, f.line, f.message) for f in rules.run(curriculum)] == []
    assert next(m for m in curriculum.modules if m.path == INDEX).review_by == date(2099, 5, 31)


def test_there_are_at_least_30() -> None:
    assert len(INSERTED) >= 30
