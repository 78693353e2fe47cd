"""What the traveller says of an item, and what that makes of it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from travelsec.pack.model import Phase

StatusWord = Literal["done", "todo", "not-applicable", "declined", "unanswered"]
How = Literal["terminal", "script", "default"]

WRITTEN = ("done", "agreed", "todo", "not-applicable", "declined")
"""What an answers file may say; `agreed` is `done`, said of an undertaking."""

OPEN = ("todo", "declined", "unanswered")
"""Where there is still something to do or to decide."""

NEED_REASON = ("not-applicable", "declined")
MAX_REASON = 1000


class Status(Struct, frozen=True):
    """One answer about an item. `reason` says why it is not applicable or declined."""

    status: StatusWord
    reason: str = ""
    note: str = ""
    how: How | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do or to decide."""
        return self.status in OPEN


UNANSWERED = Status("unanswered")


def word(status: StatusWord, phase: Phase) -> str:
    """Say a status for people: an undertaking is agreed to, not done."""
    if status == "done" and phase == "away":
        return "agreed"
    return {"todo": "to do", "not-applicable": "does not apply"}.get(status, status)
