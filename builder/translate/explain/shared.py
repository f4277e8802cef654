"""A layer that was made for one length gets another: calls of a shared layer, states of recurrent ones."""

from builder.translate.faults import Fault, Rule, Words, came_in


def _explain(fault: Fault) -> Words | None:
    match = fault.found(r"expected axis (-?\d+) of input shape to have value (\d+)")
    if not match or not fault.incoming:
        return None
    came = came_in(fault.incoming[:1])
    message = f"{fault.node} uses weights made for {match.group(2)} numbers in a row; {came} came in."
    return Words(message, "Bring both inputs of the shared layer to one shape.")


SHARED = Rule(41, _explain)
