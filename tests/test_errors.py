"""A mistake that is made on purpose is shown in one line that is the same everywhere."""

import pytest
import tensorflow as tf

from helpers.errors import expected_error, result_or_error


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
