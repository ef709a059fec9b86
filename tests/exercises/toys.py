"""Small exercises of every kind, for the tests of the engine."""

import tensorflow as tf

from exercises.engine.model import Case, Class, Function, Predict, Remark, Value
from exercises.engine.stub import loops

HINTS = """
    Look again.

    Look closer.
"""


def add(first, second):
    return first + second


ADD = Function(
    id="9.1",
    title="Add",
    stub="def add(first, second):\n    result = ...\n    return result",
    solution=add,
    hints=HINTS,
    cases=(
        Case(lambda: (tf.constant([7.0]), tf.constant([5.0]))),
        Case(lambda: (tf.constant([7.0, 1.5]), tf.constant([5.0, 4.0]))),
    ),
    remarks=(Remark(loops, "It loops."),),
)


@ADD.mistaken("This subtracts.")
def subtract(first, second):
    return first - second


@ADD.mistaken("This takes one only.")
def forgets_the_second(first):
    return first


ADD.slip("adds_an_attribute", {"first +": "first.total +"}).says("This asks for a total.")


class Counter:
    def __init__(self, start):
        self.value = tf.Variable(start)

    def add(self, amount):
        self.value.assign_add(amount)
        return self.value.read_value()


def _used(cls):
    counter = cls(5.0)
    before = counter.value
    return {
        "Counter(5.0).add(3.0)": counter.add(3.0),
        "another .add(2.0)": counter.add(2.0),
        "counter.value is a tf.Variable": isinstance(before, tf.Variable),
        "counter.value is still the same": counter.value is before,
    }


COUNTER = Class(
    id="9.2",
    title="Counter",
    stub="""
class Counter:
    def __init__(self, start):
        ...

    def add(self, amount):
        ...
""",
    solution=Counter,
    hints=HINTS,
    cases=(Case(call=_used),),
)


@COUNTER.mistaken("This keeps a Python number.")
class CounterWithoutVariable:
    def __init__(self, start):
        self.value = start

    def add(self, amount):
        self.value += amount
        return tf.constant(self.value)


def zeros():
    return tf.zeros([2, 3])


ZEROS = Value(
    id="9.3",
    title="Zeros",
    stub="zeros = ...",
    solution=zeros,
    hints=HINTS,
)
ZEROS.mistake("swapped", lambda: tf.zeros([3, 2])).says("Rows and columns are swapped.")
ZEROS.mistake("the_shape", [2, 3]).says("This is the shape.")
ZEROS.right([[0.0] * 3] * 2)


def step(variables, rate):
    for variable in variables.values():
        variable.assign_sub(rate)


STEP = Function(
    id="9.4",
    title="Step",
    stub="def step(variables, rate):\n    pass",
    solution=step,
    hints=HINTS,
    returns=False,
    cases=(Case(lambda: ({"W": tf.Variable(5.0), "b": tf.Variable(0.5)}, 0.25)),),
)


def refuse(values):
    if len(values.shape) != 1:
        raise ValueError("one axis, please")
    return tf.reduce_sum(values)


REFUSE = Function(
    id="9.5",
    title="Refuse",
    stub="def refuse(values):\n    ...",
    solution=refuse,
    hints=HINTS,
    cases=(
        Case(lambda: (tf.constant([1.5, 4.0]),)),
        Case(lambda: (tf.zeros([2, 2]),), raises=(ValueError, tf.errors.InvalidArgumentError)),
    ),
)


class Line(tf.Module):
    def __init__(self):
        super().__init__()
        self.W = tf.Variable(5.0)


def nudge(model):
    model.W.assign_add(0.5)


NUDGE = Function(
    id="9.6",
    title="Nudge",
    stub="def nudge(model):\n    ...",
    solution=nudge,
    hints=HINTS,
    returns=False,
    cases=(Case(lambda: (Line(),)),),
)


CHOICE = Predict(
    id="9.P1",
    title="Choice",
    prompt="What comes out?",
    choices={"a": "one", "b": "two"},
    answer="b",
    reason="""
        Because of this.
    """,
    tempts="""
        a: One comes to mind.

        b: Two comes to mind.
    """,
    feedback="""
        a: One would be less.
    """,
)


def word():
    return "float32"


WORD = Value(
    id="9.7",
    title="Word",
    stub="word = None",
    solution=word,
    hints=HINTS,
)


def pair(first, second):
    return first, second


PAIR = Function(
    id="9.8",
    title="Pair",
    stub="def pair(first, second): ...",
    solution=pair,
    hints=HINTS,
    cases=(Case(lambda: (tf.constant(4.0), tf.constant([7.0, 1.5]))),),
)
