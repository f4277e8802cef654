"""Runs: what was tried, with which settings, and how well it did; two or more compared."""

import streamlit as st

from builder.ui import pieces, runs_view, state

pieces.heading("Runs")
chosen = runs_view.table(state.owner())
runs_view.deleted_line()
if chosen:
    runs_view.actions(chosen)
    left, right = st.columns([2, 1], gap="large")
    with left:
        runs_view.verdict(chosen)
        runs_view.overlay(runs_view.with_branches(chosen))
    with right:
        runs_view.model(chosen[0].runs[0])
