"""Tables in, a table out."""

from __future__ import annotations

from typing import Any

import medtrain as mt
import polars
import pyarrow
import pytest
from conftest import AS_OF, DECISION


def tables(count: int) -> tuple[Any, Any]:
    ids = [f"{number:06}" for number in range(count)]
    people = pyarrow.table({"person_id": ids})
    kinds = ["professional" if number % 3 else "public" for number in range(2 * count)]
    activities = pyarrow.table(
        {
            "person_id": [one for one in ids for _ in range(2)],
            "学分": ["12.5"] * (2 * count),
            "hours": pyarrow.array([45] * (2 * count)),
            "awarded_on": ["2024-03-01"] * (2 * count),
            "subject_kind": kinds,
            "job_related": [True] * (2 * count),
            "electronic": [True] * (2 * count),
            "whatever": [1] * (2 * count),
        }
    )
    return people, activities


def test_a_row_has_the_status_of_the_verdict_about_the_same_facts() -> None:
    people, activities = tables(3)
    judged = mt.evaluate_table(DECISION, people, {"activities": activities}, year=2024, as_of=AS_OF)
    back = pyarrow.table(judged)
    assert len(judged) == back.num_rows == 3 and judged.columns == back.column_names
    assert judged.counts["met"] + judged.counts["unmet"] + judged.counts["waivable"] == 3
    assert judged.ignored == ("activities.whatever",) and judged.problems == ()
    records = [row for row in activities.to_pylist() if row["person_id"] == "000001"]
    one = {
        "awarded_on": "2024-03-01", "credits": "12.5", "hours": "45", "job_related": True, "electronic": True
    }  # fmt: skip
    facts = {"practitioner": {"person_id": "000001", "activities": [{**one, "subject_kind": row["subject_kind"]} for row in records]}}
    assert back.to_pylist()[1]["status"] == mt.evaluate(DECISION, facts, year=2024, as_of=AS_OF).status


def test_any_table_with_the_arrow_interface_is_taken_and_given() -> None:
    people, activities = tables(5)
    lists = {"activities": polars.from_arrow(activities)}
    judged = mt.evaluate_table(DECISION, polars.from_arrow(people), lists, year=2024, as_of=AS_OF)
    frame = polars.DataFrame(judged)
    assert frame.height == 5 and frame.columns == judged.columns
    chunked = pyarrow.concat_tables([people.slice(0, 2), people.slice(2)])
    same = mt.evaluate_table(DECISION, chunked, {"activities": activities}, year=2024, as_of=AS_OF, threads=2)
    assert pyarrow.table(same).equals(pyarrow.table(judged))


def test_what_is_no_table_is_refused_with_its_name() -> None:
    people, _ = tables(1)
    for subjects, records, place in (("text", None, "subjects"), (people, {"activities": [1]}, "activities"), (people, {"activitis": people}, "activitis")):
        with pytest.raises(mt.TrainingError) as caught:
            mt.evaluate_table(DECISION, subjects, records, year=2024, as_of=AS_OF)
        assert caught.value.path == place and caught.value.cure


class Failing:
    """A table that fails while it is handed over."""

    def __init__(self, fault: BaseException) -> None:
        self.fault = fault

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        raise self.fault


def test_why_a_table_was_not_handed_over_is_the_cause() -> None:
    fault = ValueError("could not convert 王某")
    with pytest.raises(mt.TrainingError) as caught:
        mt.evaluate_table(DECISION, Failing(fault), None, year=2024, as_of=AS_OF)
    assert caught.value.path == "subjects" and caught.value.__cause__ is fault
    assert "王某" not in str(caught.value)
    with pytest.raises(KeyboardInterrupt):
        mt.evaluate_table(DECISION, Failing(KeyboardInterrupt()), None, year=2024, as_of=AS_OF)
    untyped = polars.DataFrame({"person_id": ["1"], "remark": [None]})
    with pytest.raises(mt.TrainingError) as caught:
        mt.evaluate_table(DECISION, untyped, None, year=2024, as_of=AS_OF)
    assert caught.value.path == "subjects" and caught.value.__cause__ is not None


def test_text_that_is_none_is_refused_with_its_column() -> None:
    good = pyarrow.array(["1", "2"])
    bytes_ = pyarrow.array([b"senior", b"\xff\xfe"], pyarrow.binary())
    damaged = pyarrow.StringArray.from_buffers(2, *bytes_.buffers()[1:])
    with pytest.raises(mt.TrainingError) as caught:
        mt.evaluate_table(DECISION, pyarrow.table({"person_id": good, "title_grade": damaged}), None, year=2024, as_of=AS_OF)
    assert caught.value.path == "subjects.title_grade" and caught.value.cure


def test_progress_is_told_and_what_it_raises_ends_the_work() -> None:
    people, activities = tables(20_000)
    told: list[tuple[str, int, int]] = []
    mt.evaluate_table(DECISION, people, {"activities": activities}, year=2024, as_of=AS_OF, progress=lambda *now: told.append(now))
    assert told[-1] == ("judging", 20_000, 20_000) and told == sorted(told, key=lambda now: now[1])

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        mt.evaluate_table(DECISION, people, {"activities": activities}, year=2024, as_of=AS_OF, threads=2, progress=interrupt)


def test_a_table_of_nobody_may_have_columns_without_a_type() -> None:
    nobody = pyarrow.table({"person_id": pyarrow.array([], pyarrow.null())})
    records = {"activities": pyarrow.table({"person_id": pyarrow.array([], pyarrow.null()), "credits": pyarrow.array([], pyarrow.null())})}
    assert mt.evaluate_table(DECISION, nobody, records, year=2024, as_of=AS_OF).counts["met"] == 0
