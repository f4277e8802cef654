"""Train: settings, one next step, and two curves that move while the network learns."""

import streamlit as st

from builder.ui import layers_view, run_buttons, run_choice, series_view, state, training, training_view

project = state.project()
run = run_choice.shown_run(project)
is_at_work = run is not None and not run.ended

buttons = training_view.heading(project, run)
left, right = st.columns([846, 404], gap="large")
with right:
    project = training_view.beside(project, run)
faults = [] if is_at_work else training.obstacles(project)
if not is_at_work:
    with right:
        series_view.starter(faults)
with buttons:
    run_buttons.buttons(run, faults)
with left:
    training_view.curves(run, faults)
    training_view.take_away(run)
    layers_view.table(run)
