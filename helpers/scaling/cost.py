"""What it costs to train on several machines: computing gets shorter, sending does not.

All here is arithmetic with numbers that you can change. Taught in lesson 09.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from helpers import plotting
from helpers._internal import checks, figures, formatting

BYTES = 4  # of a float32
BITS = 8  # of a byte
OPERATIONS = 6  # for each parameter and example: 2 for the prediction, 4 for its slopes
LATENCY = 50e-6  # seconds until a message arrives, however short it is
SPEED = 1e13  # operations a second: a good accelerator at work; one core does about 1e10
MAX_COUNT = 10**15  # of parameters, examples or machines


def bytes_a_step(parameters: int, machines: int) -> float:
    """What each machine sends in a step, to add up all gradients.

    They go round in a ring (a *ring all-reduce*): in `machines - 1` rounds the parts of the sum
    are collected, in as many more they are handed on, and a part is 1/machines of the gradient.
    """
    parameters = checks.whole_number("parameters", parameters, at_least=1, at_most=MAX_COUNT)
    machines = checks.whole_number("machines", machines, at_least=1, at_most=MAX_COUNT)
    return 2 * (machines - 1) / machines * BYTES * parameters


def seconds_to_send(
    parameters: int, machines: int, gigabits: float, latency: float = LATENCY
) -> float:
    """How long the gradients of a step are on the wire.

    Args:
        parameters: of the model, float32.
        machines: in the ring.
        gigabits: what the network carries, in Gbit/s.
        latency: seconds that each round takes at least; 0 leaves that out.
    """
    gigabits = checks.number("gigabits", gigabits, above=0)
    latency = checks.number("latency", latency)
    if latency < 0:
        raise ValueError(f"latency must be at least 0 seconds; got {latency:g}.")
    bits = BITS * bytes_a_step(parameters, machines)
    return bits / (gigabits * 1e9) + 2 * (machines - 1) * latency


def seconds_to_compute(
    parameters: int, examples: int, machines: int = 1, operations_a_second: float = SPEED
) -> float:
    """How long each machine computes in a step, if the examples are shared out evenly.

    Args:
        parameters: of the model.
        examples: in the whole batch, over all machines.
        machines: that share them.
        operations_a_second: of one machine.
    """
    parameters = checks.whole_number("parameters", parameters, at_least=1, at_most=MAX_COUNT)
    examples = checks.whole_number("examples", examples, at_least=1, at_most=MAX_COUNT)
    machines = checks.whole_number("machines", machines, at_least=1, at_most=MAX_COUNT)
    speed = checks.number("operations_a_second", operations_a_second, above=0)
    return OPERATIONS * parameters * examples / machines / speed


@plotting.shown
def plot_step_time(
    parameters: int,
    examples: int,
    *,
    gigabits: Sequence[float] = (1, 10, 100),
    machines: Sequence[int] = (1, 2, 4, 8, 16),
    latency: float = LATENCY,
    operations_a_second: float = SPEED,
) -> figures.Picture:
    """Show how long a step takes on more and more machines, a line for each network.

    Computing and sending are added up; the dashed line is one machine alone.

    Args:
        parameters: of the model.
        examples: in the whole batch, over all machines.
        gigabits: one to four networks, in Gbit/s.
        machines: how many, from few to many.
        latency: seconds until a message arrives.
        operations_a_second: of one machine.
    """
    many = [checks.whole_number("machines", n, at_least=1) for n in machines]
    if len(many) < 2 or not 1 <= len(gigabits) <= len(plotting.LINES):
        raise ValueError(
            f"A picture needs at least 2 numbers of machines and 1 to {len(plotting.LINES)} "
            f"networks; got {len(many)} and {len(gigabits)}."
        )
    figure = Figure(figsize=(figures.WIDTH, figures.HEIGHT), layout="constrained")
    axes = figure.add_subplot(xscale="log", yscale="log")
    axes.set_xlabel("machines")
    axes.set_ylabel("time of a step (ms)")
    axes.set_xticks(many, [str(n) for n in many])
    axes.set_xticks([], minor=True)
    axes.yaxis.set_major_formatter("{x:g}")
    computing = [
        seconds_to_compute(parameters, examples, n, operations_a_second) for n in (1, *many)
    ]
    alone = 1000 * computing[0]
    axes.axhline(alone, color=plotting.BLACK, linestyle="--", label="one machine alone")
    parts = []
    for speed, (color, dash, marker) in zip(gigabits, plotting.LINES, strict=False):
        sending = [seconds_to_send(parameters, n, speed, latency) for n in many]
        times = 1000 * (np.asarray(computing[1:]) + sending)
        name = f"{speed:g} Gbit/s"
        axes.plot(many, times, color=color, linestyle=dash, marker=marker, label=name)
        ends = f"{_shown(times[-1])} ms on {many[-1]}"
        parts.append(f"at {name} a step takes {_shown(times[1])} ms on {many[1]} and {ends}")
    figure.legend(loc="outside upper center", ncols=2)  # Inside the axes it would hide a line.
    caption = formatting.sentence([f"one machine alone takes {_shown(alone)} ms", *parts])
    alt = f"Line plot of the time of a step over {many[0]} to {many[-1]} machines, both logarithmic"
    return figures.Picture(figure, f"{alt}. {caption}", caption)


def _shown(ms: float) -> str:
    return formatting.number(ms) if ms >= 0.01 else f"{ms:.1e}"
