"""Answers to the exercises of lesson 03 that once passed, were refused, or got untrue words."""

import pytest
from answers import checked_code

from exercises.engine.model import State
from exercises.engine.render import text_of

FORMULA = "self.a * inputs**2 + self.b * inputs + self.c"


def parabola(start: str = "", formula: str = FORMULA, base: str = "tf.Module") -> str:
    """The code of an answer to 3.2."""
    start = start or "self.a, self.b, self.c = [tf.Variable(each) for each in (a, b, c)]"
    return f"""
class Parabola({base}):
    def __init__(self, a, b, c):
        {start}

    def __call__(self, inputs):
        return {formula}
"""


LINE = "def line(inputs, W, b):\n    return "
ONE = "self.parameters = tf.Variable([a, b, c])"
PLACES = "self.parameters[0] * inputs**2 + self.parameters[1] * inputs + self.parameters[2]"
LISTED = "self.parameters = [tf.Variable(a), tf.Variable(b), tf.Variable(c)]"
EACH = "self.{0} = tf.Variable({0}); "
MADE = "self.a, self.b, self.c = "
THROUGH_NUMPY = "self.a.numpy() * inputs**2 + self.b.numpy() * inputs + float(self.c)"
KERAS = parabola(f"super().__init__(); {MADE}map(tf.Variable, (a, b, c))", base="tf.keras.Model")
KERAS = KERAS.replace("__call__", "call")

WRONG = (
    ("3.1", f"{LINE}b * inputs + W", "`W` and `b` have changed places"),
    ("3.1", "def line(W, b, inputs): return W * inputs + b", "the order of the names"),
    ("3.1", f"{LINE}W * inputs + b * inputs", "the bias is multiplied by the input, too"),
    ("3.1", f"{LINE}W @ inputs + b", "`@` is the matrix product"),
    ("3.2", parabola(MADE + "[tf.constant(v) for v in (a, b, c)]"), "its parameters are tensors"),
    ("3.2", parabola(MADE + "a, b, c"), "plain Python numbers"),
    ("3.2", parabola(MADE + "(tf.Variable(v, trainable=False) for v in (a, b, c))"), "=False`"),
    ("3.2", parabola(MADE + "map(tf.Variable, [0.0] * 3)"), "begins with zeros"),
    ("3.2", parabola(EACH.format("a") + EACH.format("b") + "self.c = c"), "the last is not in"),
    ("3.2", parabola(MADE + "(tf.Variable([v]) for v in (a, b, c))"), "they have shape [1]"),
    ("3.2", parabola(base=""), "not built on `tf.Module`"),
    ("3.2", parabola("pass"), "`__init__` keeps nothing yet"),
    ("3.2", KERAS, "a Keras model does not find"),
    ("3.2", parabola(formula=THROUGH_NUMPY), "the tape cannot follow such numbers"),
    ("3.2", parabola(formula="self.b * inputs**2 + self.a * inputs + self.c"), "`a` and `b` have"),
    ("3.2", parabola(formula="self.a * inputs**2 + self.b * inputs**2 + self.c"), "`b` is mult"),
    ("3.2", parabola(formula="self.a * inputs**2 + self.b + self.c"), "a second height"),
    ("3.2", parabola(formula="self.b * inputs + self.c"), "leaves `a` out"),
    ("3.2", parabola(formula="self.a * inputs**2 + self.c"), "leaves `b` out"),
    ("3.2", parabola(formula="self.a * inputs**2 + self.b * inputs"), "leaves `c` out"),
    ("3.3", "plumber_parameters = [1/60, 40]", "hours for each euro"),
    ("3.3", "plumber_parameters = [60, -40]", "hands you 40 euros"),
    ("3.3", "plumber_parameters = ['60', '40']", "These are two pieces of text"),
    ("3.3", "plumber_parameters = '60, 40'", "Your answer is text"),
    ("3.3", "plumber_parameters = [1, 40]", "One euro a minute"),
)  # fmt: skip


@pytest.mark.parametrize(("exercise_id", "code", "says"), WRONG)
def test_it_is_told_what_it_did(exercise_id, code, says):
    result = checked_code(exercise_id, code)
    assert result.state is State.NOT_YET
    assert says in text_of(result)


@pytest.mark.parametrize(
    ("exercise_id", "code"),
    [
        ("3.3", "plumber_parameters = lambda x: 60*x+40"),
        ("3.1", f"{LINE}lambda x: W * x + b"),
    ],
)
def test_brackets_are_not_missed_where_they_would_not_help(exercise_id, code):
    result = checked_code(exercise_id, code)
    assert result.diagnosis == "returns_function"
    assert "rackets" not in text_of(result)


RIGHT = (
    ("3.1", "def line(x, m, c=0.0): return m * x + c"),
    ("3.1", f"{LINE}np.array(W) * np.array(inputs) + float(b)"),
    ("3.2", parabola(ONE, PLACES)),
    ("3.2", parabola(LISTED, PLACES)),
    ("3.2", parabola(formula="tf.math.polyval([self.a, self.b, self.c], inputs)")),
    ("3.2", parabola().replace("c):", "c=0.0, name='ball'):")),
    ("3.2", parabola(MADE + "map(tf.Variable, (a, b, c)); self.steps = tf.Variable(0, False)")),
    ("3.3", "plumber_parameters = 60, 40"),
    ("3.3", "plumber_parameters = np.array([60, 40])"),
)


@pytest.mark.parametrize(("exercise_id", "code"), RIGHT)
def test_it_is_right(exercise_id, code):
    assert checked_code(exercise_id, code).state is State.CORRECT


@pytest.mark.parametrize(("code", "remarked"), [(parabola(ONE, PLACES), True), (parabola(), False)])
def test_other_names_than_the_task_s_are_right_and_remarked_upon(code, remarked):
    result = checked_code("3.2", code)
    assert (result.diagnosis == "remark") is remarked
    assert ("looks for `ball.a`" in text_of(result)) is remarked
