"""What the border costs: what each way takes at least, beside the core alone and beside the same check by hand in Python.

    maturin build --release --out dist && pip install dist/*.whl && python bench/border.py
"""

import importlib.metadata
import json
import os
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal

import medtrain as mt

DECISION, AS_OF, YEAR = "cq-annual-cme", date(2024, 11, 15), 2024
RECORDS = int(sys.argv[1]) if len(sys.argv) > 1 else 40


def activity(n):
    return {
        "awarded_on": date(2024, 1 + n % 12, 1 + n % 28),
        "credits": Decimal(5 + n % 7) / 10,
        "hours": Decimal(15 + n % 11) / 10,
        "subject_kind": "public" if n % 6 == 0 else "professional",
        "job_related": n % 3 != 0,
        "profession_related": n % 6 != 0,
        "electronic": n % 8 != 1,
        "place_code": "500103",
        "activity_name": f"第{n}期继续医学教育项目",
    }


def by_hand(person):
    """The four requirements of the rule with their figures, and how many records each of two provisions excludes; dates and decimals as they come."""
    first, last, platform_since, public_code = date(YEAR - 1, 11, 1), date(YEAR, 10, 31), date(2017, 1, 1), "public"
    hours = credits = job = public = Decimal(0)
    by_year = by_platform = 0
    for record in person["activities"]:
        day = record.get("awarded_on") or record["ends_on"]
        in_year = first <= day <= last
        on_platform = record["electronic"] or not record["place_code"].startswith("50") or day < platform_since
        by_year += not in_year
        by_platform += not on_platform
        if not (in_year and on_platform):
            continue
        hours += record["hours"]
        if record["subject_kind"] == public_code:
            public += record["hours"]
        if record["profession_related"]:
            credits += record["credits"]
            if record["job_related"]:
                job += record["credits"]
    short = [max(Decimal(0), required - actual) for required, actual in ((Decimal(80), hours), (Decimal(25), credits), (Decimal(15), job))]
    ratio_short = max(Decimal(0), (hours - public) / 5 - public)
    status = "unmet" if any(short) else "waivable" if ratio_short else "met"
    return status, hours, credits, job, public, short, ratio_short, by_year, by_platform


def microseconds(run, rounds=400, calls=8):
    """What a call takes: the least of many short rounds, which others on the machine disturb least."""
    least = float("inf")
    for _ in range(50):
        run()
    for _ in range(rounds):
        begun = time.perf_counter()
        for _ in range(calls):
            run()
        least = min(least, time.perf_counter() - begun)
    return least / calls * 1e6


def seconds_of(statement):
    """What a statement takes in a new process."""
    code = f"import time; t = time.perf_counter(); {statement}; print(time.perf_counter() - t)"
    return min(float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout) for _ in range(7))


def main():
    activities = [activity(n) for n in range(RECORDS)]
    person = {"person_id": "1001", "activities": activities}
    facts = {"practitioner": person}
    told = {**facts, "practitioner": {**person, "activities": [{k: str(v) if isinstance(v, (date, Decimal)) else v for k, v in a.items()} for a in activities]}}
    text = json.dumps(told, ensure_ascii=False)
    records = mt.Practitioner(person_id="1001", activities=[mt.Activity(**{**a, "subject_kind": mt.SubjectKind(a["subject_kind"])}) for a in activities])
    prepared, builtin = mt.prepare(facts), mt.PolicySet.builtin()
    ask = lambda facts: mt.evaluate(DECISION, facts, year=YEAR, as_of=AS_OF)

    # The same answer, before anything is measured.
    verdict, hand = ask(facts), by_hand(person)
    figures = {finding.provision: Decimal(finding.actual) for finding in verdict.findings if finding.actual}
    assert verdict.status.value == hand[0], (verdict.status, hand)
    assert [figures[id] for id in ("cq-hours", "cq-credits", "cq-job-related-credits", "cq-subject-ratio")] == list(hand[1:5]), (figures, hand)
    assert ask(records).to_json() == ask(told).to_json() == ask(prepared).to_json() == verdict.to_json()

    alone = min(builtin.seconds_alone(DECISION, prepared, year=YEAR, as_of=AS_OF, rounds=8) for _ in range(400)) / 8 * 1e6
    hand = microseconds(lambda: by_hand(person))
    rows = [
        ("the core alone: the question asked, its verdict about facts at hand", alone),
        ("the same check by hand in Python: figures and status, no ledger", hand),
        ("json.loads of the facts", microseconds(lambda: json.loads(text))),
        ("prepare(dicts): read and checked", microseconds(lambda: mt.prepare(facts))),
        ("evaluate(dicts with dates and decimals)", microseconds(lambda: ask(facts))),
        ("evaluate(dicts with texts)", microseconds(lambda: ask(told))),
        ("evaluate(records)", microseconds(lambda: ask(records))),
        ("evaluate(prepared)", microseconds(lambda: ask(prepared))),
        ("evaluate(prepared).status", microseconds(lambda: ask(prepared).status)),
        ("evaluate(prepared).findings", microseconds(lambda: ask(prepared).findings)),
        ("evaluate(prepared).records", microseconds(lambda: ask(prepared).records)),
    ]
    print(f"{RECORDS} records; microseconds, beside the check by hand, over the core")
    for what, taken in rows:
        print(f"{what:<70}{taken:8.1f}{taken / hand:8.2f}{taken - alone:+8.1f}")
    folder = os.path.dirname(mt.__file__)
    size = sum(os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder) if name.endswith((".so", ".pyd", ".dylib")))
    start = seconds_of("pass")
    print(f"medtrain {importlib.metadata.version('medtrain')}: library {size / 1e6:.1f} MB")
    print(f"import medtrain: {(seconds_of('import medtrain') - start) * 1e3:.0f} ms")
    print(f"import, and the built-in policies loaded: {(seconds_of('import medtrain as mt; mt.PolicySet.builtin()') - start) * 1e3:.0f} ms")


main()
