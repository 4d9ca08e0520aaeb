"""What a verdict can do beside being a record."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from ._arguments import policy_set
from ._record import Record, default

if TYPE_CHECKING:
    from ._medtrain import HeldVerdict, PolicySet


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

    def explain(self, lang: str = "zh", *, policies: PolicySet | None = None) -> str:
        """The verdict in sentences, in Chinese (``zh``) or English (``en``).

        A verdict that was unpickled is told by ``policies``, or by the built-in ones.
        """
        return "\n".join(self._known(policies).sentences(lang))

    def headline(self, lang: str = "zh", *, policies: PolicySet | None = None) -> str:
        """The verdict in one line."""
        return self._known(policies).headline(lang)

    def to_json(self) -> str:
        """The verdict as canonical JSON: the same bytes in every language."""
        return super().to_json() if self._held is None else self._held.to_json()

    def _known(self, policies: PolicySet | None) -> HeldVerdict:
        if self._held is not None and policies is None:
            return self._held
        return policy_set(policies).hold(self.to_json())

    def _repr_html_(self) -> str:
        first, *rest = self._known(None).sentences("zh")
        items = "".join(f"<li>{escape(line.strip())}</li>" for line in rest)
        return f"<p><strong>{escape(first)}</strong></p><ul>{items}</ul>"
