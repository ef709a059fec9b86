"""Remembers what was checked right, and what was chosen first: on this machine, in a small file.

It is `.how_a_machine_learns/progress.json` in the home folder, or what the environment variable
`LESSONS_PROGRESS` names. `show()` displays it, `forget()` deletes it.
"""

import contextlib
import json
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from exercises.engine import catalogue, render
from exercises.engine.model import Exercise, Predict

PLACE = "LESSONS_PROGRESS"
FORMAT = "How a Machine Learns: progress"
WIDTH = 20
LOCK_IS_STALE = 3.0
LONGEST_WAIT = 4.0

# What is raised where the file cannot be kept: RuntimeError without a home folder, ValueError for a
# path with a null character, OSError without the folder, the space or the right to write.
_NO_PLACE = (OSError, RuntimeError, ValueError)


class Known(NamedTuple):
    """The ids of what was checked right, and the first choice of each prediction by its id."""

    done: frozenset[str] = frozenset()
    first: Mapping[str, str] = MappingProxyType({})

    def and_also(self, other: "Known") -> "Known":
        """Both; what was chosen first stays first."""
        return Known(self.done | other.done, {**other.first, **self.first})


# Where nothing can be written, progress lasts as long as the kernel.
_unwritten = Known()


def place() -> Path:
    """The file that holds the progress."""
    named = os.environ.get(PLACE)
    return Path(named) if named else Path.home() / ".how_a_machine_learns" / "progress.json"


def done() -> frozenset[str]:
    """The ids of the exercises that were checked right."""
    return _known().done


def first_choice(exercise_id: str) -> str:
    """The letter that was chosen first in a prediction; empty before that."""
    return _known().first.get(exercise_id, "")


def record(exercise_id: str) -> None:
    """Remember an exercise that was checked right. Never raises."""
    _add(Known(done=frozenset({exercise_id})))


def record_choice(exercise_id: str, letter: str) -> str:
    """Remember what was chosen in a prediction, and return what was chosen first. Never raises."""
    return _add(Known(first={exercise_id: letter})).first[exercise_id]


def _known() -> Known:
    try:
        return _read().and_also(_unwritten)
    except _NO_PLACE:
        return _unwritten


def _add(new: Known) -> Known:
    """Remember more, and return all that is known then."""
    global _unwritten
    try:
        with _alone():
            known = _read()
            whole = known.and_also(_unwritten).and_also(new)
            if whole != known:
                _write(whole)
            _unwritten = Known()
            return whole
    except _NO_PLACE:
        _unwritten = _unwritten.and_also(new)
        return _known()


def forget() -> None:
    """Forget all progress."""
    global _unwritten
    _unwritten = Known()
    text = "Your progress is forgotten."
    try:
        place().unlink(missing_ok=True)
    except _NO_PLACE as error:
        text = f"Your progress could not be deleted: {error}"
    render.show(f'<p role="status">{render.inline(text)}</p>', text)


def show() -> None:
    """Display a bar for each lesson, and what to do next."""
    right = done()
    lines, rows, following = [], [], None
    for lesson in catalogue.lessons():
        core = [e for e in catalogue.of_lesson(lesson) if _counted(e)]
        count = sum(e.id in right for e in core)
        extra = sum(e.id in right for e in catalogue.of_lesson(lesson) if e.optional)
        following = following or next((e for e in core if e.id not in right), None)
        name = f"{lesson:02} {catalogue.title(lesson)}"
        says = f"{count} of {len(core)}" + (f", and {extra} optional" if extra else "")
        filled = count * WIDTH // len(core) if core else WIDTH
        lines.append(f"{name:28} [{'#' * filled}{'.' * (WIDTH - filled)}] {says}")
        rows.append(_row(name, says, 100 * count // len(core) if core else 100))
    if following:
        lesson = int(following.id.partition(".")[0])
        ahead = f"Next: exercise {following.id}, {following.title}, in lesson {lesson:02}."
    else:
        ahead = "All done. What would you like to train now?"
    markup = (
        f'<div role="group" aria-label="Your progress"><ul style="list-style:none;padding:0">'
        f"{''.join(rows)}</ul><p>{render.inline(ahead)}</p></div>"
    )
    render.show(markup, "\n".join([*lines, ahead]))


def _counted(exercise: Exercise) -> bool:
    return not exercise.optional and not isinstance(exercise, Predict)


def _row(name: str, says: str, percent: int) -> str:
    outer = "display:inline-block;width:12em;height:.7em;border:1px solid rgba(127,127,127,.8)"
    inner = f"display:block;height:100%;width:{percent}%;background:rgb(0,158,115)"
    bar = f'<span aria-hidden="true" style="{outer}"><span style="{inner}"></span></span>'
    return (
        f'<li style="margin:.3em 0"><span style="display:inline-block;width:16em">'
        f"{render.inline(name)}:</span> {bar} {render.inline(says)}</li>"
    )


def _read() -> Known:
    """What the file says. One that is not ours to read is set aside."""
    try:
        text = place().read_bytes()
    except FileNotFoundError:
        return Known()
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise ValueError("another program's file")
        # A file of an older version holds no choices.
        first = {str(name): str(letter) for name, letter in content.get("first", {}).items()}
        return Known(frozenset(map(str, content["done"])), first)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        os.replace(place(), _free_name())
        return Known()


def _free_name() -> Path:
    names = (place().with_name(f"{place().name}.broken{n or ''}") for n in range(1000))
    return next(name for name in names if not name.exists())


def _write(known: Known) -> None:
    """Write beside the file and exchange the two: at every moment one of them is whole."""
    target = place()
    first = dict(sorted(known.first.items()))
    content = json.dumps({"format": FORMAT, "done": sorted(known.done), "first": first}, indent=1)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".new")
    try:
        with open(handle, "w", encoding="utf-8") as file:
            file.write(content + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


@contextmanager
def _alone() -> Iterator[None]:
    """Keep other notebooks from writing between our reading and our writing.

    The lock is a file that only one can make. One that is left over from a crash is taken away.

    Raises:
        OSError: if nothing can be written here, or (TimeoutError) not in time.
    """
    place().parent.mkdir(parents=True, exist_ok=True)
    lock = place().with_name(place().name + ".lock")
    end = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            if time.monotonic() > end:
                raise TimeoutError(str(lock)) from None
            with contextlib.suppress(OSError):
                if time.time() - lock.stat().st_mtime > LOCK_IS_STALE:
                    lock.unlink()
            time.sleep(0.01)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            lock.unlink()
