"""The training of lesson 06 on several machines, each of which runs this program.

    TF_CONFIG='{"cluster": {"worker": ["10.0.0.1:2222", "10.0.0.2:2222"]},
                "task": {"type": "worker", "index": 0}}' python -m helpers.worker

`TF_CONFIG` lists all machines and says which one this is; without it the program trains alone.
The first machine is the chief: it prints the table and keeps the checkpoints. Where one machine
is lost the others stop, with exit status 3; started again, all go on from the last checkpoint.
Status 2 is for a mistake in what was asked for.

**Only for a private network.** TensorFlow's server listens on every interface of the machine,
whatever address `TF_CONFIG` names, and asks nobody for a password.
"""

import argparse
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import tensorflow as tf

from helpers.data import NUM_EXAMPLES, synthesize
from helpers.machinery import worker_options
from helpers.machinery.cluster import Cluster, leave, meet, no_longer_than, read_tf_config
from helpers.machinery.describing import reason
from helpers.training import LinearModel, mean_squared_error, restore

# What TensorFlow raises when another machine is gone, or has been started anew meanwhile.
LOST = (
    tf.errors.UnavailableError,
    tf.errors.AbortedError,
    tf.errors.CancelledError,
    tf.errors.DeadlineExceededError,
    tf.errors.InternalError,
    tf.errors.FailedPreconditionError,
)
ALONE = Cluster(("this machine",), 0)


class Training(LinearModel):
    """What a checkpoint holds: the line, and how many epochs it has been trained for."""

    def __init__(self, W: float = 5.0, b: float = 0.0, done: int = 0) -> None:
        super().__init__(W, b)
        self.done = tf.Variable(done, name="done", dtype=tf.int64, trainable=False)


def last_checkpoint(folder: Path | None) -> Training:
    """Read the newest whole checkpoint; where there is none, start anew."""
    training = Training()
    state = tf.train.get_checkpoint_state(folder) if folder else None
    for path in reversed(state.all_model_checkpoint_paths if state else []):
        try:
            restore(training, path)
        except ValueError as error:
            print(f"Passed over: {error}", flush=True)
        else:
            print(f"Going on from {Path(path).name}.", flush=True)
            break
    return training


def training_step(strategy: tf.distribute.Strategy, model: LinearModel, options: Any) -> Callable:
    """Make the step of lesson 06, in which each machine looks at its own share of the examples."""

    def slopes(inputs: tf.Tensor, outputs: tf.Tensor) -> list[tf.Tensor]:
        share = tf.cast(tf.size(inputs), tf.float32) / options.num_examples
        with tf.GradientTape() as tape:
            loss = share * mean_squared_error(model(inputs), outputs)
        here = [loss, *tape.gradient(loss, [model.W, model.b])]
        return tf.distribute.get_replica_context().all_reduce("sum", here)

    @tf.function
    def step(inputs: tf.Tensor, outputs: tf.Tensor) -> tf.Tensor:
        everywhere = strategy.run(slopes, args=(inputs, outputs))
        # After the sum all have the same numbers: the first is as good as any.
        loss, dW, db = (strategy.experimental_local_results(each)[0] for each in everywhere)
        model.W.assign_sub(options.learning_rate * dW)
        model.b.assign_sub(options.learning_rate * db)
        return loss

    return step


def shared_out(strategy: tf.distribute.Strategy, options: argparse.Namespace) -> Iterator:
    """All examples in one batch, again and again; each machine gets its own part of them."""
    examples = synthesize(options.num_examples, noise=options.noise, seed=options.seed)
    dataset = tf.data.Dataset.from_tensor_slices(examples).batch(options.num_examples).repeat()
    sharding = tf.data.Options()
    sharding.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.DATA
    return iter(strategy.experimental_distribute_dataset(dataset.with_options(sharding)))


def train(cluster: Cluster, options: argparse.Namespace) -> None:
    """Train to the last epoch; on the chief, print the table."""
    with no_longer_than(options.start_up, cluster, "Waiting for all machines to start"):
        strategy = connect(cluster, options.start_up)
        start = last_checkpoint(options.checkpoints if cluster.is_chief else None)
        with strategy.scope():
            # A Variable made in the scope starts with the chief's value on every machine.
            training = Training(start.W.numpy(), start.b.numpy(), start.done.numpy())
            wanted = worker_options.shared(options)
            chiefs = tf.Variable(wanted, dtype=tf.float64).numpy().tolist()
    if wanted != chiefs:
        names = ", ".join(worker_options.SHARED)
        raise ValueError(f"This machine was given other options ({names}) than the chief.")

    save = saver(training, cluster, options)
    examples, step = shared_out(strategy, options), training_step(strategy, training, options)
    digits = ".9g" if options.exact else ".2f"
    for epoch in range(training.done.numpy(), options.epochs):
        W, b = training.W.numpy(), training.b.numpy()
        with no_longer_than(options.patience, cluster, f"Epoch {epoch}"):
            loss = step(*next(examples)).numpy()
        if cluster.is_chief:
            shown = f"{loss:.9g}" if options.exact else f"{loss:.5f}"
            print(f"Epoch {epoch:2d}: W={W:{digits}} b={b:{digits}}, loss={shown}", flush=True)
        training.done.assign(epoch + 1)
        if (epoch + 1) % options.every == 0 or epoch + 1 == options.epochs:
            save(epoch + 1)
    with no_longer_than(options.patience, cluster, "The end"), strategy.scope():
        tf.Variable(0.0)  # Made together: nobody leaves before the others are here.
    if cluster.is_chief:
        W, b = training.W.numpy(), training.b.numpy()
        print(f"Trained: W={W:{digits}} b={b:{digits}}", flush=True)


def connect(cluster: Cluster, seconds: float) -> tf.distribute.Strategy:
    """Wait for the others, so many seconds, and start this machine's server."""
    if cluster is ALONE:
        return tf.distribute.get_strategy()
    meet(cluster, seconds)
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    for wish_to_end in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wish_to_end, signal.SIG_DFL)  # TensorFlow's server ignores the first.
    return strategy


def saver(training: Training, cluster: Cluster, options: argparse.Namespace) -> Callable:
    """Make the function that saves, on every machine: what is saved may need them all.

    Only the chief's files count. They are whole before the list of checkpoints names them.
    """
    if not options.checkpoints:
        return lambda epoch: None
    folder = options.checkpoints
    if not cluster.is_chief:
        folder = folder / f"not_used_{cluster.index}"
        shutil.rmtree(folder, ignore_errors=True)
    manager = tf.train.CheckpointManager(tf.train.Checkpoint(model=training), folder, max_to_keep=3)

    def save(epoch: int) -> None:
        try:
            manager.save(checkpoint_number=epoch)
        except tf.errors.OpError as error:
            raise OSError(f"The checkpoint could not be written: {reason(error)}") from None
        if not cluster.is_chief:
            shutil.rmtree(folder, ignore_errors=True)

    return save


def main(arguments: list[str] | None = None) -> None:
    """Train; where that is impossible, say why in a sentence."""
    options = worker_options.read(arguments, NUM_EXAMPLES)
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
    except LOST as error:
        leave(cluster, f"the training lost the others ({type(error).__name__})")
    except (OSError, tf.errors.OpError) as error:  # such as a port that is taken
        print(f"Machine {cluster.index} stops: {reason(error)}", file=sys.stderr, flush=True)
        os._exit(1)  # The usual end would wait for the others.


if __name__ == "__main__":
    main()
