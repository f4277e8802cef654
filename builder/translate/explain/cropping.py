"""More is cut off than there is."""

from builder.translate.faults import Fault, Rule, Words
from builder.translate.specs import shape_words


def _explain(fault: Fault) -> Words | None:
    if not fault.type.startswith("Cropping") or not fault.incoming or fault.refusal.making:
        return None
    left = shape_words(fault.incoming[0].sample)
    return Words(f"{fault.node} would cut everything off: only {left} came in.", "Cut less.", "cropping")


CROPPING = Rule(32, _explain)
