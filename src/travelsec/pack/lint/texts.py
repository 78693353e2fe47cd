"""Warnings about the words of one entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple

from travelsec.pack.lint.subject import Finding, LintEntry, Subject
from travelsec.problems import brief

MAX_LABEL = 40
MAX_SENTENCE = 140
MIN_DIGITS = 9

_NUMBER = re.compile(r"(?<![\w.])(?:\+|\(?0)[\d ()-]{7,}\d")


class Text(NamedTuple):
    """A text of an entry, and the way to it from the entry."""

    part: LintEntry
    path: tuple[Any, ...]
    text: str

    @property
    def field(self) -> str:
        """The field, for a message."""
        return " ".join(str(key + 1) if isinstance(key, int) else key for key in self.path)


def long_labels(subject: Subject) -> Iterator[Finding]:
    """A label that does not fit a tick list or a table."""
    for part in subject.items:
        label = part.placed.value.label
        if len(label) > MAX_LABEL:
            yield part.warn(
                "long-label",
                f"label: {len(label)} characters, and {MAX_LABEL} fit a tick list: shorten it",
                "label",
            )


def long_sentences(subject: Subject) -> Iterator[Finding]:
    """A sentence that is hard to take in at one reading."""
    for text in instructions(subject):
        # No text needs to be cut into sentences unless all of it is longer than one may be.
        if len(text.text) <= MAX_SENTENCE:
            continue
        for sentence in _sentences(text.text):
            if len(sentence) > MAX_SENTENCE:
                yield text.part.warn(
                    "long-sentence",
                    f"{text.field}: a sentence of {len(sentence)} characters, where "
                    f"{MAX_SENTENCE} can be read at once: make two of “{brief(sentence, 30)}”",
                    *text.path,
                )


def must_without_why(subject: Subject) -> Iterator[Finding]:
    """A must that gives no reason: people do more willingly what they understand."""
    for part in subject.items:
        item = part.placed.value
        if item.level == "must" and not item.why:
            yield part.warn(
                "no-why", f"“{item.id}” is a must and gives no reason: add a “why”", "level"
            )


def withdrawn_details(subject: Subject) -> Iterator[Finding]:
    """A text that names an address or a number that is withdrawn."""
    withdrawn = {located.value.value for located in subject.merged.withdrawn}
    if not withdrawn:
        return
    pattern = re.compile("|".join(map(_pattern, sorted(withdrawn))), re.IGNORECASE)
    for text in chain(instructions(subject), titles(subject), _of_contacts(subject)):
        found = pattern.search(text.text)
        if found is not None:
            yield text.part.warn(
                "withdrawn-detail",
                f"{text.field}: “{found[0]}” is withdrawn: name another way, or none",
                *text.path,
            )


def telephone_numbers(subject: Subject) -> Iterator[Finding]:
    """A telephone number in a text, which stays behind when the contact's own changes."""
    for text in chain(instructions(subject), titles(subject), _of_contacts(subject)):
        for found in _NUMBER.finditer(text.text):
            if sum(map(str.isdigit, found[0])) >= MIN_DIGITS:
                yield text.part.warn(
                    "telephone-number",
                    f"{text.field}: “{found[0]}” is written out: give it to a contact as “tel”, "
                    "and write “$tel_” with the contact’s id here (“_” for each hyphen)",
                    *text.path,
                )


def instructions(subject: Subject) -> Iterator[Text]:
    """Yield the texts that say what to do and why, and those of questions."""
    for item in subject.items:
        yield from _fields(item, "do", "why", "suggestion")
    for question in subject.questions:
        yield from _fields(question, "ask", "help")
    for _, step in subject.steps:
        yield from _fields(step, "do", "why")


def titles(subject: Subject) -> Iterator[Text]:
    """Yield the other texts whose placeholders are filled: labels, titles, what to note down."""
    for item in subject.items:
        yield from _fields(item, "label")
    for situation in subject.situations:
        yield from _fields(situation, "title")
        for index, text in enumerate(situation.placed.value.note_down):
            yield Text(situation, ("note_down", index), text)


def _of_contacts(subject: Subject) -> Iterator[Text]:
    for contact in subject.contacts:
        yield from _fields(contact, "name", "hours", "note", "note_from_abroad")


def _fields(part: LintEntry, *fields: str) -> Iterator[Text]:
    for field in fields:
        if text := getattr(part.placed.value, field):
            yield Text(part, (field,), text)


def _sentences(text: str) -> Iterator[str]:
    # Only a text that may be too long pays for this import.
    from travelsec.guidance.sentences import TextRun, sentences

    return (sentence.text for sentence in sentences([TextRun(text, 1)]))


def _pattern(value: str) -> str:
    """Return what finds a detail as a whole, a number however its digits are grouped."""
    if re.fullmatch(r"[+\d\s()./‐-―-]+", value):
        digits = r"[\s()./‐-―-]*".join(re.sub(r"\D", "", value))
        return rf"(?<!\d){digits}(?!\d)"
    return rf"(?<![\w.@#-]){re.escape(value)}(?![\w@-])"
