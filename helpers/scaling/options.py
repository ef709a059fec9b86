"""The command line of `python -m helpers.scaling.worker`."""

import argparse
import math
import os
from collections.abc import Callable
from pathlib import Path

import tensorflow as tf

# What all machines must have in common.
SHARED = ("epochs", "every", "learning_rate", "num_examples", "noise", "seed")


def read_options(arguments: list[str] | None, num_examples: int) -> argparse.Namespace:
    """Take the command line; a mistake in it ends the program with status 2.

    Args:
        arguments: None takes those that the program was started with.
        num_examples: how many, where the command line does not say.
    """
    parser = argparse.ArgumentParser(
        prog="python -m helpers.scaling.worker",
        description="Train f(x) = W*x + b on all the machines that TF_CONFIG names.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--epochs", type=_whole, default=10, help="how many in all")
    add("--learning-rate", type=_positive, default=0.1, help="how far to go along the slope")
    add("--num-examples", type=_whole, default=num_examples, help="on all machines together")
    add("--noise", type=_from_0_on, default=1.0, help="standard deviation of the errors")
    add("--seed", type=int, default=0, help="decides which examples are drawn")
    add("--checkpoints", type=_folder, metavar="FOLDER", help="save here, go on from here")
    add("--every", type=_whole, default=1, metavar="N", help="save after every N epochs")
    add("--start-up", type=_positive, default=60, metavar="SECONDS", help="for all to be there")
    add("--patience", type=_positive, default=20, metavar="SECONDS", help="for one epoch")
    add("--exact", action="store_true", help="print numbers with all their digits")
    return parser.parse_args(arguments)


def require_chief_options(options: argparse.Namespace) -> None:
    """Compare with what the chief was given. Called in a strategy's scope, on every machine.

    Raises:
        ValueError: on a machine whose options differ in what all must have in common.
    """
    wanted = [float(getattr(options, name)) for name in SHARED]
    # A Variable made in the scope starts with the chief's value.
    if tf.Variable(wanted, dtype=tf.float64).numpy().tolist() != wanted:
        names = ", ".join(SHARED)
        raise ValueError(f"This machine was given other options ({names}) than the chief.")


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:20]) <= 100_000_000):
        raise argparse.ArgumentTypeError(
            f"must be a whole number from 1 to 100000000, got {text!r}"
        )
    return int(text)


def _positive(text: str) -> float:
    return _number(text, "larger than 0", lambda value: 0 < value < 1e6)


def _from_0_on(text: str) -> float:
    return _number(text, "from 0 on", lambda value: 0 <= value < math.inf)


def _number(text: str, wanted: str, allowed: Callable[[float], bool]) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not allowed(value):
        raise argparse.ArgumentTypeError(f"must be a number {wanted}, got {text!r}")
    return value


def _folder(text: str) -> Path:
    folder = Path(text)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"must be a folder; {text!r} cannot be: {error}") from None
    if not os.access(folder, os.W_OK):
        raise argparse.ArgumentTypeError(f"must be a folder to write to; {text!r} is protected")
    return folder
