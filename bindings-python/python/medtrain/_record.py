"""What the types of facts and results have in common: immutable records with named fields, and codes."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, Self, dataclass_transform

_set = object.__setattr__


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=True)
class RecordType(type):
    """Makes a class of annotated fields a record: slots for the fields, and their defaults apart from them.

    The classes of ``dataclasses`` do the same and more; a hundred of them take a tenth of a second to make.
    """

    def __new__(mcs, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> Self:
        annotations = space.get("__annotations__", {})
        own = tuple(field for field, annotation in annotations.items() if not annotation.startswith("ClassVar"))
        defaults = {field: space.pop(field) for field in own if field in space}
        space.setdefault("__slots__", own)
        space["__match_args__"] = ()
        space["_fields"] = own
        space["_defaults"] = defaults
        space["_needed"] = frozenset(own) - defaults.keys()
        return super().__new__(mcs, name, bases, space)


class Record(metaclass=RecordType):
    """Named values that belong together and do not change.

    Records are equal where they are of one type and their values are equal. They can be hashed, pickled, matched by ``match``, and copied with other
    values by :meth:`replace`.
    """

    __slots__ = ()

    _fields: ClassVar[tuple[str, ...]]
    _defaults: ClassVar[dict[str, Any]]
    _needed: ClassVar[frozenset[str]]
    _masked: ClassVar[frozenset[str]] = frozenset()
    _left_out_empty: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, **values: Any) -> None:
        cls = type(self)
        for field, default in cls._defaults.items():
            _set(self, field, default)
        for field, value in values.items():
            if field not in cls._fields:
                raise TypeError(_unknown(cls, field))
            _set(self, field, tuple(value) if type(value) is list else value)
        if not cls._needed <= values.keys():
            raise TypeError(f"{cls.__name__} needs {', '.join(field for field in cls._fields if field in cls._needed - values.keys())}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} does not change: use replace({name}=...)")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a {type(self).__name__} does not change")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self is other or all(getattr(self, field) == getattr(other, field) for field in self._fields)

    def __hash__(self) -> int:
        return hash((type(self), *(_hashable(getattr(self, field)) for field in self._fields)))

    def __repr__(self) -> str:
        told = ((field, value) for field in self._fields if (value := getattr(self, field)) != self._defaults.get(field, self))
        values = (f"{field}={'(masked)' if field in self._masked else repr(value)}" for field, value in told)
        return f"{type(self).__name__}({', '.join(values)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), {field: getattr(self, field) for field in self._fields})

    def replace(self, **values: Any) -> Self:
        """The same with other values."""
        return type(self)(**{field: getattr(self, field) for field in self._fields} | values)

    __replace__ = replace

    def to_json(self) -> str:
        """The record as canonical JSON: the same bytes in every language."""
        from ._json import to_json

        return to_json(self)


class Codes(StrEnum):
    """Codes that are text to everyone else. Those of facts have Chinese and English labels."""

    zh: str
    """What it is called in Chinese; empty where it has no label."""
    en: str
    """What it is called in English; empty where it has no label."""

    def __new__(cls, code: str, zh: str = "", en: str = "") -> Self:
        self = str.__new__(cls, code)
        self._value_ = code
        self.zh = zh
        self.en = en
        return self


def _restored(cls: type[Record], values: dict[str, Any]) -> Record:
    return cls(**values)


def _hashable(value: Any) -> Any:
    if isinstance(value, dict):
        return frozenset((name, _hashable(item)) for name, item in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(map(_hashable, value))
    return value


def _unknown(cls: type[Record], field: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(field, cls._fields, n=1)
    return f"{cls.__name__} has no field {field!r}" + (f"; did you mean {near[0]!r}?" if near else "")
