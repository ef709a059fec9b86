"""Puts values into words."""

import numpy as np

from exercises.engine.snapshot import Seen

LONGEST = 160


def shown(seen: Seen) -> str:
    """The value itself, as short as it can be."""
    if seen.family == "nothing":
        return "None"
    if seen.family == "parts":
        return shortened(", ".join(f"{name}: {shown(part)}" for name, part in seen.parts)) or "()"
    if seen.array is None:
        return seen.kind
    if seen.family == "text":
        return shortened(repr(seen.array.tolist()))
    if seen.array.dtype.kind == "b" and not seen.array.ndim:
        return "True" if seen.array else "False"
    text = np.array2string(
        seen.array,
        threshold=12,
        edgeitems=3,
        separator=", ",
        formatter={"float_kind": _float},
    )
    return shortened(" ".join(text.split()).replace("[ ", "["))


def _float(number: float) -> str:
    """With a point, so that it doesn't look like a whole number."""
    text = f"{number:.6g}"
    return f"{text}.0" if text.lstrip("-").isdigit() else text


def described(seen: Seen) -> str:
    """The kind of thing it is: `a tf.Tensor (float32, shape [3])`."""
    if seen.family == "parts":
        return f"{seen.kind} of {len(seen.parts)}"
    if seen.array is None or seen.family == "text":
        return seen.kind
    details = [seen.dtype] if seen.dtype else []
    if seen.shape or seen.family in ("tensor", "variable"):
        details.append(f"shape {list(seen.shape)}")
    return f"{seen.kind} ({', '.join(details)})" if details else seen.kind


def compared(wanted: Seen, got: Seen) -> tuple[str, str]:
    """Both values, with their kinds where the values alone look the same."""
    words = shown(wanted), shown(got)
    if words[0] != words[1]:
        return words
    if described(wanted) != described(got):
        return f"{words[0]}, {described(wanted)}", f"{words[1]}, {described(got)}"
    return _digits(wanted), _digits(got)


def _digits(seen: Seen) -> str:
    return shortened(repr(seen.array.tolist())) if seen.array is not None else shown(seen)


def listed(names: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def shortened(text: str, longest: int = LONGEST) -> str:
    """The beginning of a text that is too long for a message."""
    return text if len(text) <= longest else text[: longest - 3] + "..."
