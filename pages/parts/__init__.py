"""What screens share; the only other place that imports streamlit."""
