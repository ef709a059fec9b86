"""The exercises of lesson 04: from residuals to one number."""
# Answers are written as learners write them:
# ruff: noqa: ANN001, ANN201, ANN202, D103

import tensorflow as tf

from exercises.concepts import A_MEAN_OF_SQUARES, A_RESIDUAL, A_SCORE
from exercises.engine.model import Case, Function, Predict, Remark
from exercises.engine.stub import loops

TITLE = "The loss"

A_LOOP = Remark(
    loops,
    """
    One more thought: this goes through the values one by one, in Python. With a million of them
    that takes seconds where TensorFlow takes a millisecond. Which operations work on all values at
    once?
    """,
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
        Case(_pair([7.625, -3.0], [4.25, 6.0])),
    ),
    remarks=(A_LOOP,),
    concepts=(A_RESIDUAL,),
)
RESIDUALS.slip("actual_minus_predicted", {"predicted - actual": "actual - predicted"}).says("""
    This gives how far the actual value lies above the prediction: every sign is the other way
    round, and a prediction that is too high would look too low. For a prediction of 7 and an actual
    5, which sign should the residual have?
""")
RESIDUALS.slip("distances", {"predicted - actual": "tf.abs(predicted - actual)"}).says("""
    This gives how far apart the two are, without the direction. Whether a prediction was too high
    or too low is lost, and a model needs that to know which way to move. What does your function
    give for 3 instead of 5, and for 7 instead of 5?
""")
RESIDUALS.slip("squared_residuals", {"predicted - actual": "(predicted - actual) ** 2"}).says("""
    This gives the squares of the residuals. They are a step on the way to the loss, and come later:
    a square no longer says too high or too low, and it has another unit. What would you have before
    you square?
""")
RESIDUALS.slip("averaged", {"predicted - actual": "tf.reduce_mean(predicted - actual)"}).says("""
    This gives one number, the average of all residuals. Each example should keep its own here: in
    an average, one that is 3 too high and one that is 3 too low cancel out. What shape should come
    back for three examples?
""")
RESIDUALS.slip("added_up", {"predicted - actual": "tf.reduce_sum(predicted - actual)"}).says("""
    This adds all residuals up to one number, and in a sum those that are too high and too low
    cancel out. Each example should keep its own here. How many numbers should come back for three
    examples?
""")
RESIDUALS.slip("rounded", {"predicted - actual": "np.round(predicted - actual, 2)"}).says("""
    These are rounded to two decimals. The cells above round what they *print*, so that people can
    read it; a number that you go on calculating with keeps all its digits. Which part of your line
    rounds?
""")
RESIDUALS.mistake("nothing_subtracted", lambda predicted, actual: (predicted, actual)).says("""
    This returns the two inputs as they came in, side by side. Nothing is compared yet. If 7 was
    predicted and 5 is the actual value, which single number says how far off that is?
""")
RESIDUALS.slip(
    "loop_in_a_loop", {"predicted - actual": "[p - a for p in predicted for a in actual]"}
).says("""
    These are two loops, one inside the other: each prediction meets every actual value, so three
    examples give nine numbers. Each prediction should meet only its own. What would walk through
    both at the same pace?
""")
RESIDUALS.slip("plus_equals", {"predicted - actual": "[] + (predicted[0] - actual[0])"}).says("""
    What comes back is empty. If you wrote `+=`: between a list and a tensor it calculates, and an
    empty list gives an empty result. Which method adds one more thing to the end of a list?
""")
RESIDUALS.right(lambda predicted, actual: tf.subtract(predicted, actual))
RESIDUALS.right(lambda predicted, actual: -actual + predicted)
RESIDUALS.right(lambda y_pred, y_true: y_pred.numpy() - y_true.numpy())
RESIDUALS.right(lambda p, a: [float(p[i]) - float(a[i]) for i in range(len(p))])
RESIDUALS.right(
    lambda predicted, actual: tf.stack([p - a for p, a in zip(predicted, actual, strict=True)])
)


@RESIDUALS.right
def residuals_one_by_one(predicted, actual):
    found = []
    for p, a in zip(predicted, actual, strict=True):
        found.append(p - a)
    return found


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
        a: For the first two points, 3.2 and 4.8, a line at 7 is far too high. Residuals like these
        pull a mean up.

        b: For the last two points, 8.9 and 11, a line at 7 is far too low. Residuals like these
        pull a mean down.

        c: 7 is about the middle of the five values, so there are points on both sides of the line.
        Then again, a useless line ought to look bad somewhere.
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
    on_correct="One number that is 0 only where every prediction is right, and never negative.",
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
        Case(_pair([-2.0, 3.0, 0.5, 7.0], [-2.0, 3.0, 0.5, 7.0])),
        followed_by_a_tape([8.0, 1.0], [5.0, 5.5]),
    ),
    remarks=(A_LOOP,),
    concepts=(A_RESIDUAL, A_SCORE, A_MEAN_OF_SQUARES),
)
MEAN_SQUARED_ERROR.slip(
    "divided_by_five", {"mean(tf.square(predicted - actual))": "sum((predicted - actual) ** 2) / 5"}
).says("""
    This adds the squares up and divides by 5, however many examples there are. The cells above
    have five points; the next data may have a thousand. Which reduction counts by itself?
""")


@MEAN_SQUARED_ERROR.right
def mean_square_by_sum(predicted, actual):
    squares = (predicted - actual) ** 2
    return tf.reduce_sum(squares) / tf.cast(tf.size(squares), squares.dtype)


@MEAN_SQUARED_ERROR.right
def mean_square_of_difference(predicted, actual):
    difference = predicted - actual
    return tf.tensordot(difference, difference, 1) / len(difference)


@MEAN_SQUARED_ERROR.right
def mean_square_one_by_one(predicted, actual):
    total = 0.0
    for i in range(len(predicted)):
        total += (predicted[i] - actual[i]) ** 2
    return total / len(predicted)


MEAN_SQUARED_ERROR.right(lambda p, a: sum((p - a) ** 2) / len(p))
MEAN_SQUARED_ERROR.right(lambda p, a: sum([(x - y) ** 2 for x, y in zip(p, a)]) / p.shape[0])  # noqa: B905
MEAN_SQUARED_ERROR.right(lambda p, a: tf.reduce_mean(tf.math.squared_difference(p, a), axis=0))
MEAN_SQUARED_ERROR.right(lambda p, a: tf.keras.losses.MeanSquaredError()(a, p))
MEAN_SQUARED_ERROR.right(tf.function(mean_squared_error))


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
        A residual of 20 counts as 400 when it is squared, and a fifth of that is 80. The absolute
        error counts it as 20, and a fifth of that is 4. Huber's loss does nearly the same with
        residuals this large.
    """,
    tempts="""
        a: One point moved, and the distance is the same 20 whichever loss looks at it.

        b: A square makes large numbers larger, and 20 is a long way for any loss: more than 10,
        it would seem.

        c: A square makes large numbers larger. And the mean over five points shares out what one
        of them adds.

        d: Two ingredients sound stronger than one, and Huber's loss has both the square and the
        absolute value in it.
    """,
    feedback="""
        a: The residual is indeed the same for all three. But a loss decides what a residual of 20
        counts for: 20, or 400.

        b: You were right about the squared error. The other two count the new residual as about
        20, and the mean over five points leaves a fifth of that.

        d: Huber's loss has both, but never for the same residual: the square is for small
        residuals only, below 1 here. A large one counts as its size, less a half.
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
        sign away. Only the reduction is different; its name begins with `tf.reduce_` too.

        From the inside out: the difference of the two inputs, its size with `tf.abs(...)`, and
        around that the reduction that keeps the largest value. The order matters: the signs have to
        be gone before you look for the largest.
    """,
    cases=(
        Case(_pair([2.0], [5.0])),
        Case(_pair([8.0, 1.0, 4.0], [5.5, 5.0, 4.5])),
        Case(_pair([7.0, -4.0, 4.0, 3.0], [5.5, 1.0, 7.0, 11.0])),
        Case(_pair([9.0, 1.0], [2.0, 3.0])),
        followed_by_a_tape([8.0, 1.0], [5.0, 5.5]),
    ),
    remarks=(A_LOOP,),
    concepts=(A_RESIDUAL, A_SCORE),
)
LARGEST_ERROR.slip("largest_signed", {"tf.abs(predicted - actual)": "predicted - actual"}).says("""
    This gives the largest residual as a number with its sign. A prediction that is 9 too low has a
    residual of -9, and that is smaller than any that is too high. How large is -9 as an error?
""")


@LARGEST_ERROR.mistaken("""
    This begins at 0 and takes only what is larger: residuals with a minus sign are never larger, so
    a prediction that is too low counts for nothing. What do you have to compare, if 9 too low
    should beat 2 too high?
""")
def only_above_zero(predicted, actual):
    return tf.maximum(tf.reduce_max(predicted - actual), 0.0)


LARGEST_ERROR.slip("sign_dropped_too_late", {"reduce_max(tf.abs": "abs(tf.reduce_max"}).says("""
    This looks for the largest residual first and drops the sign afterwards. By then all that are
    far too low have been passed over, because -9 is less than 2. Which of your two steps has to
    come first?
""")


@LARGEST_ERROR.mistaken("""
    This finds the right example, and gives its residual with the sign: -9 where the task asks for
    the size, 9. What do you still have to do with the number that you found?
""")
def sign_kept(predicted, actual):
    return max(predicted - actual, key=abs)


@LARGEST_ERROR.mistaken("""
    Sizes are compared, as they should be, but the residual is kept with its sign. The next size
    then only has to beat a number such as -9, and even a small error does. What should you keep,
    so that sizes meet sizes?
""")
def compared_and_kept_differently(predicted, actual):
    largest = tf.constant(0.0)
    for residual in predicted - actual:
        if abs(residual) > largest:
            largest = residual
    return largest


LARGEST_ERROR.slip(
    "largest_of_the_too_low", {"tf.abs(predicted - actual)": "actual - predicted"}
).says("""
    This looks among the predictions that are too low, and passes over all that are too high: 9
    predicted for an actual 2 is off by 7, and counts as -7 here. Do the signs have to go before you
    look for the largest, or after?
""")
LARGEST_ERROR.slip("lowest", {"reduce_max(tf.abs(": "reduce_min(("}).says("""
    This gives the smallest residual: of the prediction that is farthest too low, with its minus
    sign. One that is far too high is passed over. What has to happen to the signs first, and which
    end do you look for then?
""")
LARGEST_ERROR.mistake("spread", lambda p, a: tf.reduce_max(p - a) - tf.reduce_min(p - a)).says("""
    This gives how far apart the highest and the lowest residual are. That mixes two errors, and the
    task asks how large *one* of them is, the worst. From which number is an error measured?
""")
LARGEST_ERROR.mistake(
    "difference_of_largest", lambda p, a: tf.abs(tf.reduce_max(p) - tf.reduce_max(a))
).says("""
    This compares the largest prediction with the largest actual value. They may belong to two
    different examples. Should you look for the largest among the values, or among the distances
    between them?
""")
LARGEST_ERROR.mistake(
    "largest_values_subtracted", lambda p, a: tf.reduce_max(p) - tf.reduce_max(a)
).says("""
    This looks for the largest of each side first, and then subtracts the two. They may belong to
    different examples, and the result may even be negative. What comes first: the difference of
    each pair, or the search?
""")
LARGEST_ERROR.mistake("largest_value", lambda p, a: tf.reduce_max(tf.maximum(p, a))).says("""
    This is the largest of all values, predicted and actual alike, and no difference. With 100
    predicted and an actual 100 it would be 100, for a perfect prediction. Among which numbers
    should you search?
""")
LARGEST_ERROR.mistake("larger_of_each_pair", lambda p, a: tf.maximum(p, a)).says("""
    This keeps the larger of each pair, the prediction or the actual value, and subtracts nothing. A
    perfect prediction would not come out as 0. What says how far the two of a pair are apart?
""")
LARGEST_ERROR.slip("place_of_the_highest", {"reduce_max(tf.abs(": "argmax(("}).says("""
    This gives a place, counted from 0, and not an error: `argmax` answers *which one*. It also
    looks at the residuals with their signs, where -9 is less than 2. Which reduction answers *how
    large*, and what has to go first?
""")
LARGEST_ERROR.slip("shape", {"reduce_max(tf.abs(predicted - actual))": "shape(predicted)"}).says("""
    This gives the shape: how many values there are along each axis, and not one of the values. It
    would be the same for a perfect model. What do you look for among the residuals?
""")
LARGEST_ERROR.slip("count", {"reduce_max(tf.abs(predicted - actual))": "size(predicted)"}).says("""
    This counts the examples. It would be the same for a perfect model, so it cannot say how wrong
    one is. Which reduction looks at the values themselves?
""")
LARGEST_ERROR.slip(
    "maximum_of_one",
    {"reduce_max(tf.abs(predicted - actual))": "maximum(tf.abs(predicted - actual))"},
).says("""
    `tf.maximum` takes two tensors and keeps the larger of each pair of values. Here it gets only
    one. What is the function called that looks for the largest value *within* a tensor?
""")
LARGEST_ERROR.slip("mean_size", {"reduce_max": "reduce_mean"}).says("""
    This gives the average size of the errors. Some predictions are off by more than that, and the
    engineer promised *never*. Which reduction looks for the worst one?
""")
LARGEST_ERROR.slip("sum_of_sizes", {"reduce_max": "reduce_sum"}).says("""
    This adds the sizes of all errors up, so that many small ones look like a large one. The
    engineer promised something about each single prediction. Which reduction looks for the worst?
""")
LARGEST_ERROR.slip("smallest_size", {"reduce_max": "reduce_min"}).says("""
    This gives the smallest error, that of the best prediction. All the others are off by more.
    Which of the errors do you have to know to promise *never more than*?
""")


@LARGEST_ERROR.right
def largest_error_of_both_signs(predicted, actual):
    residuals = actual - predicted
    return tf.maximum(tf.reduce_max(residuals), -tf.reduce_min(residuals))


LARGEST_ERROR.right(lambda predicted, actual: tf.norm(predicted - actual, ord=float("inf")))
LARGEST_ERROR.right(lambda predicted, actual: tf.sqrt(tf.reduce_max((predicted - actual) ** 2)))
LARGEST_ERROR.right(lambda predicted, actual: max(abs(predicted - actual)))
LARGEST_ERROR.right(lambda p, a: max([tf.abs(x - y) for x, y in zip(p, a)]))  # noqa: B905
LARGEST_ERROR.right(lambda p, a: tf.sort(tf.abs(p - a), direction="DESCENDING")[0])
LARGEST_ERROR.right(lambda p, a: tf.abs(p - a)[tf.argmax(tf.abs(p - a))])


@LARGEST_ERROR.right
def largest_error_one_by_one(predicted, actual):
    largest = 0
    for p, a in zip(predicted, actual, strict=True):
        size = abs(p - a)
        if size > largest:
            largest = size
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
        a: Four of the five points still lie on the old line, and they are the majority. But the
        fifth is 20 away, and it counts too.

        b: The absolute error took the outlier more calmly than the square did. Somewhere between
        the two lines sounds like a fair compromise.

        c: The points are the same as on the map above, outlier included, and the best line for
        them has just been found.
    """,
    feedback="""
        b: A compromise sounds fair: that is what squares make, because small errors cost them next
        to nothing. With the absolute error, each of the four points resists from the first step
        on.

        c: The data are the same, but the lowest place is not: the landscape is made of both, the
        data and the loss, and this loss counts the outlier as 20 rather than 400.
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
        "c": "It gives another number, silently.",
    },
    answer="c",
    reason="""
        Broadcasting stretches both to a table of 5 by 5 and compares every prediction with every
        actual value. The mean of that table is another number, and nothing warns you.
    """,
    tempts="""
        a: Not a single number has changed, and a loss is about numbers. Does it also look at how
        they are laid out?

        b: `(5, 1)` and `(5,)` are two different shapes, and subtraction works on values that
        belong together. Lesson 01 had shapes that did not fit.

        c: Broadcasting combines shapes that look different at first, and it never says that it
        did.
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
        To the absolute loss the point is too high, and no more than that: for every line that
        passes below it, 30 more add the same 6 to the loss. So the order of these lines does not
        change.
    """,
    tempts="""
        a: The point moves by another 30, and a lowest line has to weigh what all five points ask
        for.

        b: The absolute loss is calm about outliers, you have seen that. Calm need not mean deaf,
        though, and 30 is a long way.

        c: Four points hold the line where it is. The fifth was far away before, and now it is
        farther still.
    """,
    feedback="""
        a: The squared loss goes that way, and farther. In the cell the absolute one prints the
        same line for 31 and for 61: the point was too high before, and still is.

        b: The absolute loss is calmer than the squared one, you have seen that. It is calmer
        still: the cell prints the same line for 31 and for 61, to the last digit.
    """,
)
