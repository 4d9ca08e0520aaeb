"""A hospital's workbook in, verdicts and reports out."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import medtrain as mt
import pytest

ASKED: dict[str, Any] = {"year": 2024, "as_of": date(2024, 11, 15)}


def test_a_workbook_is_checked_and_reported(root: Path, tmp_path: Path) -> None:
    workbook = root / "examples" / "hospital-2024.xlsx"
    stages: list[str] = []
    checked = mt.check_workbook(workbook, "cq-annual-cme", progress=lambda stage, done, total: stages.append(stage), **ASKED)
    assert len(checked) == len(checked.verdicts) == len(checked.register.subjects) > 100
    assert stages and stages[-1] == "judging"
    assert checked.problems[0].problem.code and checked.problems[0].zh
    first = checked.register.subjects[0]
    assert first.facts.practitioner is not None and first.place
    again = mt.evaluate("cq-annual-cme", first.facts, **ASKED)
    assert again.to_json() == checked.verdicts[0].to_json()
    copy = tmp_path / "register.xlsx"
    copy.write_bytes(workbook.read_bytes())
    of_copy = mt.check_workbook(copy, "cq-annual-cme", **ASKED)
    for save in (of_copy.save_xlsx, of_copy.save_html):
        with pytest.raises(mt.TrainingError) as refused:
            save(copy)
        assert refused.value.problems[0].code == "unreadable"
    assert copy.read_bytes() == workbook.read_bytes(), "the register is still there"
    for save, name in [(checked.save_html, "report.XLSX"), (checked.save_xlsx, "report.html")]:
        with pytest.raises(mt.TrainingError) as refused:
            save(tmp_path / name)
        assert refused.value.problems[0].code == "wrong_type" and not (tmp_path / name).exists()
    checked.save_html(tmp_path / "report.html", lang="en")
    checked.save_xlsx(tmp_path / "report.xlsx")
    assert (tmp_path / "report.html").read_text("utf-8").lstrip().lower().startswith("<!doctype html")
    assert (tmp_path / "report.xlsx").read_bytes()[:2] == b"PK"
    canonical = json.loads(checked.to_json())
    assert canonical["verdicts"][0] == json.loads(checked.verdicts[0].to_json())
    assert [note.to_json() for note in checked.problems[:20]] == [
        json.dumps(note, ensure_ascii=False, separators=(",", ":")) for note in canonical["problems"][:20]
    ]
    assert checked.summary(lang="en")
    same = mt.check_workbook(workbook.read_bytes(), "cq-annual-cme", name="hospital-2024.xlsx", **ASKED)
    assert same.to_json() == checked.to_json()


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"PK\x03\x04 broken", b"\xff\xfe\x00"):
        with pytest.raises(mt.TrainingError):
            mt.check_workbook(content, "cq-annual-cme", **ASKED)
    with pytest.raises(mt.TrainingError) as caught:
        mt.check_workbook(tmp_path / "nowhere.xlsx", "cq-annual-cme", **ASKED)
    assert caught.value.code == "unreadable"


def test_rows_that_were_recorded_later_are_left_out() -> None:
    people = "人员编号,姓名,职称,记录日期\n1001,王小明,主治医师,2024-07-01\n1002,李小红,主治医师,\n".encode()
    before = mt.check_workbook(people, "cq-annual-cme", name="people.csv", known_on=date(2024, 6, 30), **ASKED)
    assert [one.subject_id for one in before.verdicts] == ["1002"]
    assert before.verdicts[0].known_on == date(2024, 6, 30) == before.register.known_on
    on_the_day = mt.check_workbook(people, "cq-annual-cme", name="people.csv", known_on=date(2024, 7, 1), **ASKED)
    assert [one.subject_id for one in on_the_day.verdicts] == ["1001", "1002"]
    assert mt.check_workbook(people, "cq-annual-cme", name="people.csv", **ASKED).verdicts[0].known_on is None


def test_a_template_can_be_read_again() -> None:
    template = mt.PolicySet.builtin().template("practitioner")
    assert len(mt.check_workbook(template, "cq-annual-cme", **ASKED)) >= 0
