"""Copies for a class: without solutions, and never over somebody's work."""

from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import student
from exercises.engine import catalogue
from exercises.engine import exercise as coach
from student import copy_all, for_students

FOLDED = "<details><summary>{word}</summary>\n\nTwo, of course.\n\n</details>"
BOTH = "\n\n".join(FOLDED.format(word=word) for word in ("Hint", "Solution"))


def lesson() -> NotebookNode:
    hidden = {"collapsed": True, "jupyter": {"outputs_hidden": True}, "tags": ["answer"]}
    shown = [new_output("stream", text="2\n")]
    return new_notebook(
        cells=[
            new_code_cell("import helpers", metadata={"tags": ["setup"]}),
            new_markdown_cell(f"### Your turn\n\nAdd.\n\n{BOTH}"),
            new_code_cell("1 + 1", metadata=hidden, outputs=shown, execution_count=1),
            new_markdown_cell(FOLDED.format(word="A solution")),
            new_markdown_cell(FOLDED.format(word="Another hint")),
            new_code_cell("print(2)", metadata={"tags": ["solution"]}),
            new_code_cell("print('2?')", metadata={"tags": ["hint"]}),
            new_markdown_cell(FOLDED.format(word="More about it")),
        ]
    )


def test_solutions_are_taken_out_and_hints_stay() -> None:
    copy = for_students(lesson())
    nbformat.validate(copy)
    hint, more = FOLDED.format(word="Hint"), FOLDED.format(word="More about it")
    assert [cell.source for cell in copy.cells[1:]] == [
        f"### Your turn\n\nAdd.\n\n{hint}",
        "1 + 1",
        FOLDED.format(word="Another hint"),
        "print('2?')",
        more,
    ]
    answer = copy.cells[2]
    assert (answer.outputs, answer.execution_count) == ([], None)
    assert answer.metadata == {"tags": ["answer"], "jupyter": {}}


def test_hints_are_taken_out_if_asked() -> None:
    copy = for_students(lesson(), hints=False)
    sources = [cell.source for cell in copy.cells[1:]]
    assert sources == ["### Your turn\n\nAdd.", "1 + 1", FOLDED.format(word="More about it")]


@pytest.mark.parametrize("hints", [True, False])
def test_methods_are_switched_off(hints: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    for show in ("show_note", "show_code"):
        monkeypatch.setattr(coach, show, lambda _, text: said.append(text))
    monkeypatch.setenv(coach.WITHHELD, "")
    exec(for_students(lesson(), hints=hints).cells[0].source, {})
    definition = next(exercise for exercise in catalogue.of_lesson(2) if exercise.hints)
    asked = coach.Attempt(definition)
    for ask in (asked.solution, asked.solution, asked.hint):
        ask()
    off = "is switched off in this copy. Ask your teacher."
    hint = definition.hints[0] if hints else f"`.hint()` {off}"
    assert said == [f"`.solution()` {off}"] * 2 + [hint]


def test_nobodys_work_is_overwritten(tmp_path: Path) -> None:
    lessons, target = tmp_path / "lessons", tmp_path / "my class"
    lessons.mkdir()
    for name in ("01_a.ipynb", "02_b.ipynb"):
        nbformat.write(lesson(), lessons / name)
    assert copy_all(lessons, target) == ([target / "01_a.ipynb", target / "02_b.ipynb"], [])

    worked_on = nbformat.read(target / "01_a.ipynb", as_version=4)
    worked_on.cells[2].source = "my answer"
    nbformat.write(worked_on, target / "01_a.ipynb")
    before = (target / "01_a.ipynb").read_bytes()
    says = f"{target / '01_a.ipynb'} is somebody's work and was left alone."
    assert copy_all(lessons, target, hints=False) == ([target / "02_b.ipynb"], [says])
    assert (target / "01_a.ipynb").read_bytes() == before
    assert "Hint" not in (target / "02_b.ipynb").read_text(encoding="utf-8")

    written, failures = copy_all(lessons, lessons)
    assert (written, len(failures)) == ([], 2)
    assert nbformat.read(lessons / "01_a.ipynb", as_version=4).cells[1].source.endswith(BOTH)


def test_the_command_says_what_it_cannot_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    (tmp_path / "01_a.ipynb").write_text("{")
    nbformat.write(lesson(), tmp_path / "02_b.ipynb")
    target = tmp_path / "class"
    arguments = ["student.py", str(tmp_path), str(target), "--without-hints"]
    monkeypatch.setattr("sys.argv", arguments)
    assert student.main() == 1
    out, err = capsys.readouterr()
    assert out == f"Wrote {target / '02_b.ipynb'}\n"
    assert err.startswith(f"Not copied: {tmp_path / '01_a.ipynb'} cannot be read")
    assert len(err.splitlines()) == 1
    assert "solution hint" in (target / "02_b.ipynb").read_text(encoding="utf-8")


def test_no_notebooks(tmp_path: Path) -> None:
    says = f"There are no notebooks in the folder {tmp_path}."
    assert copy_all(tmp_path, tmp_path / "class") == ([], [says])
