"""Says in a few words what a value is, and what went wrong."""

import os
import reprlib
import traceback
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

# Where code lies that is not the learner's own.
NOT_THEIRS = [Path(__file__).parents[1], Path(os.__file__).parent]


def describe(value: Any) -> str:
    """Say what a value is in a few words, whatever it is: `'0.1' (str)`."""
    kind = type(value).__name__
    if isinstance(value, np.ndarray | tf.Tensor | tf.Variable):
        dtype = getattr(value.dtype, "name", value.dtype)
        return f"a {dtype} {kind} of shape {shape_of(value)}"
    try:
        return f"{reprlib.repr(value)} ({kind})"
    except Exception:  # The object's own __repr__ is at fault: its type has to do.
        return f"a value of type {kind}"


def shape_of(value: Any) -> str:
    """The shape as TensorFlow's documentation writes it: `[1000, 1]`."""
    shape = tf.TensorShape(value.shape)
    return str([] if shape.rank == 0 else list(shape)) if shape.rank is not None else "unknown"


def reason(error: BaseException) -> str:
    """One line on why something raised, and the caller's own line where it did."""
    first_line = next(iter(str(error).strip().splitlines()), "")
    text = f"{type(error).__name__}: {first_line[:200]}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        theirs = not any(folder in Path(frame.filename).parents for folder in NOT_THEIRS)
        if frame.line and theirs and "-packages" not in frame.filename:
            return f"{text} (at `{frame.line.strip()}`)"
    return text
