"""Makes slides of the notebooks: pages that need no network, for any browser.

    python tools/decks.py notebooks slides

What the pages need, reveal.js and MathJax, comes from npm, once, in the versions and with the
checksums of slideshow/package-lock.json, and is put beside them.
"""

import argparse
import copy
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from nbconvert.exporters import SlidesExporter
from nbformat import NotebookNode
from traitlets.config import Config

import notebooks
import slides
from reading import all_headings

KIT = Path(__file__).parent / "slideshow"
PINS = ("package.json", "package-lock.json")
# From where in the packages, to where beside the pages.
TAKEN = {
    "reveal.js/LICENSE": "reveal/LICENSE",
    "reveal.js/dist/reset.css": "reveal/dist/reset.css",
    "reveal.js/dist/reveal.css": "reveal/dist/reveal.css",
    "reveal.js/dist/reveal.js": "reveal/dist/reveal.js",
    "reveal.js/dist/theme/fonts/source-sans-pro": "reveal/dist/theme/fonts/source-sans-pro",
    "mathjax/LICENSE": "mathjax/LICENSE",
    "mathjax/es5/tex-svg.js": "mathjax/tex-svg.js",
}
LESSON = re.compile(r"\]\((?:\./)?(\d\d_\w+)\.ipynb(?:#[^)]*)?\)")


class DeckError(Exception):
    """Why there are no slides."""


def fetch(assets: Path) -> None:
    """Puts into the folder what the pages need; does nothing where it is there already."""
    wanted = (KIT / PINS[1]).read_bytes()
    there = assets / PINS[1]
    if there.exists() and there.read_bytes() == wanted:
        return
    shutil.rmtree(assets, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in PINS:
            shutil.copy(KIT / name, folder)
        install(Path(folder))
        for source, target in TAKEN.items():
            take(Path(folder, "node_modules", source), assets / target)
    # Last, as the sign that all is there.
    shutil.copy(KIT / PINS[1], there)


def install(folder: Path) -> None:
    """Lets npm fetch and check the packages that are pinned in a folder; runs none of them."""
    npm = shutil.which("npm")
    if npm is None:
        raise DeckError(
            "Slides need npm, which comes with Node.js, to fetch reveal.js once: please install it."
        )
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if run.returncode:
        raise DeckError(f"npm could not fetch reveal.js and MathJax:\n{run.stderr.strip()}")


def take(source: Path, target: Path) -> None:
    """Copies a file, or a folder with all that is in it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)


def for_the_screen(notebook: NotebookNode) -> NotebookNode:
    """A copy as it is shown: badges and live parts left out, long texts cut, links to slides."""
    notebook = copy.deepcopy(notebook)
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = slides.shown_outputs(cell)
            cells.append(cell)
            continue
        for number, part in enumerate(slides.parts(cell.source)):
            piece = copy.deepcopy(cell)
            piece.source = LESSON.sub(r"](\1.html)", part)
            piece["id"] = f"{cell.id}-{number}"
            if number and piece.metadata.get("slideshow", {}).get("slide_type") != "skip":
                piece.metadata["slideshow"] = {"slide_type": "subslide"}
            cells.append(piece)
    notebook.cells = cells
    return notebook


def page(notebook: NotebookNode) -> str:
    """The slides of a notebook, as the text of a page."""
    colours = Config({"CSSHTMLHeaderPreprocessor": {"style": "vs"}})
    exporter = SlidesExporter(
        config=colours,
        extra_template_basedirs=[str(KIT.parent)],
        template_name=KIT.name,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    title = all_headings(notebook)[0][1]
    text, _ = exporter.from_notebook_node(for_the_screen(notebook), {"title": title})
    return text


def make(folder: Path, target: Path) -> list[Path]:
    """Makes a page of each notebook; returns their files."""
    lessons = sorted(folder.glob("*.ipynb"))
    if not lessons:
        raise DeckError(f"There are no notebooks in the folder {folder}.")
    fetch(target / "assets")
    shutil.copy(KIT / "deck.css", target / "assets")
    made = [target / f"{lesson.stem}.html" for lesson in lessons]
    for lesson, file in zip(lessons, made, strict=True):
        file.write_text(page(notebooks.read(lesson)), encoding="utf-8", newline="\n")
    return made


def main() -> int:
    """Makes the slides and says where they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder of the notebooks")
    parser.add_argument("target", type=Path, help="the folder for the slides")
    arguments = parser.parse_args()
    try:
        made = make(arguments.folder, arguments.target)
    except (DeckError, notebooks.NotebookError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(made)} decks. Open {made[0]} in a browser; the arrow keys turn the slides.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
