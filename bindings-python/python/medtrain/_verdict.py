"""What a verdict can do beside being a record."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Self

from ._arguments import policy_set
from ._record import Record, default
from .errors import TrainingError

if TYPE_CHECKING:
    from ._medtrain import HeldVerdict, PolicySet


class VerdictMethods(Record):
    """A verdict makes its fields when one is first asked for: most verdicts are asked for their status alone."""

    __slots__ = ("_held", "_origin")

    if TYPE_CHECKING:
        _held: HeldVerdict | None
        _origin: HeldVerdict | None

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name in ("_held", "_origin"):
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

    def replace(self, **values: Any) -> Self:
        """The same with other values, among the same policies."""
        other = super().replace(**values)
        object.__setattr__(other, "_origin", self._held or self._origin)
        return other

    __replace__ = replace

    def _known(self, policies: PolicySet | None) -> HeldVerdict:
        if policies is None and self._held is not None:
            return self._held
        if policies is None and self._origin is not None:
            return self._origin.hold(self.to_json())
        return policy_set(policies).hold(self.to_json())

    def _repr_html_(self) -> str:
        try:
            first, *rest = self._known(None).sentences("zh")
        except TrainingError:
            # Of a verdict that was unpickled, a notebook does not know the policies.
            return f"<pre>{escape(repr(self))}</pre>"
        items = "".join(f"<li>{escape(line.strip())}</li>" for line in rest)
        return f"<p><strong>{escape(first)}</strong></p><ul>{items}</ul>"
