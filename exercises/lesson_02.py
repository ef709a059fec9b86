"""The exercises of lesson 02: things that change."""
# Answers are written as learners write them:
# ruff: noqa: ANN001, ANN002, ANN003, ANN201, ANN202, D103

from unittest.mock import patch

import numpy as np
import tensorflow as tf

from exercises.engine.model import Case, Function, Predict, Remark

TITLE = "Variables"


# --- 2.P1

ASSIGN_THE_SQUARE = Predict(
    id="2.P1",
    title="Assign the square",
    prompt="`v` holds 3.0. After `v.assign(tf.square(v))`, what does it hold?",
    choices={"a": "3.0", "b": "6.0", "c": "9.0"},
    answer="c",
    reason="""
        First the square is computed from the old value, then it is put in that value's place. You
        needn't keep what `assign` returns: the Variable itself has changed.
    """,
    tempts="""
        a: There is no `v = ...` on that line, and no name keeps what `assign` returns.

        b: The square has a 2 in it, and two threes are 6.

        c: The square is computed from the 3.0 that is there, and `assign` is what changes a
        Variable.
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
        `v - 1.0` is a tensor, and `=` puts the name `v` on it. The Variable was not changed: it
        only lost this name.
    """,
    tempts="""
        a: The line takes 1 away from `v`. The cells above did just that to a Variable, with a
        method.

        b: Above, a sum or a difference with a Variable in it came out as a tensor.

        c: The line has no `assign` in it, and only such a method changes a Variable.
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

        Compute the new value first, from the old one. Then hand it to the method of `variable` that
        takes a new value. Nothing needs to be returned.
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
    The Variable that was passed still holds its old value. `=` only gives a name inside your
    function to something new. A value that you compute and don't assign is lost, and what you
    assign to another Variable changes only that one. Which of your lines writes into `variable`
    itself?
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
    This makes a second Variable with twice the value. The first one, which the caller holds, is
    unchanged, and so is every model that uses it. How many Variables should there be after the
    call?
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
    The Variable now holds three times its old value: twice the value was added to what was already
    there. `assign` and `assign_add` take different things: which of them takes the new value, and
    which the change?
""")
DOUBLE.slip("squared", {"2.0 * variable": "tf.square(variable)"}).says("""
    This squares the value: it is multiplied by itself, and 5 becomes 25, not 10. Which number do
    you multiply a value by to double it?
""")
DOUBLE.slip("assigned_to_a_tensor", {"variable.assign(2.0 * ": "(2.0 * variable).assign("}).says("""
    This calls `assign` on a tensor, and a tensor cannot be given a new value. Whatever is computed
    from a Variable is a tensor; so is the notebook's `v`, since `v = v - 1.0`. What is the caller's
    Variable called inside your function?
""")
DOUBLE.slip("assign_mul", {"assign(2.0 * variable)": "assign_mul(2.0)"}).says("""
    A Variable has `assign`, `assign_add` and `assign_sub`, and no method that multiplies. Which of
    the three takes a value that you have computed yourself?
""")
DOUBLE.right(lambda variable: variable.assign(variable * 2.0))
DOUBLE.right(lambda variable: variable.assign_add(variable.numpy()))
DOUBLE.right(lambda variable, by=2: variable[...].assign(by * variable))


@DOUBLE.right
def double_by_subtracting(variable):
    variable.assign_sub(-variable)
    return variable


@DOUBLE.right
def double_by_another_name(variable):
    mine = variable
    mine.assign(tf.add(mine, variable))
    mine = tf.zeros([3])


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
        a: Only one of the two names was put straight on the original, with nothing in between.

        b: Only one of the two was made by `tf.Variable(...)`, which is what takes new values.

        c: Both were made from the original, and both show its numbers before the change.

        d: The line names `original` alone, and neither of the other two appears in it.
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
        The listed rows hold zeros, even where there was `nan`, and the others are unchanged.
    """,
    hints="""
        How would you clear one row, say row 1? A cell above put 5 and 6 in it. Then think of
        several.

        `table[row]` picks a row of a Variable, and that row has an `assign` of its own.
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


CLEAR_ROWS.slip(
    "everything_cleared",
    {"table[row].assign(tf.zeros_like(table[row]))": "table.assign(tf.zeros_like(table))"},
).says("""
    This clears the whole table, including the rows that are not listed. In a table with a million
    rows, everything learned would be gone. How do you get hold of one row, to assign to it alone?
""")
CLEAR_ROWS.slip(
    "everything_times_zero",
    {"table[row].assign(tf.zeros_like(table[row]))": "table.assign(0.0 * table)"},
).says("""
    This multiplies the whole table by 0. That also clears rows which are not listed, and a `nan`
    (not a number) stays `nan`. How do you get hold of one row, and where could zeros come from that
    don't depend on the old numbers?
""")
CLEAR_ROWS.slip(
    "the_others_cleared", {"in rows": "in set(range(len(table.numpy()))) - set(rows)"}
).says("""
    This keeps the listed rows and clears all others: the wrong way round. Which rows does your loop
    or your condition pick?
""")
CLEAR_ROWS.slip(
    "columns_cleared",
    {"row].assign(tf.zeros_like(table[row]))": ":, row].assign(tf.zeros_like(table[:, row]))"},
).says("""
    This clears columns: a number after the comma picks along the second axis. Which axis do the
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
    list, 0, 1, 2, and not the row number that stands there. What does `for row in rows` give you,
    and what `for row in range(len(rows))`?
""")
CLEAR_ROWS.slip("only_the_first", {"in rows": "in rows[:1]"}).says("""
    Only the first of the listed rows was cleared. A `return` inside the loop does that, for it ends
    the loop after one round; so does a scatter update whose row numbers share one pair of brackets.
    The lesson wrote them as `[[0], [3]]`. Which of the two did you write?
""")
CLEAR_ROWS.slip(
    "item_assigned", {"].assign(tf.zeros_like(table[row]))": "] = tf.zeros_like(table[row])"}
).says("""
    A row of a Variable cannot be set with `=`, as in a list or an array. `table[row]` by itself is
    fine: which method of it takes the new value?
""")
CLEAR_ROWS.slip("list_as_index", {"[row]": "[rows]"}).says("""
    A whole list between the brackets does not pick several rows here: `table[[3, 0]]` is read as
    `table[3, 0]`, one place in row 3. How could you take the rows one at a time?
""")
CLEAR_ROWS.slip("width_of_the_example", {"zeros_like(table[row])": "zeros([2])"}).says("""
    This writes two zeros into each row, as if every table had two columns. Into a wider row they do
    not fit. Where could the zeros get their shape from?
""")
CLEAR_ROWS.slip(
    "one_number_cleared", {"row].assign(tf.zeros_like(table[row]))": "row, 0].assign(0.0)"}
).says("""
    Of each listed row only the first number is cleared: `0` after the comma picks one column. How
    much of the row should become zero, and what picks that?
""")
CLEAR_ROWS.slip("times_zero", {"tf.zeros_like(table[row])": "0.0 * table[row]"}).says("""
    This computes the zeros from the old numbers: 0 times a row, or a row minus itself. That works
    for ordinary numbers, but a row may hold `nan` (not a number) after something went wrong, and 0
    times `nan` is `nan`. Where could zeros come from that don't depend on the old numbers?
""")
CLEAR_ROWS.mistake(
    "new_table_returned",
    lambda table, rows: tf.tensor_scatter_nd_update(
        table, [[row] for row in rows], tf.zeros([len(rows), table.shape[1]])
    ),
).says("""
    This computes a new table, with the right rows cleared, and returns it. The Variable holds what
    it held before. What has to happen to the new numbers so that they reach the caller's table?
""")
CLEAR_ROWS.slip("table_left_alone", {"    table[row].assign(": "    cleared = ("}).says("""
    The table still holds what it held. Another table under the same name, a copy from `.numpy()`,
    zeros that are added to it: none of these changes the Variable. Which method replaces what a
    Variable holds?
""")
CLEAR_ROWS.right(lambda table, rows: [table[row].assign([0.0]) for row in rows])
CLEAR_ROWS.right(
    lambda table, rows: table.scatter_nd_update(
        [[row] for row in rows], tf.zeros([len(rows), table.shape[1]])
    )
)


@CLEAR_ROWS.right
def clear_cell_by_cell(table, rows):
    for i in range(len(rows)):
        for column in range(table.shape[1]):
            table[rows[i], column].assign(0)


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
        a: The computation is the same, at the same place, and above the same call gave a slope.

        b: A constant never changes, and what never changes has nothing to do with a slope.

        c: The text above says that a tape watches Variables without being asked, and `x` is a
        constant.
    """,
    feedback="""
        a: You did the same sum as for the Variable, and 6 is the slope. But the tape can only
        answer what it recorded, and it doesn't watch a tensor unless you tell it to.

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


def _asked(answer, at):
    """What comes back, and each question to a tape: the result, the sources, its answer."""
    questions = []
    gradient = tf.GradientTape.gradient

    def noting(tape, target, sources, *others, **how):
        slopes = gradient(tape, target, sources, *others, **how)
        questions.append((target, sources, slopes))
        return slopes

    with patch.object(tf.GradientTape, "gradient", noting):
        return answer(at), questions


def _slope_or_why_not(answer, at):
    """The slope. In words: that it is right and no tensor, or why the tape's answer is None."""
    slope, questions = _asked(answer, at)
    if isinstance(slope, float | np.generic) and np.isclose(slope, 3 * at**2, rtol=1e-3):
        return "a plain number"
    target, source, found = questions[-1] if questions else (None, None, slope)
    if slope is not None or found is not None or not questions:
        return slope
    if not isinstance(source, tf.Variable):
        return "the other way" if isinstance(target, tf.Variable) else "not watched"
    if not source.trainable:
        return "not trainable"
    return "nothing leads there" if source.dtype.is_floating else "whole numbers"


SLOPE_OF_CUBE = Function(
    id="2.3",
    title="The slope of the cube",
    stub="""
def slope_of_cube(at):
    # Your lines go here.
    return ...
""",
    solution=slope_of_cube,
    on_correct="""
        At 2.0 it is 12: three times the square, as the rule in the books says.
    """,
    hints="""
        A tape looks at Variables. What could you make one from, and when: before the tape starts or
        after?

        The order is: make the Variable; inside the `with` block compute the cube; after the block
        ask the tape.

        You ask the tape with `tape.gradient(...)`, which takes two things: first the result, then
        the Variable whose slope you want. What it gives back is your answer.
    """,
    cases=(
        Case(lambda: (5.0,)),
        Case(lambda: (-1.5,)),
        Case(lambda: (0.5,)),
        Case(lambda: (2.5,), _slope_or_why_not),
    ),
    remarks=(
        Remark(
            lambda answer: not _asked(answer, 2.5)[1],
            "One more thought: no `GradientTape` was asked. A formula gives the number, or small "
            "steps do. For a model with a thousand parameters nobody has a formula at hand, and "
            "small steps take long. Can you get the same number from a tape?",
        ),
    ),
)
SLOPE_OF_CUBE.slip(
    "the_cube_itself", {"() as tape": "()", "tape.gradient(cube, x)": "cube"}
).says("""
    This returns the cube: how large the result is, not how fast it grows. A tape that has recorded
    the cube can be asked for its slope. Which of its methods does that?
""")
SLOPE_OF_CUBE.slip("not_watched", {"Variable": "constant"}).says("""
    The tape's answer is None: it is asked about a tensor that it was not watching while the cube
    was computed. It watches only Variables by itself. How did the lesson make a tape watch a
    tensor, or what could you make of `at` instead?
""")
SLOPE_OF_CUBE.slip("asked_the_other_way", {"cube, x)": "x, cube)"}).says("""
    The tape's answer is None: it is asked how `x` changes with the cube, and nothing leads that
    way. It takes two things, in this order: the result, and what the slope is for. In which order
    do you pass them?
""")
SLOPE_OF_CUBE.slip("nothing_leads_there", {"x * x * x": "tf.constant(at**3)"}).says("""
    The tape's answer is None: inside its block, nothing leads from the Variable it is asked about
    to the result. Is the cube computed inside the block, and from that very Variable, with no
    `.numpy()` on the way?
""")
SLOPE_OF_CUBE.slip("not_trainable", {"Variable(at)": "Variable(at, trainable=False)"}).says("""
    The tape's answer is None: it leaves out a Variable that was made with `trainable=False`. That
    is meant for counters and the like. What is this Variable for?
""")
SLOPE_OF_CUBE.slip("whole_numbers", {"Variable(at)": "Variable(int(at))"}).says("""
    The tape's answer is None: the Variable holds whole numbers, and there are slopes for floats
    only, since a slope asks what a little more would do. Where does the point in `at` get lost?
""")
SLOPE_OF_CUBE.slip("asked_of_tf", {"tape.gradient": "tf.gradient"}).says("""
    `tf` has nothing called `gradient`: TensorFlow itself remembers nothing. What has recorded the
    cube, and what did you call it, after `as`?
""")
SLOPE_OF_CUBE.slip("slope_of_slope", {"x * x * x": "3.0 * x * x"}).says("""
    This gives 6 times `x`: a slope was taken twice. By the rule in the books, `3 * x * x` is
    already the slope of the cube. What should the tape record, and how often should it be asked?
""")
SLOPE_OF_CUBE.slip("slope_of_square", {"cube = x *": "square =", "cube,": "square,"}).says("""
    This gives the slope of the square, `x * x`. A cube has one factor more, and its slope is
    different. How often does `x` occur inside your `with` block?
""")
SLOPE_OF_CUBE.slip(
    "slope_of_three_times", {"cube = x * x": "tripled = 3.0", "cube,": "tripled,"}
).says("""
    This gives the slope of three times `x`, which is 3 everywhere: a straight line. What does a
    cube do to `x`, and what does your line do to it?
""")
SLOPE_OF_CUBE.slip("number_on_the_tape", {"x = tf.Variable(at)": "x = at"}).says("""
    The tape is asked about a plain Python number: `at` itself, or what Python computed from it.
    TensorFlow never hears of such numbers, so the tape records nothing. What could you make from
    `at` first, and where would you use it?
""")
SLOPE_OF_CUBE.slip(
    "number_watched",
    {"x = tf.Variable(at)": "x = at", "as tape:\n": "as tape:\n        tape.watch(x)\n"},
).says("""
    `watch` takes a tensor, and `at` is a Python number: there is nothing that TensorFlow could look
    at. How do you turn a number into a tensor, or into a Variable, which needs no `watch`?
""")
SLOPE_OF_CUBE.mistake("python_number", lambda at: 3.0 * at * at).says("""
    The number is right, but it is a plain number and not a tensor: worked out in Python, or taken
    out of its tensor at the end. For a network nobody knows a formula, but the tape does the work.
    What does the tape itself give back?
""")
SLOPE_OF_CUBE.mistake(
    "rise_over_a_hundredth", lambda at: ((at + 0.01) ** 3 - at**3) / 0.01
).says("""
    This takes a small step and divides the rise by it. That comes close to the slope and stays a
    little off, because the cube bends within the step. The tape gives the slope at the very point:
    what would it have to record?
""")
SLOPE_OF_CUBE.mistake("rise_not_divided", lambda at: (at + 0.01) ** 3 - at**3).says("""
    This gives how much the cube grows over a step of 0.01. A slope is the growth for each unit of
    `x`, so you would have to divide by the step, and even then it would be only nearly right. How
    does a tape do without any step?
""")
SLOPE_OF_CUBE.slip("list_of_one", {", x": ", [x]"}).says("""
    One slope comes back, inside a list or a tuple. Square brackets make a list, a comma at the end
    of a line makes a tuple, and a tape that is asked about a list answers with one. Which of these
    is in your lines?
""")
SLOPE_OF_CUBE.slip("variable_of_one", {"Variable(at)": "Variable([at])"}).says("""
    This returns a tensor of shape `[1]`: a row with one slope in it. The slope has the shape of the
    Variable, and yours was made with an axis. The task asks for a scalar. Where does the axis come
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


@SLOPE_OF_CUBE.right
def slope_in_double_precision(at):
    x = tf.Variable(tf.cast(at, tf.float64))
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(x)
        cube = tf.reduce_prod([x, x, x])
    return tf.squeeze(tape.gradient(cube, {"x": x})["x"])


@SLOPE_OF_CUBE.right
def slope_by_a_helper(at):
    def slope_of(function, x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            result = function(x)
        return tape.gradient(result, x)

    return slope_of(lambda x: x**3, tf.convert_to_tensor(at))


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
        On the left `a + 1.0` made a second tensor and the name `a` moved to it, while `b` stayed
        where it was. On the right no new object was made: the one Variable was changed.
    """,
    tempts="""
        a: The two programs look alike, but their last lines do different things with a name.

        b: There are two names on each side, and each of them leads to something.

        c: On each side the second name was put on what the first one names.
    """,
    feedback="""
        b: There are two names on each side. Count the boxes at the ends of their arrows instead:
        does `assign_add` make a new one?

        c: You expected `b` to go along with `a`. Step to the third line on the left and look at the
        arrow of `b`: has anything moved it?
    """,
)
