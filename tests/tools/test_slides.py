"""What is a slide is decided by a rule; decks show what they should and need no network."""

import json
import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import npm
import slides
from reading import asks, exercise_of, tags


@pytest.fixture
def lesson() -> NotebookNode:
    """A small lesson with everything that a lesson has."""
    answer = new_code_cell("print(1 + 1)", metadata={"tags": ["answer"]})
    answer.outputs = [new_output("stream", text="2\n")]
    live = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "Run me."}
    return new_notebook(
        cells=[
            new_markdown_cell("[![Open](https://example.org/badge.svg)](https://x.org)\n\n# Sums"),
            new_markdown_cell("**You will be able to** add."),
            new_markdown_cell("## Set up"),
            new_code_cell("import helpers", metadata={"tags": ["setup"]}),
            new_code_cell("import numpy"),
            new_markdown_cell("## Add"),
            new_markdown_cell("**Predict.** What is 1 + 1?"),
            new_code_cell('exercise("1.P1").check(...)'),
            answer,
            new_markdown_cell("Two."),
            new_markdown_cell("### Your turn\n\nAdd."),
            new_code_cell("total = ..."),
            new_code_cell('exercise("1.1").check(total)'),
            new_markdown_cell("This is ours:"),
            new_code_cell("total = 1 + 1", outputs=[new_output("display_data", live)]),
            new_markdown_cell("## You can now\n\n- add;\n\n### New words\n\n| word | meaning |"),
            new_markdown_cell("Next: [Lesson 02](02_on.ipynb)"),
        ]
    )


def test_the_rule_on_a_small_lesson(lesson: NotebookNode) -> None:
    assert slides.kinds(lesson) == [
        *("slide", "", "skip", "skip", "skip"),
        *("slide", "", "skip", "fragment", ""),
        *("subslide", "", "skip", "subslide", "", "slide", "skip"),
    ]


def test_lesson_holds_what_the_rule_says(lesson_path: Path) -> None:
    notebook = nbformat.read(lesson_path, as_version=4)
    stored = [cell.metadata.get("slideshow", {}).get("slide_type", "") for cell in notebook.cells]
    wrong = [
        f"cell {number} is {there!r} and should be {wanted!r}"
        for number, (there, wanted) in enumerate(
            zip(stored, slides.kinds(notebook), strict=True), start=1
        )
        if there != wanted
    ]
    assert not wrong, "\n".join([f"{lesson_path.name}: see CONTRIBUTING.md on slides", *wrong])


def test_no_answer_is_on_the_screen_before_it_is_asked_for(lesson_path: Path) -> None:
    notebook = nbformat.read(lesson_path, as_version=4)
    kinds = slides.kinds(notebook)
    for number, cell in enumerate(notebook.cells, start=1):
        if asks(cell):
            assert kinds[number - 1] == "subslide" or kinds[number - 2] == "slide", number
        if "answer" in tags(cell):
            assert kinds[number - 1] in ("fragment", "subslide"), number
        if exercise_of(notebook, number):
            assert kinds[number - 1] == "skip", number
        if exercise_of(notebook, number - 1) and kinds[number - 1] != "skip":
            assert kinds[number - 1] in ("slide", "subslide", "fragment"), number


def test_what_is_too_much_for_a_screen_goes_on_the_next(lesson: NotebookNode) -> None:
    lesson.cells[9].source = "Many words, again and again. " * 100
    assert slides.kinds(lesson)[9] == "subslide"
    lesson.cells[8].outputs[0].text = "2\n" * 20
    assert slides.kinds(lesson)[8] == "subslide"


def test_stamping_forgets_what_was_set_by_hand(lesson: NotebookNode) -> None:
    lesson.cells[1].metadata["slideshow"] = {"slide_type": "notes"}
    once = json.dumps(slides.stamp(lesson))
    assert "slideshow" not in lesson.cells[1].metadata
    assert lesson.cells[0].metadata["slideshow"] == {"slide_type": "slide"}
    assert json.dumps(slides.stamp(lesson)) == once


def test_the_tool_stamps_a_folder_once(
    lesson: NotebookNode,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
) -> None:
    nbformat.write(lesson, tmp_path / "01_sums.ipynb")
    monkeypatch.setattr("sys.argv", ["slides.py", str(tmp_path)])
    assert slides.main() == 0
    assert "Saved" in capsys.readouterr().out
    stored = nbformat.read(tmp_path / "01_sums.ipynb", as_version=4)
    assert stored.cells[0].metadata["slideshow"] == {"slide_type": "slide"}
    assert slides.main() == 0
    assert capsys.readouterr().out == ""


def test_a_page_fetches_nothing_and_leaves_out_what_is_not_for_the_screen(
    lesson: NotebookNode,
) -> None:
    page = slides.page(slides.stamp(lesson))
    fetched = re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=\"([^\"]+)\"", page)
    assert fetched
    assert all(address.startswith("assets/") for address in fetched)
    assert "import " not in re.sub(r"<pre>.*?</pre>", "", page, flags=re.DOTALL)
    for unwanted in ("badge.svg", "exercise(", "Run me.", "import numpy", "Lesson 02"):
        assert unwanted not in page
    assert "<title>Sums</title>" in page
    # The glossary is a slide of its own.
    assert page.count("<section") == page.count("</section") == 3 + 6


def test_a_link_to_a_lesson_leads_to_its_slides(lesson: NotebookNode) -> None:
    lesson.cells[1].source = "See [there](02_on.ipynb#Sums) and [there](https://x.org/02_on.ipynb)."
    page = slides.page(slides.stamp(lesson))
    assert 'href="02_on.html"' in page
    assert 'href="https://x.org/02_on.ipynb"' in page


@pytest.mark.parametrize("pins", ["slideshow", "website"])
def test_what_npm_brings_is_pinned_with_a_checksum(root: Path, pins: str) -> None:
    wanted, lock = (json.loads((root / "tools" / pins / name).read_text()) for name in npm.PINS)
    wanted, locked = wanted["dependencies"], lock["packages"]
    for name, version in wanted.items():
        assert re.fullmatch(r"[\d.]+", version)
        assert locked[f"node_modules/{name}"]["version"] == version
    packages = [package for place, package in locked.items() if place]
    assert all(package["integrity"].startswith("sha512-") for package in packages)


def test_without_npm_it_says_what_to_install(
    lesson: NotebookNode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nbformat.write(lesson, tmp_path / "01_sums.ipynb")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(npm.NpmError, match=r"need npm, .* install it"):
        slides.make(tmp_path, tmp_path / "slides")


def test_npm_is_asked_only_once(
    lesson: NotebookNode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def install(folder: Path) -> None:
        asked.append(folder)
        for source in slides.ASSETS:
            file = folder / "node_modules" / source
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("")

    asked: list[Path] = []
    monkeypatch.setattr(npm, "install", install)
    nbformat.write(lesson, tmp_path / "01_sums.ipynb")
    for _ in range(2):
        [made] = slides.make(tmp_path, tmp_path / "slides")
    assert made.name == "01_sums.html"
    assert len(asked) == 1
    (tmp_path / "slides/assets/package-lock.json").write_text("older")
    slides.make(tmp_path, tmp_path / "slides")
    assert len(asked) == 2


def test_no_notebooks_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(slides.SlidesError, match="no notebooks in the folder"):
        slides.make(tmp_path, tmp_path / "slides")


def test_a_reason_is_not_on_a_slide() -> None:
    """The cell that answers is there, without the line that asks why and what that shows."""
    reason = {"text/plain": "Exercise 1.P1, Count the brackets: why\nEach pair of brackets ..."}
    outputs = [new_output("stream", text="(1, 2)\n"), new_output("display_data", data=reason)]
    answer = new_code_cell('print(1)\nexercise("1.P1").why()', outputs=outputs)
    shown = slides.for_the_screen(new_notebook(cells=[answer])).cells[0]
    assert shown.source == "print(1)"
    assert shown.outputs == outputs[:1]
    assert slides.height(answer) == slides.height(new_code_cell("print(1)", outputs=outputs[:1]))
