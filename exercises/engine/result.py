"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How an answer stands."""

    NOT_ATTEMPTED = "not attempted"
    CORRECT = "correct"
    NOT_YET = "not yet"
    CHECKER_FAILED = "checker failed"


@dataclass(frozen=True)
class Result:
    """The state of an answer and the words for it.

    Attributes:
        state: one of `State`.
        diagnosis: a short name of what was found, such as a misconception's; for tables.
        says: the sentences for the learner; a line break parts paragraphs.
        details: what belongs to it, as pairs of a label and a value.
        exercise_id, title: of which exercise.
    """

    state: State
    diagnosis: str = ""
    says: str = ""
    details: tuple[tuple[str, str], ...] = ()
    exercise_id: str = ""
    title: str = ""

    @property
    def text(self) -> str:
        """All of it in plain words."""
        return "\n".join(
            [f"Exercise {self.exercise_id}, {self.title}: {self.state}."]
            + [line for line in self.says.splitlines() if line]
            + [f"  {label}: {value}" for label, value in self.details]
        )
