"""Whatever is passed where, it works with the right number or is refused in words.

Every argument of every public function meets every odd value below. A refusal is a TypeError or a
ValueError that names the argument; nothing is warned about, and the model stays as it was.
"""

import array
import datetime
import decimal
import fractions
import logging
import re
import warnings

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from helpers import plotting, training
from helpers.data import synthesize
from helpers.training import History, LinearModel, fit, mean_squared_error, train_step

X, Y = [1.0, 2.0, 3.0], [5.0, 8.0, 11.5]


class Unreadable:
    """Raises at whatever is tried."""

    def __array__(self, *arguments, **options):
        raise RuntimeError("no array")

    def __float__(self):
        raise RuntimeError("no float")

    def __bool__(self):
        raise RuntimeError("no truth")

    def __repr__(self):
        raise RuntimeError("no words")


class NoNumber:
    def __float__(self):
        raise ZeroDivisionError("not today")


# Values that stand for the numbers 1, 2 and 3, and are taken.
THREE_NUMBERS = {
    "list": lambda: [1, 2, 3],
    "tuple": lambda: (1.0, 2.0, 3.0),
    "range": lambda: range(1, 4),
    "array module": lambda: array.array("d", [1, 2, 3]),
    "float16": lambda: np.array(X, np.float16),
    "float64": lambda: np.array(X, np.float64),
    "int8": lambda: np.array(X, np.int8),
    "uint64": lambda: np.array(X, np.uint64),
    "reversed view": lambda: np.array([3.0, 2.0, 1.0])[::-1],
    "big-endian": lambda: np.array(X, ">f4"),
    "read-only": lambda: np.broadcast_to(np.array(X), [3]),
    "NumPy numbers": lambda: [np.float64(1), np.int8(2), np.float16(3)],
    "mask without masked": lambda: np.ma.array(X, mask=False),
    "bfloat16 array": lambda: np.array(X, tf.bfloat16.as_numpy_dtype),
    "float32 tensor": lambda: tf.constant(X),
    "float64 tensor": lambda: tf.constant(X, tf.float64),
    "bfloat16 tensor": lambda: tf.constant(X, tf.bfloat16),
    "half tensor": lambda: tf.constant(X, tf.half),
    "int32 tensor": lambda: tf.constant([1, 2, 3]),
    "uint8 tensor": lambda: tf.constant([1, 2, 3], tf.uint8),
    "Variable": lambda: tf.Variable(X),
    "list of tensors": lambda: [tf.constant(1.0), tf.constant(2.0), tf.constant(3.0)],
    "a Variable in a list": lambda: [tf.Variable(1.0), 2, 3.0],
}
# Values that stand for the number 1.
ONE_NUMBER = {
    "int": lambda: 1,
    "float": lambda: 1.0,
    "float16 scalar": lambda: np.float16(1),
    "int8 scalar": lambda: np.int8(1),
    "uint64 scalar": lambda: np.uint64(1),
    "0-d array": lambda: np.array(1.0),
    "scalar tensor": lambda: tf.constant(1.0),
    "scalar int tensor": lambda: tf.constant(1),
    "scalar Variable": lambda: tf.Variable(1.0),
    "bfloat16 scalar tensor": lambda: tf.constant(1.0, tf.bfloat16),
}
WHOLE = {"int", "int8 scalar", "uint64 scalar"}
ODD = {
    "None": lambda: None,
    "text": lambda: "1.0",
    "empty text": lambda: "",
    "long text": lambda: "1" * 10_000,
    "bytes": lambda: b"1.0",
    "True": lambda: True,
    "NumPy bool": lambda: np.bool_(True),
    "complex": lambda: 1 + 0j,
    "nan": lambda: float("nan"),
    "inf": lambda: float("inf"),
    "NumPy -inf": lambda: np.float32("-inf"),
    "beyond float32": lambda: 1e300,
    "huge whole number": lambda: 10**400,
    "below int64": lambda: -(2**70),
    "minus one": lambda: -1,
    "Decimal": lambda: decimal.Decimal("1"),
    "Fraction": lambda: fractions.Fraction(1, 1),
    "datetime": lambda: datetime.datetime(2020, 1, 1),
    "datetime64": lambda: np.array(["2020-01-01"] * 3, "datetime64[D]"),
    "Ellipsis": lambda: ...,
    "a class": lambda: int,
    "an object": object,
    "unreadable": Unreadable,
    "no number": NoNumber,
    "three unreadables": lambda: [Unreadable()] * 3,
    "a module": lambda: np,
    "dict": lambda: {"a": 1.0},
    "empty dict": dict,
    "set": lambda: {1.0, 2.0, 3.0},
    "generator": lambda: (number for number in X),
    "empty list": list,
    "nested empty": lambda: [[], [], []],
    "empty array": lambda: np.zeros([0]),
    "empty axis": lambda: np.zeros([3, 0]),
    "empty tensor": lambda: tf.zeros([0]),
    "ragged list": lambda: [[1.0], [1.0, 2.0], [3.0]],
    "deep ragged list": lambda: [[[1.0]], [[1.0, 2.0]], [3.0]],
    "number among lists": lambda: [1.0, [2.0], 3.0],
    "text in a list": lambda: [1.0, "2.0", 3.0],
    "None in a list": lambda: [1.0, None, 3.0],
    "bools": lambda: [True, False, True],
    "bool array": lambda: np.array([True, False, True]),
    "complex array": lambda: np.array(X, complex),
    "object array": lambda: np.array([1.0, 2.0, 3.0], object),
    "text array": lambda: np.array(["1", "2", "3"]),
    "bytes array": lambda: np.array([b"1", b"2", b"3"]),
    "record array": lambda: np.zeros(3, [("x", "f4"), ("y", "f4")]),
    "Decimals": lambda: [decimal.Decimal("1")] * 3,
    "nan inside": lambda: [1.0, float("nan"), 3.0],
    "inf inside": lambda: np.array([1.0, np.inf, 3.0]),
    "beyond float32 inside": lambda: [1.0, 1e300, 3.0],
    "huge inside": lambda: [1, 10**400, 3],
    "nan tensor": lambda: tf.constant([1.0, float("nan"), 3.0]),
    "float64 tensor beyond float32": lambda: tf.constant([1.0, 1e300, 3.0], tf.float64),
    "masked": lambda: np.ma.array(X, mask=[False, True, False]),
    "bool tensor": lambda: tf.constant([True, False, True]),
    "complex tensor": lambda: tf.constant([1, 2, 3], tf.complex64),
    "text tensor": lambda: tf.constant(["1", "2", "3"]),
    "ragged tensor": lambda: tf.ragged.constant([[1.0], [2.0, 3.0], []]),
    "sparse tensor": lambda: tf.sparse.from_dense([1.0, 0.0, 3.0]),
    "sparse gradient": lambda: tf.IndexedSlices(tf.ones([1]), tf.constant([0])),
    "TensorArray": lambda: tf.TensorArray(tf.float32, 3),
    "dataset": lambda: tf.data.Dataset.from_tensor_slices(X),
    "resource": lambda: tf.Variable(X).handle,
    "text Variable": lambda: tf.Variable("1.0"),
    "one too few": lambda: [1.0, 2.0],
    "one too many": lambda: [1.0, 2.0, 3.0, 4.0],
    "two columns": lambda: np.ones([3, 2]),
    "rank 5": lambda: np.ones([3, 1, 1, 1, 2]),
    "row": lambda: np.ones([1, 3]),
}
VALUES = THREE_NUMBERS | ONE_NUMBER | ODD
# What trains or draws takes its time, and takes its numbers through the same door as all others:
# enough if it meets some of those that are taken.
SLOW = ("fit", "plot", "loss_surface")
SOME = {"list", "float64", "bfloat16 tensor", "int32 tensor", "Variable", "int", "scalar Variable"}

FIGURE = Figure(figsize=(1, 1))
HISTORY = History([2.0, 1.0], W=[5.0, 4.0], b=[0.0, 1.0])


def numpy_of(result):
    """What a function gave back, as arrays that can be compared."""
    if isinstance(result, History):
        return [result.loss, result.W, result.b]
    if isinstance(result, tuple):
        return [np.asarray(part) for part in result]
    return [] if result is None else [np.asarray(result)]


class Usual(dict):
    """What comes of three numbers (True) and of one (False), computed when first asked for."""

    def __init__(self, call, name):
        self.call, self.name = call, name

    def __missing__(self, three):
        self[three] = numpy_of(self.call(**{self.name: X if three else 1}))
        return self[three]


def step(**given):
    model = LinearModel()
    usual = {"model": model, "inputs": X, "outputs": Y, "learning_rate": 0.01}
    value = train_step(**usual | given)
    return value.numpy(), model.W.numpy(), model.b.numpy()


def train(**given):
    usual = {"model": LinearModel(), "inputs": X, "outputs": Y, "learning_rate": 0.01, "epochs": 1}
    return fit(**usual | given)


def surface(**given):
    usual = {"inputs": X, "outputs": Y, "W": [0.0, 1.0, 2.0], "b": [1.0, 2.0, 3.0]}
    return plotting.loss_surface(**usual | {"loss": mean_squared_error} | given)


def plot(function, **usual):
    return lambda **given: function(**usual | given)


# For each argument of each function: how to call it, and the values above that it takes.
TAKES = {
    "array": THREE_NUMBERS,
    "numbers": {*THREE_NUMBERS, *ONE_NUMBER, "minus one", "one too few", "one too many"}
    | {"two columns", "rank 5", "row"},
    "number": {*ONE_NUMBER, "minus one"},
    "positive": ONE_NUMBER,
    "perhaps infinite": {*THREE_NUMBERS, "nan inside", "inf inside", "beyond float32 inside"}
    | {"nan tensor", "float64 tensor beyond float32"},
    "series": {*THREE_NUMBERS, "one too few", "one too many"},
    "whole": WHOLE,
    "seed": WHOLE | {"minus one"},
    "text": {"text", "long text"},
    "flag": {"True", "NumPy bool"},
    "none": set(),
}
with_data = {"inputs": X, "outputs": Y}
SLOTS = {
    "synthesize": (
        lambda **given: synthesize(**{"num_examples": 3} | given),
        {"num_examples": "whole", "W": "number", "b": "number", "noise": "positive"}
        | {"seed": "seed"},
    ),
    "LinearModel": (
        lambda **given: tuple(v.numpy() for v in LinearModel(**given).trainable_variables),
        {"W": "number", "b": "number"},
    ),
    "LinearModel()": (lambda inputs: LinearModel()(inputs), {"inputs": "numbers"}),
    "mean_squared_error": (
        lambda **given: mean_squared_error(**{"predicted": X, "actual": Y} | given),
        {"predicted": "perhaps infinite", "actual": "perhaps infinite"},
    ),
    "stable_learning_rate": (training.stable_learning_rate, {"inputs": "series"}),
    "train_step": (
        step,
        {"model": "none", "inputs": "array", "outputs": "array", "learning_rate": "positive"}
        | {"loss": "none"},
    ),
    "fit": (
        train,
        {"model": "none", "inputs": "array", "outputs": "array", "learning_rate": "positive"}
        | {"epochs": "whole", "batch_size": "whole", "loss": "none", "seed": "seed"}
        | {"progress": "flag"},
    ),
    "History": (
        lambda **given: History(**{"loss": X} | given),
        {"loss": "array", "W": "array", "b": "array"},
    ),
    "show": (
        plot(plotting.show, figure=FIGURE, alt="what it shows", caption="a caption"),
        {"figure": "none", "alt": "text", "caption": "text"},
    ),
    "plot_data": (
        plot(plotting.plot_data, **with_data),
        {"inputs": "array", "outputs": "array", "predicted": "array"}
        | {"x_label": "text", "y_label": "text"},
    ),
    "plot_line": (
        plot(plotting.plot_line, model=LinearModel(), **with_data),
        {"model": "none", "inputs": "array", "outputs": "array"}
        | {"x_label": "text", "y_label": "text"},
    ),
    "plot_residuals": (
        plot(plotting.plot_residuals, **with_data, predicted=Y),
        {"inputs": "array", "outputs": "array", "predicted": "array"},
    ),
    "plot_parameters": (
        plot(plotting.plot_parameters, history=HISTORY),
        {"history": "none", "true_W": "number", "true_b": "number"},
    ),
    "plot_loss": (
        plot(plotting.plot_loss, history=HISTORY),
        {"history": "none", "logarithmic": "flag"},
    ),
    "plot_loss_surface": (
        plot(plotting.plot_loss_surface, **with_data),
        {"inputs": "array", "outputs": "array", "history": "none", "loss": "none"}
        | {"W_range": "none", "b_range": "none", "equal_axes": "flag"},
    ),
    "loss_surface": (
        surface,
        {"inputs": "array", "outputs": "array", "W": "series", "b": "series", "loss": "none"},
    ),
}
# Values that one argument takes and others of its kind do not.
ALSO_TAKEN = {
    ("fit", "batch_size"): {"None"},
    ("plot_data", "predicted"): {"None"},
    ("plot_parameters", "true_W"): {"None"},
    ("plot_parameters", "true_b"): {"None"},
    ("plot_loss_surface", "history"): {"None"},
    ("plot_loss_surface", "W_range"): {"one too few"},
    ("plot_loss_surface", "b_range"): {"one too few"},
    ("History", "loss"): {
        "empty list",
        "empty array",
        "empty tensor",
        "one too few",
        "one too many",
    },
    ("History", "W"): {"None"},
    ("History", "b"): {"None"},
}
ALL = [(function, name) for function, (_, names) in SLOTS.items() for name in names]


@pytest.fixture(autouse=True)
def no_pictures(monkeypatch):
    """Drawing is proved elsewhere; here it would only take time."""
    monkeypatch.setattr(plotting.figures, "base64_png", lambda figure: "")
    monkeypatch.setattr(plotting.figures, "contour_map", lambda axes, W, b, surface: None)
    monkeypatch.setattr(plotting, "display", lambda bundle, raw: None)


def assert_refused(name, error):
    assert isinstance(error, TypeError | ValueError), repr(error)
    assert not isinstance(error, tf.errors.OperatorNotAllowedInGraphError)
    assert re.search(rf"\b{name}\b", str(error)), f"{error} does not name {name}"
    assert len(str(error)) < 700


@pytest.mark.parametrize(("function", "name"), ALL, ids=[".".join(slot) for slot in ALL])
def test_right_or_refused(function, name, caplog, capfd):
    call, names = SLOTS[function]
    kind = names[name]
    takes = {*TAKES[kind], *ALSO_TAKEN.get((function, name), ())}
    usual = Usual(call, name)
    left_out = VALUES.keys() - ODD - SOME if function.startswith(SLOW) else ()
    for odd, make in VALUES.items():
        if odd in left_out:
            continue
        with warnings.catch_warnings(), caplog.at_level(logging.INFO):
            warnings.simplefilter("error")
            try:
                result = call(**{name: make()})
            except Exception as error:
                assert odd not in takes, f"{odd} should be taken, but: {error!r}"
                assert_refused(name, error)
                continue
        assert odd in takes, f"{odd} should be refused, but gave {result}"
        if odd in THREE_NUMBERS or odd in ONE_NUMBER:
            for got, wanted in zip(numpy_of(result), usual[odd in THREE_NUMBERS], strict=True):
                np.testing.assert_array_equal(got, wanted, err_msg=odd)
    assert not caplog.records
    assert not capfd.readouterr().err


MODEL_SLOTS = [slot for slot in ALL if slot[0] in ("fit", "train_step") and slot[1] != "model"]


@pytest.mark.parametrize(("function", "name"), MODEL_SLOTS)
def test_a_refusal_leaves_the_model_as_it_was(function, name):
    call, names = SLOTS[function]
    for odd in ODD.keys() - TAKES[names[name]] - {"None", "a class"}:
        model = LinearModel(W=5.0, b=0.5)
        with pytest.raises((TypeError, ValueError)):
            call(model=model, **{name: ODD[odd]()})
        assert (model.W.numpy(), model.b.numpy()) == (5.0, 0.5)
        assert not hasattr(model, "last_history")


numbers = st.one_of(
    st.floats(width=64), st.integers(), st.booleans(), st.complex_numbers(), st.none(), st.text()
)


def nested(leaves):
    return st.recursive(leaves, lambda inner: st.lists(inner, max_size=4), max_leaves=12)


@settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))
@given(value=nested(numbers))
def test_any_list_becomes_its_numbers_or_is_refused(value):
    try:
        predicted = LinearModel(W=1.0, b=0.0)(value)
    except (TypeError, ValueError) as error:
        assert_refused("inputs", error)
    else:
        with np.errstate(over="ignore", under="ignore"):
            wanted = np.array(value, np.float64).astype(np.float32)
        assert wanted.size
        np.testing.assert_allclose(predicted, wanted, rtol=1e-6, atol=1e-37)
        flat = np.ravel(np.array(value, object))
        assert not any(isinstance(leaf, str | complex) or leaf is None for leaf in flat)
        assert not all(isinstance(leaf, bool) for leaf in flat)


one_number = st.floats(width=64) | st.integers(-(2**63), 2**64 - 1)


@settings(deadline=None, max_examples=200)
@given(W=one_number, b=one_number)
def test_any_number_is_kept_or_refused(W, b):
    def fits(value):
        return abs(value) <= float(np.finfo(np.float32).max)

    try:
        model = LinearModel(W, b)
    except ValueError:
        assert not (fits(W) and fits(b))
    else:
        with np.errstate(under="ignore"):
            assert (model.W.numpy(), model.b.numpy()) == (np.float32(W), np.float32(b))


@settings(deadline=None, max_examples=50)
@given(
    rate=st.floats(1e-30, 1e30),
    scale=st.floats(1e-30, 1e30),
    rows=st.integers(1, 4),
    epochs=st.integers(0, 3),
)
def test_any_training_ends_in_finite_numbers_or_says_why(rate, scale, rows, epochs):
    model = LinearModel()
    inputs = np.linspace(-1, 2, rows) * scale
    try:
        history = fit(model, inputs, inputs + 1, learning_rate=rate, epochs=epochs)
    except (ValueError, training.DivergenceError) as error:
        assert "too large" in str(error)
        assert (model.W.numpy(), model.b.numpy()) == (5.0, 0.0)
    else:
        assert len(history.loss) == epochs
        assert np.all(np.isfinite(history.loss))
        assert np.isfinite(model.W.numpy())
