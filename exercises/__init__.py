"""Exercises that answer the mistake that was made.

    from exercises import exercise

    mean_squared_error = exercise("4.2").check(mean_squared_error)
    exercise("4.2").hint()
    exercise("4.2").solution()

A check gives back what the lesson goes on with: the learner's own if it is right, else ours.

**To write an exercise**, add it to the file of its lesson (`lesson_04.py`); nothing else has to
know of it. Every kind is a dataclass of `exercises.engine.model`, and says there what it takes:

    def mean_squared_error(predicted, actual):              # what `.solution()` shows
        return tf.reduce_mean(tf.square(predicted - actual))

    MEAN_SQUARED_ERROR = Function(
        id="4.2",
        stub="def mean_squared_error(predicted, actual): ...",
        solution=mean_squared_error,
        cases=(Case(lambda: (tf.constant([1.0, 5.0]), tf.constant([1.0, 2.0]))),),
        on_correct="One number that is 0 only where every prediction is right. ...",
        ...
    )
    MEAN_SQUARED_ERROR.slip("mean_of_sizes", {"tf.square": "tf.abs"}).says('''
        This takes the mean of the sizes, and does not square them. ...
    ''')
    MEAN_SQUARED_ERROR.mistake("root", lambda p, a: tf.sqrt(mean_squared_error(p, a))).says(...)
    MEAN_SQUARED_ERROR.right(lambda predicted, actual: tf.reduce_mean((actual - predicted) ** 2))

A *slip* is the solution with some of its code written differently; a *mistake* is written out, and
what needs several lines stands as a function below `@MEAN_SQUARED_ERROR.mistaken('''...''')`.
Mistakes that several exercises share belong to a `Concept` in `concepts.py`, written once.

- The file has a `TITLE`, for the progress, and at its top the lines for ruff that the others have.
- The task itself is told in the notebook. Only a `Predict` repeats its question, in `prompt` and
  `choices`, word for word: `tools/solved.py` compares them. Its check says why a choice tempts
  (`tempts`), the cell that answers ends in `.why()`, which shows the `reason`.
- The code of solutions and mistakes is real: what is shown is what runs.
- Cases go from small to large; the first that differs is the one a learner is shown. Together
  they must tell all mistakes apart. Avoid numbers such as 0, 1 and 2, on which much agrees.
- The message of a mistake, in at most 60 words: what this answer does, why that is not what was
  asked, and one question that leads on. Never the solution. Two mistakes that no case can tell
  apart are one, with a message that is true of both.
- What follows from results or from the code alone needs no mistake of its own: `relations` finds
  an argument that plays no part, a factor, a sum for a mean; `reading` a `return` in the loop, a
  missing `self.`, a misspelt name. Their messages come where no mistake agrees.
- A mistake may raise or return the wrong kind of thing: its message is then shown instead of the
  general one for such answers.
- `tests/exercises/test_every_exercise.py` proves each exercise by itself, message by message;
  `make diagnose` says which mistakes a check still answers with general words.

What a check cannot do: stop code that never comes back to Python or catches everything that is
thrown at it. A loop inside one TensorFlow operation and `while True: try: ... except: pass` are
given up on after five seconds and go on in the background until the kernel is restarted; one call
of C code that holds Python's lock (`sum(range(10**12))`) delays the answer until it returns.
"""

import helpers  # noqa: F401 - first of all: it imports TensorFlow quietly
from exercises.engine import progress
from exercises.engine.exercise import exercise

__all__ = ["exercise", "progress"]
