"""Runs the notebooks and saves what they show: the only way their outputs should be saved.

    python tools/notebooks.py notebooks                 all of the folder
    python tools/notebooks.py notebooks 04_loss 05_data  these

A notebook that raises or writes to stderr is not saved.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert.preprocessors.coalescestreams import CoalesceStreamsPreprocessor
from nbformat import NotebookNode

import slides

SECONDS_A_CELL = 300


class NotebookError(Exception):
    """What is wrong with a notebook, and in which cell."""


class ThisPython(NotebookClient):
    """Executes a notebook in a kernel of the very Python that runs this.

    A kernel manager without folders to look in knows only that one: a kernel that somebody
    installed under the same name cannot take its place.
    """

    def create_kernel_manager(self) -> AsyncKernelManager:
        """Replaces the choice by name."""
        self.km = AsyncKernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))
        return self.km

    def start_new_kernel(self, **options: Any) -> None:
        """Leaves out the kernel's own log; what a cell writes to stderr comes another way."""
        super().start_new_kernel(stderr=subprocess.DEVNULL, **options)


def client_for(notebook: NotebookNode, folder: Path) -> ThisPython:
    """What executes the notebook, with `folder` as its working directory."""
    return ThisPython(
        notebook,
        timeout=SECONDS_A_CELL,
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
    )


def run(path: Path) -> NotebookNode:
    """Executes a notebook and returns it, tidy, with what is a slide."""
    return slides.stamp(tidy(execute(path).nb))


def execute(path: Path) -> NotebookClient:
    """Executes a notebook in a fresh kernel, with nothing solved yet.

    Returns:
        The client, with the executed notebook as `nb` and what its widgets know as `widget_state`.
    """
    notebook = read(path)
    client = client_for(notebook, path.parent)
    try:
        with tempfile.TemporaryDirectory() as folder:
            nobodys = {**os.environ, "LESSONS_PROGRESS": str(Path(folder, "progress.json"))}
            with client.setup_kernel(env=nobodys):
                run_cells(client)
    except NotebookError as error:
        raise NotebookError(f"{path.name}, {error}") from error
    client.nb, _ = CoalesceStreamsPreprocessor().preprocess(notebook, {})
    return client


def run_cells(client: NotebookClient) -> None:
    """Executes every cell in the client's kernel; stops at one that raises or writes to stderr."""
    for number, cell in enumerate(client.nb.cells, start=1):
        first_line = cell.source.strip().split("\n")[0]
        place = f"cell {number} ({first_line})"
        try:
            client.execute_cell(cell, number - 1)
        except CellExecutionError as error:
            raise NotebookError(f"{place}: {error.ename}: {error.evalue}") from error
        except (CellTimeoutError, DeadKernelError) as error:
            raise NotebookError(f"{place}: {str(error).splitlines()[0]}") from error
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                raise NotebookError(f"{place} writes to stderr: {output.text.strip()}")


def read(path: Path) -> NotebookNode:
    """Reads a notebook, or says that it cannot be read."""
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise NotebookError(f"there is no notebook {path}") from None
    except Exception as error:
        raise NotebookError(f"{path} cannot be read as a notebook: {error}") from error


def tidy(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what differs between machines, runs and editors; answers folded."""
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    # The versions that a kernel writes here would change with each machine.
    notebook.metadata["language_info"] = {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    }
    notebook.metadata.pop("widgets", None)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for cell in notebook.cells:
        for key in ("execution", "ExecuteTime", "collapsed", "scrolled", "trusted"):
            cell.metadata.pop(key, None)
        jupyter = cell.metadata.pop("jupyter", {})
        jupyter.pop("outputs_hidden", None)
        if "answer" in cell.metadata.get("tags", []):
            jupyter["outputs_hidden"] = cell.metadata["collapsed"] = True
        if jupyter:
            cell.metadata["jupyter"] = jupyter
    return notebook


def text_of(notebook: NotebookNode) -> str:
    """The notebook as it stands in its file."""
    return nbformat.writes(notebook, version=4).rstrip("\n") + "\n"


def save(notebook: NotebookNode, path: Path) -> None:
    """Writes the whole file or nothing."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text_of(notebook), encoding="utf-8", newline="\n")
    part.replace(path)


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
