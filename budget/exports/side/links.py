"""What an address of a post says of it."""

import re

from budget.exports.privacy import scrub

_ID = re.compile(r"(?:/(?:video|photo|status)/|urn:li:(?:activity|share|ugcPost):)([0-9]{10,25})(?![0-9])")
# An account's name in an address (`/@bags.az/video/1`) is no e-mail address.
_HANDLE, _GUARD = "/@", "/\x00"


def id_in_link(link: str | None) -> str | None:
    """The post's id as TikTok, X and LinkedIn write it into the address."""
    match = _ID.search(link or "")
    return match[1] if match else None


def scrub_link(link: str) -> str:
    """The address without e-mail addresses and telephone numbers; accounts' names stay."""
    return scrub(link.replace(_HANDLE, _GUARD)).replace(_GUARD, _HANDLE)
