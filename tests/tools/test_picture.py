"""The README shows what lesson 06 shows."""

from pathlib import Path

from PIL import Image, ImageChops

from picture import pictures, side_by_side

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def test_readme_picture_is_that_of_the_lesson() -> None:
    saved = Image.open(NOTEBOOKS / "images" / "training.png").convert("RGB")
    left, right = pictures(NOTEBOOKS / "06_training_loop.ipynb")[:2]
    wanted = side_by_side(left, right).convert("RGB")
    assert saved.size == wanted.size
    assert ImageChops.difference(saved, wanted).getbbox() is None, "run `make notebooks`"
