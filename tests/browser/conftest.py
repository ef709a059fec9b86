"""One server, one browser and one page of JupyterLab for all tests of a process."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

# In importlib mode, tests find the modules beside them only if told where they are.
sys.path.insert(0, str(Path(__file__).parent))

import lab as driving

from copies import copy_lessons

# A folder for a person to look at what was seen.
SCREENSHOTS = os.environ.get("SCREENSHOTS")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if driving.chromium() is None:
        none = "there is no Chromium on this machine: see .ci/chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(none, pytrace=False)
        pytest.skip(none)
    with driving.browse() as browser:
        yield browser


@pytest.fixture(scope="session")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator:
    """JupyterLab, with copies of the lessons."""
    with driving.serve(tmp_path_factory.mktemp("lab")) as lab:
        notes, failures = copy_lessons(root / "notebooks", lab.folder)
        assert not notes + failures
        yield lab


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """What pages share: the files that they have loaded before."""
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    yield context
    context.close()


def without_particulars(complaint: str) -> str:
    """The same complaint on another port, at another time, of another kernel."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]+|w?\d+", "#", complaint)


@pytest.fixture(scope="session")
def blank(lab: driving.Lab, context: BrowserContext) -> driving.Notebook:
    """What is done to the notebooks of the tests, done to one with nothing of ours on the page."""
    blank = driving.Notebook.open(context, lab, lab.write("blank.ipynb", ["1 + 1"]))
    blank.run_all()
    blank.restart_and_run_all()
    blank.save()
    blank.page.reload()
    blank.wait_until_ready()
    blank.kernel("shutdown")
    blank.page.wait_for_timeout(3000)
    blank.put_away()
    return blank


@pytest.fixture(scope="session")
def baseline(blank: driving.Notebook) -> set[str]:
    """What JupyterLab complains about by itself."""
    return {without_particulars(complaint) for complaint in blank.complaints}


@pytest.fixture(scope="session")
def insist_on_silence(baseline: set[str]) -> Callable:
    """Fails if a page complained."""

    def insist_on_silence(notebook: driving.Notebook) -> None:
        complaints, notebook.complaints = notebook.complaints, []
        wrong = [each for each in complaints if without_particulars(each) not in baseline]
        if notebook.expected:
            wrong = [each for each in wrong if not notebook.expected.search(each)]
        assert not wrong, "\n".join(wrong)

    return insist_on_silence


@pytest.fixture
def open_notebook(blank: driving.Notebook, insist_on_silence: Callable) -> Iterator[Callable]:
    """Opens a notebook in the page that all tests share; in the end, insists on its silence."""
    opened = []

    def open_notebook(name: str) -> driving.Notebook:
        opened.append(blank.another(name))
        return opened[-1]

    yield open_notebook
    for notebook in opened:
        notebook.put_away()
        insist_on_silence(notebook)


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable:
    """Saves what an explorer looks like, if somebody wants to see it."""

    def screenshot(explorer: driving.Explorer, name: str) -> None:
        if SCREENSHOTS:
            Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
            explorer.root.screenshot(path=Path(SCREENSHOTS, f"{explorer.kind}_{name}.png"))

    return screenshot
