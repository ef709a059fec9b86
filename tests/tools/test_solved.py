"""Every notebook, solved: each solution fits in the place of its stub.

That it is found correct there is proved where nbval runs a notebook the second time.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import solved
from environment import PROGRESS, RESULTS
from exercises.engine import catalogue
from exercises.engine.model import Function, Predict
from exercises.engine.stub import solution_code, stub_name
from notebook_file import read
from reading import checks


def lesson_of(path: Path) -> int:
    return int(path.name[:2])


@contextmanager
def results_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[list[str]]]:
    """A list that in the end has each check's exercise and state, as the engine wrote them."""
    found: list[list[str]] = []
    monkeypatch.setenv(RESULTS, str(folder / "results"))
    monkeypatch.setenv(PROGRESS, str(folder / "progress.json"))
    yield found
    for line in (folder / "results").read_text(encoding="utf-8").splitlines():
        result = json.loads(line)
        found.append([result["exercise"], result["state"]])


def test_exercises_stand_in_their_places(lesson_path: Path) -> None:
    notebook = read(lesson_path)
    wrong = list(solved.misplaced(notebook, lesson_of(lesson_path)))
    assert not wrong, "\n".join([lesson_path.name, *wrong])


def test_every_lesson_with_exercises_has_its_notebook(root: Path) -> None:
    assert set(catalogue.lessons()) <= {lesson_of(path) for path in root.glob("notebooks/*.ipynb")}


# Notebooks with all the exercises of a lesson and nothing else


def whole(lesson: int) -> NotebookNode:
    cells = [new_code_cell("import tensorflow as tf\nfrom exercises import exercise")]
    for exercise in catalogue.of_lesson(lesson):
        if isinstance(exercise, Predict):
            choices = [f"- {letter}) {text}" for letter, text in exercise.choices.items()]
            asked = "\n".join([f"**Predict.** {exercise.prompt}", "", *choices])
            dots = f'exercise("{exercise.id}").check(...)  # replace the dots by "a" or "b"'
            answer = new_code_cell("1 + 1", metadata={"tags": ["answer"]})
            cells += [new_markdown_cell(asked), new_code_cell(dots), answer]
        else:
            name = stub_name(exercise)
            stub = f"{exercise.stub.strip()}\n\n\nprint({name})"
            check = f'exercise("{exercise.id}").check({name})'
            # What the check gives back may be kept.
            check = f"{name} = {check}" if exercise.id.endswith("2") else check
            cells += [new_markdown_cell("### Your turn"), new_code_cell(stub), new_code_cell(check)]
    return new_notebook(cells=cells)


@pytest.mark.parametrize("lesson", catalogue.lessons())
def test_only_stubs_and_dots_are_replaced(lesson: int) -> None:
    before = whole(lesson)
    assert list(solved.misplaced(before, lesson)) == []
    expected = [cell.source for cell in before.cells]
    for index, exercise_id in checks(before):
        exercise = catalogue.find(exercise_id)
        if isinstance(exercise, Predict):
            expected[index] = f'exercise("{exercise_id}").check("{exercise.answer}")'
        else:
            use = f"\n\n\nprint({stub_name(exercise)})"
            expected[index - 1] = solution_code(exercise) + use
    after = solved.solved(before)
    assert [cell.source for cell in after.cells] == expected
    for cell in after.cells[1:]:
        if cell.cell_type == "code":
            compile(cell.source, "<cell>", "exec")


def test_solved_and_unsolved_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [check.exercise_id for check in checks(whole(2))]
    expected = [[name, state] for state in ("not attempted", "correct") for name in ids]

    def execute(notebook: NotebookNode) -> None:
        learners: dict[str, object] = {}
        for cell in notebook.cells:
            if cell.cell_type == "code":
                exec(cell.source, learners)

    with results_in(tmp_path, monkeypatch) as found:
        execute(whole(2))
        execute(solved.solved(whole(2)))
    assert found == expected


PREDICTION = next(e for e in catalogue.of_lesson(2) if isinstance(e, Predict))
TASK = next(e for e in catalogue.of_lesson(2) if isinstance(e, Function))
NAME = stub_name(TASK)

Change = Callable[[list[NotebookNode], int], None]


def source(offset: int, old: str, new: str) -> Change:
    """Change a cell's text; the cell that checks has the offset 0."""

    def change(cells: list[NotebookNode], place: int) -> None:
        assert old in cells[place + offset].source
        cells[place + offset].source = cells[place + offset].source.replace(old, new, 1)

    return change


def remove(offset: int) -> Change:
    return lambda cells, place: cells.pop(place + offset)


def again(cells: list[NotebookNode], place: int) -> None:
    cells += cells[place - 1 : place + 2]


@pytest.mark.parametrize(
    ("exercise", "change", "says"),
    [
        (TASK, source(-1, NAME, "another"), "begins with"),
        (TASK, source(-1, "def", "x = 1\ndef"), "begins with"),
        (TASK, source(-1, "\n\n\nprint", "  # mine\n\n\nprint"), "begins with"),
        (TASK, source(0, f"({NAME})", f"({NAME})  # done"), f"should only check {NAME}"),
        (TASK, source(0, TASK.id, "2.99"), "checks 2.99, which is no exercise of this lesson"),
        (TASK, source(0, TASK.id, "2.99"), f"{TASK.id} is checked 0 times"),
        (TASK, source(0, "exercise", "# exercise"), f"{TASK.id} is checked 0 times"),
        (TASK, again, f"{TASK.id} is checked 2 times"),
        (PREDICTION, source(0, "...", '"a"'), "does not begin with the check of three dots"),
        (PREDICTION, source(-1, "**Predict.**", "Predict."), "has no question"),
        (PREDICTION, source(-1, PREDICTION.prompt, "What?"), "should be asked with the words"),
        (PREDICTION, source(-1, PREDICTION.choices["c"], "?"), "should be asked with the words"),
        (PREDICTION, remove(1), "is not followed by a cell tagged answer"),
        (PREDICTION, remove(-1), "has no question"),
        (PREDICTION, remove(0), f"{PREDICTION.id} is checked 0 times"),
    ],
)
def test_finds_what_is_wrong(exercise: object, change: Change, says: str) -> None:
    notebook = whole(2)
    place = next(c.index for c in checks(notebook) if c.exercise_id == exercise.id)
    change(notebook.cells, place)
    wrong = list(solved.misplaced(notebook, 2))
    assert any(says in sentence for sentence in wrong), wrong


def test_optional_exercises_may_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    optional = [replace(exercise, optional=True) for exercise in catalogue.of_lesson(2)]
    monkeypatch.setattr(catalogue, "of_lesson", lambda _: optional)
    assert list(solved.misplaced(new_notebook(), 2)) == []


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    lessons, target = tmp_path / "lessons", tmp_path / "solved"
    lessons.mkdir()
    nbformat.write(whole(2), lessons / "02_good.ipynb")
    nbformat.write(new_notebook(), lessons / "01_empty.ipynb")
    broken = [new_code_cell("x = ..."), new_code_cell(f'exercise("{TASK.id}").check(x)')]
    nbformat.write(new_notebook(cells=broken), lessons / "03_broken.ipynb")
    monkeypatch.setattr("sys.argv", ["solved.py", str(lessons), str(target)])
    assert solved.main() == 1
    says = f"03_broken.ipynb, cell 2: {TASK.id} has no place to solve\n"
    assert capsys.readouterr() == ("", says)
    assert sorted(path.name for path in target.iterdir()) == ["01_empty.ipynb", "02_good.ipynb"]
    written = read(target / "02_good.ipynb")
    assert written.cells[1:] != whole(2).cells[1:]
