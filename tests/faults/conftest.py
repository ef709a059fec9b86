"""Real workers, which these tests start, watch and kill."""

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

LESSON = Path(__file__).parents[2] / "notebooks" / "09_scaling_out.ipynb"
ADDRESSES = ["127.0.0.1:2222", "127.0.0.1:2223"]
IN_THE_LESSON = ["10.0.0.1:2222", "10.0.0.2:2222"]
# Slow enough not to have arrived at its end, so that each epoch that is lost would be seen.
EPOCHS = 400
OPTIONS = ["--exact", "--learning-rate", "0.001", "--epochs", str(EPOCHS), "--every", "7"]
PATIENT = ["--start-up", "150", "--patience", "25"]
WORKER = ["-m", "helpers.scaling.worker"]
LONGEST = 240  # seconds that any of this may take on a busy machine


class Worker:
    """One machine of a training: a process, and what it has said so far."""

    def __init__(self, index, program, options):
        task = {"type": "worker", "index": index}
        config = json.dumps({"cluster": {"worker": ADDRESSES}, "task": task})
        self.process = subprocess.Popen(
            [sys.executable, *program, *map(str, options)],
            env=os.environ | {"TF_CONFIG": config},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.lines = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        self.lines.extend(line.rstrip("\n") for line in iter(self.process.stdout.readline, ""))

    def epoch(self):
        """The last epoch that it has told; -1 before the first."""
        told = re.findall(r"^Epoch +(\d+):", "\n".join(self.lines[-20:]), re.MULTILINE)
        return int(told[-1]) if told else -1

    def reaches(self, epoch):
        """Wait for an epoch, or for a later one: a busy machine may not let us see each."""
        wait_until(lambda: self.epoch() >= epoch or self.process.poll() is not None)
        assert self.epoch() >= epoch, "\n".join(self.lines)

    def end(self):
        """Wait for the end of the process; its exit status, and all that it said."""
        status = self.process.wait(LONGEST)
        self._reader.join(LONGEST)
        return status, "\n".join(self.lines)

    def kill(self):
        self.process.kill()


class Machines:
    """Starts workers, and kills what is left of them."""

    def __init__(self):
        self.started = []

    def start(self, index, *options, program=WORKER):
        self.started.append(Worker(index, program, options))
        return self.started[-1]

    def one(self, index, *options):
        return self.start(index, *OPTIONS, *PATIENT, *options)

    def both(self, *options):
        return [self.one(index, *options) for index in range(2)]

    def clean_up(self):
        for worker in self.started:
            worker.kill()
            worker.end()


@pytest.fixture
def machines():
    here = Machines()
    yield here
    here.clean_up()


@pytest.fixture(scope="session", autouse=True)
def nobody_else():
    """A worker's server takes connections from everybody: let there be nobody."""
    interfaces = [name for _, name in socket.if_nameindex()]
    if interfaces != ["lo"]:
        pytest.exit(f"`make test-faults` runs these on a private network; here: {interfaces}.", 1)


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory):
    """The table of a training in which nothing happens, as a dictionary by epoch."""
    here = Machines()
    try:
        folder = tmp_path_factory.mktemp("undisturbed")
        chief, other = here.both("--checkpoints", folder)
        status, said = chief.end()
        assert (status, *other.end()) == (0, 0, ""), said
        return table(said)
    finally:
        here.clean_up()


def table(said):
    """Each epoch's W, b and loss as printed, and what was trained under the key "end"."""
    rows = dict(re.findall(r"^Epoch +(\d+): (.*)$", said, re.MULTILINE))
    return rows | {"end": found} if (found := last_line(said)) else rows


def last_line(said):
    (*_, last) = ["", *said.splitlines()]
    return last.removeprefix("Trained: ") if last.startswith("Trained: ") else None


def wait_until(condition):
    """Look again and again until something is so."""
    limit = time.monotonic() + LONGEST
    while not (found := condition()):
        assert time.monotonic() < limit, "waited too long"
        time.sleep(0.001)
    return found


def saved(folder):
    """The checkpoints that were written, whole or not."""
    return sorted(Path(folder).glob("ckpt-*"))


def shown_in_the_lesson(begin):
    """The block of text in lesson 09 that begins so, with the addresses of these tests."""
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    blocks = [
        block
        for cell in cells
        for block in re.findall("```text\n(.*?)```", "".join(cell["source"]), re.DOTALL)
    ]
    (block,) = [block for block in blocks if block.startswith(begin)]
    for theirs, ours in zip(IN_THE_LESSON, ADDRESSES, strict=True):
        block = block.replace(theirs, ours)
    return block.strip()
