"""The exercises of lesson 07, the capstone: model, loss, loop and training, from an empty page."""
# Answers are written as learners write them:
# ruff: noqa: ANN001, ANN002, ANN201, ANN202, ANN204, D101, D102, D103

import dataclasses
import dis
import functools

import numpy as np
import tensorflow as tf

from exercises.concepts import (
    A_LINE,
    A_LOOP,
    A_MEAN_OF_SQUARES,
    A_MODEL,
    A_RESIDUAL,
    A_SCORE,
    A_STEP,
    A_TRAINED_MODEL,
)
from exercises.engine.model import Case, Class, Function, Predict, Remark, Value
from exercises.lesson_03 import with_new_variables
from exercises.lesson_04 import followed_by_a_tape
from exercises.lesson_06 import of_ones_own
from helpers.training import fit

TITLE = "Your own"

# The data of the notebook, drawn in the same way.
weight = 2.0 * tf.random.stateless_uniform([200], seed=[70, 1])

length = 12.0 + 7.0 * weight + 0.4 * tf.random.stateless_normal([200], seed=[70, 2])

train_weight, held_out_weight = weight[:150], weight[150:]

train_length, held_out_length = length[:150], length[150:]

speed = 20.0 + 120.0 * tf.random.stateless_uniform([80], seed=[80, 1])

true_distance = 0.28 * speed + 0.0055 * tf.square(speed)

distance = true_distance + 3.0 * tf.random.stateless_normal([80], seed=[80, 2])


# --- 7.P1

AN_HONEST_LOSS = Predict(
    id="7.P1",
    title="An honest loss",
    prompt=(
        "The ruler's noise has a standard deviation of 0.4 cm. Suppose your training goes as well "
        "as it can. Which mean squared error will the line have on these springs, in cm squared?"
    ),
    choices={"a": "0", "b": "About 0.16", "c": "About 0.4"},
    answer="b",
    reason="""
        What no line can remove is the variance of the noise: the square of 0.4, which is 0.16. A
        loss far above that says that something is not learned yet.
    """,
    tempts="""
        a: Training brings a loss down, and a mean of squares can go down as far as 0.

        b: This loss is made of squares, and 0.16 is the square of a number in the question.

        c: 0.4 is the number in the question: it says how far a reading is off, and that is
        what a loss measures.
    """,
    feedback="""
        a: A good training brings the loss down as far as it goes, that is so. But the noise lies
        in the data and not in the model; the true line itself has it.

        c: 0.4 cm is how far a reading is off, typically. The loss is in squares, so you will meet
        the square of that.
    """,
)


# --- 7.1


class MyModel(tf.Module):
    def __init__(self, W, b):
        super().__init__()
        self.W = tf.Variable(W, dtype=tf.float32)
        self.b = tf.Variable(b, dtype=tf.float32)

    def __call__(self, inputs):
        return self.W * inputs + self.b


def _made_with(start):
    return f"a model made with {', '.join(map(str, start))}"


def _predicts(start, inputs):
    """A case: the predictions of a model just made."""
    return Case(
        shows=f"{_made_with(start)}; inputs {inputs}",
        call=lambda cls: {"its predictions": cls(*start)(tf.constant(inputs))},
    )


def _numbers_to_train(model):
    """All numbers that training may change, however many Variables they are kept in."""
    found = getattr(model, "trainable_variables", None)
    if found is None:
        return "the model cannot tell"
    kept = tf.nest.flatten(list(vars(model).values()))
    of_keras = isinstance(model, tf.keras.layers.Layer)
    for kind, words in {
        tf.Tensor: "its tensors never change",
        tf.Variable: "Keras does not find them" if of_keras else "they are not trainable",
        int | float: "they are plain numbers",
    }.items():
        if not found and any(isinstance(value, kind) for value in kept):
            return f"nothing: {words}"
    return sorted(float(number) for variable in found for number in np.ravel(variable))


def _can_be_trained(start):
    """A case: what training may change, whether a tape sees it, and whether predictions follow."""

    def call(cls):
        model, inputs = cls(*start), tf.constant([2.0, -3.0])
        model(inputs)  # A layer of Keras may make its Variables here.
        _, made = with_new_variables(lambda: model(inputs))
        with tf.GradientTape() as tape:
            predicted = model(inputs)
            in_a_list = isinstance(predicted, list | tuple)
            total = tf.stack(predicted) if in_a_list else predicted
        listed = list(getattr(model, "trainable_variables", ()))
        floating = tf.is_tensor(total) and total.dtype.is_floating
        slopes = tape.gradient(total, listed) if floating and listed else [None]
        seen = {
            "its predictions": predicted,
            "predictions in a list": in_a_list,
            "new Variables in another call": made,
            "in trainable_variables": _numbers_to_train(model),
            "are they floats?": all(tf.as_dtype(v.dtype).is_floating for v in listed),
            "a tape finds all slopes": all(slope is not None for slope in slopes),
        }
        for variable in listed:
            variable.assign_add(tf.ones_like(variable))
        seen["when each parameter has grown by 1"] = model(inputs)
        again = getattr(model, "trainable_variables", ())
        return seen | {
            "the same ones after that": [id(v) for v in listed] == [id(v) for v in again]
        }

    return Case(shows=_made_with(start), call=call)


def _stands_alone(start, other):
    """A case: the predictions of a first model, when a second one was made."""

    def call(cls):
        first, _ = cls(*start), cls(*other)
        return {"predictions of the first of two models": first(tf.constant([2.0, -3.0]))}

    return Case(shows=f"{_made_with(start)}, and then another", call=call)


MODEL = Class(
    id="7.1",
    title="The model",
    stub="""
class MyModel(tf.Module):
    def __init__(self, W, b):
        pass  # replace this line

    def __call__(self, inputs):
        return ...
""",
    solution=MyModel,
    on_correct="""
        It predicts, it knows what may change, and its predictions follow the changes.
    """,
    hints="""
        Two methods: one runs when a model is made, the other when it is called. Which of them
        makes the things that change, and which only reads them?

        What training may change is a `tf.Variable`, kept as an attribute of `self`, in a class that
        is built on `tf.Module`. The dtype follows from the starting value, unless you name one.

        In `__init__`: two attributes, each a Variable with its starting value and
        `dtype=tf.float32`. In `__call__`: the formula of the line, with both attributes, and a
        `return`.
    """,
    cases=(
        _predicts((3.0, 10.0), [2.0, -1.0, 0.0]),
        _can_be_trained((-1.5, 6.0)),
        _stands_alone((3.0, 10.0), (-2.0, 5.0)),
        _can_be_trained((4, 30)),
    ),
    concepts=(A_LINE, A_MODEL),
    without=("second_not_trained", "kept_nowhere"),
)


@MODEL.right
class OtherNames(tf.Module):
    def __init__(self, per_kilogram, unloaded):
        super().__init__("spring")
        self.unloaded = tf.Variable(float(unloaded), name="unloaded")
        self.per_kilogram = tf.Variable(float(per_kilogram), name="per_kilogram")

    @tf.Module.with_name_scope
    def __call__(self, weight):
        return tf.add(self.unloaded, tf.multiply(weight, self.per_kilogram))


@MODEL.right
class InOneList(tf.Module):
    def __init__(self, *start):
        self.parameters = [tf.Variable(1.0 * number) for number in start]

    def __call__(self, x):
        return self.parameters[0] * x + self.parameters[1]


@MODEL.right
class InOneVariable(tf.Module):
    def __init__(self, W, b):
        self.parameters = tf.Variable([W, b], dtype=tf.float32)

    def __call__(self, inputs):
        return self.parameters[0] * inputs + self.parameters[1]


@MODEL.right
class InADictionary(tf.Module):
    def __init__(self, W=0.0, b=0.0, name=None):
        super().__init__(name=name)
        self.kept = {
            key: tf.Variable(tf.cast(n, tf.float32)) for key, n in {"W": W, "b": b}.items()
        }

    def __call__(self, inputs, training=False):
        return tf.math.polyval([self.kept["W"], self.kept["b"]], inputs)


@MODEL.right
@dataclasses.dataclass(eq=False)
class ADataclass(tf.Module):
    W: float
    b: float = 0.0

    def __post_init__(self):
        super().__init__()
        self.W, self.b = (tf.Variable(n, dtype="float32") for n in (self.W, self.b))

    def __call__(self, inputs):
        return self.W * inputs + self.b


@MODEL.right
class AClosure(tf.Module):
    def __init__(self, W, b):
        W, b = self.all = [tf.Variable([float(W)]), tf.Variable([float(b)])]
        self.predict = lambda inputs: W * inputs + b

    def __call__(self, inputs):
        return self.predict(inputs)


@MODEL.right
class AKerasLayer(tf.keras.layers.Layer):
    def __init__(self, W, b):
        super().__init__()
        start = tf.keras.initializers.Constant
        self.W = self.add_weight(shape=(), initializer=start(W))
        self.b = self.add_weight(shape=(), initializer=start(b))

    def call(self, inputs):
        return self.W * inputs + self.b


@MODEL.right
class PlainButHonest:
    def __init__(self, W, b):
        self.trainable_variables = tf.Variable(float(W)), tf.Variable(float(b))

    def __call__(self, inputs):
        W, b = self.trainable_variables
        return W * inputs + b


# --- 7.2


def my_loss(predicted, actual):
    if predicted.shape != actual.shape:
        raise ValueError(f"the shapes {predicted.shape} and {actual.shape} differ")
    return tf.reduce_mean(tf.square(predicted - actual))


def _numbers(predicted, actual):
    return lambda: (tf.constant(predicted), tf.constant(actual))


def _raised_by(answer, error):
    """Whether a `raise` or an `assert` of the learner's own is where an error came from."""
    last = error.__traceback__
    while last.tb_next:
        last = last.tb_next
    own = last.tb_frame.f_globals is getattr(answer, "__globals__", None)
    return own and last.tb_frame.f_code.co_code[last.tb_lasti] == dis.opmap["RAISE_VARARGS"]


def _agreeing(case, *, as_a_number=False):
    """A case with two of the same shape, which no loss should refuse."""

    def call(answer, predicted, actual):
        try:
            found = case.call(answer, predicted, actual) if case.call else answer(predicted, actual)
        except ValueError as error:
            if not _raised_by(answer, error):
                raise
            says = "it refuses, though the shapes agree"
            raise ValueError(says).with_traceback(error.__traceback__) from None
        single = as_a_number and tf.is_tensor(found) and found.shape.num_elements() == 1
        return tf.reshape(found, []) if single else found

    return Case(case.inputs, call=call, shows=case.shows)


def _differing(predicted, actual):
    """A case: two of different shapes, which every loss should refuse."""

    def call(answer, predicted, actual):
        try:
            found = answer(predicted, actual)
        except ValueError:
            raise
        except (AssertionError, tf.errors.InvalidArgumentError):
            return "it refuses, but with an assertion"
        except Exception as error:
            if "must derive from" in str(error) or not _raised_by(answer, error):
                raise
            exactly = " itself" if type(error) is Exception else ""
            return f"it refuses, but with another kind of Exception{exactly}"
        a_class = isinstance(found, type) and issubclass(found, Exception)
        return "an error as a value" if a_class or isinstance(found, Exception) else found

    return Case(_numbers(predicted, actual), call=call, raises=(ValueError,))


LOSS = Function(
    id="7.2",
    title="The loss",
    stub="""
def my_loss(predicted, actual):
    return ...
""",
    solution=my_loss,
    exact=True,
    on_correct="It answers where it can, and where it cannot it says so.",
    hints="""
        Two things to do: look at the shapes first, then compute. For the second, read *mean
        squared error* from right to left.

        Every tensor has a `.shape`, and two shapes can be compared with `!=`. Python stops with
        your own error when it reaches `raise ValueError("why")`.

        First an `if` with the two shapes and a `raise` below it. After it, no longer indented: the
        difference, its square, the mean of that, and `return`.
    """,
    cases=(
        _agreeing(Case(_numbers([8.0], [5.5]))),
        _agreeing(Case(_numbers([8.0, 1.0, 4.0], [5.5, 5.0, 4.5]))),
        _agreeing(Case(_numbers([[8.0], [1.0], [4.0]], [[5.5], [5.0], [4.5]])), as_a_number=True),
        _agreeing(followed_by_a_tape([8.0, 1.0], [5.5, 5.0])),
        _differing([[8.0], [1.0], [4.0]], [5.5, 5.0, 4.5]),
        _differing([8.0, 1.0, 4.0], [[5.5], [5.0], [4.5]]),
        _differing([[8.0, 1.0, 4.0]], [[5.5], [5.0], [4.5]]),
    ),
    concepts=(A_RESIDUAL, A_SCORE, A_MEAN_OF_SQUARES),
)
LOSS.mistake("every_shape_accepted", lambda p, a: tf.reduce_mean(tf.square(p - a))).says("""
    The loss is right where the shapes agree. For `[3, 1]` and `[3]` it gives a number, too, and a
    wrong one: everything is compared with everything. Do you compare the whole shapes first, and
    does a `raise` stop the function where they differ?
""")
LOSS.slip(
    "shapes_made_equal",
    {
        "raise ValueError(f": "print(f",
        "predicted - actual": "tf.reshape(predicted, [-1]) - tf.reshape(actual, [-1])",
    },
).says("""
    This brings both to the same shape and goes on. It may be what was meant, or it may hide that
    two things were mixed up; a loss cannot know. What does the task ask for where the shapes
    differ?
""")
LOSS.slip("silent_where_shapes_differ", {"raise ValueError(f": "return print(f"}).says("""
    Where the shapes differ, None comes back. The training would go on with it and stop at some
    later line, with a message about None. `print` says something and stops nothing. Does a `raise`
    stop the function where the shapes differ?
""")
LOSS.slip(
    "only_axes_counted",
    {"predicted.shape != actual.shape": "tf.rank(predicted) != tf.rank(actual)"},
).says("""
    It refuses `[3]` and `[3, 1]`. But `[1, 3]` and `[3, 1]` have two axes each, and it compares
    them all with all. What does a shape say besides the number of its axes?
""")
LOSS.slip(
    "only_lengths_compared", {"predicted.shape != actual.shape": "len(predicted) != len(actual)"}
).says("""
    This compares how many numbers there are along the first axis. `[3]` and `[3, 1]` have three
    each, and so it compares them all with all. What does a shape say besides the length?
""")
LOSS.slip("values_compared", {"predicted.shape != actual.shape": "predicted != actual"}).says("""
    The condition compares the numbers, and they differ in every loss that is not 0. Only the
    shapes should decide whether it refuses. What does a tensor have that tells its shape?
""")
LOSS.slip("text_raised", {"ValueError(f": "(f"}).says("""
    It stops, but with a TypeError of Python's own: text cannot be raised, only an error can. Which
    kind of error could carry your text?
""")
LOSS.slip("exception_raised", {"ValueError": "Exception"}).says("""
    It refuses, but with an Exception; the task asks for a `ValueError`. A caller who waits for that
    kind will not catch this one. Which word after `raise` says the kind?
""")
LOSS.slip("other_error_raised", {"ValueError": "TypeError"}).says("""
    It refuses, but with another kind of error; the task asks for a `ValueError`. The types are as
    they should be here, and the values do not fit together. Which word after `raise` says the kind?
""")


@LOSS.mistaken("""
    It refuses, but with an error of another kind; the task asks for a `ValueError`. An assertion,
    Python's or TensorFlow's, is there to find your own mistakes. Which statement raises an error of
    a kind that you choose?
""")
def asserted(predicted, actual):
    assert predicted.shape == actual.shape, "different"
    return tf.reduce_mean(tf.square(predicted - actual))


LOSS.slip("error_returned", {"raise": "return"}).says("""
    An error that is returned is only a value; `raise` stops. The training would take this value for
    a loss. Which word goes before your error?
""")
LOSS.slip("refuses_where_they_agree", {"!=": "=="}).says("""
    It refuses where the shapes agree, and answers where they differ. In which of the two cases is
    your condition true?
""")
LOSS.slip("refuses_everything", {"!=": "is not"}).says("""
    It refuses every time, also where the shapes agree. Is the `raise` inside the `if`, and what
    does your condition compare: are two shapes equal, or are they one object?
""")


@LOSS.right
def loss_with_a_refusal_at_the_end(predicted, actual):
    if predicted.shape == actual.shape:
        return tf.reduce_mean((actual - predicted) ** 2)
    raise ValueError("different shapes")


@LOSS.right
def loss_that_asks_the_shape(predicted, actual):
    predicted.shape.assert_is_compatible_with(actual.shape)
    squares = tf.math.squared_difference(predicted, actual)
    return tf.reduce_sum(squares) / tf.cast(tf.size(squares), tf.float32)


@LOSS.right
def loss_example_by_example(predicted, actual):
    if list(predicted.shape) != list(actual.shape):
        raise ValueError("I have", predicted.shape, actual.shape)
    total = 0.0
    for p, a in zip(predicted, actual, strict=True):
        total += (p - a) ** 2
    return total / len(predicted)


@LOSS.right
def loss_of_the_library(predicted, actual):
    def refuse():
        raise ValueError

    same = tf.shape(predicted).numpy().tolist() == tf.shape(actual).numpy().tolist()
    return tf.keras.losses.MeanSquaredError()(actual, predicted) if same else refuse()


# --- 7.P2

THE_BORDER = Predict(
    id="7.P2",
    title="Where is the border?",
    prompt=(
        "In lesson 06 a training diverged from a learning rate of about 1 on. The inputs there "
        "were centred on 0, most of them between -1 and 1. The weights lie between 0 and 2. Where "
        "will the border be now?"
    ),
    choices={
        "a": "At about 1 again: model, loss and loop are the same.",
        "b": "Lower.",
        "c": "Higher, as there is less noise.",
    },
    answer="b",
    reason="""
        The weights all lie on one side of 0, so `W` and `b` pull the same way, and the landscape
        is steeper for it: the same learning rate makes longer steps. The border depends on the
        inputs alone.
    """,
    tempts="""
        a: Nothing in the program has changed: the same model, the same loss, the same loop.

        b: The inputs have changed: they all lie on one side of 0, and go up to 2. A slope is made
        of inputs, too.

        c: Readings with less noise lie closer to their line. A calmer landscape may allow
        longer steps.
    """,
    feedback="""
        a: Those three are the same. But the slope for `W` is a mean of residuals times inputs: the
        inputs are part of it, and they have changed.

        c: Noise makes the landscape higher everywhere by the same amount. How steep its walls are
        is a matter of the inputs, not of the noise.
    """,
)


# --- 7.3


def train(model, inputs, outputs, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            loss = my_loss(model(inputs), outputs)
        variables = model.trainable_variables
        slopes = tape.gradient(loss, variables)
        for variable, slope in zip(variables, slopes, strict=True):
            variable.assign_sub(learning_rate * slope)
        losses.append(float(loss))
    return losses


class Model(tf.Module):
    """What the check trains: it has `W`, `b` and the list of both, and no other names."""

    def __init__(self, W, b):
        super().__init__()
        self.W = tf.Variable(W)
        self.b = tf.Variable(b)

    def __call__(self, inputs):
        return self.W * inputs + self.b

    def __getattr__(self, name):
        raise AttributeError("the model that the check trains has no such name")


def _knows_two_names_only(answer):
    """Whether a loop can train a line, but not a model with other parameters."""
    model = MyCurve(0.5, 1.0, 2.0)
    before = [float(v) for v in model.trainable_variables]
    try:
        answer(model, tf.constant([1.0, 3.0]), tf.constant([7.0, 4.0]), 0.01, 1)
    except Exception:
        return True
    return any(a == float(b) for a, b in zip(before, model.trainable_variables, strict=True))


TWO_NAMES_ONLY = Remark(
    _knows_two_names_only,
    "One more thought: this loop knows its parameters by name, so it trains lines and nothing "
    "else. Every model can be asked for all it has, in `trainable_variables`, and a loop that "
    "asks can train any model. The harder data at the end need one.",
)


def _line_and_data(W, b, inputs, outputs, *rest):
    return lambda: (Model(W, b), tf.constant(inputs), tf.constant(outputs), *rest)


def _unseen():
    """Twelve examples of another line, from far away; two epochs lead to least squares."""
    inputs = tf.linspace(-1.6, 1.6, 12)
    outputs = 9.0 - 4.0 * inputs + 0.5 * tf.random.stateless_normal([12], seed=[71, 2])
    return Model(20.0, -15.0), inputs, outputs, 0.495, 2


LOOP = Function(
    id="7.3",
    title="The loop",
    stub="""
def train(model, inputs, outputs, learning_rate, epochs):
    return ...
""",
    solution=train,
    tolerance=1e-3,
    on_correct="It went to the least squares answer on data it had never met.",
    hints="""
        One epoch has three parts: a loss under a tape, its slopes, and a step against them. What
        comes before the first epoch, and what after the last?

        The tape has to see the prediction and the loss. It gives one slope for each Variable of the
        list that you ask it for, in the same order, and `assign_sub` subtracts a fraction of a
        slope from its Variable.

        An empty list. For each epoch: a `with` block with model and loss; after it, the slopes for
        all that the model lists as trainable; then go through Variables and slopes in pairs with
        `zip(...)` and subtract learning rate times slope from each; append the loss as a number.
        After the loop, return the list.
    """,
    cases=(
        of_ones_own(_line_and_data(5.0, -0.5, [1.0, 3.0], [7.0, 4.0], 0.05, 1)),
        of_ones_own(_line_and_data(-1.5, 2.0, [0.5, -2.0, 4.0], [3.0, -4.0, 13.0], 0.02, 2)),
        of_ones_own(_unseen, shows="a line and 12 examples that you have not seen; 2 epochs"),
    ),
    concepts=(A_LOOP, A_STEP),
    remarks=(TWO_NAMES_ONLY,),
)


LOOP.slip("zip_forgotten", {"zip(variables, slopes, strict=True)": "(variables, slopes)"}).says("""
    Without `zip`, the loop takes first both Variables and then both slopes, and a slope cannot be
    changed by `assign_sub`. How do two lists become pairs, one Variable with its slope?
""")
LOOP.slip(
    "every_slope_for_each",
    {"in zip(variables, slopes, strict=True)": "in [(v, s) for v in variables for s in slopes]"},
).says("""
    Each Variable is moved by all the slopes, not by its own alone. A loop in a loop makes every
    pair. How do you go through two lists side by side?
""")


@LOOP.mistaken("""
    In each epoch, every example makes a step of its own. That is a training, too, but a different
    one: the task asks for one step with all the data. What does a model do with all the inputs at
    once?
""")
def a_step_for_each_example(model, inputs, outputs, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        for x, y in zip(inputs, outputs, strict=True):
            loss = train(model, x, y, learning_rate, 1)[0]
        losses.append(loss)
    return losses


LOOP.mistake("slopes_of_the_start", lambda *given: _with_old_slopes(*given, again=True)).says("""
    The slopes are found once, before the loop, and used in every epoch. But each step leads to
    another place, and the slopes are different there. Which lines have to run again in each epoch?
""")
LOOP.mistake("loss_of_the_start", lambda *given: _with_old_slopes(*given, again=False)).says("""
    Every epoch uses the loss and the slopes of the start: the list holds the same number again and
    again, and all steps are alike. Which lines have to run again in each epoch?
""")


def _with_old_slopes(model, inputs, outputs, learning_rate, epochs, again):
    losses = []
    with tf.GradientTape() as tape:
        loss = my_loss(model(inputs), outputs)
    slopes = tape.gradient(loss, model.trainable_variables)
    for _ in range(epochs):
        losses.append(float(my_loss(model(inputs), outputs) if again else loss))
        for variable, slope in zip(model.trainable_variables, slopes, strict=True):
            variable.assign_sub(learning_rate * slope)
    return losses


LOOP.mistake(
    "names_of_its_own",
    lambda model, inputs, outputs, learning_rate, epochs: [
        float(model.slope) for _ in range(epochs)
    ],
).says("""
    It asks the model for a name that the model of the check does not have: its parameters are
    called `W` and `b`. There is one list that every model has, whatever its parameters are called.
    Which is it?
""")


@LOOP.right
def train_by_names(model, inputs, outputs, learning_rate, epochs):
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model(inputs) - outputs) ** 2)
        dW, db = tape.gradient(loss, [model.W, model.b])
        model.W.assign(model.W - learning_rate * dW)
        model.b.assign(model.b - learning_rate * db)
        return loss.numpy()

    return [step() for _ in range(epochs)]


@LOOP.right
def train_with_an_optimizer(model, inputs, outputs, learning_rate, epochs):
    optimizer = tf.keras.optimizers.SGD(learning_rate)
    losses = []
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            loss = my_loss(model(inputs), outputs)
        variables = model.trainable_variables
        optimizer.apply(tape.gradient(loss, variables), variables)
        losses.append(loss)
    return tf.stack(losses)


@LOOP.right
def train_by_the_formula(model, inputs, outputs, learning_rate, epochs):
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        r = model(inputs) - outputs
        losses[epoch] = tf.reduce_mean(r * r)
        model.W.assign_sub(2 * learning_rate * tf.reduce_mean(r * inputs))
        model.b.assign_sub(2 * learning_rate * tf.reduce_mean(r))
    return losses


@LOOP.right
def train_in_parts(model, inputs, outputs, learning_rate=0.1, epochs=10, loss=my_loss):
    @tf.function
    def step():
        with tf.GradientTape() as tape:
            value = loss(model(inputs), outputs)
        for v, s in zip(model.variables, tape.gradient(value, model.variables)):  # noqa: B905
            v.assign_add(-learning_rate * s)
        return value

    yielded = ()
    while len(yielded) < epochs:
        yielded += (step(),)
    return yielded


# --- 7.4


def trained_spring():
    model = MyModel(0.0, 0.0)
    train(model, train_weight, train_length, learning_rate=0.4, epochs=80)
    return model


def _line(weights, lengths):
    """The best line, with the numbers of NumPy."""
    return np.polyfit(np.asarray(weights, float), np.asarray(lengths, float), deg=1)


@functools.cache
def _lines():
    """Where a training of the spring may end: a name for it, slope and start."""
    x, y = train_weight.numpy().astype(float), train_length.numpy().astype(float)
    return {
        "least squares": _line(x, y),
        "a line through 0": np.array([np.sum(x * y) / np.sum(x * x), 0.0]),
        "weights from lengths": _line(y, x),
        "a flat line": np.array([0.0, np.mean(y)]),
    }


def _was_trained_on(weights, lengths, line):
    """Whether a line comes of a training on these readings rather than on those for training.

    The best lines of both are closer to each other than a good training need come. But the valley
    of the loss is steep in one direction and flat in the other, and in one of them a training
    arrives long before it ends: there it lies exactly at the lowest place of its own data.
    """
    near = np.max(np.abs(np.polyval(line - _line(weights, lengths), [0, 2]))) < 0.1
    off, off_training = _off(line, weights, lengths), _off(line, train_weight, train_length)
    return near and off < 0.0001 and off_training > 0.0005


def _off(line, weights, lengths):
    """How far a line is from the best one, in that direction of the valley where it is nearer."""
    x = np.asarray(weights, float)
    _, directions = np.linalg.eigh([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]])
    return np.min(np.abs((line - _line(weights, lengths)) @ directions))


def _is_typed(numbers):
    """Whether numbers have three digits after the point at most; those of a training have more."""
    return bool(np.all(np.abs(numbers - np.round(numbers, 3)) < 3e-6))


def _asked(model, inputs):
    """The predictions of whatever was given, or in words why there are none."""
    if isinstance(model, type):
        return "a class and no model"
    if not callable(model):
        return "nothing that can be called"
    predicted = np.asarray(model(tf.constant(inputs, tf.float32)))
    if predicted.shape != inputs.shape:
        return "another shape"
    if not np.all(np.isfinite(predicted)):
        return "not numbers"
    return predicted.astype(float)


def _how_near(model):
    """In words, how the predictions for the springs compare."""
    x = np.linspace(0.0, 2.0, 9)
    predicted = _asked(model, x)
    if isinstance(predicted, str):
        return predicted
    line = np.array([(predicted[-1] - predicted[0]) / 2, predicted[0]])
    if _is_typed(line):
        return "round numbers"
    if _was_trained_on(weight, length, line):
        return "least squares of all readings"
    if _was_trained_on(held_out_weight, held_out_length, line):
        return "least squares of the held-out readings"
    for name, known in _lines().items():
        if np.max(np.abs(predicted - np.polyval(known, x))) < 0.05:
            return name
    residuals = _asked(model, train_weight.numpy()) - train_length.numpy()
    if np.mean(np.square(residuals)) < np.var(train_length):
        return "on the way"
    return "no better than a flat line"


def _model(*start):
    return lambda: MyModel(*start)


TRAINED = Value(
    id="7.4",
    title="The trained model",
    stub="my_model = ...  # replace the dots; as many lines as you like",
    solution=trained_spring,
    cases=(Case(call=lambda model: {"the predictions": _how_near(model)}),),
    on_correct="""
        Within half a millimetre of the best line there is, from 0 to 2 kg. Read it out: so many
        centimetres for each kilogram, and so many with no weight at all.
    """,
    hints="""
        Three lines will do: make a model, train it, give it the name. Look at the last few losses:
        are they still falling?

        The border for the learning rate was printed above. A bit below it is quick; far below it
        crawls. If the losses still fall at the end, take more epochs.

        A start at 0 and 0 is as good as any. With a learning rate of 0.3, some 120 epochs are
        enough; the loss then stays near 0.16. What you check is the model, not what `train`
        returns.
    """,
    concepts=(A_TRAINED_MODEL,),
)
TRAINED.mistake("never_trained", _model(7.0, 12.0)).says("""
    Slope and start are round numbers, such as people type; a training leaves long ones. They may be
    close, but nothing has learned them from the readings. Did you pass this very model to `train`,
    and do its numbers move there?
""")
TRAINED.mistake("on_the_way", _model(5.00012, 14.50034)).says("""
    It is better than a flat line, and not yet at the best one. The last part of the way is the
    slowest. Are the losses still falling at the end, and what would bring them further down?
""")
TRAINED.mistake("trained_on_all", lambda: MyModel(*_line(weight, length))).says("""
    A good line, but it is the one for all 200 readings: the held-out ones have had their say in
    it. Then nothing is left for an honest test. Which two tensors did you pass to the training?
""")
TRAINED.mistake(
    "trained_on_held_out", lambda: MyModel(*_line(held_out_weight, held_out_length))
).says("""
    This is the best line for the held-out springs. They are there for the honest test at the end,
    and should be set aside until then. On which two tensors did the training run?
""")
TRAINED.mistake("only_w_trained", lambda: MyModel(*_lines()["a line through 0"])).says("""
    This is the best line through 0: its slope was trained and its start stayed at 0. A spring has a
    length even without a weight. Which Variables does your training move?
""")
TRAINED.mistake("only_b_trained", lambda: MyModel(*_lines()["a flat line"])).says("""
    This is a flat line at the mean length: the weight plays no part. Does your training move both
    Variables, or does your loss compare every prediction with every length?
""")
TRAINED.mistake(
    "inputs_and_outputs_swapped", lambda: MyModel(*_lines()["weights from lengths"])
).says("""
    This model tells weights from lengths: inputs and outputs have changed places in the training.
    Here the weight is known, and the length is asked for. In which order does your loop take them?
""")


@TRAINED.right
def trained_from_elsewhere():
    model = MyModel(10.0, 3.0)
    train(model, train_weight, train_length, learning_rate=0.3, epochs=120)
    return model


@TRAINED.right
def trained_in_one_variable():
    model = InOneVariable(5, -2)
    for _ in range(3):
        train(model, train_weight, train_length, 0.45, 50)
    return model


@TRAINED.right
def trained_by_fit():
    model = ADataclass(1.0)
    fit(model, train_weight, train_length, learning_rate=0.2, epochs=160)
    return model


@TRAINED.right
def trained_and_wrapped():
    model = MyModel(0.0, 0.0)
    train(model, train_weight - 1.0, train_length, 0.4, 40)
    return lambda weight: model(weight - 1.0)


@TRAINED.right
def least_squares_spring():
    W, b = np.polyfit(train_weight, train_length, deg=1)
    return lambda weight: W * weight + b


# --- 7.P3

A_LINE_FOR_BRAKING = Predict(
    id="7.P3",
    title="A line where there is none",
    prompt=(
        "Suppose a straight line is trained on these distances until it cannot get better. Where "
        "will it predict too short a distance?"
    ),
    choices={
        "a": "Nowhere in particular: the noise decides.",
        "b": "In the middle, at medium speeds.",
        "c": "At both ends, for slow cars and for fast ones.",
    },
    answer="c",
    reason="""
        The data bend upwards. The best line cuts through the bend: too high in the middle, too low
        at both ends. A pattern in the residuals says that the model is too simple.
    """,
    tempts="""
        a: There is noise in every reading, in the middle as well as at the ends, and noise
        has no favourite place.

        b: Most cars drive at medium speeds, and a line that has to serve both ends may give
        way there.

        c: A straight line has to make do with data that bend, and the ends lie farthest from its
        middle.
    """,
    feedback="""
        a: That is how it looks when a model fits: only noise remains, without a pattern. Here a
        pattern remains, because no line can bend.

        b: A line that is too short in the middle would fit data that bend the other way. These
        rise more and more steeply: lay a ruler across such a curve.
    """,
    optional=True,
)


# --- 7.P4

RAW_SPEEDS = Predict(
    id="7.P4",
    title="Speeds as they are",
    prompt=(
        "The speeds go up to 140. Say we train a straight line on them as they are, with a "
        "learning rate of 0.1, as in lesson 06. What will happen?"
    ),
    choices={
        "a": "It works as before: a unit is only a name.",
        "b": "It works, but it takes many more epochs.",
        "c": "It diverges within a few epochs.",
    },
    answer="c",
    reason="""
        The landscape is as steep as the mean square of the inputs, a few thousand here, and the
        border for the learning rate lies that much lower, near 0.0001.
    """,
    tempts="""
        a: A car is as fast in km/h as in m/s, and the loop never asks for a unit.

        b: Large numbers may mean a long way to go, and a long way takes time.

        c: Slopes are made of inputs, too, and 140 is a large number to multiply by.
    """,
    feedback="""
        a: For the car a unit is only a name. For gradient descent it sets the scale of the
        landscape: in km/h the walls are thousands of times as steep.

        b: A rate that is small enough would need many more epochs. 0.1 is far above the border, and
        each step leads further away.
    """,
    optional=True,
)


# --- 7.5


class MyCurve(tf.Module):
    def __init__(self, c, W, b):
        super().__init__()
        self.c = tf.Variable(c, dtype=tf.float32)
        self.W = tf.Variable(W, dtype=tf.float32)
        self.b = tf.Variable(b, dtype=tf.float32)

    def __call__(self, inputs):
        return self.c * tf.square(inputs) + self.W * inputs + self.b


CURVE = Class(
    id="7.5",
    title="A model that bends",
    stub="""
class MyCurve(tf.Module):
    def __init__(self, c, W, b):
        pass  # replace this line

    def __call__(self, inputs):
        return ...
""",
    solution=MyCurve,
    optional=True,
    on_correct="Three parameters, one bend, and nothing else had to change.",
    hints="""
        Your model of 7.1 has two parameters and two terms. What does a third one need, and where?

        Only the inputs are squared, each by itself. `tf.square` does that; so does `** 2`.

        A third Variable in `__init__`, made like the other two. In `__call__`, the line stays as
        it is, and in front of it comes the new Variable times the square of the inputs.
    """,
    cases=(
        _predicts((3.0, -4.0, 10.0), [3.0, -1.0, 0.0]),
        _can_be_trained((0.5, -1.5, 6.0)),
        _stands_alone((0.5, 3.0, 10.0), (1.5, -2.0, 5.0)),
        _can_be_trained((5, 4, 30)),
    ),
    concepts=(A_LINE, A_MODEL),
    without=("parameters_swapped", "weight_added", "summed_up", "kept_nowhere"),
)


CURVE.slip("doubled_for_squared", {"tf.square(inputs)": "2 * inputs"}).says("""
    The input is doubled where it should be squared, so this is still a straight line. For the input
    3, the square comes out as 6, not 9. Which operation gives the 9?
""")
CURVE.slip("not_squared", {"tf.square(inputs)": "inputs"}).says("""
    Nothing is squared here, so this is a straight line, with `c + W` for its slope. What has to
    happen to the input before `c` multiplies it?
""")
CURVE.slip(
    "square_of_the_line",
    {"tf.square(inputs) + self.W * inputs + self.b": "tf.square(self.W * inputs + self.b)"},
).says("""
    This squares the whole line and multiplies that by `c`. It bends, but `W` and `b` are inside the
    square now. What alone should be squared?
""")
CURVE.slip(
    "square_of_the_product", {"self.c * tf.square(inputs)": "tf.square(self.c * inputs)"}
).says(
    """
    `c` is squared together with the input. It then counts as `c * c`, and a curve that bends
    downwards is out of reach. Which of the two should be squared?
"""
)
CURVE.slip("both_squared", {"self.W * inputs": "self.W * tf.square(inputs)"}).says("""
    Both terms have the square, so `W` and `c` do the same work and there is no plain term with the
    input. Which of the two should use the input as it is?
""")
CURVE.slip("root_for_square", {"tf.square": "tf.sqrt"}).says("""
    This takes the root of the input, and a number below 0 has none. A square is a number times
    itself. What do you get for the input 3, and what should you get?
""")
CURVE.slip("square_of_c", {"self.c * tf.square(inputs)": "tf.square(self.c) * inputs"}).says("""
    Here `c` is squared and the input is not, so this is still a straight line. Which of the two
    should be squared?
""")
CURVE.slip("linear_term_forgotten", {"+ self.W * inputs ": ""}).says("""
    The term with `W` is missing: only the square and `b` are there. How far does a car roll while
    the driver's foot is still on its way to the brake?
""")
CURVE.slip("still_a_line", {"self.c * tf.square(inputs) + ": ""}).says("""
    This is still the line of 7.1: `c` is there and plays no part. Where does the square come in?
""")


@CURVE.right
class CurveByHorner(MyCurve):
    def __call__(self, inputs):
        return (self.c * inputs + self.W) * inputs + self.b


@CURVE.right
class CurveInAList(tf.Module):
    def __init__(self, *start):
        self.parameters = [tf.Variable(float(number)) for number in start]

    def __call__(self, x):
        return tf.math.polyval(self.parameters, x)


@CURVE.right
class CurveInOneVariable(tf.Module):
    def __init__(self, c, W, b, name="curve"):
        super().__init__(name)
        self.all = tf.Variable([float(n) for n in (c, W, b)])

    def __call__(self, inputs):
        powers = tf.stack([inputs**2, inputs, tf.ones_like(inputs)])
        return tf.tensordot(self.all, powers, 1)


@CURVE.right
class CurveOnALine(tf.Module):
    def __init__(self, c, W, b):
        self.line, self.c = MyModel(W, b), tf.Variable(c * 1.0)

    def __call__(self, inputs):
        return self.line(inputs) + self.c * tf.pow(inputs, 2)


# --- 7.6


def trained_braking():
    def scaled(speed):
        return (speed - 80.0) / 35.0

    curve = MyCurve(0.0, 0.0, 0.0)
    train(curve, scaled(speed), distance, learning_rate=0.3, epochs=60)
    return lambda speed: curve(scaled(speed))


@functools.cache
def _braking(degree):
    return np.polyfit(speed.numpy().astype(float), distance.numpy(), degree)


def _how_near_braking(model):
    """In words, how the predicted distances compare."""
    x = np.linspace(20.0, 140.0, 13)
    predicted = _asked(model, x)
    if isinstance(predicted, str):
        return predicted
    best, size = np.polyval(_braking(2), x), np.max(np.abs(predicted))
    halves = [_asked(model, half) for half in (x[:6], x[6:])]
    if np.max(np.abs(np.concatenate(halves) - predicted)) > 0.001 * (1.0 + size):
        return "others in other company"
    if np.max(np.abs(predicted - best)) < 1.0:
        return "least squares"
    if size > 1000.0:
        return "far too long"
    if np.max(np.abs(predicted - np.polyval(_braking(1), x))) < 1.0:
        return "a line"
    (factor, offset), *_ = np.linalg.lstsq(np.stack([predicted, np.ones(13)], 1), best, rcond=None)
    centred = min(abs(offset), abs(offset - np.mean(distance))) < 2.0
    if centred and factor > 5.0 and np.max(np.abs(factor * predicted + offset - best)) < 1.0:
        return "the best curve, on another scale"
    residuals = _asked(model, speed.numpy()) - distance.numpy()
    if np.mean(np.square(residuals)) < np.var(distance):
        return "on the way"
    return "no better than a flat line"


def a_straight_line():
    W, b = _braking(1)
    return lambda speed: W * speed + b


BRAKING = Value(
    id="7.6",
    title="Braking",
    stub="my_braking = ...  # replace the dots; as many lines as you like",
    solution=trained_braking,
    optional=True,
    cases=(Case(call=lambda model: {"the predictions": _how_near_braking(model)}),),
    on_correct="""
        Within a metre of the best curve there is. A loop that finds it need not know that it is a
        curve: it only goes downhill.
    """,
    hints="""
        Gradient descent likes inputs that are centred on 0 and about as large as 1. What could you
        subtract, and what divide by, to bring 20 to 140 there?

        Train the curve on scaled speeds. Then what you check has to scale, too, before it calls
        the curve: a small function that takes km/h.

        Subtracting 80 and dividing by 35 does it; then a learning rate of 0.3 and 60 epochs are
        enough. Dividing by 100 alone works as well, with about three times as many. Write the
        scaling as a function, and use it in both places.
    """,
    concepts=(A_TRAINED_MODEL,),
)
BRAKING.mistake("scaled_in_training_only", lambda: MyCurve(21.0, 57.0, 70.0)).says("""
    These distances are out by kilometres. Either the training diverged (look at its losses), or it
    is asked with speeds scaled differently than in training. Which of the two is it?
""")
BRAKING.mistake("still_a_line", a_straight_line).says("""
    This is the best straight line: too long in the middle, too short at both ends. No training
    brings it further. Which model did you train, and did the factor of the square move?
""")
BRAKING.mistake("on_the_way", lambda: MyCurve(0.0, 0.9, 0.0)).says("""
    It is better than a flat line, and not yet at the best curve. Scaling the speeds and the
    learning rate both decide how long the way takes. Are the losses still falling at the end, and
    are speeds scaled in the same way in training and afterwards?
""")
BRAKING.mistake("scaled_outputs", lambda: MyCurve(*_braking(2) / 100.0)).says("""
    It bends just as the best curve does, but its numbers are not metres: they are smaller, all in
    the same way, as if the distances had been scaled for the training. What brings the predictions
    back to metres?
""")
BRAKING.mistake(
    "scaled_by_the_call",
    lambda: lambda speed: MyCurve(*_braking(2))(speed - tf.reduce_mean(speed) + 80.0),
).says("""
    The distance for one speed depends on which other speeds are asked for in the same call. A mean
    or a largest value of the inputs is different in each call. From which speeds should the numbers
    for scaling come, once and for all?
""")


@BRAKING.right
def trained_in_hundreds():
    curve = MyCurve(0.0, 0.0, 0.0)
    train(curve, speed / 100.0, distance, learning_rate=0.4, epochs=150)

    def in_metres(speed):
        return curve(speed / 100.0)

    return in_metres


@BRAKING.right
def trained_with_scaled_distances():
    curve = CurveInOneVariable(1, 1, 1)
    middle, spread = tf.reduce_mean(speed), tf.math.reduce_std(speed)
    train(curve, (speed - middle) / spread, distance / 100.0, 0.3, 60)
    return lambda speed: 100.0 * curve((speed - middle) / spread)


@BRAKING.right
def trained_in_a_class():
    class Scaled(MyCurve):
        def __call__(self, inputs):
            return super().__call__((inputs - 80.0) / 40.0)

    curve = Scaled(0, 0, 0)
    train(curve, speed, distance, 0.4, 60)
    return curve


BRAKING.right(lambda: lambda speed: tf.math.polyval([float(n) for n in _braking(2)], speed))
