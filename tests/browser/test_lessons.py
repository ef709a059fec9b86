"""Every lesson, as a learner meets it: opened in JupyterLab and run from top to bottom."""

from pathlib import Path

from lab import Explorer, drag, kind_of, use_by_keyboard
from playwright.sync_api import Locator

PICTURES = "figure img, .jp-OutputArea-output img"
ALTS = "(images) => images.map((image) => image.alt)"


def test_lesson_runs_and_its_explorers_move(lesson_path: Path, open_notebook) -> None:
    notebook = open_notebook(lesson_path.name)
    notebook.run_all()
    assert not notebook.error_outputs()

    for place, cell in enumerate(notebook.cells()):
        if "<img" in str(cell.get("outputs", "")):
            alts = notebook.show(place).locator(PICTURES).evaluate_all(ALTS)
            assert alts and all(alts), f"a picture without words in cell {place}"

    for explorer in notebook.explorers():
        every_control_moves_something(explorer)
    assert not notebook.error_outputs()


def every_control_moves_something(explorer: Explorer) -> None:
    """By keyboard and by mouse; some of them change the words, some the picture."""
    seen = {explorer.settle()}
    for control in explorer.controls():
        # Another control may have switched this one off: then there is nothing to insist on.
        for use in (use_by_keyboard, use_by_mouse):
            if not (control.is_visible() and control.is_enabled()):
                continue
            make_movable(explorer, control)
            before = explorer.settle()
            use(control)
            after = explorer.wait_for_change(before)
            assert after != before, f"nothing moved: {use.__name__}, {named(control)}"
            seen.add(after)
    assert len({words for words, _ in seen}) > 1, "the words never changed"
    assert len({picture for _, picture in seen}) > 1, "the picture never changed"


def named(control: Locator) -> str:
    return control.evaluate(
        "e => `${e.tagName} ${e.type} ${e.name} ${e.getAttribute('aria-label')}`"
    )


def make_movable(explorer: Explorer, control: Locator) -> None:
    """Starting again moves nothing at the start, and a step nothing at the end: so leave them."""
    # One that still plays would be paused by the next press: starting again also ends the play.
    if control.get_attribute("name") in ("step", "play"):
        explorer.control("reset").press("Enter")
        explorer.settle()
    if control.get_attribute("name") == "reset":
        for name in ("step", "W", "draw", "first", "x"):
            other = explorer.control(name)
            if other.count() and other.is_enabled():
                before = explorer.settle()
                use_by_keyboard(other)
                explorer.wait_for_change(before)
                return


def use_by_mouse(control: Locator) -> None:
    kind = kind_of(control)
    if kind == "range":
        drag(control, *((0.7, 0.3) if is_right_of_middle(control) else (0.3, 0.7)))
    elif kind == "number":
        control.click(click_count=3)
        control.page.keyboard.type(other_number(control))
        control.press("Tab")
    elif kind == "select":
        other = control.evaluate("e => (e.selectedIndex + 1) % e.options.length")
        control.select_option(index=other)
    elif kind in ("checkbox", "button"):
        control.click()
    else:
        box = control.bounding_box()
        mouse = control.page.mouse
        mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        mouse.down()
        mouse.move(box["x"] + box["width"] / 2 + 30, box["y"] + box["height"] / 2 + 20, steps=4)
        mouse.up()


def is_right_of_middle(control: Locator) -> bool:
    return control.evaluate("e => +e.value > (+e.min + +e.max) / 2")


def other_number(control: Locator) -> str:
    """A step up, or down where that is the end."""
    return control.evaluate(
        """e => {
            const step = +e.step || 1, value = +e.value;
            const next = e.max !== "" && value + step > +e.max ? value - step : value + step;
            return String(Math.round(next / step * 1e6) / 1e6 * step);
        }"""
    )
