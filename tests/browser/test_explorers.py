"""What someone who plays with an explorer relies on, whatever else goes on."""

import re
import shutil
import time
from collections.abc import Callable, Iterator

import lab as driving
import pytest
from lab import Explorer, Notebook
from playwright.sync_api import BrowserContext, Locator

SETUP = """\
from helpers import data, explore
inputs, outputs = data.synthesize()"""
OPENERS = {
    "model": "explore.model(inputs, outputs)",
    "loss": "explore.loss(inputs, outputs)",
    "data": "explore.data()",
    "training": "explore.training(inputs, outputs)",
    "tensors": "explore.tensors()",
    "variables": "explore.variables()",
    "slope": "explore.slope()",
}
KINDS = list(OPENERS)
BUSY = "import time; time.sleep(60)"
SECOND = len(KINDS) + 1  # a second explorer of the first kind
DARK, LIGHT = "JupyterLab Dark", "JupyterLab Light"

each_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module")
def all_explorers(lab: driving.Lab, context: BrowserContext) -> Iterator[Notebook]:
    cells = [SETUP, *OPENERS.values(), OPENERS[KINDS[0]]]
    notebook = Notebook.open(context, lab, lab.write("explorers.ipynb", cells))
    notebook.run_all()
    assert not notebook.error_outputs()
    for kind in KINDS:
        notebook.explorer(place_of(kind)).root.locator("svg").first.wait_for()
    notebook.save()
    yield notebook
    notebook.close()


@pytest.fixture
def gallery(all_explorers: Notebook, insist_on_silence: Callable) -> Iterator[Notebook]:
    """A notebook in which each explorer is open, the first of them twice."""
    all_explorers.come_to_the_front()
    yield all_explorers
    insist_on_silence(all_explorers)


def place_of(kind: str) -> int:
    return 1 + KINDS.index(kind)


def slider(explorer: Explorer) -> Locator | None:
    """The control to move, where any will do."""
    sliders = [each for each in explorer.controls() if each.get_attribute("type") == "range"]
    return next(iter(sliders), None)


def move(explorer: Explorer) -> None:
    """Moves whatever can be moved, and insists that it is seen."""
    for control in explorer.controls():
        before = explorer.settle()
        driving.use_by_keyboard(control)
        if explorer.wait_for_change(before, seconds=2) != before:
            follows_its_controls(explorer)
            return
    pytest.fail(f"nothing moves: {explorer.says()}")


def follows_its_controls(explorer: Explorer) -> None:
    """The words say the numbers that the controls stand at, and the picture is a picture."""
    explorer.settle()
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", explorer.says().replace("−", "-"))]
    for name in ("W", "b"):
        control = explorer.control(name)
        if explorer.kind in ("model", "loss") and control.count():
            value = float(control.input_value())
            assert any(abs(value - number) < 0.006 for number in numbers), (
                f"{name} stands at {value}, but: {explorer.says()}"
            )
    is_a_picture(explorer)


def is_a_picture(explorer: Explorer) -> None:
    assert explorer.root.locator("svg").first.evaluate("e => e.getBBox().width") > 0
    # The letters of an image within the picture may spell anything.
    seen = re.sub(r'"data:[^"]*"', "", "".join(explorer.seen()))
    for nonsense in ("NaN", "Infinity", "undefined", "null"):
        assert nonsense not in seen, re.search(f".{{,60}}{nonsense}.{{,20}}", seen)[0]


# What is typed


@each_kind
def test_anything_can_be_typed_into_a_number_field(gallery: Notebook, kind: str) -> None:
    explorer = gallery.explorer(place_of(kind))
    for field in explorer.root.locator("input[type=number]").all():
        if not field.is_enabled():
            continue
        good = field.input_value()
        for typed in ("e", "", "1e9", "-1e9"):
            field.click(click_count=3)
            gallery.page.keyboard.press("Delete")
            gallery.page.keyboard.type(typed)
            explorer.settle(frames=3)
            is_a_picture(explorer)
            field.press("Tab")
            explorer.settle(frames=3)
            is_a_picture(explorer)
            what = f"{field.get_attribute('name')}, {typed!r} typed"
            value = field.input_value()
            assert value, f"{what}: the field stays empty"
            low, high = field.evaluate("e => [e.min, e.max]")
            assert low == "" or float(low) <= float(value), f"{what}: shows {value}"
            assert high == "" or float(value) <= float(high), f"{what}: shows {value}"
        field.fill(good)
        field.press("Tab")
        assert float(field.input_value()) == float(good)
        follows_its_controls(explorer)


@each_kind
def test_ends_of_its_ranges(gallery: Notebook, kind: str, screenshot: Callable) -> None:
    explorer = gallery.explorer(place_of(kind))
    screenshot(explorer, "start")
    for key in ("Home", "End"):
        for control in explorer.controls():
            if control.get_attribute("type") == "range" and control.is_enabled():
                control.press(key)
        follows_its_controls(explorer)
        screenshot(explorer, f"all_at_{key.lower()}")


# More than one, again, later


def test_two_at_once_leave_each_other_alone(gallery: Notebook) -> None:
    first, second = gallery.explorer(1), gallery.explorer(SECOND)
    resting = second.settle()
    first = gallery.explorer(1)
    move(first)
    second = gallery.explorer(SECOND)
    assert second.settle() == resting
    moved = gallery.explorer(1).settle()
    move(gallery.explorer(SECOND))
    assert gallery.explorer(1).settle() == moved


@each_kind
def test_the_cell_run_again_opens_it_anew(gallery: Notebook, kind: str) -> None:
    place = place_of(kind)
    move(gallery.explorer(place))
    for _ in range(3):
        gallery.run_cell(place)
    assert gallery.show(place).locator("section.explorer").count() == 1
    move(gallery.explorer(place))


def test_the_page_reloaded(gallery: Notebook) -> None:
    """What was there is there again: the explorer itself, or its picture with its words."""
    for kind in KINDS:
        move(gallery.explorer(place_of(kind)))
    gallery.save()
    gallery.page.reload()
    gallery.wait_until_ready()
    for kind in KINDS:
        explorer_or_picture(gallery, kind)
    assert not gallery.error_outputs()
    gallery.run_all()  # For the tests to come, whichever of the two it was.


def explorer_or_picture(notebook: Notebook, kind: str) -> None:
    """One of the two is seen; the explorer, where it is, moves."""
    cell = notebook.show(place_of(kind))
    shown = cell.locator("section.explorer:visible, .explorer-still img[alt]:visible").first
    shown.wait_for(timeout=10_000)
    time.sleep(0.3)
    if cell.locator("section.explorer:visible").count():
        assert cell.locator("img[alt]:visible").count() == 0, "the picture stands beside it"
        move(notebook.explorer(place_of(kind)))


def test_the_saved_notebook_before_anything_runs(
    gallery: Notebook, open_notebook: Callable, lab: driving.Lab
) -> None:
    """Another day, another page: the explorer, or its picture with its words."""
    shutil.copy(lab.folder / gallery.name, lab.folder / "saved.ipynb")
    notebook = open_notebook("saved.ipynb")
    notebook.expected = driving.WITHOUT_A_KERNEL
    for kind in KINDS:
        explorer_or_picture(notebook, kind)


@each_kind
def test_the_picture_gives_way_to_the_explorer(gallery: Notebook, kind: str) -> None:
    cell = gallery.show(place_of(kind))
    cell.locator("section.explorer").wait_for()
    assert cell.locator(".explorer-still").count() == 1
    cell.locator(".explorer-still").wait_for(state="hidden")


def test_a_second_view_follows_the_first(gallery: Notebook) -> None:
    first = gallery.explorer(1)
    gallery.page.evaluate(f"() => {{ {driving.CONTENT}.activeCellIndex = 1; }}")
    gallery.execute("notebook:create-output-view")
    views = gallery.page.locator("section.explorer[data-kind=model]:visible")
    second = Explorer(gallery.page.locator(".jp-LinkedOutputView section.explorer"))
    second.root.wait_for()
    first.control("W").press("Home")
    time.sleep(0.5)
    before = second.settle()
    first.control("W").press("End")
    assert second.wait_for_change(before) != before
    assert views.count() >= 2
    assert second.control("W").input_value() == first.control("W").input_value()
    gallery.page.locator(".lm-TabBar-tab.lm-mod-current .lm-TabBar-tabCloseIcon").last.click()


# The kernel does something else, or is gone


# One that needs no kernel, and the one that asks it.
TWO = ["model", "training"]


@pytest.fixture(scope="module")
def with_its_own_kernel(lab: driving.Lab, context: BrowserContext) -> Iterator[Notebook]:
    name = lab.write("kernel.ipynb", [SETUP, *map(OPENERS.get, TWO), BUSY])
    notebook = Notebook.open(context, lab, name)
    yield notebook
    notebook.close()


@pytest.mark.parametrize("fate", ["busy", "interrupt", "restart", "shutdown"])
def test_moved_while_the_kernel(
    with_its_own_kernel: Notebook, insist_on_silence: Callable, fate: str
) -> None:
    """The same notebook for all fates; what one leaves behind, the next runs again."""
    notebook = with_its_own_kernel
    notebook.come_to_the_front()
    for place in range(len(TWO) + 1):
        notebook.run_cell(place)
    for place in (1, 2):
        move(notebook.explorer(place))
    if fate in ("busy", "interrupt"):
        notebook.start_cell(len(TWO) + 1)
        notebook.page.wait_for_function(f"() => {driving.KERNEL}.status === 'busy'")
    for number in range(len(TWO)):
        explorer = notebook.explorer(1 + number)
        control = slider(explorer)
        if control:
            control.focus()
            control.press("ArrowRight")
        if number == 0 and fate != "busy":
            notebook.kernel(fate)
        move(explorer)
    if fate == "busy":
        notebook.kernel("interrupt")
    if fate != "shutdown":
        notebook.wait_until_ready()
    for place in (1, 2):
        move(notebook.explorer(place))
    insist_on_silence(notebook)


# Nothing flickers

SAMPLE = """(explorer) => new Promise((done) => {
    const frames = [];
    function look() {
        const pictures = [...explorer.querySelectorAll("svg")];
        const filled = pictures.every((svg) => svg.children.length && svg.getBBox().width > 0);
        frames.push([
            explorer.getBoundingClientRect().height,
            pictures.length > 0 && filled && explorer.isConnected,
            +explorer.dataset.frame,
        ]);
        const drawn = frames.length > 60 && frames.at(-1)[2] > frames[0][2];
        if (!drawn && frames.length < 600) requestAnimationFrame(look);
        else { window.sampled = frames; done(); }
    }
    window.sampled = null;
    requestAnimationFrame(look);
})"""


@each_kind
def test_height_stays_and_nothing_blinks_while_a_key_is_held(gallery: Notebook, kind: str) -> None:
    explorer = gallery.explorer(place_of(kind))
    control = slider(explorer)
    if control is None:
        pytest.skip("has nothing to hold a key on")
    control.press("Home")
    explorer.settle()
    explorer.root.evaluate(f"(explorer) => {{ ({SAMPLE})(explorer); }}")
    sampling = "() => window.sampled === null"
    driving.hold(gallery.page, driving.FORTH_AND_BACK, lambda: gallery.page.evaluate(sampling))
    heights, filled, frames = zip(*gallery.page.evaluate("() => window.sampled"), strict=True)
    assert len(set(heights)) == 1, f"heights: {sorted(set(heights))}"
    assert all(filled), "blank for a while"
    assert frames[-1] > frames[0], "nothing was drawn"


# Readable by everyone


@each_kind
def test_every_control_has_a_name(gallery: Notebook, kind: str) -> None:
    """In the tree that a screen reader is given."""
    explorer = gallery.explorer(place_of(kind))
    told = explorer.root.aria_snapshot()
    roles = "slider|spinbutton|combobox|button|checkbox|radio|img|region|textbox|listbox"
    nameless = re.findall(rf'^ *- (?:{roles})(?! ")\b.*$', told, re.MULTILINE)
    assert not nameless, told
    assert explorer.root.get_attribute("aria-label")
    for svg in explorer.root.locator("svg[role=img]").all():
        for part in ("title", "desc"):
            words = svg.locator(f"xpath=./*[local-name()='{part}']").text_content()
            assert words.strip(), f"a picture without {part}"
    assert explorer.root.locator(".says[aria-live=polite]").count() == 1


@each_kind
def test_all_controls_are_reached_by_tab(gallery: Notebook, kind: str) -> None:
    explorer = gallery.explorer(place_of(kind))
    explorer.settle()
    controls = explorer.controls()
    controls[0].focus()
    for control in controls[1:]:
        gallery.page.keyboard.press("Tab")
        focused = explorer.root.evaluate("e => document.activeElement.outerHTML.slice(0, 200)")
        reached = control.evaluate("e => e === document.activeElement")
        assert reached, f"Tab led to {focused}"


def fits(explorer: Explorer) -> None:
    """Nothing sticks out at the right, nothing has to be scrolled sideways."""
    inner, outer = explorer.root.evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert inner <= outer, f"{inner} pixels of contents in {outer}"
    sticking_out = explorer.root.evaluate(
        """e => {
            const page = e.closest(".jp-OutputArea-output").getBoundingClientRect().right;
            const all = [e, ...e.querySelectorAll("input, select, button, label, svg, p")];
            return all.filter((c) => c.getBoundingClientRect().right > page + 1)
                .map((c) => c.outerHTML.slice(0, 150));
        }"""
    )
    assert not sticking_out, sticking_out


def test_on_a_phone(gallery: Notebook, screenshot: Callable) -> None:
    before = gallery.page.viewport_size
    gallery.execute("application:toggle-left-area")
    gallery.page.set_viewport_size({"width": 390, "height": 844})
    try:
        for kind in KINDS:
            explorer = gallery.explorer(place_of(kind))
            fits(explorer)
            move(explorer)
            fits(explorer)
            screenshot(explorer, "phone")
    finally:
        gallery.page.set_viewport_size(before)
        gallery.execute("application:toggle-left-area")


def test_at_twice_the_size(gallery: Notebook, screenshot: Callable) -> None:
    """200 % zoom: half the page at twice the pixels."""
    before = gallery.page.viewport_size
    zoom = gallery.page.context.new_cdp_session(gallery.page)
    half = {name: before[name] // 2 for name in ("width", "height")}
    gallery.execute("application:toggle-left-area")
    zoom.send(
        "Emulation.setDeviceMetricsOverride", {**half, "deviceScaleFactor": 2, "mobile": False}
    )
    try:
        assert gallery.page.evaluate("() => [innerWidth, devicePixelRatio]") == [half["width"], 2]
        for kind in KINDS:
            explorer = gallery.explorer(place_of(kind))
            fits(explorer)
            move(explorer)
            screenshot(explorer, "zoomed")
    finally:
        zoom.send("Emulation.clearDeviceMetricsOverride")
        zoom.detach()
        gallery.page.set_viewport_size(before)
        gallery.execute("application:toggle-left-area")


CONTRAST = """(explorer) => {
    const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
    const light = (color) => {
        const part = numbers(color).slice(0, 3).map((c) => c / 255)
            .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
    };
    function behind(element) {
        for (; element; element = element.parentElement) {
            const color = getComputedStyle(element).backgroundColor;
            if ((numbers(color)[3] ?? 1) > 0.5) return color;
        }
        return "rgb(255, 255, 255)";
    }
    const words = [explorer.querySelector(".says"), ...explorer.querySelectorAll("label, button")];
    return words.filter((element) => element && element.offsetParent).map((element) => {
        const [dark, bright] = [getComputedStyle(element).color, behind(element)]
            .map(light).sort((a, b) => a - b);
        return [(bright + 0.05) / (dark + 0.05), element.textContent.trim().slice(0, 60)];
    }).filter(([ratio]) => ratio < 4.5);
}"""


def test_words_can_be_read_in_light_and_dark(gallery: Notebook, screenshot: Callable) -> None:
    try:
        for theme, short in ((DARK, "dark"), (LIGHT, "light")):
            gallery.execute("apputils:change-theme", theme=theme)
            body = f"body[data-jp-theme-name='{theme}']"
            gallery.page.wait_for_selector(body, state="attached")
            for kind in KINDS:
                explorer = gallery.explorer(place_of(kind))
                explorer.settle()
                screenshot(explorer, short)
                faint = explorer.root.evaluate(CONTRAST)
                assert not faint, f"{kind}, {theme}: too little contrast, of 4.5: {faint}"
    finally:
        gallery.execute("apputils:change-theme", theme=LIGHT)


@each_kind
def test_motion_stops_for_those_who_ask_for_less(gallery: Notebook, kind: str) -> None:
    """Play then goes to the end in one step."""
    if not gallery.explorer(place_of(kind)).control("play").count():
        pytest.skip("has nothing to play")
    gallery.page.emulate_media(reduced_motion="reduce")
    try:
        gallery.run_cell(place_of(kind))
        explorer = gallery.explorer(place_of(kind))
        before = explorer.settle()
        frame = int(explorer.root.get_attribute("data-frame"))
        explorer.control("play").press("Enter")
        after = explorer.wait_for_change(before)
        assert after != before
        time.sleep(0.5)
        drawn = int(explorer.root.get_attribute("data-frame")) - frame
        assert drawn <= 2, f"drawn {drawn} times"
        assert explorer.seen() == after
    finally:
        gallery.page.emulate_media(reduced_motion="no-preference")
