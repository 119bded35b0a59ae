"""Who acts on the store: recorded with every act."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person: `issuer` and `subject` are the identity, `name` is a label for screens."""

    issuer: str = ""
    subject: str = "local"
    name: str = "local"

    @property
    def key(self) -> str:
        """The identity as one text, for the audit."""
        return f"{self.issuer}|{self.subject}" if self.issuer else self.subject


LOCAL = Actor()
"""The single person of an embedded store."""
