"""The README shows what lesson 06 shows."""

from pathlib import Path

from PIL import Image, ImageChops

from picture import pictures, side_by_side


def test_readme_picture_is_that_of_the_lesson(root: Path) -> None:
    saved = Image.open(root / "notebooks/images/training.png").convert("RGB")
    left, right = pictures(root / "notebooks/06_training_loop.ipynb")[:2]
    wanted = side_by_side(left, right).convert("RGB")
    assert saved.size == wanted.size
    assert ImageChops.difference(saved, wanted).getbbox() is None, "run `make notebooks`"
