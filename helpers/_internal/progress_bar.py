"""A progress bar on a notebook's page."""

from collections.abc import Iterator

from IPython import get_ipython
from IPython.display import display

WORDS = "Here a progress bar shows how far the training has come."


def progress_bar(finished: Iterator[int], total: int) -> Iterator[int]:
    """Pass on the numbers of finished epochs, and show them; without a notebook's page, only pass.

    The page gets a widget, the saved notebook fixed words: they are the same after each run.
    """
    if not hasattr(get_ipython(), "kernel"):
        yield from finished
        return
    from ipywidgets import FloatProgress

    bar = FloatProgress(value=0, max=max(total, 1), description="Training")
    view = {"version_major": 2, "version_minor": 0, "model_id": bar.model_id}
    display({"application/vnd.jupyter.widget-view+json": view, "text/plain": WORDS}, raw=True)
    try:
        for bar.value in finished:
            yield int(bar.value)
    finally:
        done = bar.value == bar.max or not total
        bar.bar_style, bar.description = ("success", "Trained") if done else ("warning", "Stopped")
