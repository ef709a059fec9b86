"""What an exercise is made of, and what a check finds: classes that hold data."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from exercises.engine.mistakes import (
    Changes,
    Concept,
    Misconception,
    changed,
    defined_by,
    prose,
)


@dataclass(frozen=True, eq=False)
class Case:
    """One thing that is tried on an answer.

    What is compared with the solution: what `call` returns, what `after` returns, and, without
    being asked, every Variable, list and NumPy array among the inputs as it is after the call,
    with the Variables of a `tf.Module` (value, and whether they are still the same objects).

    Attributes:
        inputs: makes the arguments, anew for every run.
        call: uses the answer: `call(answer, *inputs)`. Left out, a function is called with the
            inputs and a value is taken as it is. A dictionary that it returns is compared entry by
            entry, so its keys are words for the learner: `{"model(3.0)": model(3.0)}`.
        after: further effects, `after(*inputs)`, as such a dictionary.
        shows: the inputs in words, where their values do not say enough.
        raises: the error types that are the right answer to these inputs.
    """

    inputs: Callable[[], tuple] = lambda: ()
    call: Callable[..., Any] | None = None
    after: Callable[..., Mapping[str, Any]] | None = None
    shows: str = ""
    raises: tuple[type[BaseException], ...] = ()


@dataclass(frozen=True, eq=False)
class Remark:
    """What is said about a right answer for which `when(answer)` holds."""

    when: Callable[[Any], bool]
    message: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", prose(self.message))


@dataclass(frozen=True, eq=False, kw_only=True)
class Exercise:
    """What all kinds have. Optional ones are not counted in the progress of a lesson.

    Attributes:
        hints: one text; an empty line parts one hint from the next.
    """

    id: str
    title: str
    hints: str | tuple[str, ...] = ""
    optional: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Written(Exercise):
    """An exercise that is answered in code. Its task is told in the notebook.

    Wrong answers are added to it, each with its words, by `slip`, `mistake` and `mistaken`; other
    right answers, for the tests, by `right`.

    Attributes:
        stub: the code the learner starts from.
        called: what the learner's answer is called at the beginning of a sentence, such as "Your
            step"; left out, it goes by the name in the stub.
        solution: a function or class; for a value, a function without arguments that returns it.
        on_correct: what is said about every right answer.
        cases: what is tried, from small to large.
        remarks: what may be said about right answers.
        concepts: whose mistakes it has too. One of its own with the same name goes first.
        without: the names of those that do not make sense here.
        exact: whether the answer has to be the same kind of thing as the solution's (a tensor, a
            Variable), with the same dtype, rather than any numbers that are equal.
        tolerance: relative; left out, it follows from the dtype.
    """

    stub: str
    solution: Callable[..., Any]
    called: str = ""
    on_correct: str = ""
    cases: tuple[Case, ...] = ()
    remarks: tuple[Remark, ...] = ()
    concepts: tuple[Concept, ...] = ()
    exact: bool = False
    tolerance: float | None = None
    without: tuple[str, ...] = ()
    mistakes: list[Misconception] = field(default_factory=list)
    variants: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        object.__setattr__(self, "on_correct", prose(self.on_correct))
        if isinstance(self.hints, str):  # Else it is a copy, by `dataclasses.replace`.
            object.__setattr__(self, "hints", tuple(filter(None, prose(self.hints).split("\n"))))

    def slip(self, name: str, changes: Changes) -> Misconception:
        """Add the solution with something written differently; `says` takes the words for it."""
        late = functools.partial(changed, self.solution, changes, name)
        return self._added(Misconception(name, late, late=True))

    def mistake(self, name: str, wrong_answer: Any) -> Misconception:
        """Add a wrong answer; `says` takes the words for it."""
        return self._added(Misconception(name, wrong_answer))

    def mistaken(self, words: str) -> Callable[[Callable], Callable]:
        """Add the function or class that follows as a wrong answer, with the words for it."""

        def add(wrong_answer: Callable) -> Callable:
            self.mistake(wrong_answer.__name__, wrong_answer).says(words)
            return wrong_answer

        return add

    def _added(self, mistake: Misconception) -> Misconception:
        self.mistakes.append(mistake)
        return mistake

    @functools.cached_property
    def misconceptions(self) -> tuple[Misconception, ...]:
        """Its own mistakes and those of its concepts. Nothing can be added afterwards."""
        known = {mistake.name: mistake for mistake in self.mistakes}
        for concept in self.concepts:
            for mistake in concept.mistakes_in(self.solution, defined_by(self.stub)):
                if mistake.name not in self.without:
                    known.setdefault(mistake.name, mistake)
        return tuple(known.values())

    def right(self, answer: Any) -> Any:
        """Add another right answer; may stand above a function or class as `@EXERCISE.right`."""
        self.variants.append(answer)
        return answer


@dataclass(frozen=True, eq=False, kw_only=True)
class Function(Written):
    """Write a function. With `returns=False` only its effects count, not what it returns."""

    returns: bool = True


@dataclass(frozen=True, eq=False, kw_only=True)
class Class(Written):
    """Write a class. Each case needs a `call`, which gets the class."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not all(case.call for case in self.cases):
            raise ValueError(f"Exercise {self.id}: a case of a class has to say how to call it.")


@dataclass(frozen=True, eq=False, kw_only=True)
class Value(Written):
    """Give a value: a number, a tensor, a shape, a dtype, text.

    Wrong and other right answers are values, or functions without arguments that make one.
    """

    cases: tuple[Case, ...] = (Case(),)


@dataclass(frozen=True, eq=False, kw_only=True)
class Predict(Exercise):
    """Choose before you run. The cell that follows answers, not the check.

    Attributes:
        prompt: the question, word for word as in the notebook.
        choices: the answers to choose from, by their letters.
        answer: the letter of the right one.
        tempts: for each letter, the right one too, why one would choose it, without the answer.
            Written as one text, `a: ...`, an empty line, `b: ...`.
        reason: why the right one is right; `why()` shows it.
        feedback: for each other letter, what `why()` says to who chose it first; such a text.
    """

    prompt: str
    choices: Mapping[str, str]
    answer: str
    tempts: str | Mapping[str, str]
    reason: str
    feedback: str | Mapping[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", prose(self.reason))
        for name in ("tempts", "feedback"):
            if isinstance(text := getattr(self, name), str):
                letters = (line.split(": ", 1) for line in prose(text).split("\n"))
                object.__setattr__(self, name, dict(letters))


class State(StrEnum):
    """How an answer stands."""

    NOT_ATTEMPTED = "not attempted"
    CORRECT = "correct"
    NOT_YET = "not yet"
    CHECKER_FAILED = "checker failed"


Details = tuple[tuple[str, str], ...]
"""What belongs to a message, as pairs of a label and a value."""


@dataclass(frozen=True)
class Result:
    """The state of an answer and the words for it.

    Attributes:
        exercise: which was checked.
        state: one of `State`; that of a prediction is the state of its *first* choice.
        diagnosis: a short name of what was found, such as a misconception's; for tables. Of a
            prediction, its first choice.
        message: the sentences for the learner; a line break parts paragraphs.
        details: the inputs, what was expected, the error: what belongs to the message.
        chosen: the letter that was chosen just now, for a prediction.
    """

    exercise: Exercise
    state: State
    diagnosis: str = ""
    message: str = ""
    details: Details = ()
    chosen: str = ""


class Diagnosis(NamedTuple):
    """What is wrong with an answer: a short name for tables, the message, what belongs to it."""

    name: str
    message: str
    details: Details = ()
