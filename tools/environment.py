"""The environment variables that `exercises` looks for.

They are repeated here, because an import of `exercises` takes TensorFlow along;
tests/tools/test_imports.py compares.
"""

PROGRESS = "LESSONS_PROGRESS"
"""Names the file in which a learner's progress is kept."""

RESULTS = "LESSONS_RESULTS"
"""Names a file to which every result is added."""

STRICT = "LESSONS_STRICT"
"""Where it is set, faults of a check are raised instead of shown."""

WITHHELD = "LESSONS_WITHHELD"
"""What a class does without: `solution`, or `solution hint`."""
