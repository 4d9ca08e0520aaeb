"""What the types of facts and results have in common: immutable records with named fields, and codes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self, dataclass_transform

_set = object.__setattr__
_DEEPEST = 64


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=True)
class RecordType(type):
    """Makes a class of annotated fields a record: slots for the fields, and their defaults apart from them.

    The classes of ``dataclasses`` do the same and more; a hundred of them take a tenth of a second to make.
    """

    _fields: tuple[str, ...]
    _defaults: dict[str, Any]
    _mappings: frozenset[str]

    def __new__(mcs, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> RecordType:
        annotations = {field: str(annotation) for field, annotation in space.get("__annotations__", {}).items()}
        own = tuple(field for field, annotation in annotations.items() if not annotation.startswith(("ClassVar", "typing.ClassVar")))
        defaults = {field: space.pop(field) for field in own if field in space}
        above = [base for base in bases if isinstance(base, RecordType)]
        fields = tuple(dict.fromkeys([*(field for base in above for field in base._fields), *own]))
        mappings = {field for field in own if annotations[field].startswith("Mapping[")}
        space.setdefault("__slots__", own)
        space["__match_args__"] = ()
        space["_fields"] = fields
        space["_defaults"] = {field: value for base in above for field, value in base._defaults.items()} | defaults
        space["_needed"] = frozenset(fields) - space["_defaults"].keys()
        space["_mappings"] = frozenset(mappings.union(*(base._mappings for base in above)))
        return super().__new__(mcs, name, bases, space)


class Record(metaclass=RecordType):
    """Named values that belong together and do not change.

    Records are equal where they are of one type and their values are equal. They can be hashed, pickled, matched by ``match``, and copied with other
    values by :meth:`replace`. What is not given has no place of its own in a record: it reads as its default.
    """

    __slots__ = ("_given",)

    if TYPE_CHECKING:
        _given: ClassVar[tuple[str, ...]]
        """The fields that are given and not their defaults, in the order of the type."""
    _fields: ClassVar[tuple[str, ...]]
    _defaults: ClassVar[dict[str, Any]]
    _needed: ClassVar[frozenset[str]]
    _mappings: ClassVar[frozenset[str]]
    _masked: ClassVar[frozenset[str]] = frozenset()
    _left_out_empty: ClassVar[frozenset[str]] = frozenset()
    _by_name: ClassVar[bool] = False

    def __init__(self, **values: Any) -> None:
        cls = type(self)
        defaults = cls._defaults
        if not cls._needed <= values.keys():
            raise TypeError(f"{cls.__name__} needs {', '.join(field for field in cls._fields if field in cls._needed - values.keys())}")
        given = []
        for field in cls._fields:
            if field in values:
                value = values.pop(field)
                if type(value) is list:
                    value = tuple(value)
                elif field in cls._mappings:
                    value = frozen(value)
                if field not in defaults or (value is not None and not _is_default(value, defaults[field])):
                    _set(self, field, value)
                    given.append(field)
        if values:
            raise TypeError(_unknown(cls, next(iter(values))))
        _set(self, "_given", tuple(given))

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            return default(self, name)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} does not change: use replace({name}=...)")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a {type(self).__name__} does not change")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self is other or (self._given == other._given and all(getattr(self, field) == getattr(other, field) for field in self._given))

    def __hash__(self) -> int:
        return hash((type(self), *((field, _hashable(getattr(self, field))) for field in self._given)))

    def __repr__(self) -> str:
        values = (f"{field}={'(masked)' if field in self._masked else repr(thawed(getattr(self, field)))}" for field in self._given)
        return f"{type(self).__name__}({', '.join(values)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), {field: thawed(getattr(self, field)) for field in self._given})

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def replace(self, **values: Any) -> Self:
        """The same with other values."""
        return type(self)(**{field: getattr(self, field) for field in self._given} | values)

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


def default(record: Record, name: str) -> Any:
    """What a field reads as that is not given."""
    try:
        return type(record)._defaults[name]
    except KeyError:
        raise AttributeError(f"a {type(record).__name__} has no {name!r}") from None


def _is_default(value: Any, default: Any) -> bool:
    # Of another type, a value may have a meaning of equality of its own, as an array has.
    return type(value) is type(default) and bool(value == default)


def _restored(cls: type[Record], values: dict[str, Any]) -> Record:
    return cls(**values)


def frozen(value: Any, above: tuple[int, ...] = ()) -> Any:
    """The same values in mappings and tuples that nobody changes, as deep as values are read at all."""
    # What holds itself has no end: it stays as it is, to be refused where it is read.
    if not isinstance(value, (list, tuple, Mapping)) or id(value) in above or len(above) > _DEEPEST:
        return value
    above = (*above, id(value))
    if isinstance(value, Mapping):
        return MappingProxyType({name: frozen(item, above) for name, item in value.items()})
    return tuple(frozen(item, above) for item in value)


def thawed(value: Any) -> Any:
    """Frozen mappings as dicts, which can be pickled and read."""
    if isinstance(value, MappingProxyType):
        return {name: thawed(item) for name, item in value.items()}
    if type(value) is tuple:
        return tuple(map(thawed, value))
    return value


def _hashable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return frozenset((name, _hashable(item)) for name, item in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(map(_hashable, value))
    return value


def _unknown(cls: type[Record], field: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(field, cls._fields, n=1)
    return f"{cls.__name__} has no field {field!r}" + (f"; did you mean {near[0]!r}?" if near else "")
