"""Lets a learner's code print, draw, display, draw random numbers and exit without effect."""

import builtins
import contextlib
import io
import itertools
import random
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from IPython.core.getipython import get_ipython
from IPython.utils.capture import capture_output

_fresh_seeds = itertools.count(1_906_000_000)


class _Nowhere(io.TextIOBase):
    """A stream that forgets, so that an endless loop of prints does not fill the memory."""

    def write(self, text: str) -> int:
        return len(text)


@contextmanager
def harmless() -> Iterator[None]:
    """Undo at the end of the block what code in it does to the notebook around it."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(_Nowhere()))
        stack.enter_context(contextlib.redirect_stderr(_Nowhere()))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(_no_way_out())
        stack.enter_context(_random_state())
        stack.enter_context(capture_output(stdout=False, stderr=False, display=True))
        stack.enter_context(_figures_closed())
        yield


@contextmanager
def _no_way_out() -> Iterator[None]:
    """Make `exit()` and `input()` raise.

    In a notebook `exit` does not raise but tells the kernel to end, and `input` would wait for an
    answer from another thread than the kernel's own.
    """

    def ask_exit() -> None:
        raise SystemExit

    def no_input(*_: Any) -> str:
        raise RuntimeError("input() cannot ask anybody while an answer is checked")

    with contextlib.ExitStack() as stack:
        stack.enter_context(_replaced(builtins, "input", no_input))
        if get_ipython() is not None:
            stack.enter_context(_replaced(get_ipython(), "ask_exit", ask_exit))
        yield


@contextmanager
def _random_state() -> Iterator[None]:
    """Run on random numbers of its own and put Python's, NumPy's and TensorFlow's back.

    TensorFlow has no public way to read its seed. A seed that was never used before keeps what is
    drawn here apart from the caller's streams, which live in the kernels of their seeds.
    """
    from tensorflow.python.eager.context import context

    python, numpy = random.getstate(), np.random.get_state()
    seed = next(_fresh_seeds)
    random.seed(seed)
    np.random.seed(seed)
    try:
        with _replaced(context(), "_seed", seed), _replaced(context(), "_rng", random.Random(seed)):
            yield
    finally:
        random.setstate(python)
        np.random.set_state(numpy)


@contextmanager
def _figures_closed() -> Iterator[None]:
    """Close the figures that were opened meanwhile; the notebook would show them otherwise."""
    before = _figures()
    try:
        yield
    finally:
        for number in _figures() - before:
            sys.modules["matplotlib.pyplot"].close(number)


def _figures() -> set[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set(pyplot.get_fignums()) if hasattr(pyplot, "get_fignums") else set()


@contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    own = name in vars(owner)
    kept = getattr(owner, name, None)
    setattr(owner, name, value)
    try:
        yield
    finally:
        if own:
            setattr(owner, name, kept)
        else:
            delattr(owner, name)
