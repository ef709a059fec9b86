"""Which cells of a lesson are slides: decided by rule, and stored in the notebook's metadata.

A heading begins a slide, which a question may share; any other question, a task and what is too
much for one screen begin one below it. An answer appears when asked for. What belongs to the desk
and not to the screen is left out: set-up, checks, hints, links. `make notebooks` writes the
decision into `slideshow.slide_type` of each cell; nobody has to keep it up by hand.

    python tools/slides.py notebooks        decides again, without running anything

Heights are estimates, in pixels of a screen of 1280 by 720, for the sizes that slideshow/deck.css
sets. They err on the safe side: tests/browser/test_slides.py measures what a browser makes of them.
"""

import argparse
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from reading import exercise_of, tags

SCREEN = 652  # 720 without the margins above and below
TEXT_LINE, TEXT_WIDTH, TEXT_GAP = 38, 86, 14  # pixels, letters, pixels
CODE_LINE, CODE_WIDTH, CODE_GAP = 29, 88, 32
TABLE_ROW, HEADING, PICTURE = 47, 64, 250  # a picture: at least
BADGES = re.compile(r"^\[!\[.*\n+", re.MULTILINE)
SECTION = re.compile(r"^##? ", re.MULTILINE)
PART = re.compile(r"^### ", re.MULTILINE)
PREDICT = re.compile(r"^\*\*Predict\.\*\*", re.MULTILINE)
REFERENCE = re.compile(r"<details>|Older code you may meet|(Back|Next): \[")


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
        if below_heading and PREDICT.search(notebook.cells[group[0]].source):
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
        if PART.search(cell.source) or PREDICT.search(cell.source):
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
    lines = [wrapped(line, CODE_WIDTH) for line in cell.source.splitlines()]
    outputs = [output_height(output) for output in shown_outputs(cell)]
    return CODE_LINE * sum(lines) + CODE_GAP + sum(outputs)


def parts(text: str) -> list[str]:
    """A text without its badges, cut where a heading of the third level stands in the middle."""
    return [part for part in re.split(r"(?m)^(?=### )", BADGES.sub("", text)) if part.strip()]


def shown_outputs(cell: NotebookNode) -> list[NotebookNode]:
    """The outputs without those that only a running kernel brings to life."""
    live = "application/vnd.jupyter.widget-view+json"
    return [output for output in cell.outputs if live not in output.get("data", {})]


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


def main() -> int:
    """Stores what is a slide in all notebooks of a folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder of the notebooks")
    for path in sorted(parser.parse_args().folder.glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        stamped = nbformat.writes(stamp(nbformat.reads(text, as_version=4))).rstrip("\n") + "\n"
        if stamped != text:
            path.write_text(stamped, encoding="utf-8", newline="\n")
            print(f"Saved {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
