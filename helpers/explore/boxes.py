"""Explorers of TensorFlow's objects: tensors that broadcast, variables and their names.

A frame is what one state looks like: its words, and for each board its parts. A part is
["box", style, x, y, width, words], ["text", style, x, y, 0, words] or ["arrow", style, path].
TensorFlow itself is asked for every number and every word, nothing is made up.
"""

from typing import Any

import numpy as np
import tensorflow as tf
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle

from helpers._internal import figures
from helpers.explore import ranges
from helpers.explore.widget import Explorer, show

SHAPES: list[list[int]] = [[], [3], [4], [1, 4], [3, 1], [4, 1], [3, 3], [3, 4]]

PROGRAMS = {
    "Rebinding": ["a = tf.constant(1.0)", "b = a", "a = a + 1.0"],
    "Assigning": ["v = tf.Variable(1.0)", "w = v", "v.assign_add(1.0)"],
}

WIDE, HIGH = 250, 230  # a board, in the units of explore.js
BOX = 36  # how high a box is


def tensors() -> None:
    """Explore how two shapes are stretched to each other, or do not fit. Belongs to lesson 01."""
    options = [[str(shape), str(shape)] for shape in SHAPES]
    state = {
        "name": "Explorer of broadcasting",
        "start": {"first": "[3, 1]", "second": "[1, 4]"},
        "controls": [
            ranges.choice("first", "first shape", options),
            ranges.choice("second", "second shape", options),
        ],
        "keys": ["first", "second"],
        "titles": ["The first tensor", "The second tensor", "Their sum"],
        "frames": {f"{a} {b}": stretched(a, b) for a in SHAPES for b in SHAPES},
    }
    frame = state["frames"]["[3, 1] [1, 4]"]
    show(Explorer("tensors", state), _picture(frame, f"Three groups of boxes. {frame['words']}"))


def variables() -> None:
    """Explore rebinding a name beside assigning to a Variable, step by step. Lesson 02."""
    count = 1 + len(PROGRAMS["Rebinding"])
    start = {"line": count - 2}  # The last line, which makes the difference, is left to the reader.
    programs = {title: states(lines) for title, lines in PROGRAMS.items()}
    frames = {str(line): _names(programs, line) for line in range(count)}
    state = {
        "name": "Explorer of variables",
        "start": start,
        "controls": [ranges.player("line", count - 1, 1200)],
        "keys": ["line"],
        "titles": list(PROGRAMS),
        "frames": frames,
    }
    frame = frames[str(start["line"])]
    alt = f"Boxes with names, and arrows to the objects that they see. {frame['words']}"
    show(Explorer("variables", state), _picture(frame, alt))


def stretched(first: list[int], second: list[int]) -> dict:
    """The frame of two tensors of these shapes and their sum, if they have one."""
    shapes = (first, second)
    values = [
        tf.reshape(tf.range(1, int(np.prod(shape)) + 1) * factor, shape)
        for shape, factor in zip(shapes, (1, 10), strict=True)
    ]
    names = [f"first: {first}", f"second: {second}"]
    try:
        total = values[0] + values[1]
    except tf.errors.InvalidArgumentError:
        boards = [_cells(*pair, "misfit") for pair in zip(names, values, strict=True)]
        axis = next(i for i in (1, 2) if {1} < {1, first[-i], second[-i]} > {1, first[-i]})
        words = (
            f"{first} and {second} do not fit: the {('last', 'last but one')[axis - 1]} axis is "
            f"{first[-axis]} long in one and {second[-axis]} in the other. "
            "They would have to be equal, or one of them 1."
        )
        return {"words": words, "parts": [*boards, [["text", "", 8, 20, 0, "no sum"]]]}
    shape = total.shape.as_list()
    boards = [
        _cells(name, tf.broadcast_to(value, shape), style, value.shape.as_list())
        for name, value, style in zip(names, values, ("first", "second"), strict=True)
    ]
    copied = [str(one) for one in shapes if one != shape]
    words = f"{first} + {second} gives {shape}. " + (
        f"Stretched: {' and '.join(copied)}; dashed boxes are copies."
        if copied
        else "The shapes are equal: nothing is stretched."
    )
    return {"words": words, "parts": [*boards, _cells(f"sum: {shape}", total, "sum")]}


def _cells(title: str, values: tf.Tensor, style: str, own: list[int] | None = None) -> list:
    """The boxes of a tensor; those beyond its own shape are copies."""
    table = np.atleast_2d(values.numpy())
    rows, columns = table.shape if own is None else [1, 1, *own][-2:]
    parts: list[list] = [["text", "", 8, 20, 0, title]]
    for (row, column), value in np.ndenumerate(table):
        copy = row >= rows or column >= columns
        place = [8 + 54 * column, 36 + 44 * row, 48]
        parts.append(["box", "copy" if copy else style, *place, str(value)])
    return parts


def _names(programs: dict[str, list[dict]], line: int) -> dict:
    """The frame after so many lines of each program."""
    words, boards = [], []
    for title, steps in programs.items():
        code, state = PROGRAMS[title], steps[line]
        parts: list[list] = [["text", "heading", 8, 20, 0, title]]
        for i, text in enumerate(code):
            mark = "▸" if i + 1 == line else "\u2007"
            parts.append(["text", "code" if i < line else "code later", 8, 46 + 22 * i, 0, mark])
            parts.append([*parts[-1][:2], 26, 46 + 22 * i, 0, text])
        for i, value in enumerate(state["objects"]):
            parts.append(["box", "object", 118, 118 + 56 * i, 124, value])
        for i, (name, target) in enumerate(state["names"].items()):
            parts.append(["box", "first", 8, 118 + 56 * i, 44, name])
            parts.append(["arrow", "model", f"54 {136 + 56 * i}L114 {136 + 56 * target}"])
        boards.append(parts)
        sees = [f"{name} sees {state['objects'][i]}" for name, i in state["names"].items()]
        words.append(
            f"{title}, after {code[line - 1]}: {', '.join(sees)}."
            if line
            else f"{title}: nothing has run yet."
        )
    return {"words": " ".join(words), "parts": boards}


def states(lines: list[str]) -> list[dict[str, Any]]:
    """Run a program line by line and write down what each name sees: nothing is made up."""
    names: dict[str, Any] = {}
    objects: list[Any] = []
    written: list[dict[str, Any]] = [{"names": {}, "objects": []}]
    for line in lines:
        exec(line, {"tf": tf}, names)
        for value in names.values():
            if all(value is not known for known in objects):
                objects.append(value)
        sees = {
            name: next(i for i, known in enumerate(objects) if known is value)
            for name, value in names.items()
        }
        written.append({"names": sees, "objects": [_words(value) for value in objects]})
    return written


def _words(value: Any) -> str:
    kind = "Variable" if isinstance(value, tf.Variable) else "tensor"
    return f"{kind} {float(value.numpy())}"


@figures.IN_STYLE
def _picture(frame: dict, alt: str) -> figures.Picture:
    """Draw a frame as it stands, for those who see no explorer."""
    boards = frame["parts"]
    figure = Figure(figsize=(figures.WIDTH, figures.WIDTH * HIGH / (WIDE * len(boards))))
    for i, parts in enumerate(boards):
        axes = figure.add_axes((i / len(boards), 0, 1 / len(boards), 1))
        axes.set_xlim(0, WIDE)
        axes.set_ylim(HIGH, 0)
        axes.set_axis_off()
        for tag, style, *rest in parts:
            if tag == "arrow":
                ends = [tuple(map(float, end.split())) for end in rest[0].split("L")]
                arrow = FancyArrowPatch(*ends, arrowstyle="->", mutation_scale=20, color="#CC3311")
                axes.add_patch(arrow)
                continue
            x, y, width, text = rest
            if tag == "text":
                axes.text(x, y, text, fontsize=12)
                continue
            dash = "--" if style == "copy" else "-"
            axes.add_patch(Rectangle((x, y), width, BOX, fill=False, linestyle=dash))
            middle = {"ha": "center", "va": "center", "fontsize": 12}
            axes.text(x + width / 2, y + BOX / 2, text, **middle)
    return figures.Picture(figure, alt, frame["words"])
