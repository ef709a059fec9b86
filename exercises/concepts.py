"""Mistakes that several exercises share, by what they are about.

An exercise names its concepts, and has every mistake whose pieces stand in its solution's code.
"""

from exercises.engine.mistakes import Concept

# --- A step of gradient descent: one with W and b by name, or with all that a model has

A_STEP = Concept()

_RENAMED = 'setattr(model, "W" if variable is variables[0] else "b", {})'
_UPDATE = "variable.assign_sub(learning_rate * slope)"


def _updated(by_name: str, in_a_loop: str) -> tuple[dict[str, str], dict[str, str]]:
    """An update written in another way; `{v}` is the name of the parameter, `{s}` its slope."""
    steps = {"W": "dW", "b": "db"}
    named = {
        f"model.{v}.assign_sub(learning_rate * {s})": by_name.format(v=v, s=s)
        for v, s in steps.items()
    }
    return named, {_UPDATE: in_a_loop, "= model.trainable_variables": "= [model.W, model.b]"}


A_STEP.slip("gradient_added", {"assign_sub": "assign_add"}).says("""
    The step goes uphill: the slopes are added, and the loss grows. A slope says in which direction
    the loss grows. Which way do you want to go?
""")
A_STEP.slip("learning_rate_forgotten", {"(learning_rate * ": "("}).says("""
    The whole slope is taken off, and the learning rate plays no part. Such a step is mostly far
    too long and ends higher up, on the other side of the valley. Where should the fraction come
    in?
""")
A_STEP.slip(
    "divided_by_the_rate",
    {"learning_rate * dW": "dW / learning_rate", "learning_rate * db": "db / learning_rate"},
    {"learning_rate * slope": "slope / learning_rate"},
).says("""
    The slopes are divided by the learning rate, so a small rate makes for giant steps. A step is a
    fraction of the slope, and the learning rate is that fraction. Which operation takes a fraction
    of something?
""")
A_STEP.slip(
    "learning_rate_of_its_own",
    {"(learning_rate * ": "(0.1 * "},
    {"outputs, learning_rate)": "outputs, 0.1)"},
).says("""
    The learning rate is always 0.1 here, whatever the caller asks for. That goes well until the
    day when 0.1 is too large. Where does `learning_rate` appear in your lines?
""")
A_STEP.slip("predicted_before_the_tape", {"model(inputs)": "model(inputs).numpy()"}).says("""
    The slopes are None: inside the block nothing leads from the Variables to the loss, or the tape
    was asked the other way round, with the Variables before the loss. Is the model called there,
    and is its prediction (not its `.numpy()`) used?
""")
A_STEP.slip(
    "tensors_for_variables",
    *_updated(
        "model.{v} = model.{v} - learning_rate * {s}",
        _RENAMED.format("variable - learning_rate * slope"),
    ),
).says("""
    After a step, `model.W` and `model.b` are tensors and no longer Variables: `=` put the names on
    something new. The next tape does not watch them, so the next step fails. Which method changes
    a Variable and leaves it a Variable?
""")
A_STEP.slip(
    "new_variables",
    *_updated(
        "model.{v} = tf.Variable(model.{v} - learning_rate * {s})",
        _RENAMED.format("tf.Variable(variable - learning_rate * slope)"),
    ),
).says("""
    The numbers are right, but the model gets new Variables in each step. Whoever holds the old
    ones, an optimizer for example, still sees the old values. How can you change the Variables
    that are already there?
""")
A_STEP.slip(
    "changed_and_assigned",
    *_updated(
        "model.{v} = model.{v}.assign_sub(learning_rate * {s})",
        _RENAMED.format(_UPDATE),
    ),
).says("""
    The numbers are right, but the names are on other objects now. `assign_sub` has already changed
    it; leave out `model.W =`. Is there anything left for an `=` to do?
""")
A_STEP.slip(
    "minus_equals",
    *_updated("model.{v} -= learning_rate * {s}", "variable -= learning_rate * slope"),
).says("""
    TensorFlow stops at `-=`. In Python that is short for `W = W - ...`, which would put a tensor
    in the Variable's place, and TensorFlow can't know whether you want that. Which method says
    plainly: take this off the Variable itself?
""")
A_STEP.slip(
    "nothing_applied",
    *_updated(
        "{v} = model.{v} - learning_rate * {s}", "variable = variable - learning_rate * slope"
    ),
).says("""
    The model is as it was: nothing was written into its Variables. If new values are computed,
    they end in names inside your function. Which object has to change, and by which of its
    methods?
""")
A_STEP.slip("step_assigned", {"assign_sub": "assign"}).says("""
    Afterwards the Variables hold the step itself, learning rate times slope, and their old values
    are gone. `assign` takes the new value, `assign_sub` the amount to take off. Which of them did
    you give what?
""")
A_STEP.slip(
    "slopes_swapped",
    {"dW, db =": "db, dW ="},
    {"slopes = tape.gradient(loss, variables)": "slopes = tape.gradient(loss, variables[::-1])"},
).says("""
    `W` was moved by the slope for `b`, and `b` by the one for `W`. The tape answers in the order
    in which it was asked. In which order do your lines take its answers?
""")
A_STEP.slip(
    "only_w_updated",
    {"    model.b.assign_sub(learning_rate * db)\n": ""},
    {"zip(variables, slopes, strict=True)": "[(model.W, slopes[0])]"},
).says("""
    `W` has moved and `b` has not. The line can turn but not rise, so most lines stay out of its
    reach. How many parameters does the model have, and how many do your lines change?
""")
A_STEP.slip(
    "only_b_updated",
    {"    model.W.assign_sub(learning_rate * dW)\n": ""},
    {"zip(variables, slopes, strict=True)": "[(model.b, slopes[1])]"},
).says("""
    `b` has moved and `W` has not. The line can rise but not turn, so most lines stay out of its
    reach. How many parameters does the model have, and how many do your lines change?
""")
A_STEP.slip(
    "both_into_w",
    {"model.b.assign_sub": "model.W.assign_sub"},
    {"variable.assign": "model.W.assign"},
).says("""
    `W` was moved twice, by the slope for `W` and by the one for `b`, and `b` stayed where it was.
    Which Variable does each of your two lines change?
""")
_SQUARES = "tf.square(model(inputs) - outputs)"
_LATER = f"with tf.GradientTape() as tape:\n{{0}}    later = tf.reduce_mean({_SQUARES})\n{{0}}"
A_STEP.slip(
    "b_after_w",
    {
        "model.b.assign_sub(learning_rate * db)": _LATER.format(" " * 4)
        + "model.b.assign_sub(learning_rate * tape.gradient(later, model.b))"
    },
    {_UPDATE: _LATER.format(" " * 12) + _UPDATE.replace("slope", "tape.gradient(later, variable)")},
).says("""
    The slope for `b` was taken after `W` had moved, so the two belong to different places of the
    landscape. One step takes both slopes where it starts. At which point of your code is each of
    them computed?
""")
A_STEP.slip(
    "slopes_of_the_prediction",
    {
        "(model(inputs), ": "(predicted := model(inputs), ",
        "gradient(loss, ": "gradient(predicted, ",
    },
).says("""
    These are the slopes of the prediction, not of the loss: the actual values play no part in
    them. A prediction that is already right would be moved, too. Of what should the tape take the
    slope?
""")
A_STEP.slip(
    "sum_for_mean",
    {"mean_squared_error(model(inputs), outputs)": f"tf.reduce_sum({_SQUARES})"},
    {"my_loss(model(inputs), outputs)": f"tf.reduce_sum({_SQUARES})"},
).says("""
    Loss and slopes are those of a sum of squares, not of a mean. With a thousand examples each
    step is a thousand times as long, and no learning rate suits two sets of data. What did lesson
    04 do with the squares at the end?
""")
A_STEP.slip(
    "one_tape_asked_twice",
    {
        "dW, db = tape.gradient(loss, [model.W, model.b])": "dW = tape.gradient(loss, model.W)\n"
        "    db = tape.gradient(loss, model.b)"
    },
    {"tape.gradient(loss, variables)": "[tape.gradient(loss, each) for each in variables]"},
).says("""
    The tape is asked twice, and it answers once: after that its record is gone. Both slopes can be
    had in one question. What would you pass instead of a single Variable?
""")


# --- A loop: so many epochs, a loss kept from each

A_LOOP = Concept()

A_LOOP.slip(
    "new_model_in_the_loop",
    {
        "range(epochs):\n": "range(epochs):\n        model = LinearModel()\n",
        "train_step": "train_step",
    },
    {"range(epochs):\n": "range(epochs):\n        model = MyModel(0.0, 0.0)\n"},
).says("""
    Every epoch starts with a new model, so nothing adds up: all losses are the same, and the model
    that was passed is as it was. Where does the model come from that the caller wants trained?
""")
A_LOOP.slip(
    "new_model_before_the_loop",
    {"losses = []\n": "losses = []\n    model = LinearModel()\n", "train_step": "train_step"},
    {"losses = []\n": "losses = []\n    model = MyModel(0.0, 0.0)\n"},
).says("""
    This trains a new model, made inside the function. The one that the caller passed is as it was,
    and the trained one is lost when the function ends. Which model should move?
""")
A_LOOP.slip("recorded_once", {"        losses.append": "    losses.append"}).says("""
    The model is trained as it should be, but the list holds the loss of the last epoch only. Is
    the line that appends inside the loop, and is the list made only once, before it?
""")
A_LOOP.slip("returned_in_the_loop", {"    return losses": "        return losses"}).says("""
    It stops after the first epoch: a `return` inside a loop ends the whole function. How far
    should that line be indented?
""")
A_LOOP.slip("last_loss_only", {"return losses": "return losses[-1]"}).says("""
    The model is trained as it should be, but a single loss comes back, the last one. Only all of
    them show whether a training went well. Where could they be kept on the way?
""")
A_LOOP.slip("one_epoch_more", {"range(epochs)": "range(epochs + 1)"}).says("""
    This takes one epoch more than was asked for. `range(n)` already gives n numbers, 0 among them.
    Is something added to it, or is there a step outside the loop?
""")
A_LOOP.slip("one_epoch_fewer", {"range(epochs)": "range(1, epochs)"}).says("""
    This takes one epoch fewer than was asked for. `range(1, n)` ends before n and gives n - 1
    numbers. How often should the loop run?
""")
A_LOOP.slip(
    "loss_after_each_step",
    {"(float(loss))": f"(float(tf.reduce_mean({_SQUARES})))"},
).says("""
    The model is trained as it should be, but each loss is the one after its update: the first,
    from where the training started, is missing. Which loss do you have in hand before the step?
""")
A_LOOP.slip("losses_added", {"losses.append(float(loss))": "losses += loss"}).says("""
    The model is trained as it should be, but no loss is kept: between a list and a tensor, `+`
    calculates with the numbers of the list, and an empty list has none. Which method of a list
    takes in one more thing?
""")
A_LOOP.slip("append_assigned", {"losses.append(": "losses = losses.append("}).says("""
    `append` changes the list and gives back None: with `=` in front of it, the name stands for
    None from then on. What is left to do after `append` has run?
""")
A_LOOP.slip("losses_summed", {"return losses": "return sum(losses)"}).says("""
    The model is trained as it should be, but all its losses are added up to a single number. A
    curve of the loss needs each of them. What is in your list before you add?
""")
A_LOOP.slip("losses_averaged", {"return losses": "return sum(losses) / len(losses)"}).says("""
    The model is trained as it should be, but one number comes back: the mean over all epochs. A
    curve of the loss needs each of them. What is in your list before you average?
""")
A_LOOP.slip(
    "trained_by_fit", {"losses = []\n": "losses = []\n    model.last_history = losses\n"}
).says("""
    The model is trained, but the loop in it is `fit`'s, and `fit` is ours. This exercise is about
    the loop itself, and yours takes only a few lines. What happens in one epoch, and how is it
    repeated?
""")


# --- A model: a class with parameters, made with any numbers (7.1 and 7.5)

A_MODEL = Concept()

_W, _B, _C = (f"self.{name} = tf.Variable({name}, dtype=tf.float32)" for name in "Wbc")


def _each(change: str) -> tuple[dict[str, str], dict[str, str]]:
    """How each parameter is kept, written in another way: for three of them, or for two."""
    two = {line: change.format(name) for line, name in ((_W, "W"), (_B, "b"))}
    return {**two, _C: change.format("c")}, two


def _called(change: str) -> tuple[dict[str, str], dict[str, str]]:
    """How each parameter is used in a prediction, written in another way."""
    two = {"self.W * ": change.format("W") + " * ", "+ self.b": "+ " + change.format("b")}
    return {**two, "self.c * ": change.format("c") + " * "}, two


A_MODEL.slip("start_ignored", *_each("self.{0} = tf.Variable(0.0)")).says("""
    Whatever the starting values are, this model begins at 0. Where in `__init__` do the numbers
    that it is given go?
""")
A_MODEL.slip("nothing_to_train", {"tf.Variable(": "tf.constant("}).says("""
    It predicts well, but training finds nothing to change: `trainable_variables` is empty. Numbers
    and tensors stay what they are, and so does a Variable made with `trainable=False`. In what
    should a parameter be kept?
""")
A_MODEL.slip("w_not_trained", {_W: "self.W = tf.constant(W, dtype=tf.float32)"}).says("""
    It predicts well, but training finds one parameter too few: the factor of the input cannot
    change, so the line never turns. In what is it kept, and in what is another parameter?
""")
A_MODEL.slip("b_not_trained", {_B: "self.b = tf.constant(b, dtype=tf.float32)"}).says("""
    It predicts well, but training finds one parameter too few: what is predicted for the input 0
    cannot change. In what is it kept, and in what is another parameter?
""")
A_MODEL.slip("not_a_module", {"(tf.Module)": "", "super().__init__()": "pass"}).says("""
    It predicts well, but it has no `trainable_variables`, so nobody can ask it what may change. On
    which class of TensorFlow was the model of lesson 03 built, and what did that buy?
""")
A_MODEL.slip("whole_numbers", {", dtype=tf.float32": ""}).says("""
    `{name}` works for numbers such as `3.0` and fails for `4`: from a whole number `tf.Variable`
    makes an int32, which cannot be multiplied with float32 inputs, nor take a small step. How can
    the Variable be told its dtype?
""")
A_MODEL.slip("cast_when_made", *_each("self.{0} = tf.cast(tf.Variable({0}), tf.float32)")).says("""
    It works for `3.0`. Made with whole numbers, a `{name}` has tensors and no Variables: what
    `tf.cast` gives back is a new tensor, and the Variable that went in is lost. What should be the
    outermost of the two?
""")
A_MODEL.slip(
    "cast_when_called",
    *(
        {**changes, ", dtype=tf.float32": ""}
        for changes in _called("tf.cast(self.{0}, tf.float32)")
    ),
).says("""
    It predicts well, but made with whole numbers its Variables are int32. They cannot take a small
    step, and no tape finds a slope for them; a cast in `__call__` comes too late. Where could they
    become floats from the start?
""")
A_MODEL.slip("through_numpy", *_called("self.{0}.numpy()")).says("""
    It predicts well, but a tape finds no slopes: in `__call__` the values leave TensorFlow, by
    `.numpy()` or `float(...)`, and plain numbers lead nowhere back. What happens if you calculate
    with the Variables themselves?
""")
A_MODEL.slip(
    "new_in_every_call",
    *(
        {
            "super().__init__()": f"super().__init__()\n        self.start = {start}",
            "        return": "        self.__init__(*self.start)\n        return",
            start: start,
        }
        for start in ("c, W, b", "W, b")
    ),
).says("""
    Every call makes new Variables from the starting values, so all that was learned is lost with
    the next prediction. Which of the two methods runs only once?
""")
A_MODEL.slip("without_b", {" + self.b": ""}).says("""
    For the input 0 it always predicts 0; the last of its parameters is there, but plays no part.
    What should come out for the input 0?
""")
A_MODEL.slip(
    "b_added_to_the_inputs", {"self.W * inputs + self.b": "self.W * (inputs + self.b)"}
).says(
    """
    `b` is added to the input before the multiplication, so it counts `W` times. What should come
    out for the input 0, and what does come out?
"""
)
A_MODEL.slip(
    "shared_by_all", *_each("type(self).{0} = tf.Variable({0}, dtype=tf.float32)")
).says("""
    The Variables stand in the class and not in the object. So all its models share them: making a
    second one changes the first, and `trainable_variables` is empty. Where is a thing made that
    belongs to one object only?
""")
A_MODEL.slip(
    "list_of_predictions", {"        return ": "        return [*", "+ self.b": "+ self.b]"}
).says(
    """
    The numbers are right, but a list of single predictions comes back. A loss calculates with all
    of them at once, and lists do no arithmetic. What comes out when you calculate with the inputs
    as they are, without going through them?
"""
)
A_MODEL.slip("nothing_returned", {"        return ": "        self.predicted = "}).says("""
    Calling the model gives None: nothing is handed back. Which word hands a value to the caller?
""")
A_MODEL.slip(
    "keras_without_weights", {"(tf.Module)": "(tf.keras.Model)", "__call__": "call"}
).says("""
    It predicts well, but `trainable_variables` is empty. A Keras model does not find a
    tf.Variable; tf.Module does. On which of the two is your class built?
""")


# --- A trained model: what ends a training, and what only looks like it (7.4 and 7.6)

A_TRAINED_MODEL = Concept()


def _instead(what: str) -> dict[str, str]:
    return {"    train(": f"    return {what}\n    train("}


A_TRAINED_MODEL.slip("diverged", _instead("lambda x: np.nan * x")).says("""
    The predictions are not numbers: the training has diverged, and its losses must have grown
    until no float32 could hold them. Print the first few losses. What would make each step
    shorter?
""")
A_TRAINED_MODEL.slip("no_better_than_flat", _instead("lambda x: 0.0 * x + 1.23456")).says("""
    It is no better than a flat line at the mean of the data. Either it was hardly trained, by
    steps that were too few or too short, or the training led elsewhere. What do the first and the
    last loss say?
""")
A_TRAINED_MODEL.slip("class_for_model", _instead("MyModel")).says("""
    This is a class: the plan for models, with nothing trained in it. Training moves one object
    that was made from it. Which of your names stands for that object?
""")
A_TRAINED_MODEL.slip("losses_for_model", _instead("[9.3, 4.2, 2.1]")).says("""
    This object cannot be called with weights or speeds. A training returns its losses, and a model
    that is called returns predictions; what is asked for is the model itself, which the training
    has changed. Which of your names stands for it?
""")
A_TRAINED_MODEL.slip("another_shape", _instead("lambda x: tf.reshape(x, [-1, 1])")).says("""
    For inputs of shape `[N]`, predictions of another shape come back. In a loss they would be
    compared all with all. What shape does each part of your formula have?
""")
