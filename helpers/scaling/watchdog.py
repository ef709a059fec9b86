"""Which machines answer, and a clock for a process in which none of its own can run.

    python helpers/scaling/watchdog.py SECONDS PROCESS PROBLEM INDEX ADDRESS ...

Ends that process, in words, unless standard input ends before the time is up. While TensorFlow
starts its server it holds Python's lock, so that no other thread has a turn: only another process
can keep the time. It needs nothing but Python, and so it is there at once.
"""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterable, Sequence

SECONDS_TO_ANSWER = 3


def silent(addresses: Iterable[str]) -> list[str]:
    """The addresses where nothing takes a connection just now.

    All are asked at once: each may let us wait, and looking up its name may take for ever. Where a
    process is frozen and not gone, its machine still takes the connection: it is not among these.
    """
    asked, answered = list(addresses), set()

    def ask(address: str) -> None:
        host, _, port = address.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), SECONDS_TO_ANSWER).close()
        except (OSError, UnicodeError):  # UnicodeError: more than 63 letters between two dots.
            return
        answered.add(address)

    threads = [threading.Thread(target=ask, args=(each,), daemon=True) for each in asked]
    for thread in threads:
        thread.start()
    end = time.monotonic() + SECONDS_TO_ANSWER
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    return [address for address in asked if address not in answered]


def say_goodbye(problem: str, index: int, addresses: Sequence[str]) -> None:
    """Say why a machine cannot go on without the others, and which of them do not answer."""
    missing = ", ".join(silent(each for each in addresses if each != addresses[index]))
    who = f"no answer from {missing}" if missing else "all others answer or have just gone"
    print(
        f"Machine {index} stops: {problem}; {who}. "
        "Start all machines again: the training goes on from the last checkpoint.",
        file=sys.stderr,
        flush=True,
    )


def main() -> None:
    """Watch until standard input ends."""
    seconds, process, problem, index, *addresses = sys.argv[1:]

    def end() -> None:
        say_goodbye(problem, int(index), addresses)
        os.kill(int(process), signal.SIGTERM if os.name == "nt" else signal.SIGKILL)

    clock = threading.Timer(float(seconds), end)
    clock.daemon = True
    clock.start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
