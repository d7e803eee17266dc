"""A curriculum of any size from a seed: every section filled, about 2,660 words a module, nothing for a rule to find."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST = 1_000
A_PROGRAMME = 10
"""Modules in a programme; the last one may have fewer."""

WHO = """petugas; pekerja sosial; penyuluh sosial; koordinator lapangan; relawan terlatih; pendamping keluarga; kepala
posko; warga setempat; tokoh masyarakat; kader desa; tim penilai; pengelola gudang; perawat posko; guru setempat""".split(
    ";"
)
DOES = """memeriksa; mencatat; menanyakan; menjelaskan; membandingkan; menyusun; menyampaikan; menyepakati; mengurutkan;
menandai; mengamati; memperbarui; membagi; menyimpan; meninjau; merangkum; melaporkan; mendahulukan""".split(";")
WHAT = """kebutuhan mendesak; daftar keluarga; jalur evakuasi; persediaan air bersih; jadwal jaga; lembar rujukan; peta
layanan; kartu tugas; keadaan jalan; pesan singkat bagi warga; aturan berbagi data; pembagian ruang; tanda bahaya; rencana
kunjungan; laporan harian; persetujuan warga; catatan perkembangan; keluhan yang masuk; kelompok yang terlewat; hasil
penilaian awal""".split(";")
HOW = """bersama warga yang terdampak; tanpa mendahului tim penyelamat; dengan bahasa yang sederhana; sebelum berangkat ke
lapangan; sesudah keadaan dinyatakan aman; secara bergiliran; dengan menyebut sumbernya; tanpa menjanjikan hasil; di tempat
yang tenang; melalui musyawarah singkat; dengan mendengarkan lebih dahulu; menurut urutan yang disepakati; agar tidak ada
yang tertinggal; supaya keputusan dapat ditinjau kembali""".split(";")
WHY = """karena keadaan dapat berubah dalam beberapa jam; sebab keputusan yang tergesa sering harus diulang; supaya beban
kerja terbagi rata; karena tidak semua orang berani bertanya; agar layanan sampai kepada yang paling memerlukan; sebab data
yang berlebih dapat membahayakan pemiliknya; karena warga lebih dahulu mengenal tempatnya; agar tim berikut dapat langsung
melanjutkan""".split(";")
SUBJECTS = """Penilaian Cepat; Manajemen Posko; Distribusi Bantuan; Komunikasi Risiko; Layanan Keluarga; Pencatatan
Pengungsi; Perlindungan Kelompok Rentan; Koordinasi Antarlembaga; Pengelolaan Relawan; Pemulihan Penghidupan; Dapur Umum;
Hunian Sementara; Air dan Sanitasi; Pendampingan Anak; Layanan Lansia; Akses Disabilitas""".split(";")
PLACES = """di Pesisir; di Pegunungan; di Perkotaan; di Kepulauan; di Bantaran Sungai; di Lereng Gunung Api; di Daerah
Terpencil; di Perbatasan""".split(";")
METHODS = "Ceramah interaktif; Simulasi meja; Bermain peran; Diskusi kelompok; Studi kasus; Curah pendapat".split(";")
VERBS = "menjelaskan menyusun memeragakan membandingkan menilai merencanakan mengurutkan".split()
BODIES = "Dinas Sosial Contoh; Lembaga Kajian Rekaan; Pusat Pelatihan Rekaan; Forum Relawan Contoh".split(";")


def _clean(words: Sequence[str]) -> list[str]:
    return [" ".join(word.split()) for word in words]


WHO, DOES, WHAT, HOW, WHY, SUBJECTS, PLACES, METHODS, BODIES = map(
    _clean, (WHO, DOES, WHAT, HOW, WHY, SUBJECTS, PLACES, METHODS, BODIES)
)


def kode(number: int) -> str:
    """TA-00 to TJ-99."""
    return f"T{'ABCDEFGHIJ'[number // 100]}-{number % 100:02}"


def title(number: int) -> str:
    subject, place = number % len(SUBJECTS), number // len(SUBJECTS)
    return f"{SUBJECTS[subject]} {PLACES[place % len(PLACES)]} {number + 1}"


def slug(number: int) -> str:
    return title(number).lower().replace(" ", "-")


class Text:
    """Sentences from a seed."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)

    def pick(self, words: Sequence[str]) -> str:
        return self.random.choice(words)

    def phrase(self) -> str:
        return f"{self.pick(DOES)} {self.pick(WHAT)}"

    def sentence(self) -> str:
        parts = [self.pick(WHO), self.phrase(), self.pick(HOW)]
        if self.random.random() < 0.4:
            parts.append(self.pick(WHY))
        text = " ".join(parts)
        return text[0].upper() + text[1:] + "."

    def paragraph(self, count: int) -> str:
        return " ".join(self.sentence() for _ in range(count))

    def bullets(self, count: int, indent: str = "") -> str:
        return "\n".join(f"{indent}- {self.sentence()}" for _ in range(count))

    def steps(self, count: int) -> str:
        parts = []
        for number in range(1, count + 1):
            parts.append(f"{number}. **{self.phrase().capitalize()}.** {self.sentence()}")
            parts.append(self.bullets(2, "    "))
        return "\n".join(parts)

    def split(self, minutes: int) -> tuple[int, int]:
        """Minutes as two parts of at least five, in steps of five."""
        first = 5 * self.random.randint(1, minutes // 5 - 1)
        return first, minutes - first


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _session(text: Text, number: int, name: str, lessons: Sequence[tuple[str, int]]) -> str:
    """A session of whole lessons: each (mode, lessons) becomes two rows, the first and last of them opening and closing."""
    rows = []
    for mode, count in lessons:
        rows += [(mode, minutes) for minutes in text.split(count * 45)]
    lines = [
        f"### Sesi {number}: {name}",
        "",
        _row("Tahap", "Kegiatan fasilitator", "Kegiatan peserta", "Metode", "IHB", "Bentuk", "Menit"),
        "|---|---|---|---|---|---|---|",
    ]
    for index, (mode, minutes) in enumerate(rows):
        stage = "Pendahuluan" if index == 0 else "Penutup" if index == len(rows) - 1 else "Inti"
        doing = (text.phrase().capitalize(), text.phrase().capitalize(), text.pick(METHODS))
        lines.append(_row(stage, *doing, number, mode, minutes))
    guide = ["", "#### Panduan fasilitator", "", text.steps(4), "", "> [!TIP]", f"> {text.sentence()}"]
    return "\n".join(lines + guide)


def _part(text: Text, number: int, name: str, cited: str) -> str:
    table = [_row("Tanda", "Tindakan", "Yang dihindari"), "|---|---|---|"]
    table += [_row(text.pick(WHAT), text.phrase(), text.phrase()) for _ in range(4)]
    return "\n\n".join(
        [
            f"### Materi pokok {number}: {name}",
            f"{text.paragraph(6)} Urutan ini bersandar pada pedoman yang sudah ada [{cited}].",
            f"#### Langkah bagian {number}",
            text.paragraph(5),
            text.steps(4),
            "\n".join(table),
            f"#### Yang dihindari bagian {number}",
            text.bullets(4),
            f"> [!WARNING]\n> {text.paragraph(2)}",
            text.paragraph(6),
        ]
    )


def module(number: int, seed: int) -> dict[str, str]:
    """The files of one module, by name in its folder."""
    text = Text(f"{seed}-{number}")
    topics = [f"{text.pick(WHAT).capitalize()} bagian {'ABC'[n]}" for n in range(3)]
    keys = [f"{name} {2008 + text.random.randint(0, 15)}" for name in BODIES[:3]]
    first = number % A_PROGRAMME == 0
    before = "" if first else kode(number - 1)
    group = ("dasar", "inti", "penunjang")[number % 3]
    practice = text.pick(("P", "PL"))
    hours = {"P": (2, 4, 0), "PL": (2, 2, 2)}[practice]
    front = [
        "---",
        f"kode: {kode(number)}",
        f"judul: {title(number)}",
        f"ringkasan: Peserta {text.phrase()} {text.pick(HOW)}.",
        "versi: 1.1.0",
        "status: tinjauan",
        f"kelompok: {group}",
        "sasaran: [pekerja-sosial, penyuluh-sosial]",
        f"prasyarat: [{before}]",
        f"jp: {{teori: {hours[0]}, penugasan: {hours[1]}, lapangan: {hours[2]}}}",
        "penyusun: [Tim Kurikulum]",
        "penelaah: []",
        "tinjau_ulang: 2099-12-31",
        "---",
    ]
    link = "" if first else f" Lanjutan dari [{title(number - 1)}](../{slug(number - 1)}/index.md)."
    history = [
        _row("1.1.0", "2026-03-02", text.phrase().capitalize(), f"Masukan peserta: {text.pick(WHY)}"),
        _row("1.0.0", "2026-01-05", "Versi pertama", f"Permintaan lapangan: {text.pick(WHY)}"),
    ]
    sections = [
        "\n".join(front),
        f"# {title(number)}",
        f"## Deskripsi singkat\n\n{text.paragraph(7)}{link}",
        f"> [!NOTE]\n> {text.paragraph(2)}",
        f"## Tujuan pembelajaran\n\n### Hasil belajar\n\nPeserta mampu {text.phrase()} {text.pick(HOW)}.",
        "### Indikator hasil belajar",
        "\n".join(f"{n}. {text.pick(VERBS)} {text.pick(WHAT)} {text.pick(HOW)}" for n in (1, 2, 3)),
        "## Materi pokok",
        "\n".join(f"{n}. {topic}\n    - {text.phrase()}\n    - {text.phrase()}" for n, topic in enumerate(topics, 1)),
        f"## Metode\n\n{text.bullets(6)}",
        f"## Media dan alat bantu\n\n- [Lembar kerja](lampiran-lembar-kerja.md) untuk setiap peserta\n{text.bullets(4)}",
        "## Langkah pembelajaran",
        _session(text, 1, topics[0], [("T", 1), ("P", 1)]),
        _session(text, 2, topics[1], [("T", 1), ("P", 1)]),
        _session(text, 3, topics[2], [(practice, 2)]),
        "## Uraian materi",
        *(_part(text, n, topic, key) for n, topic, key in zip((1, 2, 3), topics, keys, strict=True)),
        f"## Rangkuman\n\n{text.bullets(6)}",
        f"## Panduan penugasan\n\n{text.paragraph(4)}\n\n{text.steps(5)}",
        "## Evaluasi",
        "\n".join(
            [
                _row("IHB", "Bentuk evaluasi", "Instrumen", "Batas lulus"),
                "|---|---|---|---|",
                *(_row(n, text.phrase().capitalize(), SHEET, "Semua langkah tampak") for n in (1, 2, 3)),
            ]
        ),
        "## Referensi",
        "\n".join(
            f"- [{key}] {body}. ({key[-4:]}). *Pedoman {topic}*. Jakarta: {body}."
            for key, body, topic in zip(keys, BODIES, topics, strict=False)
        ),
        "## Riwayat perubahan",
        "\n".join([_row("Versi", "Tanggal", "Perubahan", "Alasan"), "|---|---|---|---|", *history]),
    ]
    handout = [
        "# Lembar kerja",
        text.paragraph(3),
        "## Yang diamati",
        text.bullets(5),
        "## Yang dicatat",
        text.steps(3),
    ]
    return {"index.md": "\n\n".join(sections) + "\n", "lampiran-lembar-kerja.md": "\n\n".join(handout) + "\n"}


SHEET = "[Lembar kerja](lampiran-lembar-kerja.md)"


def programme(number: int, members: Sequence[int]) -> str:
    front = [
        "---",
        f"title: Program rekaan {number}",
        "program:",
        f"  kode: PROG-{number}",
        f"  modul: [{', '.join(kode(member) for member in members)}]",
        f"  jp: {6 * len(members)}",
        "  sasaran: [pekerja-sosial, penyuluh-sosial]",
        "  jp_per_hari: 6",
        '  mulai: "08:00"',
        "---",
    ]
    body = [
        f"# Program rekaan {number}",
        "Modul disusun menurut prasyaratnya.",
        "## Struktur program",
        "<!-- sigap: struktur-program -->",
        "## Jadwal",
        "<!-- sigap: jadwal -->",
    ]
    return "\n".join(front) + "\n\n" + "\n\n".join(body) + "\n"


PAGES = {
    "index.md": "# Kurikulum rekaan\n\n<!-- sigap: angka -->\n\nLihat [daftar modul](modul/index.md).\n",
    "modul/index.md": "# Daftar modul\n\nSemua modul.\n\n<!-- sigap: katalog -->\n",
    "edisi/index.md": "# Daftar edisi\n\nSemua edisi.\n\n<!-- sigap: daftar-edisi -->\n",
    "program/index.md": "# Daftar program\n\nSemua program.\n\n<!-- sigap: daftar-program -->\n",
}


def generate(folder: Path, count: int, seed: int) -> None:
    """Write a curriculum of `count` modules (at most 1,000); the same seed gives the same bytes."""
    if not 0 < count <= MOST:
        raise ValueError(f"count must be between 1 and {MOST}")
    files = {f"docs/{name}": text for name, text in PAGES.items()}
    files["modules/kurikulum.yml"] = (ROOT / "modules/kurikulum.yml").read_text(encoding="utf-8")
    for number in range(count):
        for name, text in module(number, seed).items():
            files[f"modules/{slug(number)}/{name}"] = text
    for index, start in enumerate(range(0, count, A_PROGRAMME), 1):
        members = range(start, min(start + A_PROGRAMME, count))
        files[f"docs/program/program-{index:03}.md"] = programme(index, members)
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
