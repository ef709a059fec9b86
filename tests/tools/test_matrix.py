"""The matrix: all is run, also after a failure, and the table says how each went."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = "#!/bin/sh\n"


@pytest.fixture
def matrix(root: Path, tmp_path: Path):
    """Runs the real script in a project whose tests do nothing but end as they are told."""

    def matrix(*missing: str, **ends: int) -> tuple[int, list[str], str]:
        project = tmp_path / "some where"
        (project / ".ci").mkdir(parents=True)
        (project / "binder").mkdir()
        shutil.copy(root / ".ci/matrix", project / ".ci/matrix")
        shutil.copy(root / "binder/runtime.txt", project / "binder/runtime.txt")
        find = 'case " {} " in *" $1 "*) echo "Python $1 is needed"; exit 1;; esac\n'
        write(project / ".ci/find_python", find.format(" ".join(missing)) + "command -v python3\n")
        for name in ("colab", "binder"):
            write(project / ".ci" / name, f"echo running {name}\nexit {ends.get(name, 0)}\n")
        (project / "Makefile").write_text(
            f"test:\n\t@echo running pins; test -f new.txt && exit {ends.get('pins', 0)}\n"
        )
        (project / "new.txt").write_text("not yet in git")
        subprocess.run(["git", "init", "--quiet", str(project)], check=True)
        done = subprocess.run(
            [str(project / ".ci/matrix")], cwd=tmp_path, capture_output=True, text=True
        )
        lines = done.stdout.splitlines()
        heading = next(n for n, line in enumerate(lines) if line.split()[:1] == ["what"])
        return done.returncode, lines[heading + 1 :], done.stdout

    return matrix


def write(path: Path, script: str) -> None:
    path.write_text(SCRIPT + script)
    path.chmod(0o755)


def results(table: list[str]) -> list[str]:
    return [line[20:].split(maxsplit=1)[1] for line in table]


def test_all_pass(matrix) -> None:
    code, table, said = matrix()
    assert (code, results(table)) == (0, ["passed"] * 5)
    assert [line[:20].strip() for line in table] == [
        *("pins, Python 3.11", "pins, Python 3.12", "pins, Python 3.13", "Colab", "Binder")
    ]
    assert said.count("running") == 5


def test_a_failure_does_not_end_it(matrix) -> None:
    code, table, said = matrix(pins=1)
    assert (code, results(table)) == (1, ["FAILED"] * 3 + ["passed"] * 2)
    assert said.count("running") == 5


def test_the_last_failure_counts(matrix) -> None:
    code, table, _ = matrix(binder=3)
    assert (code, results(table)) == (1, ["passed"] * 4 + ["FAILED"])


def test_what_is_not_there_is_named(matrix) -> None:
    code, table, said = matrix("3.11", "3.13")
    missing = [f"skipped: Python {version} is needed" for version in ("3.11", "3.13")]
    expected = [missing[0], "passed", missing[1], missing[1], "passed"]
    assert (code, results(table)) == (0, expected)
    assert said.count("running") == 2
