"""The conformance cases of ``cases/*.json``, run through Python.

JSON becomes records field by field, which are asked about; the verdict, a record too, is built again field by field and becomes canonical JSON, of
which the bytes are compared.

A file holds a case, or a list of them: ``{decision, facts, given, as_of, known_on?, policy?, expect | error}``. ``policy`` is the text of a policy file,
or a list of them; ``error`` is a code, or has ``code`` and ``place``.

    python tests/run_python.py [FOLDER]
"""

from __future__ import annotations

import json
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
        if hint is Decimal and value.strip() == value and "_" not in value:
            return Decimal(value)
        if hint is date and len(value) == 10:
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


def misfit(case: dict[str, Any]) -> str | None:
    """What is wrong with a case; nothing where it holds."""
    error = case.get("error")
    try:
        policies = mt.PolicySet.builtin()
        policy = case.get("policy", [])
        for place, told in enumerate([policy] if isinstance(policy, str) else policy):
            policies = policies.load_text(f"policy-{place}.toml", told)
        facts = native(case["facts"], mt.Facts)
        known_on = date.fromisoformat(case["known_on"]) if "known_on" in case else None
        as_of = date.fromisoformat(case["as_of"])
        verdict = policies.evaluate(case["decision"], facts, as_of=as_of, known_on=known_on, **case.get("given", {}))
        found = rebuilt(verdict).to_json()
        if found != verdict.to_json():
            return f"the record says\n  {found}\nand the core\n  {verdict.to_json()}"
    except mt.TrainingError as raised:
        if error is None:
            return f"an error: {raised}"
        wanted = {"code": error} if isinstance(error, str) else error
        fits = any(problem.code == wanted["code"] and wanted.get("place", problem.place) == problem.place for problem in raised.problems)
        return None if fits else f"another error than {error}: {raised}"
    if error is not None:
        return f"no error, where {error} is expected"
    expect = case["expect"]
    expected = expect if isinstance(expect, str) else json.dumps(expect, ensure_ascii=False, separators=(",", ":"))
    return None if found == expected else f"expected\n  {expected}\nand got\n  {found}"


def main(folder: Path) -> int:
    """Runs every case of a folder, and gives the exit status."""
    run = failed = 0
    for file in sorted(folder.glob("*.json")):
        cases = json.loads(file.read_text("utf-8"))
        for place, case in enumerate(cases if isinstance(cases, list) else [cases]):
            run += 1
            wrong = misfit(case)
            if wrong is not None:
                failed += 1
                print(f"{file.name}[{place}]: {wrong}", file=sys.stderr)
    print(f"python: {run - failed} of {run} cases hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "cases"))
