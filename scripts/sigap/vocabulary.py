"""The words that contributors write, mapped to the words of the code: section titles, columns, choices, verbs.

With `keys` (the keys of front matter), the only place where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from .model import Mode

# --- Sections and tables of a module --------------------------------------------------------------------------------

DESCRIPTION = "Deskripsi singkat"
OBJECTIVES = "Tujuan pembelajaran"
OUTCOME = "Hasil belajar"
INDICATORS = "Indikator hasil belajar"
TOPICS = "Materi pokok"
METHODS = "Metode"
MEDIA = "Media dan alat bantu"
STEPS = "Langkah pembelajaran"
CONTENT = "Uraian materi"
SUMMARY = "Rangkuman"
ASSIGNMENTS = "Panduan penugasan"
EVALUATION = "Evaluasi"
REFERENCES = "Referensi"
HISTORY = "Riwayat perubahan"
FACILITATOR_GUIDE = "Panduan fasilitator"

SECTIONS = (
    DESCRIPTION,
    OBJECTIVES,
    TOPICS,
    METHODS,
    MEDIA,
    STEPS,
    CONTENT,
    SUMMARY,
    ASSIGNMENTS,
    EVALUATION,
    REFERENCES,
    HISTORY,
)
"""Sections at H2, in their order. `ASSIGNMENTS` is required only where P or PL is above zero."""

SESSION_COLUMNS = ("Tahap", "Kegiatan fasilitator", "Kegiatan peserta", "Metode", "IHB", "Bentuk", "Menit")
EVALUATION_COLUMNS = ("IHB", "Bentuk evaluasi", "Instrumen", "Batas lulus")
HISTORY_COLUMNS = ("Versi", "Tanggal", "Perubahan", "Alasan")

OPENING, _, CLOSING = STAGES = ("Pendahuluan", "Inti", "Penutup")

MODE_NAMES = {Mode.THEORY: "teori", Mode.ASSIGNMENT: "penugasan", Mode.FIELDWORK: "lapangan"}
MODE_KEYS = {Mode.THEORY: "jp.teori", Mode.ASSIGNMENT: "jp.penugasan", Mode.FIELDWORK: "jp.lapangan"}

GROUPS = {"dasar": "Dasar", "inti": "Inti", "penunjang": "Penunjang"}
STATUSES = {"draf": "Draf", "tinjauan": "Tinjauan", "disahkan": "Disahkan", "dicabut": "Dicabut"}
WITHDRAWN, APPROVED = "dicabut", "disahkan"
AUDIENCES = {"pekerja-sosial": "Pekerja sosial", "penyuluh-sosial": "Penyuluh sosial"}
VARIANTS = {"daring": "daring", "setengah_hari": "setengah hari"}
"""Other ways to teach a programme, by their key in its front matter."""
PARTIES = {
    "akademisi": "Akademisi",
    "praktisi": "Praktisi",
    "pusdiklat": "Pusdiklat",
    "sertifikasi": "Lembaga sertifikasi",
}

REFUSED_VERBS = {
    "memahami": ("menjelaskan", "membandingkan", "menerapkan"),
    "mengetahui": ("menyebutkan", "mengidentifikasi", "menguraikan"),
    "mengerti": ("menjelaskan", "memberi contoh", "menafsirkan"),
    "mengenal": ("mengidentifikasi", "membedakan", "mengelompokkan"),
    "menyadari": ("menilai", "menanggapi", "menunjukkan"),
    "menghayati": ("menunjukkan", "menerapkan", "memutuskan"),
    "meyakini": ("memilih", "mempertahankan", "menunjukkan"),
    "mempelajari": ("menguraikan", "menganalisis", "merangkum"),
    "mendalami": ("menganalisis", "mengevaluasi", "merinci"),
    "menguasai": ("mendemonstrasikan", "menerapkan", "melakukan"),
    "mengingat": ("menyebutkan", "menuliskan kembali", "mengurutkan"),
    "merasakan": ("mengungkapkan", "menanggapi", "menceritakan"),
    "menghargai": ("menunjukkan", "menanggapi", "mempertahankan"),
}
"""Verbs that cannot be observed, with alternatives from recalling to doing."""


EVENTS = frozenset(
    """aceh ambon badung bali banda bandung bangka banjar banjarmasin banjir banten barat bekasi belitung
    bencana bengkulu besar bima bogor bojonegoro buton cianjur cilacap cirebon dan demak denpasar di donggala
    ende enggano erupsi flores garut gempa gorontalo gunung halmahera iduladha jakarta jambi jawa jaya jayapura
    jember jogja kalimantan kebakaran kebumen kelud kendari kepulauan klaten kota kudus kupang lampung langsa
    lembata lewotobi likuefaksi lombok longsor lumajang luwu madura magelang magetan majene malang maluku mamuju
    manado manokwari mataram medan mentawai merapi meulaboh minahasa nabire nias ntb ntt nunukan nusa pacitan
    padang palangkaraya palembang palu pandemi pangandaran papua pariaman pasaman pekalongan pekanbaru pidie
    pontianak poso purworejo raya riau rinjani samarinda sampang selatan semarang semeru sentani serang sidoarjo
    sigi sinabung singkil sleman solo sorong subang sukabumi sulawesi sumatera sumatra sumba sumbawa sumedang
    surabaya surakarta tanah tarakan tasikmalaya tengah tenggara tenggelam ternate tidore timur topan tsunami
    utara wamena wasior yogyakarta""".split()
)
"""Words that name a disaster in brackets, as in [Palu 2018]: places and kinds of disaster."""


GENERATED = (
    "angka", "katalog", "jalan-katalog", "peta-kurikulum", "struktur-program", "jadwal", "tes-program",
    "daftar-program", "pilihan-program", "pilihan-modul", "edisi-terbaru", "daftar-edisi", "daftar-aturan",
    "status-telaah", "pekerjaan-hukum", "menit-terukur",
)  # fmt: skip
"""What a page below docs/ may ask for: `<!-- sigap: katalog -->`, alone in its paragraph, is replaced by it."""


def nearest(word: str, known: Sequence[str], cutoff: float = 0.6) -> str | None:
    """The known word that is most like `word`, or None when none is close; case does not count.

    Give the same tuple when you ask often: what is computed of it is kept.
    """
    return _nearest(word.casefold(), tuple(known), cutoff)


@lru_cache(maxsize=4096)
def _nearest(word: str, known: tuple[str, ...], cutoff: float) -> str | None:
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, _folded(known), scorer=fuzz.ratio, score_cutoff=100 * cutoff)
    return known[found[2]] if found else None


@lru_cache(maxsize=64)
def _folded(known: tuple[str, ...]) -> list[str]:
    return [item.casefold() for item in known]
