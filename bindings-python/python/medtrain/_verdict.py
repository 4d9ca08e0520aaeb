"""What a verdict can do."""
from __future__ import annotations
from ._record import Record
class VerdictMethods(Record):
    __slots__ = ("_held",)
