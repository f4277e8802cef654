"""A nested network cannot take what is wired into it, or gives something else than it says."""

from builder.translate.faults import Fault, Rule, Words, came_in
from builder.translate.specs import shape_words


def _explain(fault: Fault) -> Words | None:
    differs = fault.found(r"^Differs: (.*)")
    if differs:
        message = f"{fault.node} is drawn for {differs.group(1)}; {came_in(fault.incoming)} came in."
        return Words(message, "Change the input inside, or bring what comes in to that shape.")
    announced = fault.found(r"Announced: (\S+(?: number)?) but (\S+(?: number)?)")
    if announced:
        message = f"{fault.node} announces {announced.group(1)}, and {announced.group(2)} comes out of it."
        return Words(message, "Change the lengths that come in, or take another layer.")
    within = fault.found(r"^Within: (.*)")
    if within:
        return Words(f"Inside {fault.node}: {within.group(1)}", "Change the network inside.", "layer")
    other = fault.found(
        r"Input 0 .*incompatible with the layer: expected shape=\((.*?)\), found shape=\((.*?)\)"
    )
    if other:
        wanted, came = (shape_words(_lengths(text)[1:]) for text in other.groups())
        message = f"The network inside {fault.node} is drawn for {wanted}; it would get {came}."
        return Words(message, "Change the input inside, or bring what comes in to that shape.")
    inside = fault.found(r"^Inside: (.*)")
    if inside:
        return Words(f"{fault.node} cannot take {came_in(fault.incoming)}. Inside: {inside.group(1)}")
    return None


def _lengths(text: str) -> list[int | None]:
    """Keras' `None, 6` as lengths."""
    parts = [part.strip() for part in text.split(",")]
    return [int(part) if part.isdigit() else None for part in parts if part]


INSIDE = Rule(5, _explain)
