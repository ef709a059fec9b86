"""What `python -m helpers.scaling.worker` keeps on the disk, and how it finds it again."""

from collections.abc import Callable
from pathlib import Path

import tensorflow as tf

from helpers._internal.checkpoints import restore
from helpers._internal.formatting import reason
from helpers.scaling.cluster import LOST


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
        except LOST:  # Not the disk: another machine went in just this moment.
            raise
        except tf.errors.OpError as error:
            raise OSError(f"The checkpoint could not be written: {reason(error)}") from None

    return save
