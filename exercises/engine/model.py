"""What an exercise is made of: data, and the functions that are its solution and its mistakes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


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
    """A wrong answer and what helps the learner who gave it.

    `name` is how the instructor's table calls it: the name of the wrong function, if left out.
    """

    wrong: Any
    says: str
    name: str = ""

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", getattr(self.wrong, "__name__", repr(self.wrong)))


@dataclass(frozen=True, eq=False)
class Remark:
    """What is said about a right answer for which `when(answer)` holds."""

    when: Callable[[Any], bool]
    says: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Exercise:
    """What all kinds have. Optional ones are not counted in the progress of a lesson."""

    id: str
    title: str
    prompt: str
    hints: tuple[str, ...] = ()
    optional: bool = False
    when_right: str = ""

    @property
    def lesson(self) -> int:
        """The number before the dot of the id."""
        return int(self.id.partition(".")[0])


@dataclass(frozen=True, eq=False, kw_only=True)
class Written(Exercise):
    """An exercise that is answered in code.

    Attributes:
        stub: the code the learner starts from.
        solution: a function or class; for a value, a function without arguments that returns it.
        cases: what is tried, from small to large.
        misconceptions: wrong answers with their sentences.
        variants: other right answers, for the tests.
        remarks: what may be said about right answers.
        exact: whether the answer has to be the same kind of thing as the solution's (a tensor, a
            Variable), with the same dtype, rather than any numbers that are equal.
        tolerance: relative; left out, it follows from the dtype.
    """

    stub: str
    solution: Callable[..., Any]
    cases: tuple[Case, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    variants: tuple[Any, ...] = ()
    remarks: tuple[Remark, ...] = ()
    exact: bool = False
    tolerance: float | None = None

    def answer_from(self, given: Any) -> Any:
        """What a learner would pass to `check` for a solution, a variant or a misconception."""
        return given

    def call(self, answer: Any, inputs: tuple) -> Any:
        """Use an answer in a case that does not say how."""
        return answer(*inputs)


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

    def answer_from(self, given: Any) -> Any:
        """Make the value, where a function is given."""
        return given() if callable(given) else given

    def call(self, answer: Any, inputs: tuple) -> Any:
        """Take the value as it is."""
        return answer


@dataclass(frozen=True, eq=False, kw_only=True)
class Predict(Exercise):
    """Choose before you run.

    Attributes:
        choices: the answers to choose from, by their letters.
        truth: the letter of the right one.
        reason: why it is right; shown after any choice.
        wrong: for each other letter, what choosing it tells.
    """

    choices: Mapping[str, str]
    truth: str
    reason: str
    wrong: Mapping[str, str]
