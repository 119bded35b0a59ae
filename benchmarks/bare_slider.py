"""The barest slider that redraws a chart: what a movement costs in Streamlit itself, browser and all."""

import streamlit as st

share = st.slider("slider", -50, 50, 0, step=5, key="slider")
st.vega_lite_chart(
    spec={
        "data": {"values": [{"x": x, "y": x * share} for x in range(20)]},
        "mark": {"type": "line"},
        "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}},
        "width": "container",
        "height": 250,
    },
    width="stretch",
    key="chart",
)
