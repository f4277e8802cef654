import subprocess
import sys

import pytest
from pydantic import JsonValue

from builder.design.document import Design, Node
from builder.project.document import Project
from builder.train.live_change import changes, complaint, folded, words

INNER = Design(
    nodes=(
        Node(id="deep", type="Dense", params={"units": 2}),
        Node(id="gap", type="Dropout", params={"rate": 0.2}),
    )
)
PROJECT = Project(
    design=Design(
        nodes=(
            Node(id="in", type="InputLayer", params={"shape": [4]}),
            Node(id="hidden", type="Dense", params={"units": 4}),
            Node(id="block", type="Model", graph=INNER),
            Node(
                id="held",
                type="Dense",
                params={"units": 4, "kernel_regularizer": {"type": "L1", "params": {"l1": 0.1}}},
            ),
            Node(id="old", type="Dense", params={"units": 4, "trainable": False}),
        )
    )
)


@pytest.mark.parametrize(
    ("setting", "node", "value", "words"),
    [
        ("learning_rate", None, 0, "The learning rate must be above 0 and at most 1e+30; it is 0."),
        ("learning_rate", None, "fast", "The learning rate must be a number; it is fast."),
        ("learning_rate", "hidden", 0.1, "All layers share one learning rate."),
        ("batch_size", None, 0, "The batch size must be a whole number from 1 to 65536; it is 0."),
        ("batch_size", None, True, "The batch size must be a whole number from 1 to 65536; it is True."),
        ("dropout", None, 1, "The rate must be from 0, below 1; it is 1."),
        ("dropout", "hidden", 0.1, "'hidden' is no Dropout layer; there are block/gap."),
        ("l2", None, -1, "The strength of L2 must be from 0, at most 10; it is -1."),
        (
            "l2",
            "held",
            0.1,
            "'held' is no layer with a kernel that L2 can hold back; there are hidden, block/deep, old.",
        ),
        (
            "frozen",
            None,
            "hidden",
            "Frozen layers are given as a list of their names; an empty one freezes none.",
        ),
        (
            "frozen",
            None,
            ["old", "in"],
            "'in' has no weights to freeze; these have: hidden, block/deep, held, old.",
        ),
        ("frozen", None, [], "old is frozen in the drawing; to let it learn, train a new run."),
        ("frozen", None, ["hidden", "block/deep", "held", "old"], "One layer at least must go on learning."),
        (
            "speed",
            None,
            1,
            "'speed' cannot be changed while a run goes on; batch_size, dropout, frozen, l2, learning_rate can.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    setting: str, node: str | None, value: JsonValue, words: str
) -> None:
    assert complaint(PROJECT, setting, node, value) == words


@pytest.mark.parametrize(
    ("setting", "node", "value"),
    [
        ("learning_rate", None, 1e-5),
        ("batch_size", None, 64),
        ("dropout", "block/gap", 0),
        ("dropout", None, 0.9),
        ("l2", "block/deep", 0.01),
        ("frozen", None, ["old", "block/deep"]),
    ],
)
def test_what_is_changed_is_found_in_the_project_again(
    setting: str, node: str | None, value: JsonValue
) -> None:
    assert complaint(PROJECT, setting, node, value) is None
    change = changes()[setting]
    changed = change.fold(PROJECT, node, value)
    live = {setting: change.told(changed)}
    assert folded(PROJECT, live) == changed != PROJECT
    assert folded(PROJECT, {}) == folded(PROJECT, None) == PROJECT


def test_a_change_is_told_from_what_to_what() -> None:
    def told(setting: str, node: str | None, value: JsonValue) -> str:
        return words(setting, PROJECT, changes()[setting].fold(PROJECT, node, value), node)

    assert told("learning_rate", None, 0.0001) == "Learning rate 0.001 to 0.0001"
    assert told("dropout", "block/gap", 0.5) == "Dropout of block/gap 0.2 to 0.5"
    assert told("l2", None, 0.01) == "L2 0 to 0.01"
    assert told("frozen", None, ["old", "hidden"]) == "Frozen layers old to hidden, old"


def test_damaged_settings_of_a_record_are_passed_over() -> None:
    assert folded(
        PROJECT, {"dropout": {"gone": 0.5}, "speed": 3, "batch_size": "many", "l2": 0.01}
    ).training == (PROJECT.training)


def test_judging_and_asking_needs_no_keras() -> None:
    code = (
        "import sys; from builder.train import orders, live_change; live_change.changes();"
        "print({'keras', 'tensorflow'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"
