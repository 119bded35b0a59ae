"""Overview: did it add money, are we on plan, what next."""

import streamlit as st

from budget.present.words import N_
from pages.parts import frame

NOTHING = N_("Nothing here yet.")
NOTHING_NEXT = N_(
    "Payoff needs a plan before it can say what comes back. "
    "Look at a finished example first, or start with your own five numbers."
)
OPEN_SAMPLE = N_("Open the sample firm")
START_PLAN = N_("Start my plan")

app = frame.enter()

frame.title(app, app.say(NOTHING))
st.write(app.say(NOTHING_NEXT))
with st.container(horizontal=True):
    st.button(app.say(OPEN_SAMPLE), key="go_sample", type="primary")
    st.button(app.say(START_PLAN), key="start_plan")
