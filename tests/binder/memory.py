"""What learners need of a machine's memory: a server each, and a kernel that runs a lesson.

    python tests/binder/memory.py notebooks/06_training_loop.ipynb            one learner
    python tests/binder/memory.py notebooks/06_training_loop.ipynb --learners 1 2 4

Proportional memory is counted: pages that several processes share, such as TensorFlow's code, are
divided among them, so that the sum over all processes is what the machine really has to have.
"""

import argparse
import contextlib
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from learner import Lab, serve

COPIES = Path(__file__).parents[2] / "tools" / "copies.py"
GB = 1e9
SECONDS_BETWEEN_LOOKS = 0.2


def proportional(process: int) -> int:
    """The proportional memory of a process, in bytes; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # also while it is ending
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def family(process: int) -> list[int]:
    """A process with its children and theirs."""
    found = [process]
    for each in found:  # grows on the way
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{each}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def proportional_of_all(processes: list[int]) -> int:
    """The proportional memory of processes and all below them, in bytes."""
    return sum(proportional(each) for process in processes for each in family(process))


class Watch:
    """Looks at the memory again and again while something runs; `peak` is in bytes."""

    def __init__(self, processes: list[int]) -> None:
        self.processes = processes
        self.peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def _look(self) -> None:
        while not self._ended.is_set():
            self.peak = max(self.peak, proportional_of_all(self.processes))
            self._ended.wait(SECONDS_BETWEEN_LOOKS)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._ended.set()
        self._thread.join()
        self.peak = max(self.peak, proportional_of_all(self.processes))


@contextlib.contextmanager
def class_of(size: int, python: Path, lesson: Path) -> Iterator[list[Lab]]:
    """Learners with a server each, and a copy of the lesson in each one's folder."""
    with contextlib.ExitStack() as stack:
        labs = []
        for _ in range(size):
            home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            copy = [str(python), str(COPIES), str(lesson.parent), str(home / "work")]
            subprocess.run(copy, check=True)
            labs.append(stack.enter_context(serve(python, home)))
        yield labs


def measure(size: int, python: Path, lesson: Path) -> tuple[float, float]:
    """The peak while learners run the lesson at the same time, and what they hold after it; GB."""
    with class_of(size, python, lesson) as labs:
        processes = [lab.process.pid for lab in labs]
        failed: list[BaseException] = []

        def learn(lab: Lab) -> None:
            try:
                lab.run(f"work/{lesson.name}")
            except Exception as error:
                failed.append(error)

        learners = [threading.Thread(target=learn, args=[lab]) for lab in labs]
        with Watch(processes) as watch:
            for learner in learners:
                learner.start()
            for learner in learners:
                learner.join()
        if failed:
            raise failed[0]
        return watch.peak / GB, proportional_of_all(processes) / GB


def main() -> int:
    """Prints a line for each size of the class."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lesson", type=Path, help="the notebook that all of them run")
    parser.add_argument("--learners", type=int, nargs="*", default=[1], help="at the same time")
    parser.add_argument(
        "--python", type=Path, default=Path(sys.executable), help="with the lessons"
    )
    arguments = parser.parse_args()
    print("learners   peak GB   GB each   GB held after it")
    for size in arguments.learners:
        peak, held = measure(size, arguments.python, arguments.lesson)
        print(f"{size:8}   {peak:7.2f}   {peak / size:7.2f}   {held:16.2f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
