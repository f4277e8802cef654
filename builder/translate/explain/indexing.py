"""A part is asked for along more axes than the tensor has."""

from builder.issues import IssueCode
from builder.translate.faults import Fault, Rule, Words, came_in


def _explain(fault: Fault) -> Words | None:
    if fault.type != "ops.get_item" or not fault.found(r"indices|out of (range|bounds)|[Ii]ndex"):
        return None
    message = f"{fault.node} asks for {fault.params.get('key')}, but {came_in(fault.incoming)} came in."
    return Words(message, "Name one place for each axis, the batch first.", "key", IssueCode.BAD_ARGUMENT)


INDEXING = Rule(36, _explain)
