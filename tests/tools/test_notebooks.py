"""Running notebooks and saving their outputs."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import notebooks
from notebook_file import WIDGET_VIEW, read, save, text_of


def write(path: Path, *sources: str, **metadata: object) -> bytes:
    cells = [new_markdown_cell("# Title"), *(new_code_cell(source) for source in sources)]
    cells[-1].metadata.update(metadata)
    nbformat.write(new_notebook(cells=cells), path)
    return path.read_bytes()


def test_saves_outputs_and_nothing_of_the_machine(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    many = "for n in range(3):\n    print(n, flush=True)\ndisplay('shown')\nprint('last')"
    write(path, "import os, sys", many, "os.getcwd() == sys.argv[0]", tags=["answer"])
    before = nbformat.read(path, as_version=4)
    save(notebooks.run(path), path)

    text = path.read_text(encoding="utf-8")
    after = nbformat.read(path, as_version=4)
    assert text == json.dumps(json.loads(text), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    assert [cell.id for cell in after.cells] == [cell.id for cell in before.cells]
    assert [cell.get("execution_count") for cell in after.cells] == [None, 1, 2, 3]
    shown = [output.get("text") or output.data["text/plain"] for output in after.cells[2].outputs]
    assert shown == ["0\n1\n2\n", "'shown'", "last\n"]
    assert after.metadata.kernelspec.name == "python3"
    assert "version" not in after.metadata.language_info
    assert after.cells[2].metadata == {}
    assert after.cells[3].metadata == {
        "collapsed": True,
        "jupyter": {"outputs_hidden": True},
        "slideshow": {"slide_type": "fragment"},
        "tags": ["answer"],
    }


def test_runs_in_the_notebooks_folder_with_this_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever other kernel somebody has installed under the name that every notebook has."""
    other = tmp_path / "share/kernels/python3/kernel.json"
    other.parent.mkdir(parents=True)
    other.write_text('{"argv": ["no such program"], "display_name": "", "language": "python"}')
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    path = tmp_path / "a.ipynb"
    write(path, "import os, sys\nprint(os.getcwd())\nprint(sys.prefix)")
    said = notebooks.run(path).cells[1].outputs[0].text
    assert said.splitlines() == [str(tmp_path), sys.prefix]


def test_saving_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    slider = "from ipywidgets import IntSlider\ndisplay(IntSlider(), IntSlider())"
    write(path, slider, "IntSlider()")
    saved = []
    for _ in range(2):
        save(notebooks.run(path), path)
        saved.append(path.read_bytes())
    assert saved[0] == saved[1]
    shown = [output for cell in read(path).cells for output in cell.get("outputs", [])]
    assert len({output.data[WIDGET_VIEW]["model_id"] for output in shown}) == 3


def test_every_tool_lays_a_file_out_in_the_same_way(lesson_path: Path) -> None:
    """As nbformat and JupyterLab do, whether nbformat has read it or not."""
    text, notebook = lesson_path.read_text(encoding="utf-8"), read(lesson_path)
    assert text == text_of(json.loads(text)) == text_of(notebook)
    assert text == nbformat.writes(notebook).rstrip("\n") + "\n"


def test_saves_the_whole_file_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    before = write(path, "1")
    notebook = read(path)
    notebook.cells[1].source = "\ud800"  # UTF-8 has no bytes for it.
    with pytest.raises(UnicodeEncodeError):
        save(notebook, path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_does_not_save_what_went_wrong(root: Path, tmp_path: Path) -> None:
    wrong = {
        "error": write(tmp_path / "error.ipynb", "x = 1", "x / 0\nx"),
        "noise": write(tmp_path / "noise.ipynb", "import sys\nprint('hm', file=sys.stderr)"),
    }
    (tmp_path / "damaged.ipynb").write_text("{")
    write(tmp_path / "right.ipynb", "1 + 1")
    command = [sys.executable, str(root / "tools/notebooks.py"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout == f"Saved {tmp_path / 'right.ipynb'}\n"
    said = [line for line in done.stderr.splitlines() if line.startswith("Not saved")]
    damaged, error, noise = said
    assert damaged.startswith(f"Not saved: {tmp_path / 'damaged.ipynb'} cannot be read")
    assert error == "Not saved: error.ipynb, cell 3 (x / 0): ZeroDivisionError: division by zero"
    assert noise == "Not saved: noise.ipynb, cell 2 (import sys) writes to stderr: hm"
    for name, before in wrong.items():
        assert (tmp_path / f"{name}.ipynb").read_bytes() == before


def main(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["notebooks.py", *map(str, arguments)])
    return notebooks.main()


def test_runs_only_what_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    before = write(tmp_path / "a.ipynb", "1")
    write(tmp_path / "b.ipynb", "1")
    assert main(monkeypatch, tmp_path, "b", "c") == 1
    assert capsys.readouterr().out == f"Saved {tmp_path / 'b.ipynb'}\n"
    assert (tmp_path / "a.ipynb").read_bytes() == before


def test_an_empty_folder_is_no_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    assert main(monkeypatch, tmp_path) == 1
    assert capsys.readouterr() == ("", f"There are no notebooks in the folder {tmp_path}.\n")
