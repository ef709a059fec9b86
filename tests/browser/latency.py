"""How long the explorers take from a key to the picture, beside `interact`, all in the same run.

    python tests/browser/latency.py [--short]

`--short` repeats less, and asks `interact` for one picture only; all explorers are measured against
all aims.

Absolute times belong to a machine and an hour: what counts is the ratio to `interact` with the
same picture. A time begins with the key event's own time stamp and ends with a task that runs
right after the frame that paints the change.
"""

import argparse
import contextlib
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lab import FORTH_AND_BACK, Notebook, browse, chromium, hold, serve
from playwright.sync_api import Locator, Page


@dataclass(frozen=True)
class Effort:
    """How often keys are pressed, for how many seconds one is held, and what `interact` shows."""

    presses: int = 40
    presses_by_interact: int = 12
    held_for: float = 2.0
    by_interact: tuple[str, ...] = ("model", "loss", "data", "training")


SHORT = Effort(presses=20, presses_by_interact=6, held_for=1.0, by_interact=("model",))
AIMS = {"median": 17, "p95": 33, "updates": 30, "kB": 5}

SETUP = """\
import ipywidgets
from helpers import data, explore, plotting, training
inputs, outputs = data.synthesize()"""
EXPLORERS = {
    "slope": "explore.slope()",
    "model": "explore.model(inputs, outputs)",
    "loss": "explore.loss(inputs, outputs)",
    "data": "explore.data()",
    "training": "explore.training(inputs, outputs)",
    # Its path leaves the picture, by far.
    "training, diverging": "explore.training(inputs, outputs, learning_rate=1.5)",
    "tensors": "explore.tensors()",
    "variables": "explore.variables()",
}
# Where `interact` has an answer: the same picture by the same functions.
INTERACT = {
    "model": """\
def show(W=0.0, b=0.0):
    plotting.plot_line(training.LinearModel(W, b), inputs, outputs)
ipywidgets.interact(show, W=(-6.0, 6.0, 0.1), b=(-6.0, 6.0, 0.1));""",
    "loss": """\
def show(W=0.0, b=0.0):
    plotting.plot_residuals(inputs, outputs, training.LinearModel(W, b)(inputs))
ipywidgets.interact(show, W=(-6.0, 6.0, 0.1), b=(-6.0, 6.0, 0.1));""",
    "data": """\
def show(num_examples=10, noise=1.0, seed=0):
    plotting.plot_data(*data.synthesize(num_examples, noise=noise, seed=seed))
ipywidgets.interact(show, num_examples=(1, 1000), noise=(0.0, 3.0, 0.1), seed=(0, 20));""",
    "training": """\
def show(learning_rate=0.1):
    model = training.LinearModel()
    history = training.fit(model, inputs, outputs, epochs=30, learning_rate=learning_rate)
    plotting.plot_loss_surface(inputs, outputs, history)
ipywidgets.interact(show, learning_rate=(0.1, 0.9, 0.01));""",
}

# Notes each painted change of what is watched. A message that is sent while a frame is being made
# arrives when the frame has been painted.
WATCH = """(watched) => {
    window.watching?.end();
    const notes = { pressed: null, times: [], updates: [], waiting: null };
    let drawn = false;
    let going = true;
    const mark = () => { drawn = true; };
    const observer = new MutationObserver((changes) => {
        const images = changes.flatMap((change) => [...change.addedNodes])
            .flatMap((node) => [...(node.querySelectorAll?.("img") ?? [])]);
        if (watched.matches("section.explorer")) mark();
        for (const image of images) image.decode().then(mark, () => {});
    });
    const explorer = { attributes: true, attributeFilter: ["data-frame"] };
    const replaced = { childList: true, subtree: true };
    observer.observe(watched, watched.matches("section.explorer") ? explorer : replaced);
    const pressed = (event) => { notes.pressed = event.timeStamp; };
    document.addEventListener("keydown", pressed, true);
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
        if (!drawn) return;
        drawn = false;
        const now = performance.now();
        notes.updates.push(now);
        if (notes.pressed !== null) notes.times.push(now - notes.pressed);
        notes.pressed = null;
        notes.waiting?.();
    };
    const frame = () => {
        channel.port2.postMessage(null);
        if (going) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    notes.end = () => {
        going = false;
        observer.disconnect();
        document.removeEventListener("keydown", pressed, true);
    };
    window.watching = notes;
}"""
PAINTED = """() => new Promise((done) => {
    const notes = window.watching;
    if (notes.pressed === null) return done();
    notes.waiting = done;
    setTimeout(done, 2000);
})"""


@dataclass
class Measured:
    """What one picture took."""

    name: str
    median: float
    p95: float
    updates: float
    kB: float  # noqa: N815

    def row(self) -> str:
        numbers = f"{self.median:8.1f} {self.p95:8.1f} {self.updates:10.1f} {self.kB:12.2f}"
        return f"{self.name:24} {numbers}"

    def missed(self) -> list[str]:
        """The aims that were not met."""
        late = [name for name in ("median", "p95", "kB") if getattr(self, name) > AIMS[name]]
        return late + ["updates"] * (self.updates < AIMS["updates"])


class Wire:
    """Counts what goes over the page's web sockets, to and from the kernel."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        page.on("websocket", self._listen)

    def _listen(self, socket) -> None:
        if "/kernels/" in socket.url:
            socket.on("framesent", self._count)
            socket.on("framereceived", self._count)

    def _count(self, payload: str | bytes) -> None:
        self.bytes += len(payload.encode() if isinstance(payload, str) else payload)


def measure(
    name: str, effort: Effort, page: Page, wire: Wire, watched: Locator, control: Locator
) -> Measured:
    """Press keys one by one, then hold one."""
    kind = control.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
    # Forth and back, so that no end is reached.
    keys = {"select": ("ArrowDown", "ArrowUp"), "button": ("Enter",)}
    forth_and_back = keys.get(kind, FORTH_AND_BACK)
    if kind == "select":
        control.select_option(index=0)
    control.focus()
    page.wait_for_timeout(500)
    watched.evaluate(WATCH)
    for number in range(effort.presses_by_interact if "interact" in name else effort.presses):
        page.keyboard.press(forth_and_back[number % len(forth_and_back)])
        page.evaluate(PAINTED)
        time.sleep(0.03 + 0.02 * random.random())
    page.wait_for_timeout(300)
    times = page.evaluate("() => window.watching.times.splice(0)") or [float("nan")]

    page.evaluate("() => { window.watching.updates.length = 0; }")
    before, end = wire.bytes, time.monotonic() + effort.held_for
    turn = control.evaluate("e => e.tagName === 'SELECT' ? e.options.length - 1 : 20")
    hold(page, forth_and_back, lambda: time.monotonic() < end, turn)
    updates = page.evaluate("() => window.watching.updates.length")
    page.wait_for_timeout(1000)  # What moved last is sent to Python 300 ms later.
    count = max(page.evaluate("() => window.watching.updates.length"), 1)
    page.evaluate("() => window.watching.end()")
    p95 = sorted(times)[min(len(times) - 1, round(0.95 * len(times)))]
    return Measured(
        name,
        statistics.median(times),
        p95,
        updates / effort.held_for,
        (wire.bytes - before) / 1000 / count,
    )


@contextlib.contextmanager
def notebook(cells: list[str]) -> Iterator[tuple[Notebook, Wire]]:
    """A notebook that has run, and a count of what it sends."""
    wires = []
    with tempfile.TemporaryDirectory() as scratch, serve(Path(scratch)) as lab, browse() as browser:
        context = browser.new_context(viewport={"width": 1300, "height": 1000})
        context.on("page", lambda page: wires.append(Wire(page)))
        opened = Notebook.open(context, lab, lab.write("latency.ipynb", cells))
        opened.run_all()
        yield opened, wires[0]
        opened.close()


def first_control(opened: Notebook, place: int) -> tuple[Locator, Locator]:
    """An explorer, and its first slider; where it has none, what else there is."""
    explorer = opened.explorer(place)
    sliders = explorer.root.locator("input[type=range]").all()
    others = explorer.root.locator("select, [name=step]").all()
    return explorer.root, (sliders + others)[0]


def first_handle(opened: Notebook, place: int) -> tuple[Locator, Locator]:
    """What `interact` shows in a cell, and its first slider."""
    cell = opened.show(place)
    cell.locator("img").first.wait_for()
    return cell.locator(".jp-OutputArea").first, cell.locator(".noUi-handle").first


def main() -> int:
    """Measure and print; a number that misses its aim is a line of the table, not a failure."""
    parser = argparse.ArgumentParser(description="Time the explorers from a key to the picture.")
    parser.add_argument("--short", action="store_true", help="repeat less")
    effort = SHORT if parser.parse_args().short else Effort()
    if chromium() is None:
        print("latency: there is no Chromium on this machine")
        return 0
    jobs: list[tuple[str, str, Callable]] = []
    for kind, code in EXPLORERS.items():
        jobs.append((kind, code, first_control))
        if kind in effort.by_interact:
            jobs.append((f"{kind}, by interact", INTERACT[kind], first_handle))
    found = {}
    print(f"{'':24} {'ms, median':>8} {'ms, p95':>8} {'updates/s':>10} {'kB/update':>12}")
    with notebook([SETUP, *(code for _, code, _ in jobs)]) as (opened, wire):
        for place, (name, _, first) in enumerate(jobs, start=1):
            found[name] = measure(name, effort, opened.page, wire, *first(opened, place))
            print(found[name].row(), flush=True)
    print(
        f"\nAims: at most {AIMS['median']} ms at the median and {AIMS['p95']} ms at the 95th "
        f"percentile, at least {AIMS['updates']} updates a second while a key is held, at most "
        f"{AIMS['kB']} kB an update."
    )
    for kind in EXPLORERS:
        missed = found[kind].missed()
        verdict = f"misses {', '.join(missed)}" if missed else "meets all"
        other = found.get(f"{kind}, by interact")
        ratio = (
            f"; {other.median / found[kind].median:.0f} times as fast as interact" if other else ""
        )
        print(f"{kind:20} {verdict}{ratio}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
