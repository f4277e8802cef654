"""Is this a number, and within the limits of its argument? For any value at all; true and false are no numbers."""

from builder.catalog.limits import LARGEST_FLOAT
from builder.catalog.spec import ParamSpec


def whole(value: object) -> bool:
    """Whether this is a whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def real(value: object) -> bool:
    """Whether this is a number that float32 can hold; NaN and infinity are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return -LARGEST_FLOAT <= value <= LARGEST_FLOAT


def below(spec: ParamSpec, value: object) -> bool:
    """Whether a number is under the smallest one that the argument takes."""
    return spec.minimum is not None and isinstance(value, int | float) and value < spec.minimum


def above(spec: ParamSpec, value: object) -> bool:
    """Whether a number is over the largest one that the argument takes."""
    return spec.maximum is not None and isinstance(value, int | float) and value > spec.maximum


def in_range(spec: ParamSpec, value: object) -> bool:
    """Whether this is a number that the argument takes."""
    return real(value) and not below(spec, value) and not above(spec, value)
