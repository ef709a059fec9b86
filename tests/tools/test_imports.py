"""A tool loads TensorFlow, `helpers` or `exercises` only if its work needs them."""

import subprocess
import sys
from pathlib import Path

import pytest

import environment
from exercises.engine import exercise, progress

# They look exercises up, and an exercise holds its solution as a function that uses TensorFlow.
MAY_LOAD_THEM = ["diagnose", "grade", "redrawn", "solved"]
# As when the tool is run by its path: its folder is the first to be searched.
IMPORT = """
import importlib, sys
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    importlib.import_module(name)
    print(name, *{"tensorflow", "helpers", "exercises"} & set(sys.modules))
"""


def tools_of(root: Path) -> list[str]:
    return sorted(path.stem for path in root.glob("tools/*.py"))


def loaded_by(root: Path, *tools: str) -> dict[str, set[str]]:
    """What is loaded after each of these tools was imported, one after another."""
    command = [sys.executable, "-c", IMPORT, str(root / "tools"), *tools]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {line.split()[0]: set(line.split()[1:]) for line in said.splitlines()}


def test_tools_load_what_they_need(root: Path) -> None:
    """In one process: nothing that one tool loads could hide behind another, for nothing is."""
    others = [name for name in tools_of(root) if name not in MAY_LOAD_THEM]
    assert {"isolated_run", "notebooks", "pages", "slides", "student"} <= set(others)
    assert loaded_by(root, *others) == {name: set() for name in others}


@pytest.mark.parametrize("name", MAY_LOAD_THEM)
def test_the_others_need_exercises(root: Path, name: str) -> None:
    assert "\nfrom exercises." in (root / f"tools/{name}.py").read_text(encoding="utf-8")


def test_the_engine_looks_for_the_same_variables() -> None:
    assert environment.PROGRESS == progress.PLACE
    for name in ("RESULTS", "STRICT", "WITHHELD"):
        assert getattr(environment, name) == getattr(exercise, name)
