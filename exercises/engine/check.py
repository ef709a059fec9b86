"""Finds out how an answer stands, and what to say about it."""

import re
import types
from typing import Any

import numpy as np

from exercises.engine import run as running
from exercises.engine.comparing import all_same, differences, measure_of, misconception, same
from exercises.engine.error_hints import meaning
from exercises.engine.feedback import wrong_answer, wrong_family, wrong_result
from exercises.engine.model import Case, Exercise, Predict, Value, Written
from exercises.engine.result import Result, State
from exercises.engine.run import Outcome, outcomes_of
from exercises.engine.sandbox import harmless
from exercises.engine.snapshot import Seen, agree, see
from exercises.engine.stub import asks_a_tape, code_of, is_untouched, stub_name
from exercises.engine.words import compared

NOT_BEGUN = "Write your answer in the cell and run it again."
NOT_CHOSEN = "Choose first, then run the cell: the answer comes after your choice."

_ORDINALS = ("first", "second", "third", "fourth")
_REDUCING = {"reduce_mean", "reduce_sum", "reduce_max", "reduce_min", "mean_squared_error"}
_INPUTS = {list: "list", dict: "dictionary", np.ndarray: "array"}


def check(exercise: Exercise, answer: Any) -> Result:
    """Compare an answer with what the exercise asks for.

    In this order: not begun; right; never ends; a known misconception, which is the most specific
    thing to say and therefore wins over an error or a wrong kind that comes with it; then, for the
    first case that differs, the error, the wrong kind or the different value.
    """
    if isinstance(exercise, Predict):
        return _chosen(exercise, answer)
    if is_untouched(exercise, answer):
        return Result(State.NOT_ATTEMPTED, says=NOT_BEGUN)
    with harmless():
        return _tried(exercise, answer)


def _tried(exercise: Written, answer: Any) -> Result:
    name = stub_name(exercise)
    unfit = wrong_answer(exercise, answer, name, _arguments(exercise))
    if unfit and unfit[0] != "wrong_arguments":
        return Result(State.NOT_YET, *unfit)
    wanted = outcomes_of(exercise)
    got, finished = running.run(exercise, answer, running.TIME_LIMIT)
    if not finished:
        return _never_ends(got)
    measure = measure_of(exercise)
    if all_same(exercise, wanted, got, measure):
        return _right(exercise, answer)
    mistake = misconception(exercise, got)
    if mistake:
        return Result(State.NOT_YET, mistake.name, mistake.says)
    if unfit:
        return Result(State.NOT_YET, *unfit)
    for case, one, other in zip(exercise.cases, wanted, got, strict=True):
        if not same(case, one, other, measure):
            return _differs(exercise, case, name, one, other)
    raise AssertionError("the answer is neither right nor wrong")


def _arguments(exercise: Written) -> list[str] | None:
    """The names of what a function is called with, if it is simply called."""
    if any(case.call for case in exercise.cases):
        return None
    return running.input_names(exercise, len(exercise.cases[0].inputs()))


def _never_ends(got: list[Outcome]) -> Result:
    says = (
        f"It did not finish within {running.TIME_LIMIT:g} seconds and was stopped. It seems to "
        "loop without an end. What would make the loop stop?"
    )
    return Result(State.NOT_YET, "never_ends", says, _given(got[-1] if got else None))


def _right(exercise: Written, answer: Any) -> Result:
    remarks = [remark.says for remark in exercise.remarks if remark.when(answer)]
    says = "\n".join(filter(None, [exercise.when_right, *remarks]))
    return Result(State.CORRECT, "remark" if remarks else "", says)


def _differs(exercise: Written, case: Case, name: str, wanted: Outcome, got: Outcome) -> Result:
    if got.raised:
        return _raised(got)
    if wanted.raised:
        says = f"Here an error ({wanted.raised.kind.__name__}) is the right answer, but none came."
        return Result(State.NOT_YET, "does_not_raise", says, _given(got))
    found = next(differences(wanted, got, measure_of(exercise)))
    label, one, other = _innermost(*found, exact=exercise.exact)
    changed = _changed_input(exercise, case, wanted, label)
    if changed:
        return Result(State.NOT_YET, "changes_an_input", changed, _given(got))
    what = _subject(exercise, name, label)
    with_tape = asks_a_tape(exercise.solution)
    reduces = bool(_REDUCING & _names_in(code_of(exercise.solution)))
    diagnosis = wrong_result(one, other, what, with_tape=with_tape, reduces=reduces) or (
        wrong_family(one, other, what, with_tape=with_tape) if exercise.exact else None
    )
    if diagnosis:
        return Result(State.NOT_YET, *diagnosis, _given(got))
    one_shown, other_shown = compared(one, other)
    of = f" ({label})" if label else ""
    if isinstance(exercise, Value):
        # The value that is wanted would be the answer.
        details = ((f"Your answer{of}", other_shown),)
        return Result(State.NOT_YET, "different_value", "That is not it.", details)
    details = (*_given(got), (f"Expected{of}", one_shown), (f"Yours{of}", other_shown))
    return Result(State.NOT_YET, "different_value", "It gives a different result.", details)


def _subject(exercise: Written, name: str, label: str) -> str:
    """What a sentence about the part that differs begins with."""
    place = re.fullmatch(r"\[([0-3])\]", label)
    if isinstance(exercise, Value):
        whole, of = "Your answer", "in your answer"
    else:
        whole, of = f"What `{name}` returns", f"that `{name}` returns"
    if place:
        return f"The {_ORDINALS[int(place[1])]} thing {of}, `{label}`,"
    return f"`{label}`" if label else whole


def _changed_input(exercise: Written, case: Case, wanted: Outcome, label: str) -> str:
    """A sentence, if what differs is an input that should have been left as it was."""
    changed, afterwards, _ = label.partition(" afterwards")
    inputs = case.inputs() if afterwards else ()
    for name, value in zip(running.input_names(exercise, len(inputs)), inputs, strict=True):
        if name == changed and agree(see(value), wanted.effects[f"{name}{afterwards}"], exact=True):
            kind = _INPUTS.get(type(value), "Variable")
            return f"Your function has changed the {kind} `{name}` itself. Which line does that?"
    return ""


def _names_in(code: types.CodeType | None) -> set[str]:
    """The names that code uses, also in the functions inside it."""
    if code is None:
        return set()
    inside = (const for const in code.co_consts if type(const) is types.CodeType)
    return set(code.co_names).union(*map(_names_in, inside))


def _innermost(label: str, wanted: Seen, got: Seen, *, exact: bool) -> tuple[str, Seen, Seen]:
    """The first part that differs, where both have the same parts."""
    while [name for name, _ in wanted.parts] == [name for name, _ in got.parts]:
        pairs = zip(wanted.parts, got.parts, strict=True)
        different = (
            (name, one, other)
            for (name, one), (_, other) in pairs
            if not agree(one, other, exact=exact)
        )
        name, wanted, got = next(different, ("", wanted, got))
        if not name:
            break
        label = f"{label}{name}" if name.startswith("[") or not label else f"{label}: {name}"
    return label, wanted, got


def _raised(got: Outcome) -> Result:
    raised = got.raised
    details = [*_given(got)]
    if raised.line:
        details.append(("Your line", raised.line))
    quoted = f"{raised.kind.__name__}: {raised.message}".removesuffix(": ")
    details.append(("Python says", quoted))
    says = "\n".join(filter(None, ["It raises an error.", meaning(raised)]))
    return Result(State.NOT_YET, f"raises {raised.kind.__name__}", says, tuple(details))


def _given(outcome: Outcome | None) -> tuple[tuple[str, str], ...]:
    return (("With", outcome.inputs),) if outcome and outcome.inputs else ()


def _chosen(exercise: Predict, answer: Any) -> Result:
    if answer is ... or answer is None:
        return Result(State.NOT_ATTEMPTED, says=NOT_CHOSEN)
    choice = answer.strip(" .()'\"").lower() if type(answer) is str else None
    if choice not in exercise.choices:
        letters = ", ".join(f'`"{letter}"`' for letter in exercise.choices)
        return Result(State.NOT_YET, "no_choice", f"Choose one of {letters}.")
    truth = f"{exercise.truth}) {exercise.choices[exercise.truth]}\n{exercise.reason}"
    if choice == exercise.truth:
        return Result(State.CORRECT, choice, truth)
    says = f"You chose {choice}. {exercise.wrong[choice]}\nWhat happens: {truth}"
    return Result(State.NOT_YET, choice, says)
