"""Payoff has no sign-in yet, so it refuses to listen where anybody but this computer could reach it."""

from ipaddress import ip_address

from budget.present.words import N_

OPEN_ADDRESS = N_(
    "Payoff would be open to other computers and has no sign-in: it did not start. Set server.address to 127.0.0.1."
)


def reaches_others(address: str | None) -> bool:
    """Whether other computers can reach a server bound to this address; unset means all interfaces."""
    if not address:
        return True
    if address == "localhost":
        return False
    try:
        return not ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return True
