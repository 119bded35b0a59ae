"""Every refused state of `budget.errors` as a sentence: what happened, that nothing was lost, the next step."""

from collections.abc import Mapping
from types import MappingProxyType

from budget import errors
from budget.present.words import N_, Words

SENTENCES: Mapping[type[errors.PayoffError], str] = MappingProxyType(
    {
        errors.PayoffError: N_("This cannot be done right now. Nothing was changed."),
        errors.InvalidValue: N_("A value lies outside what is possible. Nothing was saved: correct it and save again."),
        errors.StoreError: N_("The store could not do this. Nothing was changed: try again."),
        errors.PlanChanged: N_(
            "{by} saved this plan after you opened it. Load the page again, then repeat the change."
        ),
        errors.PlanLocked: N_("This plan is locked and never changes. Make a new version to go on."),
        errors.PlanMissing: N_("This plan is not here. Choose another one in the side bar."),
        errors.RecordChanged: N_(
            "Somebody saved this after you opened it. Load the page again, then repeat the change."
        ),
        errors.RecordMissing: N_("This entry is not here any more. Load the page again to see what is."),
        errors.ImportMissing: N_("This upload is not here any more. Load the page again to see what is."),
        errors.ImportOpen: N_("The file still asks a question. Answer it, then save."),
        errors.WorkspaceMissing: N_("This firm is not here. Choose another one in the side bar."),
        errors.NotAllowed: N_("Your role does not allow this. An owner of the firm can change roles."),
        errors.StoreNewer: N_("The data was written by a newer Payoff. Install that version or restore a backup."),
        errors.StoreBehind: N_("The data needs a newer form: run “python -m budget upgrade”, then start again."),
        errors.StoreBusy: N_("Somebody else is writing just now. Nothing was changed: try again in a minute."),
        errors.StoreRefused: N_(
            "Payoff cannot keep its data in this place. Choose a folder on a local disk with PAYOFF_DATA_DIR."
        ),
        errors.QuotaReached: N_("This firm has used up its room. Remove old uploads to make space."),
    }
)
OUR_FAULT = N_("Something went wrong on our side.")
OUR_FAULT_NEXT = N_("Nothing was lost. Try again; if it stays, send us the code {code}.")


def error_sentence(error: errors.PayoffError, words: Words) -> str:
    """The sentence of the error's own class, or of the nearest class above it."""
    known = next(kind for kind in type(error).__mro__ if kind in SENTENCES)
    facts = {"by": error.by} if isinstance(error, errors.PlanChanged) else {}
    return words.say(SENTENCES[known], **facts)
