"""Warnings about the fields of single entries: texts, reasons, contact details and due dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from travelsec import due
from travelsec.pack.lint.subject import Finding, Subject
from travelsec.problems import brief

MAX_LABEL = 40
MAX_SENTENCE = 140
MIN_DIGITS = 9

_MONDAY = datetime.date(2024, 1, 1).toordinal()

_SENTENCES = ("do", "why", "suggestion", "ask", "help")
"""The fields that hold sentences."""

_TELEPHONE_NUMBER = re.compile(r"(?<![\w.])(?:\+|\(?0)[\d ()-]{7,}\d")

_EXTENSION = r"(?: ?(?:ext|extension)\.? ?[0-9]+)?"
_SHAPES_OF_DETAILS = {
    "tel": (r"[+(]?[0-9][0-9 ()./-]{2,}" + _EXTENSION, "020 7946 0000"),
    "tel_from_abroad": (r"\+[0-9 ()./-]{6,}" + _EXTENSION, "+44 20 7946 0000"),
    "email": (r"[^@\s]+@[^@\s]+\.[^@\s]+", "desk@example.org"),
}


def long_labels(subject: Subject) -> Iterator[Finding]:
    """A label too long for a tick list or a table."""
    for entry in subject.items:
        label = entry.placed.value.label
        if len(label) > MAX_LABEL:
            yield entry.warn(
                "long-label",
                f"label: {len(label)} characters, but a tick list fits {MAX_LABEL}: shorten it",
                "label",
            )


def labels_as_texts(subject: Subject) -> Iterator[Finding]:
    """A label that only repeats the text below it."""
    for entry in subject.items:
        item = entry.placed.value
        if item.label.strip(" .").casefold() == item.do.strip(" .").casefold():
            text = "label: the same as “do”: write two or three words that name the item"
            yield entry.warn("same-label", text, "label")


def markdown_links(subject: Subject) -> Iterator[Finding]:
    """A link in Markdown, which is shown with its brackets."""
    for text in (*subject.texts, *subject.contact_texts):
        if match := re.search(r"\[[^\]\n]+\]\([^)\s]+\)", text.text):
            yield text.warn(
                "markdown-link",
                f"“{brief(match[0])}” is shown as it stands: name the page in words, cite it in "
                "“cites”, or put the address in the “url” of a contact",
            )


def curly_quotes(subject: Subject) -> Iterator[Finding]:
    """Curly quotes around a whole text, which are shown with it."""
    for text in (*subject.texts, *subject.contact_texts):
        if re.fullmatch(r"\s*(?:[“”„][^“”„]*[“”]|‘[^‘’]*’|«[^«»]*»)\s*", text.text):
            yield text.warn(
                "curly-quotes",
                'the quotes around it are part of the text: write straight ones ("), or none',
            )


def long_sentences(subject: Subject) -> Iterator[Finding]:
    """A sentence too long to take in at one reading."""
    for text in subject.texts:
        # A text within the limit has no sentence beyond it.
        if len(text.text) <= MAX_SENTENCE or text.path[0] not in _SENTENCES:
            continue
        # Imported here: few packs have texts this long.
        from travelsec.sentences import TextRun, sentences

        for sentence in sentences([TextRun(text.text, 1)]):
            if len(sentence.text) > MAX_SENTENCE:
                yield text.warn(
                    "long-sentence",
                    f"a sentence of {len(sentence.text)} characters is hard to read: split "
                    f"“{brief(sentence.text, 30)}” into sentences of at most {MAX_SENTENCE}",
                )


def must_without_why(subject: Subject) -> Iterator[Finding]:
    """A must without a reason: people follow a rule more readily if they know why."""
    for entry in subject.items:
        item = entry.placed.value
        if item.level == "must" and not item.why:
            yield entry.warn(
                "no-why", f"“{item.id}” is a must and gives no reason: add a “why”", "level"
            )


def withdrawn_details(subject: Subject) -> Iterator[Finding]:
    """A text that names an address or a number that is withdrawn."""
    withdrawn = {located.value.value for located in subject.merged.withdrawn}
    if not withdrawn:
        return
    pattern = re.compile("|".join(map(_pattern_of_detail, sorted(withdrawn))), re.IGNORECASE)
    for text in (*subject.texts, *subject.contact_texts):
        if match := pattern.search(text.text):
            yield text.warn(
                "withdrawn-detail",
                f"“{match[0]}” is withdrawn: give another detail, or none",
            )


def telephone_numbers(subject: Subject) -> Iterator[Finding]:
    """A telephone number in a text, which does not follow when the contact's number changes."""
    for text in (*subject.texts, *subject.contact_texts):
        for match in _TELEPHONE_NUMBER.finditer(text.text):
            if sum(map(str.isdigit, match[0])) >= MIN_DIGITS:
                yield text.warn(
                    "telephone-number",
                    f"“{match[0]}” is written out: put it in the “tel” of a contact, and write "
                    "“$tel_” with the contact’s id here (“_” for each hyphen)",
                )


def contact_details(subject: Subject) -> Iterator[Finding]:
    """A telephone number that cannot be dialled, or an address that cannot be written to."""
    for entry in subject.contacts:
        for field, (shape, example) in _SHAPES_OF_DETAILS.items():
            given = getattr(entry.placed.value, field)
            if given and "$" not in given and not re.fullmatch(shape, given):
                yield entry.warn(
                    "contact-detail",
                    f"{field}: “{given}” cannot be used: write it like {example}, and put "
                    "anything else in “note”",
                    field,
                )


def due_and_phase(subject: Subject) -> Iterator[Finding]:
    """An item to do before the trip that is due after it, or the other way round."""
    for entry in subject.items:
        item, phase = entry.placed.value, entry.value.phase
        wrong = {"before": "return", "back": "departure"}.get(phase or "")
        for field, text in (("due", item.due), ("deadline", item.deadline)):
            if text and wrong and text.strip().endswith(wrong):
                yield entry.warn(
                    field, f"{field}: “{text}” does not fit the phase “{phase}”", field
                )


def due_after_deadline(subject: Subject) -> Iterator[Finding]:
    """A suggested day after the deadline.

    No error: the report leaves the suggestion out, and whether it is later can depend on the
    weekday that the trip begins on.
    """
    for entry in subject.items:
        item = entry.placed.value
        try:
            suggested, last = due.parse_due(item.due), due.parse_due(item.deadline)
        except ValueError:
            # One of them is missing, or a fault of its own.
            continue
        days = map(datetime.date.fromordinal, range(_MONDAY, _MONDAY + 7))
        # A day trip leaves the least time between departure and return.
        if any(_is_later(suggested.date(day, day), last.date(day, day)) for day in days):
            yield entry.warn(
                "due-after-deadline",
                f"due: “{item.due}” can be later than the deadline, “{item.deadline}”: suggest an "
                "earlier day, or none",
                "due",
            )


def _is_later(suggested: datetime.date | None, last: datetime.date | None) -> bool:
    return suggested is not None and last is not None and suggested > last


def _pattern_of_detail(value: str) -> str:
    """Return a pattern that finds a whole detail; a number may be grouped in any way."""
    if re.fullmatch(r"[+\d\s()./‐-―-]+", value):
        digits = r"[\s()./‐-―-]*".join(re.sub(r"\D", "", value))
        return rf"(?<!\d){digits}(?!\d)"
    return rf"(?<![\w.@#-]){re.escape(value)}(?![\w@-])"
