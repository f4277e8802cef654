"""Do the arguments of one layer fit each other? Each rule looks at values that are fine by themselves."""

from collections.abc import Callable, Iterator, Mapping

from builder.catalog.spec import LayerSpec
from builder.catalog.values import Fault
from builder.catalog.words import shown

Found = tuple[str, Fault] | None
Values = Mapping[str, object]


def relation_faults(spec: LayerSpec, params: Values) -> Iterator[tuple[str, Fault]]:
    """Pairs of argument and fault, for arguments that do not fit each other."""
    values = {param.name: params.get(param.name, param.default) for param in spec.params}
    for rule, types in _RULES:
        found = rule(values) if not types or spec.type in types else None
        if found:
            yield found


def _stride_or_dilation(values: Values) -> Found:
    strides, dilation = _largest(values.get("strides")), _largest(values.get("dilation_rate"))
    if min(strides, dilation) <= 1:
        return None
    message = f"strides and dilation_rate cannot both be above 1; they are {strides} and {dilation}."
    return "dilation_rate", Fault(message, "Set one of them to 1.")


def _groups_share_filters(values: Values) -> Found:
    filters, groups = values.get("filters"), values.get("groups")
    if not isinstance(filters, int) or not isinstance(groups, int) or filters % groups == 0:
        return None
    return "groups", Fault(f"groups must divide filters evenly; they are {groups} and {filters}.")


def _heads_share_keys(values: Values) -> Found:
    heads, keys = values["num_query_heads"], values["num_key_value_heads"]
    if not isinstance(heads, int) or not isinstance(keys, int) or heads % keys == 0:
        return None
    message = f"num_key_value_heads must divide num_query_heads evenly; they are {keys} and {heads}."
    return "num_key_value_heads", Fault(message)


def _one_open_length(values: Values) -> Found:
    shape = values["target_shape"]
    if not isinstance(shape, list | tuple) or list(shape).count(-1) <= 1:
        return None
    message = f"target_shape can leave one length open with \N{MINUS SIGN}1; it is {shown(shape)}."
    return "target_shape", Fault(message)


def _each_axis_once(values: Values) -> Found:
    dims = values["dims"]
    order = list(dims) if isinstance(dims, list | tuple) else [dims]
    if sorted(map(str, order)) == sorted(str(i + 1) for i in range(len(order))):
        return None
    return "dims", Fault(f"dims must name each axis from 1 to {len(order)} once; it is {shown(dims)}.")


def _crop_or_pad(values: Values) -> Found:
    if not (values["crop_to_aspect_ratio"] and values["pad_to_aspect_ratio"]):
        return None
    return "pad_to_aspect_ratio", Fault("crop_to_aspect_ratio and pad_to_aspect_ratio cannot both be on.")


def _bins_one_way(values: Values) -> Found:
    if (values["bin_boundaries"] is None) != (values["num_bins"] is None):
        return None
    return "bin_boundaries", Fault("Give either bin_boundaries or num_bins, one of the two.")


def _mean_with_variance(values: Values) -> Found:
    if (values["mean"] is None) == (values["variance"] is None):
        return None
    return "variance", Fault("mean and variance must be given together, or both left to the training rows.")


def _words_once(values: Values) -> Found:
    vocabulary = values["vocabulary"]
    if not isinstance(vocabulary, list | tuple) or len(set(vocabulary)) == len(vocabulary):
        return None
    seen: set[object] = set()
    twice = next(word for word in vocabulary if word in seen or seen.add(word))  # type: ignore[func-returns-value]
    return "vocabulary", Fault(f"vocabulary must hold each entry once; {shown(twice)} stands there twice.")


def _odd_window(values: Values) -> Found:
    size = values["kernel_size"]
    if all(
        isinstance(item, int) and item % 2 for item in (size if isinstance(size, list | tuple) else [size])
    ):
        return None
    return "kernel_size", Fault(f"kernel_size must be odd; it is {shown(size)}.")


def _largest(value: object) -> int:
    numbers = value if isinstance(value, list | tuple) else [value]
    return max((item for item in numbers if isinstance(item, int)), default=1)


_RULES: tuple[tuple[Callable[[Values], Found], tuple[str, ...]], ...] = (
    (_stride_or_dilation, ()),
    (_groups_share_filters, ("Conv1D", "Conv2D", "Conv3D")),
    (_heads_share_keys, ("GroupQueryAttention",)),
    (_one_open_length, ("Reshape",)),
    (_each_axis_once, ("Permute",)),
    (_crop_or_pad, ("Resizing",)),
    (_bins_one_way, ("Discretization",)),
    (_mean_with_variance, ("Normalization",)),
    (_words_once, ("StringLookup", "IntegerLookup", "TextVectorization")),
    (_odd_window, ("RandomGaussianBlur",)),
)
