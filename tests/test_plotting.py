"""Every picture can be read: with eyes, from the last row, and by those who cannot see it."""

import functools
import html
import inspect
import re

import matplotlib
import numpy as np
import pytest
import tensorflow as tf
from matplotlib import pyplot
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from helpers import plotting
from helpers.data import hubble, synthesize
from helpers.training import History, LinearModel, fit

FIVE = ([1.0, 2.0, 3.0, 4.0, 5.0], [3.2, 4.8, 7.1, 8.9, 11.0])
HISTORY = History([9.0, 5.0, 3.0], W=[5.0, 4.0, 3.2], b=[0.0, 0.8, 1.5])
OTHER = History([4.0, 6.0], W=[1.0, 2.0], b=[1.0, 1.0])
MODEL = LinearModel(W=2.0, b=1.0)
UNITS = {"x_label": "distance (Mpc)", "y_label": "velocity (km/s)"}
FOUR = {f"learning rate {rate}": HISTORY for rate in (0.01, 0.1, 0.5, 1.05)}
LONG = fit(LinearModel(), *synthesize(), epochs=300)

# Every kind of picture, in the sizes and combinations that lessons show.
PICTURES = {
    "data": lambda: plotting.plot_data(*synthesize()),
    "data and predictions": lambda: plotting.plot_data(*FIVE, predicted=MODEL(FIVE[0])),
    "Hubble": lambda: plotting.plot_data(*hubble(), **UNITS),
    "line": lambda: plotting.plot_line(LinearModel(454.2, -40.8), *hubble(), **UNITS),
    "residuals": lambda: plotting.plot_residuals(*FIVE, MODEL(FIVE[0])),
    "parameters": lambda: plotting.plot_parameters(HISTORY, 3.0, 2.0),
    "parameters, near": lambda: plotting.plot_parameters(HISTORY, 3.0, 2.95),
    "parameters, several": lambda: plotting.plot_parameters(FOUR, 3.0, 2.0),
    "parameters, long": lambda: plotting.plot_parameters(LONG, 3.0, 2.0),
    "loss": lambda: plotting.plot_loss(HISTORY),
    "losses": lambda: plotting.plot_loss(FOUR, logarithmic=True),
    "surface": lambda: plotting.plot_loss_surface(*FIVE, W_range=(-1, 5), b_range=(-7, 9)),
    "surface and paths": lambda: plotting.plot_loss_surface(*synthesize(), FOUR),
    "surface of small numbers": lambda: plotting.plot_loss_surface([1e-9], [1e-9], HISTORY),
    "surface of large numbers": lambda: plotting.plot_loss_surface([1e9, 2e9], [1e9, 1.0]),
    "flat surface": lambda: plotting.plot_loss_surface(*FIVE, loss=lambda p, a: tf.constant(0.0)),
    "one example": lambda: plotting.plot_data([2.0], [3.0], [4.0]),
    "equal examples": lambda: plotting.plot_line(MODEL, [2.0, 2.0], [3.0, 3.0]),
    "one epoch": lambda: plotting.plot_parameters(History([1.0], W=[1.0], b=[1.0]), 1.0, 1.0),
    "a price in $": lambda: plotting.plot_data(*FIVE, x_label="$ per $_", y_label=r"\frac $"),
    "a name with $": lambda: plotting.plot_loss({r"$\frac": HISTORY, "second": OTHER}),
    "enormous numbers": lambda: plotting.plot_data([1e30, -1e30], [1e-30, 3e38]),
}


@pytest.fixture
def shown(monkeypatch):
    """What would reach the page."""
    bundles = []
    monkeypatch.setattr(plotting, "display", lambda bundle, raw: bundles.append(bundle))
    return bundles


@functools.cache
def picture(name):
    """The one picture that a call hands over to be shown: figure, alternative text, caption."""
    pictures = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plotting, "show", lambda *picture: pictures.append(picture))
        assert PICTURES[name]() is None
    (only,) = pictures
    return only


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_is_cut_off_and_everything_is_named(name):
    figure, alt, caption = picture(name)
    assert len(alt) >= 20
    assert len(caption) >= 10
    assert "nan" not in alt + caption
    (axes,) = figure.axes
    assert axes.get_xlabel()
    assert axes.get_ylabel()
    assert axes.get_legend().get_texts()

    figure.set_dpi(100)
    figure.draw_without_rendering()
    page = figure.bbox.padded(-1)
    for text in figure.findobj(Text):
        if not text.get_visible() or not text.get_text().strip() or outside_the_axis(text, axes):
            continue
        assert inside(text.get_window_extent(), page), f"{text.get_text()!r} is cut off"
    assert inside(axes.get_legend().get_window_extent(), page)


def inside(box, page):
    return page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1


def outside_the_axis(text, axes):
    """Labels of ticks beyond the axis exist and are not drawn."""
    for axis, (low, high) in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
        for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
            if text in (tick.label1, tick.label2):
                return not low <= tick.get_loc() <= high
    return False


@pytest.mark.parametrize("name", PICTURES)
def test_one_thing_has_one_word(name):
    """In the legend, the alternative text and the caption."""
    figure, alt, caption = picture(name)
    legend = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    for word in {"examples", "predictions", "model"} & set(legend):
        assert word in alt or (word == "examples" and "1 example;" in alt)
    everything = " ".join([*legend, alt, caption])
    assert not re.search(r"\b(data|points)\b", everything)
    assert not re.search(r"\b1 (examples|epochs)\b", everything)


@pytest.mark.parametrize("name", PICTURES)
def test_lines_and_symbols_differ_by_more_than_colour(name):
    figure, _, _ = picture(name)
    (axes,) = figure.axes
    palette = {color.lower() for color, _, _ in plotting.LINES} | {"#000000"}
    labelled = [line for line in axes.lines if not line.get_label().startswith("_")]
    for line in axes.lines:
        assert to_hex(line.get_color()) in palette
    for symbols in axes.collections:
        if isinstance(symbols, PathCollection):
            assert to_hex(symbols.get_facecolor()[0]) in palette
    cues = [(line.get_linestyle(), line.get_marker()) for line in labelled]
    assert len(set(cues)) == len(cues)


def test_one_display_with_words_in_every_form(shown):
    plotting.show(Figure(), 'W < 3 & "b" > 2', "What <b>is</b> shown")
    (bundle,) = shown
    assert set(bundle) == {"text/html", "image/png", "text/plain"}
    page = bundle["text/html"]
    assert html.unescape(re.search('<img alt="([^"]*)"', page)[1]) == 'W < 3 & "b" > 2'
    assert "<figcaption>What &lt;b&gt;is&lt;/b&gt; shown</figcaption>" in page
    assert f"data:image/png;base64,{bundle['image/png']}" in page
    assert bundle["text/plain"] == 'W < 3 & "b" > 2\nWhat <b>is</b> shown'


def test_a_picture_can_be_drawn_without_being_shown(shown):
    drawn = plotting.plot_line.draw(MODEL, *FIVE)
    assert isinstance(drawn.figure, Figure) and not shown
    plotting.show(*drawn)
    assert shown[0]["text/plain"] == f"{drawn.alt}\n{drawn.caption}"
    assert inspect.signature(plotting.plot_line).return_annotation is None
    assert str(inspect.signature(plotting.plot_line)).startswith("(model: ")


@pytest.mark.parametrize("name", ["data", "surface and paths"])
def test_every_picture_is_one_display(name, shown):
    PICTURES[name]()
    (bundle,) = shown
    assert bundle["image/png"].startswith("iVBOR")
    assert len(re.search('<img alt="([^"]*)"', bundle["text/html"])[1]) >= 20


def test_the_words_of_data():
    labels = {"x_label": "hours", "y_label": "euros"}
    _, alt, caption = plotting.plot_data.draw(*FIVE, [3.0, 5.0, 7.0, 9.0, 11.0], **labels)
    assert "5 examples; hours from 1.00 to 5.00, euros from 3.20 to 11.00" in alt
    assert "Red triangles: the predictions, from 3.00 to 11.00" in alt
    assert caption == "5 examples and the predictions for them; mean squared error 0.02."


def test_the_words_of_a_line():
    caption = plotting.plot_line.draw(MODEL, *FIVE).caption
    assert caption == "5 examples and the model's line, from 1.00 at 0.00 to 11.00 at 5.00."


def test_the_words_of_residuals():
    _, alt, caption = plotting.plot_residuals.draw(*FIVE, MODEL(FIVE[0]))
    assert "the residuals, from -0.20 to 0.20" in alt
    assert caption == "Residuals (predicted - actual): -0.20, 0.20, -0.10, 0.10, 0.00."


def test_the_words_of_parameters():
    figure, alt, caption = plotting.plot_parameters.draw(HISTORY, 3.0, 2.0)
    moves = "W falls from 5.00 to 3.20 and b rises from 0.00 to 1.50"
    assert caption == f"{moves}; true W = 3.00, dashed; true b = 2.00, dashed."
    assert "over 3 epochs" in alt
    assert moves in alt
    true = [line for line in figure.axes[0].lines if set(line.get_ydata()) in ({3.0}, {2.0})]
    assert [line.get_linestyle() for line in true] == ["--", "--"]


def test_the_words_of_a_loss():
    runs = {"slow": HISTORY, "wild": OTHER}
    _, alt, caption = plotting.plot_loss.draw(runs, logarithmic=True)
    assert caption == "Slow falls from 9.00 to 3.00; wild rises from 4.00 to 6.00."
    assert "on a logarithmic scale over 3 epochs" in alt


def test_the_words_of_a_surface():
    line, ranges = ([0.0, 1.0, 2.0], [1.0, 3.0, 5.0]), {"W_range": (0, 6), "b_range": (-2, 4)}
    _, alt, caption = plotting.plot_loss_surface.draw(*line, HISTORY, **ranges)
    assert caption.startswith("The loss is lowest, 0.00, near W = 2.0 and b = 1.0")
    assert "training goes from W = 5.00, b = 0.00 to W = 3.20, b = 1.50" in caption
    assert "over W from 0.00 to 6.00 and b from -2.00 to 4.00" in alt


def test_a_round_valley_looks_round():
    """W and b share a scale, unless asked not to, or the map would be too thin."""
    square = {"W_range": (-3, 9), "b_range": (-4, 8)}
    for options, aspect in (
        (square, 1.0),
        (square | {"equal_axes": False}, "auto"),
        ({"W_range": (0, 1), "b_range": (0, 50)}, "auto"),
    ):
        figure = plotting.plot_loss_surface.draw(*FIVE, HISTORY, **options).figure
        (axes,) = figure.axes
        assert axes.get_aspect() == aspect
        figure.draw_without_rendering()
        box = axes.get_window_extent()
        if aspect == 1.0:
            assert box.width == pytest.approx(box.height) and box.height > 300
            assert axes.get_legend().get_window_extent().x0 > box.x1


def test_contour_lines_have_round_numbers():
    axes = picture("surface and paths")[0].axes[0]
    numbers = [text.get_text() for text in axes.texts]
    assert len(numbers) > 3
    assert set(numbers) <= {f"{digit}{zeros}" for digit in "125" for zeros in ("", "0", "00")}


def test_what_is_drawn_is_what_was_given():
    axes = picture("residuals")[0].axes[0]
    (points,) = (c for c in axes.collections if isinstance(c, PathCollection))
    np.testing.assert_allclose(points.get_offsets(), np.transpose(FIVE), rtol=1e-6)
    (residuals,) = (c for c in axes.collections if isinstance(c, LineCollection))
    ends = [[y for _, y in segment] for segment in residuals.get_segments()]
    np.testing.assert_allclose(ends, np.transpose([MODEL(FIVE[0]), FIVE[1]]), rtol=1e-6)


def test_the_surface_is_the_loss():
    W, b = np.float32([-1.0, 0.0, 2.0]), np.float32([1.0, 3.0])
    surface = plotting.loss_surface(*FIVE, W, b, plotting.mean_squared_error)
    x, y = np.array(FIVE)
    wanted = [[np.mean((w * x + c - y) ** 2) for w in W] for c in b]
    np.testing.assert_allclose(surface, wanted, rtol=1e-5)


def test_a_loss_with_an_if_has_a_surface_too():
    def capped(predicted, actual):
        error = tf.reduce_mean(tf.abs(predicted - actual))
        if error > 1.0:
            return tf.constant(1.0)
        return error

    assert "The loss is lowest, 0." in plotting.plot_loss_surface.draw(*FIVE, loss=capped).alt


def test_a_surface_beyond_all_numbers_is_refused():
    with pytest.raises(ValueError, match=r"loss\(predicted, actual\).*(inf|too large)"):
        plotting.plot_loss_surface([1e20], [1e20])


def test_a_model_that_is_no_line_is_refused():
    with pytest.raises(ValueError, match=r"model\(inputs\).*same shape"):
        plotting.plot_line(lambda inputs: tf.reduce_sum(inputs), *FIVE)


@pytest.mark.parametrize("history", [{}, {str(i): HISTORY for i in range(5)}, {1: HISTORY}])
def test_histories_that_cannot_be_drawn(history):
    with pytest.raises((TypeError, ValueError), match="history"):
        plotting.plot_loss(history)


def test_a_history_without_a_line_has_no_parameters_to_draw():
    with pytest.raises(ValueError, match="has no W and b"):
        plotting.plot_parameters(History([1.0, 2.0]))


def test_nothing_global_is_touched():
    """A learner's own pictures look as they did before `helpers` was imported and drew."""
    plotting.plot_loss.draw(HISTORY)
    now, as_installed = dict(matplotlib.rcParams), dict(matplotlib.rc_params())
    backends = {"backend", "backend_fallback"}  # matplotlib itself chooses when pyplot is imported.
    different = {name for name in now if now[name] != as_installed[name]} - backends
    assert not different
    assert not pyplot.get_fignums()
