"""The exercises of lesson 09: graphs, files, several devices, and what sending costs."""
# Answers are written as learners write them:
# ruff: noqa: ANN001, ANN201, ANN202, D103

import numpy as np
import tensorflow as tf

from helpers.exercises.model import Case, Function, Misconception, Predict

TITLE = "Scaling out"


# --- 9.P1

A_PRINT_IN_A_GRAPH = Predict(
    id="9.P1",
    title="A print in a graph",
    prompt=(
        "The function has a `print` in its first line. As a graph it is called three times, with "
        "three tensors of the same shape and dtype. How many lines does the `print` write?"
    ),
    choices={"a": "None: a graph cannot print.", "b": "One.", "c": "Three."},
    truth="b",
    reason=(
        "The first call traces: Python goes through the function once, `print` included, and "
        "TensorFlow notes down the operations. The two other calls carry out the notes, and a "
        "Python `print` is no operation."
    ),
    wrong={
        "a": (
            "The graph does not print, that is so. But to find out what belongs into it, Python "
            "has to go through the function. How often?"
        ),
        "c": (
            "Called as it is, without `tf.function`, it would be three. But here Python goes "
            "through the lines only as often as there is a graph to be made."
        ),
    },
)


# --- 9.P2

PYTHON_NUMBERS = Predict(
    id="9.P2",
    title="Numbers for a graph",
    prompt=(
        "Now the same graph function is called with the Python numbers 0.1, 0.2 and once more 0.1. "
        "How often is it traced?"
    ),
    choices={"a": "Once.", "b": "Twice.", "c": "Three times."},
    truth="b",
    reason=(
        "A Python number is built into the graph as a constant, so each new number needs a new "
        "graph. For the second 0.1 the graph is there already."
    ),
    wrong={
        "a": (
            "With tensors it would be once: a graph has a place for a tensor of each kind. A "
            "Python number gets no place, it becomes a part of the graph."
        ),
        "c": (
            "A new number, a new graph: nearly. But the graphs are kept, and there is one for 0.1 "
            "already."
        ),
    },
)


# --- 9.1


def losses_for(step, rates):
    return [step(tf.constant(rate)) for rate in rates]


def python_numbers(step, rates):
    return [step(rate) for rate in rates]


def all_in_one_call(step, rates):
    return step(tf.constant(rates))


def returned_in_the_loop(step, rates):
    for rate in rates:
        return [step(tf.constant(rate))]


def last_loss_only(step, rates):
    loss = None
    for rate in rates:
        loss = step(tf.constant(rate))
    return loss


def without_the_graph(step, rates):
    return [step.python_function(tf.constant(rate)) for rate in rates]


def losses_appended(step, rates):
    losses = []
    for rate in rates:
        losses.append(step(tf.convert_to_tensor(rate)))
    return losses


def losses_from_a_tensor(step, rates):
    return [step(rate) for rate in tf.constant(rates)]


def losses_by_numpy(step, rates):
    return [float(step(rate)) for rate in np.array(rates, np.float32)]


def losses_by_a_variable(step, rates):
    rate = tf.Variable(0.0)
    losses = []
    for value in rates:
        rate.assign(value)
        losses.append(step(rate))
    return losses


def _step_and(rates):
    def inputs():
        # A new function each time: nothing has been traced yet.
        @tf.function
        def step(rate):
            rate = tf.ensure_shape(rate, [])
            return tf.square(5.0 - 4.0 * tf.cast(rate, tf.float32))

        return step, list(rates)

    return inputs


def _traced(step, rates):
    return {"how often `step` is traced": step.experimental_get_tracing_count()}


LOSSES_FOR = Function(
    id="9.1",
    title="One graph for all rates",
    prompt=(
        "Write `losses_for(step, rates)`. `step` is a graph function: it takes one learning rate "
        "and returns a loss. `rates` is a list of Python numbers. Call `step` once with each of "
        "them and return the list of the losses, so that TensorFlow traces `step` only once."
    ),
    stub="""
def losses_for(step, rates):
    # Your lines go here.
    return ...
""",
    solution=losses_for,
    when_right="One graph, however many rates.",
    hints=(
        "What makes TensorFlow trace again: another kind of argument, or, for one kind of "
        "argument, also another value?",
        "The loop is as ever: one call and one loss for each rate. What has to change is what you "
        "pass: not the Python number, but something of which only dtype and shape count.",
        "`tf.constant(...)` turns a Python number into a tensor. Do that inside the loop, to one "
        "rate at a time.",
    ),
    cases=(
        Case(_step_and([0.1, 0.4]), after=_traced, shows="rates = [0.1, 0.4]"),
        Case(_step_and([0.3, 0.2, 0.7]), after=_traced, shows="rates = [0.3, 0.2, 0.7]"),
    ),
    misconceptions=(
        Misconception(
            python_numbers,
            "The losses are right, but `step` is traced anew for each rate, and tracing takes far "
            "longer than a step. A Python number becomes a part of the graph. In which form would "
            "a rate be only one value of many?",
        ),
        Misconception(
            all_in_one_call,
            "`step` takes one rate, a number without any axis, and here gets a tensor with an "
            "axis. How many calls does the task ask for, and what is passed in each?",
        ),
        Misconception(
            returned_in_the_loop,
            "Only the first rate is tried: a `return` inside a loop ends the whole function. How "
            "far should that line be indented?",
        ),
        Misconception(
            last_loss_only,
            "`step` is called and traced as it should be, but only the last loss comes back. Where "
            "could the losses be kept on the way?",
        ),
        Misconception(
            without_the_graph,
            "The losses are right, and no graph was made at all: this calls the Python function "
            "inside `step`. It is as slow as before. What happens if you call `step` itself?",
        ),
    ),
    variants=(losses_appended, losses_from_a_tensor, losses_by_numpy, losses_by_a_variable),
)


# --- 9.P3

TEN_TIMES_THE_DATA = Predict(
    id="9.P3",
    title="Ten times the data",
    prompt=(
        "Ten times as many examples in files ten times as large: 160 MB. The training reads them "
        "in the same batches of 10,000. By how much does the memory of this process grow on the "
        "way?"
    ),
    choices={
        "a": "By about 160 MB: in the end it has read them all.",
        "b": "By about 80 MB: a part of the data is held in hand for the shuffle.",
        "c": "By less than 40 MB, as with the small files.",
    },
    truth="c",
    reason=(
        "A batch that has been used is let go, and the next one takes its place. What is in memory "
        "at one time is a few records and a few batches, however many files are waiting."
    ),
    wrong={
        "a": (
            "It has read them all, but not kept them. What is left of a batch after its step is "
            "what it changed in the model: two numbers."
        ),
        "b": (
            "Something is held in hand, that is so: 100 records for the shuffle, a few batches. "
            "How many MB are 100 records of 1,000 examples with two float32 numbers each?"
        ),
    },
)


# --- 9.2


def batches(examples, count, batch_size):
    return examples.shuffle(count).batch(batch_size)


def batched_before_shuffling(examples, count, batch_size):
    return examples.batch(batch_size).shuffle(count)


def shuffle_forgotten(examples, count, batch_size):
    return examples.batch(batch_size)


def short_buffer(examples, count, batch_size):
    return examples.shuffle(batch_size).batch(batch_size)


def same_order_each_time(examples, count, batch_size):
    return examples.shuffle(count, reshuffle_each_iteration=False).batch(batch_size)


def repeated(examples, count, batch_size):
    return examples.shuffle(count).repeat().batch(batch_size)


def rest_dropped(examples, count, batch_size):
    return examples.shuffle(count).batch(batch_size, drop_remainder=True)


def not_batched(examples, count, batch_size):
    return examples.shuffle(count)


def batch_of_all(examples, count, batch_size):
    return examples.shuffle(count).batch(count)


def batches_prefetched(examples, count, batch_size):
    shuffled = examples.shuffle(buffer_size=count, seed=3)
    return shuffled.batch(batch_size).prefetch(tf.data.AUTOTUNE)


def batches_with_room(examples, count, batch_size):
    return examples.cache().shuffle(2 * count, reshuffle_each_iteration=True).batch(batch_size)


def _two_passes(answer, examples, count, batch_size):
    dataset = answer(examples, count, batch_size)
    if not isinstance(dataset, tf.data.Dataset):
        return dataset
    enough = 2 * count + 1  # One that repeats itself has no end.
    one, other = ([np.ravel(b) for b in dataset.take(enough)] for _ in range(2))
    return {
        "each example comes": _how_often(np.concatenate(one), count),
        "sizes of the batches": sorted({len(batch) for batch in one}),
        "mixed": _how_well_mixed(one, batch_size),
        "the second pass has the order of the first": np.array_equal(
            np.concatenate(one), np.concatenate(other)
        ),
    }


def _how_often(seen, count):
    times = np.bincount(seen, minlength=count)
    if np.all(times == 1):
        return "once"
    return "more than once" if np.all(times) else "not always"


def _how_well_mixed(found, batch_size):
    if np.all(np.diff(np.concatenate(found)) == 1):
        return "not at all"
    if all(np.all(np.diff(batch) == 1) for batch in found if len(batch) > 1) and len(found[0]) > 1:
        return "whole batches only"
    # Nothing from far behind can be among the first if only a few were in hand.
    first = np.concatenate(found)[:batch_size]
    return "all with all" if first.max() > 3 * batch_size else "near ones only"


BATCHES = Function(
    id="9.2",
    title="Shuffle, then cut",
    prompt=(
        "Write `batches(examples, count, batch_size)`. `examples` is a `tf.data.Dataset` of "
        "`count` examples, sorted. Return a dataset of batches in which all examples are mixed "
        "with all, anew in each pass, and in which every example comes once in a pass; the last "
        "batch holds what is left over."
    ),
    stub="""
def batches(examples, count, batch_size):
    return ...  # replace the dots
""",
    solution=batches,
    when_right="Mixed, complete, and different in each pass.",
    hints=(
        "Two methods of a dataset are enough, both known from lesson 05. What does each of them "
        "take in hand: examples, or batches?",
        "Whatever comes first decides what the other one works on. What should be mixed: "
        "examples or whole batches? And from how many does a shuffle choose?",
        "`.shuffle(...)` with room for all the examples, and after it `.batch(...)`. Leave "
        "everything else as it is by default.",
    ),
    cases=(
        Case(
            lambda: (tf.data.Dataset.range(600), 600, 50),
            _two_passes,
            shows="the numbers from 0 to 599 as examples; count = 600; batch_size = 50",
        ),
        Case(
            lambda: (tf.data.Dataset.range(1040), 1040, 100),
            _two_passes,
            shows="the numbers from 0 to 1039 as examples; count = 1040; batch_size = 100",
        ),
    ),
    misconceptions=(
        Misconception(
            batched_before_shuffling,
            "This shuffles finished batches: those who stood side by side in the file are still in "
            "one batch, and only the batches change places. What was cut first here, and what "
            "should be?",
        ),
        Misconception(
            shuffle_forgotten,
            "The examples come in the order of the file, in every pass. Sorted data would show the "
            "model one end of the world first and the other end last. Which step mixes them?",
        ),
        Misconception(
            short_buffer,
            "The shuffle holds too few examples in hand: it can only choose among neighbours, and "
            "the last ones never come first. From how many should it choose, if all are to be "
            "mixed with all?",
        ),
        Misconception(
            same_order_each_time,
            "The examples are mixed once, and then every pass has that same order. That is good "
            "for a comparison and less good for training, and the task wants them mixed anew. "
            "Which setting, or which step after the shuffle, keeps the order?",
        ),
        Misconception(
            repeated,
            "This dataset goes round for ever: a loop over it never comes to the end of a pass. "
            "Which step of yours asks for that?",
        ),
        Misconception(
            rest_dropped,
            "What does not fill a batch is thrown away, so in each pass some examples are missing. "
            "Are all your batches of one size, and should they be?",
        ),
        Misconception(
            not_batched,
            "The examples are mixed as they should be, but they come one by one. Which step puts "
            "them into groups?",
        ),
        Misconception(
            batch_of_all,
            "All the examples are in one batch, which is what does not fit into memory. Which of "
            "the three inputs says how many belong into one?",
        ),
    ),
    variants=(batches_prefetched, batches_with_room),
)


# --- 9.P4

MEAN_OF_MEANS = Predict(
    id="9.P4",
    title="Two shards, two slopes",
    prompt=(
        "One device gets the first 990 examples and another the last 10. Each computes the mean "
        "slope for `W` of its own examples. Is the plain mean of the two slopes the slope of all "
        "1000 examples?"
    ),
    choices={
        "a": "Yes: a mean of means is the mean.",
        "b": "No: the 10 examples count too much.",
        "c": "No: the 990 examples count too much.",
    },
    truth="b",
    reason=(
        "In the plain mean both devices have half of the say, so one of the 10 examples counts "
        "as much as 99 of the 990. Only if both have equally many is a mean of means the mean."
    ),
    wrong={
        "a": (
            "That is so for shards of equal size, and only for those. How much does one example "
            "of the small shard contribute to its mean, and how much one of the large shard?"
        ),
        "c": (
            "There are more of them, and all together they should count 99 times as much as the "
            "10. In the plain mean they count just as much. Who counts too much, then?"
        ),
    },
)


# --- 9.3


def slope_of_all(slopes, counts):
    return tf.reduce_sum(slopes * counts) / tf.reduce_sum(counts)


def plain_mean(slopes, counts):
    return tf.reduce_mean(slopes)


def plain_sum(slopes, counts):
    return tf.reduce_sum(slopes)


def divided_twice(slopes, counts):
    return tf.reduce_mean(slopes * counts) / tf.reduce_sum(counts)


def not_divided(slopes, counts):
    return tf.reduce_sum(slopes * counts)


def divided_by_shards(slopes, counts):
    return tf.reduce_mean(slopes * counts)


def sum_over_examples(slopes, counts):
    return tf.reduce_sum(slopes) / tf.reduce_sum(counts)


def divided_by_counts(slopes, counts):
    return tf.reduce_sum(slopes / counts)


def share_of_each(slopes, counts):
    return slopes * counts / tf.reduce_sum(counts)


def slope_by_shares(slopes, counts):
    share = counts / tf.reduce_sum(counts)
    return tf.reduce_sum(share * slopes)


def slope_by_a_loop(slopes, counts):
    total = 0.0
    for slope, count in zip(slopes, counts, strict=True):
        total += slope * count
    return total / sum(counts)


def slope_by_tensordot(slopes, counts):
    return tf.tensordot(slopes, counts, axes=1) / tf.reduce_sum(counts)


SLOPE_OF_ALL = Function(
    id="9.3",
    title="The slope of all the shards",
    prompt=(
        "Write `slope_of_all(slopes, counts)`. Both are float32 tensors with one number for each "
        "shard: the mean slope over its examples, and how many examples it has. Return the mean "
        "slope over all the examples of all shards, as a tensor with one number."
    ),
    stub="""
def slope_of_all(slopes, counts):
    return ...  # replace the dots
""",
    solution=slope_of_all,
    when_right="This is what several devices have to agree on after every step.",
    hints=(
        "A mean is a sum divided by how many there are. From the mean slope of a shard and its "
        "count, what is the sum of the slopes of its examples?",
        "Add up the sums of all shards, then divide once: by how many examples there are in all.",
        "`tf.reduce_sum` twice: once of a product of the two tensors, once of one of them alone; "
        "then one divided by the other.",
    ),
    cases=(
        Case(lambda: (tf.constant([3.0]), tf.constant([5.0]))),
        Case(lambda: (tf.constant([4.0, -3.0]), tf.constant([7.0, 7.0]))),
        Case(lambda: (tf.constant([4.0, 9.0]), tf.constant([30.0, 10.0]))),
        Case(lambda: (tf.constant([-2.5, 3.5, 8.0]), tf.constant([40.0, 25.0, 3.0]))),
    ),
    misconceptions=(
        Misconception(
            plain_mean,
            "This is the plain mean of the slopes: a shard of 3 examples has as much say as one of "
            "40. Where do the counts come in?",
        ),
        Misconception(
            plain_sum,
            "This adds up the mean slopes. With eight shards the step would be about eight times "
            "too long, and the training may diverge. What is a mean slope to be multiplied with, "
            "and what is the whole to be divided by?",
        ),
        Misconception(
            divided_twice,
            "This divides twice: by the number of examples, and by the number of shards through "
            "the mean. The step becomes shorter with every shard. Which of the two divisions "
            "belongs here?",
        ),
        Misconception(
            not_divided,
            "This is the sum of the slopes over all examples, not their mean. With a thousand "
            "examples it is a thousand times too large. What is still missing?",
        ),
        Misconception(
            divided_by_shards,
            "The sums are right, but they are divided by the number of shards. How many slopes "
            "went into the sum: one a shard, or one an example?",
        ),
        Misconception(
            sum_over_examples,
            "The mean slopes are added up as they are, and then divided by the number of examples. "
            "But each mean has already been divided by the examples of its shard. What is the sum "
            "over the examples of one shard?",
        ),
        Misconception(
            divided_by_counts,
            "Each mean slope is divided by its count here, so that a large shard counts least. But "
            "the more examples stand behind a mean, the more it should count. Is it divided, or "
            "multiplied?",
        ),
        Misconception(
            share_of_each,
            "These are the contributions of the shards, and they are right: one number for each. "
            "The model takes one step, with one slope. What is still to be done with them?",
        ),
    ),
    variants=(slope_by_shares, slope_by_a_loop, slope_by_tensordot),
)


# --- 9.P5

A_MACHINE_DIES = Predict(
    id="9.P5",
    title="A machine dies",
    prompt=(
        "A training of 100 epochs saves a checkpoint after every tenth epoch. A machine dies in "
        "epoch 57 (the first is epoch 0). The training is started again and resumes. Which epochs "
        "run twice?"
    ),
    choices={
        "a": "All from 0 to 57.",
        "b": "Those from 50 to 57.",
        "c": "None but 57.",
    },
    truth="b",
    reason=(
        "Fifty epochs, 0 to 49, had been finished when the last checkpoint was written. What came "
        "after it was in memory only, on every machine, and has to be done again."
    ),
    wrong={
        "a": (
            "So it would be without a checkpoint. The last one that was written knows W, b, and "
            "that 50 epochs are done."
        ),
        "c": (
            "The other machines did know the values of epoch 56, but in memory, and their training "
            "ended, too. What was the last that stood on a disk?"
        ),
    },
)


# --- 9.P6

EIGHT_MACHINES = Predict(
    id="9.P6",
    title="Eight machines",
    prompt=(
        "A model of 100 million parameters, 8,192 examples in a step, a network of 10 Gbit/s, "
        "ten times that of most offices. Eight machines instead of one: how long does "
        "a step take?"
    ),
    choices={
        "a": "About an eighth of the time.",
        "b": "About half of the time.",
        "c": "Longer than on one machine.",
    },
    truth="c",
    reason=(
        "Computing takes an eighth, indeed. But sending the gradients takes longer than one "
        "machine needs for the whole step."
    ),
    wrong={
        "a": (
            "The computing is shared, and takes an eighth. But then 700 MB have to leave each "
            "machine, in every step, before anyone may go on."
        ),
        "b": (
            "A fair guess, and the right direction to think: sending eats up what sharing gains. "
            "Here it eats up more than that."
        ),
    },
)


# --- 9.4


def bytes_to_send(parameters, machines):
    return 2 * (machines - 1) / machines * 4 * parameters


def one_way_only(parameters, machines):
    return (machines - 1) / machines * 4 * parameters


def numbers_for_bytes(parameters, machines):
    return 2 * (machines - 1) / machines * parameters


def bits_for_bytes(parameters, machines):
    return 2 * (machines - 1) / machines * 32 * parameters


def whole_gradient_each_round(parameters, machines):
    return 2 * (machines - 1) * 4 * parameters


def one_round_only(parameters, machines):
    return 2 / machines * 4 * parameters


def whole_gradient_twice(parameters, machines):
    return 2 * 4 * parameters


def whole_division(parameters, machines):
    return 2 * ((machines - 1) // machines) * 4 * parameters


def bytes_by_rounds(parameters, machines):
    part = 4 * parameters / machines
    rounds = (machines - 1) + (machines - 1)
    return rounds * part


def bytes_by_shares(parameters, machines):
    return 8 * parameters * (1 - 1 / machines)


BYTES_TO_SEND = Function(
    id="9.4",
    title="Bytes on the wire",
    prompt=(
        "Write `bytes_to_send(parameters, machines)`: how many bytes each machine sends in one "
        "step. The gradient has one float32, which is 4 bytes, for each parameter, and is cut into "
        "as many equal parts as there are machines. Each machine sends one part in each round; "
        "there are `machines - 1` rounds to add up, and as many again to hand out the sums."
    ),
    stub="""
def bytes_to_send(parameters, machines):
    return ...  # replace the dots
""",
    solution=bytes_to_send,
    when_right="However many machines there are, it never reaches twice the gradient.",
    hints=(
        "How many bytes has the whole gradient? How many has one part of it?",
        "Bytes of one part, times how many parts a machine sends: one in each round. How many "
        "rounds are there in all?",
        "For 3 machines: a part is a third of the gradient, and there are 2 rounds and 2 more. So "
        "four thirds of the bytes of the gradient. Now write it with the names.",
    ),
    cases=(
        Case(lambda: (300, 3)),
        Case(lambda: (5000, 2)),
        Case(lambda: (100_000_000, 8)),
        Case(lambda: (7, 1)),
    ),
    misconceptions=(
        Misconception(
            one_way_only,
            "This is half of it: the rounds in which the parts are added up. After them each "
            "machine holds one finished part only. What is still to be done?",
        ),
        Misconception(
            numbers_for_bytes,
            "These are numbers, not bytes: it is a quarter of what goes over the wire. How many "
            "bytes has a float32?",
        ),
        Misconception(
            bits_for_bytes,
            "This is eight times too large: it counts bits. Networks are sold in bits, memory in "
            "bytes. Which of the two does the task ask for?",
        ),
        Misconception(
            whole_gradient_each_round,
            "This sends the whole gradient in each round. But it is cut into parts, and a round "
            "moves only one of them on. How large is a part?",
        ),
        Misconception(
            one_round_only,
            "This counts one round each way. A part has to come past all the machines before its "
            "sum is complete. How many times is it handed on?",
        ),
        Misconception(
            whole_gradient_twice,
            "This is twice the whole gradient, whatever the number of machines. It comes near for "
            "many, but one machine alone would send nothing at all. How many rounds are there for "
            "`machines` machines?",
        ),
        Misconception(
            whole_division,
            "This is always 0: `//` divides to whole numbers, and a share below 1 becomes 0. "
            "Which sign divides with a fraction?",
        ),
    ),
    variants=(bytes_by_rounds, bytes_by_shares),
)
