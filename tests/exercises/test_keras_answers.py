"""Answers made of Keras's classes get as good a sentence as all others."""

import keras
import pytest
import tensorflow as tf
from answers import checked_code

from exercises.engine.model import State
from exercises.engine.render import text_of


def parabola(weights: str, formula: str = "self.a * x * x + self.b * x + self.c") -> str:
    """A layer whose three weights are made in the same way."""
    made = "; ".join(f"self.{name} = {weights.format(name)}" for name in "abc")
    return f"""
    class Parabola(keras.layers.Layer):
        def __init__(self, a, b, c):
            super().__init__()
            {made}

        def call(self, x):
            return {formula}
    """


GOOD = "self.add_weight(shape=(), initializer=keras.initializers.Constant({}))"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (parabola(GOOD, "a * x * x + b * x + c"), "In `call`, `a` is on its own."),
        (parabola(GOOD, "self.a * x * x + self.b * x + self.d"), "There is nothing called `d`"),
        (parabola(GOOD, "None"), "None: nothing comes back"),
        (parabola("self.add_weight()"), "starts them at random"),
        (parabola("self.add_weight(shape=(), initializer='zeros')"), "starts at what was given"),
        (parabola("self.add_weight(shape=(), initializer={})"), "takes an initializer"),
        (parabola("tf.Variable({})"), "Keras has nothing to train"),
    ],
)
def test_a_layer_that_is_wrong(code, says):
    result = checked_code("8.1", code)
    assert result.state is State.NOT_YET
    assert says in text_of(result)


def test_what_keras_puts_round_a_message_is_left_out():
    result = checked_code("8.1", parabola(GOOD, "x + undefined_here"))
    assert "NameError: name 'undefined_here' is not defined" in text_of(result)
    assert "Exception encountered" not in text_of(result)
    assert "\x1b" not in text_of(result)


def test_a_changed_variable_in_short_is_explained():
    code = """
    def momentum_step(variable, velocity, slope, learning_rate, momentum):
        velocity *= momentum
    """
    assert "in the Variable's place" in text_of(checked_code("8.2", code))


@pytest.mark.parametrize(
    ("letters", "state"),
    [
        (["c", "b", "a"], State.CORRECT),
        ("a, b, c", State.CORRECT),
        ({"A", "B", "C"}, State.CORRECT),
        (["a", "b", 3], State.NOT_YET),
        ([], State.NOT_YET),
        (3, State.NOT_YET),
    ],
)
def test_letters_in_any_form(letters, state):
    assert checked_code("8.4", f"must_be_saved = {letters!r}").state is state


@pytest.mark.parametrize(
    ("letters", "says"),
    [
        (["b"], "Two parts are missing"),
        (["c"], "A count alone"),
        ("a, b, d", "how young they are"),
        ("e, b, a", "how young they are"),
        (["b", "c"], "nothing of the model"),
    ],
)
def test_letters_are_answered(letters, says):
    assert says in text_of(checked_code("8.4", f"must_be_saved = {letters!r}"))


def test_a_check_leaves_a_model_of_the_learner_as_it_was():
    model = keras.Sequential([keras.Input(shape=(1,)), keras.layers.Dense(1)])
    before = [weight.numpy() for weight in model.weights]
    checked_code("8.3", "class OurLoop(OurLoop): pass")
    for weight, value in zip(model.weights, before, strict=True):
        tf.debugging.assert_equal(weight, value)
