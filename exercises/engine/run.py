"""Runs an answer on an exercise's cases and keeps what came of each."""

import functools
import inspect
import linecache
import re
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from exercises.engine.model import Case, Class, Details, Function, Misconception, Value, Written
from exercises.engine.sandbox import Stopped, run_with_timeout
from exercises.engine.snapshot import (
    NOTHING,
    Snapshot,
    compared,
    described,
    see,
    shortened,
    shown,
)

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
            "tenth")  # fmt: skip

TIME_LIMIT = 4.0
"""Seconds for all cases together; stopping takes half a second more where it is resisted."""

_OURS = str(Path(__file__).parents[1])  # the engine and the lessons' files
_STANDARD_LIBRARY = str(Path(inspect.__file__).parent)


@dataclass(frozen=True, eq=False)
class Raised:
    """An error: its type, the first line that says something, and the learner's line."""

    kind: type[BaseException]
    message: str
    line: str


@dataclass(eq=False)
class Outcome:
    """What came of one case. `inputs` is in words."""

    inputs: str
    returned: Snapshot = NOTHING
    effects: dict[str, Snapshot] = field(default_factory=dict)
    raised: Raised | None = None


Part = tuple[str, Snapshot, Snapshot]
"""A part of an outcome: its name ("" for the result itself), as wanted, as it is."""


def result_counts(exercise: Written) -> bool:
    """Whether what an answer returns is compared, beside its effects."""
    return not isinstance(exercise, Function) or exercise.returns


def parts_of(wanted: Outcome, got: Outcome, *, returned: bool) -> Iterator[Part]:
    """What is compared of two outcomes: the result, where it counts, and every effect."""
    if returned:
        yield "", wanted.returned, got.returned
    for name, seen in wanted.effects.items():
        yield name, seen, got.effects.get(name, NOTHING)


def can_run(exercise: Written, answer: Any) -> bool:
    """Whether an answer is a class where one is asked for, or something that can be called."""
    is_class = issubclass(type(answer), type)
    if isinstance(exercise, Function):
        return callable(answer) and not is_class
    return is_class or not isinstance(exercise, Class)


def run_cases(exercise: Written, answer: Any, seconds: float) -> tuple[list[Outcome], bool]:
    """Run all cases; returns the outcomes so far and whether the last of them has ended."""
    outcomes: list[Outcome] = []
    end = time.monotonic() + seconds

    def work() -> None:
        for case in exercise.cases:
            _run_one(exercise, case, answer, outcomes)
            # A bare `except:` in the answer swallows the Stopped that is thrown into it. Without
            # this, the other cases would still be run, in a thread that nobody waits for.
            if time.monotonic() > end:
                raise Stopped

    finished = run_with_timeout(work, seconds)
    return list(outcomes), finished


def outcomes_of(exercise: Written, mistake: Misconception | None = None) -> list[Outcome]:
    """The outcomes of code of our own: the solution's or a misconception's.

    Raises:
        RuntimeError: if it does not finish, or the solution raises where it should not.
    """
    return [outcome_of(exercise, mistake, number) for number in range(len(exercise.cases))]


@functools.cache
def outcome_of(exercise: Written, mistake: Misconception | None, number: int) -> Outcome:
    """The outcome of code of our own in one case: most mistakes are told apart by the first.

    Raises:
        RuntimeError: as `outcomes_of`.
    """
    given = exercise.solution if mistake is None else mistake.wrong_answer
    case, answer = exercise.cases[number], answer_from(exercise, given)
    found: list[Outcome] = []
    if not run_with_timeout(lambda: found.append(try_case(exercise, case, answer)), 60):
        raise RuntimeError(f"exercise {exercise.id}: {given!r} does not finish")
    if mistake is None and bool(found[0].raised) != bool(case.raises):
        raise RuntimeError(f"exercise {exercise.id}: its solution ended in {found[0].raised}")
    return found[0]


def try_case(exercise: Written, case: Case, answer: Any) -> Outcome:
    """What comes of one case; call it where it can be stopped."""
    outcomes: list[Outcome] = []
    _run_one(exercise, case, answer, outcomes)
    return outcomes[0]


def before(exercise: Written, case: Case) -> dict[str, Snapshot]:
    """What the inputs of a case are like before a call, under the names of its effects."""
    inputs = case.inputs()
    names = input_names(exercise, len(inputs))
    return dict(_effects(names, inputs, [_variables(value) for value in inputs]))


def given(outcome: Outcome) -> Details:
    """The inputs, as they are shown with a message."""
    return (("With", outcome.inputs),) if outcome.inputs else ()


def details_of(
    exercise: Written, got: Outcome, label: str, wanted: Snapshot, is_now: Snapshot
) -> Details:
    """The inputs and both values, as they are shown with a message; a label names the part."""
    one_shown, other_shown = compared(wanted, is_now)
    if place := re.fullmatch(r"\[(\d)\]", label):
        label = f"the {ORDINALS[int(place[1])]} result"
    of = f" ({label})" if label else ""
    if isinstance(exercise, Value):
        # No "Expected" here: the expected value is the answer.
        return ((f"Your answer{of}", other_shown),)
    return (*given(got), (f"Expected{of}", one_shown), (f"Yours{of}", other_shown))


def answer_from(exercise: Written, given: Any) -> Any:
    """What a learner would pass to `check` for a solution, a variant or a misconception."""
    return given() if isinstance(exercise, Value) and callable(given) else given


def input_names(exercise: Written, count: int) -> list[str]:
    """What the learner calls the inputs: the parameters of the solution."""
    if isinstance(exercise, Function):
        names = list(inspect.signature(exercise.solution).parameters)
        if len(names) >= count:
            return names[:count]
    return [f"input {i + 1}" for i in range(count)]


def see_answer(answer: Any) -> Snapshot:
    """See an answer that is not run; an odd object may never end even then."""
    found = [Snapshot("other", "an object that cannot be read")]
    run_with_timeout(lambda: found.append(see(answer)), TIME_LIMIT)
    return found[-1]


def _run_one(exercise: Written, case: Case, answer: Any, outcomes: list[Outcome]) -> None:
    inputs = case.inputs()
    names = input_names(exercise, len(inputs))
    outcome = Outcome(case.shows or _in_words(names, inputs))
    outcomes.append(outcome)
    kept = [_variables(value) for value in inputs]
    try:
        outcome.returned = see(_use(exercise, case, answer, inputs))
        outcome.effects = dict(_effects(names, inputs, kept))
        if case.after:
            outcome.effects |= {name: see(value) for name, value in case.after(*inputs).items()}
    except Stopped:
        raise
    except BaseException as error:  # SystemExit and the like are the learner's own, too.
        outcome.raised = _raised(error)


def _use(exercise: Written, case: Case, answer: Any, inputs: tuple) -> Any:
    if case.call:
        return case.call(answer, *inputs)
    return answer if isinstance(exercise, Value) else answer(*inputs)


def _effects(names: list[str], inputs: tuple, kept: list[dict]) -> Iterator[tuple[str, Snapshot]]:
    for name, value, variables in zip(names, inputs, kept, strict=True):
        if isinstance(value, tf.Variable | np.ndarray | list | dict):
            yield f"{name} afterwards", see(value)
        for attribute, variable in variables.items():
            now = vars(value).get(attribute)
            yield f"{name}.{attribute} afterwards", see(now)
            yield f"{name}.{attribute} is still the same tf.Variable", see(now is variable)


def _variables(value: Any) -> dict[str, tf.Variable]:
    if not isinstance(value, tf.Module):
        return {}
    return {name: v for name, v in vars(value).items() if isinstance(v, tf.Variable)}


def _in_words(names: list[str], inputs: tuple) -> str:
    return "; ".join(f"{name} = {_input(value)}" for name, value in zip(names, inputs, strict=True))


def _input(value: Any) -> str:
    variables = _variables(value)
    if variables:
        inside = ", ".join(f"{name} = {shown(see(v))}" for name, v in variables.items())
        return f"{type(value).__name__} with {inside}"
    seen = see(value)
    if seen.family == "variable":
        return f"tf.Variable({shown(seen)})"
    if seen.array is not None and seen.array.ndim > 1:
        return f"{shown(seen)} (shape {list(seen.shape)})"
    return shown(seen) if seen.family != "other" else described(seen)


def _raised(error: BaseException) -> Raised:
    try:
        said = str(error).strip().splitlines()
    except BaseException as raising:  # Its own __str__ may do anything.
        if isinstance(raising, Stopped):
            raise
        said = []
    line = _own_line(error)
    if said and said[0].startswith("in user code"):
        # AutoGraph quotes the lines of code that led there and puts the message last.
        places = [i for i, text in enumerate(said) if text.lstrip().startswith("File ")]
        line = line or said[places[-1] + 1].strip() if places else line
        said = said[-1:]
    if said and said[0].startswith("Exception encountered when calling"):
        # Keras puts the message, in bold, between lines of its own.
        said = [re.sub(r"\x1b\[\d*m", "", text) for text in said[1:] if text.strip()]
    message = said[0].strip() if said else ""
    message = re.sub(r"\{\{function_node.*?\}\}\s*|\s*\[Op:.*", "", message)
    message = message.replace("tensorflow.python.framework.ops.", "")
    message = message.removeprefix(f"{type(error).__name__}: ")  # AutoGraph says it twice.
    # An address is another one every time, and the file of a class is nothing to the learner.
    message = re.sub(r"<(function )?\S*?(\w+( object)?) at 0x[0-9a-f]+>", r"<\1\2>", message)
    return Raised(type(error), shortened(message, 300), line)


def _own_line(error: BaseException) -> str:
    """The innermost line that the learner wrote."""
    for frame, number in reversed(list(traceback.walk_tb(error.__traceback__))):
        path = frame.f_code.co_filename
        foreign = "site-packages" in path or "dist-packages" in path or "__autograph" in path
        if foreign or path.startswith((_OURS, _STANDARD_LIBRARY, "<frozen")):
            continue
        line = linecache.getline(path, number).strip()
        if line:
            return line
    return ""
