"""The emptiest page that Streamlit can serve: what every rerun costs before we do anything."""

import streamlit as st

st.write("")
