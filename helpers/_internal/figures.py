"""Figures as bytes that a page can hold."""

import base64
import contextlib
import html
import io
from collections.abc import Iterator
from contextvars import ContextVar

from matplotlib.figure import Figure
from PIL import Image

_KEPT: ContextVar[list[dict[str, str]] | None] = ContextVar("_KEPT", default=None)


def bundle(
    figure: Figure, alt: str, caption: str, dots_per_inch: int, width: int
) -> dict[str, str]:
    """Turn a figure and its words into what a notebook displays, in every form it may want."""
    png = base64_png(figure, dots_per_inch)
    return {
        "text/html": f'<figure style="margin: 0; max-width: {width}px">'
        f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{png}" '
        'style="max-width: 100%; height: auto; background: white">'
        f"<figcaption>{html.escape(caption)}</figcaption></figure>",
        "image/png": png,
        "text/plain": f"{alt}\n{caption}",
    }


@contextlib.contextmanager
def kept() -> Iterator[list[dict[str, str]]]:
    """Within this context pictures are put into a list instead of being displayed."""
    bundles: list[dict[str, str]] = []
    token = _KEPT.set(bundles)
    try:
        yield bundles
    finally:
        _KEPT.reset(token)


def keep(bundle: dict[str, str]) -> bool:
    """Put a picture into the list of `kept`, if there is one now."""
    bundles = _KEPT.get()
    if bundles is not None:
        bundles.append(bundle)
    return bundles is not None


def base64_png(figure: Figure, dots_per_inch: int) -> str:
    """Draw a figure, nothing cut off at its edges, as the base64 text of a PNG.

    It is reduced to 256 colours, which no eye misses in a plot and which takes a third of the room.
    """
    drawn, reduced = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=dots_per_inch, bbox_inches="tight", pad_inches=0.1)
    Image.open(drawn).convert("RGB").quantize(256).save(reduced, format="png", optimize=True)
    return base64.b64encode(reduced.getvalue()).decode()
