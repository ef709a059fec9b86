"""Gives answers to exercises, as a learner's cell would."""

import itertools
import linecache
import sys
import textwrap
from dataclasses import replace

import numpy as np

from exercises.engine import catalogue
from exercises.engine.exercise import Attempt
from exercises.engine.model import Exercise, Result, Written
from exercises.engine.stub import stub_name

_cells = itertools.count(1)


def checked(exercise: Exercise | str, answer: object) -> Result:
    """What a check finds; the exercise may be given by its id."""
    attempt = Attempt(catalogue.find(exercise) if isinstance(exercise, str) else exercise)
    attempt.check(answer)
    return attempt.result


def checked_code(exercise_id: str, code: str) -> Result:
    """What a check finds after a cell with this code."""
    exercise = catalogue.find(exercise_id)
    return checked(exercise, defined_by(exercise, code))


def unlisted(exercise_id: str | Written, code: str) -> Result:
    """What a check finds after such a cell if nobody had listed any mistake of the exercise."""
    exercise = catalogue.find(exercise_id) if isinstance(exercise_id, str) else exercise_id
    bare = replace(exercise, mistakes=[], concepts=())
    return checked(bare, defined_by(bare, code))


def defined_by(exercise: Written, code: str) -> object:
    """What a cell with this code would pass to `check`.

    Python finds the lines of a cell where a notebook puts them: in `linecache`, under a name that
    no other cell has.
    """
    namespace = {**vars(sys.modules[exercise.solution.__module__]), "np": np}
    name, code = f"<cell {next(_cells)}>", textwrap.dedent(code)
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    exec(compile(code, name, "exec"), namespace)
    return namespace[stub_name(exercise)]
