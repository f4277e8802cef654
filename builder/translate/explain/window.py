"""A window is larger than what is left of the image or sequence."""

from builder.translate.faults import Fault, Rule, Words
from builder.translate.specs import Dim, shape_words


def _explain(fault: Fault) -> Words | None:
    if not fault.incoming or not fault.found(
        r"output size would be zero or negative|Negative dimension size"
    ):
        return None
    argument = "pool_size" if "Pool" in fault.type else "kernel_size"
    left = _lengths(fault)
    size = _sizes(fault, argument, len(left))
    message = f"{fault.node} looks at {shape_words(size)}, but only {shape_words(left)} is left."
    smaller = _smaller(left, odd=argument == "kernel_size")
    fix = (
        f"Use {shape_words(smaller)} or padding same."
        if min(smaller) > 1
        else "Use padding same, or leave it out."
    )
    return Words(message, fix, argument)


def _lengths(fault: Fault) -> tuple[Dim, ...]:
    sample = fault.incoming[0].sample
    return sample[1:] if fault.params.get("data_format") == "channels_first" else sample[:-1]


def _sizes(fault: Fault, argument: str, axes: int) -> tuple[int, ...]:
    """How far one window reaches, gaps of a dilated kernel included."""
    windows = _each(fault.params.get(argument, 2), axes)
    gaps = _each(fault.params.get("dilation_rate", 1), axes)
    return tuple(1 + (window - 1) * gap for window, gap in zip(windows, gaps, strict=True))


def _each(value: object, axes: int) -> tuple[int, ...]:
    numbers = [part for part in (value if isinstance(value, list) else [value]) if isinstance(part, int)]
    return tuple(numbers) if len(numbers) == axes else tuple((numbers or [1])[:1] * axes)


def _smaller(left: tuple[Dim, ...], odd: bool) -> tuple[int, ...]:
    most = [3 if dim is None else min(dim, 3) for dim in left]
    return tuple(max(1, size - (size % 2 == 0)) if odd else min(size, 2) for size in most)


WINDOW = Rule(20, _explain)
