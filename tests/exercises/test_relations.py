"""What is true of a wrong answer in every case, said where no known mistake agrees."""

import inspect
import math
import time

import numpy as np
import pytest
import tensorflow as tf
from answers import checked, checked_code
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.engine import relations, run, trials
from exercises.engine.check import measure_of
from exercises.engine.model import Case, Class, Function, Result, State, Value
from exercises.engine.render import text_of
from exercises.engine.stub import stub_name


def asks(solution, *inputs, **fields) -> Function:
    """An exercise without a known mistake, with one case for each tuple of inputs."""
    stub = f"def {solution.__name__}{inspect.signature(solution)}:\n    return ..."
    cases = fields.pop("cases", None) or tuple(
        Case(each if callable(each) else lambda each=each: each) for each in inputs
    )
    return Function(id="9.9", title="Toy", stub=stub, solution=solution, cases=cases, **fields)


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
    (SHIFTED, lambda x, by: x - by, "negated", "if `by` had the opposite sign"),
    (SHIFTED, lambda x, by: x + by + by, "twice", "is what comes of doing it twice"),
    (SHIFTED, lambda x, by: x + 2.5, "built_in", "whatever `by` is: the number 2.5 is used"),
    (SHIFTED, lambda x, by: x + BUILT_IN, "built_in", "the notebook's `BUILT_IN` is used"),
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
    (TABLE, lambda w, h: tf.transpose(table(w, h)), "transposed", "in each other's place"),
    (TABLE, lambda w, h: tf.reshape(table(w, h), [-1]), "shape", "[6] where [2, 3] is asked"),
    (TABLE, lambda w, h: table(w, h)[1:], "first_missing", "The first row is missing"),
    (TABLE, lambda w, h: table(w, h)[:, :-1], "last_missing", "The last column is missing"),
    (WAVE, lambda x, c: wave(c, x), "swapped", "if `inputs` and `scale` changed places"),
    (TABLE, lambda w, h: table(w + 1, h), "one_more", "if `width` were one larger"),
    (TABLE, lambda w, h: table(w, h - 1), "last_missing", "The last row is missing"),
    (LISTING, lambda x, n: listing(x, n - 1), "one_fewer", "if `count` were one smaller"),
    (LISTING, lambda x, n: listing(x, n)[:-1], "last_missing", "The last number is missing"),
    (LISTING, lambda x, n: listing(x, 1), "first_only", "Only the first number comes back"),
    (LISTING, lambda x, n: listing(x, 2), "built_in", "the number 2 is used instead"),
    (LISTING, lambda x, n: listing(x, n)[1:], "first_missing", "The first number is missing"),
    (LISTING, lambda x, n: listing(x, n)[:1], "first_only", "Only the first number comes back"),
    (LISTING, lambda x, n: listing(x, n)[-1], "last_only", "Only the last number comes back"),
    (LISTING, lambda x, n: [0.0, *listing(x, n)], "one_before", "before the right ones"),
    (LISTING, lambda x, n: [*listing(x, n), 0.0], "one_behind", "behind the right ones"),
    (LISTING, lambda x, n: [0.0, *listing(x, n)][:-1], "late", "one place too late"),
    (LISTING, lambda x, n: [*listing(x, n), 0.0][1:], "early", "one place too early"),
    (LISTING, lambda x, n: [listing(x, 1)[0]] + [0.5] * (n - 1), "first_right", "The first number"),
    (TOTAL, lambda x: x[0] * len(x) ** 3, "one_example", "is right for one example"),
    (BOTH, lambda x, y: both(x, y)[::-1], "results_order", "in another order"),
    (BOTH, lambda x, y: both(x, y)[1], "one_result", "only the second of the two results"),
    (BOTH, lambda x, y: (x + 2.0 * y, 2.0 * x * y), "factor", "The second of the two results is twi"),
    (BOTH, lambda x, y: (x + 2.0 * y, x * y * y), "one_part", "is right; the second"),
    (LARGEST, lambda x: tf.argmax(x), "place_for_value", "the place where a number stands"),
    (WHERE, lambda x: tf.reduce_max(x), "value_for_place", "the number itself"),
    (STEP, lambda model, size: None if model.W else 0, "unmoved", "`model.W` and `model.b` are as"),
    (STEP, step_of(b=0.0), "unmoved", "`model.W` is right afterwards, but `model.b` is as"),
    (STEP, step_of(4.0, 6.0), "factor", "The step of `model.W` and the step of `model.b` are twice"),
    (STEP, step_of(b=-3.0), "sign", "The step of `model.b` is of the right size"),
    (STEP, step_of(3.0, 7.0), "", ""),
    (STEP, step_of(b=7.0), "factor", "The step of `model.b` is 2.333 times"),
    (STEP, step_of_a_fixed_size, "built_in", "Your step is the same whatever `size` is"),
    (STEP, steps_of_another_size, "unused", "Your step is the same whatever `size` is. Where"),
    (STEP, step_of_another_model, "unmoved", "as before the call"),
    (MODEL, by_the_notebooks_model, "unused", "Your lines use the notebook's `NOTEBOOKS`"),
    (PAIRS, lambda x, y: (x, y[::-1]), "reversed", "The first of the two results is right"),
    (PAIRS, lambda x, y: (x[::-1], tf.roll(y, 1, 0)), "pairs_apart", "beside the output of another"),
    (RUNNING, lambda x: tf.cumsum(x)[::-1] * 1.0 if len(x) == 3 else mixed(x), "another_order", ""),
)  # fmt: skip


def told(exercise, answer) -> Result:
    """What is found; nothing that is said is long, or given without a question."""
    result = checked(exercise, answer)
    assert result.state is State.NOT_YET
    if result.diagnosis.startswith("relation"):
        assert len(result.message.split()) <= 60
        assert result.message.endswith("?")
        assert result.details
    return result


@pytest.mark.parametrize(
    ("exercise", "answer", "name", "words"),
    TOYS,
    ids=[f"{number}-{toy[2]}" for number, toy in enumerate(TOYS)],
)
def test_the_relation_is_named(exercise, answer, name, words):
    result = told(exercise, answer)
    assert result.diagnosis == (f"relation {name}" if name else "different_value") or not name
    assert words in result.message
    assert name or not result.diagnosis.startswith("relation")
