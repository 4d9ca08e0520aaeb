"""What a receipt can do beside being a record."""

from __future__ import annotations

from typing import ClassVar

from ._record import Record


class ReceiptMethods(Record):
    """A receipt is kept as RFC 8785 writes it: its hash covers these bytes."""

    __slots__ = ()

    _by_name: ClassVar[bool] = True
