"""Executes a learner's notebook to its end and prints, as lines of JSON, how it went.

    python tools/execute.py notebook.ipynb

`isolated_run.py` starts one such process for each notebook.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

# nbformat's checks would build a grammar of web addresses at this import, three seconds of each
# process, if it were there; without it only addresses would go unchecked, and notebooks hold none.
sys.modules["rfc3987_syntax"] = None

from nbclient.exceptions import DeadKernelError  # noqa: E402

from kernels import ThisPython  # noqa: E402
from notebook_file import read  # noqa: E402


class WithoutOutputs(ThisPython):
    """Keeps no output, however much there is, and lets none of the kernel's among our lines."""

    def output(self, *_: Any) -> None:
        """Replaces keeping."""

    def start_new_kernel(self, **options: Any) -> None:
        """Adds where the kernel's own output goes."""
        super().start_new_kernel(stdout=subprocess.DEVNULL, **options)


def say(**event: Any) -> None:
    """Print at once: whoever reads this may end the process at any time."""
    print(json.dumps(event), flush=True)


def executed(*, execute_reply: dict[str, Any], **_: Any) -> None:
    """Called after each cell.

    Raises:
        DeadKernelError: if the cell told the kernel to end, as `exit()` does.
    """
    content = execute_reply["content"]
    if content["status"] == "error":
        say(raised=str(content.get("ename", "")))
    if any(part.get("source") == "ask_exit" for part in content.get("payload", [])):
        raise DeadKernelError


def main(path: Path) -> None:
    """Execute every cell, in a kernel that lives in the current folder."""
    notebook = read(path)
    client = WithoutOutputs(
        notebook,
        timeout=None,
        allow_errors=True,
        shutdown_kernel="immediate",
        on_cell_executed=executed,
        resources={"metadata": {"path": "."}},
        record_timing=False,
    )
    with client.setup_kernel():
        for index, cell in enumerate(notebook.cells):
            say(cell=index)
            try:
                client.execute_cell(cell, index)
            except DeadKernelError:
                say(died=True)
                return
    say(finished=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
