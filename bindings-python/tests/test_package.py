"""The package as it is installed: the command, the types, the documents."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import medtrain as mt
import pytest
from medtrain import _medtrain, _types

COMMAND = Path(sys.executable).with_name("medtrain")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_comes_with_the_package() -> None:
    listed = run(COMMAND, "policies")
    assert listed.returncode == 0 and "cq-2017-25" in listed.stdout, listed.stderr
    assert run(COMMAND, "evaluate", "nothing").returncode == 2
    assert run(sys.executable, "-m", "medtrain", "--version").stdout.startswith("medtrain ")


def test_examples_and_stub_pass_mypy(root: Path) -> None:
    package = root / "bindings-python"
    strict = run(sys.executable, "-m", "mypy", "--strict", *sorted((package / "examples").glob("*.py")))
    assert strict.returncode == 0, strict.stdout + strict.stderr
    stub = run(sys.executable, "-m", "mypy.stubtest", "medtrain._medtrain")
    assert stub.returncode == 0, stub.stdout + stub.stderr


def test_the_package_passes_mypy() -> None:
    folder = Path(inspect.getfile(mt)).parent
    assert (folder / "py.typed").exists()
    strict = run(sys.executable, "-m", "mypy", "--strict", "-p", "medtrain")
    assert strict.returncode == 0, strict.stdout + strict.stderr


@pytest.mark.parametrize("example", sorted((Path(__file__).parents[1] / "examples").glob("*.py")), ids=lambda path: path.name)
def test_an_example_runs(example: Path) -> None:
    ran = run(sys.executable, example)
    assert ran.returncode == 0 and ran.stdout, ran.stderr


@pytest.mark.parametrize("page", ["README.md", "bindings-python/README.md"])
def test_the_python_of_a_page_runs(page: str, root: Path) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", (root / page).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert blocks
    for block in blocks:
        exec(compile(block, page, "exec"), {})  # noqa: S102


def test_everything_says_what_it_is() -> None:
    for name in mt.__all__:
        value = getattr(mt, name)
        if inspect.isclass(value) or inspect.isfunction(value) or inspect.isbuiltin(value):
            assert value.__doc__, name
    for name, member in inspect.getmembers(_medtrain.PolicySet):
        assert name.startswith("_") or member.__doc__, name


def test_every_code_of_a_problem_is_there() -> None:
    assert mt.ProblemCode("inexact_number") is mt.ProblemCode.INEXACT_NUMBER
    assert len(mt.ProblemCode) > 30 and mt.SubjectKind.PUBLIC.zh == "公需科目"
    assert set(_types.__all__) <= set(mt.__all__)
