"""Mistakes that several exercises share, each written once, as a change of a solution's code.

A concept's name says what the learner is to make. An exercise names its concepts in `concepts`.
"""

from exercises.engine.mistakes import Concept

# --- A residual, and a score: one number for many residuals

A_RESIDUAL = Concept()

A_RESIDUAL.slip("added", {"predicted - actual": "predicted + actual"}).says("""
    This adds predicted and actual values. For 7 predicted and an actual 7 that makes 14, though
    the prediction is perfect. What should come out for a perfect prediction?
""")
A_RESIDUAL.slip("ratio", {"predicted - actual": "predicted / actual"}).says("""
    This divides the prediction by the actual value. For a perfect prediction that makes 1, and a
    residual should be 0 there. Which operation gives 2 for 7 predicted and an actual 5?
""")
A_RESIDUAL.slip("relative", {"predicted - actual": "(predicted - actual) / actual"}).says("""
    This takes each residual as a fraction of its actual value. A residual stays in the unit of the
    values themselves. And what would happen here for an actual value of 0?
""")
A_RESIDUAL.slip("every_pair_compared", {"predicted - actual": "predicted[:, None] - actual"}).says(
    """
    This compares every prediction with every actual value, not only with its own. That happens
    where `[N]` meets `[N, 1]` and is stretched to a table, or in two loops, one inside the other.
    Training would run and learn the wrong line. Which of your lines pairs all with all?
"""
)

MEAN_OF_SQUARES = "tf.reduce_mean(tf.square(predicted - actual))"
LARGEST_SIZE = "tf.reduce_max(tf.abs(predicted - actual))"

THROUGH_NUMPY = """
    The number is right, but it went through NumPy, or through plain Python, and no tape can follow
    it there. A training needs the slope of this number. Which operations of TensorFlow do the
    same?
"""

A_SCORE = Concept()

A_SCORE.slip(
    "not_reduced",
    {MEAN_OF_SQUARES: "tf.square(predicted - actual)"},
    {LARGEST_SIZE: "tf.abs(predicted - actual)"},
).says("""
    This gives a number for each example, and stops one step too early. One number is asked for,
    for all of them together. Which of the reductions of lesson 01 makes it?
""")
A_SCORE.slip(
    "actual_as_axis",
    {MEAN_OF_SQUARES: "tf.reduce_mean(tf.square(predicted), tf.square(actual))"},
    {LARGEST_SIZE: "tf.reduce_max(tf.abs(predicted), tf.abs(actual))"},
).says("""
    A reduction takes one tensor. The second thing in its brackets is read as an axis, and an axis
    is a whole number, so the actual values mean nothing to it there. What has to happen to the
    two before anything is reduced?
""")
A_SCORE.slip(
    "signs_lost_too_early",
    {MEAN_OF_SQUARES: "tf.reduce_mean(tf.square(predicted) - tf.square(actual))"},
    {LARGEST_SIZE: "tf.reduce_max(tf.abs(predicted) - tf.abs(actual))"},
).says("""
    The signs of the values go first, and the subtraction comes afterwards. For a prediction of -5
    and an actual 5 that gives 0, though they are 10 apart. Which of these two steps should come
    first?
""")
A_SCORE.slip(
    "norm",
    {MEAN_OF_SQUARES: "tf.norm(predicted - actual)"},
    {LARGEST_SIZE: "tf.norm(predicted - actual)"},
).says("""
    This is the root of the *sum* of all squares. It grows with each further example, however good
    the model is. Which reduction does the task describe?
""")
A_SCORE.slip(
    "second_axis",
    {MEAN_OF_SQUARES: "tf.reduce_mean(tf.square(predicted - actual), axis=1)"},
    {LARGEST_SIZE: "tf.reduce_max(tf.abs(predicted - actual), axis=1)"},
).says("""
    `axis=1` is the second axis, and values in a row, of shape `[N]`, have only one. A reduction
    that is told no axis goes over all of them. Which of the two do you need here?
""")
A_SCORE.slip(
    "a_new_variable",
    {MEAN_OF_SQUARES: f"tf.Variable({MEAN_OF_SQUARES})"},
    {LARGEST_SIZE: f"tf.Variable({LARGEST_SIZE})"},
).says("""
    The number is right, but a new Variable keeps only the number, and not the way that led to it:
    no tape gets from there back to the predictions. What happens if you return the tensor as it
    is?
""")
A_SCORE.slip(
    "a_numpy_number",
    {MEAN_OF_SQUARES: "np.mean((predicted - actual) ** 2)"},
    {LARGEST_SIZE: "np.max(np.abs(predicted - actual))"},
).says("""
    The number is right, but it is a NumPy number: NumPy took the values out of TensorFlow, and no
    tape can follow them there. Which operations of TensorFlow do the same?
""")
A_SCORE.slip(
    "a_python_number",
    {MEAN_OF_SQUARES: f"float({MEAN_OF_SQUARES})"},
    {LARGEST_SIZE: f"float({LARGEST_SIZE})"},
).says("""
    The number is right, but it is a plain Python number: no gradient can be taken of it any more.
    Where on the way does it stop being a `tf.Tensor`?
""")
A_SCORE.slip(
    "through_numpy",
    {MEAN_OF_SQUARES: "tf.constant(np.mean((predicted.numpy() - actual.numpy()) ** 2))"},
    {LARGEST_SIZE: "tf.constant(np.max(np.abs(predicted.numpy() - actual.numpy())))"},
).says(THROUGH_NUMPY)


# --- A mean of squares

A_MEAN_OF_SQUARES = Concept()

A_MEAN_OF_SQUARES.slip("sum_of_squares", {"reduce_mean(tf.square": "reduce_sum(tf.square"}).says("""
    This adds the squared residuals up. With ten times as many examples it comes out about ten
    times as large, though the model is no worse. What would make the number independent of how
    many examples there are?
""")
A_MEAN_OF_SQUARES.slip(
    "mean_residual", {"tf.square(predicted - actual)": "predicted - actual"}
).says("""
    This averages the residuals as they are, without squaring. One that is 3 too high and one that
    is 3 too low then cancel out, and a bad model can get a 0. Where in your code would the signs
    have to go, before anything is averaged?
""")
A_MEAN_OF_SQUARES.slip("mean_of_sizes", {"tf.square(predicted": "tf.abs(predicted"}).says("""
    This averages the distances: it is the mean absolute error, a good loss with another name. An
    error twice as large should count four times as much here. Which operation does that?
""")
A_MEAN_OF_SQUARES.slip(
    "sum_of_sizes", {MEAN_OF_SQUARES: "tf.reduce_sum(tf.abs(predicted - actual))"}
).says("""
    This adds the distances up: neither squared nor averaged. Read the name of the loss from right
    to left. Which two of its three words are still to be done?
""")
A_MEAN_OF_SQUARES.slip(
    "doubled_not_squared", {"tf.square(predicted - actual)": "2 * (predicted - actual)"}
).says("""
    This doubles the residuals; it does not square them. A square is a number times *itself*: of 3
    it is 9, and of -3 it is 9 too. What becomes of the signs in your line?
""")
A_MEAN_OF_SQUARES.slip("root_for_square", {"tf.square(": "tf.sqrt("}).says("""
    `tf.sqrt` takes the square *root*. A residual below zero has none, so a `nan` comes out as soon
    as one prediction is too low. Which operation multiplies a number by itself?
""")
A_MEAN_OF_SQUARES.slip("root_taken", {MEAN_OF_SQUARES: f"tf.sqrt({MEAN_OF_SQUARES})"}).says("""
    This takes a square root at the end: it is called the root mean squared error. It is in the
    unit of the values, but it is not what was asked, and its gradient is another one. Which is the
    last of the three words in the name, read from right to left?
""")
A_MEAN_OF_SQUARES.slip(
    "square_of_mean", {"reduce_mean(tf.square(": "square(tf.reduce_mean("}
).says("""
    This averages first and squares afterwards. By then the errors that are too high and too low
    have cancelled out, and the square finds nothing left of them. Does the order of the two steps
    matter? Try it by hand for residuals of 3 and -3.
""")
A_MEAN_OF_SQUARES.slip(
    "square_of_sum", {"reduce_mean(tf.square(": "square(tf.reduce_sum("}
).says("""
    This adds the residuals up first and squares the sum. By then those that are too high and too
    low have cancelled out. Which comes first in your code, and what is left of residuals of 3 and
    -3?
""")
A_MEAN_OF_SQUARES.slip("half_of_mean_square", {MEAN_OF_SQUARES: f"{MEAN_OF_SQUARES} / 2"}).says("""
    This gives half of the mean squared error. Some books do that to make the gradient tidier, but
    here the number itself is compared. Where in your code does the half come from: did you divide
    by one thing too many?
""")
A_MEAN_OF_SQUARES.slip(
    "half_of_sum", {MEAN_OF_SQUARES: "tf.reduce_sum(tf.square(predicted - actual)) / 2"}
).says("""
    This adds the squares up and halves the sum. Some books define a loss that way, and it grows
    with every further example. By what does a *mean* divide?
""")
A_MEAN_OF_SQUARES.slip(
    "divided_not_added", {MEAN_OF_SQUARES: "tf.square(predicted - actual) / len(predicted)"}
).says("""
    This divides each square by the number of examples, and leaves them side by side. A mean is a
    *sum*, divided by how many there are. What is still to be done with these numbers?
""")
A_MEAN_OF_SQUARES.slip(
    "one_fewer",
    {MEAN_OF_SQUARES: "tf.reduce_sum(tf.square(predicted - actual)) / (len(predicted) - 1)"},
).says("""
    This divides by one less than the number of examples. Statisticians do that when they estimate
    a variance. A mean divides by how many there are. How many are there when there is a single
    example?
""")
A_MEAN_OF_SQUARES.slip(
    "variance", {MEAN_OF_SQUARES: "tf.math.reduce_variance(predicted - actual)"}
).says("""
    This is the variance of the residuals: how far they are from their own mean. If all predictions
    are too high by 3, it is 0, and the model looks perfect. From which number should they be
    measured?
""")
A_MEAN_OF_SQUARES.slip("largest_square", {"reduce_mean(tf.square": "reduce_max(tf.square"}).says("""
    This gives the largest of the squares. The other examples play no part in it, however wrong
    they are. Which reduction lets every example count?
""")


# --- A pair of data: inputs, and the outputs that belong to them

A_PAIR_OF_DATA = Concept()

MADE = "return inputs, inputs * W + b + noise"
PARTED = "return inputs[:cut], outputs[:cut], inputs[cut:], outputs[cut:]"

A_PAIR_OF_DATA.slip(
    "outputs_first",
    {MADE: "return inputs * W + b + noise, inputs"},
    {PARTED: "return outputs[:cut], inputs[:cut], outputs[cut:], inputs[cut:]"},
).says("""
    All the numbers are right, but outputs and inputs have changed places: whoever unpacks them
    would learn the question from the answer. Which does the task name first?
""")
A_PAIR_OF_DATA.slip(
    "outputs_only",
    {MADE: "return inputs * W + b + noise"},
    {PARTED: "return outputs[:cut], outputs[cut:]"},
).says("""
    This returns the outputs alone. Nobody can learn from them without the inputs that belong to
    them. How can a function return several things?
""")
A_PAIR_OF_DATA.slip(
    "inputs_only",
    {MADE: "return inputs"},
    {PARTED: "return inputs[:cut], inputs[cut:]"},
).says("""
    This returns the inputs alone: questions without their answers. Which other things does the
    task ask for, and in which order?
""")
