"""What an exercise is made of, and what a check finds: classes that hold data and do nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple


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
class Misconception:
    """A wrong answer and the message that helps the learner who gave it.

    `name` is how the instructor's table calls it: the name of the wrong function, if left out.
    """

    wrong_answer: Any
    message: str
    name: str = ""

    def __post_init__(self) -> None:
        if not self.name:
            named = getattr(self.wrong_answer, "__name__", repr(self.wrong_answer))
            object.__setattr__(self, "name", named)


@dataclass(frozen=True, eq=False)
class Remark:
    """What is said about a right answer for which `when(answer)` holds."""

    when: Callable[[Any], bool]
    message: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Exercise:
    """What all kinds have. Optional ones are not counted in the progress of a lesson."""

    id: str
    title: str
    hints: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Written(Exercise):
    """An exercise that is answered in code. Its task is told in the notebook.

    Attributes:
        stub: the code the learner starts from.
        called: what the learner's answer is called at the beginning of a sentence, such as "Your
            step"; left out, it goes by the name in the stub.
        solution: a function or class; for a value, a function without arguments that returns it.
        on_correct: what is said about every right answer.
        cases: what is tried, from small to large.
        misconceptions: wrong answers with their messages.
        variants: other right answers, for the tests.
        remarks: what may be said about right answers.
        exact: whether the answer has to be the same kind of thing as the solution's (a tensor, a
            Variable), with the same dtype, rather than any numbers that are equal.
        tolerance: relative; left out, it follows from the dtype.
    """

    stub: str
    solution: Callable[..., Any]
    called: str = ""
    on_correct: str = ""
    cases: tuple[Case, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    variants: tuple[Any, ...] = ()
    remarks: tuple[Remark, ...] = ()
    exact: bool = False
    tolerance: float | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Function(Written):
    """Write a function. With `returns=False` only its effects count, not what it returns."""

    returns: bool = True


@dataclass(frozen=True, eq=False, kw_only=True)
class Class(Written):
    """Write a class. Each case needs a `call`, which gets the class."""

    def __post_init__(self) -> None:
        if not all(case.call for case in self.cases):
            raise ValueError(f"Exercise {self.id}: a case of a class has to say how to call it.")


@dataclass(frozen=True, eq=False, kw_only=True)
class Value(Written):
    """Give a value: a number, a tensor, a shape, a dtype, text.

    Misconceptions and variants are values, or functions without arguments that make one.
    """

    cases: tuple[Case, ...] = (Case(),)


@dataclass(frozen=True, eq=False, kw_only=True)
class Predict(Exercise):
    """Choose before you run.

    Attributes:
        prompt: the question, word for word as in the notebook.
        choices: the answers to choose from, by their letters.
        answer: the letter of the right one.
        reason: why it is right; shown after any choice.
        feedback: for each other letter, what choosing it tells.
    """

    prompt: str
    choices: Mapping[str, str]
    answer: str
    reason: str
    feedback: Mapping[str, str]


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
        state: one of `State`.
        diagnosis: a short name of what was found, such as a misconception's; for tables.
        message: the sentences for the learner; a line break parts paragraphs.
        details: the inputs, what was expected, the error: what belongs to the message.
    """

    exercise: Exercise
    state: State
    diagnosis: str = ""
    message: str = ""
    details: Details = ()


class Diagnosis(NamedTuple):
    """What is wrong with an answer: a short name for tables, the message, what belongs to it."""

    name: str
    message: str
    details: Details = ()
