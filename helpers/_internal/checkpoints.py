"""TensorFlow checkpoints that are read through before a model takes their values."""

import os
import reprlib
import tempfile
from typing import Any

import numpy as np
import tensorflow as tf

from helpers._internal import checks, formatting, model_checks


def restore(model: Any, path: Any) -> None:
    """Put back what a checkpoint of this model holds: everything, or nothing and an error.

    TensorFlow itself restores what fits and silently skips the rest, so the names, shapes and
    dtypes are compared, and every value is read, before the model is changed.

    Raises:
        TypeError: if the model or the path is not of the right kind.
        ValueError: if the checkpoint is missing, damaged or another model's.
    """
    text, checkpoint = checks.path(path), _checkpoint(model)
    shown = reprlib.repr(text)
    if not os.path.exists(f"{text}.index"):
        raise ValueError(f"There is no checkpoint at {shown}: its file ends in '.index'.")
    try:
        saved = _contents(text)
    except Exception as error:  # Damaged files raise a dozen kinds; each means the same.
        raise ValueError(
            f"The checkpoint at {shown} is damaged or incomplete and was not used "
            f"({type(error).__name__}). Save the model again."
        ) from None
    with tempfile.TemporaryDirectory() as folder:
        wanted = _contents(checkpoint.write(os.path.join(folder, "wanted")))
    if saved != wanted:
        raise ValueError(
            f"The checkpoint at {shown} is of another model and was not used: "
            f"it holds {_words(saved)}, this model has {_words(wanted)}."
        )
    status = checkpoint.read(text).assert_existing_objects_matched()
    status.expect_partial()  # A CheckpointManager also saves a counter, which no model has.


def _checkpoint(model: Any) -> tf.train.Checkpoint:
    model_checks.variables_of(model, finite=False)
    try:
        return tf.train.Checkpoint(model=model)
    except ValueError:
        raise TypeError(
            "model must be one that TensorFlow can save, a tf.Module or a Keras model; "
            f"got {formatting.describe(model)}."
        ) from None


def _contents(path: str) -> dict[str, tuple]:
    """Read every value, so that damage shows, and return shape and dtype of each by its name."""
    reader = tf.train.load_checkpoint(path)
    suffix = "/.ATTRIBUTES/VARIABLE_VALUE"
    values = {
        name.removesuffix(suffix): np.asarray(reader.get_tensor(name))
        for name in reader.get_variable_to_shape_map()
    }
    return {
        name: (value.shape, value.dtype.name)
        for name, value in values.items()
        if name not in ("_CHECKPOINTABLE_OBJECT_GRAPH", "save_counter")
    }


def _words(contents: dict[str, tuple]) -> str:
    return (
        ", ".join(
            f"{name.removeprefix('model/')} {list(shape)}" for name, (shape, _) in contents.items()
        )
        or "nothing"
    )
