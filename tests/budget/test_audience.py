"""The audience's measures: ratios of sums, named denominators, weeks, targets, what is missing; cases by hand."""

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.audience_desk import alerts_of
from budget.audience_funnel import Step
from budget.audience_goals import with_goal
from budget.audience_kpis import ALL, KPIS
from tests.budget.builders import START, usual_plan
from tests.budget.pages import WEEK, audience, delivery, lead, metric, post, speaking_to, uploaded, visit

LAST = START + 7 * WEEK


def steps(found: tuple[Step, ...]) -> dict[str, Step]:
    """The funnel's steps by name."""
    return {step.name: step for step in found}


def test_the_engagement_rate_is_a_ratio_of_sums() -> None:
    """12 of 100 and 3 of 900 are 15 of 1,000, not the middle of 12 % and 0.3 %."""
    posts = [post("a", reach=100, likes=10, shares=2), post("b", day=LAST, reach=900, likes=1, comments=1, saves=1)]
    kpi = audience(uploaded(posts=posts)).kpis["instagram"]["engagement_rate"]
    assert (kpi.value, kpi.basis) == (0.015, "reach")
    assert kpi.weeks == (0.12, *[None] * 6, pytest.approx(1 / 300))


def test_denominators_are_never_mixed() -> None:
    """With people reached known on one network and views on another, all networks together are the first alone."""
    posts = [
        post("a", reach=1_000, likes=40),
        *(post(f"v{n}", None, network="tiktok", views=2_000, likes=300) for n in range(3)),
    ]
    found = audience(uploaded(posts=posts))
    both = found.kpis[ALL]["engagement_rate"]
    assert (both.value, both.basis, both.left_out) == (0.04, "reach", ("tiktok",))
    own = found.kpis["tiktok"]["engagement_rate"]
    assert (own.value, own.basis) == (0.15, "views")
    assert found.kpis[ALL]["best_content"].left_out == ("tiktok",)


def test_without_posts_the_page_says_who_reacted() -> None:
    """Interactions of the page over its reach of the same weeks; without reach over impressions, then followers."""
    inter = [metric("interactions", 30), metric("interactions", 50, LAST)]
    reach = audience(uploaded([*inter, metric("reach", 1_000), metric("reach", 600, LAST)]))
    assert reach.kpis["instagram"]["engagement_rate"].value == 0.05
    shown = audience(uploaded([*inter, metric("impressions", 4_000), metric("impressions", 4_000, LAST)]))
    assert (shown.kpis["instagram"]["engagement_rate"].value, shown.kpis["instagram"]["engagement_rate"].basis) == (
        0.01,
        "impressions",
    )
    fans = audience(uploaded([*inter, metric("followers", 2_000), metric("followers", 2_000, LAST)]))
    rate = fans.kpis["instagram"]["engagement_rate"]
    assert (rate.value, rate.basis) == (0.02, "followers")


def test_a_week_and_its_days_count_once() -> None:
    """New followers of seven days beside the same week's own row are the days'."""
    days = [metric("follows", 5, START + timedelta(days=n)) for n in range(7)]
    both = [*days, metric("follows", 35, START, days=7), metric("follows", 20, START + WEEK, days=7)]
    assert audience(uploaded(both)).kpis["instagram"]["followers"].change == 55


def test_people_of_a_week_are_not_added_to_people_of_days() -> None:
    """Reach by day in two weeks and by week in one: only the days count, as they are another number of people."""
    days = [metric("reach", 100, START + timedelta(days=n)) for n in range(14)]
    found = audience(uploaded([*days, metric("reach", 300, LAST, days=7)]))
    assert steps(found.funnels["instagram"])["reached"].value == 1_400


def test_followers_are_the_last_value_and_never_added_up() -> None:
    """The last day of each week counts; a week without a level is reckoned from the next one and the net change."""
    levels = [metric("followers", 900 + n, START + 6 * WEEK + timedelta(days=n)) for n in range(7)]
    net = [metric("net_follows", 10, LAST), metric("net_follows", 4, START + 6 * WEEK)]
    kpi = audience(uploaded([*levels, *net])).kpis["instagram"]["followers"]
    assert kpi.weeks[5:] == (902, 906, 916)
    assert (kpi.value, kpi.change, kpi.notes) == (916, 14, ("net",))


def test_two_accounts_of_a_network_are_added() -> None:
    """Followers of both; a week in which one of them is not known says nothing."""
    rows = [
        metric("followers", 100, LAST, account="Baku"),
        metric("followers", 70, LAST, account="Ganja"),
        metric("followers", 90, START, account="Baku"),
    ]
    kpi = audience(uploaded(rows)).kpis["instagram"]["followers"]
    assert (kpi.value, kpi.weeks[0], kpi.change) == (170, None, None)


def test_reach_is_worth_what_ads_cost_in_the_same_week() -> None:
    """2,000 people at 30 manat for 10,000 ad views are 6 manat; all surfaces of one platform have its price."""
    posts = [post("a", reach=2_000, likes=1), post("b", reach=500, likes=1, network="facebook")]
    actuals = delivery({"meta-prospecting": (30, 10_000)})
    found = audience(uploaded(posts=posts), actuals=actuals)
    own = found.kpis["instagram"]["reach_value"]
    assert (own.value, own.basis, own.notes) == (6.0, "reach", ("posts", "own"))
    assert found.kpis[ALL]["reach_value"].value == 7.5


def test_without_own_ads_the_plans_price_is_said() -> None:
    """The plan's CPM of 4.00 is the ratio of its sums; a network without either has no price."""
    posts = [post("a", reach=1_000, likes=1), post("x", "text", network="x", impressions=900, likes=1)]
    found = audience(uploaded(posts=posts))
    kpi = found.kpis["instagram"]["reach_value"]
    assert kpi.value == pytest.approx(4.0, rel=1e-6)
    assert kpi.notes == ("posts", "plan")
    assert (found.kpis["x"]["reach_value"].value, found.kpis["x"]["reach_value"].missing) == (None, "price")


def test_negative_feedback_is_per_thousand_and_says_what_it_counts() -> None:
    """Six people left and two hid a post among 4,000 reached: 2 per 1,000."""
    rows = [metric("reach", 4_000), metric("unfollows", 6)]
    found = audience(uploaded(rows, [post("a", reach=800, likes=5, negative_feedback=2)]))
    kpi = found.kpis["instagram"]["negative_feedback"]
    assert (kpi.value, kpi.basis, set(kpi.notes)) == (2.0, "reach", {"page", "unfollows", "hides"})
    assert audience(uploaded([metric("reach", 10)])).kpis["instagram"]["negative_feedback"].missing == "negative"


def test_visits_are_told_by_their_source() -> None:
    """Bounce is 1 - engaged / sessions over all pages of the networks; search and direct visits stay outside."""
    rows = [
        *visit("instagram / cpc", 300, 120, 6),
        *visit("l.instagram.com / referral", 100, 80, 2, page="/sale"),
        *visit("m.facebook.com / referral", 50, 40, 1),
        *visit("google / organic", 900, 500, 30),
    ]
    found = audience(uploaded(rows, [post("a", reach=9, likes=1)]))
    own = found.kpis["instagram"]
    assert (own["visits"].value, own["bounce_rate"].value) == (400, 0.5)
    assert found.kpis[ALL]["visits"].value == 450
    assert found.kpis[ALL]["bounce_rate"].ratio == found.web.social.bounce  # type: ignore[union-attr]  # given above
    assert [(row.page, row.source, row.sessions) for row in found.web.landings][:2] == [
        ("/", "google / organic", 900), ("/", "instagram / cpc", 300),
    ]  # fmt: skip
    assert found.web.landings[1].paid
    assert steps(found.funnels[ALL])["visits"].value == 150


def test_tables_split_another_way_are_not_added() -> None:
    """The same sessions by channel, beside those by source and page, change nothing."""
    rows = visit("instagram / cpc", 300, 120, 6)
    channels = [metric("sessions", 300, days=7, network="ga4", segment="channel=Paid Social")]
    assert audience(uploaded([*rows, *channels])).web == audience(uploaded(rows)).web
    alone = audience(uploaded(channels))
    assert (alone.kpis[ALL]["visits"].value, alone.web.by_network) == (300, {})
    assert alone.kpis[ALL]["bounce_rate"].missing == "engaged"


def test_a_file_without_sources_says_so() -> None:
    """Sessions by landing page alone: pages are shown, networks are missing for want of a source."""
    rows = [metric("sessions", 70, days=7, network="ga4", segment="landing_page=/")]
    found = audience(uploaded(rows))
    assert found.kpis[ALL]["visits"].missing == "sources"
    assert [row.sessions for row in found.web.landings] == [70]


def test_a_report_of_the_whole_time_still_counts() -> None:
    """One row for all eight weeks has no line by week, but its sum and its ratio."""
    segment = "source=instagram / referral|landing_page=/"
    rows = [
        metric(name, n, days=56, network="ga4", segment=segment)
        for name, n in (("sessions", 80), ("engaged_sessions", 60))
    ]
    kpi = audience(uploaded(rows)).kpis[ALL]
    assert (kpi["visits"].value, set(kpi["visits"].weeks), kpi["bounce_rate"].value) == (80, {None}, 0.25)


SHARES = [
    ("age=18-24|gender=women", 0.1), ("age=25-34|gender=women", 0.3), ("age=35-44|gender=women", 0.2),
    ("age=25-34|gender=men", 0.25), ("age=65+|gender=men", 0.15), ("city=Baku, Azerbaijan", 0.6),
    ("city=Ganja, Azerbaijan", 0.1), ("country=Azerbaijan", 0.9),
]  # fmt: skip


@pytest.mark.parametrize(
    ("segment", "people", "places"),
    [
        ("Women 25-44, Baku", 0.5, 0.6),
        ("25–34", 0.55, None),
        ("Qadınlar 20-29", 0.5 * 0.3 + 5 / 7 * 0.1, None),
        ("Kişilər 60+", 0.15, None),
        ("Azərbaycan", None, 0.9),
        ("Bakı, Gəncə", None, 0.7),
        ("Женщины", 0.6, None),
    ],
)
def test_the_profile_is_the_share_inside_the_plans_words(
    segment: str, people: float | None, places: float | None
) -> None:
    """Age bands count by their years; who they are and where they live are never multiplied."""
    rows = [metric("audience_share", share, LAST, segment=key, grain="lifetime") for key, share in SHARES]
    found = audience(uploaded(rows), speaking_to(usual_plan(), segment)).profiles["instagram"]
    assert found.people == (None if people is None else pytest.approx(people, abs=1e-6))
    assert found.places == (None if places is None else pytest.approx(places, abs=1e-6))


def test_one_dimension_alone_is_said() -> None:
    """A file by gender against women of 25 to 44 tells women alone, and names what it cannot tell."""
    rows = [metric("audience_share", share, LAST, segment=f"gender={who}", grain="lifetime", network="tiktok")
            for who, share in (("women", 0.57), ("men", 0.43))]  # fmt: skip
    kpi = audience(uploaded(rows), speaking_to(usual_plan(), "Women 25-44")).kpis["tiktok"]["profile"]
    assert (kpi.value, kpi.notes) == (0.57, ("by gender", "no age"))
    other = audience(uploaded(rows), speaking_to(usual_plan(), "Baku")).kpis["tiktok"]["profile"]
    assert (other.value, other.missing) == (None, "split")


def test_posts_above_their_network_beyond_chance_are_candidates() -> None:
    """One post with 12 % among six with 4 % of 1,000 each; 100 manat at 5 manat buy 20,000 views of it."""
    posts = [post(f"p{n}", reach=1_000, likes=40) for n in range(6)] + [post("top", reach=1_000, likes=120)]
    found = audience(uploaded(posts=posts), actuals=delivery({"meta-prospecting": (50, 10_000)}))
    (best,) = found.candidates
    assert (best.post.key, best.usual.value, best.views) == ("top", 0.04, 20_000)
    assert best.engaged is not None
    assert best.engaged[0] < 2_400 < best.engaged[1]
    assert audience(uploaded(posts=posts[:6])).candidates == ()


def test_few_events_have_a_range_and_no_verdict() -> None:
    """Two of 1,000 lie over a line of 1 per 1,000, but so few may do so by chance: no alert; 40 of 20,000 are one."""
    plan = with_goal(usual_plan(), "negative_feedback", "alert", 1.0)
    few = audience(uploaded([metric("reach", 1_000, LAST), metric("unfollows", 2, LAST)]), plan)
    assert few.kpis["instagram"]["negative_feedback"].is_few
    assert alerts_of(plan, few) == ()
    many = audience(uploaded([metric("reach", 20_000, LAST), metric("unfollows", 40, LAST)]), plan)
    (alert,) = alerts_of(plan, many)
    assert (alert.kpi, alert.network, alert.value, alert.week) == ("negative_feedback", "instagram", 2.0, LAST)


def test_leads_are_handed_over_by_stage() -> None:
    """Statuses in any of our languages; the won ones are the customers, and organic ones are told apart."""
    rows = [
        lead("New", 6, organic=True), lead("CREATED", 2), lead("Əlaqə saxlanılıb", 3), lead("won", 4),
        lead("Отказ", 1), lead(None, 5), lead("won", 9, START - WEEK),
    ]  # fmt: skip
    found = audience(uploaded([metric("reach", 10, network="facebook")], leads=rows))
    assert found.leads is not None
    assert found.leads.stages == {"new": 8, "contacted": 3, "won": 4, "lost": 1, "unknown": 5}
    assert (found.leads.total, found.leads.organic) == (21, 6)
    own = steps(found.funnels[ALL])
    assert (own["leads"].value, own["customers"].value, own["customers"].counts) == (21, 4, "won")


def test_rates_of_the_funnel_stand_between_equals_only() -> None:
    """Reactions to posts over people whom the page reached would compare two crowds: no rate."""
    posts = [post("a", reach=500, likes=25), post("v", None, network="tiktok", views=900, likes=90)]
    found = audience(uploaded([metric("reach", 700, network="tiktok")], posts))
    assert steps(found.funnels["instagram"])["engaged"].rate.value == 0.05  # type: ignore[union-attr]  # it has one
    assert steps(found.funnels["tiktok"])["engaged"].rate is None
    assert steps(found.funnels["tiktok"])["customers"].missing == "web"


ROWS = [
    *(metric("reach", 90 + n, START + timedelta(days=n)) for n in range(20)),
    *(metric("unfollows", n % 3, START + timedelta(days=n)) for n in range(20)),
    *(metric("followers", 800 + n, START + timedelta(days=n)) for n in range(20)),
    *visit("instagram / cpc", 300, 120, 6), *visit("instagram / cpc", 200, 90, 3, "/sale", START + WEEK),
    *(metric("audience_share", x, LAST, segment=key, grain="lifetime") for key, x in SHARES),
]  # fmt: skip
PUBLISHED = [
    post(f"p{n}", ("image", "reel")[n % 2], START + timedelta(days=3 * n), reach=800 + 13 * n, likes=30 + 5 * n)
    for n in range(9)
]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    """Shuffled rows give the same measures, cells, candidates and funnels."""
    rows, posts = ROWS.copy(), PUBLISHED.copy()
    random.Random(seed).shuffle(rows)  # noqa: S311  an order, not a secret
    random.Random(seed).shuffle(posts)  # noqa: S311  an order, not a secret
    whole, mixed = audience(uploaded(ROWS, PUBLISHED)), audience(uploaded(rows, posts))
    assert mixed.kpis == whole.kpis
    assert (set(mixed.cells), mixed.candidates) == (set(whole.cells), whole.candidates)
    assert (mixed.funnels, mixed.profiles) == (whole.funnels, whole.profiles)
    assert mixed.web.landings == whole.web.landings


def test_weeks_add_up_to_the_whole() -> None:
    """A longer window's sums are those of its halves."""
    found = uploaded(ROWS, PUBLISHED)
    eight = audience(found)
    sessions = eight.web.by_network["instagram"].sessions
    assert sessions.total == sum(x or 0 for x in sessions.weeks) == 500


NAMES = st.sampled_from(
    ["reach", "follows", "unfollows", "followers", "interactions", "sessions", "engaged_sessions", "audience_share",
     "views", "net_follows", "key_events", "magic"]
)  # fmt: skip
ODD = st.builds(
    metric,
    NAMES,
    st.integers(-5, 10**7),
    st.dates(START - 2 * WEEK, START + 10 * WEEK),
    days=st.sampled_from([1, 7, 30, 56]),
    grain=st.sampled_from(["day", "week", "month", "period", "lifetime"]),
    network=st.sampled_from(["instagram", "facebook", "tiktok", "x", "ga4", "search_console", "myspace"]),
    segment=st.sampled_from([None, "", "=", "age=|gender=women", "age=65+", "city=Baku", "channel=Organic Social",
                             "source=fb / cpc|landing_page=/", "landing_page=/x", "age=99-1"]),
    account=st.sampled_from([None, "", "Nar Ev"]),
)  # fmt: skip
COUNT = st.none() | st.integers(0, 10**9)
ODD_POST = st.builds(
    post,
    st.text(max_size=3),
    st.sampled_from([None, "image", "hologram"]),
    st.none() | st.dates(START, START + 9 * WEEK),
    st.sampled_from(["instagram", "tiktok", "x", "myspace"]),
    reach=COUNT,
    views=COUNT,
    likes=COUNT,
    negative_feedback=COUNT,
)


@settings(max_examples=60)
@given(st.lists(ODD, max_size=12), st.lists(ODD_POST, max_size=6))
def test_whatever_was_uploaded_has_an_answer(rows: list[object], posts: list[object]) -> None:
    """Every measure of every network is a number with a basis, or missing with a reason; shares lie in 0 to 1."""
    found = audience(uploaded(rows, posts), speaking_to(usual_plan(), "Women 25-44, Baku"))  # type: ignore[arg-type]
    for network in (ALL, *found.networks):
        for name in KPIS:
            kpi = found.kpis[network][name]
            assert (kpi.value is None) == bool(kpi.missing)
            assert len(kpi.weeks) in (0, 8)
            if kpi.value is not None and name in ("profile", "bounce_rate"):
                assert 0 <= kpi.value <= 1
            if kpi.ratio and kpi.ratio.span and kpi.ratio.value is not None:
                assert kpi.ratio.span[0] <= kpi.ratio.value * (1 + 1e-9)
                assert kpi.ratio.value <= kpi.ratio.span[1] * (1 + 1e-9)
    alerts_of(usual_plan(), found)
