"""How large may a network be? Far above anything that trains here, and far below what would stop the machine."""

from collections.abc import Mapping
from math import prod

from builder.issues import Issue, IssueCode
from builder.translate.outcomes import Outcome, Weights
from builder.translate.plan import Step

MOST_PARAMS = 1_000_000_000
"""4 GB of weights, 16 GB with Adam's moments and gradients."""
MOST_NUMBERS = 250_000_000
"""Of one output for one row: 1 GB. The largest layer of VGG has 3.2 million."""


def of_call(step: Step, outcome: Outcome) -> Issue | None:
    """A layer whose weights or outputs are too large, with the argument that makes them so."""
    if outcome.weights.params > MOST_PARAMS and not step.is_again:
        found = f"{step.id} would hold {outcome.weights.params:,} parameters".replace(",", " ")
        return _too_large(step, f"{found}; at most {MOST_PARAMS // 10**6} million are built.")
    largest = max((_numbers(spec.sample) for spec in outcome.outputs), default=0)
    if largest > MOST_NUMBERS:
        found = f"{step.id} would put out {largest:,} numbers for each row".replace(",", " ")
        return _too_large(step, f"{found}; at most {MOST_NUMBERS // 10**6} million fit.")
    return None


def _numbers(shape: tuple[int | None, ...]) -> int:
    return prod(dim for dim in shape if dim is not None)


def _too_large(step: Step, message: str) -> Issue:
    name = _largest_argument(step)
    fix = f"Lower {name}." if name else "Make what comes in smaller first."
    return Issue(code=IssueCode.TOO_LARGE, node=step.id, argument=name, message=message, fix=fix)


def _largest_argument(step: Step) -> str | None:
    sizes: dict[str, float] = {}
    for name, value in {**step.holder.params, **step.node.args}.items():
        numbers = value if isinstance(value, list) else [value]
        whole = [abs(each) for each in numbers if isinstance(each, int) and not isinstance(each, bool)]
        sizes[name] = max(whole, default=0)
    large = {name: size for name, size in sizes.items() if size > 1}
    return max(large, key=lambda name: large[name]) if large else None


def of_network(held: Mapping[str, Weights]) -> list[Issue]:
    """The network as a whole, where no single layer is already too large."""
    total = sum(weights.params for weights in held.values())
    if total <= MOST_PARAMS or any(weights.params > MOST_PARAMS for weights in held.values()):
        return []
    largest = max(held, key=lambda path: held[path].params)
    message = f"The network would hold {total:,} parameters".replace(",", " ")
    return [
        Issue(
            code=IssueCode.TOO_LARGE,
            node=largest,
            message=f"{message}; at most {MOST_PARAMS // 10**6} million are built. {largest} holds most of them.",
            fix=f"Make {largest} smaller.",
        )
    ]
