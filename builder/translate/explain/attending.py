"""Attention compares things that have different lengths."""

from builder.translate.faults import Fault, Rule, Words

_TYPES = ("Attention", "AdditiveAttention", "MultiHeadAttention", "GroupQueryAttention")


def _explain(fault: Fault) -> Words | None:
    if fault.type not in _TYPES or fault.refusal.making or not fault.incoming:
        return None
    if len(fault.incoming) < 2:
        return Words(
            f"{fault.node} takes at least 2 inputs: what asks, and what is looked at.", "Wire one more."
        )
    shapes = " and ".join(spec.words for spec in fault.incoming)
    return Words(
        f"{fault.node} cannot compare these: {shapes}.", "Bring them to the same number of features."
    )


ATTENDING = Rule(50, _explain)
