"""An initializer or regularizer works on tables of numbers, and these are rows or blocks."""

from builder.issues import IssueCode
from builder.translate.faults import Fault, Rule, Words


def _explain(fault: Fault) -> Words | None:
    if fault.found(r"Inputs to OrthogonalRegularizer must have rank 2"):
        message = f"The orthogonal regularizer of {fault.node} works on tables of numbers; this is none."
        return Words(message, "Choose l2 instead.", _regularizer(fault), IssueCode.BAD_ARGUMENT)
    identity = fault.found(r"Identity matrix initializer can only be used for 2D")
    if not identity and not fault.found(r"tensor to initialize must be at least two-dimensional"):
        return None
    name, wanted = ("identity", "plain tables") if identity else ("orthogonal", "tables")
    argument = next(iter(_holding(fault, name)), None)
    message = f"The {name} initializer of {fault.node} makes {wanted} of numbers; these weights are none."
    fix = "Choose glorot_uniform, or zeros for constants."
    return Words(message, fix, argument, IssueCode.BAD_ARGUMENT)


def _holding(fault: Fault, name: str) -> list[str]:
    """The arguments that hold this initializer."""
    return [key for key, value in fault.params.items() if name in str(value).lower() and "initializer" in key]


def _regularizer(fault: Fault) -> str | None:
    held = (
        key
        for key, value in fault.params.items()
        if "regularizer" in key and "orthogonal" in str(value).lower()
    )
    return next(held, None)


INITIALIZERS = Rule(6, _explain)
