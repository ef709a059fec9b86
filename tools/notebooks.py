"""Runs the notebooks and saves what they show: the only way their outputs should be saved.

    python tools/notebooks.py notebooks                 all of the folder
    python tools/notebooks.py notebooks 04_loss 05_data  these

A notebook that raises or writes to stderr is not saved.
"""

import argparse
import sys
from pathlib import Path

from nbconvert.preprocessors.coalescestreams import CoalesceStreamsPreprocessor
from nbformat import NotebookNode

import slides
from kernels import execute
from notebook_file import NotebookError, save, tidy


def run(path: Path) -> NotebookNode:
    """Executes a notebook and returns it as it is saved: tidy, with what is a slide."""
    notebook, _ = CoalesceStreamsPreprocessor().preprocess(execute(path).nb, {})
    return slides.stamp(tidy(notebook))


def main() -> int:
    """Runs and saves; says of each notebook how it went."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder of the notebooks")
    parser.add_argument("names", nargs="*", help="such as 04_loss; all where none is given")
    arguments = parser.parse_args()
    named = [arguments.folder / f"{name.removesuffix('.ipynb')}.ipynb" for name in arguments.names]
    paths = named or sorted(arguments.folder.glob("*.ipynb"))
    if not paths:
        print(f"There are no notebooks in the folder {arguments.folder}.", file=sys.stderr)
        return 1
    failed = False
    for path in paths:
        try:
            save(run(path), path)
        except NotebookError as error:
            failed = True
            print(f"Not saved: {error}", file=sys.stderr)
        except OSError as error:
            failed = True
            print(f"Not saved: {path}: {error.strerror}.", file=sys.stderr)
        else:
            print(f"Saved {path}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
