"""A length is not known before data comes, and no other reason was found."""

from builder.translate.faults import Fault, Rule, Words, came_in


def _explain(fault: Fault) -> Words | None:
    if fault.refusal.making or all(None not in spec.sample for spec in fault.incoming):
        return None
    message = f"{fault.node} must know every length; {came_in(fault.incoming)} came in."
    return Words(message, "Give the input a fixed shape, or pool over the unknown length first.")


OPEN_LENGTH = Rule(94, _explain)
