"""The shared table of cases: what the canvas does in TypeScript, the core does in Python."""

import json
from pathlib import Path

import pytest

from builder.design.document import Design
from builder.design.edits import EDIT, apply
from builder.design.names import fresh_id, snake
from builder.errors import EditRefused

TABLE = json.loads((Path(__file__).parent / "edit_cases.json").read_text())
EDITS = [pytest.param(case, id=case["name"]) for case in TABLE["edits"]]


@pytest.mark.parametrize("case", EDITS)
def test_an_edit_gives_the_design_of_the_shared_table(case: dict) -> None:
    before = Design.model_validate_json(json.dumps(case["before"]))
    edit = EDIT.validate_json(json.dumps(case["edit"]))
    if case.get("refused"):
        with pytest.raises(EditRefused) as refusal:
            apply(before, edit)
        assert case.get("because", "") in str(refusal.value)
    else:
        assert apply(before, edit).model_dump(mode="json") == case["after"]
    assert before.model_dump(mode="json") == case["before"], "an edit never changes the design it was given"


def test_the_shared_table_has_a_case_for_every_kind_of_edit() -> None:
    kinds = set(EDIT.json_schema()["discriminator"]["mapping"])
    assert kinds == {case["edit"]["kind"] for case in TABLE["edits"]}


@pytest.mark.parametrize("case", TABLE["layer_names"], ids=lambda case: case["type"])
def test_new_layers_are_named_as_keras_names_them(case: dict) -> None:
    assert snake(case["type"]) == case["name"]


@pytest.mark.parametrize(
    "case", TABLE["fresh_ids"], ids=lambda case: f"{case['wanted']}-{len(case['taken'])}"
)
def test_a_taken_name_gets_the_first_free_number(case: dict) -> None:
    assert fresh_id(case["wanted"], case["taken"]) == case["name"]


@pytest.mark.oracle
def test_keras_itself_names_layers_alike() -> None:
    from keras.src.utils.naming import to_snake_case

    for case in TABLE["layer_names"]:
        if not case["type"].startswith("ops."):
            assert to_snake_case(case["type"]) == case["name"]
