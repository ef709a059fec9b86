"""Says in words that an answer, or what it returns, is the wrong kind of thing."""

import types
from typing import Any

from exercises.engine.model import Class, Function, Written
from exercises.engine.run import looked_at
from exercises.engine.snapshot import Seen, kind_of_numbers
from exercises.engine.stub import arguments_that_fit
from exercises.engine.words import described, listed

Diagnosis = tuple[str, str]
"""A short name for the instructor's table, and the sentence."""


def wrong_answer(
    exercise: Written, answer: Any, name: str, inputs: list[str] | None
) -> Diagnosis | None:
    """What keeps an answer from being tried at all."""
    is_class = issubclass(type(answer), type)
    if isinstance(exercise, Class) and not is_class:
        if callable(answer) and type(answer) is types.FunctionType:
            return "not_a_class", f"This is a function. Asked for is a class: `class {name}`."
        return "not_a_class", (
            f"This is {described(looked_at(answer))}, not a class. Pass the class itself, "
            f"`{name}`, without brackets: the check makes objects from it."
        )
    if not isinstance(exercise, Function):
        return None
    if is_class:
        return "not_a_function", f"This is a class. Asked for is a function: `def {name}(...)`."
    if not callable(answer):
        return "not_a_function", (
            f"This is {described(looked_at(answer))}, not a function. Pass the function itself, "
            f"`{name}`, without brackets: the check calls it."
        )
    fits = arguments_that_fit(answer)
    if fits and inputs is not None and not fits[0] <= len(inputs) <= fits[1]:
        many = "1 argument" if fits[1] == 1 else f"{fits[1]} arguments"
        wanted = listed([f"`{name}`" for name in inputs]) or "nothing"
        return "wrong_arguments", f"It takes {many}. It is called with {len(inputs)}: {wanted}."
    return None


def wrong_result(
    wanted: Seen, got: Seen, what: str, *, with_tape: bool = False, reduces: bool = False
) -> Diagnosis | None:
    """Why a result cannot be right, whatever its numbers are. `what` begins the sentence.

    `with_tape` and `reduces` say of the solution that it asks a tape, and that it makes one number
    out of many.
    """
    if got.family == "nothing" and with_tape:
        return "returns_nothing", (
            f"{what} is None. Either there is no `return`, or a tape gave None because it saw no "
            "way from the Variable to the result. Which of the two is it?"
        )
    if got.family == "nothing":
        return "returns_nothing", (
            f"{what} is None: nothing comes back. A function hands a value to its caller only "
            "with `return`. Where does yours do that?"
        )
    if got.kind == "`...`":
        return "returns_placeholder", f"{what} is `...`: a place that is still to be filled in."
    if got.kind in ("a function", "a method"):
        return "returns_function", (
            f"{what} is {got.kind} that was not called. Are there brackets missing after its name?"
        )
    if got.family == "other" or wanted.family == "nothing":
        return "wrong_kind", f"{what} is {described(got)}; {described(wanted)} is wanted."
    if "parts" in (wanted.family, got.family):
        if wanted.family == got.family and len(wanted.parts) == len(got.parts):
            return None
        return "wrong_kind", f"{what} is {described(got)}; {described(wanted)} is wanted."
    return _wrong_numbers(wanted, got, what, reduces)


def _wrong_numbers(wanted: Seen, got: Seen, what: str, reduces: bool) -> Diagnosis | None:
    kinds = kind_of_numbers(wanted, got), kind_of_numbers(got, wanted)
    if wanted.shape != got.shape:
        return "wrong_shape", _wrong_shape(wanted, got, what, reduces)
    if "text" in kinds and kinds[0] != kinds[1]:
        return "wrong_kind", f"{what} is {described(got)}; {described(wanted)} is wanted."
    if kinds[0] != kinds[1]:
        return "wrong_dtype", (
            f"{what} has the dtype {got.dtype or kinds[1]}; {wanted.dtype or kinds[0]} is wanted. "
            "Where do the numbers change their kind?"
        )
    return None


def wrong_family(
    wanted: Seen, got: Seen, what: str, *, with_tape: bool = False
) -> Diagnosis | None:
    """Why a result of an exercise that insists on the kind is not right."""
    if wanted.family != got.family:
        says = f"{what} is {described(got)}; {described(wanted)} is wanted."
        if wanted.family == "tensor" and got.family in ("python", "numpy"):
            says += (
                " The number may be right. Where does it stop being a tensor?"
                if with_tape
                else " The number may be right, but no gradient can be taken of it any more."
            )
        return "wrong_kind", says
    if wanted.dtype != got.dtype:
        return "wrong_dtype", f"{what} has the dtype {got.dtype}; {wanted.dtype} is wanted."
    return None


def _wrong_shape(wanted: Seen, got: Seen, what: str, reduces: bool) -> str:
    shapes = f"shape {list(got.shape)}"
    if reduces and wanted.shape == () and len(got.shape) == 1 and got.family != "parts":
        return (
            f"{what} has {shapes}: a number for each example, it seems. One number for all of "
            "them together is wanted. What could make one number out of many?"
        )
    if len(got.shape) == 2 and len(set(got.shape)) == 1 and wanted.shape in (got.shape[:1], ()):
        return (
            f"{what} has {shapes}: each value was combined with every other, a table of all "
            f"pairs. {_shape_wanted(wanted)} Which of the inputs has one axis more?"
        )
    return f"{what} has {shapes}. {_shape_wanted(wanted)}"


def _shape_wanted(wanted: Seen) -> str:
    return f"Shape {list(wanted.shape)} is wanted." if wanted.shape else "One number is wanted."
