"""Answers to the exercises of lesson 04 that learners type, and what each of them is told."""

import textwrap

import pytest
from answers import checked_code

from exercises.engine.model import State
from exercises.engine.render import text_of


def code(exercise_id: str, body: str) -> str:
    """A cell with a function under the exercise's name, from its lines."""
    names = {"4.1": "residuals", "4.2": "mean_squared_error", "4.3": "largest_error"}
    lines = body if "\n" in body else f"return {body}"
    return f"def {names[exercise_id]}(predicted, actual):\n{textwrap.indent(lines, '    ')}"


def loop(compared: str, kept: str) -> str:
    """A search for the largest, one by one."""
    return f"""\
largest = 0
for p, a in zip(predicted, actual):
    if {compared} > largest:
        largest = {kept}
return largest"""


RIGHT = (
    ("4.1", "predicted.numpy() - actual.numpy()"),
    ("4.1", "[float(p) - float(a) for p, a in zip(predicted, actual)]"),
    ("4.1", "list(map(lambda p, a: p - a, predicted, actual))"),
    ("4.2", "sum((predicted - actual) ** 2) / len(predicted)"),
    ("4.2", "tf.reduce_mean(tf.square(predicted - actual), axis=0)"),
    ("4.2", "tf.add_n([(p - a) ** 2 for p, a in zip(predicted, actual)]) / len(actual)"),
    (
        "4.2",
        """\
total = 0
for p, a in zip(predicted, actual):
    total = total + (p - a) ** 2
return total / len(predicted)""",
    ),
    ("4.3", "max(abs(predicted - actual))"),
    ("4.3", "max([abs(p - a) for p, a in zip(predicted, actual)])"),
    ("4.3", "sorted(tf.abs(predicted - actual))[-1]"),
    ("4.3", "tf.reduce_max(tf.abs(predicted - actual), axis=0)"),
    ("4.3", loop("abs(p - a)", "abs(p - a)")),
)

WRONG = (
    ("4.1", "tf.abs(predicted - actual)", "without the direction"),
    ("4.1", "sum(predicted - actual)", "This adds all residuals up to one number"),
    ("4.1", "(predicted - actual).numpy().round(2)", "rounded to two decimals"),
    ("4.1", "predicted / actual", "For a perfect prediction that makes 1"),
    ("4.1", "predicted + actual", "This adds predicted and actual values."),
    ("4.1", "predicted, actual", "Nothing is compared yet."),
    ("4.1", "[p - a for p in predicted for a in actual]", "three examples give nine numbers"),
    (
        "4.1",
        """\
found = []
for p, a in zip(predicted, actual):
    found += p - a
return found""",
        "an empty list gives an empty result",
    ),
    (
        "4.2",
        "tf.reduce_mean(tf.square(predicted), tf.square(actual))",
        "the second place is for `axis`",
    ),
    ("4.2", "tf.reduce_mean(predicted, actual)", "the second place is for `axis`"),
    ("4.2", "tf.reduce_mean(tf.square(predicted - actual), axis=1)", "is the second axis"),
    ("4.2", "tf.reduce_sum(tf.square(predicted - actual)) / 5", "have five points"),
    ("4.2", "tf.reduce_sum(tf.square(predicted - actual)) / 2", "halves the sum"),
    ("4.2", "tf.square(predicted - actual) / len(predicted)", "leaves them side by side"),
    ("4.2", "tf.square(predicted - actual)", "The numbers are not put together yet"),
    ("4.2", "tf.reduce_mean(tf.sqrt(predicted - actual))", "has none, so a `nan` comes out"),
    ("4.2", "tf.reduce_mean((predicted - actual) * 2)", "This doubles the residuals"),
    ("4.2", "tf.reduce_mean(predicted ** 2 - actual ** 2)", "The signs of the values go first"),
    ("4.2", "tf.square(tf.reduce_sum(predicted - actual))", "squares the sum"),
    ("4.2", "tf.math.reduce_variance(predicted - actual)", "from their own mean"),
    ("4.2", "tf.norm(predicted - actual)", "This is the root of the *sum*"),
    (
        "4.2",
        "tf.reduce_mean(tf.square(predicted[:, None] - actual))",
        "every prediction with every",
    ),
    ("4.2", "np.mean((predicted - actual) ** 2)", "it is a NumPy number"),
    ("4.2", "float(tf.reduce_mean((predicted - actual) ** 2))", "it is a plain Python number"),
    ("4.2", "tf.Variable(tf.reduce_mean((predicted - actual) ** 2))", "a new Variable keeps only"),
    ("4.3", loop("p - a", "p - a"), "This begins at 0 and takes only what is larger"),
    ("4.3", loop("abs(p - a)", "p - a"), "but the residual is kept with its sign"),
    ("4.3", "max(predicted - actual, key=abs)", "gives its residual with the sign"),
    ("4.3", "tf.argmax(tf.abs(predicted - actual))", "is the place where a number stands"),
    ("4.3", "tf.argmax(predicted - actual)", "This gives a place, counted from 0, and not"),
    ("4.3", "tf.shape(tf.abs(predicted - actual))", "This gives the shape"),
    ("4.3", "(predicted - actual).shape", "This gives the shape"),
    ("4.3", "len(predicted - actual)", "This counts the examples"),
    ("4.3", "tf.maximum(tf.abs(predicted - actual))", "Here it gets only one."),
    ("4.3", "tf.maximum(predicted, actual)", "This keeps the larger of each pair"),
    ("4.3", "tf.reduce_max(tf.maximum(predicted, actual))", "the largest of all values"),
    ("4.3", "tf.reduce_max(predicted, actual)", "the second place is for `axis`"),
    ("4.3", "tf.reduce_max(predicted) - tf.reduce_max(actual)", "may even be negative"),
    ("4.3", "tf.reduce_min(predicted - actual)", "with its minus sign"),
    ("4.3", "tf.reduce_sum(tf.abs(predicted - actual))", "This adds the sizes of all errors up"),
    (
        "4.3",
        "tf.reduce_max(tf.abs(predicted) - tf.abs(actual))",
        "The signs of the values go first",
    ),
    ("4.3", "max(abs(predicted - actual)).numpy()", "it is a NumPy number"),
)


@pytest.mark.parametrize(("exercise_id", "body"), RIGHT)
def test_it_is_right(exercise_id, body):
    assert checked_code(exercise_id, code(exercise_id, body)).state is State.CORRECT


@pytest.mark.parametrize(("exercise_id", "body", "says"), WRONG)
def test_it_is_told_what_it_did(exercise_id, body, says):
    result = checked_code(exercise_id, code(exercise_id, body))
    assert result.state is State.NOT_YET
    assert says in text_of(result)


@pytest.mark.parametrize("body", [loop("p - a", "p - a"), "tf.argmax(tf.abs(predicted - actual))"])
def test_no_number_is_called_right_that_is_wrong(body):
    said = text_of(checked_code("4.3", code("4.3", body)))
    assert "may be right" not in said and "change their kind" not in said
