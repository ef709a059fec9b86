"""What lesson 09 says of workers that have nothing but TensorFlow."""

import os
import re
import time

import pytest

PROGRAM = """
import helpers
import tensorflow as tf
strategy = tf.distribute.MultiWorkerMirroredStrategy()

@tf.function
def step():
    return strategy.run(lambda: tf.distribute.get_replica_context().all_reduce("SUM", 1.0))

epoch = 0
while True:
    step()
    print(f"Epoch {epoch:2d}: done", flush=True)
    epoch += 1
"""


@pytest.mark.skipif(os.environ.get("MOMENTS") == "1", reason="the short variant")
def test_sigterm_is_ignored_and_a_survivor_raises(machines):
    chief, other = (machines.start(index, program=["-c", PROGRAM]) for index in range(2))
    chief.reaches(20)
    other.process.terminate()
    time.sleep(3)
    chief.reaches(chief.epoch() + 20)
    assert other.process.poll() is None, "it trains on"
    other.kill()
    status, said = chief.end()
    assert status == 1
    assert re.search(r"^tensorflow\S*\.UnavailableError", said, re.MULTILINE), said
