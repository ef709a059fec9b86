"""The look at this machine says in plain words what is wrong, or that nothing is."""

import numpy as np
import pytest

from helpers import checkup, training


def test_this_machine_is_fit_for_the_lessons():
    assert checkup.old_versions(checkup.installed_versions()) == []
    assert checkup.trial_problems() == []


def test_one_sentence_when_all_is_well(capsys, monkeypatch):
    monkeypatch.setattr(checkup, "memory_problems", list)
    checkup.check_this_machine()
    assert capsys.readouterr().out == "Everything the lessons need is here, and it works.\n"


def test_one_line_for_each_problem(capsys, monkeypatch):
    monkeypatch.setattr(checkup, "memory_problems", lambda: ["Too little memory."])
    monkeypatch.setattr(checkup, "old_versions", lambda installed: ["Too old."])
    checkup.check_this_machine()
    assert capsys.readouterr().out == "- Too old.\n- Too little memory.\n"


@pytest.mark.parametrize(
    ("name", "version", "old"),
    [
        ("Python", "3.10.14", True),
        ("Python", "3.9.1", True),
        ("Python", "3.13.0", False),
        ("TensorFlow", "2.9.0", True),
        ("TensorFlow", "2.20.0", False),
        ("NumPy", "2.10.0rc1", False),
        ("IPython", "7.34.0", False),
        ("matplotlib", "3.11.0.dev0+g1", False),
    ],
)
def test_versions_are_compared_as_numbers(name, version, old):
    problems = checkup.old_versions(checkup.installed_versions() | {name: version})
    assert len(problems) == old
    if old:
        assert problems[0].startswith(f"{name} is {version}; the lessons need ")


def test_little_memory():
    assert checkup.memory_problems(free_gb=4.0) == []
    (problem,) = checkup.memory_problems(free_gb=0.2)
    assert "Only 0.2 GB" in problem


def test_training_that_fails_or_gives_other_numbers(monkeypatch):
    def broken(*arguments, **options):
        raise RuntimeError("no luck")

    monkeypatch.setattr(training, "fit", broken)
    assert checkup.trial_problems() == ["Training did not work: RuntimeError: no luck"]
    monkeypatch.setattr(training, "fit", lambda *_, **__: training.History(np.array([9.3])))
    (problem,) = checkup.trial_problems()
    assert "9.30000 and should be 9.26289" in problem


def test_drawing_that_fails(monkeypatch):
    monkeypatch.setattr(checkup.Figure, "savefig", None)
    (problem,) = checkup.trial_problems()
    assert problem.startswith("Drawing did not work: TypeError")
