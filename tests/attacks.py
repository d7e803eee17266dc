"""What somebody could write to run a script in a reader's browser, or to make it ask another site, and where.

Each payload calls `kena()`, or asks evil.example. A place is where it is written; `curriculum` puts many payloads
into one curriculum, each on a page of its own, so that one cannot hide another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from editions import Memory
from repos import CONTOH
from sigap import rules
from sigap.load import load
from sigap.model import Severity

HIT = "kena()"
EVIL = "evil.example"
TODAY = date(2026, 11, 30)
FILES = {p.relative_to(CONTOH).as_posix(): p.read_bytes() for p in CONTOH.rglob("*") if p.is_file()}
TEMPLATE = FILES["modules/jaga-diri/index.md"].decode()
BANKS = {name: FILES[f"modules/jaga-diri/{name}"].decode() for name in ("lampiran-soal-a.md", "lampiran-soal-b.md")}
IMG = f"<img src=x onerror={HIT}>"
SCRIPT = f"<script>{HIT}</script>"

BODY = [
    SCRIPT, f"Teks {SCRIPT} teks.", f"\\{SCRIPT}", f"\\<script\\>{HIT}\\</script\\>", IMG, f"\\{IMG}", f"<!-- a -->{SCRIPT}<!-- b -->",
    f"<!-->{SCRIPT} -->", f"<!-- x --!>{SCRIPT} -->", f"<!--->{SCRIPT}-->", f"<!-- a\n\n{SCRIPT}\n\n-->", f"</p>{IMG}", f"</div>{SCRIPT}",
    f"<!-- sigap: abaikan K601 ditinjau -->\n{SCRIPT}", f"<!-- kotak: kepala -->\n\n{SCRIPT}\n\n<!-- /kotak -->",
    f"<svg onload={HIT}>", f"<svg><script>{HIT}</script></svg>", f"<math><mtext><style><img src=x onerror={HIT}></style></mtext></math>",
    f"<details open ontoggle={HIT}>x</details>", f"<body onload={HIT}>", f"<iframe srcdoc='{SCRIPT}'></iframe>",
    f"<iframe src=javascript:{HIT}></iframe>", f"<object data=//{EVIL}/a></object>", f"<embed src=//{EVIL}/a>",
    f"<link rel=stylesheet href=//{EVIL}/a.css>", f"<style>@import '//{EVIL}/a.css';</style>", f"<base href=//{EVIL}/>",
    f"<meta http-equiv=refresh content='0;url=//{EVIL}/'>", f"<form action=//{EVIL}/><button autofocus>x</button></form>",
    f"<input autofocus onfocus={HIT}>", f"<video><source onerror={HIT}></video>", f"<audio src=x onerror={HIT}>", "<plaintext>", "<textarea>",
    "<title>", "<noscript>", f"<scr<script>ipt>{HIT}</script>", f"<img src=\"x` `{SCRIPT}\"` `>", f"<a href='x' onmouseover={HIT}>x</a>",
    f"&lt;script&gt;{HIT}&lt;/script&gt;", f"&#60;img src=x onerror={HIT}&#62;", f"`{IMG}`", f"`` {SCRIPT} ``",
    f"[x](javascript:{HIT})", f"[x](javascript:{HIT} //)", f"[x](<javascript:{HIT}>)", f"[x](JaVaScRiPt:{HIT})", f"[x](java&#115;cript:{HIT})",
    f"[x](javascript&colon;{HIT})", f"[x](\tjavascript:{HIT})", f"[x](java\tscript:{HIT})", f"[x](vbscript:{HIT})", f"[x](data:text/html,{SCRIPT})",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)", f"[x][y]\n\n[y]: javascript:{HIT}", f"[y]\n\n[y]: <javascript:{HIT}>",
    f"<javascript:{HIT}>", f"[![x](a.png)](javascript:{HIT})", f"![x](javascript:{HIT})", f"![x](//{EVIL}/a.png)", f"![x](https://{EVIL}/a.png)",
    f"![x](\\\\{EVIL}/a.png)", f"![x](/\\{EVIL}/a.png)", f"![x][i]\n\n[i]: https://{EVIL}/a.png", f"[x](banding:javascript:{HIT})", f"[x](//{EVIL}/)",
    f"![x](a.png){{onerror={HIT}}}", f"[x](index.md){{href='javascript:{HIT}'}}", f"Teks\n{{: onclick={HIT} }}", f"`x`{{onclick={HIT}}}",
    f"``` {{.text onmouseover={HIT}}}\nx\n```", "``` {.text #__config}\nx\n```", f"``` text title='{IMG}'\nx\n```", f"``` a b {SCRIPT}\n{SCRIPT}\n```",
    f"```\n{SCRIPT}\n`````\n\n{SCRIPT}", f"- Butir.\n\n      {SCRIPT}", f"- Butir.\n\n      [x](javascript:{HIT})", f"    {SCRIPT}\n\n{IMG}",
    f"![x](a.png){{style=\"background:url(//{EVIL}/a)\"}}", f"> [!NOTE]\n> {IMG}", f"> [!{IMG}]\n> x", f"| A |\n|---|\n| \\{IMG} |", f"- [ ] {IMG}",
    f"x[^1]\n\n[^1]: {IMG}", f"x[^\"onclick={HIT}]\n\n[^\"onclick={HIT}]: y", f"*[x]: \" onmouseover={HIT} \"\n\nx", f"~~{IMG}~~", f"**{SCRIPT}**",
    f"[x](index.md \"\\\" onclick={HIT} \")", f"![\" onerror={HIT} \"](a.png)", f"## `{IMG}`", f"## &lt;img src=x onerror={HIT}&gt;", f"## {IMG}",
    "## __config", f"## x {{#id onclick={HIT}}}", f"## [x](javascript:{HIT})", f"\x02wzxhzdk:0\x03 {SCRIPT}", "\x02klzzwxh:0000\x03", "{{ config }} {% raw %}",
]  # fmt: skip
"""Written into a text, each as a handout of its own."""

TEXTS = [IMG, SCRIPT, f'"><script>{HIT}</script>', f'" onmouseover="{HIT}" x="', f"</script>{SCRIPT}", f"`{IMG}`", f"[x](javascript:{HIT})", f"</title>{SCRIPT}", f"-->{SCRIPT}"]  # fmt: skip
"""Written where a plain text is wanted, at each of `PLACES`."""

PLACES: dict[str, tuple[str, str]] = {
    "judul": ("judul: Jaga Diri", "judul: {quoted}"),
    "ringkasan": ("ringkasan: Modul contoh tentang jaga diri.", "ringkasan: {quoted}"),
    "penyusun": ("penyusun: [Tim Contoh]", "penyusun: [{quoted}]"),
    "penelaah": ("nama: Penelaah Contoh A", "nama: {quoted}"),
    "versi": ("versi: 1.0.0", "versi: {quoted}"),
    "judul H1": ("# Jaga Diri\n", "# {line}\n"),
    "sesi": ("### Sesi 1: Tanda lelah", "### Sesi 1: {line}"),
    "IHB": ("1. menyebutkan tiga tanda lelah pada diri sendiri", "1. menyebutkan {line}"),
    "materi pokok": ("1. Tanda lelah\n", "1. {line}\n"),
    "evaluasi": ("| 1 | Tanya jawab |", "| 1 | {line} |"),
    "riwayat": ("| Versi pertama. |", "| {line} |"),
    "alasan": ("| Program contoh memerlukan lebih dari satu modul. |", "| {line} |"),
}


ASKED: dict[str, tuple[str, str]] = {
    "soal": ("Tanda lelah mana yang tampak?", "{line}"),
    "jawaban": ("Bukan tanda apa pun, sebab petugas lain juga tidur sebentar.", "{line}"),
    "alasan jawaban": ("Tidur yang berubah termasuk tanda yang paling cepat terasa.", "{line}"),
    "judul soal": ("# Periksa diri, bentuk A", "# {line}"),
}
"""Places in a module's first question, which the module's test and its programme's have."""


@dataclass(frozen=True)
class Attack:
    """A payload and where it stands; `body` for a text of its own, else one of `PLACES`, `ASKED` or `PAGES`."""

    place: str
    payload: str

    @property
    def name(self) -> str:
        return f"{self.place}: {self.payload}"


PAGES = ("halaman", "judul halaman", "glosarium", "program", "istirahat", "kerangka")
FILES_BESIDE = {
    "lembar.html": SCRIPT.encode(),
    "lembar.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><script>{HIT}</script></html>'.encode(),
    "a.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><script>{HIT}</script></svg>'.encode(),
    "b.svg": f'<svg xmlns="http://www.w3.org/2000/svg" onload="{HIT}"/>'.encode(),
    "c.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><a href="javascript:{HIT}"><text>x</text></a></svg>'.encode(),
    "d.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">{IMG}</p></foreignObject></svg>'.encode(),
    "e.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><image href="https://{EVIL}/a.png"/></svg>'.encode(),
    "f.svg": f'<!DOCTYPE svg [<!ENTITY x "{HIT}">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'.encode(),
    "g.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><style>@import url(//{EVIL}/a.css);</style></svg>'.encode(),
    "h.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><set attributeName="href" to="javascript:{HIT}"/></svg>'.encode(),
    "i.js": HIT.encode(),
    "j.exe": b"MZ",
}
ATTACKS = [
    *(Attack("body", payload) for payload in BODY),
    *(Attack(place, payload) for place in (*PLACES, *ASKED, *PAGES) for payload in TEXTS),
]


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def curriculum(attacks: Iterable[Attack], beside: Iterable[str] = ()) -> dict[str, bytes]:
    """The sample with each attack in it, on pages of their own."""
    files = dict(FILES)
    links = []
    for number, attack in enumerate(attacks, 10):
        line, text = attack.payload.replace("|", "\\|").replace("\n", " "), attack.payload
        if attack.place == "body":
            name = f"lampiran-{number}.md"
            files[f"modules/jaga-diri/{name}"] = f"# Lembar {number}\n\nAwal.\n\n{text}\n\nAkhir.\n".encode()
            links.append(f"- [Lembar {number}]({name})\n")
        elif attack.place in PLACES:
            old, new = PLACES[attack.place]
            assert old in TEMPLATE, old
            made = TEMPLATE.replace(old, new.format(quoted=quoted(text), line=line)).replace(
                "kode: TK-03", f"kode: TK-{number + 100}"
            )
            if attack.place == "judul":
                made = made.replace("# Jaga Diri\n", f"# {line}\n")
            elif attack.place in ("sesi", "materi pokok"):
                made = made.replace("### Materi pokok 1: Tanda lelah", f"### Materi pokok 1: {line}")
            files |= _module(number, made)
        elif attack.place in ASKED:
            old, new = ASKED[attack.place]
            assert BANKS["lampiran-soal-a.md"].count(old) == 1, old
            kode = f"TK-{number + 100}"
            files |= _module(number, TEMPLATE.replace("kode: TK-03", f"kode: {kode}"))
            files[f"modules/m-{number}/lampiran-soal-a.md"] = (
                BANKS["lampiran-soal-a.md"].replace(old, new.format(line=line)).encode()
            )
            made = (
                files["docs/program/dasar.md"].decode().replace("[TK-01, TK-02, TK-03]\n  jp: 5", f"[{kode}]\n  jp: 1")
            )
            files[f"docs/program/s-{number}.md"] = made.replace("kode: PROG-DASAR", f"kode: PROG-S{number}").encode()
        elif attack.place == "halaman":
            files[f"docs/panduan/p-{number}.md"] = f"# {line}\n\nIsi.\n".encode()
        elif attack.place == "judul halaman":
            front = f"---\ntitle: {quoted(text)}\ndescription: {quoted(text)}\ntemplate: x.html\nhide: [{quoted(text)}]\n---\n"
            files[f"docs/panduan/q-{number}.md"] = f"{front}\n# Halaman {number}\n\nIsi.\n".encode()
        elif attack.place == "glosarium":
            files["docs/glosarium.md"] += f"| X{number} | {line} |\n| {line} | Y{number} |\n".encode()
        elif attack.place == "program":
            made = files["docs/program/dasar.md"].decode().replace("kode: PROG-DASAR", f"kode: PROG-{number}")
            head, _, rest = made.partition("\n# ")
            files[f"docs/program/p-{number}.md"] = f"{head}\n# {line}\n{rest.partition(chr(10))[2]}".encode()
        elif attack.place in ("istirahat", "kerangka"):
            policy = files["modules/kurikulum.yml"].decode()
            start = policy.index(f"{attack.place}:")
            files["modules/kurikulum.yml"] = (
                policy[:start] + policy[start:].replace("nama: ", f"nama: {quoted(text)} # ", 1)
            ).encode()
    index = files["modules/jaga-diri/index.md"].decode()
    files["modules/jaga-diri/index.md"] = index.replace("## Rangkuman\n", f"{''.join(links)}\n## Rangkuman\n").encode()
    return files | {f"modules/jaga-diri/{name}": FILES_BESIDE[name] for name in beside}


def _module(number: int, index: str) -> dict[str, bytes]:
    """A module of its own, with the questions that its page links to."""
    return {f"modules/m-{number}/{name}": text.encode() for name, text in {**BANKS, "index.md": index}.items()}


def passes(attack: Attack) -> bool:
    """Whether validation lets an attack through, alone."""
    found = rules.run(load(Memory(curriculum([attack])), TODAY))
    return not any(finding.severity is Severity.ERROR for finding in found)
