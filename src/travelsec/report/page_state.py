"""Compare the HTML page of a report with the page that its data makes: people read the page."""

from __future__ import annotations

from typing import Literal

from travelsec.report.model import WORDS
from travelsec.report.read import Received

PageState = Literal["as-made", "saved-again", "edited", "unknown"]


def page_state(received: Received) -> PageState:
    """Tell how the page that a report came in stands to its data.

    As made: it is the page that its data makes, or there is no page. Saved again: it is that page
    as a browser writes it. Unknown: it was made by a version of travelsec with other wording, so
    it cannot be compared.
    """
    if received.page is None:
        return "as-made"
    if received.report.tool.words != WORDS:
        return "unknown"
    # Importing the template engine takes long, and most reports are JSON.
    from travelsec.report import html
    from travelsec.report.saved_page import is_saved_again

    page = received.page.replace(b"\r\n", b"\n").rstrip()
    rendered = html.render(received.report)
    if rendered.encode().rstrip() == page:
        return "as-made"
    return "saved-again" if is_saved_again(page, rendered) else "edited"
