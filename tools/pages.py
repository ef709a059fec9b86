"""Makes a site of the notebooks to read without running anything, from a file or any host.

    python tools/pages.py . .site

Every notebook is run, so that what is read is what it shows today, and each explorer gets the state
that Python gave it: the same module moves it here as in a notebook. Sphinx makes the pages.
"""

import argparse
import base64
import copy
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbformat import NotebookNode

import decks
import links
import notebooks
from reading import tags

KIT = Path(__file__).parent / "website"
EXPLORE = Path(__file__).parents[1] / "explore"
VIEW = "application/vnd.jupyter.widget-view+json"
BADGE = re.compile(r"\[!\[([^]]*)\]\([^)]*\)\]\(([^)]*)\)\n*")
FOLDED = {"answer": "hide-output", "setup": "hide-cell"}


def readable(notebook: NotebookNode, widgets: dict[str, dict]) -> NotebookNode:
    """A copy for reading: answers folded, links for badges, explorers with their state."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        cell.metadata["tags"] = [FOLDED.get(tag, tag) for tag in tags(cell)]
        if cell.cell_type == "markdown":
            # On a line of their own, in the colours of the page, and nothing to load.
            badges = BADGE.findall(cell.source)
            launch = " · ".join(f"[{words}]({target})" for words, target in badges)
            text = BADGE.sub("", cell.source)
            title, _, rest = text.partition("\n")
            cell.source = f"{title}\n\n{launch}\n{rest}" if badges else text
        for output in cell.get("outputs", []):
            if VIEW in output.get("data", {}):
                widget = widgets[output.data[VIEW]["model_id"]]
                output.data = NotebookNode({"text/html": live(widget)})
    return notebook


def live(widget: dict) -> str:
    """Where an explorer will be, with all that it needs to know."""
    saved = json.dumps({name: widget[name] for name in ("kind", "state", "values")})
    saved = saved.replace("</", "<\\/")
    return f'<div class="explorer-here"><script type="application/json">{saved}</script></div>'


def module() -> str:
    """explore.js as an address: a page that was opened from a file may import no other file."""
    code = base64.b64encode((EXPLORE / "explore.js").read_bytes()).decode()
    return f'const EXPLORE = "data:text/javascript;base64,{code}";\n'


def prepare(root: Path, source: Path, packages: Path) -> None:
    """Puts everything that Sphinx needs into a folder."""
    shutil.rmtree(source, ignore_errors=True)
    (source / "notebooks").mkdir(parents=True)
    static = source / "_static"
    static.mkdir()

    def page(path: Path) -> None:
        client = notebooks.execute(path)
        text = readable(notebooks.tidy(client.nb), client.widget_state)
        nbformat.write(text, source / "notebooks" / path.name)

    with ThreadPoolExecutor(2) as pool:  # A kernel is a process of its own.
        list(pool.map(page, sorted((root / "notebooks").glob("*.ipynb"))))
    for name in ("conf.py", "index.md"):
        shutil.copy(KIT / name, source)
    shutil.copy(root / "TEACHING.md", source)
    for style in (EXPLORE / "explore.css", KIT / "site.css"):
        shutil.copy(style, static)
    scripts = [EXPLORE / "page.js", KIT / "explorers.js"]
    texts = [module(), *(script.read_text(encoding="utf-8") for script in scripts)]
    (static / "explorers.js").write_text("\n".join(texts), encoding="utf-8")
    shutil.copy(packages / "node_modules/mathjax/es5/tex-svg.js", static)


def fetch(packages: Path) -> None:
    """Has npm fetch MathJax, and axe-core for the tests, in the pinned versions, once."""
    pins = (KIT / "package-lock.json").read_bytes()
    done = packages / "done"
    if done.exists() and done.read_bytes() == pins:
        return
    shutil.rmtree(packages, ignore_errors=True)
    packages.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(KIT / name, packages)
    decks.install(packages)
    done.write_bytes(pins)


def make(root: Path, target: Path) -> Path:
    """Makes the site and returns its first page.

    Raises:
        decks.DeckError: if npm or Sphinx fails, with what they said.
        notebooks.NotebookError: if a notebook fails.
    """
    fetch(target / "packages")
    prepare(root, target / "source", target / "packages")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-E", "-j2"]
    command += [str(target / "source"), str(target / "html")]
    shutil.rmtree(target / "html", ignore_errors=True)
    address = f"https://github.com/{links.home(root).repository}"
    run = subprocess.run(
        command,
        env={**os.environ, "SITE_REPOSITORY": address},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise decks.DeckError(f"Sphinx was not content:\n{run.stdout}{run.stderr}".strip())
    (target / "html" / ".nojekyll").touch()
    return target / "html" / "index.html"


def main() -> int:
    """Makes the site and says where it is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("root", type=Path, help="the folder of the project")
    parser.add_argument("target", type=Path, help="the folder for the site")
    arguments = parser.parse_args()
    try:
        first = make(arguments.root, arguments.target)
    except (decks.DeckError, notebooks.NotebookError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Open {first} in a browser, or put its folder on any host.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
