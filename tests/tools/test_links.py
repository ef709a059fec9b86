"""One place says where the project lives; everything that links home agrees with it."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import links

README = """
[![Colab](https://colab.research.google.com/assets/colab-badge.svg)](https://colab.research.google.com/github/us/ours/blob/main/notebooks/01_a.ipynb)
[![Binder](https://mybinder.org/badge_logo.svg)](https://mybinder.org/v2/gh/us/ours/main?urlpath=lab)
`git clone https://github.com/us/ours.git`, [issues](https://github.com/us/ours/issues),
[a file](https://github.com/us/ours/blob/main/README.md), https://github.com/us/ours-too.
[theirs](https://colab.research.google.com/github/tensorflow/docs/blob/master/x.ipynb)
[theirs](https://github.com/tensorflow/docs)
"""
HUB = """
[a hub](https://hub.example.org/hub/user-redirect/git-pull?repo=https%3A%2F%2Fgithub.com%2Fus%2Fours&branch=class)
[theirs](https://hub.example.org/hub/user-redirect/git-pull?repo=https%3A%2F%2Fgithub.com%2Fus%2Fours-too&branch=class)
"""
HEAD = """\
[![Open this lesson in Colab](https://colab.research.google.com/assets/colab-badge.svg)](https://colab.research.google.com/github/{repository}/blob/{ref}/notebooks/{name})
[![Open this lesson on Binder](https://mybinder.org/badge_logo.svg)](https://mybinder.org/v2/gh/{repository}/{ref}?urlpath=lab/tree/work/{name})

# A lesson"""
SET_UP = "    %pip install git+https://github.com/{repository}@{ref}\nimport x"
END = """Back: [One](00_o.ipynb) · Next: [Two](02_b.ipynb)

On Colab: [Two](https://colab.research.google.com/github/{repository}/blob/{ref}/notebooks/02_b.ipynb)"""
BARE_HEAD, BARE_END = "# A lesson", "Back: [One](00_o.ipynb) · Next: [Two](02_b.ipynb)"
PROJECT = """
[project.urls]
Repository = "https://github.com/{repository}"
[tool.lessons]
ref = "{ref}"
"""


def lesson(head: str, end: str, repository: str = "us/ours", ref: str = "main") -> str:
    """The file of a lesson that is called 01_a."""
    names = {"repository": repository, "ref": ref, "name": "01_a.ipynb"}
    sources = [(head, "markdown"), (SET_UP, "code"), (end, "markdown")]
    cells = [
        {"cell_type": kind, "source": text.format(**names).splitlines(keepends=True)}
        for text, kind in sources
    ]
    notebook = {"about": "https://github.com/tensorflow/docs", "cells": cells}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "README.md").write_text(README, encoding="utf-8", newline="\n")
    (tmp_path / "TEACHING.md").write_text(HUB, encoding="utf-8", newline="\n")
    (tmp_path / "notebooks/01_a.ipynb").write_text(
        lesson(HEAD, END), encoding="utf-8", newline="\n"
    )
    move(tmp_path, "us/ours", "main")
    return tmp_path


def move(project: Path, repository: str, ref: str) -> None:
    text = PROJECT.format(repository=repository, ref=ref)
    (project / "pyproject.toml").write_text(text, encoding="utf-8")


def run(root: Path, project: Path, *options: str) -> subprocess.CompletedProcess:
    command = [sys.executable, str(root / "tools/links.py"), *options]
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
    differ = [line for line in check.stdout.splitlines() if line[0] not in "-+"]
    assert differ == ["README.md differs", "TEACHING.md differs", "notebooks/01_a.ipynb differs"]
    assert '-    "    %pip install git+https://github.com/us/ours@main\\n",' in check.stdout
    assert '+    "    %pip install git+https://github.com/teacher/class-2@v1.2\\n",' in check.stdout
    assert read(project / "README.md") == README, "--check changes nothing"

    done = run(root, project)
    assert (done.returncode, done.stderr) == (0, "")
    moved = README.replace("us/ours/blob/main", "teacher/class-2/blob/v1.2")
    moved = moved.replace("us/ours/main", "teacher/class-2/v1.2")
    moved = moved.replace("us/ours.git", "teacher/class-2.git")
    moved = moved.replace("us/ours/issues", "teacher/class-2/issues")
    assert read(project / "README.md") == moved
    hub = HUB.replace("us%2Fours&", "teacher%2Fclass-2&")
    assert read(project / "TEACHING.md") == hub, "a hub's branch is the teacher's own affair"
    stamped = lesson(HEAD, END, "teacher/class-2", "v1.2")
    assert read(project / "notebooks/01_a.ipynb") == stamped
    assert run(root, project, "--check").returncode == 0


@pytest.mark.parametrize(
    ("head", "end"),
    [
        (BARE_HEAD, BARE_END),
        # Made from a copy of another lesson, as CONTRIBUTING.md says.
        (HEAD.replace("{name}", "00_o.ipynb"), END),
        (HEAD, END.replace("notebooks/02_b", "notebooks/01_a")),
        (HEAD.replace("# A lesson", "\n\n# A lesson"), END + "\n"),
    ],
)
def test_badges_and_the_way_on_are_those_of_the_lesson(
    head: str, end: str, root: Path, project: Path
) -> None:
    path = project / "notebooks/01_a.ipynb"
    path.write_text(lesson(head, end), encoding="utf-8")
    run(root, project)
    assert json.loads(read(path))["cells"] == json.loads(lesson(HEAD, END.rstrip()))["cells"]
    assert run(root, project).stdout == "", "stamped once is stamped"


def test_a_notebook_that_leads_nowhere_has_no_way_on(root: Path, project: Path) -> None:
    path = project / "notebooks/01_a.ipynb"
    path.write_text(lesson(HEAD, "The end."), encoding="utf-8")
    assert run(root, project).stdout == ""


def test_a_damaged_notebook_is_named(root: Path, project: Path) -> None:
    (project / "notebooks/01_a.ipynb").write_text("{")
    done = run(root, project)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("notebooks/01_a.ipynb cannot be read as a notebook")


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
        assert links.quoted(old.repository) not in path.read_text(encoding="utf-8"), path.name


def test_one_address_and_one_ref(root: Path) -> None:
    """What the stamping finds is found another way, so that it can overlook nothing."""
    repository, ref = links.home(root)
    launch = rf"{re.escape(repository)}(?:/blob/|/|@)(?!issues)([\w.-]+)"
    places = ("research.google.com/github/", "mybinder.org/v2/gh/", "git+https://github.com/")
    for path in [root / "README.md", *sorted(root.glob("notebooks/*.ipynb"))]:
        text = read(path)
        for place in places if path.suffix == ".ipynb" else places[:2]:
            assert set(re.findall(re.escape(place) + launch, text)) == {ref}, (
                f"{path.name}: {place}"
            )


def test_nothing_else_holds_the_address(root: Path) -> None:
    repository, _ = links.home(root)
    known = {root / "pyproject.toml", *links.documents(root)}
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(listed, cwd=root, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("git does not know these files")
    others = {root / name for name in names.split("\0") if (root / name).is_file()} - known
    found = [str(path) for path in others if repository.encode() in path.read_bytes()]
    assert not found, "`make links` does not reach these"


def test_badges_have_words(root: Path) -> None:
    for path in links.documents(root):
        pictures = re.findall(r"!\[([^\]]*)\]\(", read(path))
        assert all(len(words) > 10 for words in pictures), f"{path.name}: {pictures}"


def test_the_hubs_link_is_understood(root: Path) -> None:
    (address,) = re.findall(r"https://[^\s)`]+/git-pull\?[^\s)`]+", read(root / "TEACHING.md"))
    asked = {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}
    assert asked["repo"] == f"https://github.com/{links.home(root).repository}"
    folder, _, lesson = asked["urlpath"].removeprefix("lab/tree/").partition("/")
    assert folder == asked["targetpath"], "else the link depends on the repository's name"
    assert (root / "notebooks" / Path(lesson).name).is_file()


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
