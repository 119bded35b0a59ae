"""Words that people write above columns of their own tables, with the roles that they usually mean."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from budget.exports.headers import header

PLAIN = {
    "delivery": Path(__file__).with_name("plain.toml"),
    "orders": Path(__file__).with_name("plain_orders.toml"),
}


@cache
def own_words(kind: str = "delivery") -> Mapping[str, tuple[str, ...]]:
    """Normalised header -> roles of a kind of table, the likeliest first."""
    roles: dict[str, tuple[str, ...]] = {}
    for role, words in tomllib.loads(PLAIN[kind].read_text("utf-8")).items():
        for word in words:
            key = header(word).key
            roles[key] = (*roles.get(key, ()), role)
    return roles
