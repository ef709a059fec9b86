"""How fast `fit` is beside the loop of lesson 06, Keras and NumPy, all in the same run.

    python tests/benchmarks/bench_training.py

Absolute times belong to a machine and an hour: what counts is the ratio to the loop by hand.
"""

import subprocess
import sys
import time

from helpers import data, training  # first of all: it imports TensorFlow quietly

# isort: split
import numpy as np
import tensorflow as tf

# How many epochs: few of what is slow, more of `fit`.
SIZES = {1_000: (300, 10_000), 100_000: (100, 1_000), 10_000_000: (4, 8)}
AIMS = {"an epoch": 50, "first call": 5, "later call": 10}
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


def seconds_an_epoch(runs, repeats=4):
    """What more epochs cost each of several trainings, what happens once in each left out.

    They take turns, so that other programs on this machine slow all of them down, and the least
    counts of each, because other programs only ever add to it.
    """
    short, long = ([[] for _ in runs] for _ in range(2))
    for _ in range(repeats):
        for place, (train, examples, epochs) in enumerate(runs):
            short[place].append(seconds(train, *examples, 1))
            long[place].append(seconds(train, *examples, 1 + epochs))
    return [
        (min(long[place]) - min(short[place])) / epochs for place, (*_, epochs) in enumerate(runs)
    ]


def whole_training(train):
    return seconds(train, *data.synthesize(1_000), 1_000)


def first_call(name):
    """The seconds of 1,000 epochs as the first training of a new Python process."""
    command = [sys.executable, __file__, name]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def report_aim(name, ratio):
    met = "met" if ratio >= AIMS[name] else "NOT MET"
    print(f"  {name}: {ratio:.1f} times the speed of the loop by hand; aim {AIMS[name]}: {met}")


def main():
    print("An epoch, all examples in one step, history kept (times the speed of the loop by hand):")
    print(f"{'examples':>12} {'by hand':>12} {'fit':>8} {'Keras':>8} {'NumPy':>8}")
    of_an_epoch = {}
    keras = ByKeras()
    for count, (few, many) in SIZES.items():
        tensors = data.synthesize(count)
        arrays = [values.numpy() for values in tensors]
        runs = [(by_hand, tensors, few), (by_fit, tensors, many)]
        runs += [(keras, arrays, min(few, 20)), (by_numpy, arrays, few)]
        hand, *others = seconds_an_epoch(runs)
        of_an_epoch[count] = hand / others[0]
        ratios = " ".join(f"{hand / other:8.2f}" for other in others)
        print(f"{count:12,} {hand * 1e6:9,.0f} us {ratios}", flush=True)

    print("\n1,000 examples:")
    report_aim("an epoch", of_an_epoch[1_000])
    print("1,000 examples, 1,000 epochs, from the call to its return:")
    first = [(first_call("hand"), first_call("fit")) for _ in range(3)]
    report_aim("first call", ratio_of_the_least(first))
    later = [(whole_training(by_hand), whole_training(by_fit)) for _ in range(5)]
    report_aim("later call", ratio_of_the_least(later))


def ratio_of_the_least(pairs):
    return min(hand for hand, _ in pairs) / min(fit for _, fit in pairs)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        print(whole_training({"hand": by_hand, "fit": by_fit}[sys.argv[1]]))
    else:
        main()
