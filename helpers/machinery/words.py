"""Numbers in words, for captions and for those who cannot see the picture."""

import numpy as np


def number(value: float) -> str:
    """Two digits after the point, and no minus before a zero."""
    text = f"{value:,.2f}" if abs(value) < 1e6 else f"{value:.2e}"
    return "0.00" if text == "-0.00" else text


def several(values: np.ndarray) -> str:
    """The first eight numbers."""
    shown = ", ".join(number(value) for value in values[:8])
    return shown if len(values) <= 8 else f"{shown}, ..."


def count(values: np.ndarray, word: str) -> str:
    """How many: `1 example`, `1000 examples`."""
    return f"{len(values)} {word}{'s' if len(values) != 1 else ''}"


def span(values: np.ndarray) -> str:
    """From the lowest to the highest."""
    return f"from {number(values.min())} to {number(values.max())}"


def cloud(x: np.ndarray, y: np.ndarray, x_label: str, y_label: str) -> str:
    """How many examples there are, and where they lie."""
    return f"{count(x, 'example')}; {x_label} {span(x)}, {y_label} {span(y)}."


def moves(name: str, values: np.ndarray) -> str:
    """Where a series of numbers begins and ends: `W falls from 5.00 to 3.20`."""
    first, last = number(values[0]), number(values[-1])
    if first == last:
        return f"{name} stays at {first}"
    return f"{name} {'rises' if values[-1] > values[0] else 'falls'} from {first} to {last}"


def sentence(parts: list[str]) -> str:
    """Join parts into one line that begins with a capital."""
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."
