"""Compare a revised page of guidance with the index that the packs have of it."""

from __future__ import annotations

from pathlib import Path

from travelsec.cli.messages import warn
from travelsec.guidance.choice import choose
from travelsec.guidance.citations import citations
from travelsec.guidance.fingerprints import count_first_form
from travelsec.guidance.page import read_page
from travelsec.guidance.revision import Revision, revise, words_of
from travelsec.pack.model import Guidance, Pack
from travelsec.wording import count


def compare_page(
    packs: Pack, file: Path, name: str | None, against: Path | None
) -> tuple[Guidance, Revision]:
    """Return the index of the page as the packs have it, and what the revised page changes.

    Warn if a file seems to be the wrong one, or the index to need an update in any case.

    Args:
        packs: they have the index.
        file: the page as it is now.
        name: the id of the page; None to go by the name and title of the file.
        against: the page as it was, to show its words, too.

    Raises:
        UserError: a file cannot be read, or which page it is cannot be told.
    """
    page = read_page(file)
    stored = choose(packs.guidance, page, file.stem, name)
    indexed = len(list(stored.statements()))
    words = None if against is None else words_of(stored, read_page(against))
    if words is not None and len(words) < indexed:
        warn(
            f"{against}: {indexed - len(words)} of the statements in the index are not in this "
            "text; is it the earlier version of the page? Their words are not shown."
        )
    old = count_first_form(stored)
    if old:
        warn(
            f"the index of {stored.id} has {count(old, 'fingerprint')} of the old form, which "
            "punctuation changes too and which shows no likeness; travelsec guidance update "
            "renews them."
        )
    revision = revise(stored, page, words, citations(packs))
    removed = sum(change.change == "removed" for change in revision.statements)
    if removed == indexed:
        warn(f"{file}: nothing of the page “{stored.id}” is in this file; is it the right one?")
    return stored, revision
