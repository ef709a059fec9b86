"""Imports point one way, and what learners read stays short: the house as a test."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import exercises
import helpers

HOUSE = [Path(helpers.__file__).parent, Path(exercises.__file__).parent]

# The parts of the house, and what of our own each may import beside itself. Of the names that a
# module begins with, the longest says which part it belongs to. Nothing imports `tools`.
MAY_IMPORT = {
    "helpers": {"helpers._internal", "helpers.data", "helpers.training", "helpers.plotting"},
    "helpers._internal": set(),
    "helpers.errors": set(),
    "helpers.exercises": set(),
    "helpers.data": {"helpers._internal"},
    "helpers.training": {"helpers._internal"},
    "helpers.plotting": {"helpers._internal", "helpers.training"},
    "helpers.checkup": {"helpers", "helpers.data", "helpers.training"},
    "helpers.explore": {
        "helpers", "helpers._internal", "helpers.data", "helpers.training", "helpers.plotting"
    },
    "helpers.scaling": {"helpers", "helpers._internal", "helpers.data", "helpers.training"},
    "helpers.scaling.cost": {"helpers", "helpers._internal", "helpers.plotting"},
    "exercises": {"helpers", "exercises.engine"},
    "exercises.engine": {"helpers.training", "exercises"},
    "exercises.concepts": {"exercises.engine"},
    "exercises.lesson_": {
        "helpers.data", "helpers.training", "exercises.engine", "exercises.concepts"
    },
}  # fmt: skip
# What there is, of other people's, to draw and to show with.
PICTURES = {"matplotlib", "IPython", "ipywidgets", "anywidget", "PIL"}
LEARNERS_READ = ["data.py", "training.py", "plotting.py"]


def module_of(path: Path) -> str:
    """Its full name: `helpers.explore.widget`."""
    folder = next(folder for folder in HOUSE if path.is_relative_to(folder))
    parts = path.relative_to(folder.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


FILES = {module_of(path): path for folder in HOUSE for path in sorted(folder.rglob("*.py"))}


def imported_by(module: str) -> Iterator[str]:
    """The modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module} has a relative import"
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in FILES else node.module for name in whole)


def part_of(module: str) -> str:
    """The part of the house that a module belongs to; "" for other people's houses."""
    if module in ("helpers", "exercises"):
        return module
    parts = [part for part in MAY_IMPORT if "." in part and module.startswith(part)]
    return max(parts, key=len, default="")


def wrong_arrows(module: str, imported: Iterable[str]) -> list[str]:
    """What a module imports although it may not."""
    allowed = MAY_IMPORT[part_of(module)] | {part_of(module), ""}
    return [name for name in imported if part_of(name) not in allowed]


@pytest.mark.parametrize("module", FILES)
def test_imports_point_one_way(module):
    assert part_of(module), f"{module} is in no part of the house: name it in MAY_IMPORT"
    assert wrong_arrows(module, imported_by(module)) == []


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("helpers._internal.checks", "helpers.training"),
        ("helpers.data", "helpers.training"),
        ("helpers.training", "helpers.data"),
        ("helpers.training", "helpers.plotting"),
        ("helpers.plotting", "helpers.explore.widget"),
        ("helpers.scaling.worker", "helpers.plotting"),
        ("helpers.explore.lines", "exercises.engine.check"),
        ("exercises.engine.check", "helpers.plotting"),
        ("exercises.engine.run", "exercises.lesson_04"),
        ("exercises.lesson_04", "helpers.plotting"),
        ("helpers.errors", "helpers.data"),
    ],
)
def test_a_new_arrow_is_found(module, name):
    assert module in FILES
    assert wrong_arrows(module, [name]) == [name]


def reached_from(module: str) -> set[str]:
    """A module and all of our own that it stands on."""
    seen, waiting = {module}, [module]
    while waiting:
        found = {name for name in imported_by(waiting.pop()) if name in FILES} - seen
        seen |= found
        waiting += found
    return seen


@pytest.mark.parametrize("module", ["helpers.data", "helpers.training", "helpers.scaling.worker"])
def test_what_trains_knows_nothing_of_pictures(module):
    """Also by way of what it stands on. A progress bar is imported when it is asked for."""
    stands_on = reached_from(module) - {"helpers", "helpers._internal.progress_bar"}
    assert "helpers._internal.checks" in stands_on
    for name in stands_on:
        shown = {each for each in imported_by(name) if each.partition(".")[0] in PICTURES}
        assert not shown, f"{name} imports {shown}"


def test_nothing_imports_a_tool(root):
    """Colab has none: they are not installed."""
    tools = {path.stem for path in root.glob("tools/*.py")} | {"tools"}
    assert "copies" in tools
    for module in FILES:
        assert not tools & {name.partition(".")[0] for name in imported_by(module)}, module


def test_nothing_uses_the_global_state_of_pyplot():
    """Pictures are made as objects, so that none is shown twice or by accident."""
    for module in FILES:
        assert not {"matplotlib.pyplot", "pylab"} & set(imported_by(module)), module


def lines_of(*paths: Path) -> int:
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)


def test_what_learners_read_is_short():
    (house, _) = HOUSE
    assert lines_of(*(house / name for name in LEARNERS_READ)) <= 650
    assert lines_of(house / "README.md") <= 20
    assert lines_of(*house.rglob("*.py")) <= 3250


def test_no_file_is_long():
    """Exercises and their mistakes are data: they may be as long as there is to ask."""
    for module, path in FILES.items():
        if not module.startswith(("exercises.lesson_", "exercises.concepts")):
            assert lines_of(path) <= 700, f"{module} has {lines_of(path)} lines"
