"""What all pictures share: how they look, and how they reach a page together with their words."""

import base64
import html
import io
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import LogLocator, MaxNLocator
from PIL import Image

from helpers._internal import checks

# Large enough to be read from the last row of a lecture hall.
STYLE = {
    "font.size": 15,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#DDDDDD",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "lines.linewidth": 2.5,
    "legend.framealpha": 0.9,
    "legend.fontsize": 13,
    "figure.constrained_layout.w_pad": 0.12,
    "figure.constrained_layout.h_pad": 0.12,
}
# Decorates a function with these settings. What turns a figure into pixels needs them as well as
# what makes the figure: matplotlib makes the ticks only then.
IN_STYLE = matplotlib.rc_context(STYLE)
WIDTH, HEIGHT = 8.0, 4.6  # inches
DOTS_PER_INCH = 150
SHOWN_AT = 100  # dots per inch on the page; more are drawn than shown, for sharp projection


class Picture(NamedTuple):
    """A figure that is drawn and not yet shown, with what will be said of it."""

    figure: Figure
    alt: str
    caption: str


def blank(x_label: str, y_label: str) -> tuple[Figure, Axes]:
    """Make empty axes. A dollar sign in a label is a currency, not the beginning of a formula."""
    figure = Figure(figsize=(WIDTH, HEIGHT), layout="constrained")
    axes = figure.add_subplot()
    axes.set_xlabel(checks.text("x_label", x_label), parse_math=False)
    axes.set_ylabel(checks.text("y_label", y_label), parse_math=False)
    if x_label == "epoch":
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure, axes


def legend(axes: Axes, columns: int = 1, *, beside: bool = False) -> None:
    """Add the legend, on the picture or at its right; a dollar sign in a name is one here, too."""
    place = {"loc": "upper left", "bbox_to_anchor": (1.02, 1)} if beside else {"loc": "best"}
    for text in axes.legend(ncols=columns, **place).get_texts():
        text.set_parse_math(False)


def contour_map(axes: Axes, W: np.ndarray, b: np.ndarray, surface: np.ndarray) -> None:
    """Draw a loss surface in shades that change at contour lines, unless it is flat."""
    heights = surface.astype(np.float64)
    axes.grid(False)
    axes.locator_params(steps=[1, 2, 5, 10])
    if heights.min() == heights.max():
        return
    levels = round_levels(heights.min(), heights.max())
    axes.contourf(W, b, heights, levels=levels, cmap="Blues", extend="both", alpha=0.7)
    lines = axes.contour(W, b, heights, levels=levels, colors="#555555", linewidths=1)
    for label in axes.clabel(lines, fmt="%g", fontsize=12, inline=False):
        label.set_path_effects([withStroke(linewidth=4, foreground="white")])
        # A label at the edge would be cut off.
        across = (label.get_position()[0] - W[0]) / (W[-1] - W[0])
        up = (label.get_position()[1] - b[0]) / (b[-1] - b[0])
        label.set_visible(0.05 < across < 0.95 and 0.07 < up < 0.93)


def alike(first: np.ndarray, second: np.ndarray) -> bool:
    """Whether axes between these ends can share one scale and be read, both of them."""
    return 0.5 <= (first[-1] - first[0]) / (second[-1] - second[0]) <= 2


def round_levels(lowest: float, highest: float) -> np.ndarray:
    """Round numbers between two: 1, 2 and 5 of each decimal place, or else equal steps."""
    first = max(1.02 * lowest, highest / 300)  # Closer together there, where the paths end.
    if lowest >= 0:
        levels = LogLocator(subs=(1, 2, 5), numticks=99).tick_values(first, highest)
        levels = levels[(levels > first) & (levels < highest)]
        if len(levels) > 3:
            return levels
    levels = MaxNLocator(7, steps=[1, 2, 5, 10]).tick_values(lowest, highest)
    return levels[(levels > lowest) & (levels < highest)]


def bundle(figure: Figure, alt: str, caption: str) -> dict[str, str]:
    """Turn a figure and its words into what a notebook displays, in every form it may want."""
    png, width = base64_png(figure), round(figure.get_figwidth() * SHOWN_AT)
    return {
        "text/html": f'<figure style="margin: 0; max-width: {width}px">'
        f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{png}" '
        'style="max-width: 100%; height: auto; background: white">'
        f"<figcaption>{html.escape(caption)}</figcaption></figure>",
        "image/png": png,
        "text/plain": f"{alt}\n{caption}",
    }


def base64_png(figure: Figure) -> str:
    """Draw a figure, nothing cut off at its edges, as the base64 text of a PNG.

    It is reduced to 256 colours, which no eye misses in a plot and which takes a third of the room.
    """
    drawn, reduced = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=DOTS_PER_INCH, bbox_inches="tight", pad_inches=0.1)
    Image.open(drawn).convert("RGB").quantize(256).save(reduced, format="png", optimize=True)
    return base64.b64encode(reduced.getvalue()).decode()
