"""The command line: words in, exit code out (0 clean, 1 findings, 2 usage or environment)."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from .errors import Trouble
from .labels import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .compare.changes import Comparison
    from .model import Curriculum, Finding
    from .rules.shares import Side

CLEAN, FINDINGS, TROUBLE = 0, 1, 2
VALIDATE_FORMATS = ("auto", "text", "github", "json", "sarif", "markdown")
SCHEMAS = ("modul", "program", "edisi", "lampiran", "kurikulum")
COMPARE_FORMATS = ("text", "json", "markdown", "html", "docx")

_ARGPARSE = (
    (r"unrecognized arguments: (.*)", r"Argumen tidak dikenal: \1."),
    (r"the following arguments are required: (.*)", r"Argumen ini wajib diisi: \1."),
    (r"argument (.+?): invalid choice: '(.*?)' \(choose from (.*)\)", r"`\2` bukan pilihan untuk \1; pilih: \3."),
    (r"argument (.+?): expected one argument", r"\1 memerlukan satu nilai."),
    (r"argument (.+?): expected at least one argument", r"\1 memerlukan paling sedikit satu nilai."),
    (r"argument (.+?): invalid \w+ value: '(.*)'", r"`\2` bukan nilai yang dapat dipakai untuk \1."),
    (r"ambiguous option: (.+?) could match (.*)", r"`\1` dapat berarti \2; tulis lengkap."),
    (r"argument (.+?): not allowed with argument (.*)", r"\1 tidak dapat dipakai bersama \2."),
)


class _Parser(argparse.ArgumentParser):
    """argparse in Indonesian, which leaves by way of `Trouble` like everything else."""

    def error(self, message: str) -> NoReturn:
        for pattern, text in _ARGPARSE:
            if re.fullmatch(pattern, message, re.DOTALL):
                message = re.sub(pattern, text, message, flags=re.DOTALL)
                break
        raise Trouble(f"{message} Lihat `{self.prog} --help`.")

    def format_help(self) -> str:
        words = {
            "usage: ": "pakai: ",
            "options:": "pilihan:",
            "positional arguments:": "argumen:",
            "show this help message and exit": "tampilkan bantuan ini",
            "[-h]": "[-h]",
        }
        text = super().format_help()
        for english, indonesian in words.items():
            text = text.replace(english, indonesian)
        return text


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="sigap", description="Memeriksa, menerbitkan, dan membandingkan kurikulum.")
    parser.add_argument("-C", dest="root", metavar="DIR", default=".", help="kerjakan salinan repositori di DIR")
    verbs = parser.add_subparsers(dest="verb", metavar="PERINTAH", required=True, parser_class=_Parser)

    def verb(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        made.set_defaults(run=run)
        return made

    validate = verb("validate", _validate, "periksa setiap modul dan program")
    validate.add_argument("paths", nargs="*", metavar="JALUR", help="hanya temuan di berkas atau folder ini")
    validate.add_argument("--format", choices=VALIDATE_FORMATS, default="auto", help="bentuk laporan")
    validate.add_argument("--select", action="append", metavar="KODE", help="hanya aturan ini, misalnya H,S202")
    validate.add_argument("--ignore", action="append", metavar="KODE", help="lewati aturan ini")
    validate.add_argument("--strict", action="store_true", help="peringatan pun menggagalkan pemeriksaan")
    validate.add_argument("--base", metavar="REF", help="bandingkan versi modul dengan edisi atau ref git ini")
    validate.add_argument("--fix", action="store_true", help="perbaiki yang tidak mengubah makna")
    validate.add_argument("--diff", action="store_true", help="tampilkan perbaikan --fix tanpa menulis berkas")

    rules = verb("rules", _rules, "tampilkan daftar aturan, atau halaman satu aturan")
    rules.add_argument("code", nargs="?", metavar="KODE")

    new = verb("new", _new, "buat modul baru dari templat")
    new.add_argument("kode", metavar="KODE", help="misalnya TK-15")
    new.add_argument("title", metavar="JUDUL", help='misalnya "Logistik Posko"')

    compare = verb("compare", _compare, "bandingkan dua edisi, ref git, atau folder")
    compare.add_argument("old", metavar="LAMA")
    compare.add_argument("new", metavar="BARU")
    compare.add_argument("--module", metavar="KODE", help="hanya modul ini")
    compare.add_argument("--format", choices=COMPARE_FORMATS, default="text", help="bentuk laporan")
    compare.add_argument("-o", dest="out", metavar="TEMPAT", help="folder untuk laporan html, berkas untuk docx")

    proposal = verb("proposal", _proposal, "tampilkan yang diubah sebuah usulan, temuannya, dan pratinjaunya")
    proposal.add_argument("base", nargs="?", metavar="DASAR", help="edisi, cabang, atau folder yang diusulkan diubah")
    proposal.add_argument("-o", dest="out", metavar="DIR", help="folder baru untuk pratinjau situsnya")
    proposal.add_argument("--format", choices=("markdown", "json"), default="markdown", help="bentuk laporan")
    proposal.add_argument("--from", dest="made", metavar="BERKAS", help="baca usulan.json (atau zip) buatan orang lain")
    proposal.add_argument("--site", default="", metavar="ALAMAT", help="tempat pratinjau dapat dibaca")
    proposal.add_argument("--download", default="", metavar="ALAMAT", help="tempat pratinjau dapat diunduh")

    publish = verb("publish", _publish, "terbitkan edisi ke cabang gh-pages setempat")
    publish.add_argument("edition", nargs="?", metavar="EDISI", help="misalnya 2026.1")
    publish.add_argument("--all", action="store_true", help="terbitkan semua edisi dari awal")
    publish.add_argument("--push", metavar="REMOTE", help="dorong gh-pages ke remote ini sesudah terbit")
    publish.add_argument("--to", metavar="DIR", help="tulis situs terbit sebagai folder biasa untuk server sendiri")

    doctor = verb("doctor", _doctor, "periksa keutuhan yang sudah terbit, dan sebut apa yang dijalankan")
    doctor.add_argument("--rebuild", action="store_true", help="bangun semua edisi dan bandingkan bita demi bita")

    due = verb("due", _due, "sebut yang jatuh tempo: tinjau ulang, alamat yang mati, dan keadaan situs")
    due.add_argument("--on", metavar="TANGGAL", help="hitung pada tanggal ini, misalnya 2027-01-20")
    due.add_argument("--links", action="store_true", help="tanyakan juga setiap alamat di luar situs; perlu jaringan")

    preview = verb("preview", _preview, "tampilkan naskah kerja dan muat ulang setiap kali disimpan")
    preview.add_argument("--port", type=int, default=8001, metavar="ANGKA")

    serve = verb("serve", _serve, "layani situs yang sudah terbit seperti host statis")
    serve.add_argument("--port", type=int, default=8000, metavar="ANGKA")

    verb("export", _export, "cetak kurikulum sebagai JSON")
    pdf = verb("pdf", _pdf, "buat berkas cetak satu modul atau program")
    pdf.add_argument("kode", metavar="KODE", help="misalnya TK-05")
    pdf.add_argument("-o", dest="out", metavar="DIR", default=".", help="folder untuk berkasnya")
    schema = verb("schema", _schema, "cetak JSON Schema front matter")
    schema.add_argument("kind", nargs="?", default="modul", choices=(*SCHEMAS, "usulan"))
    stage = verb("stage", _stage, "tulis halaman Markdown jadi untuk mesin situs lain")
    stage.add_argument("dir", metavar="DIR")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. In: the words after `sigap`. Out: the exit code."""
    try:
        options = _parser().parse_args(arguments)
        root = Path(options.root)
        if not options.root or not root.is_dir():
            raise Trouble(f"Folder `{options.root}` tidak ada; periksa nilai -C.")
        options.root = root.resolve()
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except Trouble as trouble:
        print(f"sigap: {visible(str(trouble))}", file=sys.stderr)
        return TROUBLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except KeyboardInterrupt:
        print("sigap: dihentikan.", file=sys.stderr)
        return TROUBLE
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "sigap":
            raise
        print(f"sigap: Perintah ini perlu `{error.name}`; pasang dengan `pip install 'sigap[site]'`.", file=sys.stderr)
        return TROUBLE
    except OSError as error:
        place = f" `{error.filename}`" if error.filename else ""
        print(f"sigap: Berkas{place} tidak dapat dibaca atau ditulis: {error.strerror}.", file=sys.stderr)
        return TROUBLE
    except Exception as error:
        if os.environ.get("SIGAP_DEBUG"):
            raise
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        print(f"sigap: Ada cacat dalam Sigap ({what}). Laporkan, dengan keluaran SIGAP_DEBUG=1.", file=sys.stderr)
        return TROUBLE


# --- Verbs ----------------------------------------------------------------------------------------------------------


def _validate(options: argparse.Namespace) -> int:
    from . import report, settings
    from .model import Severity
    from .rules import shares
    from .tree import Folder

    gc.disable()  # one short run of many small objects and no garbage: looking for it would take a third of the time
    _require_modules(options.root)
    select = _codes(options.select) if options.select is not None else None
    if select == set():
        raise Trouble("--select tidak menyebut aturan apa pun; tulis kodenya, misalnya `--select H`, atau hapus.")
    ignore = _codes(options.ignore or [])
    paths = [_inside(options.root, path) for path in options.paths]
    base = _base(options.root, options.base)
    if options.fix or options.diff:
        _fix(options, base, select, ignore, paths)
    url = settings.rule_pages()
    findings, curriculum = shares.check(Folder.open(options.root), base, select=select, ignore=ignore, url=url)
    if paths:
        findings = report.only_under(findings, paths)
    form = options.format
    if form == "auto":
        form = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    _write(report.FORMATS[form](report.Report(findings, curriculum, colour=form == "text" and _colour())))
    failing = [f for f in findings if options.strict or f.severity is Severity.ERROR]
    return FINDINGS if failing else CLEAN


def _fix(
    options: argparse.Namespace, base: Side | None, select: set[str] | None, ignore: set[str], paths: list[str]
) -> None:
    """Write (or with --diff only show) what can be cured without a change of meaning."""
    import difflib
    from dataclasses import replace

    from . import files, fix
    from .load import load

    curriculum = _curriculum(options.root)
    if base:
        curriculum = replace(curriculum, base=load(base.tree), base_name=base.name)
    for path, data in fix.fixes(curriculum, select, ignore, paths).items():
        if options.diff:
            old = curriculum.documents[path].data.decode().splitlines(keepends=True)
            new = data.decode().splitlines(keepends=True)
            sys.stderr.writelines(difflib.unified_diff(old, new, path, path))
        else:
            files.write(options.root / path, data)
            print(f"sigap: {path} diperbaiki.", file=sys.stderr)


def _rules(options: argparse.Namespace) -> int:
    from . import report, rules, settings

    if options.code is None:
        _write(report.rule_list())
        return CLEAN
    code = options.code.upper()
    page = settings.ROOT / "docs" / settings.RULE_PAGES / f"{code}.md"
    if code not in rules.registry() or not page.is_file():
        raise Trouble(f"Aturan `{options.code}` tidak ada; lihat daftarnya dengan `sigap rules`.")
    _write(page.read_text(encoding="utf-8"))
    return CLEAN


def _new(options: argparse.Namespace) -> int:
    from . import template

    path = template.write(options.root, _curriculum(options.root), options.kode, options.title)
    print(f"{path} dibuat. Isi setiap `[isi …]`, lalu jalankan `sigap validate {path}`.")
    return CLEAN


def _compare(options: argparse.Namespace) -> int:
    from dataclasses import replace

    from . import editions
    from .compare.changes import changes
    from .comparison import report as compare_report
    from .vocabulary import nearest

    if (options.format in ("html", "docx")) != bool(options.out):
        raise Trouble(
            "Laporan html memerlukan folder dan docx berkas: `--format html -o DIR`, `--format docx -o BERKAS`."
        )
    if not options.old or not options.new:
        raise Trouble("Sebutkan dua edisi, ref git, atau folder yang dibandingkan; salah satunya kosong.")
    old, new = (editions.resolve(options.root, name) for name in (options.old, options.new))
    sides = [editions.curriculum(side.tree) for side in (old, new)]
    for side, curriculum in zip((old, new), sides, strict=True):
        _require_comparable(side.name, curriculum)
    comparison = changes(*sides)
    if options.module:
        chosen = tuple(module for module in comparison.modules if module.kode == options.module)
        if not chosen:
            like = nearest(options.module, [module.kode for module in comparison.modules])
            raise Trouble(f"Modul `{options.module}` tidak ada." + (f" Mungkin maksudnya {like}?" if like else ""))
        comparison = replace(comparison, modules=chosen, programmes=(), policy=())
    report = compare_report.Report(comparison, old.name, new.name, _banding(options), _colour())
    if options.format == "html":
        from .comparison import page as comparison_page

        report = replace(report, findings=_findings(options, comparison, old.name))
        print(f"Laporan ditulis: {comparison_page.write(report, Path(options.out))}")
    elif options.format == "docx":
        from .comparison import word
        from .comparison.page import fragment

        print(f"Laporan ditulis: {word.write(report, fragment, Path(options.out))}")
    else:
        _write(compare_report.FORMATS[options.format](report))
    return FINDINGS if comparison.insufficient else CLEAN


def _findings(options: argparse.Namespace, comparison: Comparison, base: str) -> tuple[Finding, ...]:
    """What the rules say of the new side: of all of it, or of the one module that was asked for. A published edition
    never changes, so nothing is said of it."""
    from dataclasses import replace

    from . import editions, rules

    if options.new in editions.known(options.root):
        return ()
    found = rules.run(replace(comparison.new, base=comparison.old, base_name=base))
    if not options.module:
        return tuple(found)
    paths = {d.path for module in comparison.modules if module.new for d in module.new.documents}
    return tuple(finding for finding in found if finding.path in paths)


def _require_comparable(name: str, curriculum: Curriculum) -> None:
    """Refuse a side with modules that have no kode of their own: they would be told as missing."""
    kodes: dict[str, str] = {}
    for module in curriculum.modules:
        if module.document.unreadable or not module.kode:
            raise Trouble(
                f"`{module.path}` di {name} tidak terbaca, jadi tidak dapat dibandingkan; lihat `sigap validate`."
            )
        if (first := kodes.setdefault(module.kode, module.path)) != module.path:
            raise Trouble(
                f"Kode {module.kode} di {name} dipakai oleh `{first}` dan `{module.path}`; lihat `sigap validate`."
            )
    for problem in curriculum.problems:
        if problem.stands_for or problem.code == "F120":
            raise Trouble(f"`{problem.location.path}` di {name}: {problem.message} Lihat `sigap validate`.")


def _banding(options: argparse.Namespace) -> str:
    """The address of `/banding/`, where both sides are editions and so can be linked."""
    from . import editions, settings

    site = settings.address("site_url")
    if not site or not all(editions.NAME.fullmatch(name) for name in (options.old, options.new)):
        return ""
    known = editions.known(options.root)
    return f"{site.rstrip('/')}/banding/" if options.old in known and options.new in known else ""


def _proposal(options: argparse.Namespace) -> int:
    from . import settings
    from .proposal import comment, data, preview

    if bool(options.base) == bool(options.made) or (options.made and options.out):
        raise Trouble("Sebutkan dasarnya, misalnya `sigap proposal main`, atau `--from usulan.json`.")
    if options.made:
        made = data.read(Path(options.made))
    else:
        made = preview.make(options.root, options.base, Path(options.out).absolute() if options.out else None)
    if options.format == "json":
        _write(data.dumps(made))
    else:
        pages = settings.rule_pages()
        _write(comment.markdown(made, site=options.site, download=options.download, rule_pages=pages))
    return FINDINGS if made.failing else CLEAN


def _publish(options: argparse.Namespace) -> int:
    from . import publish

    only = options.to and not options.edition and not options.all and not options.push
    if not only and bool(options.edition) == options.all:
        raise Trouble("Sebutkan satu edisi, misalnya `sigap publish 2026.1`, atau pakai `--all`.")
    if not only:
        for line in publish.publish(options.root, None if options.all else options.edition, push=options.push):
            print(line, flush=True)
    if options.to:
        from . import plain

        print(f"{plain.write(options.root, Path(options.to).absolute())} berkas ditulis di {options.to}.")
    return CLEAN


def _due(options: argparse.Namespace) -> int:
    from datetime import date

    from . import doctor, due, git

    curriculum = _curriculum(options.root)
    try:
        on = date.fromisoformat(options.on) if options.on else curriculum.today
    except ValueError:
        raise Trouble(f"`{options.on}` bukan tanggal; tulis misalnya 2027-01-20.") from None
    dead = due.unanswered(curriculum) if options.links else None
    published = [str(ill) for ill in doctor.doctor(options.root)] if git.is_repository(options.root) else []
    text, found = due.report(curriculum, on, dead, published)
    _write(text)
    return FINDINGS if found else CLEAN


def _doctor(options: argparse.Namespace) -> int:
    from . import doctor

    found = False
    for trouble in doctor.doctor(options.root, rebuild=options.rebuild):
        print(trouble, flush=True)
        found = True
    if not found:
        print(doctor.checked(options.root))
    return FINDINGS if found else CLEAN


def _preview(options: argparse.Namespace) -> int:
    from . import serve

    return serve.preview(options.root, options.port)


def _serve(options: argparse.Namespace) -> int:
    from . import serve

    return serve.serve(options.root, options.port)


def _export(options: argparse.Namespace) -> int:
    from . import export

    _write(export.dumps(_curriculum(options.root)))
    return CLEAN


def _pdf(options: argparse.Namespace) -> int:
    from . import paper
    from .vocabulary import nearest

    curriculum = _curriculum(options.root)
    module = curriculum.by_kode.get(options.kode)
    programme = next((p for p in curriculum.programmes if p.kode == options.kode), None)
    if module:
        packs = paper.module_packs(module, curriculum, options.root, address=paper.address())
    elif programme:
        booklet = paper.programme_pack(programme, curriculum, options.root, address=paper.address())
        packs = iter([booklet, *paper.packs_of_tests(programme, curriculum, options.root, address=paper.address())])
    else:
        like = nearest(options.kode, [*curriculum.by_kode, *(p.kode for p in curriculum.programmes)])
        raise Trouble(f"`{options.kode}` bukan kode modul atau program." + (f" Maksudnya {like}?" if like else ""))
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    for pack in packs:
        (folder / f"{pack.name}.pdf").write_bytes(pack.data)
        print(f"{folder / pack.name}.pdf: {pack.title}, {pack.pages} halaman, {(len(pack.data) + 999) // 1000} kB.")
    return CLEAN


def _schema(options: argparse.Namespace) -> int:
    if options.kind == "usulan":
        from .proposal import data

        _write(data.json_schema())
        return CLEAN
    from . import schema

    _write(schema.json_schema(options.kind))
    return CLEAN


def _stage(options: argparse.Namespace) -> int:
    from . import stage

    count = stage.write(_curriculum(options.root), options.root, Path(options.dir))
    print(f"{count} berkas ditulis di {options.dir}.")
    return CLEAN


# --- Help for the verbs ---------------------------------------------------------------------------------------------


def _require_modules(root: Path) -> None:
    from .tree import MODULES

    if not (root / MODULES).is_dir():
        raise Trouble(f"Di `{root}` tidak ada folder `{MODULES}`; jalankan dari akar repositori, atau pakai -C DIR.")


def _curriculum(root: Path) -> Curriculum:
    from .load import load
    from .tree import Folder

    _require_modules(root)
    return load(Folder.open(root))


def _base(root: Path, ref: str | None) -> Side | None:
    """What versions are held against: `ref`, or the newest edition where there is one."""
    from . import editions
    from .rules.shares import Side

    if ref == "":
        raise Trouble("--base kosong; sebutkan edisi atau ref git, misalnya `--base HEAD`, atau hapus.")
    found = editions.resolve(root, ref) if ref else editions.newest(root)
    return Side(found.tree, found.name) if found else None


def _codes(given: list[str]) -> set[str]:
    from . import rules
    from .vocabulary import nearest

    try:
        return rules.matching([code.strip() for item in given for code in item.split(",") if code.strip()])
    except ValueError as unknown:
        like = nearest(str(unknown), list(rules.registry()), cutoff=0.5)
        hint = f" Mungkin maksudnya {like}?" if like else ""
        raise Trouble(f"Aturan `{unknown}` tidak ada.{hint} Lihat `sigap rules`.") from None


def _inside(root: Path, path: str) -> str:
    """A path given on the command line, relative to the repository; tried from the folder of -C, then from here."""
    if not path:
        raise Trouble("Jalur kosong; sebutkan berkas atau foldernya, atau hapus.")
    for base in (root, Path.cwd()):
        full = Path(os.path.normpath(base / path))
        if full.exists():
            if not full.is_relative_to(root):
                raise Trouble(f"`{path}` berada di luar repositori.")
            return full.relative_to(root).as_posix()
    raise Trouble(f"`{path}` tidak ada; periksa penulisannya.")


def _colour() -> bool:
    return (
        bool(sys.stdout) and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def _write(text: str) -> None:
    """UTF-8 whatever the locale says; nothing where standard output is closed."""
    if not sys.stdout:
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()
