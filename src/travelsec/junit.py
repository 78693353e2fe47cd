"""Results as JUnit XML, which every system for continuous integration shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple
from xml.etree import ElementTree

from travelsec.safe_text import line

Outcome = Literal["passed", "failure", "error", "skipped"]


class Case(NamedTuple):
    """One thing that was checked.

    `kind` is a word for what is wrong, `message` says it in a line, and `details` in several.
    """

    name: str
    outcome: Outcome = "passed"
    kind: str = ""
    message: str = ""
    details: tuple[str, ...] = ()
    file: str = ""
    line: int = 0


class Suite(NamedTuple):
    """Cases that belong together; systems name a case by its suite and its own name."""

    name: str
    cases: Sequence[Case]


def render_suites(command: str, suites: Iterable[Suite]) -> str:
    """Return the results of a command, with every text on one line and escaped."""
    root = ElementTree.Element("testsuites", name=command)
    everything: list[Case] = []
    for name, cases in suites:
        about = {"name": line(name), **_count_attributes(cases)}
        suite = ElementTree.SubElement(root, "testsuite", about)
        for case in cases:
            _add(suite, name, case)
        everything += cases
    root.attrib |= _count_attributes(everything)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, "unicode")}\n'


def _count_attributes(cases: Sequence[Case]) -> dict[str, str]:
    outcomes = [case.outcome for case in cases]
    return {
        "tests": str(len(outcomes)),
        "failures": str(outcomes.count("failure")),
        "errors": str(outcomes.count("error")),
        "skipped": str(outcomes.count("skipped")),
    }


def _add(suite: ElementTree.Element, classname: str, case: Case) -> None:
    place = {"file": line(case.file)} if case.file else {}
    if case.line:
        place["line"] = str(case.line)
    names = {"name": line(case.name), "classname": line(classname)}
    element = ElementTree.SubElement(suite, "testcase", {**names, **place})
    details = "\n".join(map(line, case.details))
    if case.outcome != "passed":
        about = {"type": case.kind, "message": line(case.message)}
        ElementTree.SubElement(element, case.outcome, about).text = details
    elif details:
        ElementTree.SubElement(element, "system-out").text = details
