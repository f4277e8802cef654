"""Do the arguments of a layer with a vocabulary fit each other?"""

from collections.abc import Mapping

from builder.catalog.faults import Fault
from builder.catalog.words import shown

LOOKUPS = ("StringLookup", "IntegerLookup", "TextVectorization")
UNKNOWN, NOTHING = "[UNK]", ""
"""What TextVectorization puts for words that it does not know, and where a text has ended."""
Found = tuple[str, Fault] | None
Values = Mapping[str, object]


def _each_once(values: Values) -> Found:
    vocabulary = _entries(values)
    seen: set[object] = set()
    for word in vocabulary:
        if word in seen:
            return "vocabulary", Fault(
                f"vocabulary must hold each entry once; {shown(word)} stands there twice."
            )
        seen.add(word)
    return None


def _reserved(values: Values) -> Found:
    """The reserved tokens may lead a vocabulary, both of them and in this order; Keras puts them there by itself."""
    entries, oov = _entries(values), values.get("oov_token", UNKNOWN)
    mask = values.get("mask_token", NOTHING)
    leads = values["output_mode"] == "int" and mask is not None and entries[:2] == [mask, oov]
    if mask is not None and mask in entries and not leads:
        return "vocabulary", Fault(f"{shown(mask)} is the mask token and cannot stand in vocabulary too.")
    if entries == [oov] or (values.get("invert") and not leads and oov in entries[1:]):
        return "vocabulary", Fault(
            f"{shown(oov)} stands for unknown entries and cannot stand in vocabulary too."
        )
    return None


def _fits_max_tokens(values: Values) -> Found:
    most, entries = values["max_tokens"], _entries(values)
    mask = values.get("mask_token", NOTHING) if values["output_mode"] == "int" else None
    oov, oov_count = values.get("oov_token", UNKNOWN), values.get("num_oov_indices", 1)
    if not isinstance(most, int) or not isinstance(oov_count, int) or not entries:
        return None
    found = sum(entry not in (mask, oov) for entry in entries) + oov_count + (mask is not None)
    if found <= most:
        return None
    message = f"max_tokens is {most}, but vocabulary and reserved entries together are {found}."
    return "max_tokens", Fault(message, f"Raise max_tokens to {found}.")


def _weights_with_tf_idf(values: Values) -> Found:
    mode, weights = values["output_mode"], values["idf_weights"]
    if weights is not None and mode != "tf_idf":
        return "idf_weights", Fault(f"idf_weights go with output_mode tf_idf only; it is {mode}.")
    if weights is None and mode == "tf_idf" and _entries(values):
        return "idf_weights", Fault(
            "output_mode tf_idf with a vocabulary needs idf_weights, one for each entry."
        )
    if isinstance(weights, list | tuple) and len(weights) != len(_entries(values)):
        return "idf_weights", Fault(
            f"idf_weights must be one for each of {len(_entries(values))} entries of vocabulary."
        )
    return None


def _padding_needs_length(values: Values) -> Found:
    if not values["pad_to_max_tokens"] or values["max_tokens"] is not None:
        return None
    return "pad_to_max_tokens", Fault(
        "pad_to_max_tokens needs max_tokens.", "Set max_tokens, or turn it off."
    )


def _length_of_indices(values: Values) -> Found:
    if values.get("output_sequence_length") is None or values["output_mode"] == "int":
        return None
    message = f"output_sequence_length goes with output_mode int only; it is {values['output_mode']}."
    return "output_sequence_length", Fault(message, "Leave output_sequence_length empty.")


def _inverse_needs_unknown(values: Values) -> Found:
    if not values.get("invert") or values.get("oov_token") is not None:
        return None
    return "oov_token", Fault("invert needs an oov_token, for indices that stand for nothing.")


def _inverse_of_indices(values: Values) -> Found:
    if not values.get("invert") or values["output_mode"] == "int":
        return None
    return "invert", Fault(f"invert goes with output_mode int only; it is {values['output_mode']}.")


def _salt_needs_hash(values: Values) -> Found:
    if values.get("salt") is None or values.get("oov_method", "farmhash") == "farmhash":
        return None
    return "salt", Fault(
        "salt goes with oov_method farmhash only.", "Set oov_method to farmhash, or leave salt empty."
    )


def _entries(values: Values) -> list[object]:
    vocabulary = values["vocabulary"]
    return list(vocabulary) if isinstance(vocabulary, list | tuple) else []


VOCABULARY_RULES = (
    _each_once,
    _reserved,
    _fits_max_tokens,
    _weights_with_tf_idf,
    _padding_needs_length,
    _length_of_indices,
    _inverse_of_indices,
    _inverse_needs_unknown,
    _salt_needs_hash,
)
