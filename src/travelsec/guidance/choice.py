"""Choose the page of the packs that a file is a revision of."""

from __future__ import annotations

from collections.abc import Mapping

from travelsec.guidance.fingerprints import wording
from travelsec.guidance.page import Page
from travelsec.guidance.proposals import slug, slug_words
from travelsec.pack.model import Guidance
from travelsec.problems import UserError, closest_word
from travelsec.wording import join_words


def choose(
    stored_pages: Mapping[str, Guidance], page: Page, stem: str, name: str | None
) -> Guidance:
    """Return the stored page with this id or, if none is given, the one that the file revises.

    The name of the file, or the title of the page, must be that of a page of the packs.

    Raises:
        UserError: there is no such page, several fit, or the page has no index.
    """
    # Name every page, however many there are: the user must choose one.
    all_pages = (
        f"the pages are: {', '.join(stored_pages)}" if stored_pages else "the packs have none"
    )
    if name is not None and name not in stored_pages:
        guess = closest_word(name, stored_pages)
        hint = f"; did you mean {guess}?" if guess else ""
        raise UserError(f"--page: no pack has a page “{name}” ({all_pages}{hint})")
    wanted = slug(slug_words(stem)) if name is None else name
    title = wording(page.title) if name is None else None
    matches = [
        stored
        for stored in stored_pages.values()
        if stored.id == wanted or wording(stored.title) == title
    ]
    if len(matches) != 1:
        candidates = join_words(stored.id for stored in matches)
        why = f"it may be {candidates}" if matches else _why_not_found(stored_pages, page, wanted)
        raise UserError(f"{stem}: {why}; say which with --page ({all_pages})")
    if not matches[0].sections:
        raise UserError(
            f"the page “{matches[0].id}” is cited as a whole and has no index to compare with; "
            "travelsec guidance index FILE --format yaml makes one"
        )
    return matches[0]


def _why_not_found(stored_pages: Mapping[str, Guidance], page: Page, wanted: str) -> str:
    ids = {stored.id: stored.id for stored in stored_pages.values()}
    ids |= {slug(slug_words(stored.title)): stored.id for stored in stored_pages.values()}
    title = slug(slug_words(page.title))
    guess = closest_word(wanted, ids) or closest_word(title, ids)
    hint = f"; is it {ids[guess]}?" if guess else ""
    return f"neither its name nor its title is that of a page{hint}"
