"""Shows a mistake that is made on purpose."""

import re
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def expected_error() -> Iterator[None]:
    """Run a block that must fail, and print the error in one line instead of its stack trace.

    TensorFlow wraps its messages in the name of the operation and of the device. They are left
    out, so that the line is the same on every machine.

    Raises:
        AssertionError: if the block does not fail after all.
    """
    try:
        yield
    except Exception as error:
        first_line = next(iter(str(error).strip().splitlines()), "")
        text = re.sub(r"^\{\{.*?\}\} | \[Op:.*", "", first_line)
        print(f"{type(error).__name__}: {text}" if text else type(error).__name__)
    else:
        raise AssertionError("This block was expected to fail, and it did not.")
