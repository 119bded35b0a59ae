"""Who did something, by name where there is more than one person."""

from pages.parts.app import App

ALONE = "local"


def named(app: App, key: str) -> str:
    """The person; "" where only one person uses the store."""
    return "" if key == ALONE else key.rpartition("\x1f")[2]


def by(app: App, key: str, day: str) -> str:
    """`on 22 Nov 2026`, or `by Leyla on 22 Nov 2026`."""
    who = named(app, key)
    return app.say("by {who} on {day}", who=who, day=day) if who else app.say("on {day}", day=day)
