"""Layerloom: `streamlit run app.py` serves it.

Streamlit finds the line below by reading this file as text: it must stay literally `app = st.App(...)`.
"""

import streamlit as st

from builder.ui import server

app = st.App(
    server.FRAME, lifespan=server.lifespan, routes=server.api_routes(), middleware=server.middleware()
)
