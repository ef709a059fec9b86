"""Answers to the exercises of lesson 01 that once passed, were refused, or got untrue words."""

import pytest
from answers import checked_code

from exercises.engine.model import State
from exercises.engine.render import text_of

CELSIUS, LAST, CENTER = (
    f"def {name}:\n    return "
    for name in ("to_celsius(fahrenheit)", "last_columns(table, count)", "center(table)")
)

WRONG = (
    ("1.1", f"{CELSIUS}(fahrenheit - 32) * (5 // 9)", "Every temperature comes out as 0"),
    ("1.1", f"{CELSIUS}(fahrenheit - 32) * 5 // 9", "This rounds every temperature down"),
    ("1.1", f"{CELSIUS}tf.round((fahrenheit - 32) * 5 / 9)", "rounded to whole degrees"),
    ("1.1", f"{CELSIUS}(fahrenheit - 30) / 2", "rule of thumb"),
    ("1.1", f"{CELSIUS}'(fahrenheit - 32) * 5 / 9'", "is text"),
    ("1.1", f"{CELSIUS}tf.stack([(f - 32) * 5 / 9 for f in fahrenheit])", "A single temperature"),
    ("1.2", f"{LAST}table[:, count]", "a single column, the one at place `count`"),
    ("1.2", f"{LAST}table[-count]", "a single row"),
    ("1.2", f"{LAST}table[:-count]", "leaves out the last `count` rows"),
    ("1.2", f"{LAST}table[:, -count:0]", "but no columns"),
    ("1.2", f"{LAST}table[:, -1:-count]", "but no columns"),
    ("1.2", f"{LAST}table[:, table.shape[0] - count:]", "the number of *rows*"),
    ("1.2", f"{LAST}table[:, 1 - count:]", "where `count` is 1, all of them come"),
    ("1.2", f"{LAST}tf.reverse(table, [1])[:, :count]", "right, but in another order"),
    ("1.3", f"{CENTER}table - tf.reduce_mean(table, axis=1)", "the result is silently wrong"),
    ("1.3", f"{CENTER}table - tf.reduce_mean(table, 2)", "There is no axis 2"),
    (
        "1.3",
        f"{CENTER}[c - tf.reduce_mean(c) for c in tf.transpose(table)]",
        "rows and columns have changed places",
    ),
    ("1.2", f"{LAST}tf.unstack(table, axis=1)[-count:]", "rows and columns have changed places"),
    ("1.3", f"{CENTER}table - sum(table) / table.shape[1]", "by the number of *columns*"),
    ("1.3", f"{CENTER}table + tf.reduce_mean(table, axis=0)", "This adds the mean"),
    ("1.3", f"{CENTER}table - np.mean(table)", "the mean of the whole table"),
)


@pytest.mark.parametrize(("exercise_id", "code", "says"), WRONG)
def test_it_is_told_what_it_did(exercise_id, code, says):
    result = checked_code(exercise_id, code)
    assert result.state is State.NOT_YET
    assert says in text_of(result)


def test_an_error_is_not_promised_for_every_other_shape():
    """A table with one column and `axis=1` are no error: `[3, 1]` becomes `[3, 3]`."""
    said = text_of(checked_code("1.3", f"{CENTER}table - tf.reduce_mean(table, axis=1)"))
    assert "in any other" not in said


def test_text_is_not_given_a_shape():
    assert "shape []" not in text_of(checked_code("1.1", f"{CELSIUS}'fahrenheit'"))


RIGHT = (
    ("1.1", f"{CELSIUS}(fahrenheit - 32) * 5 / 9"),
    ("1.1", f"{CELSIUS}tf.cast((fahrenheit - 32) / 1.8, tf.float64)"),
    ("1.2", f"{LAST}table[:, table.shape[1] - count:]"),
    ("1.2", f"{LAST}[row[-count:] for row in table]"),
    ("1.2", f"{LAST}table.numpy()[:, -count:].tolist()"),
    ("1.3", f"{CENTER}[row - tf.reduce_mean(table, axis=0) for row in table]"),
    (
        "1.3",
        f"{CENTER}[[x - tf.reduce_mean(c) for x, c in zip(r, table.numpy().T)] for r in table]",
    ),
    ("1.3", f"{CENTER}table - tf.reduce_mean(table, axis=-2)"),
)


@pytest.mark.parametrize(("exercise_id", "code"), RIGHT)
def test_it_is_right(exercise_id, code):
    assert checked_code(exercise_id, code).state is State.CORRECT


def test_nobody_is_praised_for_not_knowing_the_width_who_asked_for_it():
    said = text_of(checked_code("1.2", f"{LAST}table[:, table.shape[1] - count:]"))
    assert "need not know how wide" not in said


def test_a_loop_over_columns_is_not_called_one_over_numbers():
    code = f"{CENTER}tf.stack([c - tf.reduce_mean(c) for c in tf.transpose(table)], axis=1)"
    result = checked_code("1.3", code)
    assert result.diagnosis == "remark"
    assert "piece by piece" not in text_of(result)
