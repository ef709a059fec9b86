"""What error messages mean, in plain words. The first pattern that fits is taken."""

import re

from exercises.engine.run import Raised

_NO_SLOPE = (
    "Something here is None. If it is a gradient: the tape gives None when it saw no way from the "
    "Variable to the loss, because the prediction was computed outside the tape, for example. If "
    "it came from a function: that function has no `return`."
)
_TENSOR_IS_FIXED = (
    "A tensor never changes after it was made. Only a tf.Variable can be given new values; from a "
    "tensor one computes a new tensor."
)
_TWO_DTYPES = (
    "Two different dtypes meet, and TensorFlow does not convert by itself. `tf.cast(x, dtype)` "
    "does, and `x.dtype` shows what x has."
)

_NOT_A_POWER = (
    "In Python `^` is not *to the power of*: it combines the bits of whole numbers. A power is "
    "written `**`, a square also `x * x`."
)

_TWO_UNDERSCORES = (
    "Python finds `__init__` and `__call__` only with two underscores on each side. Is yours "
    "written so?"
)
_SINGLE = "This is a single thing: there is nothing inside to go through or to count."
_WHOLE_NUMBER = "A whole number is wanted: 3, not 3.0; `//` divides to whole numbers."

_MEANINGS: tuple[tuple[str, str], ...] = (
    (r"BitwiseXor|not in the list of allowed values: int8, int16|for \^: ", _NOT_A_POWER),
    (r"`var(?:iable)? \S= value`", "Python's `-=` would put a tensor in the Variable's place. "
     "`assign_sub` changes the Variable itself."),
    (r"Cannot broadcast input shape \[(.*?)\] into final shape \[(.*?)\]",
     "A value of shape [{0}] was to be written into a place of shape [{1}]."),
    (r"must match dimensions", "The updates do not have the shape of the rows they are meant for."),
    (r"context manager protocol", "`with` wants an object. Are there brackets missing after the "
     "name of a class?"),
    (r"exceptions must derive from", "Only an error can be raised: `raise ValueError(\"text\")`."),
    (r"shape must be a vector of", "A shape is a list, also for one axis: `[num_examples]`."),
    (r"seed must have shape \[2\]", "The seed is two numbers in a list."),
    (r"slice indices must be integers|integers or slices, not float|'float' object cannot be inter"
     r"|valid indices, got (?:-?\d|np\.float|<tf\.Tensor: shape=\(\), dtype=float)", _WHOLE_NUMBER),
    (r"[Cc]annot be interpreted as an integer", "One whole number is wanted, to count up to. A "
     "list can be gone through directly: `for row in rows`."),
    (r"[Oo]nly integers, slices", "Square brackets take a number, a slice or `:` for each axis; a "
     "list or a range picks nothing here."),
    (r"has no attribute '_id'", "The tape was handed a plain number; it needs a tensor or a "
     "Variable."),
    (r"does not support item assignment", _TENSOR_IS_FIXED),
    (r"Tensor' object has no attribute '(assign|scatter)\w*'", _TENSOR_IS_FIXED
     + " Anything computed from a Variable, such as `v + 1`, is a tensor."),
    (r"'NoneType' object has no attribute '(append|extend|insert)'", "`{0}` changes the list and "
     "gives back None: do not write `losses =` or `return` before it."),
    (r"NoneType|value \(None\)|None values not supported", _NO_SLOPE),
    (r"IndexedSlices", "This gradient is sparse (a tf.IndexedSlices): it holds only the rows that "
     "were used, and cannot be multiplied as a whole. Its `values` and `indices` can be used."),
    (r"Cannot assign value to variable.*shape \((.*?)\), and .* shape \((.*?)\)",
     "A Variable keeps its shape. This one has shape [{0}] and was given a value of shape [{1}]."),
    (r"(?:Incompatible shapes:|shapes) [\[(](.*?)[\])] (?:vs\. )?[\[(](.*?)[\])]",
     "The shapes [{0}] and [{1}] do not fit together, number by number. `.shape` shows what each "
     "value has on the way there."),
    (r"Matrix size-incompatible|ndims must be|Dimensions must be equal|[Ss]hapes? .*"
     r"(compatible|must|equal)|requested shape has|Ranks of all input|[Nn]on-rectangular",
     "Shapes that do not fit together meet here. `.shape` shows what each value has."),
    (r"was expected to be an? (\w+) tensor but is an? (\w+) tensor",
     "{An[0]} tensor meets {an[1]} tensor. " + _TWO_DTYPES),
    (r"same dtype|conversion requested dtype|not in the list of allowed values", _TWO_DTYPES),
    (r"Cannot convert (\S+) to EagerTensor of dtype (\w+)",
     "{0} cannot become part of {an[1]} tensor. Whole numbers such as `1` make an int32 tensor; "
     "`1.0` makes a float32 one, and a tensor or Variable keeps the dtype it was made with."),
    (r"name '(\w+)' is not defined", "Nothing is called `{0}` here. Is it spelled like that where "
     "it is made, and was that cell run?"),
    (r"local variable '(\w+)'", "`{0}` is used before this function has given it a value. A name "
     "that is assigned anywhere in a function is the function's own."),
    (r"\w+\(\) takes no arguments",
     "The class is given something, and has no `__init__` that could take it. " + _TWO_UNDERSCORES),
    (r"\b(Module|Layer|Model)\.__init__\(\) (?:takes|got)",
     "What was given went to the `__init__` of `{0}`, which does not know it. " + _TWO_UNDERSCORES),
    (r"[Mm]issing (?:\d+ )?required|takes .*positional argument|unexpected keyword",
     "Something is called with more or fewer arguments than it takes."),
    (r"non-persistent GradientTape", "A tape answers once. Ask it for all gradients in one call, "
     "`tape.gradient(loss, [W, b])`. Or it was never started: it records only inside `with "
     "tf.GradientTape() as tape:`."),
    (r"truth value|as a Python `?bool|converted to boolean|using a .*Tensor.* as a",
     "Python wants one yes or no (for `if`, `while`, `and`), and gets a whole tensor of them."),
    (r"singleton tf\.Variable", "A tf.function runs its Python code again when it needs a new "
     "graph, so Variables are made once, outside of it."),
    (r"converted to Python scalars", "One Python number is wanted from a tensor that has many."),
    (r"module '(\w+)\S*' has no attribute '(\w+)'", "`{0}` has nothing that is called `{1}`. Is "
     "it spelled correctly?"),
    (r"'([\w.]+)' object has no attribute '(\w+)'", "There is nothing called `{1}` in an object of "
     "type {0}. Is it spelled correctly, and is the object what you take it for?"),
    (r"'(?!\w*(?:Tensor|Variable|TensorShape|Tape|Slices|DType|Type)')([A-Z]\w*)' object is not "
     r"callable", "An object of the class `{0}` is called like a function, and the class has no "
     "`__call__`. " + _TWO_UNDERSCORES),
    (r"'([\w.]+)' object is not callable", "Round brackets after a name call it, and a thing of "
     "type {0} is not a function. Is a `*` or a comma missing, or is it a square bracket?"),
    (r"'([\w.]+)' object is not subscriptable", "{An[0]} has no parts to pick with `[...]`."),
    (r"iterate over a scalar", _SINGLE + " If it came from a tape: did you pass the Variables "
     "as one list, `[model.W, model.b]`?"),
    (r"'([\w.]+)' object is not iterable|no `len\(\)`|len\(\) of|over a scalar|0-d",
     _SINGLE),
    (r"unsupported operand type\(s\) for (\S+?):? '(?:\w+' and ')?TensorShape'",
     "A shape is a row of sizes, and knows no `{0}`. Pick one size: `table.shape[1]`."),
    (r"unsupported operand type\(s\) for (\S+?):? '(\w+)' and '(\w+)'",
     "{An[1]} and {an[2]} know no `{0}` between them. Lists and tuples do no arithmetic; "
     "tensors do."),
    (r"out of bounds|out of range|is not in \[", "It reaches for a place that is not there. The "
     "first place is 0, the last one is the length minus 1."),
)  # fmt: skip

_BY_TYPE: dict[type[BaseException], str] = {
    RecursionError: "The function calls itself, and that call calls itself, without an end.",
    SystemExit: "It ends the program instead of returning. A notebook's code never needs that.",
    NotImplementedError: "There is still a place to be filled in, marked by this error.",
    ZeroDivisionError: "It divides by zero.",
    KeyError: "It looks up a key that is not there.",
    AssertionError: "One of your own `assert` lines does not hold.",
    ImportError: "It imports something that is not installed here or is called otherwise.",
    MemoryError: "It needs more memory than there is. Does a shape grow along the way?",
}


def meaning(raised: Raised) -> str:
    """The sentence for an error, or "" where only its own message can speak."""
    for pattern, sentence in _MEANINGS:
        found = re.search(pattern, raised.message)
        if found:
            groups = [(group or "").strip(", ") for group in found.groups()]
            an = [_with_article(group) for group in groups]
            return sentence.format(*groups, an=an, An=[each[:1].upper() + each[1:] for each in an])
    for kind, sentence in _BY_TYPE.items():
        if issubclass(raised.kind, kind):
            return sentence
    return ""


def _with_article(word: str) -> str:
    return f"{'an' if word[:1] in set('aeioAEIO') else 'a'} {word}"
