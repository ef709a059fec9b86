"""What it means that a notebook passes: its words are compared, twice in one kernel."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

SHOW = "from IPython.display import HTML, display\ndisplay(HTML({page!r}))"
PAGE = '<img alt="W is {w}" src="data:image/png;base64,{pixels}"><p>after {epochs} epochs</p>'
NOW = {"w": "3.20", "pixels": "iVBOR+w0/KGgo==", "epochs": "ten"}


def outcomes(root: Path, folder: Path) -> str:
    """What `make test` says of the notebooks in a folder."""
    shutil.copy(root / "tests/conftest.py", folder)
    options = ["--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-v"]
    sanitize = ["--nbval-sanitize-with", str(root / "tests/sanitize.cfg")]
    command = [sys.executable, "-m", "pytest", *options, *sanitize, str(folder)]
    tools = {**os.environ, "PYTHONPATH": str(root / "tools")}
    return subprocess.run(command, cwd=folder, env=tools, capture_output=True, text=True).stdout


def test_only_pixels_may_differ(root: Path, tmp_path: Path) -> None:
    saved = {"pixels": "AAAA", "caption": "twenty", "alt": "3.30"}
    for name, value in saved.items():
        key = {"pixels": "pixels", "caption": "epochs", "alt": "w"}[name]
        page, before = PAGE.format(**NOW), PAGE.format(**NOW | {key: value})
        data = {"text/html": before, "text/plain": "<IPython.core.display.HTML object>"}
        cell = new_code_cell(SHOW.format(page=page), execution_count=1)
        cell.outputs = [new_output("display_data", data)]
        nbformat.write(new_notebook(cells=[cell]), tmp_path / f"{name}.ipynb")
    said = outcomes(root, tmp_path)
    assert "pixels.ipynb::Cell 0 PASSED" in said
    assert "caption.ipynb::Cell 0 FAILED" in said
    assert "alt.ipynb::Cell 0 FAILED" in said


@pytest.mark.parametrize(
    ("sources", "failing"),
    [
        (["try:\n    count += 1\nexcept NameError:\n    count = 0", "print(count)"], "Cell 1"),
        (["if 'x' not in globals():\n    y = 1", "x = 1", "del y"], "Cell 2"),
    ],
    ids=["shows something else", "raises"],
)
def test_finds_a_cell_that_cannot_be_run_again(
    sources: list[str], failing: str, root: Path, tmp_path: Path
) -> None:
    cells = [new_code_cell(source, execution_count=n) for n, source in enumerate(sources, 1)]
    if sources[-1] == "print(count)":
        cells[-1].outputs = [new_output("stream", name="stdout", text="0\n")]
    nbformat.write(new_notebook(cells=cells), tmp_path / "again.ipynb")
    lines = [line for line in outcomes(root, tmp_path).splitlines() if "::Cell" in line]
    failed = [line for line in lines if "FAILED" in line and "%" in line]
    assert len([line for line in lines if "%" in line]) == 2 * len(sources)
    assert [f"::{failing}, again FAILED" in line for line in failed] == [True]
