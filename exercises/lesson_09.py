"""The exercises of lesson 09: graphs, shards, several devices, and what sending costs."""
# Answers are written as learners write them:
# ruff: noqa: ANN001, ANN201, ANN202, D103

import numpy as np
import tensorflow as tf

from exercises.engine.model import Case, Function, Predict

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
    answer="b",
    reason="""
        At the first call Python goes through the function once, `print` included, and TensorFlow
        notes down the operations. The two other calls carry out the notes, and a Python `print` is
        no operation.
    """,
    tempts="""
        a: A graph is TensorFlow's, and `print` is Python's: the two have little to do with each
        other.

        b: Python goes through the lines of the function to find out what belongs into the graph.
        For three calls with one kind of tensor, how many graphs are needed?

        c: Three calls are three calls, and `print` stands in the first line.
    """,
    feedback="""
        a: The graph itself does not print, indeed. But to find out what belongs into it, Python has
        to go through the function. How often?

        c: Called as it is, without `tf.function`, it would be three. But here Python goes through
        the lines only as often as there is a graph to be made.
    """,
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
    answer="b",
    reason="""
        A Python number is built into the graph as a constant, so each new number needs a new
        graph. For the second 0.1 the graph is there already.
    """,
    tempts="""
        a: It is the same function, and a float is a float. The three tensors just now shared one
        graph.

        b: 0.1 comes twice and 0.2 once: two different numbers, if the numbers themselves count.

        c: Three calls, with numbers that are no tensors. Perhaps nothing can be kept for the next
        one.
    """,
    feedback="""
        a: With tensors it would be once: a graph has a place for a tensor of each kind. A Python
        number gets no place, it becomes a part of the graph.

        c: A new number, a new graph: nearly. But the graphs are kept, and there is one for 0.1
        already.
    """,
)


# --- 9.1


def losses_for(step, rates):
    return [step(tf.constant(rate)) for rate in rates]


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
    stub="""
def losses_for(step, rates):
    # Your lines go here.
    return ...
""",
    solution=losses_for,
    on_correct="One graph, however many rates.",
    hints="""
        What makes TensorFlow trace again: another kind of argument, or, for one kind of argument,
        also another value?

        The loop is as ever: one call and one loss for each rate. What has to change is what you
        pass: not the Python number, but something of which only dtype and shape count.

        `tf.constant(...)` turns a Python number into a tensor. Do that inside the loop, to one
        rate at a time.
    """,
    cases=(
        Case(_step_and([0.1, 0.4]), after=_traced, shows="rates = [0.1, 0.4]"),
        Case(_step_and([0.3, 0.2, 0.7]), after=_traced, shows="rates = [0.3, 0.2, 0.7]"),
    ),
)
LOSSES_FOR.slip("python_numbers", {"tf.constant(rate)": "rate"}).says("""
    The losses are right, but `step` is traced anew for each rate, and tracing takes far longer
    than a step. A Python number becomes a part of the graph. In which form would a rate be only
    one value of many?
""")
LOSSES_FOR.slip(
    "all_in_one_call", {"[step(tf.constant(rate)) for rate in rates]": "step(tf.constant(rates))"}
).says("""
    `step` takes one rate, a number without any axis, and here gets a tensor with an axis. How many
    calls does the task ask for, and what is passed in each?
""")


@LOSSES_FOR.mistaken("""
    Only the first rate is tried: a `return` inside a loop ends the whole function. How far should
    that line be indented?
""")
def returned_in_the_loop(step, rates):
    for rate in rates:
        return [step(tf.constant(rate))]


@LOSSES_FOR.mistaken("""
    `step` is called and traced as it should be, but only the last loss comes back. Where could the
    losses be kept on the way?
""")
def last_loss_only(step, rates):
    loss = None
    for rate in rates:
        loss = step(tf.constant(rate))
    return loss


LOSSES_FOR.slip("without_the_graph", {"[step": "[step.python_function"}).says("""
    The losses are right, and no graph was made at all: this calls the Python function inside
    `step`. It is as slow as before. What happens if you call `step` itself?
""")


@LOSSES_FOR.right
def losses_appended(step, rates):
    losses = []
    for rate in rates:
        losses.append(step(tf.convert_to_tensor(rate)))
    return losses


LOSSES_FOR.right(lambda step, rates: [step(rate) for rate in tf.constant(rates)])
LOSSES_FOR.right(lambda step, rates: [float(step(rate)) for rate in np.array(rates, np.float32)])


@LOSSES_FOR.right
def losses_by_a_variable(step, rates):
    rate = tf.Variable(0.0)
    losses = []
    for value in rates:
        rate.assign(value)
        losses.append(step(rate))
    return losses


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
        "c": "By less than 40 MB.",
    },
    answer="c",
    reason="""
        A batch that has been used is let go, and the next one takes its place. What is in memory
        at one time is a few records and a few batches, however many files are waiting.
    """,
    tempts="""
        a: All of it is read, from the first file to the last, and what was read must be somewhere.

        b: A shuffle has to hold something in hand to choose from, and ten times the data might need
        a larger hand.

        c: The batches are as large as before, and a training works on one batch at a time.
    """,
    feedback="""
        a: It has read them all, but not kept them. What is left of a batch after its step is what
        it changed in the model: two numbers.

        b: Something is held in hand, indeed: 100 records for the shuffle, a few batches. How
        many MB are 100 records of 1,000 examples with two float32 numbers each?
    """,
)


# --- 9.2


WHOLE_BATCHES = "whole batches only"


def batches(shards, read, batch_size):
    return shards.interleave(read, cycle_length=4).shuffle(100).batch(batch_size)


def _shards_of(count, each, batch_size):
    def inputs():
        counted = []  # Each reading of a shard.

        def read(shard):
            if isinstance(shard, tf.data.Dataset):
                raise TypeError("read() takes one shard, not a dataset of shards")

            def noted(number):
                counted.append(number)
                return number

            first = tf.ensure_shape(tf.numpy_function(noted, [shard], tf.int64), []) * each
            return tf.data.Dataset.range(first, first + each)

        read.counted = counted
        return tf.data.Dataset.range(count), read, batch_size

    return inputs


def _two_passes(count, each):
    def use(answer, shards, read, batch_size):
        dataset = answer(shards, read, batch_size)
        if dataset is None or isinstance(dataset, dict):
            return dataset
        if not isinstance(dataset, tf.data.Dataset):
            return {"what comes out is": "no dataset"}
        if not isinstance(dataset.element_spec, tf.TensorSpec):
            return {"what comes out is": "datasets"}
        one, other = (_one_pass(dataset, 2 * count * each) for _ in range(2))
        nothing = np.zeros(0, np.int64)
        seen, again = np.concatenate([nothing, *one]), np.concatenate([nothing, *other])
        mixed = _how_well_mixed(one, seen, each)
        # Shuffled after batching, the batches come in any order: look at the one with example 0,
        # which was read first.
        first = next((b for b in one if 0 in b), seen) if mixed == WHOLE_BATCHES else seen[:50]
        return {
            "each example comes": _how_often(seen, count * each),
            "sizes of the batches": sorted({len(batch) for batch in one}),
            "the first 50 examples come from": _how_many_shards(first // each),
            "mixed": mixed,
            "the second pass has the order of the first": np.array_equal(seen, again),
            "each pass reads the shards anew": len(read.counted) >= 2 * count,
        }

    return use


def _one_pass(dataset, enough):
    """Its batches; of one that repeats itself, and has no end, so many examples."""
    found, examples = [], 0
    # Python takes hundreds of single examples as slowly as hundreds of batches: long enough, on a
    # busy machine, to be taken for a loop without an end.
    single = dataset.element_spec.shape.rank == 0
    for batch in (dataset.batch(100) if single else dataset).as_numpy_iterator():
        found += [np.ravel(each) for each in batch] if single else [np.ravel(batch)]
        examples += np.size(batch)
        if examples > enough:
            break
    return found


def _how_often(seen, count):
    times = np.bincount(seen, minlength=count)
    if np.all(times == 1):
        return "once"
    return "more than once" if np.all(times) else "not always"


def _how_many_shards(shards):
    found = len(set(shards))
    words = {1: "one shard", 2: "two shards", 3: "three shards", 4: "four shards"}
    return words.get(found, "more than four shards")


def _how_well_mixed(found, seen, each):
    if _in_order(seen, each):
        return "not at all within a shard"
    if len(found[0]) > 1 and all(_in_order(batch, each) for batch in found):
        return WHOLE_BATCHES
    return "examples with examples"


def _in_order(examples, each):
    """Whether those of each shard come one after the other as they stand in it."""
    shards = examples // each
    return all(np.all(np.diff(examples[shards == shard]) > 0) for shard in set(shards))


BATCHES = Function(
    id="9.2",
    title="From shards to batches",
    stub="""
def batches(shards, read, batch_size):
    return ...  # replace the dots
""",
    solution=batches,
    on_correct="""
        Mixed, complete, different in each pass, and never more than a little in memory.
    """,
    hints="""
        Three methods of a dataset are enough: one that reads side by side, one that mixes and one
        that cuts. What does each of them take in hand: shards, examples, or batches?

        `interleave` makes examples of shards: it is given `read` itself, without brackets, and how
        many shards to open at a time. What should be mixed after it: examples, or batches?

        `.interleave(read, ...)` with a `cycle_length`, after it `.shuffle(...)` with room for a
        hundred, and last `.batch(...)`. Leave everything else as it is by default.
    """,
    cases=(
        Case(
            _shards_of(8, 203, 50),
            _two_passes(8, 203),
            shows="8 shards of 203 examples, numbered through; batch_size = 50",
        ),
        Case(
            _shards_of(9, 190, 64),
            _two_passes(9, 190),
            shows="9 shards of 190 examples, numbered through; batch_size = 64",
        ),
    ),
)
BATCHES.slip("one_after_the_other", {"interleave(read, cycle_length=4)": "flat_map(read)"}).says("""
    The shards come one after the other: the first examples are all from one shard, however well
    they are shuffled, because only a hundred are in hand. How many shards does your reading keep
    open at a time?
""")
BATCHES.slip("kept_in_memory", {".shuffle": ".cache().shuffle"}).says("""
    The batches are right, but the second pass reads no shard: all examples were kept in memory
    from the first one on. That is quick, and it needs room for all of them, which shards are there
    to spare. Which of your steps keeps them?
""")
BATCHES.slip("batches_kept", {"(batch_size)": "(batch_size).cache()"}).says("""
    The finished batches of the first pass are kept in memory, and every later pass gets the same
    ones in the same order: nothing is read again, and nothing is mixed anew. Which of your steps
    keeps them?
""")
BATCHES.slip("no_dataset", {"return ": "return list(", "(batch_size)": "(batch_size))"}).says("""
    What comes back is no dataset. A list of batches, for example, holds all examples in memory,
    and each pass over it is the same; a single batch is not all of them. What do the methods of a
    dataset give back by themselves?
""")
BATCHES.slip("read_called_at_once", {"interleave(read": "interleave(read(shards)"}).says("""
    `read` takes the number of one shard, and here it was handed the whole dataset of shards. It is
    to be called later, once for each shard, and not by you. What does `interleave` take: a
    function, or what the function returns?
""")
BATCHES.slip("datasets_in_a_dataset", {"interleave(read, cycle_length=4)": "map(read)"}).says("""
    Out come datasets, one for each shard, and not examples: `map` makes one thing of one thing.
    Which method takes the examples out of several datasets, in turn?
""")
BATCHES.slip(
    "only_the_shards_shuffled",
    {
        ".interleave(read, cycle_length=4)": "",
        ".shuffle(100)": ".shuffle(100).interleave(read, cycle_length=4)",
    },
).says("""
    The shards change places, but the examples of each still come in the order in which they stand
    in it. Where your shuffle stands, what does it have in hand?
""")
BATCHES.slip("shuffle_forgotten", {"shuffle(100).": ""}).says("""
    Four shards take turns, in the same order in every pass, and the examples of each are still
    sorted. Which step mixes them?
""")
BATCHES.slip(
    "batched_before_shuffling", {"shuffle(100).batch(batch_size)": "batch(batch_size).shuffle(100)"}
).says("""
    This shuffles finished batches: those that were read together are still in one batch, and only
    the batches change places. What was cut first here, and what should be?
""")
BATCHES.slip("everything_in_hand", {"100": "100_000"}).says("""
    The first examples come from more shards than the four that should be open. Either the shuffle
    has far more than 100 examples in hand, or more shards are read side by side; both cost memory.
    Which two numbers in your line decide that?
""")


@BATCHES.mistaken("""
    The examples are mixed once, and then every pass has that same order. That is good for a
    comparison and less good for training, and the task wants them mixed anew. Which setting of
    yours keeps the order?
""")
def same_order_each_time(shards, read, batch_size):
    examples = shards.interleave(read, cycle_length=4)
    return examples.shuffle(100, reshuffle_each_iteration=False).batch(batch_size)


BATCHES.slip("repeated", {"shuffle": "repeat().shuffle"}).says("""
    This dataset goes round for ever: a loop over it never comes to the end of a pass. Which step
    of yours asks for that?
""")


@BATCHES.mistaken("""
    What does not fill a batch is thrown away, so in each pass some examples are missing. Are all
    your batches of one size, and should they be?
""")
def rest_dropped(shards, read, batch_size):
    examples = shards.interleave(read, cycle_length=4).shuffle(100)
    return examples.batch(batch_size, drop_remainder=True)


BATCHES.slip("not_batched", {".batch(batch_size)": ""}).says("""
    The examples are mixed as they should be, but they come one by one. Which step puts them into
    groups?
""")
BATCHES.slip("batches_of_a_hundred", {"100).batch(batch_size": "batch_size).batch(100"}).says("""
    The batches are as large as what should be in hand. Two numbers have changed places: which of
    them says how many the shuffle chooses from, and which how many go into one batch?
""")


@BATCHES.right
def batches_prefetched(shards, read, batch_size):
    many = tf.data.AUTOTUNE
    examples = shards.interleave(read, cycle_length=4, num_parallel_calls=many)
    return examples.shuffle(buffer_size=100, seed=3).batch(batch_size).prefetch(many)


@BATCHES.right
def batches_from_shuffled_shards(shards, read, batch_size):
    examples = shards.shuffle(100).interleave(read, cycle_length=4)
    return examples.shuffle(100).batch(10).rebatch(batch_size)


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
    answer="b",
    reason="""
        In the plain mean both devices have half of the say, so one of the 10 examples counts as
        much as 99 of the 990. Only if both have equally many is a mean of means the mean.
    """,
    tempts="""
        a: A mean of two means sounds like a mean of everything, and both slopes are honest means.

        b: Two devices, two votes. But one of them speaks for 990 examples, and the other for 10.

        c: 990 against 10 is a large majority, and majorities tend to drown out the rest.
    """,
    feedback="""
        a: That holds for shards of equal size, and only for those. How much does one example of
        the small shard contribute to its mean, and how much one of the large shard?

        c: There are more of them, and all together they should count 99 times as much as the 10.
        In the plain mean they count just as much. Who counts too much, then?
    """,
)


# --- 9.3


def slope_of_all(slopes, counts):
    return tf.reduce_sum(slopes * counts) / tf.reduce_sum(counts)


SLOPE_OF_ALL = Function(
    id="9.3",
    title="The slope of all the shards",
    stub="""
def slope_of_all(slopes, counts):
    return ...  # replace the dots
""",
    solution=slope_of_all,
    on_correct="This is what several devices have to agree on after every step.",
    hints="""
        A mean is a sum divided by how many there are. From the mean slope of a shard and its
        count, what is the sum of the slopes of its examples?

        Add up the sums of all shards, then divide once: by how many examples there are in all.

        `tf.reduce_sum` twice: once of a product of the two tensors, once of one of them alone;
        then one divided by the other.
    """,
    cases=(
        Case(lambda: (tf.constant([3.0]), tf.constant([5.0]))),
        Case(lambda: (tf.constant([4.0, -3.0]), tf.constant([7.0, 7.0]))),
        Case(lambda: (tf.constant([4.0, 9.0]), tf.constant([30.0, 10.0]))),
        Case(lambda: (tf.constant([-2.5, 3.5, 8.0]), tf.constant([40.0, 25.0, 3.0]))),
    ),
)
SLOPE_OF_ALL.slip(
    "plain_mean", {"reduce_sum(slopes * counts) / tf.reduce_sum(counts)": "reduce_mean(slopes)"}
).says("""
    This is the plain mean of the slopes: a shard of 3 examples has as much say as one of 40. Where
    do the counts come in?
""")
SLOPE_OF_ALL.slip("plain_sum", {"slopes * counts) / tf.reduce_sum(counts": "slopes"}).says("""
    This adds up the mean slopes. With eight shards the step would be about eight times too long,
    and the training may diverge. What is a mean slope to be multiplied with, and what is the whole
    to be divided by?
""")
SLOPE_OF_ALL.slip("divided_twice", {"return tf.reduce_sum": "return tf.reduce_mean"}).says("""
    This divides twice: by the number of examples, and by the number of shards through the mean.
    The step becomes shorter with every shard. Which of the two divisions belongs here?
""")
SLOPE_OF_ALL.slip(
    "not_divided", {"(slopes * counts) / tf.reduce_sum(counts)": "(slopes * counts)"}
).says("""
    This is the sum of the slopes over all examples, not their mean. With a thousand examples it is
    a thousand times too large. What is still missing?
""")
SLOPE_OF_ALL.slip(
    "divided_by_shards",
    {"reduce_sum(slopes * counts) / tf.reduce_sum(counts)": "reduce_mean(slopes * counts)"},
).says("""
    The sums are right, but they are divided by the number of shards. How many slopes went into the
    sum: one a shard, or one an example?
""")
SLOPE_OF_ALL.slip("sum_over_examples", {"slopes * counts": "slopes"}).says("""
    The mean slopes are added up as they are, and then divided by the number of examples. But each
    mean has already been divided by the examples of its shard. What is the sum over the examples
    of one shard?
""")
SLOPE_OF_ALL.slip("divided_by_counts", {"* counts) / tf.reduce_sum(counts": "/ counts"}).says("""
    Each mean slope is divided by its count here, so that a large shard counts least. But the more
    examples stand behind a mean, the more it should count. Is it divided, or multiplied?
""")
SLOPE_OF_ALL.slip("share_of_each", {"tf.reduce_sum(slopes * counts)": "slopes * counts"}).says("""
    These are the contributions of the shards, and they are right: one number for each. The model
    takes one step, with one slope. What is still to be done with them?
""")


@SLOPE_OF_ALL.right
def slope_by_shares(slopes, counts):
    share = counts / tf.reduce_sum(counts)
    return tf.reduce_sum(share * slopes)


@SLOPE_OF_ALL.right
def slope_by_a_loop(slopes, counts):
    total = 0.0
    for slope, count in zip(slopes, counts, strict=True):
        total += slope * count
    return total / sum(counts)


SLOPE_OF_ALL.right(
    lambda slopes, counts: tf.tensordot(slopes, counts, axes=1) / tf.reduce_sum(counts)
)


# --- 9.P5

A_MACHINE_DIES = Predict(
    id="9.P5",
    title="A machine dies",
    prompt=(
        "A training of 20 epochs, 0 to 19, saves a checkpoint after every fifth. The plug is "
        "pulled when 13 epochs, 0 to 12, are finished. Then the program is started again. Which "
        "of the finished epochs does it run a second time?"
    ),
    choices={
        "a": "All 13 of them.",
        "b": "Epochs 10, 11 and 12.",
        "c": "None: it goes on with epoch 13.",
    },
    answer="b",
    reason="""
        Ten epochs, 0 to 9, were finished when the last checkpoint was written. What came after it
        was in memory only, and has to be done again.
    """,
    tempts="""
        a: The process is gone, and a new one begins with an empty memory.

        b: A checkpoint was written after every fifth epoch. Which was the last one before the plug
        was pulled?

        c: 13 epochs were finished, and a program that saves should be able to go on where it was.
    """,
    feedback="""
        a: Without a checkpoint, yes. The last one that was written knows W, b, and that
        ten epochs are done.

        c: The program did know the values after epoch 12, but in memory, and that is gone. What
        was the last that stood on a disk?
    """,
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
    answer="c",
    reason="""
        Computing takes an eighth, indeed. But sending the gradients takes longer than one machine
        needs for the whole step.
    """,
    tempts="""
        a: Eight machines share the examples, so each has an eighth of the work.

        b: Sharing helps and talking costs, and the truth is often in the middle.

        c: After the work comes the talking: 100 million slopes have to travel in every step. How
        much of a step is that?
    """,
    feedback="""
        a: The computing is shared, and takes an eighth. But then 700 MB have to leave each
        machine, in every step, before anyone may go on.

        b: A fair guess, and the right direction to think: sending eats up what sharing gains. Here
        it eats up more than that.
    """,
)


# --- 9.4


def bytes_to_send(parameters, machines):
    return 2 * (machines - 1) / machines * 4 * parameters


BYTES_TO_SEND = Function(
    id="9.4",
    title="Bytes on the wire",
    stub="""
def bytes_to_send(parameters, machines):
    return ...  # replace the dots
""",
    solution=bytes_to_send,
    on_correct="However many machines there are, it never reaches twice the gradient.",
    hints="""
        How many bytes does the whole gradient take? How many does one part of it take?

        Bytes of one part, times how many parts a machine sends: one in each round. How many rounds
        are there in all?

        For 3 machines: a part is a third of the gradient, and there are 2 rounds and 2 more. So
        four thirds of the bytes of the gradient. Now write it with the names.
    """,
    cases=(
        Case(lambda: (300, 3)),
        Case(lambda: (5000, 2)),
        Case(lambda: (100_000_000, 8)),
        Case(lambda: (7, 1)),
    ),
)
BYTES_TO_SEND.slip("one_way_only", {"2 * (machines - 1)": "(machines - 1)"}).says("""
    This is half of it: the rounds in which the parts are added up. After them each machine holds
    one finished part only. What is still to be done?
""")
BYTES_TO_SEND.slip("numbers_for_bytes", {"4 * parameters": "parameters"}).says("""
    These are numbers, not bytes: it is a quarter of what goes over the wire. How many bytes does
    a float32 take?
""")
BYTES_TO_SEND.slip("bits_for_bytes", {"4": "32"}).says("""
    This is eight times too large: it counts bits. Networks are sold in bits, memory in bytes.
    Which of the two does the task ask for?
""")
BYTES_TO_SEND.slip("whole_gradient_each_round", {"/ machines *": "*"}).says("""
    This sends the whole gradient in each round. But it is cut into parts, and a round moves only
    one of them on. How large is a part?
""")
BYTES_TO_SEND.slip("one_round_only", {"* (machines - 1) /": "/"}).says("""
    This counts one round each way. A part has to come past all the machines before its sum is
    complete. How many times is it handed on?
""")
BYTES_TO_SEND.slip("whole_gradient_twice", {"(machines - 1) / machines * 4": "4"}).says("""
    This is twice the whole gradient, whatever the number of machines. It comes near for many, but
    one machine alone would send nothing at all. How many rounds are there for `machines` machines?
""")
BYTES_TO_SEND.slip(
    "whole_division", {"(machines - 1) / machines": "((machines - 1) // machines)"}
).says("""
    This is always 0: `//` divides to whole numbers, and a share below 1 becomes 0. Which sign
    divides with a fraction?
""")


@BYTES_TO_SEND.right
def bytes_by_rounds(parameters, machines):
    part = 4 * parameters / machines
    rounds = (machines - 1) + (machines - 1)
    return rounds * part


BYTES_TO_SEND.right(lambda parameters, machines: 8 * parameters * (1 - 1 / machines))
