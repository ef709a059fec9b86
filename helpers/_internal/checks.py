"""Turns away bad input at the door, in words.

Every message says what was given, what is wanted, and how to get there. Nothing here knows about
training: it is about numbers, arrays, words and paths in general.
"""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import tensorflow as tf

from helpers._internal.formatting import describe, reason, shape_of

LARGEST_SEED = 2**31 - 1


@contextmanager
def user_code(what: str) -> Iterator[None]:
    """Report in words, without a stack trace, what the caller's own model or loss raises.

    Raises:
        ValueError: says what failed, why, and at which of the caller's lines.
    """
    try:
        yield
    except Exception as error:
        raise ValueError(f"{what} failed: {reason(error)}") from None


def number(name: str, value: Any, *, above: float | None = None) -> float:
    """Take one finite real number.

    Args:
        name: what to call it in a message.
        value: a Python, NumPy or TensorFlow number; bool is none.
        above: if given, what the number must be larger than.

    Raises:
        TypeError: if it is not one number.
        ValueError: if it is nan, infinite, out of float32's range, or not above `above`.
    """
    wanted = "a number" if above is None else f"a number larger than {above:g}"
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            array = np.asarray(float(max(-(10**300), min(value, 10**300))))  # NumPy's ints end.
        elif isinstance(value, tf.Tensor | tf.Variable):
            array = np.asarray(tf.cast(value, tf.float64) if _is_real(value.dtype) else None)
        else:
            array = None if value is np.ma.masked else np.asarray(value)
    except Exception:  # Whatever an odd object does when it is read, it is no number.
        array = None
    if array is None or array.shape != () or not _is_real(array.dtype):
        raise TypeError(f"{name} must be {wanted}, such as 0.1; got {describe(value)}.")
    result = float(array)
    with np.errstate(over="ignore", under="ignore"):
        as_float32 = np.float32(result)
    if not np.isfinite(as_float32):
        raise ValueError(f"{name} must be finite and within float32; got {describe(value)}.")
    if above is not None and not as_float32 > above:
        raise ValueError(f"{name} must be {wanted}; got {describe(value)}.")
    return result


def whole_number(name: str, value: Any, *, at_least: int, at_most: int | None = None) -> int:
    """Take one whole number.

    Raises:
        TypeError: if it is not an integer (bool is none, nor is 10.0).
        ValueError: if it is out of range.
    """
    # For NumPy a span of time is an integer, too.
    whole = isinstance(value, int | np.integer) and not isinstance(value, np.timedelta64)
    if not whole or isinstance(value, bool):
        raise TypeError(f"{name} must be a whole number, such as 10; got {describe(value)}.")
    if value < at_least or (at_most is not None and value > at_most):
        limit = "" if at_most is None else f" and at most {at_most}"
        raise ValueError(f"{name} must be at least {at_least}{limit}; got {describe(value)}.")
    return int(value)


def seed(value: Any) -> int:
    """Take a seed: any whole number that fits into 32 bits."""
    return whole_number("seed", value, at_least=-LARGEST_SEED, at_most=LARGEST_SEED)


def numbers(name: str, value: Any, *, finite: bool = True) -> tf.Tensor:
    """Take a number or an array of real numbers of any shape, as a float32 tensor.

    Args:
        name: what to call it in a message.
        value: numbers, lists of numbers, NumPy arrays, tensors or Variables. A tensor of a graph
            that is being traced has no values yet: only its dtype is looked at.
        finite: whether nan and infinity are refused.

    Raises:
        TypeError: if these are not real numbers (text, bool, complex, objects, ragged tensors).
        ValueError: if there are none, if rows differ in length, or if some are not finite.
    """
    if isinstance(value, tf.Tensor | tf.Variable):
        tensor = _from_tensorflow(name, value)
    else:
        tensor = _from_python(name, value)
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


def _from_tensorflow(name: str, value: tf.Tensor | tf.Variable) -> tf.Tensor:
    if not _is_real(value.dtype):
        raise TypeError(_not_numbers(name, value))
    return tf.cast(tf.convert_to_tensor(value), tf.float32)


def _from_python(name: str, value: Any) -> tf.Tensor:
    if isinstance(value, tf.RaggedTensor | tf.SparseTensor | tf.IndexedSlices):
        raise TypeError(f"{_not_numbers(name, value)} Make it dense first.")
    if isinstance(value, tf.data.Dataset):
        raise TypeError(
            f"{_not_numbers(name, value)} Take its examples out first, for example with "
            "`dataset.batch(1000).get_single_element()`."
        )
    if isinstance(value, bytearray):  # NumPy would take its bytes for numbers.
        raise TypeError(_not_numbers(name, value))
    if np.ma.is_masked(value):
        raise ValueError(f"{name} has masked entries; take them out with `.compressed()` first.")
    try:
        with warnings.catch_warnings(action="ignore"):
            array = np.asarray(value)
    except ValueError as error:
        if "inhomogeneous" not in str(error):
            raise TypeError(_not_numbers(name, value)) from None
        raise ValueError(
            f"{name} has rows of different lengths; every row must have the same: "
            f"got {describe(value)}."
        ) from None
    except Exception:  # Whatever an odd object does when it is read, it holds no numbers.
        raise TypeError(_not_numbers(name, value)) from None
    if not _is_real(array.dtype) or _holds_bool(value):
        raise TypeError(_not_numbers(name, value))
    with np.errstate(over="ignore", under="ignore"):
        return tf.constant(array.astype(np.float32))


def _is_real(dtype: np.dtype | tf.DType) -> bool:
    return dtype.name.startswith(("float", "bfloat", "int", "uint"))


def _holds_bool(value: Any) -> bool:
    """Whether a list has a bool among its numbers, which NumPy would take for 0 or 1."""
    if isinstance(value, list | tuple):
        return any(_holds_bool(item) for item in value)
    return isinstance(value, bool | np.bool_)


def _not_numbers(name: str, value: Any) -> str:
    dtype = getattr(value, "dtype", None)
    cast = f" Turn it into numbers first: `tf.cast({name}, tf.float32)`."
    return (
        f"{name} must be real numbers (a list, a NumPy array or a tensor); got {describe(value)}."
        + (cast if getattr(dtype, "name", dtype) == "bool" else "")
    )


def examples(inputs: Any, outputs: Any) -> tuple[tf.Tensor, tf.Tensor]:
    """Take inputs and the outputs that belong to them, one row an example.

    Raises:
        TypeError, ValueError: as `numbers` does, and if there is not one output for each input.
    """
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
    """Take numbers in a row, as a float32 array."""
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
    """Take (lowest, highest) and return evenly spaced numbers between them.

    Raises:
        TypeError, ValueError: if these are not two numbers in that order.
    """
    taken = numbers(name, ends)
    if taken.shape != [2] or not taken[0] < taken[1]:
        raise ValueError(f"{name} must be (lowest, highest); got {describe(ends)}.")
    return np.linspace(taken[0], taken[1], count, dtype=np.float32)


def same_shape(first_name: str, first: tf.Tensor, second_name: str, second: tf.Tensor) -> None:
    """Insist that two tensors have one shape, so that nothing is broadcast without a word.

    Raises:
        ValueError: if they differ; for `[N]` against `[N, 1]` it says how to mend it.
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
    """Insist that something can be called.

    Raises:
        TypeError: if it cannot.
    """
    if not callable(value):
        raise TypeError(f"{name} must be a function; got {describe(value)}.")


def flag(name: str, value: Any) -> bool:
    """Take True or False.

    Raises:
        TypeError: if it is neither.
    """
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False; got {describe(value)}.")
    return bool(value)


def text(name: str, value: Any) -> str:
    """Take words to be shown.

    Raises:
        TypeError: if it is not text.
        ValueError: if there is nothing to be read in it.
    """
    if not isinstance(value, str):
        raise TypeError(f"{name} must be text; got {describe(value)}.")
    if not value.strip():
        raise ValueError(f"{name} must say something in words; got {describe(value)}.")
    return value


def path(value: Any) -> str:
    """Take the path of a file.

    Raises:
        TypeError: if it is not text or a `pathlib.Path`.
        ValueError: if it is empty or names a folder.
    """
    if not isinstance(value, str | os.PathLike) or isinstance(os.fspath(value), bytes):
        raise TypeError(f"path must be text or a pathlib.Path; got {describe(value)}.")
    text = os.fspath(value)
    if not text or "\0" in text or text.endswith(("/", os.sep)) or os.path.isdir(text):
        raise ValueError(f"path must name a file, such as 'my_line'; got {describe(text)}.")
    return text
