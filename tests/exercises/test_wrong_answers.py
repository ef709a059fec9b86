"""Wrong answers that once passed, or were told something that is not true of them."""
# Answers are written as learners write them:

import pytest
from answers import checked, checked_code

from exercises import lesson_07
from exercises.engine.model import State
from exercises.engine.render import text_of


def function(head: str, *body: str) -> str:
    return "\n    ".join([f"def {head}:", *body])


TOO_LOW = "passes over all that are too high"
NUMPY = "The number is right, but it went through NumPy"
LARGEST = "largest_error(predicted, actual)"
SQUARED = "mean_squared_error(predicted, actual)"
MINE = "my_loss(predicted, actual)"
MEAN = "return tf.reduce_mean(tf.square(predicted - actual))"
THROUGH_NUMPY = "return tf.constant(np.mean((predicted.numpy() - actual.numpy())**2))"
BY_FLOAT = "return tf.constant(float(tf.reduce_mean((predicted - actual)**2)))"
DIFFERENT = "if predicted.shape != actual.shape:"


def model(variables: str, prediction: str, base: str = "tf.Module", call: str = "__call__") -> str:
    return f"""
class MyModel({base}):
    def __init__(self, W, b):
        super().__init__()
        self.W = {variables.format("W")}
        self.b = {variables.format("b")}

    def {call}(self, inputs):
        return {prediction}
"""


def curve(variables: str, prediction: str) -> str:
    return f"""
class MyCurve(tf.Module):
    def __init__(self, c, W, b):
        self.c = {variables.format("c")}
        self.W = {variables.format("W")}
        self.b = {variables.format("b")}

    def __call__(self, inputs):
        return {prediction}
"""


FLOATS = "tf.Variable({}, dtype=tf.float32)"
AS_GIVEN = "tf.Variable({})"
CAST = "tf.cast(tf.Variable({}), tf.float32)"
LINE = "self.W * inputs + self.b"
BEND = "self.c * tf.square(inputs) + self.W * inputs + self.b"
CAST_LINE = "tf.cast(self.W, tf.float32) * inputs + tf.cast(self.b, tf.float32)"
CAST_BEND = "tf.cast(self.c, tf.float32) * inputs**2 + " + CAST_LINE


def step(block: str, update: str = "", before: str = "") -> str:
    return f"""
def train_step(model, inputs, outputs, learning_rate):
    {before or "pass"}
    with tf.GradientTape() as tape:
        {block}
    loss = mean_squared_error(model(inputs), outputs) if "{block}" == "pass" else loss
    dW, db = tape.gradient(loss, [model.W, model.b])
    {update or "model.W.assign_sub(learning_rate * dW); model.b.assign_sub(learning_rate * db)"}
    return loss
"""


def loop(line: str) -> str:
    return f"""
def train(model, inputs, outputs, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        {line}
    return losses
"""


NONE = "The slopes are None: inside the block nothing leads from the Variables to the loss"
RIGHT_LOSS = "loss = mean_squared_error(model(inputs), outputs)"
ASSIGNED = (
    "model.W = model.W.assign_sub(learning_rate * dW); "
    "model.b = model.b.assign_sub(learning_rate * db)"
)
TAPE_ASKED_BACKWARDS = """
def train(model, inputs, outputs, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            loss = my_loss(model(inputs), outputs)
        dW, db = tape.gradient([model.W, model.b], loss)
        model.W.assign_sub(learning_rate * dW)
        model.b.assign_sub(learning_rate * db)
        losses.append(float(loss))
    return losses
"""
LOSS_OF_THE_INPUTS = TAPE_ASKED_BACKWARDS.replace("model(inputs)", "inputs").replace(
    "([model.W, model.b], loss)", "(loss, [model.W, model.b])"
)

WRONG = (
    ("4.3", function(LARGEST, "return tf.reduce_max(actual - predicted)"), TOO_LOW),
    ("4.3", function(LARGEST, "return tf.abs(tf.reduce_max(actual - predicted))"), TOO_LOW),
    ("4.3", function(LARGEST, "return -tf.reduce_min(predicted - actual)"), TOO_LOW),
    (
        "4.3",
        function(LARGEST, "return tf.constant(np.abs(predicted.numpy() - actual.numpy()).max())"),
        NUMPY,
    ),
    ("4.3", function(LARGEST, "return max(abs(predicted - actual))"), "and a loop also go along"),
    ("4.2", function(SQUARED, THROUGH_NUMPY), NUMPY),
    ("4.2", function(SQUARED, BY_FLOAT), NUMPY),
    (
        "4.2",
        function(SQUARED, "return sum((predicted - actual)**2) / len(predicted)"),
        "and a loop also go along",
    ),
    ("7.1", model(CAST, LINE), "new tensor"),
    ("7.1", model(AS_GIVEN, CAST_LINE), "its Variables are int32"),
    ("7.1", model(FLOATS, "self.W.numpy() * inputs + self.b.numpy()"), "a tape finds no slopes"),
    ("7.1", model(FLOATS, "float(self.W) * inputs + float(self.b)"), "a tape finds no slopes"),
    (
        "7.1",
        model(FLOATS, LINE, "tf.keras.Model", "call"),
        "A Keras model does not find a tf.Variable; tf.Module does.",
    ),
    ("7.1", model(FLOATS, LINE, "tf.keras.Model"), "A Keras model does not find"),
    ("7.5", curve(CAST, BEND), "MyCurve(0, 0, 0)"),
    ("7.5", curve(AS_GIVEN, CAST_BEND), "its Variables are int32"),
    (
        "7.5",
        curve(FLOATS, "float(self.c) * inputs**2 + float(self.W) * inputs + float(self.b)"),
        "a tape finds no slopes",
    ),
    ("7.2", function(MINE, DIFFERENT, "    raise ValueError", THROUGH_NUMPY), NUMPY),
    (
        "7.2",
        function(MINE, "if tf.rank(predicted) != tf.rank(actual):", "    raise ValueError", MEAN),
        "two axes each",
    ),
    (
        "7.2",
        function(MINE, "if len(predicted) != len(actual):", "    raise ValueError", MEAN),
        "along the first axis",
    ),
    (
        "7.2",
        function(MINE, "if tf.size(predicted) != tf.size(actual):", "    raise ValueError", MEAN),
        "whole shapes",
    ),
    ("7.2", function(MINE, DIFFERENT, '    raise "they differ"', MEAN), "text cannot be raised"),
    (
        "7.2",
        function(MINE, DIFFERENT, '    raise Exception("they differ")', MEAN),
        "It refuses, but with Exception; asked for is a `ValueError`.",
    ),
    (
        "7.2",
        function(MINE, "assert predicted.shape == actual.shape", MEAN),
        "asked for is a `ValueError`",
    ),
    (
        "7.2",
        function(MINE, "tf.debugging.assert_equal(tf.shape(predicted), tf.shape(actual))", MEAN),
        "asked for is a `ValueError`",
    ),
    (
        "7.2",
        function(MINE, DIFFERENT, '    print("different")', MEAN),
        "and does `raise` stand before it?",
    ),
    (
        "7.2",
        function(MINE, DIFFERENT, '    print("different")', "else:", "    " + MEAN),
        "and does `raise` stand before it?",
    ),
    (
        "7.2",
        function(MINE, DIFFERENT, '    ValueError("different")', MEAN),
        "and does `raise` stand before it?",
    ),
    (
        "7.2",
        function(MINE, DIFFERENT, '    return ValueError("they differ")', MEAN),
        "An error that is returned is only a value; `raise` stops.",
    ),
    (
        "7.2",
        function(MINE, "if predicted.shape == actual.shape:", '    raise ValueError("no")', MEAN),
        "It refuses where the shapes agree",
    ),
    ("7.2", function(MINE, 'raise ValueError("no")'), "It refuses every time"),
    ("6.2", step("loss = mean_squared_error(inputs, outputs)"), NONE),
    ("6.2", step("loss = mean_squared_error(model(inputs).numpy(), outputs)"), NONE),
    ("6.2", step("pass"), NONE),
    (
        "6.2",
        step(RIGHT_LOSS, ASSIGNED),
        "`assign_sub` has already changed it; leave out `model.W =`.",
    ),
    ("6.3", loop("losses += train_step(model, inputs, outputs, learning_rate)"), "no loss is kept"),
    (
        "6.3",
        loop("losses = losses.append(train_step(model, inputs, outputs, learning_rate))"),
        "`append` changes the list and gives back None: ",
    ),
    ("7.3", TAPE_ASKED_BACKWARDS, "or the tape was asked the other way round"),
    ("7.3", LOSS_OF_THE_INPUTS, NONE),
    ("5.2", "my_expectation = 3.0", "the distances to the true 3 and 2 are forgotten"),
)


@pytest.mark.parametrize(
    ("exercise_id", "code", "says"), WRONG, ids=[f"{e[0]}-{n}" for n, e in enumerate(WRONG)]
)
def test_it_is_not_correct_and_is_told_why(exercise_id, code, says):
    result = checked_code(exercise_id, code)
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
    assert "or were inputs and outputs compared all with all?" in text_of(result)
