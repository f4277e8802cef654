"""Is one layer written in the exported code as the inspector writes it? Both pass `layer_code_cases.json`."""

import json
import re
from pathlib import Path

import pytest

from builder.design.document import Design
from builder.translate.python_code import design_code

CASES = json.loads((Path(__file__).parent / "layer_code_cases.json").read_text())


def flat(code: str) -> str:
    """On one line, without the comma that a broken line ends with."""
    return re.sub(r"\(\s+", "(", re.sub(r",?\s+\)", ")", re.sub(r"\s+", " ", code)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["code"])
def test_a_layer_is_exported_as_the_inspector_shows_it(case: dict[str, object]) -> None:
    nodes = [
        {"id": "x", "type": "InputLayer", "params": {"shape": case["input"]}},
        {"id": "it", "type": case["type"], "params": case["params"]},
    ]
    design = Design.model_validate({"nodes": nodes, "edges": [{"source": "x", "target": "it"}]})
    assert flat(f"{case['code']}(x)") in flat(design_code(design))
