"""Front matter held against its keys (`keys`): its faults, and the JSON Schema for editors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .vocabulary import nearest


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one key: `kind` is missing, unknown or wrong; `expected` says what would be right."""

    key: str
    kind: str
    expected: str
    given: object = None


def day(value: object) -> object:
    """A date that was written as text in the one form that counts, TTTT-BB-HH; anything else as it is."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def check(kind: str, data: Mapping[str, object]) -> list[Fault]:
    """Check front matter against the model of its kind.

    In: modul, program, edisi, lampiran or kurikulum, and data as `source.read_yaml` gives it. Out: every fault at
    once, with dotted keys; empty when the data is right.
    """
    from pydantic import ValidationError

    from .keys import MODELS

    try:
        MODELS[kind].model_validate(data)
    except ValidationError as error:
        return [_fault(kind, item) for item in error.errors(include_url=False)]
    return []


def known_keys(kind: str, parents: Sequence[str]) -> list[str]:
    """The keys that may stand below the keys `parents`, for a suggestion."""
    from .keys import MODELS

    model: Any = MODELS[kind]
    for part in parents:
        if part in getattr(model, "model_fields", {}):  # places in a list are no keys
            annotation = model.model_fields[part].annotation
            model = next(iter(getattr(annotation, "__args__", ())), annotation)
    return list(getattr(model, "model_fields", ()))


TWICE = "twice"
"""The fault of a list that says something twice."""

_EXPECTED = {
    TWICE: "daftar tanpa isi yang sama",
    "string_type": "teks",
    "string_too_short": "teks yang tidak kosong",
    "list_type": "daftar, misalnya `[a, b]`",
    "too_short": "daftar dengan paling sedikit satu isi",
    "model_type": "pasangan `kunci: nilai`",
    "dict_type": "pasangan `kunci: nilai`",
    "int_type": "bilangan bulat",
    "int_from_float": "bilangan bulat",
    "bool_type": "`true` atau `false`",
    "date_type": "tanggal, misalnya 2027-05-31",
    "date_from_datetime_inexact": "tanggal tanpa jam",
}

_PATTERNS = {
    r"^[A-Z]{2,5}-[0-9]{2,3}$": "kode modul, misalnya `TK-05`",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "nama folder kebab-case, misalnya `dukungan-psikologis-awal`",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": 'jam dalam kutip, misalnya `"08:00"`',
    r"^[1-9][0-9]?$": "nomor sesi sebagai kunci, misalnya `{1: 90}`",
    r"^[A-Z][A-Z0-9-]*$": "kode program dari huruf besar, angka, dan tanda hubung",
    r"^[0-9]{4}\.[1-9][0-9]*$": 'nama edisi dalam kutip, misalnya `"2026.1"`',
}


def _fault(kind: str, item: Any) -> Fault:
    key = ".".join(str(part) for part in item["loc"])
    if item["type"] == "missing":
        return Fault(key, "missing", "")
    if item["type"] == "extra_forbidden":
        *parents, last = (str(part) for part in item["loc"])
        return Fault(key, "unknown", nearest(last, known_keys(kind, parents)) or "")
    context = item.get("ctx", {})
    if item["type"] == "literal_error":
        expected = "salah satu dari " + str(context["expected"]).replace("'", "`").replace(" or ", " atau ")
    elif item["type"] == "string_pattern_mismatch":
        expected = _PATTERNS[context["pattern"]]
    elif item["type"] == "greater_than":
        expected = f"bilangan di atas {context['gt']}"
    elif item["type"] == "greater_than_equal":
        expected = f"bilangan {context['ge']} atau lebih"
    elif item["type"] == "less_than_equal":
        expected = f"bilangan {context['le']} atau kurang"
    else:
        expected = _EXPECTED.get(item["type"], "nilai lain")
    return Fault(key, "wrong", expected, item["input"])


def json_schema(kind: str) -> str:
    """The JSON Schema of one kind of front matter, for editors, with Indonesian descriptions."""
    import json

    from .keys import MODELS

    schema = MODELS[kind].model_json_schema()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def wrong_keys(faults: Iterable[Fault]) -> set[str]:
    """The top keys whose values cannot be used; unknown keys are not among them."""
    return {fault.key.split(".")[0] for fault in faults if fault.kind != "unknown"}
