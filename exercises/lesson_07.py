"""The exercises of lesson 07, the capstone: model, loss, loop and training, from an empty page."""
# Answers are written as learners write them:
# ruff: noqa: ANN001, ANN002, ANN201, ANN202, ANN204, D101, D102, D103

import functools
import traceback

import numpy as np
import tensorflow as tf

from exercises.engine.model import Case, Class, Function, Predict, Remark, Value
from exercises.lesson_04 import THROUGH_NUMPY, followed_by_a_tape

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
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        a: A good training brings the loss down as far as it goes, that is so. But the noise lies
        in the data and not in the model; the true line itself has it.

        c: 0.4 cm is how far a reading is off, typically. The loss is in squares, so it is the
        square of that which you will meet.
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


class CastWhenMade(MyModel):
    def __init__(self, W, b):
        self.W = tf.cast(tf.Variable(W), tf.float32)
        self.b = tf.cast(tf.Variable(b), tf.float32)


class CastWhenCalled(MyModel):
    def __init__(self, W, b):
        self.W = tf.Variable(W)
        self.b = tf.Variable(b)

    def __call__(self, inputs):
        return tf.cast(self.W, tf.float32) * inputs + tf.cast(self.b, tf.float32)


class ThroughNumpy(MyModel):
    def __call__(self, inputs):
        return self.W.numpy() * inputs + self.b.numpy()


def _what_training_may_change(model):
    found = getattr(model, "trainable_variables", None)
    if found is None:
        return "the model cannot tell"
    if not found and isinstance(model, tf.keras.layers.Layer):
        kept = [value for value in vars(model).values() if isinstance(value, tf.Variable)]
        return "nothing: Keras does not find its Variables" if kept else []
    return sorted(float(tf.reduce_sum(variable)) for variable in found)


def _predicts(start, inputs):
    """A case: the predictions of a model just made."""
    return Case(
        shows=f"a model made with {', '.join(map(str, start))}; inputs {inputs}",
        call=lambda cls: {"its predictions": cls(*start)(tf.constant(inputs))},
    )


def _is_known(start):
    """A case: what a model lists in `trainable_variables`, and whether that stays."""

    def call(cls):
        model, listed = cls(*start), []
        for _ in range(2):
            model(tf.constant([2.0, -3.0]))
            listed.append(getattr(model, "trainable_variables", ()))
        return {
            "in trainable_variables": _what_training_may_change(model),
            "are they floats?": all(tf.as_dtype(v.dtype).is_floating for v in listed[-1]),
            "the same ones after another call": [id(v) for v in listed[0]]
            == [id(v) for v in listed[1]],
        }

    return Case(shows=f"a model made with {', '.join(map(str, start))}", call=call)


def _follows(start):
    """A case: predictions when every parameter has grown by 1."""

    def call(cls):
        model = cls(*start)
        before = model(tf.constant([2.0, -3.0]))
        for variable in getattr(model, "trainable_variables", ()):
            variable.assign_add(tf.ones_like(variable))
        after = model(tf.constant([2.0, -3.0]))
        return {"its predictions": before, "when each parameter has grown by 1": after}

    return Case(shows=f"a model made with {', '.join(map(str, start))}", call=call)


def _has_slopes(start):
    """A case: how many slopes a tape finds."""

    def call(cls):
        model = cls(*start)
        with tf.GradientTape() as tape:
            predicted = model(tf.constant([2.0, -3.0]))
        asked = list(getattr(model, "trainable_variables", ()))
        floating = tf.is_tensor(predicted) and predicted.dtype.is_floating
        slopes = tape.gradient(predicted, asked) if floating and asked else []
        return {"slopes that a tape finds": sum(slope is not None for slope in slopes)}

    words = f"a model made with {', '.join(map(str, start))}, called under a tape"
    return Case(shows=words, call=call)


def _stands_alone(start, other):
    """A case: the predictions of a first model, when a second one was made."""

    def call(cls):
        first, _ = cls(*start), cls(*other)
        return {"predictions of the first of two models": first(tf.constant([2.0, -3.0]))}

    words = [", ".join(map(str, numbers)) for numbers in (start, other)]
    return Case(shows=f"a model made with {words[0]}, and then one with {words[1]}", call=call)


CAST_WHEN_MADE = (
    "It works for `3.0`. Made with whole numbers, as in `MyModel(0, 0)`, it has tensors and no "
    "Variables: what `tf.cast` gives back is a new tensor, and the Variable that went in is lost. "
    "What should be the outermost of the two?"
)

CAST_WHEN_CALLED = (
    "It predicts well, but made with whole numbers its Variables are int32. They cannot take a "
    "small step, and no tape finds a slope for them; a cast in `__call__` comes too late. Where "
    "could they become floats from the start?"
)

NO_SLOPES = (
    "It predicts well, but a tape finds no slopes: in `__call__` the values leave TensorFlow, by "
    "`.numpy()` or `float(...)`, and plain numbers lead nowhere back. What happens if you "
    "calculate with the Variables themselves?"
)

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

        What training may change is a `tf.Variable`, kept as an attribute of `self`, in a class
        that is built on `tf.Module`. The dtype follows from the starting value, unless you say
        one.

        In `__init__`: two attributes, each a Variable with its starting value and
        `dtype=tf.float32`. In `__call__`: the formula of the line, with both attributes, and a
        `return`.
    """,
    cases=(
        _predicts((3.0, 10.0), [2.0, -1.0, 0.0]),
        _is_known((2.5, 4.0)),
        _follows((-1.5, 6.0)),
        _stands_alone((3.0, 10.0), (-2.0, 5.0)),
        _has_slopes((-1.5, 6.0)),
        _predicts((4, 30), [0.5, 1.5]),
        _is_known((4, 30)),
        _follows((4, 30)),
    ),
)


@MODEL.mistaken("""
    Slope and start have changed places: the first number is added and the second is multiplied
    with the inputs. For the input 0, which of the two should come out?
""")
class Swapped(tf.Module):
    def __init__(self, W, b):
        self.W = tf.Variable(W, dtype=tf.float32)
        self.b = tf.Variable(b, dtype=tf.float32)

    def __call__(self, inputs):
        return self.b * inputs + self.W


@MODEL.mistaken("""
    Whatever the starting values are, this model begins at 0. Where in `__init__` do the two
    numbers that it is given go?
""")
class StartIgnored(tf.Module):
    def __init__(self, W, b):
        self.W = tf.Variable(0.0)
        self.b = tf.Variable(0.0)

    def __call__(self, inputs):
        return self.W * inputs + self.b


@MODEL.mistaken("""
    It predicts well, but training finds nothing to change: `trainable_variables` is empty. Numbers
    and tensors stay what they are, and so does a Variable that was made with `trainable=False`. In
    what should a parameter be kept?
""")
class NothingToTrain(tf.Module):
    def __init__(self, W, b):
        self.W = tf.constant(W, dtype=tf.float32)
        self.b = tf.constant(b, dtype=tf.float32)

    def __call__(self, inputs):
        return self.W * inputs + self.b


@MODEL.mistaken("""
    It predicts well, but training finds one parameter only. The line could turn and never rise.
    Which of your two attributes is not a Variable?
""")
class OnlyWTrainable(tf.Module):
    def __init__(self, W, b):
        self.W = tf.Variable(W, dtype=tf.float32)
        self.b = b

    def __call__(self, inputs):
        return self.W * inputs + self.b


@MODEL.mistaken("""
    It predicts well, but it has no `trainable_variables`, so nobody can ask it what may change. On
    which class of TensorFlow was the model of lesson 03 built, and what did that buy?
""")
class NotAModule:
    def __init__(self, W, b):
        self.W = tf.Variable(W, dtype=tf.float32)
        self.b = tf.Variable(b, dtype=tf.float32)

    def __call__(self, inputs):
        return self.W * inputs + self.b


@MODEL.mistaken("""
    It works for `3.0` and fails for `4`: from a whole number `tf.Variable` makes an int32, which
    cannot be multiplied with float32 inputs, nor take a small step. How can the Variable be told
    its dtype?
""")
class WholeNumbers(tf.Module):
    def __init__(self, W, b):
        self.W = tf.Variable(W)
        self.b = tf.Variable(b)

    def __call__(self, inputs):
        return self.W * inputs + self.b


@MODEL.mistaken("""
    Every call makes new Variables from the starting values, so all that was learned is lost with
    the next prediction. Which of the two methods runs only once?
""")
class NewInEveryCall(tf.Module):
    def __init__(self, W, b):
        self.start = [W, b]

    def __call__(self, inputs):
        self.W = tf.Variable(self.start[0], dtype=tf.float32)
        self.b = tf.Variable(self.start[1], dtype=tf.float32)
        return self.W * inputs + self.b


@MODEL.mistaken("""
    Every prediction is the slope times the input; the second parameter is there, but it plays no
    part. How long is a spring with no weight on it?
""")
class WithoutB(tf.Module):
    def __init__(self, W, b):
        self.W = tf.Variable(W, dtype=tf.float32)
        self.b = tf.Variable(b, dtype=tf.float32)

    def __call__(self, inputs):
        return self.W * inputs


@MODEL.mistaken("""
    All models of this class share their Variables: making a second one changes the first. What
    stands directly in the class belongs to all its objects. Where is a thing made that belongs to
    one object only?
""")
class SharedByAll(tf.Module):
    kept = []  # noqa: RUF012

    def __init__(self, W, b):
        if not self.kept:
            self.kept.extend([tf.Variable(0.0), tf.Variable(0.0)])
        self.W, self.b = self.kept
        self.W.assign(W)
        self.b.assign(b)

    def __call__(self, inputs):
        return self.W * inputs + self.b


@MODEL.mistaken("""
    Calling the model gives None: the prediction is computed and not handed back. Which word hands
    a value to the caller?
""")
class NothingReturned(tf.Module):
    def __init__(self, W, b):
        self.W = tf.Variable(W, dtype=tf.float32)
        self.b = tf.Variable(b, dtype=tf.float32)

    def __call__(self, inputs):
        self.predicted = self.W * inputs + self.b


MODEL.mistake("CastWhenMade", CastWhenMade).says(CAST_WHEN_MADE)
MODEL.mistake("CastWhenCalled", CastWhenCalled).says(CAST_WHEN_CALLED)
MODEL.mistake("ThroughNumpy", ThroughNumpy).says(NO_SLOPES)
MODEL.slip("KerasWithoutWeights", {"Module": "keras.Model", "__call__": "call"}).says("""
    It predicts well, but `trainable_variables` is empty. A Keras model does not find a
    tf.Variable; tf.Module does. On which of the two is your class built?
""")


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


def loss_through_numpy(predicted, actual):
    if predicted.shape != actual.shape:
        raise ValueError
    return tf.constant(np.mean((predicted.numpy() - actual.numpy()) ** 2))


def _numbers(predicted, actual):
    return lambda: (tf.constant(predicted), tf.constant(actual))


def _refuses_itself(function, error):
    """Whether an error was raised by a line of the function, not by what that line called."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return frames[-1].f_code is getattr(function, "__code__", None)


def _agreeing(case):
    """A case with two of the same shape, which no loss should refuse."""

    def call(answer, predicted, actual):
        try:
            return (case.call or _called)(answer, predicted, actual)
        except ValueError as error:
            if not _refuses_itself(answer, error):
                raise
            says = "it refuses, though the shapes agree"
            raise ValueError(says).with_traceback(error.__traceback__) from None

    return Case(case.inputs, call=call, shows=case.shows)


def _called(answer, predicted, actual):
    return answer(predicted, actual)


def _differing(predicted, actual):
    """A case: two of different shapes, which every loss should refuse."""

    def call(answer, predicted, actual):
        try:
            found = answer(predicted, actual)
        except (AssertionError, tf.errors.InvalidArgumentError):
            return "it refuses, but with an error of another kind"
        except Exception as error:
            if type(error) is not Exception:
                raise
            return "it refuses, but with Exception"
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

        Every tensor has a `.shape`, and two shapes can be compared with `!=`. Python stops with an
        error of yours when it comes to `raise ValueError("why")`.

        First an `if` with the two shapes and a `raise` below it. After it, no longer indented: the
        difference, its square, the mean of that, and `return`.
    """,
    cases=(
        _agreeing(Case(_numbers([8.0], [5.5]))),
        _agreeing(Case(_numbers([8.0, 1.0, 4.0], [5.5, 5.0, 4.5]))),
        _agreeing(Case(_numbers([[8.0], [1.0], [4.0]], [[5.5], [5.0], [4.5]]))),
        _agreeing(followed_by_a_tape([8.0, 1.0], [5.5, 5.0])),
        _differing([[8.0], [1.0], [4.0]], [5.5, 5.0, 4.5]),
        _differing([8.0, 1.0, 4.0], [[5.5], [5.0], [4.5]]),
        _differing([[8.0, 1.0, 4.0]], [[5.5], [5.0], [4.5]]),
    ),
)
LOSS.mistake(
    "every_shape_accepted", lambda predicted, actual: tf.reduce_mean(tf.square(predicted - actual))
).says("""
    The loss is right where the shapes agree. For `[3, 1]` and `[3]` it gives a number, too, and a
    wrong one: everything is compared with everything. Do you look at the whole shapes before, is
    there an error for where they differ, and does `raise` stand before it?
""")


@LOSS.mistaken("""
    This brings both to the same shape and goes on. It may be what was meant, or it may hide that
    two things were mixed up; a loss cannot know. What was it asked to do where the shapes differ?
""")
def shapes_made_equal(predicted, actual):
    difference = tf.reshape(predicted, [-1]) - tf.reshape(actual, [-1])
    return tf.reduce_mean(tf.square(difference))


@LOSS.mistaken("""
    Where the shapes differ, None comes back. The training would go on with it and stop at some
    later line, with a message about None. `print` says something and stops nothing. Is there an
    error for this, and does `raise` stand before it?
""")
def silent_where_shapes_differ(predicted, actual):
    if predicted.shape == actual.shape:
        return tf.reduce_mean(tf.square(predicted - actual))


LOSS.slip(
    "sum_for_mean",
    {
        '(f"the shapes {predicted.shape} and {actual.shape} differ")': "",
        "reduce_mean": "reduce_sum",
    },
).says("""
    This adds the squares up. With 150 springs it is 150 times as large, its slopes are, too, and
    no learning rate fits a second data set. Which reduction does not depend on how many there are?
""")
LOSS.slip(
    "size_for_square",
    {'(f"the shapes {predicted.shape} and {actual.shape} differ")': "", "square": "abs"},
).says("""
    This is the mean absolute error. It has its uses, but the line that it leads to is another one
    than least squares. Which step of the name is missing?
""")
LOSS.slip(
    "not_squared",
    {
        '(f"the shapes {predicted.shape} and {actual.shape} differ")': "",
        "tf.square(predicted - actual)": "predicted - actual",
    },
).says("""
    This averages the residuals as they are. Too high and too low cancel out, and a training would
    make it smaller and smaller without end, far below 0. What keeps every term of a loss from
    being negative?
""")


@LOSS.mistaken("""
    This takes a root at the end. Its lowest place is the same, but its slopes are not, and near
    the bottom they do not become small. What does the name ask for, word by word?
""")
def root_taken(predicted, actual):
    if predicted.shape != actual.shape:
        raise ValueError
    return tf.sqrt(tf.reduce_mean(tf.square(predicted - actual)))


LOSS.slip(
    "squared_after_the_mean",
    {
        '(f"the shapes {predicted.shape} and {actual.shape} differ")': "",
        "reduce_mean(tf.square": "square(tf.reduce_mean",
    },
).says("""
    This averages first and squares at the end. By then the residuals have cancelled out: any line
    through the middle of the data has a loss of 0. In which order does the name put the two?
""")


@LOSS.mistaken("""
    It refuses `[3]` and `[3, 1]`. But `[1, 3]` and `[3, 1]` have two axes each, and it compares
    them all with all. What does a shape say beside the number of its axes?
""")
def only_axes_counted(predicted, actual):
    if tf.rank(predicted) != tf.rank(actual):
        raise ValueError
    return tf.reduce_mean(tf.square(predicted - actual))


@LOSS.mistaken("""
    This compares how many there are along the first axis. `[3]` and `[3, 1]` have three each, and
    so it compares them all with all. What does a shape say beside the length?
""")
def only_lengths_compared(predicted, actual):
    if len(predicted) != len(actual):
        raise ValueError
    return tf.reduce_mean(tf.square(predicted - actual))


LOSS.slip(
    "text_raised",
    {'ValueError(f"the shapes {predicted.shape} and {actual.shape} differ")': '"different"'},
).says("""
    It stops, but with a TypeError of Python's own: text cannot be raised, only an error can. In
    which kind of error could your text stand?
""")
LOSS.slip(
    "exception_raised",
    {
        'ValueError(f"the shapes {predicted.shape} and {actual.shape} differ")': 'Exception("different")'
    },
).says("""
    It refuses, but with Exception; asked for is a `ValueError`. Whoever waits for that kind will
    not catch this one. Which word after `raise` says the kind?
""")


@LOSS.mistaken("""
    It refuses, but with an error of another kind; asked for is a `ValueError`. An assertion,
    Python's or TensorFlow's, is there to find mistakes of one's own, and can be switched off.
    Which statement raises an error of a kind that you choose?
""")
def asserted(predicted, actual):
    assert predicted.shape == actual.shape, "different"
    return tf.reduce_mean(tf.square(predicted - actual))


LOSS.slip(
    "error_returned",
    {
        'raise ValueError(f"the shapes {predicted.shape} and {actual.shape} differ")': 'return ValueError("different")'
    },
).says("""
    An error that is returned is only a value; `raise` stops. The training would take this value
    for a loss. Which word stands before your error?
""")
LOSS.slip(
    "refuses_where_they_agree",
    {
        "shape !": "shape =",
        'f"the shapes {predicted.shape} and {actual.shape} differ': '"different',
    },
).says("""
    It refuses where the shapes agree, and answers where they differ. In which of the two cases is
    your condition true?
""")
LOSS.slip(
    "refuses_everything",
    {
        "!= actual": "is not actual",
        'f"the shapes {predicted.shape} and {actual.shape} differ': '"different',
    },
).says("""
    It refuses every time, also where the shapes agree. Is the `raise` inside the `if`, and what
    does your condition compare: are two shapes equal, or are they one object?
""")
LOSS.mistake("loss_through_numpy", loss_through_numpy).says(THROUGH_NUMPY)


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


# --- 7.P2

THE_BORDER = Predict(
    id="7.P2",
    title="Where is the border?",
    prompt=(
        "In lesson 06 a training diverged from a learning rate of about 1 on. The inputs there lay "
        "round 0, most of them between -1 and 1. The weights lie between 0 and 2. Where will the "
        "border be now?"
    ),
    choices={
        "a": "At about 1 again: model, loss and loop are the same.",
        "b": "Lower.",
        "c": "Higher, as there is less noise.",
    },
    answer="b",
    reason="""
        Inputs that are larger on average make the landscape steeper, so the same learning rate
        makes longer steps. The border depends on the inputs alone.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        a: Those three are the same. But the slope for `W` is a mean of residuals times inputs: the
        inputs are part of it, and they are other ones now.

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
        for variable, slope in zip(variables, tape.gradient(loss, variables), strict=True):
            variable.assign_sub(learning_rate * slope)
        losses.append(float(loss))
    return losses


def _loop(step):
    """A loop with another step in it: `step(model, learning_rate, dW, db)`."""

    def train(model, inputs, outputs, learning_rate, epochs):
        losses = []
        for _ in range(epochs):
            with tf.GradientTape() as tape:
                loss = my_loss(model(inputs), outputs)
            dW, db = tape.gradient(loss, [model.W, model.b])
            losses.append(float(loss))
            step(model, learning_rate, dW, db)
        return losses

    return train


def _uphill(model, rate, dW, db):
    model.W.assign_add(rate * dW)
    model.b.assign_add(rate * db)


def _whole_slope(model, rate, dW, db):
    model.W.assign_sub(dW)
    model.b.assign_sub(db)


def _to_tensors(model, rate, dW, db):
    model.W = model.W - rate * dW
    model.b = model.b - rate * db


def _minus_equals(model, rate, dW, db):
    model.W -= rate * dW
    model.b -= rate * db


def _to_new_variables(model, rate, dW, db):
    model.W = tf.Variable(model.W - rate * dW)
    model.b = tf.Variable(model.b - rate * db)


def _only_w(model, rate, dW, db):
    model.W.assign_sub(rate * dW)


def _swapped(model, rate, dW, db):
    model.W.assign_sub(rate * db)
    model.b.assign_sub(rate * dW)


def _nothing(model, rate, dW, db):
    pass


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
    """Forty examples of another line, from a start far away; 12 epochs lead to least squares."""
    inputs = tf.random.stateless_normal([40], seed=[71, 1])
    outputs = 9.0 - 4.0 * inputs + 0.5 * tf.random.stateless_normal([40], seed=[71, 2])
    return Model(20.0, -15.0), inputs, outputs, 0.4, 12


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

        The tape has to see the prediction and the loss. It gives one slope for each Variable of
        the list that you ask it for, in the same order, and `assign_sub` takes a fraction of a
        slope off its Variable.

        An empty list. For each epoch: a `with` block with model and loss; after it, the slopes for
        all that the model lists as trainable; then go through Variables and slopes in pairs with
        `zip(...)` and take learning rate times slope off each; append the loss as a number. After
        the loop, return the list.
    """,
    cases=(
        Case(_line_and_data(5.0, -0.5, [1.0, 3.0], [7.0, 4.0], 0.05, 1)),
        Case(_line_and_data(-1.5, 2.0, [0.5, -2.0, 4.0], [3.0, -4.0, 13.0], 0.02, 3)),
        Case(_unseen, shows="a line and 40 examples that you have not seen; 12 epochs"),
    ),
    remarks=(TWO_NAMES_ONLY,),
)
LOOP.mistake("gradient_added", _loop(_uphill)).says("""
    It walks uphill: the slopes are added, and the loss grows from epoch to epoch. A slope says in
    which direction the loss grows. Which way should a step go?
""")
LOOP.mistake("learning_rate_forgotten", _loop(_whole_slope)).says("""
    The learning rate plays no part: the whole slope is taken off in each step, and the training
    flies apart. Where should the fraction come in?
""")


@LOOP.mistaken("""
    The slopes are None: inside the block nothing leads from the Variables to the loss, or the tape
    was asked the other way round, with the Variables before the loss. Is the model called there,
    and is its prediction (not its `.numpy()`) used?
""")
def predicted_outside_the_tape(model, inputs, outputs, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        predicted = model(inputs)
        with tf.GradientTape() as tape:
            loss = my_loss(predicted, outputs)
        for variable in model.trainable_variables:
            variable.assign_sub(learning_rate * tape.gradient(loss, variable))
        losses.append(float(loss))
    return losses


LOOP.mistake("tensors_for_variables", _loop(_to_tensors)).says("""
    After the first step `W` and `b` are tensors and no longer Variables, because `=` put the names
    on something new. The next tape does not watch them, and its slopes are None. Which method
    changes a Variable in place?
""")
LOOP.mistake("minus_equals", _loop(_minus_equals)).says("""
    TensorFlow stops at `-=`, because it can't know whether you want to change the Variable or to
    put a tensor in its place. Which method says plainly: take this off the Variable itself?
""")
LOOP.mistake("new_variables", _loop(_to_new_variables)).says("""
    The numbers are right, but the model has new Variables after each step. Whoever holds the old
    ones does not see them move. Which method changes the Variables that are there?
""")
LOOP.mistake("only_w_updated", _loop(_only_w)).says("""
    `W` is trained and `b` stays where it was, so the line turns and does not rise. How many
    Variables does the model list, and how many does your loop change?
""")
LOOP.mistake("slopes_swapped", _loop(_swapped)).says("""
    Each parameter is moved by the slope of the other. The tape answers in the order in which it
    was asked. In which order do your lines take the answers?
""")
LOOP.mistake("nothing_applied", _loop(_nothing)).says("""
    The model is as it was, and all losses are the same. If new values are computed, they end in
    names inside your function. What writes a value into a Variable?
""")


@LOOP.mistaken("""
    The slopes are found once, before the loop, and used in every epoch. But each step leads to
    another place, and the slopes are other ones there. Which lines have to be done anew in each
    epoch?
""")
def stale_slopes(model, inputs, outputs, learning_rate, epochs):
    losses = []
    with tf.GradientTape() as tape:
        loss = my_loss(model(inputs), outputs)
    slopes = tape.gradient(loss, model.trainable_variables)
    for _ in range(epochs):
        losses.append(float(my_loss(model(inputs), outputs)))
        for variable, slope in zip(model.trainable_variables, slopes, strict=True):
            variable.assign_sub(learning_rate * slope)
    return losses


@LOOP.mistaken("""
    The model is trained as it should be, but each loss is the one after its update, so the first
    one, of the start, is missing. Which loss do you have in hand before the step?
""")
def loss_after_the_update(model, inputs, outputs, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        train(model, inputs, outputs, learning_rate, 1)
        losses.append(float(my_loss(model(inputs), outputs)))
    return losses


LOOP.mistake(
    "last_loss_only",
    lambda model, inputs, outputs, learning_rate, epochs: train(
        model, inputs, outputs, learning_rate, epochs
    )[-1],
).says("""
    The model is trained as it should be, but one loss comes back instead of a list. Where could
    each epoch leave its loss, so that all of them can be returned?
""")
LOOP.mistake(
    "stopped_after_one",
    lambda model, inputs, outputs, learning_rate, epochs: train(
        model, inputs, outputs, learning_rate, 1
    ),
).says("""
    It ends after one epoch. A `return` inside the loop ends the function, wherever the loop
    stands. How far is yours indented?
""")
LOOP.mistake(
    "one_epoch_more",
    lambda model, inputs, outputs, learning_rate, epochs: train(
        model, inputs, outputs, learning_rate, epochs + 1
    ),
).says("""
    This takes one epoch more than it was asked for. `range(n)` gives n numbers, from 0 to n - 1.
    Is something added to it, or is there a step outside the loop?
""")
LOOP.mistake(
    "one_epoch_fewer",
    lambda model, inputs, outputs, learning_rate, epochs: train(
        model, inputs, outputs, learning_rate, epochs - 1
    ),
).says("""
    This takes one epoch fewer than it was asked for. `range(1, n)` gives n - 1 numbers. How often
    should the loop run?
""")
LOOP.mistake(
    "model_of_its_own",
    lambda model, inputs, outputs, learning_rate, epochs: train(
        MyModel(0.0, 0.0), inputs, outputs, learning_rate, epochs
    ),
).says("""
    The model that was passed is as it was: another one is made and trained inside the function,
    and lost at its end. Which model does the caller want to see trained?
""")
LOOP.mistake(
    "names_of_its_own",
    lambda model, inputs, outputs, learning_rate, epochs: [
        float(model.slope) for _ in range(epochs)
    ],
).says("""
    It asks the model for a name that only your own class has. The model of the check calls its
    parameters `W` and `b`. There is one list that every model has, whatever the names in it. Which
    is it?
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


# --- 7.4


def trained_spring():
    model = MyModel(0.0, 0.0)
    train(model, train_weight, train_length, learning_rate=0.4, epochs=80)
    return model


@functools.cache
def _lines():
    """The lines that a training of the spring may end in: name, W, b."""
    x, y = train_weight.numpy().astype(float), train_length.numpy().astype(float)
    return {
        "least squares": np.polyfit(x, y, 1),
        "least squares of the held-out data": np.polyfit(held_out_weight, held_out_length, 1),
        "a line through 0": np.array([np.sum(x * y) / np.sum(x * x), 0.0]),
        "weights from lengths": np.polyfit(y, x, 1),
        "a flat line": np.array([0.0, np.mean(y)]),
    }


def _line(name):
    """A model that ends in that line."""

    def made():
        W, b = _lines()[name]
        return MyModel(W, b)

    return made


def _model(W, b):
    return lambda: MyModel(W, b)


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
    return predicted


def _how_near(model):
    """In words, how the predictions for the springs compare."""
    x = np.linspace(0.0, 2.0, 9)
    predicted = _asked(model, x)
    if isinstance(predicted, str):
        return predicted
    for name, line in _lines().items():
        if np.max(np.abs(predicted - np.polyval(line, x))) < 0.05:
            return name
    residuals = _asked(model, train_weight.numpy()) - train_length.numpy()
    if np.mean(np.square(residuals)) < np.var(train_length):
        return "on the way"
    return "no better than a flat line"


NOT_NUMBERS = (
    "The predictions are not numbers: the training has diverged, and its losses must have grown "
    "until no float32 could hold them. Print the first few losses. What would make each step "
    "shorter?"
)

NO_MODEL = (
    "This object cannot be called, so it has no predictions. A list of losses, for example, is "
    "what the training returns; the model is what it has changed. Which of your names stands for "
    "the model?"
)

A_CLASS = (
    "This is a class: the plan for models, with nothing trained in it. Training moves one object "
    "that was made from it. Which of your names stands for that object?"
)

ANOTHER_SHAPE = (
    "For inputs of shape `[N]`, predictions of another shape come back. In a loss they would be "
    "compared all with all. What shape does each part of your formula have?"
)

TRAINED = Value(
    id="7.4",
    title="The trained model",
    stub="my_model = ...  # replace the dots; as many lines as you like",
    solution=trained_spring,
    cases=(Case(call=lambda model: {"the predictions": _how_near(model)}),),
    on_correct="""
        Half a millimetre from the best line there is. Read it out: so many centimetres for each
        kilogram, and so many with no weight at all.
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
)
TRAINED.mistake("on_the_way", _model(5.0, 14.5)).says("""
    It is on the way: better than a flat line, and not yet at the best one. The slow part is the
    last. Are the losses still falling at the end, and what would bring them further down?
""")
TRAINED.mistake("no_better_than_flat", _model(0.0, 0.0)).says("""
    It is no better than a flat line at the mean length. Either it was hardly trained, or its
    training led away from the data. What do its first and its last loss say?
""")
TRAINED.mistake("diverged", _model(np.nan, np.nan)).says(NOT_NUMBERS)
TRAINED.mistake("trained_on_held_out", _line("least squares of the held-out data")).says("""
    This is the best line for the held-out springs. They are there for the honest test at the end,
    and were to be left aside. On which two tensors did the training run?
""")
TRAINED.mistake("only_w_trained", _line("a line through 0")).says("""
    This is the best line through 0: its slope was trained and its start stayed at 0. A spring has
    some length without any weight. Which Variables does your training move?
""")
TRAINED.mistake("only_b_trained", _line("a flat line")).says("""
    This is a flat line at the mean length: the weight plays no part. Does your training move both
    Variables, or were inputs and outputs compared all with all?
""")
TRAINED.mistake("inputs_and_outputs_swapped", _line("weights from lengths")).says("""
    This model tells weights from lengths: inputs and outputs have changed places in the training.
    Here the weight is known, and the length is asked for. In which order does your loop take them?
""")
TRAINED.mistake("class_for_model", lambda: MyModel).says(A_CLASS)
TRAINED.mistake("losses_for_model", lambda: [9.3, 4.2, 2.1]).says(NO_MODEL)
TRAINED.mistake("another_shape", lambda: lambda x: tf.reshape(x, [-1, 1])).says(ANOTHER_SHAPE)


@TRAINED.right
def trained_from_elsewhere():
    model = MyModel(10.0, 3.0)
    train(model, train_weight, train_length, learning_rate=0.3, epochs=120)
    return model


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
        at both ends. Residuals that have a pattern say that the model is too simple.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        a: That is how it looks when a model fits: what is left is noise, without a pattern. Here
        something else is left, because no line can bend.

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
        The landscape is as steep as the mean square of the inputs, some thousands here, and the
        border for the learning rate lies that much lower, near 0.0001.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        a: For the truth of the matter a unit is only a name. For gradient descent it is the scale
        of the landscape: in km/h the walls are thousands of times as steep.

        b: Many more epochs is what a rate that is small enough would need. 0.1 is far above the
        border, and each step leads further away.
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


class CurveOfWholeNumbers(MyCurve):
    def __init__(self, c, W, b):
        self.c, self.W, self.b = tf.Variable(c), tf.Variable(W), tf.Variable(b)


class CurveCastWhenMade(MyCurve):
    def __init__(self, *start):
        self.c, self.W, self.b = [tf.cast(tf.Variable(n), tf.float32) for n in start]


class CurveCastWhenCalled(CurveOfWholeNumbers):
    def __call__(self, inputs):
        c, W, b = [tf.cast(v, tf.float32) for v in (self.c, self.W, self.b)]
        return c * tf.square(inputs) + W * inputs + b


class CurveThroughNumpy(MyCurve):
    def __call__(self, inputs):
        return self.c.numpy() * tf.square(inputs) + self.W.numpy() * inputs + self.b.numpy()


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

        Squared is the input alone, each by itself. `tf.square` does that; so does `** 2`.

        A third Variable in `__init__`, made like the other two. In `__call__`, the line stays as
        it is, and in front of it comes the new Variable times the square of the inputs.
    """,
    cases=(
        _predicts((3.0, -4.0, 10.0), [3.0, -1.0, 0.0]),
        _is_known((0.5, 2.5, 4.0)),
        _follows((0.5, -1.5, 6.0)),
        _has_slopes((0.5, -1.5, 6.0)),
        _predicts((5, 4, 30), [0.5, 1.5]),
        _is_known((5, 4, 30)),
        _follows((5, 4, 30)),
    ),
)


@CURVE.mistaken("""
    The input is doubled where it should be squared, so this is still a straight line. What do you
    get for the input 3: 6, or 9? Which operation gives the 9?
""")
class DoubledForSquared(MyCurve):
    def __call__(self, inputs):
        return self.c * 2 * inputs + self.W * inputs + self.b


@CURVE.mistaken("""
    This squares the whole line and multiplies that by `c`. It bends, but `W` and `b` are inside
    the square now. Of what alone should the square be taken?
""")
class SquareOfTheLine(MyCurve):
    def __call__(self, inputs):
        return self.c * tf.square(self.W * inputs + self.b)


@CURVE.mistaken("""
    `c` is squared together with the input. It then counts as `c * c`, and a curve that bends
    downwards is out of reach. Which of the two should be squared?
""")
class SquareOfTheProduct(MyCurve):
    def __call__(self, inputs):
        return tf.square(self.c * inputs) + self.W * inputs + self.b


@CURVE.mistaken("""
    The term with `W` is missing: only the square and `b` are there. How far does a car roll while
    the driver still has the foot on the way to the brake?
""")
class LinearTermForgotten(MyCurve):
    def __call__(self, inputs):
        return self.c * tf.square(inputs) + self.b


@CURVE.mistaken("""
    This is still the line of 7.1: `c` is there and plays no part. Where does the square come in?
""")
class StillALine(MyCurve):
    def __call__(self, inputs):
        return self.W * inputs + self.b


@CURVE.mistaken("""
    The starting values are taken in the reverse order: the first of them should belong to the
    square, the last is what comes out for the input 0. Which is which in your `__init__`?
""")
class OrderReversed(MyCurve):
    def __init__(self, c, W, b):
        super().__init__(b, W, c)


@CURVE.mistaken("""
    It predicts well, but training finds two parameters only: `c` cannot change, so the bend stays
    as it began. In what are the other two kept?
""")
class SquareNotTrained(MyCurve):
    def __init__(self, c, W, b):
        super().__init__(c, W, b)
        self.c = tf.constant(c, dtype=tf.float32)


CURVE.mistake("CurveOfWholeNumbers", CurveOfWholeNumbers).says("""
    It works for `3.0` and fails for `5`: from a whole number `tf.Variable` makes an int32. How did
    you deal with that in 7.1?
""")
CURVE.mistake("CurveCastWhenMade", CurveCastWhenMade).says(
    CAST_WHEN_MADE.replace("MyModel(0, 0)", "MyCurve(0, 0, 0)")
)
CURVE.mistake("CurveCastWhenCalled", CurveCastWhenCalled).says(CAST_WHEN_CALLED)
CURVE.mistake("CurveThroughNumpy", CurveThroughNumpy).says(NO_SLOPES)


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
    if np.max(np.abs(predicted - np.polyval(_braking(2), x))) < 1.0:
        return "least squares"
    if np.max(np.abs(predicted)) > 1000.0:
        return "far too long"
    if np.max(np.abs(predicted - np.polyval(_braking(1), x))) < 1.0:
        return "a line"
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
        Gradient descent likes inputs that lie round 0 and are about as large as 1. Which numbers
        could you subtract and divide by, to get there from 20 to 140?

        Train the curve on scaled speeds. Then what you check has to scale, too, before it calls
        the curve: a small function that takes km/h.

        Subtracting 80 and dividing by 35 does it; then a learning rate of 0.3 and 60 epochs are
        enough. Dividing by 100 alone works as well, with about three times as many. Write the
        scaling as a function, and use it in both places.
    """,
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
    It is on the way: better than a flat line, and not yet at the best curve. Are the losses still
    falling at the end? Scaling the speeds and the learning rate both decide how long it takes;
    which of them have you tried?
""")
BRAKING.mistake("no_better_than_flat", lambda: MyCurve(0.0, 0.0, 0.0)).says("""
    It is no better than a flat line at the mean distance. Either it was hardly trained, by steps
    that were too few or too short, or the training went elsewhere. What do the first and the last
    loss say?
""")
BRAKING.mistake("diverged", lambda: MyCurve(np.nan, 0.0, 0.0)).says(NOT_NUMBERS)
BRAKING.mistake("class_for_model", lambda: MyCurve).says(A_CLASS)
BRAKING.mistake("losses_for_model", lambda: [2000.0, 90.0, 12.0]).says(NO_MODEL)
BRAKING.mistake("another_shape", lambda: lambda x: tf.reshape(x, [-1, 1])).says(ANOTHER_SHAPE)


@BRAKING.right
def trained_in_hundreds():
    curve = MyCurve(0.0, 0.0, 0.0)
    train(curve, speed / 100.0, distance, learning_rate=0.4, epochs=150)

    def in_metres(speed):
        return curve(speed / 100.0)

    return in_metres


BRAKING.right(lambda: lambda speed: tf.math.polyval([float(n) for n in _braking(2)], speed))
