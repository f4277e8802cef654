"""One value a row is taken, and several came in."""

from builder.translate.faults import Fault, Rule, Words, came_in


def _explain(fault: Fault) -> Words | None:
    if not fault.found(r"input rank must be 1 or the last|inputs should have shape `\(\)`"):
        return None
    what = "one text" if fault.type == "TextVectorization" else "one value"
    came = (
        f"{fault.incoming[0].words} texts"
        if what == "one text" and fault.incoming
        else came_in(fault.incoming)
    )
    return Words(f"{fault.node} takes {what} a row; {came} came in.", "Give its input shape 1.")


SINGLE_VALUES = Rule(35, _explain)
