"""Print what the site is made with as CycloneDX 1.5, from requirements.txt: names, versions, hashes.

The licence of a package is what its installed metadata says. Nothing is asked of a network.
"""

from __future__ import annotations

import json
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements.txt"
_PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(.*(?:\n +--hash=\S+.*)*)", re.MULTILINE)


def components(text: str) -> list[dict[str, Any]]:
    """Every package of a requirements file with hashes."""
    found = []
    for name, version, rest in _PACKAGE.findall(text):
        hashes = [{"alg": "SHA-256", "content": digest} for digest in re.findall(r"sha256:([0-9a-f]{64})", rest)]
        found.append(
            {
                "type": "library",
                "bom-ref": f"pkg:pypi/{name}@{version}",
                "name": name,
                "version": version,
                "purl": f"pkg:pypi/{name}@{version}",
                "hashes": hashes,
                "licenses": [{"license": {"name": licence(name)}}],
            }
        )
    return found


def licence(name: str) -> str:
    """What an installed package says of its licence."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return "tidak terpasang di sini"
    classified = [
        entry.rpartition(" :: ")[2] for entry in said.get_all("Classifier", []) if entry.startswith("License")
    ]
    short = (said.get("License-Expression") or said.get("License") or "").strip().splitlines()
    return (short[0][:80] if short else "") or ", ".join(classified) or "tidak disebut"


def main() -> int:
    """Out: the exit code."""
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "sigap", "licenses": [{"license": {"id": "MIT"}}]}},
        "components": components(REQUIREMENTS.read_text(encoding="utf-8")),
    }
    print(json.dumps(document, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
