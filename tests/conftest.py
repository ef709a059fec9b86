"""What several tests share."""

import importlib
import itertools
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from nbval.plugin import IPyNbCell

import reading
from environment import PROGRESS

ROOT = Path(__file__).resolve().parents[1]

# The notebooks are saved, and so compared, with nothing solved; nobody's own progress is touched.
NOBODYS = tempfile.TemporaryDirectory()
os.environ[PROGRESS] = str(Path(NOBODYS.name, "progress.json"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder: for its files only, `helpers` is imported as installed."""
    return ROOT


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs a test with the argument `lesson_path` once for each notebook."""
    if "lesson_path" in metafunc.fixturenames:
        lessons = sorted(ROOT.glob("notebooks/*.ipynb"))
        metafunc.parametrize("lesson_path", lessons, ids=lambda path: path.stem)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Starts each notebook with nothing solved, whatever was solved in another."""
    if isinstance(item, IPyNbCell):
        os.environ[PROGRESS] = str(Path(NOBODYS.name, f"{item.path.stem}.json"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Runs each notebook's cells once more in the same kernel, as learners do: solved by then.

    In a kernel of its own, the second pass would cost another start of TensorFlow.
    """
    for _, group in itertools.groupby(list(items), key=lambda item: item.parent):
        cells = [item for item in group if isinstance(item, IPyNbCell)]
        if cells:
            behind = items.index(cells[-1]) + 1
            items[behind:behind] = second_pass(cells)


def second_pass(cells: list[IPyNbCell]) -> list[IPyNbCell]:
    """The cells as they are when every exercise is solved, each a test of its own."""
    whole = cells[0].parent.nb
    checked = reading.checks(whole)
    solved = importlib.import_module("solved").solved(whole) if checked else whole
    code = [n for n, cell in enumerate(whole.cells) if cell.cell_type == "code"]
    found = []
    for cell in cells:
        place = code[cell.cell_num]
        again = CellAgain.from_parent(
            cell.parent,
            name=f"{cell.name}, again",
            cell_num=cell.cell_num,
            cell=solved.cells[place],
            options=cell.options,
        )
        again.exercises = [check.exercise_id for check in checked if check.index == place]
        again.is_answered = solved.cells[place].source != cell.cell.source
        found.append(again)
    return found


RIGHT = r"^Exercise (\S+), .*: (?:correct|you chose \w)\.$"
"""What a right answer is told. The letters that are chosen in the second pass are the right ones,
and a choice that is not the first would be told `you chose b, after a`."""


class CellAgain(IPyNbCell):
    """A cell in the second pass: an exercise is right, and all else shows what it showed before."""

    def compare_outputs(self, test: list, ref: list, skip_compare: Any = None) -> bool:
        """Called by nbval with what the cell shows and what was saved."""
        if self.exercises:
            said = "\n".join(output.get("data", {}).get("text/plain", "") for output in test)
            self.comparison_traceback = [said]
            right = re.findall(RIGHT, said, re.MULTILINE)
            return right == self.exercises
        waited = "is not ...:" in self.cell.source  # For an answer, which is there now.
        return self.is_answered or waited or super().compare_outputs(test, ref, skip_compare)
