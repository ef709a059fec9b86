"""The exercises of lesson 02: things that change."""
# Answers are written as learners write them:
# ruff: noqa: ANN001, ANN201, D103

import tensorflow as tf

from exercises.engine.model import Case, Function, Predict, Remark
from exercises.engine.stub import code_of

TITLE = "Variables"


# --- 2.P1

ASSIGN_THE_SQUARE = Predict(
    id="2.P1",
    title="Assign the square",
    prompt="`v` holds 3.0. After `v.assign(tf.square(v))`, what does it hold?",
    choices={"a": "3.0", "b": "6.0", "c": "9.0"},
    answer="c",
    reason="""
        First the square is computed from the old value, then it is put in that value's place.
        Nobody has to catch what `assign` returns: the Variable itself has changed.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        a: You may have thought that nothing changes without a `v = ...`. That is true of tensors;
        `assign` is a method that changes the Variable it is called on.

        b: You doubled, or added the 3 that was there to another 3. The square of 3 is 3 times 3,
        and `assign` replaces the old value: adding is what `assign_add` does.
    """,
)


# --- 2.P2

MINUS_ONE = Predict(
    id="2.P2",
    title="Minus one",
    prompt="`v = tf.Variable(6.0)`. After the line `v = v - 1.0`, is `v` a Variable?",
    choices={
        "a": "Yes, and it holds 5.0.",
        "b": "No, it is a tensor with the value 5.0.",
        "c": "Yes, but it still holds 6.0.",
    },
    answer="b",
    reason="""
        `v - 1.0` is a tensor, and `=` puts the name `v` on it. The Variable was not changed: the
        name let go of it.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        a: You read the line as *take 1 away from v*. That is `v.assign_sub(1.0)`. A `=` never
        changes a thing, it only moves a name.

        c: You are right that the Variable still holds 6.0. But the name `v` no longer belongs to
        it: after `=` it names what was computed on the right.
    """,
)


# --- 2.1


def double(variable):
    variable.assign(2.0 * variable)


DOUBLE = Function(
    id="2.1",
    title="Double a Variable",
    stub="""
def double(variable):
    pass  # replace this line
""",
    solution=double,
    returns=False,
    on_correct="""
        The caller's Variable has changed, and everyone who holds it sees that.
    """,
    hints="""
        Who else knows this Variable? The caller does, under a name of their own. The change has to
        happen to the Variable, not to your name for it.

        A Variable has methods that begin with `assign`. One takes a new value, one takes something
        to add.

        Compute the new value first, from the old one. Then hand it to the method of `variable`
        that takes a new value. Nothing needs to be returned.
    """,
    cases=(
        Case(lambda: (tf.Variable(5.0),)),
        Case(lambda: (tf.Variable([1.5, -4.0, 3.0]),)),
        Case(lambda: (tf.Variable([[0.5, 7.0], [-2.5, 10.0]]),)),
    ),
)
DOUBLE.slip(
    "name_bound_again", {"variable.assign(2.0 * variable)": "variable = 2 * variable"}
).says("""
    The Variable still holds its old value after the call. `=` only binds a name inside your
    function to something new, and a value that is computed but not assigned is lost: the caller
    notices neither. Only a method of the Variable changes it. Is `assign` called with round
    brackets, and on `variable`?
""")
DOUBLE.slip(
    "new_tensor_returned", {"variable.assign(2.0 * variable)": "return 2 * variable"}
).says("""
    This computes twice the value and returns it as a new tensor. The Variable was read, not
    changed: it holds its old value. Which of its methods writes?
""")
DOUBLE.slip(
    "new_variable_returned", {"variable.assign(2.0 * variable)": "return tf.Variable(2 * variable)"}
).says("""
    This makes a second Variable with twice the value. The first one, which the caller holds, is as
    it was, and so is every model that uses it. How many Variables should there be after the call?
""")
DOUBLE.slip("two_added", {"assign(2.0 * variable)": "assign_add(2.0)"}).says("""
    This makes the Variable larger by 2. That is its double only where it was 2 before. By how much
    must 5 grow to become 10, and -4 to become -8?
""")
DOUBLE.slip("two_assigned", {"2.0 * variable": "2.0"}).says("""
    This writes a 2 into the Variable, whatever was in it. Its old value is needed to know the new
    one. Where does your right-hand side look at the old value?
""")
DOUBLE.slip("doubled_amount_added", {"assign(2.0 * variable)": "assign_add(2 * variable)"}).says("""
    The Variable now holds three times its value: twice of it was added to what was already there.
    `assign` and `assign_add` want different things: which of them wants the new value, and which
    the change?
""")
DOUBLE.slip("squared", {"2.0 * variable": "tf.square(variable)"}).says("""
    This squares the value: it is multiplied by itself, and 5 becomes 25 where 10 was wanted. By
    which number is a value multiplied when it is doubled?
""")


@DOUBLE.mistaken("""
    This calls `assign` on a tensor. `2 * variable` is no longer a Variable, and a tensor cannot be
    given a new value. On which object does the method have to be called?
""")
def assigned_to_a_tensor(variable):
    doubled = 2 * variable
    doubled.assign(doubled)


DOUBLE.slip("times_equals", {"variable.assign(2.0 * variable)": "variable *= 2.0"}).says("""
    Python's `*=` is not allowed on a Variable: it looks like a change in place, and would put the
    name on a new tensor. TensorFlow refuses it, so that nobody falls for it. Which method says
    plainly that the Variable gets a new value?
""")
DOUBLE.slip("plus_equals", {"variable.assign(2.0 * variable)": "variable += variable"}).says("""
    The amount is right, but Python's `+=` is not allowed on a Variable: it would put the name on a
    new tensor and leave the Variable as it was. Which method adds in place?
""")


@DOUBLE.right
def double_by_adding(variable):
    variable.assign_add(variable)


DOUBLE.right(lambda variable: variable.assign(variable * 2.0))


@DOUBLE.right
def double_by_subtracting(variable):
    variable.assign_sub(-variable)
    return variable


@DOUBLE.right
def double_in_numpy(variable):
    variable.assign(2 * variable.numpy())


# --- 2.P3

NAME_AND_COPY = Predict(
    id="2.P3",
    title="A name and a copy",
    prompt=(
        "`original = tf.Variable([1.0, 2.0])`, `second_name = original` and "
        "`copy = tf.Variable(original)`. After `original.assign([7.0, 8.0])`, which of the two "
        "holds 7 and 8?"
    ),
    choices={
        "a": "Only second_name.",
        "b": "Only copy.",
        "c": "Both.",
        "d": "Neither.",
    },
    answer="a",
    reason="""
        `second_name` is the same Variable and shows every change. `copy` took the numbers once,
        when it was made, and has been on its own since.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO

        d: TODO
    """,
    feedback="""
        b: You may have taken the two for each other. `=` makes nothing new, it gives the same
        Variable a second name; `tf.Variable(...)` makes another Variable.

        c: You thought that the copy stays tied to what it was made from. It only read the numbers,
        at the moment it was made.

        d: You thought of `=` as a copy, or of tensors, where a second name never sees a change.
        Here no name was moved: the Variable itself was changed, and it has two names.
    """,
)


# --- 2.2


def clear_rows(table, rows):
    for row in rows:
        table[row].assign(tf.zeros_like(table[row]))


CLEAR_ROWS = Function(
    id="2.2",
    title="Clear some rows",
    stub="""
def clear_rows(table, rows):
    pass  # replace this line
""",
    solution=clear_rows,
    returns=False,
    on_correct="""
        Only the listed rows were written to, and the Variable is still the caller's own.
    """,
    hints="""
        How would you clear one row, say row 1? The cell before this exercise put 5 and 6 in it.
        Then think of several.

        `table[row]` picks a row of a Variable, and what it gives has an `assign` of its own.
        `tf.zeros_like(...)` makes zeros in the shape of whatever you hand it.

        Go through `rows` with a `for`. In each round pick that one row of the table and assign to
        it zeros that are shaped like it. Nothing needs to be returned.
    """,
    cases=(
        Case(lambda: (tf.Variable([[1.5, 2.5, 3.5], [4.5, 5.5, 6.5], [7.5, 8.5, 9.5]]), [1])),
        Case(lambda: (tf.Variable([[1.5, 2.5], [3.5, 4.5], [5.5, 6.5], [7.5, 8.5]]), [3, 0])),
        Case(lambda: (tf.Variable([[1.5, 2.5], [3.5, 4.5], [float("nan"), 6.5]]), [0, 2])),
    ),
)


@CLEAR_ROWS.mistaken("""
    This clears the whole table, also the rows that are not listed. In a table with a million rows,
    all that was learned would be gone. How do you get hold of one row, to assign to it alone?
""")
def everything_cleared(table, rows):
    table.assign(tf.zeros_like(table))


@CLEAR_ROWS.mistaken("""
    This keeps the listed rows and clears all others: the wrong way round. Which rows does your
    loop or your condition pick?
""")
def the_others_cleared(table, rows):
    for row in range(table.shape[0]):
        if row not in rows:
            table[row].assign(tf.zeros_like(table[row]))


CLEAR_ROWS.slip(
    "columns_cleared",
    {"row].assign(tf.zeros_like(table[row]))": ":, row].assign(tf.zeros_like(table[:, row]))"},
).says("""
    This clears columns: a number behind the comma picks along the second axis. Which axis do the
    rows lie on, and on which side of the comma is that?
""")
CLEAR_ROWS.slip(
    "counted_not_listed",
    {
        "row in rows": "i in range(len(rows))",
        "row].assign(tf.zeros_like(table[row]))": "i].assign(tf.zeros_like(table[i]))",
    },
).says("""
    This clears as many rows as were listed, but always the first ones: it uses the position in the
    list, 0, 1, 2, where the number that stands there was meant. What does `for row in rows` give
    you, and what `for row in range(len(rows))`?
""")


@CLEAR_ROWS.mistaken("""
    Only the first of the listed rows was cleared. Does a `return` in your loop end it after one
    round? Or, with a scatter update: is each row number in brackets of its own, as in `[[0],
    [2]]`?
""")
def only_the_first(table, rows):
    for row in rows:
        table[row].assign(tf.zeros_like(table[row]))
        return


CLEAR_ROWS.slip(
    "item_assigned", {"].assign(tf.zeros_like(table[row]))": "] = tf.zeros_like(table[row])"}
).says("""
    A row of a Variable cannot be set with `=`, as one would in a list or an array. `table[row]` by
    itself is fine: which method of it takes the new value?
""")


@CLEAR_ROWS.mistaken("""
    A whole list between the brackets does not pick several rows here: `table[[3, 0]]` is read as
    `table[3, 0]`, one place in row 3. How could the rows be taken one at a time?
""")
def list_as_index(table, rows):
    table[rows].assign(tf.zeros_like(table[rows]))


CLEAR_ROWS.slip("width_of_the_example", {"zeros_like(table[row])": "zeros([2])"}).says("""
    This writes two zeros into each row, as if every table had two columns. In a wider table they
    do not fit. Where could the zeros get their shape from?
""")
CLEAR_ROWS.slip("times_zero", {"tf.zeros_like(table[row])": "0.0 * table[row]"}).says("""
    This makes the zeros out of what was there: 0 times it, or itself minus itself. That does for
    ordinary numbers, but a row may hold `nan` (not a number) after something went wrong, and 0
    times `nan` is `nan`. What is zero whatever was there before?
""")


@CLEAR_ROWS.mistaken("""
    This computes a new table, with the right rows cleared, and returns it. The Variable holds what
    it held before. What would have to be done with the new numbers so that the caller's table has
    them?
""")
def new_table_returned(table, rows):
    indices = [[row] for row in rows]
    return tf.tensor_scatter_nd_update(table, indices, tf.zeros([len(rows), table.shape[1]]))


@CLEAR_ROWS.mistaken("""
    The table still holds what it held. Another table under the same name, a copy from `.numpy()`,
    zeros that are added: none of them reaches the Variable. Which method puts a value in the place
    of what was there?
""")
def table_left_alone(table, rows):
    table = tf.zeros_like(table)


@CLEAR_ROWS.right
def clear_by_scatter(table, rows):
    indices = [[row] for row in rows]
    table.scatter_nd_update(indices, tf.zeros([len(rows), table.shape[1]]))


@CLEAR_ROWS.right
def clear_by_position(table, rows):
    for row in range(table.shape[0]):
        if row in rows:
            table[row, :].assign([0.0] * table.shape[1])


@CLEAR_ROWS.right
def clear_in_numpy(table, rows):
    values = table.numpy()
    values[rows] = 0.0
    return table.assign(values)


@CLEAR_ROWS.right
def clear_with_where(table, rows):
    listed = tf.reduce_any(tf.range(table.shape[0])[:, tf.newaxis] == tf.constant(rows), axis=1)
    table.assign(tf.where(listed[:, tf.newaxis], tf.zeros_like(table), table))


# --- 2.P4

A_TENSOR_ON_THE_TAPE = Predict(
    id="2.P4",
    title="A tensor on the tape",
    prompt=(
        "`x = tf.constant(3.0)`, in place of the Variable. A tape records `result = x * x`. What "
        "does `tape.gradient(result, x)` return?"
    ),
    choices={"a": "6.0", "b": "0.0", "c": "None"},
    answer="c",
    reason="""
        By itself a tape watches Variables only, so it recorded nothing that leads from the result
        to `x`, and says so with `None`. `tape.watch(x)` at the top of the block changes that.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        a: You did the same sum as for the Variable, and 6 is the slope. But the tape can only
        answer what it recorded, and a tensor it doesn't watch unless it is told to.

        b: You reasoned that a constant doesn't change, so its slope is 0. A slope of 0 is an
        answer, though: *it makes no difference*. The tape has none to give.
    """,
)


# --- 2.3


def slope_of_cube(at):
    x = tf.Variable(at)
    with tf.GradientTape() as tape:
        cube = x * x * x
    return tape.gradient(cube, x)


def no_tape_in_it(answer):
    code = code_of(answer)
    return code is not None and "GradientTape" not in code.co_names


SLOPE_OF_CUBE = Function(
    id="2.3",
    title="The slope of the cube",
    stub="""
def slope_of_cube(at):
    # Your lines go here.
    return ...
""",
    solution=slope_of_cube,
    exact=True,
    on_correct="""
        At 2.0 it is 12: three times the square, as the rule in the books has it.
    """,
    hints="""
        A tape looks at Variables. What could you make one from, and when: before the tape starts
        or after?

        The order is: make the Variable; inside the `with` block compute the cube; after the block
        ask the tape.

        The tape is asked with `tape.gradient(...)`, which takes two things: first the result, then
        the Variable whose slope you want. What it gives back is your answer.
    """,
    cases=(
        Case(lambda: (5.0,)),
        Case(lambda: (-1.5,)),
        Case(lambda: (0.5,)),
    ),
    remarks=(
        Remark(
            no_tape_in_it,
            "One more thought: no tape was asked. The number came from a formula or from small "
            "steps. For a model with a thousand parameters nobody has a formula at hand, and small "
            "steps take long. Can you get the same number from a tape?",
        ),
    ),
)
SLOPE_OF_CUBE.slip(
    "the_cube_itself", {"() as tape": "()", "tape.gradient(cube, x)": "cube"}
).says("""
    This returns the cube: how large the result is, not how fast it grows. The tape has recorded
    everything, but nobody asked it. Which of its methods gives the slope?
""")
SLOPE_OF_CUBE.slip("nothing_comes_back", {"Variable": "constant"}).says("""
    What comes back is None. Either there is no `return`, or the tape saw no way from `x` to the
    cube: it sees only what is computed inside its block from a Variable (or a watched tensor) of
    floats, and is asked for the result first, then `x`. Which of these is different in yours?
""")
SLOPE_OF_CUBE.slip("slope_of_square", {"cube = x *": "square =", "cube,": "square,"}).says("""
    This gives the slope of the square, `x * x`. A cube is longer by one factor, and it has another
    slope. What stands inside your `with` block?
""")
SLOPE_OF_CUBE.slip(
    "slope_of_three_times", {"cube = x * x": "tripled = 3.0", "cube,": "tripled,"}
).says("""
    This gives the slope of three times `x`, which is 3 everywhere: a straight line. In a cube, `x`
    is multiplied by itself. How often does `x` occur in your line?
""")
SLOPE_OF_CUBE.slip("always_at_two", {"Variable(at)": "Variable(2.0)"}).says("""
    This gives the slope at 2, wherever it is asked for: the number that the task names has become
    part of the function. From what should the Variable be made?
""")


@SLOPE_OF_CUBE.mistaken("""
    This gives the slope at 3, wherever it is asked for: the Variable from further up, with its
    3.0, has come along. Where does your function use `at`?
""")
def always_at_three(at):
    v = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        cube = v * v * v
    return tape.gradient(cube, v)


@SLOPE_OF_CUBE.mistaken("""
    Here the tape meets a plain Python number. Python computes with it and TensorFlow never hears
    of it, so the tape has nothing to record. What could be made of `at` first, so that the tape
    looks at it?
""")
def number_on_the_tape(at):
    with tf.GradientTape() as tape:
        cube = at * at * at
    return tape.gradient(cube, at)


SLOPE_OF_CUBE.mistake("python_number", lambda at: 3.0 * at * at).says("""
    The number is right, but it is a Python number and not a tensor: worked out with a formula, or
    converted at the end. For a network nobody knows the formula, the tape does. What does the tape
    itself give back?
""")
SLOPE_OF_CUBE.mistake(
    "rise_over_a_hundredth", lambda at: ((at + 0.01) ** 3 - at**3) / 0.01
).says("""
    This takes a small step and divides the rise by it. That comes close to the slope and stays a
    little off, because the cube bends within the step. The tape gives the slope at the very place:
    what would it have to record?
""")
SLOPE_OF_CUBE.mistake("rise_not_divided", lambda at: (at + 0.01) ** 3 - at**3).says("""
    This gives how much the cube grows over a step of 0.01. A slope is the growth for each unit of
    `x`, so it would have to be divided by the step, and would then be only nearly right. How does
    a tape do without any step?
""")
SLOPE_OF_CUBE.slip("list_of_one", {", x": ", [x]"}).says("""
    This returns a list with one slope in it. The tape answers in the shape of the question: asked
    about a list of Variables, it gives a list. How do you ask about the one Variable alone?
""")
SLOPE_OF_CUBE.slip("variable_of_one", {"Variable(at)": "Variable([at])"}).says("""
    This returns a tensor of shape `[1]`: a row with one slope in it. The slope has the shape of
    the Variable, and yours was made with an axis. Asked for is a scalar. Where does the axis come
    from?
""")


@SLOPE_OF_CUBE.right
def slope_of_watched(at):
    x = tf.constant(at)
    with tf.GradientTape() as tape:
        tape.watch(x)
        cube = x**3
    return tape.gradient(cube, x)


@SLOPE_OF_CUBE.right
def slope_by_power(at):
    x = tf.Variable(at, dtype=tf.float32)
    with tf.GradientTape(persistent=True) as tape:
        cube = tf.pow(x, 3.0)
    slope = tape.gradient(cube, [x])[0]
    return slope


@SLOPE_OF_CUBE.right
def slope_inside_the_block(at):
    x = tf.Variable(at)
    with tf.GradientTape() as tape:
        return tape.gradient(tf.square(x) * x, x)


# --- 2.P5

STILL_REACHED = Predict(
    id="2.P5",
    title="What a name still reaches",
    prompt=(
        "All three lines of both programs have run. How many objects can still be reached by a "
        "name, on the left and on the right?"
    ),
    choices={
        "a": "Two on the left, one on the right.",
        "b": "Two on each side.",
        "c": "One on each side.",
    },
    answer="a",
    reason="""
        On the left `a + 1.0` made a second tensor and `a` was put on it, while `b` stayed where it
        was. On the right no new object was made: the one Variable was changed.
    """,
    tempts="""
        a: TODO

        b: TODO

        c: TODO
    """,
    feedback="""
        b: There are two names on each side. Count the boxes at the ends of their arrows instead:
        does `assign_add` make a new one?

        c: You expected `b` to go along with `a`. Step to the third line on the left and look at
        the arrow of `b`: who has moved it?
    """,
)
