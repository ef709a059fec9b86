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
    """Capture what is written to standard error, and drop it unless the block raises.

    TensorFlow's messages come from C++ and bypass `sys.stderr`, so the file descriptor itself is
    pointed elsewhere. If the block raises, what was captured is written after all: it may say why.
    """
    try:
        original = os.dup(STANDARD_ERROR)
    except OSError:  # This program runs without a standard error: there is nothing to capture.
        yield
        return
    if sys.stderr is not None:
        sys.stderr.flush()
    with tempfile.TemporaryFile() as captured:
        os.dup2(captured.fileno(), STANDARD_ERROR)
        try:
            yield
        except BaseException:
            os.dup2(original, STANDARD_ERROR)
            captured.seek(0)
            os.write(STANDARD_ERROR, captured.read())
            raise
        finally:
            os.dup2(original, STANDARD_ERROR)
            os.close(original)


def import_tensorflow() -> None:
    """Import TensorFlow and run one operation, with nothing on standard error.

    The first operation is part of it because TensorFlow then looks for a GPU and reports that
    there is none. It also fixes the list of devices, so the processor is split into two before.

    Raises:
        ImportError: as TensorFlow raised it, with all it wrote.
    """
    if "tensorflow" in sys.modules:
        return
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with capture_stderr():
        import tensorflow as tf

        _two_logical_processors(tf)
        # With TF_CONFIG this is one machine of several: its server must start before any operation.
        if not os.environ.get("TF_CONFIG"):
            tf.zeros([])


def _two_logical_processors(tf: ModuleType) -> None:
    """Let the processor appear as two devices: lesson 09 shares a training out over them.

    All else runs on the first. Both are the same cores and the same memory; it costs no measurable
    time or memory.
    """
    (processor,) = tf.config.list_physical_devices("CPU")
    two = [tf.config.LogicalDeviceConfiguration()] * 2
    tf.config.set_logical_device_configuration(processor, two)


@contextmanager
def hide_warnings() -> Iterator[None]:
    """Let TensorFlow's Python code log nothing below an error."""
    logger = logging.getLogger("tensorflow")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
