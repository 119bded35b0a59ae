"""What every screen starts from: the firm, its plan, the language, today."""

from dataclasses import dataclass
from datetime import date

from budget.plan import PlanHead, StoredPlan
from budget.present.numbers import Numbers
from budget.present.words import Words
from budget.store import Store, Workspace


@dataclass(frozen=True)
class App:
    """The context of one run of one screen.

    `workspace` is None before the first firm exists. `plan` is the plan that is worked with, `locked` the newest
    baseline, `opened` what the Plan screens look at: the plan, a scenario or a baseline; None where there is none.
    `numbers` formats in the app's language and the opened plan's currency.
    """

    store: Store
    workspace: Workspace | None
    plan: StoredPlan | None
    locked: StoredPlan | None
    words: Words
    numbers: Numbers
    lang: str
    today: date
    heads: tuple[PlanHead, ...] = ()
    opened: StoredPlan | None = None

    def say(self, msgid: str, /, **facts: str) -> str:
        """The sentence in the person's language; facts are finished text."""
        return self.words.say(msgid, **facts)

    def count(self, singular: str, plural: str, n: int, /, **facts: str) -> str:
        """The form for `n` things in the person's language."""
        return self.words.count(singular, plural, n, **facts)
