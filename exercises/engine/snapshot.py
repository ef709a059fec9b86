"""Looks at any object once and keeps what can be compared: plain data, safe to hold and to print.

`see` takes the snapshot, `agree` compares two of them, and the functions at the end put one into
words. Only the real type of an object is trusted (`type(x)`; `isinstance` believes `__class__`),
and only types that are known are read. Anything else is seen as "other" and equals nothing.
"""

import inspect
import types
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from exercises.engine.sandbox import Stopped

MAX_DEPTH = 8  # of lists in lists
MAX_PARTS = 10_000  # of a list that is not simply of numbers
MAX_CHARACTERS = 160  # of a value in words

RELATIVE_TOLERANCES = {"bfloat16": 2e-2, "float16": 1e-2, "float32": 1e-4, "complex64": 1e-4}
_PLAIN = {"python", "numpy"}
_NUMBERS = {*_PLAIN, "tensor", "variable"}
_DICTIONARY = "a dictionary"
_WORDS = {types.BuiltinFunctionType: "a function",
          types.MethodType: "a method", types.GeneratorType: "a generator",
          types.ModuleType: "a module", type(...): "`...`"}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What was seen of a value.

    Attributes:
        family: "tensor", "variable", "numpy" or "python" for numbers; "text", "parts", "nothing"
            (None) or "other".
        kind: the type in words: "a tf.Tensor", "a list".
        array: the numbers, or the text, as NumPy sees them.
        dtype: the name of the dtype; empty for what has none.
        parts: what is inside, with the word for each part.
    """

    family: str
    kind: str
    array: np.ndarray | None = None
    dtype: str = ""
    parts: tuple[tuple[str, "Snapshot"], ...] = ()

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the numbers; a list of parts has its length."""
        return self.array.shape if self.array is not None else (len(self.parts),)


NOTHING = Snapshot("nothing", "None")


def see(value: Any) -> Snapshot:
    """Look at any object whatsoever.

    This may run code of the object's own: call it where that can be stopped.
    """
    try:
        return _see(value, 0)
    except Stopped:
        raise
    except BaseException:  # The object raises when it is read: no words of its own then.
        return Snapshot("other", "an object that cannot be read")


def _see(value: Any, depth: int) -> Snapshot:
    kind = type(value)
    if value is None:
        return NOTHING
    if issubclass(kind, tf.Tensor):
        return _numbers("tensor", "a tf.Tensor", value.numpy(), value.dtype.name)
    if issubclass(kind, tf.Variable):
        return _numbers("variable", "a tf.Variable", value.numpy(), value.dtype.name)
    if issubclass(kind, tf.keras.Variable):
        return _numbers("variable", "a Keras Variable", value.value.numpy(), value.value.dtype.name)
    if issubclass(kind, np.ndarray):
        return _numbers("numpy", "a NumPy array", np.asarray(value), value.dtype.name)
    if issubclass(kind, np.generic):
        return _numbers("numpy", "a NumPy number", np.asarray(value), value.dtype.name)
    if issubclass(kind, bool | int | float | complex):
        word = "True or False" if kind is bool else "a Python number"
        return _numbers("python", word, np.asarray(value), "")
    if issubclass(kind, str | bytes):
        text = value.decode() if issubclass(kind, bytes) else str(value)
        return Snapshot("text", "text", np.asarray(text))
    if issubclass(kind, tf.DType | np.dtype):
        return Snapshot("text", "a dtype", np.asarray(value.name))
    if issubclass(kind, tf.TensorShape):
        return _numbers("python", "a shape", np.asarray(value.as_list(), np.int64), "")
    if issubclass(kind, tf.IndexedSlices):
        parts = {"values": value.values, "indices": value.indices}
        return _parts("tf.IndexedSlices (a sparse gradient)", parts, depth)
    if issubclass(kind, dict):
        return _parts(_DICTIONARY, {str(key): part for key, part in value.items()}, depth)
    if issubclass(kind, list | tuple):
        return _sequence(value, "a list" if issubclass(kind, list) else "a tuple", depth)
    if issubclass(kind, type):
        return Snapshot("other", f"the class {type.__dict__['__name__'].__get__(value)}")
    if kind is types.FunctionType:
        return Snapshot("other", _function(value.__code__))
    return Snapshot("other", _WORDS.get(kind) or f"an object of type {kind.__name__}")


def _function(code: types.CodeType) -> str:
    if code.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS):
        return "a function"
    if not code.co_argcount + code.co_kwonlyargcount:
        return "a function without parameters"
    return "a lambda with parameters" if code.co_name == "<lambda>" else "a function"


def _numbers(family: str, kind: str, array: np.ndarray, dtype: str) -> Snapshot:
    array = np.asarray(array)
    if array.dtype.kind == "O" and array.size and isinstance(array.flat[0], bytes):
        array = np.vectorize(bytes.decode, otypes=[str])(array)
    if array.dtype.kind in "US":
        return Snapshot("text", f"{kind} of text", array)
    if dtype == "bfloat16":
        array = array.astype(np.float32)
    if array.dtype.kind not in "biufc":
        return Snapshot("other", f"{kind} of dtype {dtype or array.dtype.name}")
    return Snapshot(family, kind, array.copy(), dtype)


def _sequence(value: list | tuple, kind: str, depth: int) -> Snapshot:
    items = list(value)
    if all(type(item) in (bool, int, float) for item in items):
        return _numbers("python", f"{kind} of numbers", np.asarray(items), "")
    if len(items) > MAX_PARTS:
        return Snapshot("other", f"{kind} of {len(items)} things")
    seen = _parts(kind, {f"[{i}]": item for i, item in enumerate(items)}, depth)
    inside = [part for _, part in seen.parts]
    # Two arrays in a tuple are two results, not one table.
    single = kind == "a list" or all(part.shape == () for part in inside)
    shapes, families = {part.shape for part in inside}, {part.family for part in inside}
    if single and len(shapes) == 1 and families <= _PLAIN:
        array = np.asarray([part.array for part in inside])
        return _numbers("python", f"{kind} of numbers", array, "")
    return seen


def _parts(kind: str, parts: dict[str, Any], depth: int) -> Snapshot:
    if depth == MAX_DEPTH:
        return Snapshot("other", "something nested very deeply")
    return Snapshot("parts", kind, parts=tuple((k, _see(v, depth + 1)) for k, v in parts.items()))


def agree(
    wanted: Snapshot,
    got: Snapshot,
    *,
    exact: bool = False,
    tolerance: float | None = None,
    more: bool = True,
) -> bool:
    """Whether two values are the same to a learner; if `exact`, in kind and dtype too.

    A dictionary may have `more` in it than was asked for.
    """
    if "other" in (wanted.family, got.family):
        return False
    if exact and (wanted.family, wanted.dtype) != (got.family, got.dtype):
        return False
    if not exact and {wanted.family, got.family} - {"parts"}:
        wanted, got = gathered(wanted), gathered(got)
    if "parts" in (wanted.family, got.family):
        one, other = split(wanted), split(got)
        if one is None or other is None:
            return False
        may_have_more = more and one and wanted.kind == got.kind == _DICTIONARY
        if not one.keys() <= other.keys() or not (may_have_more or len(one) == len(other)):
            return False
        each = {"exact": exact, "tolerance": tolerance, "more": more}
        return all(agree(part, other[name], **each) for name, part in one.items())
    if wanted.array is None or got.array is None:
        return wanted.family == got.family
    if wanted.shape != got.shape or kind_of_numbers(wanted, got) != kind_of_numbers(got, wanted):
        return False
    if wanted.family == "text":
        return np.array_equal(_plain(wanted.array), _plain(got.array))
    return _close(wanted, got, tolerance)


def gathered(seen: Snapshot) -> Snapshot:
    """A list whose parts are numbers of one shape, such as tensors, as the numbers in it."""
    inside = [gathered(part) for _, part in seen.parts]
    shapes = {part.shape for part in inside}
    families = {part.family for part in inside}
    if seen.kind != "a list" or len(shapes) != 1 or not families <= _NUMBERS:
        return seen
    array = np.asarray([part.array for part in inside])
    return _numbers("python", "a list of numbers", array, "")


def split(seen: Snapshot) -> dict[str, Snapshot] | None:
    """The parts by name. An array is taken apart along its first axis."""
    if seen.family == "parts":
        return dict(seen.parts)
    if seen.array is None or not seen.array.ndim:
        return None
    return {f"[{i}]": Snapshot(seen.family, seen.kind, np.asarray(row), seen.dtype)
            for i, row in enumerate(seen.array)}  # fmt: skip


def kind_of_numbers(seen: Snapshot, other: Snapshot) -> str:
    """Text, bool, int, float or complex.

    Where one side has no dtype to be particular about (2 or np.mean(...)), an int counts as float.
    """
    kind = {"b": "bool", "i": "int", "u": "int", "f": "float", "c": "complex"}.get(
        seen.array.dtype.kind, "text"
    )
    strict = {seen.family, other.family} <= {"tensor", "variable"}
    return "float" if kind == "int" and not strict else kind


def _plain(text: np.ndarray) -> np.ndarray:
    return np.char.lower(np.char.strip(text.astype(str)))


def _close(wanted: Snapshot, got: Snapshot, tolerance: float | None) -> bool:
    if wanted.array.dtype.kind in "biu" and got.array.dtype.kind in "biu":
        return np.array_equal(wanted.array, got.array)
    found = (RELATIVE_TOLERANCES.get(seen.dtype, 1e-6) for seen in (wanted, got))
    relative = max(found) if tolerance is None else tolerance
    size = float(np.abs(wanted.array[np.isfinite(wanted.array)]).max(initial=0))
    # Numbers that were computed together have rounding errors that go by the largest of them. So
    # does the absolute tolerance, or a small number beside a large one would seem wrong.
    nearly = relative * size / 100 or 1e-6
    return np.allclose(got.array, wanted.array, rtol=relative, atol=nearly, equal_nan=True)


def label_inside(label: str, name: str) -> str:
    """What a part of a part is called: `model(3.0): W`, and `[0][1]` of a place in a place."""
    return f"{label}{name}" if name.startswith("[") or not label else f"{label}: {name}"


def shown(seen: Snapshot) -> str:
    """The value itself, as short as it can be."""
    if seen.family == "nothing":
        return "None"
    if seen.family == "parts":
        return shortened(", ".join(f"{name}: {shown(part)}" for name, part in seen.parts)) or "()"
    if seen.array is None:
        return seen.kind
    if seen.family == "text":
        return shortened(repr(seen.array.tolist()))
    if seen.array.dtype.kind == "b" and not seen.array.ndim:
        return "True" if seen.array else "False"
    text = np.array2string(
        seen.array,
        threshold=12,
        edgeitems=3,
        separator=", ",
        formatter={"float_kind": _float},
    )
    return shortened(" ".join(text.split()).replace("[ ", "["))


def _float(number: float) -> str:
    """With a point, so that it doesn't look like a whole number."""
    text = f"{number:.6g}"
    return f"{text}.0" if text.lstrip("-").isdigit() else text


def described(seen: Snapshot) -> str:
    """The kind of thing it is: `a tf.Tensor (float32, shape [3])`."""
    if seen.family == "parts":
        inside = list(dict.fromkeys(part.kind for _, part in seen.parts))
        what = f", each {inside[0]}" if len(inside) == 1 else f": {listed(inside)}"
        return f"{seen.kind} of {len(seen.parts)}{what if inside else ''}"
    if seen.array is None or seen.family == "text":
        return seen.kind
    details = [seen.dtype] if seen.dtype else []
    if seen.shape or seen.family in ("tensor", "variable"):
        details.append(f"shape {list(seen.shape)}")
    return f"{seen.kind} ({', '.join(details)})" if details else seen.kind


def compared(wanted: Snapshot, got: Snapshot) -> tuple[str, str]:
    """Both values, with their kinds where the values alone look the same."""
    words = shown(wanted), shown(got)
    if words[0] != words[1]:
        return words
    if described(wanted) != described(got):
        return f"{words[0]}, {described(wanted)}", f"{words[1]}, {described(got)}"
    return _digits(wanted), _digits(got)


def _digits(seen: Snapshot) -> str:
    return shortened(repr(seen.array.tolist())) if seen.array is not None else shown(seen)


def listed(names: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def shortened(text: str, longest: int = MAX_CHARACTERS) -> str:
    """The beginning of a text that is too long for a message."""
    return text if len(text) <= longest else text[: longest - 3] + "..."
