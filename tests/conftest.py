"""What several tests share."""

import os
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# The notebooks are saved, and so compared, with nothing solved; nobody's own progress is touched.
NOBODYS = tempfile.TemporaryDirectory()
os.environ["LESSONS_PROGRESS"] = str(Path(NOBODYS.name, "progress.json"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder: for its files only, `helpers` is imported as installed."""
    return ROOT


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs a test with the argument `lesson_path` once for each notebook."""
    if "lesson_path" in metafunc.fixturenames:
        lessons = sorted(ROOT.glob("notebooks/*.ipynb"))
        metafunc.parametrize("lesson_path", lessons, ids=lambda path: path.stem)
