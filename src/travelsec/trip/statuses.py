"""The statuses of items."""

# No `annotations` from `__future__`: msgspec would have to compile each of them at every start.

from typing import Literal

from msgspec import Struct

from travelsec import values
from travelsec.pack.model import Phase
from travelsec.safe_text import is_visible

StatusWord = Literal["done", "todo", "not-applicable", "declined", "unanswered"]
How = Literal["terminal", "script", "default"]

WRITTEN = ("done", "agreed", "todo", "not-applicable", "declined")
"""The statuses of an answers file; `agreed` means `done` for an undertaking."""

OPEN = ("todo", "declined", "unanswered")
"""The statuses that leave something to do or to decide."""

NEED_REASON = ("not-applicable", "declined")
MAX_REASON = 1000


class Status(Struct, frozen=True, cache_hash=True):
    """The traveller's answer about an item. `reason` says why it does not apply or is declined."""

    status: StatusWord
    reason: str = ""
    note: str = ""
    how: How | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is left to do or to decide."""
        return self.status in OPEN


UNANSWERED = Status("unanswered")


def reason_fault(text: str) -> str | None:
    """Return why a reason or a note cannot be kept, or None."""
    if len(text) > MAX_REASON:
        return f"{len(text)} characters, at most {MAX_REASON} are kept"
    if not values.is_text(text):
        return "the text has bytes in it that are not UTF-8"
    return "nothing in it can be seen" if text.strip() and not is_visible(text) else None


def word(status: StatusWord, phase: Phase) -> str:
    """Return a status in words: an undertaking is agreed, not done."""
    if status == "done" and phase == "away":
        return "agreed"
    return {"todo": "to do", "not-applicable": "does not apply"}.get(status, status)
