"""The exercises of lesson 06: slopes, one step, and the loop."""
# Answers are written as learners write them:
# ruff: noqa: ANN001, ANN002, ANN201, ANN202, ANN204, D101, D102, D103

from unittest import mock

import numpy as np
import tensorflow as tf

from exercises.concepts import A_LOOP, A_STEP
from exercises.engine.model import Case, Function, Predict
from exercises.lesson_04 import mean_squared_error

TITLE = "The training loop"


class LinearModel(tf.Module):
    def __init__(self, W=5.0, b=0.0):
        super().__init__()
        self.W = tf.Variable(W)
        self.b = tf.Variable(b)

    def __call__(self, inputs):
        return self.W * inputs + self.b


# --- 6.P1

PREDICTED_BEFORE_THE_TAPE = Predict(
    id="6.P1",
    title="A prediction before the tape",
    prompt=(
        "Here the prediction is made *before* the tape begins; only the loss is computed inside. "
        "What will the gradient for `W` be?"
    ),
    choices={"a": "The same as before.", "b": "`0.0`", "c": "`None`"},
    answer="c",
    reason="""
        The tape saw a finished prediction and never the Variable, so it knows no way from `W` to
        the loss. `None` says: there is no answer. Whatever is to be learned has to happen inside
        the `with` block.
    """,
    tempts="""
        a: The numbers are the same as before, and so is the loss that they lead to. All
        that has changed is where one line stands.

        b: Nothing moves while this tape runs. For something that does not move, a slope of
        0 sounds right.

        c: A tape can speak only of what it has recorded. This choice says that it has
        nothing to tell about `W`.
    """,
    feedback="""
        a: The numbers are the same, and on paper the slope would be, too. But the tape knows only
        what it has recorded, and the prediction was made before it was switched on.

        b: 0.0 would be an answer: *the loss does not change with `W`*. The tape cannot say even
        that, because it has not seen `W` at all.
    """,
)


# --- 6.1


def slopes(W, b, inputs, outputs):
    residuals = W * inputs + b - outputs
    return tf.reduce_mean(2.0 * residuals * inputs), tf.reduce_mean(2.0 * residuals)


def _asks_no_tape(*numbers):
    """A case: whether a tape is asked for slopes."""

    def call(answer, *inputs):
        with mock.patch.object(
            tf.GradientTape, "gradient", autospec=True, side_effect=tf.GradientTape.gradient
        ) as asked:
            answer(*inputs)
        return {"a tape was asked": asked.called}

    return Case(_given(*numbers), call=call)


def _given(W, b, inputs, outputs):
    return lambda: (W, b, tf.constant(inputs), tf.constant(outputs))


SLOPES = Function(
    id="6.1",
    title="Slopes without a tape",
    stub="""
def slopes(W, b, inputs, outputs):
    # Your lines go here.
    return ...
""",
    solution=slopes,
    on_correct="The tape gives these very numbers, without being told the formula.",
    hints="""
        Residuals need a prediction. What does our model predict for the inputs?

        First the prediction of the line, then the residuals, then two means. Each mean is taken
        over one number for each example.

        One line makes `r` from `W`, `b`, `inputs` and `outputs`. Then `tf.reduce_mean(...)` twice:
        once round the product of three things, once round a product of two. Return both with a
        comma between them.
    """,
    cases=(
        Case(_given(4.0, 3.0, [3.0], [10.0])),
        Case(_given(5.0, -0.5, [1.0, 3.0], [5.0, 8.0])),
        Case(_given(-1.5, 2.0, [0.5, -2.0, 4.0], [3.0, -4.0, 13.0])),
        _asks_no_tape(4.0, 3.0, [3.0], [10.0]),
    ),
)
SLOPES.slip("two_forgotten", {"2.0 * ": ""}).says("""
    Both slopes are half of what they should be. The direction is right, but the tape would
    disagree by a factor of 2. By how much does `r * r` grow when `r` grows a little?
""")
SLOPES.slip("bracket_forgotten", {"W * inputs + b - outputs": "outputs - W * inputs + b"}).says("""
    Without brackets, the minus takes away `W * inputs` only, and `b` is added to the outputs. And
    the formula in the task has the prediction first. What does it subtract from what?
""")
SLOPES.slip(
    "sizes_of_residuals", {"W * inputs + b - outputs": "tf.abs(W * inputs + b - outputs)"}
).says(
    """
    The residuals have lost their signs here, so too high and too low push the same way. The
    formula needs the signs: they say which way is down. Where do yours disappear?
"""
)
SLOPES.slip(
    "loss_for_residuals",
    {"W * inputs + b - outputs": "mean_squared_error(W * inputs + b, outputs)"},
).says("""
    This uses the loss in place of the residuals: one number, with all the signs lost. The formula
    needs one residual for each example. What is predicted minus actual?
""")
SLOPES.slip(
    "multiplied_by_parameters",
    {"residuals * inputs": "residuals * W", "(2.0 * residuals)": "(2.0 * residuals * b)"},
).says("""
    The residuals are multiplied by `W` and by `b` themselves. When `W` grows by 1, by how much
    does the prediction for an input grow: by `W`, or by something else?
""")


@SLOPES.mistaken("""
    These slopes are measured with a small step to one side, and come out a little too large: the
    valley bends upwards. The task asks for the formula. Which two means does it name?
""")
def felt_on_one_side(W, b, inputs, outputs):
    def loss_at(W, b):
        return mean_squared_error(W * inputs + b, outputs)

    little, here = 0.01, loss_at(W, b)
    return (loss_at(W + little, b) - here) / little, (loss_at(W, b + little) - here) / little


SLOPES.slip("inputs_in_both", {"(2.0 * residuals)": "(2.0 * residuals * inputs)"}).says("""
    The slope for `b` is multiplied by the inputs, too. But `b` is added to every prediction alike,
    however large the input is. By how much does a prediction change when `b` grows by 1?
""")
SLOPES.slip("inputs_in_neither", {" * inputs)": ")"}).says("""
    The slope for `W` is the same as the one for `b` here. But a change of `W` moves the prediction
    by more where the input is larger. What does the formula for `W` have that the one for `b`
    lacks?
""")
SLOPES.mistake("slope_for_b_first", lambda W, b, x, y: slopes(W, b, x, y)[::-1]).says("""
    Both slopes are right, in the wrong order. A caller who unpacks them would move `W` by the slope
    for `b`. Which of the two does the task name first?
""")
SLOPES.slip(
    "means_multiplied",
    {"residuals * inputs)": "residuals) * tf.reduce_mean(inputs)"},
).says("""
    This takes the mean of the residuals and the mean of the inputs, and multiplies the two. Which
    residual belonged to which input is lost by then. What has to happen for each example, before
    anything is averaged?
""")
SLOPES.slip("squares", {"2.0 * residuals": "tf.square(residuals)"}).says("""
    The residuals are squared here, so a slope can't tell too high from too low: it never points the
    other way. How fast does `r * r` change when `r` grows a little, and when is that negative?
""")
SLOPES.slip("outputs_for_inputs", {"residuals * inputs": "residuals * outputs"}).says("""
    For `W`, the residuals are multiplied by the outputs. What moves a prediction when `W` grows:
    how large its input is, or how large the actual value is?
""")
SLOPES.slip("the_notebook_s_model", {"W * inputs + b": "LinearModel()(inputs)"}).says("""
    These are the slopes at W = 5 and b = 0, whatever `W` and `b` are. If your lines use `model`,
    that is the notebook's, which keeps its own two numbers. What does a line predict with the `W`
    and `b` that you are given?
""")


@SLOPES.mistaken("""
    These are the right slopes, but a tape found them. The task asks for the formula, without a
    tape: it is what the tape will be tested with. Which two means does the formula name?
""")
def slopes_by_a_tape(W, b, inputs, outputs):
    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = mean_squared_error(W * inputs + b, outputs)
    return tape.gradient(loss, [W, b])


@SLOPES.mistaken("""
    You ask a tape here for the slopes of `W` and `b`, which are plain numbers, and it answers only
    for tensors and Variables. But the task wants no tape: which two means does the formula name?
""")
def tape_for_plain_numbers(W, b, inputs, outputs):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(W * inputs + b, outputs)
    return tape.gradient(loss, [W, b])


@SLOPES.right
def slopes_in_short(W, b, inputs, outputs):
    r = (W * inputs + b) - outputs
    return 2 * tf.reduce_mean(r * inputs), 2 * tf.reduce_mean(r)


@SLOPES.right
def slopes_by_sums(W, b, inputs, outputs):
    count = inputs.shape[0]
    r = tf.add(W * inputs, b) - outputs
    dW = tf.reduce_sum(2.0 * r * inputs) / count
    db = tf.reduce_sum(2.0 * r) / count
    return dW, db


@SLOPES.right
def slopes_example_by_example(W, b, inputs, outputs):
    dW, db = 0, 0
    for x, y in zip(inputs.numpy(), outputs.numpy(), strict=True):
        r = W * x + b - y
        dW += 2 * r * x
        db += 2 * r
    return [dW / len(inputs), db / len(inputs)]


@SLOPES.right
def slopes_in_numpy(W, b, inputs, outputs):
    r = W * inputs.numpy() + b - outputs.numpy()
    return 2 * np.dot(r, inputs) / r.size, 2 * r.mean()


@SLOPES.right
def slopes_by_the_foot(W, b, inputs, outputs):
    def loss(W, b):
        return np.mean((W * inputs.numpy().astype(float) + b - outputs.numpy()) ** 2)

    h = 0.001
    return (loss(W + h, b) - loss(W - h, b)) / (2 * h), (loss(W, b + h) - loss(W, b - h)) / (2 * h)


# --- 6.2


def train_step(model, inputs, outputs, learning_rate):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(model(inputs), outputs)
    dW, db = tape.gradient(loss, [model.W, model.b])
    model.W.assign_sub(learning_rate * dW)
    model.b.assign_sub(learning_rate * db)
    return loss


def _training(W, b, inputs, outputs, *rest):
    return lambda: (LinearModel(W, b), tf.constant(inputs), tf.constant(outputs), *rest)


def _one_step(*numbers):
    """A case: one step, with a look at the Variables that the model had before it."""

    def inputs():
        model, *others = _training(*numbers)()
        first = model.W, model.b
        model.first_variables = lambda: first
        return model, *others

    def after(model, *others):
        return {"the Variables that were there before": list(model.first_variables())}

    return Case(inputs, after=after)


TRAIN_STEP = Function(
    id="6.2",
    title="One step",
    stub="""
def train_step(model, inputs, outputs, learning_rate):
    # Your lines go here.
    return ...
""",
    solution=train_step,
    on_correct="""
        Everything that learns by gradient descent takes this step, whatever its size.
    """,
    hints="""
        Four parts: a tape round prediction and loss; both slopes; a change of both Variables; the
        loss is returned.

        Uphill is along the slope, so the Variables go against it. You subtract not the slope itself
        but a fraction of it, and the learning rate is that fraction.

        Inside the `with` block: call the model, then the loss. After it: ask the tape once for
        both slopes, with `[model.W, model.b]`. Then `assign_sub` on each Variable with its own
        slope times the learning rate. The loss from inside the block is what is returned.
    """,
    cases=(
        _one_step(5.0, 0.0, [3.0], [10.0], 0.1),
        _one_step(4.0, -0.5, [1.0, 2.0], [5.0, 9.0], 0.1),
        _one_step(-1.5, 2.0, [0.5, -2.0, 4.0], [3.0, -4.0, 13.0], 0.02),
    ),
    concepts=(A_STEP,),
)

TRAIN_STEP.slip(
    "loss_after_the_step",
    {"return loss": "return mean_squared_error(model(inputs), outputs)"},
).says("""
    The model has moved as it should, but the loss that comes back is the one after the step. The
    table of a training shows each epoch's loss together with the W and b it belongs to. Which loss
    did you have before anything was changed?
""")
TRAIN_STEP.slip("model_returned", {"return loss": "return model.W, model.b"}).says("""
    The model has moved as it should, but its two parameters come back. The caller has the model
    already. Which number does the task ask for, and in which line do you have it?
""")
TRAIN_STEP.slip(
    "slopes_of_residuals",
    {"mean_squared_error(": "tf.reduce_mean(tf.subtract(", "outputs)": "outputs))"},
).says("""
    The loss here is the mean of the residuals as they are, without a square. Its slopes are the
    same wherever the line is, so the training would go on for ever. What keeps a loss from falling
    below 0?
""")


@TRAIN_STEP.right
def step_with_assign(model, inputs, outputs, learning_rate):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((outputs - model(inputs)) ** 2)
    for variable, slope in zip(variables, tape.gradient(loss, variables), strict=True):
        variable.assign(variable - learning_rate * slope)
    return loss


@TRAIN_STEP.right
def step_by_formula(model, inputs, outputs, learning_rate):
    residuals = model(inputs) - outputs
    model.W.assign_add(-2.0 * learning_rate * tf.reduce_mean(residuals * inputs))
    model.b.assign_add(-2.0 * learning_rate * tf.reduce_mean(residuals))
    return float(tf.reduce_mean(tf.square(residuals)))


@TRAIN_STEP.right
def step_with_two_questions(model, inputs, outputs, learning_rate):
    with tf.GradientTape(persistent=True) as tape:
        loss = mean_squared_error(model(inputs), outputs)
    model.W.assign_sub(learning_rate * tape.gradient(loss, model.W))
    model.b.assign_sub(learning_rate * tape.gradient(loss, model.b))
    del tape
    return loss


@TRAIN_STEP.right
def step_by_an_optimizer(model, inputs, outputs, learning_rate):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(model(inputs), outputs)
    variables = model.trainable_variables
    optimizer = tf.keras.optimizers.SGD(learning_rate)
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss


@TRAIN_STEP.right
def step_with_its_own_slopes(model, inputs, outputs, learning_rate):
    dW, db = slopes(model.W, model.b, inputs, outputs)
    loss = mean_squared_error(model(inputs), outputs)
    model.W.assign(model.W - dW * learning_rate)
    model.b.assign(model.b - db * learning_rate)
    return loss.numpy()


@TRAIN_STEP.right
@tf.function
def step_as_a_graph(model, inputs, outputs, learning_rate):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch([model.W, model.b])
        loss = tf.reduce_mean(tf.math.squared_difference(outputs, model(inputs)))
    for variable, slope in zip([model.b, model.W], tape.gradient(loss, [model.b, model.W])):  # noqa: B905
        variable.assign_sub(tf.multiply(slope, learning_rate))
    return loss


# --- 6.P2

DOWN_TO_ZERO = Predict(
    id="6.P2",
    title="Down to 0?",
    prompt="After 110 more epochs, where will the loss be?",
    choices={
        "a": "At 0, nearly: it has been falling in every epoch.",
        "b": "Near 1.",
        "c": "It will have grown again.",
    },
    answer="b",
    reason="""
        To one digit, W reaches 3 and b reaches 2. Then only the noise remains, with a variance of
        about 1, and no line can remove it.
    """,
    tempts="""
        a: Ten epochs out of ten went down, and 110 more are a lot. A curve that only ever
        falls seems to be on its way to the ground.

        b: The first steps gained much and the last ones little. A curve that flattens like
        this comes to rest somewhere.

        c: What goes well for long can still go wrong: a step that is too long leads up the
        other side.
    """,
    feedback="""
        a: It falls in every epoch, but by less and less. It comes to rest at the lowest place of
        the landscape, and lesson 05 has measured how high that is: about 1.

        c: That can happen, with a learning rate that is too large. Here every step has gone down,
        and near the bottom the slopes, and so the steps, become smaller.
    """,
)


# --- 6.3


def train(model, inputs, outputs, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        loss = train_step(model, inputs, outputs, learning_rate)
        losses.append(float(loss))
    return losses


def of_ones_own(inputs, shows=""):
    """A case: a training that is the learner's own."""

    def after(model, *others):
        # What comes of an error is compared as an error, whatever was returned beside it.
        if "last_history" in vars(model):
            raise RuntimeError("trained by fit")
        return {}

    return Case(inputs, after=after, shows=shows)


TRAIN = Function(
    id="6.3",
    title="The loop",
    stub="""
def train(model, inputs, outputs, learning_rate, epochs):
    # Your lines go here.
    return ...
""",
    solution=train,
    on_correct="Your loop trains, and keeps every loss on the way.",
    hints="""
        What happens once, before the loop? What happens in every epoch? What happens once, after
        it?

        An empty list, a loop, and in it one call of `train_step`. It returns the very number that
        belongs in the list.

        Before the loop: `[]`. In the loop: call `train_step` with the four things it needs and
        append what it returns, made a number with `float(...)`. After the loop, no longer
        indented: return the list.
    """,
    cases=(
        of_ones_own(_training(4.0, -0.5, [1.0, 2.0], [5.0, 9.0], 0.05, 2)),
        of_ones_own(_training(-1.5, 2.0, [0.5, -2.0, 4.0], [3.0, -4.0, 13.0], 0.02, 3)),
        of_ones_own(_training(2.0, 1.0, [-1.0, 0.5, 1.5, 3.0], [4.0, 3.0, 2.5, -1.0], 0.1, 1)),
    ),
    concepts=(A_LOOP, A_STEP),
)

TRAIN.slip(
    "stepped_twice",
    {
        "loss = train_step": "train_step",
        "(loss)": "(train_step(model, inputs, outputs, learning_rate))",
    },
).says("""
    There are two steps in each epoch: the model moves twice as far, and every second loss is lost.
    Each call of `train_step` changes the model, even one that was only meant to give the loss. How
    often is it called in your loop?
""")
TRAIN.slip(
    "stepped_once",
    {"range(epochs)": "range(1)", "return losses": "return losses * epochs"},
).says("""
    One step is taken, and its loss is repeated: the model has moved once, whatever `epochs` is.
    Which line has to run again in every epoch?
""")
TRAIN.slip(
    "a_step_for_each_example",
    {
        "_ in range(epochs)": "x, y in zip(inputs, outputs)",
        "step(model, inputs, outputs": "step(model, x, y",
    },
).says("""
    This takes a step for each example, with that example alone, and `epochs` plays no part. An
    epoch of this lesson is one step with all the data. What should the loop count?
""")
TRAIN.slip(
    "steps_in_steps",
    {
        "_ in range(epochs)": "x, y in list(zip(inputs, outputs)) * epochs",
        "step(model, inputs, outputs": "step(model, x, y",
    },
).says("""
    In each epoch this takes a step for every single example. That is a training, too, but an epoch
    of this lesson is one step with all the data. What does `train_step` take for its inputs?
""")


TRAIN.right(
    lambda model, inputs, outputs, learning_rate, epochs: [
        train_step(model, inputs, outputs, learning_rate) for _ in range(epochs)
    ]
)


@TRAIN.right
def train_while(model, inputs, outputs, learning_rate, epochs):
    losses = []
    while len(losses) < epochs:
        losses.append(train_step(model, inputs, outputs, learning_rate).numpy())
    return losses


@TRAIN.right
def train_before_stepping(model, inputs, outputs, learning_rate, epochs):
    losses = tf.TensorArray(tf.float32, size=epochs)
    for epoch in tf.range(epochs):
        losses = losses.write(epoch, mean_squared_error(model(inputs), outputs))
        train_step(model, inputs, outputs, learning_rate)
    return losses.stack()


@TRAIN.right
def train_to_the_end(model, inputs, outputs, learning_rate, epochs):
    """A loop that calls itself, and returns an array."""
    if epochs == 0:
        return np.array([])
    first = float(train_step(model, inputs, outputs, learning_rate))
    return np.append(first, train_to_the_end(model, inputs, outputs, learning_rate, epochs - 1))


@TRAIN.right
def train_in_one(model, inputs, outputs, learning_rate, epochs=10):
    losses = [0.0] * epochs
    for epoch in range(epochs):
        with tf.GradientTape() as tape:
            losses[epoch] = loss = mean_squared_error(model(inputs), outputs)
        slopes = tape.gradient(loss, model.trainable_variables)
        tf.keras.optimizers.SGD(learning_rate).apply(slopes, model.trainable_variables)
    return tuple(losses)


# --- 6.P3

THREE_RATES = Predict(
    id="6.P3",
    title="Three learning rates",
    prompt=(
        "Three trainings from the same start, with learning rates 0.01, 0.1 and 1.05. Which loss "
        "will be lowest after 20 epochs, and which will grow?"
    ),
    choices={
        "a": "1.05 is lowest, as it takes the longest steps; none grows.",
        "b": "0.1 is lowest; 1.05 grows.",
        "c": "0.01 is lowest, as it is the most careful; 1.05 grows.",
    },
    answer="b",
    reason="""
        0.01 is safe, but it crawls: 20 short steps do not lead far. With 1.05 each step lands on
        the other side of the valley, higher than it began. 0.1 lies between the two.
    """,
    tempts="""
        a: Long steps cover ground, and 20 epochs are not many. If every step leads
        downhill, the longest are down first.

        b: A rate between two extremes sounds like the best of both, and 1.05 subtracts more than
        the whole slope.

        c: Short steps never overshoot, so nothing is lost on the way. And 1.05 subtracts more than
        the whole slope.
    """,
    feedback="""
        a: Longer steps are faster, up to a point. Beyond it a step leads across the lowest place
        and up the other side, and the next slope is steeper still.

        c: You are right that 1.05 grows. And careful steps do arrive, but not within 20 epochs:
        each of them covers about a fiftieth of the remaining way.
    """,
)


# --- 6.P4

A_RATE_OF_100 = Predict(
    id="6.P4",
    title="A learning rate of 100",
    prompt=(
        "What does `fit` do with a learning rate of 100? (`nan`, *not a number*, is what comes of "
        "infinity minus infinity.)"
    ),
    choices={
        "a": "It returns, with a large loss.",
        "b": "It goes on with nan, and returns that.",
        "c": "It complains.",
    },
    answer="c",
    reason="""
        The loss leaves what a float32 can hold within a few epochs. `fit` notices, puts the model
        back to where it started, and tells you from which learning rate on this had to happen.
    """,
    tempts="""
        a: A loop runs as often as it was told to, and a loss that has grown is still a
        loss.

        b: Computers go on calculating with whatever comes out, and the question mentions
        nan.

        c: A function that others have tested may well look at its own numbers before it
        hands them back.
    """,
    feedback="""
        a: A loss that has grown would be returned, with a note. But with 100 it grows so fast that
        float32 has no number for it.

        b: A loop written by hand does just that: it goes on with nan to the end. `fit` looks at
        the loss and stops, because nan helps nobody.
    """,
)


# --- 6.P5

FIVE_STEPS_OR_A_HUNDRED = Predict(
    id="6.P5",
    title="5 steps or 100",
    prompt=(
        "The same with `learning_rate=0.01` for 5 epochs: 5 steps with all the data, or 100 with "
        "mini-batches of 50. Which loss comes below 2?"
    ),
    choices={
        "a": "That of the 5 steps only: their slopes are exact.",
        "b": "That of the 100 steps only.",
        "c": "Both: both see all the data five times.",
        "d": "Neither: 0.01 is too small.",
    },
    answer="b",
    reason="""
        The slope of 50 examples is less exact, but it points nearly the same way, and there are
        twenty times as many steps. With a small learning rate that decides.
    """,
    tempts="""
        a: A slope of all the data points exactly where it should, and one good step can be
        worth many crooked ones.

        b: A hundred steps are twenty times as many as five. That can weigh more than how
        exact each of them is.

        c: Five times through all the data is five times through all the data: neither has seen more
        than the other.

        d: A hundredth of a slope is little, and the curve for 0.01 was the one that
        crawled.
    """,
    feedback="""
        a: Their slopes are exact, that is so. But 5 steps of a hundredth of the slope lead hardly
        anywhere, however well they are aimed.

        c: Both look at each example five times. But steps move the parameters, and one training
        takes 5 of them, the other 100.

        d: For 5 steps it is, as you expected. 100 steps with the same rate lead much further.
    """,
)


# --- 6.P6

THE_FIRST_STEP = Predict(
    id="6.P6",
    title="The first step",
    prompt=(
        "Start at W = 5 and b = 0. With which learning rate does the very first step come closest "
        "to the lowest place?"
    ),
    choices={
        "a": "0.1",
        "b": "0.5",
        "c": "0.9",
    },
    answer="b",
    reason="""
        0.1 covers only about a fifth of the way, 0.5 nearly all of it, and 0.9 lands almost as far
        beyond it as the start was before it.
    """,
    tempts="""
        a: 0.1 has brought every training of this lesson down safely, without overshooting
        once.

        b: Half of the slope is neither timid nor bold, and the lowest place is neither near
        nor far.

        c: The lowest place is some way off, and of the three, 0.9 goes farthest in a single
        step.
    """,
    feedback="""
        a: 0.1 comes down safely, every time. But how far does its first step lead? Set it in the
        explorer and press *Step* once, then do the same with 0.5.

        c: 0.9 steps farthest. Farthest is not closest: set it in the explorer, press *Step* once,
        and look on which side of the star it lands.
    """,
)
