"""The explorers: what they show is what Python computes, and they are there without a kernel."""

import base64
import functools
import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from helpers import explore
from helpers._internal import figures
from helpers.data import hubble, synthesize
from helpers.explore import boxes, lines, ranges, widget
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
    "slope": explore.slope,
}
HERE = Path(widget.__file__).parent
SCRIPT = HERE / "explore.js"
STYLE = HERE / "explore.css"


def opened(show):
    """What would reach the page: the explorer, and the two bundles that show it."""
    made, bundles = [], []
    original = widget.Explorer.__init__

    def make(self, *args, **kwargs):
        original(self, *args, **kwargs)
        made.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(widget.Explorer, "__init__", make)
        patch.setattr(widget, "display", lambda bundle, raw: bundles.append(bundle))
        try:
            assert show() is None
        except Exception:
            assert not bundles, "refused, and yet something is shown"
            raise
    (explorer,) = made
    return explorer, *bundles


@functools.cache
def explorer_of(kind):
    return opened(EXPLORERS[kind])


@pytest.fixture
def no_pixels(monkeypatch):
    """The still pictures are proved elsewhere; here they would only take time."""
    monkeypatch.setattr(figures, "base64_png", lambda figure: "")


def javascript(expression, **values):
    """Compute an expression of explore.js's functions with node: once for all that a test asks."""
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
def test_one_display_in_every_form(kind):
    explorer, still, bundle = explorer_of(kind)
    assert explorer.kind == kind
    assert explorer.state["name"].startswith("Explorer of")
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
def test_the_words_are_the_same_each_time(kind, no_pixels):
    words = [
        [bundle["text/plain"] for bundle in bundles]
        for _, *bundles in (explorer_of(kind), opened(EXPLORERS[kind]))
    ]
    assert words[0] == words[1]


@pytest.mark.parametrize("kind", EXPLORERS)
def test_the_state_is_plain_and_light(kind):
    text = json.dumps(explorer_of(kind)[0].state, allow_nan=False)
    assert len(text) < 150_000
    assert '"1 examples"' not in text


@pytest.mark.parametrize("kind", EXPLORERS)
def test_each_control_has_a_name_and_a_start(kind):
    state = explorer_of(kind)[0].state
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
        (lambda: explore.slope(3.0), TypeError, "f must be a function"),
        (lambda: explore.slope(lambda x: 3.0), ValueError, "the tape finds no slope"),
        (lambda: explore.slope(lambda x: x.numpy()), ValueError, "the tape finds no slope"),
        (lambda: explore.slope(lambda x: x + "1"), ValueError, "f(x) failed: "),
        (lambda: explore.slope(lambda x: [x, x]), ValueError, "f(x) and x must have the same"),
        (lambda: explore.slope(tf.math.log), ValueError, "nan or infinite"),
        (lambda: explore.slope(x=7.5), ValueError, "x must lie between -1 and 7"),
        (lambda: explore.slope(x_range=(2, 1)), ValueError, "x_range must be"),
        (lambda: explore.slope(y_label=3), TypeError, "y_label must be text"),
        (lambda: explore.data(num_examples=2.5), TypeError, "whole number"),
        (lambda: explore.data(num_examples=10**6), ValueError, "num_examples"),
        (lambda: explore.data(noise=-1.0), ValueError, "noise must lie between 0 and 3"),
        (lambda: explore.data(seed=True), TypeError, "seed"),
    ],
)
def test_odd_arguments_are_refused_in_words(show, error, words):
    with pytest.raises(error, match=re.escape(words)):
        opened(show)


@pytest.mark.parametrize(
    "examples",
    [([2.0], [3.0]), ([2.0, 2.0], [3.0, 3.0]), ([0.0, 1.0], [0.0, 0.0]), ([1e9, 2e9], [1e9, 1.0]),
     ([1e-9, 2e-9], [1e-9, 3e-9]), hubble(), ([[1.0], [2.0]], [[1.0], [2.0]])],
)  # fmt: skip
def test_odd_examples_are_shown(examples, no_pixels):
    start = {"W": None, "b": None, "learning_rate": stable_learning_rate(examples[0]) / 9}
    for show, options in ((explore.model, {}), (explore.loss, {}), (explore.training, start)):
        explorer, *_ = opened(functools.partial(show, *examples, **options))
        json.dumps(explorer.state, allow_nan=False)


@pytest.mark.parametrize("kind", EXPLORERS)
def test_the_still_shows_the_explorer_as_it_starts(kind):
    """In words that count one example as one."""
    _, still, _ = explorer_of(kind)
    assert not re.search(r"\b1 (examples|epochs)\b", still["text/plain"])


def test_one_example_is_one_example(no_pixels):
    for show in (explore.model, explore.loss, explore.training):
        explorer, still, _ = opened(functools.partial(show, [2.0], [3.0], W=3.0))
        words = json.dumps(explorer.state) + still["text/plain"]
        assert not re.search(r"\b1 examples\b", words)


def test_the_still_of_the_model_shows_what_the_lesson_speaks_of(monkeypatch, no_pixels):
    """A triangle where the line starts, and a step that is no flat line."""
    pictures = []
    monkeypatch.setattr(lines, "show", lambda explorer, picture: pictures.append(picture))
    explore.model(*FIVE, **UNITS)
    ((figure, alt, caption),) = pictures
    (axes,) = figure.axes
    drawn = {line.get_label(): line for line in axes.lines}
    (x,), (b,) = drawn["prediction at 0"].get_data()
    assert (x, drawn["prediction at 0"].get_marker()) == (0, "^")
    across, up = drawn["step of 1"].get_data()
    assert drawn["step of 1"].get_linestyle() == "--"
    assert across[1] - across[0] == 1 and across[1] == across[2]
    assert up[0] == up[1] and up[2] - up[1] > 0.3
    line = drawn["model"].get_data()
    np.testing.assert_allclose(np.interp([0, across[0], across[2]], *line), [b, up[0], up[2]])
    for words in (alt, caption):
        assert f"Triangle: {b:.2f} at 0. Dashed step: {up[2] - up[1]:.2f}" in words


def test_how_wrong_is_hidden_until_it_is_asked_for():
    state = explorer_of("model")[0].state
    assert state["start"]["score"] is False
    assert {"type": "check", "name": "score", "label": "show how wrong"} in state["controls"]


@pytest.mark.parametrize(
    ("W_range", "b_range", "equal"),
    [((-1, 11), (-6, 6), True), ((0, 6), (-3, 9), True), ((0, 4), (-3, 9), False)],
)
def test_w_and_b_share_a_scale_where_that_can_be_read(W_range, b_range, equal, no_pixels):
    given = {"W_range": W_range, "b_range": b_range, "W": 1.0, "b": 1.0}
    for show in (explore.loss, functools.partial(explore.training, learning_rate=0.01)):
        plots = opened(functools.partial(show, *FIVE, **given))[0].state["plots"]
        assert plots["surface"]["equal"] is equal
        assert not any(plots[name]["equal"] for name in {"data", "loss"} & set(plots))


# The slope


def how_wrong(W):
    return mean_squared_error(W * tf.constant(FIVE[0]) + 1.0, FIVE[1])


def bent(x):
    if x > 1.0:
        return x**2
    return 2.0 * x - 1.0


@pytest.mark.parametrize(
    ("f", "value", "slope"),
    [
        (None, lambda x: (x - 3) ** 2, lambda x: 2 * (x - 3)),
        (tf.sin, np.sin, np.cos),
        (bent, lambda x: np.where(x > 1, x**2, 2 * x - 1), lambda x: 2 * np.maximum(x, 1)),
        (lambda x: x * float(x), np.square, lambda x: x),
        (
            how_wrong,
            lambda W: np.mean([(W * x + 1 - y) ** 2 for x, y in zip(*FIVE, strict=True)], axis=0),
            lambda W: np.mean(
                [2 * x * (W * x + 1 - y) for x, y in zip(*FIVE, strict=True)], axis=0
            ),
        ),
    ],
    ids=["as it comes", "elementwise", "with an if", "not to be traced", "over examples"],
)
def test_slopes_are_those_of_the_tape_and_of_the_formula(f, value, slope, no_pixels):
    state = opened(lambda: explore.slope(f))[0].state
    places, distances = (control["among"] for control in state["controls"])
    x = places[0] + state["fine"] * np.arange(len(state["y"]))
    np.testing.assert_allclose(x[: 10 * len(places) : 10], places, atol=1e-6)
    np.testing.assert_allclose(state["y"], value(x), rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(state["slopes"], slope(x), rtol=1e-4, atol=1e-4)
    assert x[-1] == pytest.approx(places[-1] + max(distances))
    assert distances == sorted(distances, reverse=True)
    assert distances[0] / distances[-1] >= 100


def test_the_secant_becomes_the_tangent(no_pixels):
    """At each place, however steep: float32 leaves enough digits at the shortest distance."""
    state = explorer_of("slope")[0].state
    places, distances = (control["among"] for control in state["controls"])
    y, slopes = np.array(state["y"]), np.array(state["slopes"])
    apart = []
    for distance in distances:
        k = round(distance / state["fine"])
        secants = [(y[10 * i + k] - y[10 * i]) / distance for i in range(len(places))]
        apart.append(np.abs(secants - slopes[: 10 * len(places) : 10]).max())
    assert apart == sorted(apart, reverse=True)
    assert apart[0] > 1 and apart[-1] < 0.02


def test_the_slope_is_drawn_and_told_as_it_starts(monkeypatch):
    pictures = []
    monkeypatch.setattr(lines, "show", lambda explorer, picture: pictures.append(picture))
    explore.slope(x=1.0)
    ((figure, alt, caption),) = pictures
    assert caption == (
        "At W = 1.00, how wrong = 4.00. Slope of the tangent: -4.00; of the secant, dashed: -2.00."
    )
    assert caption in alt
    drawn = {line.get_label(): line for line in figure.axes[0].lines}
    assert drawn["tangent"].get_slope() == pytest.approx(-4, abs=1e-4)
    assert drawn["secant"].get_slope() == pytest.approx(-2, abs=1e-4)
    assert drawn["secant"].get_linestyle() == "--" != drawn["tangent"].get_linestyle()


def test_a_question_without_sense_is_left_unanswered():
    explorer, *_ = explorer_of("training")
    for question in ({}, {"id": "1"}, {"id": "2", "start_W": "x"}, {"start_W": 1.0}):
        explorer.request = question
        assert explorer.answer == {}


# What is shown is what Python computes


def test_paths_are_those_of_fit():
    inputs, outputs = synthesize()
    state = explorer_of("training")[0].state
    assert state["limit"] == pytest.approx(stable_learning_rate(inputs), rel=1e-5)
    rates = [0.01, 0.1, 0.5, 0.95, 1.05, 1.9]
    paths = javascript(
        "v.rates.map((rate) => js.descend(5, 0, rate, v.epochs, v.x, v.y))",
        rates=rates,
        **{name: state[name] for name in ("x", "y", "epochs")},
    )
    for rate, path in zip(rates, paths, strict=True):
        history = fit(LinearModel(), inputs, outputs, learning_rate=rate, epochs=lines.EPOCHS)
        for name in ("W", "b", "loss"):
            expected = getattr(history, name)
            path[name] = np.array(path[name], np.float64)
            assert len(path[name]) == len(expected)
            np.testing.assert_allclose(path[name], expected, rtol=2e-4, atol=2e-6)
            if rate < 1:  # To the digit shown.
                np.testing.assert_allclose(path[name], expected, atol=2e-5)


@pytest.fixture
def ask(no_pixels):
    """The explorer's answer to a question about 100 examples."""
    inputs, outputs = synthesize(100)
    explorer, *_ = opened(lambda: explore.training(inputs, outputs))

    def ask(**question):
        explorer.request = question
        return explorer.answer

    return ask


def test_batches_are_those_of_fit(ask):
    answer = ask(id="one", start_W=4.0, start_b=1.0, learning_rate=0.05, batch_size=10)
    history = fit(
        LinearModel(4.0, 1.0), *synthesize(100), learning_rate=0.05, epochs=lines.EPOCHS,
        batch_size=10,
    )  # fmt: skip
    assert answer["id"] == "one"
    np.testing.assert_array_equal(np.float32(answer["W"]), history.W)
    np.testing.assert_array_equal(np.float32(answer["loss"]), history.loss)
    assert len(json.dumps(answer)) < 5000


def test_a_training_that_diverges_is_answered_with_its_beginning(ask):
    answer = ask(id="x", start_W=5.0, start_b=0.0, learning_rate=1.9, batch_size=1)
    assert 0 < len(answer["W"]) < lines.EPOCHS
    assert np.all(np.isfinite(answer["loss"]))


def test_losses_are_those_of_tensorflow():
    x, y = WITH_OUTLIER
    at = [(2.0, 1.0), (0.0, 0.0), (-3.5, 12.25)]
    losses = javascript(
        """v.at.map(([W, b]) => Object.fromEntries(
        Object.keys(js.LOSSES).map((kind) => [kind, js.lossOf(kind, W, b, v.x, v.y)])))""",
        at=at,
        x=x,
        y=y,
    )
    for (W, b), found in zip(at, losses, strict=True):
        residuals = W * np.array(x) + b - np.array(y)
        assert found == pytest.approx(
            {
                "squared": float(mean_squared_error(LinearModel(W, b)(x), y)),
                "absolute": np.abs(residuals).mean(),
                "Huber": float(tf.keras.losses.Huber()(tf.constant(y), LinearModel(W, b)(x))),
            },
            rel=1e-6,
        )


@pytest.mark.parametrize("examples", [FIVE, WITH_OUTLIER], ids=["five", "outlier"])
def test_no_line_has_a_lower_loss_than_the_best(examples):
    x, y = examples
    found = javascript(
        """Object.keys(js.LOSSES).map((kind) => { const best = js.bestLine(kind, v.x, v.y);
        const near = [];
        for (let i = -20; i <= 20; i++) for (let j = -20; j <= 20; j++)
          near.push(js.lossOf(kind, best.W + i / 10, best.b + j / 5, v.x, v.y));
        return [kind, js.lossOf(kind, best.W, best.b, v.x, v.y), Math.min(...near), best]; })""",
        x=x,
        y=y,
    )
    assert [kind for kind, *_ in found] == ["squared", "absolute", "Huber"]
    for kind, lowest, near, best in found:
        assert lowest <= near + 0.003
        if kind == "squared":
            assert best == pytest.approx(lines.least_squares(np.array(x), np.array(y)))


@pytest.mark.parametrize("count", [5, 17, 200])
@pytest.mark.parametrize("noise", [0.0, 1.0, 3.0])
def test_draws_are_those_of_synthesize(count, noise):
    state = explorer_of("data")[0].state
    for seed in (0, 7, lines.SEEDS - 1):
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
    rebinding, assigning = (boxes.states(code)[-1] for code in boxes.PROGRAMS.values())
    assert rebinding == {"names": {"a": 1, "b": 0}, "objects": ["tensor 1.0", "tensor 2.0"]}
    assert assigning == {"names": {"v": 0, "w": 0}, "objects": ["Variable 2.0"]}


def test_a_learning_rate_is_called_what_it_does():
    """It swings as soon as a step changes sides, which is from half of the border on."""
    state = explorer_of("training")[0].state
    said = javascript(
        """v.rates.map((part) => { const rate = part * v.limit;
        const path = js.descend(5, 0, rate, v.epochs, v.x, v.y);
        return js.verdict(path, rate, v.limit, v.lowest, 0); })""",
        rates=[0.002, 0.1, 0.49, 0.51, 0.9, 0.995, 1.0, 1.9],
        **{name: state[name] for name in ("x", "y", "epochs", "limit", "lowest")},
    )
    swings, diverges = "swings from side to side", "diverges: each step overshoots farther"
    assert said == [
        "crawls", "converges", "converges", f"{swings}, and converges", f"{swings}, and converges",
        f"{swings}, and is still far off", diverges, diverges,
    ]  # fmt: skip


def test_batches_are_called_what_they_do():
    losses = [[9, 8.9, 8.8], [9, 1, 1.01], [9, 2, 1.5, 3.0], [9, 1e4]]
    said = javascript(
        "v.losses.map((loss) => js.verdict({ loss }, 0.7, 1, 1, 10))",
        losses=losses,
    )
    diverges = "diverges: each step overshoots farther"
    assert said == ["crawls", "converges", "jumps about", diverges]


def test_what_lies_beyond_a_plot_has_its_edges_named():
    found = javascript(
        "v.places.map(([x, y]) => js.beyond(v.plot, x, y))",
        plot={"x": [0, 4], "y": [1, 9]},
        places=[[2, 5], [-1, 5], [5, 10], [2, 0.5], [4, 9]],
    )
    assert found == [[], ["left"], ["right", "top"], ["bottom"], []]


@pytest.mark.parametrize(
    ("lowest", "highest", "steps"),
    [
        (0.93, 180.0, "1, 2, 5"),
        (0.0, 144.0, "1, 2, 5"),
        (4.1, 60.0, "1, 2, 5"),
        (0.02, 900.0, "1, 2, 5"),
        (1e-9, 3e-6, "1, 2, 5"),
        (16.0, 30.0, "equal"),
        (1000.0, 1001.0, "equal"),
    ],
)
def test_a_map_has_the_same_round_levels_in_the_browser(lowest, highest, steps):
    levels = figures.round_levels(lowest, highest)
    assert 3 < len(levels) < 10 and lowest < levels[0] and levels[-1] < highest
    in_browser = javascript("js.levels(v.low, v.high)", low=lowest, high=highest)
    np.testing.assert_allclose(in_browser, levels)
    if steps == "equal":
        apart = np.diff(levels)
        np.testing.assert_allclose(apart, apart[0], rtol=1e-6)
        levels = apart
    assert {f"{level:.3e}"[:5] for level in levels} <= {"1.000", "2.000", "5.000"}


def test_a_flat_map_has_no_levels():
    assert javascript("js.levels(5, 5)") == []


def test_numbers_are_written_as_in_the_captions():
    values = [2.5, -0.001, 1234.5, -7.126]
    found = javascript("v.values.map(js.format)", values=values)
    assert found == ["2.50", "0.00", "1234.50", "-7.13"]


def test_sliders_have_about_a_hundred_steps():
    for ends in ((-1, 7), (0.0, 1e-6), (-200, 1100), (0, 3e9)):
        low, high, step = ranges.slider(ends)
        assert 30 <= (high - low) / step <= 101


# The files


def test_the_script_is_short_and_fetches_nothing():
    script, style = (path.read_text(encoding="utf-8") for path in (SCRIPT, STYLE))
    assert len(script.splitlines()) < 650
    assert max(map(len, script.splitlines())) <= 100
    name_of_svg = '"http://www.w3.org/2000/svg"'  # Is compared, never opened.
    for text in (script.replace(name_of_svg, ""), style):
        assert "//" not in re.sub(r"^\s*//.*$|\s// .*$", "", text, flags=re.M)
        assert not re.search(r"\bimport\b|fetch\(|@import", text)
