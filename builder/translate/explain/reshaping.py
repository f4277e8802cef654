"""Numbers are to be laid out in a shape that does not hold as many."""

from math import prod

from builder.translate.faults import Fault, Rule, Words
from builder.translate.specs import shape_words


def _explain(fault: Fault) -> Words | None:
    if not fault.incoming or not fault.found(
        r"total size of the tensor|target_shape|cannot reshape|newshape"
    ):
        return None
    name = "newshape" if fault.type == "ops.reshape" else "target_shape"
    target = fault.params.get(name)
    sizes = tuple(size for size in target if isinstance(size, int)) if isinstance(target, list) else ()
    came = fault.incoming[0].sample
    if None in came:
        return Words(f"{fault.node} cannot lay out {shape_words(came)} as {shape_words(sizes)}.", None, name)
    count = prod(dim for dim in came if dim is not None)
    message = f"{fault.node} cannot turn {count} numbers ({shape_words(came)}) into {shape_words(sizes)}."
    return Words(message, f"The lengths must multiply to {count}; one of them may be -1.", name)


RESHAPING = Rule(31, _explain)
