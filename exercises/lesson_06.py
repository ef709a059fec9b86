"""The exercises of lesson 06: slopes, one step, and the loop."""
# Answers are written as learners write them:
# ruff: noqa: ANN001, ANN002, ANN201, ANN202, ANN204, D101, D102, D103

import tensorflow as tf

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
        a: TODO

        b: TODO

        c: TODO
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


SLOPES = Function(
    id="6.1",
    title="Slopes without a tape",
    stub="""
def slopes(W, b, inputs, outputs):
    # Your lines go here.
    return ...
""",
    solution=slopes,
    on_correct="The tape will give these very numbers, without being told the formula.",
    hints="""
        Residuals need a prediction. What does our model predict for the inputs?

        First the prediction of the line, then the residuals, then two means. Each mean is over as
        many numbers as there are examples.

        One line makes `r` from `W`, `b`, `inputs` and `outputs`. Then `tf.reduce_mean(...)` twice:
        once round the product of three things, once round a product of two. Return both with a
        comma between them.
    """,
    cases=(
        Case(lambda: (4.0, 3.0, tf.constant([3.0]), tf.constant([10.0]))),
        Case(lambda: (5.0, -0.5, tf.constant([1.0, 3.0]), tf.constant([5.0, 8.0]))),
        Case(
            lambda: (-1.5, 2.0, tf.constant([0.5, -2.0, 4.0]), tf.constant([3.0, -4.0, 13.0])),
        ),
    ),
)
SLOPES.slip(
    "two_forgotten",
    {
        "2.0 * residuals * inputs), tf.reduce_mean(2.0 * residuals": "residuals * inputs), tf.reduce_mean(residuals"
    },
).says("""
    Both slopes are half of what they should be. The direction is right, but the tape would
    disagree by a factor of 2. What does the slope of a square bring with it: by how much does `r *
    r` grow when `r` grows a little?
""")
SLOPES.slip("two_in_one_only", {"(2.0 * residuals)": "(residuals)"}).says("""
    The slope for `W` is right, the one for `b` is half of what it should be. Which factor stands
    in one of your two lines and not in the other?
""")
SLOPES.slip(
    "actual_minus_predicted", {"W * inputs + b - outputs": "outputs - (W * inputs + b)"}
).says("""
    Both slopes have the wrong sign, as they come from actual minus predicted. A training with
    these would walk uphill. Which way round are residuals taken since lesson 04?
""")


@SLOPES.mistaken("""
    The slope for `b` is multiplied with the inputs, too. But `b` is added to every prediction
    alike, however large the input is. By how much does a prediction change when `b` grows by 1?
""")
def inputs_in_both(W, b, inputs, outputs):
    residuals = W * inputs + b - outputs
    slope = tf.reduce_mean(2.0 * residuals * inputs)
    return slope, slope


@SLOPES.mistaken("""
    The slope for `W` is the same as the one for `b` here. But a change of `W` moves the prediction
    by more where the input is larger. What does the formula for `W` have that the one for `b` has
    not?
""")
def inputs_in_neither(W, b, inputs, outputs):
    residuals = W * inputs + b - outputs
    slope = tf.reduce_mean(2.0 * residuals)
    return slope, slope


@SLOPES.mistaken("""
    Both slopes are right, in the wrong order. Whoever unpacks them would move `W` by what belongs
    to `b`. Which of the two does the task name first?
""")
def slope_for_b_first(W, b, inputs, outputs):
    dW, db = slopes(W, b, inputs, outputs)
    return db, dW


SLOPES.slip(
    "sums_of_slopes",
    {
        "reduce_mean(2.0 * residuals * inputs), tf.reduce_mean": "reduce_sum(2.0 * residuals * inputs), tf.reduce_sum"
    },
).says("""
    These are sums over the examples, not means. With a thousand examples they are a thousand times
    too large, and so would be the steps. What did the loss do with its squares at the end?
""")


@SLOPES.mistaken("""
    This takes the mean of the residuals and the mean of the inputs, and multiplies the two. Which
    residual belonged to which input is lost by then. What has to happen for each example, before
    anything is averaged?
""")
def means_multiplied(W, b, inputs, outputs):
    residuals = W * inputs + b - outputs
    db = tf.reduce_mean(2.0 * residuals)
    return db * tf.reduce_mean(inputs), db


SLOPES.slip("b_left_out", {"+ b -": "-"}).says("""
    The prediction lacks `b` here: the residuals are those of a line through 0. What does our model
    add after `W` times the input?
""")


@SLOPES.mistaken("""
    This uses the predictions where the residuals should be, so the actual values play no part.
    What would tell such a slope that a prediction is already right?
""")
def predictions_for_residuals(W, b, inputs, outputs):
    predicted = W * inputs + b
    return tf.reduce_mean(2.0 * predicted * inputs), tf.reduce_mean(2.0 * predicted)


@SLOPES.mistaken("""
    This gives a slope for each example. There is one `W` and one `b`, so each needs one slope for
    all examples together. Which step of the formula is missing?
""")
def slopes_of_each_example(W, b, inputs, outputs):
    residuals = W * inputs + b - outputs
    return 2.0 * residuals * inputs, 2.0 * residuals


@SLOPES.right
def slopes_by_a_tape(W, b, inputs, outputs):
    W, b = tf.Variable(W), tf.Variable(b)
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


# --- 6.2


def train_step(model, inputs, outputs, learning_rate):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(model(inputs), outputs)
    dW, db = tape.gradient(loss, [model.W, model.b])
    model.W.assign_sub(learning_rate * dW)
    model.b.assign_sub(learning_rate * db)
    return loss


def _loss_and_slopes(model, inputs, outputs):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(model(inputs), outputs)
    return loss, *tape.gradient(loss, [model.W, model.b])


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

        Uphill is along the slope, so the Variables go against it. What is taken off is not the
        slope itself but a fraction of it, and the learning rate is that fraction.

        Inside the `with` block: call the model, then the loss. After it: ask the tape once for
        both slopes, with `[model.W, model.b]`. Then `assign_sub` on each Variable with its own
        slope times the learning rate. The loss from inside the block is what is returned.
    """,
    cases=(
        _one_step(5.0, 0.0, [3.0], [10.0], 0.1),
        _one_step(4.0, -0.5, [1.0, 2.0], [5.0, 9.0], 0.1),
        _one_step(-1.5, 2.0, [0.5, -2.0, 4.0], [3.0, -4.0, 13.0], 0.02),
    ),
)


@TRAIN_STEP.mistaken("""
    The step goes uphill: the slopes are added, and the loss is larger afterwards. The slope says
    in which direction the loss grows. Which way do you want to go?
""")
def gradient_added(model, inputs, outputs, learning_rate):
    loss, dW, db = _loss_and_slopes(model, inputs, outputs)
    model.W.assign_add(learning_rate * dW)
    model.b.assign_add(learning_rate * db)
    return loss


@TRAIN_STEP.mistaken("""
    The whole slope is taken off, and the learning rate plays no part. Such a step is mostly far
    too long and ends higher up, on the other side of the valley. Where would the fraction have to
    come in?
""")
def learning_rate_forgotten(model, inputs, outputs, learning_rate):
    loss, dW, db = _loss_and_slopes(model, inputs, outputs)
    model.W.assign_sub(dW)
    model.b.assign_sub(db)
    return loss


@TRAIN_STEP.mistaken("""
    The slopes are None: inside the block nothing leads from the Variables to the loss, or the tape
    was asked the other way round, with the Variables before the loss. Is the model called there,
    and is its prediction (not its `.numpy()`) used?
""")
def predicted_before_the_tape(model, inputs, outputs, learning_rate):
    predicted = model(inputs)
    with tf.GradientTape() as tape:
        loss = mean_squared_error(predicted, outputs)
    dW, db = tape.gradient(loss, [model.W, model.b])
    model.W.assign_sub(learning_rate * dW)
    model.b.assign_sub(learning_rate * db)
    return loss


@TRAIN_STEP.mistaken("""
    The numbers are right, but `model.W` and `model.b` are tensors now: `=` put the names on
    something new. The next tape will not watch them, and the next step fails. What changes a
    Variable and leaves it a Variable?
""")
def tensors_for_variables(model, inputs, outputs, learning_rate):
    loss, dW, db = _loss_and_slopes(model, inputs, outputs)
    model.W = model.W - learning_rate * dW
    model.b = model.b - learning_rate * db
    return loss


@TRAIN_STEP.mistaken("""
    The numbers are right, but the model has two new Variables now. Whoever holds the old ones, an
    optimizer for example, still sees the old values. How can the Variables that are there be
    changed?
""")
def new_variables(model, inputs, outputs, learning_rate):
    loss, dW, db = _loss_and_slopes(model, inputs, outputs)
    model.W = tf.Variable(model.W - learning_rate * dW)
    model.b = tf.Variable(model.b - learning_rate * db)
    return loss


@TRAIN_STEP.mistaken("""
    The numbers are right, but the names are on other objects now. `assign_sub` has already changed
    it; leave out `model.W =`. Is there anything left for an `=` to do?
""")
def changed_and_assigned(model, inputs, outputs, learning_rate):
    loss, dW, db = _loss_and_slopes(model, inputs, outputs)
    model.W = model.W.assign_sub(learning_rate * dW)
    model.b = model.b.assign_sub(learning_rate * db)
    return loss


@TRAIN_STEP.mistaken("""
    TensorFlow stops at `-=`. In Python that is short for `W = W - ...`, which would put a tensor
    in the Variable's place, and it can't know whether you want that. Which method says plainly:
    take this off the Variable itself?
""")
def minus_equals(model, inputs, outputs, learning_rate):
    loss, dW, db = _loss_and_slopes(model, inputs, outputs)
    model.W -= learning_rate * dW
    model.b -= learning_rate * db
    return loss


@TRAIN_STEP.mistaken("""
    The loss that comes back is right, and the model is as it was: nothing was written into its
    Variables. `W = ...` makes a name inside your function. Which object has to change, and by
    which of its methods?
""")
def nothing_applied(model, inputs, outputs, learning_rate):
    loss, dW, db = _loss_and_slopes(model, inputs, outputs)
    W = model.W - learning_rate * dW  # noqa: F841
    b = model.b - learning_rate * db  # noqa: F841
    return loss


@TRAIN_STEP.mistaken("""
    The new values are computed and returned, but the model is as it was. The caller expects a
    model that has moved, and the loss. What writes a value into a Variable?
""")
def update_returned(model, inputs, outputs, learning_rate):
    _, dW, db = _loss_and_slopes(model, inputs, outputs)
    return model.W - learning_rate * dW, model.b - learning_rate * db


@TRAIN_STEP.mistaken("""
    Afterwards the Variables hold the step itself, learning rate times slope, and their old values
    are gone. `assign` takes the new value, `assign_sub` the amount to take off. Which of them did
    you give what?
""")
def step_assigned(model, inputs, outputs, learning_rate):
    loss, dW, db = _loss_and_slopes(model, inputs, outputs)
    model.W.assign(learning_rate * dW)
    model.b.assign(learning_rate * db)
    return loss


@TRAIN_STEP.mistaken("""
    `W` was moved by the slope for `b`, and `b` by the one for `W`. The tape answers in the order
    in which it was asked. In which order do you take its answers?
""")
def slopes_swapped(model, inputs, outputs, learning_rate):
    loss, dW, db = _loss_and_slopes(model, inputs, outputs)
    model.W.assign_sub(learning_rate * db)
    model.b.assign_sub(learning_rate * dW)
    return loss


@TRAIN_STEP.mistaken("""
    `W` has moved and `b` has not. The line can turn but not rise, so most lines stay out of its
    reach. How many parameters does the model have?
""")
def only_w_updated(model, inputs, outputs, learning_rate):
    loss, dW, _ = _loss_and_slopes(model, inputs, outputs)
    model.W.assign_sub(learning_rate * dW)
    return loss


@TRAIN_STEP.mistaken("""
    The slope for `b` was taken after `W` had moved, so the two belong to different places of the
    landscape. One step takes both slopes where it starts. At which point of your code is the tape
    asked for each?
""")
def b_after_w(model, inputs, outputs, learning_rate):
    loss, dW, _ = _loss_and_slopes(model, inputs, outputs)
    model.W.assign_sub(learning_rate * dW)
    _, _, db = _loss_and_slopes(model, inputs, outputs)
    model.b.assign_sub(learning_rate * db)
    return loss


@TRAIN_STEP.mistaken("""
    The model has moved as it should, but the loss that comes back is the one after the step. The
    table of a training shows each epoch's loss together with the W and b it belongs to. Which loss
    did you have before anything was changed?
""")
def loss_after_the_step(model, inputs, outputs, learning_rate):
    train_step(model, inputs, outputs, learning_rate)
    return mean_squared_error(model(inputs), outputs)


@TRAIN_STEP.mistaken("""
    These are the slopes of the prediction, not of the loss: the actual values play no part in
    them, and every step makes the predictions smaller. Of what should the tape take the slope?
""")
def slopes_of_the_prediction(model, inputs, outputs, learning_rate):
    with tf.GradientTape() as tape:
        predicted = model(inputs)
        loss = mean_squared_error(predicted, outputs)
    dW, db = tape.gradient(predicted, [model.W, model.b])
    model.W.assign_sub(learning_rate * dW)
    model.b.assign_sub(learning_rate * db)
    return loss


@TRAIN_STEP.mistaken("""
    The tape is asked twice, and it answers once: after that its record is gone. Both slopes can be
    had in one question. What would you pass instead of a single Variable?
""")
def one_tape_asked_twice(model, inputs, outputs, learning_rate):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(model(inputs), outputs)
    model.W.assign_sub(learning_rate * tape.gradient(loss, model.W))
    model.b.assign_sub(learning_rate * tape.gradient(loss, model.b))
    return loss


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
        W comes to 3 and b to 2, as far as one digit shows. What is left then is the noise, with a
        variance of about 1, and no line can remove it.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO
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


TRAIN = Function(
    id="6.3",
    title="The loop",
    stub="""
def train(model, inputs, outputs, learning_rate, epochs):
    # Your lines go here.
    return ...
""",
    solution=train,
    on_correct="Model, loss, data, step, loop: all of it is yours now.",
    hints="""
        What happens once, before the loop? What happens in every epoch? What happens once, after
        it?

        An empty list, a loop, and in it one call of `train_step`. It returns the very number that
        belongs into the list.

        Before the loop: `[]`. In the loop: call `train_step` with the four things it needs and
        append what it returns, made a number with `float(...)`. After the loop, no longer
        indented: return the list.
    """,
    cases=(
        Case(_training(4.0, -0.5, [1.0, 2.0], [5.0, 9.0], 0.05, 2)),
        Case(_training(-1.5, 2.0, [0.5, -2.0, 4.0], [3.0, -4.0, 13.0], 0.02, 4)),
        Case(_training(2.0, 1.0, [-1.0, 0.5, 1.5, 3.0], [4.0, 3.0, 2.5, -1.0], 0.1, 3)),
    ),
)


@TRAIN.mistaken("""
    Every epoch starts with a new model, so nothing adds up: all losses are the same, and the model
    that was passed is as it was. Where does the model come from that the caller wants trained?
""")
def new_model_in_the_loop(model, inputs, outputs, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        model = LinearModel()
        losses.append(float(train_step(model, inputs, outputs, learning_rate)))
    return losses


TRAIN.mistake(
    "new_model_before_the_loop",
    lambda model, inputs, outputs, learning_rate, epochs: train(
        LinearModel(), inputs, outputs, learning_rate, epochs
    ),
).says("""
    This trains a new model, made inside the function. The one that the caller passed is as it was,
    and the trained one is lost when the function ends. Which model should move?
""")


@TRAIN.mistaken("""
    The model is trained as it should be, but the list holds the loss of the last epoch only. Is
    the line that appends inside the loop, and is the list made only once, before it?
""")
def recorded_once(model, inputs, outputs, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        loss = train_step(model, inputs, outputs, learning_rate)
    losses.append(float(loss))
    return losses


@TRAIN.mistaken("""
    It stops after the first epoch: a `return` inside a loop ends the whole function. How far
    should that line be indented?
""")
def returned_in_the_loop(model, inputs, outputs, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(float(train_step(model, inputs, outputs, learning_rate)))
        return losses


TRAIN.mistake(
    "last_loss_only",
    lambda model, inputs, outputs, learning_rate, epochs: train(
        model, inputs, outputs, learning_rate, epochs
    )[-1],
).says("""
    The model is trained as it should be, but a single loss comes back, the last one. To see
    whether a training went well, one wants to see all of them. Where could they be kept on the
    way?
""")
TRAIN.mistake(
    "one_epoch_more",
    lambda model, inputs, outputs, learning_rate, epochs: train(
        model, inputs, outputs, learning_rate, epochs + 1
    ),
).says("""
    This takes one epoch more than was asked for. `range(n)` already gives n numbers, 0 among them.
    Is something added to it, or is there a step outside the loop?
""")
TRAIN.mistake(
    "one_epoch_fewer",
    lambda model, inputs, outputs, learning_rate, epochs: train(
        model, inputs, outputs, learning_rate, epochs - 1
    ),
).says("""
    This takes one epoch fewer than was asked for. `range(1, n)` ends before n and gives n - 1
    numbers. How often should the loop run?
""")
TRAIN.slip(
    "loss_after_each_step",
    {"loss = train_step": "train_step", "(loss)": "(mean_squared_error(model(inputs), outputs))"},
).says("""
    The model is trained as it should be, but each loss is the one after its update: the first,
    from where the training started, is missing. Which loss does `train_step` return?
""")
TRAIN.slip(
    "stepped_twice",
    {
        "loss = train_step": "train_step",
        "(loss)": "(train_step(model, inputs, outputs, learning_rate))",
    },
).says("""
    There are two steps in each epoch: the model moves twice as far, and every second loss is lost.
    Each call of `train_step` changes the model, also one that was only meant to give the loss. How
    often is it called in your loop?
""")
TRAIN.mistake(
    "learning_rate_of_its_own",
    lambda model, inputs, outputs, learning_rate, epochs: train(
        model, inputs, outputs, 0.1, epochs
    ),
).says("""
    The learning rate here is always 0.1, whatever the caller asks for. That goes well until the
    day when 0.1 is too large. Which value do you pass on to `train_step`?
""")


@TRAIN.mistaken("""
    Every loss is the same, since the model never moves: the loss is computed, but no step is
    taken. Which function takes one?
""")
def never_stepped(model, inputs, outputs, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(float(mean_squared_error(model(inputs), outputs)))
    return losses


@TRAIN.mistaken("""
    The model is trained as it should be, but no loss is kept: between a list and a tensor, `+`
    calculates with the numbers of the list, and an empty list has none. Which method of a list
    takes in one more thing?
""")
def losses_added(model, inputs, outputs, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses += train_step(model, inputs, outputs, learning_rate)
    return losses


@TRAIN.mistaken("""
    `append` changes the list and gives back None: with `=` in front of it, the name stands for
    None from then on. What is left to do after `append` has run?
""")
def append_assigned(model, inputs, outputs, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses = losses.append(float(train_step(model, inputs, outputs, learning_rate)))
    return losses


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
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        a: Longer steps are faster, up to a point. Beyond it a step leads across the lowest place
        and up the other side, and the next slope is steeper still.

        c: You are right that 1.05 grows. And careful steps do arrive, but not within 20 epochs:
        each of them takes off about a fiftieth of the way that is left.
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
        back to where it started, and says from which learning rate on that had to happen.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO
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
        a: TODO

        b: TODO

        c: TODO

        d: TODO
    """,
    feedback="""
        a: Their slopes are exact, that is so. But 5 steps of a hundredth of the slope lead hardly
        anywhere, however well they are aimed.

        c: Both look at each example five times. But what moves the parameters is steps, and one of
        them takes 5 and the other 100.

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
        0.1 covers only about a fifth of the way, 0.5 nearly all of it, and 0.9 shoots almost as
        far beyond as it was before.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        a: 0.1 comes down safely, every time. But how far does its first step lead? Set it in the
        explorer and press *Step* once, then do the same with 0.5.

        c: 0.9 steps farthest. Farthest is not closest: set it in the explorer, press *Step* once,
        and look on which side of the star it lands.
    """,
)
