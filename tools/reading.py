"""Finds what stands in a notebook: headings, links, badges, questions, exercises, outputs."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nbformat import NotebookNode

MARKDOWN_LINK = re.compile(r"\]\(\s*<?([^)>\s]+)")
HTML_LINK = re.compile(r"""\b(?:href|src)=["']([^"']+)["']""")
# A picture that is a link.
BADGE = re.compile(r"\[!\[(?P<words>[^\]]*)\]\([^)]*\)\]\((?P<target>[^)]*)\)\s*")
PREDICT = re.compile(r"^\*\*Predict\.\*\*", re.MULTILINE)
# Not in a comment: a check that is commented out checks nothing.
CHECK = re.compile(r"""^[^#\n]*\bexercise\(\s*["'](\d{1,2}\.\w+)["']\s*\)\.check\b""", re.MULTILINE)

WHY = re.compile(r"""^exercise\(["'][\w.]+["']\)\.why\(\)$""", re.MULTILINE)


class Check(NamedTuple):
    """An exercise that is checked in a cell of a notebook; cells are counted from 0."""

    index: int
    exercise_id: str


def cells(notebook: NotebookNode, kind: str) -> list[tuple[int, NotebookNode]]:
    """The cells of one kind with their numbers in the notebook, counted from 1."""
    return [(n, cell) for n, cell in enumerate(notebook.cells, 1) if cell.cell_type == kind]


def tags(cell: NotebookNode) -> list[str]:
    """The tags of a cell."""
    return cell.metadata.get("tags", [])


def asks(cell: NotebookNode) -> bool:
    """Whether a cell has the learner predict something."""
    return cell.cell_type == "markdown" and bool(PREDICT.search(cell.source))


def checks(notebook: NotebookNode) -> list[Check]:
    """Every check in the code of a notebook, from top to bottom."""
    return [
        Check(number - 1, exercise_id)
        for number, cell in cells(notebook, "code")
        for exercise_id in CHECK.findall(cell.source)
    ]


def exercise_of(notebook: NotebookNode, number: int) -> str:
    """The id of the exercise that a cell checks, empty where it checks none or is not there."""
    code = dict(cells(notebook, "code"))
    found = CHECK.search(code[number].source) if number in code else None
    return found[1] if found else ""


def first_choices(notebook: NotebookNode) -> dict[str, str]:
    """What was chosen first in each prediction, by its id: a check keeps it in its output."""
    kept = [output.get("metadata", {}).get("exercise") for _, output in outputs(notebook)]
    pairs = [(one.get("id"), one.get("first")) for one in kept if isinstance(one, dict)]
    return {i: first for i, first in pairs if isinstance(i, str) and isinstance(first, str)}


def outputs(notebook: NotebookNode) -> list[tuple[int, NotebookNode]]:
    """Every output with the number of its cell."""
    return [(n, output) for n, cell in cells(notebook, "code") for output in cell.outputs]


def texts(output: NotebookNode) -> list[str]:
    """Everything in an output that is made of words."""
    data = output.get("data", {}).items()
    shown = [str(value) for kind, value in data if not kind.startswith("image/p")]
    return [*shown, output.get("text", ""), *output.get("traceback", [])]


def headings(text: str) -> list[tuple[int, str]]:
    """Level and words of each heading in a markdown text, code blocks left out."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [(len(h[1]), h[2].strip()) for h in re.finditer(r"^(#{1,6}) (.+)$", prose, re.MULTILINE)]


def all_headings(notebook: NotebookNode) -> list[tuple[int, str]]:
    """The headings of the whole notebook."""
    return [heading for _, cell in cells(notebook, "markdown") for heading in headings(cell.source)]


def linked(text: str) -> list[str]:
    """Where the links and pictures of a markdown text point to, the wide world left out."""
    found = MARKDOWN_LINK.findall(text) + HTML_LINK.findall(text)
    return [target for target in found if not re.match(r"[a-z]+:", target)]


def without_badges(text: str, beginning: str = "") -> str:
    """A text without the badges whose words begin so."""
    return BADGE.sub(lambda badge: "" if badge["words"].startswith(beginning) else badge[0], text)


class Alts(HTMLParser):
    """Collects the alt texts of a page's pictures."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser for each tag."""
        if tag == "img":
            self.found.append(dict(attrs).get("alt") or "")
