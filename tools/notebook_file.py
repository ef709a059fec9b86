"""Reads and saves notebooks: the same notebook is always the same bytes.

Copies and links treat notebooks as plain JSON, at once and without a package of others. Everything
else `read`s them with nbformat, whose import takes seconds, and which is imported there.
"""

from __future__ import annotations

import copy
import json
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# What a kernel would write here, without the versions of its machine.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}
KEPT_OF_A_CELL = ("tags", "slideshow")


class NotebookError(Exception):
    """What is wrong with a notebook, and in which cell."""


def read(path: Path) -> NotebookNode:
    """Reads a notebook, or says that it cannot be read."""
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise NotebookError(f"there is no notebook {path}") from None
    except Exception as error:
        raise NotebookError(f"{path} cannot be read as a notebook: {error}") from error


def without_outputs(notebook: dict) -> dict:
    """The notebook as nobody has run it yet. No output is hidden when it comes, but solutions."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
            if "solution" in cell["metadata"].get("tags", []):
                continue
            cell["metadata"].pop("collapsed", None)
            cell["metadata"].get("jupyter", {}).pop("outputs_hidden", None)
    return notebook


def tidy(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what differs between machines, runs and editors.

    Answers and solutions are folded.
    """
    notebook.metadata = copy.deepcopy(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for cell in notebook.cells:
        cell.metadata = {key: cell.metadata[key] for key in KEPT_OF_A_CELL if key in cell.metadata}
        if {"answer", "solution"} & set(cell.metadata.get("tags", [])):
            cell.metadata.update(collapsed=True, jupyter={"outputs_hidden": True})
        for number, output in enumerate(cell.get("outputs", [])):
            # Its own id is drawn anew at each run, and leads to nothing once the kernel is gone.
            if WIDGET_VIEW in output.get("data", {}):
                place = f"{cell.get('id')} {number}"
                output["data"][WIDGET_VIEW]["model_id"] = uuid.uuid5(uuid.NAMESPACE_OID, place).hex
    return notebook


def text_of(notebook: dict) -> str:
    """A notebook, from `read` or as plain JSON, as it stands in its file: in nbformat's layout."""
    if type(notebook) is not dict:
        from nbformat.v4.rwbase import split_lines

        notebook = split_lines(copy.deepcopy(notebook))
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def save(notebook: dict, path: Path) -> None:
    """Writes the whole file or nothing."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text_of(notebook), encoding="utf-8", newline="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
