"""What the tests of the exercises share."""

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from exercises.engine import catalogue, exercise, progress, run
from exercises.engine.model import Exercise

# In importlib mode, tests find the modules beside them only if told where they are.
sys.path.insert(0, str(Path(__file__).parent))


_numbers = itertools.count()


@pytest.fixture(autouse=True)
def apart(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Strict, with a progress of its own, and a fresh learner in every test."""
    # The limit counts seconds on the wall, and the machine may be busy with other tests.
    monkeypatch.setattr(run, "TIME_LIMIT", 60.0)
    monkeypatch.setenv(exercise.STRICT, "1")
    # Not `tmp_path`: most tests record nothing, and a folder for each takes longer than a check.
    place = tmp_path_factory.getbasetemp() / f"test_{next(_numbers)}" / "progress.json"
    monkeypatch.setenv(progress.PLACE, str(place))
    progress._unwritten = progress.Known()
    exercise.exercise.cache_clear()
    exercise._given.clear()
    yield
    exercise.exercise.cache_clear()
    progress._unwritten = progress.Known()


def every_exercise() -> list[Exercise]:
    return [found for lesson in catalogue.lessons() for found in catalogue.of_lesson(lesson)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs a test once for each exercise, written exercise, misconception, variant or choice."""
    known = every_exercise()
    written = [exercise for exercise in known if hasattr(exercise, "solution")]
    chosen = [exercise for exercise in known if hasattr(exercise, "choices")]
    sets = {
        "any_exercise": [(e.id, e) for e in known],
        "written": [(e.id, e) for e in written],
        "function": [(e.id, e) for e in written if hasattr(e, "returns")],
        "prediction": [(e.id, e) for e in chosen],
        "mistake": [(f"{e.id}-{m.name}", (e, m)) for e in written for m in e.misconceptions],
        "variant": [
            (f"{e.id}-{number}", (e, variant))
            for e in written
            for number, variant in enumerate(e.variants)
        ],
    }
    for name, values in sets.items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(
                name, [value for _, value in values], ids=[test_id for test_id, _ in values]
            )
