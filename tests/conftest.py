"""What the end of a run says beside pytest's own summary."""

from __future__ import annotations

from typing import Any

import parts
import pytest


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many single defects of the curriculum were tried, how many rules they reached, and what could not run."""
    ran = [r for r in terminalreporter.stats.get("passed", []) if "test_mutations.py" in r.nodeid]
    if ran:
        import test_mutations

        terminalreporter.write_line(test_mutations.summary())
    for line in parts.closing([str(r.longrepr) for r in terminalreporter.stats.get("skipped", [])]):
        terminalreporter.write_line(line, red=True, bold=True)


@pytest.fixture(scope="session")
def poppler() -> None:
    """For tests that read PDF files."""
    parts.poppler()
