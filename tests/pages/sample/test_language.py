"""Switching the language keeps what was chosen."""

import pytest

from tests.pages.conftest import OpenApp


@pytest.mark.parametrize(
    ("screen", "key", "choice"),
    [
        ("review", "variance_measure", "clicks"),
        ("review", "variance_channel", "google_search"),
        ("review", "why_channel", "tiktok_awareness"),
    ],
)
def test_a_filter_survives_the_language(open_app: OpenApp, screen: str, key: str, choice: str) -> None:
    """A filter set in English holds the same choice in Azerbaijani, and again in English."""
    app = open_app(screen)
    if key == "variance_measure":
        app.segmented_control(key="variance_view").set_value("channels").run()
    app.selectbox(key=key).set_value(choice).run()
    app.segmented_control(key="lang").set_value("az").run()
    assert app.selectbox(key=f"{key}_az").value == choice
    app.segmented_control(key="lang").set_value("en").run()
    assert app.selectbox(key=key).value == choice
