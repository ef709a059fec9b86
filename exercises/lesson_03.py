"""The exercises of lesson 03: a function with numbers in it that can be adjusted."""
# Answers are written as learners write them:
# ruff: noqa: ANN001, ANN003, ANN201, ANN202, ANN204, D101, D102, D103

import dataclasses
import math

import numpy as np
import tensorflow as tf

from exercises.concepts import A_LINE, A_MODEL
from exercises.engine.model import Case, Class, Function, Predict, Remark, Value

TITLE = "The model"


# --- 3.P1

A_CHANGED_BIAS = Predict(
    id="3.P1",
    title="A changed bias",
    prompt=(
        "`f` returns `W * x + b`, with the Variables `W` at 5.0 and `b` at 0.0, so `f(3.0)` was "
        "15.0. Now `b.assign(1.0)`. What will `f(3.0)` return?"
    ),
    choices={"a": "15.0", "b": "16.0", "c": "20.0"},
    answer="b",
    reason="""
        `f` reads its Variables each time it is called. Change a parameter, and from then on every
        prediction changes.
    """,
    tempts="""
        a: `f` was written while `b` held 0, and no line of it has been changed since.

        b: `b` stands at the end of the formula, where it is added once.

        c: The 1 may come in before `W` multiplies, and then the weight applies to it, too.
    """,
    feedback="""
        a: You thought that `f` kept the numbers it had when it was defined. It kept the Variables,
        and looks into them at every call.

        c: You added the 1 to the weight or to the input before multiplying. The bias comes in last,
        and it comes in once: it lifts every prediction by the same amount.
    """,
)


# --- 3.1


def line(inputs, W, b):
    return W * inputs + b


LINE = Function(
    id="3.1",
    title="A line",
    stub="""
def line(inputs, W, b):
    return ...  # replace the dots
""",
    solution=line,
    on_correct="""
        The prediction begins at `b` and rises by `W` with each unit of the input.
    """,
    hints="""
        It is the formula at the head of this lesson. What is called `x` there, and what is it
        called here?

        Each input is multiplied by the weight, and the bias is added to what that gives. Operators
        do this to a number and to a whole tensor alike.

        One line: a product of two of the three names, and then the third one added. Which two
        belong together, if `b` is the prediction for the input 0?
    """,
    cases=(
        Case(lambda: (4.0, 3.0, 2.5)),
        Case(lambda: (tf.constant([1.5, -2.0, 4.0]), -0.5, 7.0)),
        Case(lambda: (tf.constant([[0.0], [2.5], [6.0]]), tf.Variable(1.5), tf.Variable(-3.0))),
    ),
    concepts=(A_LINE,),
)
LINE.slip("one_after_another", {"W * inputs + b": "[W * x + b for x in inputs]"}).says("""
    This goes through the inputs with a loop, and a single number has nothing to go through.
    Operators work on a number and on a whole tensor alike. What remains if you take the loop away?
""")
LINE.right(lambda inputs, W, b: tf.add(tf.multiply(inputs, W), b))
LINE.right(lambda x, slope, start=0.0: start + x * slope)
LINE.right(lambda inputs, W, b: np.polyval([float(W), float(b)], inputs).tolist())


@LINE.right
def line_by_model(inputs, W, b):
    weight = tf.Variable(W)
    bias = tf.Variable(b)
    return weight * inputs + bias


@LINE.right
def line_by_a_closure(inputs, W, b):
    def f(x):
        return tf.reduce_sum([W * x, b * tf.ones_like(x)], axis=0)

    return f(inputs)


# --- 3.P2

THE_FORGETFUL_MODEL = Predict(
    id="3.P2",
    title="The forgetful model",
    prompt=(
        "The author of the model in the cell below wrote `tf.constant` for `tf.Variable`. It "
        "predicts correctly. How many Variables does `trainable_variables` list?"
    ),
    choices={"a": "0", "b": "2", "c": "It raises an error."},
    answer="a",
    reason="""
        A constant is a tensor, and `tf.Module` lists Variables only. The model can predict, but
        there is nothing in it that training could change.
    """,
    tempts="""
        a: The last cell taught you to look at how a number is kept, and here it is kept in another
        way.

        b: The model has two parameters, `W` and `b`, and it predicts correctly with them.

        c: Somebody wrote the wrong word, and TensorFlow often stops at a wrong word.
    """,
    feedback="""
        b: You counted the parameters, `W` and `b`. They are there, but as tensors, and what can't
        be changed isn't listed as trainable.

        c: You expected the slip to be noticed. Nothing is forbidden about a model without
        Variables, so nothing complains: the list is simply empty.
    """,
)


# --- 3.2


class Parabola(tf.Module):
    def __init__(self, a, b, c):
        self.a = tf.Variable(a)
        self.b = tf.Variable(b)
        self.c = tf.Variable(c)

    def __call__(self, inputs):
        return self.a * inputs * inputs + self.b * inputs + self.c


MADE = "Parabola(-4.0, 18.0, 1.5)"


def _made(cls):
    return cls(-4.0, 18.0, 1.5)


def _at_three(ball):
    """Keras takes tensors only."""
    return ball(tf.constant(3.0) if isinstance(ball, tf.keras.Layer) else 3.0)


def _one_prediction(cls):
    return {f"{MADE}(3.0)": _at_three(_made(cls))}


def _many_predictions(cls):
    batch = tf.constant([0.5, -2.0, 3.5])
    return {f"{MADE}(tf.constant([0.5, -2.0, 3.5]))": _made(cls)(batch)}


def with_new_variables(work):
    """What comes of some work, and how many Variables it makes."""
    made = []

    def noting(create, **how):
        made.append(create(**how))
        return made[-1]

    with tf.variable_creator_scope(noting):
        return work(), len(made)


def _variables_made(cls):
    ball, at_first = with_new_variables(lambda: _made(cls))
    return {
        "are Variables made for each object?": at_first > 0,
        "new Variables made by calling ball(3.0)": with_new_variables(lambda: _at_three(ball))[1],
    }


def _numbers_in(variables):
    return sum(math.prod(variable.shape) for variable in variables)


def _listed(cls):
    found = getattr(_made(cls), "trainable_variables", None)
    return {"numbers in ball.trainable_variables": None if found is None else _numbers_in(found)}


def _changed(cls):
    ball = _made(cls)
    for variable in getattr(ball, "trainable_variables", ()):
        variable.assign(variable + 1.0)
    return {"ball(3.0) when all its Variables have grown by 1": _at_three(ball)}


def _slopes(cls):
    ball = _made(cls)
    with tf.GradientTape() as tape:
        prediction = tf.convert_to_tensor(_at_three(ball))
    read = tape.watched_variables()
    slopes = tape.gradient(prediction, read)
    led_to = [each for each, slope in zip(read, slopes, strict=True) if slope is not None]
    return {"numbers for which a tape finds a slope": _numbers_in(led_to)}


def _two_balls(cls):
    first = _made(cls)
    cls(2.5, -1.0, 7.0)
    return {f"first = {MADE}; Parabola(2.5, -1.0, 7.0); first(3.0)": _at_three(first)}


def _has_other_names(cls):
    ball = _made(cls)
    kinds = tf.Variable, tf.keras.Variable
    return not all(isinstance(getattr(ball, name, None), kinds) for name in "abc")


PARABOLA = Class(
    id="3.2",
    title="A model with a curve",
    stub="""
class Parabola(tf.Module):
    def __init__(self, a, b, c):
        pass  # make the three Variables here

    def __call__(self, inputs):
        return ...  # replace the dots
""",
    solution=Parabola,
    on_correct="""
        The model has another shape, and the training won't have to know.
    """,
    hints="""
        Take `LinearModel` as a pattern. What happens once, when an object is made, and what at each
        call?

        In `__init__` each parameter becomes a Variable and gets a name that begins with `self.`, so
        that it outlives the method. In `__call__` they are used, not made.

        `__init__` has three lines, of the kind that `LinearModel` has for `W`. `__call__` returns
        the formula, with `inputs` for `x` and `self.` before each of the three letters.
    """,
    cases=(
        Case(call=_one_prediction),
        Case(call=_many_predictions),
        Case(call=_variables_made),
        Case(call=_listed),
        Case(call=_changed),
        Case(call=_slopes),
        Case(call=_two_balls),
    ),
    remarks=(
        Remark(
            _has_other_names,
            "One thing differs from the task: it asks for Variables that are kept as `self.a`, "
            "`self.b` and `self.c`. Yours predict and change as well, but whoever reads the task "
            "looks for `ball.a`.",
        ),
    ),
    concepts=(A_MODEL,),
)
PARABOLA.slip("first_and_last_swapped", {"self.a * ": "self.c * ", "+ self.c": "+ self.a"}).says("""
    `a` and `c` have changed places: the last of the three numbers is multiplied by the square, and
    the first is where the curve begins. Did that happen in the formula, or in the order of the
    names between the brackets of `__init__`?
""")
PARABOLA.slip(
    "first_two_swapped", {"self.a * inputs * inputs + self.b": "self.b * inputs * inputs + self.a"}
).says("""
    `a` and `b` have changed places: the second of the three numbers is multiplied by the square,
    and the first by the input alone. Did that happen in the formula, or between the brackets of
    `__init__`?
""")
PARABOLA.slip("square_forgotten", {"inputs * inputs": "inputs"}).says("""
    This multiplies `a` by the input once, so it is a straight line again, as steep as `a` and `b`
    together. How often does `x` occur in the first part of the formula?
""")
PARABOLA.slip(
    "the_line_again",
    {"self.a * inputs * inputs + self.b * inputs + self.c": "self.a * inputs + self.b"},
).says("""
    This is the formula of `LinearModel` with other letters: a straight line through `b`, and `c`
    plays no part. How many terms does the formula of the curve have, and which of them bends it?
""")
PARABOLA.slip("square_doubled", {"self.b * inputs": "self.b * inputs * inputs"}).says("""
    Here `b` is multiplied by the square as well, so `a` and `b` do the same thing. How often does
    `x` occur in the second part of the formula?
""")
PARABOLA.slip(
    "parameter_squared_too", {"self.a * inputs * inputs": "tf.square(self.a * inputs)"}
).says("""
    This squares `a` along with the input, so a ball that should fall flies up: the minus of `a` is
    lost. In `a*x*x`, which of the factors occurs twice?
""")
PARABOLA.slip("doubled_for_squared", {"inputs * inputs": "2 * inputs"}).says("""
    This multiplies by 2 where the input should be multiplied by itself, so it is a straight line
    again. What is 3 squared, and what is 3 times 2?
""")
PARABOLA.slip("first_term_forgotten", {"self.a * inputs * inputs + ": ""}).says("""
    This leaves `a` out, so it is a straight line: a ball on it never turns round in the air. Which
    part of the formula bends the curve?
""")
PARABOLA.slip("second_term_forgotten", {" + self.b * inputs": ""}).says("""
    This leaves `b` out. Every such ball begins without any speed, as if it were let go and not
    thrown. Which part of the formula is how fast it leaves the hand?
""")
PARABOLA.slip("last_term_forgotten", {" + self.c": ""}).says("""
    This leaves `c` out. Every such ball is thrown from the ground, at height 0. Which part of the
    formula is the height at the beginning?
""")
PARABOLA.slip("second_not_multiplied", {"self.b * inputs": "self.b"}).says("""
    This adds `b` as it is, as if it were a second height. What is it multiplied by in the formula?
""")


@PARABOLA.right
class FactoredParabola(tf.Module):
    def __init__(self, a, b, c):
        super().__init__()
        self.c = tf.Variable(c, name="c")
        self.b = tf.Variable(b, name="b")
        self.a = tf.Variable(a, name="a")

    def __call__(self, inputs):
        return (self.a * inputs + self.b) * inputs + self.c


@PARABOLA.right
class ParabolaByPowers(tf.Module):
    def __init__(self, a, b, c):
        self.a, self.b, self.c = map(tf.Variable, (a, b, c))

    @tf.function
    def __call__(self, inputs):
        return self.c + self.b * inputs + self.a * tf.square(inputs)


@PARABOLA.right
class ParabolaInOneVariable(tf.Module):
    def __init__(self, a, b, c):
        self.parameters = tf.Variable([a, b, c])
        self.steps = tf.Variable(0, trainable=False)

    def __call__(self, x):
        a, b, c = tf.unstack(self.parameters)
        return a * x**2 + b * x + c


@PARABOLA.right
@dataclasses.dataclass(eq=False)
class ParabolaAsADataclass(tf.Module):
    a: float
    b: float = 0.0
    c: float = 0.0

    def __post_init__(self):
        for name in "abc":
            setattr(self, name, tf.Variable(getattr(self, name), dtype=tf.float32, name=name))

    def __call__(self, inputs):
        return tf.math.polyval([self.a, self.b, self.c], inputs)


@PARABOLA.right
class ParabolaInALayer(tf.keras.layers.Layer):
    def __init__(self, a, b, c):
        super().__init__()
        start = tf.keras.initializers.Constant
        self.a, self.b, self.c = (self.add_weight((), start(each)) for each in (a, b, c))

    def call(self, inputs):
        return (self.a * inputs + self.b) * inputs + self.c


# --- 3.P3

SHAPE_OF_A_BATCH = Predict(
    id="3.P3",
    title="The shape of a batch",
    prompt=(
        "A batch of 2 rows of 3 inputs goes into the model. What is the shape of the "
        "prediction that comes out?"
    ),
    choices={"a": "(2, 3)", "b": "(6,)", "c": "()"},
    answer="a",
    reason="""
        The model's operations are elementwise: one prediction for each input, in the same
        arrangement. `W` and `b` are stretched over the batch.
    """,
    tempts="""
        a: Two rows of three go in, and the model's formula says nothing about shapes.

        b: Two rows of three are six inputs, and each of them is an example of its own.

        c: The model has a single weight and a single bias, and `model(3.0)` gave a single number.
    """,
    feedback="""
        b: You counted six predictions, and there are six. But nothing in the model puts them in a
        row: elementwise operations leave every number in its place.

        c: You thought of one prediction, as the model has one weight. It is used for each of the
        inputs; only a reduction would make one number of them.
    """,
)


# --- 3.3


def plumber_parameters():
    return [60.0, 40.0]


PLUMBER = Value(
    id="3.3",
    title="The plumber's line",
    stub="""
plumber_parameters = ...  # replace the dots by a list of two numbers
""",
    solution=plumber_parameters,
    on_correct="""
        Read out: for each additional hour the bill rises by 60 euros; it starts at 40.
    """,
    hints="""
        Which of the two prices do you pay even if the plumber leaves at once?

        The bill for 0 hours is `b`. What one hour more adds to the bill is `W`.

        The price with *for each* in it is the weight. Put it first, then a comma, then the price
        that is paid once.
    """,
)
PLUMBER.mistake("parameters_swapped", [40.0, 60.0]).says("""
    The two have changed places: this plumber takes 60 euros for coming and 40 for each hour. Which
    of the two prices belongs to the words *for each*?
""")
PLUMBER.mistake("first_hour_in_the_bias", [60.0, 100.0]).says("""
    The second number is the bill for one hour. `b` is the prediction for the input 0, before any
    work is done. What would a visit of 0 hours cost?
""")
PLUMBER.mistake("coming_in_the_weight", [100.0, 40.0]).says("""
    This charges the call-out fee again with every hour: two hours would cost 240 euros. By how much
    is the bill for three hours higher than that for two?
""")
PLUMBER.mistake("bias_forgotten", [60.0, 0.0]).says("""
    With a bias of 0 the plumber comes for nothing. What is on the bill for 0 hours?
""")
PLUMBER.mistake("the_taxi", [2.5, 4.0]).says("""
    These are the parameters of the taxi. The plumber's line has the same form and other numbers.
    Which two does the task name?
""")
PLUMBER.mistake("the_variables_from_before", [5.0, 1.0]).says("""
    These are the Variables `W` and `b` from an earlier cell, and they hold 5 and 1. The plumber has
    numbers of their own. Which two does the task name?
""")
PLUMBER.mistake("one_bill", 100.0).says("""
    This is one number, the bill for an hour. A line needs two: how much each hour adds, and where
    it begins. How much would half an hour cost, and which two numbers did you use for that?
""")
PLUMBER.mistake("hours_for_each_euro", [1 / 60, 40.0]).says("""
    1/60 is in hours for each euro: how long the plumber works for one. `W` is in units of the
    prediction for each unit of the input. Which of the two is counted in hours here?
""")
PLUMBER.mistake("euros_a_minute", [1.0, 40.0]).says("""
    One euro a minute is right, but the input is in hours. `W` says how much one unit of the input
    adds to the bill. How much is that for an hour?
""")
PLUMBER.mistake("weight_alone", 60.0).says("""
    This is one number, the price of an hour. A line needs two: how steep it is, and where it
    begins. What is on the bill if the plumber leaves at once?
""")
PLUMBER.mistake("minus", [60.0, -40.0]).says("""
    With a `b` of -40 the plumber hands you 40 euros at the door. The prediction for 0 hours is the
    bill for coming. Which sign does it have?
""")
PLUMBER.mistake("numbers_in_quotes", ["60", "40"]).says("""
    These are two pieces of text: quotes turn what they hold into text, and nobody can multiply
    hours by text. How do you write two numbers in a list?
""")
PLUMBER.right([60, 40])
PLUMBER.right((60.0, 40.0))
PLUMBER.right(lambda: tf.constant([60.0, 40.0]))
PLUMBER.right(lambda: [tf.Variable(60.0), np.float32(40)])


# --- 3.P4

A_LINE_OF_A_LINE = Predict(
    id="3.P4",
    title="A line of a line",
    prompt=(
        "Two lines one after the other: the prediction of the first goes into the second. Is the "
        "whole a curve, or a line again?"
    ),
    choices={
        "a": "A curve: it rises more from 1 to 2 than from 0 to 1.",
        "b": "A line again: it rises by the same from 0 to 1 and from 1 to 2.",
    },
    answer="b",
    reason="""
        Each step to the right lifts the first line by its weight, and that lifts the second by one
        weight times the other: the same amount everywhere. To get curves, networks put something
        that bends between the lines.
    """,
    tempts="""
        a: Here something is multiplied twice, and multiplying twice made a curve of `a*x*x`.

        b: Each of the two lines rises evenly, and the second only passes on what the first does.
    """,
    feedback="""
        a: You reasoned that multiplying twice ought to bend it, as in `x * x`. But the input itself
        is multiplied by fixed numbers only, 2 and then 10, and never by itself.
    """,
)


# --- 3.P5

RAISE_THE_BIAS = Predict(
    id="3.P5",
    title="Raise b, and W",
    prompt=(
        "Set b to 0 and find the best W that you can. Then raise b to 4 and find the best W again. "
        "What has happened to it?"
    ),
    choices={
        "a": "It has become smaller.",
        "b": "It is the same: W and b have nothing to do with each other.",
        "c": "It has become larger.",
    },
    answer="a",
    reason="""
        A line that starts higher has less to climb on its way through the receipts. The two
        parameters make up for each other.
    """,
    tempts="""
        a: The receipts stay where they are, so a line that starts elsewhere must reach them in
        another way.

        b: One number is the price for getting in and the other is for the distance, and a tariff
        sets each by itself.

        c: Everything is raised, so the line ends higher, and what is higher looks steeper.
    """,
    feedback="""
        b: They stand for different things, getting in and driving. But they share one line, and the
        receipts say how high it must be at their centre. Set b to 4 in the explorer: does the line
        with the old W still pass there?

        c: Raising b lifts the whole line. Set b to 4 in the explorer: does the line now lie above
        the receipts on the right, or below?
    """,
)
