"""`fit` gives the numbers of the loop a learner writes by hand."""

import logging

import numpy as np
import pytest
import tensorflow as tf

from helpers._internal import graph, progress_bar
from helpers.data import synthesize
from helpers.training import DivergenceError, LinearModel, fit, mean_squared_error
from helpers.training import stable_learning_rate as stable

TEN_LOSSES = [9.26289, 6.22315, 4.29187, 3.06484, 2.28525]
TEN_LOSSES += [1.78994, 1.47525, 1.27531, 1.14828, 1.06757]


class Matrices(tf.Module):
    """A small network with one hidden layer."""

    def __init__(self):
        self.first = tf.Variable(tf.random.stateless_normal([2, 4], seed=[0, 3]))
        self.shift = tf.Variable(tf.zeros([4]))
        self.second = tf.Variable(tf.random.stateless_normal([4, 1], seed=[0, 4]))

    def __call__(self, inputs):
        return tf.tanh(inputs @ self.first + self.shift) @ self.second


class Table(tf.Module):
    """Learns a row for each word; the gradient is sparse."""

    def __init__(self):
        self.rows = tf.Variable(tf.random.stateless_normal([6, 2], seed=[0, 5]))

    def __call__(self, inputs):
        return tf.gather(self.rows, tf.cast(inputs, tf.int32))


def keras_model(built):
    parts = [tf.keras.layers.Dense(3, activation="tanh"), tf.keras.layers.Dense(1)]
    model = tf.keras.Sequential(parts)
    if built:
        model.build([None, 2])
    return model


def variables_of(model):
    """A Keras variable holds a TensorFlow one."""
    found = model.trainable_variables
    return [each if isinstance(each, tf.Variable) else each.value for each in found]


def in_order(count, size, seed, epoch):
    """The rows of each batch of an epoch."""
    if size is None:
        return [tf.range(count)]
    order = tf.random.experimental.stateless_shuffle(tf.range(count), [seed, epoch])
    return [order[start : start + size] for start in range(0, count, size)]


def by_hand(model, inputs, outputs, *, epochs, learning_rate, loss, batch_size=None, seed=0):
    """The eager loop: in each epoch one step for each batch; every loss is over all the data."""
    losses, parameters = [], []
    for epoch in range(epochs):
        variables = variables_of(model)
        losses.append(loss(model(inputs), outputs).numpy())
        parameters.append([variable.numpy() for variable in variables])
        for rows in in_order(len(inputs), batch_size, seed, epoch):
            with tf.GradientTape() as tape:
                value = loss(model(tf.gather(inputs, rows)), tf.gather(outputs, rows))
            gradients = tape.gradient(value, variables)
            for variable, gradient in zip(variables, gradients, strict=True):
                variable.assign_sub(learning_rate * tf.convert_to_tensor(gradient))
    return np.array(losses), [np.stack(values) for values in zip(*parameters, strict=True)]


def assert_same(model, history, other, losses, parameters, rtol=1e-6):
    np.testing.assert_allclose(history.loss, losses, rtol=rtol)
    assert len(history.parameters) == len(parameters)
    for got, wanted in zip(history.parameters, parameters, strict=True):
        np.testing.assert_allclose(got, wanted, rtol=rtol, atol=rtol)
    for got, wanted in zip(variables_of(model), variables_of(other), strict=True):
        np.testing.assert_allclose(got, wanted, rtol=rtol, atol=rtol)


def mean_absolute_error(predicted, actual):
    return tf.reduce_mean(tf.abs(predicted - actual))


def stepwise(predicted, actual):
    """Has a Python `if` on a tensor, which a graph takes only when it is translated."""
    error = tf.reduce_mean(tf.abs(predicted - actual))
    if error > 1.0:
        return error
    return tf.square(error)


@pytest.fixture(params=["graph", "compiled"])
def way(request, monkeypatch):
    """Runs a test twice: as a short training goes, and compiled as a long one is after a second.

    Gives the list of what XLA was asked for: loops, or None where it was not for it.
    """
    asked, chunks = [], graph.Run.chunks

    def compiled(run, seconds):
        asked.append(run._compile())
        run._graph = asked[-1] or run._graph
        yield from chunks(run, seconds)

    if request.param == "compiled":
        monkeypatch.setattr(graph.Run, "chunks", compiled)
    return asked


def grid(count=7):
    inputs = tf.random.stateless_normal([count, 2], seed=[0, 6])
    return inputs, tf.reduce_sum(inputs, axis=1, keepdims=True)


def test_the_ten_losses_of_the_lesson():
    model = LinearModel(W=5.0, b=0.0)
    history = fit(model, *synthesize(), learning_rate=0.1, epochs=10)
    np.testing.assert_allclose(history.loss, TEN_LOSSES, rtol=1e-6, atol=5e-6)
    assert str(history).splitlines()[0] == "Epoch  0: W=5.00 b=0.00, loss=9.26289"
    assert str(history).splitlines()[9] == "Epoch  9: W=3.25 b=1.78, loss=1.06757"


@pytest.mark.parametrize("loss", [mean_squared_error, mean_absolute_error, stepwise])
def test_the_line_by_hand_and_by_fit(way, loss):
    model, other = LinearModel(), LinearModel()
    setting = {"learning_rate": 0.1, "epochs": 40, "loss": loss}
    history = fit(model, *synthesize(), **setting)
    losses, parameters = by_hand(other, *synthesize(), **setting)
    assert_same(model, history, other, losses, parameters)
    assert all(way)
    np.testing.assert_allclose(history.W, parameters[0], rtol=1e-6)
    np.testing.assert_allclose(history.b, parameters[1], rtol=1e-6, atol=1e-7)
    assert history.W.dtype == history.b.dtype == history.loss.dtype == np.float32


MODELS = {
    "matrices": (Matrices, *grid()),
    "embedding": (Table, tf.constant([0.0, 1.0, 1.0, 4.0]), tf.ones([4, 2])),
    "Keras": (lambda: keras_model(built=True), *grid()),
}


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("batch_size", [None, 3])
def test_any_model_by_hand_and_by_fit(way, name, batch_size):
    make, inputs, outputs = MODELS[name]
    model, other = make(), make()
    for ours, theirs in zip(variables_of(model), variables_of(other), strict=True):
        theirs.assign(ours)
    setting = {"learning_rate": 0.1, "epochs": 5, "loss": mean_squared_error}
    history = fit(model, inputs, outputs, batch_size=batch_size, **setting)
    by_loop = by_hand(other, inputs, outputs, batch_size=batch_size, **setting)
    assert_same(model, history, other, *by_loop, rtol=2e-6)
    # Mini-batches gain nothing by being compiled, and sparse gradients are not for XLA.
    assert all(bool(loop) == (batch_size is None and name != "embedding") for loop in way)
    assert history.W is None
    assert history.b is None


def test_a_keras_model_that_has_no_variables_yet():
    model = keras_model(built=False)
    history = fit(model, *grid(), epochs=3)
    assert [values.shape for values in history.parameters] == [(3, 2, 3), (3, 3), (3, 3, 1), (3, 1)]
    assert history.loss[2] < history.loss[0]


def test_an_unused_row_of_a_table_does_not_change():
    model = Table()
    before = model.rows.numpy()
    fit(model, [0.0, 2.0], tf.ones([2, 2]), epochs=3)
    changed = np.any(model.rows.numpy() != before, axis=1)
    assert changed.tolist() == [True, False, True, False, False, False]


@pytest.mark.parametrize(("size", "seed"), [(32, 0), (32, 5), (1, 0), (100, 0), (250, 3)])
def test_mini_batches_by_hand_and_by_fit(size, seed):
    model, other = LinearModel(), LinearModel()
    setting = {"learning_rate": 0.05, "epochs": 3, "loss": mean_squared_error}
    setting |= {"batch_size": size, "seed": seed}
    history = fit(model, *synthesize(100), **setting)
    assert_same(model, history, other, *by_hand(other, *synthesize(100), **setting))


def test_the_seed_decides_the_shuffle():
    runs = [fit(LinearModel(), *synthesize(10), batch_size=3, seed=seed).loss for seed in (1, 1, 2)]
    np.testing.assert_array_equal(runs[0], runs[1])
    assert np.any(runs[0] != runs[2])


def test_a_column_of_data():
    column = [tf.reshape(values, [-1, 1]) for values in synthesize(20)]
    flat = fit(LinearModel(), *synthesize(20))
    np.testing.assert_allclose(fit(LinearModel(), *column).loss, flat.loss, rtol=1e-6)


def test_no_epochs_change_nothing(way):
    model = LinearModel()
    history = fit(model, *synthesize(10), epochs=0)
    assert (len(history.loss), len(history.W), len(history.parameters[0])) == (0, 0, 0)
    assert (model.W.numpy(), model.b.numpy()) == (5.0, 0.0)
    assert (str(history), repr(history)) == ("", "History(0 epochs)")


def test_two_trainings_follow_one_another():
    model = LinearModel()
    first, second = (fit(model, *synthesize(), epochs=5) for _ in range(2))
    np.testing.assert_allclose([*first.loss, *second.loss], TEN_LOSSES, atol=5e-6)


def test_many_calls_warn_of_nothing(caplog, capfd):
    with caplog.at_level(logging.DEBUG, logger="tensorflow"):
        for _ in range(30):
            fit(LinearModel(), *synthesize(10), epochs=1)
    assert not caplog.records
    assert capfd.readouterr().err == ""


def at_random(predicted, actual):
    return tf.reduce_mean(tf.square(predicted - actual + tf.random.normal(actual.shape)))


def in_python(predicted, actual):
    squares = tf.numpy_function(lambda p, a: (p - a) ** 2, [predicted, actual], tf.float32)
    return mean_squared_error(predicted, actual) + 0.0 * tf.reduce_mean(squares)


def asserting(predicted, actual):
    tf.debugging.assert_less(tf.reduce_max(tf.abs(predicted)), 1e3)
    return mean_squared_error(predicted, actual)


def printing(predicted, actual):
    tf.print("seen", output_stream="file:///dev/null")
    return mean_squared_error(predicted, actual)


def counting(predicted, actual):
    labels = tf.strings.to_number(tf.strings.as_string(actual))
    return tf.reduce_mean(tf.square(predicted - labels))


@pytest.mark.parametrize("way", ["compiled"], indirect=True)
@pytest.mark.parametrize("loss", [at_random, in_python, asserting, printing, counting])
def test_what_xla_cannot_do_stays_in_the_graph_silently(way, loss, capfd, caplog):
    tf.random.set_seed(1)
    with caplog.at_level(logging.INFO):
        history = fit(LinearModel(), *synthesize(20), loss=loss, learning_rate=0.01)
    assert way == [None]
    assert len(history.loss) == 10
    assert history.loss[-1] < history.loss[0]
    assert not caplog.records
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_a_long_training_goes_on_compiled(monkeypatch, capfd):
    """It starts in the graph, and what it gives is that of the graph alone."""
    compiled, compile_ = [], graph.Run._compile
    monkeypatch.setattr(graph, "SECONDS_WORTH_COMPILING", 0.0)
    monkeypatch.setattr(
        graph.Run, "_compile", lambda run: compiled.append(compile_(run)) or compiled[-1]
    )
    model, other = LinearModel(), LinearModel()
    setting = {"learning_rate": 1e-5, "epochs": 50_000}
    history = fit(model, *synthesize(), **setting)
    assert len(compiled) == 1
    assert compiled[0]
    monkeypatch.setattr(graph.Run, "_compile", lambda run: None)
    alone = fit(other, *synthesize(), **setting)
    assert_same(model, history, other, alone.loss, alone.parameters)
    assert capfd.readouterr().err == ""


def test_a_model_is_traced_once_however_long_it_trains(way):
    calls = []

    class Counts(LinearModel):
        def __call__(self, inputs):
            calls.append(tf.is_symbolic_tensor(inputs))
            return super().__call__(inputs)

    fit(Counts(), *synthesize(10))
    assert calls == [False, True]


def test_too_many_parameters_are_not_kept(way, monkeypatch):
    monkeypatch.setattr(graph, "MAX_NUMBERS_KEPT", 19)
    model, other = LinearModel(), LinearModel()
    history = fit(model, *synthesize(), epochs=10)
    assert history.parameters == ()
    assert history.W is None
    assert history.note == "The parameters of each epoch are too many to be kept."
    np.testing.assert_allclose(history.loss, TEN_LOSSES, atol=5e-6)
    assert fit(other, *synthesize(), epochs=9).W is not None
    assert (model.W.numpy(), model.b.numpy()) != (5.0, 0.0)


def test_a_compiled_chunk_is_cut_where_its_room_ends(way, monkeypatch):
    monkeypatch.setattr(graph, "MAX_NUMBERS_COMPILED", 9)
    history = fit(LinearModel(), *synthesize(), epochs=10)
    np.testing.assert_allclose(history.loss, TEN_LOSSES, atol=5e-6)


def test_progress_shows_nothing_where_there_is_no_page(capsys):
    fit(LinearModel(), *synthesize(10), epochs=3, progress=True)
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")


@pytest.mark.parametrize(
    ("learning_rate", "words", "style"),
    [(0.1, "Trained", "success"), (100.0, "Stopped", "warning")],
)
def test_progress_is_a_bar_with_the_same_words_after_every_run(
    monkeypatch, learning_rate, words, style
):
    import ipywidgets

    bars, shown = [], []

    class Bar(ipywidgets.FloatProgress):
        def __init__(self, **traits):
            super().__init__(**traits)
            bars.append(self)
            self.seen = []
            self.observe(lambda change: self.seen.append(change["new"]), "value")

    class Shell:
        kernel = True

    monkeypatch.setattr(ipywidgets, "FloatProgress", Bar)
    monkeypatch.setattr(progress_bar, "get_ipython", Shell)
    monkeypatch.setattr(progress_bar, "display", lambda bundle, raw: shown.append(bundle))
    try:
        history = fit(
            LinearModel(), *synthesize(), epochs=99, learning_rate=learning_rate, progress=True
        )
    except DivergenceError as error:
        history = error.history
    (bar,), (bundle,) = bars, shown
    assert bundle["text/plain"] == progress_bar.WORDS
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == bar.model_id
    assert (bar.description, bar.bar_style, bar.max) == (words, style, 99)
    assert bar.seen == sorted(set(bar.seen))
    assert bar.value == len(history.loss)
    fit(LinearModel(), *synthesize(), epochs=99)
    assert len(shown) == 1  # Nothing unless asked for.


def test_divergence_is_an_error_that_says_why(way):
    inputs, outputs = synthesize()
    model = LinearModel()
    with pytest.raises(DivergenceError) as caught:
        fit(model, inputs, outputs, learning_rate=3.0, epochs=200)
    history = caught.value.history
    assert 10 < len(history.loss) < 200
    assert np.all(np.isfinite(history.loss))
    assert np.all(np.diff(history.loss) > 0)
    message = str(caught.value)
    assert f"at epoch {len(history.loss)}." in message
    assert "learning rate of 3 is too large" in message
    assert f"below {stable(inputs):.3g}" in message
    assert (model.W.numpy(), model.b.numpy()) == (5.0, 0.0)
    assert model.last_history is history


def test_divergence_among_mini_batches():
    model = LinearModel()
    with pytest.raises(DivergenceError):
        fit(model, *synthesize(), learning_rate=100.0, batch_size=10)
    assert (model.W.numpy(), model.b.numpy()) == (5.0, 0.0)


def test_divergence_with_another_loss_gives_advice():
    def fourth_power(predicted, actual):
        return tf.reduce_mean((predicted - actual) ** 4)

    with pytest.raises(DivergenceError, match="try a tenth"):
        fit(LinearModel(), *synthesize(), loss=fourth_power)


def test_growth_is_returned_with_a_note(way):
    inputs, outputs = synthesize()
    history = fit(LinearModel(), inputs, outputs, learning_rate=1.05, epochs=20)
    assert history.loss[-1] > history.loss[0]
    assert history.note.startswith("The loss grew.")
    assert f"below {stable(inputs):.3g}" in history.note
    assert str(history).endswith(history.note)
    assert not fit(LinearModel(), inputs, outputs).note


@pytest.mark.parametrize(("part", "grows"), [(0.99, False), (1.01, True)])
def test_the_stable_learning_rate_holds_for_fit(part, grows):
    inputs, outputs = synthesize(noise=0)
    history = fit(LinearModel(), inputs, outputs, learning_rate=part * stable(inputs), epochs=300)
    assert (history.loss[-1] > history.loss[100]) == grows
