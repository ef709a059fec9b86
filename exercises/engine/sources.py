"""Shows the code of a solution as the learner would have written it."""

import ast
import inspect
import re
import textwrap

from exercises.engine.model import Value, Written
from exercises.engine.stub import stub_name


def solution_code(exercise: Written) -> str:
    """The solution, under the stub's name: it can stand in the place of the stub."""
    source = textwrap.dedent(inspect.getsource(exercise.solution)).rstrip()
    name = stub_name(exercise)
    if isinstance(exercise, Value):
        return _body_of(source, name)
    return re.sub(rf"\b{re.escape(exercise.solution.__name__)}\b", name, source)


def _body_of(source: str, name: str) -> str:
    """The lines of a function without arguments, with an assignment for its `return`."""
    function = ast.parse(source).body[0]
    statements = function.body[1:] if ast.get_docstring(function) else function.body
    lines = textwrap.dedent("\n".join(source.splitlines()[statements[0].lineno - 1 :]))
    return re.sub(r"^return\b", f"{name} =", lines, flags=re.MULTILINE)
