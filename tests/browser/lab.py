"""Drives the real thing: a JupyterLab server, a browser without a window, a notebook."""

import contextlib
import itertools
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing is fetched from a network, whether this machine has one or not.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
# Pictures in the text of the first lesson that are on the web, so missing here.
BADGE = re.compile(r"ERR_NAME_NOT_RESOLVED https://\S+badge\S*\.svg")
# What JupyterLab may say of every widget in a saved notebook whose kernel is gone.
WITHOUT_A_KERNEL = re.compile("Error: widget model not found")
TOKEN = "only-for-this-test"
# What `make lab` sets for learners.
SETTINGS = Path(__file__).parents[2] / "tools" / "overrides.json"
# Milliseconds: until a page is there with its kernel, and for anything on it.
PATIENCE, A_MOMENT = 60_000, 10_000
# How often a keyboard repeats a key that is held, at its fastest.
REPEATS_A_SECOND = 40
FORTH_AND_BACK = ("ArrowRight", "ArrowLeft")
OPENS_AN_EXPLORER = re.compile(r"^explore\.\w+\(", re.MULTILINE)
WORKSPACES = itertools.count()


def chromium() -> str | None:
    """Where this machine has Chromium or Chrome."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextlib.contextmanager
def browse() -> Iterator[Browser]:
    """A browser without a window."""
    # Only root has to do without the sandbox.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = [*FLAGS, "--no-sandbox"] if root else FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Lab:
    """A server, and the folder that it shows."""

    url: str
    folder: Path

    def write(self, name: str, cells: Iterable[str]) -> str:
        """Put a notebook of code cells into the folder."""
        notebook = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, cells)))
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, self.folder / name)
        return name


@contextlib.contextmanager
def serve(scratch: Path) -> Iterator[Lab]:
    """JupyterLab with nobody's settings, on this machine only; it and its kernels end with us."""
    folder, own = scratch / "work", scratch / "jupyter"
    folder.mkdir()
    (own / "app").mkdir(parents=True)
    shutil.copy(SETTINGS, own / "app")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
        "LESSONS_PROGRESS": "progress.json",
    }
    home = os.environ | {name: str(own / place) for name, place in places.items()}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
    command += [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}"]
    # The page's own objects say when a kernel is idle and a run has ended.
    command += ["--LabApp.expose_app_in_browser=True", f"--LabApp.app_settings_dir={own / 'app'}"]
    log = own / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            command, env=home, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(server, url, log)
        yield Lab(url, folder)
    finally:
        server.terminate()  # it then ends its kernels
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_for(server: subprocess.Popen, url: str, log: Path) -> None:
    """Until the server answers; says what it wrote if it does not."""
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(f"{url}/api?token={TOKEN}", timeout=5).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")


# JavaScript: what is asked of the page.
PANEL = "window.jupyterapp?.shell.currentWidget"
CONTENT = "window.jupyterapp.shell.currentWidget.content"
SESSION = f"{PANEL}?.context?.sessionContext"
KERNEL = f"{SESSION}?.session?.kernel"
READY = f"""(path) => {{
    const kernel = {KERNEL};
    const idle = kernel?.connectionStatus === "connected" && kernel.status === "idle";
    return {PANEL}?.context?.path === path && {SESSION}.isReady && idle
        && {CONTENT}.widgets.length > 0;
}}"""
OPEN = """(path) => {
    window.jupyterapp.commands.execute("docmanager:open", { path, factory: "Notebook" });
}"""
RUN_ALL = """(command) => {
    window.ran = false;
    window.jupyterapp.commands.execute(command).finally(() => { window.ran = true; });
}"""
SHOW = f"""async (place) => {{
    const content = {CONTENT};
    content.deselectAll();
    await content.scrollToItem(place, "start");
    content.widgets[place].node.dataset.place = place;
}}"""


SEEN = """(explorer) => {
    const drawn = [...explorer.querySelectorAll("svg")].map((svg) => svg.outerHTML);
    return [explorer.querySelector(".says").innerText, drawn.join("")];
}"""
# What is seen as soon as a function of what is seen, asked in each frame, says so; or at the end.
WAIT = f"""(explorer, [before, frames, milliseconds]) => new Promise((done) => {{
    const seen = {SEEN};
    const end = performance.now() + milliseconds;
    let [last, still] = [seen(explorer), 0];
    const same = (one, other) => one[0] === other[0] && one[1] === other[1];
    const look = () => {{
        const now = seen(explorer);
        const waiting = explorer.querySelector(".waiting");
        still = same(now, last) && !waiting ? still + 1 : 0;
        last = now;
        const enough = before ? !same(now, before) : still >= frames;
        if (enough || performance.now() > end) done(now);
        else requestAnimationFrame(look);
    }};
    look();
}})"""


@dataclass
class Notebook:
    """A notebook open in JupyterLab."""

    lab: Lab
    page: Page
    name: str
    complaints: list[str] = field(default_factory=list)
    expected: re.Pattern | None = None  # a complaint that may come

    @classmethod
    def open(cls, context: BrowserContext, lab: Lab, name: str) -> "Notebook":
        """Open it in a page of its own, and wait until its kernel is idle and connected."""
        page = context.new_page()
        page.set_default_timeout(A_MOMENT)
        notebook = cls(lab, page, name)
        notebook._listen()
        page.goto(
            f"{lab.url}/lab/workspaces/w{next(WORKSPACES)}/tree/{name}?token={TOKEN}",
            timeout=PATIENCE,
        )
        notebook.wait_until_ready()
        return notebook

    def another(self, name: str) -> "Notebook":
        """Open one more in this page, as a click on its name does, and wait for its kernel.

        To load JupyterLab takes longer than to open a notebook in it. One at a time: the cells of
        both would be in the page.
        """
        notebook = Notebook(self.lab, self.page, name)
        notebook._listen()
        notebook.come_to_the_front()
        self.page.evaluate(OPEN, name)
        notebook.wait_until_ready()
        return notebook

    def come_to_the_front(self) -> None:
        """A page that lies behind another is drawn once a second."""
        self.page.bring_to_front()

    def _listen(self) -> None:
        self.page.on("pageerror", self._failed)
        self.page.on("console", self._heard)

    def _failed(self, error: Any) -> None:
        self.complaints.append(f"exception: {error}")

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            complaint = f"console: {message.text} {message.location['url']}"
            if not BADGE.search(complaint):
                self.complaints.append(complaint)

    def wait_until_ready(self) -> None:
        """Run all that is fired before the kernel is idle and connected hangs without a word."""
        self.page.wait_for_function(READY, arg=self.name, timeout=PATIENCE)

    def run_all(self, timeout: float = 300_000) -> None:
        """Run every cell, until the last has ended."""
        self.page.evaluate(RUN_ALL, "runmenu:run-all")
        self._wait_until_ran(timeout)

    def restart_and_run_all(self, timeout: float = 300_000) -> None:
        """The same in a new kernel."""
        self.page.evaluate(RUN_ALL, "runmenu:restart-and-run-all")
        self.page.click(".jp-Dialog button.jp-mod-accept")
        self._wait_until_ran(timeout)

    def _wait_until_ran(self, timeout: float) -> None:
        self.page.wait_for_function("() => window.ran", timeout=timeout)
        self.wait_until_ready()

    def run_cell(self, place: int) -> None:
        """Run one cell, as Ctrl-Enter does."""
        self.start_cell(place)
        self._wait_until_ran(PATIENCE)

    def start_cell(self, place: int) -> None:
        """The same without waiting for its end."""
        self.page.evaluate(f"(place) => {{ {CONTENT}.activeCellIndex = place; }}", place)
        self.page.evaluate(RUN_ALL, "notebook:run-cell")

    def kernel(self, action: str) -> None:
        """interrupt, restart or shutdown."""
        self.page.evaluate(f"(action) => {KERNEL}[action]()", action)

    def execute(self, command: str, **arguments: Any) -> None:
        """A command of JupyterLab's."""
        self.page.evaluate(
            "([command, options]) => window.jupyterapp.commands.execute(command, options)",
            [command, arguments],
        )

    def save(self) -> None:
        """Save the notebook with its outputs and its widgets' state."""
        self.execute("docmanager:save")

    def cells(self) -> list[dict]:
        """The cells as they would be saved now."""
        return self.page.evaluate(f"() => {PANEL}.context.model.toJSON()")["cells"]

    def error_outputs(self) -> list[str]:
        """What cells wrote that nobody wants to read: errors, and anything on stderr."""
        outputs = [output for cell in self.cells() for output in cell.get("outputs", [])]
        errors = [o["ename"] + ": " + o["evalue"] for o in outputs if o["output_type"] == "error"]
        return errors + ["".join(o["text"]) for o in outputs if o.get("name") == "stderr"]

    def show(self, place: int) -> Locator:
        """Scroll to a cell: what is far from the window is not on the page at all."""
        self.page.evaluate(SHOW, place)
        return self.page.locator(f'.jp-Cell[data-place="{place}"]')

    def explorers(self) -> Iterator["Explorer"]:
        """Every explorer that a cell opens, scrolled to."""
        for place, cell in enumerate(self.cells()):
            for number in range(len(OPENS_AN_EXPLORER.findall("".join(cell["source"])))):
                yield self.explorer(place, number)

    def explorer(self, place: int, number: int = 0) -> "Explorer":
        """The explorer in a cell."""
        explorer = Explorer(self.show(place).locator("section.explorer").nth(number))
        explorer.root.wait_for(state="visible")
        explorer.root.scroll_into_view_if_needed()
        return explorer

    def put_away(self) -> None:
        """End the kernel and close the notebook; the page stays open."""
        with contextlib.suppress(Exception):
            self.page.evaluate(f"() => {SESSION}.shutdown()")
        self.page.evaluate(f"() => {PANEL}.dispose()")
        self.page.remove_listener("pageerror", self._failed)
        self.page.remove_listener("console", self._heard)

    def close(self) -> None:
        """End the kernel and the page."""
        with contextlib.suppress(Exception):
            self.page.evaluate(f"() => {SESSION}.shutdown()")
        self.page.close()


@dataclass
class Explorer:
    """An explorer on the page, by what a user sees and touches."""

    root: Locator

    @property
    def kind(self) -> str:
        """Which one it is."""
        return self.root.get_attribute("data-kind")

    def control(self, name: str) -> Locator:
        """The first control of that name: the slider, where there is a number field too."""
        return self.root.locator(f'[name="{name}"]').first

    def controls(self) -> list[Locator]:
        """All controls that can be used now."""
        found = self.root.locator("input, select, button, [tabindex]").all()
        return [each for each in found if each.is_visible() and each.is_enabled()]

    def says(self) -> str:
        """The line of text."""
        return self.seen()[0]

    def picture(self) -> str:
        """All that is drawn, as text: two that look different differ."""
        return self.seen()[1]

    def seen(self) -> tuple[str, str]:
        """What a user sees change, both at the same moment: words and picture."""
        return tuple(self.root.evaluate(SEEN))

    def wait_for_change(self, before: tuple[str, str], seconds: float = 5) -> tuple[str, str]:
        """What is seen once it is no longer what was; the same after all, if nothing happens."""
        return tuple(self.root.evaluate(WAIT, [before, 0, 1000 * seconds]))

    def settle(self, frames: int = 6, at_most: float = 5) -> tuple[str, str]:
        """What is seen once nothing has moved for so many frames, and Python is not computing."""
        return tuple(self.root.evaluate(WAIT, [None, frames, 1000 * at_most]))

    def press(self, control: Locator, key: str) -> tuple[str, str]:
        """Press a key on a control; returns what is seen then."""
        control.focus()
        before = self.seen()
        control.press(key)
        return self.wait_for_change(before)


def hold(page: Page, keys: tuple[str, ...], go_on: Callable[[], bool], turn: int = 20) -> None:
    """Hold a key, and after so many repetitions the next, so that no end is reached.

    No faster than a keyboard repeats a key: a browser sees to all keys before it paints.
    """
    presses = 0
    while go_on():
        began = time.monotonic()
        page.keyboard.down(keys[presses // turn % len(keys)])
        presses += 1
        time.sleep(max(0, began + 1 / REPEATS_A_SECOND - time.monotonic()))
    for key in keys:
        page.keyboard.up(key)


def drag(control: Locator, start: float, end: float) -> None:
    """Drag along a control with the mouse, from and to parts of its width."""
    control.scroll_into_view_if_needed()
    box = control.bounding_box()
    mouse, middle = control.page.mouse, box["y"] + box["height"] / 2
    mouse.move(box["x"] + start * box["width"], middle)
    mouse.down()
    mouse.move(box["x"] + end * box["width"], middle, steps=4)
    mouse.up()


def kind_of(control: Locator) -> str:
    """What sort of control it is."""
    return control.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")


def use_by_keyboard(control: Locator) -> None:
    """The key that moves this sort of control."""
    control.focus()
    kind = kind_of(control)
    if kind in ("range", "number"):
        at_the_end = control.evaluate("e => e.max !== '' && +e.value >= +e.max")
        up, down = ("ArrowRight", "ArrowLeft") if kind == "range" else ("ArrowUp", "ArrowDown")
        control.press(down if at_the_end else up)
    elif kind == "select":
        last = control.evaluate("e => e.selectedIndex === e.options.length - 1")
        control.press("ArrowUp" if last else "ArrowDown")
    elif kind == "checkbox":
        control.press("Space")
    elif kind == "button":
        control.press("Enter")
    else:
        control.press("ArrowRight")
