"""Front matter against its schema: each fault as a problem that names the key, what was found and the cure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .document import Document, Problem
from .schema import Fault


def front_problems(kind: str, document: Document, faults: Sequence[Fault]) -> Iterator[Problem]:
    """Faults of one kind of front matter as F103, F104 and F105; hours and versions have their own (H305, V801)."""
    misspelt = {
        f"{fault.key.rpartition('.')[0]}.{fault.expected}".lstrip(".") for fault in faults if fault.kind == "unknown"
    }
    for fault in faults:
        name = fault.key.rpartition(".")[2]
        parent = fault.key.rpartition(".")[0]
        if fault.kind == "missing" and fault.key in misspelt:
            continue  # F104 speaks of the key that stands for it
        if fault.kind == "missing":
            yield Problem(
                document.place(parent),
                f"Kunci wajib `{fault.key}` tidak ada.",
                f"Tambahkan `{name}: …` " + (f"di bawah `{parent}`." if parent else "di front matter."),
                "F103",
            )
        elif fault.kind == "unknown":
            hint = f"Mungkin maksudnya `{fault.expected}`?" if fault.expected else "Hapus kunci ini."
            yield Problem(document.place(fault.key), f"Kunci `{fault.key}` tidak dikenal.", hint, "F104")
        elif fault.key.startswith("jp.") and kind == "modul":
            yield Problem(
                document.place(fault.key),
                f"`{fault.key}` berisi `{_shown(fault.given)}`, bukan bilangan bulat nol atau lebih.",
                "Tulis JP utuh, misalnya `2`; pakai `0` bila tidak ada.",
                "H305",
            )
        else:
            code = "V801" if fault.key == "versi" else "F105"
            expected = "versi SemVer, misalnya `1.0.0`" if code == "V801" else fault.expected
            yield Problem(
                document.place(fault.key),
                f"`{fault.key}` berisi `{_shown(fault.given)}`.",
                f"Isi dengan {expected}.",
                code,
            )


def _shown(value: object) -> str:
    """A value as the author would recognise it, cut to a readable length."""
    if value is None:
        return "(kosong)"
    if isinstance(value, bool):
        return str(value).lower()
    text = f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"
