"""Writes copies of the notebooks for a class: no solutions, no outputs, and no hints if asked.

    python tools/student.py notebooks class
    python tools/student.py notebooks class --without-hints

What is taken out: what is folded under "Solution" (or "Hint"), and cells tagged `solution` (or
`hint`). `.solution()` (and `.hint()`) of the exercises are switched off in the copies. They are
switched off, not hidden: who looks into the files of `exercises` finds them.
"""

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import (
    Preprocessor,
    RegexRemovePreprocessor,
    TagRemovePreprocessor,
)
from nbformat import NotebookNode
from traitlets import List, Unicode

import copies
from environment import WITHHELD
from notebook_file import NotebookError, read, save, without_outputs

FOLDED = r"<details[^>]*>\s*<summary>[^<]*\b{word}s?\b[^<]*</summary>.*?</details>\s*"


class Withhold(Preprocessor):
    """Takes out what is folded, and switches the methods off."""

    what = List(Unicode())

    def preprocess_cell(
        self, cell: NotebookNode, resources: Any, index: int
    ) -> tuple[NotebookNode, Any]:
        """Called for each cell."""
        if cell.cell_type == "markdown":
            for word in self.what:
                folded = re.compile(FOLDED.format(word=word), re.DOTALL | re.IGNORECASE)
                cell.source = folded.sub("", cell.source).rstrip()
        if "setup" in cell.metadata.get("tags", []):
            cell.source += (
                f"\n\n# Your class works without these. Your teacher knows more.\n"
                f'import os\n\nos.environ["{WITHHELD}"] = "{" ".join(self.what)}"'
            )
        return cell, resources


def for_students(notebook: NotebookNode, *, hints: bool = True) -> NotebookNode:
    """A copy of a notebook as a class gets it."""
    what = ["solution"] if hints else ["solution", "hint"]
    resources: dict[str, Any] = {}
    for preprocessor in (
        TagRemovePreprocessor(remove_cell_tags=what),
        Withhold(what=what),
        RegexRemovePreprocessor(patterns=[r"\s*\Z"]),  # What held nothing but a solution.
    ):
        preprocessor.enabled = True
        notebook, resources = preprocessor(notebook, resources)
    without_outputs(notebook)
    notebook.metadata[copies.RECORD] = copies.fingerprint(notebook)
    return notebook


def was_worked_on(path: Path) -> bool:
    """Whether there is a notebook that is not as this program wrote it."""
    if not path.exists():
        return False
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return copies.recorded_version(path) != copies.fingerprint(found)
    except (OSError, ValueError, TypeError, KeyError):
        return True


def copy_all(lessons: Path, target: Path, *, hints: bool = True) -> tuple[list[Path], list[str]]:
    """Writes the copies; returns which, and a sentence for each that was not written."""
    written, failures = [], []
    paths = sorted(lessons.glob("*.ipynb"))
    if not paths:
        failures.append(f"There are no notebooks in the folder {lessons}.")
    for path in paths:
        copy = target / path.name
        if was_worked_on(copy):
            failures.append(f"{copy} is somebody's work and was left alone.")
            continue
        try:
            target.mkdir(parents=True, exist_ok=True)
            save(for_students(read(path), hints=hints), copy)
            written.append(copy)
        except NotebookError as error:
            failures.append(f"Not copied: {error}")
        except OSError as error:
            failures.append(f"{copy} was not written: {copies.why(error)}.")
    return written, failures


def main() -> int:
    """Writes the copies; says which."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", type=Path, help="the folder of the notebooks")
    parser.add_argument("target", type=Path, help="the folder for the copies")
    parser.add_argument("--without-hints", action="store_true", help="leave out hints too")
    arguments = parser.parse_args()
    hints = not arguments.without_hints
    written, failures = copy_all(arguments.lessons, arguments.target, hints=hints)
    for copy in written:
        print(f"Wrote {copy}")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
