"""What does the start page show? A network that is ready, one button, three hints and the templates."""

import streamlit as st

from builder.components.picture import picture
from builder.data import preview, registry
from builder.data.dataset import Look
from builder.design.document import Design
from builder.design.mend import told_apart
from builder.errors import BuilderError
from builder.figures import cards, images, numbers, sketch
from builder.figures import hints as hint_pictures
from builder.figures.theme import Appearance
from builder.project import read
from builder.project.document import Project
from builder.project.templates import Template, templates
from builder.runs.records import ProjectRecord
from builder.translate.report import CheckReport
from builder.ui import drawing, pieces, run_buttons, state, training

LOOKS: dict[str, Look | None] = {
    "All": None,
    "Images": Look.IMAGES,
    "Tables": Look.TABLE,
    "Points": Look.POINTS,
}
HEADLINE = "font-size:2.35rem;line-height:1.2;letter-spacing:-0.02em;font-weight:650;margin:0;padding:0"
CHECK_S = 0.3
"""Without a warm engine the picture is shown without its numbers."""
MOST_SHOWN = 6
HINTS = (
    ("Press Train", "Two curves start to fall. When they part, the network begins to memorise.", "curves"),
    ("Drop a layer on a wire", "It is inserted there. Shapes and parameters follow at once.", "insert"),
    (
        "Break it on purpose",
        "Nothing can be harmed: the fault is named where it is, with what to do.",
        "fault",
    ),
)


def headline(record: ProjectRecord) -> None:
    """What this is, and the two buttons that matter."""
    st.html(f'<h1 style="{HEADLINE}">Draw a network.<br>Watch it learn.</h1>')
    st.markdown(f":gray[{_promise(record.project)}]")
    with st.container(horizontal=True):
        st.button("Train it", type="primary", icon=":material/play_arrow:", on_click=_train)
        if st.button("Open the drawing", icon=":material/account_tree:"):
            pieces.go_to("build")
    with st.container(horizontal=True):
        if st.button("Empty canvas", type="tertiary"):
            drawing.open_empty()
            pieces.go_to("build")
        if st.button("Choose data", type="tertiary"):
            pieces.go_to("data")
        _open_a_file()
    said = state.take("said")
    if said:
        st.warning(pieces.escaped(said))
    if state.take("go") == "train":
        pieces.go_to("train")


def _promise(project: Project) -> str:
    name = pieces.escaped(project.name)
    if project.data is None or project.data.source not in registry.names():
        return f"{name} is open. Choose data for it, then train it."
    card = registry.card(project.data.source)
    ready = "A network for handwritten digits is ready." if card.name == "digits" else f"{name} is ready."
    return f"{ready} It learns from {numbers.count(card.rows)} rows in {project.training.epochs} epochs."


def _train() -> None:
    if run_buttons.begin():
        state.remember("go", "train")


def _open_a_file() -> None:
    with st.popover("Open a file", type="tertiary"):
        file = st.file_uploader("A project or design saved here", type=["json"], key="start.file")
        if file is not None and st.button("Open it"):
            try:
                project = read.read_document(file.getvalue())
                state.open_project(project.model_copy(update={"design": told_apart(project.design)[0]}))
            except BuilderError as error:
                st.error(pieces.escaped(str(error)))
            else:
                pieces.go_to("build")


def current_network(record: ProjectRecord) -> None:
    """The current network, and what it learns from."""
    report = training.report_of(record.project, record.owner, CHECK_S)
    appearance = state.appearance()
    design = record.project.design
    with st.container(border=True):
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            _drawn(design, _facts(report), appearance)
        with right:
            _data_side(record.project, report)


def _drawn(design: Design, facts: dict[str, tuple[str, str]], appearance: Appearance) -> None:
    if cards.is_chain(design):
        picture.picture(
            cards.cards(design, facts, appearance), "start.drawing", cards.height(len(design.nodes))
        )
    else:
        picture.picture(sketch.sketch(design, appearance), "start.drawing", 2 * sketch.HEIGHT)


def _sketched(project: Project, key: str) -> None:
    picture.picture(
        sketch.sketch(project.design, state.appearance()), f"start.sketch.{key}", sketch.SHOWN_HEIGHT
    )


def _facts(report: CheckReport | None) -> dict[str, tuple[str, str]]:
    if report is None:
        return {}
    return {
        node_id: (numbers.shapes(node.shape), numbers.count(node.params) if node.params else "")
        for node_id, node in report.nodes.items()
    }


def _data_side(project: Project, report: CheckReport | None) -> None:
    if project.data is not None and project.data.source in registry.names():
        card = registry.card(project.data.source)
        if card.look is Look.IMAGES:
            grid = images.grid_info([one.pixels for one in preview.samples(registry.load(card.name))][:10])
            st.image(images.grid_pixels(grid, state.theme()), width="stretch")
        st.markdown(f"**{pieces.escaped(card.title)}**  \n:gray[{pieces.escaped(card.summary)}]")
    if report is not None and report.ok:
        st.markdown(f":gray[{numbers.count(report.totals.params)} parameters]")


def three_hints() -> None:
    """Three things to try, each with a picture."""
    for column, (title, text, name) in zip(st.columns(3, gap="large"), HINTS, strict=True):
        icon, words = column.columns([1, 3], vertical_alignment="center")
        with icon:
            picture.picture(
                hint_pictures.hint(name, state.appearance()), f"start.hint.{name}", hint_pictures.HEIGHT
            )
        words.markdown(f"**{title}**  \n:gray[{text}]")


def ready_networks() -> None:
    """The templates; a click opens one as a project of its own."""
    left, right = st.columns([2, 1], vertical_alignment="center")
    left.markdown("### Or begin with another network")
    with right.container(horizontal=True, horizontal_alignment="right"):
        look = st.segmented_control(
            "Kind of data", list(LOOKS), default="All", key="start.look", label_visibility="collapsed"
        )
    wanted = LOOKS[look or "All"]
    shown = [ready for ready in templates() if wanted in (None, _look(ready.project))]
    for column, ready in zip(st.columns(MOST_SHOWN), shown, strict=False):
        with column:
            _card(ready)
    if not shown:
        st.caption("No ready network for these. Choose data, and one is drawn for it.")


def _look(project: Project) -> Look | None:
    return registry.card(project.data.source).look if project.data else None


def _card(ready: Template) -> None:
    source = ready.project.data.source if ready.project.data else ""
    with st.container(border=True, gap="small", height="stretch"):
        _sketched(ready.project, ready.name)
        st.markdown(f"**{ready.title}**  \n:small[{ready.summary}]")
        st.caption(f"{source.capitalize()}, {numbers.count(ready.parameters)} parameters")
        if st.button(
            "Open", key=f"start.open.{ready.name}", width="stretch", help=f"Open {ready.title} on the canvas"
        ):
            state.open_project(ready.project)
            pieces.go_to("build")


def kept_networks() -> None:
    """What this person drew before; shown once there is more than one."""
    _deleted_line()
    current, mine = state.project(), state.projects()
    if len(mine) < 2:
        return
    st.markdown("### Your networks")
    for column, record in zip(st.columns(MOST_SHOWN), mine, strict=False):
        with column.container(border=True, gap="small", height="stretch"):
            _kept(record, is_open=record.id == current.id)


def _kept(record: ProjectRecord, is_open: bool) -> None:
    _sketched(record.project, record.id)
    st.markdown(f"**{pieces.escaped(record.project.name)}**")
    with st.container(horizontal=True):
        if st.button(
            "Open", key=f"start.project.{record.id}", help="This one is open now" if is_open else None
        ):
            state.switch_project(record.id)
            pieces.go_to("build")
        if not is_open:
            key, asked = f"start.delete.{record.id}", (record.id,)
            st.button("Delete", key=key, type="tertiary", on_click=state.delete_project, args=asked)


def _deleted_line() -> None:
    gone = state.deleted_project()
    if gone is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":gray[{pieces.escaped(gone.name)} deleted. Its runs are kept.]")
            st.button("Undo", key="start.undelete", on_click=state.restore_project)
