"""Learners run cells again: a second pass in the same kernel shows what the first one showed."""

from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

import notebooks


def shown(notebook: NotebookNode) -> list[tuple[str, dict[str, str]]]:
    """Of each code cell its source and the words it shows, streams put together."""
    found = []
    for cell in notebook.cells:
        words: dict[str, str] = {}
        for output in cell.get("outputs", []):
            parts = {output.get("name"): output.get("text", ""), **output.get("data", {})}
            for kind in parts.keys() & {"stdout", "text/plain", "text/html"}:
                words[kind] = words.get(kind, "") + parts[kind]
        found.append((cell.source, words))
    return found


def two_passes(path: Path) -> tuple[list, list]:
    """What every cell shows, and what it shows when all are run once more."""
    client = notebooks.client_for(notebooks.read(path), path.parent)
    with client.setup_kernel():
        notebooks.run_cells(client)
        first = shown(client.nb)
        notebooks.run_cells(client)
        return first, shown(client.nb)


def test_runs_twice(lesson_path: Path) -> None:
    first, second = two_passes(lesson_path)
    for before, again in zip(first, second, strict=True):
        assert again == before


def test_finds_a_cell_that_cannot_be_run_again(tmp_path: Path) -> None:
    sources = ["try:\n    count += 1\nexcept NameError:\n    count = 0", "print(count)"]
    path = tmp_path / "counts.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(source) for source in sources]), path)
    first, second = two_passes(path)
    assert [words for _, words in first] == [{}, {"stdout": "0\n"}]
    assert [words for _, words in second] == [{}, {"stdout": "1\n"}]


def test_says_where_the_second_pass_fails(tmp_path: Path) -> None:
    path = tmp_path / "gone.ipynb"
    cells = [new_code_cell("x = 1") if n == 0 else new_code_cell("del y") for n in range(2)]
    cells.insert(0, new_code_cell("if 'x' not in globals():\n    y = 1"))
    nbformat.write(new_notebook(cells=cells), path)
    with pytest.raises(notebooks.NotebookError, match=r"cell 3 \(del y\): NameError"):
        two_passes(path)
