"""Data in shards: every example comes once in a pass, however it was cut up."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.data import synthesize
from helpers.scaling import shards


def some_shards(folder, sizes):
    """Files of so many examples each, numbered through; outputs are twice the inputs."""
    paths, first = [], 0
    for number, size in enumerate(sizes):
        inputs = np.arange(first, first + size, dtype=np.float32)
        paths.append(str(Path(folder, f"shard-{number}")))
        shards.write_shard(paths[-1], inputs, 2 * inputs)
        first += size
    return paths


def one_pass(dataset):
    inputs, outputs = zip(*dataset, strict=True)
    return np.concatenate(inputs), np.concatenate(outputs), [len(part) for part in inputs]


@settings(max_examples=15, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 25), min_size=1, max_size=5),
    batch_size=st.integers(1, 30),
    seed=st.integers(-5, 5),
)
def test_every_example_comes_once_with_its_output(sizes, batch_size, seed):
    """Records of 10 examples instead of 1000: all is a hundred times smaller, and as it was."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "BLOCK", 10)
        dataset = shards.read_shards(some_shards(folder, sizes), batch_size, seed=seed)
        for _ in range(2):
            inputs, outputs, lengths = one_pass(dataset)
            np.testing.assert_array_equal(np.sort(inputs), np.arange(sum(sizes)))
            np.testing.assert_array_equal(outputs, 2 * inputs)
            assert set(lengths[:-1]) <= {batch_size}
            assert lengths[-1] <= batch_size


def test_each_pass_has_its_order_and_each_run_the_same(tmp_path):
    paths = some_shards(tmp_path, [3000] * 4)
    dataset, again, other = (shards.read_shards(paths, 100, seed=seed) for seed in (1, 1, 2))
    first, second = one_pass(dataset)[0], one_pass(dataset)[0]
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(first, one_pass(again)[0])
    assert not np.array_equal(first, one_pass(other)[0])


@pytest.mark.parametrize("count", [2, 4, 9])
def test_shards_are_read_side_by_side(tmp_path, count):
    """As many as are open at a time, whatever the machine: not one to its end, then the next."""
    each = 150 * shards.BLOCK  # More records than the shuffle has in hand.
    dataset = shards.read_shards(some_shards(tmp_path, [each] * count), shards.BLOCK)
    seen = {int(inputs[0]) // each for inputs, _ in dataset.take(30)}
    assert len(seen) == min(count, shards.FILES_AT_A_TIME)


def test_half_a_shard_is_never_there(tmp_path, monkeypatch):
    path = tmp_path / "shard"
    shards.write_shard(path, [1.0], [2.0])

    def full(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(shards.tf.io, "serialize_tensor", full)
    with pytest.raises(OSError, match="full"):
        shards.write_shard(path, *synthesize(10))
    assert one_pass(shards.read_shards([path], 10))[0] == [1.0]


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda there: shards.read_shards(there, 10), TypeError, "must be a list of paths"),
        (lambda there: shards.read_shards([], 10), TypeError, "at least one"),
        (lambda there: shards.read_shards([f"{there}-9"], 10), ValueError, "no file 'shard-0-9'"),
        (lambda there: shards.read_shards([there], 0), ValueError, "batch_size must be at least 1"),
        (lambda there: shards.read_shards([there], 1.5), TypeError, "a whole number"),
        (lambda there: shards.write_shard(f"{there}/a/b", [1.0], [1.0]), ValueError, "no folder"),
        (lambda there: shards.write_shard(there, [1.0], [1.0, 2.0]), ValueError, "equally many"),
        (lambda there: list(shards.progress([1], 0)), ValueError, "count must be at least 1"),
    ],
)
def test_bad_input_is_turned_away(tmp_path, call, error, says):
    (there,) = some_shards(tmp_path, [5])
    with pytest.raises(error, match=says):
        call(there)


@pytest.mark.parametrize("count", [1, 3, 10, 37, 1000])
def test_progress_passes_everything_on_and_prints_ten_dots(count, capsys):
    assert list(shards.progress(range(count), count)) == list(range(count))
    assert capsys.readouterr().out == ".......... done\n"
