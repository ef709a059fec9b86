"""Answers to the exercises of lesson 02 that once passed, were refused, or got untrue words."""

import pytest
from answers import checked_code

from exercises.engine.model import State
from exercises.engine.render import text_of


def slope(block: str, asked: str = "result, x", start: str = "x = tf.Variable(at)") -> str:
    """The code of an answer to 2.3."""
    return f"""
def slope_of_cube(at):
    {start}
    with tf.GradientTape() as tape:
        {block}
    return tape.gradient({asked})
"""


CUBE = "result = x * x * x"
DOUBLE = "def double(variable):\n    "
CLEAR = "def clear_rows(table, rows):\n    "

WRONG = (
    ("2.1", f"{DOUBLE}variable.assign_mul(2)", "no method that multiplies"),
    ("2.1", f"{DOUBLE}variable = tf.Variable(2 * variable)", "only gives a name"),
    ("2.1", f"{DOUBLE}(2 * variable).assign(variable)", "This calls `assign` on a tensor"),
    ("2.1", f"{DOUBLE}return tf.Variable(2 * variable)", "a second Variable"),
    ("2.2", f"{CLEAR}for row in rows: table[row, 0].assign(0.0)", "only the first number"),
    ("2.2", f"{CLEAR}for row in rows: table[row].assign(0 * table[row])", "`nan` is `nan`"),
    ("2.2", f"{CLEAR}table.assign(table * 0)", "multiplies the whole table by 0"),
    ("2.2", f"{CLEAR}for row in rows: return table[row].assign([0.0])", "A `return` inside"),
    (
        "2.2",
        f"{CLEAR}table.scatter_nd_update(rows, tf.zeros([len(rows), table.shape[1]]))",
        "share one pair of brackets",
    ),
    ("2.3", slope(CUBE, start="x = tf.constant(at)"), "a tensor that it was not watching"),
    ("2.3", slope(f"{CUBE}; tape.watch(x)", start="x = tf.constant(at)"), "was not watching"),
    ("2.3", slope(CUBE, "x, result"), "nothing leads that way"),
    ("2.3", slope("pass", start=f"x = tf.Variable(at); {CUBE}"), "inside its block"),
    ("2.3", slope("result = tf.constant(x.numpy() ** 3)"), "inside its block"),
    ("2.3", slope(CUBE, start="x = tf.Variable(at, trainable=False)"), "`trainable=False`"),
    ("2.3", slope(CUBE, start="x = tf.Variable(int(at))"), "the Variable holds whole numbers"),
    ("2.3", slope(CUBE, "result, at"), "a plain Python number"),
    ("2.3", slope("tape.watch(at); result = at ** 3", "result, at"), "`watch` takes a tensor"),
    ("2.3", slope(CUBE).replace("tape.g", "tf.g"), "`tf` has nothing called `gradient`"),
    ("2.3", slope("result = 3 * x * x"), "a slope was taken twice"),
    ("2.3", slope("result = x + x + x"), "the slope of three times `x`"),
    ("2.3", slope(CUBE, "result, x).numpy("), "a plain number and not a tensor"),
    ("2.3", "slope_of_cube = lambda at: 3 * at ** 2", "a plain number and not a tensor"),
)


@pytest.mark.parametrize(("exercise_id", "code", "says"), WRONG)
def test_it_is_told_what_it_did(exercise_id, code, says):
    result = checked_code(exercise_id, code)
    assert result.state is State.NOT_YET
    assert says in text_of(result)


@pytest.mark.parametrize("v", ["tf.Variable(6.0)", "tf.Variable(6.0) - 1.0"])
def test_the_notebooks_v_is_not_said_to_be_computed(v):
    """2.1: `v` was a Variable, and is a tensor since `v = v - 1.0`; the slip is `v` itself."""
    result = checked_code("2.1", f"v = {v}\n\n{DOUBLE}v.assign(v * 2)")
    assert result.state is State.NOT_YET
    assert "`2 * variable` is no longer" not in text_of(result)
    assert "function" in text_of(result)


@pytest.mark.parametrize("last", ["return None", "tape.gradient(result, x)"])
def test_a_tape_that_has_answered_is_not_said_to_have_nothing(last):
    code = slope(CUBE).replace(
        "return tape.gradient(result, x)", f"tape.gradient(result, x)\n    {last}"
    )
    if last.startswith("tape"):
        code = slope(CUBE).replace("return ", "")
    result = checked_code("2.3", code)
    assert result.state is State.NOT_YET
    assert "The tape's answer is None" not in text_of(result)


@pytest.mark.parametrize("arguments", ["", "at, v"])
def test_the_arguments_are_still_counted(arguments):
    said = text_of(checked_code("2.3", f"def slope_of_cube({arguments}): return 1.0"))
    assert "It is called with 1: `at`." in said


RIGHT = (
    ("2.1", f"{DOUBLE}variable.assign(2 * variable.value())"),
    ("2.2", f"{CLEAR}[table[row].assign(0) for row in rows]"),
    ("2.3", slope(CUBE, start="x = tf.Variable(at, dtype=tf.float64)")),
    ("2.3", slope("x = tf.Variable(at); result = x ** 3", start="pass")),
    ("2.3", slope(CUBE, start="x = tf.Variable(0.0); x.assign(at)")),
)


@pytest.mark.parametrize(("exercise_id", "code"), RIGHT)
def test_it_is_right(exercise_id, code):
    assert checked_code(exercise_id, code).state is State.CORRECT


def test_a_table_that_was_assigned_as_a_whole_is_not_said_to_be_written_in_rows():
    code = f"""{CLEAR}new = table.numpy()
    new[rows] = 0
    table.assign(new)"""
    result = checked_code("2.2", code)
    assert result.state is State.CORRECT
    assert "Only the listed rows were written to" not in text_of(result)
    assert "the others are unchanged" in text_of(result)


HELPER = """
def ask(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        result = x ** 3
    return tape.gradient(result, x)

def slope_of_cube(at):
    return ask(tf.constant(at))
"""


@pytest.mark.parametrize(
    ("code", "remarked"),
    [(HELPER, False), ("slope_of_cube = lambda at: tf.constant(3 * at * at)", True)],
)
def test_the_tape_is_missed_only_where_none_was_asked(code, remarked):
    result = checked_code("2.3", code)
    assert result.state is State.CORRECT
    assert ("no `GradientTape` was asked" in text_of(result)) is remarked
