"""What beginners and experts type in lesson 06, and what they are told."""

import pytest
from answers import checked_code

from exercises.engine.model import State
from exercises.engine.render import text_of

SLOPES = "def slopes(W, b, inputs, outputs):\n"
STEP = "def train_step(model, inputs, outputs, learning_rate):\n"
FIT = "fit(model, inputs, outputs, learning_rate=learning_rate, epochs=epochs)"
LOOP = "def train(model, inputs, outputs, learning_rate, epochs):\n"
TAPE = """
    with tf.GradientTape() as tape:
        loss = mean_squared_error(model(inputs), outputs)
"""
ASKED = "    dW, db = tape.gradient(loss, [model.W, model.b])\n"

NO_TAPE = "The task asks for the formula, without a tape"

WRONG = {
    "6.1 a tape": (
        SLOPES
        + """
    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = mean_squared_error(W * inputs + b, outputs)
    dW, db = tape.gradient(loss, [W, b])
    return dW, db
""",
        NO_TAPE,
    ),
    "6.1 a tape that watches": (
        SLOPES
        + """
    W, b = tf.constant(W), tf.constant(b)
    with tf.GradientTape(persistent=True) as t:
        t.watch([W, b])
        r = W * inputs + b - outputs
        loss = tf.reduce_mean(r * r)
    return t.gradient(loss, W), t.gradient(loss, b)
""",
        NO_TAPE,
    ),
    "6.1 a tape in a helper": (
        """
def by_tape(model, inputs, outputs):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(model(inputs), outputs)
    return tape.gradient(loss, [model.W, model.b])

def slopes(W, b, inputs, outputs):
    return by_tape(LinearModel(W, b), inputs, outputs)
""",
        NO_TAPE,
    ),
    "6.1 a tape for plain numbers": (
        SLOPES
        + """
    with tf.GradientTape() as tape:
        loss = mean_squared_error(W * inputs + b, outputs)
    return tape.gradient(loss, [W, b])
""",
        "plain numbers, and it answers only for tensors and Variables",
    ),
    "6.1 the global model": (
        "model = LinearModel(5.0, 0.0)\n"
        + SLOPES
        + """
    r = model(inputs) - outputs
    return tf.reduce_mean(2 * r * inputs), tf.reduce_mean(2 * r)
""",
        "These are the slopes at W = 5 and b = 0, whatever `W` and `b` are.",
    ),
    "6.1 squares": (
        SLOPES
        + """
    r = W * inputs + b - outputs
    return tf.reduce_mean(r**2 * inputs), tf.reduce_mean(r**2)
""",
        "The residuals are squared here",
    ),
    "6.1 W left out": (
        SLOPES
        + """
    r = inputs + b - outputs
    return tf.reduce_mean(2 * r * inputs), tf.reduce_mean(2 * r)
""",
        "is the same whatever `W` is",
    ),
    "6.2 a rate of its own": (
        STEP + TAPE + ASKED + "    model.W.assign_sub(0.1 * dW)\n    model.b.assign_sub(0.1 * db)\n"
        "    return loss\n",
        "always as for the number 0.1, which your lines contain",
    ),
    "6.2 a sum for the mean": (
        STEP
        + """
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(model(inputs) - outputs))
    dW, db = tape.gradient(loss, [model.W, model.b])
    model.W.assign_sub(learning_rate * dW)
    model.b.assign_sub(learning_rate * db)
    return loss
""",
        "those of a sum of squares, not of a mean",
    ),
    "6.2 W moved before b's slope": (
        STEP
        + """
    loss = mean_squared_error(model(inputs), outputs)
    model.W.assign_sub(learning_rate * 2 * tf.reduce_mean((model(inputs) - outputs) * inputs))
    model.b.assign_sub(learning_rate * 2 * tf.reduce_mean(model(inputs) - outputs))
    return loss
""",
        "taken after `W` had moved",
    ),
    "6.2 only b": (
        STEP + TAPE + ASKED + "    model.b.assign_sub(learning_rate * db)\n    return loss\n",
        "`model.b` is right afterwards, but `model.W` is as before the call",
    ),
    "6.2 slopes returned": (
        STEP + TAPE + ASKED + "    return dW, db\n",
        "`model.W` and `model.b` are as before the call",
    ),
    "6.2 no square": (
        STEP
        + """
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(model(inputs) - outputs)
    dW, db = tape.gradient(loss, [model.W, model.b])
    model.W.assign_sub(learning_rate * dW)
    model.b.assign_sub(learning_rate * db)
    return loss
""",
        "without a square",
    ),
    "6.3 fit's losses": (
        "from helpers.training import fit\n" + LOOP + f"    return {FIT}.loss\n",
        "the loop in it is `fit`'s",
    ),
    "6.3 fit's history": (
        "from helpers.training import fit\n"
        + LOOP
        + "    history = fit(model, inputs, outputs, learning_rate=learning_rate, epochs=epochs)\n"
        "    return history\n",
        "the loop in it is `fit`'s",
    ),
    "6.3 a step for each example": (
        LOOP
        + """
    losses = []
    for x, y in zip(inputs, outputs):
        losses.append(float(train_step(model, x, y, learning_rate)))
    return losses
""",
        "and `epochs` plays no part",
    ),
    "6.3 one step": (
        LOOP
        + """
    loss = train_step(model, inputs, outputs, learning_rate)
    losses = []
    for _ in range(epochs):
        losses.append(float(loss))
    return losses
""",
        "One step is taken, and its loss is repeated",
    ),
    "6.2 both into W": (
        STEP
        + TAPE
        + ASKED
        + "    model.W.assign_sub(learning_rate * dW)\n    model.W.assign_sub(learning_rate * db)\n"
        "    return loss\n",
        "`model.b` is as before the call",
    ),
    "6.3 append outside the loop": (
        LOOP
        + """
    losses = []
    for epoch in range(epochs):
        loss = train_step(model, inputs, outputs, learning_rate)
    losses.append(loss)
    return losses
""",
        "Only the last number comes back",
    ),
    "6.3 the list made anew": (
        LOOP
        + """
    for epoch in range(epochs):
        losses = []
        losses.append(train_step(model, inputs, outputs, learning_rate).numpy())
    return losses
""",
        "Only the last number comes back",
    ),
    "6.3 losses added up": (
        LOOP
        + """
    total = 0
    for _ in range(epochs):
        total += train_step(model, inputs, outputs, learning_rate)
    return total
""",
        "This is the sum of the numbers asked for",
    ),
    "6.3 a rate of its own": (
        LOOP + "    x, y = inputs, outputs\n"
        "    return [float(train_step(model, x, y, 0.1)) for _ in range(epochs)]\n",
        "always as for the number 0.1, which your lines contain",
    ),
}

RIGHT = {
    "6.1 in one line": SLOPES
    + "    return [2 * tf.reduce_mean((W * inputs + b - outputs) * f) for f in (inputs, 1.0)]\n",
    "6.1 stacked": SLOPES
    + """
    r = W * inputs + b - outputs
    return tf.reduce_mean(2 * r * tf.stack([inputs, tf.ones_like(inputs)]), axis=1)
""",
    "6.1 more arguments": "def slopes(W, b, inputs, outputs, n=None):\n"
    "    r = LinearModel(W, b)(inputs) - outputs\n"
    "    return np.mean(2 * r * inputs), np.mean(2 * r)\n",
    "6.2 with a floor": STEP + TAPE + ASKED + "    model.W.assign(model.W - learning_rate * dW)\n"
    "    model.b.assign(model.b - learning_rate * db)\n    print(loss)\n    return float(loss)\n",
    "6.2 slopes of one list": STEP
    + TAPE
    + "    slopes = tape.gradient(loss, {'W': model.W, 'b': model.b})\n"
    "    for name in slopes:\n"
    "        getattr(model, name).assign_sub(slopes[name] * learning_rate)\n    return loss\n",
    "6.3 the tape in the loop": LOOP
    + """
    losses = []
    epoch = 0
    while epoch < epochs:
        with tf.GradientTape() as tape:
            loss = mean_squared_error(model(inputs), outputs)
        dW, db = tape.gradient(loss, [model.W, model.b])
        model.W.assign_sub(learning_rate * dW)
        model.b.assign_sub(learning_rate * db)
        losses += [loss]
        epoch = epoch + 1
    return losses
""",
    "6.3 a generator's list": LOOP
    + """
    def steps():
        for _ in range(epochs):
            yield float(train_step(model, inputs, outputs, learning_rate))
    return list(steps())
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


def test_too_few_arguments_are_still_named():
    result = checked_code("6.1", "def slopes(W, b, inputs):\n    return W * inputs, b\n")
    assert (
        "It is called with 4: `W`, `b`, `inputs` and `outputs`. Which one is missing?"
        in text_of(result)
    )
