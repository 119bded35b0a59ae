"""Accounts and campaigns that files call by name: whom they mean, as far as the active imports tell."""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
from sqlalchemy import Connection, insert, select

from budget.findings import Finding
from budget.store.grains import BY_NAME, name_key
from budget.store.schema import known_name

Account = tuple[str, str]
Slots = dict[tuple[str, str, str], str]
COLUMNS = ["platform", "account_id", "kind", "name_key", "campaign_id"]


def registry(connection: Connection, workspace_id: int, platforms: Collection[str]) -> pd.DataFrame:
    """All names that active imports brought for these platforms: `COLUMNS` and `import_id`."""
    columns = [known_name.c[name] for name in (*COLUMNS, "import_id")]
    query = select(*columns).where(
        known_name.c.workspace_id == workspace_id, known_name.c.platform.in_(sorted(platforms))
    )
    return pd.DataFrame([*map(tuple, connection.execute(query))], columns=[*COLUMNS, "import_id"], dtype=object)


def settle_accounts(frame: pd.DataFrame, known: pd.DataFrame, answer: str | None) -> pd.DataFrame:
    """The rows with `account_id`: the file's, the person's, the one known by that name, the only known, else ''."""
    frame = frame.copy()
    nameless = frame["account_id"].isna()
    if answer or not nameless.any():
        frame["account_id"] = frame["account_id"].where(~nameless, answer)
        return frame
    pairs = frame.loc[nameless, ["platform", "account_name"]].drop_duplicates().itertuples(index=False)
    found = {(platform, name): _account(platform, name, known) for platform, name in pairs}
    guesses = [
        found[platform, name] if blank else account
        for platform, name, account, blank in zip(
            frame["platform"], frame["account_name"], frame["account_id"], nameless, strict=True
        )
    ]
    frame["account_id"] = pd.Series(guesses, index=frame.index, dtype=object)
    return frame


def _account(platform: str, name: str | None, known: pd.DataFrame) -> str:
    here = known[(known["platform"] == platform) & (known["kind"] == "account")]
    accounts = set(here["account_id"])
    if name:
        same = set(here.loc[here["name_key"] == name_key(name), "account_id"])
        if len(same) == 1:
            return str(same.pop())
        return "" if accounts == {""} else BY_NAME + name_key(name)
    return str(accounts.pop()) if len(accounts) == 1 else ""


def account_findings(frame: pd.DataFrame, known: pd.DataFrame) -> list[Finding]:
    """A platform of which some files name the account by id and some do not may be counted twice."""
    found = []
    for platform in sorted(set(frame["platform"])):
        accounts = set(frame.loc[frame["platform"] == platform, "account_id"])
        accounts |= set(known.loc[known["platform"] == platform, "account_id"])
        nameless = {account for account in accounts if not account or account.startswith(BY_NAME)}
        if nameless and accounts - nameless:
            found.append(Finding("ACCOUNT_MIXED", "warn", facts={"platform": platform}))
    return found


def names_in(frame: pd.DataFrame) -> pd.DataFrame:
    """The distinct names that rows bring, as `COLUMNS`."""
    keys = [name_key(name) if name else "" for name in frame["account_name"]]
    accounts = frame[["platform", "account_id"]].assign(kind="account", name_key=keys, campaign_id="")
    named = frame[frame["campaign_name_key"].notna() & (frame["entity_level"] != "account")]
    campaigns = pd.DataFrame(
        {
            "platform": named["platform"],
            "account_id": named["account_id"],
            "kind": "campaign",
            "name_key": named["campaign_name_key"],
            "campaign_id": named["campaign_id"].fillna(""),
        }
    )
    return pd.concat([accounts, campaigns], ignore_index=True).drop_duplicates()[COLUMNS]


def remember_names(connection: Connection, workspace_id: int, import_id: int, names: pd.DataFrame) -> None:
    """Keep the names that an import brought; they leave with it."""
    values = names.assign(workspace_id=workspace_id, import_id=import_id)
    records = [{str(name): value for name, value in row.items()} for row in values.to_dict("records")]
    if records:
        connection.execute(insert(known_name), records)


def slots_of(known: pd.DataFrame) -> Slots:
    """The campaign id behind each name that only one campaign of that account ever bore."""
    campaigns = known[(known["kind"] == "campaign") & (known["campaign_id"] != "")]
    unique = campaigns[["platform", "account_id", "name_key", "campaign_id"]].drop_duplicates()
    once = unique[~unique.duplicated(["platform", "account_id", "name_key"], keep=False)]
    return {(p, a, n): c for p, a, n, c in once.itertuples(index=False)}


def nameless(known: pd.DataFrame) -> set[tuple[str, str, str]]:
    """Platform, account and name of the campaigns of which rows without an id are stored."""
    rows = known[(known["kind"] == "campaign") & (known["campaign_id"] == "")]
    return set(zip(rows["platform"], rows["account_id"], rows["name_key"], strict=True))


def with_slots(frame: pd.DataFrame, slots: Mapping[tuple[str, str, str], str]) -> pd.DataFrame:
    """The rows with `campaign_slot`: the campaign's id, the id behind its name, its name key, or '' (no campaign)."""
    columns = ("entity_level", "campaign_id", "platform", "account_id", "campaign_name_key")
    found = [
        "" if level == "account" else campaign or (slots.get((platform, account, name), name) if name else "")
        for level, campaign, platform, account, name in zip(*(frame[column] for column in columns), strict=True)
    ]
    return frame.assign(campaign_slot=np.array(found, dtype=object))
