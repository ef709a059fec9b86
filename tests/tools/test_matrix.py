"""`.ci/run` and the matrix: all is run, also after a failure, and the table says how each went."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="written for the shells of Linux and macOS")
# There is no Python but those that are asked for by a version, and of these some are missing.
FIND_PYTHON = """\
case " {missing} " in *" $1 "*) echo "Python $1 is needed"; exit 1;; esac
test -n "$1" && command -v python3
"""
# The copies of the matrix hold what is not yet in git.
MAKEFILE = """\
test test-browser test-site test-faults .venv/.site:
\t@echo running $@ $(MOMENTS); test -f new.txt && ! echo " {failing} " | grep -q " $@ "
"""
MATRIX = ["pins, Python 3.11", "pins, Python 3.12", "pins, Python 3.13", "Colab", "Binder"]
RUN = ["Installation", "Tests", "Browser", "Site", "Faults", "Colab"]


@pytest.fixture
def ci(root: Path, tmp_path: Path):
    """Runs a real script in a project whose parts do nothing but end as they are told."""

    def ci(script: str, missing: str = "", failing: str = "") -> tuple[int, dict[str, str], str]:
        project = tmp_path / "some where"
        (project / ".ci").mkdir(parents=True)
        (project / "binder").mkdir()
        for name in (f".ci/{script}", ".ci/parts", "binder/runtime.txt"):
            shutil.copy(root / name, project / name)
        write(project / ".ci/find_python", FIND_PYTHON.format(missing=missing))
        for name in ("colab", "binder"):
            write(project / ".ci" / name, f"echo running {name}\nexit {3 * (name in failing)}\n")
        (project / "Makefile").write_text(MAKEFILE.format(failing=failing))
        (project / "new.txt").write_text("not yet in git")
        subprocess.run(["git", "init", "--quiet", str(project)], check=True)
        command = [str(project / ".ci" / script)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        _, table = done.stdout.split(f"\n{'what':20} minutes   result\n")
        results = {line[:20].strip(): line[20:].split(maxsplit=1)[1] for line in table.splitlines()}
        return done.returncode, results, done.stdout

    return ci


def write(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}")
    path.chmod(0o755)


@pytest.mark.parametrize(("script", "parts"), [("matrix", MATRIX), ("run", RUN)])
def test_all_pass(ci, script: str, parts: list[str]) -> None:
    code, results, said = ci(script)
    assert (code, results) == (0, dict.fromkeys(parts, "passed"))
    assert list(results) == parts
    assert said.count("running") == len(parts)


@pytest.mark.parametrize(
    ("script", "failing", "failed"),
    [
        ("matrix", "test", MATRIX[:3]),
        ("matrix", "binder", ["Binder"]),
        ("run", "test", ["Tests"]),
        ("run", "test-faults .venv/.site", ["Installation", "Faults"]),
        ("run", "colab", ["Colab"]),
    ],
)
def test_a_failure_ends_nothing_and_counts(ci, script, failing, failed) -> None:
    code, results, said = ci(script, failing=failing)
    assert code == 1
    assert [part for part, result in results.items() if result == "FAILED"] == failed
    assert list(results.values()).count("passed") == len(results) - len(failed)
    assert said.count("running") == len(results)


def test_what_is_not_there_is_named(ci) -> None:
    code, results, said = ci("matrix", missing="3.11 3.13")
    missing = [f"skipped: Python {version} is needed" for version in ("3.11", "3.13")]
    expected = [missing[0], "passed", missing[1], missing[1], "passed"]
    assert (code, list(results.values())) == (0, expected)
    assert said.count("running") == 2


def test_what_must_be_run_is(ci) -> None:
    _, _, said = ci("run")
    commands = [line for line in said.splitlines() if line.startswith("running")]
    assert [line.removeprefix("running ").strip() for line in commands] == [
        *(".venv/.site", "test", "test-browser", "test-site", "test-faults 1", "colab")
    ]
