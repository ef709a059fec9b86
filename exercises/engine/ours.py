"""What a lesson goes on with: the learner's answer as the lesson needs it, or ours.

What we gave back is remembered, because it may come back: a cell with a check is run again, and the
name in it is ours by then. That is no answer.
"""

from typing import Any

import tensorflow as tf

from exercises.engine.model import Value, Written

_given: dict[str, Any] = {}


def of(exercise: Written) -> Any:
    """Our function or class, or our value, made when it is first given back."""
    if exercise.id not in _given:
        made = exercise.solution() if isinstance(exercise, Value) else exercise.solution
        _given[exercise.id] = made
    return _given[exercise.id]


def is_ours(answer: Any, of: Written) -> bool:
    """Whether an answer is what we gave back for this exercise."""
    return of.id in _given and answer is _given[of.id]


def as_needed(exercise: Written, answer: Any) -> Any:
    """A right answer as the lesson needs it: a list of numbers is a tensor from here on."""
    needed = type(of(exercise)) if isinstance(exercise, Value) else object
    make = tf.Variable if issubclass(needed, tf.Variable) else tf.constant
    if issubclass(needed, tf.Variable | tf.Tensor) and not isinstance(answer, needed):
        return make(answer, dtype=of(exercise).dtype)
    return answer
