"""Code that loops, resists, prints, draws or is plainly odd: a check survives all of it."""

import _thread
import contextlib
import functools
import math
import sys
import threading
import time
import warnings
from unittest import mock

import matplotlib.pyplot as plt
import numpy as np
import pytest
import tensorflow as tf
import toys
from answers import checked
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.display import display

from exercises.engine import run
from exercises.engine.model import Predict, State
from exercises.engine.render import text_of
from exercises.engine.sandbox import run_with_timeout

# Code that never ends


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short limit, for tests of code that never ends."""
    monkeypatch.setattr(run, "TIME_LIMIT", 0.3)


def _forever(first, second):
    while True:
        pass


def _printing(first, second):
    while True:
        print("again and again", file=sys.stderr)
        print("again and again")


def _catching(first, second):
    while True:
        try:
            math.sqrt(-1)
        except Exception:
            continue


def _computing(first, second):
    while tf.reduce_sum(first) > 0:
        first = first + 1.0


def _holding_on_once(first, second):
    try:
        while True:
            pass
    except BaseException:
        pass
    while True:
        pass


def _giving_in(first, second):
    try:
        while True:
            pass
    except BaseException:
        return first + second


@pytest.mark.parametrize(
    "answer", [_forever, _printing, _catching, _computing, _holding_on_once, _giving_in]
)
def test_a_loop_is_stopped(answer, hurried):
    before = threading.active_count()
    start = time.perf_counter()
    result = checked(toys.ADD, answer)
    assert time.perf_counter() - start < 1
    assert result.diagnosis == "never_ends"
    assert result.details == (("With", "first = [7.0]; second = [5.0]"),)
    time.sleep(0.05)
    assert threading.active_count() == before


def test_a_loop_that_cannot_be_stopped_is_left_behind(hurried):
    enough = threading.Event()

    def resisting(first, second):
        while not enough.is_set():
            with contextlib.suppress(BaseException):
                while not enough.is_set():
                    pass

    try:
        start = time.perf_counter()
        assert checked(toys.ADD, resisting).diagnosis == "never_ends"
        assert time.perf_counter() - start < 2
        assert checked(toys.ADD, toys.add).state is State.CORRECT
    finally:
        enough.set()


def test_a_stop_that_comes_a_moment_too_late_hits_nobody():
    for number in range(60):
        finished = run_with_timeout(lambda: time.sleep(0.01), 0.009 + number * 5e-5)
        assert finished in (True, False)
    for _ in range(1000):
        math.sqrt(2)


def test_the_stop_button_gets_through():
    turns = []

    def counting(first, second):
        while True:
            turns.append(1)
            time.sleep(0.001)

    threading.Timer(0.3, _thread.interrupt_main).start()
    with pytest.raises(KeyboardInterrupt):
        checked(toys.ADD, counting)
    time.sleep(0.1)
    counted = len(turns)
    time.sleep(0.1)
    assert len(turns) == counted, "the learner's code is stopped, too"
    assert checked(toys.ADD, toys.add).state is State.CORRECT


# Code that makes itself noticed


def test_prints_pictures_and_warnings_leave_no_trace(capfd):
    def loud(first, second):
        print("loud")
        print("loud", file=sys.stderr)
        display("loud")
        warnings.warn("loud", stacklevel=1)
        plt.plot([1.0, 2.0])
        np.log(np.zeros(1))
        return first + second

    kept = plt.figure()
    assert checked(toys.ADD, loud).state is State.CORRECT
    assert "loud" not in "".join(capfd.readouterr())
    assert plt.get_fignums() == [kept.number]
    plt.close(kept)


def test_learners_cannot_spoil_the_cases_for_each_other():
    nudge = toys.NUDGE
    for _ in range(3):
        assert checked(nudge, lambda model: model.W.assign(99.0)).state is State.NOT_YET
    assert checked(nudge, toys.nudge).state is State.CORRECT


# Odd answers


class Raising:
    def _raise(self, *_, **__):
        raise RuntimeError("no")

    __repr__ = __str__ = __eq__ = __bool__ = __array__ = __len__ = __iter__ = _raise
    __hash__ = __float__ = __int__ = __getitem__ = __call__ = __format__ = __getattr__ = _raise


class Endless:
    def __getattr__(self, name):
        return self

    def __call__(self, *_, **__):
        return self

    def __eq__(self, other):
        return True

    __hash__ = object.__hash__


class Liar:
    __class__ = tf.Tensor
    shape, dtype, numpy = (), tf.float32, lambda self: 9.0

    def __array__(self, *_, **__):
        return np.array(9.0)


class Strange(type):
    def __getattribute__(cls, name):
        raise RuntimeError("no")


class Stranger(metaclass=Strange):
    pass


class UnspeakableError(Exception):
    def __str__(self):
        raise self


class OddFloat(float):
    def __eq__(self, other):
        return True

    def __float__(self):
        raise RuntimeError

    __hash__ = float.__hash__


class OddList(list):
    def __iter__(self):
        raise KeyboardInterrupt

    def __len__(self):
        raise SystemExit


def raise_(error):
    raise error


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


itself = []
itself.append(itself)

ODD = [
    None, NotImplemented, True, -1, 10**400, math.nan, 1j, "", "text", b"\xff", [], {}, set(),
    object(), object, type, tf, print, len, Raising(), Raising, Endless(), Endless, Liar(), Liar,
    Stranger, UnspeakableError(), OddFloat(9.0), OddList(), itself, nested(500), range(10**12),
    mock.Mock(), mock.MagicMock(), mock.Mock(spec=tf.Tensor), iter([]), (x for x in ()),
    slice(1), np.zeros(3), np.array([object()]), np.array(["a"]), np.ma.masked, np.float32(9),
    np.zeros(10**7, np.int8), np.datetime64("2020"), np.zeros(2, "i4,f4"),
    tf.constant("text"), tf.constant([1 + 2j]), tf.ragged.constant([[1], []]), tf.Variable(9.0),
    tf.sparse.from_dense([[1.0]]), tf.TensorShape(None), tf.TensorShape([None]), tf.float32,
    tf.data.Dataset.range(3), tf.cast(9.0, tf.bfloat16), tf.IndexedSlices(tf.zeros(1), [0]),
    tf.random.Generator.from_seed(1), tf.GradientTape(), tf.keras.Variable(9.0), threading.Lock(),
    functools.partial(raise_, ValueError()), property(), classmethod(len), staticmethod(len),
    int.__add__, "a".join, sys.stdout, 9, 9.0,
]  # fmt: skip
DEFINITIONS = [toys.ADD, toys.COUNTER, toys.ZEROS, toys.STEP, toys.WORD, toys.CHOICE]


def _word(value) -> str:
    return type(value).__name__


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda e: e.title)
@pytest.mark.parametrize("number", range(len(ODD)), ids=[_word(value) for value in ODD])
def test_an_odd_answer_is_not_yet_there(definition, number):
    if definition is toys.WORD and ODD[number] is tf.float32:
        pytest.skip("that is the right answer")
    result = checked(definition, ODD[number])
    assert result.state in (State.NOT_YET, State.NOT_ATTEMPTED)
    assert result.state is State.NOT_YET or definition in (toys.WORD, toys.CHOICE)
    assert len(text_of(result)) < 2000


@pytest.mark.parametrize("number", range(len(ODD)), ids=[_word(value) for value in ODD])
def test_an_odd_result_is_not_yet_there(number):
    def answer(*inputs):
        return inputs and ODD[number]

    for definition in (toys.ADD, toys.REFUSE, "4.2"):
        assert checked(definition, answer).state is State.NOT_YET


@pytest.mark.parametrize(
    "error", [UnspeakableError(), SystemExit(), KeyboardInterrupt(), StopIteration(), MemoryError(),
              GeneratorExit(), ExceptionGroup("x", [ValueError()]), ValueError("a\n" * 10**5)],
    ids=_word,
)  # fmt: skip
def test_odd_errors(error):
    result = checked(toys.ADD, lambda first, second: raise_(error))
    assert result.diagnosis == f"raises {_word(error)}"
    assert len(text_of(result)) < 2000


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
    | st.complex_numbers() | st.integers(0, len(ODD) - 1).map(lambda number: ODD[number]),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(VALUES, st.sampled_from([e for e in DEFINITIONS if not isinstance(e, Predict)]))
def test_no_value_passes_by_accident(value, definition):
    right = value is tf.float32 and definition is toys.WORD
    assert right or checked(definition, value).state is not State.CORRECT


@settings(max_examples=150, deadline=None)
@given(VALUES, st.integers(0, 4), st.booleans())
def test_no_function_passes_by_accident(value, arity, raising):
    def behave():
        if raising and isinstance(value, BaseException):
            raise value
        return value

    answers = [
        lambda: behave(), lambda a: behave(), lambda a, b: behave(),
        lambda a, b, c: behave(), lambda *a, **b: behave(),
    ]  # fmt: skip
    for definition in (toys.ADD, toys.COUNTER, toys.REFUSE):
        assert checked(definition, answers[arity]).state is not State.CORRECT
