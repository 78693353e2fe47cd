"""A report in an email is judged as the file would be; an email with two meanings is refused."""

from __future__ import annotations

import email
import email.policy
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests import emails
from tests.emails import HEAD, LAYOUTS, PLAIN, Part, attachment, encoded, mail, multipart, part
from tests.report import samples
from tests.review.reports import as_json, as_page, codes, done, judge, rejudged, without
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report import read
from travelsec.report.model import Report
from travelsec.review import decision
from travelsec.review.inbox import Inbox
from travelsec.review.model import Reviewed
from travelsec.review.run import review_all

Layout = Callable[[str, bytes], bytes]
HOSTILE_SECONDS = 30
"""Far more than a hostile mail may take, and far less than one that is read without limits."""


def reviewed(pack: Pack, data: bytes, folder: Path, name: str = "mail.eml") -> Reviewed:
    """Save an email and review its folder."""
    (folder / name).write_bytes(data)
    with Inbox([str(folder)], b"") as found:
        (row,) = [row for row in review_all(found, judge(pack)) if row.path.endswith(name)]
    return row


def accused(row: Reviewed) -> set[str]:
    """Return what is reported that would be no concern of an honest report."""
    return codes(row) - {"over", "due-since"}


@pytest.fixture
def report(pack: Pack) -> Report:
    """Make an honest report of a trip with nothing left to do."""
    return samples.make(pack, statuses=done())


@pytest.fixture
def page(report: Report) -> bytes:
    """Return the honest report as a page."""
    return as_page(report)


@pytest.mark.parametrize("name", ["report.html", "report.json"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_honest_mails_of_all_programs_hold(
    report: Report, pack: Pack, tmp_path: Path, layout: Layout, name: str
) -> None:
    is_page = name.endswith("html") or layout is emails.as_body
    row = reviewed(pack, layout(name, as_page(report) if is_page else as_json(report)), tmp_path)
    assert (row.unread, row.holds, row.verdict, accused(row)) == ("", True, "ready", set())


@pytest.mark.parametrize(
    "policy",
    [email.policy.SMTP, email.policy.compat32, email.policy.compat32.clone(cte_type="7bit")],
    ids=["modern", "old", "seven bits"],
)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_mail_that_a_server_rewrote_holds(
    page: bytes, pack: Pack, tmp_path: Path, layout: Layout, policy: email.policy.Policy[Any]
) -> None:
    """It may fold headers, and recode what has eight bits."""
    parsed = email.message_from_bytes(layout("report.html", page), policy=policy)
    row = reviewed(pack, parsed.as_bytes(policy=policy), tmp_path)
    assert (row.unread, row.holds, accused(row)) == ("", True, set())


def test_a_text_that_begins_as_a_mailbox_does_is_no_second_mail(
    page: bytes, pack: Pack, tmp_path: Path
) -> None:
    """Only a line with a moment in it is taken for the next email."""
    text = part("text/plain", b"Hello,\n\nFrom Monday, 09:00 on\nNote: I am away.\n")
    content = mail(multipart("mixed", text, attachment("report.html", page)), line_end=b"\n")
    row = reviewed(pack, b"From - Tue Nov 24 09:00:00 2026\n" + content, tmp_path)
    assert row.holds is True


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_encodings_and_line_ends_are_no_edits(
    page: bytes, pack: Pack, tmp_path: Path, encoding: str, line_end: bytes
) -> None:
    content = multipart("mixed", PLAIN, attachment("report.html", page, encoding=encoding))
    row = reviewed(pack, mail(content, line_end=line_end), tmp_path)
    assert (row.unread, row.holds) == ("", True)


@pytest.mark.parametrize(
    "headers",
    [
        "filename*=utf-8''Reise%20nach%20K%C3%B6ln.html",
        "filename*0*=utf-8''Reise%20nach; filename*1*=%20K%C3%B6ln.html",
        'filename="=?utf-8?B?UmVpc2UgbmFjaCBLw7Zsbi5odG1s?="',
        'filename="=?iso-8859-1?Q?Reise_nach_K=F6ln.html?="',
        'filename="Reise nach Köln.html"',
        'filename="REPORT.HTM"',
        'filename="../../../etc/report.html"',
        'filename="C:\\\\Users\\\\a\\\\report.html"',
        "filename=report.html",
    ],
)
def test_names_in_all_encodings_are_read(
    page: bytes, pack: Pack, tmp_path: Path, headers: str
) -> None:
    named = part("application/octet-stream", page, "base64", f"attachment; {headers}")
    row = reviewed(pack, mail(multipart("mixed", PLAIN, named)), tmp_path)
    assert (row.unread, row.holds) == ("", True)


@pytest.mark.parametrize(
    ("charset", "codec"),
    [("windows-1252", "cp1252"), ("utf-16", "utf-16")],
)
def test_another_character_set_on_the_way_is_no_edit(
    pack: Pack, tmp_path: Path, charset: str, codec: str
) -> None:
    report = samples.make(pack, {**samples.TRIP, "destination": "Köln"}, done())
    data = as_json(report).decode().encode(codec)
    named = part(f'text/plain; charset={charset}; name="report.json"', data, "base64", "attachment")
    row = reviewed(pack, mail(multipart("mixed", PLAIN, named)), tmp_path)
    assert (row.unread, row.holds, row.destination) == ("", True, "Köln")


def test_page_and_json_of_one_report_are_one(report: Report, pack: Pack, tmp_path: Path) -> None:
    files = (
        attachment("report.json", as_json(report), "application/json"),
        attachment("report.html", as_page(report)),
    )
    row = reviewed(pack, mail(multipart("mixed", PLAIN, *files)), tmp_path)
    assert (row.unread, row.holds) == ("", True)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("report.html", "text/html"),
        ("report", "application/xhtml+xml"),
        ("report.html.", "application/octet-stream"),
        ("report.HTML . ", "application/octet-stream"),
        ("report.xhtml", "application/octet-stream"),
        ("report.shtml", "application/octet-stream"),
    ],
)
def test_the_page_counts_if_there_is_json_too(
    report: Report, page: bytes, pack: Pack, tmp_path: Path, name: str, kind: str
) -> None:
    """People read the page."""
    files = (
        attachment("report.json", as_json(report), "application/json"),
        attachment(name, page.replace(b"<body", b"<body class='x'"), kind),
    )
    row = reviewed(pack, mail(multipart("mixed", PLAIN, *files)), tmp_path)
    assert (row.holds, codes(row)) == (False, {"page-edited"})


@pytest.mark.parametrize("name", ["ATT00001.htm", "itinerary.html", "notice.json"])
def test_other_pages_are_told_and_accuse_nobody(
    page: bytes, pack: Pack, tmp_path: Path, name: str
) -> None:
    """Exchange adds ATT00001.htm to much that Apple Mail sends."""
    other = attachment(name, b"<p>Something else</p>")
    row = reviewed(
        pack, mail(multipart("mixed", PLAIN, attachment("r.html", page), other)), tmp_path
    )
    assert (row.holds, codes(row)) == (True, {"not-reviewed"})
    assert f"“{name}” in this email: " in row.differs[0].message


def beside(report: Report, name: str) -> bytes:
    """Return an email with a report and another file."""
    files = (
        attachment("report.json", as_json(report), "application/json"),
        attachment(name, b"READY", "application/octet-stream"),
    )
    return mail(multipart("mixed", PLAIN, *files))


@pytest.mark.parametrize("name", ["report.mht", "report.svg", "Report.PDF", "report.txt", "r.docx"])
def test_what_people_could_read_instead_is_told(
    report: Report, pack: Pack, tmp_path: Path, name: str
) -> None:
    """It can say anything, and only the report is judged."""
    row = reviewed(pack, beside(report, name), tmp_path)
    assert (row.holds, codes(row)) == (True, {"not-reviewed"})
    told = f"Not reviewed: “{name}” in this email: it is neither JSON nor HTML."
    assert row.differs[0].message == told


def test_a_decision_sent_with_the_report_is_told(
    report: Report, pack: Pack, tmp_path: Path
) -> None:
    """The traveller may have written it, and it counts for nothing here."""
    record = decision.decision_json(decided(as_json(report), "r.json", pack))
    row = reviewed(
        pack,
        mail(
            multipart(
                "mixed",
                PLAIN,
                attachment("r.json", as_json(report)),
                attachment("r.json.decision.json", record),
            )
        ),
        tmp_path,
    )
    assert (row.holds, codes(row), row.decision) == (True, {"not-reviewed"}, None)
    assert "a decision counts only beside the file of its report" in row.differs[0].message


@pytest.mark.parametrize(
    ("name", "kind", "sealed"),
    [
        ("winmail.dat", "application/ms-tnef", "winmail.dat, which only Outlook can open"),
        ("smime.p7m", "application/pkcs7-mime", "a part encrypted or signed with S/MIME, which"),
    ],
)
def test_what_only_a_mail_program_can_open_is_told(
    page: bytes, pack: Pack, tmp_path: Path, name: str, kind: str, sealed: str
) -> None:
    """Outlook shows what is in winmail.dat, and nothing of the rest."""
    row = reviewed(pack, with_report(page, attachment(name, b"READY", kind)), tmp_path)
    assert (row.holds, accused(row)) == (True, {"not-reviewed"})
    assert row.differs[0].message.startswith(f"Not reviewed: in this email, {sealed}")


@pytest.mark.parametrize("name", ["image001.png", "Logo.JPG", "signature.asc", "card.vcf"])
def test_what_comes_with_many_mails_is_not_told(
    report: Report, pack: Pack, tmp_path: Path, name: str
) -> None:
    """A remark on each email would hide those that matter."""
    row = reviewed(pack, beside(report, name), tmp_path)
    assert (row.holds, accused(row)) == (True, set())


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_what_was_edited_in_a_page_is_found_in_the_mail(
    page: bytes, pack: Pack, tmp_path: Path, layout: Layout
) -> None:
    edited = page.replace(b">Ready<", b">Ready!<", 1)
    assert edited != page
    row = reviewed(pack, layout("report.html", edited), tmp_path)
    assert (row.holds, codes(row)) == (False, {"page-edited"})


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_what_was_dropped_from_a_report_is_found_in_the_mail(
    report: Report, pack: Pack, tmp_path: Path, layout: Layout
) -> None:
    dropped = rejudged(without(report, "clear-files"))
    data = as_page(dropped) if layout is emails.as_body else as_json(dropped)
    row = reviewed(pack, layout("report.json", data), tmp_path)
    assert (row.holds, row.verdict) == (False, "not-ready")


def with_report(page: bytes, *others: Part, head: str = HEAD) -> bytes:
    """Return an email with the honest report and other parts."""
    return mail(multipart("mixed", PLAIN, attachment("report.html", page), *others), head)


def nested(content: Part, depth: int) -> Part:
    """Put a part into so many others."""
    for number in range(depth):
        content = multipart("mixed", content, boundary=f"b{number}")
    return content


def other_report(page: bytes) -> bytes:
    """Change what the data of a page says."""
    return page.replace(b'"destination":"Lisbon"', b'"destination":"London"', 1)


REFUSED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "this is not an email"),
    "no email": (lambda _: b"Dear Chris,\nmy report.\n", "this is not an email"),
    "the page itself": (lambda page: page, "this is not an email"),
    "the text only": (lambda _: mail(PLAIN), "no report is attached to this email"),
    "an ordinary page as the text": (lambda _: mail(emails.BODY), "no report is attached"),
    "a mailbox": (
        lambda page: (
            b"From a@b Mon Nov 30 09:00:00 2026\n%b\nFrom - Tue Dec 01 09:00:00 2026\r\n%b"
            % (with_report(page), with_report(other_report(page)))
        ),
        "this is a mailbox with several emails: save each as a file of its own, ending in .eml",
    ),
    "a PDF": (
        lambda _: mail(multipart("mixed", PLAIN, attachment("r.pdf", b"%PDF", "application/pdf"))),
        "no report is attached to this email, only “r.pdf”",
    ),
    "a decision": (
        lambda _: mail(multipart("mixed", PLAIN, attachment("r.html.decision.json", b"{}"))),
        "no report is attached to this email, only the decision “r.html.decision.json”",
    ),
    "winmail.dat": (
        lambda page: mail(
            multipart("mixed", PLAIN, attachment("winmail.dat", page, "application/ms-tnef"))
        ),
        "winmail.dat, which only Outlook can open: save the report with your mail program",
    ),
    "encrypted with S/MIME": (
        lambda page: mail(attachment("smime.p7m", page, "application/pkcs7-mime")),
        "only a part encrypted or signed with S/MIME",
    ),
    "encrypted with PGP": (
        lambda page: mail(
            multipart(
                'encrypted; protocol="application/pgp-encrypted"',
                part("application/pgp-encrypted", b"Version: 1\n"),
                attachment("encrypted.asc", page, "application/octet-stream"),
            )
        ),
        "only an encrypted part",
    ),
    "two reports": (
        lambda page: with_report(page, attachment("other.html", other_report(page))),
        "several reports are attached to this email, “report.html” and “other.html”",
    ),
    "two reports of one name": (
        lambda page: with_report(page, attachment("report.html", other_report(page))),
        "several reports are attached to this email, “report.html”: save them",
    ),
    "an edited copy of the page": (
        lambda page: with_report(
            page, attachment("read-me.html", page.replace(b">Ready<", b">READY<", 1))
        ),
        "several reports are attached",
    ),
    "one as the text, another attached": (
        lambda page: mail(
            multipart(
                "mixed",
                part("text/html", other_report(page), "base64"),
                attachment("report.html", page),
            )
        ),
        "several reports are attached to this email, its text and “report.html”",
    ),
    "another forwarded": (
        lambda page: with_report(
            page, Part("Content-Type: message/rfc822\n", emails.gmail("b.html", other_report(page)))
        ),
        "several reports are attached",
    ),
    "a page that shows a report and carries none": (
        lambda page: with_report(
            page, attachment("view.html", page.replace(b"travelsec-report", b"travelsec-shown"))
        ),
        "“view.html” in this email: ",
    ),
    "damaged base64": (
        lambda page: emails.gmail("report.html", page).replace(b"PCFET0", b"PCF~T0", 1),
        "“report.html” was damaged on the way: ask for it again",
    ),
    "base64 with a part left out": (
        lambda page: emails.only_the_file("report.html", page).replace(b"PCFET0", b"PCFET", 1),
        "“report.html” was damaged on the way",
    ),
    "cut off": (
        lambda page: emails.only_the_file("report.html", page)[:-2001],
        "“report.html” ",
    ),
    "uuencode": (
        lambda page: mail(attachment("report.html", page, encoding="x-uuencode")),
        "“report.html” is encoded as “x-uuencode”",
    ),
    "two encodings": (
        lambda page: mail(
            Part(
                'Content-Type: text/html; name="report.html"\n'
                "Content-Transfer-Encoding: base64\nContent-Transfer-Encoding: 8bit\n",
                encoded(page),
            )
        ),
        "two headers “Content-Transfer-Encoding”",
    ),
    "two types": (
        lambda page: with_report(
            page, Part("Content-Type: text/html\ncontent-type: text/plain\n", page)
        ),
        "two headers “content-type”",
    ),
    "two names": (
        lambda page: with_report(
            page,
            Part(
                "Content-Disposition: attachment; filename=a.html\n"
                "Content-Disposition: attachment; filename=a.txt\n",
                page,
            ),
        ),
        "two headers “Content-Disposition”",
    ),
    "encoded twice": (
        lambda page: mail(
            Part(
                "Content-Type: multipart/mixed; boundary=x\nContent-Transfer-Encoding: base64\n",
                b"--x\n" + attachment("notes.txt", page, "text/plain").bytes() + b"--x--\n",
            )
        ),
        "this email is damaged or cut off",
    ),
    "an email in it encoded": (
        lambda page: mail(
            multipart(
                "mixed",
                part("message/rfc822", emails.gmail("report.html", page), "base64"),
            )
        ),
        "the email in this email is encoded",
    ),
    "two boundaries": (
        lambda page: mail(
            Part(
                "Content-Type: multipart/mixed; boundary=a; boundary=b\n",
                b"--a\n" + attachment("a.html", page).bytes() + b"--a--\n"
                b"--b\n" + attachment("b.html", other_report(page)).bytes() + b"--b--\n",
            )
        ),
        "two boundaries",
    ),
    "no end": (
        lambda page: with_report(page).replace(b"--\r\n", b"\r\n"),
        "this email is damaged or cut off",
    ),
    "no such boundary": (
        lambda page: with_report(page).replace(b"\r\n--=_", b"\r\n--=+"),
        "this email is damaged or cut off",
    ),
    "a header that is none": (
        lambda page: with_report(
            page, Part("Content-Type: text/html\nno header\nContent-Type: text/plain\n", page)
        ),
        "this email is damaged or cut off",
    ),
    "a page in UTF-7 as the text": (
        lambda page: mail(part("text/html; charset=UTF-7", page, "base64")),
        "has the character set “UTF-7”, so that mail programs may show something else",
    ),
    "a page in UTF-7 attached": (
        lambda page: mail(attachment("r.html", page, "text/html; charset*=us-ascii''utf-7")),
        "has the character set “utf-7”",
    ),
    "a page in the UTF-7 of old": (
        lambda page: mail(attachment("r.html", page, "text/html; charset=unicode-1-1-utf-7")),
        "has the character set “unicode-1-1-utf-7”",
    ),
    "a page in HZ": (
        lambda page: mail(attachment("r.html", page, "text/html; charset=HZ-GB-2312")),
        "has the character set “HZ-GB-2312”",
    ),
    "larger than a report may be": (
        lambda page: emails.gmail("report.html", page + b" " * read.MAX_REPORT_BYTES),
        "“report.html” in this email: it is larger than 4 MiB",
    ),
    "larger than an email may be": (
        lambda page: with_report(page, part("image/png", b" " * read.MAX_MAIL_BYTES)),
        "larger than 16 MiB",
    ),
    "nested deeply": (
        lambda page: mail(nested(attachment("report.html", page), 300)),
        "nested too deeply",
    ),
    "many parts": (
        lambda page: with_report(page, *[part("text/plain", b"x")] * 1000),
        "too many parts",
    ),
    "many lines": (
        lambda page: with_report(page, part("text/plain", b"\n" * 600_000)),
        "too many lines",
    ),
    "many lines in emails in it": (
        lambda page: with_report(
            page, *[attachment("a.eml", b"A: b\n\n" + b"\n" * 200_000, "application/x")] * 3
        ),
        "too many lines",
    ),
    "a long header": (
        lambda page: with_report(page, part(f'text/plain; name="{"x" * 5000}"', b"x")),
        "a header “Content-Type” that is too long",
    ),
    "many parameters": (
        lambda page: with_report(page, part(f'text/plain; name="{";" * 3000}"', b"x")),
        "a header “Content-Type” that is too long",
    ),
}


JSON_TYPE, OCTETS = "application/json", "application/octet-stream"
CONTRADICTIONS: dict[str, tuple[str, str, str]] = {
    "JSON with the name and type of a page": (
        'text/html; name="report.html"',
        'attachment; filename="report.json"',
        "has the names “report.json” and “report.html”",
    ),
    "JSON named a page second": (
        f'{OCTETS}; name="r.html"',
        'attachment; filename="r.json"',
        "has the names “r.json” and “r.html”",
    ),
    "JSON named a page in XHTML": (
        f'{OCTETS}; name="r.xhtml"',
        'attachment; filename="r.json"',
        "has the names “r.json” and “r.xhtml”",
    ),
    "JSON named a page in an encoded word": (
        f'{OCTETS}; name="=?utf-8?B?ci5odG1s?="',
        'attachment; filename="r.json"',
        "has the names “r.json” and “r.html”",
    ),
    "JSON named a page in percent signs": (
        f"{OCTETS}; name=r.json",
        "attachment; filename=r.json; filename*=utf-8''r%2Ehtml",
        "has the names “r.json” and “r.html”",
    ),
    "JSON named a page in an odd character set": (
        f"{OCTETS}; name=r.json",
        "attachment; filename*=idna''%FFr.html",
        "has the names “ÿr.html” and “r.json”",
    ),
    "JSON named a page in pieces": (
        f"{OCTETS}; name*0=r.ht; name*1=ml",
        "attachment; filename=r.json",
        "has the names “r.json” and “r.html”",
    ),
    "JSON with two names in one header": (
        OCTETS,
        "attachment; filename=r.json; filename=r.html",
        "has the names “r.json” and “r.html”",
    ),
    "JSON named an email": (
        f'{OCTETS}; name="r.eml"',
        "attachment; filename=r.json",
        "has the names “r.json” and “r.eml”",
    ),
    "JSON named another document": (
        f'{OCTETS}; name="r.mht"',
        "attachment; filename=r.json",
        "has the names “r.json” and “r.mht”",
    ),
    "JSON with the type of a page": (
        'text/html; name="r.json"',
        'attachment; filename="r.json"',
        "“r.json” in this email has the type “text/html”",
    ),
    "JSON with the type of a page in capitals": (
        "TEXT/HTML",
        'attachment; filename="r.JSON"',
        "“r.JSON” in this email has the type “text/html”",
    ),
    "JSON with the type of a page in XHTML": (
        "application/xhtml+xml",
        'attachment; filename="r.json"',
        "has the type “application/xhtml+xml”",
    ),
    "JSON with a type that Python does not read": (
        "text/html, text/plain",
        'attachment; filename="r.json"',
        "has the type “text/html, text/plain”",
    ),
    "JSON with two types": (
        "application/json text/html",
        "attachment",
        "this email has the type “application/json text/html”",
    ),
    "JSON with the type of a page and no ending": (
        "text/html",
        'attachment; filename="report"',
        "“report.html” in this email: this is not a travelsec report: it is JSON",
    ),
    "JSON with the type of a page and another ending": (
        "text/html",
        'attachment; filename="r.txt"',
        "“r.txt.html” in this email: this is not a travelsec report: it is JSON",
    ),
    "JSON with the type of a page and no dot in its name": (
        "text/html",
        'attachment; filename="html report"',
        "“html report.html” in this email: this is not a travelsec report: it is JSON",
    ),
    "a name whole and in pieces": (
        OCTETS,
        "attachment; filename*=utf-8''r.json; filename*0=r.html",
        "a header “Content-Disposition” that mail programs may read in different ways",
    ),
}
"""The Content-Type and Content-Disposition of a part, and why it is refused."""


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_json_that_a_mail_program_may_show_as_a_page_is_refused(
    report: Report, pack: Pack, tmp_path: Path, kind: str
) -> None:
    """A program goes by either name, or by the type, and would show what is not compared."""
    content_type, disposition, why = CONTRADICTIONS[kind]
    doctored = part(content_type, as_json(report), "base64", disposition)
    row = reviewed(pack, mail(multipart("mixed", PLAIN, doctored)), tmp_path)
    assert why in row.unread
    assert row.verdict == ""


@pytest.mark.parametrize(
    ("content_type", "disposition", "why"),
    [
        (f'{OCTETS}; name="r.json"', "attachment; filename=r.html", "has the names “r.html” and"),
        (JSON_TYPE, "attachment; filename=r.html", "has the type “application/json”"),
        ("text/json", "attachment; filename=r.htm", "has the type “text/json”"),
        ("text/html", "attachment; filename=r.json", "has the type “text/html”"),
        (JSON_TYPE, "attachment; filename=report", "“report.json” in this email: "),
    ],
)
def test_a_page_that_a_mail_program_may_show_as_json_is_refused(
    page: bytes, pack: Pack, tmp_path: Path, content_type: str, disposition: str, why: str
) -> None:
    doctored = part(content_type, page, "base64", disposition)
    assert why in reviewed(pack, mail(multipart("mixed", PLAIN, doctored)), tmp_path).unread


def test_an_email_with_the_name_or_type_of_a_page_is_refused(
    page: bytes, pack: Pack, tmp_path: Path
) -> None:
    """Its own headers and text would be shown."""
    inner = emails.gmail("report.html", page)
    for content_type, name in (("text/html", "r.eml"), ("message/rfc822", "r.html")):
        outer = part(content_type, inner, "8bit", f"attachment; filename={name}")
        row = reviewed(pack, mail(multipart("mixed", PLAIN, outer)), tmp_path)
        assert f"“{name}” in this email has the type “{content_type}”" in row.unread


HONEST_HEADERS: dict[str, tuple[str, str]] = {
    "octets": (OCTETS, 'attachment; filename="{}"'),
    "a plain text": ('text/plain; name="{}"', 'attachment; filename="{}"'),
    "an unknown type": ("application/x-download", 'attachment; filename="{}"'),
    "no such type": ("file", 'attachment; filename="{}"'),
    "an empty type": ("", 'attachment; filename="{}"'),
    "named in its type alone": (OCTETS + '; name="{}"', "attachment"),
    "different names": (OCTETS + '; name="my {}"', 'attachment; filename="{}"'),
    "a name without an ending": (OCTETS + '; name="A. Smith"', 'attachment; filename="{}"'),
    "a name with a number": (OCTETS + '; name="version 1.2"', 'attachment; filename="{}"'),
    "an empty name": (OCTETS + '; name=""', 'attachment; filename="{}"'),
    "a name for old and new programs": (
        OCTETS,
        "attachment; filename=\"K?ln {0}\"; filename*=utf-8''K%C3%B6ln%20{0}",
    ),
    "two endings": (OCTETS + '; name="r.txt.{}"', 'attachment; filename="r.pdf.{}"'),
}
"""The Content-Type and Content-Disposition of an honest part."""


@pytest.mark.parametrize("name", ["report.html", "report.json", "REPORT.HTM", "Report.JSON"])
@pytest.mark.parametrize("kind", HONEST_HEADERS)
def test_honest_names_and_types_are_read(
    report: Report, pack: Pack, tmp_path: Path, kind: str, name: str
) -> None:
    """Whatever the type, unless it says that the file is something else."""
    content_type, disposition = (text.format(name) for text in HONEST_HEADERS[kind])
    data = as_json(report) if name.lower().endswith("json") else as_page(report)
    honest = part(content_type, data, "base64", disposition)
    row = reviewed(pack, mail(multipart("mixed", PLAIN, honest)), tmp_path)
    assert (row.unread, row.holds, accused(row)) == ("", True, set())


@pytest.mark.parametrize(
    ("name", "other", "kind"),
    [
        ("r.html", "report.htm", "text/html"),
        ("r.html", "report.xhtml", "application/xhtml+xml"),
        ("r.json", "report.JSON", "application/json; charset=utf-8"),
        ("r.json", "report.json", "application/vnd.travel+json"),
        ("report", "report", "text/html"),
        ("report", "report", "application/json"),
        ("A. Smith", "A. Smith", "text/html"),
    ],
)
def test_names_and_types_of_one_kind_are_read(
    report: Report, pack: Pack, tmp_path: Path, name: str, other: str, kind: str
) -> None:
    data = as_json(report) if "json" in kind else as_page(report)
    honest = part(f'{kind}; name="{other}"', data, "base64", f'attachment; filename="{name}"')
    row = reviewed(pack, mail(multipart("mixed", PLAIN, honest)), tmp_path)
    assert (row.unread, row.holds, accused(row)) == ("", True, set())


def test_what_is_no_report_may_contradict_itself(page: bytes, pack: Pack, tmp_path: Path) -> None:
    """No other attachment is judged."""
    logo = part('image/png; name="a.png"', b"x", "base64", "inline; filename=a.jpg")
    row = reviewed(pack, with_report(page, logo), tmp_path)
    assert (row.unread, row.holds, accused(row)) == ("", True, set())


@pytest.mark.parametrize("kind", REFUSED)
def test_a_mail_is_refused_with_its_reason(
    page: bytes, pack: Pack, tmp_path: Path, kind: str
) -> None:
    make, why = REFUSED[kind]
    data = make(page)
    start = time.monotonic()
    row = reviewed(pack, data, tmp_path)
    assert time.monotonic() - start < HOSTILE_SECONDS
    assert why in row.unread
    assert row.verdict == ""


def test_mails_in_mails_are_read_up_to_a_depth(page: bytes, pack: Pack, tmp_path: Path) -> None:
    data = emails.gmail("report.html", page)
    for _ in range(3):
        data = mail(multipart("mixed", PLAIN, attachment("Fwd.eml", data, "application/x")))
    assert reviewed(pack, data, tmp_path).holds is True
    small = b"A: b\n\n"
    for _ in range(40):
        small = mail(attachment("Fwd.eml", small, "application/x", "8bit"))
    assert "nested too deeply" in reviewed(pack, small, tmp_path).unread


@pytest.mark.parametrize(
    "charset", ["punycode", "idna", "unicode_escape", "\x00", "no-such", "hex"]
)
def test_odd_character_sets_change_nothing(
    report: Report, pack: Pack, tmp_path: Path, charset: str
) -> None:
    """Nor in names."""
    named = part(
        f'application/json; charset="{charset}"',
        as_json(report) + b"\xff",
        "base64",
        f"attachment; filename*={charset}''report.json",
    )
    row = reviewed(pack, mail(multipart("mixed", PLAIN, named)), tmp_path)
    assert "not a travelsec report" in row.unread


@pytest.mark.parametrize(
    "charset", ["utf8", "us-ascii", "iso-8859-1", "iso-2022-jp", "gb2312", "x-unknown"]
)
def test_a_character_set_that_was_guessed_is_not_accused(
    page: bytes, pack: Pack, tmp_path: Path, charset: str
) -> None:
    """Mail programs put down that of their country, or any."""
    as_text = mail(part(f"text/html; charset={charset}", page, "base64"))
    attached = mail(attachment("report.html", page, f"text/html; charset={charset}"))
    for data in (as_text, attached):
        row = reviewed(pack, data, tmp_path)
        assert (row.unread, row.holds, accused(row)) == ("", True, set())


@pytest.mark.parametrize("layout", [emails.gmail, emails.forwarded, emails.as_body])
def test_the_newest_of_a_trip_counts_whether_mail_or_file(
    report: Report, pack: Pack, tmp_path: Path, layout: Layout
) -> None:
    """The first bytes of an email never say what it is about."""
    later = samples.CREATED.replace(hour=20)
    newer = samples.make(pack, statuses=done(), created=later)
    (tmp_path / "old.json").write_bytes(as_json(report))
    assert reviewed(pack, layout("report.html", as_page(newer)), tmp_path).newest
    with Inbox([str(tmp_path)], b"") as found:
        rows = {Path(row.path).name: row for row in review_all(found, judge(pack))}
    assert [name for name, row in rows.items() if not row.newest] == ["old.json"]
    assert "mail.eml" in rows["old.json"].differs[-1].message


def decided(data: bytes, name: str, pack: Pack) -> decision.Decision:
    """Return a decision on the report in a file."""
    judging = judge(pack)
    received = read.parse_file(data, name)
    return decision.make_decision(
        "returned",
        received,
        judging,
        by="C. Jones",
        comment="Take another bag.",
        at=samples.CREATED,
        reviewed=judging.judge(name, received),
    )


def test_a_decision_stands_beside_the_mail(page: bytes, pack: Pack, tmp_path: Path) -> None:
    data = emails.outlook("report.html", page)
    record = decided(data, "mail.eml", pack)
    (tmp_path / "mail.eml.decision.json").write_bytes(decision.decision_json(record))
    row = reviewed(pack, data, tmp_path)
    assert row.decision is not None
    assert row.is_decided


def test_a_decision_is_read_from_a_mail(report: Report, pack: Pack, tmp_path: Path) -> None:
    record = decided(as_json(report), "r.json", pack)
    path = tmp_path / "reply.eml"
    one = attachment("r.json.decision.json", decision.decision_json(record), "application/json")
    path.write_bytes(mail(multipart("mixed", PLAIN, one)))
    assert decision.read_decision(path) == record
    path.write_bytes(mail(multipart("mixed", PLAIN, one, one)))
    assert decision.read_decision(path) == record
    other = decision.decision_json(msgspec.structs.replace(record, decision="approved"))
    two = attachment("s.json.decision.json", other, "application/json")
    path.write_bytes(mail(multipart("mixed", PLAIN, one, two)))
    with pytest.raises(UserError, match="several decisions are attached to this email"):
        decision.read_decision(path)
    path.write_bytes(emails.gmail("r.json", as_json(report)))
    with pytest.raises(UserError, match="no decision is attached to this email, only “r"):
        decision.read_decision(path)
