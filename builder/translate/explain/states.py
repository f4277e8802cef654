"""A recurrent layer is given first states of another size, or too few of them; attention a mask of another size."""

from builder.translate.faults import Fault, Rule, Words
from builder.translate.specs import shape_words

_STATES = {"LSTM": 2, "GRU": 1, "SimpleRNN": 1}


def _explain(fault: Fault) -> Words | None:
    if fault.type in _STATES and len(fault.incoming) > 1:
        return _states(fault, _STATES[fault.type])
    if fault.type in ("MultiHeadAttention", "GroupQueryAttention") and fault.incoming[-1].dtype == "bool":
        return _mask(fault)
    return None


def _states(fault: Fault, count: int) -> Words:
    given, units = fault.incoming[1:], fault.params.get("units")
    what = "first state" if count == 1 else "first states"
    if len(given) != count:
        message = f"{fault.node} keeps {count} {what}; {len(given)} came in."
        return Words(message, "Wire as many as it keeps, or none.", "initial_state")
    sizes = ", ".join(shape_words(spec.sample) for spec in given)
    message = f"{fault.node} keeps {what} of {units} numbers; {sizes} came in."
    return Words(message, f"Bring them to {units} numbers with Dense, or change units.", "initial_state")


def _mask(fault: Fault) -> Words | None:
    query, value, mask = fault.incoming[0].sample, fault.incoming[1].sample, fault.incoming[-1].sample
    if len(query) < 2 or len(value) < 2 or mask[-2:] == (query[0], value[0]):
        return None
    wanted = shape_words((query[0], value[0]))
    message = f"{fault.node} needs a mask of {wanted}, query × value; {shape_words(mask)} came in."
    return Words(message, f"Bring attention_mask to {wanted}.", "attention_mask")


STATES = Rule(7, _explain)
"""After `inside`, before anything that guesses from Keras' words."""
