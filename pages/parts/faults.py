"""The one place where errors become words: states we refuse, and our own faults with an id."""

import streamlit as st

from budget import log
from budget.errors import PayoffError
from budget.present.error_words import OUR_FAULT, OUR_FAULT_NEXT, error_sentence
from pages.parts.state import current_words


def show(error: Exception) -> bool:
    """Show the error calmly: a refused state by its sentence, anything else logged and shown by its id.

    Always True: as `on_script_error` of the server this says that nothing more is to be shown.
    """
    words = current_words()
    if isinstance(error, PayoffError):
        log.note("refused", kind=type(error).__name__)
        st.error(error_sentence(error, words), icon=":material/block:")
        return True
    code = log.fault(error)
    sentence = f"**{words.say(OUR_FAULT)}** {words.say(OUR_FAULT_NEXT, code=code)}"
    st.error(sentence, icon=":material/error:")
    return True
