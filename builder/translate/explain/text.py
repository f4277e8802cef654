"""Text comes in where numbers are needed."""

from builder.translate.faults import Fault, Rule, Words


def _explain(fault: Fault) -> Words | None:
    if not fault.found(r"^Text:"):
        return None
    return Words(f"{fault.node} needs numbers; text came in.", "Insert StringLookup or TextVectorization.")


TEXT = Rule(11, _explain)
