"""The HTML page says all that the report says, and only as text."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given

from tests.hostile import utf8_texts
from tests.report import samples
from tests.report.samples import EVERYTHING
from tests.report.test_markdown import hostile
from travelsec.pack.model import Pack
from travelsec.question_types import NONE
from travelsec.report import html
from travelsec.report.embedded_json import CLOSING, OPENING, extract
from travelsec.report.model import OnCall, Report, Warning, digest
from travelsec.report.read import parse_report
from travelsec.safe_text import line
from travelsec.trip.statuses import Status


class Page(HTMLParser):
    """The tags of a page, and its texts in order, without style and data."""

    def __init__(self, page: str) -> None:
        """Take the page apart."""
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.texts: list[str] = []
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        """Leave a tag."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if self._inside not in ("style", "script"):
            self.texts.append(data)

    @property
    def shown(self) -> str:
        """All that a reader sees, with single spaces."""
        return " ".join("".join(self.texts).split())


def shown(report: Report) -> str:
    """Return all that a reader of the report's page sees."""
    return Page(html.render(report)).shown


def headings(report: Report) -> list[tuple[str, str]]:
    """Return the headings of the report's page with their levels."""
    found = re.findall(r"<h([1-6])>(.*?)</h\1>", html.render(report), flags=re.DOTALL)
    return [(level, re.sub(r"<.*?>", "", text)) for level, text in found]


def all_done(pack: Pack, **others: Status) -> Report:
    """Make a report in which all is done but what is given, by item."""
    statuses = {f"overseas.{name}": Status("done") for name in EVERYTHING}
    return samples.make(
        pack, statuses={**statuses, **{f"overseas.{name}": one for name, one in others.items()}}
    )


def in_order(found: str, *parts: str) -> bool:
    """Return whether the parts come in the text one after another."""
    at = 0
    for part in parts:
        at = found.find(part, at) + 1
        if not at:
            return False
    return True


def test_what_a_line_manager_needs_comes_first_and_in_order(report: Report) -> None:
    """Whose statement, verdict, open, waived, declined, not covered, a reply; then the items."""
    found = shown(report).split("Taking equipment overseas")[0]
    assert in_order(
        found,
        "This is the traveller’s own statement, and no one has checked it.",
        "A. Smith gave it on Tue 24 November 2026.",
        "travelsec cannot know whether it is true, and anyone can edit this file.",
        "travelsec review FILE checks it against your own checklists.",
        "Not ready",
        "2 must items are open, 5 items in all.",
        "1 must item was waived.",
        "2 items were answered by a script, not by a person at a terminal.",
        *("Open (4)", "No answers yet, except where marked “to do”.", "Must (2)"),
        *("Carry a letter of introduction", "Clear unneeded files"),
        *("Should (1)", "Consider (1)", "A bag that locks"),
        *("Waived (1)", "Use the hotel safe: “Staying with family.”"),
        *("Declined (1)", "Pack envelopes (should): “There are none left.”"),
        *("Not covered here", "Visas and vaccinations: ask the travel desk."),
        *("A suggested reply to the traveller", "Dear A. Smith,", "Please send me a new report"),
    )


def test_what_is_declined_stands_once_at_the_top(report: Report) -> None:
    """With its reason, under a heading of its own; that it is open is said there."""
    top = shown(report).split("Not covered here")[0]
    assert top.count("Pack envelopes") == 1
    assert "Still open, as the traveller will not do or agree to: Pack envelopes" in top


def test_with_nothing_open_but_what_is_declined_no_other_list_is_there(pack: Pack) -> None:
    """A heading with nothing below it would be noise."""
    top = shown(all_done(pack, wifi=Status("declined", "R."))).split("Not covered here")[0]
    assert "Declined (1)" in top
    assert "Open (" not in top
    assert "to consider (" not in top


NO_WAIVER = "Nothing was waived."


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"letter": Status("not-applicable", "R.")}, "1 must item was waived."),
        (
            dict.fromkeys(("letter", "hotel-safe"), Status("not-applicable", "R.")),
            "2 must items were waived.",
        ),
        ({"wifi": Status("not-applicable", "R.")}, NO_WAIVER),
        ({"report-it": Status("not-applicable", "R.")}, NO_WAIVER),
        (
            {"letter": Status("done", how="script")},
            f"{NO_WAIVER} 1 item was answered by a script, not by a person at a terminal.",
        ),
        (
            dict.fromkeys(("letter", "wifi"), Status("done", how="script")),
            f"{NO_WAIVER} 2 items were answered by a script, not by a person at a terminal.",
        ),
        ({"letter": Status("done", how="terminal")}, NO_WAIVER),
        ({"report-it": Status("done", how="script")}, NO_WAIVER),
    ],
)
def test_the_verdict_says_what_it_is_based_on(
    pack: Pack, others: dict[str, Status], words: str
) -> None:
    """With waived musts and answers by a script, but nothing that is for the return."""
    page = html.render(all_done(pack, **others))
    box = Page(page[page.index('<div class="verdict') :].split("</div>")[0]).shown
    assert box == f"Ready Nothing is open. {words}"


def test_the_headings_are_in_order(report: Report) -> None:
    """One of the first level, none skipped; warnings last."""
    found = headings(report)
    levels = [int(level) for level, _ in found]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert [text for level, text in found if level == "2"] == [
        "Not ready",
        "Open (4)",
        "Waived (1)",
        "Declined (1)",
        "Not covered here",
        "A suggested reply to the traveller",
        "Taking equipment overseas",
        "The trip as the traveller describes it",
        "How this report was made",
        "Warnings (2)",
    ]
    assert [text for level, text in found if level == "3"][3:] == [
        "What you carry",
        "On the way",
        "On return",
    ]


def test_an_item_shows_all_that_is_known_about_it(report: Report) -> None:
    """The page it comes from; level, status in words, due, do, why and note."""
    assert in_order(
        shown(report).split("What you carry")[1],
        "Source: “Taking equipment abroad”.",
        "Clear unneeded files Must: To do, suggested by Sun 29 November 2026",
        "Take off each device the files you will not need on this trip.",
        "Why: If the device is lost or stolen, less is exposed.",
        "Note: Ask IT for help.",
    )


@pytest.mark.parametrize(
    ("item", "status", "words"),
    [
        ("letter", Status("done"), "Before the trip. 6 items, all of them done."),
        ("unattended", Status("done"), "On the trip. 3 items, all of them agreed."),
        ("wifi", Status("todo"), "Never leave it unattended Must: Agreed "),
        ("letter", Status("unanswered"), "Must: Unanswered, suggested by Sat 21 November 2026"),
        ("seals", Status("declined", reason="R."), "Should: Declined, suggested by Mon 30 Nov"),
        (
            "wifi",
            Status("not-applicable", reason="R."),
            "Avoid public wifi Should: Does not apply ",
        ),
        ("report-it", Status("todo"), "Must: To do on return, suggested by Sun 6 December 2026"),
        ("report-it", Status("declined", reason="R."), "Must: Declined, suggested by Sun 6 Dec"),
    ],
)
def test_a_status_is_in_words(pack: Pack, item: str, status: Status, words: str) -> None:
    """Never by colour alone."""
    report = all_done(pack, **{item: status})
    early = msgspec.structs.replace(report, as_of=samples.TODAY.replace(day=20))
    assert words in shown(early)


def test_what_is_past_its_date_is_for_now(report: Report) -> None:
    """In the summary, in the reply and with the item."""
    statuses = ("Carry a letter of introduction – do this now",
                "Carry a letter of introduction (do this now)",
                "Must: Unanswered, do this now")  # fmt: skip
    late = msgspec.structs.replace(report, as_of=samples.TODAY)
    assert in_order(shown(late), *statuses)


def test_each_section_has_a_bar_with_its_numbers(report: Report) -> None:
    """It is a picture whose parts differ in shape, described by the sentence beside it."""
    found = html.render(report)
    assert "Before the trip. 6 items: 1 done, 1 does not apply, 4 open." in shown(report)
    assert "On the trip. 3 items: 1 agreed, 1 does not apply, 1 open." in shown(report)
    assert "On return. 3 items: 1 does not apply, 2 for the return." in shown(report)
    bars = re.findall(r'<svg [^>]*aria-labelledby="([^"]+)"[^>]*>(.*?)</svg>', found, re.DOTALL)
    assert len(bars) == 3
    for name, bar in bars:
        assert found.count(f' id="{name}"') == 1
        shapes = re.findall(r'height="(\d+)" fill="(\w+)"[^/]*?(dasharray)?[^/]*/>', bar)
        assert len(set(shapes)) == len(shapes)
    assert [bar.count("<rect") for _, bar in bars] == [3, 3, 2]


def test_a_part_of_a_bar_that_is_there_can_be_seen(report: Report) -> None:
    """One open item among a thousand still shows."""
    many = tuple(msgspec.structs.replace(report.items[0], status="done") for _ in range(1000))
    crowded = msgspec.structs.replace(report, items=(*many, report.items[1]))
    widths = re.findall(r'<rect [^>]*width="(-?\d+)"', html.render(crowded))
    assert len(widths) == 2
    assert min(map(int, widths)) > 0


def test_the_trip_is_told_as_the_traveller_describes_it(report: Report) -> None:
    """Questions, answers, and how each was given."""
    assert in_order(
        shown(report).split("The trip as the traveller describes it")[1],
        "What is your name? A. Smith Where",
        "Which devices will you take? Laptop and Phone (by a script)",
        "Answers given: 9 in a terminal and 4 by a script.",
        f"Made with travelsec {report.tool.version}, pack small 2.1.",
        f"Content of pack small: {report.packs[0].digest}.",
        f"Digest of the report: {report.digest}. It reveals damage and careless edits.",
        *(warning.message for warning in report.warnings),
    )


def test_how_answers_were_given_is_said_once(report: Report) -> None:
    """Only an answer given in another way is marked."""
    put = msgspec.structs.replace
    answers = tuple(put(answer, how="terminal") for answer in report.trip.answers)
    items = tuple(put(item, how="terminal") for item in report.items)
    same = put(report, trip=put(report.trip, answers=answers), items=items)
    assert shown(same).count("in a terminal") == 1
    other = put(same, items=(put(items[0], how="script"), *items[1:]))
    assert shown(other).count("Answered by a script.") == 1
    assert "Answered in a terminal" not in shown(other)


def test_what_to_do_if_the_traveller_calls_is_there(report: Report) -> None:
    """Steps in order, and whom to reach."""
    call = OnCall("If they call", ("Be calm.", "Ask."), ("Desk: 1",))
    called = msgspec.structs.replace(report, on_call=(call,))
    assert in_order(shown(called), "If they call", "Be calm.", "Ask.", "Desk: 1", "How this")


def test_the_top_has_only_the_first_of_many_open_items(pack: Pack) -> None:
    """So that people also see what is waived and declined; the sections have all items."""
    first = samples.make(pack).items[0]
    items = tuple(
        msgspec.structs.replace(first, id=f"x.{n}", label=f"Thing {n}", level=level, status="todo")
        for n, level in enumerate(["must"] * 9 + ["should"] * 5 + ["consider"] * 2)
    )
    top, rest = shown(msgspec.structs.replace(samples.make(pack), items=items)).split(
        "Not covered here"
    )
    assert in_order(
        top,
        *("Open (16)", "Must (9)", "Thing 0", "Thing 8", "Should (5)", "Thing 9", "Thing 11"),
        *("Consider (2)", "These are the first 12. All of them are below, in their sections."),
    )
    assert "Thing 12" not in top
    assert in_order(rest, "Thing 12", "Thing 15")


def test_a_trip_with_nothing_open_says_so(pack: Pack) -> None:
    """Once, with the verdict; a heading with nothing below it would be noise."""
    found = shown(all_done(pack))
    assert in_order(found, "Ready", "Nothing is open.", NO_WAIVER, "Not covered here")
    assert "(0)" not in found
    assert found.count("Nothing is open.") == 2  # the reply says it to the traveller


def test_items_that_are_open_show_whatever_the_report_claims(report: Report) -> None:
    """The list, the counts and the verdict can be edited; the page goes by the items."""
    readiness = msgspec.structs.replace(
        report.readiness, verdict="ready", counts={}, open=(), waived=()
    )
    forged = msgspec.structs.replace(report, readiness=readiness)
    # As somebody does who knows how; without that the page says that it was changed.
    forged = msgspec.structs.replace(forged, digest=digest(forged))
    found = shown(forged)
    sentence = "This file says “Ready”, but its items do not support that. Ask for a new report."
    assert in_order(found, "Not ready", sentence, "Open (4)", "Waived (1)", "Declined (1)")
    assert found.replace(f" {sentence}", "").replace(forged.digest, report.digest) == shown(report)


def test_a_report_with_nothing_in_it_can_be_shown(report: Report) -> None:
    """An untrusted one can lack items, facts, titles and dates, and have invalid sources."""
    bare = msgspec.structs.replace(
        report,
        created="yesterday",
        titles={},
        trip=msgspec.structs.replace(report.trip, facts={}, answers=()),
        readiness=msgspec.structs.replace(report.readiness, not_covered=()),
        items=(),
        packs=(),
        warnings=(),
    )
    assert in_order(
        shown(bare),
        "The traveller gave it on yesterday.",
        "The traveller said nothing about the trip.",
    )
    cites = ("", "/", "nowhere", "page/a/b/c")
    one = msgspec.structs.replace(report.items[0], cites=cites, how=None)
    found = shown(msgspec.structs.replace(bare, items=(one,)))
    assert in_order(found, "overseas", "packing", "Source: “”; “nowhere”; “page”.")


def test_the_page_runs_and_loads_nothing(report: Report) -> None:
    """A strict policy, one block of data, no links but to call or write, nothing from elsewhere."""
    found = html.render(report)
    page = Page(found)
    policy = next(value for _, name, value in page.attributes if name == "content")
    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    )
    assert found.lower().count("<script") == 1
    names = {name for _, name, _ in page.attributes}
    assert not names & {"src", "srcset", "action", "style", "background", "data", "poster"}
    links = [(tag, value or "") for tag, name, value in page.attributes if name == "href"]
    assert all(tag == "a" and re.match("tel:|mailto:", value) for tag, value in links)
    assert not [name for name in names if name.startswith("on")]
    assert not set(page.tags) & {"img", "link", "iframe", "object", "embed", "form", "base"}
    assert not re.search(r"url\(|@import", found)


def test_a_touch_calls_or_writes(report: Report) -> None:
    """To those a line manager should reach, and only what is shown."""
    contacts = (
        "The desk: Telephone in the UK 020 7946 0018; Telephone from abroad +44 20 7946 0018",
    )
    call = OnCall("If they call", ("Ring 999.",), contacts)
    warning = Warning("guidance-expired", "Ask <team@example.org>.")
    changed = msgspec.structs.replace(report, on_call=(call,), warnings=(warning,))
    found = re.findall(r"<a [^>]*>[^<]*</a>", html.render(changed))
    assert found == [
        '<a href="tel:02079460018">020 7946 0018</a>',
        '<a href="tel:+442079460018">+44 20 7946 0018</a>',
        '<a href="mailto:team@example.org">team@example.org</a>',
    ]


def test_the_same_report_gives_the_same_page(report: Report) -> None:
    """Also after it was read back: `review` compares byte for byte."""
    found = html.render(report)
    assert html.render(parse_report(found.encode()).report) == found
    assert found.endswith(f"{CLOSING}\n</body>\n</html>\n")


MARKUP = (
    "</script><script>document.title='x'</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    *("<!--", "-->", "]]>", "<![CDATA[", "</title>", "</style>", "{{ 7*7 }}", "{% raw %}", "'"),
    *(OPENING, CLOSING, "&lt;script&gt;", "a\u202eb\u200bc\x1b[31m\x85\u2028"),
)


def everywhere(pack: Pack, given: str) -> Report:
    """Return a report with the text in every place there is."""
    put = msgspec.structs.replace
    report = hostile(pack, given)
    return put(
        report,
        id=given,
        created=given,
        digest=given,
        packs=tuple(put(one, digest=given) for one in report.packs),
        titles=dict.fromkeys(report.titles, given),
        trip=put(report.trip, id=given),
        items=tuple(put(one, cites=(f"page/{given}",)) for one in report.items),
        on_call=(OnCall(given, (given, given), (given,)),),
    )


def check_is_text(pack: Pack, given: str) -> None:
    """Check that a text makes no markup, is complete, and does nothing."""
    report = everywhere(pack, given)
    found = html.render(report)
    page, expected = Page(found), Page(html.render(everywhere(pack, "harmless")))
    # Of a text that is empty, some places leave the words around it out.
    if given:
        # A number or an address in it may become a link, which goes only where it says.
        assert [tag for tag in page.tags if tag != "a"] == expected.tags
    hrefs = [(value or "") for _, name, value in page.attributes if name == "href"]
    assert all(re.match("tel:|mailto:", value) for value in hrefs)
    assert found.lower().count("<script") == 1
    before, _, _ = found.partition(OPENING)
    assert not [character for character in set(before) - {"\n"} if line(character) != character]
    visible = " ".join(line(report.trip.name).split())
    assert not visible or page.shown.count(visible) >= expected.shown.count("harmless")
    data = msgspec.json.decode(extract(found.encode()))
    assert data == msgspec.json.decode(msgspec.json.encode(report))


@pytest.mark.parametrize("given", MARKUP)
def test_markup_is_shown_as_text(pack: Pack, given: str) -> None:
    """Nothing that a stranger writes ends the data, a tag or an attribute."""
    check_is_text(pack, given)


@given(utf8_texts().filter(lambda text: text != NONE))
def test_hostile_texts_are_shown_as_text(pack: Pack, given: str) -> None:
    """Nor does any mixture of such parts; the data comes out unchanged.

    A departure of “none” is shown as no day, so that word is left out.
    """
    check_is_text(pack, given)


def test_an_endless_text_is_cut(report: Report) -> None:
    """One text cannot fill the page; the data keeps all of it."""
    item = msgspec.structs.replace(report.items[0], note="n" * 100_000)
    long = msgspec.structs.replace(report, items=(item,))
    assert "n" * 1999 + "…" in shown(long)
    assert "n" * 2000 not in shown(long)
    assert (
        msgspec.json.decode(extract(html.render(long).encode()))["items"][0]["note"]
        == "n" * 100_000
    )
