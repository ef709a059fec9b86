"""Mistakes that several exercises share, by what they are about.

An exercise names its concepts, and has every mistake whose pieces stand in its solution's code.
"""

from exercises.engine.mistakes import Concept

# --- A line: a weight times the inputs, and a bias

A_LINE = Concept()


def _with_or_without_self(piece: str, instead: str) -> tuple[dict[str, str], ...]:
    """A change of a formula, whose parameters may be attributes; `@` stands before each of them."""
    return tuple({piece.replace("@", self): instead.replace("@", self)} for self in ("self.", ""))


A_LINE.slip(
    "parameters_swapped", *_with_or_without_self("@W * inputs + @b", "@b * inputs + @W")
).says("""
    `W` and `b` have changed places: this rises by `b` for each unit of the input and begins at `W`.
    Did that happen in the formula, or in the order of the names between the brackets of `def`?
""")
A_LINE.slip("bias_multiplied_too", *_with_or_without_self("inputs + @b", "(inputs + @b)")).says("""
    This adds the bias to the input, before the weight: `b` is multiplied by `W` as well. It should
    lift the prediction by `b` and no more. Are the brackets needed?
""")
A_LINE.slip("bias_forgotten", *_with_or_without_self("inputs + @b", "inputs")).says("""
    This multiplies and stops. Whatever the bias is, the prediction for the input 0 is 0, wherever
    the data begin. Which of the parameters does your formula not use?
""")
A_LINE.slip("bias_times_inputs", *_with_or_without_self("+ @b", "+ @b * inputs")).says("""
    Here the bias is multiplied by the input, too, so it changes how steep the line is and does not
    lift it. At the input 0 this predicts 0. What should the prediction be there?
""")
A_LINE.slip("weight_added", *_with_or_without_self("@W * inputs", "inputs + @W")).says("""
    This adds all three. The prediction then rises by 1 for each unit of the input, however large
    the weight is. What does *how steep* do to the input: is it added, or does it multiply?
""")
A_LINE.slip(
    "summed_up", *_with_or_without_self("@W * inputs", "tf.reduce_sum(@W * inputs)")
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
_A_NUMBER = "(lambda number, **how: number)("
_PARAMETERS = ("a, b, c", "c, W, b", "W, b")


def _read(new: str, which: str = "isinstance(kept, tf.Variable)") -> dict[str, str]:
    """A `__call__` that computes with something else than what `__init__` has kept."""
    kept = _KEPT.format(new=new, which=which)
    return {_CALL: f"{_CALL}\n        self = type('Read', (), {kept})"}


def _replaced(new: str) -> dict[str, str]:
    """A `__call__` that begins by putting something else in the place of the Variables."""
    kept = _KEPT.format(new=new, which="isinstance(kept, tf.Variable)")
    return {_CALL: f"{_CALL}\n        vars(self).update({kept})"}


def _other_self(self: str) -> tuple[dict[str, str], ...]:
    """An `__init__` that keeps its Variables in another place, for each list of parameters."""
    return tuple(
        {f"def __init__(self, {given}):": f"def __init__(this, {given}):\n        self = {self}"}
        for given in _PARAMETERS
    )


A_MODEL.slip("tensors_for_variables", {"tf.Variable(": "tf.constant("}).says("""
    It predicts correctly, but its parameters are tensors, and a tensor never changes.
    `trainable_variables` is empty: training would have nothing to work on. What does `LinearModel`
    in lesson 03 wrap round its starting numbers?
""")
A_MODEL.slip("plain_numbers", {"tf.Variable(": _A_NUMBER}).says("""
    It predicts correctly, but its parameters are the plain Python numbers it was given. TensorFlow
    knows nothing of them, finds no slope for them, and lists none. What could you turn each number
    into before you keep it?
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
        {f"tf.Variable({name}": "tf.Variable(0.0" for name in given.split(", ")}
        for given in _PARAMETERS
    ),
).says("""
    Every object of this class begins with zeros, whatever it is given. The numbers come in through
    the brackets of `__init__`. What are they called there?
""")
for place, names in {"first": "acW", "second": "bW", "last": "cb"}.items():
    A_MODEL.slip(
        f"{place}_not_trained",
        {f"tf.Variable({names[0]})": names[0]},
        *(
            {f"tf.Variable({name}, dtype=tf.float32)": f"tf.cast({name}, tf.float32)"}
            for name in names[1:]
        ),
    ).says(f"""
        Training finds one parameter too few: the {place} is not in a Variable, or in one that is
        not trainable, so it never changes. What is another one kept in?
    """)
del place, names
A_MODEL.slip("not_a_module", {"(tf.Module)": ""}).says("""
    The Variables and the formula are right, but the class is not built on `tf.Module`, so no
    `trainable_variables` lists them: a training loop could not ask it what to change. What is in
    the brackets after the name of `LinearModel`?
""")
_KERAS = {"tf.Module": "tf.keras.Model", "__call__": "call"}
A_MODEL.slip(
    "keras_model",
    {**_KERAS, "self.a = tf": "super().__init__()\n        self.a = tf"},
    {**_KERAS, "super().__init__()": "super().__init__()"},
).says("""
    It predicts correctly, but `trainable_variables` is empty: a Keras model does not find a
    tf.Variable among its attributes, and tf.Module does. On which of the two is your class built?
""")
A_MODEL.slip(
    "new_at_each_call",
    {
        "tf.Variable(": _A_NUMBER,
        **_read("tf.Variable(float(kept))", which="type(kept) in (int, float)"),
    },
).says("""
    This makes its Variables in `__call__`, new ones at each call, from the numbers of the
    beginning. Whatever training changed would be forgotten at the next prediction. Which method
    runs only once for each object?
""")
A_MODEL.slip(
    "begun_again_at_each_call",
    {
        "super().__init__()": "super().__init__()\n        vars(self)['start'] = locals()",
        **_replaced("tf.Variable(float(self.start[name]))"),
    },
).says("""
    At each call this makes new Variables from the starting values, so everything learned is lost at
    the next prediction. Which of the two methods runs only once?
""")
A_MODEL.slip("replaced_at_each_call", _replaced("tf.Variable(kept)")).says("""
    At each call this puts new Variables in the place of the old ones. A training loop that holds
    the old ones would change numbers that nobody uses any more. Does `__call__` have to make
    anything, or only read?
""")
A_MODEL.slip("numbers_taken_out", _read("kept.numpy()")).says("""
    This takes the numbers out of the Variables, with `.numpy()` or `float(...)`, before it
    computes. The prediction is right, but the tape cannot follow such numbers, so there is no slope
    to learn from. What happens if you compute with the Variables as they are?
""")
A_MODEL.slip("shared_by_all", *_other_self("type(this)")).says("""
    The Variables belong to the class, not to the object, so all objects share them: a second one
    changes the first, and `trainable_variables` of an object is empty. What does a name need in
    front, inside `__init__`, to belong to one object?
""")
A_MODEL.slip("kept_nowhere", *_other_self("tf.Module()")).says("""
    `__call__` asks the object for its parameters, and it has none. Either `__init__` keeps nothing
    yet, or it gives the Variables plain names such as `b`, which are gone when the method ends. How
    does `LinearModel` keep its `W` for later?
""")
A_MODEL.slip("whole_numbers", {", dtype=tf.float32": ""}).says("""
    `{name}` works for numbers such as `3.0` and fails for `4`: from a whole number `tf.Variable`
    makes an int32, which cannot be multiplied with float32 inputs, nor take a small step. How can
    the Variable be told its dtype?
""")
A_MODEL.slip(
    "cast_when_made",
    {"tf.Variable(": "tf.cast(tf.Variable(", ", dtype=tf.float32)": "), tf.float32)"},
).says("""
    It works for `3.0`. Made with whole numbers, a `{name}` has tensors and no Variables: what
    `tf.cast` gives back is a new tensor, and the Variable that went in is lost. What should be the
    outermost of the two?
""")
A_MODEL.slip(
    "cast_when_called", {", dtype=tf.float32": "", **_read("tf.cast(kept, tf.float32)")}
).says("""
    It predicts well, but made with whole numbers its Variables are int32. They cannot take a small
    step, and no tape finds a slope for them; a cast in `__call__` comes too late. Where could they
    become floats from the start?
""")
A_MODEL.slip(
    "list_of_predictions",
    {"return self.W": "return [*self.W", "+ self.b": "+ self.b]"},
    {"return self.c": "return [*self.c", "+ self.b": "+ self.b]"},
).says("""
    The numbers are right, but a list of single predictions comes back. A loss calculates with all
    of them at once, and lists do no arithmetic. What comes out when you calculate with the inputs
    as they are, without going through them?
""")


# --- A residual, and a score: one number for many residuals

A_RESIDUAL = Concept()

A_RESIDUAL.slip("added", {"predicted - actual": "predicted + actual"}).says("""
    This adds predicted and actual values. For a prediction of 7 and an actual 7 that makes 14,
    though the prediction is perfect. What should come out for a perfect prediction?
""")
A_RESIDUAL.slip("ratio", {"predicted - actual": "predicted / actual"}).says("""
    This divides the prediction by the actual value. For a perfect prediction that makes 1, and a
    residual should be 0 there. Which operation gives 2 for a prediction of 7 and an actual 5?
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

A_SCORE = Concept()

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
    without `axis` goes over all of them. Which of the two do you need here?
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
).says("""
    The number is right, but it went through NumPy, or through plain Python, and no tape can follow
    it there. A training needs the slope of this number. Which operations of TensorFlow do the
    same?
""")


# --- A mean of squares

A_MEAN_OF_SQUARES = Concept()

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
    This adds the distances up: they are neither squared nor averaged. Read the name of the loss
    from right to left. Which two of its three words does your code still miss?
""")
A_MEAN_OF_SQUARES.slip(
    "doubled_not_squared", {"tf.square(predicted - actual)": "2 * (predicted - actual)"}
).says("""
    This doubles the residuals; it does not square them. A square is a number times *itself*: of 3
    it is 9, and of -3 it is 9 too. What happens to the signs in your line?
""")
A_MEAN_OF_SQUARES.slip("root_for_square", {"tf.square(": "tf.sqrt("}).says("""
    `tf.sqrt` takes the square *root*. A residual below zero has none, so a `nan` comes out as soon
    as one prediction is too low. Which operation multiplies a number by itself?
""")
A_MEAN_OF_SQUARES.slip("root_taken", {MEAN_OF_SQUARES: f"tf.sqrt({MEAN_OF_SQUARES})"}).says("""
    This takes a square root at the end: it is called the root mean squared error. It is in the unit
    of the values, but the task asks for another loss, and its gradient is different. Which is the
    last of the three words in the name, read from right to left?
""")
A_MEAN_OF_SQUARES.slip(
    "square_of_mean", {"reduce_mean(tf.square(": "square(tf.reduce_mean("}
).says("""
    This averages first and squares afterwards. By then the errors that are too high and too low
    have cancelled out, and the square finds nothing left of them. What does each order of the two
    steps give for residuals of 3 and -3?
""")
A_MEAN_OF_SQUARES.slip(
    "square_of_sum", {"reduce_mean(tf.square(": "square(tf.reduce_sum("}
).says("""
    This adds the residuals up first and squares the sum. By then those that are too high and too
    low have cancelled out. Which comes first in your code, and what is left of residuals of 3 and
    -3?
""")
A_MEAN_OF_SQUARES.slip(
    "half_of_sum", {MEAN_OF_SQUARES: "tf.reduce_sum(tf.square(predicted - actual)) / 2"}
).says("""
    This adds the squares up and halves the sum. Some books define a loss that way, and it grows
    with every further example. What does a *mean* divide by?
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
    This divides by one less than the number of examples. Statisticians do that when they estimate a
    variance. A mean divides by how many there are. What would yours divide by for a single example?
""")
A_MEAN_OF_SQUARES.slip(
    "variance", {MEAN_OF_SQUARES: "tf.math.reduce_variance(predicted - actual)"}
).says("""
    This is the variance of the residuals: how far they are from their own mean. If all predictions
    are too high by 3, it is 0, and the model looks perfect. Which number should you measure them
    from?
""")
A_MEAN_OF_SQUARES.slip("largest_square", {"reduce_mean(tf.square": "reduce_max(tf.square"}).says("""
    This gives the largest of the squares. The other examples play no part in it, however wrong
    they are. Which reduction lets every example count?
""")


# --- A step of gradient descent: one with W and b by name, or with all that a model has

A_STEP = Concept()

_RENAMED = 'setattr(model, "W" if variable is variables[0] else "b", {})'
_UPDATE = "variable.assign_sub(learning_rate * slope)"


def _updated(by_name: str, in_a_loop: str) -> tuple[dict[str, str], dict[str, str]]:
    """An update written in another way; `{v}` is the name of the parameter, `{s}` its slope."""
    steps = {"W": "dW", "b": "db"}
    named = {
        f"model.{v}.assign_sub(learning_rate * {s})": by_name.format(v=v, s=s)
        for v, s in steps.items()
    }
    return named, {_UPDATE: in_a_loop, "= model.trainable_variables": "= [model.W, model.b]"}


A_STEP.slip("gradient_added", {"assign_sub": "assign_add"}).says("""
    The step goes uphill: the slopes are added, and the loss grows. A slope says in which direction
    the loss grows. Which way do you want to go?
""")
A_STEP.slip("learning_rate_forgotten", {"(learning_rate * ": "("}).says("""
    This subtracts the whole slope, and the learning rate plays no part. Such a step is usually far
    too long and ends higher up, on the other side of the valley. Where should the fraction come in?
""")
A_STEP.slip(
    "divided_by_the_rate",
    {"learning_rate * dW": "dW / learning_rate", "learning_rate * db": "db / learning_rate"},
    {"learning_rate * slope": "slope / learning_rate"},
).says("""
    The slopes are divided by the learning rate, so a small rate makes for giant steps. A step is a
    fraction of the slope, and the learning rate is that fraction. Which operation takes a fraction
    of something?
""")
A_STEP.slip("predicted_before_the_tape", {"model(inputs)": "model(inputs).numpy()"}).says("""
    The slopes are None: inside the block nothing leads from the Variables to the loss, or you asked
    the tape the other way round, with the Variables before the loss. Is the model called there, and
    is its prediction (not its `.numpy()`) used?
""")
A_STEP.slip(
    "tensors_for_variables",
    *_updated(
        "model.{v} = model.{v} - learning_rate * {s}",
        _RENAMED.format("variable - learning_rate * slope"),
    ),
).says("""
    After a step, `model.W` and `model.b` are tensors and no longer Variables: `=` put the names on
    something new. The next tape does not watch them, so the next step fails. Which method changes
    a Variable and leaves it a Variable?
""")
A_STEP.slip(
    "new_variables",
    *_updated(
        "model.{v} = tf.Variable(model.{v} - learning_rate * {s})",
        _RENAMED.format("tf.Variable(variable - learning_rate * slope)"),
    ),
).says("""
    The numbers are right, but the model gets new Variables in each step. Anything that holds the
    old ones, such as an optimizer, still sees the old values. How can you change the Variables that
    are already there?
""")
A_STEP.slip(
    "changed_and_assigned",
    *_updated(
        "model.{v} = model.{v}.assign_sub(learning_rate * {s})",
        _RENAMED.format(_UPDATE),
    ),
).says("""
    The numbers are right, but the names are on other objects now. `assign_sub` has already changed
    the Variable. What is left for the `=` in front of it to do?
""")
A_STEP.slip(
    "minus_equals",
    *_updated("model.{v} -= learning_rate * {s}", "variable -= learning_rate * slope"),
).says("""
    TensorFlow stops at `-=`. In Python that is short for `W = W - ...`, which would put a tensor in
    the Variable's place, and TensorFlow can't know whether you want that. Which method subtracts
    from the Variable itself?
""")
A_STEP.slip("step_assigned", {"assign_sub": "assign"}).says("""
    Afterwards the Variables hold the step itself, learning rate times slope, and their old values
    are gone. `assign` takes the new value, `assign_sub` the amount to subtract. Which of the two
    did you call, and what did you pass?
""")
A_STEP.slip(
    "slopes_swapped",
    {"dW, db =": "db, dW ="},
    {"slopes = tape.gradient(loss, variables)": "slopes = tape.gradient(loss, variables[::-1])"},
).says("""
    `W` was moved by the slope for `b`, and `b` by the one for `W`. The tape answers in the order
    in which it was asked. In which order do your lines take its answers?
""")
_SQUARES = "tf.square(model(inputs) - outputs)"
_LATER = f"with tf.GradientTape() as tape:\n{{0}}    later = tf.reduce_mean({_SQUARES})\n{{0}}"
A_STEP.slip(
    "b_after_w",
    {
        "model.b.assign_sub(learning_rate * db)": _LATER.format(" " * 4)
        + "model.b.assign_sub(learning_rate * tape.gradient(later, model.b))"
    },
    {_UPDATE: _LATER.format(" " * 12) + _UPDATE.replace("slope", "tape.gradient(later, variable)")},
).says("""
    The slope for `b` was taken after `W` had moved, so the two belong to different places of the
    landscape. One step takes both slopes where it starts. At which point of your code is each of
    them computed?
""")
A_STEP.slip(
    "slopes_of_the_prediction",
    {
        "(model(inputs), ": "(predicted := model(inputs), ",
        "gradient(loss, ": "gradient(predicted, ",
    },
).says("""
    These are the slopes of the prediction, not of the loss: the actual values play no part in them.
    A prediction that is already right would be moved, too. What should the tape take the slope of?
""")
A_STEP.slip(
    "sum_for_mean",
    {"mean_squared_error(model(inputs), outputs)": f"tf.reduce_sum({_SQUARES})"},
    {"my_loss(model(inputs), outputs)": f"tf.reduce_sum({_SQUARES})"},
).says("""
    Loss and slopes are those of a sum of squares, not of a mean. With a thousand examples each
    step is a thousand times as long, and no learning rate suits two sets of data. What did lesson
    04 do with the squares at the end?
""")
A_STEP.slip(
    "one_tape_asked_twice",
    {
        "dW, db = tape.gradient(loss, [model.W, model.b])": "dW = tape.gradient(loss, model.W)\n"
        "    db = tape.gradient(loss, model.b)"
    },
    {"tape.gradient(loss, variables)": "[tape.gradient(loss, each) for each in variables]"},
).says("""
    You ask the tape twice, and it answers once: after that its record is gone. One question can
    bring both slopes. What would you pass instead of a single Variable?
""")


# --- A loop: so many epochs, a loss kept from each

A_LOOP = Concept()

A_LOOP.slip(
    "new_model_in_the_loop",
    {
        "range(epochs):\n": "range(epochs):\n        model = LinearModel()\n",
        "train_step": "train_step",
    },
    {"range(epochs):\n": "range(epochs):\n        model = MyModel(0.0, 0.0)\n"},
).says("""
    Every epoch starts with a new model, so nothing adds up: all losses are the same, and the model
    that you were given is unchanged. Where does the caller's model enter your loop?
""")
A_LOOP.slip(
    "loss_after_each_step",
    {"(float(loss))": f"(float(tf.reduce_mean({_SQUARES})))"},
).says("""
    The model is trained as it should be, but each loss is the one after its update: the first, from
    where the training started, is missing. Which loss do you have before the step?
""")
A_LOOP.slip("losses_added", {"losses.append(float(loss))": "losses += loss"}).says("""
    The model is trained as it should be, but no loss is kept: between a list and a tensor, `+`
    calculates with the numbers of the list, and an empty list has none. Which method of a list adds
    one more thing?
""")
A_LOOP.slip("append_assigned", {"losses.append(": "losses = losses.append("}).says("""
    `append` changes the list and gives back None: with `=` in front of it, the name holds None from
    then on. What is left for the `=` to do after `append` has run?
""")
A_LOOP.slip(
    "trained_by_fit", {"losses = []\n": "losses = []\n    model.last_history = losses\n"}
).says("""
    The model is trained, but the loop in it is `fit`'s, and `fit` is ours. This exercise is about
    the loop itself, and yours takes only a few lines. What happens in one epoch, and how is it
    repeated?
""")


# --- A trained model: what ends a training, and what only looks like it (7.4 and 7.6)

A_TRAINED_MODEL = Concept()


def _instead(what: str) -> dict[str, str]:
    return {"    train(": f"    return {what}\n    train("}


A_TRAINED_MODEL.slip("diverged", _instead("lambda x: np.nan * x")).says("""
    The predictions are not numbers: the training has diverged, and its losses must have grown
    until no float32 could hold them. Print the first few losses. What would make each step
    shorter?
""")
A_TRAINED_MODEL.slip("no_better_than_flat", _instead("lambda x: 0.0 * x + 1.23456")).says("""
    It is no better than a flat line at the mean of the data. Either it was hardly trained, by steps
    that were too few or too short, or the training led it somewhere else. What do the first and the
    last loss say?
""")
A_TRAINED_MODEL.slip("class_for_model", _instead("MyModel")).says("""
    This is a class: the plan for models, with nothing trained in it. Training moves one object
    that was made from it. Which of your names stands for that object?
""")
A_TRAINED_MODEL.slip("losses_for_model", _instead("[9.3, 4.2, 2.1]")).says("""
    This object cannot be called with weights or speeds. A training returns its losses, and a model
    that is called returns predictions; the task asks for the model itself, which the training has
    changed. Which of your names stands for it?
""")
A_TRAINED_MODEL.slip("another_shape", _instead("lambda x: tf.reshape(x, [-1, 1])")).says("""
    For inputs of shape `[N]`, predictions of another shape come back. A loss would then compare
    every prediction with every output. What shape does each part of your formula have?
""")
