"""What a second device, a second worker and more data than before cost or save.

    python tests/benchmarks/bench_scaling.py

Of times only ratios are printed. Two devices or workers share the cores and the memory of this one
machine, so nobody should expect them to be twice as fast.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from helpers import data, training  # first of all: it imports TensorFlow quietly
from helpers.scaling import shards, worker

# isort: split
import numpy as np
import psutil
import tensorflow as tf

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import private_network

SIZES = {1_000_000: 40, 10_000_000: 8}  # examples, and epochs that are timed
WORKER_OPTIONS = ["--num-examples", "1000000", "--epochs", "6"]
ADDRESSES = ["127.0.0.1:2222", "127.0.0.1:2223"]
MEGABYTES = (16, 40, 100, 200, 400)
BYTES_AN_EXAMPLE, SHARDS, BATCH = 8, 8, 10_000
BAR = 40  # letters, for the largest
WORKERS, SHARDED, WHOLE = "--workers", "--sharded", "--whole"


def by_devices(count, devices):
    """Make a training epoch over all examples, shared out among devices."""
    strategy = tf.distribute.MirroredStrategy([f"CPU:{index}" for index in range(devices)])
    inputs, outputs = (tf.reshape(each, [devices, -1]) for each in data.synthesize(count))
    own = strategy.experimental_distribute_values_from_function
    parts = [
        own(lambda context, all=each: all[context.replica_id_in_sync_group])
        for each in (inputs, outputs)
    ]
    with strategy.scope():
        model = training.LinearModel()
    rate = tf.constant(0.1)

    def epoch():
        worker.distributed_step(strategy, model, *parts, rate, count)

    epoch()
    return epoch


def seconds(epoch, epochs):
    start = time.perf_counter()
    for _ in range(epochs):
        epoch()
    return time.perf_counter() - start


def worker_seconds(count):
    """The seconds from the first line of the table to the last, with so many workers."""
    workers = []
    for index in range(count):
        task = {"type": "worker", "index": index}
        config = json.dumps({"cluster": {"worker": ADDRESSES[:count]}, "task": task})
        command = [sys.executable, "-m", "helpers.scaling.worker", *WORKER_OPTIONS]
        environment = os.environ | {"TF_CONFIG": config if count > 1 else ""}
        workers.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE))
    times = [time.perf_counter() for line in workers[0].stdout if line.startswith(b"Epoch")]
    assert [each.wait() for each in workers] == [0] * count
    return times[-1] - times[0]


def write(folder, megabytes):
    """Write so much data in shards, as lesson 09 does; give back their paths."""
    each = megabytes * 1_000_000 // (BYTES_AN_EXAMPLE * SHARDS)
    paths = [folder / f"{shard}.tfrecord" for shard in range(SHARDS)]
    for shard, path in enumerate(paths):
        shards.write_shard(path, *data.synthesize(each, seed=shard))
    return paths


def grown_by(paths, whole):
    """Train on all of it once, in this process; print by how many bytes it grew at most."""
    alone, model, rate = tf.distribute.get_strategy(), training.LinearModel(), tf.constant(0.1)

    def step(some_inputs, some_outputs):
        pair = (tf.constant(each, tf.float32) for each in (some_inputs, some_outputs))
        worker.distributed_step(alone, model, *pair, rate, BATCH)

    step(np.zeros(BATCH), np.zeros(BATCH))  # The graph is no matter of how much data there is.
    this = psutil.Process()
    before = most = this.memory_info().rss
    batches = shards.read_shards(paths, BATCH)
    if whole:
        inputs, outputs = (np.concatenate(part) for part in zip(*batches, strict=True))
        starts = range(0, len(inputs), BATCH)
        batches = ((inputs[n : n + BATCH], outputs[n : n + BATCH]) for n in starts)
    for some_inputs, some_outputs in batches:
        step(some_inputs, some_outputs)
        most = max(most, this.memory_info().rss)
    print(most - before)


def memory(megabytes):
    """By how many MB a process grows that reads shards, and one that loads all of them."""
    with tempfile.TemporaryDirectory() as folder:
        paths = write(Path(folder), megabytes)
        taken = []
        for how in (SHARDED, WHOLE):
            command = [sys.executable, __file__, how, *paths]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
            taken.append(int(done.stdout) / 1e6)
        return taken


def main():
    print("One device against two, an epoch over all examples (times the speed of one):")
    for count, epochs in SIZES.items():
        one, two = by_devices(count, 1), by_devices(count, 2)
        turns = [(seconds(one, epochs), seconds(two, epochs)) for _ in range(3)]
        print(f"{count:12,} {min(a for a, _ in turns) / min(b for _, b in turns):8.2f}", flush=True)

    print("\nOne worker against two, helpers.scaling.worker on a private network:")
    if problem := private_network.why_not():
        print(f"  not measured: {problem}")
    else:
        private_network.run([sys.executable, __file__, WORKERS])

    print("\nBy how many MB a process grows, reading shards (#) and loading all of them (o):")
    print(f"{'MB of data':>12} {'shards':>8} {'loaded':>8}")
    taken = [memory(megabytes) for megabytes in MEGABYTES]
    most = max(max(pair) for pair in taken)
    for megabytes, (sharded, loaded) in zip(MEGABYTES, taken, strict=True):
        print(f"{megabytes:12,} {sharded:8.0f} {loaded:8.0f}  {bar(sharded, most, '#')}")
        print(" " * 32 + bar(loaded, most, "o"), flush=True)


def bar(value, most, sign):
    return sign * max(1, round(BAR * value / most))


if __name__ == "__main__":
    if sys.argv[1:2] == [WORKERS]:
        one, two = worker_seconds(1), worker_seconds(2)
        print(f"{int(WORKER_OPTIONS[1]):12,} {one / two:8.2f}")
    elif sys.argv[1:2] in ([SHARDED], [WHOLE]):
        grown_by(sys.argv[2:], sys.argv[1] == WHOLE)
    else:
        main()
