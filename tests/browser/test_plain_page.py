"""An explorer on a page of its own: a file, no Jupyter, no Python, no network."""

import base64
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import lab as driving
import pytest
from PIL import Image
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


def set_number(explorer: driving.Explorer, name: str, value: float) -> None:
    """Type into the field beside a slider."""
    explorer.root.locator(f'input[type=number][name="{name}"]').fill(str(value))
    explorer.settle()


def at_the_last_epoch(open_page: Callable, rate: float = 0.1) -> driving.Explorer:
    page = open_page("training")
    page.emulate_media(reduced_motion="reduce")  # Play then goes to the end in one step.
    explorer = explorer_on(page)
    set_number(explorer, "learning_rate", rate)
    explorer.control("play").press("Enter")
    explorer.settle()
    assert f"Epoch {lines.EPOCHS - 1}:" in explorer.says()
    return explorer


def test_the_secant_becomes_the_tangent(open_page: Callable) -> None:
    explorer = explorer_on(open_page("slope"))
    assert explorer.says() == (
        "At W = 5.00, how wrong = 4.00. 2 further it rises by 12.00, to 16.00. Slope of the secant "
        "(dashed): 12.00 / 2 = 6.00. Slope of the tangent (solid): 4.00. They differ by 2.00."
    )
    explorer.control("distance").press("End")
    explorer.settle()
    assert "0.01 further it rises by 0.0401" in explorer.says()
    assert "They differ by 0.010." in explorer.says()
    set_number(explorer, "x", 0.04)
    assert "At W = 0.00, how wrong = 9.00" in explorer.says()
    assert "falls" in explorer.says() and "in steps: it is 0 now." in explorer.says()


def test_the_point_on_the_curve_is_dragged(open_page: Callable) -> None:
    page = open_page("slope")
    explorer = explorer_on(page)
    tangent = page.locator("path.model").get_attribute("d")
    drag(page, "circle.here", -60, 0, by_finger=False)
    explorer.settle()
    assert -1 <= float(explorer.control("x").evaluate("e => +e.ariaValueText")) < 4.5
    assert page.locator("path.model").get_attribute("d") != tangent


def test_a_new_learning_rate_starts_anew(open_page: Callable) -> None:
    explorer = at_the_last_epoch(open_page)
    explorer.control("learning_rate").press("ArrowRight")
    explorer.settle()
    assert explorer.says().startswith("Epoch 0: W = 5.00, b = 0.00,")
    explorer.control("step").press("Enter")
    explorer.settle()
    assert explorer.says().startswith("Epoch 1:")


def test_a_step_at_the_end_says_that_it_is_the_end(open_page: Callable) -> None:
    explorer = at_the_last_epoch(open_page)
    before = explorer.seen()
    explorer.control("step").press("Enter")
    explorer.wait_for_change(before)
    assert explorer.says().endswith("That was the last step: Play begins again.")


def test_what_leaves_the_pictures_is_at_their_edges_and_said(open_page: Callable) -> None:
    explorer = at_the_last_epoch(open_page, rate=1.5)
    assert re.search(r"It has left the map at the \w+.*, and the chart at the top", explorer.says())
    for svg in explorer.root.locator("svg:has(.prediction)").all():
        mark, around = svg.locator(".prediction").bounding_box(), svg.bounding_box()
        assert mark["x"] >= around["x"] and mark["y"] >= around["y"]
        assert mark["x"] + mark["width"] <= around["x"] + around["width"] + 1
        assert mark["width"] > 5 and mark["height"] > 5
    set_number(explorer, "learning_rate", 0.1)
    assert "It has left" not in explorer.says()


def test_only_words_that_a_lesson_explains(open_page: Callable) -> None:
    said = explorer_on(open_page("training")).says()
    assert "λ" not in said and "The border is" in said


def test_how_wrong_is_said_once_it_is_asked_for(open_page: Callable) -> None:
    page = open_page("model")
    explorer = explorer_on(page)
    explorer.settle()
    gaps = page.locator("path.faint")
    assert "wrong" not in explorer.says() and not gaps.get_attribute("d")
    explorer.control("score").press("Space")
    explorer.settle()
    (score, lowest) = wrong(explorer)
    assert score == lowest and gaps.get_attribute("d").count("M") == 50
    set_number(explorer, "W", 3)
    set_number(explorer, "b", 2)
    better, lowest = wrong(explorer)
    assert better == lowest < score
    set_number(explorer, "b", 6)
    assert wrong(explorer) == (pytest.approx(better + 16, abs=3), lowest)
    explorer.control("reset").press("Enter")
    explorer.settle()
    assert "wrong" not in explorer.says() and not explorer.control("score").is_checked()


def wrong(explorer: driving.Explorer) -> tuple[float, float]:
    """The score, and the lowest so far."""
    found = re.search(r"How wrong: ([\d.]+) .*your lowest: ([\d.]+)\.$", explorer.says())
    return float(found[1]), float(found[2])


@pytest.mark.parametrize("kind", ["loss", "training"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_darker_is_higher_in_any_theme(open_page: Callable, kind: str, theme: str) -> None:
    page = open_page(kind)
    page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
    page.add_style_tag(content="html[data-theme=dark] body { background: #111; color: #eee; }")
    shades = page.locator("svg image")
    shades.scroll_into_view_if_needed()
    picture = Image.open(io.BytesIO(shades.screenshot())).convert("L")
    corner = picture.getpixel((3, 3))
    wide, high = picture.size
    middle = max(picture.crop((wide // 4, high // 4, 3 * wide // 4, 3 * high // 4)).getdata())
    assert middle > 230 > 180 > corner > 60


@pytest.mark.parametrize("width", [390, 640, 800, 1000, 1300])
def test_no_picture_of_the_training_stands_alone_in_a_row(open_page: Callable, width: int) -> None:
    page = open_page("training")
    page.set_viewport_size({"width": width, "height": 900})
    explorer_on(page).settle()
    first, second, third = (svg.bounding_box() for svg in page.locator(".pictures svg").all())
    if width < 540:
        assert first["x"] == second["x"] == third["x"]
        return
    assert third["x"] > first["x"], "the third stands below the first"
    assert third["y"] < first["y"] + first["height"]
    assert min(each["width"] for each in (first, second, third)) > 200


def test_a_valley_that_is_round_looks_round(open_page: Callable) -> None:
    page = open_page("training")
    shades, state = page.locator("svg image"), saved_state(page)
    box = shades.bounding_box()
    across, up = (state[name][1] - state[name][0] for name in "xy")
    assert box["width"] / across == pytest.approx(box["height"] / up, rel=0.02)


def saved_state(page: Page) -> dict:
    """What Python said of the map."""
    text = page.content()
    return json.loads(text[text.index('{"kind"') :].split(", document.getElement")[0])["state"][
        "plots"
    ]["surface"]
