"""What is imported is required by name: another package may one day come without it."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

# What each folder may rely on. The environment of the image's tests is one of its own.
PINS = "requirements.txt"
MAY_RELY_ON = {
    "helpers": [PINS],
    "exercises": [PINS],
    "notebooks": [PINS],
    "tools": [PINS],
    "tests": [PINS, "tests/requirements.txt"],
    "tests/binder": ["tests/binder/requirements.txt"],
}
# Not installed where these tests run, so nobody can be asked whose module it is.
ELSEWHERE = {"repo2docker": {"jupyter-repo2docker"}, "websocket": {"websocket-client"}}
# pyproject.toml says why it does not name TensorFlow, with which Keras comes.
COMES_WITH_TENSORFLOW = {"tensorflow", "keras"}
OURS = {"helpers", "exercises"}
INSTALLED = packages_distributions()


def same_name(distribution: str) -> str:
    """As package indexes compare names."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


def sources(path: Path) -> Iterator[str]:
    """The code of a module, or of a notebook's cells with `%pip` and the like as Python."""
    if path.suffix == ".py":
        yield path.read_text(encoding="utf-8")
    else:
        cells = nbformat.read(path, as_version=4).cells
        code = [cell.source for cell in cells if cell.cell_type == "code"]
        yield from map(TransformerManager().transform_cell, code)


def imported(source: str) -> Iterator[str]:
    """The first part of the name of each module that is imported, wherever in the code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]


def files_of(root: Path, folder: str) -> list[Path]:
    """Its modules and notebooks, but for those of a folder in it that has its own requirements."""
    apart = [root / other for other in MAY_RELY_ON if other.startswith(f"{folder}/")]
    found = [path for kind in ("*.py", "*.ipynb") for path in (root / folder).rglob(kind)]
    return [path for path in found if not any(map(path.is_relative_to, apart))]


def modules_of(root: Path, folder: str) -> set[str]:
    """What a folder imports that is neither Python's nor ours."""
    ours = {path.stem for folder in ("tools", "tests") for path in (root / folder).rglob("*.py")}
    codes = [code for path in files_of(root, folder) for code in sources(path)]
    found = {name for code in codes for name in imported(code)}
    return found - OURS - ours - sys.stdlib_module_names


def distributions(module: str) -> set[str]:
    """The packages that bring it; none if it is not installed."""
    found = ELSEWHERE.get(module) or INSTALLED.get(module, [])
    return {same_name(name) for name in found}


def named(lines: list[str]) -> set[str]:
    """The packages that these lines ask for."""
    return {same_name(re.match(r"[\w.-]+", line)[0]) for line in lines if re.match(r"\w", line)}


def without_a_name(modules: set[str], lines: list[str]) -> set[str]:
    """The modules that no line asks for."""
    asked = named(lines)
    return {module for module in modules if not distributions(module) & asked}


@pytest.mark.parametrize("folder", MAY_RELY_ON)
def test_what_is_imported_is_required_by_name(root: Path, folder: str) -> None:
    lines = [line for name in MAY_RELY_ON[folder] for line in (root / name).read_text().split("\n")]
    modules = modules_of(root, folder)
    assert modules & {"numpy", "nbformat", "pytest"}
    assert not without_a_name(modules, lines)


@pytest.mark.parametrize("folder", sorted(OURS))
def test_the_package_asks_for_what_it_imports(root: Path, folder: str) -> None:
    """The set-up cell installs it on Colab: pip must know what it needs there."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    modules = modules_of(root, folder) - COMES_WITH_TENSORFLOW
    assert "numpy" in modules
    assert not without_a_name(modules, project["dependencies"])


def test_one_that_nobody_names_is_found() -> None:
    lines = ["# Pillow draws", "numpy==2.4.6", "", "IPython>=9; python_version > '3'"]
    modules = set(imported("import numpy.linalg\ndef f():\n    from PIL import Image, nothing"))
    assert without_a_name(modules | {"IPython", "no_such_module"}, lines) == {
        *("PIL", "no_such_module")
    }
