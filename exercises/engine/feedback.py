"""Says what is wrong with an answer: its type, its arguments, its error, its result.

Every function here gives a `Diagnosis`, for an answer that `check` knows to be wrong. What error
messages mean in plain words stands in a table at the end.
"""

import re
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from exercises.engine.model import Case, Class, Diagnosis, Function, Value, Written
from exercises.engine.reading import UNUSED
from exercises.engine.run import (
    ORDINALS,
    Outcome,
    Raised,
    details_of,
    given,
    input_names,
    see_answer,
)
from exercises.engine.snapshot import (
    Snapshot,
    agree,
    described,
    gathered,
    kind_of_numbers,
    listed,
    see,
)
from exercises.engine.stub import arguments_that_fit, asks_a_tape, reduces, stub_name

_PLACES = r"(\[\d+\])+$"
_COUNTS = ("no", "one", "two", "three", "four", "five", "six")
_INPUTS = {list: "list", dict: "dictionary", np.ndarray: "array"}


def wrong_type(exercise: Written, answer: Any) -> Diagnosis:
    """An answer that is no function or no class, and cannot be run."""
    name = stub_name(exercise)
    is_class = issubclass(type(answer), type)
    if isinstance(exercise, Class):
        if type(answer) is types.FunctionType:
            message = f"This is a function. The task asks for a class: `class {name}`."
        else:
            message = (
                f"This is {described(see_answer(answer))}, not a class. Pass the class itself, "
                f"`{name}`, without brackets: the check makes objects from it."
            )
        return Diagnosis("not_a_class", message)
    if is_class:
        message = f"This is a class. The task asks for a function: `def {name}(...)`."
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
    own = answer.__code__.co_varnames[: fits[1]]
    many = "1 argument" if fits[1] == 1 else f"{fits[1]} arguments"
    takes, wanted = ((listed([f"`{name}`" for name in each]) or "nothing") for each in (own, names))
    question = "Which one is missing?" if fits[1] < len(names) else "Which one is too many?"
    message = f"It takes {many}: {takes}. It is called with {len(names)}: {wanted}. {question}"
    return Diagnosis("wrong_arguments", message.replace("0 arguments: nothing", "0 arguments"))


def never_ends(got: list[Outcome], seconds: float) -> Diagnosis:
    """An answer that had to be stopped in the last of these outcomes."""
    message = (
        f"It did not finish within {seconds:g} seconds and was stopped. It seems to "
        "loop without an end. What would make the loop stop?"
    )
    return Diagnosis("never_ends", message, given(got[-1]) if got else ())


def raises(got: Outcome, read: Diagnosis | None = None) -> Diagnosis:
    """An answer that raises an error where none was asked for; `read` is what its lines show."""
    raised = got.raised
    line = read.details if read else (("Your line", raised.line),) if raised.line else ()
    quoted = f"{raised.kind.__name__}: {raised.message}".removesuffix(": ")
    details = (*given(got), *line, ("Python says", quoted))
    hint = read.message if read else error_hint(raised)
    message = "\n".join(filter(None, ["It raises an error.", hint]))
    return Diagnosis(read.name if read else f"raises {raised.kind.__name__}", message, details)


def with_reading(found: Diagnosis, read: Diagnosis | None) -> Diagnosis:
    """What the lines show, beside what came of them; a wrong kind of thing explains more."""
    if not read or (found.name in _KINDS and read.name in UNUSED):
        return found
    details = (*found.details, *read.details)
    related = found.name.startswith("relation")
    # In an object's cases, not every number is another one each time, so an amount may seem fixed.
    by_accident = found.name == "relation offset" and read.name == "reading parameter_unread"
    if related and read.name in UNUSED and not by_accident:
        return Diagnosis(found.name, found.message, details)
    # What is seen of the results, without its question, and where it comes from.
    related = related and not by_accident
    seen = re.sub(r"((?!(?<=\.) ).)*\?$", "", found.message).strip() if related else ""
    message = f"{seen}\n{read.message}" if seen else read.message
    fits = len(message.split()) <= MAX_WORDS
    return Diagnosis(read.name, message if fits else read.message, details)


MAX_WORDS = 60
_KINDS = (
    "wrong_kind",
    "returns_nothing",
    "returns_function",
    "returns_placeholder",
    "changes_an_input",
)


def does_not_raise(wanted: Outcome, got: Outcome) -> Diagnosis:
    """An answer that returns where an error is the right answer."""
    kind = wanted.raised.kind.__name__
    message = f"Here an error ({kind}) is the right answer, but none came."
    return Diagnosis("does_not_raise", message, given(got))


def wrong_result(
    exercise: Written,
    case: Case,
    wanted: Outcome,
    got: Outcome,
    part: tuple[str, Snapshot, Snapshot],
    *,
    grows: bool = True,
) -> Diagnosis:
    """An answer that gives something else. `part` says what: its name, as wanted, as it is.

    Whether it `grows`: whether its size is not the same in all cases.
    """
    label, one, other = part
    changed = _changed_input(exercise, case, wanted, label)
    if changed:
        return Diagnosis("changes_an_input", changed, given(got))
    place = _place(exercise, label, wanted.returned)
    what = place[:1].upper() + place[1:]
    solution = exercise.solution
    # A dictionary that a case makes of an answer is the check's, and nothing to ask for.
    asked = "" if case.call and one.kind == "a dictionary" else described(one)
    found = _wrong_type_of_result(exercise, one, other, what, asked, grows)
    if case.call and other.family == "text" != one.family:
        found = None  # The words may be the case's own.
    if not found and exercise.exact:
        found = _wrong_family(solution, one, other, what)
    if found:
        return Diagnosis(*found, given(got))
    result = "That is not it." if isinstance(exercise, Value) else "It gives a different result."
    if (one.family, other.family) == ("tensor", "numpy"):
        result = f"{what} is {described(other)}, and its numbers are not those asked for."
    label = place if re.search(_PLACES, label) else label
    return Diagnosis("different_value", result, details_of(exercise, got, label, one, other))


def _place(exercise: Written, label: str, whole: Snapshot) -> str:
    """In words, which part it is that differs: `the first of the two results of `split``."""
    base = re.sub(_PLACES, "", label)
    places = [int(number) for number in re.findall(r"\[(\d+)\]", label[len(base) :])]
    if base:
        words = f"`{base}`"
    elif isinstance(exercise, Value):
        words = "your answer"
    elif places:
        number = _word_for(len(whole.parts))
        words = f"the {_ordinal(places.pop(0))} of the {number} results of `{stub_name(exercise)}`"
    else:
        words = f"what `{stub_name(exercise)}` returns"
    for place in places:
        words = f"the {_ordinal(place)} part of {words}"
    return words


def _ordinal(place: int) -> str:
    return ORDINALS[place] if place < len(ORDINALS) else f"{place + 1}th"


def _word_for(count: int) -> str:
    return _COUNTS[count] if count < len(_COUNTS) else str(count)


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
    exercise: Written, wanted: Snapshot, got: Snapshot, what: str, asked: str, grows: bool
) -> tuple[str, str] | None:
    """Why a result cannot be right, whatever its numbers are.

    `what` begins the sentence, and `asked` is the kind of thing that the task asks for.
    """
    asked = f"The task asks for {asked or 'another kind of thing'}."
    other_kind = f"{what} is {described(got)}. {asked}"
    if got.family == "nothing" and asks_a_tape(exercise.solution):
        return "returns_nothing", (
            f"{what} is None. Either there is no `return`, or a tape gave None because it saw no "
            "way from the Variable to the result. Which of the two is it?"
        )
    if got.family == "nothing" and isinstance(exercise, Value):
        words = f"{what} is None, and that is no value. {asked} Where does yours get lost?"
        return "returns_nothing", words
    if got.family == "nothing":
        return "returns_nothing", (
            f"{what} is None: nothing comes back. A function hands a value to its caller only "
            "with `return`. Where does yours do that?"
        )
    if got.kind == "`...`":
        return "returns_placeholder", (
            f"{what} is `...`, the dots that stand for your code. What should take their place?"
        )
    if got.kind in _FUNCTIONS:
        return "returns_function", _uncalled(exercise, got, what, asked)
    theirs = dict(got.parts)
    missing = listed([f"`{name}`" for name, _ in wanted.parts if name not in theirs])
    if wanted.kind == got.kind == "a dictionary" and "a dictionary" in asked and missing:
        return "wrong_kind", f"{what} is a dictionary without {missing}. Where would it come from?"
    got = gathered(got) if wanted.array is not None else got
    if got.family == "other" or wanted.family == "nothing":
        return "wrong_kind", other_kind
    if "parts" in (wanted.family, got.family):
        alike = wanted.family == got.family and len(wanted.parts) == len(got.parts)
        return None if alike else ("wrong_kind", other_kind)
    kinds = kind_of_numbers(wanted, got), kind_of_numbers(got, wanted)
    if "text" in kinds and kinds[0] != kinds[1]:
        return "wrong_kind", other_kind
    if wanted.shape != got.shape:
        return "wrong_shape", _wrong_shape(exercise, wanted, got, what, grows)
    if kinds[0] != kinds[1]:
        return "wrong_dtype", _wrong_dtype(wanted, got, what)
    return None


_FUNCTIONS = {
    "a method": "Are there brackets missing after its name?",
    "a function without parameters": "Are there brackets missing after its name?",
    "a function": "A call has round brackets behind the name: what would stand in them?",
    "a lambda with parameters": "",
}


def _uncalled(exercise: Written, got: Snapshot, what: str, asked: str) -> str:
    """Brackets are spoken of only where they would help."""
    question = _FUNCTIONS[got.kind]
    if not question or (isinstance(exercise, Value) and got.kind == "a function"):
        return f"{what} is {got.kind}. {asked}"
    return f"{what} is {got.kind} that was not called. {question}"


def _wrong_dtype(wanted: Snapshot, got: Snapshot, what: str) -> str:
    kind = kind_of_numbers(got, wanted)
    says = f"{what} has the dtype {got.dtype or kind}; the task asks for "
    says += f"{wanted.dtype or kind_of_numbers(wanted, got)}. "
    if kind == "int":
        return says + (
            "Whole numbers are counts or places, or the result of a cast. Which do you return?"
        )
    return says + "Where do the numbers change their kind?"


def _wrong_family(
    solution: Callable, wanted: Snapshot, got: Snapshot, what: str
) -> tuple[str, str] | None:
    """Why a result of an exercise that insists on the kind is not right, if its numbers are."""
    if not agree(wanted, got):
        return None
    if wanted.family != got.family:
        message = f"{what} is {described(got)}. The task asks for {described(wanted)}."
        if wanted.family == "tensor" and got.family in ("python", "numpy"):
            message += (
                " The number is right. Where does it stop being a tensor?"
                if asks_a_tape(solution)
                else " The number is right, but no gradient can be taken of it any more."
            )
        return "wrong_kind", message
    if wanted.dtype != got.dtype:
        return "wrong_dtype", _wrong_dtype(wanted, got, what)
    return None


def _wrong_shape(exercise: Written, wanted: Snapshot, got: Snapshot, what: str, grows: bool) -> str:
    one_each = wanted.shape == () and len(got.shape) == 1 and got.array.dtype.kind == "f"
    if one_each and (grows or got.shape[0] > 1) and reduces(exercise.solution):
        return (
            f"{what} is {_sized(got)}: a number for each example, it seems. The task asks for one "
            "number for all of them together. What could make one number out of many?"
        )
    tensors = got.family != "python"
    square = len(got.shape) == 2 and len(set(got.shape)) == 1 and got.shape[0] > 1
    if tensors and square and wanted.shape in (got.shape[:1], ()):
        return (
            f"{what} is {_sized(got)}: each value was combined with every other, it seems. "
            f"{_asked_for(wanted)} Which of the inputs has one axis more?"
        )
    return f"{what} is {_sized(got)}. {_asked_for(wanted)}"


def _asked_for(wanted: Snapshot) -> str:
    return f"The task asks for {_sized(wanted)}."


def _sized(seen: Snapshot) -> str:
    """Numbers by how they lie: `a table of 2 rows and 1 column (shape [2, 1])`."""

    def many(count: int, what: str) -> str:
        return f"{count} {what}" if count == 1 else f"{count} {what}s"

    shape = f"(shape {list(seen.shape)})"
    if not seen.shape:
        return f"one number {shape}"
    if len(seen.shape) == 1:
        whole = "a list" if seen.kind.startswith("a list") else "a row"
        return f"{whole} of {many(seen.shape[0], 'number')} {shape}"
    if len(seen.shape) == 2:
        rows, columns = many(seen.shape[0], "row"), many(seen.shape[1], "column")
        return f"a table of {rows} and {columns} {shape}"
    return f"a block of numbers {shape}"


# What errors mean


def error_hint(raised: Raised) -> str:
    """What an error means in plain words, or "" where only its own message can speak."""
    for kind, sentence in _BY_TYPE.items():
        # TensorFlow raises a NotImplementedError, too, with or without saying what is missing.
        theirs = kind is NotImplementedError and (raised.message or "raise" not in raised.line)
        if issubclass(raised.kind, kind) and not theirs:
            return sentence
    for pattern, sentence in _HINTS:
        found = re.search(pattern, raised.message)
        if found:
            groups = [(group or "").strip(", ") for group in found.groups()]
            an = [_with_article(group) for group in groups]
            return sentence.format(*groups, an=an, An=[each[:1].upper() + each[1:] for each in an])
    return ""


def _with_article(word: str) -> str:
    return f"{'an' if word[:1] in set('aeioAEIO') else 'a'} {word}"


_NO_SLOPE = (
    "Something here is None. If it is a gradient: the tape gives None when it found no path from "
    "the Variable to the loss, because the prediction was computed outside the tape, for example. "
    "If it came from a function: did that function reach a `return`?"
)
_TENSOR_IS_FIXED = (
    "A tensor never changes after it was made. Only a tf.Variable can be given new values; from a "
    "tensor you compute a new tensor."
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
_SINGLE = "This is a single thing: there is nothing inside to pick, to count or to go through."
_WHOLE_NUMBER = (
    "A place or a count has to be a whole number: 3, not 3.0; `//` divides to whole numbers."
)

_HINTS: tuple[tuple[str, str], ...] = (
    (r"BitwiseXor|not in the list of allowed values: int8, int16|for \^: ", _NOT_A_POWER),
    (r"convert a value \(<function (\w+)>\)", "The function `{0}` itself stands where numbers are "
     "needed: it was not called. A call has round brackets behind the name."),
    (r"convert a value \(<(\w+) object>\)", "An object of the class `{0}` stands where numbers are "
     "needed. Numbers are what comes out when it is called, with inputs in the brackets."),
    (r"`type_value`: <(\w+) object>", "A tape was asked for slopes and handed an object of the "
     "class `{0}`. It gives slopes for Variables. Which ones does the object hold?"),
    (r"__init__\(\) should return None", "`__init__` gives a new object what it holds, and hands "
     "nothing back: there is no place for a `return` with a value in it."),
    (r"property '(\w+)' of '(\w+)' object has no setter", "`{0}` of a `{1}` fills itself: it looks "
     "for the Variables that the object holds. Nobody has to set it, and nobody can."),
    (r"elems must be 1\+ dimensional", "`tf.map_fn` goes through the rows of a tensor, and a "
     "single number has none. Arithmetic needs no loop: it works on one number and on many."),
    (r"doesn't define __round__", "Python's `round` is made for Python's own numbers, and this is "
     "a tensor."),
    (r"object has no attribute '(astype|ravel|tolist|transpose|clip)'", "`.{0}` belongs to NumPy's "
     "arrays. A tensor has no such method, nor does a Variable."),
    (r"cross-replica context", "Keras's `predict` and `fit` use a model from outside. Within the "
     "model itself stands the formula that makes a prediction."),
    (r"you forgot to call `super\(\)\.__init__", "The class that yours builds on has to set itself "
     "up first: that is what `super().__init__()` as the first line of `__init__` is for."),
    (r"has different ndims|In\[0\]|In\[1\]", "`@` is the matrix product, which takes two tables "
     "that fit together. `*` multiplies number by number."),
    (r"'Tshape' of (\w+) is not in", "A shape is made of whole numbers, and this one holds {an[0]} "
     "number. `.dtype` or `type(...)` shows what each name holds."),
    (r"'Tseed' of (\w+) is not in", "A seed is made of whole numbers, and this one holds {an[0]} "
     "number. `type(...)` shows what each name holds."),
    (r"'\w*Variable' has no len|Tensor' has no len", "`len` does not work on this: `.shape` says "
     "how large it is. Does every part have to be touched alone?"),
    (r"`var(?:iable)? (\S=) value`", "Python's `{0}` would put a tensor in the Variable's place. "
     "A method whose name begins with `assign` changes the Variable itself."),
    (r"Cannot broadcast input shape \[(.*?)\] into final shape \[(.*?)\]",
     "A value of shape [{0}] was to be written into a place of shape [{1}]."),
    (r"must match dimensions", "The updates do not have the shape of the rows they are meant for."),
    (r"'type' object does not support the context manager", "`with` needs an object, and this is "
     "a class. Are there brackets missing after its name?"),
    (r"'([\w.]+)' object does not support the context manager", "`with` cannot open a thing of "
     "type {0}. A tape is made by `tf.GradientTape()`."),
    (r"exceptions must derive from", "Only an error can be raised: `raise ValueError(\"text\")`."),
    (r"shape must be a vector of", "A shape is a list, also for one axis: `[num_examples]`."),
    (r"seed must have shape \[2\]", "The seed is two numbers in a list."),
    (r"slice indices must be integers|integers or slices, not float|'float' object cannot be inter"
     r"|valid indices, got (?:-?\d|np\.float|<tf\.Tensor: shape=\(\), dtype=float)", _WHOLE_NUMBER),
    (r"[Cc]annot be interpreted as an integer", "One whole number is needed here, as in "
     "`range(3)`. A list can be gone through directly: `for row in rows`."),
    (r"[Oo]nly integers, slices", "Square brackets take a number, a slice or `:` for each axis; a "
     "list or a range picks nothing here."),
    (r"has no attribute '_id'", "The tape was handed a plain number; it needs a tensor or a "
     "Variable."),
    (r"Tensor' object does not support item assignment", _TENSOR_IS_FIXED),
    (r"Variable' object does not support item assignment", "A part of a Variable is changed by a "
     "method: `table[row].assign(...)`."),
    (r"'([\w.]+)' object does not support item assignment", "{An[0]} never changes after it was "
     "made. A list does."),
    (r"Tensor' object has no attribute '(assign|scatter)\w*'", _TENSOR_IS_FIXED
     + " Anything computed from a Variable, such as `v + 1`, is a tensor."),
    (r"'NoneType' object has no attribute '(append|extend|insert)'", "What stands before `.{0}` is "
     "None. `{0}` changes a list and gives back None: do not write `losses =` before it."),
    (r"NoneType|value \(None\)|None values not supported", _NO_SLOPE),
    (r"IndexedSlices", "This gradient is sparse (a tf.IndexedSlices): it holds only the rows that "
     "were used, and `*` and `-` do not take it. Its `values` and `indices` can be used."),
    (r"Cannot assign value to variable.*shape \((.*?)\), and .* shape \((.*?)\)",
     "A Variable keeps its shape. This one has shape [{0}] and was given a value of shape [{1}]."),
    (r"(?:Incompatible shapes:|shapes) [\[(](.*?)[\])] (?:vs\. )?[\[(](.*?)[\])]",
     "The shapes [{0}] and [{1}] do not fit together, number by number. `.shape` shows what each "
     "value has on the way there."),
    (r"requested shape has", "The numbers do not fill the new shape: there are more of them, or "
     "fewer, than it has places."),
    (r"Invalid reduction dimension \((-?\d+) for input with (\d+)", "There is no axis {0}: the "
     "tensor has {1} of them, and the first is axis 0."),
    (r"Matrix size-incompatible|ndims must be|Dimensions must be equal|[Ss]hapes? .*"
     r"(compatible|must|equal)|Ranks of all input|[Nn]on-rectangular",
     "Shapes that do not fit together meet here. `.shape` shows what each value has."),
    (r"was expected to be an? (\w+) tensor but is an? (\w+) tensor",
     "{An[0]} tensor meets {an[1]} tensor. " + _TWO_DTYPES),
    (r"same dtype|conversion requested dtype", _TWO_DTYPES),
    (r"'Tidx' of \w+ is not in the list", "The second place in the brackets of a reduction is for "
     "`axis`, the direction to reduce along: one whole number, or a list of them."),
    (r"of (\w+) is not in the list of allowed values", "{An[0]} tensor is nothing that this "
     "operation works on. `.dtype` shows what each value has on the way there."),
    (r"Cannot convert ('.*') to EagerTensor", "{0} is text, also where it looks like a number. "
     "Numbers are written without quotes."),
    (r"to EagerTensor of dtype string", "A tensor of text takes no numbers."),
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
     "What was given went to the `__init__` of `{0}`, which does not know it. Either a "
     "`super().__init__(...)` passes it on, or your own is not found. " + _TWO_UNDERSCORES),
    (r"unexpected keyword argument '(\w+)'", "Something is called with `{0}=`, and knows no "
     "argument of that name."),
    (r"[Mm]issing (?:\d+ )?required|takes .*positional argument|unexpected keyword",
     "Something is called with more or fewer arguments than it takes."),
    (r"non-persistent GradientTape", "A tape answers once. It can be asked for all gradients in "
     "one call, `tape.gradient(loss, [W, b])`; in a loop, each pass needs a tape of its own. Or it "
     "was never started: it records only inside `with tf.GradientTape() as tape:`."),
    (r"truth value|as a Python `?bool|converted to boolean|using a .*Tensor.* as a",
     "Python needs one yes or no (for `if`, `while`, `and`), and gets many, or a tensor that has "
     "no value yet, as in a tf.function."),
    (r"singleton tf\.Variable", "A tf.function runs its Python code again when it needs a new "
     "graph, so Variables are made once, outside of it."),
    (r"converted to Python scalars", "`float` and `int` make a Python number of a single value. "
     "Here there are many, or there is an axis round it."),
    (r"Cannot convert a symbolic", "Inside a tf.function a tensor has no value yet, so nothing can "
     "be made a NumPy array or a Python number."),
    (r"module '(?:[\w.]*\.)?(\w+)' has no attribute '(\w+)'",
     "`{0}` has nothing that is called `{1}`. Is it spelled correctly?"),
    (r"'?([\w.]+)'? object has no attribute '(\w+)'", "There is nothing called `{1}` in an object "
     "of type {0}. Is it spelled correctly, and is the object what you take it for?"),
    (r"'(?!\w*(?:Tensor|Variable|TensorShape|Tape|Slices|DType|Type)')([A-Z]\w*)' object is not "
     r"callable", "An object of the class `{0}` is called like a function, and the class has no "
     "`__call__`. " + _TWO_UNDERSCORES),
    (r"'([\w.]+)' object is not callable", "Round brackets after a name call it, and a thing of "
     "type {0} is not a function. Is a `*` or a comma missing, or is it a square bracket?"),
    (r"'([\w.]+)' object is not subscriptable", "{An[0]} has no parts to pick with `[...]`."),
    (r"iterate over a scalar", _SINGLE + " If it came from a tape: did you pass the Variables "
     "as one list, `[model.W, model.b]`?"),
    (r"no `?len\(\)|len\(\) of", "Either this is a single thing, which has no length, or "
     "`tf.constant` was given a list of tensors: `tf.stack` is what puts tensors together."),
    (r"cannot unpack non-iterable", "There are several names before the `=`, and behind it a "
     "single thing."),
    (r"(?:too many|not enough) values to unpack", "The number of names before the `=` is not the "
     "number of things behind it."),
    (r"'([\w.]+)' object is not iterable|over a scalar|0-d|invalid index to scalar", _SINGLE),
    (r"unsupported operand type\(s\) for (\S+?):? '(?:\w+' and ')?TensorShape'",
     "A shape is a row of sizes, and `{0}` does not work on it. Pick one size: `table.shape[1]`."),
    (r"unsupported operand type\(s\) for (.+?):? (?:'(?:list|tuple)' and '\w+'"
     r"|'\w+' and '(?:list|tuple)')", "Lists and tuples do no arithmetic, so there is no `{0}` "
     "here; tensors do."),
    (r"unsupported operand type\(s\) for (.+?):? (?:'str' and '\w+'|'\w+' and 'str')",
     "Text is no number, even where it looks like one: there is no `{0}` here."),
    (r"unsupported operand type\(s\) for (.+?):? '(\w+)' and '(\w+)'",
     "There is no `{0}` between a thing of type {1} and one of type {2}."),
    (r"can't multiply sequence", "Between a list (or text) and a number, `*` means *so many times "
     "over*. A tensor multiplies each of its numbers."),
    (r"can only concatenate (\w+)", "`+` puts one {0} behind another, and does not add numbers. "
     "Tensors add number by number."),
    (r"out of bounds|out of range|is not in \[", "It reaches for a place that is not there. "
     "Places are counted from 0, so of three things the last is at place 2."),
)  # fmt: skip

_BY_TYPE: dict[type[BaseException], str] = {
    RecursionError: "The function calls itself, and that call calls itself, without an end.",
    SystemExit: "It ends the program instead of returning. A notebook's code never needs that.",
    NotImplementedError: "Part of the code is still to be written; this error marks the place.",
    ZeroDivisionError: "It divides by zero.",
    KeyError: "It looks up a key that is not there.",
    AssertionError: "An `assert` does not hold.",
    ImportError: "It imports something that is not installed here or has another name.",
    MemoryError: "It needs more memory than there is. Does a shape grow along the way?",
}
