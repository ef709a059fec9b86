"""A loss surface as a map."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke


def draw(axes: Axes, W: np.ndarray, b: np.ndarray, surface: np.ndarray) -> None:
    """Draw a surface in shades, with labelled contour lines where there is a height to label."""
    heights = surface.astype(np.float64)
    levels = _levels(heights.min(), heights.max())
    axes.contourf(W, b, heights, levels=levels, cmap="Blues", extend="both", alpha=0.7)
    if heights.min() == heights.max():
        return
    lines = axes.contour(W, b, heights, levels=levels[1::2], colors="#555555", linewidths=1)
    for label in axes.clabel(lines, fmt=_short, fontsize=12, inline=False):
        label.set_path_effects([withStroke(linewidth=4, foreground="white")])
        # A label at the edge would be cut off.
        across = (label.get_position()[0] - W[0]) / (W[-1] - W[0])
        up = (label.get_position()[1] - b[0]) / (b[-1] - b[0])
        label.set_visible(0.05 < across < 0.95 and 0.07 < up < 0.93)


def _levels(lowest: float, highest: float) -> np.ndarray:
    """Lie closer together towards the bottom, where the paths end."""
    first = max(1.02 * lowest, highest / 300)
    if 0 < first < highest:
        return np.geomspace(first, highest, 14)
    if lowest < highest:
        return np.linspace(lowest, highest, 14)
    return np.array([lowest - 1, lowest + 1])


def _short(value: float) -> str:
    return f"{value:.1f}" if abs(value) < 1e6 else f"{value:.1e}"
