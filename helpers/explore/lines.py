"""Explorers of a line through data: its slope, model, loss, data, training loop."""

import contextlib
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from helpers import plotting
from helpers._internal import checks, figures, graph
from helpers._internal.formatting import count, number
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
FAR = np.array([200, 100, 50, 20, 10, 5, 2, 1])  # from one point of a secant to the other


@figures.IN_STYLE
def slope(
    f: Callable[[tf.Tensor], tf.Tensor] | None = None,
    *,
    x: float = 5.0,
    x_range: Ends = (-1.0, 7.0),
    x_label: str | None = None,
    y_label: str | None = None,
) -> None:
    """Explore a slope: of a secant whose two points meet, and of the tangent. Lesson 02.

    Args:
        f: takes one number as a tensor and computes one from it. Without it, the curve is how wrong
            the line with b = 2 is for the input 1 and the output 5: the difference squared.
        x, x_range: where the point starts, and (lowest, highest) of the places it moves to.
        x_label, y_label: names of the axes.
    """
    x_label = checks.text("x_label", x_label or ("W" if f is None else "x"))
    y_label = checks.text("y_label", y_label or ("how wrong" if f is None else "f(x)"))
    low, high, step = ranges.slider(ranges.chosen("x_range", x_range, (-1.0, 7.0)))
    x, fine = ranges.within("x", x, low, high), step / 10
    across = low + fine * np.arange(round((high - low) / fine) + FAR[0] + 1)
    y, slopes = curve((lambda W: (W * 1.0 + 2.0 - 5.0) ** 2) if f is None else f, across)
    places, distances = ranges.plain(across[: -FAR[0] : 10]), ranges.plain(fine * FAR)
    i = 10 * int(np.argmin(abs(np.array(places) - x)))
    x, distance = places[i // 10], distances[0]
    title = "The curve, a secant through two of its points, and the tangent"
    state = {
        "name": "Explorer of the slope",
        "start": {"x": x, "distance": distance},
        "controls": [
            ranges.number("x", x_label, [low, places[-1], step], among=places),
            ranges.number("distance", "distance", [fine, distance, fine], among=distances),
        ],
        "plots": {"curve": ranges.plot(title, [low, across[-1]], ranges.axis(y), x_label, y_label)},
        "fine": fine,
        "y": ranges.plain(y),
        "slopes": ranges.plain(slopes),
    }
    figure, axes = figures.blank(x_label, y_label)
    axes.plot(across, y, color=plotting.BLUE, label="curve")
    secant = (y[i + FAR[0]] - y[i]) / distance
    axes.axline((x, y[i]), slope=secant, color=plotting.BLACK, linestyle="--", label="secant")
    axes.axline((x, y[i]), slope=slopes[i], color=plotting.RED, label="tangent")
    axes.plot([x, x + distance], y[[i, i + FAR[0]]], "o", color=plotting.BLACK)
    axes.set(ylim=state["plots"]["curve"]["y"])
    figures.legend(axes)
    words = f"At {x_label} = {number(x)}, {y_label} = {number(y[i])}. Slope of the tangent: "
    words += f"{number(slopes[i])}; of the secant, dashed: {number(secant)}."
    show(Explorer("slope", state), figures.Picture(figure, f"A curve, two lines. {words}", words))


def curve(f: Callable, places: np.ndarray) -> np.ndarray:
    """The values of a function of one number, and its slopes there as the tape gives them."""

    def at(x: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            tape.watch(x)
            with checks.user_code("f(x)"):
                value = f(x)
            value = checks.numbers("f(x)", value)
        checks.same_shape("f(x)", value, "x", x)
        slope = tape.gradient(value, x)
        if slope is None:
            raise ValueError("f(x) must be computed from x by TensorFlow: the tape finds no slope.")
        return tf.stack([value, slope])

    checks.function("f", f)
    found, x = None, tf.constant(places, tf.float32)
    with contextlib.suppress(Exception):  # What cannot be traced takes longer.
        found = graph.trace(lambda x: tf.map_fn(at, x), tf.TensorSpec(x.shape))(x)
    found = tf.stack([at(place) for place in x]) if found is None else found
    return checks.numbers("f(x)", found).numpy().T


@figures.IN_STYLE
def model(inputs: Any, outputs: Any, **options: Any) -> None:
    """Explore what W and b do to the line. Belongs to lesson 03.

    Args:
        inputs, outputs: examples with one number each.
        W, b: where the line starts; if not given, too flat, and at 0 at the mean of the outputs.
        x_label, y_label: names of the axes, with the unit in brackets: `distance (km)`.
        W_range, b_range: (lowest, highest) of the sliders; chosen to suit the data if not given.

    Raises:
        TypeError, ValueError: if an argument is not of that kind.
    """
    state = _line(inputs, outputs, **options)
    ends, plot = state.pop("ends"), state["plots"]["data"]
    labels = {name: plot[name] for name in ("x_label", "y_label")}
    step = sum(plot["x"]) // 2  # The dashed step begins at this x.
    sliders = [ranges.number(name, name, ends[name]) for name in "Wb"]
    state |= {
        "name": "Explorer of the model",
        "controls": [*sliders, {"type": "check", "name": "score", "label": "show how wrong"}],
        "units": _units(**labels),
        "from": step,
    }
    line = LinearModel(**state["start"])
    W, b = state["start"].values()
    state["start"] |= {"score": False}
    picture = plotting.plot_line.draw(line, inputs, outputs, **labels)
    (axes,) = picture.figure.axes
    axes.plot(0, b, "^", color=plotting.RED, markersize=12, label="prediction at 0")
    at = np.array([step, step + 1, step + 1])
    axes.plot(at, W * at[[0, 0, 1]] + b, "--", color=plotting.BLACK, label="step of 1")
    figures.legend(axes)
    words = f"Triangle: {number(b)} at 0. Dashed step: {number(W)} for each 1 to the right."
    said = (f"{each} {words}" for each in picture[1:])
    show(Explorer("model", state), figures.Picture(picture.figure, *said))


def loss(inputs: Any, outputs: Any, **options: Any) -> None:
    """Explore how the loss follows from W and b, and what one outlier does to it. Lesson 04.

    The last example can be moved away from the others. Arguments are those of `model`.
    """
    state = _line(inputs, outputs, **options)
    data, ends = state["plots"]["data"], state["ends"]
    low, high = min(state["y"]), max(state["y"])
    far = 2.5 * (high - low or abs(high) or 1.0)
    outlier = ranges.slider(ranges.outwards(low, high, 0, far))
    title = "Examples, the model's line, and what each residual costs"
    axes = (data["x"], ranges.axis(np.array(outlier[:2])), data["x_label"], data["y_label"])
    state["plots"] = {
        "data": ranges.plot(title, *axes),
        "surface": _surface("The loss for every W and b", ends),
    }
    kinds = [[kind, kind] for kind in ("squared", "absolute", "Huber")]
    state["controls"] = [
        *(ranges.number(name, name, ends[name]) for name in "Wb"),
        ranges.choice("loss", "loss", kinds),
        ranges.number("outlier", "last output", outlier),
    ]
    ends["outlier"] = outlier
    state["start"] |= {"outlier": state["y"][-1], "loss": "squared"}
    line = LinearModel(state["start"]["W"], state["start"]["b"])
    picture = plotting.plot_residuals.draw(inputs, outputs, line(inputs))
    show(Explorer("loss", {"name": "Explorer of the loss", **state}), picture)


def training(inputs: Any, outputs: Any, *, learning_rate: float = 0.1, **options: Any) -> None:
    """Explore the training loop: learning rate, start and batch size. Belongs to lesson 06.

    Args:
        learning_rate: where its slider starts.
        inputs, outputs, options: as for `model`; W and b, where training starts, are 5 and 0.
    """
    state = _line(inputs, outputs, **{"W": 5.0, "b": 0.0, **options})
    x, y = (np.array(state[name], np.float32) for name in "xy")
    learning_rate = checks.number("learning_rate", learning_rate, above=0)
    limit = stable_learning_rate(x)
    rates = [float(f"{rate:.2g}") for rate in (limit / 1000, 2 * limit)]
    ranges.within("learning_rate", learning_rate, *rates)
    start = {"start_W": state["start"]["W"], "start_b": state["start"]["b"]}
    start |= {"learning_rate": learning_rate, "batch_size": 0}
    best = least_squares(x, y)
    lowest = float(mean_squared_error(LinearModel(**best)(x), y))
    first = float(mean_squared_error(LinearModel(**state["start"])(x), y))
    ends = state.pop("ends")
    heights = [max(lowest / 3, first / 1e4, 1e-12), max(100 * first, 1e-10)]
    title, epochs = "The loss over the epochs", [0, EPOCHS - 1]
    sizes = [[size, count(size, "example")] for size in (200, 50, 10, 1) if size < len(x)]
    state |= {
        "start": {**start, "epoch": 0},
        "controls": [
            ranges.number("learning_rate", "learning rate", [*rates, 0.01], log=True),
            *(ranges.number(f"start_{name}", f"start {name}", ends[name]) for name in "Wb"),
            ranges.choice("batch_size", "batch", [[0, "all examples"], *sizes]),
            ranges.player("epoch", EPOCHS - 1, 150),
        ],
        "plots": {
            "surface": _surface("The path on the loss surface", ends),
            "loss": ranges.plot(title, epochs, heights, "epoch", "loss", log=True),
            **state["plots"],
        },
        "epochs": EPOCHS,
        "limit": limit,
        "lowest": lowest,
    }

    def reply(question: dict) -> dict:
        history = path(x, y, **{name: question[name] for name in start})
        return {name: ranges.plain(getattr(history, name)) for name in ("W", "b", "loss")}

    reach = {f"{name}_range": ends[name][:2] for name in "Wb"}
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
    noise = ranges.within("noise", noise, 0, 3)
    checks.whole_number("seed", seed, at_least=0, at_most=SEEDS - 1)
    start = {"num_examples": int(num_examples), "noise": noise, "seed": int(seed)}
    title = "The draw, the true line and the least squares line"
    around = {"W": [TRUE_W - 2, TRUE_W + 2], "b": [TRUE_B - 2, TRUE_B + 2]}
    state = {
        "name": "Explorer of the data",
        "start": start,
        "controls": [
            ranges.number("num_examples", "examples", [5, MAX_EXAMPLES, 1], log=True, whole=True),
            ranges.number("noise", "noise", [0, 3, 0.1]),
            ranges.number("seed", "seed", [0, SEEDS - 1, 1], whole=True),
            {"type": "next", "name": "seed", "label": "Draw again", "last": SEEDS - 1},
        ],
        "plots": {
            "data": ranges.plot(title, [-3.5, 3.5], [-14, 18], "inputs", "outputs"),
            "spread": _surface("The least squares line of each draw", around),
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
    *,
    W: float | None = None,
    b: float | None = None,
    x_label: str = "inputs",
    y_label: str = "outputs",
    W_range: Ends | None = None,
    b_range: Ends | None = None,
) -> dict:
    """What the explorers of a line have in common: data, axes, sliders for W and b."""
    x, y = (values.astype(np.float64) for values in checks.points(inputs, outputs))
    best = least_squares(x, y)
    # The slope that goes through the whole height of the data is a natural unit for W.
    height = float(np.std(y)) or abs(float(y[0])) or 1.0
    reach = max(abs(best["W"]), height / (float(np.std(x)) or 1.0))
    ends = {
        name: ranges.chosen(f"{name}_range", given, ranges.outwards(*2 * [best[name]], *2 * [far]))
        for name, given, far in (("W", W_range, 1.5 * reach), ("b", b_range, 2 * height))
    }
    start = {"W": float(f"{best['W'] / 2:.1g}"), "b": float(np.mean(y))}
    for name, given in (("W", W), ("b", b)):
        value = np.clip(start[name], *ends[name])
        if given is not None:
            value = ranges.within(name, given, *ends[name])
        start[name] = float(f"{value:.3g}")
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


def _surface(title: str, ends: dict[str, list]) -> dict:
    return ranges.plot(title, ends["W"][:2], ends["b"][:2], "W", "b")


def _units(x_label: str, y_label: str) -> list[str]:
    """Of `distance (km)` and `price (euros)`: ` km`, ` euros`, and one more of the first."""
    x, y = (re.search(r"\(([^)]+)\)", label) for label in (x_label, y_label))
    one, more = (f" {found[1]}" if found else "" for found in (x, y))
    return [one, more, one.strip() or f"1 of {x_label}"]
