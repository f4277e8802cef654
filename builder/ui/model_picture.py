"""How is the model of a run shown? By streamlit-agraph: a click on the picture picks the layer told about beside it.

The picture cannot be edited: it shows what was trained. Only ids that match the design format reach it, because
the component writes titles into HTML.
"""

from typing import Any

import pandas as pd
import streamlit as st

from builder.catalog import lookup
from builder.design.document import Design, Node
from builder.figures import numbers
from builder.figures.sketch import depths
from builder.figures.theme import Appearance, family_colour, tokens
from builder.translate.report import CheckReport

ROW_PX, TALLEST_PX = 64, 460
_LAYOUT: dict[str, Any] = {
    "sortMethod": "directed",
    "levelSeparation": ROW_PX,
    "nodeSpacing": 180,
    "interaction": {"zoomView": False, "hover": True},
}


def picture(design: Design, report: CheckReport | None, appearance: Appearance) -> str | None:
    """Draw the model; returns the id of the layer that was clicked last."""
    from streamlit_agraph import Config, agraph
    from streamlit_agraph import Edge as Arrow

    nodes = [_dot(node, report, appearance) for node in design.nodes]
    arrows = [
        Arrow(source=edge.source, target=edge.target, color=tokens(appearance)["edge"])
        for edge in design.edges
    ]
    config = Config(width="100%", height=_height(design), physics=False, hierarchical=True, **_LAYOUT)
    for name in _LAYOUT.keys() - {"interaction"}:
        vars(config).pop(
            name
        )  # agraph passes them on twice, and the drawing library complains about the second
    config.groups = {}
    picked: str | None = agraph(nodes=nodes, edges=arrows, config=config)
    return picked


def _height(design: Design) -> int:
    """Room for one row per layer of depth, up to what a page can spare; longer networks are shown smaller."""
    return min(TALLEST_PX, ROW_PX * (max(depths(design).values(), default=0) + 1) + 20)


def _dot(node: Node, report: CheckReport | None, appearance: Appearance) -> Any:
    from streamlit_agraph import Node as Dot

    spec = lookup.layer(node.type)
    colour = family_colour(spec.family if spec else "io", appearance)
    facts = report.nodes.get(node.id) if report else None
    label = f"{node.id}  {numbers.shapes(facts.shape)}" if facts and facts.shape is not None else node.id
    font = {"color": tokens(appearance)["ink"], "size": 15, "face": "Inter, sans-serif"}
    return Dot(
        id=node.id,
        label=label,
        shape="box",
        color=_box(appearance, colour),
        font=font,
        borderWidth=1.5,
        margin=8,
    )


def _box(appearance: Appearance, colour: str) -> dict[str, object]:
    ground = tokens(appearance)["raised"]
    chosen = {"background": tokens(appearance)["accent-tint"], "border": tokens(appearance)["accent"]}
    return {"background": ground, "border": colour, "highlight": chosen, "hover": chosen}


def layer_table(
    design: Design, report: CheckReport | None, node_id: str | None
) -> tuple[Node | None, pd.DataFrame]:
    """The picked layer (the first one, when none is) and its facts, one a row."""
    node = design.node(node_id or "") or next(iter(design.nodes), None)
    if node is None:
        return None, pd.DataFrame()
    facts = report.nodes.get(node.id) if report else None
    rows = {"type": node.type}
    if facts is not None:
        rows |= {"output shape": numbers.shapes(facts.shape), "parameters": numbers.count(facts.params or 0)}
    rows |= {name: str(value) for name, value in node.params.items()}
    return node, pd.DataFrame({"value": rows})


def beside(design: Design, report: CheckReport | None, node_id: str | None) -> None:
    """Tell about the picked layer."""
    node, table = layer_table(design, report, node_id)
    if node is not None:
        st.markdown(f"**{node.id.replace('_', chr(92) + '_')}**")
        st.dataframe(table, height="content")
