"""Makes the picture of the README out of the first two that lesson 06 shows.

`python tools/picture.py notebooks` writes it.
"""

import base64
import io
import sys
from pathlib import Path

from PIL import Image

from notebook_file import read
from reading import outputs


def pictures(notebook: Path) -> list[Image.Image]:
    """The saved pictures of a notebook, in order."""
    shown = [output.get("data", {}) for _, output in outputs(read(notebook))]
    saved = [base64.b64decode(data["image/png"]) for data in shown if "image/png" in data]
    return [Image.open(io.BytesIO(png)).convert("RGB") for png in saved]


def side_by_side(left: Image.Image, right: Image.Image) -> Image.Image:
    """Both in one picture on white, in 256 colours."""
    whole = Image.new("RGB", (left.width + right.width, max(left.height, right.height)), "white")
    whole.paste(left, (0, 0))
    whole.paste(right, (left.width, 0))
    return whole.quantize(256)


def main(notebooks: Path) -> None:
    """Write `images/training.png`."""
    target = notebooks / "images" / "training.png"
    target.parent.mkdir(exist_ok=True)
    left, right = pictures(notebooks / "06_training_loop.ipynb")[:2]
    side_by_side(left, right).save(target, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
