"""What a person reads on a screen: texts without escapes, figures of cards, tables as rows."""

import re
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

TEXTS = ("title", "header", "caption", "markdown", "error", "success", "warning", "info")
NO_BREAK, WORD_JOINER = "\u00a0", "\u2060"


def plain(text: object) -> str:
    """The text as it is read: without escapes and invisible joiners, with usual blanks."""
    return re.sub(r"\\(.)", r"\1", str(text).replace(WORD_JOINER, "").replace(NO_BREAK, " "))


def texts(app: AppTest, *kinds: str) -> list[str]:
    """All texts of these kinds (default: every kind of running text)."""
    return [plain(getattr(element, "value", "")) for kind in kinds or TEXTS for element in app.get(kind)]


def labels(app: AppTest) -> list[str]:
    """The labels of widgets, links, tabs and folded parts."""
    kinds = ("button", "number_input", "selectbox", "toggle", "slider", "metric", "tab", "expander", "page_link")
    return [plain(getattr(element, "label", "")) for kind in kinds for element in app.get(kind)]


def title(app: AppTest) -> str:
    """The finding of the screen."""
    (found,) = texts(app, "title")
    return found


def has(app: AppTest, part: str) -> bool:
    """Whether some running text of the screen holds these words."""
    return any(part in text for text in texts(app))


def figures(app: AppTest) -> dict[str, str]:
    """The cards: label and figure."""
    return {plain(metric.label): plain(metric.value) for metric in app.metric}


def tables(app: AppTest) -> Iterator[list[list[str]]]:
    """The tables of the screen as rows of text, header first."""
    for element in app.table:
        frame = element.value
        yield [[plain(name) for name in frame.columns], *([plain(cell) for cell in row] for row in frame.to_numpy())]


def table(app: AppTest, header: str) -> dict[str, dict[str, str]]:
    """The one table whose first column is called so: rows by their first cell, cells by their header."""
    ((names, *rows),) = [found for found in tables(app) if found[0][0] == header]
    return {row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in rows}


def press(app: AppTest, label: str) -> AppTest:
    """Press the one button with this label."""
    (button,) = [button for button in app.button if plain(button.label) == label]
    return button.click().run()


def calm(app: AppTest) -> AppTest:
    """The screen shows neither an exception nor an error, and no placeholder was left unfilled."""
    assert not app.exception
    assert not app.error
    shown = [*texts(app), *labels(app), *figures(app).values()]
    assert not [text for text in shown if re.search(r"\{\w*\}", text)]
    return app


def edited(app: AppTest, key: str, **edits: Any) -> AppTest:
    """Type into a data editor: `rows={0: {"budget": 12.5}}`, `added=[{...}]`, `deleted=[1]`."""
    state = {"edited_rows": edits.get("rows", {}), "added_rows": edits.get("added", [])}
    app.session_state[key] = state | {"deleted_rows": edits.get("deleted", [])}
    return app.run()
