"""Learners' copies of the lessons: outputs taken out, nothing of theirs ever touched."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from copies import copy_lessons


def write_lesson(path: Path, source: str = "print(2)", output: str = "2\n") -> None:
    answer = new_code_cell(source, execution_count=3, outputs=[new_output("stream", text=output)])
    answer.metadata = {
        "tags": ["answer"],
        "collapsed": True,
        "jupyter": {"outputs_hidden": True, "source_hidden": False},
    }
    path.parent.mkdir(exist_ok=True)
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Größe"), answer]), path)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    write_lesson(tmp_path / "notebooks/01_a.ipynb")
    write_lesson(tmp_path / "notebooks/02_b.ipynb")
    return tmp_path / "notebooks"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "my work"


def test_copies_without_outputs(lessons: Path, work: Path) -> None:
    assert copy_lessons(lessons, work) == ([], [])
    assert names(work) == ["01_a.ipynb", "02_b.ipynb"]
    copy = nbformat.read(work / "01_a.ipynb", as_version=4)
    nbformat.validate(copy)
    answer = copy.cells[1]
    assert (answer.outputs, answer.execution_count) == ([], None)
    assert answer.metadata == {"tags": ["answer"], "jupyter": {"source_hidden": False}}
    assert copy.cells[0].source == "# Größe"


def test_a_solution_stays_folded(lessons: Path, work: Path) -> None:
    """Its output comes when all cells are run, and shall not be read by accident."""
    lesson = nbformat.read(lessons / "01_a.ipynb", as_version=4)
    lesson.cells[1].metadata["tags"] = ["solution"]
    nbformat.write(lesson, lessons / "01_a.ipynb")
    copy_lessons(lessons, work)
    copy = nbformat.read(work / "01_a.ipynb", as_version=4)
    assert copy.cells[1].metadata["jupyter"]["outputs_hidden"]
    assert copy.cells[1].outputs == []


def test_leaves_work_alone_and_says_nothing(lessons: Path, work: Path) -> None:
    copy_lessons(lessons, work)
    mine = nbformat.read(work / "01_a.ipynb", as_version=4)
    mine.cells[1].source = "my answer"
    nbformat.write(mine, work / "01_a.ipynb")
    before = (work / "01_a.ipynb").read_bytes()
    assert copy_lessons(lessons, work) == ([], [])
    assert (work / "01_a.ipynb").read_bytes() == before


def test_outputs_saved_anew_are_no_new_lesson(lessons: Path, work: Path) -> None:
    copy_lessons(lessons, work)
    write_lesson(lessons / "01_a.ipynb", output="2.0\n")
    assert copy_lessons(lessons, work) == ([], [])
    assert names(work) == ["01_a.ipynb", "02_b.ipynb"]


def test_offers_a_newer_lesson_beside(lessons: Path, work: Path) -> None:
    copy_lessons(lessons, work)
    before = (work / "01_a.ipynb").read_bytes()
    for number in (2, 3):
        write_lesson(lessons / "01_a.ipynb", source=f"print({number} + 1)")
        notes, failures = copy_lessons(lessons, work)
        new = work / f"01_a-{number}.ipynb"
        changed = "01_a.ipynb has changed since your copy was made"
        assert (notes, failures) == ([f"{changed}: the new one is {new}."], [])
        assert f"print({number} + 1)" in new.read_text(encoding="utf-8")
        assert copy_lessons(lessons, work) == ([], [])
    assert (work / "01_a.ipynb").read_bytes() == before


def test_a_deleted_copy_comes_back(lessons: Path, work: Path) -> None:
    copy_lessons(lessons, work)
    (work / "01_a.ipynb").unlink()
    assert copy_lessons(lessons, work) == ([], [])
    assert names(work) == ["01_a.ipynb", "02_b.ipynb"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"metadata": 1}', b"\xff\xfe"])
def test_a_damaged_copy_is_left_alone(lessons: Path, work: Path, damage: bytes) -> None:
    work.mkdir()
    (work / "01_a.ipynb").write_bytes(damage)
    notes, failures = copy_lessons(lessons, work)
    assert (len(notes), failures) == (1, [])
    assert (work / "01_a.ipynb").read_bytes() == damage
    assert names(work) == ["01_a-2.ipynb", "01_a.ipynb", "02_b.ipynb"]
    assert copy_lessons(lessons, work) == ([], [])


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"cells": [1]}', '{"cells": 1}'])
def test_a_damaged_lesson_is_named_and_the_others_come(
    lessons: Path, work: Path, damage: str
) -> None:
    (lessons / "01_a.ipynb").write_text(damage)
    notes, failures = copy_lessons(lessons, work)
    expected = f"The lesson {lessons / '01_a.ipynb'} is damaged and was not copied."
    assert (notes, failures) == ([], [expected])
    assert names(work) == ["02_b.ipynb"]


def test_no_lessons(tmp_path: Path) -> None:
    _, failures = copy_lessons(tmp_path / "none", tmp_path / "work")
    assert failures == [f"There are no lessons (*.ipynb) in the folder {tmp_path / 'none'}."]


def run(root: Path, *arguments: str | Path) -> subprocess.CompletedProcess:
    """As `make lab` does it, by path; and by a Python that has no packages."""
    script = str(root / "tools/copies.py")
    command = [sys.executable, "-E", "-s", "-S", script, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


def test_command_is_silent(root: Path, lessons: Path, work: Path) -> None:
    for _ in range(2):
        done = run(root, lessons, work)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert json.loads((work / "01_a.ipynb").read_text(encoding="utf-8"))["cells"]


def test_command_says_why_it_cannot_write(root: Path, lessons: Path, work: Path) -> None:
    work.write_text("a file, not a folder")
    done = run(root, lessons, work)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith(f"The lesson {lessons / '01_a.ipynb'} could not be copied to")


def test_lessons_open_though_one_could_not_be_copied(root: Path, lessons: Path, work: Path) -> None:
    """An image for others (`--all`) is not built without it."""
    (lessons / "01_a.ipynb").write_text("{")
    says = f"The lesson {lessons / '01_a.ipynb'} is damaged and was not copied.\n"
    done = run(root, lessons, work)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", says)
    assert names(work) == ["02_b.ipynb"]
    assert run(root, "--all", lessons, work).returncode == 1


def test_nothing_to_open_is_an_error(root: Path, tmp_path: Path) -> None:
    assert run(root, tmp_path / "none", tmp_path / "work").returncode == 1
