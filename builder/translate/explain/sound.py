"""A piece of sound is longer than what came in."""

from builder.issues import IssueCode
from builder.translate.faults import Fault, Rule, Words

FRAME = 256
"""Keras' default."""


def _explain(fault: Fault) -> Words | None:
    if fault.type != "STFTSpectrogram" or not fault.found(r"output size would be zero or negative"):
        return None
    steps, frame = fault.incoming[0].sample[0], fault.params.get("frame_length", FRAME)
    message = f"{fault.node} looks at pieces of {frame} samples, but only {steps} came in."
    return Words(
        message, "Lower frame_length, or take longer sounds.", "frame_length", IssueCode.BAD_ARGUMENT
    )


SOUND = Rule(19, _explain)
