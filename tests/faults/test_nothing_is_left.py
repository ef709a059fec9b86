"""`make workers` leaves nothing running, however it ends."""

import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

LAUNCHER = Path(__file__).parents[2] / "tools" / "workers.py"


def as_at_a_prompt():
    """What a shell starts in the background ignores SIGINT, and so does all that this starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def marked(mark):
    """How many processes carry a mark in their environment."""
    found = 0
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            found += mark.encode() in environment.read_bytes()
        except OSError:  # it has just ended, or is somebody else's
            continue
    return found


@pytest.mark.skipif(os.environ.get("MOMENTS") == "1", reason="the short variant")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left(end):
    mark = f"mark-{uuid.uuid4()}"
    launcher = subprocess.Popen(
        [sys.executable, LAUNCHER, "--epochs", "1000000"],
        env=os.environ | {"MARK": mark},
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=as_at_a_prompt,
    )
    for line in launcher.stdout:
        if line.startswith("Epoch 20"):
            break
    assert marked(mark) >= 4, "launcher and workers are running"
    launcher.send_signal(end)
    launcher.wait(20)
    limit = time.monotonic() + 10
    while marked(mark) and time.monotonic() < limit:
        time.sleep(0.1)
    assert marked(mark) == 0
