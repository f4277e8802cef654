"""What can be done about the faults that are shown? Asked for in the background; the annotations never wait for it."""

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet

from pydantic import JsonValue

from builder.components.canvas.meaning import Checker, same_network
from builder.errors import BuilderError
from builder.project.document import Project
from builder.translate.fitting import misfits
from builder.translate.repair import RepairReport
from builder.translate.report import CheckReport

Offered = dict[str, JsonValue]


class Offers:
    """The repairs for the drawing as it is, and the request that is under way."""

    def __init__(self, engine: Callable[[], Checker], owner: str) -> None:
        self._engine, self._owner = engine, owner
        self._asked: Project | None = None
        self._future: Future[dict[str, JsonValue]] | None = None
        self._found = RepairReport()

    @property
    def pending(self) -> bool:
        """Whether an answer is still to come."""
        return self._future is not None

    @property
    def cut(self) -> bool:
        """Whether the time ran out before everything was tried."""
        return not self._found.complete

    def forget(self) -> None:
        """The drawing changed: what was offered may no longer apply, and what was asked is of no use."""
        if self._future is not None:
            self._future.cancel()
        self._asked, self._future, self._found = None, None, RepairReport()

    def ask(self, project: Project, report: CheckReport | None) -> None:
        """Ask for repairs of a drawing that has been checked, where it has faults and was not asked about yet."""
        if self._asked is project:
            return
        if report is None or (report.ok and (project.data is None or not misfits(project, report))):
            self.forget()
        elif self._asked is None or not self._knows(self._asked, project):
            self.forget()
            self._submit(project)
        elif self._asked != project:
            # Only places changed: what was offered stays, until the same comes with new places.
            self._submit(project)

    @staticmethod
    def _knows(asked: Project, project: Project) -> bool:
        same_data = asked.data == project.data and asked.training == project.training
        return same_data and same_network(asked.design, project.design)

    def _submit(self, project: Project) -> None:
        if self._future is not None:
            self._future.cancel()
        self._asked = project
        request: Offered = {"kind": "repairs", "project": project.model_dump(mode="json")}
        self._future = self._engine().submit(self._owner, request)

    def take(self) -> None:
        """Take the answer if it is there. No answer offers nothing; the faults are told all the same."""
        if self._future is None:
            return
        try:
            self._found = RepairReport.model_validate(self._future.result(0))
        except NotYet:
            return
        except BuilderError:
            self._found = RepairReport()
        self._future = None

    def by_node(self) -> Offered:
        """`{path of the faulty node: [repair, best first]}`; "" for the network as a whole."""
        return {
            node: [repair.model_dump(mode="json") for repair in repairs]
            for node, repairs in self._found.by_node().items()
        }
