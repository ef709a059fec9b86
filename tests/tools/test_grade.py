"""Grading: whatever learners hand in, the table says what is known of it."""

import asyncio
import csv
import inspect
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import grade
from environment import RESULTS
from exercises.engine import catalogue
from exercises.engine.model import Function, Predict
from exercises.engine.stub import solution_code, stub_name

LESSON = catalogue.of_lesson(2)
ASKED = next(exercise for exercise in LESSON if isinstance(exercise, Predict))
TASK = next(exercise for exercise in LESSON if isinstance(exercise, Function))
NAME = stub_name(TASK)
IMPORTS = "import tensorflow as tf\nfrom exercises import exercise"
ELSEWHERE = [e.id for e in LESSON if not e.optional and e not in (ASKED, TASK)]
FLOOD = "while True:\n    print('again and again' * 1000)"
WITH_CHILD = """
import os, subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
os._exit(1)
"""


def chosen(letter: str) -> str:
    return f'exercise("{ASKED.id}").check({letter})'


def tried(code: str) -> tuple[str, str]:
    return code, f'exercise("{TASK.id}").check({NAME})'


# Those that are written as a cell would be.
MISTAKES = [m for m in TASK.misconceptions if inspect.getsource(m.wrong_answer).startswith("def ")]


def mistaken(number: int) -> str:
    wrong = MISTAKES[number].wrong_answer
    return inspect.getsource(wrong).replace(wrong.__name__, NAME)


RIGHT = f'"{ASKED.answer}"'
WRONG = next(letter for letter in ASKED.choices if letter != ASKED.answer)
SOLVED = solution_code(TASK)


def write(path: Path, *sources: str) -> Path:
    """As it may come: without metadata, so without a kernel's name, and without ids."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [new_markdown_cell("# Lesson"), *(new_code_cell(source) for source in sources)]
    for cell in cells:
        del cell["id"]
    path.write_text(json.dumps({**new_notebook(), "cells": cells}), encoding="utf-8")
    return path


def missing(file: str) -> list[list[str]]:
    return [[file, exercise_id, "missing", ""] for exercise_id in ELSEWHERE]


def rows_of(path: Path, seconds: float = 100) -> list[list[str]]:
    """Rows without those of the lesson's other exercises."""
    rows = asyncio.run(grade.grade(path, seconds))
    return [list(row[1:]) for row in rows if row.exercise not in ELSEWHERE]


def running_below(folder: Path) -> list[psutil.Process]:
    """The processes that inherited a place for results in this folder."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(RESULTS, "").startswith(str(folder)):
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def command(root: Path, tmp_path: Path, *arguments: str) -> subprocess.Popen:
    """As `make grade` does it, with a folder for temporary files that can be looked at."""
    (tmp_path / "temporary").mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, str(root / "tools/grade.py"), *arguments],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_folder_of_notebooks(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "handed in"
    write(folder / "anna/02.ipynb", IMPORTS, chosen(RIGHT), *tried(SOLVED))
    write(folder / "ben/02.ipynb", IMPORTS, chosen(RIGHT), *tried(TASK.stub.strip()))
    write(folder / "carla 1.ipynb", IMPORTS, chosen(f'"{WRONG}"'), *tried(mistaken(0)))
    write(folder / "dora.ipynb", IMPORTS, "1 / 0", "import sys; sys.exit()", *tried(mistaken(0)))
    write(folder / "emil.ipynb", IMPORTS, chosen(RIGHT), WITH_CHILD, *tried(SOLVED))
    write(folder / "frank/emptied.ipynb")
    (folder / "frank/broken.ipynb").write_text("{")
    (folder / "frank/nothing.ipynb").write_text("")
    (folder / "frank/nowhere.ipynb").symlink_to("nobody.ipynb")
    write(folder / ".ipynb_checkpoints/anna.ipynb")
    named = ["handed in", "handed in/anna/02.ipynb"]

    process = command(root, tmp_path, *named, "--output", "a table.csv")
    said, complaints = process.communicate(timeout=300)
    assert (process.returncode, complaints) == (0, "")
    with open(tmp_path / "a table.csv", encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    mistake = MISTAKES[0].name
    anna, ben, carla, dora, emil, frank = (
        f"handed in/{name}" for name in ("anna/02", "ben/02", "carla 1", "dora", "emil", "frank")
    )
    expected = [
        [f"{anna}.ipynb", ASKED.id, "correct", ASKED.answer],
        [f"{anna}.ipynb", TASK.id, "correct", ""],
        [f"{ben}.ipynb", ASKED.id, "correct", ASKED.answer],
        [f"{ben}.ipynb", TASK.id, "not attempted", ""],
        [f"{carla}.ipynb", ASKED.id, "not yet", WRONG],
        [f"{carla}.ipynb", TASK.id, "not yet", mistake],
        [f"{dora}.ipynb", "", "error", "ZeroDivisionError in cell 3, and 1 more"],
        [f"{dora}.ipynb", ASKED.id, "missing", ""],
        [f"{dora}.ipynb", TASK.id, "not yet", mistake],
        [f"{emil}.ipynb", "", "stopped", "its kernel ended in cell 4"],
        [f"{emil}.ipynb", ASKED.id, "correct", ASKED.answer],
        [f"{emil}.ipynb", TASK.id, "not checked", "not reached"],
        [f"{frank}/broken.ipynb", "", "unreadable", "not a notebook"],
        [f"{frank}/emptied.ipynb", "", "empty", "no exercise is checked in it"],
        [f"{frank}/nothing.ipynb", "", "unreadable", "not a notebook"],
        [f"{frank}/nowhere.ipynb", "", "unreadable", "not a notebook"],
    ]
    assert table[0] == ["file", "exercise", "state", "diagnosis"]
    assert [row for row in table[1:] if row[1] not in ELSEWHERE] == expected
    executed = [f"{name}.ipynb" for name in (anna, ben, carla, dora, emil)]
    others = [row for file in executed for row in missing(file)]
    assert [row for row in table if row[1] in ELSEWHERE] == others
    order = ["", *(exercise.id for exercise in LESSON)]
    assert table[1:] == sorted(table[1:], key=lambda row: (row[0], order.index(row[1])))

    lines = said.splitlines()
    assert lines[0] == grade.WARNING
    assert sorted(line[:5] for line in lines[1:10]) == [f"[{number}/9]" for number in range(1, 10)]
    talk = lines.index("What to talk about tomorrow (9 notebooks):")
    assert lines[talk + 1].startswith(f"   2  {TASK.id} {TASK.title}: {mistake}. ")
    assert lines[talk + 2 :] == [
        f"   1  {ASKED.id} {ASKED.title}: {WRONG}) {ASKED.choices[WRONG]}",
        "Look at these yourself: 1 empty, 1 error, 1 stopped, 3 unreadable.",
        "",
        "Wrote a table.csv",
    ]
    assert not running_below(tmp_path)
    assert not list((tmp_path / "temporary").iterdir())


def test_a_notebook_that_never_ends(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "x = 1", FLOOD, IMPORTS, chosen(RIGHT))
    start = time.monotonic()
    # Time enough for a kernel to start on a busy machine.
    assert rows_of(path, seconds=12) == [
        ["", "stopped", "still running after 12 seconds, in cell 3"],
        [ASKED.id, "not checked", "not reached"],
        [TASK.id, "missing", ""],
    ]
    assert time.monotonic() - start < 22


def test_what_keeps_a_check_from_being_made(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.ipynb",
        *tried(f"def {NAME}(variable)\n    pass"),
        "class Deceiver:\n    check = print",
        "exercise = lambda number: Deceiver()",
        chosen(RIGHT),
        "exit()",
        "import os; os._exit(1)",
    )
    assert rows_of(path) == [
        ["", "stopped", "its kernel ended in cell 7"],
        [ASKED.id, "not checked", "was not called"],
        [TASK.id, "not checked", "raises SyntaxError"],
    ]


def test_right_once_is_right_and_otherwise_the_last_counts_but_of_choices_the_first(
    tmp_path: Path,
) -> None:
    path = write(
        tmp_path / "a.ipynb",
        IMPORTS,
        chosen(f'"{WRONG}"'),
        chosen(RIGHT),
        chosen("..."),
        *tried(mistaken(0)),
        *tried(mistaken(1)),
        f'# exercise("{TASK.id}").check({NAME})',
    )
    assert rows_of(path) == [
        [ASKED.id, "not yet", WRONG],
        [TASK.id, "not yet", MISTAKES[1].name],
    ]


ODD = [b"[]", b"null", b"\xff\xfe", b'{"cells": 1}', b'{"nbformat": 4, "cells": [1]}', b"[" * 10**5]


@pytest.mark.parametrize("content", ODD, ids=lambda content: content[:9].decode("latin-1"))
def test_what_is_no_notebook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(content)
    assert rows_of(path) == [["", "unreadable", "not a notebook"]]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses such names")
def test_names_and_words_do_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "=A1\x1b[2J\n.ipynb")
    assert [row.file for row in asyncio.run(grade.grade(path, 1))] == ["./=A1?[2J?.ipynb"]


def test_says_when_there_is_nothing_or_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    write(tmp_path / "a.ipynb")
    assert grade.main(["a.ipynb", "folder", "no such.ipynb"]) == 1
    assert grade.main(["folder"]) == 1
    assert grade.main(["a.ipynb", "--output", "no/such.csv"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "There is no notebook: no such.ipynb.",
        "There is no notebook: folder.",
        "no/such.csv was not written: No such file or directory.",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_ends_what_it_started_when_it_is_ended(root: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", FLOOD, chosen(RIGHT))
    process = command(root, tmp_path, str(path))
    end = time.monotonic() + 60
    while len(running_below(tmp_path)) < 2 and time.monotonic() < end:
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    _, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (130, "Stopped. Nothing was written.\n")
    assert not running_below(tmp_path)
    assert not list((tmp_path / "temporary").iterdir())


def test_the_first_choice_is_read_before_anything_runs(tmp_path: Path) -> None:
    """It is kept in the saved output of the check, whatever was chosen afterwards."""
    path = write(tmp_path / "anna.ipynb", IMPORTS, chosen(RIGHT))
    notebook = json.loads(path.read_text(encoding="utf-8"))
    shown = {"output_type": "display_data", "data": {"text/plain": "..."}}
    for kept, expected in [
        ({"id": ASKED.id, "first": WRONG}, ["not yet", WRONG]),
        ({"id": ASKED.id, "first": "z"}, ["correct", ASKED.answer]),
        ({"id": ASKED.id, "first": ["a"]}, ["correct", ASKED.answer]),
        ("nonsense", ["correct", ASKED.answer]),
    ]:
        outputs = [{**shown, "metadata": {"exercise": kept}}]
        notebook["cells"][2] |= {"outputs": outputs, "execution_count": 2}
        path.write_text(json.dumps(notebook), encoding="utf-8")
        assert [ASKED.id, *expected] in rows_of(path)
