"""A training that is stopped in the middle keeps the epochs that were finished.

None of this may depend on how fast the machine is: what was kept is compared with a training anew.
"""

import signal
import subprocess
import sys

import numpy as np
import pytest

from helpers._internal import graph
from helpers.data import synthesize
from helpers.training import LinearModel, fit

# So many epochs take minutes, and before it says "training", XLA has compiled them.
LONG_FIT = """
import signal
import helpers
from helpers._internal import graph
from helpers.data import synthesize
from helpers.training import LinearModel, fit

# A job in the background inherits that Ctrl-C is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
chunks, said = graph.Run.chunks, []

def announced(run, seconds):
    for finished in chunks(run, seconds):
        if finished > 400_000 and not said:
            said.append(print("training", flush=True))
        yield finished

graph.Run.chunks = announced
model = LinearModel()
try:
    fit(model, *synthesize(), learning_rate=1e-5, epochs=100_000_000)
except KeyboardInterrupt:
    print(len(model.last_history.loss), model.W.numpy(), model.b.numpy())
"""


def assert_holds_what_was_finished(count, W, b):
    """Anew from the same start, as many epochs lead to the same place."""
    assert count > 0
    again = LinearModel()
    fit(again, *synthesize(), learning_rate=1e-5, epochs=count)
    np.testing.assert_allclose([again.W.numpy(), again.b.numpy()], [W, b], rtol=1e-5)


def stopped(error, stop):
    """Trains with `stop` in the place of a chunk, and returns the model."""
    model = LinearModel()
    with pytest.MonkeyPatch.context() as patch, pytest.raises(error):
        patch.setattr(graph.Run, "_run", stop)
        fit(model, *synthesize(), learning_rate=1e-5, epochs=5000)
    history = model.last_history
    assert len(history.loss) == len(history.W) == len(history.b)
    return model


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_stopped_between_two_chunks(error):
    run = graph.Run._run

    def stop(self, loop, count):
        if self._record[0] > 10:
            raise error
        run(self, loop, count)

    model = stopped(error, stop)
    count = len(model.last_history.loss)
    assert 10 < count < 5000
    assert_holds_what_was_finished(count, model.W.numpy(), model.b.numpy())


def test_stopped_between_an_update_and_its_record():
    run = graph.Run._run

    def stop(self, loop, count):
        record = self._record
        run(self, loop, count)
        if record[0] > 10:
            self._record = record
            raise KeyboardInterrupt

    model = stopped(KeyboardInterrupt, stop)
    assert_holds_what_was_finished(len(model.last_history.loss), model.W.numpy(), model.b.numpy())


def test_stopped_in_the_first_chunk():
    def stop(self, loop, count):
        loop(count, count)
        raise KeyboardInterrupt

    model = stopped(KeyboardInterrupt, stop)
    assert (len(model.last_history.loss), model.W.numpy(), model.b.numpy()) == (0, 5.0, 0.0)


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
    assert 400_000 < int(count) < 100_000_000
    assert_holds_what_was_finished(int(count), np.float32(W), np.float32(b))


class FakeRun(graph.Run):
    """A training by a clock of its own, in which an epoch takes the seconds that it is given."""

    def __init__(self, epochs, graph_pace, compiled_pace):
        self.diverged, self.now = False, 0.0
        self._epochs, self._record, self._capacity = epochs, (0, []), 1_000_000
        self._graph, self.paces = "graph", {"graph": graph_pace, "compiled": compiled_pace}
        self.ran = []

    def _run(self, loop, count):
        self.ran.append((loop, count))
        self.now += 1e-4 + count * self.paces[loop]
        self._record = (self._record[0] + count, [])

    def _compile(self):
        return "compiled" if self.paces["compiled"] else None


PACES = [(1e-5, 1e-6), (1e-5, 3e-5), (1e-5, None), (3e-4, 1e-4), (0.015, 0.009), (0.3, 0.2)]


@pytest.mark.parametrize(("graph_pace", "compiled_pace"), PACES)
@pytest.mark.parametrize("seconds_in_all", [0.9, 2, 100])
def test_a_stop_is_never_far(monkeypatch, graph_pace, compiled_pace, seconds_in_all):
    epochs = int(seconds_in_all / graph_pace)
    run = FakeRun(epochs, graph_pace, compiled_pace)
    monkeypatch.setattr(graph.time, "perf_counter", lambda: run.now)
    times = [0.0]
    for finished in run.chunks(0.2):
        assert finished == run._record[0]
        times.append(run.now)
    assert finished == epochs == sum(count for _, count in run.ran)
    gaps = zip(np.diff(times), run.ran, strict=True)
    assert all(gap < 0.21 or count == 1 for gap, (_, count) in gaps)
    # Short trainings are not compiled; long ones go on in the faster of the two.
    compiled = [count for loop, count in run.ran if loop == "compiled"]
    assert bool(compiled) == (seconds_in_all > 1 and compiled_pace is not None)
    if compiled and seconds_in_all == 100:
        faster = compiled_pace < graph_pace
        assert (sum(compiled) > 0.9 * epochs) == faster
        assert (len(compiled) == 1) == (not faster)
