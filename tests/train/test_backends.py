import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from builder.project.document import Project
from builder.train import devices

PROGRAM = Path(__file__).with_name("on_backend.py")
TWO_CPUS = """
import runpy, sys
import tensorflow as tf
cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def trained(project: Project, folder: Path, epochs: int = 2, before: tuple[str, ...] = ()) -> dict[str, Any]:
    """What the program tells; the first to come writes the weights that the others begin with."""
    (folder / "project.json").write_text(project.model_dump_json())
    ran = subprocess.run(
        [
            sys.executable,
            *before,
            str(PROGRAM),
            str(folder / "project.json"),
            str(folder / "w.npz"),
            str(epochs),
        ],
        env=os.environ | devices.environment(project.training),
        capture_output=True,
        text=True,
        timeout=250,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told


def on(project: Project, **settings: object) -> Project:
    return project.model_copy(update={"training": project.training.model_copy(update=settings)})


def without_dropout(project: Project) -> Project:
    """Each backend draws other random numbers."""
    nodes = tuple(
        node.model_copy(update={"params": {"rate": 0.0}}) if node.type == "Dropout" else node
        for node in project.design.nodes
    )
    return project.model_copy(update={"design": project.design.model_copy(update={"nodes": nodes})})


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_another_backend_trains_the_same_project_to_the_same_curve(
    project: Project, tmp_path: Path, backend: str
) -> None:
    pytest.importorskip(backend)
    plain = on(without_dropout(project), device="cpu", batch_size=20)  # 105 rows: the last batch has 5
    ours = trained(plain, tmp_path)
    theirs = trained(on(plain, backend=backend), tmp_path)
    assert theirs["steps"] == 6
    assert theirs["clean"][0] == pytest.approx(ours["clean"][0], abs=1e-4)
    for mine, other in zip(ours["clean"] + ours["running"], theirs["clean"] + theirs["running"], strict=True):
        assert other == pytest.approx(mine, abs=2e-3)


def test_two_devices_share_each_batch_and_come_to_the_same_curve(project: Project, tmp_path: Path) -> None:
    nodes = tuple(node for node in without_dropout(project).design.nodes if node.id != "steady")
    edges = tuple(edge for edge in project.design.edges if "steady" not in (edge.source, edge.target))
    joined = (*edges, edges[0].model_copy(update={"source": "hidden", "target": "gaps"}))
    design = project.design.model_copy(update={"nodes": nodes, "edges": joined})
    # 104 rows are shared evenly; the last batch is one row, which both devices take
    plain = on(project.model_copy(update={"design": design}), batch_size=104)
    alone = trained(plain, tmp_path)
    shared = trained(on(plain, device="all"), tmp_path, before=("-c", TWO_CPUS))
    assert shared["choices"]["device"] == "all 2 CPU parts, each batch shared among them"
    for mine, other in zip(alone["clean"], shared["clean"], strict=True):
        assert other == pytest.approx(mine, abs=2e-3)


def test_half_precision_is_carried_out_where_it_is_wanted(project: Project, tmp_path: Path) -> None:
    told = trained(on(project, precision="mixed_bfloat16", device="cpu"), tmp_path, epochs=1)
    assert told["policy"] == "mixed_bfloat16"
    assert told["clean"][1]["loss"] == pytest.approx(1.1, abs=0.6)


def test_a_small_network_computes_on_one_thread(project: Project, tmp_path: Path) -> None:
    assert trained(on(project, device="cpu"), tmp_path, epochs=1)["choices"]["threads"] == "1 thread"
