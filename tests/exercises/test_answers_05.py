"""Answers to the exercises of lesson 05 that learners type, and what each of them is told."""

import pytest
from answers import checked_code

from exercises.engine.model import State
from exercises.engine.render import text_of

INPUTS = "tf.random.stateless_normal([num_examples], seed=[seed, 1])"
NOISE = "tf.random.stateless_normal([num_examples], seed=[seed, 2])"


def data(returned: str, inputs: str = INPUTS, noise: str = NOISE, before: str = "pass") -> str:
    """A cell with a `make_data`."""
    return f"""
def make_data(num_examples, W, b, seed):
    {before}
    inputs = {inputs}
    noise = {noise}
    return {returned}
"""


def parts(returned: str, before: str = "pass") -> str:
    """A cell with a `split`."""
    return f"""
def split(inputs, outputs, held_out):
    {before}
    return {returned}
"""


LINE = "inputs, inputs * W + b + noise"
DRAWN = "np.random.normal(size=num_examples)"
TRAIN = "inputs[:-held_out], outputs[:-held_out]"
TEST = "inputs[-held_out:], outputs[-held_out:]"
FOUR = f"{TRAIN}, {TEST}"
APART = "no mistake with data does more harm"
SHUFFLED = "inputs, outputs = tf.random.shuffle(inputs), tf.random.shuffle(outputs)"
BOTH = "order = np.random.permutation(len(inputs)); inputs, outputs = (tf.gather(x, order) for x in"

RIGHT = (
    ("5.1", data(f"list(({LINE}))")),
    ("5.1", data("inputs.numpy(), inputs.numpy() * W + b + noise.numpy()")),
    ("5.1", data("inputs, [float(i) * W + b + float(n) for i, n in zip(inputs, noise)]")),
    ("5.1", data("tf.stack([inputs, inputs * W + b + noise])")),
    ("5.3", parts(FOUR)),
    ("5.3", parts("[list(each) for each in (" + FOUR + ")]")),
)

WRONG = (
    ("5.1", data(LINE, DRAWN, DRAWN, "np.random.seed(seed)"), "NumPy and Python have random"),
    ("5.1", data(LINE, DRAWN, DRAWN), "Two calls with the same seed give different numbers"),
    (
        "5.1",
        data(LINE, "tf.random.normal([num_examples])", NOISE, "tf.random.set_seed(seed)"),
        "the inputs are not those that",
    ),
    ("5.1", data("inputs, inputs * W + noise"), "is the same whatever `b` is"),
    ("5.1", data("inputs, (inputs + b) * W + noise"), "`b` is inside the brackets"),
    ("5.1", data("inputs, inputs + W + b + noise"), "the slope is 1 whatever `W` is"),
    ("5.1", data("inputs, inputs * W + b - noise"), "The noise is subtracted."),
    ("5.1", data("inputs, (inputs * W + b) * noise"), "The outputs are multiplied by the noise"),
    ("5.1", data(LINE, NOISE, INPUTS), "The two draws have changed places"),
    ("5.1", data(LINE, INPUTS.replace("seed, 1", "1, seed"),
                 NOISE.replace("seed, 2", "2, seed")), "have changed places. `[7, 1]`"),
    ("5.1", data("inputs, inputs * W + b + noise, noise"), "the noise comes back as a third thing"),
    ("5.1", data("inputs"), "only the first of the two results"),
    ("5.1", data("list(zip(inputs, inputs * W + b + noise))"), "one pair for each example"),
    ("5.2", "my_expectation = (1.0 + 3.0)**2 + (1.0 + 2.0)**2 + 1.0", "*added* to the truth"),
    ("5.2", "my_expectation = 14", "what a model with W = 0 and b = 0 would have"),
    ("5.2", "my_expectation = 9.26", "the loss of the model in the text"),
    ("5.3", parts(FOUR, SHUFFLED), APART),
    ("5.3", parts(FOUR.replace("inputs[", "tf.random.shuffle(inputs)[")), APART),
    ("5.3", parts(FOUR, f"{BOTH} (inputs, outputs))"), "Each input kept its own output"),
    ("5.3", parts("inputs[:800], outputs[:800], inputs[800:], outputs[800:]"), "800 is right for"),
    ("5.3", parts(f"({TRAIN}), ({TEST})"), "they come back as two pairs"),
    ("5.3", parts(TEST), "The held-out part is right, and nothing else comes back."),
    ("5.3", parts(f"{TRAIN}, {TEST.replace('-', '')}"), "counted from the front"),
    ("5.3", parts(f"{TRAIN.replace('-', '')}, {TEST}"), "those in the middle are in neither"),
    ("5.3", parts(FOUR.replace("held_out", "(held_out + 1)")), "`held_out` were one larger"),
)  # fmt: skip


@pytest.mark.parametrize(("exercise_id", "code"), RIGHT)
def test_it_is_right(exercise_id, code):
    assert checked_code(exercise_id, code).state is State.CORRECT


@pytest.mark.parametrize(("exercise_id", "code", "says"), WRONG)
def test_it_is_told_what_it_did(exercise_id, code, says):
    result = checked_code(exercise_id, code)
    assert result.state is State.NOT_YET
    assert says in text_of(result)


def test_a_pair_is_not_said_to_be_no_pair():
    """NumPy's draws come back as a pair of arrays, and that is what was asked for."""
    said = text_of(checked_code("5.1", data(LINE, DRAWN, DRAWN, "np.random.seed(seed)")))
    assert "a tuple" not in said
