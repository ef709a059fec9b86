"""What is true of a wrong answer in every case, said where no known mistake agrees."""

import inspect
import time

import numpy as np
import pytest
import tensorflow as tf
from answers import checked, checked_code, unlisted
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.engine import run
from exercises.engine.catalogue import find
from exercises.engine.model import Case, Class, Function, Result, State, Value
from exercises.engine.relations import relation
from exercises.engine.stub import solution_code


def asks(solution, *inputs, **fields) -> Function:
    """An exercise without a known mistake, with one case for each tuple of inputs."""
    stub = f"def {solution.__name__}{inspect.signature(solution)}:\n    return ..."
    fields = {"stub": stub, **fields}
    cases = fields.pop("cases", None) or tuple(
        Case(each if callable(each) else lambda each=each: each) for each in inputs
    )
    return Function(id="9.9", title="Toy", solution=solution, cases=cases, **fields)


def row(*numbers):
    return tf.constant(numbers)


def wave(inputs, scale):
    return scale * inputs * inputs - 3.0


WAVE = asks(wave, (row(1.5, -2.0, 4.0), 2.0), (row(0.5, 3.0), -1.5))


def total(values):
    return tf.reduce_sum(values)


TOTAL = asks(total, (row(2.0),), (row(2.0, -3.5, 4.0),))


def mean(values):
    return tf.reduce_mean(values)


MEAN = asks(mean, (row(2.5),), (row(2.0, -3.5, 4.0),), (row(1.0, 5.0),))


def both(first, second):
    return first + 2.0 * second, first * second


BOTH = asks(both, (row(1.5, 2.0, -4.0), row(5.0, 3.0, 7.0)), (row(0.5, 6.0), row(-1.0, 2.5)))


def table(width, height):
    return tf.reshape(tf.range(float(width * height)) ** 2, [height, width])


TABLE = asks(table, (3, 2), (4, 3))


def listing(values, count):
    return [float(value) ** 2 for value in values[:count]]


LISTING = asks(listing, (row(1.5, 4.0, 3.0, 2.0), 3), (row(5.0, 2.0, 8.0, 1.0, 6.0), 4))


def half(values):
    return values / 2.0 + 1.0


HALF = asks(half, (row(1.5, 4.0, 3.0),), (tf.constant(5.0),), (tf.constant([[1.5, 2.5]]),))


def largest(values):
    return tf.reduce_max(values)


LARGEST = asks(largest, (row(1.5, 4.5, 3.0),), (row(5.0, 2.0, 8.0, 1.0),), (row(7.0, 2.0),))


def where_largest(values):
    return tf.argmax(values)


WHERE = asks(where_largest, (tf.constant([1, 4, 3]),), (tf.constant([5, 2, 8, 1]),))


class Line(tf.Module):
    def __init__(self, W, b):
        super().__init__()
        self.W = tf.Variable(W)
        self.b = tf.Variable(b)


def step(model, size):
    model.W.assign_sub(size * 2.0 * model.W)
    model.b.assign_sub(size * 3.0)


STEP = asks(
    step,
    lambda: (Line(5.0, 0.5), 0.25),
    lambda: (Line(-1.5, 4.0), 0.1),
    returns=False,
    called="Your step",
)
BUILT_IN = 0.25


def step_of(W=2.0, b=3.0):
    def answer(model, size):
        model.W.assign_sub(size * W * model.W)
        model.b.assign_sub(size * b)

    return answer


def step_of_a_fixed_size(model, size):
    model.W.assign_sub(BUILT_IN * 2.0 * model.W)
    model.b.assign_sub(BUILT_IN * 3.0)


def steps_of_another_size(model, size):
    fixed = tf.constant([0.3, 0.4])[0]
    model.W.assign_sub(fixed * model.W)
    model.b.assign_sub(fixed)


NOTEBOOKS, ANOTHER = Line(1.5, 1.0), Line(1.5, 1.0)


def step_of_another_model(model, size):
    ANOTHER.W.assign_sub(size)


def by_the_notebooks_model(values, model):
    return values * NOTEBOOKS.W


def by_the_model(values, model):
    return values * model.W


MODEL = asks(
    by_the_model, lambda: (row(1.5, 2.0), Line(3.0, 1.0)), lambda: (row(4.0), Line(-2.0, 2.0))
)


def squares_of_each(values):
    return tf.square(values)


EACH = asks(squares_of_each, (row(1.5, -4.0, 3.0),), (row(5.0, 2.0, -8.0, 1.0),))


def shifted(values, by):
    return values + by


SHIFTED = asks(shifted, (row(1.5, -4.0, 3.0), 2.5), (row(5.0, 2.0), -1.5))


def pairs(inputs, outputs):
    return inputs, outputs


PAIRS = asks(pairs, (row(1.0, 2.0, 3.0, 4.0), row(5.0, 6.0, 7.0, 8.0)))


def running(values):
    return tf.cumsum(values)


def mixed(values):
    return tf.gather(tf.cumsum(values), [1, 0, 3, 2])


RUNNING = asks(running, (row(1.5, -4.0, 3.0),), (row(5.0, 2.0, 8.0, 1.0),))


def grown(variable, times):
    for _ in range(times):
        variable.assign(1.5 * variable + 1.0)


GROWN = asks(grown, lambda: (tf.Variable(2.0), 2), lambda: (tf.Variable(-3.0), 3), returns=False)

TOYS = (
    (WAVE, lambda x, c: 3.0 * wave(x, c), "factor", "is 3 times what is asked for"),
    (WAVE, lambda x, c: wave(x, c) / 2.0, "factor", "is half of what is asked for"),
    (WAVE, lambda x, c: wave(x, c) + 3.0, "offset", "is 3 too large everywhere"),
    (WAVE, lambda x, c: -wave(x, c), "sign", "with the opposite sign"),
    (WAVE, lambda x, c: tf.abs(wave(x, c)), "absolute", "without the signs"),
    (WAVE, lambda x, c: wave(x, c) ** 2, "square", "the square of what is asked for"),
    (EACH, lambda x: tf.abs(x), "root", "the square root of what is asked for"),
    (EACH, lambda x: 1 / x**2, "reciprocal", "1 divided by what is asked for"),
    (EACH, lambda x: x, "as_it_came", "is `values` as it came in"),
    (EACH, lambda x: x**4, "square", ""),
    (EACH, lambda x: tf.stack([x, x * x], 1), "beside", "each stands beside something else"),
    (LISTING, lambda x, n: list(enumerate(listing(x, n))), "beside", "each stands beside"),
    (EACH, lambda x: [(i, v**2) for i, v in enumerate(x)], "beside", "each stands beside"),
    (LISTING, lambda x, n: list(range(n)), "counting", "is only 0, 1 and so on"),
    (LISTING, lambda x, n: list(range(1, n + 1)), "counting", "is only 1, 2 and so on"),
    (HALF, lambda x: 2 * half(x), "factor", "is twice what is asked for"),
    (BOTH, lambda x, y: both(x, y)[0], "one_result", "What `both` returns is only the first of"),
    (SHIFTED, lambda x, by: x - by, "negated", "if `by` had the opposite sign"),
    (SHIFTED, lambda x, by: x + by + by, "twice", "is what comes of doing it twice"),
    (SHIFTED, lambda x, by: x + 2.5, "built_in", "whatever `by` is: always as for the number 2.5"),
    (SHIFTED, lambda x, by: x + BUILT_IN, "built_in", "always as for the notebook's `BUILT_IN`"),
    (SHIFTED, lambda x, by=9: x * x, "unused", "is the same whatever `by` is"),
    (SHIFTED, lambda x, by: by, "as_it_came", "`by`"),
    (WAVE, lambda x, c: tf.zeros(3), "unused", "whatever `inputs` and `scale` are"),
    (WAVE, lambda x, c: wave(x, c)[:, None], "shape", "one axis too many"),
    (WAVE, lambda x, c: c * x * x[:, None] - 3.0, "all_pairs", "a table of all pairs"),
    (WAVE, lambda x, c: wave(x, c)[::-1], "reversed", "in reverse order"),
    (EACH, lambda x: tf.sort(tf.square(x)), "sorted", "sorted by size"),
    (WAVE, lambda x, c: tf.reduce_sum(wave(x, c)), "reduced", "the sum of the numbers"),
    (TOTAL, lambda x: x, "not_reduced", "not put together yet"),
    (TOTAL, lambda x: tf.reduce_mean(x), "per_count", "divided by the number of examples"),
    (MEAN, lambda x: tf.reduce_sum(x), "times_count", "times the number of examples"),
    (MEAN, lambda x: x[0], "first_alone", "if the first of `values` were the only one"),
    (MEAN, lambda x: x[-1], "last_alone", "if the last of `values` were the only one"),
    (TOTAL, lambda x: tf.reduce_sum(x[1:]), "without_first", "the first of `values` were not"),
    (TABLE, lambda w, h: tf.transpose(table(w, h)), "transposed", "columns have changed places"),
    (TABLE, lambda w, h: tf.reshape(table(w, h), [-1]), "shape", "shape [6] where shape [2, 3] is"),
    (TABLE, lambda w, h: table(w, h)[1:], "first_missing", "The first row is missing"),
    (TABLE, lambda w, h: table(w, h)[:, :-1], "last_missing", "The last column is missing"),
    (WAVE, lambda x, c: wave(c, x), "swapped", "if `inputs` and `scale` changed places"),
    (TABLE, lambda w, h: table(w + 1, h), "one_more", "if `width` were one larger"),
    (TABLE, lambda w, h: table(w, h - 1), "last_missing", "The last row is missing"),
    (LISTING, lambda x, n: listing(x, n - 1), "one_fewer", "if `count` were one smaller"),
    (LISTING, lambda x, n: listing(x, n)[:-1], "last_missing", "The last number is missing"),
    (GROWN, lambda v, times: v.assign(1.5 * v + 1.0), "once", "always as for `times` = 1"),
    (LISTING, lambda x, n: listing(x, 2), "built_in", "always as for the number 2"),
    (LISTING, lambda x, n: listing(x, n)[1:], "first_missing", "The first number is missing"),
    (LISTING, lambda x, n: listing(x, n)[:1], "first_only", "Only the first number comes back"),
    (LISTING, lambda x, n: listing(x, n)[-1], "last_only", "Only the last number comes back"),
    (LISTING, lambda x, n: [0.0, *listing(x, n)], "one_before", "before the right ones"),
    (LISTING, lambda x, n: [*listing(x, n), 0.0], "one_behind", "after the right ones"),
    (LISTING, lambda x, n: [0.0, *listing(x, n)][:-1], "late", "one place too late"),
    (LISTING, lambda x, n: [*listing(x, n), 0.0][1:], "early", "one place too early"),
    (LISTING, lambda x, n: [listing(x, 1)[0]] + [0.5] * (n - 1), "first_right", "The first number"),
    (TOTAL, lambda x: x[0] * len(x) ** 3, "one_example", "is right for one example"),
    (BOTH, lambda x, y: both(x, y)[::-1], "results_order", "in another order"),
    (BOTH, lambda x, y: both(x, y)[1], "one_result", "only the second of the two results"),
    (BOTH, lambda x, y: (x + 2.0 * y, 2.0 * x * y), "factor", "second of the two results is twice"),
    (BOTH, lambda x, y: (x + 2.0 * y, x * y * y), "one_part", "is right; the second"),
    (LARGEST, lambda x: tf.argmax(x), "place_for_value", "the place where a number stands"),
    (WHERE, lambda x: tf.reduce_max(x), "value_for_place", "the number itself"),
    (STEP, lambda model, size: None if model.W else 0, "unmoved", "`model.W` and `model.b` are as"),
    (STEP, step_of(b=0.0), "unmoved", "`model.W` is right afterwards, but `model.b` is as"),
    (STEP, step_of(4.0, 6.0), "factor", "and the step of `model.b` are twice"),
    (STEP, step_of(b=-3.0), "sign", "The step of `model.b` is of the right size"),
    (STEP, step_of(3.0, 7.0), "", ""),
    (STEP, step_of(b=7.0), "factor", "The step of `model.b` is 2.333 times"),
    (STEP, step_of_a_fixed_size, "built_in", "Your step is the same whatever `size` is"),
    (STEP, steps_of_another_size, "unused", "Your step is the same whatever `size` is. Where"),
    (STEP, step_of_another_model, "unmoved", "as before the call"),
    (MODEL, by_the_notebooks_model, "unused", "Your lines use the notebook's `NOTEBOOKS`"),
    (PAIRS, lambda x, y: (x, y[::-1]), "reversed", "The first of the two results is right"),
    (PAIRS, lambda x, y: (x[::-1], tf.roll(y, 1, 0)), "pairs_apart", "beside the output"),
    (RUNNING, lambda x: tf.cumsum(x)[::-1] * 1.0 if len(x) == 3 else mixed(x), "another_order", ""),
)  # fmt: skip


def told(exercise, answer) -> Result:
    """What is found; nothing that is said is long, or given without a question."""
    return proper(checked(exercise, answer))


def proper(result: Result) -> Result:
    assert result.state is State.NOT_YET
    if result.diagnosis.startswith("relation"):
        assert len(result.message.split()) <= 60
        assert result.message.endswith("?")
        assert result.details
    return result


def is_told(result, name):
    """What is seen of the results may stand before what its lines show: that gives the name."""
    return result.diagnosis == name or result.diagnosis.startswith("reading ")


@pytest.mark.parametrize(
    ("exercise", "answer", "name", "words"),
    TOYS,
    ids=[f"{number}-{toy[2]}" for number, toy in enumerate(TOYS)],
)
def test_the_relation_is_named(exercise, answer, name, words):
    result = told(exercise, answer)
    assert is_told(result, f"relation {name}" if name else "different_value")
    assert words in result.message


# Real exercises, with answers that nobody has listed

MSE = "tf.reduce_mean(tf.square(predicted - actual))"
EACH_SQUARE = "return tf.reduce_sum((p - a) ** 2)"
LARGEST_ERROR = "tf.reduce_max(tf.abs(predicted - actual))"
LEARN_W = "model.W.assign_sub(learning_rate * dW)"
LEARN_B = "model.b.assign_sub(learning_rate * db)"
LOSS = "mean_squared_error(model(inputs), outputs)"
OUTPUTS = "inputs * W + b + noise"
LAST_COLUMNS = "table[:, -count:]"

REAL = (
    ("1.1", {" / 9.0": ""}, "factor", "is 9 times what is asked for"),
    ("1.1", {"32.0": "30.0"}, "offset", "is 1.111 too large everywhere"),
    ("1.1", {"fahrenheit - 32.0": "32.0 - fahrenheit"}, "sign", "opposite sign"),
    ("1.1", {"(fahrenheit - 32.0) * 5.0 / 9.0": "fahrenheit"}, "as_it_came", "`fahrenheit` as it"),
    ("1.2", {"-count": "-3"}, "unused", "is the same whatever `count` is"),
    ("1.2", {LAST_COLUMNS: f"tf.transpose({LAST_COLUMNS})"}, "transposed", "rows and columns"),
    ("1.2", {LAST_COLUMNS: "table[::-1, -count:]"}, "reversed", "in reverse order"),
    ("1.2", {LAST_COLUMNS: "table[:, -1:]"}, "last_only", "Only the last column comes back"),
    ("1.3", {"table - tf.reduce_mean(table, axis=0)": "table"}, "as_it_came", "`table` as it came"),
    ("2.1", {"2.0": "-2.0"}, "sign", "`variable` afterwards is of the right size"),
    ("2.2", {"in rows": "in rows[1:]"}, "without_first", "if the first of `rows` were not there"),
    ("2.3", {"tf.Variable(at)": "tf.Variable(5.0)"}, "built_in", "always as for the number 5"),
    ("2.3", {"return ": "return 2.0 * "}, "factor", "is twice what is asked for"),
    ("3.1", {"+ b": "- b"}, "negated", "if `b` had the opposite sign"),
    ("3.1", {"W * inputs": "3.0 * inputs"}, "built_in", "whatever `W` is: always as for the num"),
    ("4.1", {" - ": " + "}, "negated", "if `actual` had the opposite sign"),
    ("4.1", {"predicted - actual": "predicted"}, "as_it_came", "is `predicted` as it came in"),
    ("4.2", {MSE: f"{MSE} / len(predicted)"}, "per_count", "divided by the number of examples"),
    ("4.2", {" - actual": ""}, "unused", "is the same whatever `actual` is"),
    ("4.2", {MSE: f"-{MSE}"}, "sign", "with the opposite sign"),
    (
        "4.2",
        {f"return {MSE}": f"for p, a in zip(predicted, actual):\n        {EACH_SQUARE}"},
        "first_alone",
        "would be right if the first example were the only one",
    ),
    ("4.3", {LARGEST_ERROR: f"2 * {LARGEST_ERROR}"}, "factor", "is twice what is asked for"),
    ("4.3", {LARGEST_ERROR: f"tf.sqrt({LARGEST_ERROR})"}, "root", "square root"),
    ("5.1", {" + b": ""}, "unused", "is the same whatever `b` is"),
    ("5.1", {OUTPUTS: OUTPUTS.replace("W", "3.0")}, "built_in", "always as for the number 3"),
    ("5.1", {"[num_examples]": "[5]"}, "built_in", "whatever `num_examples` is"),
    ("5.1", {"+ noise": "+ 0.5 * noise"}, "one_part", "is right; the second is not"),
    ("5.1", {f"inputs, {OUTPUTS}": "inputs"}, "one_result", "only the first of the two results"),
    ("5.3", {"- held_out": "- held_out - 1"}, "one_more", "if `held_out` were one larger"),
    ("5.3", {"- held_out": "- 2"}, "built_in", "`held_out` is: always as for the number 2"),
    ("6.1", {"2.0 *": "3.0 *"}, "factor", "are 1.5 times what is asked for"),
    ("6.1", {", tf.reduce_mean(2.0": ", tf.reduce_mean(-2.0"}, "sign", "two results is right. The"),
    ("6.1", {", tf.reduce_mean": ", tf.reduce_sum"}, "times_count", "times the number of examples"),
    ("6.1", {"W * inputs + b": "b * inputs + W"}, "swapped", "if `W` and `b` changed places"),
    ("6.2", {LEARN_W: LEARN_W.replace("learning_rate", "0.1"),
             LEARN_B: LEARN_B.replace("learning_rate", "0.1")}, "built_in", "the number 0.1"),
    ("6.2", {"learning_rate *": "2 * learning_rate *"}, "factor", "are twice what is asked for"),
    ("6.2", {"b.assign_sub": "b.assign_add"}, "sign", "The step of `model.b` is of the right size"),
    ("6.2", {LEARN_W: "pass"}, "unmoved", "`model.W` is as before the call"),
    ("6.2", {LOSS: "tf.reduce_sum(tf.square(model(inputs) - outputs))"}, "times_count", "are what"),
    ("6.2", {"model(inputs), outputs": "model(outputs), inputs"}, "swapped", "changed places"),
    ("6.2", {"return loss": "return 0.5 * loss"}, "factor", "is half of what is asked for"),
    ("6.3", {"outputs, learning_rate)\n    ": "outputs, 0.05)\n    "}, "built_in", "0.05"),
    ("6.3", {"range(epochs)": "range(2)"}, "built_in", "`epochs` is: always as for the number 2"),
    ("6.3", {"return losses": "return losses[::-1]"}, "reversed", "in reverse order"),
    ("6.3", {"float(loss)": "len(inputs) * float(loss)"}, "times_count", "number of examples"),
    ("7.1", {"self.W * inputs + self.b": "-(self.W * inputs + self.b)"}, "sign", "What comes out"),
    ("7.2", {"return ": "return 2 * "}, "factor", "is twice what is asked for"),
    ("7.2", {"tf.reduce_mean(": "("}, "not_reduced", "not put together yet"),
    ("7.3", {"(learning_rate *": "(0.02 *"}, "built_in", "always as for the number 0.02"),
    ("7.3", {"(learning_rate *": "(2 * learning_rate *"}, "first_right", "those after it are not"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("exercise_id", "slips", "name", "words"),
    REAL,
    ids=[f"{each[0]}-{each[2]}-{number}" for number, each in enumerate(REAL)],
)
def test_it_is_named_in_real_exercises(exercise_id, slips, name, words):
    code = solution_code(find(exercise_id))
    for right, wrong in slips.items():
        assert right in code
        code = code.replace(right, wrong)
    result = proper(unlisted(exercise_id, code))
    assert is_told(result, f"relation {name}")
    assert words in result.message


def test_a_global_of_the_notebook_is_named():
    code = """
    x = tf.constant([1.0, 2.0])
    W, b = 5.0, 0.5

    def line(inputs, slope, start):
        return W * inputs + b
    """
    assert "for the notebook's `W` and the notebook's `b`" in checked_code("3.1", code).message


# Values: never the number that is asked for


def parameters():
    return [60.0, 40.0, 25.0]


VALUE = Value(id="9.8", title="Value", stub="parameters = ...", solution=parameters)


@pytest.mark.parametrize(
    ("answer", "name", "words"),
    [
        ([120.0, 80.0, 50.0], "factor", "one and the same factor everywhere"),
        ([62.0, 42.0, 27.0], "offset", "one and the same amount everywhere"),
        ([-60.0, -40.0, -25.0], "sign", "opposite sign"),
        ([60.0, -40.0, 25.0], "entries", "only the second has the wrong sign"),
        ([1 / 60, 40.0, 25.0], "entries", "only the first is 1 divided by"),
        ([60.0, 40.0, 7.0], "entries", "only the third is not right"),
        ([40.0, 60.0, 25.0], "another_order", "in another order"),
        ([25.0, 60.0, 40.0], "late", "one place too late"),
        ([[60.0], [40.0], [25.0]], "shape", "one axis too many"),
        ([25.0, 40.0, 60.0], "another_order", ""),  # Sorted or reversed? Nobody knows.
        ([3.0, 9.0, 1.0], "", "That is not it"),
    ],
)
def test_a_value_is_not_given_away(answer, name, words):
    result = told(VALUE, answer)
    assert result.diagnosis == (f"relation {name}" if name else "different_value")
    assert words in result.message
    assert not any(number in result.message for number in ("60", "40", "25"))


def test_one_number_is_no_evidence_of_a_factor():
    single = Value(id="9.8", title="Value", stub="number = ...", solution=lambda: 6.0)
    assert checked(single, 12.0).diagnosis == "different_value"
    assert checked(single, -6.0).diagnosis == "relation sign"


# Classes: what their objects give


class Doubling:
    def __init__(self, start):
        self.start = start

    def times(self, number):
        return 2.0 * number * self.start


def _used(cls):
    return {"Doubling(5.0).times(3.0)": cls(5.0).times(3.0), "once more": cls(1.5).times(-4.0)}


def test_what_an_object_gives_is_related_as_well():
    exercise = Class(
        id="9.7",
        title="Class",
        stub="class Doubling:\n    def __init__(self, start):\n        ...",
        solution=Doubling,
        cases=(Case(call=_used),),
    )

    class Half(Doubling):
        def times(self, number):
            return 1.0 * number * self.start

    result = told(exercise, Half)
    assert result.diagnosis == "relation factor"
    assert "is half of what is asked for" in result.message or "are half" in result.message
    assert dict(result.details)["Expected (Doubling(5.0).times(3.0))"] == "30.0"


# What must not be said


calls = []


def counting(inputs, scale):
    calls.append(inputs)
    return float(len(calls)) * inputs


def raising_elsewhere(inputs, scale):
    if scale not in (2.0, -1.5):
        raise KeyError(scale)
    return 3.0 * wave(inputs, scale)


def never_ending_elsewhere(inputs, scale):
    while scale not in (2.0, -1.5):
        pass
    return 3.0 * wave(inputs, scale)


def catching_elsewhere(inputs, scale):
    while scale not in (2.0, -1.5):
        try:
            time.sleep(0.01)
        except BaseException:
            break
    return 3.0 * wave(inputs, scale)


class Odd:
    def __getattr__(self, name):
        raise RuntimeError

    def __call__(self, inputs, scale):
        return inputs * scale

    def __eq__(self, other):
        raise RuntimeError

    def __array__(self, *args, **kwargs):
        raise RuntimeError

    __hash__ = None


ODD = Odd()


UNSURE = (
    lambda x, c: wave(x, c) * tf.cast(tf.range(2, len(x) + 2), tf.float32),
    lambda x, c: tf.sin(17.0 * x) * c,
    lambda x, c: tf.random.normal([len(x)]),
    counting,
    raising_elsewhere,
    lambda x, c: 3.0 * wave(x, c) if c in (2.0, -1.5) else x,
    lambda x, c: print(x),
    lambda x, c: Odd(),
    lambda x, c: [Odd()] * 3,
    ODD,
    lambda x, c: x * 0.0 + 7.0 % 10**400,
    lambda x, c, odd=ODD, rows=[]: x * ODD,
    lambda x, c: "text",
    lambda x, c: {"a": x},
    lambda x, c: [x, c],
    lambda x, c: [x, tf.Variable(c)],
    lambda x, c: (x, x[:1]),
    lambda x, c: tf.cast(wave(x, c) * 2.0, tf.int32),
    lambda x, c: tf.fill([3], float("nan")) + wave(x, c)[0],
    lambda x, c: wave(x, c) > 0.0,
    lambda x, c: tf.zeros([0]) * c + tf.zeros([0]) * x[:0],
    lambda *values: (value for value in values),
)


@pytest.mark.parametrize("number", range(len(UNSURE)))
def test_nothing_is_said_that_is_not_sure(number):
    result = checked(WAVE, UNSURE[number])  # By number: pytest would look at what is odd.
    assert result.state is State.NOT_YET
    assert not result.diagnosis.startswith("relation") or "whatever" in result.message


@pytest.mark.parametrize("answer", [never_ending_elsewhere, catching_elsewhere])
def test_what_never_ends_elsewhere_is_stopped(answer, monkeypatch):
    checked(WAVE, lambda x, c: x)  # What the solution gives is kept from now on.
    monkeypatch.setattr(run, "TIME_LIMIT", 1.2)
    start = time.perf_counter()
    assert checked(WAVE, answer).diagnosis == "different_value"
    assert time.perf_counter() - start < 3


def test_an_error_in_a_later_case_is_not_related():
    def answer(inputs, scale):
        return 3.0 * wave(inputs, scale) if scale == 2.0 else inputs.oops

    assert checked(WAVE, answer).diagnosis == "different_value"


def test_right_numbers_of_another_kind_are_for_others():
    exact = asks(wave, *(case.inputs for case in WAVE.cases), exact=True)
    assert checked(exact, lambda x, c: wave(x, c).numpy()).diagnosis == "wrong_kind"
    assert checked(exact, lambda x, c: 3.0 * wave(x, c).numpy()).diagnosis == "relation factor"


def test_what_was_passed_and_changed_is_still_named():
    def answer(inputs, variable):
        variable.assign_add(1.0)
        return inputs * 2.0

    exercise = asks(
        lambda inputs, variable: inputs * 2.0,
        lambda: (row(1.5, 2.0), tf.Variable(3.0)),
        stub="def doubled(inputs, variable):\n    return ...",
    )
    assert checked(exercise, answer).diagnosis == "changes_an_input"


def test_two_explanations_are_none():
    """One more of either input explains it, and nothing says which."""

    def square(first, second):
        return (first + second) ** 2

    exercise = asks(square, (3, 4), (5, 9))
    result = checked(exercise, lambda first, second: (first + second + 1) ** 2)
    assert result.diagnosis == "different_value"

    exercise = asks(lambda first, second: first - second, (5, 3), (9, 4), stub=STUB)
    result = checked(exercise, lambda first, second: first - second + 1)
    assert result.diagnosis == "relation offset", "which of the two is one off, nobody knows"


STUB = "def difference(first, second):\n    return ..."


def test_known_mistakes_come_first():
    exercise = asks(wave, *(case.inputs for case in WAVE.cases))
    exercise.mistake("thrice", lambda x, c: 3.0 * wave(x, c)).says("Three times. Why?")
    assert checked(exercise, lambda x, c: wave(x, c) * 3.0).diagnosis == "thrice"


def test_everything_equal_is_no_evidence():
    """One number, the same everywhere, is any multiple of any other."""
    exercise = asks(lambda first: tf.ones(2), (row(1.0, 2.0),), (row(3.0, 4.0),), stub=ONES)
    assert checked(exercise, lambda first: 3.0 * tf.ones(2)).diagnosis == "different_value"
    assert checked(exercise, lambda first: tf.zeros(2)).diagnosis == "different_value"


ONES = "def ones(first):\n    return ..."


# Properties

NUMBERS = st.floats(-50, 50, width=32).filter(lambda number: abs(number) > 0.01)


@settings(max_examples=40, deadline=None)
@given(
    factor=NUMBERS.filter(lambda c: min(abs(c - 1), abs(c + 1), abs(c)) > 0.05),
    slope=NUMBERS,
    start=NUMBERS,
    inputs=st.lists(NUMBERS, min_size=3, max_size=6, unique_by=lambda number: round(number, 1)),
)
def test_a_multiple_is_called_a_multiple(factor, slope, start, inputs):
    def straight(inputs):
        return slope * inputs + start

    exercise = asks(straight, (row(*inputs),), (row(*inputs[:2]),))
    result = checked(exercise, lambda x: factor * straight(x))
    assert result.diagnosis == "relation factor"


@settings(max_examples=40, deadline=None)
@given(
    numbers=st.lists(st.floats(width=32) | st.integers(-5, 5), max_size=4),
    shape=st.sampled_from(["flat", "column", "row", "single", "list", "pair"]),
)
def test_nothing_ever_raises(numbers, shape):
    def answer(inputs, scale):
        array = np.asarray(numbers, np.float32)
        made = {
            "flat": lambda: array,
            "column": lambda: tf.constant(array[:, None]),
            "row": lambda: array[None],
            "single": lambda: tf.constant(array[0]) if numbers else 0,
            "list": lambda: [tf.constant(number) for number in array],
            "pair": lambda: (array, scale),
        }
        return made[shape]()

    result = checked(WAVE, answer)
    assert result.state is State.NOT_YET
    outcomes, _ = run.run_cases(BOTH, lambda x, y: answer(x, 2.0), 60)
    relation(BOTH, lambda x, y: answer(x, 2.0), run.outcomes_of(BOTH), outcomes)
