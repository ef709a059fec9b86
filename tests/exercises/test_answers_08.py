"""Answers to lessons 08 and 09 that once were refused, accepted, or told what is not true."""

import pytest
from answers import checked_code

from exercises.engine.model import State
from exercises.engine.render import text_of


def layer(initializer: str) -> str:
    """A layer whose three weights start where this initializer says."""
    made = "\n        ".join(
        f"self.{name} = self.add_weight(shape=(), initializer={initializer})" for name in "abc"
    )
    return f"""
class Parabola(keras.layers.Layer):
    def __init__(self, a, b, c):
        super().__init__()
        {made}

    def call(self, inputs):
        return self.a * inputs**2 + self.b * inputs + self.c
"""


def loop(loss: str, returned: str = '{"our_loss": loss}', base: str = "keras.Sequential") -> str:
    """A model with a step of its own."""
    return f"""
class OurLoop({base}):
    def train_step(self, data):
        inputs, outputs = data
        with tf.GradientTape() as tape:
            loss = {loss}
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(slopes, self.trainable_variables)
        return {returned}
"""


def batches(*methods: str) -> str:
    """A pipeline of these methods."""
    return f"def batches(shards, read, batch_size):\n    return shards.{'.'.join(methods)}"


MEAN = "mean_squared_error(self(inputs), outputs)"
READ, MIXED, CUT = "interleave(read, cycle_length=4)", "shuffle(100)", "batch(batch_size)"

PLUS_EQUALS = """
def momentum_step(variable, velocity, slope, learning_rate, momentum):
    velocity.assign(momentum * velocity - learning_rate * slope)
    variable += velocity
"""

RIGHT = (
    ("8.3", loop("self.compute_loss(inputs, outputs, self(inputs))")),
    ("8.3", loop(MEAN, '{"our_loss": loss, "steps": self.optimizer.iterations}')),
    ("8.3", loop(MEAN, '{"loss": loss, "our_loss": loss}')),
    ("9.2", batches("cache()", READ, MIXED, CUT)),
    ("9.2", batches(READ, MIXED, CUT, "prefetch(1)")),
)

WRONG = (
    ("8.1", layer("keras.initializers.Constant(5.0)"), "it ignores what came in"),
    ("8.1", layer('"ones"'), "it ignores what came in"),
    ("8.2", PLUS_EQUALS, "Which method adds something to a Variable"),
    ("8.3", loop(MEAN, base="keras.Model"), "a `keras.Model` takes no list"),
    ("9.2", f"{batches(READ, MIXED, CUT).replace('return ', 'return list(')})", "is no dataset"),
    ("9.2", f"{batches(READ, MIXED, CUT, 'take(1).get_single_element()')}", "is no dataset"),
    (
        "9.2",
        batches("interleave(read, cycle_length=8)", MIXED, CUT),
        "or more shards are read side by side",
    ),
    ("9.2", batches(READ, "cache()", MIXED, CUT), "the second pass reads no shard"),
    ("9.2", batches(READ, MIXED, CUT, "cache()"), "nothing is mixed anew"),
    ("9.2", batches("interleave(read(shards), cycle_length=4)", MIXED, CUT), "one shard, and here"),
)

UNTRUE = (
    "Without an initializer of yours",
    "`-=`",
    "two underscores",
    "a dictionary of",
    "here all of them",
    "do no arithmetic",
)


@pytest.mark.parametrize(("exercise_id", "code"), RIGHT)
def test_it_is_right(exercise_id, code):
    assert checked_code(exercise_id, code).state is State.CORRECT


@pytest.mark.parametrize(("exercise_id", "code", "says"), WRONG)
def test_it_is_told_what_is_true_of_it(exercise_id, code, says):
    result = checked_code(exercise_id, code)
    assert result.state is State.NOT_YET
    said = text_of(result)
    assert says in said
    assert not [words for words in UNTRUE if words in said]
