"""Says what is true of an answer in every case: twice what is asked for, an argument unused.

Each relation is a function that yields what it finds: between results (what came out is what is
asked for, made twice as large), between functions (it is what the solution gives when two inputs
change places), of one input (nothing changes when it does), of a part (one of two is right).

They stand in `STAGES`, the surest first. A stage in which two relations are found says nothing, for
one of them may hold by accident.
"""

import dis
import functools
import itertools
import math
import re
import time
import types
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import tensorflow as tf

from exercises.engine import run
from exercises.engine.model import Case, Diagnosis, Function, Value, Written
from exercises.engine.run import ORDINALS, Outcome
from exercises.engine.sandbox import run_with_timeout
from exercises.engine.snapshot import Snapshot, agree, listed, see, split
from exercises.engine.stub import all_code_of, stub_name
from exercises.engine.trials import COUNTS, Answers, Leaf, is_numbers

SHARE = 4
"""What is tried here takes at most this part of the time that the cases may take."""

Found = Iterator[tuple[str, str]]
"""The names of the relations that hold, with a sentence for each."""


def relation(
    exercise: Written, answer: Any, wanted: list[Outcome], got: list[Outcome]
) -> Diagnosis | None:
    """The surest thing that is true of a wrong answer in all cases, if there is one."""
    returned = [other for one, other in zip(wanted, got, strict=True) if not one.raised]
    if not returned or any(outcome.raised for outcome in returned):
        return None
    found: list[Diagnosis | None] = []
    seconds = run.TIME_LIMIT / SHARE
    end = time.monotonic() + seconds
    in_time = run_with_timeout(lambda: found.append(_surest(exercise, answer, got, end)), seconds)
    return found[0] if in_time and found else None


def _surest(exercise: Written, answer: Any, got: list[Outcome], end: float) -> Diagnosis | None:
    answers = Answers(exercise, answer, got, end)
    for stage in _stages(answers):
        found = {pair for each in stage for pair in each(answers)}
        if len(found) == 1:
            ((name, words),) = found
            return Diagnosis(f"relation {name}", words, answers.details())
    return None


def _stages(a: Answers) -> tuple:
    """The relations that can be asked for."""
    if not a.differs or not a.known or not a.off:
        return ()
    if not a.steady:
        return ((pairs_apart,),)
    if not all(leaf.comparable for leaf in a.off):
        return ((results, places),)
    effects = [a.leaves[label] for label in a.wrong if label.endswith(" afterwards")]
    if not all(any(leaf.moves for leaf in leaves) for leaves in effects):
        return ()  # It changes what should be left alone, and `feedback` says so.
    return STAGES


# Between results


def unmoved(a: Answers) -> Found:
    """Effects are as they were before the call."""
    still = [label for label in a.wrong if all(map(_as_before, a.leaves[label]))]
    if still:
        as_before = f"{_bare(still)} {_are(still)} as before the call"
        moved = [label for label in a.right if label.endswith(" afterwards")]
        if moved:
            as_before = f"{_bare(moved)} {_are(moved)} right afterwards, but {as_before}"
        yield "unmoved", f"{as_before}. Which of your lines gives {_bare(still)} a new value?"


def _as_before(leaf: Leaf) -> bool:
    return leaf.before is not None and _equal(leaf.got, leaf.before)


def _bare(labels: list[str]) -> str:
    return listed([f"`{label.removesuffix(' afterwards')}`" for label in labels])


def _are(things: Sequence) -> str:
    return "is" if len(things) == 1 else "are"


def _equal(seen: Snapshot, numbers: Any) -> bool:
    return agree(replace(seen, array=np.asarray(numbers)), seen)


def results(a: Answers) -> Found:
    """The right results in another order, or one of them alone."""
    # A case may look at something else, such as whether a tape was asked.
    pairs = [(t.wanted.returned, seen.returned) for t, seen in a.tried]
    pairs = [pair for pair in pairs if pair[0].kind == "a tuple"]
    places = range(len(pairs[0][0].parts) if pairs else 0)
    tuples = all(one.kind == "a tuple" and len(one.parts) == len(places) for one, _ in pairs)
    if not tuples or len(places) not in COUNTS:
        return
    parts = [(split(one) or {}, split(other) or {}) for one, other in pairs]

    def stand_for(order: Sequence[int]) -> bool:
        return all(
            len(other) == len(one) and agree(one[f"[{place}]"], other[f"[{i}]"])
            for one, other in parts
            for i, place in enumerate(order)
        )

    if len([order for order in itertools.permutations(places) if stand_for(order)]) == 1:
        words = (
            "The right results come back in another order. Which result does the task name first?"
        )
        yield "results_order", words
    only = [p for p in places if all(agree(one.parts[p][1], other) for one, other in pairs)]
    if len(only) == 1:
        which = f"only the {ORDINALS[only[0]]} of the {COUNTS[len(places)]} results"
        returns = f"What `{stub_name(a.exercise)}` returns"
        yield "one_result", f"{returns} is {which}. Where should the rest come back?"


def shapes(a: Answers) -> Found:
    """The right numbers in another shape, all pairs, one number for each example, one for all."""
    first = next(leaf for leaf in a.off if a.is_off(leaf))
    wanted, got = list(first.wanted.shape), list(first.got.shape)
    where = f"where {f'shape {wanted}' if wanted else 'one number'} is asked for"
    pairs = [(leaf.wanted, leaf.got) for leaf in a.off]
    hows = {"mean": np.mean, "sum": np.sum, "largest": np.max, "smallest": np.min}
    if all(_equal(_flat(other), one.array.ravel()) for one, other in pairs):
        axis = ", one axis too many" if len(got) == len(wanted) + 1 else ""
        words = f"The numbers are right, but they have shape {got} {where}{axis}."
        yield "shape", f"{a.good}{words} Which line makes it so?"
    elif all(_on_the_diagonal(one, other) for one, other in pairs):
        words = (
            f"This is a table of all pairs, of shape {got}; on its diagonal are the right numbers."
        )
        yield "all_pairs", f"{a.good}{words} Which of the inputs has one axis more than the other?"
    elif any(all(_reduces(how, other, one) for one, other in pairs) for how in hows.values()):
        words = f"The numbers are not put together yet: they have shape {got} {where}."
        yield "not_reduced", f"{a.good}{words} Which operation turns many numbers into fewer?"
    for word, how in hows.items():
        if all(_reduces(how, one, other) for one, other in pairs):
            is_there = f"shape {got}" if got else "a single one"
            words = f"This is the {word} of the numbers asked for: {is_there} {where}."
            yield "reduced", f"{a.good}{words} Which line turns many numbers into fewer?"


def beside(a: Answers) -> Found:
    """Each of the right numbers stands beside others that were not asked for."""
    pairs = [(leaf.wanted, leaf.got) for leaf in a.off]
    if all(other.shape[:-1] == one.shape and other.shape[-1:] > (1,) for one, other in pairs):
        widths = range(min(other.shape[-1] for _, other in pairs))
        where = [
            i for i in widths if all(_equal(_column(other, i), one.array) for one, other in pairs)
        ]
        if len(where) == 1 and any(one.array.size > 1 for one, _ in pairs):
            words = "The numbers asked for are there, but each stands beside something else."
            yield "beside", f"{a.good}{words} What is put together on one of your lines?"


def _column(seen: Snapshot, place: int) -> Snapshot:
    return replace(seen, array=seen.array[..., place])


def counting(a: Answers) -> Found:
    """The numbers only count: 0, 1, 2."""
    pairs = [(leaf.wanted, leaf.got) for leaf in a.off]
    for first in (0, 1):
        if max(other.array.size for _, other in pairs) > 1 and all(
            one.array.ndim == other.array.ndim == 1
            and np.array_equal(other.array, np.arange(first, first + other.array.size))
            for one, other in pairs
        ):
            words = f"only {first}, {first + 1} and so on: numbers that count something"
            yield "counting", a.says(f"{words}. Which value belongs in their place?")


def _flat(seen: Snapshot) -> Snapshot:
    return replace(seen, array=seen.array.ravel())


def _on_the_diagonal(wanted: Snapshot, got: Snapshot) -> bool:
    square = len(wanted.shape) == 1 and got.shape == wanted.shape * 2
    return square and _equal(wanted, np.diag(got.array))


def _reduces(how: Callable, many: Snapshot, few: Snapshot) -> bool:
    """Whether the many become the few, along one axis or all of them."""
    axes = [None, *range(many.array.ndim)] if many.array.size else []
    return any(_equal(few, how(many.array, axis=axis)) for axis in axes)


_CHANGES: tuple[tuple[str, int, Callable[[np.ndarray], Any], str], ...] = (
    ("transposed", 3, lambda n: n.T if n.ndim == 2 else None,
     "right, but rows and columns have changed places. Which line turns them?"),
    ("reversed", 3, lambda n: n[::-1] if n.ndim else None,
     "right, but in reverse order. Which line turns it round?"),
    ("sorted", 3, lambda n: np.sort(n, axis=0) if n.ndim else None,
     "right, but sorted by size. In which order does the task want the numbers?"),
    ("sign", 2, lambda n: -n,
     "of the right size, with the opposite sign. Which way round does the task ask for it?"),
    ("absolute", 2, np.abs, "right, but without the signs. Where do they get lost?"),
    ("square", 2, np.square, "the square of what is asked for. What squares it once too often?"),
    ("root", 2, np.sqrt, "the square root of what is asked for. Where does the root come from?"),
    ("reciprocal", 2, np.reciprocal, "1 divided by what is asked for. Which line divides by what?"),
)  # fmt: skip
"""Names; how many different numbers have to be changed by it; what is changed; words."""


def changed(a: Answers, steps: bool = False) -> Found:
    """Turned round, squared, with other signs, ..."""
    for name, least, change, words in _CHANGES:
        if isinstance(a.exercise, Value) and name in ("sign", "reciprocal"):
            least = 1  # It has no other numbers.
        if a.fits(lambda n, _, change=change: change(n), steps, least):
            yield name, a.says(words, steps)
            if name == "sign":  # Where all are negative, they also lack the signs.
                return


def another_order(a: Answers) -> Found:
    """The right numbers in an order that has no name."""
    pairs = [(leaf.wanted.array, leaf.got) for leaf in a.off]
    if any(len(np.unique(one)) > 2 for one, _ in pairs) and all(
        one.shape == other.shape
        and _equal(replace(other, array=np.sort(other.array, axis=None)), np.sort(one, axis=None))
        for one, other in pairs
    ):
        yield "another_order", a.says("right, but in another order. Which line changes it?")


_ENDS: tuple[tuple[str, Callable[[np.ndarray, np.ndarray], tuple], str], ...] = (
    ("first_missing", lambda w, g: (w[1:], g),
     "The first {} is missing, the others are right. Where does your code begin?"),
    ("last_missing", lambda w, g: (w[:-1], g),
     "The last {} is missing, the others are right. Where does your code stop?"),
    ("first_only", lambda w, g: (w[:1], g.reshape(w[:1].shape)),
     "Only the first {} comes back. What ends it there?"),
    ("last_only", lambda w, g: (w[-1:], g.reshape(w[-1:].shape)),
     "Only the last {} comes back. Where did the others go?"),
    ("one_before", lambda w, g: (w, g[1:]),
     "There is one {} too many, before the right ones. Where does it come from?"),
    ("one_behind", lambda w, g: (w, g[:-1]),
     "There is one {} too many, after the right ones. Where does it come from?"),
    ("late", lambda w, g: (w[:-1], g[1:]) if len(w) == len(g) else ((), ()),
     "Each {} comes one place too late. What comes before the first?"),
    ("early", lambda w, g: (w[1:], g[:-1]) if len(w) == len(g) else ((), ()),
     "Each {} comes one place too early. Where did the first one go?"),
)  # fmt: skip
"""Names; which parts of what is asked for and of what is there have to agree; words."""


def ends(a: Answers) -> Found:
    """The first or the last is missing or alone, there is one too many, all are shifted."""
    pairs = [(leaf.wanted, leaf.got) for leaf in a.off]
    for axis, (name, parts, words) in itertools.product((0, 1), _ENDS):
        what = "column" if axis else "row" if pairs[0][0].array.ndim == 2 else "number"
        enough = any(one.array.ndim > axis and one.shape[axis] > 2 for one, _ in pairs)
        if enough and all(_agree_along(axis, parts, *pair) for pair in pairs):
            yield name, a.good + words.format(what)


def _agree_along(axis: int, parts: Callable, wanted: Snapshot, got: Snapshot) -> bool:
    """Whether these parts of both agree, along an axis, and are not empty."""
    try:
        both = [np.moveaxis(n, axis, 0) if n.ndim > axis else n for n in (wanted.array, got.array)]
        one, other = map(np.asarray, parts(*both))
    except (ValueError, IndexError, TypeError):
        return False
    return one.size > 0 and agree(replace(wanted, array=one), replace(got, array=other))


def as_it_came(a: Answers) -> Found:
    """An input comes back as it is."""
    for place, name in enumerate(a.names if a.wrong == [""] else ()):
        if all(agree(see(t.case.inputs()[place]), seen.returned) for t, seen in a.tried):
            yield "as_it_came", a.says(f"`{name}` as it came in. What should happen to it?")


def places(a: Answers) -> Found:
    """The place of a number instead of the number, or the other way round."""
    pairs = [(leaf.wanted, leaf.got) for leaf in a.off]
    single = all(is_numbers(each) and not each.shape for pair in pairs for each in pair)
    if a.wrong != [""] or not single:
        return
    rows = [_rows(leaf.trial.case) for leaf in a.off]
    for name, turn in itertools.product(rows[0], (1, -1)):
        numbers = [[float(each.array) for each in pair][::turn] for pair in pairs]
        there = [(each.get(name, ()), *pair) for each, pair in zip(rows, numbers, strict=True)]
        if len({place for _, place in numbers}) > 1 and all(_stands_at(*each) for each in there):
            one, other = ("place where a number stands", "number itself")[::turn]
            words = (
                f"the {one}; the task asks for the {other}. How do you get from one to the other?"
            )
            yield "place_for_value" if turn == 1 else "value_for_place", a.says(words)


def _rows(case: Case) -> dict[str, np.ndarray]:
    """The inputs that are rows of numbers, and their differences."""
    seen = [each for each in map(see, case.inputs()) if is_numbers(each) and each.shape]
    rows = {f"{i}": each.array.ravel() for i, each in enumerate(seen)}
    for (i, one), (j, other) in itertools.permutations(list(rows.items()), 2):
        if one.shape == other.shape:
            rows |= {f"{i} - {j}": one - other, f"|{i} - {j}|": np.abs(one - other)}
    return rows


def _stands_at(row: Sequence, number: float, place: float) -> bool:
    inside = math.isfinite(place) and place == int(place) and 0 <= place < len(row)
    return inside and bool(np.isclose(row[int(place)], number))


def counts(a: Answers, steps: bool = False) -> Found:
    """As many times too large, or too small, as there are examples, rows, columns or numbers."""
    for things in a.sizes:
        if a.fits(lambda n, t, things=things: n * t.sizes[things], steps):
            words = a.says(f"what is asked for, times the number of {things}", steps)
            yield "times_count", f"{words}. What would make it independent of that?"
        if a.fits(lambda n, t, things=things: n / t.sizes[things], steps):
            words = a.says(f"what is asked for, divided by the number of {things}", steps)
            yield "per_count", f"{words}. Which line divides by it, perhaps without saying so?"


def factors(a: Answers, steps: bool = False) -> Found:
    """One factor everywhere."""
    amounts = {2: "twice", 0.5: "half of", 1 / 3: "a third of", 0.25: "a quarter of"}
    factor = round(a.at_the_largest(lambda wanted, got: got / wanted, steps), 6)
    if abs(factor) > 1e-9 and factor != -1 and a.fits(lambda n, _: factor * n, steps):
        amount = (amounts[nice] for nice in amounts if math.isclose(nice, factor, rel_tol=1e-3))
        words = f"{next(amount, f'{factor:.4g} times')} what is asked for"
        if isinstance(a.exercise, Value):
            words = "off by one and the same factor everywhere"
        yield "factor", a.says(f"{words}. Where does that factor come from?", steps)


def offsets(a: Answers) -> Found:
    """One amount too much or too little everywhere."""
    amount = a.at_the_largest(lambda wanted, got: got - wanted)
    if amount and a.fits(lambda n, _: n + amount):
        words = f"{abs(amount):.4g} too {'large' if amount > 0 else 'small'} everywhere"
        if isinstance(a.exercise, Value):
            words = "off by one and the same amount everywhere"
        yield "offset", a.says(f"{words}. Where does that come from?")


# Between functions


def _on(solution: Callable, change: dict[int, Callable[[tuple], Any]]) -> Callable:
    """The solution, with some of its inputs made from all of them."""

    def function(*inputs: Any) -> Any:
        return solution(*[change[i](inputs) if i in change else n for i, n in enumerate(inputs)])

    return function


@functools.cache
def _others(exercise: Written) -> tuple[tuple[str, str, Callable], ...]:
    """The solution used otherwise: a name, how the sentence goes on, a function."""
    inputs, solution = exercise.cases[0].inputs(), exercise.solution
    names = [f"`{name}`" for name in run.input_names(exercise, len(inputs))]
    kinds = tf.Tensor, tf.Variable, np.ndarray, int, float
    numbers = [i for i, value in enumerate(inputs) if isinstance(value, kinds)]
    rows = [i for i in range(len(inputs)) if type(inputs[i]) is list or (
        isinstance(inputs[i], tf.Tensor) and inputs[i].shape)]  # fmt: skip
    found: list[tuple[str, str, dict[int, Callable]]] = [
        ("swapped", f"would be right if {names[i]} and {names[j]} changed places. Which is "
         "which in your lines?", {i: lambda n, j=j: n[j], j: lambda n, i=i: n[i]})
        for i, j in itertools.combinations(numbers, 2)
    ]  # fmt: skip
    for i, name in [(i, names[i]) for i in numbers]:
        found += [
            ("one_more", f"would be right if {name} were one larger. Where does one too many come "
             "from?", {i: lambda n, i=i: n[i] + 1}),
            ("one_fewer", f"would be right if {name} were one smaller. Where is one left out?",
             {i: lambda n, i=i: n[i] - 1}),
            ("once", f"is always as for {name} = 1. What ends it after the first, or where is "
             "that 1 from?", {i: lambda n: 1}),
        ] if type(inputs[i]) is int else [
            ("negated", f"would be right if {name} had the opposite sign. Which sign does it get "
             "from you?", {i: lambda n, i=i: -n[i]}),
        ]  # fmt: skip
    one = "example" if len(rows) > 1 else f"of {names[rows[0]]}" if rows else ""
    for name, part, which in (
        ("first_alone", slice(1), f"the first {one} were the only one"),
        ("last_alone", slice(-1, None), f"the last {one} were the only one"),
        ("without_first", slice(1, None), f"the first {one} were not there"),
        ("without_last", slice(-1), f"the last {one} were not there"),
    ):
        words = f"would be right if {which}. What do your lines do with each of them?"
        found.append((name, words, {i: lambda n, i=i, part=part: n[i][part] for i in rows}))
    functions = [(name, words, _on(solution, change)) for name, words, change in found if change]
    effects = run.before(exercise, exercise.cases[0])

    def twice(*inputs: Any) -> Any:
        once = solution(*inputs)
        return solution(*inputs) if effects else solution(once, *inputs[1:])

    words = "is what comes of doing it twice. Which line does it once more?"
    return (*functions, ("twice", words, twice))


def others(a: Answers) -> Found:
    """What the solution gives with inputs swapped, one off, for the first only, twice, ..."""
    for name, words, function in _others(a.exercise) if isinstance(a.exercise, Function) else ():
        if (name != "once" or len(a.unused) == 1) and a.explained_by(function):
            yield name, f"{a.whole} {words}"


# Of an input


def built_in(a: Answers) -> Found:
    """A number in the code, or a global of the notebook, stands in the place of an input."""
    places = a.unused if len(a.unused) < 3 else []
    options = [*_constants(a.answer), *_globals(a.answer)] if places else []
    for values in itertools.islice(itertools.product(options, repeat=len(places)), 50):
        change = {
            place: lambda n, place=place, value=value: _like(n[place], value)
            for place, (_, value) in zip(places, values, strict=True)
        }
        if places and a.explained_by(_on(a.exercise.solution, change), cases_only=True):
            used = listed([words for words, _ in values])
            names = listed([f"`{a.names[place]}`" for place in places])
            words = f"{a.whole} is the same whatever {names} {_are(places)}: always as for {used},"
            words += f" which your lines contain. Where should they use {names}?"
            yield "built_in", words


def _constants(answer: Any) -> Iterator[tuple[str, Any]]:
    """The numbers in a function's code."""
    function = _function(answer)
    found = [const for code in all_code_of(function) for const in code.co_consts]
    found += getattr(function, "__defaults__", None) or ()
    plain = {number for number in found if type(number) in (int, float)}
    for number in sorted(number for number in plain if abs(number) < 1e15):
        yield f"the number {number:g}", number


def _globals(answer: Any) -> Iterator[tuple[str, Any]]:
    """The numbers, tensors and models of the notebook that a function reads."""
    function = _function(answer)
    read = (i for code in all_code_of(function) for i in dis.get_instructions(code))
    for name in dict.fromkeys(i.argval for i in read if i.opname == "LOAD_GLOBAL"):
        value = function.__globals__.get(name)
        kinds = tf.Tensor, tf.Variable, np.ndarray, tf.Module
        if type(value) in (int, float) or issubclass(type(value), kinds):
            yield f"the notebook's `{name}`", value


def _function(answer: Any) -> types.FunctionType | None:
    """The function that was written, if an answer is one."""
    if issubclass(type(answer), tf.types.experimental.GenericFunction):
        answer = answer.python_function
    return answer if type(answer) is types.FunctionType else None


def _like(given: Any, value: Any) -> Any:
    """A value of the notebook in the place of an input, as the same kind of thing."""
    if isinstance(value, tf.Module) or (type(given) is int and not _is_count(value)):
        raise TypeError("the notebook's own model is not ours to move, and `once` speaks of 1")
    if isinstance(given, tf.Tensor | tf.Variable | np.ndarray):
        return tf.cast(tf.convert_to_tensor(value), given.dtype)
    return type(given)(value)


def _is_count(value: Any) -> bool:
    return type(value) is int and value != 1


def unused(a: Answers) -> Found:
    """Nothing changes when an input does."""
    if a.unused:
        names = listed([f"`{a.names[place]}`" for place in a.unused])
        same = f"{a.whole} is the same whatever {names} {_are(a.unused)}."
        inputs = a.tried[0][0].case.inputs()
        models = [
            words for words, value in _globals(a.answer) if issubclass(type(value), tf.Module)
        ]
        if models and any(isinstance(inputs[place], tf.Module) for place in a.unused):
            yield "unused", f"{same} Your lines use {listed(models)}. Which model was passed in?"
        elif len(a.unused) == 1:
            yield "unused", f"{same} Where does it appear in your lines, and what happens to it?"
        else:
            yield "unused", f"{same} Where do they appear in your lines, and what happens to them?"


# Of a part


def pairs_apart(a: Answers) -> Found:
    """All examples are there, but inputs and outputs no longer belong together."""
    apart = False
    for trial, seen in a.tried if isinstance(a.exercise, Function) else ():
        wanted, got = [
            [_lines(part) for part in (split(each) or {}).values()]
            for each in (trial.wanted.returned, seen.returned)
        ]
        if len(wanted) not in (2, 4) or len(got) != len(wanted):
            return
        both = [[list(itertools.chain(*each[i::2])) for i in (0, 1)] for each in (wanted, got)]
        if any(Counter(one) != Counter(other) for one, other in zip(*both, strict=True)):
            return
        asked, there = (Counter(zip(*each, strict=False)) for each in both)
        apart |= asked != there and len(asked) > 2 and len(both[0][0]) == len(both[0][1])
    if apart:
        words = "All the numbers come back, but an input stands beside the output of another."
        yield "pairs_apart", f"{words} What changes the order of one and not of the other?"


def _lines(seen: Snapshot) -> list[str]:
    """The rows of an array as words, which can be counted."""
    rows = seen.array if is_numbers(seen) and seen.shape else ()
    return [" ".join(f"{number:.5g}" for number in np.ravel(row)) for row in rows]


def entries(a: Answers) -> Found:
    """Of the few numbers of a value, all but one are right."""
    wanted, got = a.off[0].wanted.array, a.off[0].got.array
    if not isinstance(a.exercise, Value) or wanted.shape != got.shape or len(wanted.shape) != 1:
        return
    wrong = np.flatnonzero(~np.isclose(wanted, got, rtol=1e-4))
    if wanted.size in COUNTS and len(wrong) == 1:
        (one,), (other,), which = wanted[wrong], got[wrong], ORDINALS[wrong[0]]
        how = "is not right"
        if np.isclose(one, -other):
            how = "has the wrong sign"
        elif np.isclose(one * other, 1, rtol=1e-4) and abs(one) != 1:
            how = "is 1 divided by what is asked for"
        words = f"Of the {COUNTS[wanted.size]} numbers, only the {which} {how}."
        yield "entries", f"{words} What does the {which} stand for in the task?"


def one_example(a: Answers) -> Found:
    """Right where there is one example, wrong where there are more."""
    trials = {
        (leaf.trial, leaf.trial.sizes["examples"] > 1, a.is_off(leaf))
        for leaf in a.off
        if leaf.trial.sizes.get("examples")
    }
    one, more = ([off for _, several, off in trials if several is each] for each in (False, True))
    if one and not any(one) and len(more) > 1 and all(more):
        words = f"{a.whole} is right for one example, and wrong for several."
        yield "one_example", f"{words} What happens to the second one?"


def first_right(a: Answers) -> Found:
    """The first number is right, the later ones are not."""
    pairs = [(leaf.wanted, leaf.got) for leaf in a.leaves.get("", ())]
    right = [
        np.isclose(one.array, other.array, rtol=1e-3)
        for one, other in pairs
        if one.shape == other.shape and one.array.ndim == 1 and one.array.size > 1
    ]
    if len(right) > 1 and all(row[0] and not row[1:].any() for row in right):
        words = "The first number that comes back is right, and those after it are not."
        yield "first_right", f"{words} What changes from the second one on?"


def one_part(a: Answers) -> Found:
    """Some results or effects are right and others are not."""
    named = all(not label or re.match(r"\[|.* afterwards$", label) for label in a.wrong)
    if a.right and named and len(a.right) + len(a.wrong) < 5:
        wrong = re.sub(r" of the \w+ results", "", a.listed(a.wrong))
        words = f"{a.listed(a.right)} right; {wrong[0].lower()}{wrong[1:]} not."
        sizes = {(leaf.wanted.shape, leaf.got.shape) for leaf in a.off[:1] if len(a.wrong) == 1}
        for asked, there in [pair for pair in sizes if pair[0] != pair[1]]:
            words = words.removesuffix(" is not.")
            words += f" has shape {list(there)} where shape {list(asked)} is asked for."
        yield "one_part", f"{words} Which of your lines compute that part?"


def of_steps(a: Answers) -> Found:
    """The same relations, between how far something has moved and how far it should have."""
    for each in (changed, counts, factors) if a.moves else ():
        yield from each(a, steps=True)


STAGES = (
    (unmoved,), (results,), (counting,), (ends,), (beside,), (shapes,), (as_it_came, places),
    (changed,), (counts,), (factors,), (offsets,), (of_steps,), (built_in,), (others,), (unused,),
    (pairs_apart,), (another_order,), (entries,), (one_example,), (first_right,), (one_part,),
)  # fmt: skip
"""The relations, the surest first."""
