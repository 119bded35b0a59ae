"""Benchmarks are sourced, wide and in order, whatever the line and the currency."""

from datetime import date
from math import exp, isclose, log, sqrt

import pytest

from budget.benchmarks import METRICS, TACTICS, Benchmark, Figure, combine, factor, figures, range_for, rates
from budget.benchmarks.figure import CONFIDENCES, figure_of
from budget.errors import InvalidValue

PLATFORMS = ("meta", "google", "tiktok", "linkedin", "youtube", "x", "snapchat", "telegram", "pinterest")
REGIONS = ("az", "us", "de", "global")
CURRENCIES = ("AZN", "USD", "EUR", "GBP", "TRY", "RUB")


def every_range(currency: str = "AZN") -> list[Benchmark]:
    """The ranges of all platforms, tactics, metrics and regions."""
    found = [
        range_for(platform, tactic, metric, currency=currency, region=region)
        for platform in PLATFORMS
        for tactic in TACTICS
        for metric in METRICS
        for region in REGIONS
    ]
    return [benchmark for benchmark in found if benchmark is not None]


def only(currency: str, platform: str, tactic: str, metric: str, region: str = "az") -> Benchmark:
    """The one range, which must exist."""
    found = range_for(platform, tactic, metric, currency=currency, region=region)
    assert found is not None
    return found


def test_every_figure_is_sourced() -> None:
    """Each figure names its source, year, region and confidence, and each published one an address."""
    assert len(figures()) > 60
    for figure in figures():
        assert figure.source
        assert figure.year
        assert figure.regions
        assert figure.confidence in CONFIDENCES
        assert figure.status
        assert figure.assumed or figure.url.startswith("https://")


def test_figures_have_units_in_range() -> None:
    """Shares lie in (0, 1], money names its currency and is above 0, and points are in order."""
    for figure in figures():
        low, likely, high = figure.span
        assert 0 < low <= likely <= high
        assert (figure.currency != "") == (figure.unit == "money")
        if figure.unit == "share":
            assert high <= 1


def test_a_figure_without_numbers_is_refused() -> None:
    """A row that holds no number, or numbers out of order, is not taken."""
    row = {
        "platform": "meta", "objective": "all", "regions": ["us"], "metric": "cpm", "unit": "money", "currency": "USD",
        "year": "2026", "status": "published", "confidence": "low", "source": "nobody",
    }  # fmt: skip
    with pytest.raises(InvalidValue):
        figure_of(row)
    with pytest.raises(InvalidValue):
        figure_of({**row, "low": 3.0, "high": 2.0})
    assert figure_of({**row, "low": 2.0, "high": 8.0}).span == (2.0, 4.0, 8.0)


def test_every_line_of_a_plan_gets_a_range() -> None:
    """Each platform, tactic and region has a range for CPM, CTR and CVR in manat: published or a marked assumption."""
    assert len(every_range()) == len(PLATFORMS) * len(TACTICS) * len(METRICS) * len(REGIONS)


@pytest.mark.parametrize("currency", CURRENCIES)
def test_ranges_are_in_order_and_never_narrow(currency: str) -> None:
    """Low <= likely <= high, log sd at least .3, shares at most 1, and everything said that a person must see."""
    for found in every_range(currency):
        assert 0 < found.low <= found.likely <= found.high
        assert found.log_sd >= 0.3 - 1e-12
        assert found.currency == (currency if found.metric == "cpm" else "")
        assert found.metric == "cpm" or found.high <= 1
        assert found.source
        assert found.year
        assert found.region
        assert found.confidence in CONFIDENCES


def test_the_country_wins_over_the_world_for_prices() -> None:
    """Meta's CPM in Azerbaijan is our marked assumption of 0.8, 2 and 5 USD at 1.70 manat, not a figure from abroad."""
    found = only("AZN", "meta", "prospecting", "cpm")
    assert (found.low, found.likely, found.high) == pytest.approx((1.36, 3.4, 8.5))
    assert found.assumed
    assert found.status == "assumption"
    assert found.confidence == "very_low"
    assert [(rate.currency, rate.date) for rate in found.rates] == [("USD", date(2025, 5, 16))]


def test_sources_that_disagree_make_it_wide() -> None:
    """US prospecting on Meta spans all fitting US sources: lowest low, highest high, geometric middle."""
    found = only("USD", "meta", "prospecting", "cpm", "us")
    euro = 1.9044 / 1.70
    assert found.low == pytest.approx(8 * euro)
    assert found.high == pytest.approx(23)
    assert found.likely == pytest.approx(sqrt(sqrt(8 * 14) * euro * sqrt(10 * 23)))
    assert found.sources == ("Metricuno", "AdAmigo")
    assert found.status == "published"


def test_search_is_not_mixed_with_other_auctions() -> None:
    """Click and conversion rates of Google search come from search campaigns, and only search uses them."""
    rate = only("AZN", "google", "search", "ctr")
    assert rate.likely == pytest.approx(0.0666)
    assert not rate.assumed
    assert only("AZN", "google", "retargeting", "ctr").likely < 0.01
    assert only("AZN", "google", "retargeting", "cpm").likely < only("AZN", "google", "search", "cpm").likely / 5


def test_one_foreign_rate_is_widened_to_half() -> None:
    """A single published rate from another region is given log sd .5 about its middle."""
    found = only("AZN", "google", "search", "cvr")
    assert found.likely == pytest.approx(0.0752)
    assert found.high / found.likely == pytest.approx(exp(1.2815515655446004 * 0.5))


def test_a_tactic_factor_is_said() -> None:
    """A figure moved to a tactic by our own factor is called adjusted and trusted least."""
    general, moved = only("AZN", "meta", "prospecting", "cvr"), only("AZN", "meta", "retargeting", "cvr")
    assert moved.likely == pytest.approx(1.8 * general.likely)
    assert (general.status, moved.status) == ("published", "adjusted")
    assert moved.confidence == "very_low"


def test_a_conversion_rate_is_not_borrowed() -> None:
    """Forms filled in on LinkedIn say nothing about orders: only leads use them."""
    assert not only("AZN", "linkedin", "leads", "cvr").assumed
    assert only("AZN", "linkedin", "prospecting", "cvr").assumed


def test_currency_at_one_to_one_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """With every rate at 1, a range in manat has the very numbers of the range in dollars."""
    monkeypatch.setattr(combine, "factor", lambda source, target: 1.0)
    for here, there in zip(every_range("AZN"), every_range("USD"), strict=True):
        assert (here.low, here.likely, here.high) == (there.low, there.likely, there.high)


def test_conversion_scales_the_whole_range() -> None:
    """A range in euro is the range in manat divided by the euro's rate, point by point; shares stay as they are."""
    for manat, euro in zip(every_range("AZN"), every_range("EUR"), strict=True):
        scale = 1.9044 if manat.metric == "cpm" else 1.0
        assert isclose(manat.low, euro.low * scale, rel_tol=1e-12)
        assert isclose(manat.likely, euro.likely * scale, rel_tol=1e-12)
        assert isclose(log(manat.high / manat.low), log(euro.high / euro.low), rel_tol=1e-9)


def test_unknown_currency_or_metric_is_none() -> None:
    """Without a rate there is no price, without a rule no metric; rates of clicks need no currency."""
    assert range_for("meta", "prospecting", "cpm", currency="JPY") is None
    assert range_for("meta", "prospecting", "roas", currency="AZN") is None
    assert range_for("meta", "prospecting", "ctr", currency="JPY") is not None


def test_rates_are_dated_and_sourced() -> None:
    """Each rate says when and who; the dollar is at its peg of 1.70; the same currency is exactly 1."""
    assert rates()["USD"].azn == 1.7
    for code, rate in rates().items():
        assert rate.currency == code
        assert rate.source
        assert date(2024, 1, 1) <= rate.date
        assert factor(code, code) == 1.0
    assert factor("USD", "JPY") is None


def test_figures_are_frozen() -> None:
    """A figure cannot be changed after it was read."""
    with pytest.raises(AttributeError):
        figures()[0].low = 1.0  # type: ignore[misc]  # that it is refused is the point
    assert isinstance(figures()[0], Figure)
