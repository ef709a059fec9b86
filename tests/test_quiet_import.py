"""`import helpers` says nothing when all is well, and everything when it is not."""

import subprocess
import sys
from pathlib import Path

import tensorflow as tf

import helpers

BROKEN = """
import os
os.write(2, b"the driver of the year 1998 was found\\n")
raise ImportError("this TensorFlow is broken")
"""


def run(code, *, first_on_path=None, **options):
    """Run code in a new Python, with `helpers` and perhaps another folder before all others."""
    path = [str(Path(helpers.__file__).parents[1])]
    if first_on_path is not None:
        path.insert(0, str(first_on_path))
    code = f"import sys; sys.path[:0] = {path}\n{code}"
    return subprocess.run([sys.executable, "-c", code], text=True, **options)


def test_not_a_word_and_what_comes_later_is_heard():
    code = "import helpers, os; helpers.training.fit; sys.stderr.write('py'); os.write(2, b'os')"
    done = run(code, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "pyos")


def test_a_broken_tensorflow_is_not_hidden(tmp_path):
    (tmp_path / "tensorflow.py").write_text(BROKEN)
    done = run("import helpers", first_on_path=tmp_path, capture_output=True)
    assert done.returncode == 1
    assert "the driver of the year 1998 was found" in done.stderr
    assert done.stderr.strip().endswith("ImportError: this TensorFlow is broken")


def test_without_standard_error():
    code = "import os; os.close(2); import helpers; print('imported')"
    done = run(code, stdout=subprocess.PIPE)
    assert (done.returncode, done.stdout) == (0, "imported\n")


def test_without_sys_stderr():
    done = run("sys.stderr = None; import helpers; print('imported')", capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "imported\n", "")


def test_the_processor_is_two_devices_and_everything_runs_on_the_first():
    """Lesson 09 shares a training out over them."""
    code = """
import helpers, tensorflow as tf
print(len(tf.config.list_logical_devices("CPU")), tf.Variable(1.0).device[-5:])
"""
    done = run(code, capture_output=True)
    assert (done.stdout.splitlines()[0][0], done.stderr) == ("2", "")
    if not tf.config.list_physical_devices("GPU"):
        assert done.stdout == "2 CPU:0\n"


def test_a_tensorflow_that_runs_already_is_left_alone():
    code = "import tensorflow as tf; tf.zeros([]); import helpers; print('imported')"
    assert run(code, capture_output=True).stdout == "imported\n"
