"""What training on several machines costs, by arithmetic that a simulation confirms."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import plotting
from helpers.scaling import cost


def ring(gradients):
    """Add up gradients as machines in a ring do; counts the numbers that each one sends."""
    machines = len(gradients)
    parts = [list(np.split(gradient, machines)) for gradient in gradients]
    sent = np.zeros(machines)
    for turn in range(2 * (machines - 1)):
        moving = []
        for here in range(machines):
            part = (here - turn) % machines
            moving.append((here, part, parts[here][part]))
        for here, part, values in moving:
            there = (here + 1) % machines
            adding = turn < machines - 1
            parts[there][part] = parts[there][part] + values if adding else values
            sent[here] += len(values)
    return [np.concatenate(own) for own in parts], sent


@given(machines=st.integers(1, 6), size=st.integers(1, 5))
def test_bytes_are_those_of_a_ring(machines, size):
    parameters = machines * size
    gradients = [np.arange(parameters) * (k + 1.0) for k in range(machines)]
    sums, sent = ring(gradients)
    for found in sums:
        np.testing.assert_allclose(found, np.sum(gradients, axis=0))
    np.testing.assert_allclose(4 * sent, cost.bytes_a_step(parameters, machines))


@given(parameters=st.integers(1, 10**12), machines=st.integers(1, 10**4))
def test_nobody_sends_twice_the_gradient(parameters, machines):
    sends = cost.bytes_a_step(parameters, machines)
    assert (sends == 0) == (machines == 1)
    assert sends < 2 * 4 * parameters


def test_times():
    assert math.isclose(cost.seconds_to_compute(10, 100, operations_a_second=6000), 1.0)
    assert math.isclose(cost.seconds_to_compute(10, 100, 4, operations_a_second=6000), 0.25)
    one_second = cost.seconds_to_send(250_000_000, 2, gigabits=8, latency=0.25)
    assert math.isclose(one_second, 1.0 + 2 * 0.25)
    assert cost.seconds_to_send(5, 1, gigabits=1) == 0
    assert math.isclose(cost.seconds_to_send(250_000_000, 2, gigabits=8, latency=0), 1.0)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: cost.bytes_a_step(0, 2), ValueError),
        (lambda: cost.bytes_a_step(5, 0), ValueError),
        (lambda: cost.bytes_a_step(2.5, 2), TypeError),
        (lambda: cost.seconds_to_send(5, 2, 0), ValueError),
        (lambda: cost.seconds_to_send(5, 2, 1, latency=-1), ValueError),
        (lambda: cost.seconds_to_send(5, 2, 1, latency="0"), TypeError),
        (lambda: cost.seconds_to_compute(5, 0), ValueError),
        (lambda: cost.plot_step_time(5, 5, machines=[1]), ValueError),
        (lambda: cost.plot_step_time(5, 5, gigabits=[]), ValueError),
        (lambda: cost.plot_step_time(5, 5, latency=-1e-6), ValueError),
        (lambda: cost.plot_step_time(5, 5, operations_a_second=0), ValueError),
    ],
)
def test_bad_input_is_turned_away(call, error):
    with pytest.raises(error):
        call()


def test_the_picture_says_its_numbers(monkeypatch):
    shown = []
    monkeypatch.setattr(plotting, "show", lambda *picture: shown.append(picture))
    cost.plot_step_time(100_000_000, 8192, gigabits=(10, 100), machines=(1, 2, 4))
    ((_, alt, caption),) = shown
    computing = cost.seconds_to_compute(100_000_000, 8192, 4)
    for gigabits in (10, 100):
        sending = cost.seconds_to_send(100_000_000, 4, gigabits)
        assert f"{1000 * (computing + sending):.2f} ms on 4" in caption
    assert alt.startswith("Line plot of the time of a step over 1 to 4 machines")
    assert alt.endswith(caption)


def test_the_picture_follows_what_is_assumed():
    """One second alone; on two machines half of it, and what sending takes: two rounds."""
    setting = {"machines": (1, 2), "operations_a_second": 6e6}
    quick, slow = (
        cost.plot_step_time.draw(1000, 1000, latency=latency, **setting).caption
        for latency in (0, 0.5)
    )
    assert "One machine alone takes 1,000.00 ms" in quick
    assert "at 100 Gbit/s a step takes 500.00 ms on 2" in quick
    assert "at 100 Gbit/s a step takes 1,500.00 ms on 2" in slow


def test_the_picture_calls_nothing_no_time():
    caption = cost.plot_step_time.draw(2, 1000).caption
    assert "One machine alone takes 1.2e-06 ms" in caption
