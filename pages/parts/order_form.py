"""The inputs of one order and of the monthly costs, each kept on the plan as it is typed."""

from dataclasses import replace

import streamlit as st

from budget.business import Business
from budget.money import major, micros
from budget.plan import COST_KINDS, CostKind, StoredPlan
from budget.present.business_words import SETUPS
from budget.present.escape import esc
from budget.present.vocabulary import COSTS
from budget.present.words import N_
from budget.ranges import Range
from budget.setups import chosen
from pages.parts.app import App
from pages.parts.choice import choose
from pages.parts.typed import key as typed_key

VAT_HELP = N_("In Azerbaijan usually 18%. A setting, not advice. 0 if you do not charge VAT.")
DISCOUNT_HELP = N_("Average discount on the price above. 0 if the average order is already after discounts.")
RETURNS_HELP = N_("Share of orders sent back or refunded.")
COGS_HELP = N_("Share of net revenue that the goods cost you.")
FEE_HELP = N_("Share of what the customer pays that goes to the bank or payment service.")
FIXED_FEE_HELP = N_("What the bank or payment service takes for each payment beside its share.")
DELIVERY_HELP = N_("What it costs you, less what the customer pays for it on top of the order.")
LEAD_HELP = N_("Of a hundred leads, how many buy. Everything below counts per customer.")
CAUSED_HELP = N_("Platforms also claim orders that would have come anyway. Unsure: leave 45% to 100%.")
MEDIA_FEE_HELP = N_(
    "What an agency, freelancer or reseller takes on top of the platforms' invoices. It counts as media."
)
SPREADS = (0.05, 0.1, 0.15, 0.25, 0.5)


def order(app: App, plan: StoredPlan, business: Business) -> Business:
    """The bordered form of one order; returns the business as typed."""
    with st.container(border=True):
        st.header(app.say("One order"), anchor=False)
        business = _result(app, plan, business)
        first, second = st.columns(2)
        with first:
            business = _price(app, plan, business)
            business = _share(app, plan, business, "discount_share", app.say("Discount, %"), app.say(DISCOUNT_HELP))
            business = _share(app, plan, business, "cogs_share", app.say("Cost of goods, %"), app.say(COGS_HELP))
            business = _share(app, plan, business, "payment_fee_share", app.say("Payment fee, %"), app.say(FEE_HELP))
        with second:
            business = _share(app, plan, business, "vat_share", app.say("VAT, %"), app.say(VAT_HELP))
            business = _share(app, plan, business, "returns_share", app.say("Returns, %"), app.say(RETURNS_HELP))
            business = _amount(
                app, plan, business, "fulfilment_per_order", app.say("Delivery per order"), app.say(DELIVERY_HELP)
            )
            business = _amount(app, plan, business, "return_handling_per_return", app.say("Handling of a return"))
            business = _amount(
                app, plan, business, "payment_fee_per_order", app.say("Fee per payment"), app.say(FIXED_FEE_HELP)
            )
        inside = st.toggle(app.say("Prices include VAT"), business.prices_include_vat, key=_key(plan, "inside"))
        return _caused(app, plan, replace(business, prices_include_vat=inside))


def monthly_costs(app: App, plan: StoredPlan, business: Business) -> Business:
    """The business with its costs a month beside media and its fee on media; fixed where a set-up is in the P&L."""
    total = app.numbers.money(sum(business.monthly_micros.values()))
    with st.expander(app.say("Fixed monthly costs: {total}", total=total), icon=":material/groups:"):
        if name := chosen(plan):
            text = app.say("These are the costs of {setup}. Change them under Team.", setup=app.say(SETUPS[name]))
            st.write(esc(text))
            return business
        columns = st.columns(2)
        costs: dict[CostKind, int] = {}
        for n, kind in enumerate(COST_KINDS):
            label = app.say("{cost}, {currency} a month", cost=app.say(COSTS[kind]), currency=app.numbers.currency)
            found = business.monthly_micros.get(kind, 0)
            typed = columns[n % 2].number_input(
                label, 0.0, 1e9, major(found), step=100.0, format=app.numbers.input_format(2), key=_key(plan, kind)
            )
            costs[kind] = micros(typed)
        business = replace(business, monthly_micros=costs)
        label = app.say("Fee, % of media")
        return _share(app, plan, business, "media_fee_share", label, app.say(MEDIA_FEE_HELP))


def _result(app: App, plan: StoredPlan, business: Business) -> Business:
    options = {False: app.say("Orders"), True: app.say("Leads")}
    is_lead = st.segmented_control(
        app.say("Ads bring you"), [False, True], default=business.result_is_lead, format_func=options.__getitem__,
        key=_key(plan, "lead"),
    )  # fmt: skip
    business = replace(business, result_is_lead=bool(is_lead))
    if not is_lead:
        return business
    label = app.say("Leads that become customers, %")
    return _share(app, plan, business, "lead_to_customer_share", label, app.say(LEAD_HELP))


def _price(app: App, plan: StoredPlan, business: Business) -> Business:
    label = app.say("Average order, {currency}", currency=app.numbers.currency)
    likely = business.order_value.likely
    typed = st.number_input(
        label, 0.0, 1e8, likely, step=1.0, format=app.numbers.input_format(2), key=_key(plan, "price")
    )
    usual = business.order_value.spread_share if likely else 0.15
    options = sorted({*SPREADS, round(usual, 4)})
    spread = choose(
        app, st.container(), app.say("Give or take"), options, key=_key(plan, "spread"), usual=round(usual, 4),
        shown=app.numbers.percent, remembered=False,
        help_text=app.say("How far the average order may move over the plan."),
    )  # fmt: skip
    if (typed, spread) == (likely, round(usual, 4)):
        return business
    return replace(business, order_value=Range.around(typed, spread))


def _share(app: App, plan: StoredPlan, business: Business, field: str, label: str, help_text: str) -> Business:
    found = getattr(business, field) * 100
    typed = st.number_input(
        label,
        0.0,
        100.0,
        found,
        step=0.5,
        format=app.numbers.input_format(1),
        key=_key(plan, field),
        help=help_text or None,
    )
    return replace(business, **{field: typed / 100}) if typed != found else business


def _amount(
    app: App, plan: StoredPlan, business: Business, field: str, label: str, help_text: str | None = None
) -> Business:
    unit = app.say("{label}, {currency}", label=label, currency=app.numbers.currency)
    found = getattr(business, field)
    typed = st.number_input(
        unit, 0.0, 1e8, found, step=0.5, format=app.numbers.input_format(2), key=_key(plan, field), help=help_text
    )
    return replace(business, **{field: typed}) if typed != found else business


def _caused(app: App, plan: StoredPlan, business: Business) -> Business:
    found = business.incrementality
    usual = (round(found.low * 100), round(found.high * 100))
    low, high = st.slider(
        app.say("Share of orders that ads truly cause, %"), 0, 100, usual, key=_key(plan, "caused"),
        help=app.say(CAUSED_HELP),
    )  # fmt: skip
    if (low, high) != usual:
        business = replace(business, incrementality=Range(low / 100, (low + high) / 200, high / 100))
    return business


def _key(plan: StoredPlan, name: str) -> str:
    return typed_key(plan, f"business_{plan.plan_id}_{name}")
