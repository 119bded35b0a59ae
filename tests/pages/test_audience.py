"""The Audience screen with nothing, with little, and with leads."""

from datetime import UTC, date, datetime

import pytest

from budget.exports import read_export
from budget.present.words import LANGUAGES, words_for
from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, figures, has, labels, table, texts, title

AS_OF = datetime(2026, 11, 16, 6, tzinfo=UTC)
WEB = """# Start date: 20261109
# End date: 20261115
Landing page,Session source / medium,Sessions,Engaged sessions,Key events
/sale,facebook / cpc,400,100,8
/sale,google / organic,90,60,3
/,m.facebook.com / referral,60,48,1
"""
CRM = """created_time,platform,campaign_name,form_name,status
2026-11-10 09:00,facebook,Autumn,Price,new
2026-11-11 09:00,facebook,Autumn,Price,won
2026-11-12 09:00,facebook,Autumn,Price,contacted
"""


def firm(store: Store, **files: str) -> None:
    """A firm with an empty plan and these uploads."""
    workspace = store.create_workspace("Kiçik", currency="AZN").workspace_id
    store.create_plan(workspace, name="Plan", currency="AZN")
    for name, text in files.items():
        reading = read_export(f"{name}.csv", text.encode(), today=date(2026, 11, 16))
        store.add_import(workspace, reading, text.encode(), as_of=AS_OF)


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_without_exports_it_says_where_they_are(open_app: OpenApp, store: Store, lang: str) -> None:
    """Every export that brings a measure, and the way to the uploads."""
    firm(store)
    app, say = calm(open_app("audience", lang=lang)), words_for(lang).say
    assert title(app) == say("Nothing of your pages yet")
    assert all(has(app, name) for name in ("Meta Business Suite", "TikTok Studio", "Google Analytics"))
    assert say("Upload exports") in labels(app)


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_a_website_alone_shows_its_visits(open_app: OpenApp, store: Store, lang: str) -> None:
    """Visits, bounce rate and landing pages are there; everything of the pages says how to get it."""
    firm(store, web=WEB)
    app, say = calm(open_app("audience", lang=lang)), words_for(lang).say
    shown = figures(app)
    assert shown[say("Visits to site")] == "460"
    assert shown[say("Bounce rate")] == "68%"
    assert [shown[say(name)] for name in ("Followers", "Engagement rate", "Best content")] == ["–"] * 3
    assert say("Not in your exports; here is how to get it") in [text.strip("*") for text in texts(app, "markdown")]


def test_leads_are_shown_by_how_far_they_came(open_app: OpenApp, store: Store) -> None:
    """A list of leads beside the visits: one of three was won, and the funnel ends there."""
    firm(store, web=WEB, crm=CRM)
    app = calm(open_app("audience"))
    assert table(app, "Status") == {
        "New": {"Leads": "1", "Share": "33%"},
        "Contacted": {"Leads": "1", "Share": "33%"},
        "Won": {"Leads": "1", "Share": "33%"},
    }
    steps = table(app, "Step")
    assert (steps["Leads"]["Number"], steps["Customers"]["Number"]) == ("3", "1")
