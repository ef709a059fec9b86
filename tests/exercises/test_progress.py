"""What was checked right is remembered, whatever happens to the file."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from answers import checked

import exercises
from exercises.engine import progress
from exercises.engine.catalogue import find
from exercises.engine.exercise import exercise


@pytest.fixture(autouse=True)
def folder(apart: None) -> None:
    """Makes the folder that `record` would make, for tests that put files in it first."""
    progress.place().parent.mkdir()


def test_right_answers_are_recorded_and_others_are_not():
    exercise("4.1").check(lambda p, a: a - p)
    assert progress.done() == frozenset()
    exercise("4.1").check(lambda p, a: p - a)
    exercise("2.P1").check(find("2.P1").answer)
    assert progress.done() == {"4.1", "2.P1"}


def test_the_first_choice_counts_and_stays():
    right = find("2.P1").answer
    wrong = next(letter for letter in find("2.P1").choices if letter != right)
    exercise("2.P1").check("nothing of the kind")
    assert progress.first_choice("2.P1") == ""
    exercise("2.P1").check(wrong)
    exercise("2.P1").check(right)
    assert progress.first_choice("2.P1") == wrong
    assert progress.done() == frozenset()
    assert json.loads(progress.place().read_text())["first"] == {"2.P1": wrong}
    progress.forget()
    exercise("2.P1").check(right)
    assert progress.first_choice("2.P1") == right
    assert progress.done() == {"2.P1"}


def test_a_file_from_before_there_were_choices_is_read():
    content = {"format": progress.FORMAT, "done": ["4.1"]}
    progress.place().write_text(json.dumps(content))
    assert progress.record_choice("2.P1", "a") == "a"
    assert progress.done() == {"4.1"}


def test_a_choice_is_remembered_where_nothing_can_be_written(monkeypatch):
    progress.place().write_text("a file, where a folder would have to be")
    monkeypatch.setenv(progress.PLACE, str(progress.place() / "progress.json"))
    assert progress.record_choice("2.P1", "b") == "b"
    assert progress.record_choice("2.P1", "a") == "b"


def test_showing(capsys):
    progress.show()
    empty = capsys.readouterr().out
    progress.show()
    assert capsys.readouterr().out == empty
    assert "04 The loss" in empty
    assert "[....................] 0 of" in empty
    assert "Next: exercise 2.1, Double a Variable" in empty or "Next: exercise 1." in empty
    progress.record("4.1")
    progress.show()
    assert "1 of" in capsys.readouterr().out


def test_forgetting(capsys):
    progress.record("4.1")
    progress.forget()
    assert "forgotten" in capsys.readouterr().out
    assert progress.done() == frozenset()
    assert not progress.place().exists()
    progress.forget()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b"3", b"null", b'{"done": ["4.1"]}', b"[" * 10**5,
     json.dumps({"format": progress.FORMAT, "done": 3}).encode(),
     json.dumps({"format": progress.FORMAT, "done": [], "first": 3}).encode()],
)  # fmt: skip
def test_a_broken_or_foreign_file_is_set_aside(content):
    place = progress.place()
    place.write_bytes(content)
    progress.record("4.1")
    assert progress.done() == {"4.1"}
    assert place.with_name(place.name + ".broken").read_bytes() == content
    place.write_bytes(content)
    assert progress.done() == frozenset()
    assert place.with_name(place.name + ".broken1").read_bytes() == content


def test_a_crash_while_writing_loses_nothing(monkeypatch):
    progress.record("4.1")
    before = progress.place().read_bytes()

    def crash(*_):
        raise KeyboardInterrupt

    for part in ("fsync", "replace"):
        with monkeypatch.context() as patched:
            patched.setattr(os, part, crash)
            with pytest.raises(KeyboardInterrupt):
                progress.record("4.2")
        assert progress.place().read_bytes() == before
    assert [p.name for p in progress.place().parent.iterdir()] == [progress.place().name]


def test_a_full_or_read_only_disk_is_no_reason_to_stop(monkeypatch):
    def refuse(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(progress.tempfile, "mkstemp", refuse)
        exercise("4.1").check(lambda p, a: p - a)
        assert progress.done() == {"4.1"}
    progress.record("4.2")
    assert set(json.loads(progress.place().read_text())["done"]) == {"4.1", "4.2"}


@pytest.mark.parametrize("place", ["/dev/null/progress.json", "/proc/nowhere/p.json", "."])
def test_an_impossible_place(monkeypatch, place):
    monkeypatch.setenv(progress.PLACE, place)
    progress.record("4.1")
    assert progress.done() == {"4.1"}
    progress.show()
    progress.forget()


def test_without_a_home(monkeypatch):
    def homeless():
        raise RuntimeError("no home")

    monkeypatch.delenv(progress.PLACE)
    monkeypatch.setattr(Path, "home", homeless)
    progress.record("4.1")
    assert progress.done() == {"4.1"}
    progress.forget()


def test_a_lock_left_over_from_a_crash_is_taken_away():
    lock = progress.place().with_name(progress.place().name + ".lock")
    lock.touch()
    os.utime(lock, (0, 0))
    progress.record("4.1")
    assert progress.done() == {"4.1"}
    assert not lock.exists()


def test_two_threads_lose_nothing():
    ids = [f"{n}.{m}" for n in range(8) for m in range(8)]
    threads = [
        threading.Thread(target=lambda n=n: [progress.record(i) for i in ids[n::8]])
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert progress.done() == set(ids)


def test_two_notebooks_lose_nothing():
    # The package's own first lines would import TensorFlow, which progress has no use for.
    code = f"""
import sys, types
sys.modules["exercises"] = types.ModuleType("exercises")
sys.modules["exercises"].__path__ = {list(exercises.__path__)}
from exercises.engine import progress
for n in range(12):
    progress.record(f"{{sys.argv[1]}}.{{n}}")
"""
    notebooks = [subprocess.Popen([sys.executable, "-c", code, name]) for name in "12"]
    for notebook in notebooks:
        assert notebook.wait(120) == 0
    assert progress.done() == {f"{name}.{n}" for name in "12" for n in range(12)}


def test_a_check_is_right_even_if_progress_cannot_be_kept(monkeypatch):
    monkeypatch.setenv(progress.PLACE, "/dev/null/nothing/progress.json")
    assert checked("4.1", lambda p, a: p - a).state == "correct"
