"""How far sliders and axes reach, and what stands beside them."""

import math
from typing import Any

import numpy as np
from matplotlib.ticker import LogLocator, MaxNLocator

from helpers._internal import checks, figures

STEPS = 100  # from one end of a slider to the other, roughly


def outwards(low: float, high: float, below: float, above: float) -> tuple[float, float]:
    """From so far below the lowest to so far above the highest, in round numbers."""
    unit = 10 ** math.floor(math.log10(above))
    ends = math.floor((low - below) / unit) * unit, math.ceil((high + above) / unit) * unit
    return _plain(ends[0]), _plain(ends[1])


def slider(ends: tuple[float, float]) -> list[float]:
    """Lowest, highest and step of a slider; the step is 1, 2 or 5 of some decimal place."""
    rough = (ends[1] - ends[0]) / STEPS
    unit = 10 ** math.floor(math.log10(rough))
    step = next(factor * unit for factor in (1, 2, 5, 10) if factor * unit >= 0.999 * rough)
    return [*ends, _plain(step)]


def axis(values: np.ndarray) -> list[float]:
    """From the lowest to the highest value, with some room, and with 0 if it is not far."""
    low, high = float(values.min()), float(values.max())
    span = high - low or abs(high) or 1.0
    if 0 < low < span:
        low = 0.0
    return [_plain(low - 0.06 * span), _plain(high + 0.08 * span)]


def chosen(name: str, ends: Any, otherwise: tuple[float, float]) -> tuple[float, float]:
    """The ends that a caller gave, or those that fit the data."""
    if ends is None:
        return otherwise
    grid = checks.grid(name, ends)
    return _plain(grid[0]), _plain(grid[-1])


def within(name: str, value: Any, low: float, high: float) -> float:
    """Take one number that lies between two others."""
    value = checks.number(name, value)
    if not low <= value <= high:
        raise ValueError(f"{name} must lie between {low:g} and {high:g}; got {value:g}.")
    return value


def plain(values: Any) -> list[float]:
    """Numbers as JSON writes them, as short as float32 allows."""
    return [_plain(value) for value in np.ravel(values)]


def number(name: str, label: str, ends: list[float], **more: Any) -> dict:
    """A slider with a field beside it; `log`, `whole` or `among=[...]` say more of its numbers."""
    return {"type": "number", "name": name, "label": label, "ends": ends, **more}


def choice(name: str, label: str, options: list[list]) -> dict:
    """A list to choose from, of [value, words]."""
    return {"type": "choice", "name": name, "label": label, "options": options}


def player(name: str, last: int, milliseconds: int) -> dict:
    """Step, play and pause through the whole numbers from 0 to `last`."""
    return {"type": "player", "name": name, "last": last, "milliseconds": milliseconds}


def plot(title: str, x: list, y: list, x_label: str, y_label: str, log: bool = False) -> dict:
    """Axes with round numbers, the upright one perhaps logarithmic; W and b share a scale."""
    return {
        "title": title,
        "x": [_plain(end) for end in x],
        "y": [_plain(end) for end in y],
        "x_label": x_label,
        "y_label": y_label,
        "x_ticks": _ticks(x, log=False),
        "y_ticks": _ticks(y, log=log),
        "log": log,
        "equal": (x_label, y_label) == ("W", "b") and figures.alike(x, y),
    }


def _ticks(ends: list, log: bool) -> list[list]:
    locator = LogLocator(numticks=6) if log else MaxNLocator(5, steps=[1, 2, 5, 10])
    values = locator.tick_values(*ends)
    return [
        [_plain(value), f"{value + 0.0:.6g}"] for value in values if ends[0] <= value <= ends[1]
    ]


def _plain(value: float) -> float:
    return float(f"{value:.9g}")
