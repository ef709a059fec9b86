"""Executes the cells of a notebook in a kernel of this Python."""

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from environment import PROGRESS
from notebook_file import NotebookError, read

SECONDS_A_CELL = 300


class ThisPython(NotebookClient):
    """Executes a notebook in a kernel of the very Python that runs this."""

    def create_kernel_manager(self) -> AsyncKernelManager:
        """Looks into no folder of kernels: in JUPYTER_PATH may be another one of that name."""
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


def execute(path: Path, end: int | None = None) -> NotebookClient:
    """Executes a notebook, or its cells before `end`, in a fresh kernel, with nothing solved yet.

    Returns:
        The client, with the executed notebook as `nb` and what its widgets know as `widget_state`.
    """
    client = client_for(read(path), path.parent)
    try:
        with tempfile.TemporaryDirectory() as folder:
            nobodys = {**os.environ, PROGRESS: str(Path(folder, "progress.json"))}
            with client.setup_kernel(env=nobodys):
                run_cells(client, end)
    except NotebookError as error:
        raise NotebookError(f"{path.name}, {error}") from error
    return client


def run_cells(client: NotebookClient, end: int | None = None) -> None:
    """Executes every cell, or those before the place `end`, in the client's kernel.

    Raises:
        NotebookError: for a cell that raises or writes to stderr; those after it are not executed.
    """
    for number, cell in enumerate(client.nb.cells[:end], start=1):
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
