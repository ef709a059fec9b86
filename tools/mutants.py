"""Makes wrong answers out of a right one: mutants, in each of which one rule changed one thing."""

import ast
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mutant_rules import RULES


@dataclass(frozen=True)
class Mutant:
    """A wrong answer: its code, what was changed and by which rules, what is true of it."""

    rules: tuple[str, ...]
    code: str
    change: str
    kinds: tuple[str, ...]


def mutants(source: str, examples: Mapping[str, Any]) -> list[Mutant]:
    """All that the rules make of a right answer, each once.

    `examples` has a value for each parameter that has one; `my_...` is the notebook's global of it.
    """
    root = ast.Expression(ast.parse(source))
    right = ast.unparse(root.body)
    found: dict[str, Mutant] = {}
    misspelt = set()
    for parent, field, place, node in list(_places(root)):
        for name, (change, kinds) in RULES.items():
            if name == "misspell":  # Once for each name: where it is used again, nothing is new.
                if ast.dump(node) in misspelt:
                    continue
                misspelt.add(ast.dump(node))
            for new in change(node, examples):
                _put(parent, field, place, new)
                code = ast.unparse(ast.fix_missing_locations(root).body)
                _put(parent, field, place, node)
                if code == right or not _compiles(code):
                    continue
                before = found.get(code)
                rules, known = (before.rules, before.kinds) if before else ((), ())
                if name not in rules:
                    rules = (*rules, name)
                found[code] = Mutant(rules, code, _difference(right, code), (*known, *kinds))
    return list(found.values())


def _places(parent: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    for field, value in ast.iter_fields(parent):
        for place, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST) and not isinstance(node, ast.JoinedStr):
                yield parent, field, place, node
                yield from _places(node)


def _put(parent: ast.AST, field: str, place: int | None, node: ast.AST) -> None:
    if place is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[place] = node


def _compiles(code: str) -> bool:
    try:
        compile(code, "<mutant>", "exec")
    except SyntaxError:
        return False
    return True


def _difference(right: str, wrong: str) -> str:
    lines = difflib.ndiff(right.splitlines(), wrong.splitlines())
    return "\n".join(line for line in lines if line[0] in "-+")
