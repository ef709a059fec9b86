"""Wrong answers that once passed, or were told something that is not true of them."""

import pytest
from answers import checked, checked_code

from exercises import lesson_07
from exercises.engine.catalogue import find
from exercises.engine.model import State
from exercises.engine.render import text_of
from exercises.engine.stub import solution_code


def with_slips(exercise_id: str, slips: dict[str, str]) -> str:
    """The code of the solution, with other code in the place of some of it."""
    code = solution_code(find(exercise_id))
    for right, wrong in slips.items():
        assert right in code
        code = code.replace(right, wrong)
    return code


LARGEST = "tf.reduce_max(tf.abs(predicted - actual))"
MEAN = "tf.reduce_mean(tf.square(predicted - actual))"
NUMPY_MEAN = "tf.constant(np.mean((predicted.numpy() - actual.numpy())**2))"
FLOAT_MEAN = "tf.constant(float(tf.reduce_mean((predicted - actual)**2)))"
DIFFER = "predicted.shape != actual.shape"
RAISE = 'raise ValueError(f"the shapes {predicted.shape} and {actual.shape} differ")'
IF_DIFFER = f"if {DIFFER}:\n        {RAISE}"
LINE = "self.W * inputs + self.b"
CAST_LINE = "tf.cast(self.W, tf.float32) * inputs + tf.cast(self.b, tf.float32)"
AS_GIVEN = {", dtype=tf.float32": ""}
CAST = {"= tf.Variable(": "= tf.cast(tf.Variable(", ", dtype=tf.float32)": "), tf.float32)"}
LOSS = "mean_squared_error(model(inputs), outputs)"
ONE_STEP = "train_step(model, inputs, outputs, learning_rate)"
KEPT = "losses.append(float(loss))"
UPDATE = """variables = model.trainable_variables
        slopes = tape.gradient(loss, variables)
        for variable, slope in zip(variables, slopes, strict=True):
            variable.assign_sub(learning_rate * slope)"""
UPDATE_BY_NAME = """dW, db = tape.gradient(loss, [model.W, model.b])
        model.W.assign_sub(learning_rate * dW)
        model.b.assign_sub(learning_rate * db)"""

TOO_LOW = "passes over all that are too high"
NUMPY = "The number is right, but it went through NumPy"
NO_SLOPES = "there is no slope to learn from"
NOT_VALUE_ERROR = "the task asks for a `ValueError`"
NOT_RAISED = "a `raise` stop the function where"
NONE = "The slopes are None: inside the block nothing leads from the Variables to the loss"

WRONG = (
    ("4.3", {LARGEST: "tf.reduce_max(actual - predicted)"}, TOO_LOW),
    ("4.3", {LARGEST: "tf.abs(tf.reduce_max(actual - predicted))"}, TOO_LOW),
    ("4.3", {LARGEST: "-tf.reduce_min(predicted - actual)"}, TOO_LOW),
    ("4.3", {LARGEST: "tf.constant(np.abs(predicted.numpy() - actual.numpy()).max())"}, NUMPY),
    ("4.2", {MEAN: NUMPY_MEAN}, NUMPY),
    ("4.2", {MEAN: FLOAT_MEAN}, NUMPY),
    ("7.1", CAST, "new tensor"),
    ("7.1", {**AS_GIVEN, LINE: CAST_LINE}, "its Variables are int32"),
    ("7.1", {LINE: "self.W.numpy() * inputs + self.b.numpy()"}, NO_SLOPES),
    ("7.1", {LINE: "float(self.W) * inputs + float(self.b)"}, NO_SLOPES),
    (
        "7.1",
        {"tf.Module": "tf.keras.Model", "__call__": "call"},
        "a Keras model does not find a tf.Variable among its attributes",
    ),
    ("7.1", {"tf.Module": "tf.keras.Model"}, "a Keras model does not find"),
    ("7.5", CAST, "a `MyCurve` has tensors and no Variables"),
    (
        "7.5",
        {**AS_GIVEN, LINE: CAST_LINE, "self.c * ": "tf.cast(self.c, tf.float32) * "},
        "its Variables are int32",
    ),
    (
        "7.5",
        {LINE: "float(self.W) * inputs + float(self.b)", "self.c * ": "float(self.c) * "},
        NO_SLOPES,
    ),
    ("7.2", {MEAN: NUMPY_MEAN}, NUMPY),
    ("7.2", {DIFFER: "tf.rank(predicted) != tf.rank(actual)"}, "two axes each"),
    ("7.2", {DIFFER: "len(predicted) != len(actual)"}, "along the first axis"),
    ("7.2", {DIFFER: "tf.size(predicted) != tf.size(actual)"}, "whole shapes"),
    ("7.2", {RAISE: 'raise "they differ"'}, "text cannot be raised"),
    (
        "7.2",
        {"raise ValueError": "raise Exception"},
        "It refuses, but with an Exception; the task asks for a `ValueError`.",
    ),
    ("7.2", {IF_DIFFER: "assert predicted.shape == actual.shape"}, NOT_VALUE_ERROR),
    (
        "7.2",
        {IF_DIFFER: "tf.debugging.assert_equal(tf.shape(predicted), tf.shape(actual))"},
        NOT_VALUE_ERROR,
    ),
    ("7.2", {RAISE: 'print("different")'}, NOT_RAISED),
    ("7.2", {RAISE: 'print("different")', "    return": "    else: return"}, NOT_RAISED),
    ("7.2", {RAISE: 'ValueError("different")'}, NOT_RAISED),
    (
        "7.2",
        {RAISE: 'return ValueError("they differ")'},
        "An error that is returned is only a value; `raise` stops.",
    ),
    ("7.2", {DIFFER: "predicted.shape == actual.shape"}, "It refuses where the shapes agree"),
    ("7.2", {IF_DIFFER: RAISE}, "It refuses every time"),
    ("6.2", {"model(inputs)": "inputs"}, NONE),
    ("6.2", {"model(inputs)": "model(inputs).numpy()"}, NONE),
    ("6.2", {f"    loss = {LOSS}": f"    pass\n    loss = {LOSS}"}, NONE),
    (
        "6.2",
        {
            "    model.W.assign_sub": "    model.W = model.W.assign_sub",
            "    model.b.assign_sub": "    model.b = model.b.assign_sub",
        },
        "`assign_sub` has already changed the Variable.",
    ),
    ("6.3", {f"loss = {ONE_STEP}": f"losses += {ONE_STEP}", KEPT: "pass"}, "no loss is kept"),
    (
        "6.3",
        {KEPT: "losses = losses.append(loss)"},
        "`append` changes the list and gives back None: ",
    ),
    (
        "7.3",
        {UPDATE: UPDATE_BY_NAME, "loss, [model.W, model.b]": "[model.W, model.b], loss"},
        "or you asked the tape the other way round",
    ),
    ("7.3", {UPDATE: UPDATE_BY_NAME, "model(inputs)": "inputs"}, NONE),
    (
        "5.2",
        {"(1.0 - 3.0) ** 2 + (1.0 - 2.0) ** 2 + 1.0": "3.0"},
        "the distances to the true 3 and 2 are forgotten",
    ),
)


@pytest.mark.parametrize(
    ("exercise_id", "slips", "says"), WRONG, ids=[f"{e[0]}-{n}" for n, e in enumerate(WRONG)]
)
def test_it_is_not_correct_and_is_told_why(exercise_id, slips, says):
    result = checked_code(exercise_id, with_slips(exercise_id, slips))
    assert result.state is State.NOT_YET
    assert says in text_of(result)


@pytest.mark.parametrize("rate", [1e-6, 1e-7])
def test_raw_speeds_are_not_said_to_be_scaled(rate):
    """7.6: a training that diverges, or crawls, on speeds as they are."""
    mine = lesson_07.MyCurve(0.0, 0.0, 0.0)
    lesson_07.train(mine, lesson_07.speed, lesson_07.distance, rate, 3)
    result = checked("7.6", mine)
    assert result.state is State.NOT_YET
    assert "Either the training diverged (look at its losses)" in text_of(result)


def test_a_curve_that_nobody_trained_is_not_said_to_be_trained():
    result = checked("7.6", lambda speed: 0.28 * speed + 0.0055 * speed**2)
    assert result.state is State.CORRECT
    assert "did not know" not in text_of(result)


def test_a_row_against_a_column_is_named():
    """7.4: a training that compares all with all ends in a flat line."""
    mine = lesson_07.MyModel(0.0, 0.0)
    inputs, outputs = lesson_07.train_weight, lesson_07.train_length[:, None]
    for _ in range(150):
        with lesson_07.tf.GradientTape() as tape:
            loss = lesson_07.tf.reduce_mean((mine(inputs) - outputs) ** 2)
        slopes = tape.gradient(loss, [mine.W, mine.b])
        for variable, slope in zip([mine.W, mine.b], slopes, strict=True):
            variable.assign_sub(0.3 * slope)
    result = checked("7.4", mine)
    assert "or does your loss compare every prediction with every length?" in text_of(result)
