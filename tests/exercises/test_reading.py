"""What the lines of an answer show: each rule where it should speak, and where it must not."""

import ast
import functools
import linecache
import statistics
import textwrap
import types
from pathlib import Path

import pytest
import tensorflow as tf
import toys
from answers import checked, checked_code, defined_by, unlisted
from test_harm import ODD

from exercises.engine import feedback, reading, run, stub, syntax
from exercises.engine.catalogue import find
from exercises.engine.model import Result, State, Value, Written
from exercises.engine.reading import read
from exercises.engine.render import text_of


def lines(code: str) -> str:
    return textwrap.dedent(code).strip("\n")


TAPE = """
    with tf.GradientTape() as tape:
        loss = mean_squared_error(model(inputs), outputs)
    dW, db = tape.gradient(loss, [model.W, model.b])
"""
STEP = "def train_step(model, inputs, outputs, learning_rate):" + TAPE
LOOP = """
def train(model, inputs, outputs, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(float(train_step(model, inputs, outputs, learning_rate)))
    return losses
"""
MODEL = """
class MyModel(tf.Module):
    def __init__(self, W, b):
        self.W = tf.Variable(W, dtype=tf.float32)
        self.b = tf.Variable(b, dtype=tf.float32)

    def __call__(self, inputs):
        return self.W * inputs + self.b
"""
INPUTS = "inputs = tf.random.stateless_normal([num_examples], seed=[seed, 0])"
NOISE = "noise = tf.random.stateless_normal([num_examples], seed=[seed, 1])"
DATA = f"""
def make_data(num_examples, W, b, seed):
    {INPUTS}
    {NOISE}
    return inputs, inputs * W + b + noise
"""
LOSS = """
def my_loss(predicted, actual):
    if predicted.shape != actual.shape:
        raise ValueError("they differ")
    return tf.reduce_mean(tf.square(predicted - actual))
"""


def model(*slips: str) -> str:
    return changed(MODEL, *slips)


def changed(code: str, *slips: str) -> str:
    """The code with each `this -> that` in it."""
    for slip in slips:
        old, new = slip.split(" -> ")
        assert old in code
        code = code.replace(old, new)
    return code


def celsius(body: str, brackets: str = "fahrenheit") -> str:
    return f"def to_celsius({brackets}):\n" + textwrap.indent(lines(body), "    ")


# exercise, code, the rule, the line that is quoted
SPEAKS = [
    ("7.1", model("(self, W, b) -> (W, b)"), "method_without_self", "def __init__(W, b):"),
    ("7.1", model("(self, inputs) -> (inputs)"), "method_without_self", "def __call__(inputs):"),
    ("7.1", model("__init__ -> _init_"), "underscores", "def _init_(self, W, b):"),
    ("7.1", model("__call__ -> __call_"), "underscores", "def __call_(self, inputs):"),
    ("7.1", model("return self.W -> return W"), "self_forgotten", "return W * inputs + self.b"),
    ("7.1", model("* inputs + self.b -> * inputs + b"), "self_forgotten",
     "return self.W * inputs + b"),
    ("7.1", model("self.W = tf -> W = tf"), "self_forgotten_at_first",
     "W = tf.Variable(W, dtype=tf.float32)"),
    ("7.1", model("self, W, b -> self, b, W", "return self.W -> return 2 * self.W"),
     "order_of_parameters", "def __init__(self, b, W):"),
    ("3.1", "def line(b, inputs, W):\n    return inputs * W + b", "order_of_parameters",
     "def line(b, inputs, W):"),
    ("3.1", "def line(inputs, W, b):\n    return W * x + b", "name_of_the_formula",
     "return W * x + b"),
    ("1.1", celsius("return (fahrenheit - 32) / 1.8", "f"), "name_of_the_formula",
     "return (fahrenheit - 32) / 1.8"),
    ("7.2", "speeds = tf.ones([1])\n" + changed(LOSS, "predicted - actual -> predicted - speeds",
     "predicted.shape != actual.shape -> False"), "name_of_the_formula",
     "return tf.reduce_mean(tf.square(predicted - speeds))"),
    ("7.3", """
        def train(model, inputs, outputs, learning_rate, epochs):
            losses = []
            with tf.GradientTape() as tape:
                for _ in range(epochs):
                    loss = my_loss(model(inputs), outputs)
                    dW, db = tape.gradient(loss, [model.W, model.b])
                    model.W.assign_sub(learning_rate * dW)
                    model.b.assign_sub(learning_rate * db)
                    losses.append(loss)
            return losses
     """, "loop_inside_the_tape", "for _ in range(epochs):"),
    ("6.1", """
        def slopes(W, b, inputs, outputs):
            W, b = tf.Variable(W), tf.Variable(b)
            predicted = W * inputs + b
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(predicted - outputs))
            return tape.gradient(loss, [W, b])
     """, "before_the_tape", "predicted = W * inputs + b"),
    ("6.1", """
        def slopes(W, b, inputs, outputs):
            W, b = tf.Variable(W), tf.Variable(b)
            with tf.GradientTape() as tape:
                predicted = (W * inputs + b).numpy()
                loss = tf.reduce_mean(tf.square(predicted - outputs))
            return tape.gradient(loss, [W, b])
     """, "leaves_tensorflow", "predicted = (W * inputs + b).numpy()"),
    ("1.1", celsius("""
        result = []
        for f in fahrenheit:
            result.append((f - 32) * 5 / 9)
        return tf.constant(result)
     """), "list_for_constant", "return tf.constant(result)"),
    ("4.2", """
        def mean_squared_error(predicted, actual):
            return tf.reduce_mean(tf.square(predicted), tf.square(actual))
     """, "second_is_axis", "return tf.reduce_mean(tf.square(predicted), tf.square(actual))"),
    ("1.1", celsius("return np.random.stateless_normal([1], seed=[0, 0])"), "another_library",
     "return np.random.stateless_normal([1], seed=[0, 0])"),
    ("5.1", changed(DATA, "noise = tf -> noise = np"), "another_library",
     "noise = np.random.stateless_normal([num_examples], seed=[seed, 1])"),
    ("1.1", celsius("return tf.median(fahrenheit)"), "another_library",
     "return tf.median(fahrenheit)"),
    ("1.2", "def last_columns(table, count):\n    return table.pop(count)", "another_type",
     "return table.pop(count)"),
    ("1.1", celsius("return fahrenheit.astype(float) - 32"), "another_type",
     "return fahrenheit.astype(float) - 32"),
    ("1.1", celsius("return round((fahrenheit - 32) * 5 / 9, 2)"), "rounded",
     "return round((fahrenheit - 32) * 5 / 9, 2)"),
    ("2.1", "def double(variable):\n    tf.Variable.assign(variable, 2 * variable)",
     "on_the_class", "tf.Variable.assign(variable, 2 * variable)"),
    ("5.1", changed(DATA, NOISE + " -> "), "line_missing",
     "return inputs, inputs * W + b + noise"),
    ("5.1", changed(DATA, INPUTS + " -> "), "line_missing",
     "return inputs, inputs * W + b + noise"),
    ("6.1", "def slopes(W, b, inputs, outputs):\n    return tf.reduce_mean(residuals), 2.0",
     "line_missing", "return tf.reduce_mean(residuals), 2.0"),
    ("6.2", "def train_step(model, inputs, outputs, learning_rate):\n"
     "    dW, db = tape.gradient(loss, [model.W, model.b])\n    return loss", "line_missing",
     "dW, db = tape.gradient(loss, [model.W, model.b])"),
    ("6.3", changed(LOOP, "losses = [] -> pass"), "line_missing",
     "losses.append(float(train_step(model, inputs, outputs, learning_rate)))"),
    ("3.1", "def line(inputs, W, b):\n    return W * inputs, b", "comma_for_an_operator",
     "return W * inputs, b"),
    ("7.1", model("inputs + self.b -> inputs, self.b"), "comma_for_an_operator",
     "return self.W * inputs, self.b"),
    ("6.3", changed(LOOP, "range(epochs) -> range(epochs)", "for _ -> for epoch",
     "model, inputs, outputs, learning_rate))) -> model, inputs[epoch], outputs, learning_rate)))"),
     "picked_by_the_pass",
     "losses.append(float(train_step(model, inputs[epoch], outputs, learning_rate)))"),
    ("1.3", "def center(table):\n    return table - tf.mean(table, axis=0)", "reduce",
     "return table - tf.mean(table, axis=0)"),
    ("1.3", "def center(table):\n    return table - table.mean(axis=0)", "reduce",
     "return table - table.mean(axis=0)"),
    ("1.3", "def center(table):\n    return table - tf.math.mean(table, 0)", "reduce",
     "return table - tf.math.mean(table, 0)"),
    ("4.2", "def mean_squared_error(predicted, actual):\n"
     "    return tf.reduce_mean(tf.squared(predicted - actual))", "misspelt",
     "return tf.reduce_mean(tf.squared(predicted - actual))"),
    ("2.1", "def double(variable):\n    variable.asign(2 * variable)", "misspelt",
     "variable.asign(2 * variable)"),
    ("1.1", celsius("return (farenheit - 32) * 5 / 9"), "misspelt",
     "return (farenheit - 32) * 5 / 9"),
    ("7.1", model("return self.W -> return self.w"), "misspelt", "return self.w * inputs + self.b"),
    ("6.2", STEP + "    tape.gradients(loss, model.W)\n    return loss", "misspelt",
     "tape.gradients(loss, model.W)"),
    ("2.3", """
        def slope_of_cube(at):
            x = tf.Variable(at)
            with tf.GradientTape() as tape:
                cube = x ^ 3
            return tape.gradient(cube, x)
     """, "caret", "cube = x ^ 3"),
    ("4.2", "def mean_squared_error(predicted, actual):\n    return tf.reduce_mean", "not_called",
     "return tf.reduce_mean"),
    ("1.1", celsius("return (fahrenheit - 32) * 5 / 9,"), "comma",
     "return (fahrenheit - 32) * 5 / 9,"),
    ("1.1", celsius("print((fahrenheit - 32) * 5 / 9)"), "no_return",
     "print((fahrenheit - 32) * 5 / 9)"),
    ("1.1", celsius("celsius = (fahrenheit - 32) * 5 / 9"), "no_return",
     "celsius = (fahrenheit - 32) * 5 / 9"),
    ("1.1", celsius("for f in fahrenheit:\n    return (f - 32) * 5 / 9"), "return_in_loop",
     "return (f - 32) * 5 / 9"),
    ("6.3", changed(LOOP, "    return losses ->         losses.append(0.5)\n        return losses"),
     "return_in_loop", "return losses"),
    ("6.3", """
        def train(model, inputs, outputs, learning_rate, epochs):
            losses = [0.0]
            for _ in range(epochs):
                loss = train_step(model, inputs, outputs, learning_rate)
            losses.append(float(loss))
            return losses
     """, "append_behind_the_loop", "losses.append(float(loss))"),
    ("7.3", """
        def train(model, inputs, outputs, learning_rate, epochs):
            losses = []
            with tf.GradientTape() as tape:
                loss = my_loss(model(inputs), outputs)
            dW, db = tape.gradient(loss, [model.W, model.b])
            for _ in range(epochs):
                model.W.assign_sub(learning_rate * dW)
                model.b.assign_sub(learning_rate * db)
                losses.append(loss)
            return losses
     """, "slopes_before_the_loop", "dW, db = tape.gradient(loss, [model.W, model.b])"),
    ("6.2", """
        def train_step(model, inputs, outputs, learning_rate):
            with tf.GradientTape() as tape:
                loss = mean_squared_error(model(inputs), outputs)
            model.b.assign_sub(learning_rate * tape.gradient(loss, model.b))
            with tf.GradientTape() as tape:
                loss = mean_squared_error(model(inputs), outputs)
            model.W.assign_sub(learning_rate * tape.gradient(loss, model.W))
            return loss
     """, "update_first", "model.b.assign_sub(learning_rate * tape.gradient(loss, model.b))"),
    ("6.2", STEP + "    model.W - learning_rate * dW\n    return 2 * loss + db", "thrown_away",
     "model.W - learning_rate * dW"),
    ("6.2", STEP + "    model.W == model.W - learning_rate * dW\n    return 2 * loss + db",
     "thrown_away", "model.W == model.W - learning_rate * dW"),
    ("7.2", changed(LOSS, "raise ValueError -> ValueError", "return tf -> return 2 * tf"),
     "thrown_away", 'ValueError("they differ")'),
    ("1.3", "def center(table):\n    tf.reduce_mean(table, 0)\n    return table", "thrown_away",
     "tf.reduce_mean(table, 0)"),
    ("7.2", changed(LOSS, 'raise ValueError("they differ") -> return print("differ") or actual'),
     "not_raised", 'return print("differ") or actual'),
    ("6.2", STEP + "    model.W = model.W.assign_sub(learning_rate * dW)\n    return db + loss",
     "assigned_result", "model.W = model.W.assign_sub(learning_rate * dW)"),
    ("6.3", changed(LOOP, "losses = [] -> losses, learning_rate = [], 0.3"),
     "parameter_replaced", "losses, learning_rate = [], 0.3"),
    ("3.1", "def line(x, slope, start):\n    return slope * x - start", "one_difference",
     "return slope * x - start"),
    ("1.1", celsius("return (fahrenheit - 32.0 * 5.0) / 9.0"), "one_difference",
     "return (fahrenheit - 32.0 * 5.0) / 9.0"),
    ("7.1", model("W * inputs -> W / inputs"), "one_difference",
     "return self.W / inputs + self.b"),
    ("4.2", "def mean_squared_error(predicted, actual):\n"
     "    return tf.reduce_mean(predicted - actual)", "one_difference",
     "return tf.reduce_mean(predicted - actual)"),
    ("7.1", model("tf.Variable(b, dtype=tf.float32) -> tf.constant(b)"), "never_a_variable",
     "self.b = tf.constant(b)"),
    ("7.1", model("= tf.Variable(W, dtype=tf.float32) -> = W"), "never_a_variable", "self.W = W"),
    ("7.1", model("tf.Variable(W, dtype=tf.float32) -> tf.Variable(float(W)).numpy()"),
     "never_a_variable", "self.W = tf.Variable(float(W)).numpy()"),
    ("7.2", changed(LOSS, "return -> return float(", "actual)) -> actual)))"), "out_of_tensorflow",
     "return float( tf.reduce_mean(tf.square(predicted - actual)))"),
    ("7.2", changed(LOSS, "actual)) -> actual)).numpy()"), "out_of_tensorflow",
     "return tf.reduce_mean(tf.square(predicted - actual)).numpy()"),
    ("6.2", STEP + "    model.W = model.W - learning_rate * dW\n"
     "    model.b.assign_sub(learning_rate * db)\n    return loss", "variable_replaced",
     "model.W = model.W - learning_rate * dW"),
    ("6.2", STEP + "    W = model.W - learning_rate * dW\n    return 2 * loss + db", "never_used",
     "W = model.W - learning_rate * dW"),
    ("6.2", STEP + "    model.W.assign_sub(0.07 * dW)\n    model.b.assign_sub(0.07 * db)\n"
     "    return loss", "parameter_unread", STEP.partition("\n")[0]),
]  # fmt: skip


@pytest.mark.parametrize(("number", "code", "kind", "line"), SPEAKS)
def test_a_rule_speaks_and_quotes_the_line(number, code, kind, line):
    result = unlisted(number, code)
    assert result.state is State.NOT_YET
    # A name or an argument that is not used shows in the results, too, and they say more.
    in_results = f"reading {kind}" in reading.UNUSED and result.diagnosis.startswith("relation ")
    assert result.diagnosis == f"reading {kind}" or in_results
    assert ("Your line", line) in result.details
    assert len(result.message.split()) <= 60
    words = result.message.splitlines()[-1]  # Before it, what is seen of the results.
    assert len(words.split()) <= 45
    assert words.endswith("?")


def test_an_assert_is_not_taken_for_the_error_that_was_asked_for():
    def refuse(values):
        assert len(values.shape) == 1
        return tf.reduce_sum(values)

    result = checked(toys.REFUSE, refuse)
    assert result.diagnosis == "reading not_raised"
    assert "`assert` raises AssertionError; the task asks for another kind." in result.message
    assert ("Your line", "assert len(values.shape) == 1") in result.details


def test_a_point_within_a_name_ends_no_sentence():
    result = checked_code("6.3", changed(LOOP, "losses = [] -> losses, model = [], LinearModel()"))
    first, words = result.message.splitlines()
    assert first == "`model.W` and `model.b` are as before the call."
    assert words.startswith("This line gives `model` a value of its own")


def test_a_tape_may_be_asked_inside_its_own_block():
    result = checked_code("2.3", """
        def slope_of_cube(at):
            x = tf.Variable(at)
            with tf.GradientTape() as tape:
                cube = x * x * x
                return 2 * tape.gradient(cube, x)
    """)  # fmt: skip
    assert result.diagnosis == "relation factor"


def test_every_rule_has_been_heard():
    rules = {look.__name__[1:] for look, _ in reading._RULES}
    assert rules == {kind for _, _, kind, _ in SPEAKS}


# exercise, code, a rule that must not be heard: the code is right, or wrong for another reason
SILENT = [
    ("7.1", MODEL, "method_without_self"),
    ("7.1", changed(MODEL, "self -> this"), "method_without_self"),
    ("7.1", model("def __call__ -> @staticmethod\n    def helper(inputs):\n        pass\n\n"
                  "    def __call__"), "method_without_self"),
    ("7.1", model("tf.Module -> tf.keras.layers.Layer", "__call__ -> call"), "underscores"),
    ("7.1", model("self.W * inputs + self.b -> [W * inputs + self.b for W in [self.W]][0]"),
     "self_forgotten"),
    ("7.1", "def helper(x):\n    return x\n" + model(
        "self.W = -> self.helper = helper\n        self.W =", "inputs + self.b -> helper(inputs)"),
     "self_forgotten"),
    ("7.1", "class Base(tf.Module):\n    def set_up(self, W):\n        self.W = tf.Variable(W)\n"
     + model("tf.Module -> Base", "self.W = tf.Variable(W, dtype=tf.float32) -> "
             "W = W + 1; self.set_up(W)"), "self_forgotten_at_first"),
    ("7.1", "scale = 2.0\n" + model("self.W = -> self.scale = scale\n        self.W ="),
     "self_forgotten"),
    ("3.1", "def line(x, slope, start):\n    return x * slope", "order_of_parameters"),
    ("3.1", "scale = 2.0\ndef line(inputs, W, b):\n    return W * inputs + b * scale",
     "name_of_the_formula"),
    ("7.3", LOOP.replace("train_step(", "my_loss(model(inputs), outputs) + 0 * (").replace(
        "(model, inputs, outputs, learning_rate)))", "learning_rate))"), "loop_inside_the_tape"),
    ("6.2", STEP + "    model.W.assign_sub(2 * learning_rate * dW)\n    return loss",
     "before_the_tape"),
    ("6.2", changed(STEP, "outputs) -> outputs.numpy())") + "    return loss", "leaves_tensorflow"),
    ("6.2", changed(STEP, "    dW ->     shown = loss.numpy()\n    dW") + "    return shown",
     "leaves_tensorflow"),
    ("1.1", celsius("return tf.constant(len(fahrenheit))"), "list_for_constant"),
    ("1.3", "def center(table):\n    axis = 1\n    return table - tf.reduce_mean(table, axis)",
     "second_is_axis"),
    ("1.1", celsius("return fahrenheit.numpy().mean().nothing"), "reduce"),
    ("5.1", changed(DATA, "noise = tf -> noise = np"), "misspelt"),
    ("5.1", changed(DATA, INPUTS + " -> "), "misspelt"),
    ("6.3", changed(LOOP, "losses = [] -> pass"), "misspelt"),
    ("1.2", "def last_columns(table, count):\n    return table.pop(count)", "misspelt"),
    ("6.1", "def slopes(W, b, inputs, outputs):\n    return tf.reduce_mean(residuals), 2.0",
     "name_of_the_formula"),
    ("6.1", "def slopes(W, b, inputs, outputs):\n    return tf.reduce_mean(off), 2.0",
     "name_of_the_formula"),
    ("1.1", celsius("return np.nothing(fahrenheit)"), "another_library"),
    ("1.1", celsius("return fahrenheit.copy()"), "another_type"),
    ("1.1", celsius("return [fahrenheit].shape"), "another_type"),
    ("1.1", celsius("return fahrenheit.numpy().astype(float).nothing"), "rounded"),
    ("2.1", "def double(variable):\n    variable.assign(noting)", "on_the_class"),
    ("5.1", changed(DATA, NOISE + " -> ", "+ noise -> + tf.noise"), "line_missing"),
    ("1.1", celsius("return nothing"), "line_missing"),
    ("5.1", changed(DATA, "b + noise -> b - noise"), "comma_for_an_operator"),
    ("3.1", "def line(inputs, W, b):\n    return W * inputs - 2 * b", "one_difference"),
    ("3.1", "def line(inputs, W, b):\n    return b + W / inputs", "one_difference"),
    ("7.1", model("self.W = tf -> self.start = start\n        self.W = tf",
                  "W, b): -> W, b, start=2):", "self.b\n -> 1\n"), "never_a_variable"),
    ("7.1", changed("class MyModel(tf.Module):\n    def __init__(self, W, b):\n"
     "        self.W = W\n        self.both = tf.Variable([W, b])\n"
     "    def __call__(self, x):\n        return self.both[0] * x\n"), "never_a_variable"),
    ("7.2", changed(LOSS, "return -> return 2 *", "actual)) -> actual)).numpy()"),
     "out_of_tensorflow"),
    ("6.2", STEP + "    model.W = tf.Variable(model.W - learning_rate * dW)\n"
     "    model.b.assign_sub(learning_rate * db)\n    return 2 * loss", "variable_replaced"),
    ("7.1", model("W * inputs + self.b -> W + 0.0"), "comma_for_an_operator"),
    ("6.3", changed(LOOP, "losses.append -> print(inputs[0]); losses.append"),
     "picked_by_the_pass"),
    ("1.1", celsius("return fahrenheit.zzz"), "misspelt"),
    ("1.1", celsius("return tf.float(fahrenheit)"), "misspelt"),
    ("2.3", "def slope_of_cube(at):\n    return 2 ** at", "caret"),
    ("1.1", celsius("return fahrenheit.dtype"), "not_called"),
    ("1.1", celsius("shape = (2,)\nreturn tf.zeros(shape) + fahrenheit"), "comma"),
    ("1.1", celsius("print(fahrenheit)\nreturn fahrenheit"), "no_return"),
    ("2.1", "def double(variable):\n    variable.assign_add(3.0 * variable)", "no_return"),
    ("7.2", """
        def my_loss(predicted, actual):
            if predicted.shape == actual.shape:
                return None
            else:
                print("they differ")
     """, "no_return"),
    ("1.1", celsius("for f in fahrenheit:\n    if f > 0:\n        return f\nreturn fahrenheit"),
     "return_in_loop"),
    ("1.1", celsius("for f in fahrenheit:\n    if f > 9:\n        continue\n    return f"),
     "return_in_loop"),
    ("1.1", celsius("while True:\n    return fahrenheit"), "return_in_loop"),
    ("1.1", celsius("for scale in (2.0,):\n    return fahrenheit * scale"), "return_in_loop"),
    ("1.1", celsius("def inner(values):\n    for v in values:\n        return v\n"
                    "return inner([fahrenheit])"), "return_in_loop"),
    ("6.3", LOOP.replace("    return", "    losses.append(0.0)\n    return"),
     "append_behind_the_loop"),
    ("6.2", STEP.replace("dW, db", "slopes") + "    variables = [model.W, model.b]\n"
     "    for i in range(len(variables)):\n"
     "        variables[i].assign_sub(learning_rate * slopes[i])\n    return 2 * loss",
     "slopes_before_the_loop"),
    ("6.2", STEP + "    model.W.assign_sub(learning_rate * dW)\n"
     "    model.b.assign_sub(learning_rate * db)\n    return 2 * loss", "update_first"),
    ("2.1", "def double(variable):\n    variable.assign(3 * variable)", "thrown_away"),
    ("7.2", changed(LOSS, "tf.square -> tf.abs"), "not_raised"),
    ("6.3", changed(LOOP, "losses.append -> losses = losses + [0.0]; losses.append"),
     "assigned_result"),
    ("6.3", changed(LOOP, "losses = [] -> losses, epochs = [], epochs + 1"), "parameter_replaced"),
    ("1.1", celsius("cold = 32; return fahrenheit - cold"), "never_used"),
    ("1.1", celsius("def inner(x):\n    return x - cold\ncold = 32\nreturn inner(fahrenheit)"),
     "never_used"),
    ("6.1", "def slopes(W, b, inputs, outputs):\n    return eval('W'), b", "parameter_unread"),
    ("1.1", celsius("return args[0]", "*args"), "parameter_unread"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "code", "kind"), SILENT)
def test_a_rule_is_silent(number, code, kind):
    result = unlisted(number, code)
    assert not isinstance(result, Result) or result.diagnosis != f"reading {kind}"
    written = find(number)
    answer = defined_by(written, code)
    # Right code is never read in a check; no rule should trip over it all the same.
    found = read(written, answer, run.run_cases(written, answer, 9)[0])
    assert not found or found.name != f"reading {kind}"


def test_no_rule_speaks_of_right_code(written):
    given = [written.solution, *written.variants]
    if not isinstance(written, Value):
        given.append(defined_by(written, stub.solution_code(written)))
        assert all(syntax.source_of(each) for each in given if type(each) is types.FunctionType)
    for each in given:
        found = read(written, run.answer_from(written, each), [])
        assert found is None or found.name in reading.UNUSED


def test_a_class_of_a_cell_is_found_and_one_of_nowhere_is_not():
    written = find("7.1")
    found = syntax.source_of(defined_by(written, MODEL))
    assert isinstance(found.tree, ast.ClassDef)
    namespace = {"tf": tf}
    exec(MODEL, namespace)
    assert syntax.source_of(namespace["MyModel"]) is None
    assert read(written, namespace["MyModel"], []) is None


def test_of_two_lambdas_on_a_line_neither_is_read():
    one, two = lambda x: x ^ 2, lambda y: y ^ 3
    assert syntax.source_of(one) is None and syntax.source_of(two) is None
    single = lambda x: x ^ 2  # noqa: E731
    assert isinstance(syntax.source_of(single).tree, ast.Lambda)


def test_what_wraps_a_function_is_looked_through_or_left_alone():
    def mine(first, second):
        return (first ^ second,)

    class Holder:
        def method(self, first, second):
            return first ^ second

    assert syntax.source_of(tf.function(mine)).tree.name == "mine"
    assert syntax.source_of(Holder().method).tree.name == "method"
    assert syntax.source_of(functools.partial(mine, 1)) is None
    assert syntax.source_of(tf.add) is None or read(toys.ADD, tf.add, []) is None


def test_the_lines_of_another_cell_are_not_taken_for_these():
    """A file that has changed since it was run."""
    written = find("1.1")
    answer = defined_by(written, celsius("return fahrenheit ^ 2"))
    name = answer.__code__.co_filename
    linecache.cache[name] = (1, None, ["def other(x):\n", "    return x ^ 2\n"], name)
    assert read(written, answer, []) is None


# Whatever is given


@pytest.mark.parametrize("number", range(len(ODD)))
@pytest.mark.parametrize("exercise", [toys.ADD, toys.COUNTER, toys.ZEROS], ids=lambda e: e.title)
def test_an_odd_answer_is_nothing_to_read(exercise, number):
    found = read(exercise, ODD[number], [])
    assert found is None or type(ODD[number]) is type


def _library() -> list:
    modules = (statistics, textwrap, syntax)
    given = [each for module in modules for each in vars(module).values()]
    return [each for each in given if isinstance(each, types.FunctionType | type)]


ERRORS = ["", "name 'x' is not defined", "has no `len()`", "'Tidx'", "None",
          "module 'tensorflow' has no attribute 'x'",
          "'list' object has no attribute 'x'"]  # fmt: skip


@pytest.mark.parametrize("error", ERRORS)
def test_any_code_can_be_read(error):
    """The standard library has more kinds of code than learners write."""
    raised = run.Raised(ValueError, error, "return") if error else None
    for given in _library():
        exercise = toys.COUNTER if isinstance(given, type) else toys.ADD
        read(exercise, given, [run.Outcome("", raised=raised)] * len(exercise.cases))


# What the rest of the feedback says (the engine's items of the findings)


def said(number: str | Written, code: str) -> str:
    return text_of(unlisted(number, lines(code)))


def test_text_has_no_shape():
    text = said("1.1", celsius('return "(fahrenheit - 32) * 5 / 9"'))
    assert "is text. The task asks for a tf.Tensor" in text
    assert "has shape" not in text
    assert "is text. The task asks for" in text_of(checked("3.3", "60, 40"))


def test_brackets_are_spoken_of_where_they_help():
    in_vain = text_of(checked("3.3", lambda x: 60 * x + 40))
    assert "is a lambda with parameters" in in_vain
    assert "brackets" not in in_vain
    assert "brackets missing" in text_of(checked("3.3", lambda: (60, 40)))
    method = said("2.3", """
        def slope_of_cube(at):
            x = tf.Variable(at)
            return x.numpy if at else x
    """)  # fmt: skip
    assert "brackets missing" in method


def test_what_is_no_tensor_is_not_said_to_have_two_dtypes():
    says = "Value for attr 'T' of bool is not in the list of allowed values: float"
    hint = feedback.error_hint(run.Raised(ValueError, says, ""))
    assert "A bool tensor is nothing that this operation works on" in hint
    assert "Two different dtypes" not in said("4.2", """
        def mean_squared_error(predicted, actual):
            return tf.reduce_mean(*[tf.square(predicted), tf.square(actual)])
    """)  # fmt: skip


def test_a_pair_from_numpy_is_told_what_is_inside():
    wrong = lambda first, second: (first.numpy() * 3.0, second)  # noqa: E731
    text = text_of(checked(toys.PAIR, wrong))
    assert "tuple" not in text
    text = text_of(checked_code("5.1", lines("""
        def make_data(num_examples, W, b, seed):
            draws = np.random.default_rng(seed)
            inputs = draws.normal(size=num_examples)
            return inputs, inputs * W + b + draws.normal(size=num_examples)
    """)))  # fmt: skip
    assert "they are not those of `tf.random.stateless_normal`" in text
    assert "tuple" not in text


def test_a_position_is_not_asked_where_numbers_change_their_kind():
    text = said("4.3", """
        def largest_error(predicted, actual):
            return tf.argmax(tf.abs(predicted - actual)) + 1
    """)  # fmt: skip
    assert "Whole numbers are counts or places" in text
    text = said("4.3", """
        def largest_error(predicted, actual):
            return tf.shape(predicted - actual)
    """)  # fmt: skip
    assert "for each example" not in text


def test_a_number_that_is_wrong_is_not_said_to_be_right():
    text = said("4.3", """
        def largest_error(predicted, actual):
            largest = 0.0
            for p, a in zip(predicted, actual):
                if p - a > largest:
                    largest = float(p - a)
            return largest
    """)  # fmt: skip
    assert "right" not in text
    assert "It gives a different result." in text


@pytest.mark.parametrize("code", [
    "def center(table):\n    return [row - tf.reduce_mean(table, axis=0) for row in table]",
    "def center(table):\n    means = np.mean(table, axis=0)\n"
    "    return [[float(x) - float(m) for x, m in zip(row, means)] for row in table]",
    "def center(table):\n    means = tf.reduce_mean(table, axis=0)\n"
    "    return [[x - m for x, m in zip(row, means)] for row in table]",
    "def center(table):\n    means = np.mean(table, axis=0)\n"
    "    return [[np.float32(x) - m for x, m in zip(row, means)] for row in table]",
])  # fmt: skip
def test_lists_of_any_numbers_are_numbers(code):
    assert checked_code("1.3", code).state is State.CORRECT


def test_a_dictionary_may_have_more_in_it_than_was_asked_for():
    def counts(values):
        return {"sum": sum(values), "count": len(values)}

    written = type(toys.ADD)(
        id="9.8", title="Counts", stub="def counts(values):\n    ...", solution=counts,
        cases=(toys.Case(lambda: ([1.5, 4.0],)),),
    )  # fmt: skip
    more = checked(written, lambda values: {**counts(values), "largest": max(values)})
    assert more.state is State.CORRECT
    less = checked(written, lambda values: {"sum": sum(values)})
    assert "a dictionary without `count`" in text_of(less)
    wrong = checked(written, lambda values: {**counts(values), "more": 1, "count": 7})
    assert ("Yours (count)", "7") in wrong.details


def test_a_dictionary_that_the_check_makes_is_not_asked_for():
    text = text_of(checked("9.2", lambda shards, read, batch_size: ["one", "two"]))
    assert "The task asks for a tuple" not in text and "dictionary" not in text


def test_too_many_results_are_counted():
    text = said("5.3", """
        def split(inputs, outputs, held_out):
            return outputs, inputs, inputs[:held_out], outputs, held_out
    """)  # fmt: skip
    assert (
        "is a tuple of 5: a tf.Tensor and a Python number. The task asks for a tuple of 4" in text
    )


def test_a_dictionary_that_was_passed_must_not_grow():
    def step(variables, rate):
        toys.step(variables, rate)
        variables["more"] = tf.Variable(1.0)

    assert checked(toys.STEP, step).state is State.NOT_YET


def test_sizes_are_said_in_words():
    text = text_of(
        checked(toys.PAIR, lambda first, second: (first, tf.tile(second * 3.0 - 1.0, [2])))
    )
    assert "is right; the second has shape [4] where shape [2] is asked for." in text
    text = said("1.1", "def to_celsius(f):\n    return tf.tile([tf.reduce_sum(f) - 1.0], [4])")
    assert "What `to_celsius` returns is a row of 4 numbers (shape [4])" in text
    assert "The task asks for a row of 2 numbers" in text
    text = said("1.3", "def center(table):\n    return table[:1]")
    assert "a table of 1 row and 2 columns (shape [1, 2])" in text
    assert "a table of 2 rows and 2 columns (shape [2, 2])" in text


def test_arguments_are_named():
    text = said("3.1", "def line(x, W):\n    return W * x")
    assert "It takes 2 arguments: `x` and `W`. It is called with 3: `inputs`, `W` and `b`." in text
    assert "Which one is missing?" in text
    assert "Which one is too many?" in said("1.1", "def to_celsius(f, c):\n    return f")


def test_nothing_is_wanted_and_no_hint_is_too_long():
    words = [sentence for _, sentence in feedback._HINTS] + list(feedback._BY_TYPE.values())
    assert not [each for each in words if "wanted" in each or len(each.split()) > 55]
    assert "is wanted" not in Path(feedback.__file__).read_text()


def unfinished():
    raise NotImplementedError


class Returning:
    def __init__(self):
        return 1


def test_a_class_that_is_not_set_up_is_explained():
    says = "In layer 'MyModel', you forgot to call `super().__init__()` as the first statement"
    hint = feedback.error_hint(run.Raised(RuntimeError, says, ""))
    assert "has to set itself up first" in hint


def test_an_address_is_no_part_of_an_error():
    """Else no two of them would be alike, and a known mistake would not be recognized."""
    mistaken = type(toys.ADD)(
        id="9.8", title="Add", stub=toys.ADD.stub, solution=toys.add, cases=toys.ADD.cases
    )

    def residuals(x):
        return x

    mistaken.mistake("a_function", lambda first, second: tf.square(residuals)).says("Known.")

    def other():
        def residuals(x):
            return 2 * x

        return residuals

    result = checked(mistaken, lambda first, second: tf.square(other()))
    assert result.diagnosis == "a_function"
    text = text_of(checked(toys.ADD, lambda first, second: tf.square(toys.Line())))
    assert "0x" not in text and "<Line object>" in text


def test_predicting_inside_a_model_is_explained():
    text = said("7.1", """
        class MyModel(tf.keras.Model):
            def __init__(self, W, b):
                super().__init__()
                self.W = tf.Variable(W)

            def call(self, inputs):
                return self.predict(inputs)
    """)  # fmt: skip
    assert "use a model from outside" in text


def test_a_value_is_not_told_about_return():
    text = text_of(checked("5.2", print("")))
    assert "return" not in text
    assert "Your answer is None" in text_of(checked(toys.ZEROS, None))


def test_one_number_in_a_row_is_not_one_for_each_example():
    code = "def largest_error(predicted, actual):\n    return tf.math.top_k({}).values"
    for inside in ("tf.abs(predicted - actual)", "predicted + actual"):
        assert "for each example" not in said("4.3", code.format(inside))


def test_a_list_of_pairs_is_no_table_of_all_pairs():
    def pairs(values):
        return [float(value) for value in values]

    written = type(toys.ADD)(
        id="9.8", title="Pairs", stub="def pairs(values):\n    ...", solution=pairs,
        cases=(toys.Case(lambda: (tf.constant([1.5, 4.0]),)),),
    )  # fmt: skip
    text = text_of(checked(written, lambda values: [(7.0, float(v) ** 3 + 2.0) for v in values]))
    assert "combined with every other" not in text


@pytest.mark.parametrize(("raising", "says"), [
    (lambda: [] - 1, "Lists and tuples do no arithmetic"),
    (lambda: 1.0 - (lambda: 1), "There is no `-` between a thing of type float and one of type"),
    (lambda: "3" - 1, "Text is no number"),
    (lambda: [1, 2] * 0.5, "*so many times over*"),
    (lambda: [1] + 1, "`+` puts one list behind another"),
    (lambda: tf.constant([tf.constant(1.0)]), "Either this is a single thing"),
    (lambda: [1][5], "Places are counted from 0"),
    (lambda: {}["out of range"], "a key that is not there"),
    (lambda: (1, 2).__setitem__(0, 1), "There is nothing called"),
    (lambda: exec("a = (1,); a[0] = 2"), "A tuple never changes"),
    (lambda: exec("v = tf.Variable([1.0]); v[0] = 2", {"tf": tf}), "changed by a method"),
    (lambda: exec("v = tf.Variable(1.0); v *= 2", {"tf": tf}), "Python's `*=` would put"),
    (lambda: exec("with tf.GradientTape as tape: pass", {"tf": tf}), "and this is a class"),
    (lambda: exec("with 3 as tape: pass"), "a thing of type int"),
    (lambda: exec("a, b = 3"), "a single thing"),
    (lambda: exec("a, b = 1, 2, 3"), "The number of names before the `=`"),
    (lambda: tf.reduce_mean(tf.ones([2]), axis=1), "There is no axis 1"),
    (lambda: tf.reshape(tf.ones([2]), [3]), "do not fill the new shape"),
    (lambda: tf.ones([2]) * "3", "also where it looks like a number"),
    (lambda: tf.math.nothing, "`math` has nothing that is called `nothing`"),
    (unfinished, "Part of the code is still to be written"),
    (lambda: tf.Variable.assign(tf.Variable(1.0), 2.0), "It raises an error."),
    (lambda: len(tf.Variable([1.0, 2.0])), "`.shape` says how large it is"),
    (lambda: tf.ones([1]).astype, "`.astype` belongs to NumPy's arrays"),
    (lambda: round(tf.ones([1]), 2), "belongs to NumPy's arrays"),
    (lambda: Returning(), "hands nothing back"),
    (lambda: tf.map_fn(tf.square, tf.constant(1.0)), "a single number has none"),
    (lambda: tf.ones([2]) - tf.reduce_mean, "The function `reduce_mean` itself stands"),
    (lambda: tf.square(toys.Line()), "An object of the class `Line` stands"),
    (lambda: tf.GradientTape().__enter__().gradient(tf.ones([]), toys.Line()), "the class `Line`"),
    (lambda: setattr(toys.Line(), "trainable_variables", []), "fills itself"),
    (lambda: 2.0 @ tf.ones([2]), "`@` is the matrix product"),
    (lambda: tf.ones([2]) @ tf.ones([2]), "`@` is the matrix product"),
    (lambda: tf.ones([1.5]), "A shape is made of whole numbers"),
    (lambda: tf.random.stateless_normal([1], seed=[1.5, 0.0]), "A seed is made of whole numbers"),
    (lambda: tf.square(tf.ones([1]), wrong=1), "with `wrong=`"),
])  # fmt: skip
def test_an_error_is_explained_by_what_it_says(raising, says):
    def mine(first, second):
        assert first is not second
        raising()

    assert says in text_of(checked(toys.ADD, mine))
