"""Which of the known pages a file is a revision of."""

from __future__ import annotations

from collections.abc import Mapping

from travelsec.guidance.page import Page
from travelsec.guidance.proposals import slug_words
from travelsec.pack.model import Guidance
from travelsec.problems import UserError, nearest
from travelsec.wording import join_words


def choose(known: Mapping[str, Guidance], page: Page, stem: str, name: str | None) -> Guidance:
    """Return the stored page that a file is to be compared with.

    Args:
        known: the pages of the packs.
        page: what was read from the file.
        stem: the name of the file without its ending.
        name: the id that was asked for; None looks at the file's name and the page's title.

    Raises:
        UserError: there is no such page, none or several fit, or it has no index.
    """
    if name is not None:
        if name not in known:
            guess = nearest(name, known)
            hint = f"; did you mean {guess}?" if guess else ""
            raise UserError(f"--page: no pack has a page “{name}” ({_all(known)}{hint})")
        return _indexed(known[name])
    wanted = "-".join(slug_words(stem))
    title = _form(page.title)
    found = [one for one in known.values() if one.id == wanted or _form(one.title) == title]
    if len(found) != 1:
        fits = join_words(guidance.id for guidance in found)
        why = f"it may be {fits}" if found else "neither its name nor its title is one of a page"
        raise UserError(f"{stem}: {why}; say which with --page ({_all(known)})")
    return _indexed(found[0])


def _indexed(page: Guidance) -> Guidance:
    if not page.sections:
        raise UserError(
            f"the page “{page.id}” is cited as a whole and has no index to compare with; "
            "travelsec guidance index FILE --format yaml makes one"
        )
    return page


def _all(known: Mapping[str, Guidance]) -> str:
    # All of them, however many: that is what somebody must choose from.
    return f"the pages are: {', '.join(known)}" if known else "the packs have none"


def _form(text: str) -> str:
    return " ".join(text.casefold().split())
