"""Keeps a learner's code from harming the notebook around it, and from running for ever.

`sandbox` undoes what the code does beside its answer: prints, pictures, warnings, random numbers,
`exit()`. `run_with_timeout` stops it.

To be stopped, the code gets a thread of its own. An exception can be thrown into a thread from
outside on every system, unlike a signal, and since only that thread is ever aimed at, one that is
thrown a moment too late cannot hit the caller. The main thread waits, so that the stop button
reaches it.
"""

import builtins
import contextlib
import contextvars
import ctypes
import io
import itertools
import random
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from IPython.core.getipython import get_ipython
from IPython.utils.capture import capture_output

POLL = 0.05
PATIENCE = 0.5
"""Seconds in which code that resists its stop is stopped again, every `POLL` seconds."""

_fresh_seeds = itertools.count(1_906_000_000)


class _Nowhere(io.TextIOBase):
    """A stream that forgets, so that an endless loop of prints does not fill the memory."""

    def write(self, text: str) -> int:
        return len(text)


@contextmanager
def sandbox() -> Iterator[None]:
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

    TensorFlow has no public way to read its seed, hence the private names. The seed is new in each
    check, because TensorFlow caches the random kernels of each seed with how far they have drawn:
    with the caller's seed, the check would draw on from the caller's own sequence.
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


class Stopped(SystemExit):
    """Thrown into code that takes too long.

    `except Exception` does not catch a SystemExit, and a thread that ends with one is silent.
    """


def run_with_timeout(work: Callable[[], None], seconds: float) -> bool:
    """Run `work` for at most so long, and return whether it finished.

    If it does not end even when it is stopped, it is left behind and goes on in the background.

    Raises:
        BaseException: whatever `work` raises; KeyboardInterrupt when the user interrupts.
    """
    faults: list[BaseException] = []
    # Not `Thread.join`: interrupted, it takes a running thread for an ended one before Python 3.13.
    done = threading.Event()

    def guarded() -> None:
        try:
            work()
        except Stopped:
            pass
        except BaseException as error:  # Carried over to the caller's thread.
            faults.append(error)
        finally:
            done.set()

    thread = threading.Thread(target=contextvars.copy_context().run, args=(guarded,), daemon=True)
    end = time.monotonic() + seconds
    thread.start()
    try:
        while not done.is_set() and time.monotonic() < end:
            done.wait(POLL)  # In slices, because Windows does not interrupt a wait.
        finished = done.is_set()
    finally:
        _stop(thread, done)
    if faults and finished:
        raise faults[0]
    return finished


def _stop(thread: threading.Thread, done: threading.Event) -> None:
    """Throw until it ends: one throw may land where exceptions are ignored, as in `__del__`."""
    end = time.monotonic() + PATIENCE
    while not done.is_set() and time.monotonic() < end:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(Stopped)
        )
        done.wait(POLL)
