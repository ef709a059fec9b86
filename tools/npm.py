"""Fetches JavaScript with npm: once, in pinned versions, compared with their checksums."""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

PINS = ("package.json", "package-lock.json")


class NpmError(Exception):
    """Why there are no packages."""


def fetch(pins: Path, files: Mapping[str, str], target: Path) -> None:
    """Copies files of the packages that are pinned in a folder; nothing where they are there.

    Args:
        pins: the folder of package.json and package-lock.json.
        files: a file or folder in the packages, and where in the target it belongs.
        target: the folder that gets them; what was in it goes.
    """
    lock, done = pins / "package-lock.json", target / "package-lock.json"
    if done.exists() and done.read_bytes() == lock.read_bytes():
        return
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in PINS:
            shutil.copy(pins / name, folder)
        install(Path(folder))
        for source, place in files.items():
            found, wanted = Path(folder, "node_modules", source), target / place
            wanted.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if found.is_dir() else shutil.copy)(found, wanted)
    # Written last: only where it stands did everything come.
    shutil.copy(lock, done)


def install(folder: Path) -> None:
    """Lets npm fetch and check the packages that are pinned in a folder; runs none of them."""
    npm = shutil.which("npm")
    if npm is None:
        raise NpmError(
            "These pages need npm, which comes with Node.js, to fetch packages once: "
            "please install it."
        )
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if run.returncode:
        raise NpmError(f"npm could not fetch the packages:\n{run.stderr.strip()}")
