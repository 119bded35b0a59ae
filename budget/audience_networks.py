"""The networks on which people meet the firm, told from platform and surface, or from where a visit came."""

import re

NETWORKS = (
    "instagram", "facebook", "meta", "tiktok", "youtube", "x", "linkedin", "pinterest", "snapchat", "reddit",
    "telegram",
)  # fmt: skip
"""In the order in which they are shown; `meta` where a file does not say which of its two surfaces."""
_HOSTS = {
    "facebook": ("facebook", "fb", "messenger"),
    "instagram": ("instagram", "ig", "igshopping"),
    "tiktok": ("tiktok", "tiktokads", "tik-tok"),
    "youtube": ("youtube", "youtu.be"),
    "x": ("twitter", "t.co", "x.com", "x"),
    "linkedin": ("linkedin", "lnkd.in"),
    "pinterest": ("pinterest",),
    "snapchat": ("snapchat",),
    "reddit": ("reddit",),
    "telegram": ("telegram", "t.me", "telegram.me", "telegram.org"),
    "meta": ("meta",),
}
_BY_HOST = {host: network for network, hosts in _HOSTS.items() for host in hosts}
_PAID = re.compile(r"cpc|cpm|ppc|paid|ads?\b|display|banner|retargeting|sponsored", re.IGNORECASE)
_FRONT = frozenset({"www", "m", "l", "lm", "mobile", "web", "business", "out", "old", "away"})


def network_of(platform: str | None, surface: str | None) -> str | None:
    """The network of a page's or post's row; None for websites, shops and what is no network."""
    name = surface or platform or ""
    return name if name in NETWORKS else platform if platform in NETWORKS else None


def platform_of(network: str) -> str:
    """The platform on which ads for this network are bought."""
    return "meta" if network in ("facebook", "instagram") else network


def network_of_source(source: str) -> str | None:
    """The network that a visit's source names: `l.instagram.com / referral`, `fb / cpc`; None for any other."""
    host = source.split(" / ")[0].strip().casefold()
    if host in _BY_HOST:
        return _BY_HOST[host]
    parts = host.split(".")
    while len(parts) > 1 and parts[0] in _FRONT:
        parts = parts[1:]
    joined = ".".join(parts)
    if joined in _BY_HOST:
        return _BY_HOST[joined]
    return _BY_HOST.get(parts[0]) if parts[1:] in (["com"], ["co"], ["net"], ["me"], ["be"]) else None


def is_paid(source: str) -> bool:
    """Whether the medium or channel of a visit says that it was paid for."""
    return bool(_PAID.search(source.split(" / ")[-1]))
