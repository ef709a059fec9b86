"""Turns away models and losses that cannot be trained, in words, as `checks` does with numbers."""

from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from helpers._internal.checks import function, same_shape, user_code
from helpers._internal.formatting import describe, reason


def model(value: Any) -> None:
    """Insist on something that predicts and lists what it learns."""
    if isinstance(value, type):
        raise TypeError(f"model must be an object: write `{value.__name__}()`, with brackets.")
    # `dir` calls nothing: what a property raises is told by `variables_of`.
    if not callable(value) or "trainable_variables" not in dir(value):
        raise TypeError(
            "model must be callable and list its Variables in `trainable_variables`, as a "
            f"tf.Module or a Keras model does; got {describe(value)}."
        )


def checked(model_of_theirs: Any, loss: Any) -> tuple[Any, Callable]:
    """Wrap a model and a loss: they do the same, and say in a sentence what cannot be trained.

    Raises:
        TypeError: if one of them is no model, or no loss, at all.
    """
    function("loss", loss)
    model(model_of_theirs)

    class CheckedModel:
        def __call__(self, inputs: tf.Tensor) -> tf.Tensor:
            with user_code("model(inputs)"):
                predicted = model_of_theirs(inputs)
            self.trainable_variables = variables_of(model_of_theirs)
            return predicted

    def checked_loss(predicted: tf.Tensor, actual: tf.Tensor) -> tf.Tensor:
        prediction(predicted, actual)
        with user_code("loss(predicted, actual)"):
            value = loss(predicted, actual)
        one_number("loss(predicted, actual)", value)
        return value

    return CheckedModel(), checked_loss


def tensorflow_variables(model: Any) -> list[tf.Variable]:
    """List what a model learns; a Keras variable wraps the tf.Variable that holds its value."""
    return [v if isinstance(v, tf.Variable) else v.value for v in model.trainable_variables]


def variables_of(value: Any, *, finite: bool = True) -> list[tf.Variable]:
    """Take the Variables that training may change: at least one, and each of them finite."""
    model(value)
    try:
        found = tensorflow_variables(value)
    except Exception as error:
        raise TypeError(
            f"model.trainable_variables must be a list of tf.Variables; {reason(error)}"
        ) from None
    for variable in found:
        if not isinstance(variable, tf.Variable):
            raise TypeError(
                f"model.trainable_variables must be a list of tf.Variables; got "
                f"{describe(variable)} in it."
            )
    if not found:
        raise ValueError(
            "model has no trainable Variables, so there is nothing to learn. Keep each parameter "
            "as a tf.Variable in an attribute of a tf.Module (a Keras model wants `add_weight`)."
        )
    for variable in found:
        if finite and variable.dtype.is_floating and not np.all(np.isfinite(variable.numpy())):
            raise ValueError(
                f"The model's Variable {variable.name} is nan or infinite before training has "
                "begun. Make a new model, or assign it a finite value."
            )
    return found


def prediction(predicted: Any, outputs: tf.Tensor) -> None:
    """Insist that a model returned one float32 prediction for each output."""
    if not isinstance(predicted, tf.Tensor) or predicted.dtype != tf.float32:
        raise TypeError(
            "model(inputs) must return a float32 tensor, computed with TensorFlow operations; "
            f"got {describe(predicted)}."
        )
    same_shape("model(inputs)", predicted, "outputs", outputs)


def one_number(what: str, value: Any) -> None:
    """Insist that a loss is one finite number that TensorFlow computed."""
    if not isinstance(value, tf.Tensor) or not value.dtype.is_floating:
        raise TypeError(
            f"{what} must return a tensor, computed with TensorFlow operations; "
            f"got {describe(value)}."
        )
    if value.shape != []:
        raise ValueError(
            f"{what} must return one number; got {describe(value)}. "
            "Average it: `tf.reduce_mean(...)`."
        )
    if not np.isfinite(value.numpy()):
        raise ValueError(
            f"{what} is {value.numpy()} before the first step: the data or the model's parameters "
            "are too large for float32. Scale the data first, for example by their mean."
        )


def gradients(variables: list[tf.Variable], found: list) -> None:
    """Insist that there is a gradient for every Variable."""
    for variable, gradient in zip(variables, found, strict=True):
        if gradient is None:
            raise ValueError(
                f"The loss does not depend on the model's Variable {variable.name} "
                "(its gradient is None), so training could not change it. Use it in the model "
                "with TensorFlow operations, or make it with `trainable=False`."
            )
