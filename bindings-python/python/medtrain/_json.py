"""Canonical JSON: snake_case, quantities as text, what is absent left out, fields in the order of the type; those of a receipt by their names."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from ._record import Record


def to_json(value: Any) -> str:
    """A record, or a list of them, as canonical JSON."""
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(to_json, value))}]"
    parts: list[str] = []
    # What stands within a record is written as the record is.
    _write(value, parts.append, getattr(value, "_by_name", False))
    return "".join(parts)


def _write(value: Any, out: Any, by_name: bool) -> None:
    if isinstance(value, str):
        out(encode_basestring(str(value)))
    elif value is None:
        out("null")
    elif isinstance(value, bool):
        out("true" if value else "false")
    elif isinstance(value, int):
        out(str(value))
    elif isinstance(value, Record):
        _write_record(value, out, by_name)
    elif isinstance(value, Decimal):
        out(f'"{plain(value)}"')
    elif isinstance(value, datetime.date):
        out(f'"{value.isoformat()}"')
    elif isinstance(value, Mapping):
        _write_entries(value.items(), out, by_name)
    elif isinstance(value, Iterable) and not isinstance(value, (bytes, bytearray, memoryview)):
        out("[")
        for place, item in enumerate(value):
            if place:
                out(",")
            _write(item, out, by_name)
        out("]")
    else:
        raise TypeError(f"expected a record, or a list of them, got a {type(value).__name__}")


def _write_record(record: Record, out: Any, by_name: bool) -> None:
    cls = type(record)
    kind = getattr(cls, "kind", None)
    entries: list[tuple[str, Any]] = [] if kind is None or "kind" in cls._fields else [("kind", kind)]
    entries.extend((field.rstrip("_"), getattr(record, field)) for field in record._given)
    _write_entries(entries, out, by_name)


def _write_entries(entries: Any, out: Any, by_name: bool) -> None:
    if by_name:
        # RFC 8785 compares names by their code units of UTF-16.
        entries = sorted(entries, key=lambda entry: str(entry[0]).encode("utf-16-be", "surrogatepass"))
    out("{")
    for place, (name, value) in enumerate(entries):
        out(f'{"," if place else ""}{encode_basestring(str(name))}:')
        _write(value, out, by_name)
    out("}")


def plain(value: Decimal) -> str:
    """An exact number in plain digits, without zeros at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def context_json(value: Any) -> str:
    """The names of an expression as JSON, in which decimals are numbers."""
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise TypeError(f"{value} is no number that an expression can reckon with")
        return plain(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{encode_basestring(str(name))}:{context_json(item)}" for name, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(context_json, value)) + "]"
    if isinstance(value, float):
        raise TypeError("a binary number is not exact: give a Decimal or an int")
    return to_json(value)
