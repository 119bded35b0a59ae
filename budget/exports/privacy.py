"""Columns of persons: never read into a table, never quoted, masked in a preview."""

import re
from collections.abc import Sequence

from budget.exports.cells import Cell
from budget.exports.headers import plain

_TEXT = """
email e-mail mail phone telephone mobile telefon telefone teléfono téléphone телефон address adresse dirección
endereço indirizzo adres ünvan адрес ip birthday birthdate firstname lastname surname soyad soyadı фамилия имя
отчество employee billing shipping customer buyer recipient müştəri müşteri alıcı sifarişçi клиент покупатель заказчик
получатель фио cliente comprador kunde käufer почта почты почте poçt posta
"""
_WORDS = frozenset(_TEXT.split())
_WHOLE = frozenset({"name", "full name", "first name", "last name", "ad soyad", "имя", "nome", "nombre", "nom"})
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,200}\.[A-Za-z]{2,24}")
_PHONE = re.compile(r"\+?[0-9][0-9 ().\-]{7,20}[0-9]")
# International: a plus and 8 to 15 digits; local: 9 and more digits, some of them apart.
_TELEPHONE = re.compile(r"\+[0-9](?:[ ().\-]{0,2}[0-9]){7,14}|\b[0-9]{2,5}(?:[ .\-][0-9]{2,4}){3,5}\b")
_DIGITS = re.compile(r"[0-9][ ().\-]{0,2}[0-9]")
MASK = "…"


def is_person_column(header: str, sample: Sequence[Cell]) -> bool:
    """Whether a column seems to hold persons, by its header's words or by its cells."""
    key = plain(header).replace("_", " ")
    if key in _WHOLE or set(re.split(r"[\s_/]+", key)) & _WORDS:
        return True
    texts = [cell.strip() for cell in sample if isinstance(cell, str)]
    return any(_EMAIL.fullmatch(text) or (text.startswith("+") and _PHONE.fullmatch(text)) for text in texts)


def scrub(text: str) -> str:
    """Free text without e-mail addresses and telephone numbers, each replaced by an ellipsis."""
    if "@" not in text and not _DIGITS.search(text):
        return text
    return _TELEPHONE.sub(MASK, _EMAIL.sub(MASK, text))
