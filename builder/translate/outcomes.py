"""What came of calling one layer as a ghost? Remembered, since from edit to edit nearly all calls stay the same."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from math import prod

from builder.translate.faults import Refusal
from builder.translate.sizing.reach import Look, Reach
from builder.translate.specs import Spec


@dataclass(frozen=True, slots=True)
class Weights:
    """What a layer holds."""

    params: int = 0
    trainable: int = 0
    size_bytes: int = 0
    trainable_bytes: int = 0
    largest_bytes: int = 0
    """Of the largest trainable array."""

    def __add__(self, other: "Weights") -> "Weights":
        return Weights(
            self.params + other.params,
            self.trainable + other.trainable,
            self.size_bytes + other.size_bytes,
            self.trainable_bytes + other.trainable_bytes,
            max(self.largest_bytes, other.largest_bytes),
        )


@dataclass(frozen=True, slots=True)
class WeightArray:
    """One array of weights."""

    name: str
    """As `kernel`, or `query/kernel` where a layer has several."""
    shape: tuple[int, ...]
    dtype: str
    trainable: bool

    @property
    def count(self) -> int:
        """Numbers in it."""
        return prod(self.shape)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one call gives: outputs, weights and work; or Keras' refusal."""

    outputs: tuple[Spec, ...] = ()
    weights: Weights = Weights()
    flops: int | None = None
    refusal: Refusal | None = None
    kept_bytes: int | None = None
    """What one row keeps in memory until its gradients have passed; None: a length is unknown."""
    arrays: tuple[WeightArray, ...] = ()
    reach: Reach = Look.UNKNOWN
    """How far the call looks."""


class Cache:
    """Outcomes by what they depend on: type, arguments, constant call arguments and the specs that come in.

    Not by what lies upstream: an edit that keeps its output's shape stops there. Least recently used go first.
    """

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._outcomes: OrderedDict[Hashable, Outcome] = OrderedDict()
        self.misses = 0

    def __len__(self) -> int:
        return len(self._outcomes)

    def get(self, key: Hashable, make: Callable[[], Outcome]) -> Outcome:
        """The remembered outcome, or the one that `make` gives now."""
        outcome = self._outcomes.get(key)
        if outcome is not None:
            self._outcomes.move_to_end(key)
            return outcome
        self.misses += 1
        outcome = make()
        if outcome.refusal is not None and outcome.refusal.of_machine:
            return outcome  # asked again later, Keras may say yes
        self._outcomes[key] = outcome
        if len(self._outcomes) > self._most:
            self._outcomes.popitem(last=False)
        return outcome
