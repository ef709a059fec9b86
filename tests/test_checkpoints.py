"""A checkpoint gives back what was saved; anything else is refused and changes nothing."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from helpers.data import synthesize
from helpers.scaling.checkpoints import restore
from helpers.training import LinearModel, fit


class Parabola(tf.Module):
    def __init__(self, a=1.0):
        self.a, self.W, self.b = tf.Variable(a), tf.Variable(5.0), tf.Variable(0.0)

    def __call__(self, inputs):
        return self.a * inputs**2 + self.W * inputs + self.b


class WideLine(tf.Module):
    """Named as the line's Variables are, of another shape."""

    def __init__(self):
        self.W, self.b = tf.Variable([1.0, 2.0]), tf.Variable(0.0)

    def __call__(self, inputs):
        return self.W * inputs + self.b


def keras_model():
    model = tf.keras.Sequential([tf.keras.layers.Dense(3), tf.keras.layers.Dense(1)])
    model.build([None, 2])
    return model


def save(model, path):
    return tf.train.Checkpoint(model=model).write(str(path))


@pytest.fixture
def saved(tmp_path):
    """A line with W=2 and b=1, saved."""
    return Path(save(LinearModel(W=2.0, b=1.0), tmp_path / "line"))


def files_of(path):
    return sorted(path.parent.glob(f"{path.name}.*"))


def assert_refused(path, words):
    model = LinearModel(W=7.0, b=-7.0)
    with pytest.raises((TypeError, ValueError), match=words):
        restore(model, path)
    assert (model.W.numpy(), model.b.numpy()) == (7.0, -7.0)


def test_there_and_back(saved):
    model = LinearModel()
    restore(model, saved)
    assert (model.W.numpy(), model.b.numpy()) == (2.0, 1.0)


def test_after_a_training_and_over_an_older_one(tmp_path):
    model, again = LinearModel(), LinearModel()
    for _ in range(2):
        fit(model, *synthesize(20))
        save(model, tmp_path / "line")
    restore(again, str(tmp_path / "line"))
    assert (again.W.numpy(), again.b.numpy()) == (model.W.numpy(), model.b.numpy())
    fit(again, *synthesize(20))
    assert again.W.numpy() != model.W.numpy()


def test_a_keras_model(tmp_path):
    model, again = keras_model(), keras_model()
    save(model, tmp_path / "net")
    restore(again, tmp_path / "net")
    for ours, theirs in zip(again.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("name", ["line", "Gerade für дети 线"])
def test_a_name_in_the_working_folder_and_in_any_script(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    save(LinearModel(W=2.0), name)
    model = LinearModel()
    restore(model, name)
    assert model.W.numpy() == 2.0


def test_a_missing_one(tmp_path):
    assert_refused(tmp_path / "nothing", "There is no checkpoint")
    assert_refused(tmp_path / ("n" * 5000), "There is no checkpoint")


def test_another_model_s(tmp_path):
    save(Parabola(), tmp_path / "parabola")
    assert_refused(tmp_path / "parabola", r"of another model.*a \[\].*this model has")
    save(WideLine(), tmp_path / "wide")
    assert_refused(tmp_path / "wide", r"of another model.*W \[2\]")
    model = Parabola(a=3.0)
    save(LinearModel(W=2.0), tmp_path / "line")
    with pytest.raises(ValueError, match="of another model"):
        restore(model, tmp_path / "line")
    assert [v.numpy() for v in (model.a, model.W)] == [3.0, 5.0]


@pytest.mark.parametrize("which", [0, 1], ids=["data", "index"])
def test_cut_off(saved, which):
    file = files_of(saved)[which]
    whole = file.read_bytes()
    for length in range(0, len(whole), 50):
        file.write_bytes(whole[:length])
        assert_refused(saved, "damaged")


@pytest.mark.parametrize("which", [0, 1], ids=["data", "index"])
def test_a_damaged_byte_never_gives_a_wrong_number(saved, which):
    file = files_of(saved)[which]
    whole = file.read_bytes()
    for position in range(0, len(whole), 13):
        damaged = bytearray(whole)
        damaged[position] ^= 0xFF
        file.write_bytes(damaged)
        model = LinearModel(W=7.0, b=-7.0)
        try:
            restore(model, saved)
        except ValueError:
            assert (model.W.numpy(), model.b.numpy()) == (7.0, -7.0)
        else:  # A byte that says nothing about the numbers.
            assert (model.W.numpy(), model.b.numpy()) == (2.0, 1.0)


def test_files_that_belong_to_different_checkpoints(saved):
    other = Path(save(Parabola(), saved.parent / "parabola"))
    shutil.copy(files_of(other)[0], files_of(saved)[0])
    assert_refused(saved, "damaged")


def test_files_that_were_swapped(saved):
    first, second = files_of(saved)
    swapped = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(swapped)
    assert_refused(saved, "damaged")


def test_half_of_it_is_missing(saved):
    files_of(saved)[0].unlink()
    assert_refused(saved, "damaged")


@pytest.mark.parametrize("path", ["", ".", "folder/"])
def test_a_path_that_names_no_file(path):
    assert_refused(path, "path must name a file")


@pytest.mark.parametrize("path", [None, 3, b"line", ["line"], tf.constant("line")])
def test_what_is_no_path(path):
    assert_refused(path, "path must be text or a pathlib.Path")


@pytest.mark.parametrize("model", [None, "text", LinearModel, np.ones(3), lambda inputs: inputs])
def test_what_is_no_model(saved, model):
    with pytest.raises(TypeError, match="model must be"):
        restore(model, saved)


def test_a_model_tensorflow_cannot_save(saved):
    class Plain:
        trainable_variables = (tf.Variable(1.0),)

        def __call__(self, inputs):
            return inputs

    with pytest.raises(TypeError, match="model must be one that TensorFlow can save"):
        restore(Plain(), saved)
