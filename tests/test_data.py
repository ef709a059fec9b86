"""The data are what lesson 05 says they are."""

import numpy as np
import pytest
import tensorflow as tf

from helpers.data import NUM_EXAMPLES, TRUE_B, TRUE_W, hubble, synthesize
from helpers.training import LinearModel, mean_squared_error


def test_the_lesson_s_formula():
    inputs, outputs = synthesize()
    noise = tf.random.stateless_normal([NUM_EXAMPLES], seed=[0, 2])
    np.testing.assert_array_equal(inputs, tf.random.stateless_normal([1000], seed=[0, 1]))
    np.testing.assert_array_equal(outputs, inputs * TRUE_W + TRUE_B + noise)


def test_arguments():
    inputs, outputs = synthesize(5, W=-1.5, b=4.0, noise=0.5, seed=7)
    np.testing.assert_array_equal(inputs, tf.random.stateless_normal([5], seed=[7, 1]))
    noise = 0.5 * tf.random.stateless_normal([5], seed=[7, 2])
    np.testing.assert_allclose(outputs, inputs * -1.5 + 4.0 + noise, rtol=1e-6)


def test_two_float32_tensors():
    for tensor in synthesize(3):
        assert isinstance(tensor, tf.Tensor)
        assert (tensor.dtype, tensor.shape) == (tf.float32, [3])


def test_the_same_every_time_and_another_with_another_seed():
    np.testing.assert_array_equal(synthesize(seed=3), synthesize(seed=3))
    assert not np.any(np.equal(synthesize(seed=3)[0], synthesize(seed=4)[0]))


def test_the_first_loss_is_near_what_the_lesson_expects():
    inputs, outputs = synthesize()
    assert mean_squared_error(LinearModel()(inputs), outputs).numpy() == pytest.approx(9.26289)


def test_statistics():
    inputs, outputs = synthesize(100_000, noise=0.5)
    errors = outputs - (TRUE_W * inputs + TRUE_B)
    assert np.mean(inputs) == pytest.approx(0, abs=0.02)
    assert np.std(inputs) == pytest.approx(1, abs=0.02)
    assert np.mean(errors) == pytest.approx(0, abs=0.01)
    assert np.std(errors) == pytest.approx(0.5, abs=0.01)
    assert np.corrcoef(inputs, errors)[0, 1] == pytest.approx(0, abs=0.02)


def test_without_noise_the_line_is_exact():
    inputs, outputs = synthesize(100, noise=0)
    np.testing.assert_array_equal(outputs, inputs * TRUE_W + TRUE_B)


def test_a_negative_spread_is_refused():
    with pytest.raises(ValueError, match=r"noise .* cannot be negative; got -1"):
        synthesize(noise=-1.0)


def test_hubble_s_table():
    distance, velocity = hubble()
    assert (distance.shape, velocity.shape) == ([24], [24])
    assert (distance.dtype, velocity.dtype) == (tf.float32, tf.float32)
    assert (distance[0], velocity[0]) == (np.float32(0.032), 170)
    assert (distance[-1], velocity[-1]) == (2.0, 1090)
    assert int(np.sum(velocity < 0)) == 5


def test_hubble_s_line_is_the_one_in_the_literature():
    W, b = np.polyfit(*(column.numpy().astype(float) for column in hubble()), deg=1)
    assert pytest.approx(454.158, abs=1e-3) == W
    assert b == pytest.approx(-40.784, abs=1e-3)
