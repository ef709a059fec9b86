"""Runs code that may never end.

The code gets a thread of its own. An exception can be thrown into a thread from outside on every
system, unlike a signal, and since only that thread is ever aimed at, one that is thrown a moment
too late cannot hit the caller. The main thread waits, so that the stop button reaches it.
"""

import contextvars
import ctypes
import threading
import time
from collections.abc import Callable

POLL = 0.05
PATIENCE = 0.5


class Stopped(SystemExit):
    """Thrown into code that takes too long.

    `except Exception` does not catch a SystemExit, and a thread that ends with one is silent.
    """


def limited(work: Callable[[], None], seconds: float) -> bool:
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
