"""What the lessons share: the data, the training loop and the pictures.

Importing this package imports TensorFlow too, without the log lines that TensorFlow writes while
it starts. Read the modules in this order, each holds what its lesson built:

    helpers.data       lesson 05
    helpers.training   lessons 03, 04 and 06
    helpers.plotting   the pictures of all lessons

README.md says what the rest is for.
"""

from helpers._internal.quiet import import_tensorflow

import_tensorflow()

from helpers import data, plotting, training  # noqa: E402 - TensorFlow has to be imported first

__all__ = ["data", "plotting", "training"]
