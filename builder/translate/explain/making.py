"""Keras does not make a layer with such an argument, for a reason that the catalogue does not know."""

from builder.issues import IssueCode
from builder.translate.faults import Fault, Rule, Words


def _explain(fault: Fault) -> Words | None:
    name = fault.refusal.culprit or _named(fault)
    if not fault.refusal.making or name is None:
        return None
    value = repr(fault.params.get(name))
    shown = value if len(value) <= 40 else value[:39] + "…"
    message = f"{fault.node} cannot be made with {name} {shown}."
    return Words(message, f"Choose another value for {name}.", name, IssueCode.BAD_ARGUMENT)


def _named(fault: Fault) -> str | None:
    """The argument that Keras' words name, longest name first."""
    names = sorted(fault.params, key=len, reverse=True)
    return next((name for name in names if name in fault.said), None)


MAKING = Rule(90, _explain)
