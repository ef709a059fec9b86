"""Looks at any object once and keeps what can be compared: plain data, safe to hold and to print.

Only the real type of an object is trusted (`type(x)`; `isinstance` believes `__class__`), and only
types that are known are read. Anything else is seen as "other" and equals nothing.
"""

import types
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from exercises.engine.stopping import Stopped

DEEPEST = 8
LONGEST = 10_000
RELATIVE_TOLERANCES = {"bfloat16": 2e-2, "float16": 1e-2, "float32": 1e-4, "complex64": 1e-4}
_PLAIN = {"python", "numpy"}
_WORDS = {types.FunctionType: "a function", types.BuiltinFunctionType: "a function",
          types.MethodType: "a method", types.GeneratorType: "a generator",
          types.ModuleType: "a module", type(...): "`...`"}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Seen:
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
    parts: tuple[tuple[str, "Seen"], ...] = ()

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the numbers; a list of parts has its length."""
        return self.array.shape if self.array is not None else (len(self.parts),)


NOTHING = Seen("nothing", "None")


def see(value: Any) -> Seen:
    """Look at any object whatsoever.

    This may run code of the object's own: call it where that can be stopped.
    """
    try:
        return _see(value, 0)
    except Stopped:
        raise
    except BaseException:  # The object raises when it is read: no words of its own then.
        return Seen("other", "an object that cannot be read")


def _see(value: Any, depth: int) -> Seen:
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
        return Seen("text", "text", np.asarray(text))
    if issubclass(kind, tf.DType | np.dtype):
        return Seen("text", "a dtype", np.asarray(value.name))
    if issubclass(kind, tf.TensorShape):
        return _numbers("python", "a shape", np.asarray(value.as_list(), np.int64), "")
    if issubclass(kind, tf.IndexedSlices):
        parts = {"values": value.values, "indices": value.indices}
        return _parts("tf.IndexedSlices (a sparse gradient)", parts, depth)
    if issubclass(kind, dict):
        return _parts("a dictionary", {str(key): part for key, part in value.items()}, depth)
    if issubclass(kind, list | tuple):
        return _sequence(value, "a list" if issubclass(kind, list) else "a tuple", depth)
    if issubclass(kind, type):
        return Seen("other", f"the class {type.__dict__['__name__'].__get__(value)}")
    return Seen("other", _WORDS.get(kind) or f"an object of type {kind.__name__}")


def _numbers(family: str, kind: str, array: np.ndarray, dtype: str) -> Seen:
    array = np.asarray(array)
    if array.dtype.kind == "O" and array.size and isinstance(array.flat[0], bytes):
        array = np.vectorize(bytes.decode, otypes=[str])(array)
    if array.dtype.kind in "US":
        return Seen("text", f"{kind} of text", array)
    if dtype == "bfloat16":
        array = array.astype(np.float32)
    if array.dtype.kind not in "biufc":
        return Seen("other", f"{kind} of dtype {dtype or array.dtype.name}")
    return Seen(family, kind, array.copy(), dtype)


def _sequence(value: list | tuple, kind: str, depth: int) -> Seen:
    items = list(value)
    if all(type(item) in (bool, int, float) for item in items):
        return _numbers("python", f"{kind} of numbers", np.asarray(items), "")
    if len(items) > LONGEST:
        return Seen("other", f"{kind} of {len(items)} things")
    seen = _parts(kind, {f"[{i}]": item for i, item in enumerate(items)}, depth)
    inside = [part for _, part in seen.parts]
    if len({part.shape for part in inside}) == 1 and {part.family for part in inside} <= _PLAIN:
        array = np.asarray([part.array for part in inside])
        return _numbers("python", f"{kind} of numbers", array, "")
    return seen


def _parts(kind: str, parts: dict[str, Any], depth: int) -> Seen:
    if depth == DEEPEST:
        return Seen("other", "something nested very deeply")
    return Seen("parts", kind, parts=tuple((k, _see(v, depth + 1)) for k, v in parts.items()))


def agree(wanted: Seen, got: Seen, *, exact: bool = False, tolerance: float | None = None) -> bool:
    """Whether two values are the same to a learner; if `exact`, in kind and dtype too."""
    if "other" in (wanted.family, got.family):
        return False
    if exact and (wanted.family, wanted.dtype) != (got.family, got.dtype):
        return False
    if "parts" in (wanted.family, got.family):
        return _parts_agree(_split(wanted), _split(got), exact, tolerance)
    if wanted.array is None or got.array is None:
        return wanted.family == got.family
    if wanted.shape != got.shape or kind_of_numbers(wanted, got) != kind_of_numbers(got, wanted):
        return False
    if wanted.family == "text":
        return np.array_equal(_plain(wanted.array), _plain(got.array))
    return _close(wanted, got, tolerance)


def _parts_agree(wanted: dict | None, got: dict | None, exact: bool, tol: float | None) -> bool:
    if wanted is None or got is None or wanted.keys() != got.keys():
        return False
    return all(agree(wanted[key], got[key], exact=exact, tolerance=tol) for key in wanted)


def _split(seen: Seen) -> dict[str, Seen] | None:
    """The parts by name. An array is taken apart along its first axis."""
    if seen.family == "parts":
        return dict(seen.parts)
    if seen.array is None or not seen.array.ndim:
        return None
    return {f"[{i}]": Seen(seen.family, seen.kind, np.asarray(row), seen.dtype)
            for i, row in enumerate(seen.array)}  # fmt: skip


def kind_of_numbers(seen: Seen, other: Seen) -> str:
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


def _close(wanted: Seen, got: Seen, tolerance: float | None) -> bool:
    if wanted.array.dtype.kind in "biu" and got.array.dtype.kind in "biu":
        return np.array_equal(wanted.array, got.array)
    found = (RELATIVE_TOLERANCES.get(seen.dtype, 1e-6) for seen in (wanted, got))
    relative = max(found) if tolerance is None else tolerance
    size = float(np.abs(wanted.array[np.isfinite(wanted.array)]).max(initial=0))
    # Rounding errors are as large as the largest number makes them, also in the small ones.
    nearly = relative * size / 100 or 1e-6
    return np.allclose(got.array, wanted.array, rtol=relative, atol=nearly, equal_nan=True)
