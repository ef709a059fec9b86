"""What `python -m helpers.scaling.worker` keeps on the disk, and how it finds it again."""

import os
import reprlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from helpers._internal import checks, model_checks
from helpers._internal.formatting import describe, reason
from helpers.scaling.cluster import PEER_ERRORS


def go_on(training: tf.Module, folder: Path | None) -> None:
    """Give a training the values of its newest whole checkpoint; where there is none, leave it."""
    state = tf.train.get_checkpoint_state(folder) if folder else None
    for path in reversed(state.all_model_checkpoint_paths if state else []):
        try:
            restore(training, path)
        except ValueError as error:
            print(f"Passed over: {error}", flush=True)
        else:
            print(f"Going on from {Path(path).name}.", flush=True)
            break


def saver(training: tf.Module, folder: Path | None) -> Callable[[int], None]:
    """Make the function that saves after an epoch; without a folder it does nothing.

    The files of a checkpoint are whole before the list of checkpoints names them.
    """
    if folder is None:
        return lambda epoch: None
    manager = tf.train.CheckpointManager(tf.train.Checkpoint(model=training), folder, max_to_keep=3)

    def save(epoch: int) -> None:
        try:
            manager.save(checkpoint_number=epoch)
        except PEER_ERRORS:  # The disk is well: another machine was lost in this moment.
            raise
        except tf.errors.OpError as error:
            raise OSError(f"The checkpoint could not be written: {reason(error)}") from None

    return save


def restore(model: Any, path: Any) -> None:
    """Put back what `tf.train.Checkpoint(model=model)` wrote: everything, or nothing and an error.

    TensorFlow itself restores what fits and silently passes over the rest, so the names, shapes
    and dtypes are compared and every value is read before the model is touched.

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
    except Exception as error:  # A damaged file raises one of a dozen kinds.
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
    status.expect_partial()  # The file also holds a CheckpointManager's counter.


def _checkpoint(model: Any) -> tf.train.Checkpoint:
    model_checks.variables_of(model, finite=False)
    try:
        return tf.train.Checkpoint(model=model)
    except ValueError:
        raise TypeError(
            "model must be one that TensorFlow can save, a tf.Module or a Keras model; "
            f"got {describe(model)}."
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
