"""The exercises of lesson 01: blocks of numbers."""
# Answers are written as learners write them:
# ruff: noqa: ANN001, ANN201, D103

import numpy as np
import tensorflow as tf

from exercises.engine.model import Case, Function, Predict, Remark
from exercises.engine.stub import loops

TITLE = "Tensors"

A_LOOP = Remark(
    loops,
    "One more thought: this has a loop of Python in it. Over a million numbers such a loop takes "
    "seconds, and TensorFlow milliseconds. Which operation would work on the whole tensor at once?",
)


# --- 1.P1

COUNT_THE_BRACKETS = Predict(
    id="1.P1",
    title="Count the brackets",
    prompt="What is the shape of `tf.constant([[[1, 2]]])`? Count the brackets.",
    choices={"a": "(1, 2)", "b": "(2, 1, 1)", "c": "(1, 1, 2)"},
    answer="c",
    reason="""
        Each pair of brackets is an axis, read from the outside in: one block, which holds one row,
        which holds two numbers.
    """,
    tempts="""
        a: At first you see one row, and it holds two numbers.

        b: Three pairs of brackets make three axes, and the two numbers are the first thing you
        would count.

        c: You can count from the outside: a bracket, another bracket, and two numbers inside the
        third.
    """,
    feedback="""
        a: You saw one row of two numbers, and it is there. But brackets round a single thing count
        as well: each pair is an axis of its own, and there are three.

        b: You found the three axes, and read them from the inside out. The shape begins with the
        outermost bracket, and that one holds a single thing.
    """,
)


# --- 1.P2

WHICH_AXIS_IS_LEFT = Predict(
    id="1.P2",
    title="Which axis is left?",
    prompt="A block has shape `(4, 2, 3)`. What shape does its mean with `axis=1` have?",
    choices={"a": "(4, 3)", "b": "(2, 3)", "c": "(4, 2)"},
    answer="a",
    reason="""
        `axis` names the direction that disappears. Axes are counted from 0, so axis 1 is the one of
        length 2. It disappears, and the 4 and the 3 remain.
    """,
    tempts="""
        a: The 1 may point to the middle of the shape. Take that number out, and 4 and 3 remain.

        b: "One" sounds like the first. Take the first number out, and 2 and 3 remain.

        c: In the table above, `axis=1` ran across the columns, and the columns were the last number
        of its shape.
    """,
    feedback="""
        b: You removed the first axis, as if axes were counted from 1. They are counted from 0: the
        axis of length 4 is axis 0, and axis 1 comes after it.

        c: You removed the last axis, which in a table is axis 1. A block has one more axis in
        front, so its last axis is axis 2.
    """,
)


# --- 1.1


def to_celsius(fahrenheit):
    return (fahrenheit - 32.0) * 5.0 / 9.0


TO_CELSIUS = Function(
    id="1.1",
    title="Fahrenheit to Celsius",
    stub="""
def to_celsius(fahrenheit):
    return ...  # replace the dots
""",
    solution=to_celsius,
    on_correct="It serves a single number, a row of days and a whole map alike.",
    hints="""
        How would you write it if `fahrenheit` were one number? An operator works on the whole
        tensor at once.

        Python multiplies and divides before it subtracts, unless brackets say otherwise. What has
        to happen first here?

        Put the subtraction in brackets of its own. After the closing bracket come the factor and
        the divisor, and `return` goes in front of it all.
    """,
    cases=(
        Case(lambda: (tf.constant([50.0, 100.0]),)),
        Case(lambda: (tf.constant(71.5),)),
        Case(lambda: (tf.constant([[-40.0, 5.0, 32.0], [64.5, 212.0, 451.0]]),)),
    ),
    remarks=(A_LOOP,),
)
TO_CELSIUS.slip("brackets_forgotten", {"(fahrenheit - 32.0)": "fahrenheit - 32.0"}).says("""
    This subtracts 32 · 5/9, which is about 17.8, from every temperature: Python multiplies and
    divides before it subtracts. Here the 32 should go first. What makes Python do one step before
    the others?
""")
TO_CELSIUS.slip(
    "subtracted_last", {"(fahrenheit - 32.0) * 5.0 / 9.0": "fahrenheit * 5.0 / 9.0 - 32.0"}
).says("""
    This scales first and subtracts 32 at the end. The 32 is in Fahrenheit, so it has to go while
    the numbers are still in Fahrenheit. What does your function return for 32 Fahrenheit, where
    water freezes?
""")
TO_CELSIUS.slip("nine_fifths", {"5.0 / 9.0": "9.0 / 5.0"}).says("""
    This multiplies by 9 and divides by 5: the differences become larger. A degree of Fahrenheit is
    a smaller step than a degree of Celsius, so the numbers should shrink. Which of 5 and 9 has to
    be on top?
""")
TO_CELSIUS.slip(
    "to_fahrenheit", {"(fahrenheit - 32.0) * 5.0 / 9.0": "fahrenheit * 9.0 / 5.0 + 32.0"}
).says("""
    This is the way back, from Celsius to Fahrenheit. The formula is right, for the other direction.
    If you undo its two steps, which one do you undo first, and how?
""")
TO_CELSIUS.slip("added_instead", {"- 32.0": "+ 32.0"}).says("""
    This adds 32 where it should subtract it. Water freezes at 32 Fahrenheit and at 0 Celsius: which
    sign turns 32 into 0?
""")
TO_CELSIUS.slip("whole_degrees", {"/ 9.0": "// 9.0"}).says("""
    This rounds every temperature down: `//` divides and drops the decimals. 100 Fahrenheit is 37.8
    Celsius, and your function says 37. How do you write a division that keeps the decimals?
""")
TO_CELSIUS.slip("whole_fraction", {"5.0 / 9.0": "(5 // 9)"}).says("""
    Every temperature comes out as 0. `//` drops the decimals, so a fraction such as `5 // 9` is 0
    before it meets any temperature. How do you write a division that keeps the decimals?
""")
TO_CELSIUS.slip("rule_of_thumb", {"32.0) * 5.0 / 9.0": "30.0) / 2.0"}).says("""
    This is the traveller's rule of thumb: take off 30 and halve. It is exact at 50 Fahrenheit and
    almost 3 degrees off at 100. Which exact numbers belong in place of the 30 and the half?
""")
TO_CELSIUS.slip(
    "rounded",
    {"return (fahrenheit - 32.0) * 5.0 / 9.0": "return tf.round((fahrenheit - 32.0) / 1.8)"},
).says("""
    The formula is right, but the result is rounded to whole degrees: 100 Fahrenheit is 37.8
    Celsius, and your function says 38. The task keeps the decimals. Which of your steps drops them?
""")


TO_CELSIUS.slip(
    "one_by_one",
    {"(fahrenheit - 32.0) * 5.0 / 9.0": "[(degrees - 32.0) * 5.0 / 9.0 for degrees in fahrenheit]"},
).says("""
    This goes through the tensor with a loop. A single temperature, of shape `()`, has nothing to go
    through, so the loop stops there with an error. What happens if you leave the loop out and write
    `fahrenheit` in the formula?
""")
TO_CELSIUS.right(lambda fahrenheit: tf.divide(tf.multiply(5.0, tf.subtract(fahrenheit, 32.0)), 9.0))
TO_CELSIUS.right(lambda fahrenheit: 5 / 9 * (fahrenheit - 32))
TO_CELSIUS.right(lambda fahrenheit: ((fahrenheit.numpy() - 32.0) / 1.8).tolist())
TO_CELSIUS.right(np.vectorize(lambda degrees: np.float32((degrees - 32) / 9 * 5)))


@TO_CELSIUS.right
def celsius_step_by_step(fahrenheit):
    fahrenheit -= 32
    fahrenheit *= 5
    fahrenheit /= 9
    return fahrenheit


@TO_CELSIUS.right
def celsius_one_by_one(fahrenheit):
    flat = tf.reshape(fahrenheit, [-1])
    converted = tf.stack([(degrees - 32.0) * 5.0 / 9.0 for degrees in flat])
    return tf.reshape(converted, fahrenheit.shape)


# --- 1.2


def last_columns(table, count):
    return table[:, -count:]


LAST_COLUMNS = Function(
    id="1.2",
    title="The last columns",
    stub="""
def last_columns(table, count):
    return ...  # replace the dots
""",
    solution=last_columns,
    on_correct="The last columns in their order, of narrow tables and of wide ones.",
    hints="""
        A table has two axes, so there are two entries between the square brackets, with a comma
        between them. Which of the two is about columns?

        `:` alone takes everything along an axis. A negative number counts from the end: -1 is the
        last place, -2 the one before it.

        The first entry takes all rows. The second is a slice that begins `count` places before the
        end and has nothing after its colon, so that it runs to the last column.
    """,
    cases=(
        Case(lambda: (tf.constant([[1.5, 2.5, 3.5], [4.5, 5.5, 6.5]]), 2)),
        Case(lambda: (tf.reshape(tf.range(10, 22), [3, 4]), 3)),
        Case(lambda: (tf.reshape(tf.range(10, 20), [2, 5]), 1)),
        Case(lambda: (tf.reshape(tf.range(10, 22), [4, 3]), 3)),
    ),
    remarks=(A_LOOP,),
)
LAST_COLUMNS.slip("first_columns", {"-count:": ":count"}).says("""
    This gives the first `count` columns: a number after the colon says where to stop, counted from
    the left. Which side of the colon says where to begin?
""")
LAST_COLUMNS.slip("first_columns_dropped", {"-count": "count"}).says("""
    This leaves out the first `count` columns and gives the rest. In a table of 4 columns, with a
    `count` of 2, that is the same, so it can look right. How do you count a place from the end?
""")
LAST_COLUMNS.slip("last_columns_dropped", {"-count:": ":-count"}).says("""
    This gives everything but the last columns: it cuts off the very part that you need. Which side
    of the colon is your number on, and what does that side mean?
""")
LAST_COLUMNS.slip("last_rows", {":, -count": "-count"}).says("""
    This takes the last rows, with all columns. A single entry between the brackets picks rows, and
    so does the first of two. How do you say *all rows*, so that a second entry can pick columns?
""")
LAST_COLUMNS.slip("the_corner", {"table[": "table[-count"}).says("""
    This cuts both axes: it takes the last columns, but only of the last rows. Every row should come
    back. Which slice takes everything along an axis?
""")
LAST_COLUMNS.slip("one_column", {"count:": "count"}).says("""
    This picks a single column, the one that is `count` places before the end, and its axis is gone.
    An index takes one place and a slice takes a range. What turns an index into a slice?
""")
LAST_COLUMNS.slip("one_column_from_the_left", {"-count:": "count"}).says("""
    This picks a single column, the one at place `count` from the left, and its axis is gone. A
    number alone is an index and takes one place. What makes it a range, and how do you count from
    the right?
""")
LAST_COLUMNS.slip("one_row", {":, -count:": "-count"}).says("""
    This picks a single row, the one that is `count` places above the end. The first entry between
    the brackets is about rows, the second about columns, and a number alone takes one place only.
    How do you say *all rows*?
""")
LAST_COLUMNS.slip("last_rows_dropped", {":, -count:": ":-count"}).says("""
    This leaves out the last `count` rows and keeps all columns. A single entry between the brackets
    is about rows, and `:-count` stops before the end. How do you get to the columns, and on which
    side of the colon does a slice begin?
""")
LAST_COLUMNS.slip("runs_into_nothing", {"-count:": "-count:0"}).says("""
    All rows are there, but no columns: a slice runs to the right, and this one stops where it
    begins, or to the left of it. What happens if you write nothing after the colon?
""")
LAST_COLUMNS.slip("rows_counted", {"-count:": "len(table) - count :"}).says("""
    This begins `count` places before the number of *rows*: that is what `len(table)` and
    `table.shape[0]` give. Your slice cuts columns. Which number of the shape counts those, or how
    does a slice count from the end without it?
""")
LAST_COLUMNS.slip("one_too_few", {"-count:": "-count + 1 :"}).says("""
    The first of the columns that should come is missing, and where `count` is 1, all of them come:
    `-1 + 1` is 0, the left edge. Counted from the end, the last place is -1. Where do the last two
    columns begin?
""")
LAST_COLUMNS.slip("last_one_missed", {"count:": "count:-1"}).says("""
    The very last column is missing: a slice ends just before the place after its colon, and -1 is
    the last one. What does a slice do when nothing comes after the colon?
""")
LAST_COLUMNS.slip("one_too_many", {"count:": "count - 1 :"}).says("""
    There is one column too many at the left, wherever the table has one more to give. Counted from
    the end, the last place is -1 and not 0. Where does a slice of the last single column begin?
""")
LAST_COLUMNS.right(lambda table, count: table[..., -count:])
LAST_COLUMNS.right(lambda table, count: table[:, table.shape[1] - count :])
LAST_COLUMNS.right(
    lambda table, count: tf.gather(table, np.arange(-count, 0) + len(table[0]), axis=1)
)
LAST_COLUMNS.right(lambda table, count: [row[-count:] for row in table])
LAST_COLUMNS.right(lambda table, count: tf.stack(tf.unstack(table, axis=1)[-count:], axis=1))
LAST_COLUMNS.right(lambda table, count: np.flip(np.flip(table.numpy(), 1)[:, :count], 1).tolist())
LAST_COLUMNS.right(lambda table, count: tf.split(table, [table.shape[1] - count, count], axis=1)[1])


# --- 1.P3

ROW_MEETS_COLUMN = Predict(
    id="1.P3",
    title="A row meets a column",
    prompt=(
        "`predicted` has shape `(3,)` and `actual` has shape `(3, 1)`. The predictions are "
        "perfect, so every difference ought to be 0. How many numbers are in `predicted - actual`?"
    ),
    choices={"a": "3", "b": "6", "c": "9"},
    answer="c",
    reason="""
        `(3,)` and `(3, 1)` are stretched to `(3, 3)`: every prediction is compared with every
        actual value, and no error is raised.
    """,
    tempts="""
        a: Three predictions and three actual values make three pairs, one for each example.

        b: Three numbers come from one side and three from the other, and all of them are used.

        c: One of the two is a row and the other a column, and each of them may be stretched.
    """,
    feedback="""
        a: You paired the first with the first, the second with the second. That was the plan, and
        it happens when both have the same shape. Here one is a column, and broadcasting stretches
        it.

        b: You put the 3 and the 3 side by side. Subtraction doesn't join them, it combines them:
        each of the 3 along one axis meets each of the 3 along the other.
    """,
)


# --- 1.3


def center(table):
    return table - tf.reduce_mean(table, axis=0)


CENTER = Function(
    id="1.3",
    title="Center a table",
    stub="""
def center(table):
    return ...  # replace the dots
""",
    solution=center,
    on_correct="Whatever the columns are measured in, each of them is now centred on 0.",
    hints="""
        How many means does a table of 3 rows and 2 columns have, if each column gets its own?

        To get one mean for each column, the rows have to disappear. Which axis is that? Then put
        the shape of the table and the shape of the means under each other, aligned at the right: do
        they fit?

        Take the mean with `axis` set to the number of the axis that runs down the rows, and
        subtract what comes out from the whole table. Broadcasting does the rest.
    """,
    cases=(
        Case(lambda: (tf.constant([[1.0, 10.0], [4.0, 30.0]]),)),
        Case(lambda: (tf.constant([[2.0, 10.0], [6.0, 45.0], [7.0, 70.0]]),)),
        Case(lambda: (tf.constant([[0.5, -8.0, 300.0, 4.0], [2.5, -3.0, 100.0, 5.0]]),)),
    ),
    remarks=(A_LOOP,),
)
CENTER.slip("mean_of_everything", {", axis=0": ""}).says("""
    This subtracts one and the same number everywhere: the mean of the whole table. A column of
    large numbers then stays above 0 and one of small numbers below. Which argument makes a
    reduction keep the columns apart?
""")
CENTER.slip("mean_across_the_columns", {"0": "1"}).says("""
    This takes one mean for each row, not for each column, and lays them along the columns. Where
    the two shapes happen to fit, as in a square table, the result is silently wrong; elsewhere it
    is an error. Which axis has to disappear so that the columns remain?
""")
CENTER.slip("mean_of_each_row", {"0": "1, keepdims=True"}).says("""
    This centers each row, not each column: in your result the rows have the mean 0. `axis` says
    which direction disappears. Which one disappears in your line?
""")
CENTER.slip("axis_counted_from_one", {"axis=0": "axis=2"}).says("""
    A table has two axes, and they are counted from 0: one runs down the rows, the other across the
    columns. There is no axis 2, so this is an error. Which of the two has to disappear so that the
    columns remain?
""")
CENTER.slip("means_as_a_column", {"0)": "0)[:, tf.newaxis]"}).says("""
    The means are those of the columns. But they form a column themselves, so the first mean is
    subtracted from the first row. What shape lets each mean meet its own column?
""")
CENTER.slip("means_alone", {"table - tf": "tf"}).says("""
    This gives the means of the columns and stops there. They are half of the answer. What should
    happen to them and the table?
""")
CENTER.slip("sums_for_means", {"reduce_mean": "reduce_sum"}).says("""
    This subtracts each column's sum, so the columns end up far from 0, and farther the more rows
    there are. What turns a sum into a mean, and which reduction does both at once?
""")
CENTER.slip(
    "divided_by_columns", {"mean(table, axis=0)": "sum(table, axis=0) / table.shape[1]"}
).says("""
    This divides each column's sum by the number of *columns*: the second number of the shape. A
    mean is a sum divided by how many numbers went into it. How many numbers are in one column?
""")
CENTER.slip("means_added", {"table - tf": "table + tf"}).says("""
    This adds the mean of each column, so the columns end up twice as far from 0 as before, on
    average. Which sign brings them back to 0?
""")
CENTER.slip("divided_by_means", {"- tf": "/ tf"}).says("""
    This divides each column by its mean, so the columns are centred on 1. The task asks for the
    distance to the mean. Which operation gives a distance, and turns the mean itself into 0?
""")
CENTER.slip(
    "spread_divided_out",
    {"table - tf.reduce_mean": "(table - tf.reduce_mean(table, axis=0)) / tf.math.reduce_std"},
).says("""
    This centers the columns and then divides by their spread as well. That is called standardizing,
    and it goes one step further than the task: the units are lost. What do you get if you stop one
    step earlier?
""")
CENTER.right(lambda table: [row - tf.reduce_mean(table, axis=0) for row in table])
CENTER.right(
    lambda table: tf.eye(len(table)) @ table - tf.ones([len(table)] * 2) @ table / len(table)
)
CENTER.right(lambda table: table - tf.reduce_mean(table, 0, keepdims=True))
CENTER.right(lambda table: table - tf.reduce_sum(table, axis=0) / table.shape[0])
CENTER.right(lambda table: table.numpy() - np.mean(table, axis=0))


@CENTER.right
def center_column_by_column(table):
    columns = [column - tf.reduce_mean(column) for column in tf.transpose(table)]
    return tf.stack(columns, axis=1)


# --- 1.P4

THE_SECOND_NAME = Predict(
    id="1.P4",
    title="The second name",
    prompt=(
        "`x = tf.zeros([10, 10])` and then `second_name = x`. After `x += 2`, what is in the "
        "corner of `second_name`?"
    ),
    choices={"a": "0.0", "b": "2.0", "c": "Nothing: changing a tensor is an error."},
    answer="a",
    reason="""
        `x += 2` makes a new tensor and puts the name `x` on it. The old one is still there,
        unchanged, under its second name.
    """,
    tempts="""
        a: `x` and `second_name` are two names, and only one of them appears in the next line.

        b: Both names belong to one thing. With the list above, the second name showed the change.

        c: This section began by saying so: once made, a tensor keeps its numbers for ever.
    """,
    feedback="""
        b: You reasoned that both names belong to one thing, so both see the change. That is how it
        is with a list or a NumPy array. A tensor never changes: `+=` made a new one.

        c: You know that a tensor can't be changed, and that is true. But `x += 2` doesn't try to:
        it stands for `x = x + 2`, which computes a new tensor and gives it the name.
    """,
)


# --- 1.P5

TRANSPOSE_OR_RESHAPE = Predict(
    id="1.P5",
    title="Transpose or reshape",
    prompt=(
        "`table` has 2 rows and 3 columns. Do `tf.transpose(table)` and "
        "`tf.reshape(table, [3, 2])` give the same?"
    ),
    choices={
        "a": "Yes, both are the same 3 by 2 table.",
        "b": "No: the shapes agree, but the numbers stand in other places.",
        "c": "No: even their shapes are different.",
    },
    answer="b",
    reason="""
        `reshape` keeps the order in which the numbers are read, row after row, and begins new rows
        in other places. `transpose` turns rows into columns.
    """,
    tempts="""
        a: Both lay a table out in another way, and both begin with the same six numbers.

        b: Six numbers can be written into rows in several orders, and each operation may have its
        own.

        c: One of the two was told a shape and the other was not, so they need not end up with the
        same one.
    """,
    feedback="""
        a: You looked at the shape, and both are `(3, 2)`. But the first row of one holds 1 and 2,
        which were neighbours. The first row of the other holds 1 and 4, and the 4 stood below the
        1.

        c: You expected one of them to keep the shape. `transpose` swaps the two axes, and `reshape`
        was asked for `[3, 2]`: both come out with 3 rows of 2.
    """,
)


# --- 1.P6

A_SUM_OF_3_BY_4 = Predict(
    id="1.P6",
    title="A sum of 3 by 4",
    prompt="Which of these pairs makes a sum of shape `[3, 4]`?",
    choices={
        "a": "`[3]` and `[4]`",
        "b": "`[3, 1]` and `[4]`",
        "c": "`[4, 1]` and `[3]`",
    },
    answer="b",
    reason="""
        A column of 3 meets a row of 4: the column is copied along the row, the row down the column.
        The column decides how many rows the sum has.
    """,
    tempts="""
        a: `[3, 4]` is made of a 3 and a 4, and this pair has just these two.

        b: A column meets a row, and each has room to stretch along the other.

        c: One of the two is a column and the other a row, and their sizes are a 4 and a 3.
    """,
    feedback="""
        a: A 3 and a 4 are both there. But both are the last axis: aligned at the right they stand
        under each other, and neither is 1. Choose these two in the explorer.

        c: A column meets a row, that is the right idea. But here the column has 4 numbers, and the
        column decides how many *rows* the sum has. Choose these two in the explorer.
    """,
)
