"""Start: a network that is ready, one button away from learning."""

import streamlit as st

from builder.ui import state, welcome

record = state.project()
left, right = st.columns(2, gap="large", vertical_alignment="center")
with left:
    welcome.headline(record)
with right:
    welcome.current_network(record)
st.divider()
welcome.three_hints()
st.divider()
welcome.ready_networks()
welcome.kept_networks()
