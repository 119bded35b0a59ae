"""What the files of the pages, posts and visits say, kept apart from any reader."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

from budget.weeks import week_of
from sample_data.organic import FOLLOWERS, Landing, PageDay, Post
from sample_data.organic_exports import AGES, CITIES, GENDERS, PEOPLE, TERRITORIES

HIDDEN = "facebook"
"""The only network whose posts say what people hid, and how many clicked a link."""


def organic_json(
    posts: Sequence[Post], days: Sequence[PageDay], visits: Sequence[Landing], files: Mapping[str, date]
) -> bytes:
    """`files` with the day of download; pages by network and week, posts, landing rows, who follows."""
    ages = {network: dict(zip(AGES, zip(*parts, strict=True), strict=True)) for network, parts in PEOPLE.items()}
    body = {
        "files": {name: day.isoformat() for name, day in files.items()},
        "followers": FOLLOWERS,
        "pages": _weeks(days),
        "posts": [_post(post) for post in posts],
        "landing": [asdict(row) | {"week": row.week.isoformat()} for row in visits],
        "people": ages,
        "cities": CITIES,
        "tiktok": {"gender": GENDERS, "country": TERRITORIES},
    }
    return (json.dumps(body, ensure_ascii=False) + "\n").encode()


def _weeks(days: Sequence[PageDay]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for network, week in dict.fromkeys((day.network, week_of(day.day)) for day in days):
        own = [day for day in days if (day.network, week_of(day.day)) == (network, week)]
        sums = {name: sum(getattr(day, name) for day in own) for name in ("reach", "follows")}
        left = sum(day.unfollows for day in own) if network == "tiktok" else None
        found.append({"network": network, "week": week.isoformat(), **sums, "unfollows": left})
    return found


def _post(post: Post) -> dict[str, object]:
    said = asdict(post) | {"day": post.day.isoformat()}
    if post.network == "tiktok":
        said |= {"reach": None}
    if post.network != HIDDEN:
        said |= {"hidden": None, "link_clicks": None}
    return said
