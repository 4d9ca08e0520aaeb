"""What arguments are expected to be: anything else is a ``TypeError`` that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._medtrain import PolicySet


def expect(value: object, kind: type[Any], name: str, called: str) -> None:
    """Refuses an argument that is of another type."""
    if not isinstance(value, kind):
        raise TypeError(f"{name}: expected {called}, got a {type(value).__name__}")


def policy_set(policies: PolicySet | None) -> PolicySet:
    """The policies to ask: the built-in ones if none are given."""
    from ._medtrain import PolicySet

    if policies is None:
        return PolicySet.builtin()
    expect(policies, PolicySet, "policies", "a PolicySet")
    return policies
