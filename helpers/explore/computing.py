"""What Python computes for the explorers of a line."""

from typing import Any

import numpy as np

from helpers.data import synthesize
from helpers.explore import ranges
from helpers.training import DivergenceError, History, LinearModel, fit

EPOCHS = 30  # in the explorer of the training loop
SEEDS = 20  # in the explorer of the data: all draws are sent at once,
MOST_DRAWN = 200  # with so many examples each


def path(
    x: Any, y: Any, *, start_W: float, start_b: float, learning_rate: float, batch_size: int
) -> History:
    """The history of `fit` as the explorer shows it, with batch size 0 for all examples."""
    size = batch_size or None
    model = LinearModel(start_W, start_b)
    try:
        return fit(model, x, y, learning_rate=learning_rate, epochs=EPOCHS, batch_size=size)
    except DivergenceError as error:
        return error.history


def draw(seed: int) -> list[list[float]]:
    """Inputs and errors as `synthesize` draws them: fewer examples are the first of these."""
    inputs, outputs = synthesize(MOST_DRAWN, noise=1.0, seed=seed)
    errors = outputs - synthesize(MOST_DRAWN, noise=0.0, seed=seed)[1]
    return [[round(value, 4) for value in ranges.plain(values)] for values in (inputs, errors)]


def least_squares(x: np.ndarray, y: np.ndarray) -> dict[str, float]:
    """The W and b with the smallest squared loss."""
    design = np.stack([x, np.ones_like(x)], axis=1)
    W, b = np.linalg.lstsq(design, y, rcond=None)[0]
    return {"W": float(W), "b": float(b)}
