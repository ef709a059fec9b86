"""The explorers: what they show is what Python computes, and they are there without a kernel."""

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from helpers import explore
from helpers.data import hubble, synthesize
from helpers.explore import boxes, computing, ranges, widget
from helpers.training import LinearModel, fit, mean_squared_error, stable_learning_rate

FIVE = ([1.0, 2.0, 3.0, 4.0, 5.0], [3.2, 4.8, 7.1, 8.9, 11.0])
WITH_OUTLIER = (FIVE[0], [*FIVE[1][:4], 31.0])
UNITS = {"x_label": "distance (km)", "y_label": "price (euros)"}
EXPLORERS = {
    "tensors": explore.tensors,
    "variables": explore.variables,
    "model": lambda: explore.model(*FIVE, **UNITS),
    "loss": lambda: explore.loss(*FIVE),
    "data": explore.data,
    "training": lambda: explore.training(*synthesize()),
}
HERE = Path(widget.__file__).parent
SCRIPT = HERE / "explore.js"
STYLE = HERE / "explore.css"


@pytest.fixture
def shown(monkeypatch):
    """What would reach the page: explorers, and the bundles that show them."""
    made, bundles = [], []
    original = widget.Explorer.__init__

    def make(self, *args, **kwargs):
        original(self, *args, **kwargs)
        made.append(self)

    monkeypatch.setattr(widget.Explorer, "__init__", make)
    monkeypatch.setattr(widget, "display", lambda bundle, raw: bundles.append(bundle))
    return made, bundles


def state_of(shown, show):
    assert show() is None
    return shown[0][-1].state


def javascript(expression, **values):
    """Compute an expression of explore.js's functions with node."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node, which runs JavaScript without a browser, is not installed")
    program = (
        f"import * as js from {json.dumps(SCRIPT.as_uri())};"
        f"const v = {json.dumps(values)};"
        f"console.log(JSON.stringify({expression}));"
    )
    command = [node, "--input-type=module", "--no-warnings", "-e", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# What is displayed


@pytest.mark.parametrize("kind", EXPLORERS)
def test_one_display_in_every_form(kind, shown):
    state = state_of(shown, EXPLORERS[kind])
    (still, bundle), explorer = shown[1], shown[0][0]
    assert explorer.kind == kind
    assert state["name"].startswith("Explorer of")
    view = bundle["application/vnd.jupyter.widget-view+json"]
    assert view == {"version_major": 2, "version_minor": 0, "model_id": explorer.model_id}
    assert widget.RUN_ME in bundle["text/html"]
    assert bundle["text/plain"] == widget.RUN_ME
    # The picture stands by itself: no widget's page, trusted or not, can take its place.
    assert "application/vnd.jupyter.widget-view+json" not in still
    assert base64.b64decode(still["image/png"]).startswith(b"\x89PNG")
    assert re.search(r'<img alt="[^"]{40,}" src="data:image/png;base64,', still["text/html"])
    assert 'class="explorer-still"' in still["text/html"]
    for words in (*still.values(), bundle["text/html"], bundle["text/plain"]):
        assert "<script" not in words and explorer.model_id not in words


@pytest.mark.parametrize("kind", EXPLORERS)
def test_the_words_are_the_same_each_time(kind, shown):
    EXPLORERS[kind]()
    EXPLORERS[kind]()
    words = [bundle["text/plain"] for bundle in shown[1]]
    assert words[:2] == words[2:]


@pytest.mark.parametrize("kind", EXPLORERS)
def test_the_state_is_plain_and_light(kind, shown):
    text = json.dumps(state_of(shown, EXPLORERS[kind]), allow_nan=False)
    assert len(text) < 150_000


@pytest.mark.parametrize("kind", EXPLORERS)
def test_each_control_has_a_name_and_a_start(kind, shown):
    state = state_of(shown, EXPLORERS[kind])
    for control in state["controls"]:
        if control["type"] == "number":
            low, high, step = control["ends"]
            assert low <= state["start"][control["name"]] <= high
            assert step > 0 and control["label"]
        if control["type"] == "choice":
            assert state["start"][control["name"]] in [value for value, _ in control["options"]]


# Odd arguments


@pytest.mark.parametrize(
    ("show", "error", "words"),
    [
        (lambda: explore.model("text", FIVE[1]), TypeError, "inputs must be real numbers"),
        (lambda: explore.model(FIVE[0], FIVE[1][:3]), ValueError, "5"),
        (lambda: explore.model(*FIVE, W="steep"), TypeError, "W must be"),
        (lambda: explore.model(*FIVE, W=1e6), ValueError, "W must lie between"),
        (lambda: explore.model(*FIVE, b_range=(2, 1)), ValueError, "b_range must be"),
        (lambda: explore.model(*FIVE, x_label=3), TypeError, "x_label must be text"),
        (lambda: explore.loss([], []), ValueError, "inputs"),
        (lambda: explore.loss([np.nan], [1.0]), ValueError, "inputs"),
        (lambda: explore.training(*FIVE, learning_rate=0.0), ValueError, "larger than 0"),
        (lambda: explore.training(*FIVE, W=1, b=1, learning_rate=9.0), ValueError, "lie between"),
        (lambda: explore.data(num_examples=2.5), TypeError, "whole number"),
        (lambda: explore.data(num_examples=10**6), ValueError, "num_examples"),
        (lambda: explore.data(noise=-1.0), ValueError, "noise must lie between 0 and 3"),
        (lambda: explore.data(seed=True), TypeError, "seed"),
    ],
)
def test_odd_arguments_are_refused_in_words(show, error, words, shown):
    with pytest.raises(error, match=re.escape(words)):
        show()
    assert not shown[1]


@pytest.mark.parametrize(
    "examples",
    [([2.0], [3.0]), ([2.0, 2.0], [3.0, 3.0]), ([0.0, 1.0], [0.0, 0.0]), ([1e9, 2e9], [1e9, 1.0]),
     ([1e-9, 2e-9], [1e-9, 3e-9]), hubble(), ([[1.0], [2.0]], [[1.0], [2.0]])],
)  # fmt: skip
def test_odd_examples_are_shown(examples, shown):
    for show in (explore.model, explore.loss):
        state = state_of(shown, lambda show=show: show(*examples))
        json.dumps(state, allow_nan=False)
    explore.training(*examples, W=None, b=None, learning_rate=stable_learning_rate(examples[0]) / 9)


def test_a_question_without_sense_is_left_unanswered(shown):
    EXPLORERS["training"]()
    explorer = shown[0][0]
    for question in ({}, {"id": "1"}, {"id": "2", "start_W": "x"}, {"start_W": 1.0}):
        explorer.request = question
    assert explorer.answer == {}


# What is shown is what Python computes


def test_paths_are_those_of_fit(shown):
    inputs, outputs = synthesize()
    state = state_of(shown, lambda: explore.training(inputs, outputs))
    assert state["limit"] == pytest.approx(stable_learning_rate(inputs), rel=1e-5)
    for rate in (0.01, 0.1, 0.5, 0.95, 1.05, 1.9):
        path = javascript(
            f"js.descend(5, 0, {rate}, v.epochs, v.x, v.y)",
            **{name: state[name] for name in ("x", "y", "epochs")},
        )
        history = fit(LinearModel(), inputs, outputs, learning_rate=rate, epochs=computing.EPOCHS)
        for name in ("W", "b", "loss"):
            expected = getattr(history, name)
            path[name] = np.array(path[name], np.float64)
            assert len(path[name]) == len(expected)
            np.testing.assert_allclose(path[name], expected, rtol=2e-4, atol=2e-6)
            if rate < 1:  # To the digit shown.
                np.testing.assert_allclose(path[name], expected, atol=2e-5)


def test_batches_are_those_of_fit(shown):
    inputs, outputs = synthesize(100)
    explore.training(inputs, outputs)
    explorer = shown[0][0]
    start = {"start_W": 4.0, "start_b": 1.0, "learning_rate": 0.05, "batch_size": 10}
    explorer.request = {**start, "id": "one"}
    history = fit(
        LinearModel(4.0, 1.0), inputs, outputs, learning_rate=0.05, epochs=computing.EPOCHS,
        batch_size=10,
    )  # fmt: skip
    assert explorer.answer["id"] == "one"
    np.testing.assert_array_equal(np.float32(explorer.answer["W"]), history.W)
    np.testing.assert_array_equal(np.float32(explorer.answer["loss"]), history.loss)
    assert len(json.dumps(explorer.answer)) < 5000


def test_a_training_that_diverges_is_answered_with_its_beginning(shown):
    explore.training(*synthesize(100))
    explorer = shown[0][0]
    explorer.request = {"id": "x", "start_W": 5.0, "start_b": 0.0, "learning_rate": 1.9,
                        "batch_size": 1}  # fmt: skip
    assert 0 < len(explorer.answer["W"]) < computing.EPOCHS
    assert np.all(np.isfinite(explorer.answer["loss"]))


def test_losses_are_those_of_tensorflow():
    x, y = WITH_OUTLIER
    for W, b in ((2.0, 1.0), (0.0, 0.0), (-3.5, 12.25)):
        residuals = W * np.array(x) + b - np.array(y)
        expected = {
            "squared": float(mean_squared_error(LinearModel(W, b)(x), y)),
            "absolute": np.abs(residuals).mean(),
            "Huber": float(tf.keras.losses.Huber()(tf.constant(y), LinearModel(W, b)(x))),
        }
        for kind, value in expected.items():
            loss = javascript(f"js.lossOf('{kind}', {W}, {b}, v.x, v.y)", x=x, y=y)
            assert loss == pytest.approx(value, rel=1e-6)


@pytest.mark.parametrize("kind", ["squared", "absolute", "Huber"])
@pytest.mark.parametrize("examples", [FIVE, WITH_OUTLIER], ids=["five", "outlier"])
def test_no_line_has_a_lower_loss_than_the_best(kind, examples):
    x, y = examples
    got = javascript(
        """(() => { const best = js.bestLine(v.kind, v.x, v.y);
        const near = [];
        for (let i = -20; i <= 20; i++) for (let j = -20; j <= 20; j++)
          near.push(js.lossOf(v.kind, best.W + i / 10, best.b + j / 5, v.x, v.y));
        return [js.lossOf(v.kind, best.W, best.b, v.x, v.y), Math.min(...near), best]; })()""",
        kind=kind,
        x=x,
        y=y,
    )
    assert got[0] <= got[1] + 0.003
    if kind == "squared":
        best = computing.least_squares(np.array(x), np.array(y))
        assert got[2]["W"] == pytest.approx(best["W"])
        assert got[2]["b"] == pytest.approx(best["b"])


@pytest.mark.parametrize("count", [5, 17, 200])
@pytest.mark.parametrize("noise", [0.0, 1.0, 3.0])
def test_draws_are_those_of_synthesize(count, noise, shown):
    state = state_of(shown, explore.data)
    for seed in (0, 7, computing.SEEDS - 1):
        x, errors = (np.array(values[:count]) for values in state["draws"][seed])
        y = state["truth"]["W"] * x + state["truth"]["b"] + noise * errors
        inputs, outputs = synthesize(count, noise=noise, seed=seed)
        np.testing.assert_allclose(x, inputs, atol=1e-4)
        np.testing.assert_allclose(y, outputs, atol=1e-3)


def test_shapes_are_stretched_as_tensorflow_does():
    for first in boxes.SHAPES:
        for second in boxes.SHAPES:
            frame = boxes.stretched(first, second)
            try:
                shape = tf.broadcast_static_shape(tf.TensorShape(first), tf.TensorShape(second))
            except ValueError:
                assert "do not fit" in frame["words"]
            else:
                assert f"gives {shape.as_list()}." in frame["words"]
                cells = [part for part in frame["parts"][2] if part[0] == "box"]
                assert len(cells) == int(np.prod(shape.as_list()))


def test_rebinding_makes_two_objects_and_assigning_changes_one():
    rebinding, assigning = (boxes.states(lines)[-1] for lines in boxes.PROGRAMS.values())
    assert rebinding == {"names": {"a": 1, "b": 0}, "objects": ["tensor 1.0", "tensor 2.0"]}
    assert assigning == {"names": {"v": 0, "w": 0}, "objects": ["Variable 2.0"]}


@pytest.mark.parametrize(
    ("value", "text"), [(2.5, "2.50"), (-0.001, "0.00"), (1234.5, "1234.50"), (-7.126, "-7.13")]
)
def test_numbers_are_written_as_in_the_captions(value, text):
    assert javascript("js.format(v.value)", value=value) == text


def test_sliders_have_about_a_hundred_steps():
    for ends in ((-1, 7), (0.0, 1e-6), (-200, 1100), (0, 3e9)):
        low, high, step = ranges.slider(ends)
        assert 30 <= (high - low) / step <= 101


# The files


def test_the_script_is_short_and_fetches_nothing():
    script, style = (path.read_text(encoding="utf-8") for path in (SCRIPT, STYLE))
    assert len(script.splitlines()) < 500
    assert max(map(len, script.splitlines())) <= 100
    name_of_svg = '"http://www.w3.org/2000/svg"'  # Is compared, never opened.
    for text in (script.replace(name_of_svg, ""), style):
        assert "//" not in re.sub(r"^\s*//.*$|\s// .*$", "", text, flags=re.M)
        assert not re.search(r"\bimport\b|fetch\(|@import", text)
