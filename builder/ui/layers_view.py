"""What does the Train page show of single layers? The newest figures as a table, folded away for beginners."""

import streamlit as st

from builder.figures import layers_table
from builder.runs import layers
from builder.runs.records import RunRecord


def table(run: RunRecord | None) -> None:
    """The layers of this run, once they were looked at."""
    if run is None or layers.newest(run.id) is None:
        return
    with st.expander("Layers"):
        _newest(run.id, run.ended)


@st.fragment
def _newest(run_id: str, ended: bool) -> None:
    """Read anew with each click, without the rest of the page."""
    look = layers.newest(run_id)
    if look is None:
        return
    st.caption(layers_table.caption(look) + " Histograms by epoch: press H on a layer on Build.")
    st.dataframe(layers_table.layers_table(look), hide_index=True)
    if not ended:
        st.button("Newest figures", key="train.layers", icon=":material/refresh:")
