"""Shows what the exercises say: HTML where the front end can, the same words as text everywhere.

Colour is never the only sign: a word and a mark say the same. Text keeps the colour of the page,
and the tints are transparent, so that both suit a dark and a light page.
"""

import html
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display

from exercises.engine.model import Details, Result, State

_LOOKS = {
    State.NOT_ATTEMPTED: ("○", "127, 127, 127"),
    State.CORRECT: ("✓", "0, 158, 115"),
    State.NOT_YET: ("✎", "213, 94, 0"),
    State.CHECKER_FAILED: ("⚠", "204, 121, 167"),
}
_NEUTRAL = ("?", "0, 114, 178")


def show_result(result: Result, goes_on: str = "") -> None:
    """Show what a check found, and with what the lesson goes on.

    What was chosen first in a prediction is kept in the output's metadata, too: it goes where the
    notebook goes.
    """
    body = _paragraphs(result.message)
    body += [_table(result.details)] if result.details else []
    body += _paragraphs(goes_on)
    looks = _NEUTRAL if result.chosen else _LOOKS[result.state]
    first = {"id": result.exercise.id, "first": result.diagnosis} if result.chosen else {}
    text = "\n".join(filter(None, [text_of(result), goes_on]))
    show(_box(_heading(result), body, *looks), text, {"exercise": first} if first else {})


def text_of(result: Result) -> str:
    """What a check found, in plain words."""
    return "\n".join(
        [_heading(result)]
        + [line for line in result.message.splitlines() if line]
        + [f"  {label}: {value}" for label, value in result.details]
    )


def show_note(heading: str, text: str) -> None:
    """Show a hint or a question."""
    show(_box(heading, _paragraphs(text), *_NEUTRAL), f"{heading}\n{text}")


def show_code(heading: str, code: str) -> None:
    """Show a solution."""
    plain = "background:transparent;color:inherit;padding:0"
    style = f"margin:.4em 0;white-space:pre-wrap;{plain}"
    body = [f'<pre style="{style}"><code style="{plain}">{html.escape(code)}</code></pre>']
    show(_box(heading, body, *_NEUTRAL), f"{heading}\n\n{code}")


def show(markup: str, text: str, metadata: Mapping[str, Any] = MappingProxyType({})) -> None:
    """Show markup where the front end can, else its words."""
    if InteractiveShell.initialized():
        display({"text/html": markup, "text/plain": text}, raw=True, metadata=dict(metadata))
    else:
        print(text)


def inline(text: str) -> str:
    """Text as HTML, with `code` in backticks."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))


def _heading(result: Result) -> str:
    """One for all choices: whether a prediction is right, the cell says that follows it."""
    stands = str(result.state)
    if result.chosen:
        before = f", after {result.diagnosis}" if result.diagnosis != result.chosen else ""
        stands = f"you chose {result.chosen}{before}"
    return f"Exercise {result.exercise.id}, {result.exercise.title}: {stands}."


def _box(heading: str, body: list[str], mark: str, colour: str) -> str:
    style = (
        f"border:1px solid rgba({colour},.5);border-left:6px solid rgb({colour});"
        f"border-radius:4px;background:rgba({colour},.08);color:inherit;"
        "padding:.5em .9em;margin:.4em 0;max-width:50em;line-height:1.5"
    )
    sign = f'<span aria-hidden="true" style="color:rgb({colour})">{mark}</span>'
    head = f'<p style="margin:.2em 0">{sign} <strong>{inline(heading)}</strong></p>'
    return f'<div role="status" style="{style}">{head}{"".join(body)}</div>'


def _paragraphs(text: str) -> list[str]:
    style = "margin:.4em 0"
    return [f'<p style="{style}">{inline(line)}</p>' for line in text.splitlines() if line]


def _table(details: Details) -> str:
    cell = "text-align:left;vertical-align:top;padding:.1em .8em .1em 0;background:transparent"
    rows = "".join(
        f'<tr style="background:transparent"><th scope="row" style="{cell}">{html.escape(label)}'
        f'</th><td style="{cell}"><code style="white-space:pre-wrap">{html.escape(value)}</code>'
        "</td></tr>"
        for label, value in details
    )
    style = "margin:.4em 0;border:none;border-collapse:collapse;color:inherit"
    return f'<table style="{style}">{rows}</table>'
