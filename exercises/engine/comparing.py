"""Compares the outcomes of an answer with those of the solution and of the misconceptions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from exercises.engine.model import Case, Function, Misconception, Written
from exercises.engine.run import Outcome, Raised, outcomes_of
from exercises.engine.snapshot import NOTHING, Seen, agree


@dataclass(frozen=True)
class Measure:
    """What counts: the returned value beside the effects, its kind and dtype, how near is equal."""

    returned: bool
    exact: bool
    tolerance: float | None


def measure_of(exercise: Written) -> Measure:
    """What counts in an exercise."""
    returned = not isinstance(exercise, Function) or exercise.returns
    return Measure(returned, exercise.exact, exercise.tolerance)


def all_same(
    exercise: Written, wanted: list[Outcome], got: list[Outcome], measure: Measure
) -> bool:
    """Whether the outcomes agree in every case."""
    return len(wanted) == len(got) and all(
        same(case, one, other, measure)
        for case, one, other in zip(exercise.cases, wanted, got, strict=True)
    )


def same(case: Case, wanted: Outcome, got: Outcome, measure: Measure) -> bool:
    """Whether two outcomes of a case agree in all that counts."""
    if case.raises and wanted.raised and got.raised:
        fitting = [issubclass(each.raised.kind, case.raises) for each in (wanted, got)]
        if any(fitting):
            return all(fitting)
    if wanted.raised or got.raised:
        return bool(wanted.raised and got.raised) and _alike(wanted.raised, got.raised)
    return not any(differences(wanted, got, measure))


def differences(
    wanted: Outcome, got: Outcome, measure: Measure
) -> Iterator[tuple[str, Seen, Seen]]:
    """What differs: its name ("" for the result itself), as wanted, as it is."""
    pairs = [("", wanted.returned, got.returned)] if measure.returned else []
    pairs += [(name, seen, got.effects.get(name, NOTHING)) for name, seen in wanted.effects.items()]
    for name, one, other in pairs:
        if not agree(one, other, exact=measure.exact, tolerance=measure.tolerance):
            yield name, one, other


def misconception(exercise: Written, got: list[Outcome]) -> Misconception | None:
    """The one that did the same in every case.

    First the one that did so to the kind and dtype of what it returned, whether that counts or
    not. Then the one with the same numbers, unless its mistake is the kind, not the numbers. Last,
    where only effects count, the one with the same effects. Each only if there is but one.
    """
    asked = measure_of(exercise)
    loose = replace(asked, returned=True, exact=False)
    solution = outcomes_of(exercise)
    known = [(mistake, outcomes_of(exercise, mistake)) for mistake in exercise.misconceptions]
    wrong_numbers = [pair for pair in known if not all_same(exercise, solution, pair[1], loose)]
    stages = [(replace(loose, exact=True), known), (loose, wrong_numbers)]
    if not asked.returned:
        stages.append((asked, known))
    for measure, candidates in stages:
        found = [m for m, outcomes in candidates if all_same(exercise, outcomes, got, measure)]
        if len(found) == 1:
            return found[0]
    return None


def _alike(one: Raised, other: Raised) -> bool:
    def skeleton(raised: Raised) -> str:
        # `rate * None` and `None * rate` are one mistake, told in another order.
        if "NoneType" in raised.message:
            return "NoneType"
        return re.sub(r"[\d., ]+|\S+\(\)", " ", raised.message)

    return one.kind is other.kind and skeleton(one) == skeleton(other)
