"""What a check gives back, so that the lesson goes on with what the learner wrote."""

import sys

import pytest
import tensorflow as tf
import toys
from answers import checked

from exercises.engine import exercise as exercise_file
from exercises.engine import ours, progress, render
from exercises.engine.exercise import Attempt
from exercises.engine.model import State, Value


def in_a_cell(code: str, **names: object) -> tuple[dict, list]:
    """Run code as a notebook runs a cell: what it has defined, and what it would print."""
    printed = []
    *first, last = code.splitlines()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "displayhook", printed.append)
        exec(compile("\n".join(first), "<cell>", "exec"), names)
        exec(compile(last, "<cell>", "single"), names)
    return names, printed


def mine(first, second):
    return second + first


def wrong(first, second):
    return first - second


def test_a_right_answer_is_given_back(capsys):
    names, _ = in_a_cell("add = task.check(add)", task=Attempt(toys.ADD), add=mine)
    assert names["add"] is mine
    assert capsys.readouterr().out.endswith("The lesson goes on with your `add`.\n")


@pytest.mark.parametrize("answer", [wrong, ..., 3.0, lambda: 1])
def test_instead_of_any_other_ours_is(answer, capsys):
    names, _ = in_a_cell("add = task.check(add)", task=Attempt(toys.ADD), add=answer)
    assert names["add"] is toys.ADD.solution
    assert capsys.readouterr().out.endswith("The lesson goes on with our `add`.\n")


def test_ours_is_no_answer(capsys, monkeypatch, tmp_path):
    """A cell that is run again passes what it was given: same words, and nothing is counted."""
    monkeypatch.setenv(exercise_file.RESULTS, str(tmp_path / "results"))
    task = Attempt(toys.ADD)
    names, _ = in_a_cell("add = task.check(add)", task=task, add=wrong)
    said = capsys.readouterr().out
    assert "This subtracts." in said
    results = (tmp_path / "results").read_text()
    names, _ = in_a_cell("add = task.check(add)", **names)
    assert names["add"] is toys.ADD.solution
    assert capsys.readouterr().out == said
    assert (tmp_path / "results").read_text() == results
    assert progress.done() == frozenset()
    assert task.result.state is State.NOT_YET


def test_ours_is_no_answer_in_a_second_attempt_either(capsys):
    in_a_cell("add = task.check(add)", task=Attempt(toys.ADD), add=wrong)
    again = Attempt(toys.ADD)
    in_a_cell("add = task.check(add)", task=again, add=toys.ADD.solution)
    assert again.result.state is State.NOT_ATTEMPTED
    assert "not attempted" in capsys.readouterr().out


@pytest.mark.parametrize("answer", [mine, wrong, ...])
def test_a_bare_check_prints_nothing_more(answer, capsys):
    _, printed = in_a_cell("task.check(add)", task=Attempt(toys.ADD), add=answer)
    assert printed in ([], [None])
    assert "The lesson goes on" not in capsys.readouterr().out


def test_what_comes_back_can_be_used_at_once():
    names, _ = in_a_cell("three = task.check(add)(1.0, 2.0)", task=Attempt(toys.ADD), add=mine)
    assert names["three"] == 3.0


def test_a_class_is_given_back():
    names, _ = in_a_cell("C = task.check(C)", task=Attempt(toys.COUNTER), C=toys.Counter)
    assert names["C"] is toys.Counter
    fake = toys.CounterWithoutVariable
    names, _ = in_a_cell("C = task.check(C)", task=Attempt(toys.COUNTER), C=fake)
    assert names["C"] is toys.COUNTER.solution


def test_a_value_comes_back_as_the_lesson_needs_it():
    task = Attempt(toys.ZEROS)
    names, _ = in_a_cell("z = task.check(z)", task=task, z=[[0, 0, 0], [0, 0, 0]])
    assert isinstance(names["z"], tf.Tensor) and names["z"].dtype == tf.float32
    own = tf.zeros([2, 3])
    names, _ = in_a_cell("z = task.check(z)", task=task, z=own)
    assert names["z"] is own
    names, _ = in_a_cell("z = task.check(z)", task=task, z=tf.ones([2, 3]))
    assert names["z"].numpy().tolist() == [[0.0] * 3] * 2


def test_a_variable_comes_back_where_one_is_needed():
    needed = Value(
        id="9.8", title="V", stub="v = ...", hints="Look.", solution=lambda: tf.Variable(2.0)
    )
    assert isinstance(ours.as_needed(needed, 2), tf.Variable)


def test_a_prediction_gives_nothing_back():
    names, _ = in_a_cell('found = task.check("b")', task=Attempt(toys.CHOICE))
    assert names["found"] is None


def test_a_fault_of_the_checker_lets_the_lesson_go_on(monkeypatch, capsys):
    monkeypatch.delenv(exercise_file.STRICT)
    monkeypatch.setattr(exercise_file, "check", lambda *_: 1 / 0)
    names, _ = in_a_cell("add = task.check(add)", task=Attempt(toys.ADD), add=mine)
    assert names["add"] is toys.ADD.solution
    assert "The checker itself failed" in capsys.readouterr().out


def test_a_solution_can_be_shown_without_a_question(capsys):
    Attempt(toys.ADD).solution(ask=False)
    assert "return first + second" in capsys.readouterr().out


def test_a_second_choice_is_told_as_one(capsys):
    task = Attempt(toys.CHOICE)
    task.check("a")
    assert "you chose a." in capsys.readouterr().out
    task.check("b")
    said = capsys.readouterr().out
    assert "you chose b, after a." in said and "Two comes to mind." in said
    assert task.result.diagnosis == "a" and task.result.state is State.NOT_YET


def test_a_first_choice_is_kept_in_the_output(monkeypatch):
    kept = []
    monkeypatch.setattr(render, "display", lambda bundle, **more: kept.append(more["metadata"]))
    monkeypatch.setattr(render.InteractiveShell, "initialized", lambda: True)
    for letter in "ab":
        checked(toys.CHOICE, letter)
    checked(toys.ADD, wrong)
    assert kept == [{"exercise": {"id": "9.P1", "first": "a"}}] * 2 + [{}]


def test_only_predictions_have_a_reason(capsys):
    Attempt(toys.ADD).why()
    assert "Only a prediction has a reason to show." in capsys.readouterr().out
