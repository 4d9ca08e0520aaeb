"""The conformance cases of ``cases/*.json`` and ``answers/*.json``, run through Python.

JSON becomes records field by field, which are asked about; the verdict, a record too, is built again field by field and becomes canonical JSON, of
which the bytes are compared.

A file holds a case, or a list of them; ``README.md`` tells what is in it.

    python tests/run_python.py [FOLDER ...]
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import sys
import types
import typing
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import medtrain as mt
from medtrain._record import Codes, Record


def native(value: Any, hint: Any) -> Any:
    """JSON as the types of Python say that it is; what does not fit them stays as it is, for the package to refuse."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        inner = [part for part in typing.get_args(hint) if part is not type(None)]
        return native(value, inner[0]) if len(inner) == 1 and value is not None else value
    if origin is Sequence and isinstance(value, list):
        return [native(item, typing.get_args(hint)[0]) for item in value]
    if isinstance(hint, type) and isinstance(value, str):
        return text(value, hint)
    if isinstance(hint, type) and issubclass(hint, Record) and isinstance(value, dict):
        hints = typing.get_type_hints(hint)
        # A record has no null beside what it leaves out, and no field that its type does not have.
        if set(value) <= set(hint._fields) and None not in value.values():
            return hint(**{name: native(item, hints[name]) for name, item in value.items()})
        return {name: native(item, hints[name]) if name in hints else item for name, item in value.items()}
    return value


def text(value: str, hint: type) -> Any:
    """Text as the decimal, the day or the code that it stands for."""
    try:
        if hint is Decimal and re.fullmatch("-?[0-9]+([.][0-9]+)?", value):
            return Decimal(value)
        if hint is date and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
        if issubclass(hint, Codes):
            return hint(value)
    except (ValueError, ArithmeticError):
        pass
    return value


def rebuilt(value: Any) -> Any:
    """A result built again from its fields, as somebody who writes it by hand would."""
    if isinstance(value, Record):
        return type(value)(**{field: rebuilt(getattr(value, field)) for field in type(value)._fields})
    if isinstance(value, Mapping):
        return {name: rebuilt(item) for name, item in value.items()}
    return tuple(map(rebuilt, value)) if isinstance(value, tuple) else value


@functools.cache
def loaded(texts: tuple[str, ...], *, alone: bool) -> mt.PolicySet:
    """The policies of a case, beside the built-in ones or alone."""
    policies = mt.PolicySet.empty() if alone else mt.PolicySet.builtin()
    for place, text in enumerate(texts):
        policies = policies.load_text(f"policy-{place}.toml", text)
    return policies


def misfit(case: dict[str, Any]) -> str | None:
    """What is wrong with a case; nothing where it holds."""
    error = case.get("error")
    try:
        policy = case.get("policy", [])
        policies = loaded((policy,) if isinstance(policy, str) else tuple(policy), alone=case.get("alone", False))
        facts = mt.facts_from_json(case["facts_text"]) if "facts_text" in case else native(case["facts"], mt.Facts)
        known_on = date.fromisoformat(case["known_on"]) if "known_on" in case else None
        as_of = date.fromisoformat(case["as_of"])
        verdict = policies.evaluate(case["decision"], facts, as_of=as_of, known_on=known_on, **case.get("given", {}))
        again = rebuilt(verdict)
        found = again.to_json()
        if found != verdict.to_json():
            return f"the record says\n  {found}\nand the core\n  {verdict.to_json()}"
        said = {lang: again.explain(lang, policies=policies) for lang in ("zh", "en")} if error is None and ("sha256" in case or "says" in case) else {}
    except mt.TrainingError as raised:
        if error is None:
            return f"an error: {raised}"
        return None if fits(error, raised.problems) else f"another error than {error}: {raised}"
    if error is not None:
        return f"no error, where {error} is expected"
    if "sha256" in case:
        told = "\n".join([found, said["zh"], said["en"]])
        return None if hashlib.sha256(told.encode()).hexdigest() == case["sha256"] else f"another hash, of\n{told}"
    expect = case["expect"]
    expected = expect if isinstance(expect, str) else json.dumps(expect, ensure_ascii=False, separators=(",", ":"))
    if found != expected:
        return f"expected\n  {expected}\nand got\n  {found}"
    for lang, lines in case.get("says", {}).items():
        if said[lang] != "\n".join(lines):
            return f"expected\n{lines}\nand it says\n{said[lang]}"
    return None


def answers(case: dict[str, Any]) -> dict[str, str]:
    """What is answered beside the verdict, as text; each answer is built again field by field before it becomes JSON."""
    if "year" in case:
        return {"calendar": mt.to_json(rebuilt(mt.calendar(case["policy_id"], case["year"])))}
    decision, facts, others = case["decision"], native(case["facts"], mt.Facts), native(case["others"], mt.Facts)
    asked = {"as_of": date.fromisoformat(case["as_of"]), **case.get("given", {})}
    sealed = rebuilt(mt.receipt(decision, facts, **asked)).to_json()
    verdict = rebuilt(mt.evaluate(decision, facts, **asked))
    languages = ("zh", "en")
    return {
        "said": "\n".join(verdict.explain(lang) for lang in languages),
        "remedies": mt.to_json(rebuilt(mt.remedies(decision, facts, **asked))),
        "remedies_said": "\n".join("\n".join(mt.remedy_sentences(decision, facts, lang, **asked)) for lang in languages),
        "what_if": mt.to_json(rebuilt(mt.what_if(decision, facts, others, **asked))),
        "what_if_said": "\n".join("\n".join(mt.what_if_sentences(decision, facts, others, lang, **asked)) for lang in languages),
        "why": mt.to_json(rebuilt(mt.why(decision, facts, **asked))),
        "portions": mt.to_json(rebuilt(mt.portions(decision, facts, **asked))),
        "labels": mt.to_json(rebuilt(mt.labels(decision, **asked))),
        "receipt": sealed,
        "verification": mt.to_json(rebuilt(mt.verify(sealed, facts))),
        "verification_of_others": mt.to_json(rebuilt(mt.verify(sealed, others))),
    }


def misanswered(case: dict[str, Any]) -> str | None:
    """Which answers are not as they should be; nothing where all hold."""
    try:
        found = answers(case)
    except mt.TrainingError as raised:
        return f"an error: {raised}"
    expected = case["answers"]
    if found.keys() != expected.keys():
        return f"answers {sorted(found)} and not {sorted(expected)}"
    wrong = [f"{name}: {text}" for name, text in found.items() if expected[name] not in ({"text": text}, {"sha256": hashlib.sha256(text.encode()).hexdigest()})]
    return "\n".join(wrong) or None


def fits(error: Any, problems: Sequence[mt.Problem]) -> bool:
    """Whether these are the problems that a case expects: all of a list, or one of a code and perhaps a place."""
    if isinstance(error, list):
        return {(wanted["code"], wanted["place"]) for wanted in error} == {(problem.code, problem.place) for problem in problems}
    wanted = {"code": error} if isinstance(error, str) else error
    return any(problem.code == wanted["code"] and wanted.get("place", problem.place) == problem.place for problem in problems)


def main(folders: Sequence[Path]) -> int:
    """Runs every case of these folders, and gives the exit status."""
    run = failed = 0
    for file in (file for folder in folders for file in sorted(folder.glob("*.json"))):
        cases = json.loads(file.read_text("utf-8"))
        for place, case in enumerate(cases if isinstance(cases, list) else [cases]):
            run += 1
            wrong = misanswered(case) if "answers" in case else misfit(case)
            if wrong is not None:
                failed += 1
                print(f"{file.name}[{place}]: {wrong}", file=sys.stderr)
    print(f"python: {run - failed} of {run} cases hold")
    return 1 if failed else 0


if __name__ == "__main__":
    here = Path(__file__).parent
    sys.exit(main([Path(folder) for folder in sys.argv[1:]] or [here / "cases", here / "answers"]))
