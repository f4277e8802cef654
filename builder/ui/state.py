"""What does this browser session remember? The one door to `st.session_state` outside the components.

Little is kept here: projects and runs live in the store, so that a reload or another device finds them again.
"""

import streamlit as st
from pydantic import JsonValue

from builder.components.canvas.desk import Desk
from builder.figures import theme as themes
from builder.figures.theme import Appearance, Theme
from builder.project.document import Project
from builder.project.templates import template
from builder.runs.records import ProjectRecord, VersionCard
from builder.ui import owners, services

FIRST_TEMPLATE = "mlp-digits"
"""What a stranger finds ready."""


def begin() -> None:
    """Called once in every run, before the page: stops a class member whose browser refuses cookies."""
    if owner() == owners.NOBODY:
        st.info(
            "This page needs a cookie to keep your networks apart from those of others. Allow it and reload."
        )
        st.stop()


def owner() -> str:
    """Whose browser this is."""
    return owners.owner_of(st.context.cookies)


def appearance() -> Appearance:
    """`light` or `dark`, as the person (or the system) chose."""
    return "dark" if st.context.theme.type == "dark" else "light"


def theme() -> Theme:
    """The colours of figures on this page."""
    return themes.theme(appearance())


def project() -> ProjectRecord:
    """The project that this person works on; on the first visit the one for handwritten digits."""
    mine = owner()
    current = services.store().current_project(mine)
    return current or open_project(template(FIRST_TEMPLATE).project)


def open_project(new: Project) -> ProjectRecord:
    """Store a new project and make it the current one."""
    store = services.store()
    record = store.save_project(owner(), new)
    store.set_current_project(owner(), record.id)
    return record


def switch_project(project_id: str) -> None:
    """Go on with another saved project."""
    services.store().set_current_project(owner(), project_id)


def desk() -> Desk:
    """The drawing table of this session, with the current project on it."""
    record = project()
    kept = st.session_state.get("desk")
    if not isinstance(kept, Desk):
        kept = st.session_state["desk"] = Desk(services.store(), services.engine, record, services.jobs)
    return kept


def projects() -> list[ProjectRecord]:
    """All saved projects of this person, the one changed last first."""
    return services.store().projects(owner())


def versions(project_id: str) -> list[VersionCard]:
    """The second versions of a project: drawings that another tab did not take over."""
    return services.store().version_cards(project_id, owner())


def save(changed: Project) -> ProjectRecord:
    """Store a new state of the current project."""
    current = project()
    return services.store().save_project(current.owner, changed, current.id)


def save_undoable(changed: Project, label: str) -> None:
    """Store a new state of the current project and keep the one before, so that one click brings it back."""
    current = project()
    st.session_state["undo"] = (label, current.id, current.project)
    save(changed)


def undoable() -> str | None:
    """What `undo` would take back, in words, or None."""
    kept = st.session_state.get("undo")
    return kept[0] if kept and kept[1] == project().id else None


def undo() -> None:
    """Bring back the project as it was before the last `save_undoable`."""
    kept = st.session_state.pop("undo", None)
    if kept:
        services.store().save_project(owner(), kept[2], kept[1])


def delete_project(project_id: str) -> None:
    """Forget a project, and keep it until the session ends so that one click brings it back."""
    store = services.store()
    record = store.project(project_id, owner())
    st.session_state["deleted_project"] = record.project
    store.delete_project(project_id, owner())


def deleted_project() -> Project | None:
    """The project that was deleted last in this session, if it was not brought back."""
    kept = st.session_state.get("deleted_project")
    return kept if isinstance(kept, Project) else None


def restore_project() -> None:
    """Bring back the project that was deleted last; the current one stays current."""
    kept = deleted_project()
    if kept is not None:
        services.store().save_project(owner(), kept)
        del st.session_state["deleted_project"]


def departure() -> object:
    """The training that is about to begin, if one is being prepared."""
    return st.session_state.get("departure")


def set_departure(departure: object) -> None:
    """Keep a training that is about to begin; None forgets it."""
    st.session_state["departure"] = departure


def recall(name: str, default: str = "") -> str:
    """A small thing that one page left for another, such as the run to show."""
    value = st.session_state.get(f"recall.{name}", default)
    return value if isinstance(value, str) else default


def take(name: str) -> str:
    """As `recall`, and forget it."""
    value = recall(name)
    st.session_state.pop(f"recall.{name}", None)
    return value


def remember(name: str, value: str) -> None:
    """Leave a small thing for another page."""
    st.session_state[f"recall.{name}"] = value


def widget(key: str) -> JsonValue:
    """What the widget with this key is set to; None where there is no such widget."""
    value: JsonValue = st.session_state.get(key)
    return value


def set_widget(key: str, value: JsonValue) -> None:
    """Set a widget before it is made, or from a callback."""
    st.session_state[key] = value


def follow(key: str, value: JsonValue) -> None:
    """Let the widget with this key show `value` whenever that is news; what a person sets in between stays."""
    followed = f"followed.{key}"
    if key not in st.session_state or st.session_state.get(followed) != value:
        st.session_state[followed] = st.session_state[key] = value


def unfollow(key: str) -> None:
    """Let the widget with this key show what is true again."""
    st.session_state.pop(f"followed.{key}", None)
