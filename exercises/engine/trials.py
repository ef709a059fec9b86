"""Tries an answer beyond its exercise's cases: what came out and what should have, side by side.

An answer is taken for an experiment. It has been run on the cases, and is run again with one input
moved at a time. So is the solution, once for each exercise.
"""

import functools
import itertools
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import tensorflow as tf

from exercises.engine import run
from exercises.engine.model import Case, Details, Function, Value, Written
from exercises.engine.run import ORDINALS, Outcome, Part
from exercises.engine.sandbox import Stopped
from exercises.engine.snapshot import (
    NOTHING,
    Snapshot,
    agree,
    kind_of_numbers,
    label_inside,
    listed,
    split,
)
from exercises.engine.stub import stub_name

COUNTS = {2: "two", 3: "three", 4: "four"}

Change = Callable[[np.ndarray, "Trial"], Any]
"""Makes other numbers of those that are asked for; None where that cannot be."""

_outcomes: dict[tuple[Callable, "Trial"], Outcome] = {}

# What the solution gives


@dataclass(frozen=True, eq=False)
class Trial:
    """A case, or a case in which one input was moved.

    Attributes:
        case: what is tried.
        wanted: what the solution gives.
        number: the place of the case among those of the exercise.
        moved: the place of the input that was moved; None for a case as it is.
        before: the effects before the call.
        sizes: how many examples, or rows and columns, there are.
    """

    case: Case
    wanted: Outcome
    number: int
    moved: int | None
    before: dict[str, Snapshot]
    sizes: dict[str, int]


@functools.cache
def trials_of(exercise: Written) -> tuple[Trial, ...]:
    """The cases in which something is returned, and two of them again with each input moved."""
    tried = [
        (case, outcome, number, None)
        for number, (case, outcome) in enumerate(
            zip(exercise.cases, run.outcomes_of(exercise), strict=True)
        )
        if not outcome.raised
    ]
    apart = (tried * 2)[:2] if isinstance(exercise, Function) else []
    for far, (case, _, number, _) in enumerate(apart):
        for place in range(len(case.inputs())):
            inputs = functools.partial(_moved, case, place, bool(far))
            moved = replace(case, inputs=inputs, shows="")
            outcome = run.try_case(exercise, moved, exercise.solution)
            if not outcome.raised and _is_finite(outcome):
                tried.append((moved, outcome, number, place))
    return tuple(Trial(*each, run.before(exercise, each[0]), _sizes(each[0])) for each in tried)


def _moved(case: Case, place: int, far: bool) -> tuple:
    inputs = list(case.inputs())
    inputs[place] = _elsewhere(inputs[place], far)
    return tuple(inputs)


def _elsewhere(value: Any, far: bool) -> Any:
    """Another value of the same kind. Far away, signs and order are others as well."""
    if isinstance(value, tf.Variable):
        value.assign(_elsewhere(value.numpy(), far))
    elif isinstance(value, tf.Module):
        for variable in value.variables:
            _elsewhere(variable, far)
    elif isinstance(value, tf.Tensor):
        return tf.constant(_elsewhere(value.numpy(), far), value.dtype)
    elif isinstance(value, np.ndarray | np.number) and value.dtype.kind in "iuf":
        # Neither rising nor falling, so that the order of the numbers is another one, too.
        jumps = (np.arange(1, value.size + 1) ** 2 % 11).reshape(value.shape)
        if value.dtype.kind != "f":
            return ((np.roll(value, 1) if far else value) + jumps).astype(value.dtype)
        apart = np.roll(-1.3 * value, 1) if far else 0.2 + 1.7 * value
        return (0.1 * jumps + apart).astype(value.dtype)
    elif isinstance(value, int) and not isinstance(value, bool):
        return value + 1 + far
    elif isinstance(value, float):
        return 0.3 - 1.3 * value if far else 0.2 + 1.7 * value
    elif isinstance(value, list):
        return [_elsewhere(item, far) for item in value]
    return value


def _is_finite(outcome: Outcome) -> bool:
    numbers = [seen.array for seen in (outcome.returned, *outcome.effects.values())]
    return all(np.isfinite(n).all() for n in numbers if n is not None and n.dtype.kind == "f")


def _sizes(case: Case) -> dict[str, int]:
    arrays = [each for each in case.inputs() if isinstance(each, tf.Tensor | np.ndarray)]
    shape = next((each.shape for each in arrays if len(each.shape)), ())
    if len(shape) == 2 and shape[1] > 1:
        return {"rows": shape[0], "columns": shape[1], "numbers": shape[0] * shape[1]}
    return {"examples": shape[0]} if shape else {}


# What the answer gives


@dataclass(frozen=True, eq=False)
class Leaf:
    """Numbers that are compared: as they are asked for, as they are, and as they were before."""

    trial: Trial
    wanted: Snapshot
    got: Snapshot
    before: np.ndarray | None

    def since(self, steps: bool) -> Any:
        """What is taken off both, where it is the steps that are compared."""
        return self.before if steps and self.before is not None else 0

    @property
    def comparable(self) -> bool:
        """Whether both are numbers, and of one kind."""
        return (
            is_numbers(self.wanted)
            and is_numbers(self.got)
            and kind_of_numbers(self.wanted, self.got) == kind_of_numbers(self.got, self.wanted)
        )

    @property
    def moves(self) -> bool:
        """Whether it is an effect that the solution has."""
        return self.before is not None and not np.allclose(self.wanted.array, self.before)


class Answers:
    """What an answer gives in every trial.

    Attributes:
        tried: the trials, and what came of each.
        differs: whether more than a kind or a dtype differs in one of the cases.
        steady: whether the same inputs give the same again.
        known: whether it returned in every trial.
        leaves: what is compared, by the labels of its parts.
        wrong: the labels of what differs somewhere.
        right: the labels of results and effects that never do.
        off: the leaves of all that differs somewhere.
        moves: whether some of that is an effect.
        sizes: what every trial has, and not all as many, such as the examples.
    """

    def __init__(self, exercise: Written, answer: Any, got: list[Outcome], end: float) -> None:
        self.exercise, self.answer, self.end = exercise, answer, end
        trials = trials_of(exercise)
        self.tried = [(trial, got[trial.number]) for trial in trials if trial.moved is None]
        self.differs = any(differ(exercise, trial.wanted, seen) for trial, seen in self.tried)
        first, seen = self.tried[0]
        self.names = run.input_names(exercise, len(first.case.inputs()))
        again = self.run(first.case, answer) if isinstance(exercise, Function) else seen
        self.steady = not differ(exercise, again, seen)
        if self.steady and self.differs:
            moved = (trial for trial in trials if trial.moved is not None)
            self.tried += [(trial, self.run(trial.case, answer)) for trial in moved]
        self.known = not any(seen.raised for _, seen in self.tried)
        self.leaves: dict[str, list[Leaf]] = {}
        for trial, seen in self.tried if self.known else ():
            for label, leaf in _leaves_of(exercise, trial, seen).items():
                self.leaves.setdefault(label, []).append(leaf)
        self.wrong = [label for label, found in self.leaves.items() if any(map(self.is_off, found))]
        self.right = [
            label
            for label, found in self.leaves.items()
            if label not in self.wrong and _says_something(label, found)
        ]
        self.off = [leaf for label in self.wrong for leaf in self.leaves[label]]
        self.moves = any(leaf.moves for leaf in self.off)
        shared = set.intersection(*({*trial.sizes.items()} for trial, _ in self.tried))
        known = set.intersection(*({*trial.sizes} for trial, _ in self.tried))
        self.sizes = [things for things in first.sizes if things in known - {*dict(shared)}]

    def run(self, case: Case, answer: Any) -> Outcome:
        """What comes of a case, as long as there is time."""
        # Code that swallows what stops it comes back, and must not be run on.
        if time.monotonic() > self.end:
            raise Stopped
        return run.try_case(self.exercise, case, answer)

    def is_off(self, leaf: Leaf) -> bool:
        """Whether numbers are not those that are asked for."""
        return not agree(leaf.wanted, leaf.got, tolerance=self.exercise.tolerance)

    def explained_by(self, function: Callable, *, cases_only: bool = False) -> bool:
        """Whether another function gives exactly what the answer gives, in every trial."""
        for trial, seen in self.tried:
            if cases_only and trial.moved is not None:
                continue
            given = self.run(trial.case, function) if cases_only else self._kept(function, trial)
            if differ(self.exercise, given, seen):
                return False
        return True

    def _kept(self, function: Callable, trial: Trial) -> Outcome:
        # Of a function of ours: the same for every answer, so it is run once.
        key = function, trial
        if key not in _outcomes:
            _outcomes[key] = self.run(trial.case, function)
        return _outcomes[key]

    def fits(self, change: Change, steps: bool = False, least: int = 2) -> bool:
        """Whether all that differs is what is asked for, changed like this, beyond any accident.

        At least so many different numbers have to come out clearly different by it.
        """
        clear: set[str] = set()
        for leaf in self.off:
            since = leaf.since(steps)
            numbers = np.asarray(leaf.wanted.array - since, float)
            with np.errstate(all="ignore"):
                made = change(numbers, leaf.trial)
            if made is None or not self._is(leaf, np.asarray(made) + since):
                return False
            nearly = 1e-3 * np.abs(leaf.wanted.array).max(initial=0)
            same_shape = np.shape(made) == numbers.shape
            same = np.isclose(made, numbers, 1e-2, nearly) if same_shape else False
            clear.update(f"{n:.3g}" for n in numbers[~np.broadcast_to(same, numbers.shape)][:1000])
        return len(clear) >= least

    def _is(self, leaf: Leaf, numbers: np.ndarray) -> bool:
        kind = leaf.wanted.array.dtype
        if kind.kind in "iu" and np.array_equal(numbers, np.round(numbers)):
            numbers = numbers.astype(kind)
        made = replace(leaf.wanted, array=numbers)
        return agree(made, leaf.got, tolerance=self.exercise.tolerance)

    def at_the_largest(self, how: Callable[[float, float], float], steps: bool = False) -> float:
        """`how(wanted, got)` of the largest number that is asked for; 0 if there is none."""
        largest, found = 0.0, 0.0
        for leaf in self.off:
            if leaf.wanted.shape != leaf.got.shape:
                return 0.0
            wanted = np.ravel(leaf.wanted.array - leaf.since(steps))
            place = int(np.argmax(np.abs(wanted))) if wanted.size else 0
            if wanted.size and abs(wanted[place]) > largest:
                got = np.ravel(leaf.got.array - leaf.since(steps))
                largest, found = abs(wanted[place]), how(wanted[place], got[place])
        return float(found) if np.isfinite(found) else 0.0

    @functools.cached_property
    def unused(self) -> list[int]:
        """The places of the inputs that play no part, though they do for the solution."""
        done = [(t, _done(t, t.wanted), _done(t, seen)) for t, seen in self.tried]
        as_given = {trial.number: outcomes for trial, *outcomes in done if trial.moved is None}
        found = []
        for place in range(len(self.names)):
            pairs = [
                zip(as_given[trial.number], outcomes, strict=True)
                for trial, *outcomes in done
                if trial.moved == place
            ]
            changes = [[differ(self.exercise, *each) for each in pair] for pair in pairs]
            if any(wanted for wanted, _ in changes) and not any(seen for _, seen in changes):
                found.append(place)
        return found

    # How it is put into words

    @property
    def whole(self) -> str:
        """What a sentence about all that the answer does begins with."""
        effects = any(leaf.moves for leaves in self.leaves.values() for leaf in leaves)
        does = "does" if effects else "returns"
        return self.exercise.called or f"What `{stub_name(self.exercise)}` {does}"

    @property
    def good(self) -> str:
        """A sentence about what is right beside what differs, if that is little; or ""."""
        return f"{self.listed(self.right)} right. " if 0 < len(self.right) < 3 else ""

    def says(self, phrase: str, steps: bool = False) -> str:
        """A sentence about what differs, after one about what is right."""
        return f"{self.good}{self.listed(self.wrong, steps)} {phrase}"

    def listed(self, labels: list[str], steps: bool = False) -> str:
        """The parts with these labels as the subject of a sentence, with its verb."""
        named = [_subject(self.exercise, self.leaves[label][0], label, steps) for label in labels]
        first, *rest = dict.fromkeys(named)
        rest = [re.sub(r" of the \w+ results$", "", name[0].lower() + name[1:]) for name in rest]
        return f"{listed([first, *rest])} {'are' if rest else 'is'}"

    def details(self) -> Details:
        """What is shown of the first case that differs."""
        found = next(
            (seen, label, leaf)
            for trial, seen in self.tried
            for label in self.wrong
            for leaf in self.leaves[label]
            if leaf.trial is trial and self.is_off(leaf)
        )
        seen, label, leaf = found
        return run.details_of(self.exercise, seen, label, leaf.wanted, leaf.got)


def differ(exercise: Written, wanted: Outcome, got: Outcome) -> bool:
    """Whether two outcomes differ in more than kinds and dtypes, or one of them is an error."""
    if wanted.raised or got.raised:
        return True
    return not all(
        agree(one, other, tolerance=exercise.tolerance)
        for _, one, other in _compared(exercise, wanted, got)
    )


def _done(trial: Trial, outcome: Outcome) -> Outcome:
    """An outcome without the effects that have left all as it was."""
    effects = {
        name: NOTHING if agree(trial.before.get(name, NOTHING), seen) else seen
        for name, seen in outcome.effects.items()
    }
    return replace(outcome, effects=effects)


def _compared(exercise: Written, wanted: Outcome, got: Outcome) -> Iterator[Part]:
    return run.parts_of(wanted, got, returned=run.result_counts(exercise))


def _leaves_of(exercise: Written, trial: Trial, got: Outcome) -> dict[str, Leaf]:
    leaves: dict[str, Leaf] = {}
    pairs = _compared(exercise, trial.wanted, got)
    for label, wanted, seen in itertools.chain.from_iterable(_innermost(*pair) for pair in pairs):
        was = trial.before.get(label, NOTHING)
        fits = is_numbers(was) and was.shape == wanted.shape == seen.shape
        # A case may look at the same Variables once more, in words of its own.
        again = (each for each in leaves.values() if each.before is not None)
        if not any(agree(each.wanted, wanted) and agree(each.got, seen) for each in again):
            leaves[label] = Leaf(trial, wanted, seen, was.array if fits else None)
    return leaves


def _innermost(label: str, wanted: Snapshot, got: Snapshot) -> Iterator[Part]:
    """The parts of both that belong together, and their labels."""
    wanted = _stacked(wanted) if wanted.kind.startswith("a list") else wanted
    inside = split(got) if wanted.family == "parts" else None
    if inside is not None and inside.keys() == dict(wanted.parts).keys():
        for name, part in wanted.parts:
            yield from _innermost(label_inside(label, name), part, inside[name])
    else:
        yield label, wanted, got if wanted.family == "parts" else _stacked(got)


def _stacked(seen: Snapshot) -> Snapshot:
    """The numbers of a list as one array, if they have one shape."""
    parts = [_stacked(part) if part.kind == "a tuple" else part for _, part in seen.parts]
    values = all(is_numbers(part) and part.family != "variable" for part in parts)
    if not values or len({part.shape for part in parts}) != 1:
        return seen
    return replace(parts[0], array=np.stack([part.array for part in parts]))


def is_numbers(seen: Snapshot) -> bool:
    """Whether it can be computed with."""
    numbers = seen.family in ("tensor", "variable", "numpy", "python")
    return numbers and seen.array.dtype.kind in "iuf"


def _says_something(label: str, leaves: list[Leaf]) -> bool:
    """Whether these numbers are a result or an effect, and worth saying that they are right."""
    if label.endswith(" afterwards"):
        return any(leaf.moves for leaf in leaves)
    result = not label or label.startswith("[")
    return result and all(is_numbers(each.wanted) and np.any(each.wanted.array) for each in leaves)


def _subject(exercise: Written, leaf: Leaf, label: str, steps: bool) -> str:
    """What a sentence about a part begins with."""
    name, effect, _ = label.partition(" afterwards")
    result = re.match(r"\[([0-3])\]", label)
    if effect:
        return f"The step of `{name}`" if steps else f"`{name}` afterwards"
    if result:
        many = COUNTS.get(len(leaf.trial.wanted.returned.parts), "")
        return f"The {ORDINALS[int(result[1])]} of the {many} results"
    if label:
        return f"`{label}`" if re.fullmatch(r"[\w.]+(\(.*\))?", label) else "What comes out"
    if isinstance(exercise, Value):
        return exercise.called or "Your answer"
    return f"What `{stub_name(exercise)}` returns"
