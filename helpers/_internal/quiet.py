"""Imports TensorFlow without its start-up messages."""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

STANDARD_ERROR = 2


@contextmanager
def capture_stderr() -> Iterator[None]:
    """Hold back what is written to standard error, at the level of the operating system.

    TensorFlow's start-up messages come from C++ and pass `sys.stderr` by, so the file descriptor
    itself is pointed elsewhere. If the block raises, what was held back is written after all: it
    may say why.
    """
    try:
        kept = os.dup(STANDARD_ERROR)
    except OSError:  # A program without a standard error has nothing to hold back.
        yield
        return
    if sys.stderr is not None:
        sys.stderr.flush()
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), STANDARD_ERROR)
        try:
            yield
        except BaseException:
            os.dup2(kept, STANDARD_ERROR)
            held.seek(0)
            os.write(STANDARD_ERROR, held.read())
            raise
        finally:
            os.dup2(kept, STANDARD_ERROR)
            os.close(kept)


def import_tensorflow() -> None:
    """Import TensorFlow and run one operation, without a word on standard error.

    The first operation is part of it because that is when TensorFlow looks for a GPU and reports
    that there is none. With it the devices are fixed, so that is when the processor becomes two.

    Raises:
        ImportError: as TensorFlow raised it, with all it wrote.
    """
    if "tensorflow" in sys.modules:
        return
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with capture_stderr():
        import tensorflow as tf

        _two_logical_processors(tf)
        if not os.environ.get("TF_CONFIG"):  # Such a machine starts its server before all else.
            tf.zeros([])


def _two_logical_processors(tf: ModuleType) -> None:
    """Let the processor appear as two devices, of which all but lesson 09 use the first.

    Both are the same cores and the same memory: measured, it costs neither time nor room.
    """
    (processor,) = tf.config.list_physical_devices("CPU")
    two = [tf.config.LogicalDeviceConfiguration()] * 2
    tf.config.set_logical_device_configuration(processor, two)


@contextmanager
def hide_warnings() -> Iterator[None]:
    """Let TensorFlow's Python side report nothing below an error."""
    logger = logging.getLogger("tensorflow")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
