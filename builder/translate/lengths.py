"""Is what comes in long enough, and has it as many channels as the layer can work with? Where Keras does not say.

Keras' symbolic check lets these pass, and the layer fails when it is run (Keras 3.15, found by
`benchmarks/false_accepts.py`). Lengths that are not known in advance are given the benefit of the doubt.
"""

from collections.abc import Callable, Mapping

from builder.catalog.spec import LayerSpec
from builder.issues import Issue, IssueCode
from builder.translate.plan import Step
from builder.translate.specs import Dim, Spec

Values = Mapping[str, object]
Words = tuple[str, str]
"""What is wrong, and what to do."""
COUNTING = ("multi_hot", "count", "tf_idf")
"""Output modes that count."""
_ENCODERS = frozenset({"CategoryEncoding", "Discretization", "Hashing", "IntegerLookup", "StringLookup"})


def issue(step: Step, spec: LayerSpec, came: Spec) -> Issue | None:
    """The first length that does not do; single numbers have none, but some layers cannot work with them."""
    values = {param.name: param.default for param in spec.params} | dict(step.holder.params)
    words = _of_single_numbers(spec, values) if len(came.shape) < 2 else _of_lengths(step, spec, values, came)
    if words is None:
        return None
    return Issue(code=IssueCode.SHAPE_MISMATCH, node=step.id, message=f"{step.id} {words[0]}", fix=words[1])


def _of_lengths(step: Step, spec: LayerSpec, values: Values, came: Spec) -> Words | None:
    return (
        _scores(step, came)
        or _channels(spec, values, came)
        or _shortest(spec, values, came)
        or (_RULES[spec.type](values, came) if spec.type in _RULES else None)
    )


def _of_single_numbers(spec: LayerSpec, values: Values) -> Words | None:
    """Keras takes one number a row for one row, and counts over all rows."""
    mode = values.get("output_mode")
    if spec.type not in _ENCODERS or not (mode in COUNTING or (mode == "one_hot" and spec.type == "Hashing")):
        return None
    message = f"takes all rows for one where single numbers come in and output_mode is {mode}."
    return message, "Give every row an axis with Reshape to 1, or choose another output_mode."


def _scores(step: Step, came: Spec) -> Words | None:
    """Scores of sequences within sequences come out with more axes than Keras announces."""
    if not step.node.args.get("return_attention_scores") or len(came.shape) <= 3:
        return None
    message = (
        "announces another shape for its scores than comes out, where more than steps × features come in."
    )
    return (
        message,
        "Turn return_attention_scores off, or bring what comes in to steps × features with Reshape.",
    )


def _channels(spec: LayerSpec, values: Values, came: Spec) -> Words | None:
    allowed = spec.channels
    if spec.type == "RandomColorJitter" and values["saturation_factor"] is values["hue_factor"] is None:
        allowed = ()
    if spec.type == "AugMix" and not values["all_ops"]:
        allowed = ()
    found = came.shape[1 if values.get("data_format") == "channels_first" else -1]
    if not allowed or found is None or found in allowed:
        return None
    wanted = " or ".join(map(str, allowed))
    message = f"works on images with {wanted} channel{'s' if allowed[-1] > 1 else ''}; {found} came in."
    return message, "Put it right behind the images, before their channels change."


def _shortest(spec: LayerSpec, values: Values, came: Spec) -> Words | None:
    short = [size for size in _lengths(values, came) if size is not None and size < (spec.shortest or 0)]
    if not short:
        return None
    return (
        f"needs lengths of {spec.shortest} or more; {short[0]} came in.",
        "Make what comes in larger first.",
    )


def _tiles(values: Values, came: Spec) -> Words | None:
    """The image is mirrored at its edge until tiles of equal size cover it; it can be mirrored once."""
    grid = values["tile_grid_size"]
    tiles = list(grid) if isinstance(grid, list | tuple) else [grid, grid]
    for size, count in zip(_lengths(values, came), tiles, strict=False):
        if size is not None and isinstance(count, int) and -(-size // count) * count - size > size:
            message = f"deals images into {count} tiles a side; {size} pixels are too few for that."
            return message, "Lower tile_grid_size, or make the images larger."
    return None


def _sound(values: Values, came: Spec) -> Words | None:
    """Half a transform is mirrored at both ends. One step short of a whole stride Keras announces a step too many."""
    length, window, stride = came.shape[-1], values["fft_length"], values["sequence_stride"]
    if length is None or not isinstance(window, int) or not isinstance(stride, int):
        return None
    if length <= window // 2:
        message = f"needs more than {window // 2} samples, half of fft_length; {length} came in."
        return message, "Lower fft_length, or take longer sounds."
    if (length + 1) % stride == 0:
        message = (
            f"announces a step too many where one sample is missing to a whole stride; {length} came in."
        )
        return message, f"Make the sounds {length + 1} long, or change sequence_stride."
    return None


def _lengths(values: Values, came: Spec) -> tuple[Dim, ...]:
    """All axes but batch and channels."""
    return came.shape[2:] if values.get("data_format") == "channels_first" else came.shape[1:-1]


def _equation(values: Values, came: Spec) -> Words | None:
    """Keras takes more axes than the equation names, and then announces another shape than comes out."""
    equation = str(values["equation"])
    named = equation.partition(",")[0].strip()
    if "..." in named or not named.isalpha() or len(named) == len(came.shape):
        return None
    found = f"{len(came.shape)} came in, with the batch."
    message = f"names {len(named)} axes of what comes in (equation {equation}); {found}"
    return message, "Name every axis in equation, or put ... for the ones in between."


def _counted(values: Values, came: Spec) -> Words | None:
    """Keras counts along the first axis behind the batch and announces that it counted along the last one."""
    mode = values["output_mode"]
    if mode not in COUNTING or len(came.shape) < 3:
        return None
    axes = len(came.shape) - 1
    message = f"announces another shape than comes out, where output_mode is {mode} and {axes} axes come in."
    return message, "Bring what comes in to one axis with Flatten, or set output_mode to int."


def _hashed(values: Values, came: Spec) -> Words | None:
    """Keras announces columns in place of the last axis; they come behind it, unless it has length 1."""
    if values["output_mode"] != "one_hot" or came.shape[-1] == 1:
        return _counted(values, came)
    length = "an unknown length" if came.shape[-1] is None else f"length {came.shape[-1]}"
    message = f"needs a last axis of length 1 where output_mode is one_hot; {length} came in."
    return message, "Add an axis of length 1 at the end with Reshape, or set output_mode to int."


_RULES: Mapping[str, Callable[[Values, Spec], Words | None]] = {
    "ContrastLimitedAdaptiveHistogramEqualization": _tiles,
    "EinsumDense": _equation,
    "Hashing": _hashed,
    "IntegerLookup": _counted,
    "MelSpectrogram": _sound,
    "StringLookup": _counted,
}
