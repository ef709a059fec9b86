"""The rules by which mutants are made: each changes one thing, as a beginner would.

A rule is a function that looks at one node of a solution's tree and yields what could stand in its
place. `examples` has a value for each parameter, and `my_...` is the notebook's global of it. Above
it stand the kinds of diagnosis (patterns of their names) that are true of whatever it makes, if the
check gives them; whether one of another kind is true is for somebody to judge.
"""

import ast
import copy
import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

Rule = Callable[[ast.AST, Mapping[str, Any]], Iterator[ast.AST]]
RULES: dict[str, tuple[Rule, tuple[str, ...]]] = {}

UNUSED = ("reading parameter_unread", "reading never_used", "relation unused")


# What rules are written with


def rule(*kinds: str) -> Callable[[Rule], Rule]:
    """Make a function a rule, of whose mutants these kinds of diagnosis are true."""

    def register(function: Rule) -> Rule:
        RULES[function.__name__[1:]] = (function, kinds)
        return function

    return register


def _changed(node: ast.AST, **fields: Any) -> Any:
    new = type(node)(**(dict(ast.iter_fields(node)) | fields))
    return ast.copy_location(new, node)


def _expression(text: str, **parts: ast.AST) -> ast.AST:
    """An expression in which names stand for the parts."""
    return _renamed(ast.parse(text, mode="eval").body, parts)


def _renamed(node: ast.AST, names: Mapping[str, ast.AST]) -> Any:
    """A copy in which other nodes stand where these names are used."""

    class Renaming(ast.NodeTransformer):
        def visit_Name(self, name: ast.Name) -> ast.AST:
            used = isinstance(name.ctx, ast.Load) and name.id in names
            return names[name.id] if used else name

    return Renaming().visit(copy.deepcopy(node))


def _without(node: ast.AST, old: ast.AST, new: ast.AST) -> Any:
    """A copy in which something else stands wherever this stood."""

    class Replacing(ast.NodeTransformer):
        def visit(self, each: ast.AST) -> ast.AST:
            return new if ast.dump(each) == ast.dump(old) else self.generic_visit(each)

    return Replacing().visit(copy.deepcopy(node))


def _name(text: str) -> ast.Name:
    return ast.Name(text, ast.Load())


def _parameters(node: ast.AST) -> list[str]:
    if not isinstance(node, ast.FunctionDef):
        return []
    return [argument.arg for argument in node.args.args if argument.arg != "self"]


def _blocks(node: ast.AST) -> list[ast.stmt]:
    body = getattr(node, "body", None)
    return body if isinstance(body, list) else []


def _called(node: ast.AST) -> str:
    """The last name of what is called: `square` of `tf.square(x)`."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _result(node: ast.AST) -> ast.expr | None:
    """What is returned, if one would do arithmetic with it: not with a list of losses."""
    value = node.value if isinstance(node, ast.Return) else None
    return None if _is_list(value) else value


def _is_list(node: ast.AST | None) -> bool:
    return getattr(node, "id", "").endswith("losses")


# Arithmetic


@rule(*UNUSED, "relation as_it_came")
def _drop_a_term(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        yield node.left
        yield node.right


@rule(*UNUSED, "relation factor")
def _drop_a_factor(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        yield node.left
        yield node.right


@rule("relation sign", "relation reciprocal", "relation swapped")
def _swap_operands(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.Div | ast.Pow):
        yield _changed(node, left=node.right, right=node.left)


@rule()
def _another_operator(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    others = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
    others[ast.Pow] = ast.Mult
    if isinstance(node, ast.BinOp) and type(node.op) in others:
        yield _changed(node, op=others[type(node.op)]())
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        yield _changed(node, op=ast.FloorDiv())


@rule()
def _brackets_forgotten(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div | ast.Pow):
        for side in ("left", "right"):
            sum_ = getattr(node, side)
            if isinstance(sum_, ast.BinOp) and isinstance(sum_.op, ast.Add | ast.Sub):
                near = sum_.right if side == "left" else sum_.left
                inner = _changed(node, **{side: near})
                yield _changed(sum_, **{"right" if side == "left" else "left": inner})


@rule("relation sign", "relation negated", "relation factor")
def _negate(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if value := _result(node):
        parts = value.elts if isinstance(value, ast.Tuple) else [value]
        yield _changed(node, value=_changed_parts(value, [_expression("-x", x=p) for p in parts]))


@rule("relation factor")
def _scale(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if value := _result(node):
        parts = value.elts if isinstance(value, ast.Tuple) else [value]
        for text in ("2.0 * x", "0.5 * x"):
            new = [_expression(text, x=part) for part in parts]
            yield _changed(node, value=_changed_parts(value, new))


def _changed_parts(value: ast.expr, new: list) -> ast.AST:
    return _changed(value, elts=new) if isinstance(value, ast.Tuple) else new[0]


@rule(*UNUSED, "relation as_it_came", "relation not_reduced")
def _drop_a_wrapper(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if isinstance(node, ast.UnaryOp):
        yield node.operand
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        yield node.left
    if _called(node) not in ("", "Variable") and len(node.args) == 1:
        yield node.args[0]


@rule()
def _turn_a_comparison(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    turned = {ast.NotEq: ast.Eq, ast.Eq: ast.NotEq, ast.Lt: ast.Gt, ast.Gt: ast.Lt}
    if isinstance(node, ast.Compare) and type(node.ops[0]) in turned:
        yield _changed(node, ops=[turned[type(node.ops[0])]()])


# Arguments and parameters


@rule("relation swapped", "relation sign", "relation reciprocal")
def _swap_arguments(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call) and len(node.args) == 2:
        yield _changed(node, args=node.args[::-1])


@rule(*UNUSED, "relation built_in")
def _number_built_in(node: ast.AST, examples: Mapping) -> Iterator[ast.AST]:
    for name in _parameters(node):
        value = examples.get(name)
        if type(value) in (int, float):
            yield _with_body(node, {name: _expression(repr(value))})


@rule("reading name_of_the_formula", *UNUSED, "relation built_in")
def _a_global_used(node: ast.AST, examples: Mapping) -> Iterator[ast.AST]:
    for name in _parameters(node):
        if name in examples:
            yield _with_body(node, {name: _name(f"my_{name}")})


@rule("reading order_of_parameters", "relation swapped")
def _parameters_in_another_order(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    names = _parameters(node)
    orders = [names[::-1]]
    for i in range(len(names) - 1):
        orders.append([*names[:i], names[i + 1], names[i], *names[i + 2 :]])
    for order in orders if len(names) > 1 else []:
        own = [argument for argument in node.args.args if argument.arg == "self"]
        yield _changed(node, args=_changed(node.args, args=own + [ast.arg(n) for n in order]))


@rule("reading name_of_the_formula", "reading misspelt*", "raises NameError")
def _name_of_the_formula(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    letters = {"inputs": "x", "outputs": "y", "predicted": "y_pred", "actual": "y", "W": "w"}
    for name in _parameters(node):
        if name in letters:
            yield _with_body(node, {name: _name(letters[name])})


def _with_body(node: ast.AST, names: Mapping[str, ast.AST]) -> ast.AST:
    return _changed(node, body=[_renamed(statement, names) for statement in node.body])


@rule(
    "reading misspelt*",
    "reading name_of_the_formula",
    "reading reduce",
    "raises NameError",
    "raises AttributeError",
)
def _misspell(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    known = {"square": "squared", "abs": "absolute", "assign_sub": "assign_subtract"}
    if isinstance(node, ast.Attribute) and len(node.attr) > 3:
        yield _changed(node, attr=known.get(node.attr, node.attr[:-2] + node.attr[-1]))
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in ("self",):
        wrong = node.id[:-2] + node.id[-1] if len(node.id) > 3 else node.id.swapcase()
        yield _changed(node, id=wrong)


# Means, axes and lengths


@rule("relation times_count", "relation per_count", "relation factor")
def _sum_for_mean(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    others = {"reduce_mean": "reduce_sum", "reduce_sum": "reduce_mean"}
    others |= {"reduce_max": "reduce_min", "reduce_min": "reduce_max"}
    if isinstance(node, ast.Attribute) and node.attr in others:
        yield _changed(node, attr=others[node.attr])


@rule("relation not_reduced", "relation shape")
def _another_axis(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Call):
        return
    axes = [keyword for keyword in node.keywords if keyword.arg == "axis"]
    others = [keyword for keyword in node.keywords if keyword.arg != "axis"]
    if axes:
        yield _changed(node, keywords=others)
        turned = ast.keyword("axis", _expression("1 - x", x=axes[0].value))
        if isinstance(axes[0].value, ast.Constant):
            turned = ast.keyword("axis", ast.Constant(1 - axes[0].value.value))
        yield _changed(node, keywords=[*others, turned])
    elif _called(node).startswith("reduce_"):
        for axis in (0, -1):
            yield _changed(node, keywords=[*others, ast.keyword("axis", ast.Constant(axis))])


@rule(
    "relation one_more",
    "relation one_fewer",
    "relation first_missing",
    "relation last_missing",
    "relation one_before",
    "relation one_behind",
)
def _off_by_one(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if _called(node) == "range" and len(node.args) == 1:
        for text in ("range(n + 1)", "range(n - 1)", "range(1, n)"):
            yield _expression(text, n=node.args[0])
    if isinstance(node, ast.Slice):
        for side in ("lower", "upper"):
            bound = getattr(node, side)
            if bound:
                yield _changed(node, **{side: _expression("n + 1", n=bound)})
                yield _changed(node, **{side: _expression("n - 1", n=bound)})
                yield _changed(node, lower=node.upper, upper=node.lower)
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)


# Returning


@rule("reading return_in_loop", "relation first_only", "relation once")
def _return_in_the_loop(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    body = _blocks(node)
    for i, (loop, last) in enumerate(itertools.pairwise(body)):
        if isinstance(loop, ast.For) and isinstance(last, ast.Return):
            inside = _changed(loop, body=[*loop.body, last])
            yield _changed(node, body=[*body[:i], inside, *body[i + 2 :]])


@rule("reading no_return", "reading thrown_away", "returns_nothing")
def _no_return(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if isinstance(node, ast.Return) and node.value:
        yield ast.Expr(node.value)


@rule("reading print_for_return", "reading no_return", "returns_nothing")
def _print_for_return(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if isinstance(node, ast.Return) and node.value:
        yield ast.Expr(_expression("print(x)", x=node.value))


@rule(*UNUSED, "relation one_result", "relation first_only", "relation last_only")
def _one_of_several(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Return):
        return
    if isinstance(node.value, ast.Tuple):
        for part in node.value.elts:
            yield _changed(node, value=part)
    if _is_list(node.value):
        yield _changed(node, value=_expression("x[-1]", x=node.value))
        yield _changed(node, value=_expression("x[0]", x=node.value))


@rule(
    "relation pairs_apart", "relation another_order", "relation results_order", "relation reversed"
)
def _shuffle_apart(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    value = node.value if isinstance(node, ast.Return) else None
    if not isinstance(value, ast.Tuple):
        return
    for i, part in enumerate(value.elts):
        if _called(part).startswith("reduce_"):  # One number cannot be shuffled.
            continue
        for text in ("x[::-1]", "tf.random.shuffle(x)"):
            parts = [*value.elts[:i], _expression(text, x=part), *value.elts[i + 1 :]]
            yield _changed(node, value=_changed(value, elts=parts))
    for i in range(len(value.elts) - 1):
        parts = [*value.elts[:i], value.elts[i + 1], value.elts[i], *value.elts[i + 2 :]]
        yield _changed(node, value=_changed(value, elts=parts))


@rule(
    "relation another_order",
    "relation reversed",
    "relation first_only",
    "relation last_only",
    "relation first_missing",
    "relation last_missing",
)
def _another_list(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if isinstance(node, ast.List) and len(node.elts) > 1:
        parts = node.elts
        yield _changed(node, elts=parts[::-1])
        for i, part in enumerate(parts):
            yield _changed(node, elts=[*parts[:i], *parts[i + 1 :]])
            plain = all(isinstance(each, ast.Constant) for each in parts)
            for text in ("-x", "1 / x", "str(x)") if plain else ():
                other = _expression(text, x=part)
                yield _changed(node, elts=[*parts[:i], other, *parts[i + 1 :]])


# Classes and Variables


@rule("reading self_forgotten*", "reading never_used", "raises NameError")
def _drop_self(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "self":
        yield ast.Name(node.attr, node.ctx)


@rule("reading self_forgotten*", "reading never_used", "raises NameError")
def _drop_every_self(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    class Dropping(ast.NodeTransformer):
        def visit_Attribute(self, found: ast.Attribute) -> ast.AST:
            of_self = getattr(found.value, "id", "") == "self"
            return ast.Name(found.attr, found.ctx) if of_self else self.generic_visit(found)

    if isinstance(node, ast.FunctionDef):
        yield _changed(node, body=[Dropping().visit(copy.deepcopy(each)) for each in node.body])


@rule("reading method_without_self")
def _method_without_self(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if isinstance(node, ast.FunctionDef) and node.args.args and node.args.args[0].arg == "self":
        yield _changed(node, args=_changed(node.args, args=node.args.args[1:]))


@rule("reading underscores", "raises TypeError")
def _one_underscore(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if isinstance(node, ast.FunctionDef) and node.name.startswith("__"):
        yield _changed(node, name=node.name[1:-1])
        yield _changed(node, name=node.name.strip("_"))


@rule()
def _drop_a_variable(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if _called(node) == "Variable":
        yield node.args[0]
        yield _expression("float(x)", x=node.args[0])
        yield _expression("tf.constant(x)", x=node.args[0])
        if node.keywords:
            yield _changed(node, keywords=[])


@rule("reading never_used", "reading thrown_away", "relation unmoved")
def _equals_for_assign(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    operators = {"assign_sub": ast.Sub(), "assign_add": ast.Add()}
    call = node.value if isinstance(node, ast.Expr) else None
    if not _called(call).startswith("assign") or not isinstance(call.func, ast.Attribute):
        return
    owner, value = call.func.value, call.args[0]
    target = _changed(owner, ctx=ast.Store())
    if operator := operators.get(_called(call)):
        yield ast.AugAssign(target, operator, value)
        value = ast.BinOp(owner, operator, value)
    yield ast.Assign([target], value)
    yield ast.Expr(value)


@rule("relation sign", "relation negated")
def _another_assign(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    names = {"assign", "assign_sub", "assign_add"}
    if isinstance(node, ast.Attribute) and node.attr in names:
        for name in sorted(names - {node.attr}):
            yield _changed(node, attr=name)


# NumPy


@rule("reading leaves_tensorflow")
def _numpy_for_tensorflow(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    tensors = isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "tf"
    if tensors and hasattr(np, node.attr.removeprefix("reduce_")):
        yield _changed(node, value=_name("np"), attr=node.attr.removeprefix("reduce_"))


@rule("reading leaves_tensorflow")
def _numpy_on_the_way(node: ast.AST, examples: Mapping) -> Iterator[ast.AST]:
    for name in _parameters(node):
        if hasattr(examples.get(name), "numpy"):
            yield _with_body(node, {name: _expression(f"{name}.numpy()")})
    others = ("GradientTape", "gradient", "assign", "assign_sub", "assign_add", "append", "range",
              "len", "zip", "float", "ValueError", "super", "__init__")  # fmt: skip
    if isinstance(node, ast.Call) and _called(node) not in others:
        yield _expression("x.numpy()", x=node)
    if isinstance(node, ast.Return) and isinstance(_result(node), ast.BinOp | ast.Name):
        yield _changed(node, value=_expression("float(x)", x=node.value))


@rule("reading reduce", "raises AttributeError")
def _reduce_forgotten(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if isinstance(node, ast.Attribute) and node.attr.startswith("reduce_"):
        yield _changed(node, attr=node.attr.removeprefix("reduce_"))
    if _called(node).startswith("reduce_") and node.args:
        method = _called(node).removeprefix("reduce_")
        yield _changed(node, func=ast.Attribute(node.args[0], method, ast.Load()), args=[])


# Lines


@rule("reading never_used", "reading update_first", "raises UnboundLocalError")
def _swap_two_lines(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    body = _blocks(node)
    for i in range(len(body) - 1):
        swapped = [*body[:i], body[i + 1], body[i], *body[i + 2 :]]
        yield _changed(node, body=swapped)


@rule("reading no_return", *UNUSED, "raises NameError", "returns_nothing")
def _drop_a_line(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    body = _blocks(node)
    for i in range(len(body)):
        if len(body) > 1:
            yield _changed(node, body=[*body[:i], *body[i + 1 :]])


@rule()
def _swap_the_targets(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
        target = node.targets[0]
        yield _changed(node, targets=[_changed(target, elts=target.elts[::-1])])


@rule("reading append_behind_the_loop", "reading slopes_before_the_loop", "relation last_only")
def _out_of_the_loop(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    body = _blocks(node)
    for i, loop in enumerate(body):
        if isinstance(loop, ast.For) and len(loop.body) > 1:
            shorter = _changed(loop, body=loop.body[:-1])
            yield _changed(node, body=[*body[:i], shorter, loop.body[-1], *body[i + 1 :]])
            shorter = _changed(loop, body=loop.body[1:])
            yield _changed(node, body=[*body[:i], loop.body[0], shorter, *body[i + 1 :]])
            inside = _changed(loop, body=[*body[i - 1 : i], *loop.body])
            yield _changed(node, body=[*body[: max(i - 1, 0)], inside, *body[i + 1 :]])


@rule("reading before_the_tape")
def _before_the_tape(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    body = _blocks(node)
    for i, tape in enumerate(body):
        if isinstance(tape, ast.With):
            early, rest = tape.body[0], tape.body[1:] or [ast.Pass()]
            yield _changed(node, body=[*body[:i], early, _changed(tape, body=rest), *body[i + 1 :]])
            for call in (each for each in ast.walk(early) if _called(each) == "model"):
                hoisted = ast.Assign([ast.Name("predicted", ast.Store())], call)
                inside = [_without(each, call, _name("predicted")) for each in tape.body]
                holder = _changed(tape, body=inside)
                yield _changed(node, body=[*body[:i], hoisted, holder, *body[i + 1 :]])


@rule("reading loop_inside_the_tape")
def _into_the_tape(node: ast.AST, _: Mapping) -> Iterator[ast.AST]:
    body = _blocks(node)
    for i, tape in enumerate(body):
        if isinstance(tape, ast.With) and i + 1 < len(body):
            wider = _changed(tape, body=[*tape.body, body[i + 1]])
            yield _changed(node, body=[*body[:i], wider, *body[i + 2 :]])
            wider = _changed(tape, body=[*tape.body, *body[i + 1 :]])
            yield _changed(node, body=[*body[:i], wider])
        if isinstance(tape, ast.For) and any(isinstance(each, ast.With) for each in tape.body):
            place = next(n for n, each in enumerate(tape.body) if isinstance(each, ast.With))
            inner = tape.body[place]
            flat = [*tape.body[:place], *inner.body, *tape.body[place + 1 :]]
            around = _changed(inner, body=[_changed(tape, body=flat)])
            yield _changed(node, body=[*body[:i], around, *body[i + 1 :]])
