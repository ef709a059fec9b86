"""What a lesson defines and what `helpers` remembers are the same."""

import ast
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from helpers import data, training
from helpers.scaling import shards, worker

INPUTS, OUTPUTS = data.synthesize(50, seed=4)
STARTS = [(5.0, 0.0), (-1.25, 3.5), (0.0, 0.0)]


def code_cells(root, lesson):
    (path,) = root.glob(f"notebooks/{lesson}_*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        code = "".join(cell["source"])
        if cell["cell_type"] == "code" and "%pip" not in code:
            yield ast.parse(code)


def names_in(statement):
    if isinstance(statement, ast.Assign):
        return [target.id for target in statement.targets if isinstance(target, ast.Name)]
    return [getattr(statement, "name", None)]


@pytest.fixture
def lesson_s(root, tmp_path):
    """The last definition that a lesson gives to a name, run in a module with these others."""

    def define(lesson, *names, **others):
        source = {}
        for cell in code_cells(root, lesson):
            for statement in cell.body:
                source |= {name: ast.unparse(statement) for name in names_in(statement)}
        file = tmp_path / f"lesson_{lesson}.py"
        file.write_text("\n\n".join(source[name] for name in names), encoding="utf-8")
        spec = importlib.util.spec_from_file_location(file.stem, file)
        module = importlib.util.module_from_spec(spec)
        vars(module).update({"tf": tf, "np": np}, **others)
        spec.loader.exec_module(module)
        return module

    return define


@pytest.mark.parametrize(("W", "b"), STARTS)
def test_the_model(lesson_s, W, b):
    theirs, ours = lesson_s("03", "LinearModel").LinearModel(W, b), training.LinearModel(W, b)
    np.testing.assert_array_equal(theirs(INPUTS), ours(INPUTS))
    assert len(theirs.trainable_variables) == len(ours.trainable_variables) == 2


def test_the_model_s_start(lesson_s):
    theirs, ours = lesson_s("03", "LinearModel").LinearModel(), training.LinearModel()
    assert [theirs.W.numpy(), theirs.b.numpy()] == [ours.W.numpy(), ours.b.numpy()] == [5.0, 0.0]


def test_the_loss_and_its_slope(lesson_s):
    results = []
    for loss in (lesson_s("04", "mean_squared_error").mean_squared_error, None):
        loss = loss or training.mean_squared_error
        with tf.GradientTape() as tape:
            tape.watch(INPUTS)
            value = loss(INPUTS, OUTPUTS)
        results.append([value, *tape.gradient(value, INPUTS)])
    np.testing.assert_array_equal(*results)


def test_the_data(lesson_s):
    names = ["TRUE_W", "TRUE_B", "NUM_EXAMPLES", "inputs", "noise", "outputs"]
    theirs = lesson_s("05", *names)
    for name in names[:3]:
        assert getattr(theirs, name) == getattr(data, name)
    inputs, outputs = data.synthesize()
    np.testing.assert_array_equal(theirs.inputs, inputs)
    np.testing.assert_array_equal(theirs.outputs, outputs)


@pytest.mark.parametrize(("W", "b"), STARTS)
def test_the_step(lesson_s, W, b):
    loss = lesson_s("04", "mean_squared_error").mean_squared_error
    train_step = lesson_s("06", "train_step", mean_squared_error=loss).train_step
    theirs, ours = lesson_s("03", "LinearModel").LinearModel(W, b), training.LinearModel(W, b)
    for _ in range(5):
        values = [
            train_step(theirs, INPUTS, OUTPUTS, 0.1),
            training.train_step(ours, INPUTS, OUTPUTS, 0.1),
        ]
        np.testing.assert_allclose(*values, rtol=1e-6)
    np.testing.assert_allclose([theirs.W, theirs.b], [ours.W, ours.b], rtol=1e-6)


def test_the_loop(lesson_s):
    theirs = lesson_s(
        "06",
        *("train_step", "record"),
        mean_squared_error=training.mean_squared_error,
        History=training.History,
    )
    setting = {"learning_rate": 0.1, "epochs": 10}
    slow = theirs.record(training.LinearModel(), INPUTS, OUTPUTS, **setting)
    fast = training.fit(training.LinearModel(), INPUTS, OUTPUTS, **setting)
    for name in ("W", "b", "loss"):
        np.testing.assert_allclose(getattr(slow, name), getattr(fast, name), rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("name", ["LineLayer", "LoadableLine", "KerasVariables"])
def test_the_layer(lesson_s, name):
    theirs, ours = getattr(lesson_s("08", name, keras=keras), name)(), training.LinearModel()
    for _ in range(3):
        losses = [training.train_step(model, INPUTS, OUTPUTS, 0.1) for model in (theirs, ours)]
        np.testing.assert_allclose(*losses, rtol=1e-6)
    np.testing.assert_allclose([theirs.W, theirs.b], [ours.W, ours.b], rtol=1e-6)


def test_plain_descent(lesson_s):
    pairs = [[tf.Variable(4.0), tf.Variable(-1.5)] for _ in range(2)]
    steps = lesson_s("08", "descend").descend, keras.optimizers.SGD(learning_rate=0.02).apply
    for slopes in ([51.0, -7.0], [40.0, -6.0], [-12.0, 3.0]):
        for step, pair in zip(steps, pairs, strict=True):
            step([tf.constant(slope) for slope in slopes], pair)
    np.testing.assert_allclose(*pairs, rtol=1e-6)


def test_momentum(lesson_s):
    theirs = lesson_s("08", "momentum_step").momentum_step
    variable, same = tf.Variable([4.0, -1.0]), tf.Variable([4.0, -1.0])
    velocity = tf.Variable([0.0, 0.0])
    library = keras.optimizers.SGD(learning_rate=0.1, momentum=0.7)
    for slope in ([3.0, -2.0], [1.0, 5.0], [-4.0, 0.5]):
        theirs(variable, velocity, tf.constant(slope), learning_rate=0.1, momentum=0.7)
        library.apply([tf.constant(slope)], [same])
    np.testing.assert_allclose(variable, same, rtol=1e-6)


@pytest.mark.parametrize("epsilon", [1e-7, 1.0])
def test_adam(lesson_s, epsilon):
    lesson = lesson_s("08", "TextbookAdam", "KerasAdam")
    library = keras.optimizers.Adam(learning_rate=0.2, epsilon=epsilon)
    steps = [library, *(kind(0.2, epsilon) for kind in (lesson.KerasAdam, lesson.TextbookAdam))]
    ends = []
    for step in steps:
        pair = [tf.Variable(4.0), tf.Variable(-1.5)]
        for slopes in ([51.0, -7.0], [40.0, -6.0], [-12.0, 3.0]):
            step.apply([tf.constant(slope) for slope in slopes], pair)
        ends.append([variable.numpy() for variable in pair])
    np.testing.assert_allclose(ends[1], ends[0], rtol=1e-5)
    assert np.allclose(ends[2], ends[0], rtol=1e-4) == (epsilon < 1)


def test_the_step_inside_keras(lesson_s):
    error = training.mean_squared_error
    kind = lesson_s("08", "OurLoop", keras=keras, mean_squared_error=error).OurLoop
    model = kind([keras.Input(shape=(1,)), keras.layers.Dense(1)])
    model.set_weights([np.array([[5.0]]), np.array([0.0])])
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.1))
    columns = INPUTS[:, None], OUTPUTS[:, None]
    setting = {"batch_size": 50, "shuffle": False, "verbose": 0}
    shown = model.fit(*columns, epochs=4, **setting).history["our_loss"]
    ours = training.fit(training.LinearModel(), INPUTS, OUTPUTS, learning_rate=0.1, epochs=4)
    np.testing.assert_allclose(shown, ours.loss, rtol=1e-5)


def test_the_step_that_lesson_09_begins_with(lesson_s):
    of_06, of_09 = (Path(lesson_s(each, "train_step").__file__) for each in ("06", "09"))
    assert of_09.read_text(encoding="utf-8") == of_06.read_text(encoding="utf-8")


def test_the_shards(lesson_s, tmp_path):
    theirs = lesson_s("09", "write_shard", "to_block", "read_shards")
    inputs, outputs = data.synthesize(5432, seed=1)
    ours, both = tmp_path / "ours", []
    shards.write_shard(ours, inputs, outputs)
    theirs.write_shard(tmp_path / "theirs", inputs, outputs)
    assert (tmp_path / "theirs").read_bytes() == ours.read_bytes()
    for read_shards in (theirs.read_shards, shards.read_shards):
        batches = list(read_shards([str(ours), str(tmp_path / "theirs")], 100, seed=3))
        both.append([np.concatenate(part) for part in zip(*batches, strict=True)])
    np.testing.assert_array_equal(*both)


def bare(source, name):
    """A function without what only `helpers` has: its docstring and its annotations."""
    (found,) = (each for each in ast.parse(source).body if getattr(each, "name", "") == name)
    for argument in found.args.args:
        argument.annotation = None
    found.returns = None
    if ast.get_docstring(found):
        del found.body[0]
    return ast.unparse(found)


@pytest.mark.parametrize("name", ["replica_step", "distributed_step"])
def test_the_step_of_the_workers_word_for_word(lesson_s, name):
    theirs = Path(lesson_s("09", name).__file__).read_text(encoding="utf-8")
    ours = Path(worker.__file__).read_text(encoding="utf-8")
    assert bare(theirs, name) == bare(ours, name)


def test_what_the_workers_print_is_shown(root):
    """Lesson 09 starts none. Alone, without a server, the program prints what several print:
    tests/faults compares these lines with those of two real workers.
    """
    (path,) = root.glob("notebooks/09_*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    (shown,) = [t for cell in cells if "```text\nEpoch" in (t := "".join(cell["source"]))]
    alone = {name: value for name, value in os.environ.items() if name != "TF_CONFIG"}
    command = [sys.executable, "-m", "helpers.scaling.worker"]
    done = subprocess.run(command, env=alone, capture_output=True, text=True, check=True)
    assert f"```text\n{done.stdout}```" in shown
    history = training.fit(training.LinearModel(W=5.0, b=0.0), *data.synthesize(), epochs=10)
    assert done.stdout.startswith(f"{history}\n")
