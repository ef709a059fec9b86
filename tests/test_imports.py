"""Imports point one way, and what learners read stays short."""

import ast
from pathlib import Path

import pytest

import helpers

HOUSE = Path(helpers.__file__).parent
LEARNERS_READ = ["data.py", "training.py", "plotting.py"]


def imported_by(path):
    """The full names of all modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.name} has a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def belongs(name, package):
    return name == package or name.startswith(f"{package}.")


DIRECTIONS = {
    "data.py": ["helpers.training", "helpers.plotting", "matplotlib", "IPython"],
    "training.py": ["helpers.data", "helpers.plotting", "matplotlib", "IPython"],
    "plotting.py": ["helpers.explore", "ipywidgets", "anywidget", "matplotlib.pyplot"],
    "worker.py": ["helpers.plotting", "exercises", "matplotlib", "IPython", "ipywidgets"],
    "machinery": ["helpers.data", "helpers.training", "helpers.plotting"],
    "exercises": ["helpers.data", "helpers.training", "helpers.plotting"],
}


@pytest.mark.parametrize("part", DIRECTIONS)
def test_imports_point_one_way(part):
    path = HOUSE / part
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    assert files
    for file in files:
        for name in imported_by(file):
            wrong = [package for package in DIRECTIONS[part] if belongs(name, package)]
            assert not wrong, f"{file.relative_to(HOUSE)} imports {name}"


def test_nothing_uses_the_global_state_of_pyplot():
    for file in HOUSE.rglob("*.py"):
        assert "matplotlib.pyplot" not in imported_by(file)


def test_what_trains_knows_nothing_of_pictures():
    """Also by way of the machinery that `data` and `training` stand on."""
    seen, waiting = set(), ["data.py", "training.py"]
    while waiting:
        file = HOUSE / waiting.pop()
        for name in imported_by(file):
            assert not belongs(name, "matplotlib"), f"{file.name} imports {name}"
            parts = name.removeprefix("helpers.").split(".")
            for end in range(1, len(parts) + 1):
                module = Path(*parts[:end]).with_suffix(".py")
                if name.startswith("helpers.") and (HOUSE / module).exists() and module not in seen:
                    seen.add(module)
                    waiting.append(module)
    assert Path("machinery/graph.py") in seen


def lines_of(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def test_what_learners_read_is_short():
    assert sum(lines_of(HOUSE / name) for name in LEARNERS_READ) < 700


def test_no_file_is_long():
    """Lists of exercises are data: they may be as long as there is to ask."""
    for path in set(HOUSE.rglob("*.py")) - set(HOUSE.glob("exercises/lesson_*.py")):
        assert lines_of(path) <= 330, f"{path.relative_to(HOUSE)} has {lines_of(path)} lines"
