"""A question and its answer, as Python has them."""

from __future__ import annotations

import copy
import json
import pickle
from collections import UserDict, deque
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import medtrain as mt
import pytest
from conftest import AS_OF, DECISION

ASKED: dict[str, Any] = {"year": 2024, "as_of": AS_OF}


def test_records_and_dicts_say_the_same(person: mt.Practitioner, facts: dict[str, Any]) -> None:
    typed = mt.evaluate(DECISION, person, **ASKED)
    assert typed.to_json() == mt.evaluate(DECISION, facts, **ASKED).to_json() == mt.evaluate(DECISION, mt.Facts(practitioner=person), **ASKED).to_json()
    assert typed == mt.evaluate(DECISION, facts, **ASKED)
    assert typed.status is mt.Status.UNMET


def test_a_verdict_has_exact_figures_days_and_codes(person: mt.Practitioner) -> None:
    verdict = mt.evaluate(DECISION, person, **ASKED)
    credits = next(finding for finding in verdict.findings if finding.provision == "cq-credits")
    assert credits.shortfall == Decimal("3.5") and credits.actual == "21.5" and credits.required == "25"
    assert credits.relation is mt.Relation.AT_LEAST and credits.unit == "credit"
    assert credits.due == date(2024, 10, 31) and credits.deemed_by is None and credits.parts == ()
    assert verdict.as_of == AS_OF and verdict.given == {"year": 2024} and verdict.subject_id == "1001"
    assert [record.state for record in verdict.records] == [mt.RecordState.COUNTED, mt.RecordState.COUNTED, mt.RecordState.EXCLUDED]


def test_a_verdict_written_from_its_fields_has_the_bytes_of_the_core(person: mt.Practitioner) -> None:
    verdict = mt.evaluate(DECISION, person, remedies=True, **ASKED)
    assert verdict.remedies is not None and verdict.remedies.remedies
    rebuilt = mt.Verdict(**{field: getattr(verdict, field) for field in mt.Verdict._fields})
    assert rebuilt == verdict
    assert rebuilt.to_json() == verdict.to_json()
    assert json.loads(verdict.to_json())["findings"][0]["provision"] == verdict.findings[0].provision


def test_facts_are_the_same_after_they_were_read(person: mt.Practitioner) -> None:
    assert mt.prepare(person).facts() == mt.Facts(practitioner=person)


def test_records_can_be_pickled_copied_hashed_and_matched(person: mt.Practitioner) -> None:
    verdict = mt.evaluate(DECISION, person, remedies=True, **ASKED)
    for value in (person, verdict, verdict.findings[0], mt.Status.MET):
        assert pickle.loads(pickle.dumps(value)) == value
        assert copy.deepcopy(value) == value
        assert hash(copy.deepcopy(value)) == hash(value)
    assert verdict.remedies is not None
    match verdict.remedies.remedies[0].steps[0]:
        case mt.StepAddRecord(list=path):
            assert path == "practitioner.activities"
        case other:
            pytest.fail(f"another step: {other}")


def test_records_do_not_change_and_show_nothing_personal(person: mt.Practitioner) -> None:
    with pytest.raises(AttributeError, match="replace"):
        person.person_id = "2"  # type: ignore[misc]
    named = person.replace(name="王小明", id_no="500101199001011234", activities=None)
    assert "王小明" not in repr(named) and "5001" not in repr(named) and "1001" in repr(named)
    assert named.person_id == "1001" and named.title is None


def test_what_a_policy_declares_itself_does_not_change_either() -> None:
    given: dict[str, Any] = {"points": [1, {"of": "2"}]}
    person = mt.Practitioner(person_id="1", extra=given)
    before = hash(person)
    given["points"][1]["of"] = "3"
    given["more"] = 1
    assert person.extra == {"points": (1, {"of": "2"})} and hash(person) == before
    extra: Any = person.extra
    for change in (lambda: extra.update(more=1), lambda: extra.__setitem__("more", 1), lambda: extra["points"][1].clear()):
        with pytest.raises((TypeError, AttributeError)):
            change()
    assert repr(person) == "Practitioner(person_id='1', extra={'points': (1, {'of': '2'})})"
    for same in (pickle.loads(pickle.dumps(person)), copy.deepcopy(person), person.replace(), mt.Practitioner(person_id="1", extra=person.extra)):
        assert same == person and hash(same) == before and same.to_json() == person.to_json()
    verdict: Any = mt.evaluate(DECISION, mt.Practitioner(), **ASKED)
    with pytest.raises(TypeError):
        verdict.given["year"] = 2025
    assert verdict == pickle.loads(pickle.dumps(verdict))


def test_what_holds_itself_is_taken_into_a_record_and_refused_when_it_is_read() -> None:
    endless: list[Any] = []
    endless.append(endless)
    person = mt.Practitioner(extra={"points": endless})
    with pytest.raises(mt.TrainingError) as caught:
        mt.evaluate(DECISION, person, **ASKED)
    assert caught.value.code == "too_large"


def test_a_field_that_does_not_exist_is_told_with_the_nearest() -> None:
    with pytest.raises(TypeError, match="did you mean 'credits'"):
        mt.Activity(credit=Decimal(5))  # type: ignore[call-arg]


def test_a_verdict_is_told_in_both_languages(person: mt.Practitioner) -> None:
    verdict = mt.evaluate(DECISION, person, **ASKED)
    assert verdict.explain("zh").startswith("不达标：") and verdict.headline("en").startswith("not met: 3.5 credits short")
    assert "不达标" in verdict._repr_html_()
    with pytest.raises(mt.TrainingError) as caught:
        verdict.explain("fr")
    assert caught.value.code == "unknown_code" and caught.value.path == "lang"
    kept = pickle.loads(pickle.dumps(verdict))
    assert kept.explain("en") == verdict.explain("en") == kept.explain("en", policies=mt.PolicySet.builtin())
    with pytest.raises(mt.TrainingError, match="no decision"):
        kept.explain(policies=mt.PolicySet.empty())


def test_prepared_facts_are_asked_about_again_and_again(person: mt.Practitioner) -> None:
    prepared = mt.prepare(person)
    for year, status in ((2023, "unmet"), (2024, "unmet")):
        assert mt.evaluate(DECISION, prepared, year=year, as_of=AS_OF).status == status


def test_what_was_recorded_later_is_left_out() -> None:
    late = mt.Practitioner(activities=[mt.Activity(credits=Decimal(30), awarded_on=date(2024, 5, 1), recorded_at=date(2024, 6, 1))])
    verdict = mt.evaluate(DECISION, late, known_on=date(2024, 5, 15), **ASKED)
    assert verdict.records == () and verdict.known_on == date(2024, 5, 15)
    assert mt.evaluate(DECISION, mt.prepare(late), known_on=date(2024, 5, 15), **ASKED) == verdict
    assert len(mt.evaluate(DECISION, late, **ASKED).records) == 1


def test_remedies_reasons_and_other_facts_are_records(person: mt.Practitioner) -> None:
    assert mt.remedies(DECISION, person, **ASKED).state is mt.RemedyState.FOUND
    why = mt.why(DECISION, person, **ASKED)
    assert why.findings[0].conditions[0].role is mt.WhyRole.REQUIRES
    changed = mt.what_if(DECISION, person, 'practitioner.activities[0].credits=30', **ASKED)
    assert changed == mt.what_if(DECISION, person, deque(['practitioner.activities[0].credits=30']), **ASKED)
    assert any(change.after.provision == "cq-credits" and change.after.status == "met" for change in changed.findings)
    assert mt.what_if(DECISION, person, person.replace(activities=[]), **ASKED).records[0].after is None


def test_a_receipt_holds_as_long_as_its_facts_do(person: mt.Practitioner) -> None:
    receipt = mt.receipt(DECISION, person, **ASKED)
    assert mt.verify(receipt, person).holds and mt.verify(receipt.to_json(), person).holds
    other = mt.verify(receipt, person.replace(activities=[]))
    assert not other.holds and mt.Since.OTHER_FACTS in other.since


def test_policies_are_listed_and_their_days_named() -> None:
    policies = mt.PolicySet.builtin()
    assert "cq-2017-25" in {policy.id for policy in policies.policies()}
    assert {"cq-credits", "cq-hours"} <= {provision.id for provision in policies.provisions()}
    asked = next(decision for decision in policies.decisions() if decision.id == DECISION)
    assert asked.given == (mt.GivenSummary(name="year", kind="integer"),)
    days = mt.calendar("cq-2017-25", 2024)
    assert days and all(isinstance(entry.from_, date) for entry in days)
    assert policies.icalendar("cq-2017-25", 2024).startswith("BEGIN:VCALENDAR")


OWN = """
[policy]
id = "own"
number = "1"
issued = 2024-01-01

[[fact]]
subject = "practitioner"
name = "points"
type = "decimal"
zh = "积分"
en = "points"

[[provision]]
id = "own-points"
article = "1"
subject = "practitioner"
modality = "shall"
require = 'practitioner.extra.points >= 2.5'

[[decision]]
id = "own-check"
subject = "practitioner"
all_of = ["own-points"]
"""


def test_a_policy_of_ones_own_is_loaded_beside_the_others(tmp_path: Any) -> None:
    builtin = mt.PolicySet.builtin()
    policies = builtin.load_text("own.toml", OWN)
    for points, status in ((Decimal("2.5"), "met"), ("2.4", "unmet")):
        person = mt.Practitioner(extra={"points": points})
        assert mt.evaluate("own-check", person, as_of=AS_OF, policies=policies).status == status
        assert mt.evaluate("own-check", mt.prepare(person), as_of=AS_OF, policies=policies).status == status
    with pytest.raises(mt.TrainingError, match="no decision is called `own-check`"):
        builtin.evaluate("own-check", mt.Practitioner(), as_of=AS_OF)
    assert "cq-2017-25" not in repr(policies.without("cq-2017-25"))
    assert policies.lint().warnings
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(OWN), new.write_text(OWN.replace("2.5", "3"))
    change = mt.diff(old, new).provisions[0].changes[0]
    assert isinstance(change, mt.PolicyChangeFigure) and (change.old, change.new) == ("2.5", "3")
    assert mt.lint(old).files[0].policy == "own"
    assert builtin.load_file(new).decisions()


def test_expressions_are_exact() -> None:
    assert mt.feel("0.1 + 0.2") == Decimal("0.3")
    assert mt.feel("total(credits) >= 25", {"credits": [10, Decimal("14.9"), Decimal("0.1")]}) is True
    assert mt.feel('date("2024-02-29")') == date(2024, 2, 29)
    with pytest.raises(mt.TrainingError) as caught:
        mt.feel("total(")
    assert caught.value.problems[0].excerpt is not None


def test_a_statement_is_a_page_and_facts_have_a_schema(person: mt.Practitioner) -> None:
    page = mt.statement_html(DECISION, person, issuer="某医院", lang="zh", **ASKED)
    assert page.lstrip().lower().startswith("<!doctype html") and "某医院" in page
    assert "practitioner" in mt.facts_schema()["properties"]


def test_any_sequence_and_mapping_is_read(facts: dict[str, Any]) -> None:
    person = facts["practitioner"]
    expected = mt.evaluate(DECISION, facts, **ASKED)
    others = UserDict({**person, "activities": deque(MappingProxyType(one) for one in person["activities"])})
    assert mt.evaluate(DECISION, MappingProxyType({"practitioner": others}), **ASKED) == expected
    typed = mt.Practitioner(person_id="1001", activities=deque([mt.Activity(credits=Decimal("3"))]))
    assert len(mt.evaluate(DECISION, typed, **ASKED).records) == 1


def test_who_was_not_known_on_a_day_is_unknown_on_it(person: mt.Practitioner) -> None:
    known = {**ASKED, "known_on": date(2024, 6, 30)}
    recorded_later = {"practitioner": {"recorded_at": "2024-12-01", "activities": []}}
    assert mt.evaluate(DECISION, recorded_later, **ASKED).status is mt.Status.UNMET
    for facts in ({}, recorded_later, mt.prepare(recorded_later)):
        assert mt.evaluate(DECISION, facts, **known).status is mt.Status.UNKNOWN
    with pytest.raises(mt.TrainingError) as caught:
        mt.evaluate(DECISION, {"region": {"name": "x"}}, **known)
    assert caught.value.code == "missing"
    with pytest.raises(mt.TrainingError):
        mt.evaluate(DECISION, {"region": {"recorded_at": "2024-12-01"}}, **known)


def test_what_is_called_as_an_argument_is_given_in_a_mapping() -> None:
    policy = """
[policy]
id = "p"
number = "1"
issued = 2024-01-01

[[provision]]
id = "a"
article = "1"
subject = "practitioner"
modality = "shall"
require = 'given.facts >= 2 and given.year = 2024'

[[decision]]
id = "ask"
subject = "practitioner"
given.facts = "integer"
given.year = "integer"
all_of = ["a"]
"""
    policies = mt.PolicySet.empty().load_text("p.toml", policy)
    verdict = mt.evaluate("ask", {"practitioner": {}}, as_of=AS_OF, policies=policies, year=2024, given={"facts": 2})
    assert verdict.status is mt.Status.MET and verdict.given == {"facts": 2, "year": 2024}
    with pytest.raises(mt.TrainingError) as refused:
        mt.evaluate("ask", {"practitioner": {}}, as_of=AS_OF, policies=policies, year=2024, given={"facts": 2, "year": 2023})
    assert [(problem.code, problem.place) for problem in refused.value.problems] == [("duplicate", "given.year")]


def test_a_list_of_receipts_has_the_bytes_of_each(person: mt.Practitioner) -> None:
    receipt = mt.receipt(DECISION, person, **ASKED)
    assert mt.to_json([receipt]) == f"[{receipt.to_json()}]"


HOUSE = """
[policy]
id = "house"
number = "1"
issued = 2020-01-01

[[provision]]
id = "house-gp"
article = "1"
subject = "practitioner"
modality = "shall"
require = "is_gp"

[[decision]]
id = "house"
subject = "practitioner"
all_of = ["house-gp"]
"""


def test_copies_of_a_verdict_know_its_policies() -> None:
    policies = mt.PolicySet.empty().load_text("house.toml", HOUSE)
    verdict = policies.evaluate("house", mt.Practitioner(is_gp=False), as_of=AS_OF)
    said = verdict.headline("en")
    for same in (copy.copy(verdict), copy.deepcopy(verdict), verdict.replace(), verdict.replace().replace()):
        assert same == verdict and same.headline("en") == said
    assert verdict.replace(status=mt.Status.UNKNOWN).status is mt.Status.UNKNOWN
    kept = pickle.loads(pickle.dumps(verdict))
    assert kept.headline("en", policies=policies) == said
    assert kept._repr_html_().startswith("<pre>Verdict(") and verdict._repr_html_().startswith("<p><strong>")


def test_a_class_of_ones_own_has_the_fields_of_its_base() -> None:
    class Colleague(mt.Practitioner):
        pass

    colleague = Colleague(person_id="1001", activities=[])
    assert colleague.person_id == "1001" and colleague.activities == () and "person_id" in Colleague._fields
    assert colleague.to_json() == mt.Practitioner(person_id="1001", activities=[]).to_json()
    assert mt.evaluate(DECISION, colleague, **ASKED).status is mt.Status.UNMET


def test_a_day_known_by_its_month_decides_what_every_day_of_it_does() -> None:
    def status(within: str) -> mt.Status:
        activity = mt.Activity(credits=Decimal(25), hours=Decimal(80), electronic=True, subject_kind="professional", job_related=True, unknown=[f"awarded_on within {within}"])
        return mt.evaluate(DECISION, mt.Practitioner(activities=[activity]), **ASKED).status

    assert (status("2023-10"), status("2024")) == (mt.Status.UNMET, mt.Status.UNKNOWN)
    assert status("2024-10") not in (mt.Status.UNMET, mt.Status.UNKNOWN)
