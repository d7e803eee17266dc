"""Editions onto the gh-pages branch, through mike, in one atomic step.

Everything is built aside: pages in a temporary folder, commits under refs of a throwaway git folder that shares only
the object store. The branch itself moves once, and only if it still stands where it stood. A failure anywhere, a full
disk or a kill leaves the old site whole; what remains is unreferenced objects, which git clears away.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Container, Iterator, Mapping, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import chdir, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from . import branch, build, editions, feeds, git, paper, rules, settings, site
from .branch import BRANCH, REF
from .children import Children, stoppable
from .comparison import files as comparison
from .comparison.states import Known, Pairs, State
from .comparison.version import version
from .errors import Trouble
from .load import edition_order
from .model import Severity
from .rules import registry
from .tree import EDITIONS

ATTEMPTS = 5
"""How often a lost race is run again on top of the winner."""

SAFETY = "K"
"""The family of rules that holds for every edition, however old it is."""


def checkpoint(name: str) -> None:
    """Nothing: the tests of kills and races put something in its place, to stop at a named point."""


@dataclass(frozen=True)
class Built:
    """An edition ready to be put on the branch: its files lie in `folder`."""

    state: State
    content: str
    folder: Path

    @property
    def name(self) -> str:
        return self.state.name


@dataclass(eq=False)
class Shop:
    """What one run works with: the editions of history, each commit read once, and what was built and compared."""

    root: Path
    folder: Path
    cuts: Mapping[str, editions.Cut]
    built: dict[str, Built] = field(default_factory=dict)

    @cached_property
    def trees(self) -> Mapping[str, editions.GitTree]:
        blobs = editions.Blobs(self.root)
        return {name: editions.GitTree(self.root, cut.commit, blobs) for name, cut in self.cuts.items()}

    @cached_property
    def states(self) -> Mapping[str, State]:
        """Every edition of history, oldest first."""
        found = {}
        for name, tree in self.trees.items():
            curriculum = editions.curriculum(tree)
            found[name] = State(next(e for e in curriculum.editions if e.name == name), curriculum)
        return found

    @cached_property
    def before(self) -> Mapping[str, State]:
        """For each edition the one that its notes are held against; the first has none."""
        found, names = {}, list(self.cuts)
        for index, name in enumerate(names):
            gone = {old for known in names[: index + 1] for old in self.cuts[known].replaces}
            if earlier := [known for known in names[:index] if known not in gone]:
                found[name] = self.states[earlier[-1]]
        return found

    @cached_property
    def contents(self) -> Mapping[str, str]:
        """What the content of each edition is known by."""
        found = branch.contents(self.root, [cut.commit for cut in self.cuts.values()])
        return dict(zip(self.cuts, found, strict=True))

    def replaced(self, among: Sequence[str]) -> dict[str, str]:
        """Editions that others withdraw, with the one that does."""
        return {old: name for name in among if name in self.cuts for old in self.cuts[name].replaces}

    def told(self, name: str, pairs: Pairs) -> dict[str, object]:
        """What an edition and those before it changed."""
        upto = edition_order(name)
        return {
            new: comparison.notes(old, self.states[new], pairs)
            for new, old in self.before.items()
            if edition_order(new) <= upto
        }


@dataclass(frozen=True)
class Packs:
    """The packs to print: by path their bytes, None for those that stand, and what links say of them."""

    files: Mapping[str, bytes | None]
    facts: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Standing:
    """Where the branch stands when an attempt begins: `tip` is what to build on, `local` our own branch."""

    tip: str
    local: str


def publish(root: Path, name: str | None, push: str | None = None) -> Iterator[str]:
    """Publish one edition, or with `name` None the whole history from scratch.

    Yields Indonesian lines about what was done. Raises Trouble, with the branches as they were, when anything fails.
    """
    git.require_repository(root)
    git.require_clean(root)
    history = editions.history(root)
    cuts = {cut.name: cut for cut in history if not cut.fault}
    gone = {old: cut.name for cut in cuts.values() for old in cut.replaces}
    if name:
        _refuse_name(root, name, history, gone)
    elif not history:
        raise Trouble("Belum ada edisi; edisi dibuat oleh commit yang menambah `docs/edisi/<nama>.md`.")
    else:
        for cut in history:
            if cut.fault and cut.name not in gone:
                yield f"Peringatan: `docs/edisi/{cut.name}.md` dilewati, sebab {cut.fault}."
    wanted = [name] if name else [known for known in cuts if known not in gone]
    if not wanted:
        raise Trouble("Tidak ada edisi yang dapat diterbitkan.")
    with _workshop() as folder:
        shop = Shop(root, folder, cuts)
        for _ in range(ATTEMPTS):
            local = git.commit_of(root, REF)
            tip = (branch.remote_tip(root, push) or local) if push else local
            try:
                done = list(_attempt(shop, wanted, name is None, Standing(tip, local), push))
            except git.Moved:
                continue
            yield from done
            return
        raise Trouble(f"{BRANCH} terus bergerak selama penerbitan; coba lagi sesudah penerbit lain selesai.")


def _refuse_name(root: Path, name: str, history: Sequence[editions.Cut], gone: Mapping[str, str]) -> None:
    cut = next((cut for cut in history if cut.name == name), None)
    if cut is None:
        editions.edition(root, name)
    if name in gone:
        raise Trouble(f"Edisi {name} sudah ditarik: digantikan {gone[name]}.")
    if cut and cut.fault:
        raise Trouble(f"`docs/edisi/{name}.md` tidak dapat diterbitkan, sebab {cut.fault}. Buat edisi baru.")


@contextmanager
def _workshop() -> Iterator[Path]:
    try:
        with stoppable(), tempfile.TemporaryDirectory(prefix="sigap-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    except OSError as error:
        raise Trouble(f"Penerbitan batal, {BRANCH} tidak berubah: {error.strerror or error}.") from None


def _attempt(shop: Shop, wanted: Sequence[str], whole: bool, stands: Standing, push: str | None) -> Iterator[str]:
    """Publish on top of where the branch stands now. Raises git.Moved where somebody else was faster."""
    root, tip, local = shop.root, stands.tip, stands.local
    there = branch.published(root, tip)
    extra = sorted(set(branch.published(root, local)) - set(there) - set(wanted)) if local != tip else []
    extra = [name for name in extra if name in shop.cuts]
    names = [*wanted, *extra]
    _refuse_other_content(shop, there, names)
    after = set(names) if whole else {*there, *names}
    gone = {name: by for name, by in shop.replaced(sorted(after)).items() if name in there}
    after -= gone.keys()
    own = branch.own(root, tip)
    start = "" if whole else own.commit if own else tip
    pairs, known = _known(shop, own, start)
    files = _build_all(shop, names, sorted(after, key=edition_order), pairs, known, stands)
    checkpoint("built")
    new = _graft(shop, start, tip, [shop.built[name] for name in names], sorted(gone), files, stands)
    checkpoint("grafted")
    if new != local or (push and new != tip):
        with git.held(root, REF, new, local) if new != local else nullcontext(lambda: None) as move:
            checkpoint("held")
            if push and new != tip:
                git.push(root, push, REF, new, tip)
                checkpoint("pushed")
            move()
        checkpoint("moved")
    named = ", ".join(names)
    if new == tip == local:
        yield f"Tidak ada yang berubah: {BRANCH} sudah memuat {named}."
        return
    for name, by in sorted(gone.items()):
        yield f"Edisi {name} ditarik: digantikan {by}."
    if mended := branch.changed_by_hand(root, own, tip):
        yield f"Dipulihkan: {len(mended)} berkas yang diubah di luar Sigap, yang pertama {mended[0]}."
    yield f"Terbit di {BRANCH}: {named}."
    if push:
        yield f"{BRANCH} didorong ke {push}." if new != tip else f"{push} sudah memuatnya."


def _refuse_other_content(shop: Shop, there: Mapping[str, Mapping[str, object]], names: Sequence[str]) -> None:
    """A published edition never changes its content, and none that we do not know may be on the branch."""
    for name, facts in there.items():
        if name not in shop.cuts:
            raise Trouble(f"Edisi {name} sudah terbit tetapi tidak ada dalam riwayat ini; jalankan `git pull` dahulu.")
        if name in names and facts.get("isi") not in (None, shop.contents[name]):
            raise Trouble(
                f"Edisi {name} sudah terbit dengan isi lain; isi edisi tidak pernah berubah. Buat edisi baru."
            )


def _known(shop: Shop, own: branch.Own | None, start: str) -> tuple[Pairs, Known]:
    """What of /banding/ stands in the tree that is built on, and was made by today's renderer."""
    if not own or not start:
        return Pairs(), Known()
    there = {path: blob for _, blob, path in git.files(shop.root, start, (paper.FOLDER,))}
    packs, cards = _packed(shop.root, there), frozenset(path for path in there if path.endswith(".png"))
    if own.renderer != version():
        return Pairs(), Known(packs=packs, cards=cards)
    blobs = {path: blob for _, blob, path in git.files(shop.root, start, (branch.BANDING,))}
    contents = git.blobs(shop.root, [blob for path, blob in blobs.items() if path.startswith("banding/r/")])
    pairs = {path: contents[blob] for path, blob in blobs.items() if blob in contents}
    same = [name for name, facts in branch.published(shop.root, start).items()
            if name in shop.cuts and facts.get("isi") == shop.contents[name]]  # fmt: skip
    return Pairs(pairs), Known(frozenset(blobs), frozenset(same), packs, cards)


def _packed(root: Path, there: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """The packs to print that stand (`there`: blobs by path), as the list beside them tells; those that it does not
    tell of are made again.
    """
    if paper.LIST not in there:
        return {}
    told = json.loads(git.blobs(root, [there[paper.LIST]])[there[paper.LIST]])
    return {path: (pages, size) for path, (pages, size) in told.items() if path in there}


# --- Judging --------------------------------------------------------------------------------------------------------


def _judge(shop: Shop, names: Sequence[str], stood: Container[tuple[str, object]]) -> None:
    """Refuse editions with errors, but for those that stand somewhere with this very content.

    An edition may have been made before rules that came later: neither it nor one before it has a page for them. A page
    that was taken away frees nobody.
    """
    known: set[str] = set()
    for name, state in shop.states.items():
        known |= {code for code in registry() if f"docs/{settings.RULE_PAGES}/{code}.md" in state.curriculum.paths}
        if name in names and (name, shop.contents[name]) not in stood:
            _refuse_findings(state, known)


def _refuse_findings(state: State, known: Set[str]) -> None:
    """Hold an edition on its own day against the rules that were known then; those of safety hold all the same. Where
    no rule has a page, all do."""
    curriculum = replace(state.curriculum, today=state.edition.date)
    judged = known | {code for code in registry() if code.startswith(SAFETY)} if known else None
    own = f"{EDITIONS}/{state.name}.md"  # a slip on another edition's page must not stop this one for ever
    errors = [
        finding
        for finding in rules.run(curriculum, select=judged)
        if finding.severity is Severity.ERROR and not (finding.code == "F114" and finding.path != own)
    ]
    if errors:
        first = errors[0]
        raise Trouble(
            f"Edisi {state.name} punya {len(errors)} galat dan tidak diterbitkan; yang pertama: "
            f"{first.path}:{first.line}: {first.code} {first.message} {_cure(state.name)}"
        )


def _cure(name: str) -> str:
    return f'Perbaiki dalam edisi baru yang menulis `menggantikan: ["{name}"]`.'


# --- Building aside -------------------------------------------------------------------------------------------------


def _build_all(
    shop: Shop, names: Sequence[str], after: Sequence[str], pairs: Pairs, known: Known, stands: Standing
) -> dict[str, bytes | None]:
    """Build what is not built yet, and meanwhile judge and compare it.

    Out: the files of the root, None for those that stay. Raises Trouble.
    """
    told: dict[str, Future[Mapping[str, object]]] = {name: Future() for name in names if name not in shop.built}
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool, Children() as children:
        try:
            running = [pool.submit(_build, shop, name, told[name].result, children) for name in told]
            stood = set(branch.vouched(shop.root, [tip for tip in (stands.tip, stands.local) if tip]))
            _judge(shop, list(told), stood)
            packs = _packs(shop, after, known, stood)
            for name, one in told.items():
                one.set_result({"catatan": shop.told(name, pairs), "berkas": packs.facts})
            checkpoint("building")
            files = {}
            for path, data in _root_files(shop, after, pairs, known, packs):
                files[path] = data
                if any(one.done() and one.exception() for one in running):
                    break
            folders = [one.result() for one in running]
        except BaseException:
            for one in told.values():
                one.cancel()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    for name, folder in zip(told, folders, strict=True):
        shop.built[name] = Built(shop.states[name], shop.contents[name], folder)
    return files


def _build(shop: Shop, name: str, told: Callable[[], Mapping[str, object]], children: Children) -> Path:
    """Build one edition: the content of its commit, the look and tools of today; strictly. Out: its folder."""
    source, out = shop.folder / f"{name}-isi", shop.folder / f"{name}-situs"
    build.write(shop.trees[name], source)
    try:
        older = name != list(shop.cuts)[-1]
        build.build(source, out, told, _epoch(shop.cuts[name]), children, published=older)
    except Trouble as trouble:
        raise Trouble(f"Edisi {name}: {trouble} {_cure(name)}") from None
    return out


def _epoch(cut: editions.Cut) -> int:
    """The first second of an edition's day: what counts as now when it is built."""
    return int(datetime(cut.day.year, cut.day.month, cut.day.day, tzinfo=UTC).timestamp())


def _root_files(
    shop: Shop, after: Sequence[str], pairs: Pairs, known: Known, packs: Packs
) -> Iterator[tuple[str, bytes | None]]:
    """What belongs to no edition: the entrance, the 404 page, files for search engines, comparisons."""
    address = (settings.address("site_url") or "/").rstrip("/") + "/"
    states = [shop.states[name] for name in after]
    yield "index.html", site.redirect(f"{settings.LATEST}/", f"{settings.LATEST}/", "./").encode()
    yield "sw.js", site.service_worker()
    yield site.data_schema()
    yield "llms.txt", feeds.machine_index(states[-1], address)
    yield from feeds.files(states, pairs, address)
    yield "404.html", site.not_found(urlsplit(address).path or "/").encode()
    yield "robots.txt", site.robots(address).encode()
    newest = states[-1]
    yield "sitemap.xml", site.sitemap(address, site.addresses(newest.curriculum), newest.edition.date).encode()
    upto = edition_order(newest.name)
    noted = [(old, shop.states[new]) for new, old in shop.before.items() if edition_order(new) <= upto]
    yield from comparison.files(states, noted, pairs, known)
    yield from paper.check_files([(state.edition, state.curriculum) for state in states])
    yield from packs.files.items()
    yield paper.LIST, (json.dumps(packs.facts, sort_keys=True, separators=(",", ":")) + "\n").encode()
    modules = {paper.card_place(module): module for state in states for module in state.modules.values()}
    yield from paper.card_files(modules.values(), known.cards)


def _packs(shop: Shop, after: Sequence[str], known: Known, stood: Container[tuple[str, object]]) -> Packs:
    """The packs to print of the editions that shall stand, once for all that share them; what stands is not made. An
    edition that stood already cannot be mended, so there a pack that cannot be set is left out.
    """
    files: dict[str, bytes | None] = {}
    facts: dict[str, tuple[int, int]] = {}
    for state in (shop.states[name] for name in after):
        if not any(map(paper.can_be_packed, state.modules.values())):
            continue
        pictures = shop.folder / f"{state.name}-gambar"
        build.write(shop.trees[state.name], pictures, lambda path: not path.endswith(".md"))
        there = {**known.packs, **facts}
        lenient = (state.name, shop.contents[state.name]) in stood
        made = paper.pack_files(state.curriculum, pictures, there, address=paper.address(), lenient=lenient)
        for path, data in made:
            if path not in facts:
                files[path] = data
                facts[path] = known.packs[path] if data is None else paper.facts(data)
    return Packs(files, facts)


# --- Onto the branch ------------------------------------------------------------------------------------------------


def _graft(
    shop: Shop,
    start: str,
    parent: str,
    built: Sequence[Built],
    gone: Sequence[str],
    files: Mapping[str, bytes | None],
    stands: Standing,
) -> str:
    """Put built editions on top of the tree of `start` ("" for an empty one), and take those away that are gone.

    Out: the id of a commit on top of `parent`, or `parent` itself where its tree is that already. Nothing points to it.
    """
    from mike import commands, git_utils

    root = shop.root
    built = sorted(built, key=lambda item: edition_order(item.name))
    with _staging(root, start, shop.folder):
        standing = (set(branch.published(root, start)) - set(gone)) | {item.name for item in built}
        newest = max(standing, key=edition_order)
        for item in built:
            facts = {**site.properties(item.state.edition, item.state.curriculum), "isi": item.content}
            with commands.deploy(
                {"site_dir": str(item.folder), "use_directory_urls": True},
                item.name,
                title=item.name,
                aliases=[settings.LATEST] if item.name == newest else [],
                update_aliases=True,
                alias_type=commands.AliasType.copy,
                branch=BRANCH,
                message=f"Edisi {item.name}",
                allow_empty=True,
                set_props=list(facts.items()),
            ):
                pass
        if start and gone:
            commands.delete(list(gone), branch=BRANCH, message="Tarik edisi", allow_empty=True)
        with git_utils.Commit(BRANCH, "Akar situs", allow_empty=True) as commit:
            by_hand = branch.foreign(root, [stands.tip, stands.local])
            contents = git.blobs(root, [blob for _, blob in by_hand.values()])
            for path, (mode, blob) in by_hand.items():
                commit.add_file(git_utils.FileInfo(path, contents[blob], int(mode, 8)))
            for path, data in files.items():
                if data is not None:
                    commit.add_file(git_utils.FileInfo(path, data))
            before = {path for _, _, path in git.files(root, start, branch.GENERATED)} if start else set()
            commit.delete_files(sorted(before - files.keys()))
        tree = git_utils.get_latest_commit(f"{BRANCH}^{{tree}}")
    if parent and git.tree_of(root, parent) == tree:
        return parent
    names = ", ".join(item.name for item in built)
    text = branch.message(f"Terbitkan {names}", tree, version())
    when = f"{_epoch(shop.cuts[built[-1].name])} +0000"
    return git.commit_tree(root, tree, [parent] if parent else [], text, when)


@contextmanager
def _staging(root: Path, start: str, workshop: Path) -> Iterator[None]:
    """Let mike commit to refs that nobody sees: a fresh git folder over the repository's object store."""
    folder = Path(tempfile.mkdtemp(dir=workshop, prefix="git-"))
    kind = git.line(root, "rev-parse", "--show-object-format")
    git.git(root, "init", "--quiet", "--bare", f"--object-format={kind}", "--template=", str(folder))
    objects = git.line(root, "rev-parse", "--path-format=absolute", "--git-path", "objects")
    env = {
        "GIT_DIR": str(folder),
        "GIT_OBJECT_DIRECTORY": objects,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_COMMITTER_NAME": "Sigap",
        "GIT_COMMITTER_EMAIL": "sigap@localhost",
        "GIT_COMMITTER_DATE": "1577836800 +0000",
    }
    before = {key: os.environ.get(key) for key in env}
    os.environ.update(env)
    try:
        with chdir(folder):
            if start:
                subprocess.run(["git", "update-ref", REF, start], check=True, capture_output=True)
            yield
    except subprocess.CalledProcessError as error:
        raise Trouble(f"Cabang {BRANCH} tidak dapat disusun: {git.reason(error.stderr)}") from None
    except Exception as error:
        if type(error).__module__.startswith("mike"):
            reason = " ".join(str(error).split())
            raise Trouble(f"mike tidak dapat menyusun cabang {BRANCH}: {reason}") from None
        raise
    finally:
        for key, value in before.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value
