"""Which limits hold here, said where they matter and before they bite?"""

import streamlit as st

from builder.figures import numbers
from builder.train import limits
from builder.ui import services

DISK_LOOK_S = 30
"""Summing up files costs some milliseconds for each run: not in every rerun."""


def epochs_line(epochs: int) -> None:
    """Below the field for epochs: how many a run may have here; nothing where there is no limit."""
    most = limits.limits().epochs
    if most is None:
        return
    words = f"at most {numbers.count(most)} here"
    st.markdown(f":{'orange' if epochs > most else 'gray'}[:small[{words}]]")


def room_line(owner: str) -> None:
    """How long a run may take here, how many may go on at once, and how full this person's disk is."""
    held = limits.limits()
    said = []
    if held.wall_s is not None:
        said.append(f"A run may train for {numbers.seconds(held.wall_s)} here.")
    if held.each_at_once is not None:
        runs = "run" if held.each_at_once == 1 else "runs"
        said.append(f"{held.each_at_once} {runs} of each person at once; others wait for their turn.")
    if said:
        st.caption(" ".join(said))
    if held.disk_mb is not None and (used := _used_mb(owner)) >= limits.WARN_AT * held.disk_mb:
        sizes = f"{numbers.size(used * 1e6)} of {numbers.size(held.disk_mb * 1e6)}"
        st.markdown(f":orange[:small[Your runs take {sizes}. Delete some on the Runs page.]]")


@st.cache_data(ttl=DISK_LOOK_S, show_spinner=False)
def _used_mb(owner: str) -> float:
    return limits.disk_mb(services.store(), owner)
