"""One place says where the project lives; everything that links home agrees with it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.tools import links

README = """
[![Colab](https://colab.research.google.com/assets/colab-badge.svg)](https://colab.research.google.com/github/us/ours/blob/main/notebooks/01_a.ipynb)
[![Binder](https://mybinder.org/badge_logo.svg)](https://mybinder.org/v2/gh/us/ours/main?urlpath=lab)
`git clone https://github.com/us/ours.git`, [issues](https://github.com/us/ours/issues),
[a file](https://github.com/us/ours/blob/main/README.md), https://github.com/us/ours-too.
[theirs](https://colab.research.google.com/github/tensorflow/docs/blob/master/x.ipynb)
[theirs](https://github.com/tensorflow/docs)
"""
LESSON = """{
 "cells": [{"source": ["    %pip install git+https://github.com/us/ours@main\\n", "import x"]}],
 "about": "https://github.com/tensorflow/docs"
}
"""
PROJECT = """
[project.urls]
Repository = "https://github.com/{repository}"
[tool.lessons]
ref = "{ref}"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "README.md").write_text(README, encoding="utf-8", newline="\n")
    (tmp_path / "notebooks/01_a.ipynb").write_text(LESSON, encoding="utf-8", newline="\n")
    move(tmp_path, "us/ours", "main")
    return tmp_path


def move(project: Path, repository: str, ref: str) -> None:
    text = PROJECT.format(repository=repository, ref=ref)
    (project / "pyproject.toml").write_text(text, encoding="utf-8")


def run(root: Path, project: Path, *options: str) -> subprocess.CompletedProcess:
    command = [sys.executable, str(root / "helpers/tools/links.py"), *options]
    return subprocess.run(command, cwd=project, capture_output=True, text=True)


def test_this_project_links_home(root: Path) -> None:
    astray = [str(path.relative_to(root)) for path in links.differences(root)]
    assert not astray, f"`make links` leads home what differs from pyproject.toml: {astray}"


def test_at_home_nothing_changes(root: Path, project: Path) -> None:
    done = run(root, project, "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert run(root, project).stdout == ""
    assert (project / "README.md").read_text(encoding="utf-8") == README


def test_a_fork_is_stamped(root: Path, project: Path) -> None:
    move(project, "teacher/class-2", "v1.2")
    check = run(root, project, "--check")
    assert check.returncode == 1
    assert check.stdout.splitlines() == ["README.md differs", "notebooks/01_a.ipynb differs"]

    done = run(root, project)
    assert (done.returncode, done.stderr) == (0, "")
    moved = README.replace("us/ours/blob/main", "teacher/class-2/blob/v1.2")
    moved = moved.replace("us/ours/main", "teacher/class-2/v1.2")
    moved = moved.replace("us/ours.git", "teacher/class-2.git")
    moved = moved.replace("us/ours/issues", "teacher/class-2/issues")
    assert (project / "README.md").read_text(encoding="utf-8") == moved
    lesson = (project / "notebooks/01_a.ipynb").read_text(encoding="utf-8")
    assert lesson == LESSON.replace("us/ours@main", "teacher/class-2@v1.2")
    assert run(root, project, "--check").returncode == 0


def test_half_a_stamping_is_finished(root: Path, project: Path) -> None:
    move(project, "teacher/class", "main")
    run(root, project)
    (project / "README.md").write_text(README, encoding="utf-8")
    assert run(root, project).stdout == "README.md stamped\n"
    assert "us/ours/" not in (project / "README.md").read_text(encoding="utf-8")


def test_this_project_can_be_forked(root: Path, tmp_path: Path) -> None:
    for path in [root / "pyproject.toml", *links.documents(root)]:
        target = tmp_path / path.relative_to(root)
        target.parent.mkdir(exist_ok=True)
        shutil.copy(path, target)
    old = links.home(root)
    move(tmp_path, "nobody/nothing-yet", "term-1")
    run(root, tmp_path)
    for path in links.documents(tmp_path):
        assert old.repository not in path.read_text(encoding="utf-8"), path.name


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[", "pyproject.toml cannot be read"),
        ("[project]", "must have Repository"),
        (PROJECT.format(repository="one", ref="main"), "must look like"),
        (PROJECT.format(repository="us/ours", ref="a/b"), "without a slash"),
        (PROJECT.format(repository="us/ours", ref=""), "without a slash"),
    ],
)
def test_a_wrong_address_is_explained(root: Path, project: Path, text: str, reason: str) -> None:
    (project / "pyproject.toml").write_text(text)
    done = run(root, project)
    assert (done.returncode, done.stdout) == (1, "")
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert (project / "README.md").read_text(encoding="utf-8") == README


def test_run_elsewhere(root: Path, tmp_path: Path) -> None:
    assert "run this in the project's folder" in run(root, tmp_path).stderr
