"""Every exercise, by itself: what holds for one holds for all."""

import itertools
import re
import sys
import textwrap
from dataclasses import replace

import numpy as np
import pytest

from exercises.engine import catalogue as registry
from exercises.engine.comparing import all_same, measure_of
from exercises.engine.exercise import Coach
from exercises.engine.model import Class, Exercise, Function, Predict, Written
from exercises.engine.result import Result, State
from exercises.engine.run import outcomes_of
from exercises.engine.sources import solution_code
from exercises.engine.stub import stub_name


def checked(exercise: Exercise, answer: object) -> Result:
    coached = Coach(exercise)
    coached.check(answer)
    return coached.result


def defined_by(exercise: Written, code: str) -> object:
    """What the learner's cell with this code would pass to `check`."""
    namespace = {**vars(sys.modules[exercise.solution.__module__]), "np": np}
    exec(compile(textwrap.dedent(code), "<cell>", "exec"), namespace)
    return namespace[stub_name(exercise)]


def test_the_solution_is_correct(written):
    assert checked(written, written.answer_from(written.solution)).state is State.CORRECT


def test_the_shown_solution_works_in_the_place_of_the_stub(written):
    answer = defined_by(written, solution_code(written))
    assert checked(written, answer).state is State.CORRECT


def test_the_stub_is_not_attempted(written):
    result = checked(written, defined_by(written, written.stub))
    assert result.state is State.NOT_ATTEMPTED
    assert checked(written, ...).text == result.text


def test_each_misconception_gets_its_own_words(mistake):
    exercise, misconception = mistake
    result = checked(exercise, exercise.answer_from(misconception.wrong))
    assert result.diagnosis == misconception.name
    assert result.state is State.NOT_YET
    assert misconception.says in result.text


def test_each_variant_is_correct(variant):
    exercise, right = variant
    assert checked(exercise, exercise.answer_from(right)).state is State.CORRECT


def test_no_two_mistakes_agree_in_all_cases(written):
    to_the_kind = replace(measure_of(written), returned=True, exact=True)
    for one, other in itertools.combinations(written.misconceptions, 2):
        outcomes = outcomes_of(written, one), outcomes_of(written, other)
        assert not all_same(written, *outcomes, to_the_kind), (one.name, other.name)


def test_there_is_enough_of_everything(written):
    assert len({m.name for m in written.misconceptions}) == len(written.misconceptions)
    assert len({m.says for m in written.misconceptions}) == len(written.misconceptions)
    assert written.optional or len(written.misconceptions) >= 3
    assert 2 <= len(written.hints) <= 3
    if isinstance(written, Function | Class):
        assert len(written.variants) >= 2


def test_words_are_there(any_exercise):
    assert any_exercise.title
    assert len(any_exercise.prompt) > 20
    assert re.fullmatch(r"\d+\.P?\d+", any_exercise.id)
    assert registry.find(any_exercise.id) is any_exercise
    assert ("P" in any_exercise.id) == isinstance(any_exercise, Predict)


def test_what_a_misconception_says_leads_on(mistake):
    says = mistake[1].says
    assert len(says) > 40
    assert "?" in says, "it should end by asking something"


def test_the_solution_is_not_given_away(written):
    def bare(text: str) -> str:
        return re.sub(r"\s", "", text)

    lines = solution_code(written).splitlines()
    body = [bare(line.replace("return ", "").partition(" = ")[2] or line) for line in lines]
    body = [line for line in body if len(line) > 12 and not line.startswith(("def", "class", '"'))]
    body += [bare(line).removeprefix("return") for line in lines if "return" in line]
    words = [*written.hints, *(m.says for m in written.misconceptions), written.prompt]
    for line, text in itertools.product(body, words):
        assert len(line) <= 8 or line not in bare(text), line


def test_hints_come_one_by_one(written, capsys):
    coached = Coach(written)
    for number, hint in enumerate(written.hints, 1):
        coached.hint()
        out = capsys.readouterr().out
        assert f"hint {number} of {len(written.hints)}" in out
        assert hint in out


def test_an_error_is_explained(function):
    def mine(*inputs):
        return undefined_here  # noqa: F821

    result = checked(function, mine)
    assert result.diagnosis == "raises NameError"
    assert ("Your line", "return undefined_here  # noqa: F821") in result.details
    assert "Nothing is called `undefined_here` here" in result.text


def test_a_wrong_type_is_explained(written):
    result = checked(written, object())
    assert result.state is State.NOT_YET
    assert "object" in result.text
    assert "raises" not in result.text


def test_a_wrong_result_is_explained(function):
    if not function.returns:
        pytest.skip("what it returns does not count")
    result = checked(function, lambda *inputs: {"a": object()})
    assert result.diagnosis == "wrong_kind"
    assert "a dictionary of 1" in result.text


def test_a_loop_is_stopped_and_named(function, hurried):
    def mine(*inputs):
        while True:
            pass

    result = checked(function, mine)
    assert result.diagnosis == "never_ends"
    assert "loop" in result.text


def test_predictions_answer_each_choice(prediction):
    assert set(prediction.wrong) == set(prediction.choices) - {prediction.truth}
    assert checked(prediction, ...).state is State.NOT_ATTEMPTED
    for letter in prediction.choices:
        result = checked(prediction, letter)
        assert prediction.reason in result.text
        right = letter == prediction.truth
        assert result.state is (State.CORRECT if right else State.NOT_YET)
        assert right or prediction.wrong[letter] in result.text
    assert prediction.reason not in checked(prediction, ...).text
    assert prediction.reason not in checked(prediction, "something else").text
