"""An axis is named that the tensor does not have."""

from builder.issues import IssueCode
from builder.translate.faults import Fault, Rule, Words
from builder.translate.specs import things_words


def _explain(fault: Fault) -> Words | None:
    name = next((name for name in ("axis", "axes", "attention_axes") if name in fault.params), None)
    if name is None or not fault.incoming or fault.refusal.making:
        return None
    if not fault.found(r"out of (range|bounds)|IndexError|AxisError|axis|axes|KeyError|fully-defined"):
        return None
    rank = len(fault.incoming[0].shape)
    if rank == 1:
        came = things_words(fault.incoming[0])
        message = f"{fault.node} cannot work along {name} {fault.params[name]}; {came} came in."
        return Words(message, "There is no axis but the batch: bring rows of numbers.", name)
    came = things_words(fault.incoming[0])
    message = f"{fault.node} cannot work along {name} {fault.params[name]} of {came}."
    fix = (
        "Use 1 or -1: there is one axis (0 is the batch)."
        if rank == 2
        else f"Axes count from 1 to {rank - 1}; -1 is the last, 0 the batch."
    )
    return Words(message, fix, name, IssueCode.BAD_ARGUMENT)


AXES = Rule(40, _explain)
