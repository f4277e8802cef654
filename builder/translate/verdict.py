"""What is wrong with a call, once it is known what comes in? The catalogue, Keras and the limits are asked in turn."""

from builder.catalog.spec import LayerSpec
from builder.issues import Issue, IssueCode
from builder.translate import faults, lengths, limits
from builder.translate.faults import Fault, Refusal
from builder.translate.outcomes import Outcome
from builder.translate.plan import Step
from builder.translate.specs import Spec
from builder.translate.wiring import Tensor

RANK = "Rank:"
TEXT = "Text:"
NUMBERS = "Numbers:"
WHOLE = "Whole:"
SWITCHES = "Switches:"


def before(step: Step, incoming: tuple[Spec, ...]) -> Issue | None:
    """What the catalogue demands and Keras' symbolic check lets pass (FACTS of Keras: 390 of 1419 pairs)."""
    spec = step.spec
    if spec is None or not incoming:
        return None
    rank, low, high = len(incoming[0].shape), spec.min_rank, spec.max_rank
    if (low is not None and rank < low) or (high is not None and rank > high):
        return _refused(step, incoming, Refusal(f"{RANK} {low or ''},{high or ''}", making=False))
    for came in incoming if spec.inputs[0].many else incoming[:1]:
        kind = _kind(spec, came.dtype)
        if kind:
            return _refused(step, incoming, Refusal(kind, making=False))
    return lengths.issue(step, spec, incoming[0])


def _kind(spec: LayerSpec, dtype: str) -> str | None:
    """What is wrong with the kind of number that comes in."""
    if dtype == "string":
        return TEXT if spec.dtype in ("float", "int") else None
    if spec.dtype == "string":
        return NUMBERS
    if dtype == "bool" and spec.dtype != "any" and not spec.takes_bool:
        return SWITCHES
    is_whole = dtype.startswith(("int", "uint", "bool"))
    return WHOLE if is_whole and spec.dtype == "float" and not spec.takes_whole else None


def after(step: Step, incoming: tuple[Spec, ...], outcome: Outcome) -> Issue | None:
    """What Keras refused, or what is beyond all bounds."""
    if outcome.refusal is not None:
        return _refused(step, incoming, outcome.refusal)
    return limits.of_call(step, outcome)


def _refused(step: Step, incoming: tuple[Spec, ...], refusal: Refusal) -> Issue:
    sources = tuple(tensor.node for tensor in step.tensors)
    params = dict(step.holder.params) | dict(step.node.args)
    fault = Fault(step.id, step.spec.type if step.spec else "Model", params, incoming, sources, refusal)
    return faults.issue(fault, step.id)


def no_such_output(step: Step, tensor: Tensor, prefix: str) -> Issue:
    """A wire that begins at an output which the layer does not have."""
    return Issue(
        code=IssueCode.DANGLING_EDGE,
        node=prefix + step.id,
        argument="edges",
        message=f"A wire takes output {tensor.port} of {tensor.node}, which has fewer (they count from 0).",
        fix="Delete the wire, or take output 0.",
    )
