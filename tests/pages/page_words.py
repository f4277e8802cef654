"""What a page says and offers, for tests."""

import json

from streamlit.testing.v1 import AppTest


def words(at: AppTest) -> str:
    """All that the page says."""
    parts = [*at.markdown, *at.caption, *at.success, *at.warning, *at.info, *at.error]
    return "\n".join(str(part.value) for part in parts)


def button(at: AppTest, label: str):
    return next(one for one in at.button if one.label == label)


def mounted(at: AppTest, name: str) -> list[dict]:
    """What the own components of this name were given."""
    found = [one.proto for one in at.get("bidi_component") if name in one.proto.component_name]
    return [json.loads(proto.json) for proto in found]


def number(at: AppTest, label: str):
    return next(one for one in at.number_input if one.label == label)
