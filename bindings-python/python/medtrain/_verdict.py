"""What a verdict can do beside being a record."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from ._record import Record, default

if TYPE_CHECKING:
    from ._medtrain import HeldVerdict


class VerdictMethods(Record):
    """A verdict makes its fields when one is first asked for: most verdicts are asked for their status alone."""

    __slots__ = ("_held",)

    if TYPE_CHECKING:
        _held: HeldVerdict | None

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name == "_held":
                return None
            held = self._held
            if held is None or self._is_filled():
                return default(self, name)
            held.fill(self)
            return getattr(self, name)

    def _is_filled(self) -> bool:
        try:
            object.__getattribute__(self, "_given")
        except AttributeError:
            return False
        return True

    def explain(self, lang: str = "zh") -> str:
        """The verdict in sentences, in Chinese (``zh``) or English (``en``).

        A verdict that was unpickled or put together by hand knows no policies, and cannot tell.
        """
        return "\n".join(self._known().sentences(lang))

    def headline(self, lang: str = "zh") -> str:
        """The verdict in one line."""
        return self._known().headline(lang)

    def to_json(self) -> str:
        """The verdict as canonical JSON: the same bytes in every language."""
        return super().to_json() if self._held is None else self._held.to_json()

    def _known(self) -> HeldVerdict:
        if self._held is None:
            raise ValueError("this verdict did not come from an evaluation: evaluate again to have it explained")
        return self._held

    def _repr_html_(self) -> str:
        if self._held is None:
            return f"<pre>{escape(repr(self))}</pre>"
        first, *rest = self._held.sentences("zh")
        items = "".join(f"<li>{escape(line.strip())}</li>" for line in rest)
        return f"<p><strong>{escape(first)}</strong></p><ul>{items}</ul>"
