"""A mistake that is made on purpose is shown in one line that is the same everywhere."""

import warnings

import pytest
import tensorflow as tf

from helpers.errors import expected_error, expected_warning, result_or_error


def printed(capsys, mistake):
    with expected_error():
        mistake()
    return capsys.readouterr().out


def test_one_line_with_kind_and_message(capsys):
    assert printed(capsys, lambda: int("three")) == (
        "ValueError: invalid literal for int() with base 10: 'three'\n"
    )


def test_tensorflow_s_wrapping_is_left_out(capsys):
    said = printed(capsys, lambda: tf.ones([2]) + tf.ones([3]))
    assert said == "InvalidArgumentError: Incompatible shapes: [2] vs. [3]\n"


def test_only_the_first_line(capsys):
    def mistake():
        raise KeyError("first\nsecond")

    def worse():
        raise ValueError("first\nsecond")

    assert printed(capsys, worse) == "ValueError: first\n"
    assert printed(capsys, mistake).count("\n") == 1


def test_an_error_without_words(capsys):
    def mistake():
        raise ValueError

    assert printed(capsys, mistake) == "ValueError\n"


def test_what_does_not_fail_is_a_mistake_of_the_lesson():
    with pytest.raises(AssertionError, match="expected to fail"), expected_error():
        tf.ones([2]) + tf.ones([2])


def test_a_stop_is_not_an_expected_error():
    with pytest.raises(KeyboardInterrupt), expected_error():
        raise KeyboardInterrupt


def test_a_result_is_returned_as_it_is() -> None:
    assert result_or_error(lambda: [1, 2]) == [1, 2]


def test_an_error_is_returned_in_words() -> None:
    words = result_or_error(lambda: tf.zeros([2]) + tf.zeros([3]))
    assert words == "InvalidArgumentError: Incompatible shapes: [2] vs. [3]"


def test_a_stop_is_not_a_result() -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        result_or_error(stop)


def test_each_warning_once_in_one_line(capsys):
    with expected_warning():
        for number in (1, 1, 2):
            warnings.warn(f"Skipped {number}.\nMore.", stacklevel=1)
    captured = capsys.readouterr()
    assert captured.out == "UserWarning: Skipped 1.\nUserWarning: Skipped 2.\n"
    assert captured.err == ""


def test_what_packages_say_to_each_other_is_no_warning(capsys):
    with pytest.raises(AssertionError, match="expected to warn"), expected_warning():
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    assert capsys.readouterr().out == ""


def test_an_error_in_a_block_that_should_warn_is_raised(capsys):
    with pytest.raises(ZeroDivisionError), expected_warning():
        warnings.warn("soon", stacklevel=1)
        raise ZeroDivisionError
    assert capsys.readouterr().out == ""
