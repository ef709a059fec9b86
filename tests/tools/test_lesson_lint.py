"""Every lesson has the shape that the series promises, and each check of it can fail."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import lesson_lint
from lesson_lint import Check
from notebook_file import tidy

CHECKS = [*lesson_lint.EVERYWHERE, *lesson_lint.IN_LESSONS]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_lesson(lesson_path: Path, check: Check) -> None:
    if check in lesson_lint.IN_LESSONS and lesson_path.name[:2] == "00":
        pytest.skip("holds for the lessons, from 01 on")
    wrong = list(check(nbformat.read(lesson_path, as_version=4)))
    assert not wrong, "\n".join([lesson_path.name, *wrong])


def test_setup_cell(lesson_path: Path, root: Path) -> None:
    wrong = list(lesson_lint.has_the_setup_cell(nbformat.read(lesson_path, as_version=4), root))
    assert not wrong, "\n".join([lesson_path.name, *wrong])


def test_setup_cell_is_silent_where_helpers_is_installed(root: Path, tmp_path: Path) -> None:
    twice = (
        "import sys; from IPython.core.interactiveshell import InteractiveShell as S\n"
        "for _ in range(2): S.instance().run_cell(sys.argv[1]).raise_error()"
    )
    command = [sys.executable, "-c", twice, lesson_lint.expected_setup(root)]
    home = {**os.environ, "IPYTHONDIR": str(tmp_path)}
    run = subprocess.run(command, cwd=tmp_path, env=home, capture_output=True, text=True)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_links_of_lesson(lesson_path: Path) -> None:
    wrong = list(lesson_lint.lost_links(nbformat.read(lesson_path, as_version=4), lesson_path))
    assert not wrong, "\n".join([lesson_path.name, *wrong])


def test_links_of_documents(root: Path) -> None:
    wrong = [
        f"{path.name}: {found}"
        for path in root.glob("*.md")
        for found in lesson_lint.broken_links(path.read_text(encoding="utf-8"), path)
    ]
    assert not wrong, "\n".join(wrong)


def test_each_lesson_of_the_series_has_an_explorer(root: Path) -> None:
    for path in sorted((root / "notebooks").glob("0[1-6]_*.ipynb")):
        assert '"explore.' in path.read_text(encoding="utf-8"), path.name


# Each check finds what it is there to find

PICTURE = {
    "text/html": '<img alt="W rises from 5.00 to 3.20 in ten epochs" '
    'src="data:image/png;base64,/tmp/work/root/">',
    "image/png": "iVBORw0KGgo=",
    "text/plain": "W falls from 5.00 to 3.20",
}


@pytest.fixture
def lesson(root: Path) -> NotebookNode:
    """A small lesson with which nothing is wrong."""
    opening = "**You will be able to** add.\n\n**You need** lesson 00.\n\n**Time** 5 minutes."
    setup = new_code_cell(lesson_lint.expected_setup(root), metadata={"tags": ["setup"]})
    parts = [new_markdown_cell("# Adding"), new_markdown_cell(opening), setup]
    explorer = [new_markdown_cell("## On\n\n### Try\n\nMove."), new_code_cell("explore.sums()")]
    for begin in ([new_markdown_cell("## Sums")], explorer):
        answer = new_code_cell(
            'print(1 + 1)\nexercise("1.P1").why()', metadata={"tags": ["answer"]}
        )
        answer.outputs = [new_output("stream", text="2\n")]
        parts += [*begin, new_markdown_cell("**Predict.** What is 1 + 1?")]
        parts += [new_code_cell('exercise("1.P1").check(...)'), answer]
        parts += [new_markdown_cell("### Your turn"), new_code_cell("total = ...")]
        parts += [new_code_cell('exercise("1.1").check(total)')]
    picture = new_code_cell("draw()", outputs=[new_output("display_data", PICTURE)])
    parts += [picture, new_markdown_cell("## You can now\n\n### New words\n\nSum")]
    notebook = new_notebook(cells=parts)
    for count, (_, cell) in enumerate(lesson_lint.cells(notebook, "code"), 1):
        cell.execution_count = count
    return tidy(notebook)


def test_checks_accept_a_good_lesson(lesson: NotebookNode, root: Path) -> None:
    assert not [wrong for check in CHECKS for wrong in check(lesson)]
    assert not list(lesson_lint.has_the_setup_cell(lesson, root))


def spoil(**changes: object) -> Callable[[NotebookNode], None]:
    """Changes the cell of the good lesson that answers its first question."""
    return lambda notebook: notebook.cells[6].update(changes)


def remove(number: int) -> Callable[[NotebookNode], None]:
    """Takes a cell away."""
    return lambda notebook: notebook.cells.pop(number)


def say(text: str) -> Callable[[NotebookNode], None]:
    """Adds a text cell."""
    return lambda notebook: notebook.cells.append(new_markdown_cell(text))


def show(kind: str, value: str | None) -> Callable[[NotebookNode], None]:
    """Replaces a part of the picture, or takes it away."""

    def change(notebook: NotebookNode) -> None:
        data = notebook.cells[-2].outputs[0].data
        data[kind] = value
        if value is None:
            del data[kind]

    return change


def drop(text: str) -> Callable[[NotebookNode], None]:
    """Takes words out of the text cells."""

    def change(notebook: NotebookNode) -> None:
        for _, cell in lesson_lint.cells(notebook, "markdown"):
            cell.source = cell.source.replace(text, "")

    return change


@pytest.mark.parametrize(
    ("check", "change"),
    [
        ("is_executed_in_order", spoil(execution_count=None)),
        ("is_executed_in_order", spoil(execution_count=7)),
        ("is_executed_in_order", spoil(source=" ")),
        ("has_no_stderr", spoil(outputs=[new_output("stream", name="stderr", text="I0000")])),
        ("has_no_stderr", spoil(outputs=[new_output("error", ename="E", evalue="")])),
        ("names_no_machine", spoil(source='open("/home/me/x")')),
        ("names_no_machine", spoil(outputs=[new_output("stream", text="/tmp/x")])),
        ("names_no_machine", show("text/html", "<p>/Users/me</p>")),
        ("names_no_machine", say("Look in `C:\\data`.")),
        ("has_short_cells", spoil(source="x = 1\n" * 26)),
        ("has_short_cells", say("word\n" * 41)),
        ("has_headings_in_order", say("# A second title")),
        ("has_headings_in_order", say("##### Too deep")),
        ("has_headings_in_order", drop("# Adding")),
        ("describes_pictures", show("text/html", "<b>no picture</b>")),
        ("describes_pictures", show("text/html", '<img alt="too short" src="">')),
        ("describes_pictures", show("text/html", '<img src="">')),
        ("describes_pictures", show("text/plain", "<Figure size 640x480 with 1 Axes>")),
        ("describes_pictures", show("image/png", None)),
        ("describes_linked_pictures", say("![](https://example.org/x.png)")),
        ("describes_linked_pictures", say('<img src="https://example.org/x.png">')),
        ("has_the_tags_we_know", spoil(metadata={"tags": ["nbval-ignore-output"]})),
        ("has_the_tags_we_know", spoil(metadata={"tags": ["raises-exception"]})),
        ("has_the_tags_we_know", spoil(source="# NBVAL_SKIP\n1")),
        ("is_saved_by_make_notebooks", spoil(metadata={"tags": ["answer"], "scrolled": True})),
        ("folds_answers", spoil(metadata={"tags": ["answer"]})),
        ("folds_answers", spoil(metadata={})),
        ("folds_answers", spoil(outputs=[])),
        ("folds_answers", spoil(source="print(1 + 1)")),
        ("folds_answers", drop("**Predict.**")),
        ("closes_details", say("<details>")),
        ("says_what_is_to_come", drop("**You need**")),
        ("asks_twice_before_it_shows", drop("**Predict.**")),
        ("sets_two_tasks", drop("### Your turn")),
        ("asks_twice_before_it_shows", remove(5)),
        ("sets_two_tasks", remove(8)),
        ("sets_two_tasks", remove(9)),
        ("sets_two_tasks", say("### Your turn")),
        ("asks_after_a_try", drop("### Try")),
        ("asks_after_a_try", remove(10)),
        ("asks_after_a_try", remove(12)),
        ("asks_after_a_try", spoil(source="explore.sums()", metadata={})),
        ("ends_well", drop("## You can now")),
        ("ends_well", drop("### New words")),
    ],
)
def test_check_finds(check: str, change: Callable, lesson: NotebookNode) -> None:
    change(lesson)
    assert list(getattr(lesson_lint, check)(lesson))


def test_setup_check_finds(lesson: NotebookNode, root: Path) -> None:
    lesson.cells[2].source += "\n"
    assert list(lesson_lint.has_the_setup_cell(lesson, root))
    lesson.cells[2].metadata.tags = []
    assert list(lesson_lint.has_the_setup_cell(lesson, root))


def test_link_check_finds(lesson: NotebookNode, tmp_path: Path) -> None:
    back = "its last text cell has no link to 01_a.ipynb"
    first, second = tmp_path / "01_a.ipynb", tmp_path / "02_b.ipynb"
    say("[on](02_b.ipynb#Sums)")(lesson)
    nbformat.write(lesson, first)
    nbformat.write(lesson, second)
    assert not list(lesson_lint.lost_links(lesson, first))
    assert list(lesson_lint.lost_links(lesson, second)) == [back]
    for target in ("03_c.ipynb", "02_b.ipynb#Nothing", "#Nothing", "../README.md"):
        say(f"[gone]({target}) and [on](02_b.ipynb)")(lesson)
        assert list(lesson_lint.lost_links(lesson, first))
        lesson.cells.pop()
