"""The program that trains on several machines, as far as one machine goes."""

import json
import re
import time

import pytest

from helpers import data, training, worker
from helpers.machinery import cluster

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


def test_waiting_ends_in_words(monkeypatch, capsys):
    ends = []
    monkeypatch.setattr(cluster.os, "_exit", ends.append)
    nobody = cluster.Cluster(("127.0.0.1:9", "127.0.0.1:1"), 0)
    with cluster.no_longer_than(0.05, nobody, "Waiting"):
        time.sleep(0.5)
    with cluster.no_longer_than(60, nobody, "Not waiting"):
        pass
    said = capsys.readouterr().err
    assert ends == [3]
    assert "Waiting took longer than 0.05 seconds; no answer from 127.0.0.1:1." in said
