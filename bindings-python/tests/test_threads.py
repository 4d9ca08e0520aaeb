"""One set of policies is shared by many threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import medtrain as mt
from conftest import AS_OF, DECISION


def test_threads_that_share_a_set_get_the_same_answers(person: mt.Practitioner) -> None:
    policies = mt.PolicySet.builtin()
    expected = policies.evaluate(DECISION, person, year=2024, as_of=AS_OF).to_json()
    prepared = mt.prepare(person)
    shared = policies.evaluate(DECISION, person, year=2024, as_of=AS_OF)

    def ask(place: int) -> str:
        facts = prepared if place % 2 else person
        verdict = shared if place % 7 == 0 else policies.evaluate(DECISION, facts, year=2024, as_of=AS_OF)
        assert verdict.findings and verdict.explain("en")
        return verdict.to_json()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(400))) == {expected}
