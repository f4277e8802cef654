"""Weights depend on a length that is not known before data comes."""

from builder.translate.faults import Fault, Rule, Words, came_in


def _explain(fault: Fault) -> Words | None:
    if not fault.incoming or not fault.found(
        r"fully-defined|must be defined|should be defined|Found `?None`?"
    ):
        return None
    if all(None not in spec.sample for spec in fault.incoming):
        return None
    message = f"{fault.node} must know every length to make its weights; {came_in(fault.incoming)} came in."
    return Words(message, "Give the input a fixed shape, or pool over the unknown length first.")


UNKNOWN_LENGTH = Rule(33, _explain)
