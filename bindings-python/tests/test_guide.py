"""The guides: their Python runs from the first block to the last, as a reader would type it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize("page", ["docs/guide.zh.md", "docs/guide.en.md"])
def test_the_python_of_a_guide_runs(page: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", (root / page).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    (tmp_path / "examples").mkdir()
    for workbook in ("hospital-2024.xlsx", "city-2024.xlsx"):
        shutil.copy(root / "examples" / workbook, tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, page, "exec"), names)  # noqa: S102
    assert len(blocks) > 8
    for report in ("report.html", "report.xlsx", "region.html"):
        assert (tmp_path / report).stat().st_size > 1000, report


def test_the_guides_are_one_guide_in_two_languages(root: Path) -> None:
    pages = [(root / f"docs/guide.{lang}.md").read_text("utf-8") for lang in ("zh", "en")]
    shapes = [re.findall(r"^(#+|\|---.*|```[a-z]*)", page, re.MULTILINE) for page in pages]
    assert shapes[0] == shapes[1]
