"""What is wrong with an input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._types import Problem, ProblemCode


class TrainingError(ValueError):
    """An input that cannot be used, with every problem that was found in it."""

    problems: tuple[Problem, ...]
    """The problems, in the order of their places; never empty."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    @property
    def code(self) -> ProblemCode:
        """The stable code of the first problem."""
        return self.problems[0].code

    @property
    def path(self) -> str:
        """The place of the first problem."""
        return self.problems[0].place

    @property
    def cure(self) -> str | None:
        """What would mend the first problem."""
        return self.problems[0].cure

    def __str__(self) -> str:
        return "\n".join(map(_told, self.problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)


def _told(problem: Problem) -> str:
    lines = [f"{problem.place}: {problem.message} [{problem.code}]"]
    if problem.excerpt:
        lines.append(problem.excerpt)
    if problem.cure:
        lines.append(f"  help: {problem.cure}")
    return "\n".join(lines)
