"""Says what is wrong with an answer: its type, its arguments, its error, its result.

Every function here gives a `Diagnosis`, for an answer that `check` knows to be wrong. What error
messages mean in plain words stands in a table at the end.
"""

import re
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from exercises.engine.model import Case, Class, Details, Diagnosis, Function, Value, Written
from exercises.engine.run import Outcome, Raised, input_names, see_answer
from exercises.engine.snapshot import (
    Snapshot,
    agree,
    compared,
    described,
    kind_of_numbers,
    listed,
    see,
)
from exercises.engine.stub import arguments_that_fit, asks_a_tape, reduces, stub_name

_ORDINALS = ("first", "second", "third", "fourth")
_INPUTS = {list: "list", dict: "dictionary", np.ndarray: "array"}


def wrong_type(exercise: Written, answer: Any) -> Diagnosis:
    """An answer that is no function or no class, and cannot be run."""
    name = stub_name(exercise)
    is_class = issubclass(type(answer), type)
    if isinstance(exercise, Class):
        if type(answer) is types.FunctionType:
            message = f"This is a function. Asked for is a class: `class {name}`."
        else:
            message = (
                f"This is {described(see_answer(answer))}, not a class. Pass the class itself, "
                f"`{name}`, without brackets: the check makes objects from it."
            )
        return Diagnosis("not_a_class", message)
    if is_class:
        message = f"This is a class. Asked for is a function: `def {name}(...)`."
    else:
        message = (
            f"This is {described(see_answer(answer))}, not a function. Pass the function itself, "
            f"`{name}`, without brackets: the check calls it."
        )
    return Diagnosis("not_a_function", message)


def wrong_arguments(exercise: Written, answer: Any) -> Diagnosis | None:
    """A function that does not take what it is called with."""
    fits = arguments_that_fit(answer)
    if not fits or not isinstance(exercise, Function) or exercise.cases[0].call:
        return None
    names = input_names(exercise, len(exercise.cases[0].inputs()))
    if fits[0] <= len(names) <= fits[1]:
        return None
    many = "1 argument" if fits[1] == 1 else f"{fits[1]} arguments"
    wanted = listed([f"`{name}`" for name in names]) or "nothing"
    message = f"It takes {many}. It is called with {len(names)}: {wanted}."
    return Diagnosis("wrong_arguments", message)


def never_ends(got: list[Outcome], seconds: float) -> Diagnosis:
    """An answer that had to be stopped in the last of these outcomes."""
    message = (
        f"It did not finish within {seconds:g} seconds and was stopped. It seems to "
        "loop without an end. What would make the loop stop?"
    )
    return Diagnosis("never_ends", message, _given(got[-1]) if got else ())


def raises(got: Outcome) -> Diagnosis:
    """An answer that raises an error where none was asked for."""
    raised = got.raised
    details = [*_given(got)]
    if raised.line:
        details.append(("Your line", raised.line))
    quoted = f"{raised.kind.__name__}: {raised.message}".removesuffix(": ")
    details.append(("Python says", quoted))
    message = "\n".join(filter(None, ["It raises an error.", error_hint(raised)]))
    return Diagnosis(f"raises {raised.kind.__name__}", message, tuple(details))


def does_not_raise(wanted: Outcome, got: Outcome) -> Diagnosis:
    """An answer that returns where an error is the right answer."""
    kind = wanted.raised.kind.__name__
    message = f"Here an error ({kind}) is the right answer, but none came."
    return Diagnosis("does_not_raise", message, _given(got))


def wrong_result(
    exercise: Written,
    case: Case,
    wanted: Outcome,
    got: Outcome,
    part: tuple[str, Snapshot, Snapshot],
) -> Diagnosis:
    """An answer that gives something else. `part` says what: its name, as wanted, as it is."""
    label, one, other = part
    changed = _changed_input(exercise, case, wanted, label)
    if changed:
        return Diagnosis("changes_an_input", changed, _given(got))
    what = _subject(exercise, label)
    solution = exercise.solution
    found = _wrong_type_of_result(solution, one, other, what)
    if not found and exercise.exact:
        found = _wrong_family(solution, one, other, what)
    if found:
        return Diagnosis(*found, _given(got))
    one_shown, other_shown = compared(one, other)
    of = f" ({label})" if label else ""
    if isinstance(exercise, Value):
        # No "Expected" here: the expected value is the answer.
        details = ((f"Your answer{of}", other_shown),)
        return Diagnosis("different_value", "That is not it.", details)
    details = (*_given(got), (f"Expected{of}", one_shown), (f"Yours{of}", other_shown))
    return Diagnosis("different_value", "It gives a different result.", details)


def _given(outcome: Outcome) -> Details:
    return (("With", outcome.inputs),) if outcome.inputs else ()


def _subject(exercise: Written, label: str) -> str:
    """What a sentence about the part that differs begins with."""
    place = re.fullmatch(r"\[([0-3])\]", label)
    if isinstance(exercise, Value):
        whole, of = "Your answer", "in your answer"
    else:
        name = stub_name(exercise)
        whole, of = f"What `{name}` returns", f"that `{name}` returns"
    if place:
        return f"The {_ORDINALS[int(place[1])]} thing {of}, `{label}`,"
    return f"`{label}`" if label else whole


def _changed_input(exercise: Written, case: Case, wanted: Outcome, label: str) -> str:
    """A sentence, if what differs is an input that should have been left as it was."""
    changed, afterwards, _ = label.partition(" afterwards")
    inputs = case.inputs() if afterwards else ()
    for name, value in zip(input_names(exercise, len(inputs)), inputs, strict=True):
        if name == changed and agree(see(value), wanted.effects[f"{name}{afterwards}"], exact=True):
            kind = _INPUTS.get(type(value), "Variable")
            return f"Your function has changed the {kind} `{name}` itself. Which line does that?"
    return ""


def _wrong_type_of_result(
    solution: Callable, wanted: Snapshot, got: Snapshot, what: str
) -> tuple[str, str] | None:
    """Why a result cannot be right, whatever its numbers are. `what` begins the sentence."""
    if got.family == "nothing" and asks_a_tape(solution):
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
    return _wrong_numbers(solution, wanted, got, what)


def _wrong_numbers(
    solution: Callable, wanted: Snapshot, got: Snapshot, what: str
) -> tuple[str, str] | None:
    kinds = kind_of_numbers(wanted, got), kind_of_numbers(got, wanted)
    if wanted.shape != got.shape:
        return "wrong_shape", _wrong_shape(solution, wanted, got, what)
    if "text" in kinds and kinds[0] != kinds[1]:
        return "wrong_kind", f"{what} is {described(got)}; {described(wanted)} is wanted."
    if kinds[0] != kinds[1]:
        return "wrong_dtype", (
            f"{what} has the dtype {got.dtype or kinds[1]}; {wanted.dtype or kinds[0]} is wanted. "
            "Where do the numbers change their kind?"
        )
    return None


def _wrong_family(
    solution: Callable, wanted: Snapshot, got: Snapshot, what: str
) -> tuple[str, str] | None:
    """Why a result of an exercise that insists on the kind is not right."""
    if wanted.family != got.family:
        message = f"{what} is {described(got)}; {described(wanted)} is wanted."
        if wanted.family == "tensor" and got.family in ("python", "numpy"):
            message += (
                " The number may be right. Where does it stop being a tensor?"
                if asks_a_tape(solution)
                else " The number may be right, but no gradient can be taken of it any more."
            )
        return "wrong_kind", message
    if wanted.dtype != got.dtype:
        return "wrong_dtype", f"{what} has the dtype {got.dtype}; {wanted.dtype} is wanted."
    return None


def _wrong_shape(solution: Callable, wanted: Snapshot, got: Snapshot, what: str) -> str:
    shape = f"shape {list(got.shape)}"
    one_each = wanted.shape == () and len(got.shape) == 1 and got.family != "parts"
    if one_each and reduces(solution):
        return (
            f"{what} has {shape}: a number for each example, it seems. One number for all of "
            "them together is wanted. What could make one number out of many?"
        )
    if len(got.shape) == 2 and len(set(got.shape)) == 1 and wanted.shape in (got.shape[:1], ()):
        return (
            f"{what} has {shape}: each value was combined with every other, a table of all "
            f"pairs. {_shape_wanted(wanted)} Which of the inputs has one axis more?"
        )
    return f"{what} has {shape}. {_shape_wanted(wanted)}"


def _shape_wanted(wanted: Snapshot) -> str:
    return f"Shape {list(wanted.shape)} is wanted." if wanted.shape else "One number is wanted."


# What errors mean


def error_hint(raised: Raised) -> str:
    """What an error means in plain words, or "" where only its own message can speak."""
    for pattern, sentence in _HINTS:
        found = re.search(pattern, raised.message)
        if found:
            groups = [(group or "").strip(", ") for group in found.groups()]
            an = [_with_article(group) for group in groups]
            return sentence.format(*groups, an=an, An=[each[:1].upper() + each[1:] for each in an])
    for kind, sentence in _BY_TYPE.items():
        if issubclass(raised.kind, kind):
            return sentence
    return ""


def _with_article(word: str) -> str:
    return f"{'an' if word[:1] in set('aeioAEIO') else 'a'} {word}"


_NO_SLOPE = (
    "Something here is None. If it is a gradient: the tape gives None when it saw no way from the "
    "Variable to the loss, because the prediction was computed outside the tape, for example. If "
    "it came from a function: that function has no `return`."
)
_TENSOR_IS_FIXED = (
    "A tensor never changes after it was made. Only a tf.Variable can be given new values; from a "
    "tensor one computes a new tensor."
)
_TWO_DTYPES = (
    "Two different dtypes meet, and TensorFlow does not convert by itself. `tf.cast(x, dtype)` "
    "does, and `x.dtype` shows what x has."
)

_NOT_A_POWER = (
    "In Python `^` is not *to the power of*: it combines the bits of whole numbers. A power is "
    "written `**`, a square also `x * x`."
)

_TWO_UNDERSCORES = (
    "Python finds `__init__` and `__call__` only with two underscores on each side. Is yours "
    "written so?"
)
_SINGLE = "This is a single thing: there is nothing inside to go through or to count."
_WHOLE_NUMBER = "A whole number is wanted: 3, not 3.0; `//` divides to whole numbers."

_HINTS: tuple[tuple[str, str], ...] = (
    (r"BitwiseXor|not in the list of allowed values: int8, int16|for \^: ", _NOT_A_POWER),
    (r"`var(?:iable)? \S= value`", "Python's `-=` would put a tensor in the Variable's place. "
     "`assign_sub` changes the Variable itself."),
    (r"Cannot broadcast input shape \[(.*?)\] into final shape \[(.*?)\]",
     "A value of shape [{0}] was to be written into a place of shape [{1}]."),
    (r"must match dimensions", "The updates do not have the shape of the rows they are meant for."),
    (r"context manager protocol", "`with` wants an object. Are there brackets missing after the "
     "name of a class?"),
    (r"exceptions must derive from", "Only an error can be raised: `raise ValueError(\"text\")`."),
    (r"shape must be a vector of", "A shape is a list, also for one axis: `[num_examples]`."),
    (r"seed must have shape \[2\]", "The seed is two numbers in a list."),
    (r"slice indices must be integers|integers or slices, not float|'float' object cannot be inter"
     r"|valid indices, got (?:-?\d|np\.float|<tf\.Tensor: shape=\(\), dtype=float)", _WHOLE_NUMBER),
    (r"[Cc]annot be interpreted as an integer", "One whole number is wanted, to count up to. A "
     "list can be gone through directly: `for row in rows`."),
    (r"[Oo]nly integers, slices", "Square brackets take a number, a slice or `:` for each axis; a "
     "list or a range picks nothing here."),
    (r"has no attribute '_id'", "The tape was handed a plain number; it needs a tensor or a "
     "Variable."),
    (r"does not support item assignment", _TENSOR_IS_FIXED),
    (r"Tensor' object has no attribute '(assign|scatter)\w*'", _TENSOR_IS_FIXED
     + " Anything computed from a Variable, such as `v + 1`, is a tensor."),
    (r"'NoneType' object has no attribute '(append|extend|insert)'", "`{0}` changes the list and "
     "gives back None: do not write `losses =` or `return` before it."),
    (r"NoneType|value \(None\)|None values not supported", _NO_SLOPE),
    (r"IndexedSlices", "This gradient is sparse (a tf.IndexedSlices): it holds only the rows that "
     "were used, and cannot be multiplied as a whole. Its `values` and `indices` can be used."),
    (r"Cannot assign value to variable.*shape \((.*?)\), and .* shape \((.*?)\)",
     "A Variable keeps its shape. This one has shape [{0}] and was given a value of shape [{1}]."),
    (r"(?:Incompatible shapes:|shapes) [\[(](.*?)[\])] (?:vs\. )?[\[(](.*?)[\])]",
     "The shapes [{0}] and [{1}] do not fit together, number by number. `.shape` shows what each "
     "value has on the way there."),
    (r"Matrix size-incompatible|ndims must be|Dimensions must be equal|[Ss]hapes? .*"
     r"(compatible|must|equal)|requested shape has|Ranks of all input|[Nn]on-rectangular",
     "Shapes that do not fit together meet here. `.shape` shows what each value has."),
    (r"was expected to be an? (\w+) tensor but is an? (\w+) tensor",
     "{An[0]} tensor meets {an[1]} tensor. " + _TWO_DTYPES),
    (r"same dtype|conversion requested dtype|not in the list of allowed values", _TWO_DTYPES),
    (r"Cannot convert (\S+) to EagerTensor of dtype (\w+)",
     "{0} cannot become part of {an[1]} tensor. Whole numbers such as `1` make an int32 tensor; "
     "`1.0` makes a float32 one, and a tensor or Variable keeps the dtype it was made with."),
    (r"name '(\w+)' is not defined", "Nothing is called `{0}` here. Is it spelled like that where "
     "it is made, and was that cell run?"),
    (r"local variable '(\w+)'", "`{0}` is used before this function has given it a value. A name "
     "that is assigned anywhere in a function is the function's own."),
    (r"\w+\(\) takes no arguments",
     "The class is given something, and has no `__init__` that could take it. " + _TWO_UNDERSCORES),
    (r"\b(Module|Layer|Model)\.__init__\(\) (?:takes|got)",
     "What was given went to the `__init__` of `{0}`, which does not know it. " + _TWO_UNDERSCORES),
    (r"[Mm]issing (?:\d+ )?required|takes .*positional argument|unexpected keyword",
     "Something is called with more or fewer arguments than it takes."),
    (r"non-persistent GradientTape", "A tape answers once. Ask it for all gradients in one call, "
     "`tape.gradient(loss, [W, b])`. Or it was never started: it records only inside `with "
     "tf.GradientTape() as tape:`."),
    (r"truth value|as a Python `?bool|converted to boolean|using a .*Tensor.* as a",
     "Python wants one yes or no (for `if`, `while`, `and`), and gets a whole tensor of them."),
    (r"singleton tf\.Variable", "A tf.function runs its Python code again when it needs a new "
     "graph, so Variables are made once, outside of it."),
    (r"converted to Python scalars", "One Python number is wanted from a tensor that has many."),
    (r"module '(\w+)\S*' has no attribute '(\w+)'", "`{0}` has nothing that is called `{1}`. Is "
     "it spelled correctly?"),
    (r"'([\w.]+)' object has no attribute '(\w+)'", "There is nothing called `{1}` in an object of "
     "type {0}. Is it spelled correctly, and is the object what you take it for?"),
    (r"'(?!\w*(?:Tensor|Variable|TensorShape|Tape|Slices|DType|Type)')([A-Z]\w*)' object is not "
     r"callable", "An object of the class `{0}` is called like a function, and the class has no "
     "`__call__`. " + _TWO_UNDERSCORES),
    (r"'([\w.]+)' object is not callable", "Round brackets after a name call it, and a thing of "
     "type {0} is not a function. Is a `*` or a comma missing, or is it a square bracket?"),
    (r"'([\w.]+)' object is not subscriptable", "{An[0]} has no parts to pick with `[...]`."),
    (r"iterate over a scalar", _SINGLE + " If it came from a tape: did you pass the Variables "
     "as one list, `[model.W, model.b]`?"),
    (r"'([\w.]+)' object is not iterable|no `len\(\)`|len\(\) of|over a scalar|0-d",
     _SINGLE),
    (r"unsupported operand type\(s\) for (\S+?):? '(?:\w+' and ')?TensorShape'",
     "A shape is a row of sizes, and knows no `{0}`. Pick one size: `table.shape[1]`."),
    (r"unsupported operand type\(s\) for (\S+?):? '(\w+)' and '(\w+)'",
     "{An[1]} and {an[2]} know no `{0}` between them. Lists and tuples do no arithmetic; "
     "tensors do."),
    (r"out of bounds|out of range|is not in \[", "It reaches for a place that is not there. The "
     "first place is 0, the last one is the length minus 1."),
)  # fmt: skip

_BY_TYPE: dict[type[BaseException], str] = {
    RecursionError: "The function calls itself, and that call calls itself, without an end.",
    SystemExit: "It ends the program instead of returning. A notebook's code never needs that.",
    NotImplementedError: "There is still a place to be filled in, marked by this error.",
    ZeroDivisionError: "It divides by zero.",
    KeyError: "It looks up a key that is not there.",
    AssertionError: "One of your own `assert` lines does not hold.",
    ImportError: "It imports something that is not installed here or is called otherwise.",
    MemoryError: "It needs more memory than there is. Does a shape grow along the way?",
}
