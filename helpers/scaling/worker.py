"""The training of lesson 06 on several machines, each of which runs this program.

    TF_CONFIG='{"cluster": {"worker": ["10.0.0.1:2222", "10.0.0.2:2222"]},
                "task": {"type": "worker", "index": 0}}' python -m helpers.scaling.worker

`TF_CONFIG` lists all machines and says which one this is; without it the program trains alone.
The step is that of lesson 09, word for word. The first machine is the chief: it prints the table
and keeps the checkpoints. Where one machine is lost the others stop, with exit status 3; while
TensorFlow starts its server they are killed instead, because nothing else can stop them then.
Started again, all go on from the last checkpoint. Status 2 is for a mistake in what was asked for.

**Only for a private network.** TensorFlow's server listens on every interface of the machine,
whatever address `TF_CONFIG` names, and asks nobody for a password.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from typing import Any

import tensorflow as tf

from helpers._internal.formatting import reason
from helpers.data import NUM_EXAMPLES, synthesize
from helpers.scaling.checkpoints import go_on, saver
from helpers.scaling.cluster import (
    ALONE,
    PEER_ERRORS,
    STARTING,
    Cluster,
    connect,
    leave,
    read_tf_config,
    timeout,
)
from helpers.scaling.options import read_options, require_chief_options
from helpers.training import LinearModel


def replica_step(
    model: Any, inputs: tf.Tensor, outputs: tf.Tensor, learning_rate: Any, num_examples: int
) -> tf.Tensor:
    """Take the step of lesson 06, in which each replica looks at its own share of the examples."""
    with tf.GradientTape() as tape:
        residuals = model(inputs) - outputs
        loss = tf.reduce_sum(tf.square(residuals)) / num_examples
    slopes = tape.gradient(loss, [model.W, model.b])
    dW, db = tf.distribute.get_replica_context().all_reduce("SUM", slopes)
    model.W.assign_sub(learning_rate * dW)
    model.b.assign_sub(learning_rate * db)
    return loss


@tf.function
def distributed_step(
    strategy: tf.distribute.Strategy,
    model: Any,
    inputs: Any,
    outputs: Any,
    learning_rate: Any,
    num_examples: int,
) -> tf.Tensor:
    """Have every replica take its step, and add up the parts of the loss."""
    arguments = (model, inputs, outputs, learning_rate, num_examples)
    parts = strategy.run(replica_step, args=arguments)
    return strategy.reduce("SUM", parts, axis=None)


class Training(LinearModel):
    """What a checkpoint holds: the line, and how many epochs it has been trained for."""

    def __init__(self, W: float = 5.0, b: float = 0.0, done: int = 0) -> None:
        super().__init__(W, b)
        self.done = tf.Variable(done, name="done", dtype=tf.int64, trainable=False)


def shared_out(strategy: tf.distribute.Strategy, options: argparse.Namespace) -> Iterator:
    """All examples in one batch, again and again; each machine gets its own part of them."""
    examples = synthesize(options.num_examples, noise=options.noise, seed=options.seed)
    dataset = tf.data.Dataset.from_tensor_slices(examples).batch(options.num_examples).repeat()
    sharding = tf.data.Options()
    sharding.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.DATA
    return iter(strategy.experimental_distribute_dataset(dataset.with_options(sharding)))


def train(cluster: Cluster, options: argparse.Namespace) -> None:
    """Train to the last epoch; on the chief, print the table."""
    folder = options.checkpoints if cluster.is_chief else None
    with timeout(options.start_up, cluster, STARTING):
        strategy = connect(cluster, options.start_up)
        start = Training()
        go_on(start, folder)
        with strategy.scope():
            # A Variable made in the scope starts with the chief's value on every machine.
            training = Training(start.W.numpy(), start.b.numpy(), start.done.numpy())
            require_chief_options(options)

    # All machines hold the same values, so it is enough that the chief saves its own.
    save = saver(training, folder)
    examples, learning_rate = shared_out(strategy, options), tf.constant(options.learning_rate)
    for epoch in range(training.done.numpy(), options.epochs):
        before = line(training, options)
        with timeout(options.patience, cluster, f"Epoch {epoch}"):
            inputs, outputs = next(examples)
            setting = (inputs, outputs, learning_rate, options.num_examples)
            loss = distributed_step(strategy, training, *setting).numpy()
        if cluster.is_chief:
            shown = f"{loss:.9g}" if options.exact else f"{loss:.5f}"
            print(f"Epoch {epoch:2d}: {before}, loss={shown}", flush=True)
        training.done.assign(epoch + 1)
        if (epoch + 1) % options.every == 0 or epoch + 1 == options.epochs:
            save(epoch + 1)

    with timeout(options.patience, cluster, "The end"), strategy.scope():
        tf.Variable(0.0)  # All make it together, so nobody leaves before the others are done.
    if cluster.is_chief:
        print(f"Trained: {line(training, options)}", flush=True)


def line(training: Training, options: argparse.Namespace) -> str:
    """The two parameters as they are now, for the table."""
    digits = ".9g" if options.exact else ".2f"
    return f"W={training.W.numpy():{digits}} b={training.b.numpy():{digits}}"


def main(arguments: list[str] | None = None) -> None:
    """Train; where that is impossible, say why in a sentence."""
    options = read_options(arguments, NUM_EXAMPLES)
    cluster = ALONE
    try:
        if os.environ.get("TF_CONFIG"):
            cluster = read_tf_config(os.environ["TF_CONFIG"])
        if options.num_examples < len(cluster.addresses):
            raise ValueError(f"{len(cluster.addresses)} machines need as many examples or more.")
        train(cluster, options)
    except (ValueError, TypeError) as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except (OSError, tf.errors.OpError) as error:  # such as a port that is already in use
        if isinstance(error, PEER_ERRORS) and cluster is not ALONE:
            leave(cluster, f"the training lost the others ({type(error).__name__})")
        print(f"Machine {cluster.index} stops: {reason(error)}", file=sys.stderr, flush=True)
        os._exit(1)  # The usual end would wait for the others.


if __name__ == "__main__":
    main()
