"""Is it told beforehand which `.keras` files cannot be loaded again, and only of those?"""

import pytest

from builder.design.document import Node
from builder.translate.ghost import check
from builder.translate.keras_model import build_model
from tests.translate.drawings import again, image, node, wired

INNER = wired(
    image([6]),
    node("dense", "Dense", units=6),
    node("relu", "ReLU"),
    ("image", "dense"),
    ("dense", "relu"),
)


def block(node_id="block", graph=INNER):
    return Node(id=node_id, type="Model", graph=graph)


def called(of, *wires, **fields):
    return wired(image([6]), block(), again("call", of), node("end", "Dense", units=2), *wires, **fields)


BEHIND = (("image", "block"), ("block", "call"), ("call", "end"))
BEFORE = (("image", "call"), ("call", "block"), ("block", "end"))
BESIDE = (("image", "block"), ("image", "call"), ("call", "end"))
OUTER = wired(image([6]), block(), again("call", "block/dense"), ("image", "block"), ("block", "call"))
CASES = {
    "behind": (called("block/dense", *BEHIND), ["call"]),
    "before": (called("block/dense", *BEFORE), ["call"]),
    "before, without weights": (called("block/relu", *BEFORE), ["call"]),
    "behind, without weights": (called("block/relu", *BEHIND), []),
    "the whole block again": (called("block", *BEHIND), []),
    "only outside": (called("block/dense", *BESIDE, outputs=("end",)), []),
    "within a block": (wired(image([6]), block("outer", OUTER), ("image", "outer")), ["outer/call"]),
}


def loads(design, path):
    import keras

    build_model(design).save(path)
    try:
        keras.models.load_model(path)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("design, warned", CASES.values(), ids=CASES)
def test_a_call_warns_where_the_file_cannot_be_loaded_again(design, warned, tmp_path):
    report = check(design)
    assert report.ok
    assert [(issue.code, issue.severity, issue.node) for issue in report.issues] == [
        ("not_reloadable", "warning", path) for path in warned
    ]
    assert loads(design, tmp_path / "model.keras") is not bool(warned)
