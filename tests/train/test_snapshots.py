import numpy as np

from builder.project.document import OptimizerSpec, Project
from builder.train.session import open_session
from builder.train.snapshots import Snapshots


def test_going_back_and_training_again_leads_to_the_same_state(project: Project) -> None:
    session = open_session(project)
    passes, snapshots = session.passes, Snapshots(session)
    passes.begin(0)
    passes.train(0, 3)
    snapshots.offer(0, 3)
    passes.train(3, passes.steps)
    passes.begin(1)
    passes.train(0, 2)
    reached = [value.copy() for value in session.model.get_weights()]
    passes.train(2, passes.steps)
    snapshots.culprit(1, 3)
    assert all(np.array_equal(a, b) for a, b in zip(reached, session.model.get_weights(), strict=True))


def test_the_layer_that_grew_most_is_named(project: Project) -> None:
    session = open_session(project)
    snapshots = Snapshots(session)
    kernel = session.model.get_layer("hidden").kernel
    kernel.assign(kernel * 1e6)
    snapshots._next = 0.0
    snapshots.offer(0, 0)
    assert snapshots.culprit(0, 1) == "hidden"


def test_a_rate_that_is_far_too_high_breaks_a_step_and_names_a_layer(project: Project) -> None:
    rate = OptimizerSpec(type="SGD", params={"learning_rate": 100.0})
    changed = project.training.model_copy(update={"optimizer": rate, "loss": "mean_squared_error"})
    design = project.design.model_copy(
        update={"nodes": tuple(node.model_copy(update=_linear(node.id)) for node in project.design.nodes)}
    )
    data = project.data.model_copy(update={"source": "diabetes"})
    session = open_session(project.model_copy(update={"training": changed, "design": design, "data": data}))
    snapshots = Snapshots(session)
    for epoch in range(20):
        session.passes.begin(epoch)
        done = session.passes.train(0, session.passes.steps)
        if not np.isfinite(done.values["loss"]):
            break
    assert not np.isfinite(done.values["loss"])
    assert snapshots.culprit(epoch, done.step) in {"hidden", "steady", "kind"}
    assert all(np.all(np.isfinite(weights)) for weights in session.model.get_layer("kind").get_weights())


def _linear(node: str) -> dict[str, object]:
    return {"flower": {"params": {"shape": [10]}}, "kind": {"params": {"units": 1}}}.get(node, {})
