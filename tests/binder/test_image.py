"""What Binder builds: repo2docker takes the repository, and what it installs runs the lessons.

No container is made. The steps of repo2docker's Dockerfile are done in a fresh environment that
has what Binder puts into every image.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import repo2docker
from learner import Lab, serve
from memory import GB, Watch, proportional_of_all

ROOT = Path(__file__).parents[2]
BINDERS_MEMORY = 2.0
LARGEST_INSTALLATION, MOST_MEMORY, LESSONS_LEFT_OPEN = 2.2, 1.2, 3
# Of what conda would install into every image, what the lessons' packages meet; PyPI's names.
MET = {
    name: {"jupyterhub-base": "jupyterhub", "nbconvert-core": "nbconvert"}.get(name, name)
    for name in (
        *("ipykernel", "ipython", "ipywidgets", "jupyter-lsp", "jupyter-offlinenotebook"),
        *("jupyter-resource-usage", "jupyter_client", "jupyter_core", "jupyter_server"),
        *("jupyterhub-base", "jupyterlab", "jupyterlab_server", "nbconvert-core", "notebook"),
        *("tornado", "traitlets"),
    )
}


@dataclass
class Image:
    """An environment, and the learner's home in it: the repository."""

    prefix: Path
    home: Path

    @property
    def python(self) -> Path:
        """The one that runs the lessons."""
        return self.prefix / "bin" / "python"

    def run(self, *command: str) -> subprocess.CompletedProcess:
        """Run a command as Binder's user would."""
        places = {"HOME": str(self.home), "KERNEL_PYTHON_PREFIX": str(self.prefix)}
        path = f"{self.prefix}/bin:{os.environ['PATH']}"
        done = subprocess.run(
            command,
            cwd=self.home,
            env=os.environ | places | {"PATH": path},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-9000:]}{done.stderr}"
        return done


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository: what is, or would be, in git."""
    home = tmp_path_factory.mktemp("binder") / "home"
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_bytes((ROOT / name).read_bytes())
    return home


@pytest.fixture(scope="session")
def dockerfile(home: Path) -> str:
    """What repo2docker would build."""
    asked = ["--no-build", "--debug", "--user-id", "1000", "--user-name", "jovyan", "."]
    command = [sys.executable, "-m", "repo2docker", *asked]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="session")
def image(home: Path, dockerfile: str) -> Image:
    """The steps of the Dockerfile, done."""
    image = Image(home.parent / "environment", home)
    subprocess.run([sys.executable, "-m", "venv", str(image.prefix)], check=True)
    pip = [str(image.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    image.run(*pip, *in_every_image(dockerfile))
    for step in steps(dockerfile):
        image.run("bash", "-c", step)
    return image


def in_every_image(dockerfile: str) -> Iterator[str]:
    """What Binder puts into every image of this Python, as pip would be asked for it."""
    (python,) = set(re.findall(r"environment-2epy-2d3-2e(\d+)-2dlinux-2d64-2elock", dockerfile))
    folder = Path(repo2docker.__file__).parent / "buildpacks" / "conda"
    lock = (folder / f"environment.py-3.{python}-linux-64.lock").read_text()
    for name, version in re.findall(r"/([^/\s]+)-([^-/\s]+)-[^-/\s]+\.conda", lock):
        if name in MET:
            yield f"{MET[name]}=={version}"


def steps(dockerfile: str) -> list[str]:
    """The commands that our own files ask for."""
    lines = [line.removeprefix("RUN ") for line in dockerfile.splitlines() if "binder/" in line]
    return [line for line in lines if not line.startswith("COPY")]


@pytest.fixture
def say(capsys: pytest.CaptureFixture) -> Callable[[str], None]:
    """Prints a figure where it is seen, in a test that passes too."""

    def say(words: str) -> None:
        with capsys.disabled():
            print(f"\nBinder: {words}")

    return say


@pytest.fixture
def lab(image: Image) -> Iterator[Lab]:
    """A learner's server."""
    with serve(image.python, image.home) as lab:
        yield lab


def lessons(image: Image) -> list[str]:
    """The learner's copies."""
    return [f"work/{path.name}" for path in sorted((image.home / "work").glob("*.ipynb"))]


def test_repo2docker_takes_our_files(dockerfile: str) -> None:
    version = (ROOT / "binder/runtime.txt").read_text().strip().removeprefix("python-")
    assert f"python={version}" in dockerfile
    assert steps(dockerfile) == [
        '${KERNEL_PYTHON_PREFIX}/bin/pip install --no-cache-dir -r "binder/requirements.txt"',
        "chmod +x binder/postBuild",
        "./binder/postBuild",
    ]


def test_packages_stay_when_a_lesson_changes(dockerfile: str) -> None:
    packages, everything = dockerfile.index("pip install"), dockerfile.index(" src/ ${REPO_DIR}/")
    assert packages < everything, "Docker would install all packages anew for each commit"


def test_pins_are_those_of_the_project() -> None:
    ours, theirs = (
        {line for line in path.read_text().splitlines() if line and not line.startswith("#")}
        for path in (ROOT / "binder/requirements.txt", ROOT / "requirements.txt")
    )
    assert {re.match(r"[\w-]+", line)[0] for line in theirs - ours} == {
        *("nbval", "nbformat", "nbclient", "jupyter_client", "nbconvert")
    }
    assert [line.partition("==")[0] for line in ours - theirs] == ["notebook"]


def test_packages_agree_with_each_other(image: Image) -> None:
    assert "No broken requirements" in image.run(str(image.python), "-m", "pip", "check").stdout


def test_size(image: Image, say: Callable) -> None:
    found = {path.lstat() for path in image.prefix.rglob("*")}
    size = sum({each.st_ino: each.st_blocks * 512 for each in found}.values()) / GB
    say(f"{size:.2f} GB installed, at most {LARGEST_INSTALLATION}")
    assert size < LARGEST_INSTALLATION


def test_badge_opens_the_map_of_the_lessons(image: Image, lab: Lab) -> None:
    (badge,) = re.findall(r"https://mybinder\.org/v2/[^)\s]+", (ROOT / "README.md").read_text())
    (path,) = parse_qs(urlsplit(badge).query)["urlpath"]
    assert b"JupyterLab" in lab.ask(path)
    lesson = json.loads(lab.ask(f"api/contents/{path.removeprefix('lab/tree/')}"))["content"]
    assert lesson["cells"][0]["source"].strip()
    assert not [cell for cell in lesson["cells"] if cell.get("outputs")], "it opens with outputs"


def test_nobody_is_asked_about_news(lab: Lab) -> None:
    plugin = "@jupyterlab/apputils-extension:notification"
    settings = json.loads(lab.ask(f"lab/api/settings/{plugin}"))
    assert settings["schema"]["properties"]["fetchNews"]["default"] == "false"


def test_kernels_left_behind_end(image: Image, lab: Lab) -> None:
    lab.run(lessons(image)[0])
    assert "Culling kernels" in (image.home / "server.log").read_text()


def test_memory_lesson_after_lesson(image: Image, lab: Lab, say: Callable) -> None:
    with Watch([lab.process.pid]) as watch:
        for lesson in lessons(image):
            lab.close(lab.run(lesson))
    peak = watch.peak / GB
    say(f"{peak:.2f} GB at the peak of all lessons, one after the other, at most {MOST_MEMORY}")
    assert peak < MOST_MEMORY


def test_memory_with_lessons_left_open(image: Image, lab: Lab, say: Callable) -> None:
    held = []
    for lesson in lessons(image)[-LESSONS_LEFT_OPEN:]:
        lab.run(lesson)
        held.append(proportional_of_all([lab.process.pid]) / GB)
    say(f"{', '.join(f'{each:.2f}' for each in held)} GB with 1 to {len(held)} lessons left open")
    assert held[-1] < BINDERS_MEMORY


def test_every_saved_output(image: Image) -> None:
    """Last, because what compares the outputs is not in the image."""
    pins = (ROOT / "requirements.txt").read_text().splitlines()
    nbval = [line for line in pins if line.startswith("nbval")]
    image.run(str(image.python), "-m", "pip", "install", "--quiet", *nbval)
    options = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with", "tests/sanitize.cfg"]
    os.environ["LESSONS_PROGRESS"] = str(image.home / "progress.json")
    image.run(str(image.python), "-m", "pytest", "-p", "no:cacheprovider", *options, "notebooks")
