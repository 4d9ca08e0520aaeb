"""Does this person, institution or region meet what is asked of medical training, and if not, what is missing?

The rules are those of regulatory documents, encoded as data; an answer is a verdict with its reasons, exact to the last digit.

>>> import medtrain as mt
>>> from datetime import date
>>> from decimal import Decimal
>>> person = mt.Practitioner(activities=[mt.Activity(credits=Decimal("12.5"), awarded_on=date(2024, 5, 10))])
>>> mt.evaluate("cq-annual-cme", person, year=2024, as_of=date(2024, 11, 15)).status.value
'unmet'
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from . import (
    _interpreter,  # noqa: F401 - before any class
    _types,
)
from ._arguments import expect as _expect
from ._arguments import policy_set as _policy_set
from ._json import context_json as _context_json
from ._json import to_json
from ._medtrain import CheckedWorkbook, PolicySet, PreparedFacts, RegionPages, Standings, TableVerdicts, diff, lint
from ._medtrain import facts_schema as _facts_schema
from ._medtrain import feel as _feel
from ._types import *  # noqa: F403
from ._types import (
    Activity,
    Attachment,
    Base,
    CalendarEntry,
    Facts,
    Institution,
    Labels,
    Mentor,
    Portions,
    Practitioner,
    Programme,
    Project,
    Receipt,
    Region,
    Remedies,
    Trainee,
    Value,
    Verdict,
    Verification,
    WhatIf,
    Why,
)
from .errors import TrainingError

FactsLike: TypeAlias = (
    Practitioner
    | Activity
    | Institution
    | Attachment
    | Trainee
    | Mentor
    | Base
    | Region
    | Project
    | Programme
    | Facts
    | PreparedFacts
    | Mapping[str, Any]
)
"""What a question is asked about: a record of a subject, or facts as a record or as a dict like their JSON, ``{"practitioner": {...}}``."""

Progress: TypeAlias = Callable[[str, int, int], object]
"""A function that is told the stage of long work, how much of it is done, and of how much. What it raises ends the work."""


def evaluate(
    decision: str,
    facts: FactsLike,
    *,
    as_of: date,
    known_on: date | None = None,
    remedies: bool = False,
    policies: PolicySet | None = None,
    **given: Value,
) -> Verdict:
    """Answers a decision for one subject on one day.

    Args:
        decision: The decision, such as ``cq-annual-cme``.
        facts: What is known of the subject.
        as_of: The day on which the question is asked; it decides which rules are in force.
        known_on: Leave out what was recorded after this day.
        remedies: Also say what can still be done about it, in ``remedies`` of the verdict.
        policies: The policies to ask; the built-in ones if left out.
        **given: What the decision takes, such as ``year=2024``; what is called as an argument of this function goes in ``given={...}``.

    Raises:
        TrainingError: No such decision; facts or something given that cannot be used, with every problem and its place.
    """
    return _policy_set(policies).evaluate(decision, facts, as_of=as_of, known_on=known_on, remedies=remedies, **given)


def remedies(
    decision: str, facts: FactsLike, *, as_of: date, known_on: date | None = None, policies: PolicySet | None = None, **given: Value
) -> Remedies:
    """What can still be done about a verdict, with the days until which it can be done."""
    return _policy_set(policies).remedies(decision, facts, as_of=as_of, known_on=known_on, **given)


def remedy_sentences(
    decision: str,
    facts: FactsLike,
    lang: str = "zh",
    *,
    as_of: date,
    known_on: date | None = None,
    policies: PolicySet | None = None,
    **given: Value,
) -> list[str]:
    """What can still be done, in sentences."""
    return _policy_set(policies).remedy_sentences(decision, facts, lang, as_of=as_of, known_on=known_on, **given)


def portions(
    decision: str, facts: FactsLike, *, as_of: date, known_on: date | None = None, policies: PolicySet | None = None, **given: Value
) -> Portions:
    """What the figures of a verdict are made of."""
    return _policy_set(policies).portions(decision, facts, as_of=as_of, known_on=known_on, **given)


def labels(decision: str, *, as_of: date, policies: PolicySet | None = None, **given: Value) -> Labels:
    """How people call what a question speaks of: provisions, facts, codes."""
    return _policy_set(policies).labels(decision, as_of=as_of, **given)


def why(decision: str, facts: FactsLike, *, as_of: date, known_on: date | None = None, policies: PolicySet | None = None, **given: Value) -> Why:
    """Why a verdict is what it is: every condition taken apart, with its values and the facts they came from."""
    return _policy_set(policies).why(decision, facts, as_of=as_of, known_on=known_on, **given)


def what_if(
    decision: str,
    facts: FactsLike,
    changes: str | Sequence[str] | FactsLike,
    *,
    as_of: date,
    known_on: date | None = None,
    policies: PolicySet | None = None,
    **given: Value,
) -> WhatIf:
    """What would be said otherwise about other facts.

    ``changes`` are the other facts themselves, or changes of these: ``practitioner.title_grade=senior`` sets one,
    ``practitioner.activities[+]={"credits": "5"}`` adds a record, ``practitioner.activities[2]=null`` takes one away.
    """
    return _policy_set(policies).what_if(decision, facts, changes, as_of=as_of, known_on=known_on, **given)


def what_if_sentences(
    decision: str,
    facts: FactsLike,
    changes: str | Sequence[str] | FactsLike,
    lang: str = "zh",
    *,
    as_of: date,
    known_on: date | None = None,
    policies: PolicySet | None = None,
    **given: Value,
) -> list[str]:
    """What would be said otherwise about other facts, in sentences."""
    return _policy_set(policies).what_if_sentences(decision, facts, changes, lang, as_of=as_of, known_on=known_on, **given)


def calendar(policy: str, year: int, *, policies: PolicySet | None = None) -> tuple[CalendarEntry, ...]:
    """What a policy asks for in a year, by its days."""
    return _policy_set(policies).calendar(policy, year)


def receipt(
    decision: str, facts: FactsLike, *, as_of: date, known_on: date | None = None, policies: PolicySet | None = None, **given: Value
) -> Receipt:
    """A verdict sealed with the hashes of what it rests on."""
    return _policy_set(policies).receipt(decision, facts, as_of=as_of, known_on=known_on, **given)


def verify(receipt: Receipt | str, facts: FactsLike, *, policies: PolicySet | None = None) -> Verification:
    """Asks the question of a receipt, or of its JSON text, again on these facts, and tells what has changed."""
    return _policy_set(policies).verify(receipt, facts)


def statement_html(
    decision: str,
    facts: FactsLike,
    *,
    as_of: date,
    known_on: date | None = None,
    lang: str = "zh",
    issuer: str | None = None,
    policies: PolicySet | None = None,
    **given: Value,
) -> str:
    """What one subject is told, as a page of HTML that needs nothing else and prints on A4."""
    return _policy_set(policies).statement_html(decision, facts, as_of=as_of, known_on=known_on, lang=lang, issuer=issuer, **given)


def evaluate_table(
    decision: str,
    subjects: Any,
    records: Mapping[str, Any] | None = None,
    *,
    as_of: date,
    threads: int = 1,
    progress: Progress | None = None,
    policies: PolicySet | None = None,
    **given: Value,
) -> TableVerdicts:
    """Judges every subject of a table.

    Tables are anything with the Arrow C interface: of pyarrow, polars, pandas, DuckDB. ``records`` holds a table for each list of records, such as
    ``{"activities": table}``, with a column of the ids of their subjects. The result has the same interface.
    """
    if records is not None:
        _expect(records, Mapping, "records", "a mapping of names to tables")
    tables = None if records is None else dict(records)
    return _policy_set(policies).evaluate_table(decision, subjects, tables, as_of=as_of, threads=threads, progress=progress, **given)


def check_workbook(
    workbook: str | os.PathLike[str] | bytes,
    decision: str,
    *,
    as_of: date,
    known_on: date | None = None,
    name: str | None = None,
    progress: Progress | None = None,
    policies: PolicySet | None = None,
    **given: Value,
) -> CheckedWorkbook:
    """Judges every subject of a workbook: xlsx, xls, ods, csv, or a table of a web page; a path, or the bytes of the file.

    Rows that were recorded after ``known_on`` are left out.
    """
    return _policy_set(policies).check_workbook(workbook, decision, as_of=as_of, known_on=known_on, name=name, progress=progress, **given)


def region_report(
    workbook: str | os.PathLike[str] | bytes,
    *,
    as_of: date,
    people: str | None = None,
    targets: str | None = None,
    publishes: str | None = None,
    name: str | None = None,
    progress: Progress | None = None,
    policies: PolicySet | None = None,
    **given: Value,
) -> RegionPages:
    """Counts a region's workbook, its people with their records, against the targets of a decision.

    Args:
        workbook: A path, or the bytes of the file.
        as_of: The day on which the questions are asked.
        people: The decision about its people; the one with that role in its policy if left out.
        targets: The decision about the region, which sets its targets; the one with that role in its policy if left out.
        publishes: The decision that asks for the list for publication, such as ``cq-municipal-duties``, where that list is wanted.
        name: What reports call the workbook.
        progress: Is told how far the work is.
        policies: The policies to ask; the built-in ones if left out.
        **given: What the decisions take; each takes what it declares.

    Raises:
        TrainingError: Decisions or something given that cannot be used; a workbook without its people, or of several regions.
    """
    return _policy_set(policies).region_report(
        workbook, as_of=as_of, people=people, targets=targets, publishes=publishes, name=name, progress=progress, **given
    )


def quotas(
    workbook: str | os.PathLike[str] | bytes,
    decision: str | None = None,
    *,
    as_of: date,
    name: str | None = None,
    progress: Progress | None = None,
    policies: PolicySet | None = None,
    **given: Value,
) -> Standings:
    """How far each quota of a decision has come, from a workbook of programmes, regions or institutions."""
    return _policy_set(policies).quotas(workbook, decision, as_of=as_of, name=name, progress=progress, **given)


def ranking(
    workbook: str | os.PathLike[str] | bytes,
    decision: str | None = None,
    *,
    as_of: date,
    name: str | None = None,
    policies: PolicySet | None = None,
    **given: Value,
) -> Standings:
    """The specialty bases of a region by their pass rates, from a workbook with its examination results, and what a decision makes of each."""
    return _policy_set(policies).ranking(workbook, decision, as_of=as_of, name=name, **given)


def feel(expression: str, context: Mapping[str, Any] | None = None) -> Any:
    """The value of an expression of the subset of FEEL in which conditions are written; numbers are decimals."""
    if context is not None:
        _expect(context, Mapping, "context", "a mapping of names to values")
    return _feel(expression, None if context is None else _context_json(context))


def facts_from_json(text: str) -> Facts:
    """Facts from JSON text; what is wrong with it is told with every path, a name that is there twice too."""
    return PreparedFacts.from_json(text).facts()


def prepare(facts: FactsLike) -> PreparedFacts:
    """Facts that are read and checked once, for any number of questions."""
    return facts if isinstance(facts, PreparedFacts) else PreparedFacts(facts)


def facts_schema() -> dict[str, Any]:
    """The JSON Schema of facts."""
    schema: dict[str, Any] = json.loads(_facts_schema())
    return schema


__all__ = [  # noqa: PLE0604
    *_types.__all__,
    "CheckedWorkbook",
    "FactsLike",
    "PolicySet",
    "PreparedFacts",
    "Progress",
    "RegionPages",
    "Standings",
    "TableVerdicts",
    "TrainingError",
    "calendar",
    "check_workbook",
    "diff",
    "evaluate",
    "evaluate_table",
    "facts_from_json",
    "facts_schema",
    "feel",
    "labels",
    "lint",
    "portions",
    "prepare",
    "quotas",
    "ranking",
    "receipt",
    "region_report",
    "remedies",
    "remedy_sentences",
    "statement_html",
    "to_json",
    "verify",
    "what_if",
    "what_if_sentences",
    "why",
]
