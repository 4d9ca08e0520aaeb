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
    try:
        return _whole(value)
    except RecursionError:
        raise _too_deep() from None


def _whole(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(_whole, value))}]"
    parts: list[str] = []
    # What stands within a record is written as the record is.
    _write(value, parts.append, getattr(value, "_by_name", False))
    return "".join(parts)


def _too_deep() -> ValueError:
    return ValueError("it holds itself, or nests too deep to be written")


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
    elif isinstance(value, datetime.datetime):
        raise TypeError("a point in time is no day: give its date")
    elif isinstance(value, float):
        raise TypeError("a binary number is not exact: give a Decimal or an int")
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
    if not value.is_finite():
        raise TypeError(f"{value} is no number that can be reckoned with")
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def context_json(value: Any) -> str:
    """The names of an expression as JSON, in which decimals are numbers."""
    try:
        return _context(value)
    except RecursionError:
        raise _too_deep() from None


def _context(value: Any) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{encode_basestring(str(name))}:{_context(item)}" for name, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(_context, value)) + "]"
    if isinstance(value, datetime.date):
        raise TypeError(f'a context has no dates: give the text "{value:%Y-%m-%d}", and make a date of it where it is used: date(NAME)')
    return to_json(value)
