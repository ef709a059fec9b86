"""The plans for teaching agree with the lessons that they are about."""

import re
from functools import cache
from pathlib import Path

import nbformat
import pytest

from reading import all_headings, headings

LESSON_OR_ITALIC = re.compile(r"\b(\d\d): |(?<!\*)\*([^*]+)\*(?!\*)")
# A row's lesson: what its first column is, or else the first one that it shows.
LESSON = re.compile(r"^\| (\d\d) \||\b(\d\d): ")
EXERCISE = re.compile(r"\b([1-9]\d?\.P?\d+)\b")
SPAN = re.compile(r"^\| (\d+) to (\d+) \|", re.MULTILINE)
# Parts that every lesson has, and buttons.
EVERYWHERE = {"Predict", "Step"}


def guide(root: Path) -> str:
    """What is about the lessons; the hub has a section of its own, with other numbers."""
    text = (root / "TEACHING.md").read_text(encoding="utf-8")
    return re.sub(r"^## A hub.*?(?=^## )", "", text, flags=re.MULTILINE | re.DOTALL)


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| ") and "---" not in line]


@cache
def cells_of(root: Path, lesson: str) -> list[nbformat.NotebookNode]:
    """The cells of the lesson with this number."""
    [file] = (root / "notebooks").glob(f"{lesson}_*.ipynb")
    return nbformat.read(file, as_version=4).cells


def lesson_of(row: str) -> str:
    found = LESSON.search(row)
    return found[1] or found[2]


def headings_of(root: Path) -> dict[str, set[str]]:
    """For each lesson's number, what its sections are called."""
    return {
        path.name[:2]: {words for _, words in all_headings(nbformat.read(path, as_version=4))}
        for path in (root / "notebooks").glob("*.ipynb")
    }


def sections(row: str) -> list[tuple[str, str]]:
    """The sections that a row of a table names, each with the number of its lesson."""
    begin = re.match(r"\| (\d\d) \|", row)
    lesson, found = begin[1] if begin else "", []
    for number, title in LESSON_OR_ITALIC.findall(row):
        lesson = number or lesson
        if title and title not in EVERYWHERE:
            found.append((lesson, title))
    return found


def test_every_section_that_is_named_is_there(root: Path) -> None:
    there = headings_of(root)
    named = [each for row in rows(guide(root)) for each in sections(row)]
    assert len(named) > 50
    wrong = [(lesson, title) for lesson, title in named if title not in there.get(lesson, {title})]
    assert not wrong


def test_every_exercise_that_is_named_is_there(root: Path) -> None:
    named = EXERCISE.findall(guide(root))
    assert len(named) > 50
    wrong = []
    for number in named:
        cells = cells_of(root, number.partition(".")[0].zfill(2))
        if not any(cell.source.startswith(f'exercise("{number}").check(') for cell in cells):
            wrong.append(number)
    assert not wrong


def place_of(root: Path, lesson: str, code: str) -> set[str]:
    """The headings above the cell that begins so: of its section and, if it has one, its part."""
    above: dict[int, str] = {}
    for cell in cells_of(root, lesson):
        for level, words in headings(cell.source) if cell.cell_type == "markdown" else []:
            above = {higher: kept for higher, kept in above.items() if higher < level}
            above[level] = words
        if cell.source.startswith(code):
            return set(above.values())
    return set()


def test_what_is_asked_belongs_to_the_sections_that_are_shown(root: Path) -> None:
    wrong, asked = [], 0
    for row in filter(SPAN.match, rows(guide(root))):
        shown = {title for _, title in sections(row)}
        cells = [f'exercise("{each}")' for each in EXERCISE.findall(row) if "P" in each]
        for cell in [*cells, *re.findall(r"`(explore\.\w+)`", row)]:
            asked += 1
            if not shown & place_of(root, lesson_of(row), cell):
                wrong.append((row, cell))
    assert asked > 20
    assert not wrong


def test_every_explorer_that_is_named_is_in_its_lesson(root: Path) -> None:
    wrong = []
    for row in rows(guide(root)):
        for call in re.findall(r"`(explore\.\w+)`", row):
            if not place_of(root, lesson_of(row), f"{call}("):
                wrong.append((lesson_of(row), call))
    assert not wrong


def test_every_lesson_has_its_rows(root: Path) -> None:
    for number in sorted(headings_of(root))[1:]:
        assert len(re.findall(rf"^\| {number} \|", guide(root), re.MULTILINE)) == 2, number


@pytest.mark.parametrize(
    ("plan", "lengths"),
    [
        ("One session", [50]),
        ("Two sessions of", [50, 50]),
        ("Two sessions more", [50, 50]),
        ("Half a day", [240]),
    ],
)
def test_the_minutes_add_up(root: Path, plan: str, lengths: list[int]) -> None:
    [text] = re.findall(rf"^### {plan}.*?(?=^##)", guide(root), re.MULTILINE | re.DOTALL)
    spans = [(int(begin), int(end)) for begin, end in SPAN.findall(text)]
    ends, now = [], 0
    for begin, end in spans:
        if begin == 0 and now:
            ends.append(now)
        else:
            assert begin == now, f"a gap or an overlap at minute {begin}"
        assert end > begin
        now = end
    assert [*ends, now] == lengths
