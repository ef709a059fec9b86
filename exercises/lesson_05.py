"""The exercises of lesson 05: data whose right answer is known, and data held back."""
# Answers are written as learners write them:
# ruff: noqa: ANN001, ANN002, ANN201, ANN202, D103

import functools

import numpy as np
import tensorflow as tf

from exercises.engine.model import Case, Function, Predict, Remark, Value
from exercises.engine.snapshot import agree, see

TITLE = "The data"


# --- 5.P1

LOSS_OF_THE_TRUE_LINE = Predict(
    id="5.P1",
    title="The loss of the true line",
    prompt=(
        "Without the noise, all examples would lie exactly on a line. With it, how far from the "
        "true line are they on average, measured as the mean squared error?"
    ),
    choices={"a": "About 0.", "b": "About 1.", "c": "About 9."},
    answer="b",
    reason="""
        Only the noise keeps the examples off the true line. The mean square of standard normal
        noise is its variance, and that is 1.
    """,
    tempts="""
        a: Noise goes up as often as down, so it should cancel out in a mean. And it is the true
        line, after all.

        b: The variance of the noise was given as 1, and a variance is a mean of squares. Does
        anything else keep the examples off the line?

        c: The line is steep, W is 3, and squares make numbers larger: 3 times 3 is 9.
    """,
    feedback="""
        a: It is the true line, and noise goes up as often as down, so it seems to cancel out. In
        the mean of the residuals it does; squares are never negative and cannot cancel.

        c: 9 is the square of the slope, 3. The steepness of the line plays no part here: residuals
        are measured from the line, and only the noise remains.
    """,
)


# --- 5.P2

SAME_SEED = Predict(
    id="5.P2",
    title="Twice the same seed",
    prompt=(
        "The inputs were drawn with seed `[0, 1]` and the noise with `[0, 2]`. What if both had "
        "`[0, 1]`?"
    ),
    choices={
        "a": "The same kind of cloud: each call draws numbers of its own.",
        "b": "Points on a line, without any scatter.",
        "c": "An error: a seed can be used once only.",
    },
    answer="b",
    reason="""
        A stateless draw depends on its seed and shape and on nothing else. The noise would equal
        the inputs, and the outputs would be `4 * inputs + 2`: no noise at all, and a wrong slope.
    """,
    tempts="""
        a: Two calls of `tf.random.normal` gave two results, and here there are two calls as well.

        b: A few cells ago, two draws with one seed gave the same numbers. If the noise is a copy of
        the inputs, what does it add to them?

        c: The same seed in two places looks like a slip that somebody should catch, and TensorFlow
        is strict about many things.
    """,
    feedback="""
        a: That is how `tf.random.normal` does it: a hidden state moves on with each call. A
        stateless draw has no such state, so the same seed gives the same numbers.

        c: A seed is not used up. That it can be used again is the point of it: anyone can repeat
        your draw. So it is up to you to take a different one for each draw.
    """,
)


# --- 5.1


def make_data(num_examples, W, b, seed):
    inputs = tf.random.stateless_normal([num_examples], seed=[seed, 1])
    noise = tf.random.stateless_normal([num_examples], seed=[seed, 2])
    return inputs, inputs * W + b + noise


TRIED = (6, 2.5, -1.5, 5)
"""What decides for all cases whether an answer draws numbers that can be compared."""


def _in_words(make, *inputs):
    """What it makes; in words where it drew numbers that are neither ours nor a known mistake's."""
    try:
        made = make(*TRIED)
        pair = [see(each) for each in made]
        if any(agree(known, see(made)) for known in _known_data()):
            return make(*inputs)
        if agree(see(made), see(made)) and not agree(see(made), see(make(*TRIED))):
            return "two calls with the same seed give different numbers"
    except Exception:
        return make(*inputs)
    right, _ = _known_data()[0].parts
    as_asked = len(pair) == 2 and all(e.array is not None and e.shape == TRIED[:1] for e in pair)
    if not as_asked or any(agree(right[1], each) for each in pair):
        return make(*inputs)
    by_tensorflow = isinstance(made[0], tf.Tensor | tf.Variable)
    return "another draw" if by_tensorflow else "another draw, and not by TensorFlow"


@functools.cache
def _known_data():
    """What is seen of our data and of those of the known mistakes whose draws are ours."""
    mistakes = [mistake.wrong_answer for mistake in MAKE_DATA.misconceptions]
    known = [make for make in mistakes if make not in (drawn_by_numpy, another_draw)]
    return [see(make(*TRIED)) for make in (make_data, *known)]


MAKE_DATA = Function(
    id="5.1",
    title="Make data",
    stub="""
def make_data(num_examples, W, b, seed):
    # Your lines go here.
    return ...
""",
    solution=make_data,
    on_correct="The same seed gives the same data, to you and to everyone you tell it to.",
    hints="""
        Three steps, as in the cells above: inputs, noise, outputs. How many numbers of noise do you
        need?

        Both draws have the same shape and different seeds. In both, the caller's seed is the first
        of the two numbers.

        Two draws, each with the shape `[num_examples]`. Then the line at these inputs, with the
        noise added to it at the end. A function returns two things with a comma between them, the
        inputs first.
    """,
    cases=tuple(
        Case(lambda values=values: values, call=_in_words)
        for values in ((3, 3.0, 2.0, 0), (4, -1.5, 4.0, 7), (5, 2.5, 0.5, 12))
    ),
)
MAKE_DATA.slip("noise_forgotten", {" + noise": ""}).says("""
    These examples lie exactly on the line. No measurement is like that, and any two of them would
    give W and b away. What does a measurement add to the truth?
""")
MAKE_DATA.slip(
    "one_noise_for_all", {"[num_examples], seed=[seed, 2]": "[], seed=[seed, 2]"}
).says("""
    This draws one number of noise and adds it to all examples. They lie exactly on a line that is
    shifted up or down, without any scatter. How many numbers does the draw return, and for how many
    examples?
""")
MAKE_DATA.slip("same_seed_twice", {"2": "1"}).says("""
    Inputs and noise are drawn with the same seed, so they are the same numbers. The outputs lie
    exactly on a line whose slope is larger by 1. What has to be different between the two draws?
""")
MAKE_DATA.slip("seed_ignored", {"seed, 1": "0, 1", "seed, 2": "0, 2"}).says("""
    This is right for `seed=0` and gives the same data for every other seed. The caller who passes
    7 wants another draw. Where does `seed` appear in your lines?
""")
MAKE_DATA.slip("seeds_swapped", {"=[seed, 1]": "=(seed, 2)", "=[seed, 2]": "=[seed, 1]"}).says("""
    The two draws have changed places: the inputs have the numbers that belong to the noise, and
    the noise those of the inputs. Which seed does the task give to each of them?
""")
MAKE_DATA.slip("seed_second", {"seed, 1": "1, seed", "seed, 2": "2, seed"}).says("""
    The two numbers of each seed have changed places. `[7, 1]` and `[1, 7]` are two different
    seeds, with different draws. Which of the two numbers should be the caller's?
""")


@MAKE_DATA.mistaken("""
    Two calls with the same seed give different numbers here. This draw depends on a hidden state,
    or on the clock, and nobody can repeat it. Which draws depend on their seed and on nothing
    else?
""")
def drawn_without_a_seed(num_examples, W, b, seed):
    inputs = tf.random.normal([num_examples])
    noise = tf.random.normal([num_examples])
    return inputs, inputs * W + b + noise


@MAKE_DATA.mistaken("""
    The numbers can be repeated, but they are not those of `tf.random.stateless_normal`: NumPy and
    Python have random numbers of their own, and the same seed means something else to them. Which
    function drew the inputs in the cells above?
""")
def drawn_by_numpy(num_examples, W, b, seed):
    drawn = np.random.default_rng(seed)
    inputs = drawn.normal(size=num_examples)
    return inputs, inputs * W + b + drawn.normal(size=num_examples)


@MAKE_DATA.mistaken("""
    The numbers can be repeated, but the inputs are not those that `tf.random.stateless_normal`
    draws with the seed `[seed, 1]`. Did you take another function, another seed, or change them
    after the draw?
""")
def another_draw(num_examples, W, b, seed):
    return make_data(num_examples, W, b, seed + 1)


MAKE_DATA.slip("W_added", {"* W": "+ W"}).says("""
    `W` is added to the inputs, so the slope is 1 whatever `W` is. It should say how much an output
    grows when the input grows by 1. What does the line of lesson 03 do with its `W`?
""")
MAKE_DATA.slip("b_times_W", {"inputs * W + b": "(inputs + b) * W"}).says("""
    `b` is inside the brackets and is multiplied by `W`, too. At the input 0 the line should be at
    `b` itself. What should be multiplied by `W`, and nothing else?
""")
MAKE_DATA.slip("noise_subtracted", {"+ noise": "- noise"}).says("""
    The noise is subtracted. As data these are just as good, since noise goes both ways, but they
    are not the same as everybody else's with this seed. Which sign comes before the noise in the
    cells above?
""")
MAKE_DATA.slip(
    "noise_multiplied", {"+ noise": "* noise", "inputs * W + b": "(inputs * W + b)"}
).says("""
    The outputs are multiplied by the noise: where the line is high, they jump about, and where it
    crosses 0 they are exact. A measurement here is off by about as much everywhere. How does the
    noise join the line?
""")
MAKE_DATA.slip(
    "noise_on_the_inputs", {"inputs * W + b + noise": "(inputs + noise) * W + b"}
).says("""
    The noise is added to the inputs before the line is applied, so it comes out `W` times as
    large. Here the inputs are known exactly and the outputs are measured. At which point should
    the noise come in?
""")
MAKE_DATA.slip("noise_returned", {"inputs * W + b + noise": "noise"}).says("""
    The second thing that comes back is the noise alone. It is one part of an output; the line at
    the inputs is the other. What would a model learn from noise?
""")
MAKE_DATA.slip(
    "one_pair_an_example",
    {"inputs, inputs * W + b + noise": "list(zip(inputs, inputs * W + b + noise))"},
).says("""
    This returns a list with one pair for each example. The task asks for two tensors, so that a
    model can take all inputs at once. Is the `zip` needed?
""")
MAKE_DATA.slip("noise_too", {"b + noise": "b + noise, noise"}).says("""
    Inputs and outputs are right, and the noise comes back as a third thing. Nobody who measures
    ever sees the noise by itself, and a caller who unpacks two things here stumbles over three.
    Which two does the task ask for?
""")
MAKE_DATA.slip(
    "uniform_inputs",
    {"normal([num_examples], seed=[seed, 1]": "uniform([num_examples], seed=[seed, 1]"},
).says("""
    These inputs come from a uniform draw: all between 0 and 1, all equally likely. The bell curve
    has most values near 0, on both sides, and some beyond 1. Which function did the cells above use
    for the inputs?
""")
MAKE_DATA.slip("uniform_draws", {"stateless_normal": "stateless_uniform"}).says("""
    Both draws are uniform: all numbers between 0 and 1, all equally likely, and the noise lifts
    every output. The bell curve goes both ways, with mean 0. Which function did the cells above
    use?
""")
MAKE_DATA.slip("a_column", {"[num_examples]": "[num_examples, 1]"}).says("""
    These have the shape `[num_examples, 1]`, a column. With actual values in a row that is the
    silent mistake of lesson 04. Which shape did the task ask for?
""")


@MAKE_DATA.right
def make_data_noise_first(num_examples, W, b, seed):
    noise = tf.random.stateless_normal((num_examples,), (seed, 2))
    inputs = tf.random.stateless_normal((num_examples,), (seed, 1))
    return [inputs, noise + b + W * inputs]


@MAKE_DATA.right
def make_data_with_a_function(num_examples, W, b, seed):
    def draw(number):
        return tf.random.stateless_normal(shape=[num_examples], seed=[seed, number])

    inputs = draw(1)
    return inputs, tf.add(tf.multiply(inputs, W), b) + draw(2)


@MAKE_DATA.right
def make_data_in_numpy(num_examples, W, b, seed, scale=1.0):
    inputs, noise = (
        tf.random.stateless_normal([num_examples], [seed, i], stddev=scale).numpy() for i in (1, 2)
    )
    return inputs, W * inputs + b + noise


@MAKE_DATA.right
def make_data_one_by_one(num_examples, W, b, seed):
    x = tf.random.stateless_normal([num_examples], seed=tf.constant([seed, 1]))
    noise = tf.random.stateless_normal([num_examples], seed=tf.constant([seed, 2]))
    y = []
    for i in range(num_examples):
        y.append(float(x[i]) * W + b + float(noise[i]))
    return x, y


# --- 5.2


def my_expectation():
    return (1.0 - 3.0) ** 2 + (1.0 - 2.0) ** 2 + 1.0


def _or_negative(answer):
    """Any negative number is the same mistake."""
    try:
        return -1.0 if float(answer) < 0 else answer
    except Exception:
        return answer


EXPECTED_LOSS = Value(
    id="5.2",
    title="The loss to expect",
    stub="my_expectation = ...  # replace the dots by a number",
    solution=my_expectation,
    on_correct="""
        A loss that is far from what you expect is the first sign that something is wrong, and it
        costs one line to look.
    """,
    tolerance=0.05,
    hints="""
        Three things add up: how far W is from the truth, how far b is, and the loss that even the
        true line has.

        The true line has W = 3 and b = 2. The first two of the three terms are squares of
        differences; the third is the variance of the noise.

        W is off by 2 and b by 1. Square each, add both squares, and do not forget that the true
        line itself does not come down to 0.
    """,
    cases=(Case(call=_or_negative),),
)
EXPECTED_LOSS.mistake("noise_left_out", 5.0).says("""
    4 and 1, the squares of the two errors, make 5. That would be the loss on data without noise.
    Which loss does even the true line have here?
""")
EXPECTED_LOSS.mistake("not_squared", 4.0).says("""
    This looks like 2 + 1 + 1: the errors of W and b without their squares, or one of the terms
    alone. What does a *squared* error do with an error of 2?
""")
EXPECTED_LOSS.mistake("only_the_noise", 1.0).says("""
    1 is the loss of the true line. This model is not there yet: its slope and its start are both
    off. What does each of them add?
""")
EXPECTED_LOSS.mistake("measured_for_the_true_line", 0.93).says("""
    0.93 is what the cell above printed for the *true* line. The task asks about another model. How
    far are its W and its b from the truth, and what does that add?
""")
EXPECTED_LOSS.mistake("sum_squared", 10.0).says("""
    10 would come from adding the two errors first and squaring the sum. Each error is squared by
    itself: the one of W matters at large inputs, the one of b everywhere. What do you get in that
    order?
""")
EXPECTED_LOSS.mistake("the_model_above", 9.0).says("""
    About 9 is the loss of the model in the text, at W = 5 and b = 0. The one asked about starts at
    W = 1 and b = 1. How far is each of these two from the truth?
""")
EXPECTED_LOSS.mistake("errors_added", 3.0).says("""
    3 may be 1 for W, 1 for b and 1 for the noise, each squared: then the distances to the true 3
    and 2 are forgotten. Or it is the two errors, 2 and 1, without squares and without the noise.
    How far are W and b from the truth, and what does the loss do with these distances?
""")
EXPECTED_LOSS.mistake("negative", -2.0).says("""
    A squared error is never negative, so no loss of ours can be. To Python, `1 - 3**2` is 1 - 9. Is
    each of your differences squared, and in brackets of its own?
""")
EXPECTED_LOSS.mistake("w_left_out", 2.0).says("""
    2 may be 1 for b and 1 for the noise: then W is left out. Or it is how far W is off, alone and
    not squared. Three things add up to this loss. Which ones, and how large is each?
""")
EXPECTED_LOSS.mistake("truth_squared", 11.0).says("""
    This looks like 9 + 1 + 1, with the square of the true W itself in it. What counts is how far
    the model's W is *from* it. How far is 1 from 3?
""")
EXPECTED_LOSS.mistake("sums_for_differences", 26.0).says("""
    This looks like 16 + 9 + 1: the start was *added* to the truth, 1 + 3 and 1 + 2, and then
    squared. How far apart are 1 and 3?
""")
EXPECTED_LOSS.mistake("all_from_zero", 14.0).says("""
    14 is 9 + 4 + 1: what a model with W = 0 and b = 0 would have. The one asked about starts at W
    = 1 and b = 1, a little nearer to the truth. How far is it from there to 3, and to 2?
""")
EXPECTED_LOSS.mistake("nothing_left", 0.0).says("""
    A loss of 0 would mean that every prediction is right. Not even the true line gets there on
    these data. What keeps it from 0?
""")
EXPECTED_LOSS.right(6)
EXPECTED_LOSS.right(6.0)
EXPECTED_LOSS.right(tf.constant(6.0))
EXPECTED_LOSS.right(np.square([1 - 3, 1 - 2]).sum() + 1)


# --- 5.P3

LEARNED_BY_HEART = Predict(
    id="5.P3",
    title="Learned by heart",
    prompt=(
        'A "model" has learned all training outputs by heart, and gives 0 for inputs it has never '
        "seen. Its training loss is 0. Will its held-out loss be below the untrained line's, which "
        "is about 9?"
    ),
    choices={
        "a": "Yes, it will be 0 here, too.",
        "b": "Yes, it will be above 0, but below the untrained line's.",
        "c": "No, it will be above the untrained line's.",
    },
    answer="c",
    reason="""
        It knows the answers and not the rule. For inputs it has never seen it says 0, and that is
        further off than even a line that never learned anything.
    """,
    tempts="""
        a: A training loss of 0 is perfect, and nobody could ask for more. The held-out examples
        come from the same true line, too.

        b: All that learning must be worth something, and the untrained line is a poor rival.

        c: It has learned the answers to other questions. But the untrained line is far off too: how
        far is 0 from outputs that rise from about -8 to 11?
    """,
    feedback="""
        a: On the training data it is perfect, and that looks like knowledge. But none of the
        held-out examples is among those it remembers, so it can only say 0.

        b: All that learning should have helped a little. It would have, if a rule had been
        learned. For new inputs this one has nothing but 0, and the outputs are far from 0.
    """,
)


# --- 5.3


def split(inputs, outputs, held_out):
    cut = len(inputs) - held_out
    return inputs[:cut], outputs[:cut], inputs[cut:], outputs[cut:]


def _loses_all_for_none(answer):
    """Whether holding back no example leaves none to train on."""
    try:
        return not len(answer(tf.range(3), tf.range(3), 0)[0])
    except Exception:
        return False


MINUS_ZERO = Remark(
    _loses_all_for_none,
    """
    One more thought: with `held_out=0`, this leaves nothing to train on. `-0` is 0, and a slice up
    to place 0 is empty. Counting the place of the cut from the front avoids that.
    """,
)


def _places(part, values):
    """Where the examples of a part stood in the values."""
    rows, of_part = (np.asarray(each).reshape(len(each), -1) for each in (values, part))
    return [int(np.flatnonzero((rows == row).all(axis=1))[0]) for row in of_part]


def _parted(answer, *inputs):
    """The parts; in words where pairs are torn apart, or chance decides what stands in them."""
    many, held_out = 40, 12
    asked = _examples(many) * 2
    try:
        parts = answer(*asked[:2], held_out)
        places = [_places(part, values) for part, values in zip(parts, asked, strict=True)]
    except Exception:  # These are no parts of what was passed: compare them as they are.
        return answer(*inputs)
    sizes = [len(each) for each in places]
    if not all((np.diff(each) % many == 1).all() for each in places):
        if sizes == [many - held_out, many - held_out, held_out, held_out]:
            return "mixed in pairs" if places[0::2] == places[1::2] else "mixed apart"
    elif sizes[0::2] != sizes[1::2]:
        return "some are alone"
    return answer(*inputs)


def _examples(count):
    return tf.range(1, count + 1), 10 * tf.range(1, count + 1)


SPLIT = Function(
    id="5.3",
    title="Hold some back",
    stub="""
def split(inputs, outputs, held_out):
    return ...  # replace the dots
""",
    solution=split,
    on_correct="No example is in both parts, and each input kept its own output.",
    hints="""
        Of five examples, two are held out. At which place is the cut, and should it be the same for
        the inputs and for the outputs?

        A slice `values[:n]` ends before place `n`, and `values[n:]` begins there. With the same `n`
        in both, no value is lost and none comes twice.

        Four slices: two of the inputs, two of the outputs. Counted from the front, the place of the
        cut is the number of all examples minus those held out; a negative number counts from the
        end. Then mind the order of the four: first both parts for training.
    """,
    cases=(
        Case(lambda: (*_examples(8), 3), call=_parted),
        Case(lambda: (*_examples(9), 2), call=_parted),
        Case(lambda: (tf.reshape(tf.range(16.0), [8, 2]), tf.range(8.0) - 9.0, 1), call=_parted),
    ),
    remarks=(MINUS_ZERO,),
)
TRAINING, HELD_OUT = "inputs[:cut], outputs[:cut]", "inputs[cut:], outputs[cut:]"
PARTS = f"{TRAINING}, {HELD_OUT}"


@SPLIT.mistaken("""
    Inputs and outputs were put into two different orders, so an input no longer meets its own
    output. The shapes fit, nothing complains, and a model learns from pairs that never were: no
    mistake with data does more harm. What would keep each pair together?
""")
def shuffled_apart(inputs, outputs, held_out):
    return split(tf.random.shuffle(inputs), tf.random.shuffle(outputs), held_out)


@SPLIT.mistaken("""
    Each input kept its own output, but the examples have changed their order. Shuffling is often
    good, but here the task says which ones to set aside: the last. Where in your lines do the
    examples change places?
""")
def shuffled(inputs, outputs, held_out):
    order = tf.random.shuffle(tf.range(len(inputs)))
    return split(tf.gather(inputs, order), tf.gather(outputs, order), held_out)


SPLIT.slip("some_are_alone", {"outputs[cut:]": "outputs[cut + 1 :]"}).says("""
    In one of the two parts there are not as many inputs as outputs, so some are left without their
    partner. How long is each of your four results, for eight examples?
""")
SPLIT.slip(
    "first_held_out", {"len(inputs) - held_out": "held_out", PARTS: f"{HELD_OUT}, {TRAINING}"}
).says("""
    This holds the first examples back, and trains on the last. It is a fair split, but not the one
    that the task asks for. Which end of the data should be set aside?
""")
SPLIT.slip("trained_on_so_many", {"len(inputs) - held_out": "held_out"}).says("""
    Here `held_out` counts the examples that are trained on. All others are set aside, so with 200
    held out of 1000 the model would learn from 200. Which of the two parts should have `held_out`
    examples?
""")
SPLIT.slip(
    "inputs_then_outputs", {PARTS: "inputs[:cut], inputs[cut:], outputs[:cut], outputs[cut:]"}
).says("""
    The four parts are right, in another order: both inputs first, then both outputs. Other
    libraries do it that way. A caller who unpacks them here would train on inputs as if they were
    outputs. Which part does the task name second?
""")
SPLIT.slip("held_out_named_first", {PARTS: f"{HELD_OUT}, {TRAINING}"}).says("""
    The four parts are right, but the held-out ones come first. A caller who unpacks them would
    train on the small part and test on the large one. In which order does the task name them?
""")
SPLIT.slip("in_two_pairs", {PARTS: f"({TRAINING}), ({HELD_OUT})"}).says("""
    The parts are right, but they come back as two pairs, each in brackets of its own. The task
    asks for four things in a row, so that four names can take them. Which brackets are too many?
""")
SPLIT.slip("outputs_only", {PARTS: "outputs[:cut], outputs[cut:]"}).says("""
    This returns the outputs alone. Nobody can learn from them without the inputs that belong to
    them. How many parts does the task name?
""")
SPLIT.slip("inputs_only", {PARTS: "inputs[:cut], inputs[cut:]"}).says("""
    This returns the inputs alone: questions without their answers. Which other parts does the task
    ask for, and in which order?
""")
SPLIT.slip("training_part_only", {PARTS: TRAINING}).says("""
    The training part is right, and nothing else comes back. Without the other two, nobody can test
    the model on examples it has never seen. What happened to the last `held_out` examples?
""")
SPLIT.slip("held_out_part_only", {PARTS: HELD_OUT}).says("""
    The held-out part is right, and nothing else comes back. Where are the examples that the model
    should be trained on?
""")
SPLIT.slip("minus_forgotten", {HELD_OUT: "inputs[held_out:], outputs[held_out:]"}).says("""
    The training part is right. The held-out part begins at place `held_out`, counted from the
    front, so it is too large and shares examples with the training part. From which end should you
    count there?
""")
SPLIT.slip("too_few_to_train", {TRAINING: "inputs[:held_out], outputs[:held_out]"}).says("""
    The held-out part is right. The training part has only the first `held_out` examples; those in
    the middle are in neither part. From which end do you count where it stops?
""")
SPLIT.slip(
    "cut_at_different_places",
    {PARTS: "inputs[:cut], outputs[held_out:], inputs[cut:], outputs[:held_out]"},
).says("""
    Inputs and outputs are cut at different places, so an input no longer meets its own output. The
    shapes fit and nothing complains, but what would a model learn from such pairs?
""")
SPLIT.slip("trained_on_all", {TRAINING: "inputs, outputs"}).says("""
    The held-out part is right, but the training part still holds all examples, those set aside
    among them. A test with examples that were trained on is not honest. What do you have to take
    out of the training part?
""")
SPLIT.slip("cut_beyond_the_end", {"len(inputs) - held_out": "800"}).says("""
    The training part holds all the examples and the held-out part none: the cut lies beyond the
    end. 800 is right for 1000 examples with 200 held out, as in the cell above. At which place is
    the cut for 8 examples with 3 held out?
""")
SPLIT.slip("one_lost_at_the_cut", {"cut:], outputs[cut:": "cut + 1 :], outputs[cut + 1 :"}).says("""
    One example, the one at the cut, is in neither part. A slice `[n:]` begins with place `n`
    itself, and `[:n]` ends before it. Is the `+ 1` needed?
""")
SPLIT.slip("last_of_training_lost", {TRAINING: "inputs[: cut - 1], outputs[: cut - 1]"}).says("""
    One example, the one before the cut, is in neither part. A slice `[:n]` already ends before
    place `n`. Do you have to take anything off?
""")
SPLIT.slip("one_in_both_parts", {":cut], outputs[:cut": ": cut + 1], outputs[: cut + 1"}).says("""
    One example, the one at the cut, is in both parts: it is trained on and tested on. A slice
    `[:n]` ends before place `n`. Do you have to add anything to it?
""")
SPLIT.slip("single_examples", {HELD_OUT: "inputs[cut], outputs[cut]"}).says("""
    The held-out parts are single examples, not slices: without a colon, square brackets pick one
    value. What does `values[-2]` give, and what `values[-2:]`?
""")
SPLIT.right(lambda x, y, n: (x[:-n], y[:-n], x[-n:], y[-n:]))
SPLIT.right(
    lambda x, y, n: [part for i in (0, 1) for part in (np.split(x, [-n])[i], np.split(y, [-n])[i])]
)


@SPLIT.right
def split_by_tensorflow(inputs, outputs, held_out):
    sizes = [inputs.shape[0] - held_out, held_out]
    train_inputs, held_out_inputs = tf.split(inputs, sizes)
    train_outputs, held_out_outputs = tf.split(outputs, sizes)
    return train_inputs, train_outputs, held_out_inputs, held_out_outputs


@SPLIT.right
def split_one_by_one(inputs, outputs, held_out):
    parts = [], [], [], []
    for i in range(len(inputs)):
        first = 2 * (i >= len(inputs) - held_out)
        parts[first].append(inputs[i])
        parts[first + 1].append(outputs[i])
    return parts


@SPLIT.right
def split_by_places(inputs, outputs, held_out):
    places = tf.range(tf.shape(inputs)[0])
    late = places >= tf.size(places) - held_out
    parts = []
    for chosen in (~late, late):
        parts += [tf.boolean_mask(inputs, chosen), tf.boolean_mask(outputs, chosen)]
    return tuple(parts)


# --- 5.P4

HOW_MANY_BATCHES = Predict(
    id="5.P4",
    title="How many batches",
    prompt=(
        "1000 examples in batches of 32. How many batches are there, and how many examples are in "
        "the last?"
    ),
    choices={
        "a": "31 batches, all of 32: what is left over is dropped.",
        "b": "32 batches, the last of 8.",
        "c": "32 batches, all of 32: the last is filled up.",
    },
    answer="b",
    reason="""
        31 full batches make 992 examples, and the other 8 come as a smaller last one. A loop that
        counts on full batches would stumble there.
    """,
    tempts="""
        a: 31 times 32 is 992, and batches of one size are tidy. People often throw away what
        doesn't fill the last box.

        b: 31 times 32 is 992, and 8 examples are left. Somebody could make a batch of them, even
        if it is a small one.

        c: All batches of one size would suit a loop best, and 31 of them do not reach 1000.
    """,
    feedback="""
        a: You were right about 31 full batches. The rest can be dropped, with
        `drop_remainder=True`, but examples are precious, so you have to ask for that.

        c: That would be tidy, but what would fill it? Zeros or repeated examples would be data that
        nobody measured.
    """,
)


# --- 5.P5

LOSS_ON_HUBBLE = Predict(
    id="5.P5",
    title="A loss has a unit",
    prompt=(
        "How large is the loss of our starting line, W = 5 and b = 0, on Hubble's data? Mind the "
        "unit of the loss."
    ),
    choices={"a": "About 10.", "b": "About 1000.", "c": "More than 100,000."},
    answer="c",
    reason="""
        The velocities are in the hundreds of km/s, and the loss is in their squares. A loss is
        large or small only next to another loss on the same data.
    """,
    tempts="""
        a: The very same line had a loss of about 9 a moment ago, and a line is a line.

        b: The velocities go up to about 1000, so the line, which hardly rises, is off by as much.

        c: The velocities are in the hundreds, and the loss squares each residual. Isn't that rather
        a lot for a line, though?
    """,
    feedback="""
        a: The same line had a loss of about 9 before, but on other data with another unit. A loss
        does not travel from one data set to the next.

        b: The velocities do go up to about 1000, and so do the residuals. But the loss is in
        squares, and the square of a few hundred is more than 100,000.
    """,
)


# --- 5.P6

SIXTEEN_TIMES = Predict(
    id="5.P6",
    title="Sixteen times the examples",
    prompt=(
        "From 10 examples to 160, which is sixteen times as many: what becomes of the spread of "
        "the slopes?"
    ),
    choices={
        "a": "It stays the same: the noise has not changed.",
        "b": "It shrinks to about a quarter.",
        "c": "It shrinks to about a sixteenth.",
    },
    answer="b",
    reason="""
        The noise of many examples cancels in part, and what remains shrinks with the square root of
        their number: 4 is the root of 16.
    """,
    tempts="""
        a: More examples do not make any of them more exact: each has the same noise as before.

        b: Noise goes both ways and cancels in part when there is more of it. So the gain should lie
        somewhere between all and nothing.

        c: Sixteen times the effort should bring sixteen times the precision. It sounds fair.
    """,
    feedback="""
        a: Each single example is as noisy as before. But the line leans on all of them, and what
        pulls up in one place pulls down in another: the cell's two spreads are far apart.

        c: More examples do help, but not one for one: noise cancels noise only by chance. Divide
        the cell's first spread by its second: it is nearer to 4 than to 16.
    """,
)
