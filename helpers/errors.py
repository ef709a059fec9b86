"""Shows mistakes, made on purpose or not, in one line instead of a stack trace."""

import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def expected_error() -> Iterator[None]:
    """Run a block that must fail, and print its error in one line.

    Raises:
        AssertionError: if the block does not fail after all.
    """
    try:
        yield
    except Exception as error:
        print(in_one_line(error))
    else:
        raise AssertionError("This block was expected to fail, and it did not.")


@contextmanager
def expected_warning() -> Iterator[None]:
    """Run a block that must warn, and print each of its warnings once, in one line.

    Only what is meant for the user (`UserWarning`) counts. What packages say to each other about
    their versions is left out.

    Raises:
        AssertionError: if the block does not warn after all.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", UserWarning)
        yield
    lines = dict.fromkeys(in_one_line(warning.message) for warning in caught)
    if not lines:
        raise AssertionError("This block was expected to warn, and it did not.")
    print("\n".join(lines))


def result_or_error(function: Callable[[], Any]) -> Any:
    """Call a function and return its result or, if it fails, its error in one line."""
    try:
        return function()
    except Exception as error:
        return in_one_line(error)


def in_one_line(error: Exception | Warning) -> str:
    """Name and message of an error or a warning.

    TensorFlow wraps its messages in the name of the operation and of the device. They are left
    out, so that the line is the same on every machine.
    """
    first_line = next(iter(str(error).strip().splitlines()), "")
    text = re.sub(r"^\{\{.*?\}\} | \[Op:.*", "", first_line)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
