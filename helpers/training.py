"""Model, loss and training loop, as lessons 03, 04 and 06 build them, and `fit`, their fast twin.

The first half is what a learner has written by the end of lesson 06. The second half does the
same arithmetic many times faster and keeps what happened in a `History`.
"""

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from helpers._internal import checks, model_checks
from helpers._internal.graph import Epochs

__all__ = [
    "DivergenceError",
    "History",
    "LinearModel",
    "fit",
    "mean_squared_error",
    "stable_learning_rate",
    "train_step",
]

Loss = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]

SECONDS_BETWEEN_STOPS = 0.2
MOST = 100_000_000  # epochs, or examples in a batch


class LinearModel(tf.Module):
    """The line `f(x) = W * x + b`, with its two parameters in Variables. Taught in lesson 03."""

    def __init__(self, W: float = 5.0, b: float = 0.0) -> None:
        """Start at slope `W` and intercept `b`: two finite numbers, kept as float32 scalars."""
        super().__init__()
        self.W = tf.Variable(checks.number("W", W), name="W", dtype=tf.float32)
        self.b = tf.Variable(checks.number("b", b), name="b", dtype=tf.float32)

    def __call__(self, inputs: Any) -> tf.Tensor:
        """Predict one output for each input: float32, in the shape of `inputs`."""
        return self.W * checks.numbers("inputs", inputs) + self.b

    def __repr__(self) -> str:
        return f"LinearModel(W={self.W.numpy():.2f}, b={self.b.numpy():.2f})"


def mean_squared_error(predicted: Any, actual: Any) -> tf.Tensor:
    """Average the squared residuals into one float32 number. Taught in lesson 04.

    Raises:
        ValueError: if the shapes differ, as `[N]` and `[N, 1]` do: TensorFlow would compare every
            prediction with every actual value and train towards something else.
    """
    predicted = checks.numbers("predicted", predicted, finite=False)
    actual = checks.numbers("actual", actual, finite=False)
    checks.same_shape("predicted", predicted, "actual", actual)
    return tf.reduce_mean(tf.square(predicted - actual))


def train_step(
    model: Any, inputs: Any, outputs: Any, learning_rate: float, loss: Loss = mean_squared_error
) -> tf.Tensor:
    """Move every parameter one step downhill. Taught in lesson 06.

    Args:
        model: callable, with its Variables in `trainable_variables`.
        inputs, outputs: numbers, one row for each example.
        learning_rate: how far to go along the slope, larger than 0.
        loss: a function of (predicted, actual) that returns one number.

    Returns:
        The loss before the step, a float32 scalar.

    Raises:
        TypeError, ValueError: for an argument of the wrong kind, and for a parameter that the
            loss does not depend on.
    """
    learning_rate = checks.number("learning_rate", learning_rate, above=0)
    inputs, outputs = checks.examples(inputs, outputs)
    variables, value, gradients = _slopes(model, inputs, outputs, loss)
    for variable, gradient in zip(variables, gradients, strict=True):
        _step(variable, gradient, learning_rate)
    return value


def stable_learning_rate(inputs: Any) -> float:
    """The learning rate from which on training `W` and `b` by mean squared error diverges.

    The loss is a bowl. Its curvature is given by the Hessian, `2 * mean([[x*x, x], [x, 1]])`, and
    a step overshoots for ever when the learning rate passes 2 over its largest eigenvalue.
    """
    inputs = checks.numbers("inputs", inputs)
    checks.one_number_each("inputs", inputs)
    x = inputs.numpy().astype(np.float64).ravel()
    hessian = 2 * np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]])
    return float(2 / np.linalg.eigvalsh(hessian)[-1])


@dataclass(frozen=True, repr=False, eq=False)
class History:
    """What happened in a training: one value for each epoch, taken before its update.

    `loss` is over all the data, a float32 array of shape `[epochs]`. `parameters` has one array
    for each of the model's `trainable_variables`, of shape `[epochs, ...]`. `W` and `b` are those
    of a model that has them, otherwise None. `note` says what was odd, if anything was. A loop
    written by hand can make one from its lists: `History(losses, W=Ws, b=bs)`.
    """

    loss: np.ndarray
    parameters: tuple[np.ndarray, ...] = ()
    W: np.ndarray | None = None
    b: np.ndarray | None = None
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("loss", "W", "b"):
            if name == "loss" or getattr(self, name) is not None:
                values = checks.series(name, getattr(self, name), perhaps_none=True)
                object.__setattr__(self, name, values)
                checks.equally_many("loss", self.loss, name, values)

    def __repr__(self) -> str:
        if not len(self.loss):
            return "History(0 epochs)"
        return f"History({len(self.loss)} epochs, loss {self.loss[0]:.6g} to {self.loss[-1]:.6g})"

    def __str__(self) -> str:
        """The table of the training, with the middle left out where it is long."""
        count = len(self.loss)
        shown = range(count) if count <= 20 else [*range(10), *range(count - 5, count)]
        lines = [self._line(epoch) for epoch in shown]
        if count > 20:
            lines.insert(10, "  ...")
        return "\n".join([*lines, self.note] if self.note else lines)

    def _line(self, epoch: int) -> str:
        value = self.loss[epoch]
        loss = f"loss={value:.5f}" if value < 1e6 else f"loss={value:.5e}"
        if self.W is None or self.b is None:
            return f"Epoch {epoch:2d}: {loss}"
        return f"Epoch {epoch:2d}: W={self.W[epoch]:.2f} b={self.b[epoch]:.2f}, {loss}"


class DivergenceError(ArithmeticError):
    """The loss is no longer finite. `history` holds the epochs until then."""

    def __init__(self, message: str, history: History) -> None:
        super().__init__(message)
        self.history = history


def fit(
    model: Any,
    inputs: Any,
    outputs: Any,
    *,
    learning_rate: float = 0.1,
    epochs: int = 10,
    batch_size: int | None = None,
    loss: Loss = mean_squared_error,
    seed: int = 0,
    progress: bool = False,
    on_epochs: Callable[[History], None] | None = None,
) -> History:
    """Train a model: the loop of lesson 06 with the same numbers, in one TensorFlow graph.

    The model and the loss are traced once: what they do in plain Python (print, draw with NumPy)
    happens then and not in each epoch. A stop (Ctrl-C, the stop button) takes effect within about
    0.2 s and loses nothing: the model holds the values after the last finished epoch, and
    `model.last_history` what led there.

    Args:
        model: callable, with its Variables in `trainable_variables`; `LinearModel`, any
            tf.Module, a Keras model.
        inputs, outputs: numbers, one row for each example; outputs in the shape of predictions.
        learning_rate: how far to go along the slope at each step, larger than 0.
        epochs: how many times to go through all the data.
        batch_size: examples in each step; None takes all of them in one. The examples are shuffled
            anew for each epoch, and the last batch holds what is left over.
        loss: a function of (predicted, actual) that returns one number.
        seed: decides the shuffles, together with the number of the epoch.
        progress: whether to show a progress bar.
        on_epochs: called with the history so far, a few times a second.

    Returns:
        The history, with each value taken before its epoch's update.

    Raises:
        TypeError, ValueError: for an argument of the wrong kind, before anything is changed.
        DivergenceError: when the loss is no longer finite. It carries the history; the model is
            put back to the values it had before.
    """
    learning_rate = checks.number("learning_rate", learning_rate, above=0)
    epochs = checks.whole_number("epochs", epochs, at_least=0, at_most=MOST)
    if batch_size is not None:
        batch_size = checks.whole_number("batch_size", batch_size, at_least=1, at_most=MOST)
    seed, progress = checks.seed(seed), checks.flag("progress", progress)
    if on_epochs is not None:
        checks.function("on_epochs", on_epochs)
    inputs, outputs = checks.examples(inputs, outputs)
    variables, _, _ = _slopes(model, inputs, outputs, loss)

    def slopes(some_inputs: tf.Tensor, some_outputs: tf.Tensor) -> tuple[tf.Tensor, list]:
        with tf.GradientTape() as tape:
            value = loss(model(some_inputs), some_outputs)
        return value, tape.gradient(value, variables)

    training = Epochs(variables, slopes, _step, inputs, outputs, batch_size, seed, epochs)
    if progress:
        bar = tf.keras.utils.Progbar(epochs, stateful_metrics=["loss"], unit_name="epoch")
    start = [variable.numpy() for variable in variables]
    record = (_history(model, variables, training), start)
    count = 1
    try:
        while len(training.losses) < epochs:
            began = time.perf_counter()
            finite = training.run(min(count, epochs - len(training.losses)), learning_rate)
            took = time.perf_counter() - began
            history = _history(model, variables, training, learning_rate, inputs, loss)
            values = [variable.numpy() for variable in variables]
            if not finite or not all(np.all(np.isfinite(value)) for value in values):
                record = (history, start)
                raise DivergenceError(
                    _why_diverged(history, model, learning_rate, inputs, loss), history
                )
            record = (history, values)
            if progress:
                bar.update(len(history.loss), values=[("loss", history.loss[-1])])
            if on_epochs:
                on_epochs(history)
            count = max(1, min(8 * count, int(count * SECONDS_BETWEEN_STOPS / max(took, 1e-6))))
    finally:
        # A stop can fall between the last update and its record: what was recorded counts.
        history, values = record
        for variable, value in zip(variables, values, strict=True):
            variable.assign(value)
        with contextlib.suppress(AttributeError):  # A class with __slots__ takes no new attribute.
            model.last_history = history
    return history


def _slopes(model: Any, inputs: tf.Tensor, outputs: tf.Tensor, loss: Loss) -> tuple:
    """Variables, loss and gradients at the present values, each checked."""
    checks.function("loss", loss)
    model_checks.model(model)
    if isinstance(model, LinearModel):
        checks.one_number_each("inputs", inputs)
    with tf.GradientTape() as tape:
        with model_checks.own_code("model(inputs)"):
            predicted = model(inputs)
        variables = model_checks.variables_of(model)  # Keras makes them when it is first called.
        model_checks.prediction(predicted, outputs)
        with model_checks.own_code("loss(predicted, actual)"):
            value = loss(predicted, outputs)
        model_checks.one_number("loss(predicted, actual)", value)
    gradients = tape.gradient(value, variables)
    model_checks.gradients(variables, gradients)
    return variables, value, gradients


def _step(variable: tf.Variable, gradient: Any, learning_rate: Any) -> None:
    """Subtract a fraction of the gradient; of a sparse one, only in the rows that it has."""
    rate = tf.cast(learning_rate, variable.dtype)
    if isinstance(gradient, tf.IndexedSlices):
        variable.scatter_sub(tf.IndexedSlices(rate * gradient.values, gradient.indices))
    else:
        variable.assign_sub(rate * gradient)


def _history(model: Any, variables: list, training: Epochs, *setting: Any) -> History:
    kept = tuple(training.parameters)
    by_name = {
        name: values
        for name in ("W", "b")
        for variable, values in zip(variables, kept, strict=bool(kept))
        if variable is getattr(model, name, None) and variable.shape == []
    }
    losses = training.losses
    note = "" if kept else "The parameters of each epoch are too many to be kept."
    if len(losses) and losses[-1] > 1.01 * losses[0]:
        note = f"The loss grew. {_too_large(model, *setting)}"
    return History(losses, kept, by_name.get("W"), by_name.get("b"), note)


def _why_diverged(history: History, *setting: Any) -> str:
    return (
        f"Training diverged: the loss was no longer finite at epoch {len(history.loss)}. "
        f"{_too_large(*setting)} The model is back where it started; "
        "the epochs until then are in `history` of this error."
    )


def _too_large(model: Any, learning_rate: float, inputs: tf.Tensor, loss: Loss) -> str:
    if isinstance(model, LinearModel) and loss is mean_squared_error:
        limit = stable_learning_rate(inputs)
        if learning_rate >= limit:
            return (
                f"The learning rate of {learning_rate:g} is too large: for these data it must be "
                f"below {limit:.3g}."
            )
    return f"The learning rate of {learning_rate:g} is probably too large: try a tenth of it."
