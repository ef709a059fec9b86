"""The search for a Python: it believes only what it has run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="written for the shells of Linux and macOS")
# Another version is the Python at hand, told to say that it is one.
DISGUISE = """#!/bin/sh
exec '{python}' -c '
import sys
sys.version_info = ({version}, "final", 0)
sys.executable = "{path}"
{more}
del sys.argv[1]
exec(sys.argv.pop(1), {{}})' "$@"
"""


@pytest.fixture
def add(tmp_path: Path):
    """Puts a command on the search's PATH; without a version, one that fails."""

    def add(name: str, version: str = "", more: str = "") -> Path:
        path = tmp_path / "some where" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        script = "#!/bin/sh\nexit 127\n"
        if version:
            numbers = version.replace(".", ", ")
            script = DISGUISE.format(python=sys.executable, version=numbers, path=path, more=more)
        path.write_text(script)
        path.chmod(0o755)
        return path

    return add


@pytest.fixture
def search(root: Path, tmp_path: Path):
    """Runs the search where only the added commands can be found."""

    def search(*wanted: str, **environment: str) -> subprocess.CompletedProcess:
        base = {"PATH": str(tmp_path / "some where"), "HOME": str(tmp_path / "home")}
        command = ["/bin/sh", str(root / ".ci/find_python"), *wanted]
        return subprocess.run(command, env=base | environment, capture_output=True, text=True)

    return search


def test_takes_the_first_that_works(add, search) -> None:
    add("python3", "3.9.18")
    add("python3.13")
    expected = add("python3.12", "3.12.4")
    add("python3.11", "3.11.9")
    found = search()
    assert (found.returncode, found.stdout, found.stderr) == (0, f"{expected}\n", "")


def test_finds_a_version_asked_for(add, search) -> None:
    add("python3", "3.12.4")
    expected = add("python", "3.13.1")
    assert search("3.13").stdout == f"{expected}\n"
    missing = search("3.11")
    assert missing.returncode == 1
    assert missing.stderr == (
        "Python 3.11 is needed here; found: python3 is 3.12.4, python is 3.13.1.\n"
    )


def test_says_in_one_sentence_what_there_is(add, search) -> None:
    add("python3", "3.9.18")
    add("python3.13")
    add("python3.12", "3.12.1", "sys.modules['ensurepip'] = None".replace("'", '"'))
    add("python3.11", "3.11.2", "sys.maxsize = 2**31 - 1")
    add("python", "3.14.0")
    nothing = search()
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert nothing.stderr == (
        "The lessons run on Python 3.11, 3.12 or 3.13 (64 bits, with venv and ensurepip); found: "
        "python3 is 3.9.18, python3.13 does not run, "
        "python3.12 is 3.12.1 without its module venv or ensurepip, "
        "python3.11 is 3.11.2 for 32 bits, python is 3.14.0.\n"
    )


def test_says_when_there_is_none(search) -> None:
    assert search().stderr.endswith("found: no Python at all.\n")


def test_looks_among_the_versions_of_pyenv(add, search, tmp_path: Path) -> None:
    add("../py env/versions/3.10.1/bin/python", "3.10.1")
    expected = add("../py env/versions/3.11.7/bin/python", "3.11.7")
    found = search(PYENV_ROOT=str(tmp_path / "some where/../py env"))
    assert Path(found.stdout.strip()).resolve() == expected.resolve()


def test_takes_only_what_the_person_names(add, search) -> None:
    add("python3", "3.12.4")
    mine = add("mine", "3.11.1")
    assert search(PYTHON=str(mine)).stdout == f"{mine}\n"
    assert search(PYTHON="no such").stderr.endswith("found: no such does not run.\n")
