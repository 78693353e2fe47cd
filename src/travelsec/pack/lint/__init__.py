"""Warnings about packs: valid, but probably a mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from travelsec.pack.check import Checked
from travelsec.pack.lint import entries, reach, uses
from travelsec.pack.lint.subject import Finding, Subject
from travelsec.problems import Place, Problem

Rule = Callable[[Subject], Iterator[Finding]]

ALWAYS_KNOWN: tuple[Rule, ...] = (
    entries.long_labels,
    entries.labels_as_texts,
    entries.markdown_links,
    entries.curly_quotes,
    entries.long_sentences,
    entries.must_without_why,
    entries.withdrawn_details,
    entries.telephone_numbers,
    entries.contact_details,
    entries.due_and_phase,
    entries.due_after_deadline,
)
"""Rules that look at one entry at a time."""

KNOWN_IF_READ: tuple[Rule, ...] = (
    reach.unreachable,
    reach.placeholders,
    uses.free_text,
    uses.nation,
    uses.covered_by,
    uses.replaced_conditions,
    uses.withdrawn_statements,
    uses.repeated_citations,
    uses.levels,
)
"""Rules that need every file to be readable; they skip entries with faults."""

KNOWN_WITHOUT_FAULTS: tuple[Rule, ...] = (uses.unused_questions, reach.needs)
"""Rules about references between entries, which a fault may hide."""


def find_all(checked: Checked, folders: Sequence[Path]) -> list[Finding]:
    """Return every error and every warning about packs in these folders, place by place."""
    errors = [Finding("error", problem) for problem in checked.problems]
    # Sorting keeps the order of findings at the same place.
    findings = [*errors, *_not_read(folders), *lint(checked)]
    return sorted(findings, key=lambda finding: finding.problem.place)


def _not_read(folders: Sequence[Path]) -> Iterator[Finding]:
    """Yield a warning for each YAML file whose ending keeps it from being read."""
    for folder in folders:
        for path in sorted(folder.rglob("*.yml")):
            text = "this file is not read: its name must end in .yaml"
            yield Finding("not-read", Problem(Place(str(path)), text, "warning"))


def lint(checked: Checked) -> list[Finding]:
    """Return every warning about packs that holds whatever their faults hide."""
    subject = Subject(checked)
    rules = [*ALWAYS_KNOWN]
    if not checked.merged.unreadable.kinds:
        rules += KNOWN_IF_READ
    if not checked.problems:
        rules += KNOWN_WITHOUT_FAULTS
    cut = [Finding("cut-text", problem) for problem in checked.cut]
    return [*cut, *(finding for rule in rules for finding in rule(subject))]
