"""Text, or true and false, come in where numbers are needed, or numbers where text is."""

from builder.translate.faults import Fault, Rule, Words


def _explain(fault: Fault) -> Words | None:
    if fault.found(r"^Numbers:"):
        return Words(f"{fault.node} needs text; numbers came in.", "Set the input's dtype to string.")
    if fault.found(r"^Switches:"):
        return Words(f"{fault.node} needs numbers; true and false came in.", "Insert ops.cast to float32.")
    if not fault.found(r"^Text:"):
        return None
    return Words(f"{fault.node} needs numbers; text came in.", "Insert StringLookup or TextVectorization.")


TEXT = Rule(11, _explain)
