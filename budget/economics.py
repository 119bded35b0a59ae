"""What one order leaves, and what an advertisement may cost at most."""

from dataclasses import dataclass

from budget.business import Business


@dataclass(frozen=True)
class OrderEconomics:
    """One average order, step by step, in major units; costs are positive numbers.

    `NR = gross/(1+vat)*(1-discount)*(1-returns)`; `CM1 = NR - COGS`; `CM2 = CM1 - fulfilment - fees - return handling`
    (definitions of the product). The payment fee is a share of what the customer pays, VAT included.
    """

    price: float
    vat: float
    discount: float
    returns: float
    net_revenue: float
    cogs: float
    gross_margin: float
    fulfilment: float
    contribution: float

    @property
    def contribution_share(self) -> float:
        """CM2 as a share of net revenue; 0 without revenue."""
        return self.contribution / self.net_revenue if self.net_revenue else 0.0


@dataclass(frozen=True)
class BreakEven:
    """Where advertising neither earns nor loses; None where every order loses or a rate is missing.

    `roas` on net revenue, `roas_reported` on revenue as platforms report it; the prices in major units of media cost.
    """

    roas: float | None
    roas_reported: float | None
    cpa: float | None
    cpc: float | None
    cpm: float | None


def vat_divisor(business: Business) -> float:
    """What a price is divided by to lose its VAT: `1 + vat`, or 1 where prices are without."""
    return 1 + business.vat_share if business.prices_include_vat else 1.0


def fee_per_value(business: Business) -> float:
    """Payment fee per money of order value, on what the customer pays with VAT and after the discount."""
    gross_up = 1.0 if business.prices_include_vat else 1 + business.vat_share
    return business.payment_fee_share * gross_up * (1 - business.discount_share)


def cost_per_order(business: Business) -> float:
    """Fulfilment of one order, its fixed payment fee and the expected handling of its return, in major units."""
    fixed = business.fulfilment_per_order + business.payment_fee_per_order
    return fixed + business.returns_share * business.return_handling_per_return


def net_share(business: Business) -> float:
    """Net revenue per money of order value."""
    return (1 - business.discount_share) * (1 - business.returns_share) / vat_divisor(business)


def media_factor(business: Business) -> float:
    """Media cost per money of the platform's invoice: VAT that is not recovered, and fees."""
    return 1 + business.media_vat_share + business.media_fee_share


def order_economics(business: Business) -> OrderEconomics:
    """The average order at its likely value."""
    price = business.order_value.likely
    before_vat = price / vat_divisor(business)
    discount = before_vat * business.discount_share
    net = price * net_share(business)
    cogs = net * business.cogs_share
    fulfilment = price * fee_per_value(business) + cost_per_order(business)
    return OrderEconomics(
        price, price - before_vat, discount, before_vat - discount - net, net, cogs, net - cogs, fulfilment,
        net - cogs - fulfilment,
    )  # fmt: skip


def break_even(business: Business, *, ctr: float | None, cvr: float | None) -> BreakEven:
    """Highest affordable CPA, CPC, CPM and lowest affordable ROAS at the middle of the ranges.

    `ROAS = 1/(CM2 share of NR)/incrementality`; `CPA = incrementality*CM2 per result`; `CPC = CPA*CVR`;
    `CPM = 1000*CTR*CPC`.
    """
    order, caused = order_economics(business), business.incrementality.likely
    cpa = caused * order.contribution * business.customers_per_conversion
    if cpa <= 0:
        return BreakEven(None, None, None, None, None)
    cpc = cpa * cvr if cvr is not None else None
    return BreakEven(
        roas=1 / order.contribution_share / caused,
        roas_reported=order.price * business.customers_per_conversion / cpa,
        cpa=cpa,
        cpc=cpc,
        cpm=1000 * ctr * cpc if ctr is not None and cpc is not None else None,
    )
