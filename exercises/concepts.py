"""Mistakes that several exercises share, by what they are about.

An exercise names its concepts, and has every mistake whose pieces stand in its solution's code.
"""

from exercises.engine.mistakes import Concept

# --- A table: rows and columns

A_TABLE = Concept()

A_TABLE.slip(
    "columns_as_rows",
    {"table[:, -count:]": "tf.transpose(table[:, -count:])"},
    {"return table - tf.reduce_mean(table, axis=0)":
     "return tf.transpose(table - tf.reduce_mean(table, axis=0))"},
).says("""
    The numbers are right, but what was a column is now a row: the result has as many rows as it
    should have columns. Going through columns and collecting them does that, and so does a
    transpose. Which step turns the table, and what turns it back?
""")  # fmt: skip


# --- A line: a weight times the inputs, and a bias

A_LINE = Concept()

A_LINE.slip(
    "parameters_swapped",
    {"W * inputs + b": "b * inputs + W"},
    {"self.W * inputs + self.b": "self.b * inputs + self.W"},
).says("""
    `W` and `b` have changed places: this rises by `b` for each unit of the input and begins at `W`.
    Did that happen in the formula, or in the order of the names between the brackets of `def`?
""")
A_LINE.slip(
    "bias_multiplied_too", {"inputs + b": "(inputs + b)"}, {"inputs + self.b": "(inputs + self.b)"}
).says("""
    This adds the bias to the input, before the weight: `b` is multiplied by `W` as well. It should
    lift the prediction by `b` and no more. Are the brackets needed?
""")
A_LINE.slip("bias_forgotten", {"inputs + b": "inputs"}, {"inputs + self.b": "inputs"}).says("""
    This multiplies and stops. Every such line goes through 0 at the input 0, wherever the data
    begin. Which of the parameters does your line not use?
""")
A_LINE.slip(
    "bias_times_inputs",
    {"inputs + b": "inputs + b * inputs"},
    {"inputs + self.b": "inputs + self.b * inputs"},
).says("""
    Here the bias is multiplied by the input, too, so it makes the line steeper and does not lift
    it. At the input 0 this predicts 0. What should the prediction be there?
""")
A_LINE.slip(
    "weight_added", {"W * inputs": "inputs + W"}, {"self.W * inputs": "inputs + self.W"}
).says("""
    This adds all three. The prediction then rises by 1 for each unit of the input, however large
    the weight is. What does *how steep* do to the input: is it added, or does it multiply?
""")
A_LINE.slip(
    "summed_up",
    {"W * inputs": "tf.reduce_sum(W * inputs)"},
    {"self.W * inputs": "tf.reduce_sum(self.W * inputs)"},
).says("""
    This adds the products of all inputs up to one number. A neuron with many inputs does that; here
    each input is an example of its own and gets its own prediction. What shape should come back for
    three inputs?
""")
A_LINE.slip("matrix_product", {"W * inputs": "W @ inputs"}).says("""
    `@` is the matrix product: it takes two tables, and neither a number nor a row of inputs is one.
    Here each input is multiplied by the one weight. Which operator works elementwise?
""")


# --- A class with parameters: a model that training can change

A_MODEL = Concept()

# One change for all classes, whatever their parameters are called: a method begins with another
# `self`, or with one whose attributes were replaced.
_CALL = "def __call__(self, inputs):"
_KEPT = "{{name: {new} for name, kept in vars(self).items() if {which}}}"
_VARIABLES = "isinstance(kept, tf.Variable)"
_A_NUMBER = "(lambda number, **how: number)("


def _starts_with(line: str) -> str:
    return f"{_CALL}\n        {line}"


def _other_self(self: str) -> tuple[dict[str, str], ...]:
    """An `__init__` that keeps its Variables in another place, for each list of parameters."""
    begins = ("a, b, c):", "W, b):", "c, W, b):")
    return tuple(
        {f"def __init__(self, {given}": f"def __init__(this, {given}\n        self = {self}"}
        for given in begins
    )


A_MODEL.slip("tensors_for_variables", {"tf.Variable(": "tf.constant("}).says("""
    It predicts rightly, but its parameters are tensors, and a tensor never changes.
    `trainable_variables` is empty: training would have nothing to work on. What does `LinearModel`
    in lesson 03 wrap round its starting numbers?
""")
A_MODEL.slip("plain_numbers", {"tf.Variable(": _A_NUMBER}).says("""
    It predicts rightly, but its parameters are the plain Python numbers it was given. TensorFlow
    knows nothing of them, can find no slope for them, and lists none. What could be made of each
    number before it is kept?
""")
A_MODEL.slip(
    "not_trainable", {"tf.Variable(": "tf.Variable(trainable=False, initial_value="}
).says("""
    Its parameters are Variables, but made with `trainable=False`: no tape watches them, and
    `trainable_variables` leaves them out. That suits a counter of steps. Should training be able to
    change these?
""")
A_MODEL.slip(
    "start_ignored",
    *(
        {f"tf.Variable({name}": "tf.Variable(0.0" for name in names}
        for names in ("abc", "cWb", "Wb")
    ),
).says("""
    Every object of this class begins with zeros, whatever it is given. The numbers come in through
    the brackets of `__init__`. What are they called there?
""")
A_MODEL.slip(
    "last_left_plain",
    {"tf.Variable(c)": "c"},
    {"tf.Variable(b, dtype=tf.float32)": "b"},
).says("""
    The last parameter is a plain number, so training finds the others only and can never change
    this one. What makes the others changeable?
""")
A_MODEL.slip("not_a_module", {"(tf.Module)": ""}).says("""
    The Variables and the formula are right, but the class is not built on `tf.Module`, so no
    `trainable_variables` lists them: a training loop could not ask it what to change. What stands
    in the brackets after the name of `LinearModel`?
""")
A_MODEL.slip(
    "keras_model",
    {
        "tf.Module": "tf.keras.Model",
        "__call__": "call",
        "self.a = tf": "super().__init__()\n        self.a = tf",
    },
).says("""
    It predicts rightly, but `trainable_variables` is empty: a Keras model does not find a
    tf.Variable among its attributes, and tf.Module does. On which of the two is your class built?
""")
A_MODEL.slip(
    "new_at_each_call",
    {
        "tf.Variable(": _A_NUMBER,
        _CALL: _starts_with(
            "self = type('Made', (), "
            + _KEPT.format(new="tf.Variable(float(kept))", which="type(kept) in (int, float)")
            + ")"
        ),
    },
).says("""
    This makes its Variables in `__call__`, new ones at each call, from the numbers of the
    beginning. Whatever training changed would be forgotten at the next prediction. Which method
    runs only once for each object?
""")
A_MODEL.slip(
    "replaced_at_each_call",
    {
        _CALL: _starts_with(
            "vars(self).update(" + _KEPT.format(new="tf.Variable(kept)", which=_VARIABLES) + ")"
        )
    },
).says("""
    At each call this puts new Variables in the place of the old ones. A training loop that holds
    the old ones would change numbers that nobody uses any more. Does `__call__` have to make
    anything, or only to read?
""")
A_MODEL.slip(
    "numbers_taken_out",
    {
        _CALL: _starts_with(
            "self = type('Read', (), " + _KEPT.format(new="kept.numpy()", which=_VARIABLES) + ")"
        )
    },
).says("""
    This takes the numbers out of the Variables, with `.numpy()` or `float(...)`, before it
    computes. The prediction is right, but the tape cannot follow such numbers, so there is no slope
    to learn from. What happens if you compute with the Variables as they are?
""")
A_MODEL.slip("shared_by_all", *_other_self("type(this)")).says("""
    The Variables belong to the class, not to the object, so all objects share them: a second one
    changes the first, and `trainable_variables` finds none of its own. What does a name need in
    front, inside `__init__`, to belong to one object?
""")
A_MODEL.slip("kept_nowhere", *_other_self("tf.Module()")).says("""
    `__call__` asks the object for its parameters, and it has none. Either `__init__` keeps nothing
    yet, or it gives the Variables plain names such as `b`, which are gone when the method ends. How
    does `LinearModel` keep its `W` for later?
""")


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
