"""Draws other inputs for an exercise: alike in structure, with other numbers and other lengths."""

import copy
import dataclasses
import types
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from exercises.engine import run
from exercises.engine.model import Case, Class, Value, Written

DRAWS = 18
"""About how many cases are drawn for an exercise, at least two for each of its own."""


def drawn(exercise: Written) -> Written | None:
    """The exercise with drawn cases; None where there is nothing to draw."""
    if isinstance(exercise, Value):
        return None
    times = max(2, -(-DRAWS // len(exercise.cases)))
    cases = [_other_case(exercise, case, seed) for case in exercise.cases for seed in range(times)]
    fitting = tuple(case for case in cases if _fits(exercise, case))
    return with_cases(exercise, fitting) if fitting else None


def with_cases(exercise: Written, cases: tuple[Case, ...]) -> Written:
    """A copy of the exercise, with the same mistakes, that tries these cases."""
    other = copy.copy(exercise)
    object.__setattr__(other, "cases", cases)
    return other


def _fits(exercise: Written, case: Case) -> bool:
    """Whether the solution does with the inputs what it does with those of the exercise."""
    outcomes, finished = run.run_cases(with_cases(exercise, (case,)), exercise.solution, 60)
    return finished and bool(outcomes[0].raised) == bool(case.raises)


def _other_case(exercise: Written, case: Case, seed: int) -> Case:
    if isinstance(exercise, Class):
        return dataclasses.replace(case, call=_other_function(case.call, Numbers(seed)))
    return dataclasses.replace(case, inputs=lambda: other_inputs(case.inputs(), seed))


def other_inputs(inputs: tuple, seed: int) -> tuple:
    """Inputs of the same structure; where all tensors share their first axis, of another length."""
    arrays = [value for value in inputs if isinstance(value, tf.Tensor | tf.Variable | np.ndarray)]
    lengths = {value.shape[0] for value in arrays if len(value.shape)}
    whole = [n for value in inputs for n in np.ravel(value) if _is_whole(value)]
    numbers = Numbers(seed)
    if len(lengths) == 1:
        least = max([2, *(int(n) + 1 for n in whole)])
        numbers.lengths = {lengths.pop(): int(numbers.random.integers(least, least + 5))}
    return tuple(numbers.other(value) for value in inputs)


def _is_whole(value: Any) -> bool:
    return type(value) is int or (type(value) is list and all(type(n) is int for n in value))


class Numbers:
    """Gives other numbers for those that it is shown, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.lengths: dict[int, int] = {}

    def other(self, value: Any) -> Any:
        """A value of the same kind with other numbers in it; what has none comes back as it is."""
        if type(value) is int:
            return int(self.random.integers(1, value + 1)) if value > 1 else value
        if type(value) is float:
            return self._float(value)
        if _is_whole(value) and value:  # Places: none comes twice.
            places = self.random.permutation(max(value) + 1)
            return [int(place) for place in places[: len(value)]]
        if type(value) in (list, tuple):
            return type(value)(self.other(each) for each in value)
        if isinstance(value, tf.Variable):
            return tf.Variable(self._array(value.numpy()))
        if isinstance(value, tf.Tensor):
            return tf.constant(self._array(value.numpy()))
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, tf.Module):  # It was made for this call: no other knows it.
            for variable in value.trainable_variables:
                variable.assign(self._array(variable.numpy(), keep=True))
        return value

    def _float(self, value: float) -> float:
        if 0 < value < 1:  # A rate: a larger one may let a training diverge.
            return float(value * self.random.uniform(0.3, 1.1))
        return round(float(value + self.random.normal() * max(1.0, abs(value))), 3)

    def _array(self, array: np.ndarray, *, keep: bool = False) -> np.ndarray:
        shape = list(array.shape)
        if shape and not keep:
            shape[0] = self.lengths.get(shape[0], shape[0])
        if array.dtype.kind == "f":
            size = float(np.nanmax(np.abs(array), initial=1.0))
            other = self.random.normal(size=shape) * size
            if np.isnan(array).any():
                other.flat[self.random.integers(other.size)] = np.nan
            return other.astype(array.dtype)
        if array.dtype.kind in "iu" and array.size:
            low, high = int(array.min()), int(array.max())
            return self.random.integers(low, 2 * high - low + 2, size=shape).astype(array.dtype)
        return array


def _other_function(function: Callable, numbers: Numbers) -> Callable:
    """The function with other numbers where it writes floats, or remembers numbers.

    A case of a class has its numbers in what it calls, and in the functions which that uses.
    """
    known: dict[str, Any] = {}

    def constant(value: Any) -> Any:
        if type(value) is types.CodeType:
            return code(value)
        if type(value) is tuple:
            return tuple(constant(each) for each in value)
        return remembered(value) if type(value) is float else value

    def code(old: types.CodeType) -> types.CodeType:
        return old.replace(co_consts=tuple(constant(value) for value in old.co_consts))

    def remembered(value: Any) -> Any:
        if repr(value) not in known:
            known[repr(value)] = numbers.other(value)
        return known[repr(value)]

    def cell(value: Any) -> Any:
        if type(value) is types.FunctionType:
            return other(value)
        if type(value) in (list, tuple):
            return type(value)(cell(each) for each in value)
        if type(value) is int:
            return int(numbers.random.integers(-9, 10))
        return remembered(value) if type(value) is float else value

    def other(old: types.FunctionType) -> types.FunctionType:
        names = globals_used(old.__code__)
        scope = dict(old.__globals__)
        for name in names:
            used = scope.get(name)
            if type(used) is types.FunctionType and used.__module__ == old.__module__:
                scope[name] = other(used)
        cells = tuple(types.CellType(cell(c.cell_contents)) for c in old.__closure__ or ())
        new = types.FunctionType(code(old.__code__), scope, old.__name__, old.__defaults__, cells)
        new.__kwdefaults__ = old.__kwdefaults__
        return new

    return other(function)


def globals_used(code: types.CodeType) -> set[str]:
    """The names of globals that a function, or one inside it, looks up."""
    inside = [value for value in code.co_consts if type(value) is types.CodeType]
    return set(code.co_names).union(*map(globals_used, inside))
