"""Choose the page of the packs that a file is a revision of."""

from __future__ import annotations

from collections.abc import Mapping

from travelsec.guidance.fingerprints import wording
from travelsec.guidance.page import Page
from travelsec.guidance.proposals import slug, slug_words
from travelsec.pack.model import Guidance
from travelsec.problems import UserError, nearest
from travelsec.wording import join_words


def choose(known: Mapping[str, Guidance], page: Page, stem: str, name: str | None) -> Guidance:
    """Return the stored page with this id or, if none is given, the one that the file revises.

    The name of the file, or the title of the page, must be that of a page of the packs.

    Raises:
        UserError: there is no such page, several fit, or the page has no index.
    """
    # Name every page, however many there are: the user must choose one.
    all_pages = f"the pages are: {', '.join(known)}" if known else "the packs have none"
    if name is not None and name not in known:
        guess = nearest(name, known)
        hint = f"; did you mean {guess}?" if guess else ""
        raise UserError(f"--page: no pack has a page “{name}” ({all_pages}{hint})")
    wanted = slug(slug_words(stem)) if name is None else name
    title = wording(page.title) if name is None else None
    found = [one for one in known.values() if one.id == wanted or wording(one.title) == title]
    if len(found) != 1:
        fits = join_words(guidance.id for guidance in found)
        why = f"it may be {fits}" if found else _not_found(known, page, wanted)
        raise UserError(f"{stem}: {why}; say which with --page ({all_pages})")
    if not found[0].sections:
        raise UserError(
            f"the page “{found[0].id}” is cited as a whole and has no index to compare with; "
            "travelsec guidance index FILE --format yaml makes one"
        )
    return found[0]


def _not_found(known: Mapping[str, Guidance], page: Page, wanted: str) -> str:
    names = {one.id: one.id for one in known.values()}
    names |= {slug(slug_words(one.title)): one.id for one in known.values()}
    title = slug(slug_words(page.title))
    guess = nearest(wanted, names) or nearest(title, names)
    hint = f"; is it {names[guess]}?" if guess else ""
    return f"neither its name nor its title is that of a page{hint}"
