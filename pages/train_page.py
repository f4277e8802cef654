"""Train: settings, one button, and two curves that move while the network learns."""

import streamlit as st

from builder.ui import learned_view, pieces, settings_form, state, training, training_view

project = state.project()
run = training_view.shown_run(project)

buttons = pieces.heading(project.project.name, beside=training_view.caption(run))
left, right = st.columns([846, 404], gap="large")
with right:
    learned_view.learned(run)
    st.markdown("#### Settings")
    changed = settings_form.settings(project.project, project.id)
    if changed != project.project:
        project = state.save(changed)
    training_view.data_line(project.project)
faults = training.obstacles(project)
with buttons:
    training_view.start_or_stop(run, faults)
with left:
    training_view.curves(run, faults)
    training_view.take_away(run)
