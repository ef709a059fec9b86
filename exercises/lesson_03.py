"""The exercises of lesson 03: a function with numbers in it that can be adjusted."""
# Answers are written as learners write them:
# ruff: noqa: ANN001, ANN003, ANN201, ANN202, ANN204, D101, D102, D103

import tensorflow as tf

from exercises.engine.model import Case, Class, Function, Predict, Value

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
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        a: You thought that `f` kept the numbers it had when it was defined. It kept the Variables,
        and looks into them at every call.

        c: You added the 1 to the weight or to the input before multiplying. The bias comes in
        last, and it comes in once: it lifts every prediction by the same amount.
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
)
LINE.slip("parameters_swapped", {"W * inputs + b": "b * inputs + W"}).says("""
    `W` and `b` have changed places: this rises by `b` for each unit and begins at `W`. What should
    your function return for the input 0, where the weight has no say?
""")
LINE.slip("bias_multiplied_too", {"inputs + b": "(inputs + b)"}).says("""
    This adds the bias to the input, before the weight: `b` is multiplied by `W` as well. It should
    lift the prediction by `b` and no more. Are the brackets needed?
""")
LINE.slip("bias_forgotten", {"inputs + b": "inputs"}).says("""
    This multiplies and stops. Every such line goes through 0 at the input 0, wherever the data
    begin. Which of the three names does your line not use?
""")
LINE.slip("weight_added", {"W * inputs": "inputs + W"}).says("""
    This adds all three. The prediction then rises by 1 for each unit of the input, however large
    the weight is. What does *how steep* do to the input: is it added, or does it multiply?
""")
LINE.slip("the_f_from_before", {"W * inputs + b": "5.0 * inputs + 1.0"}).says("""
    This gives 5 times the input plus 1, whatever `W` and `b` are: those are the numbers in the two
    Variables from further up, which `f` uses. Where does your function use what it was given?
""")
LINE.slip("example_numbers", {"W * inputs + b": "3.0 * inputs + 2.0"}).says("""
    This is always the line with 3 and 2, two numbers of its own. Each call may bring others. Under
    which names do they come in?
""")
LINE.slip("summed_up", {"W * inputs": "tf.reduce_sum(W * inputs)"}).says("""
    This adds the products of all inputs up to one number. A neuron with many inputs does that;
    here each input is an example of its own and wants its own prediction. What shape should come
    back for three inputs?
""")
LINE.slip("matrix_product", {"* inputs": "@ inputs"}).says("""
    `@` is the matrix product: it wants two tables, and neither a number nor a row of inputs is
    one. Here each input is multiplied by the one weight. Which operator works elementwise?
""")
LINE.slip("one_after_another", {"W * inputs + b": "[W * x + b for x in inputs]"}).says("""
    This goes through the inputs with a loop, and a single number has nothing to go through.
    Operators work on a number and on a whole tensor alike. What is left if you take the loop away?
""")
LINE.right(lambda inputs, W, b: tf.add(tf.multiply(inputs, W), b))
LINE.right(lambda inputs, W, b: b + inputs * W)


@LINE.right
def line_by_model(inputs, W, b):
    weight = tf.Variable(W)
    bias = tf.Variable(b)
    return weight * inputs + bias


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
        a: TODO

        b: TODO

        c: TODO
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


class SharedByAll(Parabola):
    def __init__(self, a, b, c):
        SharedByAll.a = tf.Variable(a)
        SharedByAll.b = tf.Variable(b)
        SharedByAll.c = tf.Variable(c)


class SelfForgottenInInit(Parabola):
    def __init__(self, a, b, c):
        a = tf.Variable(a)
        b = tf.Variable(b)
        c = tf.Variable(c)


SelfForgottenInInit.__name__ = "Parabola"  # The error that it raises names the class.


VARIABLES = (tf.Variable, tf.keras.Variable)

MADE = "Parabola(-4.0, 18.0, 1.5)"


def _made(cls):
    return cls(-4.0, 18.0, 1.5)


def _at_three(ball):
    """Keras takes tensors only."""
    return ball(tf.constant(3.0) if isinstance(ball, tf.keras.Layer) else 3.0)


def _one_prediction(cls):
    return {f"{MADE}(3.0)": _at_three(_made(cls))}


def _many_predictions(cls):
    batch = tf.constant([[0.5], [-2.0], [3.5]])
    return {f"{MADE}(tf.constant([[0.5], [-2.0], [3.5]]))": _made(cls)(batch)}


def _parameters(ball):
    return [getattr(ball, name, None) for name in "abc"]


def _its_variables(cls):
    ball = _made(cls)
    return {
        "are ball.a, ball.b, ball.c Variables?": [
            isinstance(each, VARIABLES) for each in _parameters(ball)
        ],
        "len(ball.trainable_variables)": len(getattr(ball, "trainable_variables", ())),
    }


def _made_by_a_call(cls):
    ball = _made(cls)
    made = []

    def noting(create, **how):
        made.append(create(**how))
        return made[-1]

    with tf.variable_creator_scope(noting):
        _at_three(ball)
    return {"new Variables made by calling ball(3.0)": len(made)}


def _changed(cls):
    ball = _made(cls)
    if isinstance(getattr(ball, "c", None), VARIABLES):
        ball.c.assign(10.0)
    return {"ball(3.0) after ball.c.assign(10.0)": _at_three(ball)}


def _slopes(cls):
    ball = _made(cls)
    variables = [
        each.value if isinstance(each, tf.keras.Variable) else each
        for each in _parameters(ball)
        if isinstance(each, VARIABLES)
    ]
    with tf.GradientTape() as tape:
        prediction = tf.convert_to_tensor(_at_three(ball))
    found = [slope is not None for slope in tape.gradient(prediction, variables)]
    return {"does a tape find the slopes for a, b, c?": found}


def _two_balls(cls):
    first = _made(cls)
    cls(2.5, -1.0, 7.0)
    return {f"first = {MADE}; Parabola(2.5, -1.0, 7.0); first(3.0)": _at_three(first)}


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
        A model of another shape, and nothing that trains it will have to know.
    """,
    hints="""
        Take `LinearModel` as a pattern. What is done once, when an object is made, and what at
        each call?

        In `__init__` each parameter becomes a Variable and gets a name that begins with `self.`,
        so that it outlives the method. In `__call__` they are used, not made.

        `__init__` has three lines, of the kind that `LinearModel` has for `W`. `__call__` returns
        the formula, with `inputs` for `x` and `self.` before each of the three letters.
    """,
    cases=(
        Case(call=_one_prediction),
        Case(call=_many_predictions),
        Case(call=_its_variables),
        Case(call=_made_by_a_call),
        Case(call=_changed),
        Case(call=_slopes),
        Case(call=_two_balls),
    ),
)


@PARABOLA.mistaken("""
    It predicts rightly, but its parameters are tensors, and a tensor never changes.
    `trainable_variables` is empty: training would have nothing to work on. What does `LinearModel`
    wrap round its starting numbers?
""")
class TensorsForVariables(Parabola):
    def __init__(self, a, b, c):
        self.a = tf.constant(a)
        self.b = tf.constant(b)
        self.c = tf.constant(c)


@PARABOLA.mistaken("""
    It predicts rightly, but its parameters are the plain Python numbers it was given. TensorFlow
    knows nothing of them, can find no slope for them, and lists none. What could be made of each
    number before it is kept?
""")
class PlainNumbers(Parabola):
    def __init__(self, a, b, c):
        self.a = a
        self.b = b
        self.c = c


@PARABOLA.mistaken("""
    `a` and `c` have changed places: here `c` is multiplied by the square, and `a` is where the
    curve begins. What should the prediction for the input 0 be?
""")
class OrderTurnedRound(Parabola):
    def __call__(self, inputs):
        return self.c * inputs * inputs + self.b * inputs + self.a


@PARABOLA.mistaken("""
    This multiplies `a` by the input once, so it is a straight line again, as steep as `a` and `b`
    together. How often does `x` occur in the first part of the formula?
""")
class SquareForgotten(Parabola):
    def __call__(self, inputs):
        return self.a * inputs + self.b * inputs + self.c


@PARABOLA.mistaken("""
    This squares `a` along with the input, so a ball that should fall flies up: the minus of `a` is
    lost. In `a*x*x`, which of the factors occurs twice?
""")
class ParameterSquaredToo(Parabola):
    def __call__(self, inputs):
        return tf.square(self.a * inputs) + self.b * inputs + self.c


@PARABOLA.mistaken("""
    This multiplies by 2 where the input should be multiplied by itself, so it is a straight line
    again. What is 3 squared, and what is 3 times 2?
""")
class DoubledForSquared(Parabola):
    def __call__(self, inputs):
        return self.a * 2 * inputs + self.b * inputs + self.c


@PARABOLA.mistaken("""
    This leaves `c` out. Every such ball is thrown from the ground, at height 0. Which part of the
    formula is the height at the beginning?
""")
class LastTermForgotten(Parabola):
    def __call__(self, inputs):
        return self.a * inputs * inputs + self.b * inputs


@PARABOLA.mistaken("""
    In Python `^` is not *to the power of*: it combines the bits of whole numbers, which floats
    refuse. How can a square be written with `*`, as in the formula?
""")
class Caret(Parabola):
    def __call__(self, inputs):
        return self.a * inputs ^ 2 + self.b * inputs + self.c


@PARABOLA.mistaken("""
    Every ball of this class starts with -5, 20 and 2, numbers of its own, whatever it is given.
    Under which names do the numbers come into `__init__`?
""")
class ExampleNumbers(Parabola):
    def __init__(self, a, b, c):
        self.a = tf.Variable(-5.0)
        self.b = tf.Variable(20.0)
        self.c = tf.Variable(2.0)


@PARABOLA.mistaken("""
    This makes its Variables in `__call__`, new ones at each call, from the numbers of the
    beginning. Whatever training changed would be forgotten at the next prediction. Which method
    runs only once for each object?
""")
class VariablesOnlyInTheCall(tf.Module):
    def __init__(self, a, b, c):
        self.start = (a, b, c)

    def __call__(self, inputs):
        a, b, c = (tf.Variable(number) for number in self.start)
        return a * inputs * inputs + b * inputs + c


@PARABOLA.mistaken("""
    At each call this puts new Variables in the place of the old ones. A training loop that holds
    the old ones would change numbers that nobody uses any more. Does `__call__` have to make
    anything, or only to read?
""")
class VariablesMadeAnew(Parabola):
    def __call__(self, inputs):
        self.a, self.b, self.c = (tf.Variable(each) for each in (self.a, self.b, self.c))
        return self.a * inputs * inputs + self.b * inputs + self.c


PARABOLA.mistake("SharedByAll", SharedByAll).says("""
    The Variables belong to the class, not to the object: all parabolas share the same three. A
    second ball changes the first, and `trainable_variables` finds none of its own. What does a
    name need in front, inside `__init__`, to belong to one object?
""")


@PARABOLA.mistaken("""
    This takes the numbers out of the Variables, with `.numpy()` or `float(...)`, before it
    computes. The prediction is right, but the tape cannot follow such numbers, so there is no
    slope to learn from. What happens if you compute with the Variables as they are?
""")
class NumbersTakenOut(Parabola):
    def __call__(self, inputs):
        a, b, c = self.a.numpy(), self.b.numpy(), self.c.numpy()
        return a * inputs * inputs + b * inputs + c


@PARABOLA.mistaken("""
    The Variables and the formula are right, but the class is not built on `tf.Module`, so no
    `trainable_variables` lists them: a training loop could not ask it what to change. What stands
    in the brackets after the name of `LinearModel`?
""")
class NotAModule:
    __init__ = Parabola.__init__
    __call__ = Parabola.__call__


PARABOLA.mistake("SelfForgottenInInit", SelfForgottenInInit).says("""
    `__call__` finds no `self.a`. Either `__init__` keeps nothing yet, or the Variables have plain
    names such as `a` there, which are gone when the method ends. How does `LinearModel` keep its
    `W` for later?
""")


@PARABOLA.mistaken("""
    `__call__` asks for a plain `a`, and no such name reaches it: what `__init__` kept, it kept in
    the object. How does one method get at what another has kept?
""")
class SelfForgottenInCall(Parabola):
    def __call__(self, inputs):
        return a * inputs * inputs + b * inputs + c  # noqa: F821


@PARABOLA.mistaken("""
    The two methods share no plain names: an `a` made in `__init__` is gone when that method ends,
    and `__call__` looks for it in vain. What do both of them get as their first argument, that
    could carry something from one to the other?
""")
class SelfForgottenInBoth(SelfForgottenInInit):
    def __call__(self, inputs):
        return a * inputs * inputs + b * inputs + c  # noqa: F821


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


# --- 3.P3

SHAPE_OF_A_BATCH = Predict(
    id="3.P3",
    title="The shape of a batch",
    prompt=(
        "A batch of 2 rows of 3 inputs goes into the model. Which shape has the prediction that "
        "comes out?"
    ),
    choices={"a": "(2, 3)", "b": "(6,)", "c": "()"},
    answer="a",
    reason="""
        The model's operations are elementwise: one prediction for each input, in the same
        arrangement. `W` and `b` are stretched over the batch.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        b: You counted six predictions, and six there are. But nothing in the model puts them in a
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
    This charges the coming again with every hour: two hours would cost 240 euros. By how much is
    the bill for three hours higher than that for two?
""")
PLUMBER.mistake("bias_forgotten", [60.0, 0.0]).says("""
    With a bias of 0 the plumber comes for nothing. What is on the bill for 0 hours?
""")
PLUMBER.mistake("the_taxi", [2.5, 4.0]).says("""
    These are the parameters of the taxi. The plumber's line has the same form and other numbers.
    Which two does the task name?
""")
PLUMBER.mistake("the_variables_from_before", [5.0, 1.0]).says("""
    These are the Variables `W` and `b` from further up, and they hold 5 and 1. The plumber has
    numbers of their own. Which two does the task name?
""")
PLUMBER.mistake("one_bill", 100.0).says("""
    This is one number, the bill for an hour. A line needs two: how much each hour adds, and where
    it begins. How much would half an hour cost, and which two numbers did you use for that?
""")
PLUMBER.right([60, 40])
PLUMBER.right((60.0, 40.0))
PLUMBER.right(lambda: tf.constant([60.0, 40.0]))


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
        Each step to the right lifts the first line by its weight, and that lifts the second by
        weight times weight: the same everywhere. To get curves, networks put something that bends
        between the lines.
    """,
    tempts="""
        a: TODO

        b: TODO
    """,
    feedback="""
        a: You reasoned that multiplying twice ought to bend it, as in `x * x`. But the input
        itself is multiplied by fixed numbers only, 2 and then 10, and never by itself.
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
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        b: They stand for different things, getting in and driving. But they share one line, and
        the receipts say how high it must be in their midst. Set b to 4 in the explorer: does the
        old W still go through the middle?

        c: Raising b lifts the whole line. Set b to 4 in the explorer: does the line now lie above
        the receipts on the right, or below?
    """,
)
