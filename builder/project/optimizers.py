"""Which optimizers are offered, with which arguments and in which ranges?

The names are Keras'; the ranges keep out what no run can mean (a rate of 0, a momentum of 1). A rate that is far too
large may be tried: the run says where it broke. Beyond 1e30 even float32 ends.
"""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue


class Optimizer(StrEnum):
    """Classes of `keras.optimizers` that a person can choose."""

    ADAM = "Adam"
    ADAMW = "AdamW"
    SGD = "SGD"
    RMSPROP = "RMSprop"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of an optimizer: a number in a range, or a switch."""

    default: float | bool
    low: float = 0.0
    high: float = 1.0
    low_allowed: bool = True
    high_allowed: bool = False
    help: str = ""

    def complaint(self, value: JsonValue) -> str | None:
        """What is wrong with `value`, as the end of a sentence, or None."""
        if isinstance(self.default, bool):
            return None if isinstance(value, bool) else "must be true or false"
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "must be a number"
        above = value >= self.low if self.low_allowed else value > self.low
        below = value <= self.high if self.high_allowed else value < self.high
        return None if above and below else f"must be {self.range_words}"

    @property
    def range_words(self) -> str:
        """The range in words: `above 0 and at most 100`."""
        low = "at least" if self.low_allowed else "above"
        high = "at most" if self.high_allowed else "below"
        return f"{low} {self.low:g} and {high} {self.high:g}"


RATE = Argument(0.001, 0.0, 1e30, low_allowed=False, high_allowed=True, help="Size of each step downhill.")
MOMENTUM = Argument(0.0, help="Share of the last step that is kept. 0.9 rolls through small dips.")
NESTEROV = Argument(False, help="Look ahead along the momentum before measuring the slope.")
DECAY = Argument(0.0, help="Share by which weights shrink at each step, times the learning rate.")
BETA_1 = Argument(0.9, help="Memory of the mean gradient.")
BETA_2 = Argument(0.999, help="Memory of the squared gradient.")
RHO = Argument(0.9, help="Memory of the squared gradient.")
CLIP = Argument(
    1.0, 0.0, 1e6, low_allowed=False, high_allowed=True, help="Longest gradient of one weight array."
)

ARGUMENTS: dict[Optimizer, dict[str, Argument]] = {
    Optimizer.ADAM: {"learning_rate": RATE, "beta_1": BETA_1, "beta_2": BETA_2, "clipnorm": CLIP},
    Optimizer.ADAMW: {
        "learning_rate": RATE,
        "weight_decay": Argument(0.004, help=DECAY.help),
        "beta_1": BETA_1,
        "beta_2": BETA_2,
        "clipnorm": CLIP,
    },
    Optimizer.SGD: {
        "learning_rate": Argument(0.01, 0.0, 1e30, low_allowed=False, high_allowed=True, help=RATE.help),
        "momentum": MOMENTUM,
        "nesterov": NESTEROV,
        "weight_decay": DECAY,
        "clipnorm": CLIP,
    },
    Optimizer.RMSPROP: {"learning_rate": RATE, "rho": RHO, "momentum": MOMENTUM, "clipnorm": CLIP},
}


def as_numbers(optimizer: Optimizer, params: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """The arguments with whole numbers made fractions: a browser writes 1.0 as 1, and Keras takes only the former."""
    known = ARGUMENTS[optimizer]
    return {name: _fraction(value, known[name]) for name, value in params.items()}


def _fraction(value: JsonValue, argument: Argument) -> JsonValue:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return float(str(value)) if is_whole and not isinstance(argument.default, bool) else value


def complaint(optimizer: Optimizer, params: dict[str, JsonValue]) -> str | None:
    """What is wrong with the arguments given to an optimizer, in one sentence, or None."""
    known = ARGUMENTS[optimizer]
    for name, value in params.items():
        if name not in known:
            return f"{optimizer} has no argument {name[:40]!r}; it has {', '.join(known)}"
        wrong = known[name].complaint(value)
        if wrong:
            return f"{name} {wrong}; it is {str(value)[:40]}"
    return None
