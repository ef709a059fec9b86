"""Reads code without running it: is it still the stub, does it loop, what is shown as solution?"""

import ast
import dis
import functools
import inspect
import re
import textwrap
import types
from typing import Any

import tensorflow as tf

from exercises.engine.mistakes import defined_by
from exercises.engine.model import Class, Function, Value, Written

_REDUCING = {"reduce_mean", "reduce_sum", "reduce_max", "reduce_min", "mean_squared_error"}


def is_unattempted(exercise: Written, answer: Any) -> bool:
    """Whether the learner has not begun: `...`, an empty body, or the stub as it was."""
    if answer is ...:
        return True
    if isinstance(exercise, Function):
        code = code_of(answer)
        return code is not None and (_does_nothing(code) or _same(code, _stub_codes(exercise)))
    if isinstance(exercise, Class) and issubclass(type(answer), type):
        methods = _methods(answer)
        return bool(methods) and methods <= {_skeleton(code) for code in _stub_codes(exercise)}
    return answer is None and _stub_value(exercise) is None


def _stub_value(exercise: Written) -> Any:
    for node in ast.parse(textwrap.dedent(exercise.stub)).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            return node.value.value
    return ...


@functools.cache
def _stub_codes(exercise: Written) -> tuple[types.CodeType, ...]:
    return _inside(compile(textwrap.dedent(exercise.stub), "<stub>", "exec"))


def _does_nothing(code: types.CodeType) -> bool:
    """An empty body compiles to `return None`, whether it was `...`, `pass` or a docstring."""
    doing = [i for i in dis.get_instructions(code) if i.opname not in ("RESUME", "COPY_FREE_VARS")]
    return all(
        i.opname in ("LOAD_CONST", "RETURN_VALUE", "RETURN_CONST")
        and (i.opname == "RETURN_VALUE" or i.argval in (None, ...))
        for i in doing
    ) and not code.co_flags & (inspect.CO_GENERATOR | inspect.CO_COROUTINE)


def _same(code: types.CodeType, stubs: tuple[types.CodeType, ...]) -> bool:
    return any(_skeleton(code) == _skeleton(stub) for stub in stubs)


def _skeleton(code: types.CodeType) -> tuple:
    """What a function does, whatever its docstring and its comments say."""
    done = [
        (i.opname, i.argrepr if type(i.argval) is not types.CodeType else _skeleton(i.argval))
        for i in dis.get_instructions(code)
        if i.opname not in ("RESUME", "NOP")
    ]
    return (code.co_argcount, tuple(done))


def _methods(cls: type) -> set[tuple]:
    members = type.__dict__["__dict__"].__get__(cls).values()
    codes = {code for code in map(code_of, members) if code}
    return {_skeleton(code) for code in codes}


@functools.cache
def stub_name(exercise: Written) -> str:
    """What the stub defines: the name of its function, its class or its value."""
    return defined_by(exercise.stub)


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


def code_of(answer: Any) -> types.CodeType | None:
    """The compiled code of a function, a method or a tf.function; None for everything else."""
    if issubclass(type(answer), tf.types.experimental.GenericFunction):
        answer = answer.python_function
    if type(answer) is types.MethodType:
        answer = answer.__func__
    return answer.__code__ if type(answer) is types.FunctionType else None


def loops(answer: Any) -> bool:
    """Whether a function goes through something in Python, by a loop or a comprehension."""
    return any(i.opname.startswith(("FOR_ITER", "JUMP_BACKWARD"))
               for code in all_code_of(answer) for i in dis.get_instructions(code))  # fmt: skip


def asks_a_tape(answer: Any) -> bool:
    """Whether a function asks a gradient tape for slopes."""
    code = code_of(answer)
    return code is not None and {"GradientTape", "gradient"} <= set(code.co_names)


def reduces(answer: Any) -> bool:
    """Whether a function makes one number out of many."""
    return any(_REDUCING & set(code.co_names) for code in all_code_of(answer))


def arguments_that_fit(answer: Any) -> tuple[int, int] | None:
    """The least and the largest number of arguments of a plain function, if it says so."""
    if type(answer) is not types.FunctionType:
        return None
    code = answer.__code__
    if code.co_kwonlyargcount:
        return None
    most = 1000 if code.co_flags & inspect.CO_VARARGS else code.co_argcount
    return code.co_argcount - len(answer.__defaults__ or ()), most


def all_code_of(answer: Any) -> tuple[types.CodeType, ...]:
    """The code of a function, and of the functions inside it."""
    code = code_of(answer)
    return (code, *_inside(code)) if code else ()


def _inside(code: types.CodeType) -> tuple[types.CodeType, ...]:
    own = [const for const in code.co_consts if type(const) is types.CodeType]
    return tuple(found for const in own for found in (const, *_inside(const)))
