"""A learner without a browser: a real JupyterLab server, and notebooks run in its kernels."""

import contextlib
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import websocket

TOKEN = "only-for-this-test"
SECONDS_TO_START, SECONDS_A_CELL = 120, 300
HEADERS = {"Authorization": f"token {TOKEN}", "Content-Type": "application/json"}


@dataclass
class Lab:
    """A server that runs."""

    port: int
    process: subprocess.Popen

    def ask(self, path: str, method: str = "GET", content: dict[str, Any] | None = None) -> bytes:
        """What the server answers."""
        body = json.dumps(content).encode() if content else None
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/{path}", data=body, headers=HEADERS, method=method
        )
        with urllib.request.urlopen(request, timeout=SECONDS_TO_START) as response:
            return response.read()

    def run(self, path: str) -> str:
        """Open a notebook and run all its cells in a kernel of its own; returns the session.

        The kernel stays, as it does when a learner goes on to the next lesson. Raises RuntimeError
        with the first cell that fails.
        """
        notebook = json.loads(self.ask(f"api/contents/{path}"))["content"]
        wanted = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        session = json.loads(self.ask("api/sessions", "POST", wanted))
        kernel = session["kernel"]["id"]
        channels = websocket.create_connection(
            f"ws://127.0.0.1:{self.port}/api/kernels/{kernel}/channels",
            header=[f"Authorization: token {TOKEN}"],
            timeout=SECONDS_A_CELL,
        )
        try:
            for cell in notebook["cells"]:
                if cell["cell_type"] == "code":
                    execute(channels, cell["source"], path)
        finally:
            channels.close()
        return session["id"]

    def close(self, session: str) -> None:
        """End a session and its kernel."""
        self.ask(f"api/sessions/{session}", "DELETE")


def execute(channels: websocket.WebSocket, code: str, path: str) -> None:
    """Run one cell until its kernel is idle again."""
    header = {
        "msg_id": uuid.uuid4().hex,
        "session": uuid.uuid4().hex,
        "username": "learner",
        "msg_type": "execute_request",
        "version": "5.3",
        "date": "",
    }
    message = {
        "header": header,
        "parent_header": {},
        "metadata": {},
        "content": {"code": code, "silent": False, "allow_stdin": False},
        "channel": "shell",
    }
    channels.send(json.dumps(message))
    idle = replied = False
    while not (idle and replied):
        kind, content, of = read(channels.recv())
        if of != header["msg_id"]:
            continue
        if kind == "error":
            raise RuntimeError(f"{path}: {content['ename']}: {content['evalue']}, in\n{code}")
        idle = idle or content.get("execution_state") == "idle"
        replied = replied or kind == "execute_reply"


def read(data: str | bytes) -> tuple[str, dict, str]:
    """A message's kind, its content, and the message that it answers."""
    if isinstance(data, bytes):  # with attachments: offsets first, the message after them
        count = int.from_bytes(data[:4], "big")
        offsets = [int.from_bytes(data[4 * n : 4 * n + 4], "big") for n in range(1, count + 1)]
        data = data[offsets[0] : offsets[1] if count > 1 else None].decode()
    message = json.loads(data)
    return message["msg_type"], message["content"], message["parent_header"].get("msg_id", "")


@contextlib.contextmanager
def serve(python: Path, home: Path) -> Iterator[Lab]:
    """JupyterLab for a learner who lives in `home`; it ends with its kernels."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: os.environ[name] for name in ("LANG", "TMPDIR") if name in os.environ}
    environment |= {"HOME": str(home), "PATH": f"{python.parent}:/usr/bin:/bin"}
    command = [
        *(str(python), "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"),
        *(f"--IdentityProvider.token={TOKEN}", "--ServerApp.port_retries=0", "--allow-root"),
    ]
    with open(home / "server.log", "w+b") as log:
        process = subprocess.Popen(
            command, cwd=home, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            lab = Lab(port, process)
            wait_for(lab, home / "server.log")
            yield lab
        finally:
            process.terminate()  # it then ends its kernels
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(lab: Lab, log: Path) -> None:
    """Until the server answers; says what it wrote if it does not."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and lab.process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            lab.ask("api")
            return
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")
