"""The data: made by a line we know, and measured by Edwin Hubble in 1929. Taught in lesson 05."""

from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from helpers._internal import checks

TRUE_W = 3.0
TRUE_B = 2.0
NUM_EXAMPLES = 1000

HUBBLE_1929 = Path(__file__).with_name("hubble_1929.csv")


def synthesize(
    num_examples: int = NUM_EXAMPLES,
    *,
    W: float = TRUE_W,
    b: float = TRUE_B,
    noise: float = 1.0,
    seed: int = 0,
) -> tuple[tf.Tensor, tf.Tensor]:
    """Draw examples of the line `W * inputs + b`, with noise on the outputs.

    The same arguments give the same numbers on every machine and version: the draws are
    stateless, they depend on the seed and on nothing else.

    Args:
        num_examples: how many, from 1 to 100 million.
        W: the true slope.
        b: the true value at 0.
        noise: standard deviation of the noise, 0 for none, in the unit of the outputs.
        seed: another seed, another draw.

    Returns:
        inputs and outputs, two float32 tensors of shape `[num_examples]`; the inputs are drawn
        from a normal distribution with mean 0 and standard deviation 1.

    Raises:
        TypeError, ValueError: if an argument is not of the kind or in the range named above.
    """
    num_examples = checks.whole_number(
        "num_examples", num_examples, at_least=1, at_most=100_000_000
    )
    W, b, noise = checks.number("W", W), checks.number("b", b), checks.number("noise", noise)
    if noise < 0:
        raise ValueError(f"noise is a standard deviation and cannot be negative; got {noise:g}.")
    seed = checks.seed(seed)

    inputs = tf.random.stateless_normal([num_examples], seed=[seed, 1])
    errors = noise * tf.random.stateless_normal([num_examples], seed=[seed, 2])
    outputs = inputs * W + b + errors
    return inputs, checks.numbers("outputs (W * inputs + b + noise)", outputs)


def hubble() -> tuple[tf.Tensor, tf.Tensor]:
    """Read the 24 nebulae with which Hubble found that the universe expands.

    Returns:
        distance in megaparsecs (1 Mpc is 3.26 million light years) and velocity in km/s, positive
        when the nebula moves away from us: two float32 tensors of shape `[24]`.

    Source: Edwin Hubble, "A relation between distance and radial velocity among extra-galactic
    nebulae", Proceedings of the National Academy of Sciences 15 (1929), table 1.
    """
    table: Any = np.loadtxt(HUBBLE_1929, delimiter=",", skiprows=1, dtype=np.float32)
    return tf.constant(table[:, 0]), tf.constant(table[:, 1])
