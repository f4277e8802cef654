"""Do the arguments of one layer fit each other? Each rule looks at values that are fine by themselves."""

from collections.abc import Callable, Iterator, Mapping

from builder.catalog.faults import Fault
from builder.catalog.spec import LayerSpec, RelationSpec
from builder.catalog.vocabularies import LOOKUPS, VOCABULARY_RULES
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
    yield from (found for each in spec.relations if (found := _numbers_fault(each, values)))


def _stride_or_dilation(values: Values) -> Found:
    strides, dilation = _largest(values.get("strides")), _largest(values.get("dilation_rate"))
    if min(strides, dilation) <= 1:
        return None
    message = f"strides and dilation_rate cannot both be above 1; they are {strides} and {dilation}."
    return "dilation_rate", Fault(message, "Set one of them to 1.")


def _flash_without_dropout(values: Values) -> Found:
    if not values["flash_attention"] or not values["dropout"]:
        return None
    return "flash_attention", Fault(
        "flash_attention does not go with dropout.", "Set dropout to 0, or turn it off."
    )


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


def _padding_within_stride(values: Values) -> Found:
    padding, strides = values.get("output_padding"), values.get("strides")
    if padding is None or all(low < high for low, high in _aligned(padding, strides)):
        return None
    message = f"output_padding must be below strides; they are {shown(padding)} and {shown(strides)}."
    return "output_padding", Fault(message)


def _grid_of_two(values: Values) -> Found:
    grid = values["tile_grid_size"]
    if isinstance(grid, list | tuple):
        return None
    return "tile_grid_size", Fault(f"tile_grid_size must be two numbers, such as {grid}, {grid}; it is one.")


def _crop_or_pad(values: Values) -> Found:
    if not (values["crop_to_aspect_ratio"] and values["pad_to_aspect_ratio"]):
        return None
    return "pad_to_aspect_ratio", Fault("crop_to_aspect_ratio and pad_to_aspect_ratio cannot both be on.")


def _bins_one_way(values: Values) -> Found:
    if (values["bin_boundaries"] is None) != (values["num_bins"] is None):
        return None
    return "bin_boundaries", Fault("Give either bin_boundaries or num_bins, one of the two.")


def _mean_with_variance(values: Values) -> Found:
    mean, variance = values["mean"], values["variance"]
    if (mean is None) != (variance is None):
        return "variance", Fault(
            "mean and variance must be given together, or both left to the training rows."
        )
    if _count(mean) != _count(variance):
        return "variance", Fault(
            f"mean and variance must be equally long; they are {shown(mean)} and {shown(variance)}."
        )
    if values["axis"] is None and _count(mean) is not None:
        return "mean", Fault(
            "mean and variance are one number each when axis is empty.", "Set axis, or give one number."
        )
    return None


def _numbers_fault(relation: RelationSpec, values: Values) -> Found:
    """Two whole numbers that the catalogue relates to each other."""
    one, other = values.get(relation.argument), values.get(relation.other)
    if not isinstance(one, int) or not isinstance(other, int):
        return None
    found = f"they are {one} and {other}."
    if relation.kind == "divides" and one > 0 and other % one:
        return relation.argument, Fault(f"{relation.argument} must divide {relation.other} evenly; {found}")
    if relation.kind == "at_most" and one > other:
        return relation.argument, Fault(f"{relation.argument} cannot be above {relation.other}; {found}")
    return None


def _odd_window(values: Values) -> Found:
    size = values["kernel_size"]
    if all(
        isinstance(item, int) and item % 2 for item in (size if isinstance(size, list | tuple) else [size])
    ):
        return None
    return "kernel_size", Fault(f"kernel_size must be odd; it is {shown(size)}.")


def _count(value: object) -> int | None:
    """How many numbers a list has; None for a single number."""
    return len(value) if isinstance(value, list | tuple) else None


def _aligned(first: object, second: object) -> Iterator[tuple[int, int]]:
    """Entries of two arguments side by side; one number stands for every axis."""
    lists = [list(value) if isinstance(value, list | tuple) else [value] for value in (first, second)]
    length = max(map(len, lists))
    yield from zip(*(numbers * length if len(numbers) == 1 else numbers for numbers in lists), strict=False)


def _largest(value: object) -> int:
    numbers = value if isinstance(value, list | tuple) else [value]
    return max((item for item in numbers if isinstance(item, int)), default=1)


_RULES: tuple[tuple[Callable[[Values], Found], tuple[str, ...]], ...] = (
    (_stride_or_dilation, ()),
    (_flash_without_dropout, ("MultiHeadAttention", "GroupQueryAttention")),
    (_one_open_length, ("Reshape",)),
    (_each_axis_once, ("Permute",)),
    (_crop_or_pad, ("Resizing",)),
    (_grid_of_two, ("ContrastLimitedAdaptiveHistogramEqualization",)),
    (_bins_one_way, ("Discretization",)),
    (_mean_with_variance, ("Normalization",)),
    (_padding_within_stride, ()),
    *((rule, LOOKUPS) for rule in VOCABULARY_RULES),
    (_odd_window, ("RandomGaussianBlur",)),
)
