"""Finds the lines of an answer, and answers questions about their syntax tree.

Nothing here runs code of an answer, or looks at anything but its functions.
"""

import ast
import copy
import functools
import linecache
import re
import types
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import tensorflow as tf

Routine = ast.FunctionDef | ast.Lambda

LOOPS = (ast.For, ast.While)


class Source(NamedTuple):
    """The tree of a function or a class, the lines of its cell, and the globals that it sees."""

    tree: ast.AST
    lines: list[str]
    known: Mapping[str, Any]


def source_of(answer: Any) -> Source | None:
    """Where an answer was written; None for what has no lines, or if two could be meant."""
    members, name = [answer], ""
    if issubclass(type(answer), tf.types.experimental.GenericFunction):
        members = [answer.python_function]
    elif type(answer) is types.MethodType:
        members = [answer.__func__]
    elif issubclass(type(answer), type):
        members = type.__dict__["__dict__"].__get__(answer).values()
        name = type.__dict__["__name__"].__get__(answer)
    for member in [each for each in members if type(each) is types.FunctionType]:
        # `inspect.getsource` looks for a class in the file of its module, and a cell is none.
        lines = linecache.getlines(member.__code__.co_filename)
        whole = parsed("".join(lines))
        tree = _defined(whole, member.__code__, name) if whole else None
        if tree:
            return Source(tree, lines, member.__globals__)
    return None


def _defined(whole: ast.Module, code: types.CodeType, name: str) -> ast.AST | None:
    """The one definition with this code, or the one class of that name around it."""
    found = [node for node in ast.walk(whole) if _is_of(node, code)]
    if name:
        classes = [node for node in ast.walk(whole) if isinstance(node, ast.ClassDef)]
        found = [node for node in classes if node.name == name and set(found) & set(node.body)]
    return found[0] if len(found) == 1 else None


def _is_of(node: ast.AST, code: types.CodeType) -> bool:
    if isinstance(node, ast.Lambda):
        return code.co_name == "<lambda>" and node.lineno == code.co_firstlineno
    if not isinstance(node, ast.FunctionDef) or node.name != code.co_name:
        return False
    return min(each.lineno for each in (node, *node.decorator_list)) == code.co_firstlineno


@functools.lru_cache(maxsize=64)
def parsed(source: str) -> ast.Module | None:
    """The tree of some code; None for what is no Python."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def routines_in(source: str, name: str) -> Mapping[str, Routine]:
    """The `routines` of what has that name in some code."""
    tree = parsed(source)
    found = [node for node in tree.body if getattr(node, "name", "") == name] if tree else []
    return routines(found[0]) if found else {}


def routines(tree: ast.AST) -> Mapping[str, Routine]:
    """A class's methods by their names; a function by the name ""."""
    if isinstance(tree, ast.ClassDef):
        return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    return {"": tree}


# What a tree is asked


def own(node: ast.AST) -> Iterator[ast.AST]:
    """What is in a node, but not inside the functions that are defined there."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(
            child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
        ):
            yield from own(child)


def all_of(kind: Any, *nodes: ast.AST) -> list:
    """Every node of a kind in these, in the order of the lines."""
    found = [each for node in nodes for each in walked(node) if isinstance(each, kind)]
    return sorted(found, key=place)


@functools.lru_cache(maxsize=4096)
def walked(node: ast.AST) -> tuple[ast.AST, ...]:
    """A node and all in it; kept, as many rules look at the same few lines."""
    return tuple(ast.walk(node))


def place(node: ast.AST) -> tuple[int, int]:
    """Where a node begins: line and column."""
    return node.lineno, node.col_offset


def named(*nodes: ast.AST, by: type = ast.Load) -> set[str]:
    """The names that are read in these nodes, or given a value (`by=ast.Store`)."""
    return {name.id for name in all_of(ast.Name, *nodes) if isinstance(name.ctx, by)}


def on_self(node: ast.AST, by: type) -> set[str]:
    """The attributes of `self` that are read or set."""
    found = [each for each in all_of(ast.Attribute, node) if isinstance(each.ctx, by)]
    return {each.attr for each in found if ast.unparse(each.value) == "self"}


def parameters(routine: Routine) -> list[str]:
    """What stands in the brackets of a function."""
    return [each.arg for each in (*routine.args.posonlyargs, *routine.args.args)]


def bound(routine: Routine) -> set[str]:
    """Every name that gets a value in a function."""
    names = {getattr(node, "asname", None) or getattr(node, "name", None) or ""
             for node in walked(routine)}  # fmt: skip
    return names | named(routine, by=ast.Store) | {each.arg for each in all_of(ast.arg, routine)}


def body(routine: Routine) -> list[ast.stmt]:
    """The statements of a function; a lambda has none."""
    return routine.body if isinstance(routine, ast.FunctionDef) else []


def blocks(routine: Routine) -> Iterator[list[ast.stmt]]:
    """Every list of statements that stand below each other."""
    for node in (routine, *own(routine)):
        found = getattr(node, "body", 0), getattr(node, "orelse", 0)
        yield from (block for block in found if isinstance(block, list))


def statements(routine: Routine) -> list[ast.Expr]:
    """The lines that are an expression alone."""
    return [node for node in own(routine) if isinstance(node, ast.Expr)]


def calls(node: ast.AST, method: str) -> list[ast.Call]:
    """The calls of a method whose name fits."""
    found = [each for each in all_of(ast.Call, node) if isinstance(each.func, ast.Attribute)]
    return [each for each in found if re.fullmatch(method, each.func.attr)]


def prints(node: ast.AST) -> list[ast.Call]:
    """The calls of `print`."""
    return [call for call in all_of(ast.Call, node) if ast.unparse(call.func) == "print"]


def gives(routine: Routine) -> bool:
    """Whether a function hands something to its caller."""
    handed = any(getattr(node, "value", None) for node in own(routine)
                 if isinstance(node, ast.Return | ast.Yield | ast.YieldFrom))  # fmt: skip
    return handed or isinstance(routine, ast.Lambda)


def tapes(*nodes: ast.AST) -> list[ast.With]:
    """The `with` blocks of tapes that answer once."""
    found = [(each, ast.unparse(each.items[0])) for each in all_of(ast.With, *nodes)]
    return [each for each, how in found if "GradientTape" in how and "persistent" not in how]


def questions(routine: Routine) -> Iterator[tuple[ast.With, set[str], set[str]]]:
    """Each tape that is asked for slopes, with the names in its target and in its sources."""
    for tape in tapes(routine):
        as_name = tape.items[0].optional_vars
        for call in calls(routine, "gradient") if as_name else ():
            if ast.unparse(call.func.value) == ast.unparse(as_name) and len(call.args) > 1:
                yield tape, named(call.args[0]), named(call.args[1])


def behind(names: set[str], *nodes: ast.AST) -> set[str]:
    """These names, and all that they were computed from in these nodes."""
    found = set(names)
    for node in reversed(all_of(ast.Assign, *nodes)):
        if found & named(*node.targets, by=ast.Store):
            found |= named(node.value)
    return found


# Beside another tree


def differences(one: Routine, other: Routine) -> Iterator[tuple[Any, Any]]:
    """The smallest parts in which two functions differ, in the names of the first."""
    names, theirs = _in_order(one), _in_order(other)
    if len(names) == len(theirs) and len(parameters(one)) == len(parameters(other)):
        called = dict(zip(theirs, names, strict=True))
        again = [_Renaming(called).visit(copy.deepcopy(node)) for node in _lines(other)]
        yield from _differing(_lines(one), again)


def _lines(routine: Routine) -> list[ast.stmt]:
    lines = body(routine)
    return lines[1:] if lines and ast.get_docstring(routine) else lines


def _in_order(routine: Routine) -> list[str]:
    """The names of a function, in the order in which they get a value."""
    stored = [node.id for node in all_of(ast.Name, routine) if isinstance(node.ctx, ast.Store)]
    return list(dict.fromkeys([*parameters(routine), *stored]))


class _Renaming(ast.NodeTransformer):
    def __init__(self, called: Mapping[str, str]) -> None:
        self.called = called

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self.called.get(node.id, node.id), node.ctx)


def _differing(one: Any, other: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for pair in zip(one, other, strict=True):
            yield from _differing(*pair)
    elif isinstance(one, ast.AST) and type(one) is type(other):
        fields = [(getattr(one, name), getattr(other, name)) for name in one._fields]
        inside = [pair for field in fields for pair in _differing(*field)]
        whole = len(inside) == 1 and all(isinstance(each, ast.expr) for each in inside[0])
        smallest = whole or not isinstance(one, ast.expr)
        yield from inside if smallest else [(one, other)][: len(inside)]
    elif one != other:
        yield one, other
