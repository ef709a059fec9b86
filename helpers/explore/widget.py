"""The widget behind every explorer, and how it reaches the page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.display import display

from helpers._internal import figures

HERE = Path(__file__).parent
RUN_ME = "Run this cell to move it."


class Explorer(anywidget.AnyWidget):
    """One explorer: what Python knows of it, and the values that the reader moves.

    `kind` names the function of explore.js that draws it. `state` holds the data and the starting
    values, and never changes. `values` follows the controls, so that a page that is opened again
    shows what it showed. `request` and `answer` are for what only Python can compute.
    """

    _esm = HERE / "explore.js"
    _css = HERE / "explore.css"

    kind = traitlets.Unicode().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    request = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)

    def __init__(self, kind: str, state: dict, reply: Callable[[dict], dict] | None = None) -> None:
        super().__init__(kind=kind, state=state)
        self._reply = reply

    @traitlets.observe("request")
    def _answer(self, change: Any) -> None:
        """Answer a question of the page; one that makes no sense is left unanswered."""
        if self._reply is None:
            return
        try:
            answer = self._reply(change["new"])
        except (TypeError, ValueError, KeyError):
            return
        self.answer = {**answer, "id": change["new"].get("id")}


@figures.IN_STYLE
def show(explorer: Explorer, picture: figures.Picture) -> None:
    """Display an explorer, and in front of it its starting picture.

    The picture is a display of its own, so that it stays where no kernel runs: explore.js hides it
    as soon as the explorer itself is there. The text is our own, the same for every version of the
    widgets.
    """
    still = figures.bundle(*picture)
    page = still["text/html"].replace("<figure", '<figure class="explorer-still"', 1)
    display({**still, "text/html": page}, raw=True)
    view = {"version_major": 2, "version_minor": 0, "model_id": explorer.model_id}
    display(
        {
            "application/vnd.jupyter.widget-view+json": view,
            "text/html": f"<p>{RUN_ME}</p>",
            "text/plain": RUN_ME,
        },
        raw=True,
    )
