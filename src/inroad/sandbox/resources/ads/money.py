"""Money on the wire: `{"amount": "125.50", "currencyCode": "EUR"}`, and what a dollar is worth here."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from inroad.sandbox.records import STRING, Field, Record
from inroad.sandbox.resources.ads.refusals import Faults
from inroad.sandbox.shape import is_object

MONEY: Final = Record("CurrencyAmount", (Field("amount", STRING), Field("currencyCode", STRING)))

DOLLARS: Final[Mapping[str, float]] = {
    "USD": 1.0,
    "EUR": 1.09,
    "GBP": 1.28,
    "AUD": 0.66,
    "BRL": 0.18,
    "CAD": 0.73,
    "CHF": 1.13,
    "CNY": 0.14,
    "DKK": 0.146,
    "HKD": 0.128,
    "INR": 0.012,
    "JPY": 0.0067,
    "MXN": 0.055,
    "NOK": 0.094,
    "NZD": 0.61,
    "PLN": 0.25,
    "SEK": 0.096,
    "SGD": 0.75,
    "TRY": 0.03,
    "ZAR": 0.055,
}
"""Currencies that accounts may have -> dollars for one unit, a fixed table of the sandbox's own."""

LOWEST_DAILY_USD: Final = 10.0
LOWEST_TOTAL_USD: Final = 100.0


def amount_of(money: object) -> float:
    """Return the amount of a money value, 0 for what is none."""
    if not is_object(money):
        return 0.0
    try:
        return float(Decimal(str(money.get("amount", "0"))))
    except InvalidOperation:
        return 0.0


def written(amount: float, currency: str) -> dict[str, str]:
    """Return an amount as the wire has it."""
    return {"amount": f"{amount:.2f}", "currencyCode": currency}


def check(faults: Faults, field: str, money: Any, currency: str, *, lowest_usd: float = 0.0) -> None:
    """Note what is wrong with a money field: its number, its currency, too little."""
    try:
        amount = Decimal(str(money["amount"]))
    except InvalidOperation:
        faults.add("INVALID_VALUE_FOR_FIELD", f"{field}/amount", f"value {money['amount']} is no decimal number")
        return
    if not amount.is_finite() or amount < 0:
        faults.add("FIELD_VALUE_TOO_LOW", f"{field}/amount", f"value {money['amount']} must be no lower than 0")
    if money["currencyCode"] != currency:
        says = f"value {money['currencyCode']} does not match the account's currency {currency}"
        faults.add("CURRENCY_MISMATCH", f"{field}/currencyCode", says)
        return
    lowest = lowest_usd / DOLLARS.get(currency, 1.0)
    if amount.is_finite() and 0 <= amount < Decimal(str(lowest)):
        says = f"value {money['amount']} must be no lower than {lowest:.2f}"
        faults.add("FIELD_VALUE_TOO_LOW", f"{field}/amount", says)
