"""The training loop as one TensorFlow graph.

Called operation by operation, Python spends most of a small model's training on finding out what
to do next. Here the whole loop is traced once and then runs without Python.
"""

from collections.abc import Callable

import numpy as np
import tensorflow as tf

from helpers._internal.model_checks import own_code
from helpers._internal.quiet import held_back_warnings

Slopes = Callable[[tf.Tensor, tf.Tensor], tuple[tf.Tensor, list]]
Step = Callable[[tf.Variable, tf.Tensor, tf.Tensor], None]

# Beyond this many numbers (200 MB) the parameters of every epoch are not kept.
MOST_NUMBERS_KEPT = 50_000_000


class Epochs:
    """Runs a training's epochs, as many at a time as asked for, and keeps what happened.

    `losses` and `parameters` hold one value for each finished epoch, taken before its update.
    """

    def __init__(
        self,
        variables: list[tf.Variable],
        slopes: Slopes,
        step: Step,
        inputs: tf.Tensor,
        outputs: tf.Tensor,
        batch_size: int | None,
        seed: int,
        epochs: int,
    ) -> None:
        """Trace the loop; nothing is changed yet.

        Args:
            variables: what is trained.
            slopes: gives loss and gradients for some inputs and outputs.
            step: updates one Variable from its gradient and the learning rate.
            inputs, outputs: all the examples, along the first axis.
            batch_size: examples for each update, None for all.
            seed: decides the order of the examples, together with the number of the epoch.
            epochs: how many will be asked for in all: decides whether parameters are kept.

        Raises:
            ValueError: if the model or the loss cannot be traced.
        """
        self._variables, self._slopes, self._step = variables, slopes, step
        self._inputs, self._outputs = inputs, outputs
        self._batch_size, self._seed = batch_size, seed
        size = sum(variable.shape.num_elements() for variable in variables)
        self._kept = variables if epochs * size <= MOST_NUMBERS_KEPT else []
        self.losses = np.empty([0], np.float32)
        self.parameters = [np.empty([0, *v.shape], v.dtype.as_numpy_dtype) for v in self._kept]
        whole, real = tf.TensorSpec([], tf.int32), tf.TensorSpec([], tf.float32)
        with own_code("Turning model and loss into a graph"):
            self._traced = trace(self._loop, whole, whole, real)

    def run(self, count: int, learning_rate: float) -> bool:
        """Run `count` more epochs; False if the loss ceased to be finite, which ends the run."""
        first = len(self.losses)
        done, losses, parameters = self._traced(
            tf.constant(first), tf.constant(count), tf.constant(learning_rate)
        )
        whole = int(done) if np.isfinite(losses[done - 1]) else int(done) - 1
        self.parameters = [
            np.concatenate([before, now.numpy()[:whole]])
            for before, now in zip(self.parameters, parameters, strict=True)
        ]
        self.losses = np.concatenate([self.losses, losses.numpy()[:whole]])
        return whole == count

    def _loop(self, first: tf.Tensor, count: tf.Tensor, learning_rate: tf.Tensor) -> tuple:
        def go_on(done: tf.Tensor, finite: tf.Tensor, *_: tf.TensorArray) -> tf.Tensor:
            return tf.logical_and(done < count, finite)

        def epoch(
            done: tf.Tensor, _: tf.Tensor, losses: tf.TensorArray, *parameters: tf.TensorArray
        ) -> tuple:
            parameters = [
                array.write(done, variable)
                for array, variable in zip(parameters, self._kept, strict=True)
            ]
            loss, gradients = self._slopes(self._inputs, self._outputs)
            loss = tf.cast(loss, tf.float32)
            losses = losses.write(done, loss)
            if self._batch_size is None:
                self._update(gradients, learning_rate)
            else:
                self._update_by_batches(first + done, learning_rate)
            return (done + 1, tf.math.is_finite(loss), losses, *parameters)

        arrays = [tf.TensorArray(v.dtype, count, element_shape=v.shape) for v in self._kept]
        losses = tf.TensorArray(tf.float32, count, element_shape=[])
        done, _, losses, *arrays = tf.while_loop(
            go_on, epoch, (tf.constant(0), tf.constant(True), losses, *arrays)
        )
        return done, losses.stack(), [array.stack() for array in arrays]

    def _update_by_batches(self, epoch: tf.Tensor, learning_rate: tf.Tensor) -> None:
        count = self._inputs.shape[0]
        size = min(self._batch_size, count)
        order = tf.random.experimental.stateless_shuffle(tf.range(count), [self._seed, epoch])

        def batch(start: tf.Tensor) -> tf.Tensor:
            rows = order[start : start + size]
            _, gradients = self._slopes(
                tf.gather(self._inputs, rows), tf.gather(self._outputs, rows)
            )
            self._update(gradients, learning_rate)
            return start + size

        tf.while_loop(lambda start: start < count, batch, [tf.constant(0)])

    def _update(self, gradients: list, learning_rate: tf.Tensor) -> None:
        for variable, gradient in zip(self._variables, gradients, strict=True):
            self._step(variable, gradient, learning_rate)


def trace(function: Callable, *specs: tf.TensorSpec) -> Callable:
    """Trace without AutoGraph, which is slow, and with it only where `if tensor:` asks for it.

    Where both fail, the error of the first is raised: it points at the learner's own line.
    """
    # Concrete functions, because a new tf.function at each call warns about retracing.
    try:
        return tf.function(function, autograph=False).get_concrete_function(*specs)
    except Exception as error:
        try:
            with held_back_warnings():
                return tf.function(function).get_concrete_function(*specs)
        except Exception:
            raise error from None
