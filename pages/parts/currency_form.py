"""VAT on media, rates of exchange with their days, and which uploads still wait for one."""

from dataclasses import replace

import streamlit as st

from budget.business import business_of, with_business
from budget.currencies import Foreign, foreign
from budget.money import COMMON_CURRENCIES
from budget.plan import StoredPlan
from budget.present.escape import esc
from budget.present.words import N_
from budget.store import Rate
from pages.parts import results, typed
from pages.parts.app import App
from pages.parts.choice import choose

USUAL_VAT = 0.18
VAT_HELP = N_("On when you pay VAT on the platforms' invoices and cannot get it back. A setting, not advice.")
SHARE_HELP = N_("In Azerbaijan 18% on services from abroad. A setting, not advice.")
MOST_FILES = 4
SOURCE_LENGTH = 200


def media_vat(app: App, plan: StoredPlan) -> StoredPlan:
    """The plan with the switch of VAT on media as set, and its share where it is on."""
    business = business_of(plan)
    with st.container(border=True):
        st.header(app.say("VAT on media"), anchor=False)
        is_on = st.toggle(
            app.say("VAT on media is not recovered"), business.media_vat_share > 0, key=_key(plan, "media_vat"),
            help=app.say(VAT_HELP),
        )  # fmt: skip
        share = business.media_vat_share if is_on else 0.0
        if is_on:
            usual = (share or USUAL_VAT) * 100
            percent = st.number_input(
                app.say("VAT on media not recovered, %"), 0.1, 100.0, usual, step=0.5,
                format=app.numbers.input_format(1), key=_key(plan, "media_vat_share"), help=app.say(SHARE_HELP),
            )  # fmt: skip
            share = percent / 100 if percent != usual else share or USUAL_VAT
        hundred = {"hundred": app.numbers.money_of(100), "cost": app.numbers.unit_price(100 * (1 + share))}
        st.caption(app.say("{hundred} on a platform's invoice cost you {cost} of media in every P&L", **hundred))
    return with_business(plan, replace(business, media_vat_share=share)) if share != business.media_vat_share else plan


def waiting(app: App, plan: StoredPlan) -> None:
    """Uploads in another currency: which have their rate, and which do not."""
    found = _foreign(app, plan)
    lacking = [each for each in found if each.is_missing]
    facts = {"n": str(len(lacking)), "own": plan.currency}
    with st.container(gap="xxsmall"):
        title = app.say("All uploads count in {own}", **facts)
        if lacking:
            title = app.count("{n} currency has no rate into {own}", "{n} currencies have no rate into {own}",
                              len(lacking), own=plan.currency)  # fmt: skip
        st.header(title, anchor=False)
        st.caption(app.say("The lines of the plan are in {own} themselves and need no rate", **facts))
    for each in found:
        st.markdown(f"{_mark(each)} {esc(_told(app, plan, each))}")


def _foreign(app: App, plan: StoredPlan) -> tuple[Foreign, ...]:
    rates, imports = app.store.rates(plan.workspace_id), app.store.imports(plan.workspace_id)
    return foreign(plan.currency, imports, rates, results.actuals(app, plan).unconverted)


def _mark(found: Foreign) -> str:
    if found.is_missing:
        return ":orange[:material/warning:]"
    return ":gray[:material/info:]" if found.is_late else ":green[:material/check_circle:]"


def _told(app: App, plan: StoredPlan, found: Foreign) -> str:
    shown = ", ".join(found.files[:MOST_FILES]) + (" …" if len(found.files) > MOST_FILES else "")
    facts = {"currency": found.currency, "own": plan.currency, "files": shown or app.say("rows of uploaded files")}
    if found.is_missing:
        return app.say("{currency}: no rate, so its money is not counted. Files: {files}", **facts)
    if found.is_late:
        days = {"first": app.numbers.date(found.first_rate), "day": app.numbers.date(found.first_day)}
        return app.say("{currency}: money from {day} on takes the rate of {first}, the oldest known. Files: {files}",
                       **days, **facts)  # fmt: skip
    return app.say("{currency}: a rate is known for every day. Files: {files}", **facts)


def rates(app: App, plan: StoredPlan) -> None:
    """The rates by currency and day, each with its way out, and the form for one more."""
    with st.container(gap="xxsmall"):
        st.header(app.say("Rates of exchange"), anchor=False)
        st.caption(app.say("A rate holds from its day until the next one of its currency"))
    known = [rate for rate in app.store.rates(plan.workspace_id) if rate.to_currency == plan.currency]
    for rate in sorted(known, key=lambda rate: (rate.from_currency, rate.date_day)):
        _row(app, plan, rate)
    _one_more(app, plan)


def _row(app: App, plan: StoredPlan, rate: Rate) -> None:
    one, value = f"1 {rate.from_currency}", app.numbers.decimal(rate.rate_e9 / 1e9, 4)
    facts = {"one": one, "value": value, "own": plan.currency, "day": app.numbers.date(rate.date_day)}
    source = "" if rate.source in ("", "person") else f" · {rate.source}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(esc(app.say("{one} = {value} {own} from {day}", **facts) + source), width="stretch")
        key = f"rate_remove_{rate.from_currency}_{rate.date_day}"
        if st.button(app.say("Remove"), key=key, icon=":material/delete:", type="tertiary"):
            app.store.remove_rate(plan.workspace_id, rate)
            st.rerun()


def _one_more(app: App, plan: StoredPlan) -> None:
    """A new rate, or a changed one: the same currency and day take its place."""
    needed = [each.currency for each in _foreign(app, plan)]
    options = [*needed, *(each for each in COMMON_CURRENCIES if each not in (*needed, plan.currency))]
    with st.container(border=True):
        first, second = st.columns(2)
        currency = choose(app, first, app.say("Currency"), options, key="rate_currency", shown=str)
        start = plan.period.start if plan.period else app.today
        day = second.date_input(app.say("From"), start, format=app.numbers.grid_date_format, key="rate_day")
        label = app.say("1 {currency} in {own}", currency=currency, own=plan.currency)
        value = first.number_input(
            label, 0.0, 1e6, None, step=0.01, format=app.numbers.input_format(4), key=f"rate_value_{currency}"
        )
        source = second.text_input(app.say("Source"), max_chars=SOURCE_LENGTH, key="rate_source")
        if st.button(app.say("Save the rate"), key="rate_save", disabled=not value, icon=":material/check:") and value:
            said = " ".join(source.split()) or "person"
            app.store.set_rate(plan.workspace_id, Rate(day, currency, plan.currency, round(value * 1e9), said))
            st.rerun()


def _key(plan: StoredPlan, name: str) -> str:
    return typed.key(plan, f"business_{plan.plan_id}_{name}")
