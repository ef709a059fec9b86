"""Explorers of a line through data: model, loss, data, training loop."""

import re
from typing import Any

import numpy as np

from helpers import plotting
from helpers._internal import checks
from helpers._internal.formatting import count
from helpers.data import TRUE_B, TRUE_W, synthesize
from helpers.explore import ranges
from helpers.explore.widget import Explorer, show
from helpers.training import (
    DivergenceError,
    History,
    LinearModel,
    fit,
    mean_squared_error,
    stable_learning_rate,
)

Ends = tuple[float, float]

EPOCHS = 30  # in the explorer of the training loop
SEEDS = 20  # draws in the explorer of the data, which are all sent at once
MAX_EXAMPLES = 200  # in each of these draws


def model(
    inputs: Any,
    outputs: Any,
    *,
    W: float | None = None,
    b: float | None = None,
    x_label: str = "inputs",
    y_label: str = "outputs",
    W_range: Ends | None = None,
    b_range: Ends | None = None,
) -> None:
    """Explore what W and b do to the line. Belongs to lesson 03.

    Args:
        inputs, outputs: examples with one number each.
        W, b: where the line starts; a flat line at the mean of the outputs if not given.
        x_label, y_label: names of the axes, with the unit in brackets: `distance (km)`.
        W_range, b_range: (lowest, highest) of the sliders; chosen to suit the data if not given.

    Raises:
        TypeError, ValueError: if an argument is not of that kind.
    """
    state = _line(inputs, outputs, W, b, x_label, y_label, W_range, b_range)
    ends = state.pop("ends")
    low, high = state["plots"]["data"]["x"]
    state |= {
        "controls": [*_W_and_b(ends), {"type": "reset"}],
        "units": _units(x_label, y_label),
        "from": (low + high) // 2,  # The dashed step begins at this x.
    }
    line = LinearModel(**state["start"])
    picture = plotting.plot_line.draw(line, inputs, outputs, x_label=x_label, y_label=y_label)
    show(Explorer("model", {"name": "Explorer of the model", **state}), picture)


def loss(
    inputs: Any,
    outputs: Any,
    *,
    W: float | None = None,
    b: float | None = None,
    x_label: str = "inputs",
    y_label: str = "outputs",
    W_range: Ends | None = None,
    b_range: Ends | None = None,
) -> None:
    """Explore how the loss follows from W and b, and what one outlier does to it. Lesson 04.

    The last example can be moved away from the others. Arguments are those of `model`.
    """
    state = _line(inputs, outputs, W, b, x_label, y_label, W_range, b_range)
    data = state["plots"]["data"]
    outlier = ranges.slider(ranges.outwards(state["y"]))
    title = "Examples, the model's line, and what each residual costs"
    state["plots"] = {
        "data": ranges.plot(title, data["x"], ranges.axis(np.array(outlier[:2])), x_label, y_label),
        "surface": _surface("The loss for every W and b", state["ends"]),
    }
    kinds = [[kind, kind] for kind in ("squared", "absolute", "Huber")]
    state["controls"] = [
        *_W_and_b(state["ends"]),
        ranges.choice("loss", "loss", kinds),
        ranges.number("outlier", "last output", outlier),
        {"type": "reset"},
    ]
    state["ends"]["outlier"] = outlier
    state["start"] |= {"outlier": state["y"][-1], "loss": "squared"}
    line = LinearModel(state["start"]["W"], state["start"]["b"])
    picture = plotting.plot_residuals.draw(inputs, outputs, line(inputs))
    show(Explorer("loss", {"name": "Explorer of the loss", **state}), picture)


def training(
    inputs: Any,
    outputs: Any,
    *,
    learning_rate: float = 0.1,
    W: float = 5.0,
    b: float = 0.0,
    x_label: str = "inputs",
    y_label: str = "outputs",
    W_range: Ends | None = None,
    b_range: Ends | None = None,
) -> None:
    """Explore the training loop: learning rate, start and batch size. Belongs to lesson 06.

    Args:
        learning_rate: where its slider starts.
        W, b: where training starts.
        inputs, outputs, x_label, y_label, W_range, b_range: as for `model`.
    """
    state = _line(inputs, outputs, W, b, x_label, y_label, W_range, b_range)
    x, y = (np.array(state[name], np.float32) for name in "xy")
    learning_rate = checks.number("learning_rate", learning_rate, above=0)
    limit = stable_learning_rate(x)
    rates = [float(f"{rate:.2g}") for rate in (limit / 1000, 2 * limit)]
    if not rates[0] <= learning_rate <= rates[1]:
        raise ValueError(
            f"learning_rate must lie between {rates[0]:g} and {rates[1]:g} for these data; "
            f"got {learning_rate:g}."
        )
    start = {"start_W": state["start"]["W"], "start_b": state["start"]["b"]}
    start |= {"learning_rate": learning_rate, "batch_size": 0}
    best = least_squares(x, y)
    lowest = float(mean_squared_error(LinearModel(**best)(x), y))
    first = float(mean_squared_error(LinearModel(state["start"]["W"], state["start"]["b"])(x), y))
    ends = state.pop("ends")
    loss_ends = [max(lowest / 3, first / 1e4, 1e-12), max(100 * first, 1e-10)]
    sizes = [[size, count(size, "example")] for size in (200, 50, 10, 1) if size < len(x)]
    state |= {
        "start": {**start, "epoch": 0},
        "controls": [
            ranges.number("learning_rate", "learning rate", [*rates, 0.01], log=True),
            ranges.number("start_W", "start W", ends["W"]),
            ranges.number("start_b", "start b", ends["b"]),
            ranges.choice("batch_size", "batch", [[0, "all examples"], *sizes]),
            ranges.player("epoch", EPOCHS - 1, 150),
            {"type": "reset"},
        ],
        "plots": {
            "surface": _surface("The path on the loss surface", ends),
            "loss": ranges.plot(
                "The loss over the epochs", [0, EPOCHS - 1], loss_ends, "epoch", "loss", log=True
            ),
            **state["plots"],
        },
        "epochs": EPOCHS,
        "limit": limit,
        "lowest": lowest,
    }

    def reply(question: dict) -> dict:
        history = path(x, y, **{name: question[name] for name in start})
        return {name: ranges.plain(getattr(history, name)) for name in ("W", "b", "loss")}

    reach = {"W_range": ends["W"][:2], "b_range": ends["b"][:2]}
    picture = plotting.plot_loss_surface.draw(x, y, path(x, y, **start), **reach)
    name = "Explorer of the training loop"
    show(Explorer("training", {"name": name, **state}, reply), picture)


def data(*, num_examples: int = 20, noise: float = 1.0, seed: int = 0) -> None:
    """Explore what noise and the number of examples do to the least squares line. Lesson 05.

    Args:
        num_examples: where its slider starts, from 5 to 200.
        noise: likewise, from 0 to 3.
        seed: of the first draw, from 0 to 19.
    """
    checks.whole_number("num_examples", num_examples, at_least=5, at_most=MAX_EXAMPLES)
    noise = checks.number("noise", noise)
    if not 0 <= noise <= 3:
        raise ValueError(f"noise must lie between 0 and 3; got {noise:g}.")
    checks.whole_number("seed", seed, at_least=0, at_most=SEEDS - 1)
    start = {"num_examples": int(num_examples), "noise": noise, "seed": int(seed)}
    state = {
        "name": "Explorer of the data",
        "start": start,
        "controls": [
            ranges.number("num_examples", "examples", [5, MAX_EXAMPLES, 1], log=True, whole=True),
            ranges.number("noise", "noise", [0, 3, 0.1]),
            ranges.number("seed", "seed", [0, SEEDS - 1, 1], whole=True),
            {"type": "next", "name": "seed", "label": "Draw again", "last": SEEDS - 1},
            {"type": "reset"},
        ],
        "plots": {
            "data": ranges.plot(
                "The draw, the true line and the least squares line",
                [-3.5, 3.5],
                [-14, 18],
                "inputs",
                "outputs",
            ),
            "spread": ranges.plot(
                "The least squares line of each draw",
                [TRUE_W - 2, TRUE_W + 2],
                [TRUE_B - 2, TRUE_B + 2],
                "W",
                "b",
            ),
        },
        "truth": {"W": TRUE_W, "b": TRUE_B},
        "draws": [draw(number) for number in range(SEEDS)],
    }

    inputs, outputs = synthesize(num_examples, noise=noise, seed=seed)
    line = LinearModel(**least_squares(inputs.numpy(), outputs.numpy()))
    show(Explorer("data", state), plotting.plot_line.draw(line, inputs, outputs))


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
    inputs, outputs = synthesize(MAX_EXAMPLES, noise=1.0, seed=seed)
    errors = outputs - synthesize(MAX_EXAMPLES, noise=0.0, seed=seed)[1]
    return [[round(value, 4) for value in ranges.plain(values)] for values in (inputs, errors)]


def least_squares(x: np.ndarray, y: np.ndarray) -> dict[str, float]:
    """The W and b with the smallest squared loss."""
    design = np.stack([x, np.ones_like(x)], axis=1)
    W, b = np.linalg.lstsq(design, y, rcond=None)[0]
    return {"W": float(W), "b": float(b)}


def _line(
    inputs: Any,
    outputs: Any,
    W: float | None,
    b: float | None,
    x_label: str,
    y_label: str,
    W_range: Ends | None,
    b_range: Ends | None,
) -> dict:
    """What the explorers of a line have in common: data, axes, sliders for W and b."""
    x, y = (values.astype(np.float64) for values in checks.points(inputs, outputs))
    best = least_squares(x, y)
    # The slope that goes through the whole height of the data is a natural unit for W.
    height = float(np.std(y)) or abs(float(y[0])) or 1.0
    reach = max(abs(best["W"]), height / (float(np.std(x)) or 1.0))
    ends = {
        "W": ranges.chosen("W_range", W_range, ranges.around(best["W"], 1.5 * reach)),
        "b": ranges.chosen("b_range", b_range, ranges.around(best["b"], 2 * height)),
    }
    start = {"W": 0.0 if W is None else W, "b": float(np.mean(y)) if b is None else b}
    for name, value in start.items():
        low, high = ends[name]
        value = checks.number(name, value)
        if (W if name == "W" else b) is not None and not low <= value <= high:
            raise ValueError(f"{name} must lie between {low:g} and {high:g}; got {value:g}.")
        start[name] = float(f"{min(max(value, low), high):.3g}")
    x_label, y_label = checks.text("x_label", x_label), checks.text("y_label", y_label)
    axes = (ranges.axis(x), ranges.axis(y), x_label, y_label)
    return {
        "start": start,
        "ends": {name: ranges.slider(pair) for name, pair in ends.items()},
        "x": ranges.plain(x),
        "y": ranges.plain(y),
        "style": "data many" if len(x) > 100 else "data",
        "plots": {"data": ranges.plot("The model's line over the examples", *axes)},
    }


def _W_and_b(ends: dict[str, list]) -> list[dict]:  # noqa: N802 - W, as in the formula
    return [ranges.number(name, name, ends[name]) for name in ("W", "b")]


def _surface(title: str, ends: dict[str, list]) -> dict:
    return ranges.plot(title, ends["W"][:2], ends["b"][:2], "W", "b")


def _units(x_label: str, y_label: str) -> list[str]:
    """Of `distance (km)` and `price (euros)`: ` km`, ` euros`, and one more of the first."""
    x, y = (re.search(r"\(([^)]+)\)", label) for label in (x_label, y_label))
    one, more = (f" {found[1]}" if found else "" for found in (x, y))
    return [one, more, one.strip() or f"1 of {x_label}"]
