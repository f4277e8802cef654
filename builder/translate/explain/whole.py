"""Whole numbers come in where the layer computes with fractions."""

from builder.translate.faults import Fault, Rule, Words


def _explain(fault: Fault) -> Words | None:
    if not fault.found(r"^Whole:|has DataType u?int"):
        return None
    message = f"{fault.node} computes with fractions; whole numbers ({fault.incoming[0].dtype}) came in."
    return Words(message, "Insert Rescaling, or set the input's dtype to float32.")


WHOLE = Rule(12, _explain)
