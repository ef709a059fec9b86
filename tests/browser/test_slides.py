"""The slides, in a browser without a network, from the first to the last."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook
from playwright.sync_api import Browser, Page

import slides

WIDTH, HEIGHT = 1280, 720
CURRENT = "section.present:not(.stack)"
# Goes to every slide with all its fragments shown, and says what can be seen there.
WALK = """() => {
  const found = [];
  for (;;) {
    const slide = Reveal.getCurrentSlide();
    while (Reveal.availableFragments().next) Reveal.nextFragment();
    const seen = [...slide.querySelectorAll("*")]
      .filter((each) => !each.closest("mjx-assistive-mml"))
      .map((each) => each.getBoundingClientRect())
      .filter((box) => box.width && box.height);
    const letters = [...slide.querySelectorAll("p, li, td, pre, figcaption")];
    found.push({
      crowded: slide.matches(".crowded") && slide.querySelectorAll(".jp-Cell").length > 1,
      begin: slide.innerText.trim().slice(0, 60),
      bottom: Math.max(0, ...seen.map((box) => box.bottom)),
      right: Math.max(0, ...seen.map((box) => box.right)),
      cut: [...slide.querySelectorAll("pre")].some((pre) => pre.scrollWidth > pre.clientWidth + 1),
      smallest: Math.min(99, ...letters.map((each) => parseFloat(getComputedStyle(each).fontSize))),
      alts: [...slide.querySelectorAll("img")].map((image) => image.alt),
      pictures: [...slide.querySelectorAll("img")].map((image) =>
        image.naturalWidth && image.getBoundingClientRect().height),
    });
    if (Reveal.isLastSlide()) return found;
    Reveal.next();
  }
}"""


@pytest.fixture(scope="session")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The decks of all lessons, with what they need."""
    if shutil.which("npm") is None and os.environ.get("CI") != "true":
        pytest.skip("there is no npm on this machine")
    folder = tmp_path_factory.mktemp("slides")
    slides.make(root / "notebooks", folder)
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of the size of a projector; in the end, insists that it was silent and stayed home."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, offline=True)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text))
    page.on("request", lambda sent: complaints.extend(leaves(sent.url)))
    page.on("requestfailed", lambda sent: complaints.append(f"not there: {sent.url}"))
    yield page
    context.close()
    assert not complaints, "\n".join(complaints)


def leaves(address: str) -> list[str]:
    """Requests that go to a network."""
    return [] if address.startswith(("file:", "data:")) else [address]


def open_deck(page: Page, file: Path) -> None:
    """Until everything is set."""
    page.goto(file.as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    page.evaluate("document.fonts.ready.then(() => MathJax.startup.promise)")


def test_every_slide_can_be_read(page: Page, folder: Path, lesson_path: Path) -> None:
    open_deck(page, folder / f"{lesson_path.stem}.html")
    wrong = []
    found = page.evaluate(WALK)
    for number, slide in enumerate(found, 1):
        place = f"slide {number} ({slide['begin']!r})"
        if slide["bottom"] > HEIGHT or slide["right"] > WIDTH or slide["cut"]:
            wrong.append(f"{place} needs {slide['right']:.0f} by {slide['bottom']:.0f}")
        if slide["smallest"] < 18:
            wrong.append(f"{place} has letters of {slide['smallest']} pixels")
        if slide["crowded"]:
            wrong.append(f"{place} is set smaller, and could have been split")
        if not slide["begin"]:
            wrong.append(f"{place} is empty")
        if not all(len(alt) > 20 for alt in slide["alts"]):
            wrong.append(f"{place} has a picture without words")
        if not all(height >= 240 for height in slide["pictures"]):
            wrong.append(f"{place} has a picture that is too small, or none")
    assert not wrong, "\n".join(wrong)
    assert len(found) > 10
    insist_on_formulas(page, nbformat.read(lesson_path, as_version=4))


def insist_on_formulas(page: Page, notebook: NotebookNode) -> None:
    """Every one is set, none is left as it is written."""
    said = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    if any("$" in text for text in said):
        assert page.locator("mjx-container svg").count() > 0
    assert page.locator("mjx-merror, [data-mjx-error]").count() == 0
    prose = page.locator(".jp-RenderedMarkdown").all_text_contents()
    assert not [text for text in prose if "$" in text]


def test_an_answer_comes_after_its_question(page: Page, folder: Path) -> None:
    open_deck(page, folder / "04_loss.html")
    question = page.locator(CURRENT, has_text="The line is the same, one of")
    answer = question.locator("text=grows by 80.00")
    for _ in range(200):
        if question.count():
            break
        page.keyboard.press("ArrowRight")
    assert answer.is_hidden()
    page.keyboard.press("ArrowRight")
    assert answer.is_visible()


def test_a_deck_leads_to_the_next(page: Page, folder: Path) -> None:
    open_deck(page, folder / "00_start_here.html")
    links = page.locator("a[href$='.html']").evaluate_all("(all) => all.map((each) => each.href)")
    assert f"{(folder / '01_tensors.html').as_uri()}" in links
    assert all(Path(link.removeprefix("file://")).exists() for link in links)


@pytest.mark.parametrize(
    "text",
    ["## Too much\n\n" + "Words and words. " * 300, "## Too wide\n\n`" + "x" * 200 + "`"],
    ids=["high", "wide"],
)
def test_the_walk_sees_what_does_not_fit(page: Page, folder: Path, text: str) -> None:
    cell = new_markdown_cell(text, metadata={"slideshow": {"slide_type": "slide"}})
    file = folder / "too_much.html"
    file.write_text(slides.page(new_notebook(cells=[cell])), encoding="utf-8")
    open_deck(page, file)
    [slide] = page.evaluate(WALK)
    assert slide["bottom"] > HEIGHT or slide["right"] > WIDTH, json.dumps(slide)
