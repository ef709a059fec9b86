"""Model, loss and training loop, as lessons 03, 04 and 06 build them, and `fit`, their fast twin.

The first half is what a learner has written by the end of lesson 06. The second half does the
same arithmetic many times faster and keeps what happened in a `History`.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from helpers._internal import checks, graph, model_checks

__all__ = [
    "DivergenceError",
    "History",
    "LinearModel",
    "Loss",
    "fit",
    "mean_squared_error",
    "stable_learning_rate",
    "train_step",
]

Loss = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]

SECONDS_TO_A_STOP = 0.2
MAX_COUNT = 100_000_000  # of epochs, or of the examples in a batch


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
    inputs, outputs = _examples_for(model, inputs, outputs)
    model, loss = model_checks.checked(model, loss)
    variables, value, gradients = _gradients(model, inputs, outputs, loss)
    _descend(variables, gradients, learning_rate)
    return value


def _gradients(model: Any, inputs: tf.Tensor, outputs: tf.Tensor, loss: Loss) -> tuple:
    """Return the model's Variables, the loss, and its gradient for each of them."""
    with tf.GradientTape() as tape:
        value = loss(model(inputs), outputs)
    # Not earlier: Keras makes a model's Variables when the model is first called.
    variables = model_checks.tensorflow_variables(model)
    gradients = tape.gradient(value, variables)
    model_checks.gradients(variables, gradients)
    return variables, value, gradients


def _descend(variables: list[tf.Variable], gradients: list, learning_rate: float) -> None:
    """Subtract a fraction of its gradient from each Variable; of a sparse one, in its rows only."""
    for variable, gradient in zip(variables, gradients, strict=True):
        if isinstance(gradient, tf.IndexedSlices):
            rows = tf.IndexedSlices(learning_rate * gradient.values, gradient.indices)
            variable.scatter_sub(rows)
        else:
            variable.assign_sub(learning_rate * gradient)


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
) -> History:
    """Train a model: the loop of lesson 06, in one TensorFlow graph.

    The numbers are those of the loop by hand, to about one part in a million. The last bits may
    differ, because a graph may add the examples in another order; so may XLA, which compiles a
    training of more than a second that takes all examples in one step. The model and the loss are
    traced once: what they do in plain Python (print, draw with NumPy) happens then and not in each
    epoch.

    A stop (Ctrl-C, the stop button) takes effect within about 0.2 s and loses nothing: the model
    holds the values after the last finished epoch, and `model.last_history` what led there.

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
        progress: whether to show a progress bar; only a notebook can.

    Returns:
        The history, with each value taken before its epoch's update.

    Raises:
        TypeError, ValueError: for an argument of the wrong kind, before anything is changed.
        DivergenceError: when the loss is no longer finite. It carries the history; the model is
            put back to the values it had before.
    """
    learning_rate = checks.number("learning_rate", learning_rate, above=0)
    epochs = checks.whole_number("epochs", epochs, at_least=0, at_most=MAX_COUNT)
    if batch_size is not None:
        batch_size = checks.whole_number("batch_size", batch_size, at_least=1, at_most=MAX_COUNT)
    seed, progress = checks.seed(seed), checks.flag("progress", progress)
    inputs, outputs = _examples_for(model, inputs, outputs)
    checked_model, checked_loss = model_checks.checked(model, loss)
    _gradients(checked_model, inputs, outputs, checked_loss)

    def step(inputs: tf.Tensor, outputs: tf.Tensor) -> tf.Tensor:
        variables, value, gradients = _gradients(model, inputs, outputs, loss)
        _descend(variables, gradients, learning_rate)
        return value

    setting = {"epochs": epochs, "batch_size": batch_size, "seed": seed}
    run = graph.Run(step, model, loss, inputs, outputs, **setting)
    chunks = run.chunks(SECONDS_TO_A_STOP)
    if progress:
        from helpers._internal.progress_bar import progress_bar  # Needs what only a notebook has.

        chunks = progress_bar(chunks, epochs)
    try:
        for _ in chunks:
            pass  # A stop takes effect here: Python hears of it between two chunks.
    finally:
        history = _history(model, run, learning_rate, inputs, loss)
        with contextlib.suppress(AttributeError):  # A class with __slots__ takes no new attribute.
            model.last_history = history
    if run.diverged:
        raise DivergenceError(
            f"Training diverged: the loss was no longer finite at epoch {len(history.loss)}. "
            f"{_too_large(model, learning_rate, inputs, loss)} The model is back where it started; "
            "the epochs until then are in `history` of this error.",
            history,
        )
    return history


def _examples_for(model: Any, inputs: Any, outputs: Any) -> tuple[tf.Tensor, tf.Tensor]:
    inputs, outputs = checks.examples(inputs, outputs)
    if isinstance(model, LinearModel):
        checks.one_number_each("inputs", inputs)
    return inputs, outputs


def _history(model: Any, run: graph.Run, *setting: Any) -> History:
    losses, parameters = run.settle()
    by_name = {
        name: values
        for name in ("W", "b")
        for variable, values in zip(run.variables, parameters, strict=bool(parameters))
        if variable is getattr(model, name, None) and variable.shape == []
    }
    note = "" if parameters else "The parameters of each epoch are too many to be kept."
    if len(losses) and losses[-1] > 1.01 * losses[0]:
        note = f"The loss grew. {_too_large(model, *setting)}"
    return History(losses, tuple(parameters), by_name.get("W"), by_name.get("b"), note)


def _too_large(model: Any, learning_rate: float, inputs: tf.Tensor, loss: Loss) -> str:
    if isinstance(model, LinearModel) and loss is mean_squared_error:
        limit = stable_learning_rate(inputs)
        if learning_rate >= limit:
            return (
                f"The learning rate of {learning_rate:g} is too large: for these data it must be "
                f"below {limit:.3g}."
            )
    return f"The learning rate of {learning_rate:g} is probably too large: try a tenth of it."
