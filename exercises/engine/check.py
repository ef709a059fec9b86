"""What happens to an answer, from top to bottom.

A choice is noted. Code is run: on every case, in a sandbox, and what came of it is compared,
first with what the solution gives and then with what each known mistake gives. Where neither is
the same, `feedback` says what is different.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from exercises.engine import feedback, reading, relations, run, stub
from exercises.engine.model import (
    Case,
    Diagnosis,
    Exercise,
    Misconception,
    Predict,
    Result,
    State,
    Written,
)
from exercises.engine.run import Outcome, Part, Raised
from exercises.engine.sandbox import sandbox
from exercises.engine.snapshot import agree, label_inside

NOT_BEGUN = "Write your answer in the cell and run it again."
NOT_CHOSEN = "Choose first, then run the cell. The cell below it answers."


def check(exercise: Exercise, answer: Any) -> Result:
    """Compare an answer with what the exercise asks for."""
    if isinstance(exercise, Predict):
        return _check_choice(exercise, answer)
    if stub.is_unattempted(exercise, answer):
        return Result(exercise, State.NOT_ATTEMPTED, message=NOT_BEGUN)
    with sandbox():
        return _check_code(exercise, answer)


def _check_choice(exercise: Predict, answer: Any) -> Result:
    if answer is ... or answer is None:
        return Result(exercise, State.NOT_ATTEMPTED, message=NOT_CHOSEN)
    choice = answer.strip(" .()'\"").lower() if type(answer) is str else None
    if choice not in exercise.choices:
        letters = ", ".join(f'`"{letter}"`' for letter in exercise.choices)
        return Result(exercise, State.NOT_YET, "no_choice", f"Choose one of {letters}.")
    state = State.CORRECT if choice == exercise.answer else State.NOT_YET
    return Result(exercise, state, choice, exercise.tempts[choice], chosen=choice)


def _check_code(exercise: Written, answer: Any) -> Result:
    """A known mistake wins over an error or a wrong type: it is the most specific thing to say."""
    if not run.can_run(exercise, answer):
        return Result(exercise, State.NOT_YET, *feedback.wrong_type(exercise, answer))
    wanted = run.outcomes_of(exercise)
    got, finished = run.run_cases(exercise, answer, run.TIME_LIMIT)
    if not finished:
        return Result(exercise, State.NOT_YET, *feedback.never_ends(got, run.TIME_LIMIT))
    if all_same(exercise, wanted, got, measure_of(exercise)):
        return _correct(exercise, answer)
    mistake = _known_mistake(exercise, got)
    if mistake:
        return Result(exercise, State.NOT_YET, mistake.name, mistake.message)
    return Result(exercise, State.NOT_YET, *_unknown_mistake(exercise, answer, wanted, got))


def _correct(exercise: Written, answer: Any) -> Result:
    remarks = [remark.message for remark in exercise.remarks if remark.when(answer)]
    message = "\n".join(filter(None, [exercise.on_correct, *remarks]))
    return Result(exercise, State.CORRECT, "remark" if remarks else "", message)


def _known_mistake(exercise: Written, got: list[Outcome]) -> Misconception | None:
    """The misconception that did the same in every case.

    First the one that did so to the kind and dtype of what it returned, whether that counts or
    not. Then the one with the same numbers, unless its mistake is the kind, not the numbers. Last,
    where only effects count, the one with the same effects. Each only if there is but one.
    """
    asked = measure_of(exercise)
    loose = replace(asked, returned=True, exact=False)
    solution = run.outcomes_of(exercise)
    widely = [loose] if asked.returned else [loose, asked]
    like = [m for m in exercise.misconceptions if _agrees(exercise, m, got, widely)]
    known = [(mistake, run.outcomes_of(exercise, mistake)) for mistake in like]
    wrong_numbers = [pair for pair in known if not all_same(exercise, solution, pair[1], loose)]
    stages = [(replace(loose, exact=True), known), (loose, wrong_numbers)]
    if not asked.returned:
        stages.append((asked, known))
    for measure, candidates in stages:
        found = [m for m, outcomes in candidates if all_same(exercise, outcomes, got, measure)]
        if len(found) == 1:
            return found[0]
    return None


def _unknown_mistake(
    exercise: Written, answer: Any, wanted: list[Outcome], got: list[Outcome]
) -> Diagnosis:
    """What to say of the arguments, or else of the first case that differs."""
    unfit = feedback.wrong_arguments(exercise, answer)
    if unfit:
        return unfit
    measure = measure_of(exercise)
    read = reading.read(exercise, answer, got)
    for case, one, other in zip(exercise.cases, wanted, got, strict=True):
        if same(case, one, other, measure):
            continue
        if other.raised:
            return feedback.raises(other, read)
        if one.raised:
            return feedback.with_reading(feedback.does_not_raise(one, other), read)
        related = relations.relation(exercise, answer, wanted, got)
        if related:
            return feedback.with_reading(related, read)
        part = _innermost(next(_differences(one, other, measure)), exact=exercise.exact)
        grows = len({outcome.returned.shape for outcome in got if not outcome.raised}) > 1
        found = feedback.wrong_result(exercise, case, one, other, part, grows=grows)
        return feedback.with_reading(found, read)
    raise AssertionError("the answer is neither right nor wrong")


# How outcomes are compared


@dataclass(frozen=True)
class Measure:
    """What counts: the returned value beside the effects, its kind and dtype, how near is equal."""

    returned: bool
    exact: bool
    tolerance: float | None


def measure_of(exercise: Written) -> Measure:
    """What counts in an exercise."""
    return Measure(run.result_counts(exercise), exercise.exact, exercise.tolerance)


def all_same(
    exercise: Written, wanted: list[Outcome], got: list[Outcome], measure: Measure
) -> bool:
    """Whether the outcomes agree in every case."""
    return len(wanted) == len(got) and all(
        same(case, one, other, measure)
        for case, one, other in zip(exercise.cases, wanted, got, strict=True)
    )


def _agrees(
    exercise: Written, mistake: Misconception, got: list[Outcome], measures: list[Measure]
) -> bool:
    """Whether a mistake did the same in every case by one of these measures.

    It is run on no more cases than that takes: many mistakes of a training are run.
    """
    for number, (case, mine) in enumerate(zip(exercise.cases, got, strict=True)):
        theirs = run.outcome_of(exercise, mistake, number)
        measures = [measure for measure in measures if same(case, theirs, mine, measure)]
        if not measures:
            return False
    return True


def same(case: Case, wanted: Outcome, got: Outcome, measure: Measure) -> bool:
    """Whether two outcomes of a case agree in all that counts."""
    if case.raises and wanted.raised and got.raised:
        fitting = [issubclass(each.raised.kind, case.raises) for each in (wanted, got)]
        if any(fitting):
            return all(fitting)
    if wanted.raised or got.raised:
        return bool(wanted.raised and got.raised) and _alike(wanted.raised, got.raised)
    return not any(_differences(wanted, got, measure))


def _differences(wanted: Outcome, got: Outcome, measure: Measure) -> Iterator[Part]:
    how = {"exact": measure.exact, "tolerance": measure.tolerance}
    for name, one, other in run.parts_of(wanted, got, returned=measure.returned):
        # What was passed in has to stay as it was: there, nothing more is welcome.
        if not agree(one, other, **how, more=not name.endswith(" afterwards")):
            yield name, one, other


def _innermost(part: Part, *, exact: bool) -> Part:
    """The first part of a part that differs, where both have the same parts, and so on."""
    label, wanted, got = part
    while len(wanted.parts) == len(got.parts) or wanted.kind == got.kind == "a dictionary":
        theirs = dict(got.parts)
        if not dict(wanted.parts).keys() <= theirs.keys():
            break
        different = (
            (name, one, theirs[name])
            for name, one in wanted.parts
            if not agree(one, theirs[name], exact=exact)
        )
        name, wanted, got = next(different, ("", wanted, got))
        if not name:
            break
        label = label_inside(label, name)
    return label, wanted, got


def _alike(one: Raised, other: Raised) -> bool:
    def skeleton(raised: Raised) -> str:
        # `rate * None` and `None * rate` are one mistake, told in another order.
        if "NoneType" in raised.message:
            return "NoneType"
        # Keras counts its objects, `line_5`, and a long message is cut a little earlier then.
        message = re.sub(r"_\d+\b", "", raised.message)
        return re.sub(r"[\d., ]+|\S+\(\)", " ", message)[:200]

    return one.kind is other.kind and skeleton(one) == skeleton(other)
