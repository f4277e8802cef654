"""Whatever stands in a file, a person gets a design or one clear line."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.design import json_text, migrations
from builder.design.read import read_design
from builder.errors import BuilderError, Faulty, Unreadable
from builder.issues import IssueCode

HEAD = '{"format": "layerloom/1", "name": "n", '


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ("{nodes", "not JSON"),
        ("[" * 100_000, "nests brackets"),
        (HEAD + '"nodes": NaN}', "NaN"),
        (HEAD + '"nodes": [], "ui": {"x": 1e999}}', "largest number"),
        (HEAD + '"name": "twice"}', "stands twice"),
        ("[]", "does not say its format"),
        ('{"format": "keras"}', "layerloom/1"),
        ('{"format": "layerloom/x"}', "layerloom/1"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("1" * 5000, "cannot be read"),
        (" " * (json_text.MAX_BYTES + 1), "bytes"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(text: str | bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words) as caught:
        read_design(text)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("body", "code", "node", "argument"),
    [
        ('"nodes": [{"id": "a"}]', IssueCode.MISSING_ARGUMENT, "a", "type"),
        ('"nodes": [{"type": "Dense"}]', IssueCode.MISSING_ARGUMENT, "node 0", "id"),
        ('"nodes": [{"id": "a b", "type": "Dense"}]', IssueCode.BAD_ARGUMENT, "a b", "id"),
        ('"nodes": [{"id": "a", "type": "Dense", "params": 3}]', IssueCode.BAD_ARGUMENT, "a", "params"),
        ('"nodes": [{"id": "a", "type": "Dense", "unit": 3}]', IssueCode.BAD_ARGUMENT, "a", "unit"),
        ('"nodes": [], "edges": [{"source": "a"}]', IssueCode.MISSING_ARGUMENT, None, "edges.target"),
        ('"nodes": 7', IssueCode.BAD_ARGUMENT, None, None),
    ],
)
def test_a_wrong_form_is_named_with_node_and_argument(body: str, code: str, node: str, argument: str) -> None:
    with pytest.raises(Faulty) as caught:
        read_design(HEAD + body + "}")
    issue = caught.value.issues[0]
    assert (issue.code, issue.node, issue.argument) == (code, node, argument)
    assert "\n" not in issue.line


def test_a_fault_inside_a_nested_network_names_its_path() -> None:
    inner = {
        "format": "layerloom/1",
        "name": "i",
        "nodes": [{"id": "conv", "type": "Conv2D", "params": []}],
        "edges": [],
    }
    design = {
        "format": "layerloom/1",
        "name": "n",
        "nodes": [{"id": "block", "type": "Model", "graph": inner}],
        "edges": [],
    }
    with pytest.raises(Faulty) as caught:
        read_design(json.dumps(design))
    assert caught.value.issues[0].node == "block/conv"


def test_a_newer_format_says_which_version_is_read_here() -> None:
    with pytest.raises(Faulty) as caught:
        read_design('{"format": "layerloom/2", "anything": true}')
    assert caught.value.issues[0].code is IssueCode.NEWER_FORMAT
    assert "layerloom/1" in caught.value.issues[0].message


def test_too_many_nodes_are_refused_before_they_are_built() -> None:
    nodes = [{"id": f"n{i}", "type": "Dense"} for i in range(5001)]
    with pytest.raises(Faulty) as caught:
        read_design(json.dumps({"format": "layerloom/1", "name": "n", "nodes": nodes, "edges": []}))
    assert caught.value.issues[0].code is IssueCode.TOO_LARGE


def test_steps_lead_from_an_older_version_to_this_one() -> None:
    steps = {1: lambda raw: {**raw, "name": f"{raw['title']}!"}, 2: lambda raw: {**raw, "edges": []}}
    raw = migrations.migrated({"format": "layerloom/1", "title": "old"}, 3, steps)
    assert raw == {"format": "layerloom/3", "title": "old", "name": "old!", "edges": []}


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda x: (
            st.lists(x)
            | st.dictionaries(
                st.sampled_from(["format", "name", "nodes", "edges", "id", "type", "params", "graph"])
                | st.text(),
                x,
            )
        ),
        max_leaves=20,
    )
)
def test_no_json_value_whatever_causes_anything_but_a_clear_line(value: object) -> None:
    for text in (json.dumps(value), json.dumps({"format": "layerloom/1", "name": "n", "nodes": value})):
        try:
            read_design(text)
        except BuilderError as error:
            assert "\n" not in str(error)
