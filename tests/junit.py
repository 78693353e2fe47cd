"""Read JUnit XML as systems for continuous integration do."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import distribution

from junitparser import JUnitXml, TestCase, TestSuite
from lxml import etree

# It is read where it lies: importing the package would take seconds.
_XSD = distribution("pyEDAA.Reports").locate_file("pyEDAA/Reports/Resources/Any-JUnit.xsd")


def read(text: str) -> dict[str, list[TestCase]]:
    """Return the cases of each suite, of a file that is as the schema and its counts say."""
    data = text.encode()
    etree.XMLSchema(etree.parse(str(_XSD))).assertValid(etree.fromstring(data))
    parsed = JUnitXml.fromstring(data)
    suites = list(parsed)
    assert [counts(suite) for suite in suites] == [counted(list(suite)) for suite in suites]
    assert counts(parsed) == counted([case for suite in suites for case in suite])
    return {suite.name: list(suite) for suite in suites}


def counts(part: JUnitXml | TestSuite) -> tuple[int, int, int, int]:
    """Return the numbers of cases, failures, errors and skipped cases that it states."""
    return part.tests, part.failures, part.errors, part.skipped


def counted(cases: list[TestCase]) -> tuple[int, int, int, int]:
    """Count the cases, failures, errors and skipped cases."""
    kinds = [outcome.partition(" ")[0] for _, outcome in outcomes(cases)]
    return len(kinds), kinds.count("failure"), kinds.count("error"), kinds.count("skipped")


def outcomes(cases: list[TestCase]) -> Iterator[tuple[str, str]]:
    """Yield the name of each case, and its outcome with the word for it."""
    for case in cases:
        results = [f"{result._tag} {result.type}" for result in case.result]
        assert len(results) < 2
        yield case.name, "".join(results) or "passed"
