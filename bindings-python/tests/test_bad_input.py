"""What cannot be used is an exception with a code, the place and the cure, and never more than that."""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import medtrain as mt
import pyarrow
import pytest
from conftest import AS_OF, DECISION


def refused(facts: Any, **given: Any) -> tuple[mt.Problem, ...]:
    with pytest.raises(mt.TrainingError) as caught:
        mt.evaluate(DECISION, facts, as_of=AS_OF, **{"year": 2024, **given})
    assert caught.value.code == caught.value.problems[0].code
    assert caught.value.path in str(caught.value)
    return caught.value.problems


def of_activity(**fields: Any) -> mt.Problem:
    typed = None
    dictionary = {"practitioner": {"activities": [{}, fields]}}
    (problem,) = refused(dictionary)
    if set(fields) <= set(mt.Activity._fields):
        (typed,) = refused(mt.Practitioner(activities=[mt.Activity(), mt.Activity(**fields)]))
        assert typed == problem, "records are read as dicts are"
    return problem


@pytest.mark.parametrize(
    ("field", "value", "code", "message"),
    [
        ("credits", 12.5, "inexact_number", "a binary number"),
        ("credits", float("nan"), "wrong_type", "no number"),
        ("credits", 1e400, "wrong_type", "no number"),
        ("credits", 1e300, "inexact_number", "more than 64 bits"),
        ("credits", 2**64, "inexact_number", "more than 64 bits"),
        ("credits", 5, "inexact_number", "got 5"),
        ("credits", True, "wrong_type", "true"),
        ("credits", "２５", "wrong_type", "２５"),
        ("credits", Decimal("NaN"), "wrong_type", "no number"),
        ("credits", Decimal("-Infinity"), "wrong_type", "no number"),
        ("credits", Decimal("1e40"), "out_of_range", "expected a decimal"),
        ("credits", Decimal("1e1000000"), "wrong_type", "expected a decimal"),
        ("credits", Decimal("-1"), "out_of_range", "not negative"),
        ("credits", "25分", "wrong_type", '"25分"'),
        ("credits", [1], "wrong_type", "a list"),
        ("awarded_on", datetime(2024, 5, 10, 8), "wrong_type", "datetime.datetime"),
        ("awarded_on", "2024-02-30", "bad_date", "a date that exists"),
        ("awarded_on", 20240510, "wrong_type", "a date"),
        ("year_claimed", 2**64, "out_of_range", "more than 64 bits"),
        ("year_claimed", 2.0**64, "out_of_range", "more than 64 bits"),
        ("year_claimed", 0.5, "wrong_type", "a binary number"),
        ("year_claimed", float("inf"), "wrong_type", "no number"),
        ("year_claimed", 2**40, "out_of_range", "from 0 to 4294967295"),
        ("year_claimed", True, "wrong_type", "a whole number"),
        ("electronic", "yes", "wrong_type", "true or false"),
        ("subject_kind", "profesional", "unknown_code", "a code of subject_kind"),
        ("activity_name", "half \ud800 of a pair", "wrong_type", "half a character"),
        ("activity_name", b"bytes", "wrong_type", "a bytes"),
        ("activity_name", Decimal(5), "wrong_type", "a decimal.Decimal"),
        ("activity_name", date(2024, 5, 10), "wrong_type", "a datetime.date"),
        ("activity_name", {1, 2}, "wrong_type", "a set"),
        ("activity_name", object(), "wrong_type", "a object"),
    ],
)
def test_a_value_that_does_not_fit_is_told_with_its_place(field: str, value: Any, code: str, message: str) -> None:
    problem = of_activity(**{field: value})
    assert problem.code == code
    assert problem.place == f"practitioner.activities[1].{field}"
    assert message in problem.message


def test_what_is_no_number_has_one_cure_wherever_it_stands() -> None:
    for nothing in (float("nan"), float("inf"), Decimal("NaN"), Decimal("sNaN")):
        (of_year,) = refused(mt.Practitioner(), year=nothing)
        assert (of_year.code, of_year.place) == ("wrong_type", "given.year")
        (own,) = refused({"practitioner": {"extra": {"points": nothing}}})
        assert (own.code, own.place) == ("wrong_type", "practitioner.extra.points")
        assert of_activity(credits=nothing).cure == of_year.cure == own.cure == "leave out what is not known"
    for number, code in ((2**64, "out_of_range"), (0.1, "inexact_number")):
        (own,) = refused({"practitioner": {"extra": {"points": number}}})
        assert (own.code, own.place) == (code, "practitioner.extra.points")


def test_every_problem_is_told_at_once_with_its_cure() -> None:
    activities = [{"credit": "5"}, {"credits": 5.0, "subject_kind": "profesional"}, {"awarded_on": "2024-13-01"}]
    problems = refused({"practitioner": {"activities": activities, "titel": "x"}})
    assert [problem.code for problem in problems] == ["unknown_name", "inexact_number", "unknown_code", "bad_date", "unknown_name"]
    assert problems[0].cure == "did you mean `credits`?" and problems[2].cure == "did you mean `professional`?"


def test_facts_that_a_policy_declares_itself_are_told_with_the_others() -> None:
    wrong = {"practitioner": {"titel": "x", "activities": [{"credits": 5}], "extra": {"points": 1}}}
    facts = [("unknown_name", "practitioner.titel"), ("inexact_number", "practitioner.activities[0].credits")]
    own = ("unknown_name", "practitioner.extra.points")

    def told(ask: Any) -> list[tuple[str, str]]:
        with pytest.raises(mt.TrainingError) as caught:
            ask()
        return [(problem.code.value, problem.place) for problem in caught.value.problems]

    assert told(lambda: mt.evaluate(DECISION, wrong, as_of=AS_OF, year=2024)) == [*facts, own]
    assert told(lambda: mt.what_if(DECISION, wrong, wrong, as_of=AS_OF, year=2024)) == 2 * [*facts, own]
    receipt = mt.receipt(DECISION, mt.Practitioner(), as_of=AS_OF, year=2024)
    assert told(lambda: mt.verify(receipt, wrong)) == [*facts, own]
    assert told(lambda: mt.verify("{", wrong)) == [("syntax", "receipt"), *facts]
    assert told(lambda: mt.prepare(wrong)) == facts, "by which policies the others are read, nobody has said"


def test_what_is_given_and_the_facts_are_told_at_once() -> None:
    wrong = {"practitioner": {"activities": [{"credits": 5}]}}
    fact = ("inexact_number", "practitioner.activities[0].credits")

    def told(ask: Any) -> list[tuple[str, str]]:
        with pytest.raises(mt.TrainingError) as caught:
            ask()
        return [(problem.code.value, problem.place) for problem in caught.value.problems]

    asked: dict[str, Any] = {"as_of": "2024-11-15", "known_on": 5, "year": 2024.5, "yaer": 2024}
    for ask in (mt.evaluate, mt.remedies, mt.why, mt.portions, mt.receipt, mt.statement_html, mt.remedy_sentences):
        assert told(lambda ask=ask: ask(DECISION, wrong, as_of=AS_OF)) == [("missing", "given.year"), fact]
        assert told(lambda ask=ask: ask("cq-anual-cme", wrong, as_of=AS_OF)) == [("unknown_name", "decision"), fact]
        assert told(lambda ask=ask: ask(DECISION, wrong, as_of=AS_OF, year=2024.5, yaer=1)) == [
            ("inexact_number", "given.year"),
            ("unknown_name", "given.yaer"),
            fact,
        ]
        assert told(lambda ask=ask: ask(DECISION, wrong, **asked)) == [("wrong_type", "as_of"), ("wrong_type", "known_on"), ("inexact_number", "given.year"), fact]
    others = {"practitioner": {"titel": "x"}}
    assert told(lambda: mt.what_if(DECISION, wrong, others, as_of=AS_OF)) == [("missing", "given.year"), fact, ("unknown_name", "practitioner.titel")]


def test_lists_and_dicts_that_hold_themselves_have_no_end() -> None:
    endless: list[Any] = []
    endless.append(endless)
    endless.append(endless)
    circle: dict[str, Any] = {}
    circle["circle"] = [circle, circle]
    for value in (endless, circle):
        (problem,) = refused({"practitioner": {"extra": {"points": value}}})
        assert problem.code == "too_large" and problem.cure
    (problem,) = refused({"practitioner": {"activities": endless}})[:1]
    assert problem.code == "wrong_type"


class Raising(mt.Activity):
    """A record whose getter raises."""

    @property
    def credits(self) -> Decimal:  # type: ignore[override]
        raise self.raised

    raised: BaseException = ZeroDivisionError("by zero")


def raising(error: BaseException) -> mt.Practitioner:
    record = object.__new__(type("Raises", (Raising,), {"raised": error, "__annotations__": {}}))
    object.__setattr__(record, "_given", ("credits",))
    return mt.Practitioner(activities=[record])


def test_a_getter_that_raises_is_told_with_its_place_and_its_cause() -> None:
    with pytest.raises(mt.TrainingError) as caught:
        mt.evaluate(DECISION, raising(ZeroDivisionError("by zero")), year=2024, as_of=AS_OF)
    assert caught.value.path == "practitioner.activities[0].credits"
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    with pytest.raises(KeyboardInterrupt):
        mt.evaluate(DECISION, raising(KeyboardInterrupt()), year=2024, as_of=AS_OF)


class RaisingDict(dict):  # type: ignore[type-arg]
    def __getitem__(self, key: Any) -> Any:
        raise ZeroDivisionError

    def __iter__(self) -> Any:
        raise ZeroDivisionError


class RaisingList(list):  # type: ignore[type-arg]
    def __getitem__(self, index: Any) -> Any:
        raise ZeroDivisionError

    def __iter__(self) -> Any:
        raise ZeroDivisionError


class RaisingMapping:
    def __getitem__(self, key: Any) -> Any:
        raise ZeroDivisionError

    def keys(self) -> Any:
        raise ZeroDivisionError


def test_dicts_and_lists_are_read_without_code_of_their_own() -> None:
    facts = RaisingDict(practitioner=RaisingDict(activities=RaisingList([RaisingDict(credits="1")])))
    assert len(mt.evaluate(DECISION, facts, year=2024, as_of=AS_OF).records) == 1
    (problem,) = refused({"practitioner": {"activities": [RaisingMapping()]}})
    assert (problem.code, problem.place) == ("wrong_type", "practitioner.activities[0]")


def test_a_list_that_changes_while_it_is_read_ends() -> None:
    activities: list[Any] = [mt.Activity()]

    class Growing(Decimal):
        def __str__(self) -> str:
            if len(activities) < 1000:
                activities.append({"credits": Growing(1)})
            return "1"

    class Shrinking(Decimal):
        def __str__(self) -> str:
            activities.clear()
            person.clear()
            return "1"

    person: dict[str, Any] = {"activities": activities, "person_id": "1"}
    activities.append({"credits": Growing(1)})
    assert len(mt.evaluate(DECISION, {"practitioner": person}, year=2024, as_of=AS_OF).records) == 1000
    activities[:] = [{"credits": Shrinking(1)}, {}]
    assert len(mt.evaluate(DECISION, {"practitioner": person}, year=2024, as_of=AS_OF).records) == 1


def test_keys_that_are_no_names_are_told() -> None:
    (problem,) = refused({"practitioner": {5: "x"}})
    assert problem.code == "unknown_name"
    (problem,) = refused({"practitioner": {"half \ud800": "x"}})
    assert problem.code == "unknown_name"
    (problem,) = refused({"practioner": {}})
    assert problem.cure == "did you mean `practitioner`?"


def test_facts_that_are_none_are_a_type_error() -> None:
    for wrong in (None, 5, "text", [], mt.Status.MET, object()):
        with pytest.raises(TypeError, match="expected a record"):
            mt.evaluate(DECISION, wrong, year=2024, as_of=AS_OF)  # type: ignore[arg-type]


def test_the_question_itself_is_checked() -> None:
    person = mt.Practitioner(activities=[])
    # A text is no number, not even one of digits.
    for text in ("2024x", "2024"):
        (problem,) = refused(person, year=text)
        assert (problem.code, problem.place) == ("wrong_type", "given.year")
    for year, code in (
        (2024.0, "inexact_number"),
        (2**64, "out_of_range"),
        (-(2**70), "out_of_range"),
        (2.0**64, "out_of_range"),
        (Decimal(2**64), "out_of_range"),
        (Decimal("1e40"), "out_of_range"),
        (True, "wrong_type"),
        ("２０２４", "wrong_type"),
        (datetime(2024, 1, 1), "wrong_type"),
        ([2024], "wrong_type"),
        (None, "wrong_type"),
        ("\ud800", "wrong_type"),
    ):
        (problem,) = refused(person, year=year)
        assert (problem.code, problem.place) == (code, "given.year"), year
    assert mt.evaluate(DECISION, person, year=Decimal("2.024E+3"), as_of=AS_OF).given == mt.evaluate(DECISION, person, year=2024, as_of=AS_OF).given
    with pytest.raises(mt.TrainingError) as caught:
        mt.evaluate(DECISION, person, as_of=AS_OF)
    assert (caught.value.code, caught.value.path) == ("missing", "given.year")
    (problem,) = refused(person, yaer=2024)
    assert problem.place == "given.yaer"
    for day in ("2024-11-15", datetime(2024, 11, 15), None):
        with pytest.raises(mt.TrainingError, match="expected a date") as caught:
            mt.evaluate(DECISION, person, year=2024, as_of=day)  # type: ignore[arg-type]
        assert caught.value.path == "as_of"
    with pytest.raises(mt.TrainingError, match="did you mean `cq-annual-cme`"):
        mt.evaluate("cq-anual-cme", person, year=2024, as_of=date(2024, 1, 1))


def test_a_record_of_another_type_is_refused_with_what_it_is() -> None:
    stay = mt.Attachment(starts_on=date(2024, 1, 1))
    of_a_stay = "got a record of type Attachment"
    for facts, place, expected in (
        ({"practitioner": {"activities": [{}, stay]}}, "practitioner.activities[1]", "an object (credit record)"),
        (mt.Practitioner(activities=[mt.Activity(), stay]), "practitioner.activities[1]", "an object (credit record)"),  # type: ignore[list-item]
        ({"practitioner": {"activities": deque([mt.Activity(), stay])}}, "practitioner.activities[1]", "an object (credit record)"),
        ({"practitioner": {"institution": stay}}, "practitioner.institution", "an object (institution)"),
        ({"practitioner": {"sex": stay}}, "practitioner.sex", "a code of sex"),
        ({"practitioner": stay}, "practitioner", "an object (practitioner)"),
        (mt.Facts(practitioner=stay), "practitioner", "an object (practitioner)"),  # type: ignore[arg-type]
    ):
        (problem,) = refused(facts)
        assert (problem.code, problem.place) == ("wrong_type", place)
        assert problem.message == f"expected {expected}, {of_a_stay}"
    with pytest.raises(TypeError, match="got a record of type Certificate"):
        mt.evaluate(DECISION, mt.Certificate(), year=2024, as_of=AS_OF)  # type: ignore[arg-type]


HALF = "half \ud800 of a pair"


def test_half_of_a_character_is_told_with_its_place_and_its_cure() -> None:
    person, policies = mt.Practitioner(), mt.PolicySet.builtin()
    verdict = mt.evaluate(DECISION, person, year=2024, as_of=AS_OF)
    kept = mt.Verdict(**{field: getattr(verdict, field) for field in mt.Verdict._fields})
    asked: dict[str, Any] = {"year": 2024, "as_of": AS_OF}
    places: dict[str, Any] = {
        "practitioner.department": lambda: mt.evaluate(DECISION, mt.Practitioner(department=HALF), **asked),
        "given.year": lambda: mt.evaluate(DECISION, person, as_of=AS_OF, year=HALF),
        "decision": lambda: mt.evaluate(HALF, person, **asked),
        "changes": lambda: mt.what_if(DECISION, person, HALF, **asked),
        "changes[1]": lambda: mt.what_if(DECISION, person, ["practitioner.name=x", HALF], **asked),
        "lang": lambda: verdict.explain(HALF),
        "issuer": lambda: mt.statement_html(DECISION, person, issuer=HALF, **asked),
        "policy": lambda: mt.calendar(HALF, 2024),
        "name": lambda: policies.load_text(HALF, ""),
        "own.toml:2:2": lambda: policies.load_text("own.toml", "a\n一\ud83d"),
        "ids[1]": lambda: policies.without("cq-2017-25", HALF),
        "subjects[0]": lambda: policies.template(HALF),
        "expression": lambda: mt.feel(HALF),
        "context": lambda: mt.feel("x", {"x": HALF}),
        "facts": lambda: mt.facts_from_json(HALF),
        "receipt": lambda: mt.verify(HALF, person),
        "verdict": lambda: kept.replace(subject_id=HALF).explain(),
        "people": lambda: mt.region_report(b"", people=HALF, **asked),
        "records": lambda: mt.evaluate_table(DECISION, pyarrow.table({"person_id": ["1"]}), {HALF: None}, **asked),
    }
    for place, ask in places.items():
        with pytest.raises(mt.TrainingError) as caught:
            ask()
        (problem,) = caught.value.problems
        assert (problem.code, problem.place) == ("wrong_type", place)
        assert "half a character" in problem.message and problem.cure
    (problem,) = refused(person, **{HALF: 1})
    assert problem.code == "unknown_name"


def test_an_argument_of_another_type_is_a_type_error_that_says_what_is_expected() -> None:
    policies: Any = mt.PolicySet.builtin()
    verdict: Any = mt.evaluate(DECISION, mt.Practitioner(), year=2024, as_of=AS_OF)
    asked: dict[str, Any] = {"year": 2024, "as_of": AS_OF}
    mt_: Any = mt
    about: dict[str, Any] = {"decision": DECISION, "facts": mt.Practitioner(), **asked}
    table: dict[str, Any] = {"decision": DECISION, "subjects": pyarrow.table({"person_id": ["1"]}), **asked}
    sheet: dict[str, Any] = {"workbook": b"x", **asked}
    wrong: Any = object()
    walked: list[tuple[Any, dict[str, Any], str]] = [
        *((getattr(mt, name), about, "decision facts policies") for name in ("evaluate", "remedies", "portions", "why", "receipt")),
        (mt.evaluate, about, "remedies"),
        (mt.remedy_sentences, about, "decision facts lang policies"),
        (mt.statement_html, about, "decision facts lang issuer policies"),
        (mt.what_if, {**about, "changes": []}, "decision facts changes policies"),
        (mt.what_if_sentences, {**about, "changes": []}, "decision facts changes lang policies"),
        (mt.labels, {"decision": DECISION, **asked}, "decision policies"),
        (mt.calendar, {"policy": "cq-2017-25", "year": 2024}, "policy year policies"),
        (policies.icalendar, {"policy": "cq-2017-25", "year": 2024}, "policy year lang"),
        (mt.verify, {"receipt": "", "facts": mt.Practitioner()}, "receipt facts policies"),
        (mt.evaluate_table, table, "decision records threads progress policies"),
        (mt.check_workbook, {**sheet, "decision": DECISION}, "workbook decision name progress policies"),
        (mt.region_report, sheet, "workbook people targets publishes name progress policies"),
        (mt.quotas, sheet, "workbook decision name progress policies"),
        (mt.ranking, sheet, "workbook decision name policies"),
        (mt.feel, {"expression": "1"}, "expression context"),
        (mt.facts_from_json, {}, "text"),
        (mt.prepare, {}, "facts"),
        (mt.to_json, {}, "value"),
        (mt.diff, {"old": "a.toml", "new": "b.toml"}, "old new"),
        (policies.load_text, {"name": "own.toml", "text": ""}, "name text"),
        (policies.load_file, {}, "path"),
        (policies.hold, {}, "verdict"),
        (verdict.explain, {}, "lang policies"),
        (verdict.headline, {}, "lang policies"),
    ]
    for run, good, names in walked:
        for name in names.split():
            with pytest.raises(TypeError, match="expected|not an instance|interpreted") as caught:
                run(**{**good, name: wrong})
            assert "object" in str(caught.value), (run, name)
    for run in (mt_.lint, policies.without, policies.template):
        with pytest.raises(TypeError):
            run(wrong)
    for receipt in (None, 5, mt.Practitioner()):
        with pytest.raises(TypeError, match="receipt: expected a Receipt or its JSON text"):
            mt_.verify(receipt, mt.Practitioner())
    for numbers in ({"threads": 0}, {"threads": -1}, {"threads": 257}, {"threads": 2**70}):
        with pytest.raises(mt.TrainingError) as out_of_range:
            mt.evaluate_table(**table, **numbers)
        assert (out_of_range.value.code, out_of_range.value.path) == ("out_of_range", "threads")


def test_bytes_are_no_list_and_no_text() -> None:
    for value in (b"ab", bytearray(b"ab"), memoryview(b"ab")):
        (problem,) = refused({"practitioner": {"activities": value}})
        assert (problem.code, problem.place) == ("wrong_type", "practitioner.activities")


def test_a_sequence_that_fails_while_it_is_read_is_no_shorter_list() -> None:
    class Broken(Sequence[Any]):
        def __len__(self) -> int:
            return 2

        def __getitem__(self, place: Any) -> Any:
            if place == 0:
                return {"credits": "25"}
            raise RuntimeError("gone")

    with pytest.raises(mt.TrainingError) as caught:
        mt.evaluate(DECISION, {"practitioner": {"activities": Broken()}}, year=2024, as_of=AS_OF)
    assert isinstance(caught.value.__cause__, RuntimeError)
    assert caught.value.path == "practitioner.activities[1]"


def test_a_year_without_a_calendar_is_refused() -> None:
    for year in (0, 10_000, 10**20, -(10**20)):
        with pytest.raises(mt.TrainingError) as caught:
            mt.calendar("cq-2017-25", year)
        assert (caught.value.code, caught.value.path) == ("out_of_range", "year")


def test_a_number_that_is_none_is_refused_by_feel() -> None:
    for value in ("NaN", "-Infinity"):
        with pytest.raises(TypeError):
            mt.feel("x", {"x": Decimal(value)})


def test_a_second_interpreter_is_refused() -> None:
    """In a process of its own, since the first interpreter to ask is the one that has the module."""
    script = """
import importlib
import medtrain
try:
    interpreters = importlib.import_module("_xxsubinterpreters")
except ImportError:
    interpreters = importlib.import_module("_interpreters")
other = interpreters.create()
said = interpreters.run_string(other, "import medtrain")
raise SystemExit(0 if said is None else f"{said}")
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert told.returncode != 0 and "another interpreter" in told.stderr


@pytest.mark.parametrize(
    ("year", "found", "cure"),
    [("2024", 'got "2024"', "a whole number, as in 2024"), ('x"y', 'got "x"y"', "a whole number"), (Decimal("2024.5"), "got 2024.5", "a whole number"), (2024.0, "a binary number", "a whole number without a point")],
)
def test_what_is_given_otherwise_is_quoted_and_has_its_cure(person: mt.Practitioner, year: Any, found: str, cure: str) -> None:
    (problem,) = refused(person, year=year)
    assert found in problem.message and problem.cure is not None and cure in problem.cure


def test_json_that_is_no_object_is_json() -> None:
    for text in ("[]", "5", '"x"'):
        with pytest.raises(mt.TrainingError, match="expected an object") as caught:
            mt.facts_from_json(text)
        assert caught.value.code == "wrong_type" and "not JSON" not in str(caught.value)


def test_what_json_has_no_form_for_is_not_written() -> None:
    around: list[Any] = []
    around.append(around)
    for value, error in [(datetime(2024, 1, 1), TypeError), (Decimal("NaN"), TypeError), (1.5, TypeError), (around, ValueError)]:
        with pytest.raises(error):
            mt.to_json(value)
    with pytest.raises(TypeError, match="date"):
        mt.feel("a", {"a": date(2024, 1, 1)})
    with pytest.raises(ValueError, match="holds itself"):
        mt.feel("a", {"a": around})
    assert mt.to_json(Decimal("-0")) == '"0"' and mt.to_json([date(2024, 1, 1), None, True]) == '["2024-01-01",null,true]'


def test_an_array_is_compared_with_no_default() -> None:
    class Array(list[Any]):
        def __eq__(self, other: object) -> bool:
            raise ValueError("the truth value of an array is ambiguous")

    mt.Practitioner(unknown=Array())
