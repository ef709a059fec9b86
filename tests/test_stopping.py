"""A training that is stopped in the middle keeps the epochs that were finished."""

import signal
import subprocess
import sys

import numpy as np
import pytest

from helpers.data import synthesize
from helpers.training import LinearModel, fit

LONG_FIT = """
import helpers
from helpers.data import synthesize
from helpers.training import LinearModel, fit

model = LinearModel()
started = []

def announce(history):
    if len(history.loss) > 100 and not started:
        started.append(True)
        print("training", flush=True)

try:
    fit(model, *synthesize(), learning_rate=1e-5, epochs=50_000_000, on_epochs=announce)
except KeyboardInterrupt:
    print(len(model.last_history.loss), model.W.numpy(), model.b.numpy())
"""


def assert_holds_what_was_finished(count, W, b, learning_rate):
    """Anew from the same start, as many epochs lead to the same place."""
    assert count > 0
    again = LinearModel()
    fit(again, *synthesize(), learning_rate=learning_rate, epochs=count)
    np.testing.assert_array_equal([again.W.numpy(), again.b.numpy()], [W, b])


def test_stopped_from_within():
    def stop(history):
        if len(history.loss) > 10:
            raise KeyboardInterrupt

    model = LinearModel()
    with pytest.raises(KeyboardInterrupt):
        fit(model, *synthesize(), learning_rate=1e-5, epochs=5000, on_epochs=stop)
    history = model.last_history
    assert 10 < len(history.loss) < 5000
    assert len(history.W) == len(history.loss)
    assert_holds_what_was_finished(len(history.loss), model.W.numpy(), model.b.numpy(), 1e-5)


def test_stopped_between_an_update_and_its_record(monkeypatch):
    from helpers._internal import graph

    finished = graph.Epochs.run

    def run(self, count, learning_rate):
        result = finished(self, count, learning_rate)
        if len(self.losses) > 10:
            raise KeyboardInterrupt
        return result

    monkeypatch.setattr(graph.Epochs, "run", run)
    model = LinearModel()
    with pytest.raises(KeyboardInterrupt):
        fit(model, *synthesize(), learning_rate=1e-5, epochs=5000)
    count, W, b = len(model.last_history.loss), model.W.numpy(), model.b.numpy()
    monkeypatch.undo()
    assert_holds_what_was_finished(count, W, b, 1e-5)


def test_an_error_in_on_epochs_keeps_them_too():
    def fail(history):
        raise RuntimeError("my own mistake")

    model = LinearModel()
    with pytest.raises(RuntimeError, match="my own mistake"):
        fit(model, *synthesize(), learning_rate=1e-5, on_epochs=fail)
    count = len(model.last_history.loss)
    assert_holds_what_was_finished(count, model.W.numpy(), model.b.numpy(), 1e-5)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal to a process")
def test_stopped_by_the_stop_button():
    process = subprocess.Popen(
        [sys.executable, "-c", LONG_FIT], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == "training\n"
        process.send_signal(signal.SIGINT)
        said, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert errors == ""
    count, W, b = said.split()
    assert int(count) < 50_000_000
    assert_holds_what_was_finished(int(count), np.float32(W), np.float32(b), 1e-5)
