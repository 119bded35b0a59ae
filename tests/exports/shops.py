"""Orders of fictional shops: an order over several lines, a line an order, a line a product."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tests.exports.tables import DAYS, FIRST, Expected
from tests.exports.writers import Value, csv_bytes

Piece = tuple[str, bytes, Expected]


@dataclass(frozen=True)
class Order:
    """One order in hundredths; `pieces` by line."""

    number: int
    day: date
    total: int
    shipping: int
    tax: int
    discount: int
    refunded: int
    status: str
    pieces: tuple[int, ...]


def shop(seed: str, orders: int = 24) -> list[Order]:
    """The same orders for the same seed."""
    dice = random.Random(seed)  # noqa: S311  a fictional shop
    made = []
    for number in range(orders):
        total = dice.randint(900, 40_000)
        status = dice.choice(("paid", "paid", "paid", "pending", "refunded", "voided"))
        pieces = tuple(dice.randint(1, 4) for _ in range(dice.randint(1, 3)))
        made.append(
            Order(
                1001 + number,
                FIRST + timedelta(days=number % DAYS),
                total,
                dice.randint(0, 500),
                total * 18 // 118,
                dice.randint(0, 300),
                total if status == "refunded" else 0,
                status,
                pieces,
            )
        )
    return made


def money(cents: int) -> str:
    """Hundredths as shops write them."""
    return f"{cents // 100}.{cents % 100:02d}"


SHOPIFY = (
    "Name", "Email", "Financial Status", "Paid at", "Currency", "Subtotal", "Shipping", "Taxes", "Total",
    "Discount Code", "Discount Amount", "Created at", "Lineitem quantity", "Lineitem name", "Billing Name",
    "Billing Zip", "Billing Phone", "Cancelled at", "Refunded Amount", "Id", "Tags", "Source", "Phone",
)  # fmt: skip


def shopify_rows(orders: Sequence[Order], *, zone: str = "+0400", us: bool = False) -> list[list[Value]]:
    """The first line of an order holds its cells, the others only its name, its address and what was bought."""
    rows: list[list[Value]] = [["Canceled at" if us and name == "Cancelled at" else name for name in SHOPIFY]]
    for order in orders:
        person, moment = f"buyer{order.number % 9}@nar.example", f"{order.day} 23:40:00 {zone}"
        for line, pieces in enumerate(order.pieces):
            first = line == 0
            cells: dict[str, Value] = {"Name": f"#{order.number}", "Email": person, "Created at": moment}
            cells |= {"Lineitem quantity": pieces, "Lineitem name": f"Sabun {line + 1}"}
            if first:
                cells |= {
                    "Financial Status": order.status, "Paid at": moment, "Currency": "AZN",
                    "Subtotal": money(order.total - order.shipping), "Shipping": money(order.shipping),
                    "Taxes": money(order.tax), "Total": money(order.total), "Discount Amount": money(order.discount),
                    "Discount Code": "YAZ10" if order.discount else "", "Billing Name": f"Alıcı {order.number}",
                    "Billing Zip": "'AZ1001", "Billing Phone": "'+994 50 111 22 33",
                    "Cancelled at" if not us else "Canceled at": moment if order.status == "voided" else "",
                    "Refunded Amount": money(order.refunded), "Id": str(5_000_000_000_000 + order.number),
                    "Source": "web", "Phone": "'+994501112233",
                }  # fmt: skip
            rows.append([cells.get(str(name), "") for name in rows[0]])
    return rows


def expected_orders(platform: str, orders: Sequence[Order], *findings: str) -> Expected:
    """What these orders are, by their own numbers."""
    return Expected(
        platform, f"{platform}/orders", "en", "AZN", kind="orders", grain="", findings=[*findings, "FORMAT_UNVERIFIED"],
        tables={"orders": len(orders)},
        side={
            "orders.total_micros": sum(one.total for one in orders) * 10_000,
            "orders.shipping_micros": sum(one.shipping for one in orders) * 10_000,
            "orders.tax_micros": sum(one.tax for one in orders) * 10_000,
            "orders.discount_micros": sum(one.discount for one in orders) * 10_000,
            "orders.refunded_micros": sum(one.refunded for one in orders) * 10_000,
            "orders.items": sum(sum(one.pieces) for one in orders),
            "orders.cancelled": sum(one.status == "voided" for one in orders),
        },
    )  # fmt: skip


WOO = (
    "order_id", "order_date", "order_status", "billing_first_name", "billing_last_name", "billing_email",
    "billing_phone", "shipping_address_1", "order_currency", "shipping_total", "tax_total", "discount_total",
    "order_total", "refunded_total", "item_name", "item_quantity",
)  # fmt: skip
WOO_STATUS = {"paid": "wc-completed", "pending": "wc-pending", "refunded": "wc-refunded", "voided": "wc-cancelled"}


def woo_rows(orders: Sequence[Order], *, by_item: bool) -> list[list[Value]]:
    """A line an order, or a line a product with the order's cells on each."""
    rows: list[list[Value]] = [list(WOO)]
    for order in orders:
        for pieces in order.pieces if by_item else (sum(order.pieces),):
            rows.append(
                [
                    order.number, f"{order.day} 10:00:00", WOO_STATUS[order.status], "Alıcı", f"Soyad{order.number}",
                    f"buyer{order.number}@nar.example", "+994501112233", "Nizami 7", "AZN", money(order.shipping),
                    money(order.tax), money(order.discount), money(order.total), money(order.refunded), "Sabun", pieces,
                ]
            )  # fmt: skip
    return rows


def samples() -> Iterator[Piece]:
    """Every file of the shops."""
    orders, later = shop("shopify"), shop("shopify later", 9)
    said = ("COLUMNS_IGNORED", "PERSONAL_DATA_REMOVED")
    yield (
        "shopify/orders.csv",
        csv_bytes(shopify_rows(orders), encoding="utf-8"),
        expected_orders("shopify", orders, *said),
    )
    again = csv_bytes(shopify_rows(later, zone="+0000", us=True), delimiter=";", ends="\r\n")
    yield "shopify/saved-again.csv", again, expected_orders("shopify", later, *said)
    for name, by_item in (("orders", False), ("products", True)):
        own = shop(f"woocommerce {name}")
        data = csv_bytes(woo_rows(own, by_item=by_item), encoding="utf-8")
        yield f"woocommerce/{name}.csv", data, expected_orders("woocommerce", own, *said)
    yield incomplete()
    yield mapped()


def incomplete() -> Piece:
    """Lines that say too little or two things: no day, no total, two totals, a cell too many."""
    orders = shop("incomplete", 6)
    rows = woo_rows(orders, by_item=False)
    places = {name: place for place, name in enumerate(WOO)}
    rows[1][places["order_date"]] = ""
    rows[2][places["order_total"]] = ""
    rows.append([*rows[3][:12], "1.00", *rows[3][13:]])
    rows.append([*rows[4][:7], "Nizami 7", *rows[4][7:]])
    said = (
        "COLUMNS_IGNORED",
        "PERSONAL_DATA_REMOVED",
        "ROWS_UNDATED",
        "ORDERS_UNPRICED",
        "ORDERS_DIFFER",
        "ROWS_SLIPPED",
    )
    expected = expected_orders("woocommerce", orders[1:], *said)
    expected.start, expected.end = orders[1].day, orders[-1].day + timedelta(days=1)
    expected.side["orders.total_micros"] -= orders[1].total * 10_000
    expected.side["orders.items"] += sum(orders[2].pieces)
    return "woocommerce/incomplete.csv", csv_bytes(rows, encoding="utf-8"), expected


def mapped() -> Piece:
    """A shop that nobody described, as a person has named its columns."""
    orders = shop("mapped", 8)
    rows: list[list[Value]] = [["Sifariş №", "Tarix", "Yekun", "Vəziyyət", "Alıcı", "Miqdar"]]
    words = {"paid": "Ödənilib", "pending": "Gözləyir", "refunded": "Qaytarılıb", "voided": "Ləğv edilib"}
    for order in orders:
        paid = money(order.total).replace(".", ",")
        person = f"Alıcı {order.number}"
        rows.append([order.number, f"{order.day:%d.%m.%Y}", paid, words[order.status], person, sum(order.pieces)])
    columns = {"Sifariş №": "order_id", "Tarix": "order_date", "Yekun": "total_micros", "Vəziyyət": "status"}
    mapping = {"kind": "orders", "header_row": 1, "columns": columns | {"Miqdar": "items"}, "currency": "AZN"}
    expected = expected_orders("other", orders, "COLUMNS_IGNORED", "PERSONAL_DATA_REMOVED")
    expected.findings.remove("FORMAT_UNVERIFIED")
    expected.report, expected.language = "", ""
    kept = ("total_micros", "items", "cancelled")
    expected.side = {f"orders.{name}": expected.side[f"orders.{name}"] for name in kept}
    expected.answers = {"mapping": json.dumps(mapping, ensure_ascii=False)}
    return "other/shop-mapped.csv", csv_bytes(rows, delimiter=";"), expected
