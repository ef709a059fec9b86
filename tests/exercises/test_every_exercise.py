"""Every exercise, by itself: what holds for one holds for all."""

import itertools
import re
import time
from dataclasses import replace

import pytest
from answers import checked, defined_by

from exercises.engine import catalogue, progress, run
from exercises.engine.check import all_same, measure_of
from exercises.engine.exercise import Attempt, exercise
from exercises.engine.model import Class, Function, Predict, Result, State, Written
from exercises.engine.render import text_of
from exercises.engine.run import TIME_LIMIT, answer_from, outcomes_of
from exercises.engine.stub import solution_code


def checked_in_time(written: Written, given: object) -> Result:
    """What a check finds, for an answer that leaves room below the limit."""
    answer = answer_from(written, given)
    outcomes_of(written)
    for mistake in written.misconceptions:
        outcomes_of(written, mistake)  # Kept from now on, so that only the answer is timed.
    start = time.process_time()
    result = checked(written, answer)
    assert time.process_time() - start < TIME_LIMIT
    return result


def test_the_solution_is_correct(written):
    assert checked_in_time(written, written.solution).state is State.CORRECT


def test_the_shown_solution_works_in_the_place_of_the_stub(written):
    answer = defined_by(written, solution_code(written))
    assert checked(written, answer).state is State.CORRECT


def test_the_stub_is_not_attempted(written):
    result = checked(written, defined_by(written, written.stub))
    assert result.state is State.NOT_ATTEMPTED
    assert text_of(checked(written, ...)) == text_of(result)


def test_each_misconception_gets_its_own_words(mistake):
    exercise, misconception = mistake
    result = checked_in_time(exercise, misconception.wrong_answer)
    assert result.diagnosis == misconception.name
    assert result.state is State.NOT_YET
    assert misconception.message in text_of(result)
    assert len(misconception.message) > 40
    assert "?" in misconception.message, "it should end by asking something"


def test_each_variant_is_correct(variant):
    exercise, right = variant
    assert checked_in_time(exercise, right).state is State.CORRECT


def test_no_two_mistakes_agree_in_all_cases(written):
    to_the_kind = replace(measure_of(written), returned=True, exact=True)
    for one, other in itertools.combinations(written.misconceptions, 2):
        outcomes = outcomes_of(written, one), outcomes_of(written, other)
        assert not all_same(written, *outcomes, to_the_kind), (one.name, other.name)


def test_there_is_enough_of_everything(written):
    assert len({m.name for m in written.misconceptions}) == len(written.misconceptions)
    assert len({m.message for m in written.misconceptions}) == len(written.misconceptions)
    assert written.optional or len(written.misconceptions) >= 3
    assert 2 <= len(written.hints) <= 3
    if isinstance(written, Function | Class):
        assert len(written.variants) >= 2


def test_words_are_there(any_exercise):
    assert any_exercise.title
    assert not isinstance(any_exercise, Predict) or len(any_exercise.prompt) > 20
    assert re.fullmatch(r"\d+\.P?\d+", any_exercise.id)
    assert catalogue.find(any_exercise.id) is any_exercise
    assert ("P" in any_exercise.id) == isinstance(any_exercise, Predict)


def test_the_solution_is_not_given_away(written):
    def bare(text: str) -> str:
        return re.sub(r"\s", "", text)

    lines = solution_code(written).splitlines()
    body = [bare(line.replace("return ", "").partition(" = ")[2] or line) for line in lines]
    body = [line for line in body if len(line) > 12 and not line.startswith(("def", "class", '"'))]
    body += [bare(line).removeprefix("return") for line in lines if "return" in line]
    words = [*written.hints, *(m.message for m in written.misconceptions)]
    for line, text in itertools.product(body, words):
        assert len(line) <= 8 or line not in bare(text), line


def test_hints_come_one_by_one(written, capsys):
    attempt = Attempt(written)
    for number, hint in enumerate(written.hints, 1):
        attempt.hint()
        out = capsys.readouterr().out
        assert f"hint {number} of {len(written.hints)}" in out
        assert hint in out


def test_an_error_is_explained(function):
    def mine(*inputs):
        return undefined_here  # noqa: F821

    result = checked(function, mine)
    assert result.diagnosis == "raises NameError"
    assert ("Your line", "return undefined_here  # noqa: F821") in result.details
    assert "Nothing is called `undefined_here` here" in text_of(result)


def test_a_wrong_type_is_explained(written):
    result = checked(written, object())
    assert result.state is State.NOT_YET
    assert "object" in text_of(result)
    assert "raises" not in text_of(result)


def test_a_wrong_result_is_explained(function):
    if not function.returns:
        pytest.skip("what it returns does not count")
    result = checked(function, lambda *inputs: {"a": object()})
    assert result.diagnosis == "wrong_kind"
    assert "a dictionary of 1" in text_of(result)


def test_a_loop_is_stopped_and_named(function, monkeypatch):
    monkeypatch.setattr(run, "TIME_LIMIT", 0.1)

    def mine(*inputs):
        while True:
            pass

    result = checked(function, mine)
    assert result.diagnosis == "never_ends"
    assert "loop" in text_of(result)


def test_predictions_say_why_each_choice_tempts(prediction):
    """The check says nothing of the answer, and the same kind of thing of every choice."""
    assert set(prediction.tempts) == set(prediction.choices)
    assert set(prediction.feedback) == set(prediction.choices) - {prediction.answer}
    for letter in prediction.choices:
        exercise.cache_clear()
        progress.forget()
        result = checked(prediction, letter)
        assert prediction.tempts[letter] in text_of(result)
        assert f": you chose {letter}." in text_of(result)
        assert prediction.reason not in text_of(result)
        assert result.diagnosis == letter
        right = letter == prediction.answer
        assert result.state is (State.CORRECT if right else State.NOT_YET)


def test_the_reason_is_shown_when_asked_for(prediction, capsys):
    exercise(prediction.id).why()
    assert prediction.reason in capsys.readouterr().out
    for letter, words in prediction.feedback.items():
        progress.forget()
        exercise(prediction.id).check(letter)
        capsys.readouterr()
        exercise(prediction.id).why()
        said = capsys.readouterr().out
        assert f"You chose {letter}. {words}" in said and prediction.reason in said


def test_nothing_is_left_to_write(prediction):
    assert "TODO" not in "".join(prediction.tempts.values())
    assert all(len(text) > 20 for text in prediction.tempts.values())


def test_no_message_is_long(written):
    for mistake in written.misconceptions:
        assert len(mistake.message.split()) <= 60, mistake.name
