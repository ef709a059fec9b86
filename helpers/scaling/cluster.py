"""What `TF_CONFIG` says, and a limit to how long one machine waits for the others."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import tensorflow as tf

from helpers.scaling import watchdog

JOBS = ("chief", "worker")
OTHERS_ARE_GONE = 3  # the exit status
STARTING = "Waiting for all machines to start"
# What TensorFlow raises when another machine is gone, or was started again in the meantime.
PEER_ERRORS = (
    tf.errors.UnavailableError,
    tf.errors.AbortedError,
    tf.errors.CancelledError,
    tf.errors.DeadlineExceededError,
    tf.errors.InternalError,
    tf.errors.FailedPreconditionError,
)
EXAMPLE = '{"cluster": {"worker": ["10.0.0.1:2222", "10.0.0.2:2222"]}, ' + (
    '"task": {"type": "worker", "index": 0}}'
)


class Cluster(NamedTuple):
    """All machines of a training, and which of them this one is.

    `addresses` has one "host:port" for each machine, the chief's first; `index` counts in it.
    """

    addresses: tuple[str, ...]
    index: int

    @property
    def is_chief(self) -> bool:
        """Whether this is the machine that prints, and that keeps the checkpoints."""
        return self.index == 0


ALONE = Cluster(("this machine",), 0)

# The timer of `timeout` and an error in the training may call `leave` at the same moment, from two
# threads. The first one speaks and ends the process.
_LEAVING = threading.Lock()


def read_tf_config(text: str) -> Cluster:
    """Take what stands in `TF_CONFIG`: JSON with a `cluster` and a `task`.

    Raises:
        ValueError: if it is not of that kind, or if the task is not in the cluster.
    """
    try:
        config = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"TF_CONFIG is not JSON ({error}). Wanted: {EXAMPLE}") from None
    jobs = config.get("cluster") if isinstance(config, dict) else None
    if not isinstance(jobs, dict) or not jobs:
        raise ValueError(f"TF_CONFIG names no cluster. It looks like this: {EXAMPLE}")
    for job, addresses in jobs.items():
        _check_job(job, addresses)
    if len(jobs.get("chief", [])) > 1:
        raise ValueError("TF_CONFIG names more than one chief: put the others under 'worker'.")
    everybody = [address for job in JOBS for address in jobs.get(job, [])]
    if len(set(everybody)) < len(everybody):
        raise ValueError(f"TF_CONFIG names an address twice; got {', '.join(everybody)}.")
    job, index = _task(config.get("task"), jobs)
    return Cluster(tuple(everybody), index + (len(jobs.get("chief", [])) if job == "worker" else 0))


def _check_job(job: str, addresses: Any) -> None:
    if job not in JOBS:
        raise ValueError(f"TF_CONFIG has a job {job!r}; this training knows 'chief' and 'worker'.")
    if not isinstance(addresses, list) or not addresses or not all(map(_is_address, addresses)):
        raise ValueError(
            f'TF_CONFIG must list the machines of {job!r} as "host:port" with a port from 1 to '
            f'65535, such as ["10.0.0.1:2222"]; got {json.dumps(addresses)}.'
        )


def _is_address(value: Any) -> bool:
    host, _, port = value.rpartition(":") if isinstance(value, str) else ("", "", "")
    plain = port.isascii() and port.isdigit() and len(port) <= 5
    return bool(host.strip()) and plain and 1 <= int(port) <= 65535


def _task(task: Any, jobs: dict[str, list[str]]) -> tuple[str, int]:
    job, index = (task.get("type"), task.get("index")) if isinstance(task, dict) else (None, None)
    if not isinstance(job, str) or job not in jobs:
        raise ValueError(
            "TF_CONFIG must say which machine this is, as in "
            f'"task": {{"type": "worker", "index": 0}}, with a type of the cluster: '
            f"{' or '.join(map(repr, jobs))}; got {json.dumps(task)}."
        )
    if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < len(jobs[job]):
        raise ValueError(
            f"TF_CONFIG's cluster has {len(jobs[job])} of {job!r}, so the index of its task must "
            f"be from 0 to {len(jobs[job]) - 1}; got {json.dumps(index)}."
        )
    return job, index


def connect(cluster: Cluster, seconds: float) -> tf.distribute.Strategy:
    """Wait for the others and start this machine's server; alone, there is nothing to do.

    Raises:
        OSError: if the port of this machine is taken.
    """
    if cluster is ALONE:
        return tf.distribute.get_strategy()
    began = time.monotonic()
    meet(cluster)
    with _watched(cluster, seconds, began):
        strategy = tf.distribute.MultiWorkerMirroredStrategy()
    for wish_to_end in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wish_to_end, signal.SIG_DFL)  # TensorFlow's server would ignore SIGTERM.
    return strategy


def meet(cluster: Cluster) -> None:
    """Answer at our own address until every other machine has answered at its own.

    Done before TensorFlow starts its server, because that waits ten minutes or more for a machine
    that never starts, and cannot be interrupted. A server of TensorFlow's counts as an answer.
    """
    others = [each for each in cluster.addresses if each != cluster.addresses[cluster.index]]
    _, _, port = cluster.addresses[cluster.index].rpartition(":")
    with socket.create_server(("", int(port)), backlog=len(others) + 1):
        while others := watchdog.silent(others):
            time.sleep(0.2)


@contextmanager
def _watched(cluster: Cluster, seconds: float, began: float) -> Iterator[None]:
    """Have another process end this one if a machine goes between meeting and starting."""
    left = seconds - (time.monotonic() - began) + watchdog.SECONDS_TO_ANSWER
    arguments = [left, os.getpid(), _too_long(STARTING, seconds), cluster.index, *cluster.addresses]
    command = [sys.executable, "-I", watchdog.__file__, *map(str, arguments)]
    watcher = subprocess.Popen(command, stdin=subprocess.PIPE)
    try:
        yield
    finally:
        watcher.stdin.close()
        watcher.wait()


@contextmanager
def timeout(seconds: float, cluster: Cluster, waiting_for: str) -> Iterator[None]:
    """End this process, in words, if the block waits for the other machines too long.

    TensorFlow itself notices a machine that was killed or frozen: about ten seconds later it
    raises one of `PEER_ERRORS`. The timer is for a machine that is well and does not take part.
    TensorFlow waits for it in C++, where no exception of Python's arrives: so the process ends.
    """

    def end() -> None:
        leave(cluster, _too_long(waiting_for, seconds))

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def leave(cluster: Cluster, problem: str) -> None:
    """Say why this machine cannot go on without the others, and end the process at once.

    The usual end would wait for the machines that are gone.
    """
    with _LEAVING:
        watchdog.say_goodbye(problem, cluster.index, cluster.addresses)
        sys.stdout.flush()
        os._exit(OTHERS_ARE_GONE)


def _too_long(waiting_for: str, seconds: float) -> str:
    return f"{waiting_for} took longer than {seconds:g} seconds"
