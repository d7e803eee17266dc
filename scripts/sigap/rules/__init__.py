"""The rules: one file per family, one function per rule.

A rule is a generator of problems over one thing (a module, a document, a programme or the whole curriculum). It never
prints, raises or stops another rule; its code, severity, page and waivers are added here.
"""

from __future__ import annotations

from .registry import FAMILIES, Rule, matching, registry
from .run import run

__all__ = ["FAMILIES", "Rule", "matching", "registry", "run"]
