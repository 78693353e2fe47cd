"""Telephone numbers, links and what to do at a call are those of the packs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.report import samples
from tests.review.reports import as_page, codes, done, judge, put, read_pack, review, sealed, told
from travelsec.pack.model import Pack
from travelsec.report.model import Link, OnCall, Report
from travelsec.report.read import parse_report

Edit = Callable[[Report], Report]

PACKS = (
    ("contacts: [helper, those-visited]", "contacts: [line, desk, helper, those-visited]"),
    (
        "contacts:\n  - {id: those-visited",
        "contacts:\n"
        "  - {id: line, name: Incident line, tel: +44 20 7946 0000, cites: [page/carry/bag]}\n"
        "  - {id: desk, name: Travel desk, tel: +44 20 7946 0001, note: Ask for Jo.,"
        " when: {not: {devices: tablet}}, cites: [page/carry/bag]}\n"
        "  - {id: web, name: More to read, url: https://example.org/a, cites: [page/carry/bag]}\n"
        "  - {id: those-visited",
    ),
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Load a pack with numbers and a link."""
    return read_pack(tmp_path_factory.mktemp("pack"), *PACKS)


@pytest.fixture(scope="module")
def report(pack: Pack) -> Report:
    """Make an honest report in which a manager finds whom to call."""
    return samples.make(pack, statuses=done())


def call(change: Callable[[OnCall], OnCall]) -> Edit:
    return lambda report: put(report, on_call=(change(report.on_call[0]), *report.on_call[1:]))


def contacts(change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Edit:
    return call(lambda one: put(one, contacts=change(one.contacts)))


def number(old: str, new: str) -> Edit:
    """Return what changes a text in all contacts."""

    def change(texts: tuple[str, ...]) -> tuple[str, ...]:
        assert any(old in text for text in texts)
        return tuple(text.replace(old, new) for text in texts)

    return contacts(change)


def steps(change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Edit:
    return call(lambda one: put(one, steps=change(one.steps)))


def links(change: Callable[[tuple[Link, ...]], tuple[Link, ...]]) -> Edit:
    return lambda report: put(report, links=change(report.links))


def link(**fields: str) -> Edit:
    return links(lambda shown: (put(shown[0], **fields), *shown[1:]))


def warning(old: str, new: str) -> Edit:
    return lambda report: put(
        report,
        warnings=tuple(put(w, message=w.message.replace(old, new)) for w in report.warnings),
    )


DOCTORED: dict[str, Edit] = {
    "a digit": number("7946 0000", "7946 0009"),
    "two digits exchanged": number("7946 0000", "7964 0000"),
    "another country": number("20 7946 0000", "900 123456"),
    "a digit more": number("7946 0000", "7946 00001"),
    "a digit less": number("7946 0000", "7946 000"),
    "a lookalike digit": number("7946 0000", "7946 \uff10000"),
    "digits of another script": number("7946 0000", "7946 \u0660\u0660\u0660\u0660"),
    "a letter for a digit": number("7946 0000", "7946 OOOO"),
    "a hidden character": number("7946 0000", "7946\u200b 0000"),
    "a number that runs backwards": number("7946 0000", "\u202e0000 6497"),
    "an extension": number("7946 0000", "7946 0000 ext 5"),
    "spaces in other places": number("7946 0000", "79 46 00 00"),
    "numbers of two exchanged": contacts(
        lambda texts: tuple(
            text.replace("0000", "x").replace("0001", "0000").replace("x", "0001") for text in texts
        )
    ),
    "another name": number("Incident line", "Director"),
    "a lookalike name": number("Incident line", "Incident l\u0456ne"),
    "another address": number("page@example.org", "page@example.com"),
    "another note": number("See the card.", "Call 0900 1234."),
    "a contact more": contacts(lambda texts: (*texts, "Security: Telephone 0900 1234")),
    "a contact first": contacts(lambda texts: ("Security: Telephone 0900 1234", *texts)),
    "a contact twice": contacts(lambda texts: (*texts, texts[0])),
    "a contact less": contacts(lambda texts: texts[1:]),
    "no contact": contacts(lambda _: ()),
    "contacts in another order": contacts(lambda texts: texts[::-1]),
    "another step": steps(lambda _: ("Hang up.",)),
    "a step more": steps(lambda texts: (*texts, "Then call 0900 1234.")),
    "a step twice": steps(lambda texts: texts * 2),
    "no step": steps(lambda _: ()),
    "another title": call(lambda one: put(one, title="If anybody calls")),
    "a lookalike title": call(lambda one: put(one, title=one.title.replace("a", "\u0430"))),
    "a call more": lambda r: put(
        r, on_call=(*r.on_call, OnCall("If IT calls", ("Tell the password.",), ()))
    ),
    "a call twice": lambda r: put(r, on_call=r.on_call * 2),
    "no call": lambda r: put(r, on_call=()),
    "another link": link(url="https://example.com/a"),
    "a link to a lookalike": link(url="https://ex\u0430mple.org/a"),
    "a link that is not encrypted": link(url="http://example.org/a"),
    "a link with a user": link(url="https://example.org@example.com/a"),
    "a link that runs": link(url="javascript:alert(1)"),
    "a link to data": link(url="data:text/html,Ready"),
    "a link to a file": link(url="file:///etc/passwd"),
    "a link that calls": link(url="tel:09001234"),
    "another name of a link": link(name="Log in"),
    "a note of a link": link(note="Call 0900 1234."),
    "a link more": links(lambda shown: (*shown, Link("Log in", "https://example.com", ""))),
    "a link twice": links(lambda shown: shown * 2),
    "no link": links(lambda _: ()),
    "another address in a warning": warning("page@example.org", "page@example.com"),
    "a number in a warning": warning("page@example.org", "0900 1234"),
    "a number in what is not covered": lambda r: put(
        r, readiness=put(r.readiness, not_covered=("Visas: call 0900 1234.",))
    ),
    "a number in a title": lambda r: put(
        r, titles=r.titles | {"overseas": "Call 0900 1234 before you leave"}
    ),
    "a number in the title of a page": lambda r: put(
        r, titles=r.titles | {"guidance/page": "Call 0900 1234"}
    ),
    "a title more": lambda r: put(r, titles=r.titles | {"guidance/other": "Call 0900 1234"}),
}


@pytest.mark.parametrize("name", DOCTORED)
def test_another_number_is_told(report: Report, pack: Pack, name: str) -> None:
    """As JSON and in a page made of it: a manager would call it."""
    edited = sealed(DOCTORED[name](report))
    assert edited != report
    for found in (
        review(edited, pack),
        judge(pack).judge("report.html", parse_report(as_page(edited))),
    ):
        assert codes(found) == {"reworded"}
        assert told(found)["reworded"].breaks
        assert (found.holds, found.is_good) == (False, False)


@pytest.mark.parametrize("name", DOCTORED)
def test_numbers_that_were_not_checked_are_told(report: Report, pack: Pack, name: str) -> None:
    """Whoever writes another version beside them gets no clean report for it."""
    edited = DOCTORED[name](report)
    other_pack = put(edited, packs=(put(edited.packs[0], digest="1" * 64),))
    for other in (other_pack, put(edited, tool=put(edited.tool, words=1))):
        found = review(sealed(other), pack)
        assert "words-unchecked" in codes(found)
        assert "telephone numbers" in told(found)["words-unchecked"].message
        assert (found.holds, found.is_good) == ("unknown", False)


HONEST: dict[str, dict[str, str]] = {
    "abroad": {},
    "at home": {"abroad": "no"},
    "nobody knows where": {"abroad": ""},
    "with a tablet": {"devices": "laptop, tablet"},
    "with another name": {"traveller": "0900 1234"},
    "to a place like a link": {"destination": "https://example.com"},
    "visiting nobody": {"hosts": "none"},
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_numbers_are_not_accused(pack: Pack, name: str) -> None:
    """Numbers are dialled otherwise at home, and some contacts are for some trips."""
    given = {fact: value for fact, value in {**samples.TRIP, **HONEST[name]}.items() if value}
    made = samples.make(pack, given, done())
    for found in (
        review(made, pack),
        judge(pack).judge("report.html", parse_report(as_page(made))),
    ):
        assert (found.differs, found.holds) == ((), True)
