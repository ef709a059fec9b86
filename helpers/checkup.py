"""Finds out whether this machine can run the lessons, before a lesson does."""

import io
import sys

import IPython
import matplotlib
import numpy as np
import psutil
import tensorflow as tf
from matplotlib.figure import Figure

from helpers import data, training

# The oldest versions that the lessons are tested on.
OLDEST = {
    "Python": (3, 11),
    "TensorFlow": (2, 20),
    "NumPy": (2, 1),
    "matplotlib": (3, 10),
    "IPython": (7, 34),
}
FREE_MEMORY_GB = 0.5


def check_this_machine() -> None:
    """Print one sentence if everything is in order, otherwise what is wrong and what to do."""
    problems = [*old_versions(installed_versions()), *memory_problems(), *trial_problems()]
    if problems:
        print("\n".join(f"- {problem}" for problem in problems))
    else:
        print("Everything the lessons need is here, and it works.")


def installed_versions() -> dict[str, str]:
    """Return the version of everything in `OLDEST`, as it calls itself."""
    return {
        "Python": sys.version.split()[0],
        "TensorFlow": tf.__version__,
        "NumPy": np.__version__,
        "matplotlib": matplotlib.__version__,
        "IPython": IPython.__version__,
    }


def old_versions(installed: dict[str, str]) -> list[str]:
    """Say which of the installed versions are older than the lessons are tested on."""
    problems = []
    for name, oldest in OLDEST.items():
        if tuple(int(part) for part in installed[name].split(".")[:2]) < oldest:
            wanted = ".".join(map(str, oldest))
            problems.append(
                f"{name} is {installed[name]}; the lessons need {wanted} or newer. "
                "Install requirements.txt again, then restart the kernel."
            )
    return problems


def memory_problems(free_gb: float | None = None) -> list[str]:
    """Say so if less memory is free than a lesson takes beside what is loaded already."""
    free_gb = psutil.virtual_memory().available / 1e9 if free_gb is None else free_gb
    if free_gb >= FREE_MEMORY_GB:
        return []
    return [
        f"Only {free_gb:.1f} GB of memory are free; a lesson needs {FREE_MEMORY_GB} GB. "
        "Close other programs, or shut down other notebooks under Kernel."
    ]


def trial_problems() -> list[str]:
    """Train for an epoch and draw a picture; say what did not work."""
    problems = []
    try:
        history = training.fit(training.LinearModel(), *data.synthesize(), epochs=1)
        if abs(history.loss[0] - 9.26289) > 1e-4:
            problems.append(
                f"The first loss is {history.loss[0]:.5f} and should be 9.26289: numbers on this "
                "machine will differ a little from those printed in the lessons."
            )
    except Exception as error:
        problems.append(f"Training did not work: {type(error).__name__}: {error}")
    try:
        Figure().savefig(io.BytesIO(), format="png")
    except Exception as error:
        problems.append(f"Drawing did not work: {type(error).__name__}: {error}")
    return problems
