"""The program that trains on several machines, as far as one machine goes."""

import json
import os
import re
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
import tensorflow as tf

from helpers import data, training
from helpers.scaling import checkpoints, cluster, watchdog, worker

TWO = {"worker": ["10.0.0.1:2222", "10.0.0.2:2222"]}


def config(jobs=TWO, job="worker", index=0):
    return json.dumps({"cluster": jobs, "task": {"type": job, "index": index}})


def test_the_first_worker_is_the_chief():
    first, second = (cluster.read_tf_config(config(index=index)) for index in range(2))
    assert (first.is_chief, second.is_chief) == (True, False)
    assert first.addresses == second.addresses == tuple(TWO["worker"])


def test_a_chief_that_is_named_comes_first():
    jobs = TWO | {"chief": ["10.0.0.9:1"]}
    assert cluster.read_tf_config(config(jobs, "chief")).is_chief
    second = cluster.read_tf_config(config(jobs, "worker", 1))
    assert (second.index, second.addresses[0]) == (2, "10.0.0.9:1")


def test_the_example_in_the_messages_is_right():
    assert cluster.read_tf_config(cluster.EXAMPLE).is_chief


WRONG = {
    "{": "not JSON",
    "[" * 100_000: "not JSON",
    "null": "names no cluster",
    "[]": "names no cluster",
    "{}": "names no cluster",
    '{"cluster": []}': "names no cluster",
    '{"cluster": {}}': "names no cluster",
    '{"cluster": {"worker": ["a:1"]}}': "which machine this is",
    '{"cluster": {"worker": ["a:1"]}, "task": 3}': "which machine this is",
    config(job="chief"): "with a type of the cluster: 'worker'",
    config(job=["worker"]): "which machine this is",
    config(index=2): "must be from 0 to 1; got 2",
    config(index=-1): "must be from 0 to 1; got -1",
    config(index="0"): 'must be from 0 to 1; got "0"',
    config(index=True): "must be from 0 to 1; got true",
    config(index=None): "must be from 0 to 1; got null",
    config({"ps": ["a:1"], **TWO}): "a job 'ps'",
    config({"worker": []}): '"host:port"',
    config({"worker": "a:1"}): '"host:port"',
    config({"worker": ["a"]}): '"host:port"',
    config({"worker": ["a:b"]}): '"host:port"',
    config({"worker": [":1"]}): '"host:port"',
    config({"worker": ["a:0"]}): '"host:port"',
    config({"worker": ["a:65536"]}): '"host:port"',
    config({"worker": ["a:²"]}): '"host:port"',
    config({"worker": [7]}): '"host:port"',
    config({"worker": {"0": "a:1"}}): '"host:port"',
    config({"worker": ["a:1", "a:1"]}): "an address twice",
    config({"chief": ["a:1", "a:2"]}, "chief"): "more than one chief",
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: text[:70])
def test_a_wrong_tf_config_ends_at_the_door(text, monkeypatch, capsys):
    monkeypatch.setenv("TF_CONFIG", text)
    with pytest.raises(SystemExit) as end:
        worker.main([])
    said = capsys.readouterr()
    assert (end.value.code, said.out) == (2, "")
    assert WRONG[text] in said.err
    assert "Traceback" not in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        "--epochs 0", "--epochs ten", "--epochs 1.5", "--learning-rate 0", "--learning-rate nan",
        "--learning-rate x", "--every 0", "--num-examples 0", "--start-up 0", "--patience inf",
        "--noise -1", "--noise nan", "--seed 9999999999", "--seed x", "--unheard-of", "extra",
    ],
)  # fmt: skip
def test_a_wrong_option_ends_at_the_door(arguments, monkeypatch, capsys):
    monkeypatch.delenv("TF_CONFIG", raising=False)
    with pytest.raises(SystemExit) as end:
        worker.main(arguments.split())
    said = capsys.readouterr()
    assert (end.value.code, said.out) == (2, "")
    assert said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("noise", ["nan", "inf", "-1", "x"])
def test_a_noise_that_is_none_is_named(noise, monkeypatch, capsys):
    """Nan differs from itself: on one machine alone it must not pass for another machine's."""
    monkeypatch.delenv("TF_CONFIG", raising=False)
    with pytest.raises(SystemExit):
        worker.main(["--noise", noise])
    assert f"argument --noise: must be a number from 0 on, got '{noise}'" in capsys.readouterr().err


def test_more_machines_than_examples_end_at_the_door(monkeypatch, capsys):
    monkeypatch.setenv("TF_CONFIG", config())
    with pytest.raises(SystemExit) as end:
        worker.main(["--num-examples", "1"])
    assert (end.value.code, "2 machines need" in capsys.readouterr().err) == (2, True)


@pytest.fixture
def alone(monkeypatch, capsys):
    """Trains on this machine alone and gives what was printed."""
    monkeypatch.delenv("TF_CONFIG", raising=False)

    def alone(*arguments):
        worker.main([str(argument) for argument in arguments])
        return capsys.readouterr().out.splitlines()

    return alone


def test_alone_it_prints_the_table_of_fit(alone):
    history = training.fit(training.LinearModel(), *data.synthesize())
    assert alone()[:-1] == str(history).splitlines()


def test_it_goes_on_from_the_last_checkpoint(alone, tmp_path):
    whole = alone("--exact", "--epochs", 9)
    first = alone("--exact", "--epochs", 5, "--every", 2, "--checkpoints", tmp_path)
    then = alone("--exact", "--epochs", 9, "--checkpoints", tmp_path)
    assert first[:-1] == whole[:5]
    assert then == ["Going on from ckpt-5.", *whole[5:]]


def test_a_damaged_checkpoint_is_passed_over(alone, tmp_path):
    whole = alone("--exact", "--epochs", 6)
    alone("--epochs", 5, "--checkpoints", tmp_path)
    (newest,) = tmp_path.glob("ckpt-5.data*")
    newest.write_bytes(b"cut off")
    passed_over, from_where, *then = alone("--exact", "--epochs", 6, "--checkpoints", tmp_path)
    assert re.match("Passed over: .*ckpt-5' is damaged", passed_over)
    assert (from_where, then) == ("Going on from ckpt-4.", whole[4:])


def test_a_trained_one_is_not_trained_again(alone, tmp_path):
    options = ["--exact", "--epochs", 3, "--checkpoints", tmp_path]
    assert alone(*options)[-1] == alone(*options)[-1]


def test_a_folder_that_cannot_be_is_told_in_words(alone, tmp_path, capsys):
    tmp_path.joinpath("file").write_text("")
    with pytest.raises(SystemExit) as end:
        alone("--checkpoints", tmp_path / "file")
    assert (end.value.code, "Traceback" in capsys.readouterr().err) == (2, False)


@pytest.mark.parametrize("examples", [1, 7, 1000])
def test_one_epoch_is_a_step_over_all_examples(alone, examples):
    inputs, outputs = data.synthesize(examples)
    loss = training.mean_squared_error(training.LinearModel()(inputs), outputs)
    assert alone("--epochs", 1, "--num-examples", examples)[0].endswith(f"loss={loss:.5f}")


def failing(monkeypatch, error):
    def fails(*_, **__):
        raise error(None, None, "told by TensorFlow")

    monkeypatch.setattr(tf.train.CheckpointManager, "save", fails)
    monkeypatch.setattr(cluster.os, "_exit", sys.exit)


@pytest.mark.parametrize("error", cluster.PEER_ERRORS)
def test_others_that_are_lost_while_it_saves_are_told_as_such(error, tmp_path, monkeypatch):
    failing(monkeypatch, error)
    save = checkpoints.saver(worker.Training(), tmp_path)
    with pytest.raises(error):
        save(1)


@pytest.mark.parametrize("error", [tf.errors.ResourceExhaustedError, tf.errors.InternalError])
def test_a_disk_that_fails_is_told_in_words(error, alone, tmp_path, monkeypatch, capsys):
    failing(monkeypatch, error)
    with pytest.raises(SystemExit) as end:
        alone("--checkpoints", tmp_path)
    said = capsys.readouterr().err
    assert (end.value.code, "told by TensorFlow" in said) == (1, True)
    assert "lost the others" not in said, "there are none"


@pytest.fixture
def ends(monkeypatch):
    """The exit statuses with which the process would have ended."""
    ends = []
    monkeypatch.setattr(cluster.os, "_exit", ends.append)
    return ends


def test_many_machines_that_hang_are_asked_within_seconds(monkeypatch, capsys, ends):
    """A look-up of a name has no limit of its own, and one after another they would add up."""
    released = threading.Event()

    def hangs(*_):
        released.wait(60)
        raise OSError

    monkeypatch.setattr(watchdog.socket, "create_connection", hangs)
    monkeypatch.setattr(watchdog, "SECONDS_TO_ANSWER", 0.5)
    many = cluster.Cluster(tuple(f"machine-{index}:1" for index in range(100)), 7)
    began = time.monotonic()
    cluster.leave(many, "It hurts")
    assert time.monotonic() - began < 5
    released.set()
    said = capsys.readouterr().err
    assert ends == [cluster.OTHERS_ARE_GONE]
    assert said.count("machine-") == 99
    assert "machine-7:" not in said


def test_two_threads_that_leave_speak_one_at_a_time(monkeypatch, ends):
    talking = []

    def silent(addresses):
        talking.append(1)
        assert len(talking) == 1
        time.sleep(0.3)
        talking.pop()
        return []

    monkeypatch.setattr(watchdog, "silent", silent)
    nobody = cluster.Cluster(("127.0.0.1:9", "127.0.0.1:1"), 0)
    with cluster.timeout(0.01, nobody, "Waiting"):
        time.sleep(0.1)
        cluster.leave(nobody, "Lost")
    assert ends == [3, 3]


@pytest.mark.parametrize("in_time", [True, False])
def test_the_clock_of_another_process(in_time):
    deaf = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)"])
    seconds = 100 if in_time else 0.1
    arguments = [seconds, deaf.pid, "It hurts", 1, "127.0.0.1:9", "127.0.0.1:1"]
    clock = subprocess.Popen(
        [sys.executable, "-I", watchdog.__file__, *map(str, arguments)],
        stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        if not in_time:
            assert deaf.wait(20) != 0
        _, said = clock.communicate(timeout=20)
        assert (clock.returncode, deaf.poll() is None) == (0, in_time)
        words = "Machine 1 stops: It hurts; no answer from 127.0.0.1:9. Start all"
        assert said.startswith("" if in_time else words) and bool(said) != in_time
    finally:
        deaf.kill()
        deaf.wait()


ON_TWO_DEVICES = """
import json, os, socket
from pathlib import Path
from helpers import data, training
from helpers.scaling import worker
import tensorflow as tf

strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])

def losses(first):
    # One replica has the first so many of 50 examples, the other has the rest.
    with strategy.scope():
        model = training.LinearModel()
    shares = [slice(0, first), slice(first, 50)]
    own = strategy.experimental_distribute_values_from_function
    examples = [own(lambda context, every=every: every[shares[context.replica_id_in_sync_group]])
                for every in data.synthesize(50)]
    setting = (strategy, model, *examples, tf.constant(0.1), 50)
    return [float(worker.distributed_step(*setting)) for _ in range(5)]

def listening():
    mine = []
    for file in os.listdir("/proc/self/fd"):
        try:
            mine.append(os.readlink(f"/proc/self/fd/{file}"))
        except OSError:  # the one that listed them
            continue
    rows = [row.split() for kind in ("tcp", "tcp6")
            for row in Path(f"/proc/self/net/{kind}").read_text().splitlines()[1:]]
    return sum(row[3] == "0A" and f"socket:[{row[9]}]" in mine for row in rows)

found = {"losses": {first: losses(first) for first in FIRST}}
if os.path.exists("/proc/self/net"):
    found["ports"] = listening()
    server = socket.create_server(("127.0.0.1", 0))
    found["ports with a server"] = listening()
print(json.dumps(found))
"""
FIRST = [25, 43, 49]


@pytest.fixture(scope="module")
def on_two_devices(tmp_path_factory):
    """What a program finds that has two logical devices, as a lesson has."""
    run = subprocess.run(
        [sys.executable, "-c", f"FIRST = {FIRST}\n{ON_TWO_DEVICES}"],
        env={name: value for name, value in os.environ.items() if name != "TF_CONFIG"},
        cwd=tmp_path_factory.mktemp("two"), capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize("first", FIRST)
def test_unequal_shares_add_up(first, on_two_devices):
    """Two replicas with unequal shares of 50 examples, against one that has them all."""
    whole = training.fit(training.LinearModel(), *data.synthesize(50), epochs=5)
    np.testing.assert_allclose(on_two_devices["losses"][str(first)], whole.loss, rtol=1e-6)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux has /proc")
def test_two_devices_open_no_port(on_two_devices):
    """As lesson 09 says. That one would be seen is shown by a server that is there."""
    assert (on_two_devices["ports"], on_two_devices["ports with a server"]) == (0, 1)


def test_waiting_ends_in_words(capsys, ends):
    nobody = cluster.Cluster(("127.0.0.1:9", "127.0.0.1:1"), 0)
    with cluster.timeout(0.05, nobody, "Waiting"):
        time.sleep(0.5)
    with cluster.timeout(60, nobody, "Not waiting"):
        pass
    said = capsys.readouterr().err
    assert ends == [3]
    assert "Waiting took longer than 0.05 seconds; no answer from 127.0.0.1:1." in said
