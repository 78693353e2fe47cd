"""What is said to people about guidance pages, as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from travelsec.document import Block, Heading, ListItem, Paragraph, Tone
from travelsec.guidance.citations import Citation, Citations
from travelsec.guidance.page import Page
from travelsec.guidance.revision import Revision, SectionChange, StatementChange, title_of
from travelsec.pack.model import Guidance
from travelsec.problems import brief
from travelsec.wording import count, show_date

MAX_WORDS = 600
"""Characters of a statement that are shown."""


def pages(known: Iterable[Guidance]) -> Iterator[Block]:
    """Yield the pages that the packs know."""
    for page in known:
        statements = [one for section in page.sections for one in section.statements]
        duties = sum(statement.kind == "duty" for statement in statements)
        size = (
            f"{count(len(page.sections), 'section')}, {count(len(statements), 'statement')}, "
            f"{count(duties, 'duty', 'duties')}"
        )
        body = [
            page.title,
            page.publisher + (f", {page.url}" if page.url else ""),
            f"Expires: {show_date(page.expires)}" if page.expires else "No date of expiry.",
            size if page.sections else "Cited as a whole: it has no index to compare with.",
        ]
        yield ListItem(None, page.id, "strong", tuple(body))


def index(page: Page) -> Iterator[Block]:
    """Yield the ids that are proposed for a page; none of its sentences."""
    yield Heading(1, page.title or "A page without a heading")
    statements = sum(len(section.statements) for section in page.sections)
    expires = f" Expires: {show_date(page.expires)}." if page.expires else ""
    yield Paragraph(
        f"{count(len(page.sections), 'section')}, {count(statements, 'statement')}.{expires} "
        "Ids and kinds are proposals: check them."
    )
    for section in page.sections:
        yield Heading(3, f"{section.id} (“{title_of(section)}”)")
        for statement in section.statements:
            yield ListItem(
                None,
                f"{statement.id}: {statement.kind}, line {statement.line}, {statement.fingerprint}",
                "plain",
            )


def changes(revision: Revision, cited: Citations) -> Iterator[Block]:
    """Yield what a revised page changes, first what there is work with.

    Args:
        revision: the changes.
        cited: who cites which path.
    """
    page = revision.index
    yield Heading(1, f"What the revised page “{page.title}” changes")
    if revision.is_empty:
        yield Paragraph("Nothing: every statement stands as the packs index it.", "good")
        return
    work = [c for c in revision.statements if needs_work(c, cited)]
    others = [c for c in revision.statements if not needs_work(c, cited)]
    added = [c for c in others if c.change == "added"]
    others = [c for c in others if c.change != "added"]
    yield Paragraph(_summary(revision.statements))
    if work:
        entries = {one for c in work if c.path for one in cited[c.path]}
        yield Paragraph(
            f"{count(len(entries), 'entry', 'entries')} of the packs to read again: what "
            f"{'it cites' if len(entries) == 1 else 'they cite'} is not as it was.",
            "attention",
        )
    else:
        yield Paragraph("Nothing that the packs cite was changed or removed.", "good")
    if revision.new_expires:
        yield Paragraph(f"The page now expires on {show_date(revision.new_expires)}.")
    if work:
        yield Heading(2, "Read again what cites these")
        yield from (_statement(change, cited) for change in work)
        if not revision.with_words and any(change.change != "moved" for change in work):
            yield Paragraph(
                "Only fingerprints of the old page are kept. With its text (--against OLD) the old "
                "words are shown too, and statements that were changed and moved are recognised.",
                "quiet",
            )
    if revision.sections:
        yield Heading(2, "Headings")
        yield from (_section(change, revision, cited) for change in revision.sections)
    if added:
        yield Heading(2, "New: decide whether the checklists must ask for them")
        yield from (_statement(change, cited) for change in added)
    if others:
        yield Heading(2, "Other changes: nothing to do")
        yield from (_statement(change, cited) for change in others)


def work(revision: Revision, cited: Citations) -> Iterator[Block]:
    """Yield what the packs must change once the new index is in place, by what cites it."""
    left: dict[Citation, list[str]] = {}
    added = sum(change.change == "added" for change in revision.statements)
    for change in revision.statements:
        if needs_work(change, cited):
            for one in cited[change.path or ""]:
                left.setdefault(one, []).extend(_tasks(change))
    if left:
        yield Heading(2, "What is left to do")
    for one, tasks in left.items():
        yield ListItem(None, citation(one), "attention", tuple(tasks))
    if added:
        yield Paragraph(
            f"{count(added, 'statement')} new: check id and kind, and decide whether the "
            "checklists must ask for them."
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
    if change.new_path not in (None, change.path):
        yield "It came into another section: cite it as"
        yield change.new_path or ""


def needs_work(change: StatementChange, cited: Citations) -> bool:
    """Tell whether somebody must act: what cites the statement may say what no page says now."""
    return change.is_work and change.path in cited


def citation(one: Citation) -> str:
    """Say who cites a statement."""
    what = "withdrawn detail" if one.kind == "withdrawn" else one.kind
    return f"{what} {one.id} ({one.text})"


def _summary(changes: Iterable[StatementChange]) -> str:
    kinds = [change.change for change in changes]
    counts = [(kinds.count(kind), kind) for kind in ("changed", "removed", "moved", "added")]
    told = [f"{number} {kind}" for number, kind in counts if number]
    return f"Statements: {', '.join(told)}." if told else "Every statement stands as it did."


def _statement(change: StatementChange, cited: Citations) -> ListItem:
    moved = change.path is not None and change.path != change.new_path
    where = f", line {change.line}" if change.line else ""
    # On a line of its own, where even a long path is seldom broken.
    body = [change.path or change.new_path or ""]
    if change.change == "moved" and not moved:
        body.append("It stands elsewhere in its section; its path stays.")
    elif moved and change.new_path is not None:
        body += ["It came into another section. Its path is now", change.new_path]
    if change.change == "moved":
        body.append(f"Says: “{_words(change.new_words)}”")
    else:
        if change.old_words is not None:
            body.append(f"Was: “{_words(change.old_words)}”")
        if change.new_words is not None:
            body.append(f"{'Now' if change.path else 'Says'}: “{_words(change.new_words)}”")
    cites = cited.get(change.path or "", ())
    body += [f"Cited by: {citation(one)}" for one in cites]
    if not cites and change.path is not None:
        body.append("Nothing cites it.")
    tone: Tone = "attention" if needs_work(change, cited) else "plain"
    return ListItem(None, f"{change.change.upper()} ({change.kind}{where})", tone, tuple(body))


def _section(change: SectionChange, revision: Revision, cited: Citations) -> ListItem:
    if change.change != "renamed":
        title = change.new_title or change.old_title
        return ListItem(None, f"{change.change.upper()}: {change.id} (“{title}”)", "plain")
    prefix = f"{revision.index.id}/{change.id}/"
    entries = {one for path, found in cited.items() if path.startswith(prefix) for one in found}
    body = [f"Was: “{change.old_title}”", f"Now: “{change.new_title}”"]
    if entries:
        body.append(
            f"What stands below it is cited by {count(len(entries), 'entry', 'entries')}: make "
            "sure that the heading gives it no other meaning. Paths stay."
        )
    return ListItem(None, f"RENAMED: {change.id}", "attention" if entries else "plain", tuple(body))


def _words(text: str | None) -> str:
    return brief(text or "", MAX_WORDS)
