"""The exercises of lesson 08: the line in Keras, momentum, Keras's own step, saving."""
# Answers are written as learners write them:
# ruff: noqa: ANN001, ANN003, ANN201, ANN202, ANN204, D101, D102, D103

import keras
import tensorflow as tf

from exercises.engine.model import Case, Class, Function, Predict, Value
from exercises.lesson_04 import mean_squared_error

TITLE = "Keras"


# --- 8.P1

TRAINED_AND_UNSEEN = Predict(
    id="8.P1",
    title="Trained by fit",
    prompt=(
        "`own` predicts 15 for 3, as it should. Now `fit` trains it for ten epochs, with the "
        "optimizer, the loss and the data of the four ways above. Where is its `W` afterwards?"
    ),
    choices={
        "a": "At 3.20, like the other four.",
        "b": "At 5.00: nothing has been learned.",
        "c": "Nowhere: `fit` stops with an error.",
    },
    answer="b",
    reason="""
        Keras trains what it has noted down, and it notes down Variables of its own kind only, such
        as `add_weight` makes. A `tf.Variable` is not one. All ten epochs run, and change nothing.
    """,
    tempts="""
        a: It predicts 15 for 3, as the others do, and it gets the same optimizer, loss and data.
        Why should it end elsewhere?

        b: The others made their Variables with Keras, and this one made its own. Does Keras ever
        get to hear of it?

        c: Something is unusual about this one, and Keras might well refuse to train what it does
        not know.
    """,
    feedback="""
        a: With `tf.Module` it would be: that one looks through its attributes for Variables. Keras
        keeps a list of its own, and a `tf.Variable` does not get onto it.

        c: An error would be a mercy. Keras finds nothing to train and goes on; it gives a warning,
        which is easily lost among other lines.
    """,
)


# --- 8.1


class Parabola(keras.layers.Layer):
    def __init__(self, a, b, c):
        super().__init__()
        self.a = self.add_weight(shape=(), initializer=keras.initializers.Constant(a))
        self.b = self.add_weight(shape=(), initializer=keras.initializers.Constant(b))
        self.c = self.add_weight(shape=(), initializer=keras.initializers.Constant(c))

    def call(self, inputs):
        return self.a * inputs * inputs + self.b * inputs + self.c


MADE = "Parabola(-4.0, 18.0, 1.5)"

BATCH = "tf.constant([[0.5], [-2.0], [3.5]])"


def _batch():
    return tf.constant([[0.5], [-2.0], [3.5]])


def _made(cls):
    """A layer that was called once, since some make their weights only then."""
    layer = cls(-4.0, 18.0, 1.5)
    layer(tf.constant(3.0))
    return layer


def _moved(layer, **numbers):
    """The layer with its weights moved there, wherever they started."""
    for name, number in numbers.items():
        weight = getattr(layer, name, None)
        if isinstance(weight, tf.Variable | keras.Variable):
            weight.assign(tf.fill(weight.shape, number))
    return layer


def _start(cls):
    layer = _made(cls)
    starts = {"a": -4.0, "b": 18.0, "c": 1.5}
    values = [tf.squeeze(getattr(layer, name)) == number for name, number in starts.items()]
    return {f"do a, b, c of {MADE} start at these numbers?": [bool(each) for each in values]}


def _prediction(cls):
    layer = _moved(_made(cls), a=-4.0, b=18.0, c=1.5)
    return {f"{MADE}(tf.constant(3.0))": layer(tf.constant(3.0))}


def _predictions(cls):
    layer = _moved(_made(cls), a=-4.0, b=18.0, c=1.5)
    return {f"{MADE}({BATCH})": layer(_batch())}


def _weights(cls):
    layer = _made(cls)
    layer(tf.constant(2.0))
    return {
        f"len(layer.{name}) after two calls": len(getattr(layer, name, ()))
        for name in ("trainable_variables", "variables")
    }


def _changed(cls):
    layer = _moved(_made(cls), a=2.0, b=-1.0, c=10.0)
    return {"layer(tf.constant(3.0)) with a, b, c at 2, -1, 10": layer(tf.constant(3.0))}


def _in_a_model(cls):
    layer = cls(-4.0, 18.0, 1.5)
    model = keras.Sequential([keras.Input(shape=(1,)), layer])
    _moved(layer, a=-4.0, b=18.0, c=1.5)
    return {f"keras.Sequential([keras.Input(shape=(1,)), {MADE}])({BATCH})": model(_batch())}


PARABOLA = Class(
    id="8.1",
    title="A layer with a curve",
    stub="""
class Parabola(keras.layers.Layer):
    def __init__(self, a, b, c):
        super().__init__()
        # Make the three weights here.

    def call(self, inputs):
        return ...  # replace the dots
""",
    solution=Parabola,
    on_correct="""
        Keras knows all three, so it can train and count them.
    """,
    hints="""
        `LineLayer` above has all that you need, for two weights. What changes with a third?

        A single number has the shape `()`. The start is not passed as a number: an initializer,
        made from the number, stands in between.

        Three lines in `__init__`, each with `self.add_weight(shape=..., initializer=...)` and a
        `keras.initializers.Constant` of its own. In `call` the formula, with `self.` before each
        of the three.
    """,
    cases=(
        Case(call=_start),
        Case(call=_prediction),
        Case(call=_weights),
        Case(call=_changed),
        Case(call=_predictions),
        Case(call=_in_a_model),
    ),
)


@PARABOLA.mistaken("""
    The predictions are right, but Keras has nothing to train: a `tf.Variable` is not on its list,
    and `fit` would run without changing it. Which method makes a Variable and notes it down as
    well?
""")
class VariablesForWeights(Parabola):
    def __init__(self, a, b, c):
        keras.layers.Layer.__init__(self)
        self.a = tf.Variable(a)
        self.b = tf.Variable(b)
        self.c = tf.Variable(c)


@PARABOLA.mistaken("""
    The predictions are right, but the three are plain numbers: there is nothing that training
    could change. What makes a weight out of a number, in `LineLayer`?
""")
class PlainNumbersForWeights(Parabola):
    def __init__(self, a, b, c):
        keras.layers.Layer.__init__(self)
        self.a, self.b, self.c = a, b, c


@PARABOLA.mistaken("""
    Each call makes three new weights and starts them anew: whatever training has changed is lost
    with the next prediction. Which method runs only once, when the layer is made?
""")
class WeightsMadeInTheCall(Parabola):
    def __init__(self, a, b, c):
        keras.layers.Layer.__init__(self)
        self.start = (a, b, c)

    def call(self, inputs):
        makers = [keras.initializers.Constant(number) for number in self.start]
        self.a, self.b, self.c = (self.add_weight(shape=(), initializer=each) for each in makers)
        return super().call(inputs)


@PARABOLA.mistaken("""
    Keras cannot note down a weight yet: its own lists are made in the `__init__` of `Layer`, and
    that has not run. Which line does that, and where does it have to stand?
""")
class NoStartOfItsParent(keras.layers.Layer):
    def __init__(self, a, b, c):
        self.a = self.add_weight(shape=(), initializer=keras.initializers.Constant(a))


@PARABOLA.mistaken("""
    `initializer=` takes an initializer, and here it was given a plain number. Which thing in
    `LineLayer` stands between the two?
""")
class NumbersForInitializers(keras.layers.Layer):
    def __init__(self, a, b, c):
        super().__init__()
        self.a = self.add_weight(shape=(), initializer=a)


@PARABOLA.mistaken("""
    The first thing that `add_weight` takes is a shape, and here it got a starting value. Which two
    things does it want, and what are they called in `LineLayer`?
""")
class NumbersForShapes(keras.layers.Layer):
    def __init__(self, a, b, c):
        super().__init__()
        self.a = self.add_weight(a)


@PARABOLA.mistaken("""
    None of the three weights starts at what was given. Without an initializer, `add_weight`
    starts them at random; with `"ones"`, or with a number of its own, it ignores what came in.
    Where do `a`, `b` and `c` go after they have come into `__init__`?
""")
class InitializersForgotten(Parabola):
    def __init__(self, a, b, c):
        keras.layers.Layer.__init__(self)
        self.a = self.add_weight(shape=())
        self.b = self.add_weight(shape=())
        self.c = self.add_weight(shape=())


@PARABOLA.mistaken("""
    The numbers are right, but each weight is a list of one number, of shape `(1,)`, and so a
    single input comes back as a list of one. What is the shape of a single number?
""")
class OneForEachOfOne(Parabola):
    def __init__(self, a, b, c):
        keras.layers.Layer.__init__(self)
        self.a = self.add_weight(shape=(1,), initializer=keras.initializers.Constant(a))
        self.b = self.add_weight(shape=(1,), initializer=keras.initializers.Constant(b))
        self.c = self.add_weight(shape=(1,), initializer=keras.initializers.Constant(c))


@PARABOLA.mistaken("""
    Called by itself it works. But this replaces Keras's own `__call__`, and in a model Keras looks
    for a method without underscores and does not find it. What is the method called in
    `LineLayer`?
""")
class WithTwoUnderscores(Parabola):
    def __call__(self, inputs):
        return self.a * inputs * inputs + self.b * inputs + self.c

    call = keras.layers.Layer.call


@PARABOLA.mistaken("""
    The three weights are there, but are not trainable. Training would leave them as they are.
    Where is `trainable` set to False?
""")
class NotTrainable(Parabola):
    def __init__(self, a, b, c):
        super().__init__(a, b, c)
        self.trainable = False


@PARABOLA.mistaken("""
    `a` and `c` have changed places: the square is multiplied by `self.c`. Which of the three is
    alone at the end of the formula?
""")
class OrderOfThree(Parabola):
    def call(self, inputs):
        return self.c * inputs * inputs + self.b * inputs + self.a


@PARABOLA.mistaken("""
    There is no square: with `self.a * inputs` this is a line with the slope a + b. How often does
    the input stand in the first term of the formula?
""")
class NoSquare(Parabola):
    def call(self, inputs):
        return self.a * inputs + self.b * inputs + self.c


@PARABOLA.mistaken("""
    The last term is missing: at the input 0 this predicts 0. What should be predicted there?
""")
class NoLastTerm(Parabola):
    def call(self, inputs):
        return self.a * inputs * inputs + self.b * inputs


@PARABOLA.right
class ParabolaBuiltLate(keras.layers.Layer):
    def __init__(self, a, b, c, **others):
        super().__init__(**others)
        self.start = {"a": a, "b": b, "c": c}

    def build(self, shape):
        for name, number in self.start.items():
            setattr(self, name, self.add_weight(shape=(), name=name, initializer="zeros"))
            getattr(self, name).assign(number)

    def call(self, inputs):
        return (self.a * inputs + self.b) * inputs + self.c


@PARABOLA.right
class ParabolaAsModel(keras.Model):
    def __init__(self, a, b, c):
        super().__init__()
        constant = keras.initializers.Constant
        self.c = self.add_weight(shape=(), initializer=constant(c))
        self.b = self.add_weight(shape=(), initializer=constant(b))
        self.a = self.add_weight(shape=(), initializer=constant(a))

    def call(self, inputs):
        return self.c + self.b * inputs + self.a * keras.ops.square(inputs)


# --- 8.P2

WHAT_FIT_SHOWS = Predict(
    id="8.P2",
    title="What fit shows",
    prompt=(
        "One epoch in ten batches of 100, so ten steps. The loss over all the data is 9.26 before "
        "the first step and 1.00 after the last. Which loss does `fit` show for this epoch?"
    ),
    choices={
        "a": "9.26, the loss before the epoch.",
        "b": "1.00, the loss after it.",
        "c": "A number between the two.",
    },
    answer="c",
    reason="""
        Each batch has a loss before its step, and `fit` shows the mean of the ten. The weights
        move while it is taken, so it is the loss of no single model.
    """,
    tempts="""
        a: With one batch an epoch, as a moment ago, `fit` showed the loss before the update.

        b: An epoch is reported when it is over, and by then the loss is 1.00.

        c: Ten losses are computed on the way, one a batch, and only one number is shown for the
        epoch.
    """,
    feedback="""
        a: With one batch an epoch it would be. With ten, only the first batch is seen by the model
        as it was; the other nine come to one that has stepped already.

        b: That would take a second pass through all the data, which `evaluate` makes. `fit` shows
        what it has computed anyway, on the way.
    """,
)


# --- 8.P3

HOW_MANY_NUMBERS = Predict(
    id="8.P3",
    title="How many numbers",
    prompt=(
        "One input, sixteen bent lines, and one sum of all sixteen, each with a weight of its own, "
        "plus a bias. How many numbers can training change?"
    ),
    choices={"a": "4", "b": "33", "c": "49"},
    answer="c",
    reason="""
        Sixteen lines have 16 slopes and 16 biases. The sum has 16 weights and 1 bias. Together
        that makes 49.
    """,
    tempts="""
        a: A layer has a weight and a bias, and there are two layers.

        b: Sixteen lines have two numbers each, and one more comes with the sum: 16 + 16 + 1.

        c: Each line has a slope and a bias, and each comes into the sum with a weight: three times
        sixteen, and one bias more.
    """,
    feedback="""
        a: You counted a weight and a bias for each of the two layers. There are four Variables
        indeed, but three of them hold sixteen numbers each.

        b: That is 32 for the sixteen lines and 1 more. The sum takes each line with a weight of
        its own: how many of these are there?
    """,
)


# --- 8.2


def momentum_step(variable, velocity, slope, learning_rate, momentum):
    velocity.assign(momentum * velocity - learning_rate * slope)
    variable.assign_add(velocity)


def _moving(variable, velocity, slope, learning_rate, momentum):
    return Case(
        lambda: (
            tf.Variable(variable),
            tf.Variable(velocity),
            tf.constant(slope),
            learning_rate,
            momentum,
        )
    )


MOMENTUM_STEP = Function(
    id="8.2",
    title="A step with momentum",
    stub="""
def momentum_step(variable, velocity, slope, learning_rate, momentum):
    pass  # Your lines go here.
""",
    solution=momentum_step,
    returns=False,
    on_correct="""
        Two lines, and one Variable that remembers: that is all there is to momentum.
    """,
    hints="""
        Two Variables change, one after the other. What changes a Variable and leaves it a
        Variable?

        First the velocity, since the variable moves by the new one. It gets a value that is
        computed from the old one: `assign` does that.

        `velocity.assign(...)` with a difference of two products in the brackets, then
        `variable.assign_add(...)`. The learning rate comes in only once.
    """,
    cases=(
        _moving(4.0, 0.0, 3.0, 0.1, 0.8),
        _moving(4.0, 0.5, 3.0, 0.1, 0.8),
        _moving([1.5, -2.0], [-0.25, 3.0], [4.0, -0.5], 0.02, 0.9),
    ),
)


@MOMENTUM_STEP.mistaken("""
    This is the plain step of lesson 06: the velocity is neither used nor changed, so nothing is
    remembered. By which quantity should the variable move?
""")
def velocity_forgotten(variable, velocity, slope, learning_rate, momentum):
    variable.assign_sub(learning_rate * slope)


@MOMENTUM_STEP.mistaken("""
    The variable moves as it should, once. But the Variable `velocity` is as it was: `=` put its
    name on a new tensor, and that is gone when the function ends. How can the next step find the
    new velocity?
""")
def velocity_not_kept(variable, velocity, slope, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * slope
    variable.assign_add(velocity)


@MOMENTUM_STEP.mistaken("""
    Nothing has changed. `=` puts a name on a new tensor and leaves the two Variables as they are;
    when the function ends, the tensors are gone. What changes a Variable?
""")
def names_for_new_tensors(variable, velocity, slope, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * slope
    variable = variable + velocity


MOMENTUM_STEP.slip("velocity_grows", {"velocity.assign": "velocity.assign_add"}).says("""
    The old velocity comes in twice: once by `assign_add`, which keeps all of it, and once in the
    product. How much of it is to be kept?
""")


@MOMENTUM_STEP.mistaken("""
    The velocity is right, and the variable stands still. What is the velocity for?
""")
def variable_not_moved(variable, velocity, slope, learning_rate, momentum):
    velocity.assign(momentum * velocity - learning_rate * slope)


MOMENTUM_STEP.slip("momentum_without_loss", {"momentum * velocity": "velocity"}).says("""
    The velocity never becomes less by itself: the old one is kept whole, and the ball would roll
    for ever. What is it multiplied by at each step?
""")
MOMENTUM_STEP.slip(
    "momentum_thrown_away", {"momentum * velocity - learning_rate": "-learning_rate"}
).says("""
    The new velocity knows nothing of the old one, so this is the plain step of lesson 06. Which
    share of the old velocity is kept?
""")
MOMENTUM_STEP.slip("rate_twice", {"(velocity)": "(learning_rate * velocity)"}).says("""
    The velocity is right. But the variable moves by the learning rate times it, and the learning
    rate is in there already: such steps are far too short. How often should it come in?
""")
MOMENTUM_STEP.slip(
    "rate_in_the_end",
    {"learning_rate * slope": "slope", "(velocity)": "(learning_rate * velocity)"},
).says("""
    The variable moves much as it should, but the velocity is kept in other units: the learning rate
    comes in only when the variable moves. Some books do it that way. Where does the task bring it
    in?
""")
MOMENTUM_STEP.slip("rate_never", {"learning_rate * slope": "slope"}).says("""
    The learning rate plays no part: the whole slope goes into the velocity. What should the slope
    be multiplied by first?
""")
MOMENTUM_STEP.slip("slope_added", {"- learning_rate": "+ learning_rate"}).says("""
    The velocity is pushed uphill: the slope says where the loss grows. Which sign stands before
    the learning rate?
""")
MOMENTUM_STEP.slip("velocity_taken_off", {"assign_add": "assign_sub"}).says("""
    The velocity points downhill already, as the slope was taken off in it. Here it is taken off
    once more, and the variable goes uphill. Which way should it go along the velocity?
""")
MOMENTUM_STEP.slip(
    "both_signs_turned", {"- learning_rate": "+ learning_rate", "assign_add": "assign_sub"}
).says("""
    Two signs are turned: the velocity points uphill, and is then taken off. From a velocity of 0
    that comes to the same; from the one that was given it does not. Which way does the task's
    velocity point?
""")


@MOMENTUM_STEP.mistaken("""
    The variable moves by the old velocity, and only then the new one is computed. Which of the two
    lines has to come first?
""")
def old_velocity_used(variable, velocity, slope, learning_rate, momentum):
    variable.assign_add(velocity)
    velocity.assign(momentum * velocity - learning_rate * slope)


MOMENTUM_STEP.slip(
    "momentum_on_the_slope",
    {"velocity - learning_rate * slope": "(velocity - learning_rate * slope)"},
).says("""
    The momentum is applied to the slope, too. It says how much of the *old* velocity is kept; the
    new slope counts in full. Where do the brackets end?
""")
MOMENTUM_STEP.slip(
    "mixed_in_shares", {"- learning_rate": "- (1 - momentum) * learning_rate"}
).says("""
    This mixes the old velocity and the new step in shares that add up to one. Adam does that; here
    the new step counts in full. Which factor is one too many?
""")
MOMENTUM_STEP.slip(
    "plus_equals", {"variable.assign_add(velocity)": "variable += velocity"}
).says("""
    `+=` would put a tensor in the Variable's place, and TensorFlow refuses to do that. Which
    method adds something to a Variable, and leaves it a Variable?
""")
MOMENTUM_STEP.slip("assigned_velocity", {"assign_add": "assign"}).says("""
    The variable does not move by the velocity, it is replaced by it: where it stood before is
    lost. Which method adds?
""")


@MOMENTUM_STEP.right
def momentum_in_place(variable, velocity, slope, learning_rate, momentum):
    velocity.assign(velocity * momentum)
    velocity.assign_sub(learning_rate * slope)
    variable.assign(variable + velocity)


@MOMENTUM_STEP.right
def momentum_by_parts(variable, velocity, slope, learning_rate, momentum):
    kept = momentum * velocity
    step = kept - slope * learning_rate
    variable.assign_add(step)
    velocity.assign(step)
    return variable


# --- 8.3


class OurLoop(keras.Sequential):
    def train_step(self, data):
        inputs, outputs = data
        with tf.GradientTape() as tape:
            loss = mean_squared_error(self(inputs), outputs)
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(slopes, self.trainable_variables)
        return {"our_loss": loss}


def _compiled(cls):
    model = cls([keras.Input(shape=(1,)), keras.layers.Dense(1)])
    for weight, start in zip(model.weights, (4.0, -0.5), strict=True):
        weight.assign(tf.fill(weight.shape, start))
    step = keras.optimizers.SGD(learning_rate=0.05, momentum=0.5)
    model.compile(optimizer=step, loss="mse")  # With a loss, so that `compute_loss` works.
    model.optimizer.build(model.trainable_variables)  # As `fit` does before its first step.
    return model


def _of_ours(logs):
    """What a step returns; what else is in its dictionary is the learner's own affair."""
    return {"our_loss": logs["our_loss"]} if isinstance(logs, dict) and "our_loss" in logs else logs


def _numbers(model):
    return [float(tf.squeeze(weight)) for weight in model.weights]


DATA = (tf.constant([[1.0], [2.0], [4.0]]), tf.constant([[5.0], [9.0], [11.0]]))


def _two_steps(cls):
    model = _compiled(cls)
    returned = [_of_ours(model.train_step(DATA)) for _ in range(2)]
    return {"W and b after two steps": _numbers(model), "what two steps return": returned}


def _a_step_in_a_graph(cls):
    model = _compiled(cls)
    returned = _of_ours(tf.function(model.train_step)(DATA))
    return {"W and b after a step of `fit`": _numbers(model), "what such a step returns": returned}


OUR_LOOP = Class(
    id="8.3",
    title="Our step inside Keras",
    stub="""
class OurLoop(keras.Sequential):
    def train_step(self, data):
        # Your lines go here.
        return ...
""",
    solution=OurLoop,
    on_correct="""
        That is where your loop lives inside Keras: `fit` brings the batches, you step.
    """,
    hints="""
        It is the step of lesson 06, with the library's optimizer in the place of `assign_sub`.
        What was `model` there is `self` here.

        Four parts: a tape round prediction and loss; all slopes, asked for once; the optimizer
        applies them; the loss goes back in a dictionary.

        The prediction and the loss stand in the `with` block, all else below it. `apply` takes the
        slopes first and the list second. A dictionary is written with braces, a name, a colon and
        a value.
    """,
    cases=(
        Case(call=_two_steps, shows="W = 4, b = -0.5, three examples, SGD(0.05, momentum=0.5)"),
        Case(call=_a_step_in_a_graph, shows="the same, in a graph, where `fit` calls it"),
    ),
)


@OUR_LOOP.mistaken("""
    The loss is right and W and b stay where they are: the slopes are asked for, and nobody uses
    them. Who turns slopes into a step?
""")
class NothingApplied(OurLoop):
    def train_step(self, data):
        inputs, outputs = data
        with tf.GradientTape() as tape:
            loss = mean_squared_error(self(inputs), outputs)
        tape.gradient(loss, self.trainable_variables)
        return {"our_loss": loss}


@OUR_LOOP.mistaken("""
    The optimizer got nothing but None for slopes: inside the `with` block nothing leads from the
    weights to the loss. Which line has to move in there?
""")
class PredictedBeforeTheTape(OurLoop):
    def train_step(self, data):
        inputs, outputs = data
        predicted = self(inputs)
        with tf.GradientTape() as tape:
            loss = mean_squared_error(predicted, outputs)
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(slopes, self.trainable_variables)
        return {"our_loss": loss}


@OUR_LOOP.mistaken("""
    The step is taken as it should be, but nothing comes back, and `fit` has nothing to show. What
    should stand in the last line?
""")
class NothingReturned(OurLoop):
    def train_step(self, data):
        super().train_step(data)


@OUR_LOOP.mistaken("""
    The step is taken as it should be, and the loss comes back by itself. `fit` wants a dictionary,
    so that it knows what to call it. What makes one of a name and a value?
""")
class LossAlone(OurLoop):
    def train_step(self, data):
        return super().train_step(data)["our_loss"]


@OUR_LOOP.mistaken("""
    Everything is right but the name. Called `loss`, it would be replaced by a counter of Keras's
    own that nobody has filled, and `fit` would show 0. Which name does the task want?
""")
class CalledLoss(OurLoop):
    def train_step(self, data):
        return {"loss": super().train_step(data)["our_loss"]}


@OUR_LOOP.mistaken("""
    The step is taken as it should be, but the loss is computed once more, after it. `fit` shows
    losses from before the update. Which one is that in your code?
""")
class LossAfterTheStep(OurLoop):
    def train_step(self, data):
        super().train_step(data)
        inputs, outputs = data
        return {"our_loss": mean_squared_error(self(inputs), outputs)}


@OUR_LOOP.mistaken("""
    This takes its own steps of 0.1 times the slope, whatever optimizer `compile` was given. Here
    it was another learning rate, with momentum. Who knows about these?
""")
class StepOfItsOwn(OurLoop):
    def train_step(self, data):
        inputs, outputs = data
        with tf.GradientTape() as tape:
            loss = mean_squared_error(self(inputs), outputs)
        slopes = tape.gradient(loss, self.trainable_variables)
        for variable, slope in zip(self.trainable_variables, slopes, strict=True):
            variable.assign_sub(0.1 * slope)
        return {"our_loss": loss}


@OUR_LOOP.mistaken("""
    Two steps are taken where one was asked for: W and b go twice as far. How often is the
    optimizer called?
""")
class SteppedTwice(OurLoop):
    def train_step(self, data):
        super().train_step(data)
        return super().train_step(data)


@OUR_LOOP.mistaken("""
    The squares are added up and not averaged, so the steps grow with the number of examples. What
    makes a mean of them?
""")
class SumForMean(OurLoop):
    def train_step(self, data):
        inputs, outputs = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.square(self(inputs) - outputs))
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(slopes, self.trainable_variables)
        return {"our_loss": loss}


@OUR_LOOP.mistaken("""
    By hand it works, but `fit` runs the step in a graph, where tensors are plans and have no
    numbers yet. What can be returned instead of the number?
""")
class LossAsANumber(OurLoop):
    def train_step(self, data):
        return {"our_loss": super().train_step(data)["our_loss"].numpy()}


OUR_LOOP.slip(
    "VariablesBeforeSlopes",
    {
        "keras.Sequential": "OurLoop",
        "slopes, self.trainable_variables": "self.trainable_variables, slopes",
    },
).says("""
    The optimizer is given the weights for slopes, and the slopes for weights. In which order does
    `apply` take the two?
""")


@OUR_LOOP.mistaken("""
    This is made from another class than the stub's. A `keras.Sequential` is given its layers in a
    list when it is made; a `keras.Model` takes no list. Which of the two stands in the brackets of
    the stub's first line?
""")
class NotSequential(keras.Model):
    def train_step(self, data):
        return OurLoop.train_step(self, data)


@OUR_LOOP.right
class OurLoopByTheCompiledLoss(keras.Sequential):
    def train_step(self, data):
        inputs, outputs = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(y=outputs, y_pred=self(inputs, training=True))
        self.optimizer.apply(tape.gradient(loss, self.trainable_weights), self.trainable_weights)
        return {"our_loss": loss, "step": self.optimizer.iterations}


@OUR_LOOP.right
class OurLoopInPairs(keras.Sequential):
    def train_step(self, data):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((data[1] - self(data[0], training=True)) ** 2)
        weights = self.trainable_weights
        self.optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights, strict=True))
        return {"our_loss": loss}


@OUR_LOOP.right
class OurLoopByKeras(keras.Sequential):
    def train_step(self, data):
        inputs, outputs = data
        with tf.GradientTape() as tape:
            loss = keras.losses.MeanSquaredError()(outputs, self(inputs))
        self.optimizer.apply(tape.gradient(loss, self.trainable_variables))
        return {"our_loss": loss}


# --- 8.P4

ONLY_THE_WEIGHTS = Predict(
    id="8.P4",
    title="Weights into a fresh model",
    prompt=(
        "`save_weights` writes the half-trained model to a file, `load_weights` reads it into a "
        "fresh one, compiled in the same way. That one trains for the five epochs that are left. "
        "Where does it end?"
    ),
    choices={
        "a": "At the numbers of the training that was not interrupted.",
        "b": "At other numbers.",
        "c": "Nowhere: there is an error.",
    },
    answer="b",
    reason="""
        W and b are restored, but Adam begins anew, without the averages that it had gathered. The
        first five steps of a fresh Adam are other steps than its sixth to tenth.
    """,
    tempts="""
        a: W and b are what the model knows, and both are in the file. Data, loss and settings are
        the same as before.

        b: The weights are in the file. Is there anything else that a step of this optimizer depends
        on?

        c: A file is read into another object than the one that wrote it, and the file holds only a
        part of a model.
    """,
    feedback="""
        a: With plain gradient descent it would end there, because that remembers nothing. Adam does
        remember, and its memory stayed in the file.

        c: There is only a warning. The file can be read, the shapes fit, W and b are restored: to
        Keras all is well.
    """,
)


# --- 8.4


def must_be_saved():
    return ["a", "b", "c"]


def _in_any_order(answer):
    """The letters of a list, or of a text such as "a, b"; anything else as it is."""
    if type(answer) in (list, tuple, set):
        answer = "".join(each if type(each) is str else "?" for each in answer)
    if type(answer) is not str:
        return answer
    return " ".join(sorted(set(answer.lower()) - set(" ,;")))


WHAT_MUST_BE_SAVED = Value(
    id="8.4",
    title="What must be saved",
    stub="""
must_be_saved = ...  # replace the dots by a list of letters, such as ["a", "e"]
""",
    solution=must_be_saved,
    on_correct="""
        A resumed training needs all that a step reads and cannot compute anew.
    """,
    hints="""
        Go through one step of Adam in your mind. Which values does it read that an earlier step
        has left behind?

        Slopes and loss are computed at the beginning of each step, from the weights and the data.
        Adam's averages grow over many steps, and are a little too small in the first ones, for
        which Adam makes up.
    """,
    cases=(Case(call=_in_any_order),),
)
WHAT_MUST_BE_SAVED.mistake("weights_only", ["a"]).says("""
    The weights alone make a model that predicts the same, but not an Adam that steps the same.
    What does it carry over from one step to the next?
""")
WHAT_MUST_BE_SAVED.mistake("no_count_of_steps", ["a", "b"]).says("""
    Nearly. With these averages and the weights, the steps would still be of another length: Adam
    makes up for averages that are young. How does it know how young they are?
""")
WHAT_MUST_BE_SAVED.mistake("no_averages", ["a", "c"]).says("""
    Adam would know how many steps it had taken, and not what it had seen on them. What does it
    gather from the slopes?
""")
WHAT_MUST_BE_SAVED.mistake("averages_only", ["b"]).says("""
    Two parts are missing. Between the epochs the model has moved, and Adam has counted. Which two
    letters are these?
""")
WHAT_MUST_BE_SAVED.mistake("count_only", ["c"]).says("""
    A count alone resumes nothing. What has the training moved, and what has Adam gathered on the
    way?
""")
WHAT_MUST_BE_SAVED.mistake("slopes_for_the_count", ["a", "b", "d"]).says("""
    The last slopes are computed anew before a step reads them; something else is missing. Adam
    makes up for averages that are young. How does it know how young they are?
""")
WHAT_MUST_BE_SAVED.mistake("loss_for_the_count", ["a", "b", "e"]).says("""
    No step reads the last loss; something else is missing. Adam makes up for averages that are
    young. How does it know how young they are?
""")
WHAT_MUST_BE_SAVED.mistake("no_weights", ["b", "c"]).says("""
    All of Adam is there, and nothing of the model: it would begin at W = 5 and b = 0 again. What
    has moved during the first five epochs?
""")
WHAT_MUST_BE_SAVED.mistake("everything", ["a", "b", "c", "d", "e"]).says("""
    With all five it works, but two of them are not needed. Which two does the next step compute
    anew before it uses them?
""")
WHAT_MUST_BE_SAVED.mistake("slopes_too", ["a", "b", "c", "d"]).says("""
    It works, but one is not needed: the slopes are computed anew from the weights and the data,
    before anybody reads the old ones. Which letter is that?
""")
WHAT_MUST_BE_SAVED.mistake("loss_too", ["a", "b", "c", "e"]).says("""
    It works, but one is not needed: a loss is there to be looked at, and no step reads that of the
    step before. Which letter is that?
""")
WHAT_MUST_BE_SAVED.mistake("weights_and_slopes", ["a", "d"]).says("""
    The last slopes belong to weights that have moved since; the next step computes its own. What
    does Adam keep of *all* slopes so far?
""")
WHAT_MUST_BE_SAVED.mistake("weights_and_loss", ["a", "e"]).says("""
    The loss is a result; no step reads the one of the step before. What does Adam read that
    earlier steps have left behind?
""")
WHAT_MUST_BE_SAVED.right(["c", "a", "b"])
WHAT_MUST_BE_SAVED.right(("A", "B", "C"))
WHAT_MUST_BE_SAVED.right("a, b, c")


# --- 8.P5

THE_FIRST_STEP_OF_ADAM = Predict(
    id="8.P5",
    title="Adam's first step",
    prompt=(
        "At the start the slope for `W` is 54 and the one for `b` is -7. Adam's learning rate is "
        "0.2. How far do the two move in its first step?"
    ),
    choices={
        "a": "`W` moves about eight times as far as `b`.",
        "b": "Both by 0.2.",
        "c": "`b` moves farther, as its slope is gentler.",
    },
    answer="b",
    reason="""
        Adam divides each slope by the size that this slope usually has. In the first step the
        usual size is the size of this one slope, so only its sign is left: both move by the
        learning rate.
    """,
    tempts="""
        a: A step is the learning rate times the slope, and 54 is about eight times 7.

        b: Adam looks at how large a slope usually is. What is usual, when there was only one so
        far?

        c: Adam evens things out between steep and gentle directions, and might overdo it.
    """,
    feedback="""
        a: Plain gradient descent does that: a step is a multiple of the slope. Adam takes the
        size of the slope out before it steps.

        c: A gentle slope is no reason to go farther than the learning rate allows. Adam makes the
        two steps equal, but it does not turn them round.
    """,
)


# --- 8.P6

TOO_MUCH_MOMENTUM = Predict(
    id="8.P6",
    title="How much momentum",
    prompt=(
        "After 24 steps plain gradient descent has a loss of 2.7. Of momentum 0.5 and momentum "
        "0.95, which ends with a higher loss than that?"
    ),
    choices={
        "a": "Neither: what remembers is ahead of what forgets.",
        "b": "0.5 only.",
        "c": "0.95 only.",
    },
    answer="c",
    reason="""
        With 0.5 a push is soon forgotten, and the path follows the floor of the valley. With 0.95
        most of each push is kept: after 24 steps the path still swings through the valley, and
        ends high on one of its sides.
    """,
    tempts="""
        a: With 0.8 the path came closer to the star than plain descent. Memory seems to pay.

        b: 0.5 forgets half at each step: neither a fresh start nor a good memory.

        c: 0.95 keeps nearly everything. A ball that hardly slows down gets far, and past things,
        too.
    """,
    feedback="""
        a: Along the valley, yes. Across it the slopes change their sign, and what is
        remembered carries the path past the floor. How far does it with 0.95?

        b: Half of the velocity is lost at each step, so 0.5 swings little and soon stops. Which of
        the two paths was still far from the star in the end?
    """,
)
