"""Data in several files, for when they do not fit into memory. Taught in lesson 09.

A file is a *shard*, a part of the data. In it lie records, and in each record a block of examples,
a float32 tensor of shape `[examples, 2]` with the inputs in the first column.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import tensorflow as tf

from helpers._internal import checks, formatting

BLOCK = 1000  # examples in a record: reading them one by one would take longer than training
FILES_AT_A_TIME = 4  # fixed, because tf.data's own choice depends on the number of cores
RECORDS_IN_HAND = 100  # records that the shuffle holds, and from which it draws the next


def write_shard(path: str | Path, inputs: Any, outputs: Any) -> None:
    """Write examples into one file, in records of 1000; the last holds what is left over.

    Args:
        path: the file, in a folder that exists. What it held before is replaced.
        inputs, outputs: numbers, one for each example.

    Raises:
        TypeError, ValueError: for an argument of the wrong kind, or a folder that is missing.
    """
    path = Path(checks.path(path))
    x, y = checks.points(inputs, outputs)
    if not path.parent.is_dir():
        raise ValueError(f"There is no folder {path.parent.name!r} to write {path.name!r} into.")
    # It gets its name when it is whole, so that nobody reads half a shard.
    part = path.with_name(f"{path.name}.part")
    with tf.io.TFRecordWriter(os.fspath(part)) as writer:
        for start in range(0, len(x), BLOCK):
            rows = slice(start, start + BLOCK)
            block = tf.stack([x[rows], y[rows]], axis=1)
            writer.write(tf.io.serialize_tensor(block).numpy())
    part.replace(path)


def read_shards(files: Sequence[str | Path], batch_size: int, *, seed: int = 0) -> tf.data.Dataset:
    """Read shards, four of them side by side, shuffled anew in each pass, in batches.

    Files and records are shuffled; the examples within a record stay together.

    Args:
        files: the shards, as `write_shard` wrote them.
        batch_size: examples in a batch; the last one holds what is left over.
        seed: decides the order, together with the number of the pass.

    Returns:
        A dataset of (inputs, outputs), both float32 of shape `[batch_size]`. In each pass it
        gives every example exactly once.

    Raises:
        TypeError, ValueError: for an argument of the wrong kind, and for files that are missing.
    """
    names = _existing(files)
    batch_size = checks.whole_number("batch_size", batch_size, at_least=1)
    seed = checks.seed(seed)
    many = tf.data.AUTOTUNE
    shards = tf.data.Dataset.from_tensor_slices(names).shuffle(len(names), seed=seed)
    records = shards.interleave(
        tf.data.TFRecordDataset, cycle_length=FILES_AT_A_TIME, num_parallel_calls=many
    )
    blocks = records.shuffle(RECORDS_IN_HAND, seed=seed).map(_block, num_parallel_calls=many)
    batches = blocks.rebatch(batch_size).map(lambda batch: (batch[:, 0], batch[:, 1]))
    return batches.prefetch(many)


def progress(batches: Iterable, count: int) -> Iterator:
    """Pass batches on, and print a dot after each tenth of them.

    Keras has a finer bar, but it prints times too, and no two runs would look the same.

    Args:
        batches: anything that a loop can go through.
        count: how many there will be, at least 1.
    """
    count = checks.whole_number("count", count, at_least=1)
    dots = 0
    for number, batch in enumerate(batches, 1):
        yield batch
        due = min(10, 10 * number // count)
        print("." * (due - dots), end="", flush=True)
        dots = due
    print(" done")


def _existing(files: Any) -> list[str]:
    if isinstance(files, str | os.PathLike) or not isinstance(files, Sequence) or not files:
        raise TypeError(
            "files must be a list of paths, at least one: `[path]` is a list of one; got "
            f"{formatting.describe(files)}."
        )
    names = [checks.path(file) for file in files]
    missing = [Path(name).name for name in names if not os.path.exists(name)]
    if missing:
        raise ValueError(f"There is no file {missing[0]!r} ({len(missing)} are missing).")
    return names


def _block(record: tf.Tensor) -> tf.Tensor:
    return tf.ensure_shape(tf.io.parse_tensor(record, tf.float32), [None, 2])
