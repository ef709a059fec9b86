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
