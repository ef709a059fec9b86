"""The way of an answer through the engine is short, and goes one way."""

import ast
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
import tensorflow as tf

from exercises import engine
from exercises.engine.exercise import exercise
from exercises.engine.model import State

ENGINE = Path(engine.__file__).parent


def right(predicted, actual):
    return tf.reduce_mean((predicted - actual) ** 2)


def unknown_mistake(predicted, actual):
    return tf.reduce_mean((predicted - actual) ** 2) + 0.25


@contextmanager
def traced() -> Iterator[dict[str, None]]:
    """The engine's files whose functions run meanwhile, in order. Code runs in threads, too."""
    files: dict[str, None] = {}

    def called(frame: FrameType, event: str, _: object) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and path.parent == ENGINE:
            files[path.name] = None

    threading.setprofile(called)
    sys.setprofile(called)
    try:
        yield files
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


@pytest.mark.parametrize(
    ("answer", "state", "most"),
    [(right, State.CORRECT, 9), (unknown_mistake, State.NOT_YET, 12)],
)
def test_an_answer_passes_few_files(answer: Callable, state: State, most: int):
    asked = exercise("4.2")
    asked.check(answer)  # Only the first check of an exercise runs its solution and its mistakes.
    with traced() as files:
        asked.check(answer)
    assert asked.result.state is state
    assert {"exercise.py", "check.py", "run.py"} <= set(files)
    assert len(files) <= most, list(files)


def reading_order() -> list[str]:
    """The engine's files, as its docstring lists them."""
    return re.findall(r"^    (\w+) ", engine.__doc__, flags=re.MULTILINE)


def imported_by(name: str) -> set[str]:
    """The files of the engine that one of them imports."""
    nodes = ast.walk(ast.parse((ENGINE / f"{name}.py").read_text(encoding="utf-8")))
    found = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    names = {f"{node.module}.{alias.name}" for node in found for alias in node.names}
    parts = (name.removeprefix("exercises.engine.").split(".")[0] for name in names)
    return {part for part in parts if (ENGINE / f"{part}.py").exists()}


def test_every_file_is_listed():
    assert sorted(reading_order()) == sorted(p.stem for p in ENGINE.glob("[!_]*.py"))


@pytest.mark.parametrize("name", reading_order())
def test_a_file_imports_what_is_listed_below_it(name):
    below = reading_order()[reading_order().index(name) + 1 :]
    assert imported_by(name) <= set(below)


def test_imports_are_seen():
    assert {"check", "render", "stub", "catalogue"} <= imported_by("exercise")
