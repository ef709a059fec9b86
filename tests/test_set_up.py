"""The first cell of each lesson fetches our packages where they are missing, and only there."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

OURS = ["helpers/__init__.py", "helpers/checkup.py", "exercises/__init__.py"]
BEFORE_THE_EXERCISES_MOVED = ["helpers/__init__.py", "helpers/checkup.py"]
ANOTHER = ["helpers.py"]


def set_up(root: Path) -> str:
    """The source of the cell, which is the same in each lesson (`lesson_lint` sees to that)."""
    cells = json.loads((root / "notebooks/01_tensors.ipynb").read_text(encoding="utf-8"))["cells"]
    (code,) = ["".join(c["source"]) for c in cells if "setup" in c["metadata"].get("tags", [])]
    return code


def make(folder: Path, names: list[str]) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


@pytest.mark.parametrize(
    ("beside", "installed", "fetches", "works"),
    [
        ([], OURS, False, True),
        ([], [], True, True),
        ([], BEFORE_THE_EXERCISES_MOVED, True, True),
        ([], ANOTHER, True, True),
        (ANOTHER, [], True, False),
        (ANOTHER, OURS, False, False),
    ],
    ids=["there", "missing", "old", "another installed", "another beside", "another in front"],
)
def test_knows_our_helpers_from_another(root, tmp_path, beside, installed, fetches, works):
    """Where a file `helpers.py` of the learner's is in the way, the failing line says so."""
    packages, folder = tmp_path / "packages", tmp_path / "folder"
    make(packages, installed)
    make(folder, beside)
    folder.mkdir(exist_ok=True)
    lines = set_up(root).splitlines()
    (pip,) = [number for number, line in enumerate(lines) if line.lstrip().startswith("%pip")]
    lines[pip] = "    fetch()"
    preface = f"""
import importlib, pathlib, sys
sys.path[:0] = ["", {str(packages)!r}]
def fetch():
    print("fetched")
    for name in {OURS}:
        path = pathlib.Path({str(packages)!r}, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    importlib.invalidate_caches()
"""
    cell = tmp_path / "cell.py"
    cell.write_text(preface + "\n".join(lines), encoding="utf-8")
    # Without `site`, no package that is really installed can be found.
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-P", str(cell)], cwd=folder, capture_output=True, text=True
    )
    assert done.stdout == ("fetched\n" if fetches else "")
    assert (done.returncode == 0) == works, done.stderr
    assert ("Another `helpers` is in the way" in done.stderr) != works


def test_an_old_copy_is_told_where_the_exercises_are():
    with pytest.raises(ImportError, match="write `from exercises import exercise`"):
        from helpers.exercises import exercise  # noqa: F401
