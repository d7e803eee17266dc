"""Each layer of the package imports only from those below it (README)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "scripts" / "sigap"
LAYERS = [
    "document model errors settings git children files words markdown_out html_out allowed_html allowed_files",
    "source vocabulary keys schema redline labels groups",
    "tree addresses front_matter headings module load timetable handout items scoring laws",
    "compare export render blanks",
    "rules editions review",
    "report comparison pages paper site feeds calendars template stage fix search_index archive",
    "publish serve branch build proposal doctor plain due",
    "cli __main__",
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names.split()}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE)


def part(path: Path) -> str:
    """The part of the package that a file belongs to: `rules` for all of rules/."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The parts of the package that a file imports, at its top or late."""
    found = set()
    depth = len(path.relative_to(PACKAGE).parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            found |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sigap."):
            found.add(str(node.module).split(".")[1])
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    mine = part(path)
    assert mine in LEVEL, f"{mine} has no layer: give it one here and in README"
    for other in imported(path) - {mine, "__version__"}:
        assert other in LEVEL, other
        assert LEVEL[other] <= LEVEL[mine], f"{mine} (layer {LEVEL[mine]}) imports {other} (layer {LEVEL[other]})"


@pytest.mark.parametrize("path", [p for p in FILES if part(p) == "compare"], ids=lambda path: path.name)
def test_compare_knows_nothing_of_git_mkdocs_or_files(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    assert names & {"os", "pathlib", "subprocess", "mkdocs", "mike"} == set()
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert "open" not in calls


def test_only_hooks_knows_mkdocs() -> None:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            module = node.module if isinstance(node, ast.ImportFrom) else ""
            assert not (module or "").startswith("mkdocs"), path
