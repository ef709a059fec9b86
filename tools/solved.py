"""Writes the notebooks solved: each solution in the place of its stub, each right letter chosen.

    python tools/solved.py notebooks solved

It also says where an exercise does not stand in its notebook as it should.
"""

import argparse
import copy
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from exercises.engine import catalogue
from exercises.engine.model import Exercise, Predict, Written
from exercises.engine.stub import solution_code, stub_name
from notebook_file import NotebookError, read, save, without_outputs
from reading import asks, checks, tags

DOTS = re.compile(r"\.check\(\s*\.\.\.\s*\)[^\n]*")


def solved(notebook: NotebookNode) -> NotebookNode:
    """A copy with every exercise solved.

    Raises:
        NotebookError: if a check has no stub before it, or no dots in it, to be replaced.
    """
    notebook = copy.deepcopy(notebook)
    for index, exercise_id in checks(notebook):
        exercise = catalogue.find(exercise_id)
        if isinstance(exercise, Predict):
            cell = notebook.cells[index]
            right, count = DOTS.subn(f'.check("{exercise.answer}")', cell.source)
        else:
            cell = notebook.cells[index - 1]
            rest = after_stub(exercise, cell)
            right, count = f"{solution_code(exercise)}{rest}", rest is not None
        if not count:
            raise NotebookError(f"cell {index + 1}: {exercise_id} has no place to solve")
        cell.source = right
    return notebook


def after_stub(exercise: Written, cell: NotebookNode) -> str | None:
    """What follows the stub in a cell that begins with it; None for any other cell."""
    stub = exercise.stub.strip()
    rest = cell.source.removeprefix(stub)
    begins = cell.cell_type == "code" and cell.source.startswith(stub)
    return rest if begins and (not rest or rest.startswith("\n")) else None


# How exercises stand in a notebook


def misplaced(notebook: NotebookNode, lesson: int) -> Iterator[str]:
    """A sentence for each exercise of a lesson that does not stand in its notebook as it should."""
    found = checks(notebook)
    ids = [check.exercise_id for check in found]
    expected = catalogue.of_lesson(lesson) if lesson in catalogue.lessons() else ()
    for exercise in expected:
        count = ids.count(exercise.id)
        if count > 1 or not (count or exercise.optional):
            yield f"{exercise.id} is checked {count} times"
    known = {exercise.id: exercise for exercise in expected}
    for index, exercise_id in found:
        if exercise_id not in known:
            yield f"cell {index + 1} checks {exercise_id}, which is no exercise of this lesson"
        else:
            yield from _around(notebook, index, known[exercise_id])


def _around(notebook: NotebookNode, index: int, exercise: Exercise) -> Iterator[str]:
    before, cell = notebook.cells[index - 1], notebook.cells[index]
    after = notebook.cells[index + 1 : index + 2]
    place = f"cell {index + 1} ({exercise.id})"
    if isinstance(exercise, Predict):
        if not cell.source.startswith(f'exercise("{exercise.id}").check(...)'):
            yield f"{place} does not begin with the check of three dots"
        if not asks(before):
            yield f"{place} has no question (**Predict.**) before it"
        for text in (exercise.prompt, *exercise.choices.values()):
            if _words(text) not in _words(before.source):
                yield f"{place} should be asked with the words: {text}"
        if not after or "answer" not in tags(after[0]):
            yield f"{place} is not followed by a cell tagged answer"
    else:
        name = stub_name(exercise)
        check = f'exercise("{exercise.id}").check({name})'
        if cell.source not in (check, f"{name} = {check}"):
            yield f"{place} should only check {stub_name(exercise)}"
        if after_stub(exercise, before) is None:
            yield f"{place} has no cell before it that begins with\n{exercise.stub.strip()}"


def _words(text: str) -> str:
    return " ".join(text.split())


def main() -> int:
    """Writes a solved copy of every notebook in a folder; outputs come when they are run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", type=Path, help="the folder of the notebooks")
    parser.add_argument("target", type=Path, help="the folder for the solved ones")
    arguments = parser.parse_args()
    failed = False
    arguments.target.mkdir(parents=True, exist_ok=True)
    for path in sorted(arguments.lessons.glob("*.ipynb")):
        try:
            notebook = solved(read(path))
        except (NotebookError, LookupError) as error:
            failed = True
            print(f"{path.name}, {error}", file=sys.stderr)
        else:
            without_outputs(notebook)
            save(notebook, arguments.target / path.name)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
