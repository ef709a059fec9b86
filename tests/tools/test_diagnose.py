"""A sample of `make diagnose`: wrong answers by rule are made, told apart and counted."""

import ast
import inspect
import tomllib

import pytest
import tensorflow as tf

import diagnose
import redrawn
from exercises.engine import catalogue, run
from exercises.engine.check import all_same, measure_of
from mutant_rules import RULES
from mutants import Mutant, mutants

STEP = """
def step(model, inputs, rate):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(model(inputs), axis=0)
    slope = tape.gradient(loss, model.W)
    model.W.assign_sub(rate * slope)
    return loss
"""
LOOP = """
def train(model, epochs):
    losses = []
    for _ in range(epochs):
        loss = step(model, 0.1)
        losses.append(float(loss))
    return losses
"""
CLASS = """
class Line(tf.Module):
    def __init__(self, W):
        self.W = tf.Variable(W, dtype=tf.float32)

    def __call__(self, inputs):
        if inputs.shape != self.W.shape:
            raise ValueError("shapes")
        return (self.W - 3.0) ** 2, tf.square(inputs[1:]), [1.0, 2.0]
"""
MADE = {  # One line that each rule makes of these three.
    "drop_a_term": "return (self.W ** 2, tf.square(inputs[1:]), [1.0, 2.0])",
    "drop_a_factor": "model.W.assign_sub(rate)",
    "swap_operands": "return ((3.0 - self.W) ** 2, tf.square(inputs[1:]), [1.0, 2.0])",
    "another_operator": "return ((self.W + 3.0) ** 2, tf.square(inputs[1:]), [1.0, 2.0])",
    "brackets_forgotten": "return (self.W - 3.0 ** 2, tf.square(inputs[1:]), [1.0, 2.0])",
    "negate": "return -loss",
    "scale": "return 2.0 * loss",
    "drop_a_wrapper": "losses.append(loss)",
    "turn_a_comparison": "if inputs.shape == self.W.shape:",
    "swap_arguments": "slope = tape.gradient(model.W, loss)",
    "number_built_in": "model.W.assign_sub(0.25 * slope)",
    "a_global_used": "loss = tf.reduce_mean(model(my_inputs), axis=0)",
    "parameters_in_another_order": "def train(epochs, model):",
    "name_of_the_formula": "loss = tf.reduce_mean(model(x), axis=0)",
    "misspell": "slope = tape.gradiet(loss, model.W)",
    "sum_for_mean": "loss = tf.reduce_sum(model(inputs), axis=0)",
    "another_axis": "loss = tf.reduce_mean(model(inputs), axis=1)",
    "off_by_one": "for _ in range(1, epochs):",
    "return_in_the_loop": "return losses",
    "no_return": "loss",
    "print_for_return": "print(losses)",
    "one_of_several": "return losses[-1]",
    "shuffle_apart": "return ((self.W - 3.0) ** 2, tf.square(inputs[1:])[::-1], [1.0, 2.0])",
    "another_list": "return ((self.W - 3.0) ** 2, tf.square(inputs[1:]), [2.0, 1.0])",
    "drop_self": "W = tf.Variable(W, dtype=tf.float32)",
    "drop_every_self": "if inputs.shape != W.shape:",
    "method_without_self": "def __call__(inputs):",
    "one_underscore": "def _init_(self, W):",
    "drop_a_variable": "self.W = float(W)",
    "equals_for_assign": "model.W = model.W - rate * slope",
    "another_assign": "model.W.assign_add(rate * slope)",
    "numpy_for_tensorflow": "loss = np.mean(model(inputs), axis=0)",
    "numpy_on_the_way": "loss = tf.reduce_mean(model(inputs).numpy(), axis=0)",
    "reduce_forgotten": "loss = tf.mean(model(inputs), axis=0)",
    "swap_two_lines": "losses = []",
    "drop_a_line": "losses = []",
    "swap_the_targets": "b, a = pair",
    "out_of_the_loop": "losses.append(float(loss))",
    "before_the_tape": "loss = tf.reduce_mean(predicted, axis=0)",
    "into_the_tape": "slope = tape.gradient(loss, model.W)",
}
PAIR = "def f(pair):\n    a, b = pair\n    return a"


@pytest.fixture(scope="module")
def made() -> list:
    examples = {"rate": 0.25, "inputs": None}
    return [each for code in (STEP, LOOP, CLASS, PAIR) for each in mutants(code, examples)]


def test_every_rule_makes_what_its_name_says(made):
    changed = {
        (rule, line[0], line[2:].strip())
        for mutant in made
        for rule in mutant.rules
        for line in mutant.change.splitlines()
    }
    signs = {name: "-" if name == "drop_a_line" else "+" for name in MADE}
    assert MADE.keys() == RULES.keys()
    assert {(name, signs[name], line) for name, line in MADE.items()} <= changed


def test_mutants_are_programs_and_each_is_made_once(made):
    codes = [mutant.code for mutant in made]
    originals = {ast.unparse(ast.parse(code)) for code in (STEP, LOOP, CLASS, PAIR)}
    assert len(codes) == len(set(codes)) > 150
    assert not originals & set(codes)
    for code in codes:
        ast.parse(code)


def test_mutants_are_told_apart():
    found = list(diagnose.diagnosed(catalogue.find("4.2")))
    verdict = {(each.rule, each.verdict) for each in found}
    assert {each.verdict for each in found} <= {*diagnose.COLUMNS, *diagnose.LEFT_OUT}
    assert ("sum_for_mean", "specific") in verdict
    assert ("swap_operands", "alike") in verdict
    assert not [each for each in found if each.verdict == "accepted" or each.refused]


def test_what_a_single_case_does_not_see_is_accepted():
    """4.2 with one example only, for which the sum is the mean."""
    exercise = catalogue.find("4.2")
    alone = redrawn.with_cases(exercise, exercise.cases[:1])
    found = {each.rule: each.verdict for each in diagnose.diagnosed(alone)}
    assert found["sum_for_mean"] == "accepted"
    assert found["swap_operands"] == "alike"


@pytest.mark.parametrize(
    ("true", "verdict"), [(None, "doubtful"), (True, "specific"), (False, "false")]
)
def test_what_no_rule_names_is_doubtful_until_it_is_judged(monkeypatch, tmp_path, true, verdict):
    judged = tmp_path / "judged.toml"
    entry = f"""[[judged]]
        exercise = "4.1"
        mutant = "numpy_on_the_way"
        diagnosis = "raises *"
        says = "make a Python number"
        true = {str(true).lower()}
        why = "for a test" """
    judged.write_text("" if true is None else entry)
    monkeypatch.setattr(diagnose, "JUDGED", judged)
    exercise = catalogue.find("4.1")
    code = "def residuals(predicted, actual):\n    return float(predicted - actual)"
    mutant = Mutant(("numpy_on_the_way",), code, code, ())
    assert diagnose.diagnosed_one(exercise, None, mutant).verdict == verdict


def test_every_judgement_is_of_something_that_there_is():
    ids = {exercise.id for n in catalogue.lessons() for exercise in catalogue.of_lesson(n)}
    for entry in tomllib.loads(diagnose.JUDGED.read_text(encoding="utf-8"))["judged"]:
        assert entry.keys() - {"says"} == {"exercise", "mutant", "diagnosis", "true", "why"}
        assert entry["exercise"] == "*" or entry["exercise"] in ids
        assert entry["mutant"] in {"*", *RULES} or len(entry["mutant"]) == 8


@pytest.mark.parametrize("exercise_id", ["2.2", "4.1", "6.2", "7.1"])
def test_drawn_inputs_are_other_ones_and_the_same_each_time(exercise_id):
    exercise = catalogue.find(exercise_id)
    other = redrawn.drawn(exercise)
    first, again = (run.run_cases(other, exercise.solution, 60)[0] for _ in range(2))
    assert len(first) >= 14
    assert all_same(other, first, again, measure_of(exercise))
    own = {shown(outcome) for outcome in run.outcomes_of(exercise)}
    others = [outcome for outcome in first if shown(outcome) not in own]
    assert len(others) > len(first) / 3  # Of a class, some cases ask for no numbers.


def shown(outcome) -> str:
    return str([outcome.returned, *outcome.effects.values()])


def test_drawn_lengths_change_together():
    pair = tf.constant([1.0, 2.0, 3.0]), tf.constant([4.0, 5.0, 6.0]), 2
    drawn = [redrawn.other_inputs(pair, seed) for seed in range(20)]
    assert all(len(one) == len(other) > count for one, other, count in drawn)
    assert len({len(one) for one, _, _ in drawn}) > 2


def test_an_answer_finds_what_a_notebook_has():
    """6.2: the loss of lesson 04 is there, and no mistake that the exercise knows."""
    exercise = catalogue.find("6.2")
    answer = diagnose.answer_of(exercise, "def train_step(): pass")
    assert {"mean_squared_error", "tf", "np", "my_learning_rate"} <= answer.__globals__.keys()
    assert not {mistake.name for mistake in exercise.misconceptions} & answer.__globals__.keys()
    assert inspect.getsource(answer) == "def train_step(): pass"


def test_the_table_counts():
    about = ("", "", "")
    found = [diagnose.Found("4.2", *about, "specific"), diagnose.Found("4.2", *about, "generic")]
    found += [diagnose.Found("5.1", *about, "alike")]
    rows = {line.split()[0]: line.split() for line in diagnose.table(found).splitlines()[1:]}
    assert rows["all"][:5] == ["all", "2", "50", "1", "1"]
    assert rows["4.2"][1] == "2"
    assert rows["5.1"][1] == "0"
