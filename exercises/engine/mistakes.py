"""Mistakes, and how they are written: a wrong answer next to the words for it.

A mistake that several exercises share belongs to a concept, and is written as a change of the
code of whatever solution has it.
"""

import ast
import functools
import inspect
import linecache
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np


def prose(text: str) -> str:
    """Text in triple quotes as a message: lines are joined, an empty line parts paragraphs."""
    paragraphs = textwrap.dedent(text).strip().split("\n\n")
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


Changes = Mapping[str, str]
"""What is written differently: pieces of the solution's code, and what stands there instead."""


@dataclass(eq=False)
class Misconception:
    """A wrong answer and the message that helps the learner who gave it.

    Attributes:
        name: how the instructor's table calls it.
        given: the wrong function, class or value; or a function that makes it when it is needed.
        late: whether `given` makes the wrong answer.
        message: what this answer does, why that is not what was asked, and a question.
    """

    name: str
    given: Any
    late: bool = False
    message: str = ""

    def says(self, words: str) -> None:
        """Set the message."""
        self.message = prose(words)

    @functools.cached_property
    def wrong_answer(self) -> Any:
        """The wrong function, class or value."""
        return self.given() if self.late else self.given


@dataclass(eq=False)
class Slip:
    """A mistake of a concept: what is written differently, in the ways that solutions have it."""

    name: str
    ways: tuple[Changes, ...]
    message: str = ""

    def says(self, words: str) -> None:
        """Set the message."""
        self.message = prose(words)


class Concept:
    """Mistakes that several exercises share, such as all in which a mean is taken.

    A slip may name several changes, for solutions that are written differently: the first whose
    pieces all stand in a solution counts. An exercise without any of them does not have the slip.
    `{name}` in a message becomes the name that the learner defines.
    """

    def __init__(self) -> None:
        self.slips: list[Slip] = []

    def slip(self, name: str, *ways: Changes) -> Slip:
        """Add a mistake, by what is written differently; `says` takes the words for it."""
        self.slips.append(Slip(name, ways))
        return self.slips[-1]

    def mistakes_in(self, solution: Callable[..., Any], defined: str) -> Iterator[Misconception]:
        """The mistakes that fit a solution, whose stub defines this name."""
        code = _code_of(solution)
        for slip in self.slips:
            fitting = [changes for changes in slip.ways if all(piece in code for piece in changes)]
            if fitting:
                late = functools.partial(changed, solution, fitting[0], slip.name)
                words = slip.message.replace("{name}", defined)
                yield Misconception(slip.name, late, late=True, message=words)


def changed(solution: Callable[..., Any], changes: Changes, name: str) -> Callable[..., Any]:
    """The function or class that a solution's code defines when it is written differently.

    Raises:
        ValueError: if a piece does not stand in the code.
    """
    code = _code_of(solution)
    for piece, instead in changes.items():
        if piece not in code:
            raise ValueError(f"{name}: {piece!r} does not stand in {solution.__name__}")
        code = code.replace(piece, instead)
    file = f"<{name} for {solution.__module__}.{solution.__name__}>"
    there = {"np": np, **vars(inspect.getmodule(solution))}
    return defined_in(code, file, there, solution.__name__)


def defined_in(code: str, file: str, there: dict[str, Any], name: str) -> Any:
    """Run code as a notebook runs a cell, among what is there; returns what it defines so.

    Python finds its lines where it finds those of a cell: in `linecache`, under the file's name.
    """
    linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)
    exec(compile(code, file, "exec"), there)
    return there[name]


@functools.cache
def _code_of(solution: Callable[..., Any]) -> str:
    return textwrap.dedent(inspect.getsource(solution))


def defined_by(stub: str) -> str:
    """What a stub defines: the name of its function, its class or its value.

    Raises:
        ValueError: if it defines nothing.
    """
    for node in ast.parse(textwrap.dedent(stub)).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            return node.name
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            return node.targets[0].id
    raise ValueError(f"this stub defines nothing: {stub}")
