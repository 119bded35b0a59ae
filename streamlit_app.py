"""Payoff's entry file: `streamlit run streamlit_app.py` (or `make run`, which serves it with security headers)."""

from pages.parts import frame

frame.run()
