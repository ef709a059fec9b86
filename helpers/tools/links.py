"""Carries the project's address from pyproject.toml into badges, links and set-up cells.

    python helpers/tools/links.py            writes where something differs
    python helpers/tools/links.py --check    says where something differs

What is the project's own is found out, not listed: the repository that a set-up cell installs
from, and the one whose lessons a Colab badge opens. Other links stay as they are.
"""

import argparse
import re
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

NAME = r"[\w.-]+"
INSTALLED = re.compile(rf"git\+https://github\.com/({NAME}/{NAME})@")
BADGE = re.compile(rf"colab\.research\.google\.com/github/({NAME}/{NAME})/blob/{NAME}/([^\s)\"']+)")
ADDRESSES = (
    "git+https://github.com/{repository}@{ref}",
    "colab.research.google.com/github/{repository}/blob/{ref}",
    "mybinder.org/v2/gh/{repository}/{ref}",
    "raw.githubusercontent.com/{repository}/{ref}",
    "github.com/{repository}/blob/{ref}",
    "github.com/{repository}/tree/{ref}",
    "github.com/{repository}",
)


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
        own.update(found for found, lesson in BADGE.findall(text) if (root / lesson).is_file())
    return own


def stamp(text: str, own: set[str], to: Home) -> str:
    """The text with each address of the own project led to its home."""
    either = "|".join(re.escape(repository) for repository in own)
    for address in ADDRESSES:
        pattern = re.escape(address).replace(r"\{repository\}", f"(?:{either})")
        pattern = pattern.replace(r"\{ref\}", NAME) + r"(?![\w-])"
        text = re.sub(pattern, address.format(repository=to.repository, ref=to.ref), text)
    return text


def differences(root: Path) -> dict[Path, str]:
    """The files that do not lead home, each with the text that would."""
    to, own = home(root), own_repositories(root)
    stamped = {}
    for path in documents(root):
        text = path.read_bytes().decode("utf-8")
        if (new := stamp(text, own, to)) != text:
            stamped[path] = new
    return stamped


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
            print(f"{path.relative_to(root)} {'differs' if arguments.check else 'stamped'}")
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
