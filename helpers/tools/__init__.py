"""What keeps the series itself: learners' copies, addresses, saved outputs. No lesson needs it.

Each file also runs by its path, without `helpers` around it, because that takes TensorFlow along.
"""
