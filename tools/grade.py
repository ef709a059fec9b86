"""Executes learners' notebooks and tells which exercises are right, and what went wrong.

    python tools/grade.py "anna 04.ipynb" handed_in/ --output grades.csv

THIS EXECUTES THE LEARNERS' CODE with all the rights you have. Do it in a container or with an
account that you throw away afterwards.

The table that is written has a row for each exercise of the lessons that a notebook is about:

    correct, not yet, not attempted   as the learner sees it; `diagnosis` says what was mistaken
    checker failed                    a fault of ours, please report it
    not checked                       its check raised, did not come about, or was not reached
    missing                           the notebook has no such exercise any more

and one row without an exercise for a notebook in which something else happened:

    error        cells raised; the others ran all the same
    stopped      it took too long, ended its kernel, or could not be executed
    empty        there is no exercise in it
    unreadable   it is not a notebook

A prediction stands as its *first* choice does. A check keeps that in the output that is saved with
the notebook, and it is read from there before anything runs.

An exercise that is checked more than once is right if it was right once, as in the learner's own
progress; if it never was, the last check counts. All but first choices is taken from the checks
while they run, not from what a notebook prints or has saved. A learner who wants to deceive can do
so nevertheless: the checks run in the same process as their code.
"""

import argparse
import asyncio
import csv
import os
import signal
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from exercises.engine import catalogue
from exercises.engine.model import Exercise, Predict, State
from isolated_run import Run, execute
from notebook_file import read
from reading import Check, checks, first_choices

WARNING = (
    "This executes the learners' code with all the rights you have: "
    "do it in a container or with an account that you throw away."
)
AT_A_TIME = 2
LONGEST_WORDS = 100


class Row(NamedTuple):
    """A line of the table."""

    file: str
    exercise: str
    state: str
    diagnosis: str


# Which notebooks


def find(named: list[Path]) -> list[Path]:
    """The notebooks among these files and in these folders, each once, hidden ones left out."""
    found: dict[str, Path] = {}
    for path in named:
        inside = sorted(_inside(path)) if path.is_dir() else [path]
        for file in inside:
            found.setdefault(os.path.realpath(file), file)
    return sorted(found.values())


def _inside(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "__MACOSX"))]
        for name in files:
            if name.endswith(".ipynb") and not name.startswith("."):
                yield Path(place, name)


# What it means


async def grade(path: Path, seconds: float) -> list[Row]:
    """The rows of one notebook. Nothing that a learner hands in makes this raise."""
    file, looked_through = _name(path), _look_through(path)
    if looked_through is None:
        return [Row(file, "", "unreadable", "not a notebook")]
    found, first = looked_through
    if not found:
        return [Row(file, "", "empty", "no exercise is checked in it")]
    try:
        run = await execute(path, seconds)
        if run.in_time and not run.events:
            # Once more: two kernels that start together may have been given the same port.
            run = await execute(path, seconds)
    except OSError:
        run = Run([], [], in_time=True)
    return sorted([*_whole(file, run, seconds), *_each(file, found, first, run)], key=_order)


def _look_through(path: Path) -> tuple[list[Check], dict[str, str]] | None:
    """The checks and first choices in a notebook; None for what is none, which may be anything."""
    if not path.is_file():
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            notebook = read(path)
            return checks(notebook), first_choices(notebook)
        except Exception:
            return None


def _whole(file: str, run: Run, seconds: float) -> Iterator[Row]:
    """The row of a notebook in which something happened besides the exercises."""
    at = [event["cell"] + 1 for event in run.events if "cell" in event]
    where = f"in cell {at[-1]}" if at else "before its first cell"
    ends = {name for event in run.events for name in event}
    raised = [f"{name} in cell {cell + 1}" for cell, name in _raised(run)]
    if not run.in_time:
        yield Row(file, "", "stopped", f"still running after {seconds:g} seconds, {where}")
    elif "died" in ends:
        yield Row(file, "", "stopped", f"its kernel ended {where}")
    elif "finished" not in ends:
        yield Row(file, "", "stopped", f"could not be executed {where}")
    elif raised:
        more = f", and {len(raised) - 1} more" if raised[1:] else ""
        yield Row(file, "", "error", _plain(raised[0] + more))


def _each(file: str, found: list[Check], first: dict[str, str], run: Run) -> Iterator[Row]:
    """A row for each exercise that is in the notebook or should be."""
    known = {e.id: e for lesson in _lessons(found) for e in catalogue.of_lesson(lesson)}
    results: dict[str, dict[str, str]] = {}
    for result in run.results:
        exercise_id = result.get("exercise", "")
        before = results.get(exercise_id, {}).get("state")
        chosen = isinstance(known.get(exercise_id), Predict) and before == State.NOT_YET
        if before != State.CORRECT and not chosen:
            results[exercise_id] = result
    places = {check.exercise_id: check.index for check in reversed(found)}
    for exercise_id, exercise in known.items():
        if isinstance(exercise, Predict) and first.get(exercise_id) in exercise.choices:
            right = first[exercise_id] == exercise.answer
            state = State.CORRECT if right else State.NOT_YET
            yield Row(file, exercise_id, state, first[exercise_id])
        elif exercise_id in results:
            result = results[exercise_id]
            state, diagnosis = result.get("state", ""), result.get("diagnosis", "")
            yield Row(file, exercise_id, _plain(state), _plain(diagnosis))
        elif exercise_id in places:
            yield Row(file, exercise_id, "not checked", _why(places[exercise_id], run))
        elif not exercise.optional:
            yield Row(file, exercise_id, "missing", "")


def _why(index: int, run: Run) -> str:
    """Why a check told nothing. Mostly, the cell before it did not define what it checks."""
    raised = dict(_raised(run))
    if name := raised.get(index - 1) or raised.get(index):
        return _plain(f"raises {name}")
    reached = any(event.get("cell", -1) > index or "finished" in event for event in run.events)
    return "was not called" if reached else "not reached"


def _raised(run: Run) -> list[tuple[int, str]]:
    """The cells that raised, counted from 0, each with the name of its error."""
    found, at = [], 0
    for event in run.events:
        at = event.get("cell", at)
        if "raised" in event:
            found.append((at, event["raised"]))
    return found


def _lessons(found: list[Check]) -> list[int]:
    numbers = {int(check.exercise_id.partition(".")[0]) for check in found}
    return sorted(numbers & set(catalogue.lessons()))


def _order(row: Row) -> tuple:
    """By file; in it the row without an exercise first, the others as they come in the lesson."""
    if not row.exercise:
        return row.file, 0, 0
    lesson = int(row.exercise.partition(".")[0])
    ids = [exercise.id for exercise in catalogue.of_lesson(lesson)]
    return row.file, lesson, 1 + ids.index(row.exercise)


def _name(path: Path) -> str:
    """The path from here, if it is below; no spreadsheet shall take it for a formula."""
    here = Path.cwd()
    path = path.relative_to(here) if path.is_relative_to(here) else path
    name = _plain(path.as_posix(), longest=1000)
    return f"./{name}" if name.startswith(("=", "+", "-", "@")) else name


def _plain(text: str, longest: int = LONGEST_WORDS) -> str:
    """Text that does nothing to a terminal or a table: learners choose the names of errors."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)[:longest]


# What to talk about


def summary(rows: list[Row]) -> str:
    """Which mistake how many made, the most frequent first."""
    seen = {(row.exercise, row.diagnosis, row.file) for row in rows if row.state == State.NOT_YET}
    counts = Counter((exercise_id, diagnosis) for exercise_id, diagnosis, _ in seen)
    files = len({row.file for row in rows})
    lines = [f"What to talk about tomorrow ({files} {'notebook' if files == 1 else 'notebooks'}):"]
    for (exercise_id, diagnosis), count in sorted(counts.items(), key=lambda i: (-i[1], i[0])):
        exercise = catalogue.find(exercise_id)
        explained = _explained(exercise, diagnosis)
        lines.append(f"{count:4}  {exercise_id} {exercise.title}: {explained}")
    if not counts:
        lines.append("      no mistake that a check found")
    troubles = Counter(row.state for row in rows if not row.exercise)
    if troubles:
        listed = ", ".join(f"{count} {state}" for state, count in sorted(troubles.items()))
        lines.append(f"Look at these yourself: {listed}.")
    return "\n".join(lines)


def _explained(exercise: Exercise, diagnosis: str) -> str:
    if isinstance(exercise, Predict):
        return f"{diagnosis}) {exercise.choices.get(diagnosis, 'none of the choices')}"
    for mistake in exercise.misconceptions:
        if mistake.name == diagnosis:
            return f"{diagnosis}. {mistake.message.partition('. ')[0].rstrip('.')}."
    return diagnosis


# The command


def write(rows: list[Row], output: Path) -> None:
    """Write the table; the mark at its beginning lets Excel read names with umlauts."""
    with open(output, "w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerows([Row._fields, *rows])


async def grade_all(paths: list[Path], seconds: float) -> list[Row]:
    """The rows of all notebooks, in order; says of each when it is finished."""
    places = asyncio.Semaphore(AT_A_TIME)
    finished = 0

    async def one(path: Path) -> list[Row]:
        nonlocal finished
        async with places:
            rows = await grade(path, seconds)
        finished += 1
        right = sum(row.state == State.CORRECT for row in rows)
        trouble = "".join(f"; {row.state}: {row.diagnosis}" for row in rows if not row.exercise)
        print(f"[{finished}/{len(paths)}] {_name(path)}: {right} right{trouble}", flush=True)
        return rows

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(path)) for path in paths]
    return sorted((row for task in tasks for row in task.result()), key=_order)


def main(given: list[str] | None = None) -> int:
    """Grades; learners' mistakes are no failure of the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path, help="notebooks, or folders of notebooks")
    parser.add_argument("--seconds", type=float, default=180.0, help="for a notebook (%(default)g)")
    parser.add_argument("--output", type=Path, default=Path("grades.csv"), help="(%(default)s)")
    arguments = parser.parse_args(given)
    print(WARNING, flush=True)
    paths = find(arguments.files)
    lost = [path for path in arguments.files if not path.exists()]
    if lost or not paths:
        named = ", ".join(map(str, lost or arguments.files))
        print(f"There is no notebook: {named}.", file=sys.stderr)
        return 1
    try:
        # Now rather than after an hour: can the table be written?
        arguments.output.open("a").close()
        # Asked to end, this ends what it started, as with Ctrl-C.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        rows = asyncio.run(grade_all(paths, arguments.seconds))
        write(rows, arguments.output)
    except OSError as error:
        print(f"{arguments.output} was not written: {error.strerror}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Nothing was written.", file=sys.stderr)
        return 130
    print(f"\n{summary(rows)}\n\nWrote {arguments.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
