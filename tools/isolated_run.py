"""Executes a notebook that nobody has looked at, and leaves nothing of it running."""

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import psutil  # comes with ipykernel

from environment import PROGRESS, RESULTS, STRICT, WITHHELD

MAX_ROUNDS = 20


class Run(NamedTuple):
    """What is known of a notebook that was executed.

    `events` are the lines of `execute.py`; `results` those that checks wrote, one for each call.
    """

    events: list[dict[str, Any]]
    results: list[dict[str, str]]
    in_time: bool


async def execute(path: Path, seconds: float) -> Run:
    """Execute a notebook in processes of its own, none of which is left afterwards.

    They work in an empty folder, so that no file of a learner stands in the way of our modules
    and no notebook finds what another one wrote.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        said, results, work = folder / "said", folder / "results", folder / "work"
        work.mkdir()
        (folder / "temporary").mkdir()
        with open(said, "wb") as output:
            process = await asyncio.create_subprocess_exec(
                sys.executable, str(Path(__file__).with_name("execute.py")), str(path.resolve()),
                cwd=work, env=_environment(folder, results),
                stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=asyncio.subprocess.DEVNULL,
            )  # fmt: skip
        in_time = True
        try:
            await asyncio.wait_for(process.wait(), seconds)
        except TimeoutError:
            in_time = False
        finally:
            _end_all(results, process.pid)
            await process.wait()
        return Run(_lines(said), [_texts(line) for line in _lines(results)], in_time)


def _environment(folder: Path, results: Path) -> dict[str, str]:
    """Ours, without the progress and the settings of whoever grades."""
    theirs = {name: value for name, value in os.environ.items() if name not in (STRICT, WITHHELD)}
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder / "temporary"))
    return (
        theirs
        | temporary
        | {
            RESULTS: str(results),
            PROGRESS: str(folder / "progress.json"),
            "IPYTHONDIR": str(folder / "ipython"),
            "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        }
    )


def _end_all(results: Path, waited_for: int) -> None:
    """End every process that came from a notebook: known by the environment that it inherited.

    That finds the children of a kernel that is gone, too. Again until none is left, because one
    may start another one meanwhile.
    """
    for _ in range(MAX_ROUNDS):
        left = [process for process in psutil.process_iter() if _carries(process, str(results))]
        if not left:
            return
        for process in left:
            try:
                process.kill()
            except psutil.Error:
                continue
        # Our own child is waited for by asyncio; two cannot wait for one.
        psutil.wait_procs([process for process in left if process.pid != waited_for], timeout=1)


def _carries(process: psutil.Process, mark: str) -> bool:
    try:
        alive = process.status() != psutil.STATUS_ZOMBIE
        return alive and process.environ().get(RESULTS) == mark
    except (psutil.Error, OSError):
        return False


def _lines(path: Path) -> list[dict[str, Any]]:
    """The objects in a file of JSON lines, of which the last may be cut off."""
    found = []
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    for line in text.splitlines():
        try:
            found.append(json.loads(line))
        except (ValueError, RecursionError):
            continue
    return [line for line in found if isinstance(line, dict)]


def _texts(line: dict[str, Any]) -> dict[str, str]:
    """What is text in an object: nothing else is expected in a result."""
    return {name: value for name, value in line.items() if isinstance(value, str)}
