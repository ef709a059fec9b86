"""Finds exercises. A lesson's file is imported when one of its exercises is first asked for."""

import functools
import importlib
import pkgutil
import re
from types import ModuleType

import exercises
from exercises.engine.model import Exercise


def lessons() -> list[int]:
    """The numbers of the lessons that have exercises."""
    names = (module.name for module in pkgutil.iter_modules(exercises.__path__))
    return sorted(int(name[-2:]) for name in names if re.fullmatch(r"lesson_\d\d", name))


@functools.cache
def of_lesson(number: int) -> tuple[Exercise, ...]:
    """A lesson's exercises, in the order of its file."""
    return tuple(value for value in vars(_file(number)).values() if isinstance(value, Exercise))


def title(number: int) -> str:
    """What the lesson is called."""
    return _file(number).TITLE


def find(exercise_id: str) -> Exercise:
    """The exercise with this id, such as `"4.2"`.

    Raises:
        LookupError: if there is none; says which there are.
    """
    written = re.fullmatch(r"(\d{1,2})\.\w+", str(exercise_id))
    lesson = int(written[1]) if written else None
    there = lessons()
    found = of_lesson(lesson) if lesson in there else ()
    for exercise in found:
        if exercise.id == exercise_id:
            return exercise
    known = f"Lesson {lesson} has" if found else "There are exercises in the lessons"
    names = ", ".join([exercise.id for exercise in found] or map(str, there))
    raise LookupError(f"There is no exercise {exercise_id!r}. {known} {names}.")


def _file(number: int) -> ModuleType:
    return importlib.import_module(f"exercises.lesson_{number:02}")
