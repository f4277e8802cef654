"""Data: look at the rows before a network does, and fit the ends of the network to them."""

import streamlit as st

from builder.data import registry
from builder.ui import data_view, pieces, state

record = state.project()
pieces.heading("Data", beside=f"for {record.project.name}")
name = data_view.chosen_set(record)
with st.spinner("Reading rows"):
    dataset = registry.load(name)
left, right = st.columns([3, 1], gap="large")
with left:
    data_view.rows(dataset)
with right:
    data_view.use(record, name)
    data_view.next_step(record)
    data_view.dealt_out(record, dataset)
