"""Values, errors and numbers in words: for messages, for captions, for screen readers."""

import os
import reprlib
import traceback
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

# Folders of code that is not the learner's own.
ROOT = Path(__file__).parents[2]
NOT_THEIRS = [ROOT / "helpers", ROOT / "exercises", Path(os.__file__).parent]


def describe(value: Any) -> str:
    """Say what a value is in a few words, whatever it is: `'0.1' (str)`."""
    kind = type(value).__name__
    if isinstance(value, np.ndarray | tf.Tensor | tf.Variable):
        dtype = getattr(value.dtype, "name", value.dtype)
        return f"a {dtype} {kind} of shape {shape_of(value)}"
    try:
        return f"{reprlib.repr(value)} ({kind})"
    except Exception:  # Its own __repr__ fails, so only its type can be named.
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


def number(value: float) -> str:
    """Two digits after the point, and no minus before a zero."""
    text = f"{value:,.2f}" if abs(value) < 1e6 else f"{value:.2e}"
    return "0.00" if text == "-0.00" else text


def several(values: np.ndarray) -> str:
    """The first eight numbers."""
    shown = ", ".join(number(value) for value in values[:8])
    return shown if len(values) <= 8 else f"{shown}, ..."


def count(how_many: int, word: str) -> str:
    """How many: `1 example`, `1000 examples`."""
    return f"{how_many} {word}" if how_many == 1 else f"{how_many} {word}s"


def span(values: np.ndarray) -> str:
    """From the lowest to the highest."""
    return f"from {number(values.min())} to {number(values.max())}"


def cloud(x: np.ndarray, y: np.ndarray, x_label: str, y_label: str) -> str:
    """How many examples there are, and where they lie."""
    return f"{count(len(x), 'example')}; {x_label} {span(x)}, {y_label} {span(y)}."


def moves(name: str, values: np.ndarray) -> str:
    """Where a series of numbers begins and ends: `W falls from 5.00 to 3.20`."""
    first, last = number(values[0]), number(values[-1])
    if first == last:
        return f"{name} stays at {first}"
    return f"{name} {'rises' if values[-1] > values[0] else 'falls'} from {first} to {last}"


def sentence(parts: list[str]) -> str:
    """Join parts into one line that begins with a capital."""
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."
