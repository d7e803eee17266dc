"""The one exception that reaches a user."""

from __future__ import annotations


class Trouble(Exception):  # noqa: N818 (what a user has, not what a programmer made)
    """Wrong usage or an environment that will not do: one Indonesian line that says what to do. Exit 2."""
