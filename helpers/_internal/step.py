"""One step of gradient descent: the loss and its gradients, checked or not, and the way down."""

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from helpers._internal import checks, model_checks

Loss = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
Gradients = tuple[list[tf.Variable], tf.Tensor, list]


def gradients(model: Any, loss: Loss, inputs: tf.Tensor, outputs: tf.Tensor) -> Gradients:
    """Return the Variables of the model, the loss, and its gradient for each of them."""
    with tf.GradientTape() as tape:
        value = loss(model(inputs), outputs)
    # Not earlier: Keras makes a model's Variables when the model is first called.
    variables = model_checks.tensorflow_variables(model)
    return variables, value, tape.gradient(value, variables)


def checked_gradients(model: Any, loss: Loss, inputs: tf.Tensor, outputs: tf.Tensor) -> Gradients:
    """Return what `gradients` does, or say in a sentence why this cannot be trained.

    Raises:
        TypeError, ValueError: names the part that is wrong; nothing has been changed.
    """
    checks.function("loss", loss)
    model_checks.model(model)

    class CheckedModel:
        def __call__(self, inputs: tf.Tensor) -> tf.Tensor:
            with checks.user_code("model(inputs)"):
                predicted = model(inputs)
            self.trainable_variables = model_checks.variables_of(model)
            model_checks.prediction(predicted, outputs)
            return predicted

    def checked_loss(predicted: tf.Tensor, actual: tf.Tensor) -> tf.Tensor:
        with checks.user_code("loss(predicted, actual)"):
            value = loss(predicted, actual)
        model_checks.one_number("loss(predicted, actual)", value)
        return value

    variables, value, slopes = gradients(CheckedModel(), checked_loss, inputs, outputs)
    model_checks.gradients(variables, slopes)
    return variables, value, slopes


def descend(variables: list[tf.Variable], slopes: list, learning_rate: float) -> None:
    """Subtract a fraction of its gradient from each Variable."""
    for variable, slope in zip(variables, slopes, strict=True):
        if isinstance(slope, tf.IndexedSlices):  # Sparse: only in the rows that it has.
            rows = tf.IndexedSlices(learning_rate * slope.values, slope.indices)
            variable.scatter_sub(rows)
        else:
            variable.assign_sub(learning_rate * slope)
