"""Comparing saved outputs leaves out the pixels of a picture, and nothing else."""

import subprocess
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

SHOW = "from IPython.display import HTML, display\ndisplay(HTML({page!r}))"
PAGE = '<img alt="W is {w}" src="data:image/png;base64,{pixels}"><p>after {epochs} epochs</p>'
NOW = {"w": "3.20", "pixels": "iVBOR+w0/KGgo==", "epochs": "ten"}


def test_only_pixels_may_differ(root: Path, tmp_path: Path) -> None:
    saved = {"pixels": "AAAA", "caption": "twenty", "alt": "3.30"}
    for name, value in saved.items():
        key = {"pixels": "pixels", "caption": "epochs", "alt": "w"}[name]
        page, before = PAGE.format(**NOW), PAGE.format(**NOW | {key: value})
        data = {"text/html": before, "text/plain": "<IPython.core.display.HTML object>"}
        cell = new_code_cell(SHOW.format(page=page), execution_count=1)
        cell.outputs = [new_output("display_data", data)]
        nbformat.write(new_notebook(cells=[cell]), tmp_path / f"{name}.ipynb")

    options = ["--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-v"]
    sanitize = ["--nbval-sanitize-with", str(root / "tests/sanitize.cfg")]
    command = [sys.executable, "-m", "pytest", *options, *sanitize, str(tmp_path)]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).stdout

    assert "pixels.ipynb::Cell 0 PASSED" in said
    assert "caption.ipynb::Cell 0 FAILED" in said
    assert "alt.ipynb::Cell 0 FAILED" in said
