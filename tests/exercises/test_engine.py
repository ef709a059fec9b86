"""What a check finds and says, for answers of every kind."""

import functools
import random
import time
from unittest import mock

import numpy as np
import pytest
import tensorflow as tf
import toys
from answers import checked

from exercises.engine import progress, render, stub
from exercises.engine.exercise import STRICT, Attempt, exercise
from exercises.engine.model import State
from exercises.engine.render import text_of
from exercises.engine.run import TIME_LIMIT
from exercises.engine.sandbox import PATIENCE

# What counts as not attempted


def stub_as_it_was(first, second):
    result = ...
    return result


def with_words_only(first, second):
    """Adds."""
    result = ...  # here, later
    return result


@pytest.mark.parametrize("answer", [..., stub_as_it_was, with_words_only, lambda a, b: None])
def test_not_attempted(answer):
    assert checked(toys.ADD, answer).state is State.NOT_ATTEMPTED


def test_a_class_with_empty_methods_is_not_attempted():
    class Counter:
        def __init__(self, start): ...

        def add(self, amount):
            """To do."""

    assert checked(toys.COUNTER, Counter).state is State.NOT_ATTEMPTED


def test_none_is_not_attempted_where_the_stub_says_none():
    assert checked(toys.WORD, None).state is State.NOT_ATTEMPTED
    assert checked(toys.ZEROS, None).diagnosis == "returns_nothing"


def test_a_placeholder_left_over_is_named():
    def add(first, second):
        total = first + ...
        return total

    def begun(first, second):
        total = first + second
        result = ...
        return result if total is not None else total

    assert checked(toys.ADD, begun).diagnosis == "returns_placeholder"
    assert checked(toys.ADD, add).state is State.NOT_YET


# Right answers


class Adding:
    def __call__(self, first, second):
        return second + first


@pytest.mark.parametrize(
    "answer",
    [
        lambda first, second: first + second,
        tf.function(lambda first, second: first + second),
        functools.partial(lambda zero, first, second: first + second + zero, 0.0),
        tf.add,
        Adding(),
        Adding().__call__,
        lambda *values: values[0] + values[1],
        lambda first, second, scale=1: first + second * scale,
        lambda first, second: first.numpy() + second.numpy(),
        lambda first, second: [float(a + b) for a, b in zip(first, second, strict=True)],
        lambda first, second: [a + b for a, b in zip(first, second, strict=True)],
    ],
)
def test_other_ways_are_right(answer):
    assert checked(toys.ADD, answer).state is State.CORRECT


def test_a_remark_comes_with_a_right_answer():
    def slow(first, second):
        out = []
        for one, other in zip(first, second, strict=True):
            out.append(one + other)
        return out

    result = checked(toys.ADD, slow)
    assert (result.state, result.diagnosis) == (State.CORRECT, "remark")
    assert "It loops." in text_of(result)
    assert "It loops." not in text_of(checked(toys.ADD, toys.add))


def test_classes_are_tried_by_what_their_objects_do():
    assert checked(toys.COUNTER, toys.Counter).state is State.CORRECT
    assert text_of(checked(toys.COUNTER, toys.CounterWithoutVariable)).endswith("Python number.")
    result = checked(toys.COUNTER, toys.Counter(1.0))
    assert result.diagnosis == "not_a_class"
    assert "`Counter`, without brackets" in text_of(result)

    class Resets(toys.Counter):
        def add(self, amount):
            self.value = tf.Variable(amount)
            return self.value.read_value()

    result = checked(toys.COUNTER, Resets)
    assert ("Expected (Counter(5.0).add(3.0))", "8.0") in result.details


@pytest.mark.parametrize("answer", [tf.zeros([2, 3]), np.zeros((2, 3)), [[0, 0, 0], [0, 0, 0]]])
def test_values_of_any_origin_are_right(answer):
    assert checked(toys.ZEROS, answer).state is State.CORRECT


def test_wrong_values():
    assert checked(toys.ZEROS, tf.zeros([3, 2])).diagnosis == "swapped"
    assert checked(toys.ZEROS, (2, 3)).diagnosis == "the_shape"
    assert checked(toys.ZEROS, tf.TensorShape([2, 3])).diagnosis == "the_shape"
    assert checked(toys.ZEROS, tf.zeros([2, 3], tf.int32)).diagnosis == "wrong_dtype"
    assert checked(toys.ZEROS, toys.zeros).diagnosis == "returns_function"
    result = checked(toys.ZEROS, tf.ones([2, 3]))
    assert result.diagnosis == "different_value"
    assert "0.0" not in text_of(result), "the value that is wanted is not given away"


@pytest.mark.parametrize("answer", ["float32", " Float32", tf.float32, np.dtype("float32")])
def test_text_is_compared_as_people_read_it(answer):
    assert checked(toys.WORD, answer).state is State.CORRECT
    assert checked(toys.WORD, "float64").state is State.NOT_YET
    assert checked(toys.WORD, 32).diagnosis == "wrong_kind"


# The wrong kind of thing


@pytest.mark.parametrize(
    ("answer", "diagnosis", "words"),
    [
        (12.0, "not_a_function", "without brackets"),
        (None, "not_a_function", "This is None, not a function"),
        (tf.constant(1.0), "not_a_function", "a tf.Tensor (float32, shape [])"),
        (int, "not_a_function", "This is a class"),
        (lambda: 1, "wrong_arguments", "It is called with 2: `first` and `second`"),
        (lambda a, b, c: 1, "wrong_arguments", "It takes 3 arguments"),
        (lambda a, b: print(a + b), "returns_nothing", "only with `return`"),
        (lambda a, b: toys.add, "returns_function", "brackets"),
        (
            lambda a, b: 3.0 * tf.reduce_sum(a - b),
            "wrong_shape",
            "The task asks for a row of 1 number",
        ),
        (lambda a, b: tf.cast(a + b, tf.int32), "wrong_dtype", "int32; the task asks for float32"),
        (lambda a, b: "12", "wrong_kind", "is text. The task asks for a tf.Tensor"),
        (lambda a, b: (x for x in a), "wrong_kind", "a generator"),
        (lambda a, b: mock.Mock(), "wrong_kind", "an object of type Mock"),
    ],
)
def test_the_wrong_kind_of_thing_is_named(answer, diagnosis, words):
    result = checked(toys.ADD, answer)
    assert result.state is State.NOT_YET
    assert result.diagnosis == diagnosis
    assert words in text_of(result)


def test_one_number_for_each_example():
    result = checked("4.2", lambda p, a: tf.stack([p - a, p - a]))
    assert result.diagnosis == "wrong_shape"
    result = checked("4.3", lambda p, a: tf.square(p - a))
    assert "a number for each example" in text_of(result)
    result = checked("4.2", lambda p, a: float(tf.reduce_mean((p - a) ** 2)))
    assert "Python number" in text_of(result) and "tf.Tensor" in text_of(result)
    result = checked("4.2", lambda p, a: np.sum((p - a) ** 2))
    assert "times the number of examples" in text_of(result)


# Errors


def _item(first, second):
    first[0] = 3.0


def _assign(first, second):
    (first + second).assign(second)


class Forgetful:
    def _init_(self, value): ...

    def _call_(self, value): ...


class ForgetfulModule(tf.Module):
    def _init_(self, one, other): ...

    def _call_(self, value): ...


def _slopes_not_in_a_list(first, second):
    W, b = tf.Variable(1.0), tf.Variable(2.0)
    with tf.GradientTape() as tape:
        loss = W * b
    dW, db = tape.gradient(loss, W, b)
    return dW + db


def _append_twice(first, second):
    losses = []
    for value in (1.0, 2.0):
        losses = losses.append(value)
    return losses


def _raise_text(first, second):
    raise "text"  # noqa: B016


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (lambda a, b: a + tf.constant([1.0, 2.0, 3.0, 4.0]), "", "a row of 1 number"),
        (lambda a, b: tf.zeros([2]) + tf.zeros([3]), "InvalidArgumentError", "[2] and [3] do not"),
        (lambda a, b: np.zeros(2) + np.zeros(3), "ValueError", "[2] and [3] do not"),
        (
            lambda a, b: a + tf.constant([1]),
            "InvalidArgumentError",
            "A float tensor meets an int32",
        ),
        (lambda a, b: tf.constant(1) * 1.5, "TypeError", "1.5 cannot become part of an int32"),
        (_item, "TypeError", "A tensor never changes"),
        (_assign, "AttributeError", "A tensor never changes"),
        (lambda a, b: 0.1 * None, "TypeError", "the tape gives None"),
        (lambda a, b: a - None, "ValueError", "the tape gives None"),
        (lambda a, b: a + b + c, "NameError", "Nothing is called `c`"),  # noqa: F821
        (lambda a, b: a.average() + b, "AttributeError", "There is nothing called `average`"),
        (lambda a, b: tf.sums(a), "AttributeError", "`tensorflow` has nothing that is called"),
        (lambda a, b: a if a > tf.zeros([3]) else b, "ValueError", "one yes or no"),
        (lambda a, b: a(b), "TypeError", "Round brackets after a name"),
        (lambda a, b: [1.0][7], "IndexError", "a place that is not there"),
        (lambda a, b: 1 / 0, "ZeroDivisionError", "divides by zero"),
        (lambda a, b: [1] - [2], "TypeError", "Lists and tuples do no arithmetic"),
        (lambda a, b: Forgetful(1), "TypeError", "two underscores on each side"),
        (lambda a, b: ForgetfulModule(1, 2), "TypeError", "two underscores on each side"),
        (lambda a, b: Forgetful()(1), "TypeError", "two underscores on each side"),
        (lambda a, b: ForgetfulModule()(1), "TypeError", "two underscores on each side"),
        (lambda a, b: tf.Variable(1.0)(2), "TypeError", "Round brackets after a name"),
        (_slopes_not_in_a_list, "TypeError", "as one list, `[model.W, model.b]`"),
        (lambda a, b: list(3.0), "TypeError", "This is a single thing"),
        (
            lambda a, b: tf.GradientTape().gradient(a, [a]),
            "RuntimeError",
            "Or it was never started",
        ),
        (_append_twice, "AttributeError", "do not write `losses =`"),
        (
            lambda a, b: tf.random.stateless_normal(5, seed=[1, 2]),
            "InvalidArgumentError",
            "A shape is a list",
        ),
        (
            lambda a, b: tf.random.stateless_normal([5], seed=1),
            "InvalidArgumentError",
            "two numbers in a list",
        ),
        (lambda a, b: a.shape - 1, "TypeError", "Pick one size: `table.shape[1]`"),
        (lambda a, b: 1 - a.shape, "TypeError", "Pick one size: `table.shape[1]`"),
        (lambda a, b: tf.constant(1) + a, "InvalidArgumentError", "An int32 tensor meets a float"),
        (lambda a, b: a[: 3 / 1], "TypeError", "3, not 3.0"),
        (lambda a, b: [1, 2][: 3 / 1], "TypeError", "3, not 3.0"),
        (lambda a, b: list(range(3 / 1)), "TypeError", "3, not 3.0"),
        (lambda a, b: a[range(2)], "TypeError", "a list or a range picks nothing"),
        (_raise_text, "TypeError", "Only an error can be raised"),
        (lambda a, b: exit(), "SystemExit", "ends the program"),
        (lambda a, b: input("?"), "RuntimeError", "input() cannot ask anybody"),
        (tf.function(lambda a, b: a + tf.zeros([3, 7])[:, :2][0, :0]), "", "shape [0]"),
    ],
)
def test_errors_mean_something(answer, kind, words):
    result = checked(toys.ADD, answer)
    assert words in text_of(result)
    assert not kind or result.diagnosis == f"raises {kind}"
    assert not kind or f"Python says: {kind}" in text_of(result)


def test_an_error_names_input_line_and_message():
    def helper(values):
        return values + tf.zeros([3])

    def answer(first, second):
        return helper(tf.concat([first, second], 0))

    result = checked(toys.ADD, answer)
    details = dict(result.details)
    assert details["With"] == "first = [7.0]; second = [5.0]"
    assert details["Your line"] == "return values + tf.zeros([3])"
    assert details["Python says"] == "InvalidArgumentError: Incompatible shapes: [2] vs. [3]"


def test_a_line_of_ours_is_not_shown_as_the_learners():
    class Parabola:
        def __init__(self, *parameters):
            self.parameters = parameters

    result = checked("3.2", Parabola)  # The case calls its object, in the lesson's file.
    assert result.diagnosis == "raises TypeError"
    assert [label for label, _ in result.details] == ["Python says"]


def test_an_error_inside_a_tf_function_names_the_line():
    @tf.function
    def answer(first, second):
        return tf.concat([first, second], 0) + tf.zeros([3, 3])[0]

    result = checked(toys.ADD, answer)
    assert "return tf.concat([first, second], 0)" in dict(result.details).get("Your line", "")


@pytest.mark.parametrize("error", [KeyboardInterrupt, GeneratorExit, BaseException, SystemExit(3)])
def test_what_is_not_an_exception_is_the_learners_error_too(error):
    def answer(first, second):
        raise error

    assert checked(toys.ADD, answer).diagnosis.startswith("raises")


def test_endless_recursion():
    def answer(first, second):
        return answer(first, second)

    assert "calls itself" in text_of(checked(toys.ADD, answer))


# Misconceptions


def test_a_misconception_wins_over_an_error_and_a_wrong_kind():
    assert checked(toys.ADD, lambda first: first).diagnosis == "forgets_the_second"
    assert checked(toys.ADD, lambda a, b: b + a.total).diagnosis == "adds_an_attribute"
    assert checked(toys.ADD, lambda a, b: a.reduced + b).diagnosis == "raises AttributeError"


def test_else_the_smallest_case_is_shown():
    result = checked(toys.ADD, lambda a, b: a + b if len(a) == 1 else a + b + 0.5)
    assert result.details == (
        ("With", "first = [7.0, 1.5]; second = [5.0, 4.0]"),
        ("Expected", "[12.0, 5.5]"),
        ("Yours", "[12.5, 6.0]"),
    )


# Effects


def test_effects_count():
    assert checked(toys.STEP, toys.step).state is State.CORRECT

    def rebinding(variables, rate):
        variables["W"] = tf.Variable(variables["W"] - rate)

    result = checked(toys.STEP, rebinding)
    assert result.state is State.NOT_YET
    assert "variables afterwards" in text_of(result)

    def one_only(variables, rate):
        variables["W"].assign_sub(rate)
        return variables

    assert ("Expected (variables afterwards: b)", "0.25") in checked(toys.STEP, one_only).details


def test_a_model_keeps_its_variables():
    assert checked(toys.NUDGE, toys.nudge).state is State.CORRECT

    def replaces(model):
        model.W = tf.Variable(model.W + 0.5)

    assert "model.W is still the same tf.Variable" in text_of(checked(toys.NUDGE, replaces))


def test_an_input_must_be_left_as_it_was():
    def answer(first, second):
        first.assign_add(1.0)
        return first

    result = checked("2.1", answer)
    assert "variable" in text_of(result)


def test_errors_can_be_right():
    assert checked(toys.REFUSE, toys.refuse).state is State.CORRECT
    assert checked(toys.REFUSE, lambda v: tf.reduce_sum(v)).diagnosis == "does_not_raise"

    def otherwise(values):
        if len(values.shape) != 1:
            raise KeyError("no")
        return tf.reduce_sum(values)

    assert checked(toys.REFUSE, otherwise).diagnosis == "raises KeyError"


# Predictions


def test_predictions():
    assert checked(toys.CHOICE, ...).state is State.NOT_ATTEMPTED
    assert checked(toys.CHOICE, " B) ").state is State.CORRECT
    progress.forget()
    assert checked(toys.CHOICE, "a").diagnosis == "a"
    for odd in (1, "c", ["b"], object(), "", tf.constant("b")):
        result = checked(toys.CHOICE, odd)
        assert result.diagnosis == "no_choice"
        assert "Because" not in text_of(result)


# The checker's own faults


def test_a_fault_of_the_checker_is_its_own(monkeypatch):
    monkeypatch.setattr(stub, "is_unattempted", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        checked(toys.ADD, toys.add)
    monkeypatch.delenv(STRICT)
    result = checked(toys.ADD, toys.add)
    assert result.state is State.CHECKER_FAILED
    assert "says nothing about your answer" in text_of(result)
    assert "ZeroDivisionError: division by zero" in text_of(result)


def test_a_broken_exercise_is_the_checkers_fault(monkeypatch):
    monkeypatch.delenv(STRICT)
    broken = type(toys.ADD)(
        id="9.9", title="Broken", stub="def f(a): ...", solution=lambda a, b: a.total + b,
        cases=toys.ADD.cases,
    )  # fmt: skip
    assert checked(broken, lambda a, b: a).state is State.CHECKER_FAILED


# Hints and solutions


def test_hints_and_solution(capsys):
    attempt = Attempt(toys.ADD)
    for wanted in ("hint 1 of 2\nLook again.", "hint 2 of 2\nLook closer.", "hint 2 of 2"):
        attempt.hint()
        assert wanted in capsys.readouterr().out
    attempt.solution()
    assert "Try it first?" in capsys.readouterr().out
    attempt.solution()
    assert "def add(first, second):\n    return first + second" in capsys.readouterr().out


def test_a_solution_comes_at_once_after_an_attempt(capsys):
    attempt = Attempt(toys.ZEROS)
    attempt.check(...)
    attempt.solution()
    assert "Try it first?" in capsys.readouterr().out
    attempt = Attempt(toys.ZEROS)
    attempt.check(3)
    attempt.solution()
    assert "zeros = tf.zeros([2, 3])" in capsys.readouterr().out


def test_exercises_are_found_and_remembered():
    assert exercise("4.2") is exercise("4.2")
    assert repr(exercise("4.2")) == "Exercise 4.2, Mean squared error: not attempted."
    for wrong in ("4.99", "77.1", "four", "", "4"):
        with pytest.raises(LookupError, match="There is no exercise"):
            exercise(wrong)


def test_html_and_text_say_the_same(monkeypatch):
    shown = []
    monkeypatch.setattr(render, "display", lambda bundle, **_: shown.append(bundle))
    monkeypatch.setattr(render.InteractiveShell, "initialized", lambda: True)
    checked(toys.ADD, lambda a, b: a + b + "<b>")
    bundle = shown.pop()
    assert set(bundle) == {"text/html", "text/plain"}
    assert 'role="status"' in bundle["text/html"]
    assert "not yet" in bundle["text/html"]
    assert "<b>" not in bundle["text/html"]
    checked(toys.ADD, ...)
    assert shown.pop()["text/plain"] == (
        "Exercise 9.1, Add: not attempted.\nWrite your answer in the cell and run it again."
    )


# Speed


@pytest.mark.parametrize("answer", [toys.add, toys.subtract, lambda a, b: a.nothing])
def test_a_check_is_quick(answer):
    checked(toys.ADD, answer)
    start = time.perf_counter()
    checked(toys.ADD, answer)
    assert time.perf_counter() - start < 0.3


def test_the_same_learner_gets_the_same_random_numbers_after_a_check():
    def drawing(first, second):
        random.random(), np.random.rand(), tf.random.normal([])
        return first + second

    def draws(between):
        random.seed(1), np.random.seed(1), tf.random.set_seed(1)
        first = random.random(), np.random.rand(), tf.random.normal([]).numpy()
        between()
        return first, (random.random(), np.random.rand(), tf.random.normal([]).numpy())

    assert draws(lambda: None) == draws(lambda: checked(toys.ADD, drawing))


def test_the_limit_leaves_room_within_five_seconds():
    assert TIME_LIMIT + PATIENCE < 5


def test_none_from_a_tape_is_not_only_a_missing_return():
    def slope_of_cube(at):
        x = tf.constant(at)
        with tf.GradientTape() as tape:
            cube = x * x * x * 1.5
        return tape.gradient(cube, tf.Variable(at))

    assert "None" in text_of(checked("2.3", slope_of_cube))


@pytest.mark.parametrize(
    ("power", "words"),
    [(lambda x: x ^ 2, "to the power of"), (lambda x: 3.0 ^ 2, "to the power of")],
)
def test_a_power_sign_of_other_languages_is_explained(power, words):
    assert words in text_of(checked("2.3", lambda at: power(tf.Variable(at))))


def test_one_number_for_all_is_asked_only_where_the_solution_reduces():
    for answer in (lambda inputs, W, b: (W * inputs, b), lambda inputs, W, b: [W * inputs + b]):
        text = text_of(checked("3.1", answer)).lower()
        assert "one number" in text
        assert "for each example" not in text


def test_a_part_of_a_result_is_counted_out():
    def split(inputs, outputs, held_out):
        cut = 2 * held_out - 3
        return inputs[:cut], outputs[:cut], inputs[cut:], outputs[cut:]

    assert "The first of the four results of `split` is" in text_of(checked("5.3", split))


def test_an_input_that_was_changed_is_named():
    def clear_rows(table, rows):
        while rows:
            row = rows.pop()
            table[row].assign(tf.zeros_like(table[row]))

    result = checked("2.2", clear_rows)
    assert result.diagnosis == "changes_an_input"
    assert "changed the list `rows` itself" in text_of(result)


def test_a_slope_as_a_number_is_not_told_of_gradients():
    def slope_of_cube(at):
        x = tf.Variable(at)
        with tf.GradientTape() as tape:
            cube = x * x * x
        return tape.gradient(cube, x).numpy()

    text = text_of(checked("2.3", slope_of_cube))
    assert "not a tensor" in text
    assert "any more" not in text


def test_a_keras_layer_can_be_a_parabola():
    class Parabola(tf.keras.Layer):
        def __init__(self, a, b, c):
            super().__init__()
            start = tf.keras.initializers.Constant
            self.a, self.b, self.c = (self.add_weight((), start(each)) for each in (a, b, c))

        def call(self, inputs):
            return self.a * inputs * inputs + self.b * inputs + self.c

    assert checked("3.2", Parabola).state is State.CORRECT


@pytest.mark.parametrize("number", [2.0, 3.0])
def test_a_number_for_the_argument_is_recognised(number):
    def slope_of_cube(at):
        v = tf.Variable(number)
        with tf.GradientTape() as tape:
            cube = v * v * v
        return tape.gradient(cube, v)

    assert "is the same whatever `at` is" in text_of(checked("2.3", slope_of_cube))
