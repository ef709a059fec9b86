"""Slides of the lessons: which cell is one, and pages of them for any browser.

    python tools/slides.py notebooks slides   makes the pages; they need no network
    python tools/slides.py notebooks          only decides again what is a slide

The decision follows a rule, and is stored in the notebook's metadata. A heading begins a slide,
which a question may share; any other question, a task and what is too much for one screen begin
one below it. An answer appears when asked for. What belongs to the desk and not to the screen is
left out: set-up, checks, hints, links. `make notebooks` writes the decision into
`slideshow.slide_type` of each cell; nobody has to keep it up by hand.

Heights are estimates, in pixels of a screen of 1280 by 720, for the sizes that slideshow/deck.css
sets. They err on the safe side: tests/browser/test_slides.py measures what a browser makes of them.

What the pages need, reveal.js and MathJax, is fetched once and put beside them.
"""

import argparse
import copy
import math
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from nbconvert.exporters import SlidesExporter
from nbformat import NotebookNode
from traitlets.config import Config

import npm
from notebook_file import WIDGET_VIEW, NotebookError, read, save
from reading import WHY, all_headings, asks, exercise_of, tags, without_badges

TEMPLATE = Path(__file__).parent / "slideshow"
# From where in npm's packages, to where beside the pages.
ASSETS = {
    "reveal.js/LICENSE": "reveal/LICENSE",
    "reveal.js/dist/reset.css": "reveal/dist/reset.css",
    "reveal.js/dist/reveal.css": "reveal/dist/reveal.css",
    "reveal.js/dist/reveal.js": "reveal/dist/reveal.js",
    "reveal.js/dist/theme/fonts/source-sans-pro": "reveal/dist/theme/fonts/source-sans-pro",
    "mathjax/LICENSE": "mathjax/LICENSE",
    "mathjax/es5/tex-svg.js": "mathjax/tex-svg.js",
}
LESSON = re.compile(r"\]\((?:\./)?(\d\d_\w+)\.ipynb(?:#[^)]*)?\)")

SCREEN = 652  # 720 without the margins above and below
TEXT_LINE, TEXT_WIDTH, TEXT_GAP = 38, 86, 14  # pixels, letters, pixels
CODE_LINE, CODE_WIDTH, CODE_GAP = 29, 88, 32
TABLE_ROW, HEADING, PICTURE = 47, 64, 250  # a picture: at least
SECTION = re.compile(r"^##? ", re.MULTILINE)
PART = re.compile(r"^### ", re.MULTILINE)
# The reason of a prediction is for the desk: in front of a class, the class says it.
REASON = re.compile(r"Exercise \S+, .*: why$", re.MULTILINE)
REFERENCE = re.compile(r"<details>|Older code you may meet|(Back|Next): \[")


# The rule


def stamp(notebook: NotebookNode) -> NotebookNode:
    """The notebook, with the rule's decision in each cell, and no other."""
    for cell, kind in zip(notebook.cells, kinds(notebook), strict=True):
        cell.metadata.pop("slideshow", None)
        if kind:
            cell.metadata["slideshow"] = {"slide_type": kind}
    return notebook


def kinds(notebook: NotebookNode) -> list[str]:
    """For each cell "slide", "subslide", "fragment" or "skip"; "" goes on with what is there."""
    skipped = left_out(notebook)
    shown = [number for number in range(len(notebook.cells)) if number not in skipped]
    found = ["skip"] * len(notebook.cells)
    used, below_heading = SCREEN, False
    for group in groups(notebook, shown):
        kind = opening(notebook, group[0])
        needed = sum(height(notebook.cells[number]) for number in group)
        if below_heading and asks(notebook.cells[group[0]]):
            kind = ""
        below_heading = kind == "slide" and len(group) == 1
        if kind in ("", "fragment") and used + needed > SCREEN:
            kind = "subslide"
        for number in group:
            here = height(notebook.cells[number])
            begins = kind in ("slide", "subslide")
            if number != group[0]:
                kind = "subslide" if used + here > SCREEN else ""
                begins = bool(kind)
            found[number] = kind
            used = here if begins else used + here
    return found


def left_out(notebook: NotebookNode) -> set[int]:
    """The places of cells that are for the desk: set-up, checks, hints, references, links."""
    out = set()
    setting_up = False
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown" and SECTION.search(cell.source):
            setting_up = False
        if "setup" in tags(cell):
            setting_up = True
            out.add(number - 1)
        unwanted = {"hint", "solution"} & set(tags(cell)) or REFERENCE.match(cell.source)
        if setting_up or unwanted or exercise_of(notebook, number + 1):
            out.add(number)
    return out


def groups(notebook: NotebookNode, shown: list[int]) -> Iterator[list[int]]:
    """Cells that should stay on one screen: a claim, the cells that show it, what to notice."""
    group: list[int] = []
    for before, number, after in zip([None, *shown], shown, [*shown[1:], None], strict=False):
        text = is_text(notebook, number)
        notices = text and not is_text(notebook, before) and is_text(notebook, after)
        goes_on = notices or not text
        if group and (opening(notebook, number) or not goes_on):
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def is_text(notebook: NotebookNode, number: int | None) -> bool:
    """Whether there is a text cell in that place; the end counts as one."""
    return number is None or notebook.cells[number].cell_type == "markdown"


def opening(notebook: NotebookNode, number: int) -> str:
    """What a cell begins because of what it says, not because of its size."""
    cell = notebook.cells[number]
    if cell.cell_type == "markdown":
        if SECTION.search(cell.source):
            return "slide"
        if PART.search(cell.source) or asks(cell):
            return "subslide"
    if "answer" in tags(cell):
        return "fragment"
    # What comes after a task may be its solution.
    return "subslide" if number and exercise_of(notebook, number) else ""


# How high things are


def height(cell: NotebookNode) -> int:
    """About how many pixels of a screen a cell takes; of one in several parts, the highest."""
    if cell.cell_type != "code":
        return max(text_height(part) for part in parts(cell.source))
    lines = [wrapped(line, CODE_WIDTH) for line in shown_code(cell).splitlines()]
    outputs = [output_height(output) for output in shown_outputs(cell)]
    return CODE_LINE * sum(lines) + CODE_GAP + sum(outputs)


def parts(text: str) -> list[str]:
    """A text without its badges, cut where a heading of the third level stands in the middle."""
    return [part for part in re.split(r"(?m)^(?=### )", without_badges(text)) if part.strip()]


def shown_code(cell: NotebookNode) -> str:
    """The code without the line that asks for a reason."""
    return WHY.sub("", cell.source).rstrip()


def shown_outputs(cell: NotebookNode) -> list[NotebookNode]:
    """The outputs without reasons, and without those that only a running kernel brings to life."""
    data = [(output, output.get("data", {})) for output in cell.outputs]
    return [
        output
        for output, shown in data
        if WIDGET_VIEW not in shown and not REASON.match(str(shown.get("text/plain", "")))
    ]


def text_height(text: str) -> int:
    """Of a markdown text."""
    return sum(block_height(block) for block in re.split(r"\n\s*\n", text.strip()))


def block_height(block: str) -> int:
    """Of a heading, a table, a list, some code, or a paragraph."""
    lines = block.splitlines()
    if block.startswith("#"):
        return HEADING * len(lines)
    if block.startswith("|"):
        return TABLE_ROW * sum(wrapped(row, TEXT_WIDTH) for row in lines[1:]) + TEXT_GAP
    if block.startswith("```"):
        return CODE_LINE * len(lines) + CODE_GAP
    return TEXT_LINE * sum(wrapped(line, TEXT_WIDTH) for line in lines) + TEXT_GAP


def output_height(output: NotebookNode) -> int:
    """Of a picture with its caption, of what was drawn as a page, or of printed lines."""
    data = output.get("data", {})
    page = str(data.get("text/html", ""))
    if "<img" in page:
        words = str(data.get("text/plain", "")).splitlines()[-1:]
        return PICTURE + CODE_LINE * sum(wrapped(line, TEXT_WIDTH) for line in words) + CODE_GAP
    if "<li" in page:
        return TABLE_ROW * page.count("<li") + TEXT_LINE + CODE_GAP
    text = output.get("text", "") or data.get("text/plain", "")
    return CODE_LINE * sum(wrapped(line, CODE_WIDTH) for line in text.splitlines()) + CODE_GAP


def wrapped(line: str, width: int) -> int:
    """How many lines on the screen a line of a text makes."""
    return max(1, math.ceil(len(line) / width))


# The pages


class SlidesError(Exception):
    """Why there are no slides."""


def for_the_screen(notebook: NotebookNode) -> NotebookNode:
    """A copy as it is shown: badges and live parts left out, long texts cut, links to slides."""
    notebook = copy.deepcopy(notebook)
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source, cell.outputs = shown_code(cell), shown_outputs(cell)
            cells.append(cell)
            continue
        for number, part in enumerate(parts(cell.source)):
            piece = copy.deepcopy(cell)
            piece.source = LESSON.sub(r"](\1.html)", part)
            piece["id"] = f"{cell.id}-{number}"
            if number and piece.metadata.get("slideshow", {}).get("slide_type") != "skip":
                piece.metadata["slideshow"] = {"slide_type": "subslide"}
            cells.append(piece)
    notebook.cells = cells
    return notebook


def page(notebook: NotebookNode) -> str:
    """The slides of a notebook, as the text of a page."""
    colours = Config({"CSSHTMLHeaderPreprocessor": {"style": "vs"}})
    exporter = SlidesExporter(
        config=colours,
        extra_template_basedirs=[str(TEMPLATE.parent)],
        template_name=TEMPLATE.name,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    title = all_headings(notebook)[0][1]
    text, _ = exporter.from_notebook_node(for_the_screen(notebook), {"title": title})
    return text


def make(folder: Path, target: Path) -> list[Path]:
    """Makes a page of each notebook; returns their files."""
    lessons = notebooks_in(folder)
    npm.fetch(TEMPLATE, ASSETS, target / "assets")
    shutil.copy(TEMPLATE / "deck.css", target / "assets")
    made = [target / f"{lesson.stem}.html" for lesson in lessons]
    for lesson, file in zip(lessons, made, strict=True):
        file.write_text(page(read(lesson)), encoding="utf-8", newline="\n")
    return made


def decide(folder: Path) -> list[Path]:
    """Stores in all notebooks what is a slide; returns those that it changed."""
    changed = []
    for path in notebooks_in(folder):
        notebook = read(path)
        before = copy.deepcopy(notebook)
        if stamp(notebook) != before:
            save(notebook, path)
            changed.append(path)
    return changed


def notebooks_in(folder: Path) -> list[Path]:
    """The notebooks of a folder, in order."""
    found = sorted(folder.glob("*.ipynb"))
    if not found:
        raise SlidesError(f"There are no notebooks in the folder {folder}.")
    return found


def main() -> int:
    """Makes the slides and says where they are, or only decides."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder of the notebooks")
    parser.add_argument("target", type=Path, nargs="?", help="the folder for the slides")
    arguments = parser.parse_args()
    try:
        if arguments.target:
            made = make(arguments.folder, arguments.target)
            where = f"Open {made[0]} in a browser; the arrow keys turn the slides."
            print(f"{len(made)} decks. {where}")
        else:
            for path in decide(arguments.folder):
                print(f"Saved {path}")
    except (npm.NpmError, SlidesError, NotebookError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
