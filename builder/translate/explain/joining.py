"""Several tensors are to become one, and their shapes do not go together."""

from builder.translate.faults import Fault, Rule, Words

_VERBS = {
    "Add": "add",
    "Subtract": "subtract",
    "Multiply": "multiply",
    "Average": "average",
    "Maximum": "compare",
    "Minimum": "compare",
    "Concatenate": "put side by side",
    "Dot": "multiply",
}
_MISFIT = r"incompatible|matching shapes|broadcast|axis values|same dtype|dimensions must|not match|Inner"


def _explain(fault: Fault) -> Words | None:
    verb = _VERBS.get(fault.type, "combine" if fault.type.startswith("ops.") else "")
    if not verb or (len(fault.incoming) < 2 and fault.type not in _VERBS):
        return None
    count = fault.found(r"exactly (\d+) inputs|at least (\d+) inputs?|list of (\d+)")
    if count or len(fault.incoming) < 2:
        wanted = next((int(group) for group in count.groups() if group), 2) if count else 2
        return Words(
            f"{fault.node} takes {wanted} inputs; {_wired(len(fault.incoming))}.", _count_fix(fault, wanted)
        )
    if "ops." not in fault.type and not fault.found(_MISFIT):
        return None
    shapes = [spec.words for spec in fault.incoming]
    number = "two" if len(shapes) == 2 else str(len(shapes))
    listed = f"{', '.join(shapes[:-1])} and {shapes[-1]}"
    return Words(f"{fault.node} cannot {verb} these {number}: {listed}.", _fix(fault))


def _wired(count: int) -> str:
    return f"{count} is wired" if count == 1 else f"{count} are wired"


def _count_fix(fault: Fault, wanted: int) -> str:
    return "Wire one more." if len(fault.incoming) < wanted else "Delete a wire, or join some of them first."


def _fix(fault: Fault) -> str:
    """What to change, from where the shapes differ."""
    first, second = fault.incoming[0].sample, fault.incoming[1].sample
    if fault.type == "ops.matmul":
        return "The last length of the first must be the last but one of the second."
    if len(first) != len(second):
        return "Bring both to the same number of axes, with Flatten or Reshape."
    if fault.type == "Concatenate":
        return "All lengths but the joined one must be equal: change axis, or one of the layers before."
    if first and first[:-1] == second[:-1]:
        how = "a Conv2D of 1×1" if len(first) == 3 else "a Dense layer"
        return f"Bring one to {first[-1]} with {how}."
    return "Bring both to the same shape first."


JOINING = Rule(30, _explain)
