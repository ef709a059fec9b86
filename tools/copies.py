"""Gives a learner copies of the lessons, outputs taken out, without ever touching what is there.

    python tools/copies.py notebooks work
    python tools/copies.py --all notebooks work   fails if a single lesson could not be copied

Otherwise it only says which could not be copied, and fails where there is nothing to open.
"""

import argparse
import hashlib
import json
import os
import sys
from pathlib import Path

from notebook_file import save, without_outputs

RECORD = "copied_from"


def copy_lessons(lessons: Path, work: Path) -> tuple[list[str], list[str]]:
    """Puts into `work` what is missing there; returns what to tell the learner, and what failed."""
    notes, failures = [], []
    sources = sorted(lessons.glob("*.ipynb"))
    if not sources:
        failures.append(f"There are no lessons (*.ipynb) in the folder {lessons}.")
    for source in sources:
        try:
            note = copy_lesson(source, work)
        except (ValueError, TypeError, KeyError, AttributeError):
            failures.append(f"The lesson {source} is damaged and was not copied.")
        except OSError as error:
            failures.append(f"The lesson {source} could not be copied to {work}: {why(error)}.")
        else:
            notes += [note] if note else []
    return notes, failures


def copy_lesson(source: Path, work: Path) -> str | None:
    """Copies one lesson where the learner has no copy of this version; returns what to say."""
    lesson = without_outputs(json.loads(source.read_text(encoding="utf-8")))
    version = fingerprint(lesson)
    lesson["metadata"][RECORD] = version

    work.mkdir(parents=True, exist_ok=True)
    target = work / source.name
    if not os.path.lexists(target):
        save(lesson, target)
        return None

    number = 2
    while os.path.lexists(target):
        if recorded_version(target) == version:
            return None
        target = work / f"{source.stem}-{number}.ipynb"
        number += 1
    save(lesson, target)
    return f"{source.name} has changed since your copy was made: the new one is {target}."


def fingerprint(notebook: dict) -> str:
    """Changes with what a learner reads and runs, and not when outputs were merely saved anew."""
    read = [(cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]]
    return hashlib.sha256(json.dumps(read).encode()).hexdigest()[:16]


def recorded_version(copy: Path) -> str | None:
    """Of which version this is a copy; None where that cannot be read."""
    try:
        return json.loads(copy.read_text(encoding="utf-8"))["metadata"][RECORD]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def why(error: OSError) -> str:
    """The system's reason, as a person would say it."""
    return (error.strerror or str(error)).lower()


def main() -> int:
    """Copies; prints only what the learner did not expect."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="fail if a single one is missing")
    parser.add_argument("lessons", type=Path, help="the folder of the lessons")
    parser.add_argument("work", type=Path, help="the learner's folder")
    arguments = parser.parse_args()
    notes, failures = copy_lessons(arguments.lessons, arguments.work)
    for note in notes:
        print(note)
    for failure in failures:
        print(failure, file=sys.stderr)
    can_go_on = any(arguments.work.glob("*.ipynb")) and not arguments.all
    return 1 if failures and not can_go_on else 0


if __name__ == "__main__":
    sys.exit(main())
