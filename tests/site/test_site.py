"""What somebody relies on who reads the site, from a file, without a network."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lab as driving
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]
LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
PAGES = ["index", "TEACHING", *(f"notebooks/{name}" for name in LESSONS)]
WITH_EXPLORER = [name for name in LESSONS if re.match("0[1-6]", name)]

# Of the visible words in code that look alike, thousands on some pages, one is measured for all.
# Single letters are none: axe-core does not measure them.
SERIOUS = """async () => {
    const seen = new Set();
    const looks = (word) => {
        const { color, fontSize, fontWeight } = getComputedStyle(word);
        const ground = getComputedStyle(word.closest("pre")).backgroundColor;
        return [color, fontSize, fontWeight, ground].join();
    };
    const exclude = [...document.querySelectorAll(".highlight pre span")]
        .filter((word) => word.checkVisibility() && /\\w{2}/.test(word.textContent))
        .filter((word) => seen.size === seen.add(looks(word)).size);
    const options = { resultTypes: ["violations"], preload: false };
    const found = await axe.run({ include: document, exclude }, options);
    return found.violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, help, nodes }) =>
            `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200))}`);
}"""
TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (e) => e && (/auto|scroll|hidden/.test(getComputedStyle(e).overflowX)
        || scrolls(e.parentElement));
    return [...document.querySelectorAll("article *")]
        .filter((e) => e.getBoundingClientRect().right > width + 1 && !scrolls(e.parentElement))
        .slice(0, 5).map((e) => e.outerHTML.slice(0, 150));
}"""


@pytest.fixture
def open_page(site: Path, context: BrowserContext) -> Iterator[Callable[[str], Page]]:
    """Opens a page of the site; in the end, insists that it needed nothing and complained not."""
    complaints: list[str] = []

    def open_page(name: str) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else 0)
        page.on("request", lambda sent: complaints.extend(leaves(sent.url)))
        page.goto((site / f"{name}.html").as_uri())
        return page

    yield open_page
    assert not complaints, complaints


def leaves(address: str) -> list[str]:
    """Requests that go to a network."""
    return [] if address.startswith(("file:", "data:", "blob:")) else [address]


@pytest.mark.parametrize("name", PAGES)
def test_page(open_page: Callable, site: Path, name: str) -> None:
    """Everything that there is to see on a page, in one visit: opening it takes the time."""
    page = open_page(name)
    lesson = name.removeprefix("notebooks/")
    explorer = driving.Explorer(page.locator("section.explorer"))
    before = explorer.settle() if lesson in WITH_EXPLORER else None
    insist_on_a_page_for_everybody(page, site)
    if lesson in LESSONS[1:]:
        insist_on_folded_answers(page)
    if before:
        driving.use_by_keyboard(explorer.controls()[0])
        assert explorer.wait_for_change(before) != before
        assert page.locator(".explorer-still:visible").count() == 0


def what_shuts_people_out(page: Page, site: Path) -> list[str]:
    page.wait_for_load_state("load")
    page.add_script_tag(path=site.parent / "packages/axe.min.js")
    return page.evaluate(SERIOUS)


def insist_on_a_page_for_everybody(page: Page, site: Path) -> None:
    """Nothing that axe-core calls serious, nothing wider than a phone, every picture described."""
    serious = what_shuts_people_out(page, site)
    assert not serious, "\n".join(serious)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.evaluate(TOO_WIDE)
    assert not page.evaluate(TOO_WIDE)
    assert page.locator("img:not([alt]), img[alt='']").count() == 0
    assert page.locator("article h1").count() == 1
    unread = re.findall(r".*\]\(.*|.*\{\{.*", page.locator("article").inner_text())
    assert not [line for line in unread if "http" in line or "{{" in line], unread


def test_one_word_of_code_that_is_hard_to_read_is_found(open_page: Callable, site: Path) -> None:
    page = open_page("notebooks/00_start_here")
    words = page.locator(".highlight pre span:visible", has_text=re.compile("[a-z]{4}"))
    words.last.evaluate("(word) => { word.style.color = '#777' }")
    (found,) = what_shuts_people_out(page, site)
    assert found.startswith("color-contrast")


def insist_on_folded_answers(page: Page) -> None:
    answers = page.locator(".tag_hide-output")
    assert answers.count() >= 2
    for answer in answers.all():
        assert answer.locator(".cell_output").first.is_hidden()
    answers.first.locator("summary").click()
    answers.first.locator(".cell_output").first.wait_for(state="visible")


@pytest.mark.parametrize("context", ["light"], indirect=True)
def test_search_finds(open_page: Callable) -> None:
    page = open_page("index")
    page.goto(page.url.replace("index.html", "search.html?q=broadcasting"))
    found = page.locator("#search-results li a").first
    found.wait_for()
    assert "01_tensors" in page.locator("#search-results").inner_html()


def test_every_internal_link_leads_somewhere(site: Path) -> None:
    lost = []
    for name in PAGES:
        file = site / f"{name}.html"
        for target in re.findall(r'(?:href|src)="([^"]+)"', file.read_text(encoding="utf-8")):
            parts = urlsplit(target.replace("&amp;", "&"))
            if parts.scheme or not parts.path:
                continue
            if not (file.parent / unquote(parts.path)).exists():
                lost.append(f"{name}: {target}")
    assert not lost, "\n".join(sorted(set(lost)))


def test_the_two_themes_differ(browser: Browser, site: Path) -> None:
    colours = set()
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto((site / "notebooks/03_model.html").as_uri())
        colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.close()
    assert len(colours) == 2
