"""The explorers: one line opens a picture that moves with its sliders.

    explore.tensors()       explore.slope()                   explore.data()
    explore.variables()     explore.model(inputs, outputs)    explore.training(inputs, outputs)
                            explore.loss(inputs, outputs)

Python computes what is shown, with `helpers.data` and `helpers.training`; explore.js draws it in
the browser. Each function displays one output and returns None.
"""

from helpers.explore.boxes import tensors, variables
from helpers.explore.lines import data, loss, model, slope, training

__all__ = ["data", "loss", "model", "slope", "tensors", "training", "variables"]
