"""Turns away bad input at the door, in words.

Every message says what was given, what is wanted, and how to get there. It comes in a TypeError
for something of the wrong kind and in a ValueError for a wrong value. Nothing here knows about
training: it is about numbers, arrays, words and paths in general.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import tensorflow as tf

from helpers._internal.formatting import describe, reason, shape_of

MAX_SEED = 2**31 - 1


@contextmanager
def user_code(what: str) -> Iterator[None]:
    """Report what the caller's own model or loss raises in words, at the caller's own line."""
    try:
        yield
    except Exception as error:
        raise ValueError(f"{what} failed: {reason(error)}") from None


def number(name: str, value: Any, *, above: float | None = None) -> float:
    """Take one finite real number: Python's, NumPy's or TensorFlow's; bool is none.

    Args:
        name: what to call it in a message.
        value: what was given.
        above: if given, what the number must be larger than.
    """
    wanted = "a number" if above is None else f"a number larger than {above:g}"
    try:
        array = np.asarray(value.numpy() if isinstance(value, tf.Tensor | tf.Variable) else value)
    except Exception:  # Rows of different lengths, a tensor without a value: no one number.
        array = np.asarray(None)
    if array.shape != () or not _is_real(array.dtype):
        raise TypeError(f"{name} must be {wanted}, such as 0.1; got {describe(value)}.")
    with np.errstate(over="ignore", under="ignore"):
        as_float32 = np.float32(array)
    if not np.isfinite(as_float32):
        raise ValueError(f"{name} must be finite and within float32; got {describe(value)}.")
    if above is not None and not as_float32 > above:
        raise ValueError(f"{name} must be {wanted}; got {describe(value)}.")
    return float(array)


def whole_number(name: str, value: Any, *, at_least: int, at_most: int | None = None) -> int:
    """Take one whole number; neither True nor 10.0 is one."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TypeError(f"{name} must be a whole number, such as 10; got {describe(value)}.")
    if value < at_least or (at_most is not None and value > at_most):
        limit = "" if at_most is None else f" and at most {at_most}"
        raise ValueError(f"{name} must be at least {at_least}{limit}; got {describe(value)}.")
    return int(value)


def seed(value: Any) -> int:
    """Take a seed: any whole number that fits into 32 bits."""
    return whole_number("seed", value, at_least=-MAX_SEED, at_most=MAX_SEED)


def numbers(name: str, value: Any, *, finite: bool = True) -> tf.Tensor:
    """Take a number or an array of real numbers of any shape, as a float32 tensor.

    Args:
        name: what to call it in a message.
        value: numbers, lists of numbers, NumPy arrays, tensors or Variables. A tensor of a graph
            that is being traced has no values yet: only its dtype is looked at.
        finite: whether nan and infinity are refused.
    """
    given = value if isinstance(value, tf.Tensor | tf.Variable) else _array(name, value)
    if not _is_real(given.dtype):
        raise TypeError(_not_numbers(name, value))
    if isinstance(given, np.ndarray):
        with np.errstate(over="ignore", under="ignore"):
            given = given.astype(np.float32)
    tensor = tf.cast(tf.convert_to_tensor(given), tf.float32)
    if tensor.shape.num_elements() == 0:
        raise ValueError(f"{name} is empty (shape {shape_of(tensor)}); it needs a number or more.")
    if finite and not tf.is_symbolic_tensor(tensor):
        wrong = np.flatnonzero(~np.isfinite(tensor.numpy()))
        if wrong.size:
            raise ValueError(
                f"{name} must be finite and within float32, but {wrong.size} of its "
                f"{tensor.shape.num_elements()} numbers are nan or infinite, "
                f"the first at position {wrong[0]}. Remove or replace them first."
            )
    return tensor


def _array(name: str, value: Any) -> np.ndarray:
    if isinstance(value, tf.RaggedTensor | tf.SparseTensor | tf.IndexedSlices):
        raise TypeError(f"{_not_numbers(name, value)} Make it dense first.")
    if isinstance(value, tf.data.Dataset):
        raise TypeError(
            f"{_not_numbers(name, value)} Take its examples out first, for example with "
            "`dataset.batch(1000).get_single_element()`."
        )
    if np.ma.is_masked(value):
        raise ValueError(f"{name} has masked entries; take them out with `.compressed()` first.")
    try:
        return np.asarray(value)
    except Exception as error:
        if "inhomogeneous" not in str(error):
            raise TypeError(_not_numbers(name, value)) from None
    raise ValueError(
        f"{name} has rows of different lengths; every row must have the same: "
        f"got {describe(value)}."
    )


def _is_real(dtype: np.dtype | tf.DType) -> bool:
    return dtype.name.startswith(("float", "bfloat", "int", "uint"))


def _not_numbers(name: str, value: Any) -> str:
    dtype = getattr(value, "dtype", None)
    cast = f" Turn it into numbers first: `tf.cast({name}, tf.float32)`."
    return (
        f"{name} must be real numbers (a list, a NumPy array or a tensor); got {describe(value)}."
        + (cast if getattr(dtype, "name", dtype) == "bool" else "")
    )


def examples(inputs: Any, outputs: Any) -> tuple[tf.Tensor, tf.Tensor]:
    """Take inputs and the outputs that belong to them, one row an example."""
    taken = numbers("inputs", inputs), numbers("outputs", outputs)
    for name, tensor in zip(("inputs", "outputs"), taken, strict=True):
        if tensor.shape.rank == 0:
            raise ValueError(
                f"{name} is a single number; it needs one row for each example: "
                f"`[{tensor.numpy():g}]` is one example."
            )
    equally_many("inputs", taken[0], "outputs", taken[1])
    return taken


def one_number_each(name: str, taken: tf.Tensor) -> None:
    """Insist on one number for each example, in shape `[N]` or `[N, 1]`."""
    if taken.shape.rank == 0 or taken.shape[1:] not in ([], [1]):
        raise ValueError(
            f"{name} must hold one number for each example, in shape [N] or [N, 1], for a model "
            f"with one slope W; got shape {shape_of(taken)}."
        )


def series(name: str, value: Any, *, perhaps_none: bool = False) -> np.ndarray:
    """Take numbers in a row, as a float32 array; no numbers at all only if `perhaps_none`."""
    none = value == [] if isinstance(value, list) else getattr(value, "shape", None) == (0,)
    if none and perhaps_none:
        return np.empty([0], np.float32)
    taken = numbers(name, value)
    if taken.shape.rank != 1:
        raise ValueError(f"{name} must be numbers in a row; got shape {shape_of(taken)}.")
    return taken.numpy()


def equally_many(first_name: str, first: Any, second_name: str, second: Any) -> None:
    """Insist that what belongs together is equally many."""
    if len(first) != len(second):
        raise ValueError(
            f"{first_name} and {second_name} must be equally many, but there are {len(first)} "
            f"{first_name} and {len(second)} {second_name}."
        )


def points(inputs: Any, outputs: Any) -> tuple[np.ndarray, np.ndarray]:
    """Take examples with one input and one output each, as two arrays of shape `[N]`."""
    x, y = examples(inputs, outputs)
    same_shape("inputs", x, "outputs", y)
    return x.numpy().ravel(), y.numpy().ravel()


def predictions(predicted: Any, outputs: Any) -> np.ndarray:
    """Take one prediction for each output, as an array of shape `[N]`."""
    taken = numbers("predicted", predicted)
    same_shape("predicted", taken, "outputs", numbers("outputs", outputs))
    return taken.numpy().ravel()


def grid(name: str, ends: Any, count: int = 61) -> np.ndarray:
    """Take (lowest, highest) and return evenly spaced numbers between them."""
    taken = numbers(name, ends)
    if taken.shape != [2] or not taken[0] < taken[1]:
        raise ValueError(f"{name} must be (lowest, highest); got {describe(ends)}.")
    return np.linspace(taken[0], taken[1], count, dtype=np.float32)


def same_shape(first_name: str, first: tf.Tensor, second_name: str, second: tf.Tensor) -> None:
    """Insist that two tensors have one shape; TensorFlow would silently broadcast them.

    For `[N]` against `[N, 1]` the message says how to mend it.
    """
    if first.shape.is_compatible_with(second.shape):
        return
    longer = max((first_name, first), (second_name, second), key=lambda pair: len(pair[1].shape))
    mend = f" Drop the last axis first: `tf.squeeze({longer[0]}, axis=-1)`."
    raise ValueError(
        f"{first_name} and {second_name} must have the same shape, but {first_name} has "
        f"{shape_of(first)} and {second_name} has {shape_of(second)}; TensorFlow would stretch "
        "one over the other." + (mend if longer[1].shape[-1] == 1 else "")
    )


def function(name: str, value: Any) -> None:
    """Insist that something can be called."""
    if not callable(value):
        raise TypeError(f"{name} must be a function; got {describe(value)}.")


def flag(name: str, value: Any) -> bool:
    """Take True or False."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False; got {describe(value)}.")
    return bool(value)


def text(name: str, value: Any) -> str:
    """Take words to be shown; blanks alone are none."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be text; got {describe(value)}.")
    if not value.strip():
        raise ValueError(f"{name} must say something in words; got {describe(value)}.")
    return value


def path(value: Any) -> str:
    """Take the path of a file: text or a `pathlib.Path` that names no folder."""
    if not isinstance(value, str | os.PathLike):
        raise TypeError(f"path must be text or a pathlib.Path; got {describe(value)}.")
    text = os.fspath(value)
    if not text or text.endswith(("/", os.sep)) or os.path.isdir(text):
        raise ValueError(f"path must name a file, such as 'my_line'; got {describe(text)}.")
    return text
