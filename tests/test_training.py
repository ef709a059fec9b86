"""Model, loss and step, against NumPy and the formulas of the lessons."""

import numpy as np
import pytest
import tensorflow as tf

from helpers.data import hubble, synthesize
from helpers.training import (
    History,
    LinearModel,
    mean_squared_error,
    stable_learning_rate,
    train_step,
)


def test_the_model_is_a_line_that_starts_at_5_and_0():
    model = LinearModel()
    assert model(3.0).numpy() == 15.0
    assert isinstance(model, tf.Module)
    assert [variable.numpy() for variable in model.trainable_variables] == [5.0, 0.0]


def test_a_batch_in_a_batch_out():
    model = LinearModel(W=2.0, b=1.0)
    np.testing.assert_array_equal(model([0.0, 1.0, 2.0]), [1.0, 3.0, 5.0])
    assert model(tf.ones([2, 3])).shape == [2, 3]


def test_the_model_says_what_it_is():
    assert repr(LinearModel(W=2.0, b=-1.0)) == "LinearModel(W=2.00, b=-1.00)"


def test_the_model_inside_a_graph():
    model = LinearModel(W=2.0, b=1.0)
    assert tf.function(model)(tf.constant(3.0)).numpy() == 7.0


def test_mean_squared_error_is_numpy_s():
    predicted, actual = np.random.default_rng(0).normal(size=[2, 50]).astype(np.float32)
    wanted = np.mean((predicted - actual) ** 2)
    np.testing.assert_allclose(mean_squared_error(predicted, actual), wanted, rtol=1e-6)


def test_mean_squared_error_refuses_to_stretch():
    with pytest.raises(ValueError, match=r"predicted has \[5, 1\] and actual has \[5\].*squeeze"):
        mean_squared_error(tf.ones([5, 1]), tf.ones([5]))


def test_a_step_is_the_formula():
    x, y = (values.numpy().astype(np.float64) for values in synthesize(100))
    model = LinearModel(W=5.0, b=0.5)
    residuals = 5.0 * x + 0.5 - y
    loss = train_step(model, x, y, learning_rate=0.1)
    np.testing.assert_allclose(loss, np.mean(residuals**2), rtol=1e-5)
    np.testing.assert_allclose(model.W, 5.0 - 0.1 * np.mean(2 * residuals * x), rtol=1e-6)
    np.testing.assert_allclose(model.b, 0.5 - 0.1 * np.mean(2 * residuals), rtol=1e-5)


def test_a_step_with_another_loss():
    def mean_absolute_error(predicted, actual):
        return tf.reduce_mean(tf.abs(predicted - actual))

    model = LinearModel(W=5.0, b=0.0)
    loss = train_step(model, [1.0, 2.0], [0.0, 0.0], 0.1, mean_absolute_error)
    assert loss.numpy() == 7.5
    np.testing.assert_allclose([model.W, model.b], [5.0 - 0.15, -0.1], rtol=1e-6)


@pytest.mark.parametrize("inputs", [synthesize()[0], hubble()[0], [3.0], [-2.0, 7.0]])
def test_the_stable_learning_rate_is_two_over_the_largest_curvature(inputs):
    x = np.asarray(inputs, np.float64)
    columns = np.stack([x, np.ones_like(x)], axis=1)
    curvature = np.max(np.linalg.eigvals(2 * columns.T @ columns / len(x)).real)
    assert stable_learning_rate(inputs) == pytest.approx(2 / curvature)


@pytest.mark.parametrize(("part", "shrinks"), [(0.99, True), (1.01, False)])
def test_the_stable_learning_rate_parts_convergence_from_growth(part, shrinks):
    inputs, outputs = synthesize(50, noise=0)
    model = LinearModel()
    rate = part * stable_learning_rate(inputs)
    losses = [train_step(model, inputs, outputs, rate).numpy() for _ in range(100)]
    assert (losses[-1] < losses[50] < losses[25]) == shrinks
    assert (losses[-1] > losses[50] > losses[25]) != shrinks


def test_a_history_prints_the_tutorial_s_table():
    history = History([9.0, 6.25], W=[5.0, 4.6], b=[0.0, 0.4])
    assert str(history) == (
        "Epoch  0: W=5.00 b=0.00, loss=9.00000\nEpoch  1: W=4.60 b=0.40, loss=6.25000"
    )
    assert repr(history) == "History(2 epochs, loss 9 to 6.25)"


def test_a_history_without_a_line_prints_its_losses():
    assert str(History([2.0, 1.0])) == "Epoch  0: loss=2.00000\nEpoch  1: loss=1.00000"


def test_a_long_history_is_shortened():
    twenty, longer = (str(History(np.ones(count))).splitlines() for count in (20, 1000))
    assert len(twenty) == 20
    assert len(longer) == 16
    assert longer[9:12] == ["Epoch  9: loss=1.00000", "  ...", "Epoch 995: loss=1.00000"]
    assert longer[-1] == "Epoch 999: loss=1.00000"


def test_an_enormous_loss_is_printed_short():
    assert str(History([1.5e30])) == "Epoch  0: loss=1.50000e+30"


def test_a_history_takes_the_lists_of_a_loop():
    history = History([tf.constant(2.0), 1.0], W=[np.float32(1), 2], b=[0, 0])
    for values in (history.loss, history.W, history.b):
        assert isinstance(values, np.ndarray)
        assert values.dtype == np.float32


def test_a_history_of_uneven_lists_is_refused():
    with pytest.raises(ValueError, match="2 loss and 1 W"):
        History([2.0, 1.0], W=[5.0], b=[0.0, 0.0])
