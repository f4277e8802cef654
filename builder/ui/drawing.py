"""What does the Build page do? It mounts the canvas and carries out what is asked there."""

from collections.abc import Callable

import streamlit as st
from pydantic import JsonValue

from builder.components.canvas import canvas
from builder.components.canvas.desk import Desk
from builder.components.canvas.wire import Notice
from builder.data import registry
from builder.data.inputs import input_shapes
from builder.design.document import Design
from builder.design.mend import told_apart
from builder.errors import BuilderError
from builder.project import read
from builder.project.document import Project
from builder.project.templates import template, templates
from builder.runs.records import ProjectRecord, RunRecord
from builder.translate.fitting import misfits
from builder.ui import departure, live_layers, pieces, routes, run_choice, services, state, training

Action = dict[str, JsonValue]


def surface() -> None:
    """The canvas with the current project, full bleed."""
    state.desk().refresh(state.project())
    _mounted()


@st.fragment
def _mounted() -> None:
    """Mounted in every run, whatever fails: an exception before would take the drawing off the page."""
    desk = state.desk()
    _depart(desk)
    payload = desk.payload(lambda: _surroundings(desk))
    canvas.canvas(payload, on_change=_changed, on_action=_acted, on_poll=_polled)
    if page := state.take("leave_for"):
        pieces.go_to(page)


def _changed() -> None:
    state.desk().receive(canvas.sent("change"))


def _polled() -> None:
    state.desk().poll(canvas.sent("poll"))


def _acted() -> None:
    desk = state.desk()
    action = canvas.sent("action")
    if not isinstance(action, dict):
        return
    try:
        _ACTIONS[str(action.get("name"))](desk, action)
    except KeyError:
        desk.notice = Notice(severity="fault", text="This button is not known here. Reload the page.")
    except BuilderError as error:
        desk.notice = Notice(severity="fault", text=str(error))


def _train(desk: Desk, action: Action) -> None:
    prepared = departure.prepare(desk)
    if prepared is None:
        _leave(training.begin(desk.saved))
    elif (run := departure.arrived(desk, prepared, departure.AT_ONCE_S)) is not None:
        _leave(run)
    else:
        state.set_departure(prepared)


def _depart(desk: Desk) -> None:
    """Go on to the run as soon as the rehearsal of its network is over."""
    waiting = state.departure()
    if not isinstance(waiting, departure.Departure):
        return
    try:
        run = departure.arrived(desk, waiting)
    except BuilderError as error:
        state.set_departure(None)
        desk.notice = Notice(severity="fault", text=str(error))
        return
    if run is not None:
        state.set_departure(None)
        _leave(run)


def _leave(run: RunRecord) -> None:
    run_choice.show(run.id)
    state.remember("leave_for", "train")


def _watch(desk: Desk, action: Action) -> None:
    """Go to the run that the canvas shows."""
    run = live_layers.shown_run(services.store(), desk.saved.owner, desk.saved.project)
    if run is not None:
        _leave(run)


def _choose_data(desk: Desk, action: Action) -> None:
    state.remember("leave_for", "data")


def _open(desk: Desk, action: Action) -> None:
    project = read.read_document(str(action.get("text", "")))
    design, renamed = told_apart(project.design)
    desk.open(state.open_project(project.model_copy(update={"design": design})))
    if renamed:
        said = ", ".join(
            f"2 layers are called {old}; the second is now {new}" for new, old in renamed.items()
        )
        desk.notice = Notice(severity="warning", text=f"{said[:300]}. Its wires stay with the first.")


def _template(desk: Desk, action: Action) -> None:
    desk.open(state.open_project(template(str(action.get("template"))).project))


def open_empty() -> ProjectRecord:
    """Begin a project with nothing drawn; the data of the current one stay chosen."""
    data = state.project().project.data
    kept = None if data is None else data.model_copy(update={"inputs": None, "targets": None})
    return state.open_project(Project(name="untitled", design=Design(name="untitled"), data=kept))


def _new(desk: Desk, action: Action) -> None:
    desk.open(open_empty())


def _project(desk: Desk, action: Action) -> None:
    state.switch_project(str(action.get("project")))
    desk.open(state.project())


def _rename(desk: Desk, action: Action) -> None:
    name = str(action.get("text", "")).strip()[:200] or "untitled"
    desk.author(lambda project: renamed(project, name), f"rename to {name}")


def renamed(project: Project, name: str) -> Project:
    """The project, and the design in it, under another name."""
    return project.model_copy(
        update={"name": name, "design": project.design.model_copy(update={"name": name})}
    )


def _resolve(desk: Desk, action: Action) -> None:
    desk.resolve(keep_mine=action.get("keep") == "mine")


def _version(desk: Desk, action: Action) -> None:
    number = action.get("version")
    desk.take_version(number if isinstance(number, int) else 0)


_ACTIONS: dict[str, Callable[[Desk, Action], None]] = {
    "train": _train,
    "watch": _watch,
    "data": _choose_data,
    "open": _open,
    "template": _template,
    "new": _new,
    "project": _project,
    "rename": _rename,
    "resolve": _resolve,
    "version": _version,
}


def _surroundings(desk: Desk) -> dict[str, JsonValue]:
    """What the canvas shows around the drawing: templates, data, whether it fits them, where files come from."""
    project = desk.saved.project
    return {
        "catalog_url": routes.catalog_url(),
        "export_url": f"{routes.base_path()}/api/projects/{desk.saved.id}/export",
        "analysis_url": f"{routes.base_path()}/api/projects/{desk.saved.id}/analysis",
        "templates": [_card(ready.name, ready.title, ready.summary) for ready in templates()],
        "projects": [{"id": kept.id, "name": kept.project.name} for kept in state.projects()[:20]],
        "versions": [card.model_dump() for card in state.versions(desk.saved.id)],
        "fit": [issue.model_dump(mode="json") for issue in misfits(project, desk.meaning.report)],
        "data": _data(project),
        "run": _run(desk.saved),
    }


def _run(record: ProjectRecord) -> JsonValue:
    """The run whose layers come alive on the canvas."""
    run = live_layers.shown_run(services.store(), record.owner, record.project)
    return live_layers.told(run, record.project, routes.base_path())


def _card(name: str, title: str, summary: str) -> JsonValue:
    return {"name": name, "title": title, "summary": summary}


def _data(project: Project) -> JsonValue:
    if project.data is None or project.data.source not in registry.names():
        return None
    card = registry.card(project.data.source)
    offered: dict[str, JsonValue] = {}
    for node, shapes in input_shapes(project).items():
        offered[node] = [[*shape] for shape in shapes]
    return {"name": card.name, "title": card.title, "rows": card.rows, "inputs": offered}
