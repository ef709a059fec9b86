"""The training loop as one TensorFlow graph.

Called operation by operation, Python spends most of a small model's training on finding out what
to do next. Here a step is traced once, and a loop round it runs without Python: in chunks of some
tenths of a second, because nothing stops a graph before it returns.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import tensorflow as tf

from helpers._internal.checks import user_code
from helpers._internal.model_checks import tensorflow_variables
from helpers._internal.quiet import capture_stderr, hide_warnings

# Beyond this many numbers (200 MB) the parameters of every epoch are not kept.
MAX_NUMBERS_KEPT = 50_000_000
# XLA reserves the room of a chunk when it compiles: at most this many numbers (4 MB).
MAX_NUMBERS_COMPILED = 1_000_000
# Compiling takes a quarter of a second: worth it if the graph would be busy for longer than this.
SECONDS_WORTH_COMPILING = 1.0
# XLA leaves out assertions and draws other random numbers. What has any state but the parameters
# is therefore not compiled.
COMPILED_STATE = {"AssignSubVariableOp", "ReadVariableOp"}


class Run:
    """A training: its epochs, run in chunks, and the record of what happened.

    `variables` are what it changes. `diverged` says whether the loss or one of them ceased to be
    finite, which ends the training.
    """

    def __init__(
        self,
        step: Callable[[tf.Tensor, tf.Tensor], tf.Tensor],
        model: Any,
        loss: Callable[[tf.Tensor, tf.Tensor], tf.Tensor],
        inputs: tf.Tensor,
        outputs: tf.Tensor,
        *,
        epochs: int,
        batch_size: int | None,
        seed: int,
    ) -> None:
        """Trace a step and the loop; nothing is changed yet.

        Args:
            step: moves the Variables and returns the loss before.
            model, loss, inputs, outputs, epochs, batch_size, seed: those of `fit`.

        Raises:
            ValueError: if the model or the loss cannot be traced.
        """
        self.diverged = False
        self.variables = tensorflow_variables(model)
        self._inputs, self._outputs = inputs, outputs
        self._epochs, self._batch_size, self._seed = epochs, batch_size, seed
        size = sum(variable.shape.num_elements() for variable in self.variables)
        self._kept = self.variables if epochs * size <= MAX_NUMBERS_KEPT else []
        self._losses = np.empty([epochs], np.float32)
        self._parameters = [
            np.empty([epochs, *v.shape], v.dtype.as_numpy_dtype) for v in self._kept
        ]
        self._start = [variable.numpy() for variable in self.variables]
        # How many epochs are finished, and what the Variables are worth if nothing more happens.
        self._record = (0, self._start)

        def float32_step(inputs: tf.Tensor, outputs: tf.Tensor) -> tf.Tensor:
            return tf.cast(step(inputs, outputs), tf.float32)

        def loss_of_all() -> tf.Tensor:
            return tf.cast(loss(model(inputs), outputs), tf.float32)

        rows = len(inputs) if batch_size is None else None
        specs = [tf.TensorSpec([rows, *data.shape[1:]], data.dtype) for data in (inputs, outputs)]
        with user_code("Turning model and loss into a graph"):
            self._step = trace(float32_step, *specs)
            self._loss_of_all = None if batch_size is None else trace(loss_of_all)
        self._graph, self._capacity = self._trace_loop(), epochs

    def chunks(self, seconds: float) -> Iterator[int]:
        """Train to the end; about every `seconds`, yield how many epochs are finished."""
        count, loop, asked_xla = 1, self._graph, False
        pace: dict[Callable, float] = {}  # of each loop, the least seconds that an epoch took
        while (left := self._epochs - self._record[0]) and not self.diverged:
            count = min(count, left, self._capacity)
            began = time.perf_counter()
            self._run(loop, count)
            took = time.perf_counter() - began
            yield self._record[0]
            pace[loop] = min(took / count, pace.get(loop, np.inf))
            loop = min(pace, key=pace.get)
            # The first chunk has preparations in it, and a short one is mostly the call itself.
            telling = left < self._epochs and took > seconds / 10
            worth_it = (left - count) * pace[loop] > SECONDS_WORTH_COMPILING
            count = max(1, min(8 * count, int(seconds * count / max(took, 1e-6))))
            if telling and worth_it and not asked_xla:
                loop, asked_xla = self._compile() or loop, True
                count = max(1, count // 4)  # It may be slower, and is to be stopped as soon.

    def settle(self) -> tuple[np.ndarray, list[np.ndarray]]:
        """Give the Variables their values after the last finished epoch; diverged, those before.

        Returns:
            The losses and, for each Variable, its values: one for each finished epoch, taken before
            its update. No values where they are too many to be kept.
        """
        finished, values = self._record
        for variable, value in zip(self.variables, values, strict=True):
            variable.assign(value)
        return self._losses[:finished], [kept[:finished] for kept in self._parameters]

    def _run(self, loop: Callable, count: int) -> None:
        """Run so many epochs, and record those with a finite loss."""
        first, _ = self._record
        done, *new = (part.numpy() for part in loop(tf.constant(first), tf.constant(count)))
        finished = int(done) if np.isfinite(new[0][done - 1]) else int(done) - 1
        for kept, values in zip([self._losses, *self._parameters], new, strict=True):
            kept[first : first + finished] = values[:finished]
        values = [variable.numpy() for variable in self.variables]
        self.diverged = finished < count or not all(np.all(np.isfinite(v)) for v in values)
        # In one assignment, because a stop can fall between any two.
        self._record = (first + finished, self._start if self.diverged else values)

    def _compile(self) -> Callable | None:
        """Let XLA translate the loop; None where it would not pay or cannot be done."""
        operations = self._step.graph.get_operations()
        state = {operation.type for operation in operations if operation.op_def.is_stateful}
        if self._batch_size is not None or not state <= COMPILED_STATE:
            return None
        an_epoch = 1 + sum(variable.shape.num_elements() for variable in self._kept)
        capacity = min(self._epochs, max(1, MAX_NUMBERS_COMPILED // an_epoch))
        with capture_stderr(), hide_warnings():
            try:
                loop = self._trace_loop(capacity)
                loop(tf.constant(0), tf.constant(0))  # Compiles, and runs no epoch.
            except Exception:  # XLA has many reasons, one for each platform; the graph still runs.
                return None
        self._capacity = capacity
        return loop

    def _trace_loop(self, capacity: int | None = None) -> Callable:
        """Trace the loop; with a capacity, in epochs a chunk, it is one that XLA can compile."""

        def loop(first: tf.Tensor, count: tf.Tensor) -> tuple:
            def go_on(done: tf.Tensor, finite: tf.Tensor, *_: tf.TensorArray) -> tf.Tensor:
                return tf.logical_and(done < count, finite)

            def epoch(
                done: tf.Tensor, _: tf.Tensor, losses: tf.TensorArray, *parameters: tf.TensorArray
            ) -> tuple:
                parameters = [
                    array.write(done, variable)
                    for array, variable in zip(parameters, self._kept, strict=True)
                ]
                loss = self._epoch(first + done)
                return (done + 1, tf.math.is_finite(loss), losses.write(done, loss), *parameters)

            size = count if capacity is None else capacity
            arrays = [tf.TensorArray(tf.float32, size, element_shape=[])]
            arrays += [tf.TensorArray(v.dtype, size, element_shape=v.shape) for v in self._kept]
            done, _, *arrays = tf.while_loop(go_on, epoch, (0, True, *arrays))
            return (done, *(array.stack() for array in arrays))

        whole = tf.TensorSpec([], tf.int32)
        loop = tf.function(loop, autograph=False, jit_compile=capacity is not None)
        return loop.get_concrete_function(whole, whole)

    def _epoch(self, number: tf.Tensor) -> tf.Tensor:
        """Go through all the examples; the loss is that before the first step."""
        if self._batch_size is None:
            return self._step(self._inputs, self._outputs)
        loss = self._loss_of_all()
        count = len(self._inputs)
        size = min(self._batch_size, count)
        order = tf.random.experimental.stateless_shuffle(tf.range(count), [self._seed, number])

        def batch(start: tf.Tensor) -> tf.Tensor:
            rows = order[start : start + size]
            self._step(tf.gather(self._inputs, rows), tf.gather(self._outputs, rows))
            return start + size

        tf.while_loop(lambda start: start < count, batch, [0])
        return loss


def trace(function: Callable, *specs: tf.TensorSpec) -> Callable:
    """Trace without AutoGraph, which is slow, and with it only where `if tensor:` asks for it.

    Where both fail, the error of the first is raised: it points at the learner's own line.
    """
    # Concrete functions, because a new tf.function at each call warns about retracing.
    try:
        return tf.function(function, autograph=False).get_concrete_function(*specs)
    except Exception as error:
        try:
            with hide_warnings():
                return tf.function(function).get_concrete_function(*specs)
        except Exception:
            raise error from None
