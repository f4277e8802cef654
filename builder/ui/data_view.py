"""What does the Data page show? The rows, how they are dealt out, and what the network must change for them."""

import streamlit as st

from builder.data import preview, registry
from builder.data.dataset import DataSet, Look, Task
from builder.data.split import Split, split_rows
from builder.data.suggest import Suggestion, suggest
from builder.errors import BuilderError
from builder.figures import classes, images, numbers, scatter
from builder.project.document import Project, SplitSpec
from builder.runs.records import ProjectRecord
from builder.ui import pieces, state

SAMPLES_PER_CLASS = 4
ROWS_SHOWN = 200


def chosen_set(record: ProjectRecord) -> str:
    """Let the person choose a data set; the project's own is chosen at first."""
    names = list(registry.names())
    data = record.project.data
    start = data.source if data is not None and data.source in names else names[0]
    picked = st.pills(
        "Data set",
        names,
        default=start,
        key=f"data.set.{record.id}",
        format_func=lambda name: registry.card(name).title,
        required=True,
    )
    return str(picked or start)


def rows(dataset: DataSet) -> None:
    """The rows as what they are: images, points or a table."""
    st.markdown(f"#### {pieces.escaped(dataset.title)}")
    st.markdown(
        f":gray[{pieces.escaped(dataset.summary)}. {numbers.count(dataset.rows)} rows, {_answers(dataset)}.]"
    )
    if dataset.look is Look.IMAGES:
        found = preview.samples(dataset, SAMPLES_PER_CLASS)
        grid = images.grid_info(
            [one.pixels for one in found], [one.label for one in found], columns=dataset.class_count
        )
        st.image(images.grid_pixels(grid, state.theme(), zoom=10), width="stretch")
        with st.expander("The same rows as numbers"):
            st.dataframe(preview.table(dataset, ROWS_SHOWN), hide_index=True)
    elif dataset.look is Look.POINTS:
        info = scatter.scatter_info(
            dataset.features,
            dataset.target,
            dataset.class_names,
            (dataset.feature_names[0], dataset.feature_names[1]),
        )
        st.plotly_chart(
            scatter.scatter_figure(info, state.theme()), key="data.points", config={"displayModeBar": False}
        )
    else:
        st.dataframe(preview.table(dataset, ROWS_SHOWN), hide_index=True)
        if dataset.rows > ROWS_SHOWN:
            st.caption(f"The first {ROWS_SHOWN} of {numbers.count(dataset.rows)} rows.")


def _answers(dataset: DataSet) -> str:
    kinds = (
        f"{dataset.class_count} classes"
        if dataset.task is Task.CLASSIFICATION
        else f"predicts the number {dataset.target_name}"
    )
    return f"{dataset.feature_count} features, {pieces.escaped(kinds)}"


def dealt_out(record: ProjectRecord, dataset: DataSet) -> None:
    """Which rows train, which choose, which stay closed."""
    data = record.project.data
    spec = data.split if data is not None else SplitSpec()
    try:
        split = split_rows(dataset, spec)
    except BuilderError as error:
        st.warning(pieces.escaped(str(error)))
        return
    st.markdown("#### Split")
    for part in preview.part_rows(split):
        st.markdown(
            f"**{part.name.capitalize()}** {numbers.count(part.rows)} rows &ensp;:gray[{part.share * 100:.0f} %]"
        )
        st.progress(part.share)
    st.caption(
        f"{spec.kind.value.capitalize()} split, seed {spec.seed}. The validation share is set on Train."
    )
    _classes(dataset, split)


def _classes(dataset: DataSet, split: Split) -> None:
    counted = preview.class_counts(dataset, split)
    if counted:
        st.markdown("#### Classes")
        info = classes.bars_info([one.name for one in counted], [one.rows for one in counted])
        st.plotly_chart(
            classes.bars_figure(info, state.theme()), key="data.classes", config={"displayModeBar": False}
        )


def use(record: ProjectRecord, name: str) -> None:
    """The one button: use this data, and let the ends of the network follow. What would change is told before."""
    offer = suggest(record.project, registry.card(name))
    in_use = record.project.data is not None and record.project.data.source == name
    if in_use and not offer.changes:
        st.success("This is the data that the network learns from. It fits.")
    else:
        _offer(record, name, offer, in_use)
    for line in offer.undecided:
        st.warning(pieces.escaped(line))
    for line in offer.hints:
        st.info(pieces.escaped(line))
    _undo()


def _offer(record: ProjectRecord, name: str, offer: Suggestion, in_use: bool) -> None:
    follow = st.toggle(
        "Fit the network to it",
        value=True,
        key=f"data.fit.{record.id}",
        help="Sets input shape, output units, activation, loss and metrics. Hidden layers stay as they are.",
    )
    if follow and offer.changes:
        st.markdown("\n".join(f"- {pieces.escaped(line)}" for line in offer.changes))
    project = offer.project if follow else _data_only(record.project, offer.project)
    label = "Fit the network" if in_use else "Use this data"
    st.button(label, type="primary", width="stretch", on_click=_use, args=(project, name))


def _data_only(project: Project, fitted: Project) -> Project:
    return project.model_copy(update={"data": fitted.data})


def _use(project: Project, name: str) -> None:
    state.save_undoable(project, f"{registry.card(name).title} is used now.")


def _undo() -> None:
    done = state.undoable()
    if done:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":gray[{pieces.escaped(done)}]")
            st.button("Undo", on_click=state.undo)


def next_step(record: ProjectRecord) -> None:
    """Where to go from here."""
    if record.project.data is not None and st.button(
        "Open the drawing", width="stretch", icon=":material/account_tree:"
    ):
        pieces.go_to("build")
