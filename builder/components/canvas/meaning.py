"""What does the drawing mean, as far as is known right now? One check in flight, its last answer kept."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from typing import Protocol

from pydantic import JsonValue

from builder.components.canvas.annotations import Painted, annotations
from builder.components.canvas.wire import Mark
from builder.design.document import Design, Node
from builder.errors import BuilderError
from builder.project.document import Project
from builder.translate.report import CheckReport

WAIT_S = 0.25
"""A warm engine answers within this, so the answer rides on the same message as the acknowledgement."""


class Checker(Protocol):
    """What a meaning needs of the engine."""

    @property
    def state(self) -> str:
        """`starting`, `ready` or `down`."""

    def submit(self, owner: str, request: dict[str, JsonValue]) -> "Future[dict[str, JsonValue]]":
        """Send a request; never blocks."""


LOOKS = frozenset({"position", "ui"})
"""Fields of a node that never change the network."""


def same_network(one: Design, other: Design) -> bool:
    """Whether two drawings mean the same network: places and looks do not count."""
    if one is other:
        return True
    return (
        one.edges == other.edges
        and one.inputs == other.inputs
        and one.outputs == other.outputs
        and len(one.nodes) == len(other.nodes)
        and all(map(_same_call, one.nodes, other.nodes))
    )


def _same_call(one: Node, other: Node) -> bool:
    """Field by field, without copies: 1000 nodes in 2 ms."""
    if one.graph is not None and other.graph is not None and not same_network(one.graph, other.graph):
        return False
    return all(
        name in LOOKS or value == getattr(other, name)
        for name, value in one
        if name != "graph" or value is None or other.graph is None
    )


class Meaning:
    """The last known meaning of a drawing, and the check that is under way."""

    def __init__(self, engine: Callable[[], Checker], owner: str) -> None:
        # Asked for each time: "Clear caches" ends the engine that was there and starts another.
        self._engine, self._owner = engine, owner
        self._project: Project | None = None
        self._asked: Mark | None = None
        self._future: Future[dict[str, JsonValue]] | None = None
        self._asked_at = 0.0
        self.report: CheckReport | None = None
        self.painted: dict[str, Painted] = {}
        """What the canvas paints on each node, from `report`."""
        self.mark: Mark | None = None
        """The edit that `report` belongs to; None also for the drawing as it was opened."""
        self.failure: str | None = None
        self.elapsed_ms: float | None = None

    def ask(self, project: Project, mark: Mark | None) -> None:
        """Have the drawing checked, unless it means the same network as the one checked last."""
        self._asked = mark
        if self._is_known(project):
            if self._future is None:
                self.mark = mark
            return
        if self._future is not None:
            self._future.cancel()
        self._project, self._asked_at, self.failure = project, time.perf_counter(), None
        design = project.design.model_dump(mode="json")
        # With data at hand, layers that learn their state from rows (Normalization) are nothing to warn about.
        request: dict[str, JsonValue] = {
            "kind": "check",
            "design": design,
            "has_data": project.data is not None,
        }
        self._future = self._engine().submit(self._owner, request)

    def _is_known(self, project: Project) -> bool:
        known = self._project
        if known is None or self.failure:
            return False
        return same_network(project.design, known.design) and (project.data is None) == (known.data is None)

    def wait(self, timeout_s: float = WAIT_S, patient: bool = False) -> None:
        """Take the answer if it comes in time; a cold engine is waited for only by the patient."""
        if self._future is None:
            return
        try:
            answer = self._future.result(timeout_s if patient or self._engine().state == "ready" else 0)
            self.report, self.failure = CheckReport.model_validate(answer), None
        except NotYet:
            return
        except BuilderError as error:
            self.failure = str(error)
        self.painted = annotations(self.report) if self.report else {}
        self._future, self.mark = None, self._asked
        self.elapsed_ms = (time.perf_counter() - self._asked_at) * 1000

    def show(self, report: CheckReport) -> None:
        """Take another answer about the same drawing, such as that of a rehearsal; the next edit replaces it."""
        self.report, self.painted = report, annotations(report)

    @property
    def pending(self) -> bool:
        """Whether an answer is still to come."""
        return self._future is not None
