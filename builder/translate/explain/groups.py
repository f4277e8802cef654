"""Channels are dealt into groups that do not come out even."""

from builder.issues import IssueCode
from builder.translate.faults import Fault, Rule, Words


def _explain(fault: Fault) -> Words | None:
    if "groups" not in fault.params and fault.type != "GroupNormalization":
        return None
    if not fault.incoming or not fault.found(r"groups|divisible"):
        return None
    channels, groups = fault.incoming[0].sample[-1], fault.params.get("groups", 32)
    message = f"{fault.node} cannot deal {channels} channels into {groups} groups."
    fix = f"Use a number of groups that divides {channels}."
    return Words(message, fix, "groups", IssueCode.BAD_ARGUMENT)


GROUPS = Rule(34, _explain)
