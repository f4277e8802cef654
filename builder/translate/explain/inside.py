"""A nested network cannot take what is wired into it."""

from builder.translate.faults import Fault, Rule, Words, came_in


def _explain(fault: Fault) -> Words | None:
    differs = fault.found(r"^Differs: (.*)")
    if differs:
        message = f"{fault.node} is drawn for {differs.group(1)}; {came_in(fault.incoming)} came in."
        return Words(message, "Change the input inside, or bring what comes in to that shape.")
    inside = fault.found(r"^Inside: (.*)")
    if inside:
        return Words(f"{fault.node} cannot take {came_in(fault.incoming)}. Inside: {inside.group(1)}")
    return None


INSIDE = Rule(5, _explain)
