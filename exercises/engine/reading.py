"""Reads the few lines of a wrong answer, without running them, and says what is certain of them.

Each rule is a function below its words. It looks at one function of the answer and yields what it
finds: a node of the syntax tree, and what is filled into the words. The first rule that finds
something is heard, in the order of this file. A rule speaks only of what can be the cause: after
an error, those about a wrong result are silent.
"""

import ast
import builtins
import difflib
import functools
import linecache
import re
import sys
import textwrap
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from exercises.engine.model import Class, Diagnosis, Function, Value, Written
from exercises.engine.run import Outcome, outcomes_of
from exercises.engine.snapshot import NOTHING, agree, listed, shortened
from exercises.engine.stub import code_of, solution_code, stub_name

Routine = ast.FunctionDef | ast.Lambda
Tree = Routine | ast.ClassDef
Found = Iterator[tuple]

_LOOPS = (ast.For, ast.While)
_DATA = (tf.Tensor, tf.Variable, tf.Module, np.ndarray, np.generic, bool, int, float, list, tuple)
_TYPES = {
    "EagerTensor": ("A tensor", tf.Tensor), "ResourceVariable": ("A Variable", tf.Variable),
    "GradientTape": ("A tape", tf.GradientTape), "list": ("A list", list), "str": ("Text", str),
    "dict": ("A dictionary", dict), "ndarray": ("A NumPy array", np.ndarray),
}  # fmt: skip
_PURE = re.compile(
    r"(tf|np)\.(math\.)?(reduce_\w+|mean|sum|max|abs|square|sqrt|pow|add|subtract|multiply|divide"
    r"|cast|reshape|constant|zeros\w*|ones\w*|stack|concat)"
)


@dataclass(frozen=True, eq=False)
class Answer:
    """An answer's code, and what stands around it.

    Attributes:
        tree: its class or function, in the lines of `source`.
        routines: its functions: a class's methods by their names, or a single one by "".
        stub: the same of the stub, and `solution`: of the solution.
        known: the globals that it sees.
        wanted: what should have come of the first case that differs; `got`: what came of it.
    """

    exercise: Written
    tree: Tree
    source: list[str]
    routines: Mapping[str, Routine]
    stub: Mapping[str, Routine]
    solution: Mapping[str, Routine]
    known: Mapping[str, Any]
    wanted: Outcome
    got: Outcome

    @property
    def error(self) -> str:
        """The message of the error that was raised, or ""."""
        return self.got.raised.message if self.got.raised else ""

    def line(self, node: ast.AST | None) -> str:
        """The line on which something begins."""
        return self.source[node.lineno - 1].strip() if node else ""

    def failed_at(self, node: ast.AST) -> bool:
        """Whether the error came from this line."""
        return bool(self.got.raised) and self.line(node) == self.got.raised.line


_RULES: list[tuple[Callable[..., Found], str, str]] = []


def rule(message: str, on: str = "") -> Callable:
    """Add a rule; `on` is "error" or "result" where it explains only the one or the other."""

    def added(look: Callable[..., Found]) -> Callable[..., Found]:
        _RULES.append((look, " ".join(message.split()), on))
        return look

    return added


def read(exercise: Written, answer: Any, got: list[Outcome]) -> Diagnosis | None:
    """What the lines of a wrong answer show for certain, or None; runs none of them."""
    found = None if isinstance(exercise, Value) else _find(answer)
    if not found:
        return None
    tree, source, known = found
    stub = _routines_in(textwrap.dedent(exercise.stub), stub_name(exercise))
    solution = _routines_in(solution_code(exercise), stub_name(exercise))
    wanted, first = _first_that_differs(exercise, got)
    it = Answer(exercise, tree, source, _routines(tree), stub, solution, known, wanted, first)
    for look, message, on in _RULES:
        if on and on != ("error" if first.raised else "result"):
            continue
        for name, routine in it.routines.items():
            for node, *words in look(it, name, routine):
                line = shortened(it.line(node), 100)
                details = (("Your line", line),) if line else ()
                return Diagnosis(f"reading {look.__name__[1:]}", message.format(*words), details)
    return None


def _first_that_differs(exercise: Written, got: list[Outcome]) -> tuple[Outcome, Outcome]:
    returns = not isinstance(exercise, Function) or exercise.returns
    for case, one, other in zip(exercise.cases, outcomes_of(exercise), got, strict=False):
        if one.raised and other.raised and issubclass(other.raised.kind, case.raises):
            continue
        pairs = [(one.returned, other.returned)] if returns else []
        pairs += [(seen, other.effects.get(name, NOTHING)) for name, seen in one.effects.items()]
        alike = (agree(*pair, exact=exercise.exact, tolerance=exercise.tolerance) for pair in pairs)
        if one.raised or other.raised or not all(alike):
            return one, other
    return Outcome(""), Outcome("")


# Where the lines are


def _find(answer: Any) -> tuple[Tree, list[str], Mapping[str, Any]] | None:
    """The tree of a function or a class, the lines of its cell, and its globals."""
    members, name = [answer], ""
    if issubclass(type(answer), tf.types.experimental.GenericFunction):
        members = [answer.python_function]
    if type(answer) is types.MethodType:
        members = [answer.__func__]
    if issubclass(type(answer), type):
        members = list(type.__dict__["__dict__"].__get__(answer).values())
        name = type.__dict__["__name__"].__get__(answer)
    for member in (each for each in members if type(each) is types.FunctionType):
        # `inspect.getsource` looks for a class in the file of its module, and a cell is none.
        source = linecache.getlines(member.__code__.co_filename)
        whole = _parsed("".join(source))
        tree = _defined(whole, code_of(member), name) if whole else None
        if tree:
            return tree, source, member.__globals__
    return None


def _defined(whole: ast.Module, code: types.CodeType, name: str) -> Tree | None:
    """The only definition with this code; the only class of that name with it, if there is one."""
    own = [node for node in ast.walk(whole) if _is_of(node, code)]
    if name:
        own = [node for node in ast.walk(whole) if isinstance(node, ast.ClassDef)
               and node.name == name and set(own) & set(node.body)]  # fmt: skip
    return own[0] if len(own) == 1 else None


def _is_of(node: ast.AST, code: types.CodeType) -> bool:
    if isinstance(node, ast.Lambda):
        return code.co_name == "<lambda>" and node.lineno == code.co_firstlineno
    if not isinstance(node, ast.FunctionDef) or node.name != code.co_name:
        return False
    return min(each.lineno for each in (node, *node.decorator_list)) == code.co_firstlineno


@functools.lru_cache(maxsize=64)
def _parsed(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _routines_in(source: str, name: str) -> Mapping[str, Routine]:
    tree = _parsed(source)
    found = [node for node in tree.body if getattr(node, "name", "") == name] if tree else []
    return _routines(found[0]) if found else {}


def _routines(tree: ast.AST) -> Mapping[str, Routine]:
    if isinstance(tree, ast.ClassDef):
        return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    return {"": tree}


# What a tree is asked


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """What is in a node, but not inside the functions defined there."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(
            child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
        ):
            yield from _own(child)


def _body(routine: Routine) -> list[ast.stmt]:
    return routine.body if isinstance(routine, ast.FunctionDef) else []


def _all(kind: Any, *nodes: ast.AST) -> list:
    """Every node of that kind in these."""
    return [each for node in nodes for each in ast.walk(node) if isinstance(each, kind)]


def _named(*nodes: ast.AST, by: type = ast.Load) -> set[str]:
    return {name.id for name in _all(ast.Name, *nodes) if isinstance(name.ctx, by)}


def _on_self(node: ast.AST, by: type) -> set[str]:
    return {each.attr for each in _all(ast.Attribute, node)
            if isinstance(each.ctx, by) and ast.unparse(each.value) == "self"}  # fmt: skip


def _parameters(routine: Routine) -> list[str]:
    return [each.arg for each in (*routine.args.posonlyargs, *routine.args.args)]


def _bound(routine: Routine) -> set[str]:
    """Every name that gets a value in a function."""
    own = {getattr(node, "name", None) or getattr(node, "asname", None)
           for node in ast.walk(routine)}  # fmt: skip
    return own | _named(routine, by=ast.Store) | {each.arg for each in _all(ast.arg, routine)}


def _blocks(routine: Routine) -> Iterator[list[ast.stmt]]:
    """Every list of statements that stand below each other."""
    for node in (routine, *_own(routine)):
        yield from (block for block in (getattr(node, "body", 0), getattr(node, "orelse", 0))
                    if isinstance(block, list))  # fmt: skip


def _calls(node: ast.AST, method: str) -> list[ast.Call]:
    return [each for each in _all(ast.Call, node) if isinstance(each.func, ast.Attribute)
            and re.fullmatch(method, each.func.attr)]  # fmt: skip


def _tapes(*nodes: ast.AST) -> list[ast.With]:
    """The `with` blocks of tapes that answer once."""
    return [each for each in _all(ast.With, *nodes) if "GradientTape" in
            (made := ast.unparse(each.items[0])) and "persistent" not in made]  # fmt: skip


def _behind(names: set[str], *nodes: ast.AST) -> set[str]:
    """These names, and all that they were computed from in these nodes."""
    found = set(names)
    for _ in range(20):
        for node in _all(ast.Assign, *nodes):
            if found & _named(*node.targets, by=ast.Store):
                found |= _named(node.value)
    return found


# A class


@rule("""Python hands a method the object itself first, and {1}. What should stand first in the
    brackets of `{0}`?""")
def _method_without_self(it: Answer, name: str, routine: Routine) -> Found:
    asked, own = _parameters(it.stub.get(name, routine)), _parameters(routine)
    if asked[:1] == ["self"] and own[:1] in ([], asked[1:2]) and not routine.args.vararg:
        if not routine.decorator_list:
            place = f"your `{own[0]}` becomes that object" if own else "yours has no place for it"
            yield routine, name, place


@rule("""Python looks for `{0}`, letter by letter, with two underscores on each side. Yours is
    called `{1}`, and nobody calls it. What is different?""")
def _underscores(it: Answer, name: str, routine: Routine) -> Found:
    missing = [each for each in it.stub if each.startswith("__") and each not in it.routines]
    if name not in it.stub and "_" in (name[:1], name[-1:]):
        near = difflib.get_close_matches(name, missing, 1, 0.75)
        yield from ((routine, near[0], name) for _ in near)


@rule("""In `{0}`, `{1}` stands alone. Without `self.` Python looks for a name of this method or of
    the notebook, not for what the object holds. How does the object reach its own `{1}`?""")
def _self_forgotten(it: Answer, name: str, routine: Routine) -> Found:
    start = it.routines.get("__init__") if isinstance(it.exercise, Class) else None
    kept = _on_self(it.tree, ast.Store) | set(_parameters(start)[1:]) if start else set()
    called = _named(*(call.func for call in _all(ast.Call, routine)))
    for node in _all(ast.Name, routine):
        if node.id in kept - called - _bound(routine):
            yield node, name, node.id


@rule("""`{0} = ...` in `__init__` makes a name that is gone when `__init__` ends, and `self.{0}` is
    asked for later. What keeps a value on the object itself?""")
def _self_forgotten_at_the_start(it: Answer, name: str, routine: Routine) -> Found:
    missing = _on_self(it.tree, ast.Load) - _on_self(it.tree, ast.Store) - it.routines.keys()
    foreign = [base for base in getattr(it.tree, "bases", ()) if isinstance(base, ast.Name)]
    for node in _body(routine) if name == "__init__" and not foreign else ():
        lost = missing & _named(node, by=ast.Store) if isinstance(node, ast.Assign) else set()
        yield from ((node, each) for each in sorted(lost))


# The parameters


@rule("""The call fills your brackets in the order `{0}`, and they say `{1}`. Python goes by the
    place, not by the name. Which value does each of your names get?""")
def _order_of_parameters(it: Answer, name: str, routine: Routine) -> Found:
    asked, own = _parameters(it.stub.get(name, routine)), _parameters(routine)
    if own != asked and sorted(own) == sorted(asked):
        yield routine, *(", ".join(p for p in each if p != "self") for each in (asked, own))


def _unread(it: Answer, name: str, routine: Routine) -> list[str]:
    """The parameters that the answer uses nowhere, and the solution does."""
    solved = it.solution.get(name)
    theirs, own = _parameters(solved) if solved else [], _parameters(routine)
    if len(own) != len(theirs) or routine.args.vararg or _named(routine) & {"locals", "eval"}:
        return []
    return [mine for mine, other in zip(own, theirs, strict=True)
            if other in _named(solved) and mine not in _named(routine)]  # fmt: skip


@rule("""`{0}` {1}, and {2}, which your function is handed, appears in no line of it. What is `{0}`
    called inside this function?""")
def _name_of_the_formula(it: Answer, name: str, routine: Routine) -> Found:
    unknown = re.match(r"name '(\w+)' is not defined", it.error)
    foreign = [node for node in _all(ast.Name, routine) if node.id not in _bound(routine)]
    if unknown:
        foreign, where = [n for n in foreign if n.id == unknown[1]], "is unknown here"
    else:
        where = "is the notebook's, the same in every call"
        foreign = [n for n in foreign if issubclass(type(it.known.get(n.id)), _DATA)]
    unread = _unread(it, name, routine) if foreign else []
    if unread and len({node.id for node in foreign}) <= len(unread):
        yield foreign[0], foreign[0].id, where, " or ".join(f"`{each}`" for each in unread)


# The tape


@rule("""The loop stands inside the `with`: one tape is asked in every pass, and it answers only
    once. Which of the two should be outside, so that each pass gets a new tape?""")
def _loop_inside_the_tape(it: Answer, name: str, routine: Routine) -> Found:
    for loop in (each for tape in _tapes(routine) for each in _all(_LOOPS, *tape.body)):
        if _calls(loop, "gradient") and not _tapes(loop):
            yield (loop,)


def _questions(it: Answer, routine: Routine) -> Iterator[tuple[ast.With, set[str], set[str]]]:
    """Each tape that is asked for slopes, with the names of target and sources, if None came."""
    parts = [it.got.returned, *(part for _, part in it.got.returned.parts)]
    if not re.search("None|_id|dtype", it.error) and NOTHING not in parts:
        return
    for tape in _tapes(routine):
        for call in _calls(routine, "gradient"):
            if tape.items[0].optional_vars and len(call.args) > 1:
                if ast.unparse(call.func.value) == ast.unparse(tape.items[0].optional_vars):
                    yield tape, _named(call.args[0]), _named(call.args[1])


@rule("""`{0}` is computed before the `with`, so the tape has not seen how it follows from the
    Variables. Which lines belong inside the block?""")
def _before_the_tape(it: Answer, name: str, routine: Routine) -> Found:
    for tape, target, sources in _questions(it, routine):
        way = _behind(target, *tape.body)
        for node in _all(ast.Assign, routine):
            made = _named(*node.targets, by=ast.Store) & way - sources
            if made and node.lineno < tape.lineno and not way & sources:
                yield from ((node, min(made)) for _ in _named(node.value) & sources)


@rule("""On this line the value leaves TensorFlow, by `{0}`, and a tape cannot follow a plain number
    back to the Variables. What happens without it?""")
def _leaves_tensorflow(it: Answer, name: str, routine: Routine) -> Found:
    for tape, target, sources in _questions(it, routine):
        way = _behind(target, *tape.body)
        for node in _all(ast.Assign, *tape.body):
            for call in _all(ast.Call, node.value):
                exit_ = re.fullmatch(r"(float|int|np\..*)|.*(\.numpy)", ast.unparse(call.func))
                on_the_way = _named(*node.targets, by=ast.Store) & way
                if exit_ and on_the_way and _behind(_named(call), *tape.body) & sources:
                    yield node, f"{exit_[1] or ''}{exit_[2] or ''}()"


# What an error tells


@rule("""`tf.constant` takes numbers, and your list holds tensors. `tf.stack` puts tensors together.
    Or can the formula take the whole tensor, without a loop?""", "error")  # fmt: skip
def _list_for_constant(it: Answer, name: str, routine: Routine) -> Found:
    for call in _calls(routine, "constant"):
        if "has no `len()`" in it.error and it.failed_at(call):
            yield (call,)


@rule("""In `{0}(...)` the second place is for `axis`, the direction to reduce along. Yours holds
    `{1}`. What has to become one tensor before it is reduced?""", "error")  # fmt: skip
def _second_is_axis(it: Answer, name: str, routine: Routine) -> Found:
    for call in _calls(routine, r"reduce_\w+"):
        second = call.args[1:2]
        if it.failed_at(call) and _all(ast.Name, *second):
            yield call, ast.unparse(call.func), shortened(ast.unparse(second[0]), 40)


def _missing(it: Answer) -> tuple[str, str, list[str]]:
    """What an attribute was asked of, in words; the attribute; and those that there are."""
    module = re.match(r"module '(\S+)' has no attribute '(\w+)'", it.error)
    thing = re.match(r"'(?:[\w.]*\.)?(\w+)' object has no attribute '(\w+)'", it.error)
    if module:
        node = _attribute(it, module[2])
        owner = ast.unparse(node.value) if node else module[1]
        return f"`{owner}`", module[2], dir(sys.modules.get(module[1]) or {"tf": tf}.get(owner))
    if thing and isinstance(it.tree, ast.ClassDef) and thing[1] == it.tree.name:
        return "The object", thing[2], [*_on_self(it.tree, ast.Store), *it.routines]
    if thing and thing[1] in _TYPES:
        return _TYPES[thing[1]][0], thing[2], dir(_TYPES[thing[1]][1])
    return "", "", []


def _attribute(it: Answer, name: str) -> ast.Attribute | None:
    return next((node for node in _all(ast.Attribute, it.tree) if node.attr == name), None)


@rule("""{0} has no `{1}`: TensorFlow puts `reduce_` in front of the names of those that make fewer
    numbers of many, and they stand in `tf`. What is yours called then?""", "error")  # fmt: skip
def _reduce(it: Answer, name: str, routine: Routine) -> Found:
    owner, wrong, _ = _missing(it)
    if f"reduce_{wrong}" in dir(tf) and owner in ("A tensor", "A Variable", "`tf`", "`tf.math`"):
        yield _attribute(it, wrong), owner, wrong


@rule("""{0} has nothing called `{1}`. The nearest name is `{2}`. Is that the one you mean?""",
      "error")  # fmt: skip
def _misspelt(it: Answer, name: str, routine: Routine) -> Found:
    owner, wrong, there = _missing(it)
    near = _nearest(wrong, {each for each in there if not each.startswith("_")})
    if near:
        yield _attribute(it, wrong), owner, wrong, near


@rule("""Nothing is called `{0}` here. The nearest name is `{1}`. Is that the one you mean?""",
      "error")  # fmt: skip
def _misspelt_name(it: Answer, name: str, routine: Routine) -> Found:
    unknown = re.match(r"name '(\w+)' is not defined", it.error)
    for node in _all(ast.Name, routine) if unknown else ():
        near = _nearest(unknown[1], {*filter(None, _bound(routine)), *it.known, *dir(builtins)})
        if node.id == unknown[1] and near:
            yield node, node.id, near


def _nearest(name: str, there: set[str]) -> str:
    """The one name that is nearly this one; "" where none is, or several are."""
    if not name:
        return ""
    same = [each for each in there if each.casefold() == name.casefold()]
    near = same or difflib.get_close_matches(name, sorted(there), 2, 0.8)
    ratios = [difflib.SequenceMatcher(None, each, name).ratio() for each in near]
    return near[0] if len(near) == 1 or (near and ratios[0] > ratios[1]) else ""


@rule("""In Python `^` is not *to the power of*: it combines the bits of whole numbers. How is a
    power written here?""")
def _caret(it: Answer, name: str, routine: Routine) -> Found:
    yield from ((each,) for each in _all(ast.BinOp, routine) if isinstance(each.op, ast.BitXor))


# What comes back


@rule("""This line names `{0}` and does not call it: what comes back is the function itself. What
    follows the name of a function when it is called?""", "result")  # fmt: skip
def _not_called(it: Answer, name: str, routine: Routine) -> Found:
    for node in _own(routine) if it.got.returned.kind in ("a function", "a method") else ():
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Attribute):
            yield node, ast.unparse(node.value)


@rule("""The comma at the end of this line makes a tuple with one thing in it. What is left without
    the comma?""", "result")  # fmt: skip
def _comma(it: Answer, name: str, routine: Routine) -> Found:
    for node in _own(routine) if len(it.wanted.returned.parts) != 1 else ():
        if isinstance(node, ast.Return | ast.Assign) and isinstance(node.value, ast.Tuple):
            yield from ((node,) for _ in node.value.elts if len(node.value.elts) == 1)


def _gives(routine: Routine | None) -> bool:
    return isinstance(routine, ast.Lambda) or any(
        isinstance(node, ast.Yield | ast.YieldFrom) or (isinstance(node, ast.Return) and node.value)
        for node in (_own(routine) if routine else ())
    )


def _prints(routine: Routine) -> list[ast.Call]:
    return [call for call in _all(ast.Call, routine) if ast.unparse(call.func) == "print"]


@rule("""`print` shows a value on the screen and hands nothing to the caller, who gets None. Which
    word hands a value over?""", "result")  # fmt: skip
def _print_for_return(it: Answer, name: str, routine: Routine) -> Found:
    if it.got.returned is NOTHING and _gives(it.solution.get(name)):
        handed = [node.value for node in _all(ast.Return, routine) if node.value]
        yield from ((each,) for each in _prints(routine) if not set(handed) - {each})


@rule("""No line hands a value to the caller, who gets None: what was computed is gone when the
    function ends. Which value should come out, and which word hands it over?""", "result")  # fmt: skip
def _no_return(it: Answer, name: str, routine: Routine) -> Found:
    nothing = it.got.returned is NOTHING or isinstance(it.exercise, Class)
    if nothing and _gives(it.solution.get(name)) and not _gives(routine) and _body(routine):
        yield (_body(routine)[-1],)


@rule("""This `return` stands inside the loop: it ends the whole function in the first pass, and
    there is no second. How far should the line be indented?""", "result")  # fmt: skip
def _return_in_loop(it: Answer, name: str, routine: Routine) -> Found:
    for loop in (node for node in _own(routine) if isinstance(node, _LOOPS)):
        things = getattr(loop, "iter", None)
        once = isinstance(things, ast.List | ast.Tuple) and len(things.elts) < 2
        endless = isinstance(loop, ast.While) and isinstance(loop.test, ast.Constant)
        if not once and not endless and not _all(ast.Continue | ast.Break, loop):
            blocks = [loop.body, *(node.body for node in loop.body if isinstance(node, ast.With))]
            yield from ((n,) for block in blocks for n in block if isinstance(n, ast.Return))


@rule("""This line stands behind the loop, so it runs once, with what the last pass has left. How
    far should it be indented?""", "result")  # fmt: skip
def _append_behind_the_loop(it: Answer, name: str, routine: Routine) -> Found:
    for loop, node in (
        p for block in _blocks(routine) for p in zip(block, block[1:], strict=False)
    ):
        added = _calls(node, "append") if isinstance(node, ast.Expr) else []
        if added and isinstance(loop, _LOOPS) and not _calls(loop, "append"):
            yield from ((node,) for _ in _named(loop, by=ast.Store) & _named(*added[0].args))


@rule("""The slopes are taken once, before the loop, and every pass uses them again. But a slope
    changes when the Variables move. Which lines should each pass repeat?""", "result")  # fmt: skip
def _slopes_before_the_loop(it: Answer, name: str, routine: Routine) -> Found:
    for block in _blocks(routine):
        for i, loop in enumerate(block):
            moves = isinstance(loop, _LOOPS) and _calls(loop, r"assign\w*")
            if moves and not _inside_a_loop(routine, loop) and not _tapes(loop):
                taken = [call for node in block[:i] for call in _calls(node, "gradient")]
                goes = ast.unparse(getattr(loop, "iter", loop))
                yield from ((call,) for call in taken if re.match(r"(tf\.)?range|while", goes))


def _inside_a_loop(routine: Routine, node: ast.AST) -> bool:
    loops = [each for each in _own(routine) if isinstance(each, _LOOPS) and each is not node]
    return any(node in ast.walk(loop) for loop in loops)


@rule("""`{0}` moves on this line, and the other slope is taken only after it, at another point of
    the landscape. Where would both slopes have to be taken?""", "result")  # fmt: skip
def _update_first(it: Answer, name: str, routine: Routine) -> Found:
    for block in _blocks(routine):
        for i, node in enumerate(block):
            moves = _calls(node, r"assign\w*") if isinstance(node, ast.Expr) else []
            if moves and _tapes(*block[:i]) and _tapes(*block[i:]):
                yield node, ast.unparse(moves[0].func.value)


# What becomes of a value


@rule("""`==` asks whether two things are equal and changes neither. Which sign gives a name to a
    value?""", "result")  # fmt: skip
def _equals_twice(it: Answer, name: str, routine: Routine) -> Found:
    for node in (each for each in _own(routine) if isinstance(each, ast.Expr)):
        if isinstance(node.value, ast.Compare) and isinstance(node.value.ops[0], ast.Eq):
            yield (node,)


@rule("""This line makes an error, and nobody raises it: the function goes on. Which word has to
    stand before it?""", "result")  # fmt: skip
def _error_thrown_away(it: Answer, name: str, routine: Routine) -> Found:
    for node in (each for each in _own(routine) if isinstance(each, ast.Expr)):
        if re.match(r"\w*(Error|Exception)\(", ast.unparse(node)):
            yield (node,)


@rule("""`print` shows a text, and then the function goes on. Which statement stops it with an
    error?""", "result")  # fmt: skip
def _print_for_raise(it: Answer, name: str, routine: Routine) -> Found:
    if it.wanted.raised and not _all(ast.Raise, routine):
        yield from ((call,) for call in _prints(routine))


@rule("""`assert` raises an AssertionError, whatever its text says; another kind was asked for.
    Which statement raises an error of a kind that you choose?""", "error")  # fmt: skip
def _assert_for_raise(it: Answer, name: str, routine: Routine) -> Found:
    if it.wanted.raised and it.got.raised.kind is AssertionError:
        yield from ((node,) for node in _all(ast.Assert, routine))


@rule("""This line computes a value and keeps it nowhere: it changes nothing and hands nothing over.
    What should become of the value?""", "result")  # fmt: skip
def _thrown_away(it: Answer, name: str, routine: Routine) -> Found:
    for node in (each for each in _own(routine) if isinstance(each, ast.Expr)):
        called = ast.unparse(node).partition("(")[0]
        if isinstance(node.value, ast.BinOp | ast.UnaryOp) or _PURE.fullmatch(called):
            yield (node,)


@rule("""`{0}` changes the Variable by itself, and `{1} =` then puts the name on another object.
    What is left for the `=` to do?""", "result")  # fmt: skip
def _assigned_result(it: Answer, name: str, routine: Routine) -> Found:
    for node in _all(ast.Assign, routine):
        target = ast.unparse(node.targets[0])
        found = re.match(re.escape(target) + r"\.(assign\w*)\(", ast.unparse(node.value))
        if found and isinstance(node.targets[0], ast.Attribute):
            yield node, found[1], target


@rule("""This line gives `{0}` a value of its own before what the caller passed was ever used. What
    happens to the caller's?""", "result")  # fmt: skip
def _parameter_replaced(it: Answer, name: str, routine: Routine) -> Found:
    solved = it.solution.get(name)
    needed = set(_parameters(solved)) & _named(solved) if solved else set()
    for i, node in enumerate(_body(routine)):
        new = _named(*node.targets, by=ast.Store) if isinstance(node, ast.Assign) else set()
        gone = new & needed & set(_parameters(routine)) - _named(*_body(routine)[:i], node)
        yield from ((node, each) for each in sorted(gone))


@rule("""What this line calls `{0}` is never used: it is a name inside your function, and it is gone
    when the function ends. Who should see this value?""", "result")  # fmt: skip
def _never_used(it: Answer, name: str, routine: Routine) -> Found:
    for node in (each for each in _own(routine) if isinstance(each, ast.Assign)):
        target, inside = node.targets[0], list(ast.walk(node))
        if isinstance(target, ast.Name) and not target.id.startswith("_"):
            uses = [use for use in _all(ast.Name, routine) if use.id == target.id
                    and not isinstance(use.ctx, ast.Store) and use not in inside]  # fmt: skip
            later = [use for use in uses if use.lineno > node.lineno]
            if not later and not (uses and _inside_a_loop(routine, node)):
                yield node, target.id


@rule("""{0} comes in through the brackets, and no line of yours uses it. What should depend on
    it?""", "result")  # fmt: skip
def _parameter_unread(it: Answer, name: str, routine: Routine) -> Found:
    yield from ((routine, listed([f"`{each}`"])) for each in _unread(it, name, routine))
