"""What several tests share."""

import itertools
import os
import tempfile
from pathlib import Path

import pytest
from nbval.plugin import IPyNbCell

ROOT = Path(__file__).resolve().parents[1]

# The notebooks are saved, and so compared, with nothing solved; nobody's own progress is touched.
NOBODYS = tempfile.TemporaryDirectory()
os.environ["LESSONS_PROGRESS"] = str(Path(NOBODYS.name, "progress.json"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder: for its files only, `helpers` is imported as installed."""
    return ROOT


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs a test with the argument `lesson_path` once for each notebook."""
    if "lesson_path" in metafunc.fixturenames:
        lessons = sorted(ROOT.glob("notebooks/*.ipynb"))
        metafunc.parametrize("lesson_path", lessons, ids=lambda path: path.stem)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Runs the cells of each notebook once more in the same kernel, as learners do.

    Both passes are compared with the saved outputs. In a fresh kernel of its own, the second pass
    would cost another start of TensorFlow.
    """
    for _, cells in itertools.groupby(list(items), key=lambda item: item.parent):
        first = [cell for cell in cells if isinstance(cell, IPyNbCell)]
        if first:
            behind = items.index(first[-1]) + 1
            items[behind:behind] = map(once_more, first)


def once_more(cell: IPyNbCell) -> IPyNbCell:
    """The same cell as a test of its own."""
    return IPyNbCell.from_parent(
        cell.parent,
        name=f"{cell.name}, again",
        cell_num=cell.cell_num,
        cell=cell.cell,
        options=cell.options,
    )
