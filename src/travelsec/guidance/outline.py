"""Show guidance pages, their indexes and their changes to people, as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from travelsec.document import Block, Heading, ListItem, Paragraph, Tone
from travelsec.guidance.citations import Citation
from travelsec.guidance.coverage import Covered, uncarried
from travelsec.guidance.edits import Edit
from travelsec.guidance.fingerprints import count_first_form
from travelsec.guidance.page import Page
from travelsec.guidance.revision import Revision, SectionChange, StatementChange
from travelsec.pack.model import Guidance
from travelsec.problems import brief
from travelsec.wording import count, join_words, show_date

if TYPE_CHECKING:
    from travelsec.guidance.fidelity import ExplainedPage

MAX_STATEMENT = 600
"""The most characters of a statement to show."""
NOT_CARRIED = "Cite it in an item or a step."
MAX_KEPT = 120
"""The most characters to show of a run of words that stayed."""


def pages(stored_pages: Iterable[Guidance]) -> Iterator[Block]:
    """Yield the pages of the packs."""
    for page in stored_pages:
        sections, statements, duties = count_statements(page).values()
        size = (
            f"{count(sections, 'section')}, {count(statements, 'statement')}, "
            f"{count(duties, 'duty', 'duties')}"
        )
        body = (
            page.title,
            page.publisher + (f", {page.url}" if page.url else ""),
            f"Expires: {show_date(page.expires)}" if page.expires else "No date of expiry.",
            size if page.sections else "Cited as a whole: it has no index to compare with.",
            *_first_form_note(page),
        )
        yield ListItem(None, page.id, "strong", body)


def coverage(pages: list[Covered], wholes: list[Guidance]) -> Iterator[Block]:
    """Yield each duty of the pages and what cites it, then those that nothing carries.

    `wholes` are the pages that are cited as a whole.
    """
    for page in pages:
        yield Heading(1, f"{page.title} ({page.id}): {page.carried} of {len(page.duties)} duties")
        for section in page.sections:
            share = f"{section.carried} of {len(section.duties)}"
            yield Heading(3, f"{section.title} ({section.id}): {share}")
            for duty in section.duties:
                name = duty.path.rpartition("/")[2]
                who = [citation.name for citation in duty.cited_by]
                tone: Tone = "plain" if duty.is_carried else "attention"
                yield ListItem(duty.is_carried, name, tone, tuple(dict.fromkeys(who)))
        if page.unconfirmed:
            guesses = "is a guess" if page.unconfirmed == 1 else "are guesses"
            yield Paragraph(
                f"{count(page.unconfirmed, 'kind')} on this page {guesses}: check each in the "
                "index, and remove “guessed: true” where it is right.",
                "attention",
            )
    for whole in wholes:
        yield Heading(1, f"{whole.title} ({whole.id})")
        yield Paragraph("Cited as a whole: no duties are known.", "quiet")
    if missing := uncarried(pages):
        yield Heading(2, f"Not carried ({len(missing)})")
        for duty in missing:
            yield ListItem(False, duty.path, "attention", (NOT_CARRIED,))
    else:
        yield Paragraph("Every duty is carried by an item, a step or a question.", "good")


def fidelity(pages: Iterable[ExplainedPage]) -> Iterator[Block]:
    """Yield every statement of the pages: what carries it, its level, and why they differ."""
    # Imported here, as few outlines need it.
    from travelsec.guidance.fidelity import describe

    for page in pages:
        yield Heading(1, f"{page.title} ({page.id})")
        for section in page.sections:
            yield Heading(3, f"{section.title} ({section.id})")
            for statement in section.statements:
                kind = f"{statement.kind}, {statement.level}" if statement.level else statement.kind
                note = (f"Note: {statement.note}",) if statement.note else ()
                body = (*describe(statement), *note)
                yield ListItem(None, f"{statement.id} ({kind})", "plain", body)


def _first_form_note(page: Guidance) -> Iterator[str]:
    old = count_first_form(page)
    if old:
        yield f"{count(old, 'fingerprint')} of the old form; travelsec guidance update renews them."


def count_statements(page: Guidance) -> dict[str, int]:
    """Count the sections, the statements and the duties of a page."""
    kinds = [statement.kind for _, statement in page.statements()]
    return {
        "sections": len(page.sections),
        "statements": len(kinds),
        "duties": kinds.count("duty"),
    }


def index(page: Page) -> Iterator[Block]:
    """Yield the ids proposed for a page, without its sentences."""
    yield Heading(1, page.title or "A page without a heading")
    statements = sum(len(section.statements) for section in page.sections)
    expires = f" Expires: {show_date(page.expires)}." if page.expires else ""
    yield Paragraph(
        f"{count(len(page.sections), 'section')}, {count(statements, 'statement')}.{expires} "
        "Ids and kinds are proposals: check them."
    )
    for section in page.sections:
        yield Heading(3, f"{section.id} (“{section.title}”)")
        for statement in section.statements:
            text = f"{statement.id}: {statement.kind}, line {statement.line}"
            yield ListItem(None, f"{text}, {statement.fingerprint}", "plain")


def changes(revision: Revision) -> Iterator[Block]:
    """Yield what a revised page changes, starting with what needs work."""
    yield Heading(1, f"What the revised page “{revision.index.title}” changes")
    if revision.page_title:
        yield Paragraph(f"The page calls itself “{revision.page_title}”.", "quiet")
    if revision.is_empty:
        yield Paragraph("Nothing: every statement matches the index.", "good")
        return
    needed = [change for change in revision.statements if change.needs_work]
    new_duties = [change for change in needed if _is_new_duty(change)]
    work = [change for change in needed if not _is_new_duty(change)]
    unaffected = [change for change in revision.statements if not change.needs_work]
    added = [change for change in unaffected if change.change == "added"]
    others = [change for change in unaffected if change.change != "added"]
    yield Paragraph(_summary(revision.statements))
    if new_duties:
        yield Paragraph(
            f"{count(len(new_duties), 'new duty', 'new duties')} that nothing carries yet.",
            "attention",
        )
    if work:
        entries = {citation for change in work for citation in change.cited_by}
        yield Paragraph(
            f"{count(len(entries), 'entry', 'entries')} of the packs to read again: what "
            f"{'it cites' if len(entries) == 1 else 'they cite'} has changed.",
            "attention",
        )
    else:
        yield Paragraph("Nothing that the packs cite was changed or removed.", "good")
    if revision.new_expires:
        yield Paragraph(f"The page now expires on {show_date(revision.new_expires)}.", "attention")
    if revision.lost_expires:
        yield Paragraph(
            "The page no longer gives a date of expiry; the index has "
            f"{show_date(revision.lost_expires)}.",
            "attention",
        )
    if revision.new_title:
        yield Paragraph(f"The title is now “{revision.new_title}”.", "attention")
    yield from _changes_under("New duties: let an item or a step carry them", new_duties)
    yield from _changes_under("Read again what cites these", work)
    if not revision.with_words and any(change.change != "moved" for change in work):
        yield Paragraph(
            "The index does not have the old words. With the old page (--against OLD) they are "
            "shown too.",
            "quiet",
        )
    if revision.sections:
        yield Heading(2, "Headings")
        yield from (_section_change(change, revision) for change in revision.sections)
    yield from _changes_under("New: decide whether the checklists must ask for them", added)
    yield from _changes_under("Other changes: nothing to do", others)


def _is_new_duty(change: StatementChange) -> bool:
    return change.needs_work and change.path is None


def work(revision: Revision) -> Iterator[Block]:
    """Yield what must change in the packs, grouped by the entry that cites a statement."""
    tasks_of: dict[Citation, list[str]] = {}
    for change in revision.statements:
        if change.needs_work:
            for citation in change.cited_by:
                tasks_of.setdefault(citation, []).extend(_tasks(change))
    new_duties = [change for change in revision.statements if _is_new_duty(change)]
    if tasks_of or new_duties:
        yield Heading(2, "What is left to do")
    for change in new_duties:
        task = f"New duty (line {change.line} of the page): let an item or a step carry it."
        yield ListItem(None, change.new_path or "", "attention", (task,))
    for citation, tasks in tasks_of.items():
        yield ListItem(None, _citation_name(citation), "attention", tuple(tasks))
    added = sum(change.change == "added" for change in revision.statements)
    if added:
        yield Paragraph(
            f"{count(added, 'new statement')}: check id and kind, and decide whether the "
            "checklists must ask for them."
        )


def kept(revision: Revision) -> Iterator[Block]:
    """Yield what the new index keeps because the page does not say it."""
    page = revision.index
    fields = [
        f"title “{page.title}” (the page calls itself “{revision.page_title}”)"
        if revision.page_title
        else "",
        f"publisher “{page.publisher}”",
        f"url {page.url}" if page.url else "",
        f"expires {show_date(page.expires)} (the page no longer gives a date)"
        if page.expires and revision.lost_expires
        else "",
        f"ask {page.ask}" if page.ask else "",
    ]
    kept_fields = [field for field in fields if field]
    them, they_hold = (
        ("it", "it still holds") if len(kept_fields) == 1 else ("them", "they still hold")
    )
    yield Paragraph(
        f"Kept, because the page does not give {them}: {join_words(kept_fields)}. "
        f"Check that {they_hold}."
    )


def _tasks(change: StatementChange) -> Iterator[str]:
    yield change.path or ""
    if change.new_path is None:
        yield (
            "It was removed: find another source, or take the entry out. Until then the pack "
            "does not load."
        )
    if change.change == "changed":
        yield f"It was changed: read it again (line {change.line} of the page)."
        yield from _member_lines(change)
    if change.new_path not in (None, change.path):
        yield "It moved to another section: cite it as"
        yield change.new_path or ""


def _citation_name(citation: Citation) -> str:
    name = f"withdrawn detail {citation.id}" if citation.kind == "withdrawn" else citation.name
    return f"{name} ({citation.text})"


def _summary(changes: Iterable[StatementChange]) -> str:
    kinds = [change.change for change in changes]
    counts = [(kinds.count(kind), kind) for kind in ("changed", "removed", "moved", "added")]
    parts = [f"{number} {kind}" for number, kind in counts if number]
    return f"Statements: {', '.join(parts)}." if parts else "No statement changed."


def _changes_under(title: str, changes: Sequence[StatementChange]) -> Iterator[Block]:
    if changes:
        yield Heading(2, title)
    for change in changes:
        where = f", line {change.line}" if change.line else ""
        title = f"{change.change.upper()} ({change.kind}{where})"
        tone: Tone = "attention" if change.needs_work else "plain"
        yield ListItem(None, title, tone, tuple(_statement_lines(change)))


def _statement_lines(change: StatementChange) -> Iterator[str]:
    # On its own line, so that even a long path is seldom wrapped.
    yield change.path or change.new_path or ""
    if change.change == "moved" and change.path == change.new_path:
        yield "It moved within its section; its path stays the same."
    elif None not in (change.path, change.new_path) and change.path != change.new_path:
        yield "It moved to another section. Its path is now"
        yield change.new_path or ""
    if change.old_words is not None and change.change != "moved":
        yield f"Was: “{brief(change.old_words, MAX_STATEMENT)}”"
    if change.new_words is not None:
        what = "Says" if change.change in ("moved", "added") else "Now"
        yield f"{what}: “{brief(change.new_words, MAX_STATEMENT)}”"
    yield from _edit_lines(change)
    if change.change == "changed" and change.level:
        yield f"Was worded as: {change.level}. Check that it still is."
    if change.change == "changed" and change.note:
        yield f"Note in the index, to check again: {change.note}"
    for citation in change.cited_by:
        yield f"Cited by: {_citation_name(citation)}"
    if not change.cited_by and change.path is not None:
        yield "Nothing cites it."


def _edit_lines(change: StatementChange) -> Iterator[str]:
    if change.edits:
        yield f"Marked: {marked_words(change.edits)}"
    yield from _member_lines(change)


def _member_lines(change: StatementChange) -> Iterator[str]:
    if change.members_added:
        yield f"New in the list: {', '.join(change.members_added)}"
    if change.members_removed:
        yield f"No longer in the list: {', '.join(change.members_removed)}"


def marked_words(edits: Iterable[Edit]) -> str:
    """Return a text with the words marked that were put in or taken out."""
    return " ".join(map(_marked_run, edits))


def _marked_run(edit: Edit) -> str:
    if edit.change == "kept":
        text = edit.text or ""
        # What stays is there to show the place.
        if len(text) <= MAX_KEPT:
            return text
        begin = text[: MAX_KEPT // 2].rpartition(" ")[0]
        end = text[-MAX_KEPT // 2 :].partition(" ")[2]
        return f"{begin} … {end}"
    text = count(edit.words, "word") if edit.text is None else brief(edit.text, MAX_STATEMENT)
    return f"[-{text}-]" if edit.change == "deleted" else f"[+{text}+]"


def _section_change(change: SectionChange, revision: Revision) -> ListItem:
    if change.change != "renamed":
        title = change.new_title or change.old_title
        return ListItem(None, f"{change.change.upper()}: {change.id} (“{title}”)", "plain")
    prefix = f"{revision.index.id}/{change.id}/"
    cited = revision.cited.items()
    entries = {citation for path, citing in cited if path.startswith(prefix) for citation in citing}
    body = [f"Was: “{change.old_title}”", f"Now: “{change.new_title}”"]
    if entries:
        body.append(
            f"Statements below it are cited by {count(len(entries), 'entry', 'entries')}: make "
            "sure that the new heading does not change their meaning. Paths stay the same."
        )
    return ListItem(None, f"RENAMED: {change.id}", "attention" if entries else "plain", tuple(body))
