"""Says what is true of an answer in every case: twice what is asked for, an argument unused.

Each relation is a function that yields what it finds: between results (what came out is what is
asked for, made twice as large), between functions (it is what the solution gives when two inputs
change places), or of one input (nothing changes when it does).

They stand in `STAGES`, the surest first. A stage in which two relations are found says nothing, for
one of them may hold by accident.
"""

import dis
import functools
import itertools
import math
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
from exercises.engine.run import Outcome
from exercises.engine.sandbox import run_with_timeout
from exercises.engine.snapshot import Snapshot, agree, listed, see, split
from exercises.engine.stub import code_of
from exercises.engine.trials import COUNTS, ORDINALS, Answers, is_numbers

SHARE = 4
"""What is tried here takes at most this part of the time that the cases may take."""

Found = Iterator[tuple[str, str]]
"""The names of the relations that hold, and a sentence for each."""

_AMOUNTS = {2: "twice", 1 / 2: "half of", 1 / 3: "a third of", 1 / 4: "a quarter of"}


def relation(
    exercise: Written, answer: Any, wanted: list[Outcome], got: list[Outcome]
) -> Diagnosis | None:
    """The surest thing that is true of a wrong answer in all cases, if there is one."""
    returned = [not one.raised for one in wanted]
    if not any(returned) or any(o.raised for o, is_in in zip(got, returned, strict=True) if is_in):
        return None
    found: list[Diagnosis | None] = []
    seconds = run.TIME_LIMIT / SHARE
    end = time.monotonic() + seconds
    in_time = run_with_timeout(lambda: found.append(_surest(exercise, answer, got, end)), seconds)
    return found[0] if in_time else None


def _surest(exercise: Written, answer: Any, got: list[Outcome], end: float) -> Diagnosis | None:
    a = Answers(exercise, answer, got, end)
    for stage in _stages(a):
        found = dict(pair for each in stage for pair in each(a))
        if len(found) == 1:
            name, words = found.popitem()
            return Diagnosis(f"relation {name}", words, a.details())
    return None


def _stages(a: Answers) -> tuple:
    """The relations that can be asked for, by how sure they are."""
    if not a.differs or not a.known:
        return ()
    if not a.steady:
        return ((pairs_apart,),)
    if not all(leaf.comparable for leaf in a.off):
        return ((results, places),)
    effects = [a.leaves[label] for label in a.wrong if label.endswith(" afterwards")]
    if any(not any(leaf.moves for leaf in leaves) for leaves in effects):
        return ()  # It changes what should be left alone, and `feedback` says so.
    return STAGES


# Between results


def unmoved(a: Answers) -> Found:
    """Effects are as they were before the call."""
    still = [
        label
        for label in a.wrong
        if all(
            leaf.before is not None and _equal(leaf.got, leaf.before) for leaf in a.leaves[label]
        )
    ]
    if still:
        as_before = f"{_bare(still)} {_are(still)} as before the call"
        moved = [label for label in a.right if label.endswith(" afterwards")]
        if moved:
            as_before = f"{_bare(moved)} {_are(moved)} right afterwards, but {as_before}"
        yield "unmoved", f"{as_before}. Which of your lines gives {_bare(still)} a new value?"


def _bare(labels: list[str]) -> str:
    return listed([f"`{label.removesuffix(' afterwards')}`" for label in labels])


def _are(labels: list) -> str:
    return "is" if len(labels) == 1 else "are"


def _equal(seen: Snapshot, numbers: np.ndarray) -> bool:
    return agree(replace(seen, array=np.asarray(numbers)), seen)


def results(a: Answers) -> Found:
    """The right results in another order, or one of them alone."""
    pairs = [(trial.wanted.returned, seen.returned) for trial, seen in a.tried]
    many = len(pairs[0][0].parts)
    if pairs[0][0].kind != "a tuple" or many not in COUNTS:
        return
    wanted = [[part for _, part in one.parts] for one, _ in pairs]
    got = [list((split(other) or {}).values()) for _, other in pairs]

    def stands_for(order: Sequence[int]) -> bool:
        both = zip(wanted, got, strict=True)
        return all(agree(one[p], other[i]) for one, other in both for i, p in enumerate(order))

    if all(len(parts) == many for parts in got):
        if len([order for order in itertools.permutations(range(many)) if stands_for(order)]) == 1:
            yield (
                "results_order",
                (
                    "The results are right, but they come back in another order. Which of them is "
                    "asked for first?"
                ),
            )
    only = [
        place
        for place in range(many)
        if all(agree(one[place], other) for one, (_, other) in zip(wanted, pairs, strict=True))
    ]
    if len(only) == 1:
        which = f"the {ORDINALS[only[0]]} of the {COUNTS[many]} results"
        yield "one_result", f"{a.whole} is only {which}. Where do the others come back?"


def shapes(a: Answers) -> Found:
    """The right numbers in another shape, all pairs, one number for each example, one for all."""
    leaf = next(leaf for leaf in a.off if a.is_off(leaf))
    wanted, got = leaf.wanted.shape, leaf.got.shape
    asked = f"shape {list(wanted)} is asked for" if wanted else "one number is asked for"
    pairs = [(each.wanted, each.got) for each in a.off]
    if all(agree(_flat(one), _flat(other)) for one, other in pairs):
        axes = "one axis too many" if len(got) == len(wanted) + 1 else "other axes"
        axes = "all in one row" if len(got) == 1 < len(wanted) else axes
        yield (
            "shape",
            a.says(
                f"right, number by number, but of shape {list(got)}: {axes}, for {asked}. Which line "
                "gives it that shape?"
            ),
        )
    elif all(_on_the_diagonal(one, other) for one, other in pairs):
        yield (
            "all_pairs",
            a.says(
                f"a table of all pairs, of shape {list(got)}. The right numbers are on its diagonal. "
                "Which of the inputs has one axis more than the other?"
            ),
        )
    elif any(
        all(_reduces(how, other, one) for one, other in pairs)
        for how in (np.mean, np.sum, np.max, np.min)
    ):
        yield (
            "not_reduced",
            a.says(
                f"not reduced yet: its shape is {list(got)}, and {asked}. Made fewer in the right "
                "way, these numbers would do. Which operation does that?"
            ),
        )
    for how, word in ((np.mean, "mean"), (np.sum, "sum"), (np.max, "largest")):
        if all(_reduces(how, one, other) for one, other in pairs):
            yield (
                "reduced",
                a.says(
                    f"the {word} of the numbers that are asked for: {asked}, and yours is "
                    f"{list(got)}. Which line makes fewer of them?"
                ),
            )


def _flat(seen: Snapshot) -> Snapshot:
    return replace(seen, array=seen.array.ravel())


def _on_the_diagonal(wanted: Snapshot, got: Snapshot) -> bool:
    square = len(wanted.shape) == 1 and got.shape == wanted.shape * 2
    return square and agree(wanted, replace(got, array=np.diag(got.array)))


def _reduces(how: Callable, many: Snapshot, few: Snapshot) -> bool:
    """Whether the many become the few, along one axis or all of them."""
    axes = [None, *range(many.array.ndim)] if many.array.size else []
    return any(_equal(few, how(many.array, axis=axis)) for axis in axes)


def orders(a: Answers) -> Found:
    """Transposed, reversed, sorted."""
    changes: dict[str, tuple[Callable, str]] = {
        "transposed": (
            lambda n: n.T if n.ndim == 2 else None,
            "rows and columns are in each other's place. Which line turns them?",
        ),
        "reversed": (
            lambda n: n[::-1] if n.ndim else None,
            "they come in reverse, the last first. Which line turns them round?",
        ),
        "columns_reversed": (
            lambda n: n[:, ::-1] if n.ndim == 2 else None,
            "the columns come in reverse. Which line turns them round?",
        ),
        "sorted": (
            lambda n: np.sort(n, axis=0) if n.ndim else None,
            "they are sorted by size. In which order are they asked for?",
        ),
        "sorted_down": (
            lambda n: -np.sort(-n, axis=0) if n.ndim else None,
            "they are sorted, the largest first. In which order are they asked for?",
        ),
    }
    for name, (change, words) in changes.items():
        if a.fits(lambda n, _, change=change: change(n), least=3):
            yield name, f"The numbers are right, but {words}"


def another_order(a: Answers) -> Found:
    """The right numbers in an order that has no name."""
    pairs = [(leaf.wanted, leaf.got) for leaf in a.off]
    sorts = all(one.shape == other.shape and _equal_sorted(one, other) for one, other in pairs)
    if sorts and any(len(np.unique(one.array)) > 2 for one, _ in pairs):
        yield (
            "another_order",
            ("All the numbers are there, but they come in another order. Which line changes it?"),
        )


def _equal_sorted(one: Snapshot, other: Snapshot) -> bool:
    sort = [replace(each, array=np.sort(each.array, axis=None)) for each in (one, other)]
    return agree(*sort)


_ENDS: dict[str, tuple[Callable, str]] = {
    "first_missing": (
        lambda w, g: (w[1:], g),
        "The first {} is missing, the others are right. Where does your code begin?",
    ),
    "last_missing": (
        lambda w, g: (w[:-1], g),
        "The last {} is missing, the others are right. Where does your code stop?",
    ),
    "first_only": (
        lambda w, g: (w[:1], g.reshape(w[:1].shape)),
        "Only the first {} comes back. What ends it there?",
    ),
    "last_only": (
        lambda w, g: (w[-1:], g.reshape(w[-1:].shape)),
        "Only the last {} comes back. What became of the others?",
    ),
    "one_before": (
        lambda w, g: (w, g[1:]),
        "There is one {} too many, before the right ones. Where does it come from?",
    ),
    "one_behind": (
        lambda w, g: (w, g[:-1]),
        "There is one {} too many, behind the right ones. Where does it come from?",
    ),
    "late": (
        lambda w, g: (w[:-1], g[1:]) if len(w) == len(g) else None,
        "Each {} comes one place too late. What do you keep before the first?",
    ),
    "early": (
        lambda w, g: (w[1:], g[:-1]) if len(w) == len(g) else None,
        "Each {} comes one place too early. What becomes of the first?",
    ),
}


def ends(a: Answers) -> Found:
    """The first or the last is missing or alone, there is one too many, all are shifted."""
    pairs = [(leaf.wanted, leaf.got) for leaf in a.off]
    for axis, (name, (parts, words)) in itertools.product((0, 1), _ENDS.items()):
        what = "column" if axis else "row" if pairs[0][0].array.ndim == 2 else "number"
        enough = any(one.array.ndim > axis and one.shape[axis] > 2 for one, _ in pairs)
        if enough and all(_agree_along(axis, parts, *pair) for pair in pairs):
            yield name, words.format(what)


def _agree_along(axis: int, parts: Callable, wanted: Snapshot, got: Snapshot) -> bool:
    """Whether these parts of both agree, along an axis, and are not empty."""
    try:
        both = np.moveaxis(wanted.array, axis, 0), got.array
        one, other = parts(
            both[0], np.moveaxis(both[1], axis, 0) if both[1].ndim > axis else both[1]
        )
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
    numbers = [(leaf.wanted, leaf.got) for leaf in a.off]
    if a.wrong != [""] or any(
        each.shape or not is_numbers(each) for two in numbers for each in two
    ):
        return
    rows = [_rows(leaf.trial.case) for leaf in a.off]
    for name, reverse in itertools.product(rows[0], (False, True)):
        there = [
            (
                each.get(name, np.zeros(0)),
                *(float(n.array) for n in (two[::-1] if reverse else two)),
            )
            for each, two in zip(rows, numbers, strict=True)
        ]
        places = {place for _, _, place in there}
        if len(places) > 1 and all(_stands_at(*each) for each in there):
            if reverse:
                words = "the number that stands at a place; the place itself is asked for"
            else:
                words = "the place at which a number stands; the number itself is asked for"
            yield (
                "value_for_place" if reverse else "place_for_value",
                a.says(f"{words}. How do you get from one to the other?"),
            )


def _rows(case: Case) -> dict[str, np.ndarray]:
    """The inputs that are rows of numbers, and their differences."""
    seen = [each for each in map(see, case.inputs()) if is_numbers(each) and each.shape]
    rows = {f"{i}": each.array.ravel() for i, each in enumerate(seen)}
    for (i, one), (j, other) in itertools.permutations(list(rows.items()), 2):
        if one.shape == other.shape:
            rows |= {f"{i} - {j}": one - other, f"|{i} - {j}|": np.abs(one - other)}
    return rows


def _stands_at(row: np.ndarray, number: float, place: float) -> bool:
    inside = math.isfinite(place) and place == int(place) and 0 <= place < len(row)
    return inside and bool(np.isclose(row[int(place)], number))


def signs(a: Answers) -> Found:
    """The right sizes with other signs."""
    least = 1 if isinstance(a.exercise, Value) else 2
    for changes in a.views:
        if a.fits(lambda n, _: -n, changes, least):
            words = "of the right size, with the opposite sign. Which way round is it asked for?"
            yield "sign", a.says(words, changes)
        elif a.fits(lambda n, _: np.abs(n), changes, least):
            yield "absolute", a.says("right but for the signs. Where do they get lost?", changes)


def powers(a: Answers) -> Found:
    """Squared, the root, the reciprocal."""
    least = 1 if isinstance(a.exercise, Value) else 2
    if a.fits(lambda n, _: n * n):
        yield "square", a.says("the square of what is asked for. What squares it once too often?")
    if a.fits(lambda n, _: np.sqrt(n)):
        yield "root", a.says("the square root of what is asked for. Is a root asked for?")
    if a.fits(lambda n, _: 1 / n, least=least):
        yield "reciprocal", a.says("1 divided by what is asked for. What is divided by what?")


def counts(a: Answers) -> Found:
    """As many times too large, or too small, as there are examples, rows, columns or numbers."""
    for things, changes in itertools.product(a.off[0].trial.sizes, a.views):
        if len({leaf.trial.sizes.get(things) for leaf in a.off}) < 2:
            continue
        if a.fits(lambda n, t, things=things: n * t.sizes.get(things, 1), changes):
            yield (
                "times_count",
                a.says(
                    f"what is asked for, times the number of {things}: the more there are, the larger. "
                    "What would make it independent of that?",
                    changes,
                ),
            )
        elif a.fits(lambda n, t, things=things: n / t.sizes.get(things, 1), changes):
            yield (
                "per_count",
                a.says(
                    f"what is asked for, divided by the number of {things}. Which line divides by it, "
                    "perhaps without saying so?",
                    changes,
                ),
            )


def factors(a: Answers) -> Found:
    """One factor everywhere."""
    for changes in a.views:
        factor = a.at_the_largest(lambda wanted, got: got / wanted, changes)
        if factor and math.isfinite(factor) and a.fits(lambda n, _, c=factor: c * n, changes):
            near = (
                words
                for nice, words in _AMOUNTS.items()
                if math.isclose(nice, factor, rel_tol=1e-3)
            )
            words = f"{next(near, f'{factor:.4g} times')} what is asked for"
            if isinstance(a.exercise, Value):
                words = "off by one and the same factor everywhere"
            yield "factor", a.says(f"{words}. Where does that factor come from?", changes)


def offsets(a: Answers) -> Found:
    """One amount too much or too little everywhere."""
    amount = a.at_the_largest(lambda wanted, got: got - wanted, False)
    if amount and math.isfinite(amount) and a.fits(lambda n, _: n + amount):
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
    numbers = [place for place, value in enumerate(inputs) if isinstance(value, kinds)]
    found = []
    for i, j in itertools.combinations(numbers, 2):
        words = (
            f"would be right if {names[i]} and {names[j]} changed places. Which of them is which"
        )
        change = {i: lambda n, j=j: n[j], j: lambda n, i=i: n[i]}
        found.append(("swapped", f"{words} in your lines?", _on(solution, change)))
    for i in (i for i in numbers if type(inputs[i]) is int):
        for name, by, words in (
            ("one_more", 1, "one larger. Where does one too many come from?"),
            ("one_fewer", -1, "one smaller. Where is one left out?"),
        ):
            words = f"would be right if {names[i]} were {words}"
            found.append((name, words, _on(solution, {i: lambda n, i=i, by=by: n[i] + by})))
        words = f"is what a {names[i]} of 1 asks for, whatever {names[i]} is. What ends it there?"
        found.append(("once", words, _on(solution, {i: lambda n: 1})))
    rows = [i for i in numbers if isinstance(inputs[i], tf.Tensor) and inputs[i].shape]
    for which, part in (("first", slice(1)), ("last", slice(-1, None))):
        words = f"would be right if the {which} example were the only one. What about the others?"
        change = {i: lambda n, i=i, part=part: n[i][part] for i in rows}
        found.append((f"{which}_example", words, _on(solution, change)))

    def twice(*inputs: Any) -> Any:
        once = solution(*inputs)
        effects = run.before(exercise, exercise.cases[0])
        return solution(*inputs) if effects else solution(once, *inputs[1:])

    found.append(("twice", "is what comes of doing it twice. Which line does it once more?", twice))
    return tuple(found)


def others(a: Answers) -> Found:
    """What the solution gives with inputs swapped, one off, once only, twice, ..."""
    for name, words, function in _others(a.exercise) if isinstance(a.exercise, Function) else ():
        if a.explained_by(function):
            yield name, f"{a.whole} {words}"


# Of single inputs


def built_in(a: Answers) -> Found:
    """A number in the code, or a global of the notebook, stands in the place of an input."""
    places = a.unused if len(a.unused) < 3 else []
    options = [*_constants(a.answer), *_globals(a.answer)] if places else []
    chosen = list(itertools.product(options, repeat=len(places)))
    for values in chosen if len(chosen) < 50 else ():
        change = {
            place: lambda n, place=place, value=value: _like(n[place], value)
            for place, (_, value) in zip(places, values, strict=True)
        }
        if a.explained_by(_on(a.exercise.solution, change), keep=False):
            names = listed([f"`{a.names[place]}`" for place in places])
            used = listed([words for words, _ in values])
            yield (
                "built_in",
                (
                    f"{a.whole} is the same whatever {names} {_are(places)}: {used} {_are(places)} "
                    f"used instead. Where should {names} appear in your lines?"
                ),
            )


def _constants(answer: Any) -> Iterator[tuple[str, Any]]:
    """The numbers in a function's code."""
    defaults = getattr(answer, "__defaults__", None) or ()
    found = {const for code in _codes(answer) for const in code.co_consts if _is_number(const)}
    for number in sorted(found | {each for each in defaults if _is_number(each)}):
        yield f"the number {number:g}", number


def _globals(answer: Any) -> Iterator[tuple[str, Any]]:
    """The numbers and tensors of the notebook that a function reads."""
    around = getattr(answer, "__globals__", {})
    for name in dict.fromkeys(
        i.argval for code in _codes(answer) for i in dis.get_instructions(code)
        if i.opname == "LOAD_GLOBAL"
    ):  # fmt: skip
        value = around.get(name)
        if _is_number(value) or isinstance(value, tf.Tensor | tf.Variable | np.ndarray | tf.Module):
            yield f"the notebook's `{name}`", value


def _codes(answer: Any) -> list[types.CodeType]:
    """The code of a function and of those inside it."""
    codes = [code] if (code := code_of(answer)) else []
    for each in codes:
        codes += [const for const in each.co_consts if type(const) is types.CodeType]
    return codes


def _is_number(value: Any) -> bool:
    return type(value) in (int, float)


def _like(given: Any, value: Any) -> Any:
    """A value in the place of an input, made the same kind of thing."""
    if isinstance(value, tf.Module):
        raise TypeError("what it does to the notebook's own model is not for us to do again")
    if isinstance(given, tf.Tensor | tf.Variable | np.ndarray):
        return tf.cast(tf.convert_to_tensor(value), given.dtype)
    return type(given)(value)


def unused(a: Answers) -> Found:
    """Nothing changes when an input does."""
    if not a.unused:
        return
    names = listed([f"`{a.names[place]}`" for place in a.unused])
    same = f"{a.whole} is the same whatever {names} {_are(a.unused)}."
    kinds = {type(a.tried[0][0].case.inputs()[place]) for place in a.unused}
    read = [words for words, value in _globals(a.answer) if issubclass(type(value), tf.Module)]
    if len(read) == 1 and any(issubclass(kind, tf.Module) for kind in kinds):
        yield "unused", f"{same} Your lines use {read[0]}. Which one was passed?"
    else:
        does = "does it" if len(a.unused) == 1 else "do they"
        yield "unused", f"{same} Where {does} appear in your lines?"


# Of some of it


def pairs_apart(a: Answers) -> Found:
    """All examples are there, but inputs and outputs no longer belong together."""
    apart = False
    for trial, seen in a.tried:
        if trial.moved is not None:
            continue
        wanted = [_lines(part) for _, part in trial.wanted.returned.parts]
        got = [_lines(part) for part in (split(seen.returned) or {}).values()]
        if len(wanted) not in (2, 4) or len(got) != len(wanted):
            return
        both = [(sum(each[::2], []), sum(each[1::2], [])) for each in (wanted, got)]
        if any(len(one) != len(other) for one, other in both) or any(
            Counter(one) != Counter(other) for one, other in zip(*both, strict=True)
        ):
            return
        pairs = [Counter(zip(*each, strict=True)) for each in both]
        apart |= pairs[0] != pairs[1] and len(pairs[0]) > 2
    if apart:
        yield (
            "pairs_apart",
            (
                f"{a.whole} has all the numbers, but they no longer belong together: an input stands "
                "beside the output of another. What changes the order of one and not of the other?"
            ),
        )


def _lines(seen: Snapshot) -> list[str]:
    """The rows of an array, so that they can be counted."""
    if not is_numbers(seen) or not seen.shape:
        return []
    return [" ".join(f"{number:.5g}" for number in np.ravel(row)) for row in seen.array]


def one_example(a: Answers) -> Found:
    """Right where there is one example, wrong where there are more."""
    several = {
        (leaf.trial.sizes.get("examples", 0) > 1, a.is_off(leaf), leaf.trial)
        for leaf in a.off
        if leaf.trial.sizes.get("examples")
    }
    one = [off for more, off, _ in several if not more]
    more = [off for more, off, _ in several if more]
    if one and not any(one) and len(more) > 1 and all(more):
        yield (
            "one_example",
            (
                f"{a.whole} is right for one example, and wrong for several. What does it do with the "
                "second?"
            ),
        )


def first_right(a: Answers) -> Found:
    """The first number is right, the later ones are not."""
    rows = [leaf for leaf in a.leaves.get("", ()) if leaf.wanted.shape == leaf.got.shape]
    rows = [leaf for leaf in rows if len(leaf.wanted.shape) == 1 and leaf.wanted.shape[0] > 1]
    if len(rows) > 1 and all(
        _equal_from(0, 1, leaf) and not _equal_from(1, 2, leaf) for leaf in rows
    ):
        yield (
            "first_right",
            (
                f"The first number that comes back is right, and those after it are not. What is "
                "different from the second on?"
            ),
        )


def _equal_from(first: int, end: int, leaf: Any) -> bool:
    return agree(*(replace(each, array=each.array[first:end]) for each in (leaf.wanted, leaf.got)))


def one_part(a: Answers) -> Found:
    """Some parts are right and others are not."""
    if a.right and len(a.right) + len(a.wrong) < 5:
        not_right = a.listed(a.wrong)
        yield (
            "one_part",
            (
                f"{a.listed(a.right)} right; {not_right[0].lower() + not_right[1:]} not. Which of your "
                "lines decide about that part?"
            ),
        )


def entries(a: Answers) -> Found:
    """Of the few numbers of a value, some are right."""
    leaf = a.off[0]
    if not isinstance(a.exercise, Value) or leaf.wanted.shape != leaf.got.shape:
        return
    if leaf.wanted.shape not in ((2,), (3,), (4,)):
        return
    good = np.isclose(leaf.wanted.array, leaf.got.array, rtol=1e-4)
    wrong = [place for place, is_good in enumerate(good) if not is_good]
    if len(wrong) == 1:
        one, other = float(leaf.wanted.array[wrong[0]]), float(leaf.got.array[wrong[0]])
        how = "is not"
        if math.isclose(one, -other):
            how = "has the wrong sign"
        elif math.isclose(one * other, 1, rel_tol=1e-4) and abs(one) != 1:
            how = "is upside down: 1 divided by what is asked for"
        which = ORDINALS[wrong[0]]
        yield (
            "entries",
            (
                f"Of the {COUNTS[len(good)]} numbers, all but the {which} are right. The {which} {how}. "
                "What does that number say about the task?"
            ),
        )


STAGES = (
    (unmoved,),
    (results,),
    (shapes,),
    (orders,),
    (ends,),
    (as_it_came, places),
    (signs,),
    (powers, counts),
    (factors,),
    (offsets,),
    (built_in,),
    (others,),
    (unused,),
    (pairs_apart,),
    (another_order,),
    (entries,),
    (one_example,),
    (first_right,),
    (one_part,),
)
"""The relations, the surest first."""
