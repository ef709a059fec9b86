"""The exercises of lesson 04: from residuals to one number."""
# Answers are written as learners write them:
# ruff: noqa: ANN001, ANN201, ANN202, D103

import tensorflow as tf

from exercises.engine.model import Case, Function, Predict, Remark
from exercises.engine.stub import loops

TITLE = "The loss"

A_LOOP = Remark(
    loops,
    "One more thought: this goes through the values one by one, in Python. With a million of them "
    "that takes seconds where TensorFlow takes a millisecond. Which operations work on all values "
    "at once?",
)


def _pair(predicted, actual):
    return lambda: (tf.constant(predicted), tf.constant(actual))


def followed_by_a_tape(predicted, actual):
    """A case: whether a tape finds the slope of what comes back, if that is a tensor at all."""

    def call(answer, predicted, actual):
        with tf.GradientTape() as tape:
            tape.watch(predicted)
            found = answer(predicted, actual)
        if not tf.is_tensor(found) or not found.dtype.is_floating:
            return {"can a tape follow it?": True}  # The other cases judge the kind.
        return {"can a tape follow it?": tape.gradient(found, predicted) is not None}

    shows = f"predicted = {predicted}; actual = {actual}; under a tape"
    return Case(_pair(predicted, actual), call=call, shows=shows)


THROUGH_NUMPY = (
    "The number is right, but it went through NumPy, or through plain Python, and no tape can "
    "follow it there. A training needs the slope of this number. Which operations of TensorFlow "
    "do the same?"
)


# --- 4.1


def residuals(predicted, actual):
    return predicted - actual


RESIDUALS = Function(
    id="4.1",
    title="Residuals",
    stub="""
def residuals(predicted, actual):
    return ...  # replace the dots
""",
    solution=residuals,
    on_correct="A positive residual now always means: predicted too high.",
    hints="""
        If 7 was predicted and the actual value is 5, the residual is 2. What did you do with the
        two numbers to know that?

        Arithmetic between two tensors of the same shape works on each pair of values. A loop is
        not needed.

        One subtraction of two whole tensors, and a `return`. Which of the two comes first, so that
        a prediction of 7 for a 5 comes out as 2 and not as -2?
    """,
    cases=(
        Case(_pair([7.0], [5.0])),
        Case(_pair([7.0, 1.0, 4.0], [5.0, 4.0, 4.0])),
        Case(_pair([[7.5], [-3.0]], [[4.0], [6.0]])),
    ),
    remarks=(A_LOOP,),
)
RESIDUALS.slip("actual_minus_predicted", {"predicted - actual": "actual - predicted"}).says("""
    This gives how far the actual value lies above the prediction: every sign is the other way
    round, and a prediction that is too high would look too low. Take 7 predicted for an actual 5:
    which sign should that have?
""")
RESIDUALS.slip("distances", {"predicted - actual": "tf.abs(predicted - actual)"}).says("""
    This gives how far apart the two are, without the direction. Whether a prediction was too high
    or too low is lost, and a model needs that to know which way to move. What does your function
    give for 3 instead of 5, and for 7 instead of 5?
""")
RESIDUALS.slip(
    "squared_residuals", {"predicted - actual": "tf.square(predicted - actual)"}
).says("""
    This gives the squares of the residuals. That is a step of the way to the loss, and comes
    later: a square no longer says too high or too low, and its unit is another one. What would you
    have before you square?
""")
RESIDUALS.slip(
    "averaged_residual", {"predicted - actual": "tf.reduce_mean(predicted - actual)"}
).says("""
    This gives one number, the average of all residuals. Each example should keep its own here: in
    an average, one that is 3 too high and one that is 3 too low vanish. What shape should come
    back for three examples?
""")
RESIDUALS.slip("relative_residuals", {"predicted -": "(predicted - actual) /"}).says("""
    This gives the residual as a fraction of the actual value. A residual is in the same unit as
    the values themselves. And what would happen here for an actual value of 0?
""")
RESIDUALS.right(lambda predicted, actual: tf.subtract(predicted, actual))
RESIDUALS.right(lambda predicted, actual: -actual + predicted)
RESIDUALS.right(
    lambda predicted, actual: tf.stack([p - a for p, a in zip(predicted, actual, strict=True)])
)


# --- 4.P1

MEAN_OF_RESIDUALS = Predict(
    id="4.P1",
    title="The mean of the residuals",
    prompt=(
        "Here is a flat line at 7. It is no use for these five points, which rise from 3.2 to 11. "
        "How far from 0 will the mean of its residuals be?"
    ),
    choices={
        "a": "Far above 0.",
        "b": "Far below 0.",
        "c": "At 0, or very near it.",
    },
    answer="c",
    reason="""
        The line is too high on the left and too low on the right, by about as much. Residuals of
        both signs cancel out in a mean, so a mean of 0 says nothing about how good a line is.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        a: You may have looked at the first two points, where the line is much too high. For the
        last two it is too low, and those residuals are below zero.

        b: You may have looked at the last two points, where the line is much too low. For the
        first two it is too high, and those residuals are above zero.
    """,
)


# --- 4.2


def mean_squared_error(predicted, actual):
    return tf.reduce_mean(tf.square(predicted - actual))


MEAN_SQUARED_ERROR = Function(
    id="4.2",
    title="Mean squared error",
    stub="""
def mean_squared_error(predicted, actual):
    return ...  # replace the dots
""",
    solution=mean_squared_error,
    exact=True,
    on_correct="""
        One number that is 0 only where every prediction is right, and never negative.
    """,
    hints="""
        Read the name from right to left: first the errors, then square, then mean. That is the
        order of the work.

        TensorFlow has a function that squares each value of a tensor, and one that reduces a whole
        tensor to the mean of its values. The second begins with `tf.reduce_`.

        Put the three steps inside one another: the difference of the two inputs goes into
        `tf.square(...)`, and what comes out goes into the reduction. Nothing is left to do after
        it but `return`.
    """,
    cases=(
        Case(_pair([8.0], [5.0])),
        Case(_pair([8.0, 1.0, 4.0], [5.0, 5.0, 4.5])),
        Case(_pair([[8.0], [1.0], [4.0]], [[5.0], [5.0], [4.5]])),
        Case(_pair([-2.0, 3.0, 0.5, 7.0], [-2.0, 3.0, 0.5, 7.0])),
        followed_by_a_tape([8.0, 1.0], [5.0, 5.5]),
    ),
    remarks=(A_LOOP,),
)
MEAN_SQUARED_ERROR.slip("sum_of_squares", {"reduce_mean": "reduce_sum"}).says("""
    This adds the squared residuals up. With ten times as many examples it comes out about ten
    times as large, though the model is no worse. What would make the number independent of how
    many examples there are?
""")
MEAN_SQUARED_ERROR.slip(
    "mean_residual", {"tf.square(predicted - actual)": "predicted - actual"}
).says("""
    This averages the residuals as they are, without squaring. One that is 3 too high and one that
    is 3 too low then cancel out, and a bad model can get a 0. Where in your code would the signs
    have to go, before anything is averaged?
""")
MEAN_SQUARED_ERROR.slip("mean_of_distances", {".square": ".abs"}).says("""
    This averages the distances: it is the mean absolute error, a good loss with another name. An
    error twice as large should count four times as much here. Which operation does that?
""")
MEAN_SQUARED_ERROR.slip(
    "root_of_mean_square",
    {
        "reduce_mean(tf.square(predicted - actual))": "sqrt(tf.reduce_mean(tf.square(predicted - actual)))"
    },
).says("""
    This takes a square root at the end: it is called the root mean squared error. It is in the
    unit of the values, but it is not what was asked, and its gradient is another one. Which is the
    last of the three words in the name, read from right to left?
""")
MEAN_SQUARED_ERROR.slip(
    "square_of_mean", {"reduce_mean(tf.square": "square(tf.reduce_mean"}
).says("""
    This averages first and squares afterwards. By then the errors that are too high and too low
    have cancelled out, and the square finds nothing left of them. Does the order of the two steps
    matter? Try it by hand for residuals of 3 and -3.
""")
MEAN_SQUARED_ERROR.slip(
    "squares_not_averaged",
    {"reduce_mean(tf.square(predicted - actual))": "square(predicted - actual)"},
).says("""
    This gives the squared error of each example by itself. Training needs one number for all of
    them, to ask which way it becomes smaller. Which operations of lesson 01 turn many numbers into
    one?
""")
MEAN_SQUARED_ERROR.slip("half_of_mean_square", {"actual))": "actual)) / 2"}).says("""
    This gives half of the mean squared error. Some books do that to make the gradient tidier, but
    here the number itself is compared. Where in your code does the half come from: did you divide
    by one thing too many?
""")


@MEAN_SQUARED_ERROR.mistaken("""
    This compares every prediction with every actual value, not only with its own: somewhere `[N]`
    met `[N, 1]` and was stretched to a table. Training would run and learn the wrong line. What
    are the shapes of the two sides of your subtraction?
""")
def every_pair_compared(predicted, actual):
    table = tf.reshape(predicted, [-1, 1]) - tf.reshape(actual, [1, -1])
    return tf.reduce_mean(tf.square(table))


MEAN_SQUARED_ERROR.slip(
    "mean_over_first_axis", {"(predicted - actual)": "(predicted - actual), axis=0"}
).says("""
    This averages along one axis only. For inputs of shape `[N]` that is all there is, but for `[N,
    1]` a list with one number comes back instead of a number. (`sum`, `max` and a loop also go
    along the first axis only.) What does a reduction of TensorFlow do when it is not told an axis?
""")
MEAN_SQUARED_ERROR.slip(
    "mean_square_by_numpy",
    {
        "reduce_mean(tf.square(predicted - actual))": "constant(np.mean((predicted.numpy() - actual.numpy()) ** 2))"
    },
).says(THROUGH_NUMPY)


@MEAN_SQUARED_ERROR.right
def mean_square_by_sum(predicted, actual):
    squares = (predicted - actual) ** 2
    return tf.reduce_sum(squares) / tf.cast(tf.size(squares), squares.dtype)


@MEAN_SQUARED_ERROR.right
def mean_square_of_difference(predicted, actual):
    difference = tf.reshape(predicted - actual, [-1])
    return tf.tensordot(difference, difference, 1) / len(difference)


@MEAN_SQUARED_ERROR.right
def mean_square_one_by_one(predicted, actual):
    total = 0.0
    pairs = list(zip(tf.reshape(predicted, [-1]), tf.reshape(actual, [-1]), strict=True))
    for p, a in pairs:
        total += (p - a) ** 2
    return total / len(pairs)


# --- 4.P2

ONE_OUTLIER = Predict(
    id="4.P2",
    title="One outlier",
    prompt=(
        "The line is the same, one of the five points moved by 20. Which of the three losses grows "
        "most, and does any of them grow by less than 10?"
    ),
    choices={
        "a": "All three grow by the same: it is one point, and it moved by 20 for each of them.",
        "b": "The squared error grows most, and all three grow by more than 10.",
        "c": "The squared error grows most; the other two grow by less than 10.",
        "d": "Huber's loss grows most: it uses the square and the absolute value.",
    },
    answer="c",
    reason="""
        A residual of 20 counts as 400 when it is squared, and a fifth of that is 80. Counted as it
        is, a fifth of 20 is 4; Huber's loss does the same with residuals this large.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO

        d: TODO
    """,
    feedback="""
        a: The residual is indeed the same for all three. But a loss decides what a residual of 20
        counts for: 20, or 400.

        b: You were right about the squared error. The other two count the new residual as about
        20, and the mean over five points leaves a fifth of that.

        d: Huber's loss has both, but never for the same residual: the square is for small
        residuals only, below 1.0 here. A large one is taken as it is.
    """,
)


# --- 4.3


def largest_error(predicted, actual):
    return tf.reduce_max(tf.abs(predicted - actual))


LARGEST_ERROR = Function(
    id="4.3",
    title="The largest error",
    stub="""
def largest_error(predicted, actual):
    return ...  # replace the dots
""",
    solution=largest_error,
    exact=True,
    on_correct="One number that promises: no prediction is off by more than this.",
    hints="""
        Take residuals of 2 and -3. Which of the two is the larger error, and which the larger
        number?

        Two of the three steps of a mean error stay: the difference, and something that takes the
        sign away. Only the reduction is another one; its name begins with `tf.reduce_` too.

        From the inside out: the difference of the two inputs, its size with `tf.abs(...)`, and
        around that the reduction that keeps the largest value. The order matters: the signs have
        to be gone before the largest is looked for.
    """,
    cases=(
        Case(_pair([2.0], [5.0])),
        Case(_pair([8.0, 1.0, 4.0], [5.5, 5.0, 4.5])),
        Case(_pair([7.0, -2.0, 4.0, 3.0], [5.5, 3.0, 7.0, 11.0])),
        Case(_pair([9.0, 1.0], [2.0, 3.0])),
        Case(_pair([[-6.0], [2.0], [4.0]], [[5.0], [-1.0], [4.5]])),
        followed_by_a_tape([8.0, 1.0], [5.0, 5.5]),
    ),
    remarks=(A_LOOP,),
)
LARGEST_ERROR.slip(
    "largest_signed_residual", {"tf.abs(predicted - actual)": "predicted - actual"}
).says("""
    This gives the largest residual as a number with its sign. A prediction that is 9 too low has a
    residual of -9, and that is smaller than any that is too high. How large is -9 as an error?
""")
LARGEST_ERROR.slip("sign_dropped_too_late", {"reduce_max(tf.abs": "abs(tf.reduce_max"}).says("""
    This looks for the largest residual first and drops the sign afterwards. By then all that are
    far too low have been passed over, because -9 is less than 2. Which of your two steps has to
    come first?
""")
LARGEST_ERROR.slip(
    "largest_of_the_too_low", {"tf.abs(predicted - actual)": "actual - predicted"}
).says("""
    This looks among the predictions that are too low, and passes over all that are too high: 9
    predicted for an actual 2 is off by 7, and counts as -7 here. When do the signs have to go:
    before the largest is looked for, or after it?
""")
LARGEST_ERROR.slip(
    "difference_of_largest",
    {
        "reduce_max(tf.abs(predicted - actual))": "abs(tf.reduce_max(predicted) - tf.reduce_max(actual))"
    },
).says("""
    This compares the largest prediction with the largest actual value. They may belong to two
    different examples. Of what should the largest be taken: of the values, or of how far they are
    apart?
""")
LARGEST_ERROR.slip(
    "place_of_the_largest",
    {
        "reduce_max(tf.abs(predicted - actual))": "argmax(tf.reshape(tf.abs(predicted - actual), [-1]))"
    },
).says("""
    This gives the place of the largest error, counted from 0: `argmax` answers *which one*. Asked
    is *how large*. Which reduction answers that?
""")
LARGEST_ERROR.slip("largest_square", {"abs": "square"}).says("""
    This gives the square of the largest error. It belongs to the right example, but in another
    unit: an error of 3 cm comes out as 9. Which operation takes the sign away and leaves the size
    as it is?
""")
LARGEST_ERROR.slip("mean_size", {"reduce_max": "reduce_mean"}).says("""
    This gives the average size of the errors. Half of the predictions may be off by more than
    that, and the engineer promised *never*. Which reduction looks for the worst one?
""")
LARGEST_ERROR.slip("smallest_size", {"reduce_max": "reduce_min"}).says("""
    This gives the smallest error, that of the best prediction. All the others are off by more.
    Which of the errors has to be known to promise *never more than*?
""")
LARGEST_ERROR.slip(
    "difference_of_sizes", {"predicted - actual": "predicted) - tf.abs(actual"}
).says("""
    This takes the signs of the values away, and subtracts afterwards. For a prediction of -5 and
    an actual 5 that gives 0, though they are 10 apart. Of what should the sign be dropped?
""")
LARGEST_ERROR.slip(
    "sizes_not_reduced", {"reduce_max(tf.abs(predicted - actual))": "abs(predicted - actual)"}
).says("""
    This gives the size of each error by itself. All of them are right, but one number is asked
    for. Which of them is it, and which reduction finds it?
""")
LARGEST_ERROR.slip(
    "largest_along_first_axis", {"(predicted - actual)": "(predicted - actual), axis=0"}
).says("""
    This looks along one axis only. For inputs of shape `[N]` that is all there is, but for `[N,
    1]` a list with one number comes back. (`sum`, `max` and a loop also go along the first axis
    only.) What does a reduction of TensorFlow do when it is not told an axis?
""")
LARGEST_ERROR.slip(
    "largest_error_by_numpy",
    {
        "reduce_max(tf.abs(predicted - actual))": "constant(np.max(np.abs(predicted.numpy() - actual.numpy())))"
    },
).says(THROUGH_NUMPY)


@LARGEST_ERROR.right
def largest_error_of_both_signs(predicted, actual):
    residuals = actual - predicted
    return tf.maximum(tf.reduce_max(residuals), -tf.reduce_min(residuals))


LARGEST_ERROR.right(lambda predicted, actual: tf.norm(predicted - actual, ord=float("inf")))
LARGEST_ERROR.right(lambda predicted, actual: tf.sqrt(tf.reduce_max((predicted - actual) ** 2)))


@LARGEST_ERROR.right
def largest_error_one_by_one(predicted, actual):
    largest = tf.constant(0.0)
    for residual in tf.reshape(predicted - actual, [-1]):
        largest = tf.maximum(largest, abs(residual))
    return largest


# --- 4.P3

LOWEST_PLACE = Predict(
    id="4.P3",
    title="The lowest place",
    prompt=(
        "With the outlier, the lowest place of the landscape has moved a long way, from a slope "
        "near 2 to one near 6. Where will it be if the same points are measured with the absolute "
        "error?"
    ),
    choices={"a": "Near a slope of 2.", "b": "About half way, near 4.", "c": "Near 6 again."},
    answer="a",
    reason="""
        Four points lie almost on a line with slope 2. Leaving that line would cost the absolute
        error something at each of the four, and gain it no more than that at the fifth.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        b: A compromise sounds fair: that is what squares do, where small errors cost next to
        nothing. With the absolute error, each of the four points resists from the first step on.

        c: The data are the same, so why should the place be another one? Because the landscape is
        made of both, the data and the loss, and this loss counts the outlier as 20 rather than
        400.
    """,
)


# --- 4.P4

COLUMN_AND_ROW = Predict(
    id="4.P4",
    title="A column and a row",
    prompt=(
        "The loss of this line was 0.02. Now the predictions are a column, shape `(5, 1)`, and the "
        "actual values a row, shape `(5,)`, with the same numbers in them. What does "
        "`mean_squared_error` do?"
    ),
    choices={
        "a": "It gives 0.02 again: the numbers are the same.",
        "b": "It is an error: the shapes do not fit.",
        "c": "It gives another number, without a word.",
    },
    answer="c",
    reason="""
        Broadcasting stretches both to a table of 5 by 5 and compares every prediction with every
        actual value. The mean of that table is another number, and nothing warns you.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        a: The numbers are the same, but which is compared with which has changed: TensorFlow goes
        by the shapes, and a column against a row means *each with each*.

        b: An error would be the kinder answer. But a size of 1 fits everything: that is the rule
        of broadcasting, useful in lesson 01 and silent here.
    """,
)


# --- 4.P5

FARTHER_STILL = Predict(
    id="4.P5",
    title="An outlier, farther still",
    prompt=(
        "With the absolute loss, the last output goes from 31 up to 61. What does the lowest line "
        "do?"
    ),
    choices={
        "a": "It follows the point half of the way.",
        "b": "It follows a little.",
        "c": "It stays exactly where it is.",
    },
    answer="c",
    reason="""
        To the absolute loss the point is too high, and 30 more make every line's loss larger by
        the same amount: the order of the lines does not change.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        a: The squared loss goes that way, and farther. Choose *absolute* in the explorer, and pull
        the last point from 31 to 61: does the dashed line move?

        b: The absolute loss is calmer than the squared one, you have seen that. It is calmer
        still: choose *absolute* in the explorer and pull the point from 31 to 61.
    """,
)
