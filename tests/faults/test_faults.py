"""A machine is lost, and nothing else is: not the words, not one digit of the training."""

import os
import random
import re
import signal
import socket
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from helpers import data, training

sys.path.insert(0, str(Path(__file__).parent))

from conftest import ADDRESSES, EPOCHS, saved, shown_in_the_lesson, table, wait_until

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
    first = min((int(epoch) for epoch in rows if epoch != "end"), default=EPOCHS)
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
    return said


def without_the_error(said):
    """In one line; which error TensorFlow raises is a matter of the moment."""
    return re.sub(r"\(\w+Error\)", "(...)", " ".join(said.split()))


def test_the_lesson_shows_what_two_workers_print(machines):
    """Started as the lesson says, without any option."""
    chief, other = machines.start(0), machines.start(1)
    assert chief.end() == (0, shown_in_the_lesson("Epoch"))
    assert other.end() == (0, "")


def test_same_numbers_as_one_process(undisturbed):
    model = training.LinearModel()
    history = training.fit(model, *data.synthesize(), learning_rate=0.001, epochs=EPOCHS)
    alone = np.stack([history.W, history.b, history.loss], axis=1)
    together = [numbers(undisturbed[str(epoch)]) for epoch in range(EPOCHS)]
    np.testing.assert_allclose(together, alone, rtol=0, atol=1e-6 * np.abs(alone).max())
    np.testing.assert_allclose(numbers(undisturbed["end"]), [model.W, model.b], atol=1e-6)


@pytest.mark.parametrize("moment", range(2 * MOMENTS if MOMENTS == 1 else MOMENTS))
def test_a_machine_dies(machines, tmp_path, undisturbed, moment):
    """Worker and chief take turns."""
    chance = random.Random(SEED + moment)
    victim, epoch = moment % 2, chance.randrange(10, EPOCHS - 150)
    print(f"SEED={SEED}: machine {victim} is killed in epoch {epoch}")
    both = machines.both("--checkpoints", tmp_path)
    both[0].reaches(epoch)
    time.sleep(chance.random() * 0.01)
    both[victim].kill()
    said = stops_in_words(both[1 - victim], time.monotonic())
    if victim == 1:
        shown = without_the_error(shown_in_the_lesson("Machine 0 stops"))
        assert without_the_error(said.splitlines()[-1]) == shown
    first, said = restart_ends_the_same(machines, tmp_path, undisturbed)
    assert first > 0 and "Going on from" in said


@pytest.mark.skipif(MOMENTS == 1, reason="the short variant")
def test_the_chief_dies_while_it_writes(machines, tmp_path, undisturbed):
    """A checkpoint is being written: its files are there, the list does not name them yet."""
    both = machines.both("--checkpoints", tmp_path, "--every", 1)

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
    both[0].reaches(50)
    both[1].kill()
    stops_in_words(both[0], time.monotonic())
    newest = max(tmp_path.glob("ckpt-*.data*"), key=lambda path: int(path.stem.split("-")[1]))
    newest.write_bytes(newest.read_bytes()[:5])
    _, said = restart_ends_the_same(machines, tmp_path, undisturbed)
    assert "is damaged or incomplete" in said


@pytest.mark.skipif(MOMENTS == 1, reason="the short variant")
def test_a_peer_that_never_starts(machines):
    began = time.monotonic()
    status, said = machines.one(0, "--start-up", 20).end()
    assert (status, 20 <= time.monotonic() - began < 20 + MOST_SECONDS) == (3, True), said
    assert "no answer from 127.0.0.1:2223" in said


@pytest.mark.skipif(MOMENTS == 1, reason="the short variant")
@pytest.mark.parametrize("index", [0, 1])
def test_a_peer_that_dies_between_meeting_and_starting(machines, index):
    """It has answered, so TensorFlow's server starts and waits for it, deaf to everything else."""
    began = time.monotonic()
    port = int(ADDRESSES[1 - index].rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)) as peer:
        worker = machines.one(index, "--start-up", 10)
        peer.settimeout(60)
        peer.accept()[0].close()
    status, said = worker.end()
    assert status in (3, -signal.SIGKILL), said
    assert time.monotonic() - began < 10 + MOST_SECONDS
    assert "Waiting for all machines to start took longer than 10 seconds" in said
    assert f"no answer from {ADDRESSES[1 - index]}" in said


@pytest.mark.skipif(MOMENTS == 1, reason="the short variant")
@pytest.mark.parametrize("victim", [0, 1])
def test_a_machine_dies_before_the_first_checkpoint(machines, tmp_path, undisturbed, victim):
    both = machines.both("--checkpoints", tmp_path, "--every", EPOCHS - 1)
    both[0].reaches(3)
    both[victim].kill()
    stops_in_words(both[1 - victim], time.monotonic())
    assert saved(tmp_path) == []
    first, said = restart_ends_the_same(machines, tmp_path, undisturbed)
    assert (first, "Going on" in said) == (0, False)


@pytest.mark.skipif(MOMENTS == 1, reason="the short variant")
@pytest.mark.parametrize("victim", [0, 1])
def test_a_machine_dies_at_the_very_end(machines, tmp_path, undisturbed, victim):
    """Before, while or after all wait for each other a last time: the others end all the same."""
    chance = random.Random(SEED + victim)
    both = machines.both("--checkpoints", tmp_path)
    both[0].reaches(EPOCHS - 1)
    time.sleep(chance.random() * 0.02)
    both[victim].kill()
    since = time.monotonic()
    status, said = both[1 - victim].end()
    print(f"SEED={SEED}: the survivor ended after {time.monotonic() - since:.1f} s with {status}")
    assert status in (0, 3), said
    assert "Traceback" not in said
    assert time.monotonic() - since < MOST_SECONDS
    restart_ends_the_same(machines, tmp_path, undisturbed)


@pytest.mark.skipif(MOMENTS == 1, reason="the short variant")
def test_a_machine_that_stands_still(machines, tmp_path):
    """As when its cable is pulled: nobody says that it is gone."""
    both = machines.both("--checkpoints", tmp_path)
    both[0].reaches(50)
    both[1].process.send_signal(signal.SIGSTOP)
    stops_in_words(both[0], time.monotonic())


@pytest.mark.skipif(MOMENTS == 1, reason="the short variant")
def test_sigterm_ends_a_worker(machines):
    both = machines.both("--epochs", 100_000)
    both[0].reaches(20)
    both[1].process.terminate()
    assert both[1].process.wait(10) == -15
    assert both[0].end()[0] == 3


@pytest.mark.skipif(MOMENTS == 1, reason="the short variant")
def test_other_options_are_noticed(machines):
    chief, other = machines.one(0), machines.one(1, "--seed", 5)
    status, said = other.end()
    assert status == 2
    assert "was given other options" in said and "than the chief" in said
    assert chief.end()[0] == 3
