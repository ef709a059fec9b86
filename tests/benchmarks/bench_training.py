"""How fast `fit` is beside the loop of lesson 06, Keras, NumPy, and reading the data once.

    python tests/benchmarks/bench_training.py

Absolute times belong to a machine and an hour: what counts are the ratios, all of the same run.
"""

import subprocess
import sys
import time

from helpers import data, training  # first of all: it imports TensorFlow quietly

# isort: split
import numpy as np
import tensorflow as tf

# How many epochs: few of what is slow, as many of `fit` as take it some seconds.
SIZES = {1_000: (300, 1_000_000), 100_000: (100, 50_000), 10_000_000: (4, 500)}
# How many times as fast as NumPy a long training shall be, and how many times as long as reading
# the data once an epoch may take at most.
TIMES_NUMPY = {1_000: 4, 100_000: 1, 10_000_000: 2}
TIMES_READING = {10_000_000: 5}
# How many times as fast as the loop by hand 1,000 epochs shall be, start and all.
TIMES_THE_LOOP = {"first call of a process": 7, "later call": 10}
LEARNING_RATE = 0.1


# The lesson's own definitions, which look at nothing but the numbers.


class LinearModel(tf.Module):
    def __init__(self, W=5.0, b=0.0):
        self.W = tf.Variable(W)
        self.b = tf.Variable(b)

    def __call__(self, inputs):
        return self.W * inputs + self.b


def mean_squared_error(predicted, actual):
    return tf.reduce_mean(tf.square(predicted - actual))


def train_step(model, inputs, outputs, learning_rate):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(model(inputs), outputs)
    dW, db = tape.gradient(loss, [model.W, model.b])
    model.W.assign_sub(learning_rate * dW)
    model.b.assign_sub(learning_rate * db)
    return loss


def by_hand(inputs, outputs, epochs):
    model, Ws, bs, losses = LinearModel(), [], [], []
    for _ in range(epochs):
        Ws.append(model.W.numpy())
        bs.append(model.b.numpy())
        losses.append(train_step(model, inputs, outputs, LEARNING_RATE).numpy())
    return losses


def by_fit(inputs, outputs, epochs):
    model = training.LinearModel()
    return training.fit(model, inputs, outputs, learning_rate=LEARNING_RATE, epochs=epochs).loss


def by_numpy(inputs, outputs, epochs):
    W, b, Ws, bs, losses = np.float32(5.0), np.float32(0.0), [], [], []
    for _ in range(epochs):
        residuals = W * inputs + b - outputs
        Ws.append(W)
        bs.append(b)
        losses.append(np.mean(residuals * residuals))
        W = W - np.float32(2 * LEARNING_RATE) * np.mean(residuals * inputs)
        b = b - np.float32(2 * LEARNING_RATE) * np.mean(residuals)
    return losses


class ByKeras:
    """Compiled once, as a program would; each call goes on with the same model."""

    def __init__(self):
        self.model = tf.keras.Sequential([tf.keras.Input([1]), tf.keras.layers.Dense(1)])
        self.model.compile(optimizer=tf.keras.optimizers.SGD(LEARNING_RATE), loss="mse")

    def __call__(self, inputs, outputs, epochs):
        return self.model.fit(
            inputs[:, None],
            outputs[:, None],
            batch_size=len(inputs),
            epochs=epochs,
            shuffle=False,
            verbose=0,
        ).history["loss"]


def seconds(train, *arguments):
    start = time.perf_counter()
    train(*arguments)
    return time.perf_counter() - start


def seconds_an_epoch(runs, repeats=3):
    """The least seconds an epoch of each of several trainings, from the call to its return.

    They take turns, so that other programs on this machine slow all of them down, and the least
    counts of each, because other programs only ever add to it.
    """
    times = [
        [seconds(train, *examples, epochs) / epochs for train, examples, epochs in runs]
        for _ in range(repeats)
    ]
    return [min(of_one) for of_one in zip(*times, strict=True)]


def reading(inputs, outputs, epochs):
    """Reads all the data in each epoch and does next to nothing with them."""
    for _ in range(epochs):
        inputs @ outputs


def whole_training(train):
    return seconds(train, *data.synthesize(1_000), 1_000)


def first_call(name):
    """The seconds of 1,000 epochs as the first training of a new Python process."""
    command = [sys.executable, __file__, name]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def report(name, ratio, least=None, most=None):
    met = (least is None or ratio >= least) and (most is None or ratio <= most)
    aim = f"at least {least}" if most is None else f"at most {most}"
    print(f"  {name}: {ratio:.1f} times (aim: {aim}, {'met' if met else 'NOT MET'})", flush=True)


def main():
    print("Long trainings, all examples in one step, history kept; microseconds an epoch:")
    print(
        f"{'examples':>12} {'by hand':>10} {'Keras':>10} {'NumPy':>10} {'fit':>10} {'reading':>10}"
    )
    keras, measured = ByKeras(), {}
    for count, (few, many) in SIZES.items():
        tensors = data.synthesize(count)
        arrays = [values.numpy() for values in tensors]
        runs = [(by_hand, tensors, few), (keras, arrays, min(few, 20))]
        runs += [(by_numpy, arrays, 10 * few), (by_fit, tensors, many), (reading, arrays, 10 * few)]
        measured[count] = seconds_an_epoch(runs)
        print(f"{count:12,}", *(f"{1e6 * each:10,.1f}" for each in measured[count]), flush=True)

    print("\nThe speed of fit beside NumPy:")
    for count, times in TIMES_NUMPY.items():
        *_, by_numpy_, fit, _ = measured[count]
        report(f"{count:,} examples", by_numpy_ / fit, least=times)
    print("An epoch of fit beside reading the data once:")
    for count, times in TIMES_READING.items():
        *_, fit, read = measured[count]
        report(f"{count:,} examples", fit / read, most=times)
    print("The speed of fit beside the loop by hand, 1,000 examples, 1,000 epochs, start and all:")
    first = [(first_call("hand"), first_call("fit")) for _ in range(3)]
    later = [(whole_training(by_hand), whole_training(by_fit)) for _ in range(5)]
    for (name, times), pairs in zip(TIMES_THE_LOOP.items(), (first, later), strict=True):
        report(name, ratio_of_the_least(pairs), least=times)


def ratio_of_the_least(pairs):
    return min(hand for hand, _ in pairs) / min(fit for _, fit in pairs)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        print(whole_training({"hand": by_hand, "fit": by_fit}[sys.argv[1]]))
    else:
        main()
