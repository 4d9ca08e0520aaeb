"""The compiled part of medtrain."""

import os
from collections.abc import Sequence
from datetime import date
from typing import Any, final

from . import FactsLike, Progress
from ._types import (
    CalendarEntry,
    DecisionSummary,
    Facts,
    Labels,
    LintReport,
    Note,
    PolicyDifference,
    PolicySummary,
    Portions,
    Problem,
    ProvisionSummary,
    Publication,
    Ranking,
    Receipt,
    RegionReport,
    Register,
    Remedies,
    Value,
    Verdict,
    Verification,
    WhatIf,
    Why,
)

__all__ = [
    "CheckedWorkbook",
    "HeldVerdict",
    "PolicySet",
    "PreparedFacts",
    "RegionPages",
    "Standings",
    "TableVerdicts",
    "claim",
    "diff",
    "facts_schema",
    "feel",
    "lint",
    "run_command",
]

@final
class PolicySet:
    """Policies that are asked together: the built-in ones, and those of files. A set never changes."""

    @staticmethod
    def builtin() -> PolicySet:
        """The built-in policies."""
    @staticmethod
    def empty() -> PolicySet:
        """No policies."""
    def load_text(self, name: str, text: str) -> PolicySet:
        """This set with a policy from the text of its file, or a further version of one."""
    def load_file(self, path: str | os.PathLike[str]) -> PolicySet:
        """This set with a policy from a file, or a further version of one."""
    def without(self, *ids: str) -> PolicySet:
        """This set without these built-in policies."""
    def policies(self) -> tuple[PolicySummary, ...]:
        """Every version of every policy."""
    def provisions(self) -> tuple[ProvisionSummary, ...]:
        """Every provision of every policy."""
    def decisions(self) -> tuple[DecisionSummary, ...]:
        """Every decision of every policy."""
    def lint(self) -> LintReport:
        """Looks for what is probably not meant in the files of this set; the built-in policies are not among them."""
    def evaluate(
        self, decision: str, facts: FactsLike, *, as_of: date, known_on: date | None = None, remedies: bool = False, **given: Value
    ) -> Verdict:
        """Answers a decision for one subject on one day."""
    def seconds_alone(self, decision: str, facts: FactsLike, *, as_of: date, rounds: int, **given: Value) -> float:
        """How many seconds the core alone takes for so many verdicts, with nothing crossing: for `bench/border.py`."""
    def hold(self, verdict: str) -> HeldVerdict:
        """A verdict that was kept, from its canonical JSON, to be told by these policies."""
    def remedies(self, decision: str, facts: FactsLike, *, as_of: date, known_on: date | None = None, **given: Value) -> Remedies:
        """What can still be done, with when it will be met by itself."""
    def why(self, decision: str, facts: FactsLike, *, as_of: date, known_on: date | None = None, **given: Value) -> Why:
        """Why the verdict is what it is: its conditions taken apart."""
    def what_if(
        self,
        decision: str,
        facts: FactsLike,
        changes: str | Sequence[str] | FactsLike,
        *,
        as_of: date,
        known_on: date | None = None,
        **given: Value,
    ) -> WhatIf:
        """What would be said otherwise about other facts."""
    def what_if_sentences(
        self,
        decision: str,
        facts: FactsLike,
        changes: str | Sequence[str] | FactsLike,
        lang: str = "zh",
        *,
        as_of: date,
        known_on: date | None = None,
        **given: Value,
    ) -> list[str]:
        """What would be said otherwise, in sentences."""
    def remedy_sentences(
        self, decision: str, facts: FactsLike, lang: str = "zh", *, as_of: date, known_on: date | None = None, **given: Value
    ) -> list[str]:
        """What can still be done, in sentences."""
    def portions(self, decision: str, facts: FactsLike, *, as_of: date, known_on: date | None = None, **given: Value) -> Portions:
        """What the figures of the verdict are made of."""
    def labels(self, decision: str, *, as_of: date, **given: Value) -> Labels:
        """How people call what the question speaks of."""
    def calendar(self, policy: str, year: int) -> tuple[CalendarEntry, ...]:
        """What a policy asks for in a year, by its days."""
    def icalendar(self, policy: str, year: int, lang: str = "zh") -> str:
        """The same as iCalendar, for the calendar of a telephone or an office."""
    def receipt(self, decision: str, facts: FactsLike, *, as_of: date, known_on: date | None = None, **given: Value) -> Receipt:
        """The verdict sealed with the hashes of what it rests on."""
    def verify(self, receipt: Receipt | str, facts: FactsLike) -> Verification:
        """Asks the question of a receipt again, and compares."""
    def statement_html(
        self,
        decision: str,
        facts: FactsLike,
        *,
        as_of: date,
        known_on: date | None = None,
        lang: str = "zh",
        issuer: str | None = None,
        **given: Value,
    ) -> str:
        """What one subject is told, as a page of HTML that prints on A4."""
    def evaluate_table(
        self,
        decision: str,
        subjects: Any,
        records: dict[str, Any] | None = None,
        *,
        as_of: date,
        threads: int = 1,
        progress: Progress | None = None,
        **given: Value,
    ) -> TableVerdicts:
        """Judges every subject of a table with the Arrow C interface, with tables of their records by the name of their list."""
    def check_workbook(
        self,
        workbook: str | os.PathLike[str] | bytes,
        decision: str,
        *,
        as_of: date,
        known_on: date | None = None,
        name: str | None = None,
        progress: Progress | None = None,
        **given: Value,
    ) -> CheckedWorkbook:
        """Judges every subject of a workbook: a path, or the bytes of the file."""
    def region_report(
        self,
        workbook: str | os.PathLike[str] | bytes,
        *,
        as_of: date,
        people: str | None = None,
        targets: str | None = None,
        publishes: str | None = None,
        name: str | None = None,
        progress: Progress | None = None,
        **given: Value,
    ) -> RegionPages:
        """Counts a region's workbook against the targets of a decision."""
    def quotas(
        self,
        workbook: str | os.PathLike[str] | bytes,
        decision: str | None = None,
        *,
        as_of: date,
        name: str | None = None,
        progress: Progress | None = None,
        **given: Value,
    ) -> Standings:
        """How far each quota of a decision has come, from a workbook."""
    def ranking(
        self,
        workbook: str | os.PathLike[str] | bytes,
        decision: str | None = None,
        *,
        as_of: date,
        name: str | None = None,
        **given: Value,
    ) -> Standings:
        """The specialty bases of a region by their pass rates, from a workbook, and what a decision makes of each."""
    def template(self, *subjects: str) -> bytes:
        """An empty register to fill in, as a workbook."""

@final
class PreparedFacts:
    """Facts that were read and checked once, for any number of questions."""

    def __new__(cls, facts: FactsLike) -> PreparedFacts:
        """Reads facts: a record of a subject, a record or a dict of facts."""
    @staticmethod
    def from_json(text: str) -> PreparedFacts:
        """Reads facts from JSON text."""
    def as_known_on(self, day: date) -> PreparedFacts:
        """What was known on a day: without what was recorded later."""
    def facts(self) -> Facts:
        """The facts as a record."""

@final
class TableVerdicts:
    """The results of a decision over a table: a row for each subject, with the Arrow C interface."""

    def __len__(self) -> int: ...
    @property
    def counts(self) -> dict[str, int]:
        """How many subjects have each status."""
    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong in cells and rows; what could be used, is."""
    @property
    def notes(self) -> tuple[Problem, ...]:
        """What was read in another form than it had."""
    @property
    def ignored(self) -> tuple[str, ...]:
        """Columns that mean nothing to the vocabulary, and were passed over."""
    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The table as a stream of the Arrow C interface."""
    def __arrow_c_schema__(self) -> object:
        """Its schema in the Arrow C interface."""

@final
class CheckedWorkbook:
    """A workbook in which every subject was judged."""

    def __len__(self) -> int: ...
    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """One verdict for each subject, in the order of the register."""
    @property
    def problems(self) -> tuple[Note, ...]:
        """What was mended, doubted or set aside."""
    @property
    def register(self) -> Register:
        """What the workbook said: the facts of each subject, and what became of each sheet."""
    def to_json(self) -> str:
        """Canonical JSON: ``{"verdicts": [..], "problems": [..]}``."""
    def save_html(self, path: str | os.PathLike[str], lang: str = "zh") -> None:
        """Writes the report as one HTML page."""
    def save_xlsx(self, path: str | os.PathLike[str], lang: str = "zh") -> None:
        """Writes the report as a workbook."""
    def summary(self, lang: str = "zh", width: int = 100) -> str:
        """What it came to, in a few lines."""
    def html(self, lang: str = "zh") -> str:
        """The report as one HTML page."""
    def xlsx(self, lang: str = "zh") -> bytes:
        """The report as a workbook."""

@final
class RegionPages:
    """A region that was counted: its figures, and pages of them."""

    @property
    def report(self) -> RegionReport:
        """Coverage and attainment."""
    @property
    def publication(self) -> Publication | None:
        """The list for publication, where it was asked for."""
    @property
    def problems(self) -> tuple[Note, ...]:
        """What was mended, doubted or set aside in the workbook."""
    def to_json(self) -> str:
        """Canonical JSON: the report with its ``problems``."""
    def standings(self, lang: str = "zh") -> list[list[str]]:
        """The targets in a table: name, numerator over denominator, share, what is lacking."""
    def html(self, lang: str = "zh") -> str:
        """The report as one HTML page."""
    def xlsx(self, lang: str = "zh") -> bytes:
        """The report as a workbook."""
    def save_html(self, path: str | os.PathLike[str], lang: str = "zh") -> None:
        """Writes the report as one HTML page."""
    def save_xlsx(self, path: str | os.PathLike[str], lang: str = "zh") -> None:
        """Writes the report as a workbook."""
    def publication_html(self, lang: str = "zh") -> str | None:
        """The list for publication as one HTML page; nothing where it was not asked for."""
    def publication_xlsx(self, lang: str = "zh") -> bytes | None:
        """The list for publication as a workbook; nothing where it was not asked for."""

@final
class Standings:
    """Quotas or a ranking: a line for each of them."""

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts of quotas, in the order of the workbook; none of a ranking."""
    @property
    def ranking(self) -> Ranking | None:
        """The ranking, where it is one."""
    @property
    def problems(self) -> tuple[Note, ...]:
        """What was mended, doubted or set aside in the workbook."""
    def to_json(self) -> str:
        """Canonical JSON, with the ``problems``."""
    def rows(self, lang: str = "zh") -> list[list[str]]:
        """What stands in the table, the heads first."""
    def html(self, lang: str = "zh") -> str:
        """The table as one HTML page."""
    def xlsx(self, lang: str = "zh") -> bytes:
        """The table as a workbook."""

@final
class HeldVerdict:
    """What a verdict came from."""

    def fill(self, verdict: object) -> None:
        """Fills the fields of a verdict."""
    def hold(self, verdict: str) -> HeldVerdict:
        """Another verdict that was kept as JSON, among the same policies."""
    def status(self) -> str:
        """The result, without the rest."""
    def to_json(self) -> str:
        """Canonical JSON."""
    def headline(self, lang: str) -> str:
        """The whole verdict in one line."""
    def sentences(self, lang: str) -> list[str]:
        """The verdict in sentences."""

def feel(expression: str, context: str | None = None) -> Any:
    """The value of an expression, with the names of a context that is JSON text."""

def diff(old: str | os.PathLike[str], new: str | os.PathLike[str]) -> PolicyDifference:
    """What changed from one file of a policy to another."""

def lint(*files: str | os.PathLike[str]) -> LintReport:
    """Loads policy files, runs their examples, and looks for what is probably not meant."""

def claim(interpreter: int) -> bool:
    """Whether this interpreter is the one that uses the module: its classes are of one interpreter, and the first to ask has them."""

def facts_schema() -> str:
    """The JSON Schema of facts, as text."""

def run_command(arguments: Sequence[str]) -> int:
    """Runs the ``medtrain`` command with these arguments, of which the first is its name, and gives its exit status."""
