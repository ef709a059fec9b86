"""The shape that every lesson has, and that nothing in it depends on one machine.

A check takes a notebook and yields a sentence for each thing that is wrong with it.
"""

import copy
import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

import links
from notebook_file import tidy
from reading import (
    Alts,
    all_headings,
    asks,
    cells,
    exercise_of,
    headings,
    linked,
    outputs,
    tags,
    texts,
)

MAX_LINES = {"code": 25, "markdown": 40, "raw": 0}
MIN_ALT_LETTERS = 20
PIXELS = re.compile(r"(?<=base64,)[A-Za-z0-9+/=\n]+")
ADDRESS = re.compile(r"https?://\S+")
MACHINE_PATH = re.compile(r"/home/|/Users/|/root/|/tmp/|/work/|\b[CD]:\\|site-packages")

Check = Callable[[NotebookNode], Iterator[str]]


# What holds for every notebook


def is_executed_in_order(notebook: NotebookNode) -> Iterator[str]:
    """Every code cell ran, once and from top to bottom, before the notebook was saved."""
    code = cells(notebook, "code")
    for number, cell in code:
        if not cell.source.strip():
            yield f"cell {number} is empty"
        runs = {output.get("execution_count", cell.execution_count) for output in cell.outputs}
        if runs - {cell.execution_count}:
            yield f"cell {number} has an output of another run"
    for expected, (number, cell) in enumerate(code, 1):
        if cell.execution_count != expected:
            yield f"cell {number} was saved as run no. {cell.execution_count}, not {expected}"
            break


def has_no_stderr(notebook: NotebookNode) -> Iterator[str]:
    """No saved output is an error or a log line."""
    for number, output in outputs(notebook):
        if output.get("name") == "stderr" or output.output_type == "error":
            yield f"cell {number} saved an error or something from stderr"


def names_no_machine(notebook: NotebookNode) -> Iterator[str]:
    """No code, prose or output names a folder of somebody's machine."""
    places = [(n, cell.source) for n, cell in enumerate(notebook.cells, 1)]
    places += [(n, text) for n, output in outputs(notebook) for text in texts(output)]
    for number, text in places:
        text = ADDRESS.sub("", PIXELS.sub("", text))
        if found := MACHINE_PATH.search(text):
            yield f"cell {number} holds a path of one machine: {found[0]}"


def has_short_cells(notebook: NotebookNode) -> Iterator[str]:
    """Every cell fits on a screen."""
    for number, cell in enumerate(notebook.cells, 1):
        lines = len(cell.source.splitlines())
        if lines > MAX_LINES[cell.cell_type]:
            yield f"cell {number} has {lines} lines, more than {MAX_LINES[cell.cell_type]}"


def has_headings_in_order(notebook: NotebookNode) -> Iterator[str]:
    """One title, first of all headings, and no level left out on the way down."""
    found = all_headings(notebook)
    titles = [words for level, words in found if level == 1]
    if len(titles) != 1 or found[0][0] != 1:
        yield f"there must be one title (# ...), and first of all headings: {titles}"
    for (above, _), (level, words) in itertools.pairwise(found):
        if level > above + 1:
            yield f"'{words}' jumps from level {above} to {level}"


def describes_pictures(notebook: NotebookNode) -> Iterator[str]:
    """Every saved picture has words for those who cannot see it."""
    for number, output in outputs(notebook):
        data = output.get("data", {})
        alts = Alts(data.get("text/html", "")).found
        if any(kind.startswith("image/") for kind in data):
            if not alts:
                yield f"cell {number} saved a picture without <img alt> in text/html"
            if not data.get("text/plain") or data["text/plain"].startswith("<Figure"):
                yield f"cell {number} saved a picture without words in text/plain"
        elif alts and "image/png" not in data:
            yield f"cell {number} saved an <img> without image/png beside it"
        for alt in alts:
            if len(alt.strip()) < MIN_ALT_LETTERS:
                yield f"cell {number} describes a picture too shortly: '{alt}'"


def describes_linked_pictures(notebook: NotebookNode) -> Iterator[str]:
    """So has every picture in the prose."""
    for number, cell in cells(notebook, "markdown"):
        if re.search(r"!\[\s*\]\(", cell.source) or "" in Alts(cell.source).found:
            yield f"cell {number} has a picture without a description"


def has_the_tags_we_know(notebook: NotebookNode) -> Iterator[str]:
    """No cell is taken out of the comparison of outputs."""
    for number, cell in enumerate(notebook.cells, 1):
        for tag in tags(cell):
            if tag.startswith("nbval") or tag in ("raises-exception", "skip-execution"):
                yield f"cell {number} is tagged {tag}, which takes it out of the comparison"
        if re.search(r"^\s*#\s*(NBVAL_|PYTEST_VALIDATE)", cell.source, re.MULTILINE):
            yield f"cell {number} has a comment that takes it out of the comparison"


def is_saved_by_make_notebooks(notebook: NotebookNode) -> Iterator[str]:
    """Nothing in the metadata differs between machines; a valid notebook."""
    if tidy(copy.deepcopy(notebook)) != notebook:
        yield "its metadata is not as `make notebooks` saves it"
    nbformat.validate(notebook)


def folds_answers(notebook: NotebookNode) -> Iterator[str]:
    """A question is followed by its answer, folded; nothing else is.

    A cell in which the learner chooses may stand between the two.
    """
    answers = [n for n, cell in cells(notebook, "code") if "answer" in tags(cell)]
    questions = [n for n, cell in cells(notebook, "markdown") if asks(cell)]
    answered = [n + 2 if exercise_of(notebook, n + 1) else n + 1 for n in questions]
    for question, number in zip(questions, answered, strict=True):
        if number not in answers:
            yield f"cell {question} asks (Predict), but no code cell tagged answer follows"
    for number in set(answers) - set(answered):
        yield f"cell {number} is tagged answer, but nothing before it asks (**Predict.**)"
    for number in answers:
        cell = notebook.cells[number - 1]
        asked = exercise_of(notebook, number - 1)
        if asked and not cell.source.endswith(f'\nexercise("{asked}").why()'):
            yield f"cell {number} answers {asked}, but does not end by showing why"
        if not cell.metadata.get("jupyter", {}).get("outputs_hidden") or not cell.outputs:
            yield f"cell {number} answers a question, but not with a folded output"


def closes_details(notebook: NotebookNode) -> Iterator[str]:
    """What folds is closed again, or it would swallow the rest of the cell."""
    for number, cell in cells(notebook, "markdown"):
        for tag in ("details", "summary"):
            if len(re.findall(f"<{tag}[ >]", cell.source)) != cell.source.count(f"</{tag}>"):
                yield f"cell {number} opens <{tag}> and does not close it, or the reverse"


EVERYWHERE: list[Check] = [
    is_executed_in_order,
    has_no_stderr,
    names_no_machine,
    has_short_cells,
    has_headings_in_order,
    describes_pictures,
    describes_linked_pictures,
    has_the_tags_we_know,
    is_saved_by_make_notebooks,
    folds_answers,
    closes_details,
]


# What holds for the lessons, from 01 on


def says_what_is_to_come(notebook: NotebookNode) -> Iterator[str]:
    """The second text cell says what a learner will be able to do, needs, and spends."""
    second = [cell.source for _, cell in cells(notebook, "markdown")][1:2]
    for start in ("**You will be able to**", "**You need**", "**Time**"):
        if not any(line.startswith(start) for source in second for line in source.splitlines()):
            yield f"no line of the second text cell starts with {start}"


def asks_twice_before_it_shows(notebook: NotebookNode) -> Iterator[str]:
    """At least two predictions, each with a cell in which to choose."""
    asking = [n for n, cell in cells(notebook, "markdown") if asks(cell)]
    if len(asking) < 2:
        yield f"**Predict.** comes {len(asking)} times, and should at least twice"
    for number in asking:
        if ".P" not in exercise_of(notebook, number + 1):
            yield f"cell {number} asks (Predict), but there is no cell to choose in below it"


def asks_after_a_try(notebook: NotebookNode) -> Iterator[str]:
    """An explorer is opened under `### Try`, and a question that it answers comes before the next.

    Only one line of code: what there is to do with it stands above.
    """
    before = dict(cells(notebook, "markdown"))
    for number, cell in cells(notebook, "code"):
        if not cell.source.startswith("explore."):
            continue
        if "### Try\n" not in before.get(number - 1, cell).source or "\n" in cell.source:
            yield f"cell {number} opens an explorer, but not in one line below ### Try"
        after = (text for place, text in sorted(before.items()) if place > number)
        within = itertools.takewhile(lambda text: not re.search("^#", text.source, re.M), after)
        if not any(map(asks, within)):
            yield f"cell {number} opens an explorer, but no question (Predict) comes of it"


def sets_two_tasks(notebook: NotebookNode) -> Iterator[str]:
    """At least two tasks, each with a cell to work in and a check below it."""
    tasks = [
        number
        for number, cell in cells(notebook, "markdown")
        for level, words in headings(cell.source)
        if level == 3 and words.startswith("Your turn")
    ]
    if len(tasks) < 2:
        yield f"'### Your turn' comes {len(tasks)} times, and should at least twice"
    for number in tasks:
        if exercise_of(notebook, number + 1) or not exercise_of(notebook, number + 2):
            yield f"cell {number} sets a task, but a cell to work in and a check do not follow"


def ends_well(notebook: NotebookNode) -> Iterator[str]:
    """A recap and a glossary."""
    found = all_headings(notebook)
    for heading in ((2, "You can now"), (3, "New words")):
        if heading not in found:
            yield f"the heading '{'#' * heading[0]} {heading[1]}' is missing"


IN_LESSONS: list[Check] = [
    says_what_is_to_come,
    asks_twice_before_it_shows,
    asks_after_a_try,
    sets_two_tasks,
    ends_well,
]


# The set-up cell


def expected_setup(root: Path) -> str:
    """The set-up cell of the project in `root`, the same in every notebook."""
    repository, ref = links.home(root)
    return (
        "from importlib.util import find_spec\n\n"
        'if not (find_spec("helpers") and find_spec("exercises")):\n'
        f"    %pip install --quiet --no-deps git+https://github.com/{repository}@{ref}\n"
        "import helpers.checkup"
        "  # Fails? Another `helpers` is in the way: rename it, then restart."
    )


def has_the_setup_cell(notebook: NotebookNode, root: Path) -> Iterator[str]:
    """The first code cell is the set-up cell, word for word, and silent."""
    tagged = [cell for _, cell in cells(notebook, "code") if "setup" in tags(cell)]
    if len(tagged) != 1 or tagged[0] is not cells(notebook, "code")[0][1]:
        yield "the first code cell, and no other, must be tagged setup"
    for cell in tagged:
        if cell.source != expected_setup(root):
            yield f"its set-up cell should read\n{expected_setup(root)}"
        if cell.outputs:
            yield "its set-up cell saved an output"


# Links


def broken_links(text: str, place: Path) -> Iterator[str]:
    """The relative links of a markdown text that lead nowhere."""
    for target in linked(text):
        name, _, anchor = target.partition("#")
        file = place.parent / name if name else place
        if not file.exists():
            yield f"{target} leads nowhere"
        elif anchor and anchor not in anchors(file):
            yield f"{target}: there is no such heading"


def anchors(file: Path) -> set[str]:
    """The names under which headings can be linked to."""
    if file.suffix == ".ipynb":
        found = all_headings(nbformat.read(file, as_version=4))
        return {words.replace(" ", "-") for _, words in found}
    found = headings(file.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", words).replace(" ", "-").lower() for _, words in found}


def lost_links(notebook: NotebookNode, place: Path) -> Iterator[str]:
    """Links that fail in a folder of lessons, and neighbours that the last cell does not name."""
    for number, cell in cells(notebook, "markdown"):
        yield from (f"cell {number}: {wrong}" for wrong in broken_links(cell.source, place))
        for target in linked(cell.source):
            if "/" in target.removeprefix("./"):
                yield f"cell {number}: {target} is out of reach from a learner's folder"
    lessons = sorted(place.parent.glob("*.ipynb"))
    here = lessons.index(place)
    last = [link.partition("#")[0] for link in linked(cells(notebook, "markdown")[-1][1].source)]
    for neighbour in [*lessons[max(here - 1, 0) : here], *lessons[here + 1 : here + 2]]:
        if neighbour.name not in last:
            yield f"its last text cell has no link to {neighbour.name}"
