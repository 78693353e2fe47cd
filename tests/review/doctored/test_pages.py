"""A page shows what its data says, or the review tells that it does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import browser as chromium
from tests.report import samples
from tests.review.reports import as_page, codes, done, judge, put, read_pack, sealed
from travelsec.pack.model import Pack
from travelsec.report.embedded_json import CLOSING, OPENING, extract
from travelsec.report.model import Report
from travelsec.report.read import parse_report
from travelsec.review.model import Reviewed

browser, page = chromium.browser, chromium.page
Doctor = Callable[[bytes], bytes]

CONTACT = (
    "contacts: [helper, those-visited]",
    "contacts: [line, those-visited]",
)
LINE = (
    "contacts:\n  - {id: those-visited",
    "contacts:\n  - {id: line, name: Incident line, tel: +44 20 7946 0000,"
    " cites: [page/carry/bag]}\n  - {id: those-visited",
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Load a pack with a number to call."""
    return read_pack(tmp_path_factory.mktemp("pack"), CONTACT, LINE)


@pytest.fixture(scope="module")
def report(pack: Pack) -> Report:
    """Make an honest report whose texts have every character that HTML escapes."""
    return samples.make(
        pack,
        {**samples.TRIP, "traveller": "Ann <O'Neil> & “Jo”", "destination": 'The "Ritz"\u00a02'},
        done(),
    )


def around_data(page: bytes, edit: Doctor) -> bytes:
    """Edit a page before and after its data block."""
    before, opening, rest = page.partition(OPENING.encode())
    data, closing, after = rest.partition(CLOSING.encode())
    return edit(before) + opening + data + closing + edit(after)


def change(old: str, new: str) -> Doctor:
    """Return what replaces a text wherever it is in the page, and leaves its data alone."""

    return lambda page: around_data(page, lambda part: part.replace(old.encode(), new.encode()))


def add(text: str, before: str = "</body>") -> Doctor:
    """Return what writes a text into the page before a tag."""
    return change(before, f"{text}{before}")


def data_at(place: str) -> Doctor:
    """Return what moves the data block before a tag."""

    def doctor(page: bytes) -> bytes:
        block = OPENING.encode() + extract(page) + CLOSING.encode()
        return page.replace(block, b"").replace(place.encode(), block + place.encode(), 1)

    return doctor


EDITED: dict[str, Doctor] = {
    # What people read
    "another verdict": change("Ready", "Not ready"),
    "another name": change("O&#39;Neil", "Sullivan"),
    "a word less": change("no one has checked it", "one has checked it"),
    "a letter less": change("Keep passwords apart", "Keep passwords part"),
    "a lookalike letter": change("Keep passwords", "Keep p\u0430sswords"),
    "a hidden character": change("Keep passwords", "Keep pass\u200bwords"),
    "text that runs backwards": change("Keep passwords", "Keep \u202epasswords"),
    "another date": change("1 December 2026", "2 December 2026"),
    "a number in the words": change("Carry a letter", "Call 0900 1234"),
    "an entity that reads otherwise": change("&amp;", "&lt;"),
    "an entity twice escaped": change("&amp;", "&amp;amp;"),
    "a tag that begins in a name": change("&lt;O", "<O"),
    "an item taken out": lambda page: re.sub(
        rb'<li class="item[^"]*">.*?</li>\n', b"", page, count=1, flags=re.DOTALL
    ),
    "the warnings taken out": lambda page: re.sub(
        rb"<h2>Warnings.*?</ul>\n", b"", page, count=1, flags=re.DOTALL
    ),
    "a whole section taken out": lambda page: re.sub(
        rb'<section class="part">.*?</section>\n', b"", page, count=1, flags=re.DOTALL
    ),
    "cut off after its data": lambda page: page.partition(b"</body>")[0],
    # Telephone numbers and links
    "another number": change("020 7946 0000", "0900 123456"),
    "another number behind the link": change('href="tel:', 'href="tel:0900'),
    "the link to a number elsewhere": change('href="tel:', 'href="https://example.com/'),
    "a number to call": add('<p>Call <a href="tel:09001234">0900 1234</a>.</p>'),
    "a link": add('<a href="https://example.com/">More</a>'),
    "a link that covers all": add('<a href="//example.com" style="position:fixed;inset:0"></a>'),
    "an address to write to": add('<a href="mailto:a@example.com">Reply</a>', "</main>"),
    # What hides or covers
    "a style that hides": add("<style>.item { display: none }</style>", "</head>"),
    "a style in the tag": change("<main", '<main style="color: white"'),
    "a rule in its own style": change("</style>", "main{display:none}</style>"),
    "a rule that writes": change("</style>", 'h1::after{content:"Approved"}</style>'),
    "no style": lambda page: re.sub(rb"<style>.*?</style>", b"", page, flags=re.DOTALL),
    "a reference in its style": lambda page: re.sub(
        rb"<style>.*?</style>",
        lambda found: found[0].replace(b'"', b"&quot;"),
        page,
        flags=re.DOTALL,
    ),
    "hidden": change("<main", "<main hidden"),
    "another class": change('class="item ', 'class="soft '),
    "a reference in a class": change('class="item done plain"', "class=&quot;item&quot;"),
    "a comment around it": lambda page: page.replace(b"<main", b"<!--<main", 1).replace(
        b"</main>", b"</main>-->", 1
    ),
    "a template around it": change("<main", "<template><main"),
    "a text area around it": change("<main", "<textarea><main"),
    "a table more": add("<table><tr><td>Verdict: ready</td></tr></table>"),
    "a form": add("<form action=https://example.com><input name=password></form>"),
    "a dialogue": add("<dialog open>Approved by the director.</dialog>"),
    "a frame": add('<iframe srcdoc="Ready"></iframe>'),
    "an object": add('<object data="other.html"></object>'),
    "a picture": add('<img src="https://example.com/x.png" alt="Ready">'),
    "a drawing": add("<svg><text>Ready</text></svg>"),
    "a drawing that runs": add("<svg onload=alert(1)></svg>"),
    "formulas": add("<math><mtext>Ready</mtext></math>"),
    "a handler": change("<body", "<body onload=alert(1)"),
    # The head
    "a refresh": add('<meta http-equiv="refresh" content="0;url=//example.com">', "</head>"),
    "a base": add('<base href="https://example.com/">', "</head>"),
    "a style sheet": add('<link rel="stylesheet" href="x.css">', "</head>"),
    "no policy": lambda page: re.sub(rb"<meta http-equiv=[^>]*>\n", b"", page, count=1),
    "a laxer policy": change("default-src 'none'", "default-src *"),
    "another title": lambda page: re.sub(rb"<title>.*?<", b"<title>Ready<", page),
    "another character set": change('<meta charset="utf-8">', '<meta charset="utf-7">'),
    "text before its character set": change("<head>\n", "<head>\u00a0\n"),
    "no character set": change('<meta charset="utf-8">\n', ""),
    "a character set more": add('<meta charset="utf-7">', "</head>"),
    "another language": change('lang="en-GB"', 'lang="en-GB" dir="rtl"'),
    # Around it
    "text after it": lambda page: page + b"Approved.",
    "a page after it": lambda page: page + b"<html><body>Ready</body></html>",
    "a comment after it": lambda page: page + b"<!-- -->",
    "a comment before it": lambda page: b"<!-- Approved --> " + page,
    "a comment of a browser with more": change(
        "<html", "<!-- saved from url=(0014)about:internet --><h1>Ready</h1><html"
    ),
    "a comment of a browser in the title": change(
        "<title>", "<title><!-- saved from url=(0014)Approved -->"
    ),
    "a comment of a browser that ends early": change(
        "<html", "<!-- saved from url=(0014)--!><h1>Ready</h1>--><html"
    ),
    "no doctype": lambda page: page.partition(b"\n")[2],
    "text after its data": add("Ready"),
    "its data at the beginning": data_at("<header"),
    "its data in the head": data_at("</head>"),
    "its data after the end": lambda page: data_at("</html>")(page).replace(b"</body>\n", b""),
    "other bytes": lambda page: page.replace(b"no one has", b"no\xffone has", 1),
}


def review(page: bytes, pack: Pack) -> Reviewed:
    """Review a page."""
    return judge(pack).judge("report.html", parse_report(page))


@pytest.mark.parametrize("name", EDITED)
def test_an_edited_page_is_told(report: Report, pack: Pack, name: str) -> None:
    """Though its data holds; also if a browser saved it after the edit."""
    honest = as_page(report)
    edited = EDITED[name](honest)
    assert edited != honest
    for page in (edited, saved(edited)):
        found = review(page, pack)
        assert codes(found) == {"page-edited"}
        assert found.differs[0].message.startswith("Its page was edited, or changed while")
        assert (found.holds, found.is_good) == (False, False)


@pytest.mark.parametrize("name", EDITED)
def test_a_page_of_other_words_is_not_checked(report: Report, pack: Pack, name: str) -> None:
    """Whoever writes another version into it gets no clean report for it."""
    other = sealed(put(report, tool=put(report.tool, words=1)))
    found = review(EDITED[name](as_page(other)), pack)
    assert {"page-unchecked", "words-unchecked"} <= codes(found)
    assert (found.holds, found.is_good) == ("unknown", False)


# Honest ones


def saved(page: bytes) -> bytes:
    """Return a page as Chromium writes it."""

    def edit(text: bytes) -> bytes:
        text = text.replace(b"&#34;", b'"').replace(b"&#39;", b"'").replace(b"\xc2\xa0", b"&nbsp;")
        text = re.sub(rb"<rect ([^>]*)/>", rb"<rect \1></rect>", text)
        return text.replace(b"<!DOCTYPE html>\n", b"<!DOCTYPE html>").replace(
            b"\n<head>\n", b"<head>"
        )

    return around_data(page, edit)


COMMENT = b"<!-- saved from url=(0037)file:///home/ann/Post%20in/report.html -->\n"
CONTENT_TYPE = b'<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">'

SAVED: dict[str, Doctor] = {
    "as Chromium writes it": saved,
    "with where it was saved from": lambda page: saved(page).replace(
        b"<html", b"\n" + COMMENT + b"<html", 1
    ),
    "with its character set first": lambda page: saved(page).replace(
        b"<head>", b"<head>" + CONTENT_TYPE, 1
    ),
    "with another character set line": lambda page: saved(page).replace(
        b'<meta charset="utf-8">', CONTENT_TYPE, 1
    ),
    "as Firefox writes it": lambda page: (
        saved(page)
        .replace(b"<!DOCTYPE html>", b"<!DOCTYPE html>\n", 1)
        .replace(b"<head>", b"<head>\n" + CONTENT_TYPE.lower(), 1)
    ),
    "with other line ends": lambda page: saved(page).replace(b"\n", b"\r\n"),
    "with a byte order mark": lambda page: b"\xef\xbb\xbf" + saved(page),
    "with its end moved": lambda page: saved(page).replace(
        b"</body>\n</html>\n", b"\n\n\n</body></html>"
    ),
}


@pytest.mark.parametrize("name", SAVED)
def test_a_page_that_was_saved_again_is_not_accused(report: Report, pack: Pack, name: str) -> None:
    """It is reported, for a manager who asks; it shows what travelsec wrote."""
    found = review(SAVED[name](as_page(report)), pack)
    assert codes(found) == {"page-saved"}
    assert (found.holds, found.is_good) == (True, True)
    assert "saved again by a browser" in found.differs[0].message


@pytest.mark.slow
def test_a_page_that_chromium_saved_is_not_accused(
    report: Report, pack: Pack, page: Any, tmp_path: Path
) -> None:
    """However complete the page: each of its characters that can be escaped is in there."""
    for number, made in enumerate((report, samples.make(pack), samples.make(pack, {}, {}))):
        file = tmp_path / f"{number}.html"
        file.write_bytes(as_page(made))
        page.unroute("**/*")
        page.goto(file.as_uri())
        for written in (page.content(), "<!DOCTYPE html>" + page.evaluate(WHOLE)):
            found = review(written.encode(), pack)
            assert "page-saved" in codes(found)
            assert found.holds is True
        page.evaluate("document.querySelector('h1').textContent = 'Approved'")
        assert "page-edited" in codes(review(page.content().encode(), pack))


WHOLE = "document.documentElement.outerHTML"

MAILED: dict[str, Doctor] = {
    "as written": lambda page: page,
    "with other line ends": lambda page: page.replace(b"\n", b"\r\n"),
    "with a byte order mark": lambda page: b"\xef\xbb\xbf" + page,
    "with empty lines at its end": lambda page: page + b"\r\n\r\n",
    "without its last line end": lambda page: page.rstrip(),
}


@pytest.mark.parametrize("name", MAILED)
def test_a_page_from_the_mail_is_not_accused(report: Report, pack: Pack, name: str) -> None:
    found = review(MAILED[name](as_page(report)), pack)
    assert (found.differs, found.holds) == ((), True)
