"""The differences as people read them."""

from __future__ import annotations

from pathlib import Path

from tests.changes.samples import sample
from tests.pack.packs import load_over
from travelsec.changes.compare import compare
from travelsec.changes.model import SCHEMA, Diff
from travelsec.changes.outline import render
from travelsec.document import text_lines


def text(diff: Diff) -> str:
    """Return the whole as it is printed."""
    return "\n".join(line for line, _ in text_lines(render(diff), 100))


def test_everything_is_told_once_and_in_order() -> None:
    """Entries kind by kind; of the trips, those to be gone through again come first."""
    assert text(sample()) == (
        """\
What changes from old-pack to my-pack

3 ITEMS: 1 ADDED, 1 RENAMED, 1 RAISED, 1 REWORDED, 1 FOR OTHERS, 1 CHANGED, 1 DROPPED
  - ADDED: a.new (must)
    A new one
    Who it is for: abroad
  - RENAMED, RAISED, REWORDED, FOR OTHERS AND CHANGED: a.b (must)
    Lisbon
    Its id was a.x; answers under that are lost: “formerly” does not name it.
    Level: was “should”, is now “must”
    Do, marked: Call the [-desk.-] [+helpdesk.+]
    Who it is for: was “everyone”, is now “abroad”
    Due: was nothing, is now “Lisbon”
    Sources: added page/a/b; removed page/a/c, Lisbon
  - DROPPED: a.gone (should)
    Gone

1 SITUATION: 1 CHANGED
  - CHANGED: loss
    Lisbon
    Step 2: added Lisbon

1 OF 2 TRIPS TO BE GONE THROUGH AGAIN
  - Lisbon (in/r.json)
    The report was made with packs other than these two.
    New question: Which seat? (seat)
    New: a.new (must): A new one.
    Raised, reworded and another day: a.b (must, agreed): Lisbon. Marked: Call the [-desk.-]
    [+helpdesk.+]
    No longer asked: a.gone (should): Gone
  - Rome (in/s.json)
    The report does not match its digest: check it with travelsec review.
    Nothing changes for it.
2 reports left out, as there is a later one of the trip.

NOT READ
  - in/t.json
    Lisbon"""
    )


def test_packs_that_say_the_same() -> None:
    """One sentence."""
    assert text(Diff(SCHEMA, "a", "b", False, ())) == (
        "What changes from a to b\n\nNothing: both say the same."
    )


def test_a_fingerprint_is_cut(tmp_path: Path) -> None:
    """Nobody reads the codes of its words."""
    page = (
        "guidance: [{id: memo, title: Memo, publisher: Us, sections: [{id: a, title: A, statements:"
        " [{id: b, kind: duty, fingerprint: 'FINGERPRINT-.bb0413373ca95be6'}]}]}]\n"
    )
    packs = []
    for name, value in (("one", "d4501cb71be292ab"), ("two", "7e52be4a8dcce92f")):
        (tmp_path / name).mkdir()
        packs.append(load_over(tmp_path / name, page.replace("FINGERPRINT", value)))
    entries = compare(*packs)
    shown = text(Diff(SCHEMA, "a", "b", True, entries))
    assert "Statement a/b fingerprint: was “d4501cb71be292a…”" in shown
    assert "bb04" not in shown
