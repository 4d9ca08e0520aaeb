"""What several tests share: one doctor, as records and as a dict."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import medtrain as mt
import pytest

AS_OF = date(2024, 9, 23)
DECISION = "cq-annual-cme"


@pytest.fixture
def person() -> mt.Practitioner:
    return mt.Practitioner(
        person_id="1001",
        activities=[
            _activity(date(2024, 5, 10), "21.5", "72", mt.SubjectKind.PROFESSIONAL, job_related=True),
            _activity(date(2024, 6, 3), "3", "16", mt.SubjectKind.PUBLIC, job_related=False),
            _activity(date(2023, 10, 20), "5", "20", mt.SubjectKind.PROFESSIONAL, job_related=True),
        ],
    )


def _activity(day: date, credits: str, hours: str, kind: mt.SubjectKind, *, job_related: bool) -> mt.Activity:
    return mt.Activity(
        awarded_on=day, credits=Decimal(credits), hours=Decimal(hours), subject_kind=kind, job_related=job_related, electronic=True
    )


@pytest.fixture
def facts() -> dict[str, Any]:
    kinds = [("2024-05-10", "21.5", "72", "professional", True), ("2024-06-03", "3", "16", "public", False)]
    kinds.append(("2023-10-20", "5", "20", "professional", True))
    activities = [
        {"awarded_on": day, "credits": credits, "hours": hours, "subject_kind": kind, "job_related": related, "electronic": True}
        for day, credits, hours, kind, related in kinds
    ]
    return {"practitioner": {"person_id": "1001", "activities": activities}}


@pytest.fixture
def root() -> Path:
    return Path(__file__).parents[2]
