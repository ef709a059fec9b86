"""A machine is lost, and nothing else is: not the words, not one digit of the training."""

import os
import random
import re
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from helpers import data, training

sys.path.insert(0, str(Path(__file__).parent))

from conftest import saved, table, wait_until

MOMENTS = int(os.environ.get("MOMENTS", "10"))
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 2**31)
MOST_SECONDS = 30


def numbers(row):
    return [float(number) for number in re.findall(r"=(\S+?)(?:,|\s|$)", row)]


def restart_ends_the_same(machines, folder, undisturbed):
    """Start both again: every epoch from the last checkpoint on, digit by digit."""
    chief, other = machines.both("--checkpoints", folder)
    status, said = chief.end()
    assert status == 0, said
    assert other.end()[0] == 0
    rows = table(said)
    first = min(int(epoch) for epoch in rows if epoch != "end")
    assert rows == {
        epoch: row for epoch, row in undisturbed.items() if epoch == "end" or int(epoch) >= first
    }
    return first, said


def stops_in_words(survivor, since):
    status, said = survivor.end()
    took = time.monotonic() - since
    print(f"the survivor stopped after {took:.1f} s: {said.splitlines()[-1]}")
    assert status == 3, said
    assert "Traceback" not in said
    assert re.search(r"^Machine \d stops: .*Start all machines again", said, re.MULTILINE), said
    assert took < MOST_SECONDS


def test_same_numbers_as_one_process(undisturbed):
    model = training.LinearModel()
    history = training.fit(model, *data.synthesize(), learning_rate=0.001, epochs=600)
    alone = np.stack([history.W, history.b, history.loss], axis=1)
    together = [numbers(undisturbed[str(epoch)]) for epoch in range(600)]
    np.testing.assert_allclose(together, alone, rtol=0, atol=1e-6 * np.abs(alone).max())
    np.testing.assert_allclose(numbers(undisturbed["end"]), [model.W, model.b], atol=1e-6)


@pytest.mark.parametrize("moment", range(2 * MOMENTS if MOMENTS == 1 else MOMENTS))
def test_a_machine_dies(machines, tmp_path, undisturbed, moment):
    """Worker and chief take turns."""
    chance = random.Random(SEED + moment)
    victim, epoch = moment % 2, chance.randrange(10, 560)
    print(f"SEED={SEED}: machine {victim} is killed in epoch {epoch}")
    both = machines.both("--checkpoints", tmp_path)
    wait_until(lambda: f"Epoch {epoch:2d}:" in "\n".join(both[0].lines[-50:]))
    time.sleep(chance.random() * 0.01)
    both[victim].kill()
    stops_in_words(both[1 - victim], time.monotonic())
    first, said = restart_ends_the_same(machines, tmp_path, undisturbed)
    assert first > 0 and "Going on from" in said


@pytest.mark.skipif(MOMENTS == 1, reason="the short variant")
def test_the_chief_dies_while_it_writes(machines, tmp_path, undisturbed):
    """A checkpoint is being written: its files are there, the list does not name them yet."""
    both = machines.both("--checkpoints", tmp_path)

    def caught_in_the_act():
        listed = tmp_path.joinpath("checkpoint")
        names = listed.read_text() if listed.exists() else ""
        if not names:
            return None
        new = [each for each in saved(tmp_path) if f'"{each.name.split(".")[0]}"' not in names]
        return [each for each in new if each.name.endswith(("_temp", ".index")) or each.is_dir()]

    cut_off = wait_until(caught_in_the_act)
    both[0].kill()
    since = time.monotonic()
    print(f"cut off while writing {cut_off[0].name}; left: {[p.name for p in saved(tmp_path)]}")
    stops_in_words(both[1], since)
    restart_ends_the_same(machines, tmp_path, undisturbed)


@pytest.mark.skipif(MOMENTS == 1, reason="the short variant")
def test_a_damaged_checkpoint_is_passed_over(machines, tmp_path, undisturbed):
    """As after a power cut, when the list came to the disk before the numbers."""
    both = machines.both("--checkpoints", tmp_path)
    wait_until(lambda: len(both[0].lines) > 50)
    both[1].kill()
    stops_in_words(both[0], time.monotonic())
    newest = max(tmp_path.glob("ckpt-*.data*"), key=lambda path: int(path.stem.split("-")[1]))
    newest.write_bytes(newest.read_bytes()[:5])
    _, said = restart_ends_the_same(machines, tmp_path, undisturbed)
    assert "is damaged or incomplete" in said


@pytest.mark.skipif(MOMENTS == 1, reason="the short variant")
def test_a_peer_that_never_starts(machines):
    began = time.monotonic()
    status, said = machines.start(0, "--start-up", 20).end()
    assert (status, 20 <= time.monotonic() - began < 20 + MOST_SECONDS) == (3, True), said
    assert "no answer from 127.0.0.1:2223" in said


@pytest.mark.skipif(MOMENTS == 1, reason="the short variant")
def test_a_machine_that_stands_still(machines, tmp_path):
    """As when its cable is pulled: nobody says that it is gone."""
    both = machines.both("--checkpoints", tmp_path)
    wait_until(lambda: len(both[0].lines) > 50)
    os.kill(both[1].process.pid, 19)
    stops_in_words(both[0], time.monotonic())


@pytest.mark.skipif(MOMENTS == 1, reason="the short variant")
def test_sigterm_ends_a_worker(machines):
    both = machines.both("--epochs", 100_000)
    wait_until(lambda: len(both[0].lines) > 20)
    both[1].process.terminate()
    assert both[1].process.wait(10) == -15
    assert both[0].end()[0] == 3


@pytest.mark.skipif(MOMENTS == 1, reason="the short variant")
def test_other_options_are_noticed(machines):
    chief, other = machines.start(0), machines.start(1, "--seed", 5)
    status, said = other.end()
    assert status == 2
    assert "was given other options" in said and "than the chief" in said
    assert chief.end()[0] == 3
