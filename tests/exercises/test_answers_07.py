"""What beginners and experts type in lesson 07, and what they are told."""

import numpy as np
import pytest
from answers import checked, checked_code

from exercises import lesson_07
from exercises.engine.model import State
from exercises.engine.render import text_of

MODEL = "class MyModel(tf.Module):\n    def __init__(self, W, b):\n"
CURVE = "class MyCurve(tf.Module):\n    def __init__(self, c, W, b):\n"
LOSS = "def my_loss(predicted, actual):\n"
FIT = "fit(model, inputs, outputs, learning_rate=learning_rate, epochs=epochs)"
LOOP = "def train(model, inputs, outputs, learning_rate, epochs):\n"
TAPE = """
        with tf.GradientTape() as tape:
            loss = my_loss(model(inputs), outputs)
        dW, db = tape.gradient(loss, [model.W, model.b])
"""
UPDATE = """
        model.W.assign_sub(learning_rate * dW)
        model.b.assign_sub(learning_rate * db)
"""
EPOCHS = "    losses = []\n    for _ in range(epochs):\n"
KEPT = "        losses.append(float(loss))\n    return losses\n"
TRAIN_ALL = "train(my_model, weight, length, {rate}, {epochs})\n"

WRONG = {
    "7.1 in the class": (
        """
class MyModel(tf.Module):
    W = tf.Variable(0.0)
    b = tf.Variable(0.0)

    def __init__(self, W, b):
        self.W.assign(W)
        self.b.assign(b)

    def __call__(self, inputs):
        return self.W * inputs + self.b
""",
        "The Variables belong to the class, not to the object",
    ),
    "7.1 dtype in the place of trainable": (
        MODEL
        + """
        self.W = tf.Variable(W, tf.float32)
        self.b = tf.Variable(b, tf.float32)
    def __call__(self, inputs):
        return self.W * inputs + self.b
""",
        "fails for `4`",
    ),
    "7.1 plain numbers": (
        MODEL + "        self.W = W\n        self.b = b\n"
        "    def __call__(self, inputs):\n        return self.W * inputs + self.b\n",
        "its parameters are the plain Python numbers",
    ),
    "7.1 tensors": (
        MODEL + "        self.W = tf.constant(float(W))\n        self.b = tf.constant(float(b))\n"
        "    def __call__(self, inputs):\n        return self.W * inputs + self.b\n",
        "its parameters are tensors",
    ),
    "7.1 not trainable": (
        MODEL + "        self.W = tf.Variable(float(W), trainable=False)\n"
        "        self.b = tf.Variable(float(b), trainable=False)\n"
        "    def __call__(self, inputs):\n        return self.W * inputs + self.b\n",
        "made with `trainable=False`",
    ),
    "7.1 new ones in each call": (
        MODEL + "        self.start = W, b\n"
        "    def __call__(self, inputs):\n"
        "        W, b = [tf.Variable(float(n)) for n in self.start]\n"
        "        return W * inputs + b\n",
        "This makes its Variables in `__call__`",
    ),
    "7.2 a sum": (
        LOSS
        + "    if predicted.shape != actual.shape:\n        raise ValueError\n"
        + "    return tf.reduce_sum((predicted - actual) ** 2)\n",
        "times the number of examples",
    ),
    "7.2 a norm": (
        LOSS
        + "    if predicted.shape != actual.shape:\n        raise ValueError\n"
        + "    return tf.norm(predicted - actual)\n",
        "This is the root of the *sum* of all squares",
    ),
    "7.1 b added first": (
        MODEL
        + """
        self.W = tf.Variable(float(W))
        self.b = tf.Variable(float(b))
    def __call__(self, inputs):
        return self.W * (inputs + self.b)
""",
        "This adds the bias to the input, before the weight",
    ),
    "7.1 a list": (
        MODEL
        + """
        self.W = tf.Variable(float(W))
        self.b = tf.Variable(float(b))
    def __call__(self, inputs):
        return [self.W * x + self.b for x in inputs]
""",
        "a list of single predictions comes back",
    ),
    "7.2 values compared": (
        LOSS
        + """
    if predicted != actual:
        raise ValueError("no")
    return tf.reduce_mean((predicted - actual) ** 2)
""",
        "The condition compares the numbers",
    ),
    "7.2 a root": (
        LOSS
        + """
    if predicted.shape != actual.shape:
        raise ValueError("no")
    return tf.sqrt(tf.reduce_mean((predicted - actual) ** 2))
""",
        "it is called the root mean squared error",
    ),
    "7.2 a TypeError": (
        LOSS
        + """
    if predicted.shape != actual.shape:
        raise TypeError("the shapes differ")
    return tf.reduce_mean((predicted - actual) ** 2)
""",
        "another kind of error; the task asks for a `ValueError`",
    ),
    "7.3 fit's losses": (
        "from helpers.training import fit\n" + LOOP + f"    return {FIT}.loss\n",
        "the loop in it is `fit`'s",
    ),
    "7.3 fit": (
        "from helpers.training import fit\n" + LOOP + f"    return {FIT}\n",
        "the loop in it is `fit`'s",
    ),
    "7.3 for inside the with": (
        LOOP
        + """
    losses = []
    with tf.GradientTape() as tape:
        for _ in range(epochs):
            loss = my_loss(model(inputs), outputs)
            slopes = tape.gradient(loss, model.trainable_variables)
            for v, s in zip(model.trainable_variables, slopes):
                v.assign_sub(learning_rate * s)
            losses.append(float(loss))
    return losses
""",
        "The loop stands inside the `with`",
    ),
    "7.3 a rate of its own": (
        LOOP + EPOCHS + TAPE + UPDATE.replace("learning_rate", "0.1") + KEPT,
        "always as for the number 0.1, which your lines contain",
    ),
    "7.3 a sum for the mean": (
        LOOP
        + EPOCHS
        + TAPE.replace(
            "my_loss(model(inputs), outputs)", "tf.reduce_sum((model(inputs) - outputs)**2)"
        )
        + UPDATE
        + KEPT,
        "those of a sum of squares, not of a mean",
    ),
    "7.3 W moved before b's slope": (
        LOOP
        + EPOCHS
        + """
        r = model(inputs) - outputs
        loss = tf.reduce_mean(r * r)
        model.W.assign_sub(learning_rate * tf.reduce_mean(2 * r * inputs))
        r = model(inputs) - outputs
        model.b.assign_sub(learning_rate * tf.reduce_mean(2 * r))
"""
        + KEPT,
        "taken after `W` had moved",
    ),
    "7.3 append outside the loop": (
        LOOP + EPOCHS + TAPE + UPDATE + KEPT.replace("        losses", "    losses"),
        "Only the last number comes back",
    ),
    "7.3 slopes once": (
        LOOP
        + """
    losses = []
    with tf.GradientTape() as tape:
        loss = my_loss(model(inputs), outputs)
    dW, db = tape.gradient(loss, [model.W, model.b])
    for _ in range(epochs):
        model.W.assign_sub(learning_rate * dW)
        model.b.assign_sub(learning_rate * db)
        losses.append(float(loss))
    return losses
""",
        "Every epoch uses the loss and the slopes of the start",
    ),
    "7.3 assign for assign_sub": (
        LOOP + EPOCHS + TAPE + UPDATE.replace("assign_sub", "assign") + KEPT,
        "Afterwards the Variables hold the step itself",
    ),
    "7.3 tensors for Variables": (
        LOOP
        + EPOCHS
        + TAPE
        + """
        model.W = model.W - learning_rate * dW
        model.b = model.b - learning_rate * db
"""
        + KEPT,
        "are tensors and no longer Variables",
    ),
    "7.3 new Variables": (
        LOOP
        + EPOCHS
        + TAPE
        + """
        model.W = tf.Variable(model.W - learning_rate * dW)
        model.b = tf.Variable(model.b - learning_rate * db)
"""
        + KEPT,
        "the model gets new Variables in each step",
    ),
    "7.3 changed and assigned": (
        LOOP
        + EPOCHS
        + TAPE
        + """
        model.W = model.W.assign_sub(learning_rate * dW)
        model.b = model.b.assign_sub(learning_rate * db)
"""
        + KEPT,
        "`assign_sub` has already changed the Variable",
    ),
    "7.3 a step for each example": (
        LOOP
        + """
    losses = []
    for _ in range(epochs):
        for x, y in zip(inputs, outputs):
            with tf.GradientTape() as tape:
                loss = my_loss(model(x), y)
            dW, db = tape.gradient(loss, [model.W, model.b])
            model.W.assign_sub(learning_rate * dW)
            model.b.assign_sub(learning_rate * db)
        losses.append(loss)
    return losses
""",
        "every example makes a step of its own",
    ),
    "7.3 zip forgotten": (
        LOOP
        + EPOCHS
        + TAPE.replace("dW, db", "slopes")
        + """
        for v, s in [model.W, model.b], slopes:
            v.assign_sub(learning_rate * s)
"""
        + KEPT,
        "Without `zip`",
    ),
    "7.3 slopes swapped": (
        LOOP + EPOCHS + TAPE.replace("dW, db", "db, dW") + UPDATE + KEPT,
        "`W` was moved by the slope for `b`",
    ),
    "7.3 only W": (
        LOOP + EPOCHS + TAPE + "        model.W.assign_sub(learning_rate * dW)\n" + KEPT,
        "`model.b` is as before the call",
    ),
    "7.3 slopes of the prediction": (
        LOOP
        + EPOCHS
        + """
        with tf.GradientTape() as tape:
            predicted = model(inputs)
            loss = my_loss(predicted, outputs)
        dW, db = tape.gradient(predicted, [model.W, model.b])
"""
        + UPDATE
        + KEPT,
        "These are the slopes of the prediction, not of the loss",
    ),
    "7.3 losses added": (
        LOOP + EPOCHS + TAPE + UPDATE + "        losses += loss\n    return losses\n",
        "no loss is kept",
    ),
    "7.4 never trained": ("my_model = MyModel(7, 12)", "round numbers, such as people type"),
    "7.4 the start": ("my_model = MyModel(0.0, 0.0)", "round numbers, such as people type"),
    "7.4 typed from the text": ("my_model = MyModel(6.99, 12.03)", "round numbers"),
    "7.4 another one was trained": (
        "my_model = MyModel(5, 1)\ntrain(MyModel(5, 1), train_weight, train_length, 0.3, 9)",
        "Did you pass this very model to `train`",
    ),
    "7.4 all readings": (
        "my_model = MyModel(0, 0)\n" + TRAIN_ALL.format(rate=0.3, epochs=120),
        "the held-out ones have had their say",
    ),
    "7.4 all readings, fewer epochs": (
        "my_model = MyModel(0, 0)\n" + TRAIN_ALL.format(rate=0.4, epochs=60),
        "the held-out ones have had their say",
    ),
    "7.4 all readings, near the border": (
        "my_model = MyModel(0, 0)\n" + TRAIN_ALL.format(rate=0.45, epochs=120),
        "the held-out ones have had their say",
    ),
    "7.4 the held-out readings": (
        "my_model = MyModel(0, 0)\ntrain(my_model, held_out_weight, held_out_length, 0.4, 150)",
        "the best line for the held-out springs",
    ),
    "7.6 outputs divided by 100": (
        """
def scaled(v):
    return v / 100.0
curve = MyCurve(0, 0, 0)
train(curve, scaled(speed), distance / 100.0, 0.4, 200)
def my_braking(v):
    return curve(scaled(v))
""",
        "its numbers are not metres",
    ),
    "7.6 standardized outputs": (
        """
middle, spread = tf.reduce_mean(distance), tf.math.reduce_std(distance)
curve = MyCurve(0, 0, 0)
train(curve, (speed - 80) / 35, (distance - middle) / spread, 0.3, 60)
my_braking = lambda v: curve((v - 80) / 35)
""",
        "its numbers are not metres",
    ),
    "7.6 scaled by each call's own mean": (
        """
def scaled(v):
    return (v - tf.reduce_mean(v)) / tf.math.reduce_std(v)
curve = MyCurve(0, 0, 0)
train(curve, scaled(speed), distance, 0.3, 60)
my_braking = lambda v: curve(scaled(v))
""",
        "depends on which other speeds are asked for in the same call",
    ),
    "7.6 scaled by each call's largest": (
        """
curve = MyCurve(0, 0, 0)
train(curve, speed / tf.reduce_max(speed), distance, 0.4, 150)
my_braking = lambda v: curve(v / tf.reduce_max(v))
""",
        "depends on which other speeds are asked for in the same call",
    ),
    "7.6 not scaled when asked": (
        "my_braking = MyCurve(0, 0, 0)\ntrain(my_braking, (speed - 80) / 35, distance, 0.3, 60)\n",
        "scaled differently than in training",
    ),
}
WRONG |= {
    f"7.5 taken for {order}": (
        f"""
class MyCurve(tf.Module):
    def __init__(self, {order}):
        self.c = tf.Variable(float(c))
        self.W = tf.Variable(float(W))
        self.b = tf.Variable(float(b))
    def __call__(self, x):
        return self.c * x**2 + self.W * x + self.b
""",
        f"fills your brackets in the order `c, W, b`, and they say `{order}`",
    )
    for order in ("W, b, c", "b, W, c", "W, c, b")
}

RIGHT = {
    "7.1 in one Variable": MODEL
    + """
        self.theta = tf.Variable([float(W), float(b)])
    def __call__(self, inputs):
        return self.theta[0] * inputs + self.theta[1]
""",
    "7.1 shapes of 1": MODEL
    + """
        self.W = tf.Variable([W], dtype=tf.float32)
        self.b = tf.Variable([b], dtype=tf.float32)
    def __call__(self, inputs):
        return self.W * inputs + self.b
""",
    "7.1 a dataclass": """
from dataclasses import dataclass
@dataclass
class MyModel(tf.Module):
    W: float
    b: float
    def __post_init__(self):
        self.W = tf.Variable(float(self.W))
        self.b = tf.Variable(float(self.b))
    def __call__(self, x):
        return self.W * x + self.b
""",
    "7.1 more arguments": """
class MyModel(tf.Module):
    def __init__(self, W=0.0, b=0.0, dtype=tf.float32, name="line"):
        super().__init__(name=name)
        self.W, self.b = tf.Variable(W, dtype=dtype), tf.Variable(b, dtype=dtype)
        self.calls = tf.Variable(0, trainable=False)
    def __call__(self, inputs, *, training=None):
        self.calls.assign_add(1)
        return self.W * inputs + self.b
""",
    "7.5 in one Variable": CURVE
    + """
        self.theta = tf.Variable(tf.cast([c, W, b], tf.float32))
    def __call__(self, inputs):
        c, W, b = tf.unstack(self.theta)
        return c * inputs**2 + W * inputs + b
""",
    "7.2 a loop": LOSS
    + """
    if predicted.shape != actual.shape:
        raise ValueError
    squares = [(p - a) ** 2 for p, a in zip(predicted, actual)]
    return sum(squares) / len(squares)
""",
    "7.2 an error of its own": """
class ShapeError(ValueError):
    pass
def my_loss(predicted, actual):
    if not predicted.shape == actual.shape:
        raise ShapeError(predicted.shape)
    return tf.reduce_mean(tf.pow(actual - predicted, 2))
""",
    "7.3 a step of its own": "def step(model, inputs, outputs, rate):"
    + TAPE.replace("\n    ", "\n").replace("inputs), outputs", "inputs), outputs")
    + "    model.W.assign_sub(rate * dW)\n    model.b.assign_sub(rate * db)\n    return loss\n"
    + LOOP
    + "    return [step(model, inputs, outputs, learning_rate) for _ in range(epochs)]\n",
    "7.3 a tape made before": LOOP
    + """
    losses = []
    tape = tf.GradientTape()
    for _ in range(epochs):
        with tape:
            loss = my_loss(model(inputs), outputs)
        slopes = tape.gradient(loss, model.trainable_variables)
        for v, s in zip(model.trainable_variables, slopes):
            v.assign_sub(learning_rate * s)
        losses.append(float(loss))
    return losses
""",
    "7.4 a slow one": "my_model = MyModel(7, 12)\n"
    "train(my_model, train_weight, train_length, 0.1, 60)\n",
    "7.4 from its own class": """
class Line(tf.Module):
    def __init__(self):
        self.theta = tf.Variable([0.0, 0.0])
    def __call__(self, x):
        return self.theta[0] * x + self.theta[1]
my_model = Line()
train(my_model, train_weight, train_length, 0.45, 200)
""",
    "7.6 outputs divided and multiplied back": """
curve = MyCurve(0, 0, 0)
train(curve, speed / 100.0, distance / 100.0, 0.4, 200)
def my_braking(v):
    return 100.0 * curve(v / 100.0)
""",
}


@pytest.mark.parametrize(("code", "says"), WRONG.values(), ids=WRONG)
def test_a_wrong_answer_is_told_what_it_does(code, says, request):
    result = checked_code(request.node.callspec.id[:3], code)
    assert result.state is State.NOT_YET
    assert says in text_of(result)


@pytest.mark.parametrize("code", RIGHT.values(), ids=RIGHT)
def test_an_unusual_answer_is_right(code, request):
    result = checked_code(request.node.callspec.id[:3], code)
    assert result.state is State.CORRECT, text_of(result)


def trained(weights, lengths, start, rate, epochs):
    """Where gradient descent is after so many epochs, by the formula for it."""
    x, y = weights.numpy().astype(float), lengths.numpy().astype(float)
    sizes, directions = np.linalg.eigh(
        2 * np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1]])
    )
    best = np.polyfit(x, y, 1)
    left = (1 - rate * sizes) ** epochs * (directions.T @ (start - best))
    return lesson_07.MyModel(*(best + directions @ left))


@pytest.mark.parametrize("rate", [0.02, 0.1, 0.2, 0.3, 0.4, 0.45, 0.46])
@pytest.mark.parametrize("start", [(0, 0), (1, 1), (10, 3), (-3, 20), (7, 12)])
def test_what_a_training_has_seen_is_found_out(rate, start):
    """7.4: whatever the rate, the start and the number of epochs."""
    seen = lesson_07.train_weight, lesson_07.train_length
    everything = lesson_07.weight, lesson_07.length
    for epochs in (100, 200, 400, 1000):
        honest = checked("7.4", trained(*seen, start, rate, epochs))
        assert honest.diagnosis in ("", "on_the_way", "no_better_than_flat")
        dishonest = checked("7.4", trained(*everything, start, rate, epochs))
        assert dishonest.diagnosis in ("trained_on_all", "on_the_way", "no_better_than_flat")
