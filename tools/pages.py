"""Makes a site of the notebooks to read without running anything, from a file or any host.

    python tools/pages.py . .site

What is read is what was saved; `make test` proves that a run shows the same. Notebooks keep no
state of widgets, so those with an explorer are run up to it, and each explorer gets the state that
Python gave it: the same module moves it here as in a notebook. Sphinx makes the pages.
"""

import argparse
import base64
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

import links
import npm
from kernels import execute
from notebook_file import WIDGET_VIEW, NotebookError, read, save
from reading import BADGE, cells, outputs, tags, without_badges

SITE = Path(__file__).parent / "website"
EXPLORE = Path(__file__).parents[1] / "helpers" / "explore"
# From where in npm's packages, to where: MathJax for the pages, axe-core for their tests.
PACKAGES = {"mathjax/es5/tex-svg.js": "tex-svg.js", "axe-core/axe.min.js": "axe.min.js"}
# What MyST folds, by our tags.
FOLDED = {"answer": "hide-output", "solution": "hide-output", "setup": "hide-cell"}


class SiteError(Exception):
    """Why there is no site."""


def page(path: Path) -> NotebookNode:
    """A notebook for reading: answers folded, links for badges, explorers with their state."""
    notebook = read(path)
    shown = widget_views(notebook)
    if shown:
        widgets = widgets_of(path, up_to=shown[-1][0])
        for (_, output), widget in zip(shown, widgets, strict=True):
            output.data = NotebookNode({"text/html": live(widget)})
    for cell in notebook.cells:
        cell.metadata["tags"] = [FOLDED.get(tag, tag) for tag in tags(cell)]
    for _, cell in cells(notebook, "markdown"):
        if badges := list(BADGE.finditer(cell.source)):
            # On a line of their own, in the colours of the page, and nothing to load.
            launch = " · ".join(f"[{badge['words']}]({badge['target']})" for badge in badges)
            title, _, rest = without_badges(cell.source).partition("\n")
            cell.source = f"{title}\n\n{launch}\n{rest}"
    return notebook


def widgets_of(path: Path, up_to: int) -> list[dict[str, Any]]:
    """What Python knows of each widget that is shown in the first cells of a notebook."""
    client = execute(path, up_to)
    ids = [output.data[WIDGET_VIEW]["model_id"] for _, output in widget_views(client.nb)]
    return [client.widget_state[model_id] for model_id in ids]


def widget_views(notebook: NotebookNode) -> list[tuple[int, NotebookNode]]:
    """The outputs that show a widget, each with the number of its cell."""
    return [(n, output) for n, output in outputs(notebook) if WIDGET_VIEW in output.get("data", {})]


def live(widget: dict[str, Any]) -> str:
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

    def write_page(path: Path) -> None:
        save(page(path), source / "notebooks" / path.name)

    with ThreadPoolExecutor(2) as pool:  # A kernel is a process of its own.
        list(pool.map(write_page, sorted((root / "notebooks").glob("*.ipynb"))))
    for name in ("conf.py", "index.md"):
        shutil.copy(SITE / name, source)
    shutil.copy(root / "TEACHING.md", source)
    for style in (EXPLORE / "explore.css", SITE / "site.css", packages / "tex-svg.js"):
        shutil.copy(style, static)
    scripts = [EXPLORE / "page.js", SITE / "explorers.js"]
    texts = [module(), *(script.read_text(encoding="utf-8") for script in scripts)]
    (static / "explorers.js").write_text("\n".join(texts), encoding="utf-8")


def make(root: Path, target: Path) -> Path:
    """Makes the site and returns its first page.

    Raises:
        npm.NpmError, SiteError: if npm or Sphinx fails, with what they said.
        NotebookError: if a notebook fails.
    """
    npm.fetch(SITE, PACKAGES, target / "packages")
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
        raise SiteError(f"Sphinx was not content:\n{run.stdout}{run.stderr}".strip())
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
    except (npm.NpmError, SiteError, NotebookError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Open {first} in a browser, or put its folder on any host.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
