"""The pictures of the lessons: one function a picture, and one that shows it with its words.

Blue circles are always examples, red triangles predictions, a dashed line a true value: colour
never stands alone. Each function makes its words from the very numbers that it draws.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers._internal import checks, figures, formatting, graph, model_checks
from helpers._internal.figures import IN_STYLE, Picture
from helpers._internal.formatting import cloud, count, moves, number, sentence, several, span
from helpers.training import History, Loss, mean_squared_error

# From the palette of Okabe and Ito, which colour-blind readers can tell apart.
BLUE, RED, GREEN, PURPLE, BLACK = "#0072B2", "#CC3311", "#009E73", "#CC79A7", "#000000"
LINES = [(BLUE, "-", "o"), (RED, "-.", "^"), (GREEN, ":", "s"), (PURPLE, "--", "D")]


def show(figure: Figure, alt: str, caption: str) -> None:
    """Display a figure so that its words reach every reader.

    A screen reader finds `alt` on the image, everyone sees `caption` below it, and where no
    picture can be shown, both stand in its place.

    Args:
        figure: a matplotlib figure.
        alt: what the picture shows, for somebody who cannot see it.
        caption: one line with the numbers.
    """
    alt, caption = checks.text("alt", alt), checks.text("caption", caption)
    if not isinstance(figure, Figure):
        raise TypeError(f"figure must be a matplotlib Figure; got {formatting.describe(figure)}.")
    display(figures.bundle(figure, alt, caption), raw=True)


def shown(draw: Callable[..., Picture]) -> Callable[..., None]:
    """Decorate a function that draws: called, it shows its picture; its `.draw` returns it."""

    @functools.wraps(draw)
    @IN_STYLE
    def plot(*arguments: Any, **options: Any) -> None:
        show(*draw(*arguments, **options))

    plot.__signature__ = inspect.signature(draw).replace(return_annotation=None)
    plot.draw = IN_STYLE(draw)
    return plot


@shown
def plot_data(
    inputs: Any,
    outputs: Any,
    predicted: Any = None,
    *,
    x_label: str = "inputs",
    y_label: str = "outputs",
) -> Picture:
    """Show examples as blue circles and, if given, predictions for them as red triangles."""
    x, y = checks.points(inputs, outputs)
    figure, axes = figures.blank(x_label, y_label)
    _scatter(axes, x, y)
    alt = f"Scatter plot, blue circles: {cloud(x, y, x_label, y_label)}"
    caption = count(len(x), "example")
    if predicted is not None:
        p = checks.predictions(predicted, outputs)
        axes.scatter(x, p, s=_size(x), color=RED, marker="^", label="predictions", zorder=5)
        alt += f" Red triangles: the predictions, {span(p)}."
        loss = float(np.mean((p - y) ** 2))
        caption += f" and the predictions for them; mean squared error {number(loss)}"
    figures.legend(axes)
    return Picture(figure, alt, f"{caption}.")


@shown
def plot_line(
    model: Callable[[tf.Tensor], tf.Tensor],
    inputs: Any,
    outputs: Any,
    *,
    x_label: str = "inputs",
    y_label: str = "outputs",
) -> Picture:
    """Show examples as blue circles and what the model says along the way as a red line."""
    x, y = checks.points(inputs, outputs)
    checks.function("model", model)
    ends = np.array([min(0.0, x.min()), x.max()], np.float32)
    with checks.user_code("model(inputs)"):
        predicted = model(tf.constant(ends))
    p = checks.numbers("model(inputs)", predicted)
    checks.same_shape("model(inputs)", p, "inputs", tf.constant(ends))
    p = p.numpy()
    figure, axes = figures.blank(x_label, y_label)
    _scatter(axes, x, y)
    axes.plot(ends, p, color=RED, label="model", zorder=3)
    figures.legend(axes)
    start, end = (f"{number(p[i])} at {number(ends[i])}" for i in (0, 1))
    says = f"from {start} to {end}"
    return Picture(
        figure,
        f"Scatter plot, blue circles: {cloud(x, y, x_label, y_label)} Red line: the model, {says}.",
        f"{count(len(x), 'example')} and the model's line, {says}.",
    )


@shown
def plot_residuals(inputs: Any, outputs: Any, predicted: Any) -> Picture:
    """Show the residuals: from each prediction, a dashed line to what was really measured."""
    x, y = checks.points(inputs, outputs)
    p = checks.predictions(predicted, outputs)
    figure, axes = figures.blank("inputs", "outputs")
    order = np.argsort(x)
    axes.vlines(x, p, y, color=BLACK, linestyle="--", linewidth=1.5, label="residuals")
    axes.plot(x[order], p[order], color=RED, marker="^", markersize=9, label="predictions")
    _scatter(axes, x, y)
    figures.legend(axes)
    residuals = p - y
    return Picture(
        figure,
        f"{count(len(x), 'example')} as blue circles, the predictions for them as red triangles "
        f"on a line, and dashed lines between the two: the residuals, {span(residuals)}.",
        f"Residuals (predicted - actual): {several(residuals)}.",
    )


@shown
def plot_parameters(
    history: History | dict[str, History], true_W: float | None = None, true_b: float | None = None
) -> Picture:
    """Show W and b over the epochs, against their true values where these are given.

    Args:
        history: one training, or several by the name that the legend shall give them.
        true_W, true_b: drawn as dashed lines.
    """
    runs = _runs(history, of_a_line=True)
    figure, axes = figures.blank("epoch", "value")
    parts = []
    for (name, run), (_, dash, _) in zip(runs.items(), LINES, strict=False):
        suffix = f", {name}" if len(runs) > 1 else ""
        style = {"linestyle": dash, "markevery": _every(run)}
        axes.plot(run.W, color=RED, marker="^", label=f"W{suffix}", **style)
        axes.plot(run.b, color=BLUE, marker="o", label=f"b{suffix}", **style)
        both = f"{moves('W', run.W)} and {moves('b', run.b)}"
        parts.append(f"{name}: {both}" if len(runs) > 1 else both)
    for name, value, color in (("W", true_W, RED), ("b", true_b, BLUE)):
        if value is not None:
            value = checks.number(f"true_{name}", value)
            axes.axhline(value, color=color, linestyle=(0, (6, 4)), linewidth=1.5)
            at_right = {"transform": axes.get_yaxis_transform(), "va": "center"}
            axes.text(1.01, value, f"true {name}", color=color, **at_right)
            parts.append(f"true {name} = {number(value)}, dashed")
    figures.legend(axes, columns=min(len(runs), 2))
    epochs = count(max(len(run.loss) for run in runs.values()), "epoch")
    return Picture(
        figure,
        f"Line plot of W (red) and b (blue) over {epochs}. {sentence(parts)}",
        sentence(parts),
    )


@shown
def plot_loss(history: History | dict[str, History], *, logarithmic: bool = False) -> Picture:
    """Show the loss over the epochs, of one training or of several by name."""
    runs, logarithmic = _runs(history), checks.flag("logarithmic", logarithmic)
    figure, axes = figures.blank("epoch", "loss")
    parts = []
    for (name, run), (color, dash, marker) in zip(runs.items(), LINES, strict=False):
        style = {"color": color, "linestyle": dash, "marker": marker, "markevery": _every(run)}
        axes.plot(run.loss, label=name, **style)
        parts.append(moves(name, run.loss))
    if logarithmic:
        axes.set_yscale("log")
    else:
        axes.set_ylim(bottom=0)
    figures.legend(axes)
    epochs = count(max(len(run.loss) for run in runs.values()), "epoch")
    scale = " on a logarithmic scale" if logarithmic else ""
    return Picture(
        figure,
        f"Line plot of the loss{scale} over {epochs}: {sentence(parts)}",
        sentence(parts),
    )


@shown
def plot_loss_surface(
    inputs: Any,
    outputs: Any,
    history: History | dict[str, History] | None = None,
    *,
    loss: Loss = mean_squared_error,
    W_range: tuple[float, float] = (-1.0, 7.0),
    b_range: tuple[float, float] = (-2.0, 6.0),
    equal_axes: bool = True,
) -> Picture:
    """Show the loss for every W and b as a map with contour lines, and the paths taken on it.

    With `equal_axes`, W and b share a scale, unless the map would be too thin to read.
    """
    runs = {} if history is None else _runs(history, of_a_line=True)
    W, b = (checks.grid(name, ends) for name, ends in (("W_range", W_range), ("b_range", b_range)))
    surface = loss_surface(inputs, outputs, W, b, loss)
    figure, axes = figures.blank("W", "b")
    figures.contour_map(axes, W, b, surface)
    row, column = np.unravel_index(np.argmin(surface), surface.shape)
    lowest = number(surface[row, column])
    axes.plot(W[column], b[row], "*", color=BLACK, markersize=16, label="lowest loss")
    parts = [f"the loss is lowest, {lowest}, near W = {W[column]:.1f} and b = {b[row]:.1f}"]
    for (name, run), (_, dash, marker) in zip(runs.items(), LINES, strict=False):
        color = (RED, PURPLE, GREEN, BLACK)[len(parts) - 1]
        axes.plot(run.W, run.b, color=color, linestyle=dash, marker=marker, label=name)
        parts.append(
            f"{name} goes from W = {number(run.W[0])}, b = {number(run.b[0])} "
            f"to W = {number(run.W[-1])}, b = {number(run.b[-1])}"
        )
    axes.set_xlim(W[0], W[-1])
    axes.set_ylim(b[0], b[-1])
    equal = checks.flag("equal_axes", equal_axes) and figures.alike(W, b)
    if equal:
        axes.set(aspect="equal", anchor="W")
    figures.legend(axes, beside=equal)
    return Picture(
        figure,
        f"Contour map of the loss over W {span(W)} and b {span(b)}; "
        f"darker is higher. {sentence(parts)}",
        sentence(parts),
    )


def loss_surface(inputs: Any, outputs: Any, W: np.ndarray, b: np.ndarray, loss: Loss) -> np.ndarray:
    """Compute the loss of the line for each slope and intercept.

    Returns:
        A float32 array of shape `[len(b), len(W)]`.
    """
    inputs, outputs = checks.examples(inputs, outputs)
    checks.same_shape("inputs", inputs, "outputs", outputs)
    W, b = checks.series("W", W), checks.series("b", b)
    checks.function("loss", loss)
    pairs = tf.constant(np.stack(np.meshgrid(W, b), axis=-1).reshape(-1, 2))

    def all_losses(pairs: tf.Tensor) -> tf.Tensor:
        return tf.map_fn(lambda pair: loss(pair[0] * inputs + pair[1], outputs), pairs)

    with checks.user_code("loss(predicted, actual)"):
        first = loss(W[0] * inputs + b[0], outputs)
        model_checks.one_number("loss(predicted, actual)", first)
        losses = graph.trace(all_losses, tf.TensorSpec(pairs.shape))(pairs)
    surface = checks.numbers("loss(predicted, actual) for all W and b", losses)
    return surface.numpy().reshape(len(b), len(W))


def _scatter(axes: Axes, x: np.ndarray, y: np.ndarray) -> None:
    axes.scatter(x, y, s=_size(x), color=BLUE, marker="o", alpha=0.8, label="examples", zorder=4)


def _size(x: np.ndarray) -> float:
    return 12.0 if len(x) > 100 else 70.0


def _every(run: History) -> int:
    return max(1, len(run.loss) // 10)


def _runs(history: Any, *, of_a_line: bool = False) -> dict[str, History]:
    runs = history if isinstance(history, dict) else {"training": history}
    if not 1 <= len(runs) <= len(LINES):
        raise ValueError(f"history must hold 1 to {len(LINES)} trainings; got {len(runs)}.")
    for name, run in runs.items():
        checks.text("The name of each history", name)
        if not isinstance(run, History) or not len(run.loss):
            raise TypeError(
                "history must be a History of at least one epoch, as `fit` returns it, or a dict "
                f"of name: History; got {formatting.describe(run)}."
            )
        if of_a_line and (run.W is None or run.b is None):
            raise ValueError("history must be that of a line: this one has no W and b.")
    return runs
