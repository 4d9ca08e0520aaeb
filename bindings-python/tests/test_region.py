"""A region's workbook: its report, its list, its quotas and a ranking."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import medtrain as mt
import pytest
from test_package import COMMAND, run

AS_OF = date(2024, 11, 15)


@pytest.fixture(scope="module")
def city() -> Path:
    return Path(__file__).parents[2] / "examples" / "city-2024.xlsx"


@pytest.fixture(scope="module")
def counted(city: Path) -> mt.RegionPages:
    return mt.region_report(city, as_of=AS_OF, year=2024, publishes="cq-municipal-duties")


def test_a_region_is_counted_as_the_command_counts_it(counted: mt.RegionPages, city: Path) -> None:
    ran = run(COMMAND, "region", city, "--given", "year=2024", "--as-of", "2024-11-15", "--json")
    assert counted.to_json() == ran.stdout.strip()
    assert json.loads(counted.to_json()).items() >= json.loads(counted.report.to_json()).items()
    assert counted.problems and [one.places[0] for one in counted.problems] == [one["places"][0] for one in json.loads(ran.stdout)["problems"]]
    whole = counted.report.groups[0]
    assert whole.kind is mt.GroupKind.WHOLE and whole.people == len(counted.report.people)
    assert [row[0] for row in counted.standings("en")] and counted.standings("zh") != counted.standings("en")


def test_its_pages_and_its_list_are_made_in_both_languages(counted: mt.RegionPages, tmp_path: Path) -> None:
    assert 'lang="zh' in counted.html()[:300] and 'lang="en' in counted.html("en")[:300]
    assert counted.publication is not None and counted.publication.announced
    page = counted.publication_html()
    assert page is not None and counted.publication.announced[0].name in page
    assert counted.xlsx()[:2] == b"PK" and (counted.publication_xlsx("en") or b"")[:2] == b"PK"
    counted.save_html(tmp_path / "region.html")
    counted.save_xlsx(tmp_path / "region.xlsx")
    assert (tmp_path / "region.html").read_text("utf-8") == counted.html()


def test_without_a_decision_for_it_there_is_no_list(city: Path) -> None:
    counted = mt.region_report(city.read_bytes(), as_of=AS_OF, year=2024, name="city")
    assert counted.publication is counted.publication_html() is counted.publication_xlsx() is None


def test_quotas_are_told_line_by_line() -> None:
    sheet = "项目编号,项目名称,已培训人数\nP1,万名基层医生进修,9990\n".encode()
    standings = mt.quotas(sheet, as_of=date(2027, 1, 1), name="programme.csv")
    heads, *rows = standings.rows("zh")
    assert "✗ 不达标" in str(rows) and all(len(row) == len(heads) for row in rows)
    assert standings.ranking is None and standings.verdicts[0].status is mt.Status.UNMET
    assert json.loads(standings.to_json())["verdicts"] == [json.loads(standings.verdicts[0].to_json())]
    assert "万名基层医生进修" in standings.html() and standings.xlsx("en")[:2] == b"PK"
    with pytest.raises(mt.TrainingError) as caught:
        mt.quotas(sheet, as_of=date(2027, 1, 1), name="programme.csv", yaer=2024)
    assert caught.value.code == "unknown_name"


def test_bases_are_ranked_from_the_lowest_rate_on() -> None:
    rows = [f"某省,B{base:02},外科,{year},100,{60 if base == 7 else 90}" for year in (2021, 2022) for base in range(1, 21)]
    sheet = "\n".join(["地区名称,基地编号,专业基地,年度,参加考核人数,通过人数", *rows, ""]).encode()
    standings = mt.ranking(sheet, as_of=date(2023, 3, 1), year=2022, name="结业考核成绩.csv")
    assert standings.ranking is not None
    assert json.loads(standings.to_json()).items() >= json.loads(standings.ranking.to_json()).items()
    assert {problem.code for problem in (note.problem for note in standings.problems)} == {"missing", "suspect"}
    last = standings.ranking.lines[0]
    assert last.base_id == "B07" and last.now is not None and (last.now.passed, last.now.from_last, last.now.of) == (60, 1, 20)
    assert standings.verdicts == () and len(standings.rows()) == 21
