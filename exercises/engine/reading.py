"""Reads the few lines of a wrong answer, without running them, and says what is certain of them.

Each rule looks at one function of the answer, and yields a node of its syntax tree and what is to
be said of it. The first rule that finds something is heard, in the order of this file. A rule
speaks only of what can be the cause: after an error, those about a result are silent.
"""

import ast
import builtins
import difflib
import functools
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import tensorflow as tf

from exercises.engine import run, syntax
from exercises.engine.model import Class, Diagnosis, Value, Written
from exercises.engine.run import Outcome
from exercises.engine.snapshot import NOTHING, agree, shortened
from exercises.engine.stub import stub_name
from exercises.engine.syntax import LOOPS, Routine, Source, all_of, calls, named, own, parameters

MAX_NODES = 2000  # of a tree, some 200 lines: the rules are made for few, and slow with many

UNUSED = ("reading never_used", "reading parameter_unread", "reading one_difference")
"""What is said only where the results do not say more."""

Found = Iterator[tuple[ast.AST, str]]

_DATA = (tf.Tensor, tf.Variable, tf.Module, np.ndarray, np.generic, bool, int, float, list, tuple)
_MODULES = {"tf": tf, "np": np, "tf.math": tf.math, "tf.random": tf.random}
_TYPES = {
    "EagerTensor": ("a tensor", tf.Tensor), "ResourceVariable": ("a Variable", tf.Variable),
    "GradientTape": ("a tape", tf.GradientTape), "list": ("a list", list), "str": ("text", str),
    "dict": ("a dictionary", dict), "ndarray": ("a NumPy array", np.ndarray),
}  # fmt: skip
_LIBRARIES = {"tensorflow": "tf", "numpy": "np", "keras": "keras"}
_ONLY_COMPUTES = re.compile(
    r"(tf|np)\.(math\.)?(reduce_\w+|mean|sum|max|abs|square|sqrt|pow|add|subtract|multiply|divide"
    r"|cast|reshape|constant|zeros\w*|ones\w*|stack|concat)"
)


@dataclass(frozen=True, eq=False)
class Answer:
    """An answer's code, and what stands around it.

    Attributes:
        source: its tree and its lines.
        routines: its functions, as `syntax.routines` gives them.
        stub: those of the stub, and `solution`: those of the solution.
        wanted: what should have come of the first case that differs; `got`: what came of it.
    """

    exercise: Written
    source: Source
    routines: Mapping[str, Routine]
    stub: Mapping[str, Routine]
    solution: Mapping[str, Routine]
    wanted: Outcome
    got: Outcome

    @property
    def error(self) -> str:
        """The message of the error that was raised, or ""."""
        return self.got.raised.message or "?" if self.got.raised else ""

    @property
    def unknown(self) -> str:
        """The name that Python did not find, or ""."""
        found = re.match(r"name '(\w+)' is not defined", self.error)
        return found[1] if found else ""

    @property
    def lacks_slopes(self) -> bool:
        """Whether None came back, or an error is about what a tape was asked for."""
        parts = [self.got.returned, *(part for _, part in self.got.returned.parts)]
        return bool(re.search("None|'_id'|'dtype'", self.error)) or NOTHING in parts

    def line(self, node: ast.AST) -> str:
        """The line on which something begins."""
        return self.source.lines[node.lineno - 1].strip()

    def failed_at(self, node: ast.AST) -> bool:
        """Whether the error came from this line."""
        return bool(self.error) and self.line(node) == self.got.raised.line


_RULES: list[tuple[Callable[..., Found], tuple[bool, ...]]] = []


def _rule(*for_errors: bool) -> Callable:
    def added(look: Callable[..., Found]) -> Callable[..., Found]:
        _RULES.append((look, for_errors))
        return look

    return added


_always, _of_an_error, _of_a_result = _rule(True, False), _rule(True), _rule(False)


def read(exercise: Written, answer: Any, got: list[Outcome]) -> Diagnosis | None:
    """What the lines of a wrong answer show for certain, or None; runs none of them."""
    source = None if isinstance(exercise, Value) else syntax.source_of(answer)
    if not source or len(syntax.walked(source.tree)) > MAX_NODES:
        return None
    own_routines, differs = syntax.routines(source.tree), _first_that_differs(exercise, got)
    it = Answer(exercise, source, own_routines, *_routines_of(exercise), *differs)
    for look, for_errors in _RULES:
        for name, routine in it.routines.items() if bool(it.error) in for_errors else ():
            for node, words in look(it, name, routine):
                details = (("Your line", shortened(it.line(node), 100)),)
                return Diagnosis(f"reading {look.__name__[1:]}", " ".join(words.split()), details)
    return None


@functools.cache
def _routines_of(exercise: Written) -> tuple[Mapping[str, Routine], Mapping[str, Routine]]:
    """Those of the stub and those of the solution."""
    solution = syntax.source_of(exercise.solution)
    stub = syntax.routines_in(textwrap.dedent(exercise.stub), stub_name(exercise))
    return stub, syntax.routines(solution.tree) if solution else {}


def _first_that_differs(exercise: Written, got: list[Outcome]) -> tuple[Outcome, Outcome]:
    returned = run.result_counts(exercise)
    for case, one, other in zip(exercise.cases, run.outcomes_of(exercise), got, strict=False):
        if one.raised and other.raised and issubclass(other.raised.kind, case.raises):
            continue
        pairs = run.parts_of(one, other, returned=returned)
        how = {"exact": exercise.exact, "tolerance": exercise.tolerance}
        alike = (agree(wanted, seen, **how) for _, wanted, seen in pairs)
        if one.raised or other.raised or not all(alike):
            return one, other
    return Outcome(""), Outcome("")


# The words of a rule stay on the line of what they are about:
# fmt: off

# A class


@_always
def _method_without_self(it: Answer, name: str, routine: Routine) -> Found:
    asked, given = parameters(it.stub.get(name, routine)), parameters(routine)
    fits = asked[:1] != ["self"] or given[:1] not in ([], asked[1:2]) or routine.args.vararg
    if not fits and not routine.decorator_list and it.unknown in ("", "self"):
        place = f"your `{given[0]}` becomes that object" if given else "yours has no place for it"
        yield routine, f"""Python hands a method the object itself first, and {place}. What should
            stand first in the brackets of `{name}`?"""


@_always
def _underscores(it: Answer, name: str, routine: Routine) -> Found:
    missing = [each for each in it.stub if each.startswith("__") and each not in it.routines]
    # A decorator, such as that of a dataclass, may write the methods that are missing.
    written_by_another = getattr(it.source.tree, "decorator_list", ())
    if name not in it.stub and not written_by_another and "_" in (name[:1], name[-1:]):
        for meant in difflib.get_close_matches(name, missing, 1, 0.75):
            yield routine, f"""Python looks for `{meant}`, letter by letter, with two underscores on
                each side. Yours is called `{name}`, and nobody calls it. What is different?"""


@_always
def _self_forgotten(it: Answer, name: str, routine: Routine) -> Found:
    start = it.routines.get("__init__")
    kept = syntax.on_self(it.source.tree, ast.Store) | set(parameters(start)[1:] if start else ())
    # `self.scale = scale` takes the one from outside, and `scale(...)` may mean a function there.
    kept -= named(*(call.func for call in all_of(ast.Call, routine))) | syntax.bound(routine)
    kept -= syntax.on_self(routine, ast.Store)
    for node in all_of(ast.Name, routine):
        if node.id in kept and it.unknown in ("", node.id) and isinstance(it.exercise, Class):
            yield node, f"""In `{name}`, `{node.id}` is on its own. Without `self.` Python looks for
                a name of this method or of the notebook, not for what the object holds. How does
                the object reach its own `{node.id}`?"""


@_always
def _self_forgotten_at_first(it: Answer, name: str, routine: Routine) -> Found:
    tree = it.source.tree
    missing = syntax.on_self(tree, ast.Load) - syntax.on_self(tree, ast.Store)
    inherits = any(isinstance(base, ast.Name) for base in getattr(tree, "bases", ()))
    for node in all_of(ast.Assign, routine) if name == "__init__" and not inherits else ():
        for lost in sorted(missing & named(*node.targets, by=ast.Store)):
            if f"'{lost}'" in it.error:
                yield node, f"""`{lost} = ...` in `__init__` makes a name that is gone when
                    `__init__` ends, and `self.{lost}` is asked for later. What keeps a value on the
                    object itself?"""


@_of_a_result
def _never_a_variable(it: Answer, name: str, routine: Routine) -> Found:
    solved = it.solution.get(name) if name == "__init__" else None
    learned = len(calls(solved, "Variable|add_weight")) if solved else 0
    given = parameters(routine)[1:]
    held = calls(it.source.tree, "Variable|add_weight") if learned >= len(given) > 0 else []
    by_numpy = [call for call in held if f"{ast.unparse(call)}.numpy()" in ast.unparse(routine)]
    rest = named(*[each for each in held if each not in by_numpy])
    for node in all_of(ast.Assign, routine) if learned >= len(given) else ():
        target, value = ast.unparse(node.targets[0]), ast.unparse(node.value)
        of = named(node.value) & set(given) - rest
        plain = r"\w+|(float|tf\.constant|tf\.cast|np\.\w+)\(.*\)|.*\.numpy\(\)"
        if of and re.fullmatch(plain, value) and re.fullmatch(r"self\.\w+", target):
            yield node, f"""What `{target}` holds on this line is no Variable: it is a number that
                no training can change. What makes one that can be learned?"""


# The parameters


@_always
def _order_of_parameters(it: Answer, name: str, routine: Routine) -> Found:
    asked, given = parameters(it.stub.get(name, routine)), parameters(routine)
    if given != asked and sorted(given) == sorted(asked) and not it.unknown:
        one, other = (", ".join(p for p in each if p != "self") for each in (asked, given))
        yield routine, f"""The call fills your brackets in the order `{one}`, and they say
            `{other}`. Python goes by the place, not by the name. Which value does each of your
            names get?"""


def _unread(it: Answer, name: str, routine: Routine) -> list[str]:
    """The parameters that the answer uses nowhere, and the solution does."""
    solved = it.solution.get(name)
    theirs, mine = parameters(solved) if solved else [], parameters(routine)
    if len(mine) != len(theirs) or routine.args.vararg or named(routine) & {"locals", "eval"}:
        return []
    needed, used = named(solved), named(routine)
    pairs = zip(mine, theirs, strict=True)
    return [each for each, other in pairs if other in needed and each not in used | {"self"}]


def _made_by_the_solution(it: Answer, name: str) -> bool:
    """Whether a line of the solution makes what was not found: the line is missing, then."""
    solved = it.solution.get(name)
    made = syntax.bound(solved) - set(parameters(solved)) if solved and it.unknown else ()
    return it.unknown in made


@_always
def _name_of_the_formula(it: Answer, name: str, routine: Routine) -> Found:
    bound = syntax.bound(routine)
    foreign = [node for node in all_of(ast.Name, routine) if node.id not in bound]
    where = "is unknown here" if it.unknown else "is the notebook's, the same in every call"
    if it.unknown:
        near = _nearest(it.unknown, set(parameters(routine))) or _made_by_the_solution(it, name)
        there = {*it.source.known, *dir(builtins)}
        foreign = [node for node in foreign if node.id not in there and not near]
    else:
        known = it.source.known
        foreign = [node for node in foreign if issubclass(type(known.get(node.id)), _DATA)]
    unread, names = _unread(it, name, routine) if foreign else [], {node.id for node in foreign}
    if unread and (len(names) == len(unread) if it.unknown else len(names) <= len(unread)):
        unused = " or ".join(f"`{each}`" for each in unread)
        yield foreign[0], f"""`{foreign[0].id}` {where}, and your lines never use {unused}, which
            your function is handed. Which of the names in your brackets belongs here?"""


# The tape


@_always
def _loop_inside_the_tape(it: Answer, name: str, routine: Routine) -> Found:
    tapes = syntax.tapes(routine) if not it.error or "persistent" in it.error else ()
    for loop in [each for tape in tapes for each in all_of(LOOPS, *tape.body)]:
        if calls(loop, "gradient") and not syntax.tapes(loop):
            yield loop, """The loop stands inside the `with`: one tape is asked in every pass, and
                it answers only once. Which of the two should be outside, so that each pass gets a
                new tape?"""


@_always
def _before_the_tape(it: Answer, name: str, routine: Routine) -> Found:
    for tape, target, sources in syntax.questions(routine) if it.lacks_slopes else ():
        way = syntax.behind(target, *tape.body)
        for node in all_of(ast.Assign, routine) if not way & sources else ():
            made = named(*node.targets, by=ast.Store) & way
            if made and node.lineno < tape.lineno and named(node.value) & sources:
                yield node, f"""`{min(made)}` is computed before the `with`, so the tape has not
                    seen how it follows from the Variables. Which lines belong inside the block?"""


@_always
def _leaves_tensorflow(it: Answer, name: str, routine: Routine) -> Found:
    for tape, target, sources in syntax.questions(routine) if it.lacks_slopes else ():
        way = syntax.behind(target, *tape.body)
        for node in all_of(ast.Assign, *tape.body):
            on_the_way = named(*node.targets, by=ast.Store) & way
            for call in all_of(ast.Call, node.value) if on_the_way else ():
                by = re.fullmatch(r"float|int|np\..*|.*(\.numpy)", ast.unparse(call.func))
                if by and syntax.behind(named(call), *tape.body) & sources:
                    yield node, f"""On this line the value leaves TensorFlow, by `{by[1] or
                        by[0]}()`, and a tape cannot follow a plain number back to the Variables.
                        What happens without it?"""


@_of_a_result
def _out_of_tensorflow(it: Answer, name: str, routine: Routine) -> Found:
    wanted, got = it.wanted.returned, it.got.returned
    out = wanted.family == "tensor" and got.family in ("numpy", "python") and agree(wanted, got)
    for node in all_of(ast.Return, routine) if out and it.exercise.exact else ():
        made = re.match(r"(float|int|np\.\w+)\(|.*(\.numpy)\(\)$", ast.unparse(node.value or node))
        if made:
            yield node, f"""The number is right, but `{made[1] or made[2]}()` on this line makes a
                plain number of it, and no gradient can be taken of that any more. What happens
                without it?"""


# What an error tells


@_of_an_error
def _list_for_constant(it: Answer, name: str, routine: Routine) -> Found:
    for call in calls(routine, "constant") if re.search(r"no `?len\(\)", it.error) else ():
        a_list = call.args and isinstance(call.args[0], ast.Name | ast.List | ast.ListComp)
        if a_list and it.failed_at(call):
            yield call, """`tf.constant` takes numbers, and your list holds tensors. `tf.stack` puts
                tensors together. Or can the formula take the whole tensor, without a loop?"""


@_of_an_error
def _second_is_axis(it: Answer, name: str, routine: Routine) -> Found:
    for call in calls(routine, r"reduce_\w+") if "'Tidx'" in it.error else ():
        if it.failed_at(call) and all_of(ast.Name, *call.args[1:2]):
            second = shortened(ast.unparse(call.args[1]), 40)
            yield call, f"""In `{ast.unparse(call.func)}(...)` the second place is for `axis`, the
                direction to reduce along. Yours holds `{second}`. What has to become one tensor
                before it is reduced?"""


def _missing(it: Answer, routine: Routine) -> tuple[ast.AST | None, str, str, set[str]]:
    """What was not found: its node, its name, where it was looked for, and what there is."""
    if it.unknown:
        uses = [node for node in all_of(ast.Name, routine) if node.id == it.unknown]
        there = {*syntax.bound(routine), *it.source.known, *dir(builtins)}
        return uses[0] if uses else None, it.unknown, "here", there
    of = r"^(module )?'?(?:(\w+)[\w.]*\.)?(\w+)'?(?: object)? has no attribute '(\w+)'"
    found = re.search(of, it.error)
    uses = [n for n in all_of(ast.Attribute, routine) if found and n.attr == found[4]]
    if found and found[1]:
        module = _LIBRARIES.get(found[2] or found[3], "")
        uses = [n for n in uses if f"{ast.unparse(n.value)}.".startswith(f"{module}.")]
    if not uses:
        return None, "", "", set()
    owner = ast.unparse(uses[0].value)
    if found[1]:
        there = set(dir(_MODULES[owner])) if owner in _MODULES else set()
        return uses[0], found[4], f"in `{owner}`", there
    if found[3] == getattr(it.source.tree, "name", ""):
        there = syntax.on_self(it.source.tree, ast.Store) | it.routines.keys()
        return uses[0], found[4], "on the object", there
    where, kind = _TYPES.get(found[3], ("an object of another type", None))
    return uses[0], found[4], f"in {where}", set(dir(kind)) if kind else set()


@_of_an_error
def _reduce(it: Answer, name: str, routine: Routine) -> Found:
    node, wrong, where, _ = _missing(it, routine)
    if f"reduce_{wrong}" in dir(tf) and re.search("tensor|Variable|`tf", where):
        yield node, f"""There is no `{wrong}` {where}. TensorFlow puts `reduce_` in front of the
            names of functions that make fewer numbers of many: `tf.reduce_...`. What is this one
            called then?"""


@_of_an_error
def _another_library(it: Answer, name: str, routine: Routine) -> Found:
    node, wrong, where, _ = _missing(it, routine)
    library, dot, place = where.removeprefix("in `").rstrip("`").partition(".")
    other, module = {"np": ("tf", tf), "tf": ("np", np)}.get(library, ("", None))
    if other and wrong in dir(getattr(module, place, None) if place else module):
        yield node, f"""There is no `{wrong}` {where}; there is one in `{other}{dot}{place}`. Which
            of the two libraries is this line meant to use?"""


@_of_an_error
def _another_type(it: Answer, name: str, routine: Routine) -> Found:
    node, wrong, where, _ = _missing(it, routine)
    owners = {"a list": list, "a NumPy array": np.ndarray, "a tensor": tf.Tensor, "text": str}
    # Many names stand for methods of several types, such as `copy`.
    knows = [owner for owner, kind in owners.items() if hasattr(kind, wrong)]
    if node and wrong and len(knows) == 1 and re.search("tensor|Variable|list|array", where):
        yield node, f"""`.{wrong}` is something that {knows[0]} has, and `{shortened(
            ast.unparse(node.value), 40)}` is {where.removeprefix("in ")}. What is it that you want
            done, and what does {where.removeprefix("in ")} offer for it?"""


@_of_an_error
def _misspelt(it: Answer, name: str, routine: Routine) -> Found:
    node, wrong, where, there = _missing(it, routine)
    near = _nearest(wrong, {each for each in there if not each.startswith("_")})
    if node and near and not _made_by_the_solution(it, name):
        yield node, f"""Nothing is called `{wrong}` {where}. The nearest name is `{near}`. Is that
            the one you mean?"""


def _nearest(name: str, there: set[str]) -> str:
    """The one name that is nearly this one; "" where none is, or several are."""
    same = [each for each in there if each.casefold() == name.casefold()]
    near = same or difflib.get_close_matches(name, sorted(there), 2, 0.8)
    near = near if same or min(map(len, (name, *near))) > 3 else []  # Of `pop`, `op` is no slip.
    ratios = [difflib.SequenceMatcher(None, each, name).ratio() for each in near]
    return near[0] if len(near) == 1 or (near and ratios[0] > ratios[1]) else ""


@_of_an_error
def _line_missing(it: Answer, name: str, routine: Routine) -> Found:
    made = syntax.bound(routine) | it.source.known.keys()
    uses = [node for node in all_of(ast.Name, routine) if node.id == it.unknown not in made]
    if uses and _made_by_the_solution(it, name):
        yield uses[0], f"""`{it.unknown}` is used here, and no line of your function makes it. What
            should it be, and which line before this one should say so?"""


@_of_an_error
def _on_the_class(it: Answer, name: str, routine: Routine) -> Found:
    for call in calls(routine, r"assign\w*"):
        if ast.unparse(call.func.value) == "tf.Variable" and it.failed_at(call):
            first = ast.unparse(call.args[0]) if call.args else "a Variable"
            yield call, f"""`{ast.unparse(call.func)}` is a method of the class, and does not know
                which Variable to change. On which object would you call it to change `{first}`?"""


@_of_an_error
def _rounded(it: Answer, name: str, routine: Routine) -> Found:
    for call in all_of(ast.Call, routine) if re.search("astype|__round__", it.error) else ():
        if ast.unparse(call.func) == "round" and it.failed_at(call):
            yield call, """Python's `round` is made for Python's own numbers, and this is a tensor.
                Does the task ask for rounded numbers at all?"""


@_always
def _caret(it: Answer, name: str, routine: Routine) -> Found:
    for node in all_of(ast.BinOp, routine):
        if isinstance(node.op, ast.BitXor) and (it.failed_at(node) or not it.error):
            yield node, """In Python `^` is not *to the power of*: it combines the bits of whole
                numbers. How do you write a power?"""


# What comes back


@_of_a_result
def _not_called(it: Answer, name: str, routine: Routine) -> Found:
    uncalled = it.got.returned.kind in ("a function", "a method")
    for node in all_of(ast.Return, routine) if uncalled else ():
        if isinstance(node.value, ast.Attribute):
            yield node, f"""This line names `{ast.unparse(node.value)}` and does not call it: what
                comes back is the function itself. What follows the name of a function when it is
                called?"""


@_of_a_result
def _comma(it: Answer, name: str, routine: Routine) -> Found:
    for node in all_of((ast.Return, ast.Assign), routine):
        inside = node.value.elts if isinstance(node.value, ast.Tuple) else []
        # Who writes the brackets of a tuple means one.
        if len(inside) == 1 and syntax.place(inside[0]) == syntax.place(node.value):
            yield node, """The comma at the end of this line makes a tuple with one thing in it.
                What remains without the comma?"""


@_of_a_result
def _comma_for_an_operator(it: Answer, name: str, routine: Routine) -> Found:
    solved, asked = it.solution.get(name), it.wanted.returned
    single = asked.array is not None or (isinstance(it.exercise, Class) and name)
    if not single or not solved or any(_several(node) for node in all_of(ast.Return, solved)):
        return
    for node in [each for each in own(routine) if isinstance(each, ast.Return)]:
        if (count := _several(node)) and asked.shape != (count,):
            yield node, """The comma on this line makes several results, one beside the other, and
                one is asked for. What should become of its parts?"""


def _several(node: ast.Return) -> int:
    """How many things with commas between them are returned, if there are several."""
    return len(node.value.elts) if isinstance(node.value, ast.Tuple) and node.value.elts[1:] else 0


@_of_a_result
def _no_return(it: Answer, name: str, routine: Routine) -> Found:
    nothing = it.got.returned is NOTHING or isinstance(it.exercise, Class)
    if nothing and syntax.gives(it.solution.get(name, routine)) and syntax.body(routine):
        last, gives = syntax.body(routine)[-1], syntax.gives(routine)
        alone = getattr(last, "value", None)
        shown = [call for call in syntax.prints(last) if call is alone or not gives]
        says = "`print` shows a value on the screen" if shown else "The function ends on this line"
        if shown or not gives:
            yield last, f"""{says} and hands nothing to the caller, who gets None. Which word hands
                a value over?"""


@_of_a_result
def _return_in_loop(it: Answer, name: str, routine: Routine) -> Found:
    for loop in [node for node in own(routine) if isinstance(node, LOOPS)]:
        things = getattr(loop, "iter", loop)
        once = isinstance(things, ast.List | ast.Tuple) and len(things.elts) < 2
        endless = isinstance(loop, ast.While) and isinstance(loop.test, ast.Constant)
        if once or endless or all_of((ast.Continue, ast.Break), loop):
            continue
        certain = [*loop.body, *(n for w in loop.body if isinstance(w, ast.With) for n in w.body)]
        for node in [each for each in certain if isinstance(each, ast.Return)]:
            yield node, """This `return` stands inside the loop: it ends the whole function in the
                first pass, and there is no second. How far should the line be indented?"""


@_of_a_result
def _append_behind_the_loop(it: Answer, name: str, routine: Routine) -> Found:
    for loop, node in [pair for block in syntax.blocks(routine) for pair in pairwise(block)]:
        added = calls(node, "append") if isinstance(node, ast.Expr) else []
        if isinstance(loop, LOOPS) and not calls(loop, "append"):
            for _ in [call for call in added if named(loop, by=ast.Store) & named(*call.args)]:
                yield node, """This line stands behind the loop, so it runs once, with what the last
                    pass has left. How far should it be indented?"""


@_of_a_result
def _slopes_before_the_loop(it: Answer, name: str, routine: Routine) -> Found:
    lines = syntax.body(routine)
    for i, loop in enumerate(lines):
        if isinstance(loop, LOOPS) and calls(loop, r"assign\w*") and not syntax.tapes(loop):
            counts = ast.unparse(getattr(loop, "iter", None) or loop.test)
            taken = [call for node in lines[:i] for call in calls(node, "gradient")]
            # `for i in range(len(slopes))` goes through the Variables, not through passes.
            if taken and re.match(r"range\((?!.*len)|.* [<>]", counts):
                yield taken[0], """The slopes are taken once, before the loop, and every pass uses
                    them again. But a slope changes when the Variables move. Which lines should each
                    pass repeat?"""


@_always
def _picked_by_the_pass(it: Answer, name: str, routine: Routine) -> Found:
    solved, given = it.solution.get(name), set(parameters(routine))
    loops = [each for each in all_of(ast.For, routine) if isinstance(each.target, ast.Name)]
    for loop in loops if solved and not all_of(ast.Subscript, solved) else ():
        passes = re.fullmatch(r"range\((\w+)\)", ast.unparse(loop.iter))
        for node in all_of(ast.Subscript, *loop.body) if passes and passes[1] in given else ():
            picked, by = ast.unparse(node.value), ast.unparse(node.slice)
            if picked in given and by == loop.target.id:
                yield node, f"""`{ast.unparse(node)}` is a single example, another one in each pass,
                    and `{by}` counts the passes. Which examples should each pass see?"""


@_of_a_result
def _update_first(it: Answer, name: str, routine: Routine) -> Found:
    for block in syntax.blocks(routine):
        for i, node in enumerate(block):
            moves = calls(node, r"assign\w*") if isinstance(node, ast.Expr) else []
            if moves and syntax.tapes(*block[:i]) and syntax.tapes(*block[i:]):
                yield node, f"""`{ast.unparse(moves[0].func.value)}` moves on this line, and the
                    other slope is taken only after it, at another point of the landscape. Where
                    would both slopes have to be taken?"""


# What becomes of a value


@_of_a_result
def _thrown_away(it: Answer, name: str, routine: Routine) -> Found:
    for node in syntax.statements(routine):
        called, _, inside = ast.unparse(node).partition("(")
        if isinstance(node.value, ast.Compare) and isinstance(node.value.ops[0], ast.Eq):
            yield node, """`==` asks whether two things are equal, and changes neither. Which sign
                gives a value a name?"""
        elif inside and re.fullmatch(r"\w*(Error|Exception)", called):
            yield node, """This line makes an error, and nothing raises it: the function goes on.
                Which word goes before it?"""
        elif isinstance(node.value, ast.BinOp | ast.UnaryOp) or _ONLY_COMPUTES.fullmatch(called):
            yield node, """This line computes a value and keeps it nowhere: it changes nothing and
                hands nothing over. What should happen to the value?"""


@_always
def _not_raised(it: Answer, name: str, routine: Routine) -> Found:
    which = "Which statement stops a function with an error of the kind that you choose?"
    if it.wanted.raised and not all_of(ast.Raise, routine):
        asserted = it.got.raised and it.got.raised.kind is AssertionError
        for node in all_of(ast.Assert, routine) if asserted else ():
            yield node, f"`assert` raises AssertionError; the task asks for another kind. {which}"
        for node in syntax.prints(routine) if not it.error else ():
            yield node, f"`print` shows a text, and then the function goes on. {which}"


@_of_a_result
def _assigned_result(it: Answer, name: str, routine: Routine) -> Found:
    for node in all_of(ast.Assign, routine):
        target = ast.unparse(node.targets[0])
        found = re.match(re.escape(target) + r"\.(assign\w*)\(", ast.unparse(node.value))
        if found and isinstance(node.targets[0], ast.Attribute):
            yield node, f"""`{found[1]}` changes the Variable by itself, and `{target} =` then puts
                the name on another object. What is left for the `=` to do?"""


@_of_a_result
def _variable_replaced(it: Answer, name: str, routine: Routine) -> Found:
    solved, given = it.solution.get(name), set(parameters(routine)) - {"self"}
    moves = calls(solved, r"assign\w*") if solved else ()
    for node in all_of((ast.Assign, ast.AugAssign), routine) if moves else ():
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        new = [ast.unparse(call.func) for call in all_of(ast.Call, node.value)]
        made = any(re.search(r"Variable|assign", called) for called in new)
        if isinstance(target, ast.Attribute) and named(target) & given and not made:
            yield node, f"""This line puts a new tensor where `{ast.unparse(target)}` was: the
                object no longer holds that Variable. What gives the Variable itself another
                value?"""


@_of_a_result
def _parameter_replaced(it: Answer, name: str, routine: Routine) -> Found:
    solved, lines = it.solution.get(name), syntax.body(routine)
    needed = set(parameters(solved)) & named(solved) if solved else set()
    for i, node in enumerate(lines):
        new = named(*node.targets, by=ast.Store) if isinstance(node, ast.Assign) else set()
        for lost in sorted(new & needed & set(parameters(routine)) - named(*lines[:i], node)):
            yield node, f"""This line gives `{lost}` a value of its own before what the caller
                passed was ever used. What happens to the caller's?"""


@_of_a_result
def _never_used(it: Answer, name: str, routine: Routine) -> Found:
    mine, shared = list(own(routine)), all_of((ast.Global, ast.Nonlocal), routine)
    for node in [each for each in mine if isinstance(each, ast.Assign) and not shared]:
        target = node.targets[0]
        if not isinstance(target, ast.Name) or target.id.startswith("_"):
            continue
        uses = [use for use in all_of(ast.Name, routine) if use.id == target.id
                and not isinstance(use.ctx, ast.Store) and use not in syntax.walked(node)]
        later = any(syntax.place(use) > syntax.place(node) or use not in mine for use in uses)
        in_a_loop = any(node in syntax.walked(each) for each in mine if isinstance(each, LOOPS))
        if not later and not (uses and in_a_loop):
            yield node, f"""What this line calls `{target.id}` is never used: it is a name inside
                your function, and it is gone when the function ends. Who should see this value?"""


@_of_a_result
def _parameter_unread(it: Answer, name: str, routine: Routine) -> Found:
    for lost in _unread(it, name, routine):
        yield routine, f"""`{lost}` comes in through the brackets, and none of your lines uses it.
            What should depend on it?"""


# Beside the solution


@_of_a_result
def _one_difference(it: Answer, name: str, routine: Routine) -> Found:
    solved = it.solution.get(name)
    found = list(syntax.differences(routine, solved)) if solved else []
    mine, theirs = found[0] if len(found) == 1 else (None, None)
    if not isinstance(mine, ast.expr) or not isinstance(theirs, ast.expr):
        return
    here, there, whole = ast.unparse(mine), ast.unparse(theirs), shortened(ast.unparse(mine), 40)
    two = isinstance(mine, ast.BinOp) and isinstance(theirs, ast.BinOp)
    inside = [theirs.left, theirs.right] if isinstance(theirs, ast.BinOp) else []
    inside += theirs.args if isinstance(theirs, ast.Call) else []
    if re.sub("[()]", "", here) == re.sub("[()]", "", there):
        yield mine, f"""In `{whole}` all is as it should be but the brackets. Without them Python
            multiplies and divides before it adds. What should be computed first?"""
    elif two and all(ast.unparse(getattr(mine, side)) == ast.unparse(getattr(theirs, side))
                     for side in ("left", "right")):
        before = shortened(ast.unparse(mine.right), 40)
        yield mine, f"""All on this line is as it should be but one sign, the one before `{before}`.
            What does the formula do there?"""
    elif here in map(ast.unparse, inside):
        yield mine, f"""All on this line is as it should be but one thing: something is missing
            beside `{whole}`. What does the formula do with it?"""
