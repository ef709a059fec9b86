"""The site that `make site` has made, in a browser without a network."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

# In importlib mode, tests find modules beside them only if told where they are.
sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

import lab as driving


@pytest.fixture(scope="session")
def site(root: Path) -> Path:
    """The folder of the pages."""
    pages = root / ".site" / "html"
    if not (pages / "index.html").exists():
        pytest.fail("there is no site to test: run `make site` first", pytrace=False)
    return pages


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with driving.browse() as browser:
        yield browser


@pytest.fixture(params=["light", "dark"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """What pages share, in each of the two themes, on a phone."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme=request.param
    )
    yield context
    context.close()
