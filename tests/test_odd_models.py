"""Models and losses that cannot be trained are refused in words, and stay as they were."""

import logging
import re

import numpy as np
import pytest
import tensorflow as tf

from helpers.data import synthesize
from helpers.training import LinearModel, fit, mean_squared_error, train_step

DATA = synthesize(20)


class Line(tf.Module):
    """What each odd model below is but for one thing."""

    def __init__(self):
        self.W = tf.Variable(5.0, name="slope")
        self.b = tf.Variable(0.0, name="shift")

    def __call__(self, inputs):
        return self.W * inputs + self.b


class WithoutVariables(tf.Module):
    def __call__(self, inputs):
        return 3.0 * inputs


class WithAnUnusedVariable(Line):
    def __call__(self, inputs):
        return self.W * inputs


class OutsideTensorFlow(Line):
    def __call__(self, inputs):
        return tf.constant(self.W.numpy() * inputs.numpy())


class Raises(Line):
    def __call__(self, inputs):
        missing = self.W * inputs + self.c
        return missing


class MixesShapes(Line):
    def __call__(self, inputs):
        return tf.constant([1.0, 2.0, 3.0]) * inputs


class ReturnsNumPy(Line):
    def __call__(self, inputs):
        return np.ones(20, np.float32)


class ReturnsInt(Line):
    def __call__(self, inputs):
        return 1


class ReturnsNothing(Line):
    def __call__(self, inputs):
        self.W * inputs + self.b


class ReturnsAColumn(Line):
    def __call__(self, inputs):
        return tf.reshape(super().__call__(inputs), [-1, 1])


class ReturnsOneNumber(Line):
    def __call__(self, inputs):
        return tf.reduce_mean(super().__call__(inputs))


class ReturnsFloat64(Line):
    def __call__(self, inputs):
        return tf.cast(super().__call__(inputs), tf.float64)


class InFloat64(tf.Module):
    def __init__(self):
        self.W = tf.Variable(5.0, dtype=tf.float64)

    def __call__(self, inputs):
        return self.W * inputs


class StartsAsNan(Line):
    def __init__(self):
        super().__init__()
        self.W.assign(float("nan"))


class ListsNumbers(Line):
    trainable_variables = (5.0, 0.0)


class ListsNothingUseful(Line):
    trainable_variables = 7


class ListRaises(Line):
    @property
    def trainable_variables(self):
        raise RuntimeError("no list today")


class NotCallable(tf.Module):
    def __init__(self):
        self.W = tf.Variable(5.0)


def plain_function(inputs):
    return 3.0 * inputs


# A model, the error, and what it says.
MODELS = [
    (lambda: Line, TypeError, r"write `Line\(\)`, with brackets"),
    (lambda: plain_function, TypeError, "list its Variables in `trainable_variables`"),
    (NotCallable, TypeError, "model must be callable"),
    (WithoutVariables, ValueError, "no trainable Variables, so there is nothing to learn"),
    (WithAnUnusedVariable, ValueError, r"does not depend on the model's Variable shift:0"),
    (OutsideTensorFlow, ValueError, r"does not depend on the model's Variable slope:0"),
    (Raises, ValueError, r"AttributeError.*at `missing = self.W \* inputs \+ self.c`"),
    (MixesShapes, ValueError, r"model\(inputs\) failed.*at `return tf.constant\(\[1.0"),
    (ReturnsNumPy, TypeError, r"model\(inputs\) must return a float32 tensor.*ndarray"),
    (ReturnsInt, TypeError, r"model\(inputs\) must return a float32 tensor.*1 \(int\)"),
    (ReturnsNothing, TypeError, r"model\(inputs\) must return a float32 tensor.*None"),
    (ReturnsAColumn, ValueError, r"model\(inputs\) has \[20, 1\] and outputs has \[20\]"),
    (ReturnsOneNumber, ValueError, r"model\(inputs\) has \[\] and outputs has \[20\]"),
    (ReturnsFloat64, TypeError, r"model\(inputs\) must return a float32 tensor.*float64"),
    (InFloat64, ValueError, r"model\(inputs\) failed.*at `return self.W \* inputs`"),
    (StartsAsNan, ValueError, "slope:0 is nan or infinite before training"),
    (ListsNumbers, TypeError, "trainable_variables must be a list of tf.Variables"),
    (ListsNothingUseful, TypeError, "trainable_variables must be a list of tf.Variables"),
    (ListRaises, TypeError, "trainable_variables must be a list of tf.Variables.*no list today"),
]


def values_of(model):
    return [float(model.W), float(model.b)] if isinstance(model, Line) else []


@pytest.mark.parametrize("train", [fit, lambda *data: train_step(*data, 0.1)], ids=["fit", "step"])
@pytest.mark.parametrize(("make", "kind", "words"), MODELS, ids=[case[2][:30] for case in MODELS])
def test_a_model_that_cannot_be_trained(train, make, kind, words):
    model = make()
    before = values_of(model)
    with pytest.raises(kind) as caught:
        train(model, *DATA)
    assert re.search(words, str(caught.value)), caught.value
    np.testing.assert_array_equal(values_of(model), before)


def test_numbers_that_do_not_belong_to_a_line():
    with pytest.raises(ValueError, match=r"shape \[N\] or \[N, 1\].*got shape \[5, 3\]"):
        fit(LinearModel(), tf.ones([5, 3]), tf.ones([5, 3]))


def none(predicted, actual):
    return None


def python_float(predicted, actual):
    return 1.0


def numpy_number(predicted, actual):
    return np.float32(1.0)


def vector(predicted, actual):
    return tf.square(predicted - actual)


def whole_number(predicted, actual):
    return tf.constant(1)


def not_a_number(predicted, actual):
    return tf.reduce_mean(tf.math.log(-tf.square(predicted - actual)))


def too_large(predicted, actual):
    return 1e38 * tf.reduce_sum(tf.square(predicted - actual))


def constant(predicted, actual):
    return tf.constant(1.0)


def one_argument(predicted):
    return tf.reduce_mean(predicted)


def raises(predicted, actual):
    return tf.reduce_mean(predicted - "actual")


LOSSES = [
    (none, TypeError, "None"),
    (python_float, TypeError, r"1.0 \(float\)"),
    (numpy_number, TypeError, r"must return a tensor"),
    (vector, ValueError, r"must return one number; got .* of shape \[20\].*reduce_mean"),
    (whole_number, TypeError, "int32"),
    (not_a_number, ValueError, "is nan before the first step"),
    (too_large, ValueError, "is inf before the first step"),
    (constant, ValueError, "does not depend on the model's Variable"),
    (one_argument, ValueError, "failed: TypeError.*takes 1 positional argument"),
    (raises, ValueError, r"at `return tf.reduce_mean\(predicted - .actual.\)`"),
    (tf.keras.losses.MeanSquaredError, ValueError, "failed"),
]


@pytest.mark.parametrize("train", [fit, lambda *data, loss: train_step(*data, 0.1, loss)])
@pytest.mark.parametrize(("loss", "kind", "words"), LOSSES)
def test_a_loss_that_cannot_be_used(train, loss, kind, words):
    model = LinearModel()
    with pytest.raises(kind, match=words) as caught:
        train(model, *DATA, loss=loss)
    assert str(caught.value).startswith(("loss(predicted, actual)", "The loss"))
    assert (model.W.numpy(), model.b.numpy()) == (5.0, 0.0)


class Peeks(Line):
    """Works step by step and cannot be traced: a graph has no values to look at."""

    def __call__(self, inputs):
        shift = float(self.b.numpy())
        return self.W * inputs + self.b - shift


class DecidesInPython(Line):
    def __call__(self, inputs):
        if tf.reduce_mean(inputs) > 0.0:
            return self.W * inputs + self.b
        return self.W * inputs - self.b


def test_a_model_that_cannot_be_traced_is_refused_at_its_line():
    model = Peeks()
    with pytest.raises(ValueError, match="into a graph failed") as caught:
        fit(model, *DATA)
    assert str(caught.value).endswith("(at `shift = float(self.b.numpy())`)")
    assert model.W.numpy() == 5.0


def test_an_if_on_a_tensor_is_translated():
    np.testing.assert_array_equal(
        fit(DecidesInPython(), *DATA).loss, fit(LinearModel(), *DATA, epochs=10).loss
    )


def test_functions_whose_source_is_lost_train_without_a_warning(caplog, capfd):
    names = {"tf": tf}
    exec("def loss(p, a):\n    return tf.reduce_mean(tf.square(p - a))", names)
    exec("def ifs(p, a):\n    if p[0] > 0.0: return p[0]\n    return -p[0]", names)
    with caplog.at_level(logging.DEBUG):
        plain = fit(LinearModel(), *DATA, loss=names["loss"])
        with pytest.raises(ValueError, match="failed"):
            fit(LinearModel(), *DATA, loss=names["ifs"])
    np.testing.assert_array_equal(plain.loss, fit(LinearModel(), *DATA).loss)
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert capfd.readouterr().err == ""


def test_the_same_loss_by_another_name_is_taken():
    loss = tf.keras.losses.MeanSquaredError()
    history = fit(LinearModel(), *DATA, loss=lambda predicted, actual: loss(actual, predicted))
    np.testing.assert_allclose(history.loss, fit(LinearModel(), *DATA).loss, rtol=1e-6)
    assert mean_squared_error(*DATA).shape == []
