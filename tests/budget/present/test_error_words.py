"""Every refused state has its own sentence."""

from datetime import UTC, datetime

import pytest

from budget import errors
from budget.present.error_words import SENTENCES, error_sentence
from budget.present.words import LANGUAGES, words_for


def tree(kind: type[errors.PayoffError]) -> list[type[errors.PayoffError]]:
    """The class and all below it."""
    return [kind, *(below for child in kind.__subclasses__() for below in tree(child))]


@pytest.mark.parametrize("kind", tree(errors.PayoffError))
def test_every_error_of_the_tree_has_a_sentence(kind: type[errors.PayoffError]) -> None:
    """A new class in `budget.errors` needs a row of its own here."""
    if kind.__module__ == errors.__name__:
        assert kind in SENTENCES


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_who_saved_in_between_is_named(lang: str) -> None:
    """The sentence about a plan that changed names the other person; no placeholder is left open."""
    error = errors.PlanChanged(3, 4, "Leyla", datetime(2026, 11, 22, tzinfo=UTC))
    sentence = error_sentence(error, words_for(lang))
    assert "Leyla" in sentence
    assert "{" not in sentence


def test_the_message_of_the_error_is_not_shown() -> None:
    """Messages may hold paths and values: only the class decides what is said."""
    assert "secret.db" not in error_sentence(errors.StoreBusy("secret.db is locked"), words_for("en"))
