"""What a notebook calls: check, why, hint and solution of one exercise."""

import contextlib
import dis
import functools
import json
import os
import platform
import re
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import tensorflow as tf

from exercises.engine import catalogue, ours, progress
from exercises.engine.check import check
from exercises.engine.model import Exercise, Predict, Result, State
from exercises.engine.render import show_code, show_note, show_result
from exercises.engine.stub import solution_code, stub_name

STRICT = "LESSONS_STRICT"
"""When this environment variable is set, faults of the checker are raised instead of shown."""

RESULTS = "LESSONS_RESULTS"
"""`make grade` names a file here; every result is added to it, as a line of JSON."""

WITHHELD = "LESSONS_WITHHELD"
"""What a class does without: `solution`, or `solution hint`. Copies of `make student` set it."""


class Attempt:
    """One learner at one exercise: remembers the last result and how many hints were given."""

    def __init__(self, definition: Exercise) -> None:
        self.definition = definition
        self.result: Result | None = None
        self._hints_given = 0
        self._tried = False
        self._asked = False

    def __repr__(self) -> str:
        state = self.result.state if self.result else State.NOT_ATTEMPTED
        return f"Exercise {self.definition.id}, {self.definition.title}: {state}."

    def check(self, answer: Any) -> Any:
        """Show how an answer stands, and give back what the lesson goes on with.

            train_step = exercise("6.2").check(train_step)

        That is the answer where it is right, and otherwise ours. Where nothing is done with what
        comes back, None does: a cell that ends in a check shows no more than the check. A
        prediction gives nothing back. Never raises; `result` keeps what was found.
        """
        is_kept = _is_used(sys._getframe(1))
        if self.result is None or not ours.is_ours(answer, of=self.definition):
            self.result = self._found(... if ours.is_ours(answer, of=self.definition) else answer)
            self._tried |= self.result.state is not State.NOT_ATTEMPTED
            _report(self.result)
        if not is_kept or isinstance(self.definition, Predict):
            return show_result(self.result)
        right = self.result.state is State.CORRECT
        whose = "your" if right else "our"
        show_result(self.result, f"The lesson goes on with {whose} `{stub_name(self.definition)}`.")
        return ours.as_needed(self.definition, answer) if right else ours.of(self.definition)

    def _found(self, answer: Any) -> Result:
        try:
            result = check(self.definition, answer)
        except Exception as fault:
            if os.environ.get(STRICT):
                raise
            return _own_fault(self.definition, fault)
        if result.chosen:
            first = progress.record_choice(self.definition.id, result.chosen)
            state = State.CORRECT if first == self.definition.answer else State.NOT_YET
            result = replace(result, state=state, diagnosis=first)
        if result.state is State.CORRECT:
            progress.record(self.definition.id)
        return result

    def why(self) -> None:
        """Show why a prediction comes out as it does, and what the first choice missed."""
        asked = self.definition
        if not isinstance(asked, Predict):
            show_note(self._heading("why"), "Only a prediction has a reason to show.")
            return
        first = progress.first_choice(asked.id)
        missed = f"\nYou chose {first}. {asked.feedback[first]}" if first in asked.feedback else ""
        show_note(self._heading("why"), f"{asked.answer}) {_as_text(asked)}{missed}")

    def hint(self) -> None:
        """Show the next hint; after the last one, that one again."""
        if self._withheld("hint"):
            return
        hints = self.definition.hints
        if not hints:
            show_note(self._heading("no hint"), "There is no hint for this one: just choose.")
            return
        self._hints_given = min(self._hints_given + 1, len(hints))
        heading = self._heading(f"hint {self._hints_given} of {len(hints)}")
        show_note(heading, hints[self._hints_given - 1])

    def solution(self, *, ask: bool = True) -> None:
        """Show one way to do it; unless told not to, ask once first if nothing was tried yet."""
        if self._withheld("solution"):
            return
        if ask and not self._tried and not self._asked:
            self._asked = True
            question = (
                "Try it first? A wrong answer teaches more than a right one that was read. "
                "Call `.solution()` again to see it anyway."
            )
            show_note(self._heading("before the solution"), question)
        elif isinstance(self.definition, Predict):
            show_note(
                self._heading("solution"),
                f"{self.definition.answer}) {_as_text(self.definition)}",
            )
        else:
            show_code(self._heading("one solution"), solution_code(self.definition))

    def _withheld(self, what: str) -> bool:
        withheld = what in os.environ.get(WITHHELD, "").split()
        if withheld:
            text = f"`.{what}()` is switched off in this copy. Ask your teacher."
            show_note(self._heading(f"no {what}"), text)
        return withheld

    def _heading(self, what: str) -> str:
        return f"Exercise {self.definition.id}, {self.definition.title}: {what}"


@functools.cache
def exercise(exercise_id: str) -> Attempt:
    """The exercise with this id, such as `"4.2"`; the same object each time.

    Raises:
        LookupError: if there is none.
    """
    return Attempt(catalogue.find(exercise_id))


def _as_text(asked: Predict) -> str:
    return f"{asked.choices[asked.answer]}\n{asked.reason}"


def _is_used(caller: FrameType) -> bool:
    """Whether a caller does anything with what the call that it waits for gives back.

    A notebook would print a cell's last expression: an object's address, below our words.
    """
    behind = (i for i in dis.get_instructions(caller.f_code) if i.offset > caller.f_lasti)
    follows = next(behind, None)
    return follows is None or not re.search("POP_TOP|PRINT", f"{follows.opname} {follows.argrepr}")


def _report(result: Result) -> None:
    """A file, not the output of the cell: what was checked outlives a kernel that dies."""
    line = {"exercise": result.exercise.id, "state": result.state, "diagnosis": result.diagnosis}
    if place := os.environ.get(RESULTS):
        with contextlib.suppress(OSError), open(place, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def _own_fault(exercise: Exercise, fault: Exception) -> Result:
    place = traceback.extract_tb(fault.__traceback__)[-1]
    details = (
        ("Fault", f"{type(fault).__name__}: {fault}"),
        ("In", f"{Path(place.filename).name}, line {place.lineno}"),
        ("Versions", f"Python {platform.python_version()}, TensorFlow {tf.__version__}"),
    )
    message = (
        "The checker itself failed. This says nothing about your answer. "
        "Please report it, with your code and the lines below."
    )
    diagnosis = f"fault {type(fault).__name__}"
    return Result(exercise, State.CHECKER_FAILED, diagnosis, message, details)
