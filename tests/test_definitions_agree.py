"""What a lesson defines and what `helpers` remembers are the same."""

import ast
import importlib.util
import json

import numpy as np
import pytest
import tensorflow as tf

from helpers import data, training

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
