"""An explorer on a page of its own: a file, no Jupyter, no Python, no network."""

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import lab as driving
import pytest
from playwright.sync_api import Browser, Page

from helpers import data, explore
from helpers.explore import boxes, lines

FOLDER = Path(explore.__file__).parent
OPENERS: dict[str, Callable[..., None]] = {
    "model": explore.model,
    "loss": explore.loss,
    "data": explore.data,
    "training": explore.training,
    "tensors": explore.tensors,
    "variables": explore.variables,
    "slope": explore.slope,
}

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>An explorer</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{css}</style><script>{page}</script>
<main id="here"></main>
<script>mountExplorer("{module}", {saved}, document.getElementById("here"));</script>"""


@pytest.fixture
def open_page(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Page]]:
    """Opens an explorer with the state that Python saved; in the end, insists on silence."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)

    def open_page(kind: str) -> Page:
        saved: list[dict] = []

        def keep(widget: explore.lines.Explorer, picture: dict) -> None:
            saved.append({"kind": widget.kind, "state": widget.state, "values": widget.values})

        for module in (boxes, lines):
            monkeypatch.setattr(module, "show", keep)
        takes_examples = kind in ("model", "loss", "training")
        OPENERS[kind](*(data.synthesize(50) if takes_examples else ()))
        script = base64.b64encode((FOLDER / "explore.js").read_bytes()).decode()
        text = PAGE.format(
            css=(FOLDER / "explore.css").read_text(encoding="utf-8"),
            page=(FOLDER / "page.js").read_text(encoding="utf-8"),
            module=f"data:text/javascript;base64,{script}",
            saved=json.dumps(saved[0]),
        )
        file = tmp_path / f"{kind}.html"
        file.write_text(text, encoding="utf-8")
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text))
        page.on("request", lambda sent: complaints.extend(leaves(sent.url)))
        page.goto(file.as_uri())
        page.locator("section.explorer svg").first.wait_for()
        return page

    yield open_page
    context.close()
    assert not complaints, complaints


def leaves(address: str) -> list[str]:
    """Requests that go to a network."""
    return [] if address.startswith(("file:", "data:", "blob:")) else [address]


def explorer_on(page: Page) -> driving.Explorer:
    return driving.Explorer(page.locator("section.explorer"))


@pytest.mark.parametrize("kind", OPENERS)
def test_it_moves_by_keyboard(open_page: Callable, kind: str) -> None:
    explorer = explorer_on(open_page(kind))
    before = explorer.settle()
    driving.use_by_keyboard(explorer.controls()[0])
    assert explorer.wait_for_change(before) != before


@pytest.mark.parametrize("kind", OPENERS)
def test_it_fits_a_phone(open_page: Callable, kind: str) -> None:
    page = open_page(kind)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("kind", OPENERS)
def test_its_button_works_by_a_finger(open_page: Callable, kind: str) -> None:
    explorer = explorer_on(open_page(kind))
    driving.use_by_keyboard(explorer.controls()[0])
    moved = explorer.settle()
    explorer.control("reset").tap()
    assert explorer.wait_for_change(moved) != moved


def drag(page: Page, thing: str, across: float, up: float, *, by_finger: bool) -> None:
    """From the middle of an element, so many pixels to the right and up."""
    page.locator(thing).scroll_into_view_if_needed()
    box = page.locator(thing).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    places = [(x + across * part / 5, y - up * part / 5) for part in range(6)]
    if by_finger:
        touch = page.context.new_cdp_session(page)
        for kind, (left, top) in zip(["touchStart"] + ["touchMove"] * 5, places, strict=True):
            points = [{"x": left, "y": top}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        return
    page.mouse.move(x, y)
    page.mouse.down()
    for left, top in places:
        page.mouse.move(left, top)
    page.mouse.up()


@pytest.mark.parametrize("by_finger", [False, True], ids=["mouse", "finger"])
def test_the_point_on_the_surface_moves_the_line(open_page: Callable, by_finger: bool) -> None:
    page = open_page("loss")
    explorer = explorer_on(page)
    before = explorer.settle()
    W, b = (float(explorer.control(name).input_value()) for name in "Wb")
    line = page.locator("path.model").get_attribute("d")
    drag(page, "circle.here", 50, 30, by_finger=by_finger)
    assert explorer.wait_for_change(before) != before
    explorer.settle()
    assert float(explorer.control("W").input_value()) > W
    assert float(explorer.control("b").input_value()) > b
    assert page.locator("path.model").get_attribute("d") != line


@pytest.mark.parametrize("by_finger", [False, True], ids=["mouse", "finger"])
def test_the_outlier_carries_the_lowest_line_away(open_page: Callable, by_finger: bool) -> None:
    page = open_page("loss")
    explorer = explorer_on(page)
    before = explorer.settle()
    output = float(explorer.control("outlier").input_value())
    lowest = page.locator("path.truth").get_attribute("d")
    drag(page, "circle.outlier", 0, 40, by_finger=by_finger)
    assert explorer.wait_for_change(before) != before
    explorer.settle()
    assert float(explorer.control("outlier").input_value()) > output
    assert page.locator("path.truth").get_attribute("d") != lowest


def test_what_only_python_can_compute_is_refused_in_words(open_page: Callable) -> None:
    explorer = explorer_on(open_page("training"))
    explorer.control("batch_size").select_option(index=1)
    explorer.root.locator("text=Batches need Python").wait_for()
    assert explorer.control("batch_size").is_disabled()
    before = explorer.settle()
    explorer.control("step").press("Enter")
    assert explorer.wait_for_change(before) != before
