"""Carries the project's address from pyproject.toml into badges, links and set-up cells.

    python tools/links.py            writes where something differs
    python tools/links.py --check    says what differs, and where

What is the project's own is found out, not listed: the repository that a set-up cell installs
from, and the one whose lessons a Colab badge opens. Other links stay as they are.

Every notebook begins with badges that open it elsewhere, and ends with the way on in Colab, where
a copy that a learner saved has no other lessons beside it. Both are written here.
"""

import argparse
import difflib
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

from notebook_file import text_of
from reading import without_badges

NAME = r"[\w.-]+"
INSTALLED = re.compile(rf"git\+https://github\.com/({NAME}/{NAME})@")
COLAB_LESSON = re.compile(
    rf"colab\.research\.google\.com/github/({NAME}/{NAME})/blob/{NAME}/([^\s)\"']+)"
)
ADDRESSES = (
    "git+https://github.com/{repository}@{ref}",
    "colab.research.google.com/github/{repository}/blob/{ref}",
    "mybinder.org/v2/gh/{repository}/{ref}",
    "raw.githubusercontent.com/{repository}/{ref}",
    "github.com/{repository}/blob/{ref}",
    "github.com/{repository}/tree/{ref}",
    "github.com/{repository}",
    # The same within the query of another address, such as a hub's.
    "github.com%2F{quoted}",
)
COLAB = "https://colab.research.google.com/github/{repository}/blob/{ref}/notebooks/{name}"
OPENS = "Open this lesson"
BADGES = (
    f"[![{OPENS} in Colab](https://colab.research.google.com/assets/colab-badge.svg)]"
    f"({COLAB})\n"
    f"[![{OPENS} on Binder](https://mybinder.org/badge_logo.svg)]"
    "(https://mybinder.org/v2/gh/{repository}/{ref}?urlpath=lab/tree/work/{name})\n\n"
)
WAY_ON = f"\n\nOn Colab: [{{title}}]({COLAB})"
OLD_WAY_ON = re.compile(r"\n*^On Colab: \[[^\n]*$", re.MULTILINE)
TO_LESSON = re.compile(r"\[([^\]]+)\]\((?:\./)?([\w.-]+\.ipynb)\)")


class Home(NamedTuple):
    """Where the project lives: `owner/name` on GitHub, and the branch or tag to launch."""

    repository: str
    ref: str


class LinkError(Exception):
    """Something about the addresses that a person has to put right."""


def home(root: Path) -> Home:
    """Reads from pyproject.toml where the project lives."""
    try:
        settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
        address = settings["project"]["urls"]["Repository"]
        ref = settings["tool"]["lessons"]["ref"]
    except FileNotFoundError:
        raise LinkError(
            f"{root} has no pyproject.toml: run this in the project's folder."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise LinkError(f"pyproject.toml cannot be read: {error}.") from None
    except (KeyError, TypeError):
        raise LinkError(
            "pyproject.toml must have Repository under [project.urls] and ref under [tool.lessons]."
        ) from None
    found = re.fullmatch(rf"https://github\.com/({NAME}/{NAME}?)(\.git)?/?", str(address))
    if not found:
        raise LinkError(
            "Repository in pyproject.toml must look like https://github.com/OWNER/NAME, "
            f"and is {address}."
        )
    if not re.fullmatch(NAME, str(ref)):
        raise LinkError(
            f"ref in pyproject.toml must be a branch or tag without a slash, and is {ref}."
        )
    return Home(found[1], ref)


def documents(root: Path) -> list[Path]:
    """The files that carry addresses."""
    return [*sorted(root.glob("*.md")), *sorted(root.glob("notebooks/*.ipynb"))]


def own_repositories(root: Path) -> set[str]:
    """The repositories under which these files know their own project."""
    own = {home(root).repository}
    for path in documents(root):
        text = path.read_text(encoding="utf-8")
        own.update(INSTALLED.findall(text))
        own.update(
            found for found, lesson in COLAB_LESSON.findall(text) if (root / lesson).is_file()
        )
    return own


def stamp(text: str, own: set[str], to: Home) -> str:
    """The text with each address of the own project led to its home."""
    either = "|".join(re.escape(repository) for repository in own)
    names = {**to._asdict(), "quoted": quoted(to.repository)}
    for address in ADDRESSES:
        pattern = re.escape(address).replace(r"\{repository\}", f"(?:{either})")
        pattern = pattern.replace(r"\{quoted\}", f"(?:{quoted(either)})")
        pattern = pattern.replace(r"\{ref\}", NAME) + r"(?![\w-])"
        text = re.sub(pattern, address.format(**names), text)
    return text


def quoted(repository: str) -> str:
    """`owner/name` as it stands within the query of an address."""
    return repository.replace("/", "%2F")


def lead_on(text: str, name: str, to: Home) -> str:
    """The text of the notebook `name` with its badges, and with the way on in Colab at its end."""
    notebook = json.loads(text)
    prose = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    if not prose:
        return text
    badges = BADGES.format(**to._asdict(), name=name)
    changed = change(prose[0], badges + without_badges(source(prose[0]), OPENS))
    end = OLD_WAY_ON.sub("", source(prose[-1])).rstrip()
    if lessons := TO_LESSON.findall(end):
        title, lesson = lessons[-1]
        changed |= change(prose[-1], end + WAY_ON.format(**to._asdict(), title=title, name=lesson))
    if not changed:
        return text
    return text_of(notebook)


def source(cell: dict) -> str:
    """The text of a cell, which a file holds in one string or in lines."""
    return "".join(cell["source"])


def change(cell: dict, text: str) -> bool:
    """Puts a text into a cell; whether it is another."""
    if text == source(cell):
        return False
    cell["source"] = text.splitlines(keepends=True)
    return True


def differences(root: Path) -> dict[Path, str]:
    """The files that do not lead home, each with the text that would."""
    to, own = home(root), own_repositories(root)
    stamped = {}
    for path in documents(root):
        text = path.read_bytes().decode("utf-8")
        new = stamp(text, own, to)
        if path.suffix == ".ipynb":
            try:
                new = lead_on(new, path.name, to)
            except (ValueError, TypeError, KeyError) as error:
                raise LinkError(
                    f"{path.relative_to(root)} cannot be read as a notebook: {error}."
                ) from error
        if new != text:
            stamped[path] = new
    return stamped


def lines_that_differ(path: Path, text: str) -> list[str]:
    """The lines of a file that `text` has not, after a minus, and its own, after a plus."""
    lines = difflib.unified_diff(path.read_text("utf-8").split("\n"), text.split("\n"), "", "", n=0)
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


def main() -> int:
    """Stamps the project in the current folder, or only says what differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="say what differs, change nothing")
    arguments = parser.parse_args()
    root = Path.cwd()
    try:
        stamped = differences(root)
        for path, text in stamped.items():
            if not arguments.check:
                path.write_bytes(text.encode("utf-8"))
                print(f"{path.relative_to(root)} stamped")
            else:
                print(f"{path.relative_to(root)} differs")
                print(*lines_that_differ(path, text), sep="\n")
    except LinkError as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, UnicodeDecodeError) as error:
        print(f"The links could not be read or written: {error}.", file=sys.stderr)
        return 1
    if arguments.check and stamped:
        print(f"`make links` leads them to {'@'.join(home(root))}.", file=sys.stderr)
    return 1 if arguments.check and stamped else 0


if __name__ == "__main__":
    sys.exit(main())
