"""What a second device, a second worker and ten times the data cost or save.

    python tests/benchmarks/bench_scaling.py

Only ratios are printed. Two devices or workers share the cores and the memory of this one
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

# isort: split
import psutil
import tensorflow as tf

from helpers.tools import private

SIZES = {1_000_000: 40, 10_000_000: 8}  # examples, and epochs that are timed
WORKER_OPTIONS = ["--num-examples", "1000000", "--epochs", "6"]
ADDRESSES = ["127.0.0.1:2222", "127.0.0.1:2223"]
MEGABYTES = (4, 40, 400)
SHARDS, NUMBERS_A_RECORD, BATCH = 4, 25_000, 4
WORKERS, STREAM = "--workers", "--stream"


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

    def slopes(some_inputs, some_outputs):
        with tf.GradientTape() as tape:
            loss = training.mean_squared_error(model(some_inputs), some_outputs)
        found = tape.gradient(loss, [model.W, model.b])
        return tf.distribute.get_replica_context().all_reduce("mean", found)

    @tf.function
    def epoch():
        dW, db = (
            strategy.experimental_local_results(each)[0]
            for each in strategy.run(slopes, args=parts)
        )
        model.W.assign_sub(0.1 * dW)
        model.b.assign_sub(0.1 * db)

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
        command = [sys.executable, "-m", "helpers.worker", *WORKER_OPTIONS]
        environment = os.environ | {"TF_CONFIG": config if count > 1 else ""}
        workers.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE))
    times = [time.perf_counter() for line in workers[0].stdout if line.startswith(b"Epoch")]
    for worker in workers:
        assert worker.wait() == 0
    return times[-1] - times[0]


def write(folder, megabytes):
    """Write float32 numbers in records of 100 kB, in as many files as there are shards."""
    record = data.synthesize(NUMBERS_A_RECORD)[0].numpy().tobytes()
    for shard in range(SHARDS):
        with tf.io.TFRecordWriter(str(folder / f"{shard}.tfrecord")) as file:
            for _ in range(megabytes * 1_000_000 // (len(record) * SHARDS)):
                file.write(record)


def stream(folder):
    """Go once through all files, and print the most memory that it took, in bytes."""
    files = tf.data.Dataset.list_files(f"{folder}/*.tfrecord", shuffle=False)
    records = files.interleave(tf.data.TFRecordDataset, cycle_length=SHARDS)
    batches = records.batch(BATCH).map(lambda each: tf.io.decode_raw(each, tf.float32)).prefetch(2)
    this, most, total = psutil.Process(), 0, 0.0
    for batch in batches:
        total += float(tf.reduce_mean(batch))
        most = max(most, this.memory_info().rss)
    print(most)


def memory(megabytes):
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), megabytes)
        command = [sys.executable, __file__, STREAM, folder]
        return int(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def main():
    print("One device against two, an epoch over all examples (times the speed of one):")
    for count, epochs in SIZES.items():
        one, two = by_devices(count, 1), by_devices(count, 2)
        turns = [(seconds(one, epochs), seconds(two, epochs)) for _ in range(3)]
        print(f"{count:12,} {min(a for a, _ in turns) / min(b for _, b in turns):8.2f}", flush=True)

    print("\nOne worker against two, helpers.worker on a private network:")
    if problem := private.why_not():
        print(f"  not measured: {problem}")
    else:
        private.run([sys.executable, __file__, WORKERS])

    print("\nMemory while data are streamed from files (times that of the smallest):")
    print(f"{'MB of data':>12} {'memory':>8}")
    taken = [memory(megabytes) for megabytes in MEGABYTES]
    for megabytes, each in zip(MEGABYTES, taken, strict=True):
        print(f"{megabytes:12,} {each / taken[0]:8.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == [WORKERS]:
        one, two = worker_seconds(1), worker_seconds(2)
        print(f"{int(WORKER_OPTIONS[1]):12,} {one / two:8.2f}")
    elif sys.argv[1:2] == [STREAM]:
        stream(sys.argv[2])
    else:
        main()
