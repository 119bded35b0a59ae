"""Report over the sample firm: both packs, of all days or of one week, in the language that is asked for."""

from typing import Any

from streamlit.testing.v1 import AppTest

from budget.present.pack_words import NAMES
from budget.present.words import words_for
from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.own import own_firm


def said(app: AppTest) -> str:
    """The text to copy."""
    return str(app.code[0].value)


def names_of_files(app: AppTest) -> list[str]:
    """The names under which the files are offered."""
    found: Any = app.get("download_button")
    return [element.proto.label for element in found]


def test_packs_days_and_language_are_chosen(open_app: OpenApp) -> None:
    """Each pack has two files and a text that names it, of the chosen days, in the language of the files."""
    app = open_app("report")
    assert names_of_files(app) == ["Download the slides", "Download the workbook"]
    whole = said(app).splitlines()
    assert whole[0].startswith("Nar Ev · Weekly pack")
    week = said(app.button(key="span_last").click().run()).splitlines()
    assert "9 – 15 Nov 2026" in week[0].replace("\u00a0", " ")
    assert week[3] != whole[3], "the result is that of the week"
    ends = [[line for line in text if line.startswith("The plan will most likely end")] for text in (whole, week)]
    assert ends[0] == ends[1] != [], "the end of the plan stays where it is"
    app.segmented_control(key="report_kind").set_value("owner").run()
    assert said(app).startswith("Nar Ev · Owner's pack · 9")
    app.selectbox(key="report_lang_en").set_value("az").run()
    assert said(app).startswith(f"Nar Ev · {words_for('az').say(NAMES['owner'])}")
    assert "pack of Nar Ev, ready to pass on" in app.title[0].value, "the screen stays in the person's language"


def test_a_firm_without_uploads_passes_its_plan_on(open_app: OpenApp, store: Store) -> None:
    """Before uploads the pack says what is planned, and the way to an upload stands beside it."""
    firm = own_firm(store)
    app = open_app("report", firm=firm)
    assert "Nothing was uploaded yet" in said(app)
    assert "Upload exports" in [link.proto.label for link in app.get("page_link")]
