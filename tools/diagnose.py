"""Measures how much a check sees: wrong answers by rule, and what each of them is told.

    python tools/diagnose.py                    the table for every lesson
    python tools/diagnose.py --lesson 6 --list  each mutant that got no specific words
    python tools/diagnose.py --exercise 6.2 --json found.json

Every mutant of a solution (tools/mutant_rules.py) is checked as a learner's answer is. One that is
correct and behaves like the solution on drawn inputs (tools/redrawn.py) too is no mistake and is
left out. A specific diagnosis is believed if the rule says that its kind is true of what it makes,
or if it holds on the drawn inputs too; else it is doubtful, until somebody judges it in
tools/judged.toml. The columns:

    %          told apart by specific words that are true, of a hundred mutants
    generic    nothing but that the result, its shape or its kind is another
    error      nothing but Python's own message; `explained` are errors with words of ours
    accepted   correct, although other inputs show a difference
    doubtful   specific, and nobody knows yet whether it is true; `false` was judged to be untrue
    fault      the check itself failed, with an error of its own
    refused    not correct, although no other inputs show a difference (counted elsewhere, too)
    alike, untouched, broken   left out: no mistake, seen as the stub, the cell itself fails
"""

import argparse
import builtins
import collections
import contextlib
import fnmatch
import functools
import hashlib
import io
import itertools
import json
import multiprocessing
import re
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from exercises.engine import catalogue, run
from exercises.engine.check import all_same, check, measure_of
from exercises.engine.mistakes import defined_in
from exercises.engine.model import Class, Function, Misconception, Result, State, Written
from exercises.engine.run import input_names
from exercises.engine.sandbox import sandbox
from exercises.engine.stub import solution_code, stub_name
from mutants import Mutant, mutants
from redrawn import drawn

JUDGED = Path(__file__).with_name("judged.toml")
AT_ONCE = 2

GENERIC = ("different_value", "wrong_shape", "wrong_kind", "wrong_dtype", "wrong_family",
           "does_not_raise", "different_parts")  # fmt: skip
MEASURED = ("wrong_arguments", "never_ends", "changes_an_input", "not_a_class", "not_a_function",
            "returns_function", "returns_placeholder")  # fmt: skip
"""Specific diagnoses that say only what was seen, so they are true of every mutant."""
SAY_MORE = ("raises *", "reading *", "returns_nothing")
"""Diagnoses that say more than what was seen: on other inputs they prove nothing."""

COLUMNS = ("specific", "generic", "error", "accepted", "doubtful", "false", "fault")
LISTED = COLUMNS[1:]
LEFT_OUT = ("alike", "untouched", "broken")

PATIENCE = 60.0
"""Seconds for the many drawn inputs."""

_cells = itertools.count(1)


@dataclass(frozen=True)
class Found:
    """A mutant and how it was told apart: one of COLUMNS, or why it was left out."""

    exercise: str
    rule: str
    change: str
    mutant: str
    verdict: str
    diagnosis: str = ""
    message: str = ""
    explained: bool = False
    refused: bool = False
    redrawn: bool = True


# One exercise


def diagnosed(exercise: Written) -> Iterator[Found]:
    """What the check finds out about the mutants of an exercise's solution."""
    other = drawn(exercise)
    for mutant in mutants(solution_code(exercise), examples(exercise)):
        with contextlib.redirect_stdout(io.StringIO()):
            yield diagnosed_one(exercise, other, mutant)


def diagnosed_one(exercise: Written, other: Written | None, mutant: Mutant) -> Found:
    """What the check finds out about one of them; `other` is the exercise with drawn inputs."""
    fingerprint = hashlib.sha1(mutant.change.encode()).hexdigest()[:8]
    about = (exercise.id, " ".join(mutant.rules), mutant.change, fingerprint)
    try:
        answer = answer_of(exercise, mutant.code)
    except Exception as error:  # The cell itself fails: no check is ever run.
        return Found(*about, "broken", type(error).__name__, str(error))
    try:
        result = check(exercise, answer)
    except Exception as fault:
        return Found(*about, "fault", type(fault).__name__, str(fault))
    if result.state is State.NOT_ATTEMPTED:
        return Found(*about, "untouched")
    alike = result.state is State.CORRECT
    if other:
        alike = result.diagnosis != "never_ends" and _does_the_same(other, mutant)
    if result.state is State.CORRECT:
        verdict = "alike" if alike else "accepted"
    else:
        verdict = _verdict(other, mutant, fingerprint, result)
    explained = result.diagnosis.startswith("raises ") and verdict != "error"
    return Found(
        *about,
        verdict,
        result.diagnosis,
        result.message,
        explained=explained,
        refused=alike and verdict != "alike",
        redrawn=bool(other),
    )


def _verdict(other: Written | None, mutant: Mutant, fingerprint: str, result: Result) -> str:
    name = result.diagnosis
    if name in GENERIC:
        return "generic"
    if name.startswith("raises ") and "\n" not in result.message:
        return "error"
    if any(fnmatch.fnmatch(name, kind) for kind in (*mutant.kinds, *MEASURED)):
        return "specific"
    says_more = any(fnmatch.fnmatch(name, kind) for kind in SAY_MORE)
    if not says_more and (other is None or _holds(other, mutant, name)):
        return "specific"
    return _judged(mutant, fingerprint, result)


def _holds(exercise: Written, mutant: Mutant, diagnosis: str) -> bool:
    """Whether what was said of a mutant is true on drawn inputs, too."""
    for mistake in exercise.misconceptions:
        if mistake.name == diagnosis:
            return _does_the_same(exercise, mutant, mistake)
    limit, run.TIME_LIMIT = run.TIME_LIMIT, PATIENCE
    try:
        return check(exercise, answer_of(exercise, mutant.code)).diagnosis == diagnosis
    finally:
        run.TIME_LIMIT = limit


def _does_the_same(exercise: Written, mutant: Mutant, mistake: Misconception | None = None) -> bool:
    """Whether a mutant does what the solution does, or a known mistake."""
    measure = measure_of(exercise)
    if mistake:
        measure = replace(measure, returned=True, exact=False)
    with sandbox():
        got, ended = run.run_cases(exercise, answer_of(exercise, mutant.code), PATIENCE)
        return ended and all_same(exercise, run.outcomes_of(exercise, mistake), got, measure)


def _judged(mutant: Mutant, fingerprint: str, result: Result) -> str:
    """What somebody has judged of a diagnosis whose truth is not plain."""
    for entry in tomllib.loads(JUDGED.read_text(encoding="utf-8")).get("judged", ()):
        fits = (
            fnmatch.fnmatch(result.exercise.id, entry["exercise"])
            and (entry["mutant"] in ("*", fingerprint) or entry["mutant"] in mutant.rules)
            and fnmatch.fnmatch(result.diagnosis, entry["diagnosis"])
            and entry.get("says", "") in result.message
        )
        if fits:
            return "specific" if entry["true"] else "false"
    return "doubtful"


def examples(exercise: Written) -> dict[str, Any]:
    """A value for each parameter of a solution: that of the first case."""
    if isinstance(exercise, Function):
        inputs = exercise.cases[0].inputs()
        return dict(zip(input_names(exercise, len(inputs)), inputs, strict=True))
    if isinstance(exercise, Class):
        names = exercise.solution.__init__.__code__.co_varnames
        return dict.fromkeys((*names, "inputs"), 3.0)
    return {}


def answer_of(exercise: Written, code: str) -> Any:
    """What a cell with this code would pass to `check`, in a notebook of its lesson."""
    scope = notebook(exercise.solution.__module__)
    scope |= {f"my_{key}": value for key, value in examples(exercise).items()}
    scope |= {"np": np, "__name__": "__main__", "__builtins__": builtins}
    return defined_in(code, f"<cell {next(_cells)}>", scope, stub_name(exercise))


@functools.cache
def _names(module: str) -> frozenset[str]:
    """What the solutions of a lesson use: the mistakes beside them are in nobody's notebook."""
    lesson = vars(sys.modules[module])
    written = [value for value in lesson.values() if isinstance(value, Written)]
    used = [re.findall(r"\w+", solution_code(exercise)) for exercise in written]
    return frozenset(itertools.chain({"np"}, *used)) & lesson.keys()


def notebook(module: str) -> dict[str, Any]:
    """The globals of a notebook, as far as solutions need them."""
    return {name: vars(sys.modules[module])[name] for name in _names(module)}


# All of them


def of_lesson(lesson: int, exercise_id: str = "") -> tuple[int, list[Found], float]:
    """What is found in a lesson, or in one of its exercises, and the seconds it took."""
    begin = time.monotonic()
    written = [each for each in catalogue.of_lesson(lesson) if isinstance(each, Written)]
    asked = [each for each in written if exercise_id in ("", each.id)]
    return lesson, [found for each in asked for found in diagnosed(each)], time.monotonic() - begin


def table(found: Iterable[Found]) -> str:
    """How many mutants were told apart, by exercise, by lesson and in all."""
    counts: dict[str, collections.Counter] = collections.defaultdict(collections.Counter)
    for each in found:
        lesson = f"lesson {each.exercise.partition('.')[0]}"
        for row in (each.exercise, lesson, "all"):
            counts[row][each.verdict] += 1
            counts[row]["explained"] += each.explained
            counts[row]["refused"] += each.refused
    names = ("mutants", "%", *COLUMNS, "explained", "refused", *LEFT_OUT)
    lines = [" " * 10 + "".join(f"{name:>10}" for name in names)]
    for row, count in sorted(counts.items(), key=lambda item: _order(item[0])):
        count["mutants"] = sum(count[name] for name in COLUMNS)
        count["%"] = round(100 * count["specific"] / max(1, count["mutants"]))
        lines.append(f"{row:<10}" + "".join(f"{count[name]:>10}" for name in names))
    return "\n".join(lines)


def _order(row: str) -> tuple:
    if row == "all":
        return (100,)
    number = row.removeprefix("lesson ")
    return float(number) // 1, row.startswith("lesson"), row


def listing(found: Iterable[Found]) -> str:
    """Each mutant that was not told apart by words that are known to be true."""
    lines = []
    for each in found:
        if each.verdict in LISTED or each.refused:
            refused = ", though it behaves like the solution" if each.refused else ""
            heading = f"{each.exercise} {each.mutant} {each.rule}: {each.verdict}{refused}"
            lines += [heading, each.change, f"  {each.diagnosis}: {each.message}", ""]
    return "\n".join(lines)


def remarks(found: Iterable[Found]) -> str:
    """What else is worth knowing of the table."""
    specific = (_source(each.diagnosis) for each in found if each.verdict == "specific")
    generic = (each.diagnosis for each in found if each.verdict == "generic")
    kept = [each for each in found if not each.redrawn]
    right = (each.exercise for each in kept if each.verdict == "alike")
    wrong = (each.exercise for each in kept if each.verdict in COLUMNS)
    return (
        f"specific: {_counted(specific)}\n"
        f"generic: {_counted(generic)}\n"
        f"without other inputs, known by the exercise's own cases: wrong {_counted(wrong)}; "
        f"correct, and taken for no mistake {_counted(right)}"
    )


def _source(diagnosis: str) -> str:
    """Where specific words come from."""
    first, *rest = diagnosis.split()
    if rest:
        return {"raises": "an error explained"}.get(first, f"a {first}")
    return "what came of it" if diagnosis in (*MEASURED, "returns_nothing") else "a known mistake"


def _counted(names: Iterable[str]) -> str:
    counts = collections.Counter(names).most_common()
    return ", ".join(f"{name} {count}" for name, count in counts) or "none"


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lesson", type=int, action="append", help="only this one; repeat it")
    parser.add_argument("--exercise", default="", help="only this one, such as 6.2")
    parser.add_argument("--list", action="store_true", help="show what got no specific words")
    parser.add_argument("--json", type=Path, help="write everything into this file")
    arguments = parser.parse_args()
    lessons = arguments.lesson or catalogue.lessons()
    if arguments.exercise:
        lessons = [int(arguments.exercise.partition(".")[0])]
    found: list[Found] = []
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(AT_ONCE, len(lessons)), mp_context=spawn) as pool:
        waiting = [pool.submit(of_lesson, lesson, arguments.exercise) for lesson in lessons]
        for future in waiting:
            lesson, those, seconds = future.result()
            found += those
            print(f"lesson {lesson}: {len(those)} mutants in {seconds:.0f} s", file=sys.stderr)
    if arguments.list:
        print(listing(found))
    print(table(found))
    print(remarks(found))
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(each) for each in found], indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
