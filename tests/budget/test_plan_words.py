"""Every finding about a plan has its sentence, and no sentence waits for a finding that nobody raises."""

import re
from pathlib import Path

from budget.present.business_words import SENTENCES as BUSINESS_SENTENCES
from budget.present.decision_words import WHY
from budget.present.forecast_words import SENTENCES as FORECAST_SENTENCES
from budget.present.plan_words import SENTENCES
from budget.present.sales_words import SENTENCES as SALES_SENTENCES
from budget.present.season_words import SENTENCES as SEASON_SENTENCES

DOMAIN = Path(__file__).parents[2] / "budget"


def test_findings_and_sentences_are_the_same_set() -> None:
    """The codes that the domain raises are exactly those with a sentence."""
    sources = "".join(path.read_text("utf-8") for path in DOMAIN.glob("*.py"))
    assert set(re.findall(r'(?:Finding\(\s*|yield )"([A-Z_]+)"', sources)) == {
        *SENTENCES,
        *SALES_SENTENCES,
        *BUSINESS_SENTENCES,
        *FORECAST_SENTENCES,
        *SEASON_SENTENCES,
        *WHY,
    }
